// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// timelineCommand is `timeline hh/NAME`, and `timeline --late` of all families.
func (s *session) timelineCommand() *cobra.Command {
	f := oneFamily{session: s}
	var format, until string
	var late, everywhere bool
	var days int
	cmd := &cobra.Command{
		Use:   "timeline hh/NAME | timeline --late",
		Short: s.lang.Say(wording.TimelineShort),
		Long:  s.lang.Say(wording.TimelineLong) + "\n\n" + s.lang.Say(wording.TimelineLateLong),
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case !late:
				return f.argument(cmd, args)
			case len(args) > 0:
				return usageError{wording.Fault(wording.LateWithFamily, args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			parsed, err := output.ParseFormat(format)
			if err != nil {
				return usageError{err}
			}
			if err := lateFlags(cmd, late, days); err != nil {
				return err
			}
			if late {
				l := lateEntries{days: days, evaluation: evaluation{
					session: s, judging: f.judging, paths: f.paths, format: parsed, everywhere: everywhere,
				}}
				return l.list(cmd.Context())
			}
			return f.timeline(cmd.Context(), parsed, until)
		},
	}
	f.addFlags(cmd)
	cmd.Flags().StringVarP(&format, "output", "o", string(output.Table), s.lang.Say(wording.FlagOutput))
	cmd.Flags().StringVar(&until, "until", "", s.lang.Say(wording.FlagUntil))
	cmd.Flags().BoolVar(&late, "late", false, s.lang.Say(wording.FlagLate))
	cmd.Flags().IntVar(&days, "days", longAfter, s.lang.Say(wording.FlagLateDays))
	cmd.Flags().BoolVarP(&everywhere, "all-namespaces", "A", false, s.lang.Say(wording.FlagAllNamespaces))
	s.completeFormat(cmd)
	return cmd
}

// lateFlags refuses flags that do not go together.
func lateFlags(cmd *cobra.Command, late bool, days int) error {
	if late {
		if cmd.Flags().Changed("until") {
			return usageError{wording.Fault(wording.LateWithFamily, "--until")}
		}
		if days < 1 {
			return usageError{wording.Fault(wording.BadDays, days)}
		}
		return nil
	}
	for _, flag := range []string{"days", "all-namespaces"} {
		if cmd.Flags().Changed(flag) {
			return usageError{wording.Fault(wording.LateFlagsAlone, flag)}
		}
	}
	return nil
}

func (f *oneFamily) timeline(ctx context.Context, format output.Format, untilFlag string) error {
	if err := f.find(ctx); err != nil {
		return err
	}
	until := f.day.AddMonths(12)
	if untilFlag != "" {
		day, err := civil.ParseDay(untilFlag)
		if err != nil {
			return usageError{wording.Fault(wording.BadUntil, err)}
		}
		until = day
	}
	told := chronicle.Tell(f.world, f.papers, f.day, until)
	if format == output.YAML || format == output.JSON {
		return output.Value(f.Out, format, f.chronicleView(&told, until))
	}
	return f.printChronicle(&told)
}

// The form of a timeline for programs.
type (
	chronicleView struct {
		Household string         `json:"household"`
		AsOf      string         `json:"asOf"`
		KnownAt   string         `json:"knownAt,omitempty"`
		LeftOut   []enteredView  `json:"leftOut,omitempty"`
		Until     string         `json:"until"`
		Past      []eventView    `json:"past"`
		Coming    []eventView    `json:"coming"`
		Revised   []revisionView `json:"revised,omitempty"`
	}
	eventView struct {
		Date  string `json:"date"`
		Event string `json:"event"`
		Name  string `json:"name,omitempty"`
		From  string `json:"from,omitempty"`
		To    string `json:"to,omitempty"`
		Due   string `json:"due,omitempty"`
		// Entered is when a fact or the plan was entered, KnownFrom from when the
		// conclusion could be reached: absent where that was on the date itself.
		Entered   string `json:"entered,omitempty"`
		KnownFrom string `json:"knownFrom,omitempty"`
		DaysLate  int    `json:"daysLate,omitempty"`
		Message   string `json:"message"`
	}
)

func (f *oneFamily) chronicleView(told *chronicle.Chronicle, until civil.Day) chronicleView {
	words := newGlossary(f.lang, f.policies)
	views := func(events []chronicle.Event) []eventView {
		out := make([]eventView, len(events))
		for i, e := range events {
			out[i] = eventView{
				Date: e.Date.String(), Event: string(e.Kind), Name: e.Name, From: e.From, To: e.To,
				Due: e.Due.String(), Entered: e.Entered.String(), KnownFrom: e.KnownFrom.String(),
				DaysLate: e.DaysLate(), Message: words.event(e),
			}
		}
		return out
	}
	h := f.papers.Household
	return chronicleView{
		Household: h.Namespace + "/" + h.Name, AsOf: f.day.String(), Until: until.String(),
		KnownAt: f.knownAt.String(), LeftOut: words.enteredViews(f.left),
		Past: views(told.Past), Coming: views(told.Coming), Revised: words.revisionViews(told.Revised),
	}
}

// printChronicle writes the past, today and what comes, a line each.
func (f *oneFamily) printChronicle(told *chronicle.Chronicle) error {
	painter := terminal.NewPainter(f.Out, f.Getenv)
	words := newGlossary(f.lang, f.policies)
	p := &page{out: f.Out, lang: f.lang, painter: painter}
	if !f.knownAt.IsZero() {
		p.heading(wording.KnownAtTitle, f.papers.Household.Namespace+"/"+f.papers.Household.Name, f.day, f.knownAt)
		f.printLeftOut(p, words)
		p.print("\n")
	}
	table := terminal.NewTable(f.Out, painter)
	var faults []error
	add := func(date string, colour terminal.Colour, text string) {
		faults = append(faults, table.Add(terminal.Cell{Text: date, Colour: colour}, terminal.Cell{Text: text}))
	}
	for _, e := range told.Past {
		colour := terminal.NoColour
		if e.DaysLate() > 0 {
			colour = terminal.Yellow
		}
		add(e.Date.String(), colour, words.event(e)+words.late(&e))
	}
	add(f.day.String(), terminal.Bold, f.lang.Say(wording.TimelineToday))
	for _, e := range told.Coming {
		add(e.Date.String(), terminal.Grey, words.event(e))
	}
	if len(told.Coming) == 0 {
		add("", terminal.NoColour, f.lang.Say(wording.TimelineNothing))
	}
	if err := errors.Join(append(faults, table.Flush())...); err != nil {
		return err
	}
	p.begun = true
	p.printRevised(words, told.Revised)
	return p.err
}

// event says an event: a fact that somebody stated, or what was concluded.
func (g *glossary) event(e chronicle.Event) string {
	say := g.lang.Say
	from, to := g.lang.Term(e.From), g.lang.Term(e.To)
	switch e.Kind {
	case chronicle.Marked:
		return say(wording.EventMarked, g.word(categoryWord, e.To), e.Name)
	case chronicle.Surveyed:
		return g.surveyed(e)
	case chronicle.SignalReceived:
		return say(wording.EventSignal, e.Name, from, to)
	case chronicle.SignalVerified:
		return say(wording.EventVerified, e.Name, to)
	case chronicle.ReviewOpened:
		return say(wording.EventReview, e.Name, to)
	case chronicle.StepRecorded:
		return say(wording.EventStep, e.Name, to)
	case chronicle.MeasurePlanned:
		return say(wording.EventPlanned, e.Name, to)
	case chronicle.MeasureReceived:
		return say(wording.EventDelivered, e.Name, to)
	case chronicle.MeasureDropped:
		return say(wording.EventCancelled, e.Name, to)
	case chronicle.PolicyEntered:
		return say(wording.EventPolicyEntered, g.word(policyWord, e.Name))
	case chronicle.ReportSubmitted:
		return say(wording.EventSubmitted, e.Name)
	case chronicle.DutyRecorded:
		return say(wording.EventDutyRecorded, e.Name)
	}
	return g.conclusion(e, from, to)
}

// conclusion says what followed from the facts.
func (g *glossary) conclusion(e chronicle.Event, from, to string) string {
	say := g.lang.Say
	if said, isPaper := g.paperEvent(e); isPaper {
		return said
	}
	standard, deadline := g.word(standardWord, e.Name), g.deadline(e.Name)
	switch e.Kind {
	case chronicle.PolicyChanged:
		return say(wording.EventPolicy, g.word(policyWord, e.From), g.word(policyWord, e.To))
	case chronicle.NotJudged:
		return say(wording.EventNotJudged, to)
	case chronicle.StageChanged:
		return say(wording.EventStage, g.word("", e.From), g.word("", e.To))
	case chronicle.CategoryChanged:
		return say(wording.EventCategory, g.word(categoryWord, e.From), g.word(categoryWord, e.To))
	case chronicle.TierChanged:
		return say(wording.EventTier, g.word(tierWord, e.From), g.word(tierWord, e.To))
	case chronicle.ShortfallOpened:
		return say(wording.EventOpened, standard) + g.by(e.Due)
	case chronicle.ShortfallRouted:
		return say(wording.EventRouted, standard, e.To)
	case chronicle.ShortfallChanged:
		return say(wording.EventShortfall, standard, from, to)
	case chronicle.ShortfallClosed:
		return say(wording.EventClosed, standard)
	case chronicle.DeadlineSet:
		return say(wording.EventSet, deadline, e.Due)
	case chronicle.DeadlineMoved:
		return say(wording.EventMoved, deadline, e.From, e.To)
	case chronicle.DeadlineDue:
		return say(wording.EventDue, deadline)
	case chronicle.DeadlineChanged:
		return say(wording.EventDeadline, deadline, to)
	case chronicle.DeadlineEscalated:
		return say(wording.EventEscalated, deadline, to)
	case chronicle.DeadlineDropped:
		return say(wording.EventDropped, deadline)
	case chronicle.EligibleChanged:
		if e.To == "" {
			return say(wording.EventNotEligible)
		}
		return say(wording.EventEligible)
	}
	return string(e.Kind)
}

// paperEvent says what became of a lead or a review, of the facts, or of what
// stands in the way of elimination.
func (g *glossary) paperEvent(e chronicle.Event) (string, bool) {
	say, to := g.lang.Say, g.lang.Term(e.To)
	switch e.Kind {
	case chronicle.SignalChanged:
		if !e.Due.IsZero() {
			return say(wording.EventSignalVerifyBy, e.Name, to, e.Due), true
		}
		return say(wording.EventSignalState, e.Name, to), true
	case chronicle.StepChanged:
		if e.Text == "" {
			return say(wording.EventStepLate, e.Name), true
		}
		return say(wording.EventStepInvalid, e.Name, e.Text), true
	case chronicle.ReviewChanged:
		if e.Text != "" {
			return say(wording.EventReviewWhy, e.Name, to, e.Text), true
		}
		return say(wording.EventReviewStage, e.Name, to), true
	case chronicle.ReviewNext:
		return say(wording.EventReviewNext, e.Name, to) + g.by(e.Due), true
	case chronicle.BlockersChanged:
		if e.Due.IsZero() {
			return say(wording.EventBlockers, g.words(strings.Split(e.To, ", "))), true
		}
		return say(wording.EventBlockersFrom, g.words(strings.Split(e.To, ", ")), e.Due), true
	case chronicle.FactsMissing:
		return say(wording.EventFactsMissing, e.Text), true
	case chronicle.FactsKnown:
		return say(wording.EventFactsKnown), true
	}
	return "", false
}

func (g *glossary) surveyed(e chronicle.Event) string {
	method := g.lang.Term(e.Name)
	switch e.To {
	case "":
		return g.lang.Say(wording.EventSurvey, method)
	case "Unchanged":
		return g.lang.Say(wording.EventUnchanged, method)
	}
	return g.lang.Say(wording.EventSurveyIncome, method, e.To)
}

// by says a due day, nothing where there is none.
func (g *glossary) by(due civil.Day) string {
	if due.IsZero() {
		return ""
	}
	return g.lang.Say(wording.ByDay, due)
}
