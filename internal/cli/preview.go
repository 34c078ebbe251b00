// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/preview"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// markdown is a value of -o beside those of output.
const markdown output.Format = "markdown"

// mostDays bounds what one call judges.
const mostDays = 12

// forecast is one call of preview.
type forecast struct {
	*session
	judging
	paths                       []string
	onFlags, deleted            []string
	budgetFlag, byFlag, outFlag string
	list                        bool
	format                      output.Format
	budget                      *preview.Budget // nil: none
	level                       v1alpha1.JurisdictionLevel
	on                          []civil.Day // nil: those on which the change begins
	change                      preview.Change
	base                        papers.Shared
	stock                       *stock
	progress                    *terminal.Progress
	altered                     []preview.PolicyChange
	worlds                      preview.Worlds
	days                        []civil.Day
	tally                       *preview.Tally
	report                      preview.Report
}

// previewCommand is `preview -f POLICY… [-f OBJECTS…]`.
func (s *session) previewCommand() *cobra.Command {
	p := &forecast{session: s}
	cmd := &cobra.Command{
		Use:   "preview -f POLICY... [-f OBJECTS...]",
		Short: s.lang.Say(wording.PreviewShort),
		Long:  s.lang.Say(wording.PreviewLong),
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.readFlags(); err != nil {
				return err
			}
			return p.run(cmd.Context())
		},
	}
	f := cmd.Flags()
	f.StringSliceVarP(&p.paths, "filename", "f", nil, s.lang.Say(wording.FlagPreviewFiles))
	f.StringSliceVar(&p.onFlags, "on", nil, s.lang.Say(wording.FlagOn))
	f.StringSliceVar(&p.deleted, "delete", nil, s.lang.Say(wording.FlagDeletePolicy))
	f.StringVar(&p.budgetFlag, "budget", "", s.lang.Say(wording.FlagBudget))
	f.StringVar(&p.byFlag, "by", string(v1alpha1.LevelTownship), s.lang.Say(wording.FlagByLevel))
	f.BoolVar(&p.list, "list", false, s.lang.Say(wording.FlagListMoved))
	f.StringVarP(&p.outFlag, "output", "o", string(output.Table), s.lang.Say(wording.FlagPreviewOutput))
	p.addFlags(cmd, s)
	s.addClusterFlags(cmd)
	levelChoice().complete(cmd)
	formats := cobra.FixedCompletions([]string{string(output.Table), string(markdown), string(output.JSON), string(output.YAML)}, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("output", formats); err != nil {
		panic("the flag output is missing: " + err.Error()) // a fault of the build, found by every test
	}
	return cmd
}

func levelChoice() choice { return choiceOf("by", "Jurisdiction", "spec", "level") }

func (p *forecast) readFlags() error {
	if err := p.read(p.session); err != nil {
		return err
	}
	switch p.format = output.Format(p.outFlag); p.format {
	case output.Table, output.JSON, output.YAML, markdown:
	default:
		return usageError{wording.Fault(wording.UnknownPreviewFormat, p.outFlag)}
	}
	if p.list && p.format == markdown {
		return usageError{wording.Fault(wording.NoListInMarkdown)}
	}
	level, err := levelChoice().read(p.byFlag)
	if err != nil {
		return err
	}
	p.level = v1alpha1.JurisdictionLevel(level)
	if p.level == "" {
		p.level = v1alpha1.LevelTownship
	}
	if p.budgetFlag != "" {
		if p.budget, err = preview.ParseBudget(p.budgetFlag); err != nil {
			return usageError{err}
		}
	}
	for _, text := range p.onFlags {
		day, err := civil.ParseDay(text)
		if err != nil {
			return usageError{wording.Fault(wording.BadOn, err)}
		}
		p.on = append(p.on, day)
	}
	if len(p.paths) == 0 && len(p.deleted) == 0 {
		return usageError{wording.Fault(wording.NothingToPreview)}
	}
	p.change.Removed = p.deleted
	return nil
}

// collectorPercent lets the heap grow further than the runtime would between two
// collections: what lives is small here, and what is thrown away is much.
const collectorPercent = 400

func (p *forecast) run(ctx context.Context) error {
	defer debug.SetGCPercent(debug.SetGCPercent(collectorPercent))
	p.stock = newStock()
	defer func() { _ = p.stock.close() }() // it only held what is judged by now
	p.progress = terminal.NewProgress(p.ErrOut, p.Getenv)
	defer p.progress.End()
	if err := p.readFiles(ctx); err != nil {
		return err
	}
	if p.stock.size() > 0 {
		if err := p.prepare(); err != nil {
			return err
		}
		if err := p.judgeStock(ctx); err != nil {
			return err
		}
	} else if err := p.judgeCluster(ctx); err != nil {
		return err
	}
	p.progress.End()
	return p.conclude()
}

