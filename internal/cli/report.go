// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/report"
	htmlpage "fangpin.io/fangpin/internal/report/page"
	"fangpin.io/fangpin/internal/report/workbook"
)

// The formats of reports beside those of all commands.
const (
	formatHTML output.Format = "html"
	formatXLSX output.Format = "xlsx"
)

// sortKeys are what jurisdictions may be ranked by.
var sortKeys = map[string]report.Key{
	"total":      {Topic: report.Families, Name: report.Total, Quantity: report.Households},
	"monitored":  {Topic: report.Families, Name: report.Monitored, Quantity: report.Households},
	"added":      {Topic: report.Movement, Name: report.Added, Quantity: report.Households},
	"eliminated": {Topic: report.Movement, Name: report.Eliminated, Quantity: report.Households},
	"overdue":    {Topic: report.Overdue, Group: report.AllDeadlines, Name: report.AllDeadlines, Quantity: report.Late},
}

// reporting makes a report.
type reporting struct {
	evaluation
	periodFlag, byFlag, file string
	tree                     bool
	minCell                  int
	sortBy                   string

	root  string // the jurisdiction that is asked for, "" for the only one at the top
	level string // --by as the contract has it
}

// reportCommand is `report [JURISDICTION]`.
func (s *session) reportCommand() *cobra.Command {
	r := &reporting{evaluation: evaluation{session: s}}
	var format string
	cmd := &cobra.Command{
		Use:   "report [JURISDICTION]",
		Short: s.lang.Say(wording.ReportShort),
		Long:  s.lang.Say(wording.ReportLong),
		Args:  between(wording.NoArguments, 0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.root = strings.TrimPrefix(strings.Join(args, ""), "jur/")
			r.format = output.Format(format)
			if err := r.readFlags(); err != nil {
				return err
			}
			return r.run(cmd.Context())
		},
	}
	f := cmd.Flags()
	f.StringSliceVarP(&r.paths, "filename", "f", nil, s.lang.Say(wording.FlagFilename))
	f.StringVar(&r.periodFlag, "period", "", s.lang.Say(wording.FlagReportPeriod))
	f.BoolVar(&r.tree, "tree", false, s.lang.Say(wording.FlagReportTree))
	f.StringVar(&r.byFlag, "by", "", s.lang.Say(wording.FlagReportBy))
	f.StringVarP(&format, "output", "o", string(output.Table), s.lang.Say(wording.FlagReportOutput))
	f.StringVar(&r.file, "output-file", "", s.lang.Say(wording.FlagReportFile))
	f.IntVar(&r.minCell, "min-cell", 0, s.lang.Say(wording.FlagMinCell))
	f.StringVar(&r.sortBy, "sort-by", "", s.lang.Say(wording.FlagSortBy))
	r.addFlags(cmd, s)
	s.addClusterFlags(cmd)
	for flag, values := range map[string][]string{
		"output": {"table", "json", "html", "xlsx"}, "by": {"prefecture", "county", "township", "village"}, "sort-by": sortNames(),
	} {
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic("the flag " + flag + " is missing: " + err.Error()) // a fault of the build, found by every test
		}
	}
	cmd.AddCommand(s.reportDiffCommand())
	return cmd
}

func sortNames() []string { return []string{"total", "monitored", "added", "eliminated", "overdue"} }

// readFlags refuses what does not fit together, before anything is read.
func (r *reporting) readFlags() error {
	formats := []output.Format{output.Table, output.JSON, formatHTML, formatXLSX}
	var err error
	switch r.level, err = choiceOf("--by", "Jurisdiction", "spec", "level").read(r.byFlag); {
	case err != nil:
		return err
	case !slices.Contains(formats, r.format):
		return usageError{wording.Fault(wording.ReportFormat, string(r.format))}
	case r.tree && r.level != "":
		return usageError{wording.Fault(wording.ReportTreeOrBy)}
	case r.minCell != 0 && r.minCell < report.LeastMinCell:
		return usageError{wording.Fault(wording.ReportMinCell, r.minCell, report.LeastMinCell)}
	case r.sortBy != "" && !slices.Contains(sortNames(), r.sortBy):
		return usageError{wording.Fault(wording.UnknownWord, "--sort-by", r.sortBy, strings.Join(sortNames(), ", "))}
	case r.format == formatXLSX && r.file == "" && r.onTerminal():
		return usageError{wording.Fault(wording.ReportToTerminal)}
	}
	if err := r.read(r.session); err != nil {
		return err
	}
	// The form of a period is known without the jurisdiction's time zone.
	_, err = report.NewFrame(r.period(civil.Last), civil.Last)
	return periodFault(err)
}

func (r *reporting) onTerminal() bool {
	file, isFile := r.Out.(*os.File)
	return isFile && term.IsTerminal(int(file.Fd()))
}

// period is the one that is asked for, or the month of the day that is counted
// last.
func (r *reporting) period(asOf civil.Day) string {
	if r.periodFlag != "" {
		return r.periodFlag
	}
	return civil.Month.Name(civil.Month.PeriodOf(asOf))
}

func periodFault(err error) error {
	var fault *report.PeriodError
	switch {
	case !errors.As(err, &fault):
		return err
	case fault.From.IsZero():
		return usageError{wording.Fault(wording.ReportNoPeriod, fault.Period)}
	}
	return usageError{wording.Fault(wording.ReportNotBegun, fault.Period, fault.From, fault.AsOf)}
}

// run makes the report and writes it.
func (r *reporting) run(ctx context.Context) error {
	r.begin()
	defer func() { _ = r.spool.Close() }() // it only held what is counted by now
	world, err := r.loadWorld(ctx)
	if err != nil {
		return err
	}
	made, err := r.make(ctx, world)
	if err != nil {
		return err
	}
	if r.minCell > 0 {
		made.Hide(r.minCell)
	}
	if r.sortBy != "" {
		made.SortBy(sortKeys[r.sortBy])
	}
	return r.write(made)
}

// write writes the report in its format; a file takes its name when it is whole.
func (r *reporting) write(made *report.Report) (err error) {
	if r.file == "" {
		return r.render(made)
	}
	file, err := os.CreateTemp(filepath.Dir(r.file), ".report-*")
	if err != nil {
		return wording.Fault(wording.CannotWrite, r.file, err)
	}
	out := r.Out
	r.Out = file
	err = errors.Join(r.render(made), file.Chmod(reportMode), file.Close())
	r.Out = out
	if err == nil {
		err = os.Rename(file.Name(), r.file)
	}
	if err != nil {
		return errors.Join(wording.Fault(wording.CannotWrite, r.file, err), os.Remove(file.Name()))
	}
	r.note(wording.ReportWritten, r.file)
	return nil
}

// reportMode lets others read a report: it names no family.
const reportMode = 0o644

func (r *reporting) render(made *report.Report) error {
	if r.format == output.JSON {
		return output.Value(r.Out, output.JSON, made.View())
	}
	d := r.document(made)
	switch r.format {
	case formatHTML:
		return htmlpage.Write(r.Out, d)
	case formatXLSX:
		return workbook.Write(r.Out, d)
	}
	return r.printDocument(d)
}
