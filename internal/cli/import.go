// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"errors"

	"github.com/spf13/cobra"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/intake"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/ledger"
)

// The ways of looking without writing, as kubectl has them.
const (
	dryRunNone   = "none"
	dryRunServer = "server"
	dryRunClient = "client"
)

// importing brings ledgers in.
type importing struct {
	writing // for its questions, and where the papers are

	ledgers                          []string
	kind, mappingFile, keyFile       string
	dryRunFlag, errorFile, signer    string
	apply, correct, loose, here      bool
	all, quiet, printMapping, client bool

	files  []*ledgerFile
	rows   []*ledger.Row
	store  *intake.Store
	intake *intake.Intake
}

// ledgerFile is one file with its ledgers.
type ledgerFile struct {
	path   string
	file   *ledger.File
	sheets []*ledger.Sheet
}

// importCommand is `import LEDGER…`.
func (s *session) importCommand() *cobra.Command {
	i := &importing{writing: writing{oneFamily: oneFamily{session: s}}}
	cmd := &cobra.Command{
		Use:   "import LEDGER...",
		Short: s.lang.Say(wording.ImportShort),
		Long:  s.lang.Say(wording.ImportLong),
		RunE: func(cmd *cobra.Command, args []string) error {
			i.ledgers = args
			if i.printMapping {
				return i.showMapping()
			}
			if len(args) == 0 {
				return usageError{wording.Fault(wording.WhichLedger)}
			}
			return i.run(cmd.Context())
		},
	}
	f, say := cmd.Flags(), s.lang.Say
	f.StringSliceVarP(&i.paths, "filename", "f", nil, say(wording.FlagFilename))
	f.StringVar(&i.kind, "kind", "", say(wording.FlagLedgerKind))
	f.StringVarP(&i.mappingFile, "mapping", "m", "", say(wording.FlagMapping))
	f.StringVar(&i.keyFile, "identity-key-file", "", say(wording.FlagIdentityKey))
	f.StringVar(&i.dryRunFlag, "dry-run", "", say(wording.FlagImportDryRun))
	f.Lookup("dry-run").NoOptDefVal = dryRunServer
	f.BoolVar(&i.apply, "apply", false, say(wording.FlagApply))
	f.BoolVarP(&i.yes, "yes", "y", false, say(wording.FlagYes))
	f.StringVar(&i.errorFile, "errors", "", say(wording.FlagErrorFile))
	f.BoolVar(&i.correct, "correct-surveys", false, say(wording.FlagCorrect))
	f.BoolVar(&i.loose, "ignore-unknown", false, say(wording.FlagIgnoreUnknown))
	f.BoolVar(&i.here, "this-township", false, say(wording.FlagThisTownship))
	f.BoolVar(&i.all, "all", false, say(wording.FlagAllLines))
	f.BoolVarP(&i.quiet, "quiet", "q", false, say(wording.FlagQuiet))
	f.BoolVar(&i.printMapping, "print-mapping", false, say(wording.FlagPrintMapping))
	f.StringVarP(&i.format, "output", "o", "", say(wording.FlagImportOutput))
	f.StringVar(&i.signer, "by", "", say(wording.FlagLedgerBy))
	f.StringVar(&i.asOfFlag, "as-of", "", say(wording.FlagTakeAsToday))
	i.addClusterFlags(cmd)
	complete := func(flag string, values ...string) {
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic("the flag " + flag + " is missing: " + err.Error()) // a fault of the build, found by every test
		}
	}
	complete("kind", kindNames()...)
	complete("dry-run", dryRunNone, dryRunServer, dryRunClient)
	complete("output", string(output.YAML), string(output.JSON))
	return cmd
}

func kindNames() []string {
	var out []string
	for _, k := range ledger.Kinds() {
		out = append(out, string(k))
	}
	return out
}

// showMapping prints the mapping of the default ledgers, to start from.
func (i *importing) showMapping() error {
	text, err := yaml.Marshal(ledger.DefaultMapping())
	if err != nil {
		return err
	}
	_, err = i.Out.Write(text)
	return err
}

// run takes the ledgers all the way.
func (i *importing) run(ctx context.Context) error {
	if err := i.checkFlags(); err != nil {
		return err
	}
	defer i.close()
	options, mapping, err := i.prepare()
	if err != nil {
		return err
	}
	if err := i.open(mapping, &options); err != nil {
		return err
	}
	if err := i.load(ctx); err != nil {
		return err
	}
	options.Places, options.Today = i.store.Places(), i.day
	if err := i.readLedgers(mapping, options); err != nil {
		return err
	}
	if err := i.mayWrite(ctx); err != nil {
		return err
	}
	groups := ledger.GroupRows(i.rows, i.store.Namespace, i.store)
	return i.bring(ctx, groups)
}

func (i *importing) close() {
	for _, f := range i.files {
		_ = f.file.Close() // only read
	}
	if i.store != nil {
		_ = i.store.Close() // it only held copies
	}
}

