// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/internal/cli/policytest"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// testCommand is `test PATH…`.
func (s *session) testCommand() *cobra.Command {
	var junit, only string
	cmd := &cobra.Command{
		Use:   "test PATH...",
		Short: s.lang.Say(wording.TestShort),
		Long:  s.lang.Say(wording.TestLong),
		Args:  atLeastOne(wording.TestWithoutPath),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.test(cmd.Context(), args, only, junit)
		},
	}
	cmd.Flags().StringVar(&junit, "junit", "", s.lang.Say(wording.FlagJUnit))
	cmd.Flags().StringVar(&only, "run", "", s.lang.Say(wording.FlagRun))
	return cmd
}

func (s *session) test(ctx context.Context, paths []string, only, junit string) error {
	runner := policytest.Runner{Clock: s.Clock}
	if only != "" {
		pattern, err := regexp.Compile(only)
		if err != nil {
			return usageError{wording.Fault(wording.BadPattern, err)}
		}
		runner.Only = pattern
	}
	loaded, err := policytest.Load(ctx, paths, s.In)
	if err != nil {
		return err
	}
	for _, d := range loaded.Passed {
		s.note(wording.NotATest, d)
	}
	report := testReport{session: s, painter: terminal.NewPainter(s.Out, s.Getenv), several: len(loaded.Tests) > 1}
	for _, test := range loaded.Tests {
		if err := report.begin(test, only == ""); err != nil {
			return err
		}
		if err := runner.Run(ctx, test, report.add); err != nil {
			return err
		}
	}
	if junit != "" {
		if err := writeJUnit(junit, report.outcomes); err != nil {
			return wording.Fault(wording.CannotWrite, junit, err)
		}
	}
	return report.end(only)
}

// testReport writes a line a case, and counts.
type testReport struct {
	*session
	painter terminal.Painter
	several bool

	outcomes              []policytest.Outcome
	passed, failed, wrong int
	empty                 int
	last                  string
}

// begin says which file comes, where there are several. A test without a case
// has failed: it would pass whatever the policy said.
func (r *testReport) begin(t *policytest.Test, all bool) error {
	r.last = ""
	if r.several {
		if _, err := fmt.Fprintln(r.Out, terminal.Line(fmt.Sprintf("# %s, %s", t.Name, t.Place))); err != nil {
			return err
		}
	}
	if len(t.Cases) == 0 && all {
		r.empty++
		return r.line(wording.CaseFailed, terminal.Red, t.Name, r.lang.Say(wording.TestWithoutCases))
	}
	return nil
}

func (r *testReport) line(verdict wording.Key, colour terminal.Colour, name, detail string) error {
	word := r.lang.Say(verdict)
	pad := strings.Repeat(" ", max(0, 6-terminal.Width(word)))
	text := r.painter.Paint(colour, word) + pad + terminal.Line(name) + "\n"
	if detail != "" {
		text += indent(terminal.Block(detail))
	}
	_, err := fmt.Fprint(r.Out, text)
	return err
}

func indent(text string) string {
	text = strings.TrimSuffix(text, "\n")
	return "      " + strings.ReplaceAll(text, "\n", "\n      ") + "\n"
}

func (r *testReport) add(o policytest.Outcome) error {
	r.outcomes = append(r.outcomes, o)
	switch {
	case o.Passed():
		r.passed++
		return r.line(wording.CasePassed, terminal.Green, o.Case.Name, "")
	case o.Err == nil:
		r.failed++
		return r.line(wording.CaseFailed, terminal.Red, o.Case.Name, r.diffs(&o))
	}
	detail := r.lang.Error(o.Err)
	if detail == r.last {
		detail = r.lang.Say(wording.SameAsAbove)
	} else {
		r.last = detail
	}
	r.failed++
	var invalid *policytest.InvalidPolicy
	if !errors.As(o.Err, &invalid) {
		r.wrong++
	}
	return r.line(wording.CaseFailed, terminal.Red, o.Case.Name, detail)
}

// diffs puts the object before each diff where there are several, and colours
// the lines.
func (r *testReport) diffs(o *policytest.Outcome) string {
	var b strings.Builder
	for _, d := range o.Diffs {
		if len(o.Diffs) > 1 || !strings.HasSuffix(d.Object, "/subject") {
			b.WriteString(d.Object + "\n")
		}
		b.WriteString(d.Text)
	}
	return b.String()
}

// end sums up, and tells the exit status.
func (r *testReport) end(only string) error {
	if err := r.say(wording.TestSummary, r.passed, r.failed+r.empty); err != nil {
		return err
	}
	switch {
	case r.wrong > 0:
		return wording.Fault(wording.CasesWrong, r.wrong)
	case r.failed+r.empty > 0:
		return errNo
	case r.passed == 0:
		return refusal{wording.Fault(wording.NoCaseMatches, only)}
	}
	return nil
}

func writeJUnit(path string, outcomes []policytest.Outcome) (err error) {
	file, err := os.Create(path) //nolint:gosec // the user names it
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	return policytest.WriteJUnit(file, outcomes)
}
