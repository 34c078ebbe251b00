// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/api/meta"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/figures"
)

// reportDiff is what was submitted against what the facts say now.
type reportDiff struct {
	oneFamily
	period string
}

// reportDiffCommand is `diff mrep/NAME` below report.
func (s *session) reportDiffCommand() *cobra.Command {
	d := &reportDiff{oneFamily: oneFamily{session: s}}
	var format string
	cmd := &cobra.Command{
		Use:   "diff mrep/NAME|JURISDICTION",
		Short: s.lang.Say(wording.ReportDiffShort),
		Long:  s.lang.Say(wording.ReportDiffLong),
		Args:  exactly(wording.SubmitWhat, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			parsed, err := output.ParseFormat(format)
			if err != nil {
				return usageError{err}
			}
			target, err := reportName(args[0])
			if err != nil {
				return err
			}
			return d.run(cmd.Context(), target, parsed)
		},
	}
	d.addFlags(cmd)
	cmd.Flags().StringVarP(&d.period, "period", "p", "", s.lang.Say(wording.FlagReportPeriod))
	cmd.Flags().StringVarP(&format, "output", "o", string(output.Table), s.lang.Say(wording.FlagOutput))
	s.completeFormat(cmd)
	return cmd
}

// The form of a difference for programs.
type (
	reportDiffView struct {
		Report    string       `json:"report"`
		Submitted string       `json:"submitted"`
		By        string       `json:"by"`
		AsOf      string       `json:"asOf"`
		Digest    string       `json:"digest,omitempty"` // as submitted
		Now       string       `json:"now"`              // the digest of the figures now
		Changes   []figureView `json:"changes"`
	}
	figureView struct {
		Figure    string `json:"figure"`
		Submitted int32  `json:"submitted"`
		Now       int32  `json:"now"`
	}
)

func (d *reportDiff) run(ctx context.Context, target reportTarget, format output.Format) error {
	if d.period != "" {
		month, err := civil.ParsePeriod(civil.Month, d.period)
		if err != nil {
			return usageError{err}
		}
		target.month = month
	}
	if target.month.IsZero() {
		return usageError{wording.Fault(wording.SubmitWhat)}
	}
	found, err := d.findReport(ctx, target)
	if err != nil {
		return err
	}
	report := found.report
	switch {
	case report == nil:
		return wording.Fault(wording.NoReportYet, found.form.Namespace+"/"+found.form.Name)
	case report.Spec.Submitted == nil:
		return wording.Fault(wording.NothingSubmitted, report.Name)
	case report.Spec.Submitted.Figures == nil:
		return wording.Fault(wording.NoFiguresSubmitted, report.Name)
	case report.Status.Figures == nil:
		return d.notComputed(report)
	}
	return d.print(report, format)
}

func (d *reportDiff) notComputed(report *v1alpha1.MonthlyReport) error {
	if ready := meta.FindStatusCondition(report.Status.Conditions, v1alpha1.ConditionReady); ready != nil {
		return wording.Fault(wording.ReportNotReady, report.Name, ready.Reason, ready.Message)
	}
	return wording.Fault(wording.ReportNotComputed, report.Name)
}

// print lists the figures that differ; that some do is the answer no.
func (d *reportDiff) print(report *v1alpha1.MonthlyReport, format output.Format) error {
	s := report.Spec.Submitted
	view := reportDiffView{
		Report: report.Namespace + "/" + report.Name, Submitted: string(s.Date), By: string(s.By), AsOf: string(report.Status.AsOf),
		Digest: s.Digest, Now: figures.Digest(report.Status.Figures), Changes: []figureView{},
	}
	table := terminal.NewTable(d.Out, terminal.NewPainter(d.Out, d.Getenv), d.lang.Say(wording.ColumnFigure),
		d.lang.Say(wording.ColumnSubmitted), d.lang.Say(wording.ColumnNow), d.lang.Say(wording.ColumnChange))
	for _, one := range figures.Differences(s.Figures, report.Status.Figures) {
		view.Changes = append(view.Changes, figureView{one.Path, one.Before, one.Now})
		if err := table.Add(terminal.Text(figureLabel(d.lang, one.Path), fmt.Sprint(one.Before), fmt.Sprint(one.Now), fmt.Sprintf("%+d", one.Now-one.Before))...); err != nil {
			return err
		}
	}
	if format == output.YAML || format == output.JSON {
		if err := output.Value(d.Out, format, view); err != nil {
			return err
		}
	} else if len(view.Changes) == 0 {
		if err := d.say(wording.AsSubmitted, view.Report, view.Submitted, view.By); err != nil {
			return err
		}
	} else if err := table.Flush(); err != nil {
		return err
	}
	if len(view.Changes) > 0 {
		return errNo
	}
	return nil
}