// prepare makes the two worlds, and finds the days to look at.
func (p *forecast) prepare() error {
	if len(p.change.Given.Policies) == 0 && len(p.deleted) == 0 {
		return usageError{wording.Fault(wording.NothingToPreview)}
	}
	for _, name := range p.deleted {
		is := func(o *v1alpha1.MonitoringPolicy) bool { return o.Name == name }
		switch {
		case slices.ContainsFunc(p.change.Given.Policies, is):
			return usageError{wording.Fault(wording.DeletedAndGiven, name)}
		case !slices.ContainsFunc(p.base.Policies, is):
			return usageError{wording.Fault(wording.NoPolicyToDelete, name)}
		}
	}
	changed, altered := p.change.Apply(&p.base)
	p.altered = altered
	p.worlds = preview.NewWorlds(&p.base, &changed, translate.Options{KnownAt: p.knownAt, Language: p.advice})
	for _, policy := range papers.Invalid(p.worlds.New) {
		p.note(wording.NotCompiled, policy.Policy.Name)
	}
	today := p.asOf
	if today.IsZero() {
		zone, err := civil.LoadZone(civil.DefaultZone)
		if err != nil {
			return err
		}
		today = civil.At(p.now, zone)
	}
	ahead := p.on
	if ahead == nil {
		ahead = preview.Days(altered, today)
	}
	p.days = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(ahead), today))))
	if len(p.days) > mostDays {
		return usageError{wording.Fault(wording.TooManyDays, len(p.days), mostDays)}
	}
	p.tally = preview.NewTally(p.worlds, p.days, p.level)
	return nil
}

// refuseInvalid prints the problems of given policies that do not compile, as
// validate does, and answers no.
func (p *forecast) refuseInvalid(given []documentedPolicy) error {
	var err error
	for _, g := range given {
		if compiled := translate.CompilePolicy(g.policy); compiled.Problems.Fatal() {
			if failed := (&validation{session: p.session}).refused(g, compiled); failed != nil {
				return failed
			}
			err = errNo
		}
	}
	return err
}

// duties compares the duties of the jurisdictions within reach on a day.
func (p *forecast) duties(day civil.Day) []preview.DutyChange {
	var out []preview.DutyChange
	names := slices.Concat(p.worlds.Old.Nodes(), p.worlds.New.Nodes())
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if p.worlds.Old.Alike(p.worlds.New, name) {
			continue
		}
		out = append(out, preview.CompareDuties(name, p.dutiesOf(p.worlds.Old, name, day), p.dutiesOf(p.worlds.New, name, day))...)
	}
	return out
}

// dutiesOf is where the duties of a jurisdiction stand by the reports that were
// read. What families say of duties is not asked: a duty met by surveys or leads
// counts as if nobody had missed one, and nobody had sent any, in both worlds.
func (p *forecast) dutiesOf(w *translate.World, name string, day civil.Day) []v1alpha1.DutyState {
	return w.DutiesOn(name, w.DutyFacts(name, p.base.Reports, translate.Evidence{}), day).States
}

// conclude writes the report, and the answer to the budget.
func (p *forecast) conclude() error {
	p.report.Changes = p.altered
	if p.report.Changes == nil {
		p.report.Changes = []preview.PolicyChange{}
	}
	p.report.Families, p.report.Reached = p.tally.Families, p.tally.Reached
	p.report.Days = p.tally.Days(p.duties)
	if p.budget != nil {
		p.report.Budget = p.budget.Judge(p.report.Days)
	}
	slices.SortFunc(p.report.Moved, compareMoved)
	if p.report.Orphans > 0 {
		p.note(wording.PreviewOrphans, p.report.Orphans)
	}
	if len(p.report.Unseen) > 0 {
		p.note(wording.PreviewUnseen, strings.Join(p.report.Unseen, p.lang.Say(wording.ListSeparator)))
	}
	if p.report.OutOfReach > 0 {
		p.note(wording.PreviewOutOfReach, p.report.OutOfReach)
	}
	if err := p.print(); err != nil {
		return err
	}
	b := p.report.Budget
	if b == nil || b.Kept {
		return nil
	}
	return refusal{wording.Fault(wording.BudgetExceeded, b.Limit, b.Date, b.Moved, b.Families, share(b.Moved, b.Families))}
}

func compareMoved(a, b preview.MovedFamily) int {
	return strings.Compare(a.Namespace+"\x00"+a.Name+"\x00"+a.Date, b.Namespace+"\x00"+b.Name+"\x00"+b.Date)
}
