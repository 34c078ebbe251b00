// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/money"
	"fangpin.io/fangpin/internal/translate"
)

// explainCommand is `explain hh/NAME`.
func (s *session) explainCommand() *cobra.Command {
	f := oneFamily{session: s}
	var format string
	cmd := &cobra.Command{
		Use:   "explain hh/NAME",
		Short: s.lang.Say(wording.ExplainShort),
		Long:  s.lang.Say(wording.ExplainLong),
		Args:  f.argument,
		RunE: func(cmd *cobra.Command, _ []string) error {
			parsed, err := output.ParseFormat(format)
			if err != nil {
				return usageError{err}
			}
			return f.explain(cmd.Context(), parsed)
		},
	}
	f.addFlags(cmd)
	cmd.Flags().StringVarP(&format, "output", "o", string(output.Table), s.lang.Say(wording.FlagOutput))
	s.completeFormat(cmd)
	return cmd
}

func (f *oneFamily) explain(ctx context.Context, format output.Format) error {
	if err := f.find(ctx); err != nil {
		return err
	}
	x := explanation{
		Explanation: f.world.Explain(f.papers, f.day),
		family:      f.papers.Household.Namespace + "/" + f.papers.Household.Name,
		day:         f.day,
		words:       newGlossary(f.lang, f.policies),
	}
	x.papers, x.lifts = f.papers, chronicle.Lifts(f.world, f.papers, f.day)
	x.nextDay, x.next = chronicle.Next(f.world, f.papers, f.day)
	if format == output.YAML || format == output.JSON {
		v := x.view()
		v.KnownAt, v.LeftOut = f.knownAt.String(), x.words.enteredViews(f.left)
		return output.Value(f.Out, format, v)
	}
	page := &page{out: f.Out, lang: f.lang, painter: terminal.NewPainter(f.Out, f.Getenv)}
	if f.knownAt.IsZero() {
		page.heading(wording.ExplainTitle, x.family, x.day)
	} else {
		page.heading(wording.KnownAtTitle, x.family, x.day, f.knownAt)
		f.printLeftOut(page, x.words)
	}
	x.print(page)
	return page.err
}

// explanation is why a family is judged as it is, ready to be said.
type explanation struct {
	translate.Explanation
	papers  translate.Papers
	family  string
	lifts   map[v1alpha1.Word]civil.Day // of what stands in the way of elimination
	day     civil.Day
	words   *glossary
	nextDay civil.Day
	next    []chronicle.Event
}

// The form of an explanation for programs.
type (
	explanationView struct {
		Household string                    `json:"household"`
		AsOf      string                    `json:"asOf"`
		KnownAt   string                    `json:"knownAt,omitempty"`
		LeftOut   []enteredView             `json:"leftOut,omitempty"`
		Policy    string                    `json:"policy,omitempty"`
		Status    *v1alpha1.HouseholdStatus `json:"status"`
		Rules     []ruleView                `json:"rules"`
		Reviews   []paperView               `json:"reviews,omitempty"`
		Signals   []paperView               `json:"signals,omitempty"`
		Blockers  []blockerView             `json:"blockers,omitempty"`
		Next      *nextView                 `json:"next,omitempty"`
		Changes   []changeView              `json:"changes"`
	}
	ruleView struct {
		Kind       string     `json:"kind"`
		Name       string     `json:"name"`
		Outcome    string     `json:"outcome"`
		Chosen     bool       `json:"chosen"`
		Expression string     `json:"expression"`
		Facts      []factView `json:"facts,omitempty"`
		Missing    []string   `json:"missing,omitempty"`
		Fault      string     `json:"fault,omitempty"`
		Source     string     `json:"source,omitempty"`
		Message    string     `json:"message,omitempty"`
	}
	factView struct {
		Name    string `json:"name"`
		Value   string `json:"value,omitempty"`
		Missing bool   `json:"missing,omitempty"`
	}
	nextView struct {
		Date   string   `json:"date"`
		Events []string `json:"events"`
	}
	changeView struct {
		Fact     string `json:"fact"`
		From     string `json:"from,omitempty"`
		To       string `json:"to,omitempty"`
		AtLeast  string `json:"atLeast,omitempty"`
		Below    string `json:"below,omitempty"`
		Tier     string `json:"tier,omitempty"`
		Category string `json:"category,omitempty"`
		Message  string `json:"message"`
	}
)

func (x *explanation) view() explanationView {
	v := explanationView{
		Household: x.family, AsOf: x.day.String(), Status: x.Judgment.Household,
		Rules: make([]ruleView, len(x.Rules)), Changes: make([]changeView, len(x.Changes)),
	}
	if x.Policy != nil {
		v.Policy = x.Policy.Name
	}
	for i := range x.Rules {
		r := &x.Rules[i]
		v.Rules[i] = ruleView{
			Kind: r.Kind, Name: r.Name, Outcome: r.Outcome, Chosen: r.Chosen, Expression: r.Expression,
			Missing: r.Missing, Fault: r.Fault, Source: r.Source, Message: r.Message,
		}
		for _, fact := range r.Facts {
			v.Rules[i].Facts = append(v.Rules[i].Facts, factView(fact))
		}
	}
	v.Reviews, v.Signals, v.Blockers = x.reviewViews(), x.signalViews(), x.blockerViews()
	if !x.nextDay.IsZero() {
		v.Next = &nextView{Date: x.nextDay.String(), Events: x.sayNext()}
	}
	for i := range x.Changes {
		c := &x.Changes[i]
		v.Changes[i] = changeView{
			Fact: c.Fact, From: c.From, To: c.Word, AtLeast: c.AtLeast, Below: c.Below,
			Tier: c.Tier, Category: c.Category, Message: x.sayChange(c),
		}
	}
	return v
}

// sayNext says what happens on the next day of change.
func (x *explanation) sayNext() []string {
	said := make([]string, len(x.next))
	for i, e := range x.next {
		said[i] = x.words.event(e)
	}
	return said
}

// sayChange says one fact with another value, and the tier that it would make.
func (x *explanation) sayChange(c *translate.SingleChange) string {
	lang := x.words.lang
	fact := lang.Fact(c.Fact)
	var value string
	switch {
	case c.Word != "":
		value = lang.Say(wording.ChangeWord, fact, c.Word)
	case c.AtLeast != "" && c.Below != "":
		value = lang.Say(wording.ChangeBetween, fact, yuan(c.AtLeast), yuan(c.Below))
	case c.Below != "":
		value = lang.Say(wording.ChangeBelow, fact, yuan(c.Below))
	default:
		value = lang.Say(wording.ChangeAtLeast, fact, yuan(c.AtLeast))
	}
	now := c.From
	if now == "" {
		now = lang.Say(wording.NotStated)
	}
	switch {
	case c.Tier != "":
		return lang.Say(wording.ChangeTier, x.words.word(tierWord, c.Tier), value, now)
	case x.Policy != nil && len(x.Policy.Spec.Tiers) > 0:
		return lang.Say(wording.ChangeNoTier, value, now)
	case c.Category != "":
		return lang.Say(wording.ChangeTier, x.words.word(categoryWord, c.Category), value, now)
	}
	return lang.Say(wording.ChangeOutOfScope, value, now)
}

// yuan writes an amount with two decimals, so that one line stands below the
// other and nobody takes yuan for fen.
func yuan(text string) string {
	amount, err := money.Parse(text)
	if err != nil {
		return text
	}
	const fen = 100
	return fmt.Sprintf("%d.%02d", amount/fen, amount%fen)
}
