// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/api/meta"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// submitting is a month's figures on their way to the level above, or the record
// that a duty was done.
type submitting struct {
	writing
	target                 reportTarget
	period, duty, document string
}

// submitCommand is `submit mrep/NAME` and `submit JURISDICTION --period MONTH`, or
// with --duty NAME.
func (s *session) submitCommand() *cobra.Command {
	g := &submitting{writing: writing{oneFamily: oneFamily{session: s}, needsBy: true}}
	cmd := &cobra.Command{
		Use:   "submit mrep/NAME|JURISDICTION",
		Short: s.lang.Say(wording.SubmitShort),
		Long:  s.lang.Say(wording.SubmitLong),
		Args:  exactly(wording.SubmitWhat, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if g.target, err = reportName(args[0]); err != nil {
				return err
			}
			if err := g.aim(); err != nil {
				return err
			}
			return g.write(cmd.Context())
		},
	}
	f, say := cmd.Flags(), s.lang.Say
	f.StringVarP(&g.period, "period", "p", "", say(wording.FlagSubmitPeriod))
	f.StringVar(&g.duty, "duty", "", say(wording.FlagDuty))
	f.StringVar(&g.document, "document", "", say(wording.FlagDocument))
	g.addFlags(cmd)
	g.propose, g.rights = g.proposeFigures, g.submitRights
	return cmd
}

// aim settles which month is meant, and refuses flags that do not go together.
func (g *submitting) aim() error {
	if g.duty != "" {
		g.propose = g.proposeDuty
		return nil
	}
	switch {
	case g.document != "":
		return usageError{wording.Fault(wording.DocumentOfDuty)}
	case g.period == "" && g.target.month.IsZero():
		return usageError{wording.Fault(wording.SubmitWhat)}
	case g.period == "":
		return nil
	}
	month, err := civil.ParsePeriod(civil.Month, g.period)
	switch {
	case err != nil:
		return usageError{err}
	case !g.target.month.IsZero() && g.target.month != month:
		return usageError{wording.Fault(wording.SubmitWhat)}
	}
	g.target.month = month
	return nil
}

// proposeFigures composes the submission of the figures as they stand now.
func (g *submitting) proposeFigures(ctx context.Context) (*proposal, error) {
	found, err := g.findReport(ctx, g.target)
	if err != nil {
		return nil, err
	}
	if err := g.signature(ctx); err != nil {
		return nil, err
	}
	if found.report == nil && g.live != nil {
		return nil, refusal{wording.Fault(wording.NoReportYet, found.form.Namespace+"/"+found.form.Name)}
	}
	status := &found.form.Status
	ready := meta.FindStatusCondition(status.Conditions, v1alpha1.ConditionReady)
	switch {
	case status.Figures == nil && ready != nil:
		return nil, refusal{wording.Fault(wording.ReportNotReady, found.form.Name, ready.Reason, ready.Message)}
	case status.Figures == nil:
		return nil, refusal{wording.Fault(wording.ReportNotComputed, found.form.Name)}
	}
	e, err := entry.Submit(found.form, g.stamp, status.Figures)
	if err != nil {
		return nil, refusal{err}
	}
	if err := manifest.Check(ctx, e.Object); err != nil {
		return nil, err
	}
	var gates []error
	if status.ObservedGeneration != found.form.Generation {
		gates = append(gates, wording.Fault(wording.ReportStale, found.form.Name))
	}
	if ready != nil && ready.Status != "True" {
		gates = append(gates, wording.Fault(wording.ReportNotReady, found.form.Name, ready.Reason, ready.Message))
	}
	switch {
	case g.day <= g.target.month.End:
		gates = append(gates, wording.Fault(wording.MonthRuns, g.target.month.End))
	case status.AsOf != v1alpha1.Date(g.target.month.End.String()):
		gates = append(gates, wording.Fault(wording.FiguresNotOfLastDay, status.AsOf, g.target.month.End))
	}
	return &proposal{entry: e, text: g.describeFigures(e, &found), gates: gates}, nil
}