// checkFlags refuses flags that do not go together.
func (i *importing) checkFlags() error {
	i.yes = i.yes || i.apply
	inFiles := len(i.paths) > 0
	i.client = inFiles || i.dryRunFlag == dryRunClient
	switch _, known := knownKind(i.kind); {
	case !known:
		return usageError{wording.Fault(wording.UnknownWord, "kind", i.kind, joinedKinds())}
	case i.format != "" && i.format != string(output.YAML) && i.format != string(output.JSON):
		return usageError{wording.Fault(wording.YAMLOrJSON, i.format)}
	}
	switch i.dryRunFlag {
	case "", dryRunNone, dryRunServer, dryRunClient:
	default:
		return usageError{wording.Fault(wording.WrongDryRun, i.dryRunFlag)}
	}
	i.dryRun = i.dryRunFlag == dryRunServer
	switch {
	case i.yes && (i.dryRun || i.client):
		return usageError{wording.Fault(wording.DryRunAndApply)}
	case !i.client && i.asOfFlag != "":
		return usageError{wording.Fault(wording.AsOfInFilesOnly)}
	case !i.client && i.signer != "":
		return usageError{wording.Fault(wording.BySigner)}
	}
	return i.read(i.session)
}

// bring asks what would be taken, and writes what is agreed to.
func (i *importing) bring(ctx context.Context, groups []*ledger.Group) error {
	i.intake.Trial = !i.yes
	description := wording.CheckingLedger
	if i.yes {
		description = wording.WritingLedger
	}
	report, err := i.pass(ctx, groups, description)
	if err != nil {
		return i.stopped(report, err)
	}
	if err := i.present(report); err != nil {
		return err
	}
	switch {
	case i.client:
		if i.format == "" {
			i.note(wording.NothingYetClient)
		}
	case i.yes:
		return i.concluded(report)
	case report.created+report.changed == 0:
		i.note(wording.NothingToWrite)
	case !i.asks():
		i.note(wording.NothingYet)
	default:
		return i.agreed(ctx, groups, report)
	}
	return report.verdict()
}

// asks says whether writing is asked for after the dry run.
func (i *importing) asks() bool { return !i.client && !i.yes && !i.dryRun && i.Interactive }

// agreed asks, and writes.
func (i *importing) agreed(ctx context.Context, groups []*ledger.Group, trial *importReport) error {
	agreed, err := i.ask(wording.AskImport, trial.created+trial.changed)
	if err != nil {
		return err
	}
	if !agreed {
		i.note(wording.NothingWritten)
		return errNo
	}
	i.intake.Trial = false
	report, err := i.pass(ctx, groups, wording.WritingLedger)
	if err != nil {
		return i.stopped(report, err)
	}
	if report.refused != trial.refused {
		if err := i.present(report); err != nil {
			return err
		}
	}
	return i.concluded(report)
}

// stopped says how far the work came.
func (i *importing) stopped(report *importReport, err error) error {
	if report != nil && !i.intake.Trial {
		return errors.Join(wording.Fault(wording.StoppedImport, err), i.concludedSoFar(report))
	}
	return err
}

// mayWrite asks once for the rights that every row needs.
func (i *importing) mayWrite(ctx context.Context) error {
	if i.live == nil {
		return nil
	}
	wanted := map[ledger.Kind][]cluster.Right{
		ledger.Households: {{Verb: "create", Resource: "households"}, {Verb: "patch", Resource: "households"}},
		ledger.Surveys:    {{Verb: "patch", Resource: "households"}},
		ledger.Signals:    {{Verb: "create", Resource: "risksignals"}, {Verb: "patch", Resource: "risksignals"}},
		ledger.Measures:   {{Verb: "create", Resource: "assistanceplans"}, {Verb: "patch", Resource: "assistanceplans"}},
	}
	var faults []error
	asked := map[cluster.Right]bool{}
	for _, sheet := range i.sheets() {
		for _, right := range wanted[sheet.Kind] {
			if asked[right] {
				continue
			}
			asked[right] = true
			may, err := i.live.May(ctx, i.store.Namespace, right)
			if err != nil {
				return err
			}
			if !may {
				faults = append(faults, wording.Fault(wording.RightLacking, i.by, right, i.store.Namespace))
			}
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return refusal{wording.Fault(wording.WithAdvice, errors.Join(faults...), wording.Fault(wording.HowToGetRights, i.store.Namespace, i.by))}
}

// printObjects prints the objects that are written, or would be.
func (i *importing) printObjects(objects []cluster.Object) error {
	var b bytes.Buffer
	for _, o := range objects {
		value, err := plain(o)
		if err != nil {
			return err
		}
		if output.Format(i.format) == output.YAML {
			b.WriteString("---\n")
		}
		if err := output.Value(&b, output.Format(i.format), value); err != nil {
			return err
		}
	}
	_, err := i.Out.Write(b.Bytes())
	return err
}
