// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/ledger"
)

// exporting gives the ledgers of a township out.
type exporting struct {
	importing
	to, encoding string
	force        bool
}

// exportCommand is `export -o LEDGER`.
func (s *session) exportCommand() *cobra.Command {
	e := &exporting{importing: importing{writing: writing{oneFamily: oneFamily{session: s}}}}
	cmd := &cobra.Command{
		Use:   "export -o LEDGER",
		Short: s.lang.Say(wording.ExportShort),
		Long:  s.lang.Say(wording.ExportLong),
		Args:  none,
		RunE:  func(cmd *cobra.Command, _ []string) error { return e.export(cmd.Context()) },
	}
	f, say := cmd.Flags(), s.lang.Say
	f.StringSliceVarP(&e.paths, "filename", "f", nil, say(wording.FlagFilename))
	f.StringVarP(&e.to, "output", "o", "", say(wording.FlagExportOutput))
	f.StringVar(&e.kind, "kind", "", say(wording.FlagLedgerKind))
	f.StringVar(&e.encoding, "encoding", "", say(wording.FlagEncoding))
	f.BoolVar(&e.force, "force", false, say(wording.FlagForce))
	f.BoolVarP(&e.quiet, "quiet", "q", false, say(wording.FlagQuiet))
	s.addClusterFlags(cmd)
	for flag, values := range map[string][]string{
		"kind": kindNames(), "encoding": {string(ledger.UTF8BOM), string(ledger.UTF8), string(ledger.GB18030)},
	} {
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic("the flag " + flag + " is missing: " + err.Error()) // a fault of the build, found by every test
		}
	}
	return cmd
}

func (e *exporting) export(ctx context.Context) error {
	format, encoding, kinds, err := e.what()
	if err != nil {
		return err
	}
	defer e.close()
	e.client, e.here = len(e.paths) > 0, true
	if err := e.read(e.session); err != nil {
		return err
	}
	if err := e.gather(ctx, kinds); err != nil {
		return err
	}
	var said []string
	err = writeFile(e.to, func(out io.Writer) error {
		said, err = e.writeLedgers(out, format, encoding, kinds)
		return err
	})
	var lost *ledger.Problem
	switch {
	case errors.As(err, &lost) && lost.Code == ledger.Lost:
		return refusal{wording.Fault(wording.ExportLost, lost.Header, lost.Row)}
	case err != nil:
		return wording.Fault(wording.CannotWrite, e.to, err)
	}
	return e.say(wording.Exported, e.to, strings.Join(said, ", "))
}

// what reads the flags.
func (e *exporting) what() (ledger.Format, ledger.Encoding, []ledger.Kind, error) {
	kind, known := knownKind(e.kind)
	if !known {
		return "", "", nil, usageError{wording.Fault(wording.UnknownWord, "kind", e.kind, joinedKinds())}
	}
	kinds := ledger.Kinds()
	if kind != "" {
		kinds = []ledger.Kind{kind}
	}
	if e.to == "" {
		return "", "", nil, usageError{wording.Fault(wording.ExportWhere)}
	}
	format, err := ledger.FormatOf(e.to)
	encoding := ledger.Encoding(e.encoding)
	switch {
	case err != nil:
		return "", "", nil, usageError{e.speakProblems(e.to, err)}
	case format == ledger.CSV && kind == "":
		return "", "", nil, usageError{wording.Fault(wording.ExportOneKind)}
	case encoding == "" && format == ledger.CSV:
		encoding = ledger.UTF8BOM
	case encoding != "" && (format != ledger.CSV || encoding != ledger.UTF8 && encoding != ledger.UTF8BOM && encoding != ledger.GB18030):
		return "", "", nil, usageError{wording.Fault(wording.ExportEncoding, e.encoding)}
	}
	if _, err := os.Lstat(e.to); err == nil && !e.force {
		return "", "", nil, usageError{wording.Fault(wording.ExportThere, e.to)}
	}
	return format, encoding, kinds, nil
}

// gather reads the papers that the ledgers are about.
func (e *exporting) gather(ctx context.Context, kinds []ledger.Kind) error {
	if e.client {
		return e.loadFiles(ctx)
	}
	for _, k := range kinds {
		e.files = append(e.files, &ledgerFile{sheets: []*ledger.Sheet{{Kind: k}}})
	}
	err := e.loadCluster(ctx)
	e.files = nil
	return err
}

// writeLedgers writes a sheet for each kind, family by family.
func (e *exporting) writeLedgers(out io.Writer, format ledger.Format, encoding ledger.Encoding, kinds []ledger.Kind) ([]string, error) {
	book, err := ledger.NewBook(out, format, encoding)
	if err != nil {
		return nil, err
	}
	names, places := e.store.Households(), e.store.Places()
	bar := e.progress(wording.WritingLedger, len(names)*len(kinds))
	defer bar.finish()
	var said []string
	for _, k := range kinds {
		x, err := ledger.NewExporter(book, k, places)
		if err != nil {
			return nil, errors.Join(err, book.Close())
		}
		for _, name := range names {
			if err := e.writeFamily(x, k, name); err != nil {
				return nil, errors.Join(err, book.Close())
			}
			bar.step()
		}
		said = append(said, e.lang.Say(wording.ExportedRows, k.Sheet(), x.Rows))
	}
	return said, book.Close()
}

func (e *exporting) writeFamily(x *ledger.Exporter, k ledger.Kind, name string) error {
	p, err := e.store.Papers(name)
	if err != nil {
		return err
	}
	switch {
	case k == ledger.Households && p.Household != nil:
		return x.Household(p.Household)
	case k == ledger.Surveys && p.Household != nil:
		return x.Surveys(p.Household)
	case k == ledger.Measures && p.Plan != nil:
		return x.Measures(p.Plan)
	case k == ledger.Signals:
		for _, o := range p.Signals {
			if err := x.Signal(o); err != nil {
				return err
			}
		}
	}
	return nil
}