// describeFigures shows the figures beside those of the month before.
func (g *submitting) describeFigures(e *entry.Entry, found *oneReport) string {
	var b bytes.Buffer
	p := &page{out: &b, lang: g.lang, painter: terminal.NewPainter(g.screen(), g.Getenv)}
	status := &found.form.Status
	p.heading(wording.FiguresToSubmit, found.form.Namespace+"/"+found.form.Name, status.AsOf)
	p.table([]wording.Key{wording.ColumnFigure, wording.ColumnLastMonth, wording.ColumnThisMonth, wording.ColumnChange},
		figureRows(g.lang, found.before, status.Figures))
	if found.before == nil {
		p.line(1, g.lang.Say(wording.NoMonthBefore))
	}
	if ready := meta.FindStatusCondition(status.Conditions, v1alpha1.ConditionReady); ready != nil {
		p.message(1, ready.Message)
	}
	submission := e.Object.(*v1alpha1.MonthlyReport).Spec.Submitted
	due := string(status.Due)
	if due == "" {
		due = g.lang.Say(wording.Nothing)
	}
	p.line(1, g.lang.Say(wording.SubmissionLine, submission.Date, submission.By, due))
	p.line(1, submission.Digest)
	return b.String()
}

// proposeDuty composes the record that a duty was done.
func (g *submitting) proposeDuty(ctx context.Context) (*proposal, error) {
	if _, err := g.findReport(ctx, reportTarget{jurisdiction: g.target.jurisdiction}); err != nil {
		return nil, err
	}
	if err := g.signature(ctx); err != nil {
		return nil, err
	}
	target := g.target
	if target.month.IsZero() {
		target.month = civil.Month.PeriodOf(g.stamp.Date)
	}
	found, err := g.findReport(ctx, target)
	if err != nil {
		return nil, err
	}
	if found.form.Namespace == "" {
		return nil, refusal{wording.Fault(wording.NowhereForReports, target.jurisdiction)}
	}
	e := entry.RecordDuty(found.form, found.report == nil, g.stamp, v1alpha1.DutyRecord{
		Duty: v1alpha1.Word(g.duty), Period: v1alpha1.Period(g.period), Document: g.document,
	})
	if err := manifest.Check(ctx, e.Object); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	p := &page{out: &b, lang: g.lang, painter: terminal.NewPainter(g.screen(), g.Getenv)}
	g.describeFact(p, e)
	return &proposal{entry: e, text: b.String(), gates: g.dutyGates()}, nil
}

// dutyGates: a record counts for a duty of the jurisdiction's level that records
// meet.
func (g *submitting) dutyGates() []error {
	node, _ := g.world.Node(g.target.jurisdiction)
	var known []string
	for _, stretch := range g.world.Timeline(g.target.jurisdiction) {
		if stretch.Plan == nil || stretch.From > g.stamp.Date {
			continue
		}
		policy := g.world.Policy(stretch.Plan.Name)
		for i := range policy.Policy.Spec.Duties {
			duty := &policy.Policy.Spec.Duties[i]
			if duty.Level == node.Spec.Level && duty.MetWhen != v1alpha1.DutyReportSubmitted && duty.MetWhen != v1alpha1.DutySurveysDone {
				known = append(known, string(duty.Name))
			}
		}
	}
	if slices.Contains(known, g.duty) {
		return nil
	}
	slices.Sort(known)
	return []error{wording.Fault(wording.NoSuchDuty, g.duty, g.target.jurisdiction, strings.Join(slices.Compact(known), ", "))}
}

// submitRights: whoever holds the verb submit signs.
func (g *submitting) submitRights(e *entry.Entry) []cluster.Right {
	verb := "patch"
	if e.New {
		verb = "create"
	}
	return []cluster.Right{{Verb: verb, Resource: "monthlyreports"}, {Verb: "submit", Resource: "monthlyreports"}}
}
