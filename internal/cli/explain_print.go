// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// print says it all: the answer, the rules, what is open, what comes, and what
// would change it.
func (x *explanation) print(p *page) {
	x.printAnswer(p)
	if x.Policy == nil {
		return
	}
	x.printRules(p)
	x.printShortfalls(p)
	x.printDeadlines(p)
	x.printReviews(p)
	x.printSignals(p)
	x.printElimination(p)
	x.printNext(p)
	x.printChanges(p)
}

// printAnswer says where the family stands, and by which rules.
func (x *explanation) printAnswer(p *page) {
	s := x.Judgment.Household
	if ready := meta.FindStatusCondition(s.Conditions, v1alpha1.ConditionReady); x.Policy == nil && ready != nil {
		p.line(1, p.lang.Say(wording.ExplainNotJudged, x.words.word("", ready.Reason), ready.Message))
		return
	}
	p.line(1, p.lang.Say(wording.ExplainPolicy, x.Policy.Name, x.Policy.Spec.DisplayName))
	p.line(1, p.lang.Say(wording.ExplainStage, x.words.word("", string(s.Stage))))
	p.line(1, p.lang.Say(wording.ExplainCategory, x.words.word(categoryWord, string(s.Category))))
	tier := x.words.word(tierWord, string(s.Tier))
	text := terminal.Line(p.lang.Say(wording.ExplainTier, tier))
	if s.TierSince != "" {
		text = terminal.Line(p.lang.Say(wording.ExplainTierSince, tier, s.TierSince))
	}
	p.print("  " + p.painter.Paint(x.words.colours[string(s.Tier)], text) + "\n")
	for _, reason := range s.Reasons {
		p.line(2, p.lang.Say(wording.ExplainReason, reason.Rule, reason.Message))
	}
	if s.Identified != "" {
		p.line(1, p.lang.Say(wording.ExplainIdentified, s.Identified))
	}
	if s.Surveyed != "" {
		p.line(1, p.lang.Say(wording.ExplainSurveyed, s.Surveyed))
	} else {
		p.line(1, p.lang.Say(wording.ExplainNeverSurveyed))
	}
	for _, c := range s.Conditions {
		if c.Status == "False" && c.Message != "" {
			p.hanging(1, p.lang.Say(wording.ExplainCondition, c.Type, c.Message))
		}
	}
}

var ruleHeadings = map[string]wording.Key{
	translate.RuleStandard:   wording.ExplainStandards,
	translate.RuleCategory:   wording.ExplainCategories,
	translate.RuleTier:       wording.ExplainTiers,
	translate.RuleDepartment: wording.ExplainDepartments,
	translate.RuleMeasure:    wording.ExplainMeasures,
}

// printRules says each rule: outcome, expression, facts, and what the plan says.
func (x *explanation) printRules(p *page) {
	kind := ""
	for i := range x.Rules {
		r := &x.Rules[i]
		if key, known := ruleHeadings[r.Kind]; known && r.Kind != kind {
			p.heading(key)
		}
		kind = r.Kind
		x.printRule(p, r)
	}
}

func (x *explanation) printRule(p *page, r *translate.RuleOutcome) {
	outcome := p.lang.Say(outcomeWords[r.Outcome])
	pad := strings.Repeat(" ", max(1, 15-terminal.Width(outcome)))
	name := terminal.Line(x.ruleName(r))
	if r.Chosen {
		name += " " + p.lang.Say(chosenWords[r.Kind])
	}
	p.print("  " + p.painter.Paint(outcomeColours[r.Outcome], outcome) + pad + p.painter.Paint(chosenColour(r.Chosen), name) + "\n")
	const depth = 3
	p.block(depth, r.Expression)
	var facts []string
	for _, fact := range r.Facts {
		if fact.Missing {
			facts = append(facts, p.lang.Say(wording.FactMissing, fact.Name))
		} else {
			facts = append(facts, fact.Name+" = "+fact.Value)
		}
	}
	if len(facts) > 0 {
		p.line(depth, p.lang.Say(wording.ExplainFacts, strings.Join(facts, p.lang.Say(wording.FactSeparator))))
	}
	if len(r.Missing) > 0 {
		p.line(depth, p.lang.Say(wording.ExplainMissing, strings.Join(r.Missing, ", ")))
	}
	if r.Fault != "" {
		p.line(depth, p.lang.Say(wording.ExplainFault, r.Fault))
	}
	if r.Message != "" && (r.Kind != translate.RuleStandard || r.Outcome != translate.OutcomeTrue) { // a standard's tells what is wrong
		p.line(depth, p.lang.Say(wording.ExplainMessage, r.Message))
	}
	if r.Source != "" {
		p.line(depth, p.lang.Say(wording.ExplainSource, r.Source))
	}
}

var (
	outcomeWords = map[string]wording.Key{
		translate.OutcomeTrue: wording.OutcomeTrue, translate.OutcomeFalse: wording.OutcomeFalse,
		translate.OutcomeIndeterminate: wording.OutcomeIndeterminate,
	}
	outcomeColours = map[string]terminal.Colour{
		translate.OutcomeTrue: terminal.Green, translate.OutcomeFalse: terminal.Grey,
		translate.OutcomeIndeterminate: terminal.Yellow,
	}
	chosenWords = map[string]wording.Key{
		translate.RuleStandard: wording.ChosenStandard, translate.RuleCategory: wording.ChosenMatch,
		translate.RuleTier: wording.ChosenMatch, translate.RuleDepartment: wording.ChosenTaken,
		translate.RuleMeasure: wording.ChosenTaken,
	}
)

func chosenColour(chosen bool) terminal.Colour {
	if chosen {
		return terminal.Bold
	}
	return terminal.NoColour
}

// ruleName says what a rule is about; rules of tiers, departments and measures
// are named OF/NAME.
func (x *explanation) ruleName(r *translate.RuleOutcome) string {
	of, name, _ := strings.Cut(r.Name, "/")
	switch r.Kind {
	case translate.RuleStandard:
		return x.words.word(standardWord, r.Name)
	case translate.RuleCategory:
		return x.words.word(categoryWord, r.Name)
	case translate.RuleTier:
		return x.words.word(tierWord, of) + "/" + name
	case translate.RuleMeasure:
		return x.words.word(standardWord, of) + ": " + x.words.lang.Term(name)
	}
	return x.words.word(standardWord, of) + ": " + name
}

func (x *explanation) printShortfalls(p *page) {
	p.heading(wording.ExplainShortfalls)
	var rows [][]terminal.Cell
	for i := range x.Judgment.Household.Shortfalls {
		s := &x.Judgment.Household.Shortfalls[i]
		rows = append(rows, terminal.Text(
			x.words.word(standardWord, string(s.Standard)), string(s.Since), p.lang.Term(string(s.State)), orDash(string(s.Due)),
			orDash(strings.Join(texts(s.Departments), ", ")), orDash(strings.Join(texts(s.Measures), ", ")), orDash(x.words.words(texts(s.Proposed))),
		))
	}
	if len(rows) == 0 {
		p.line(1, p.lang.Say(wording.ExplainNone))
	}
	p.table([]wording.Key{
		wording.ColumnStandard, wording.ColumnSince, wording.ColumnState, wording.ColumnDue,
		wording.ColumnDepartments, wording.ColumnMeasures, wording.ColumnProposed,
	}, rows)
	if proposed := x.Judgment.Household.Proposed; len(proposed) > 0 {
		p.line(1, p.lang.Say(wording.ExplainProposed, x.words.words(texts(proposed))))
	}
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func (x *explanation) printDeadlines(p *page) {
	p.heading(wording.ExplainDeadlines)
	var rows [][]terminal.Cell
	for i := range x.Judgment.Household.Deadlines {
		d := &x.Judgment.Household.Deadlines[i]
		state := terminal.Cell{Text: p.lang.Term(string(d.State))}
		if d.State == v1alpha1.DeadlineOverdue {
			state.Colour = terminal.Red
		}
		row := terminal.Text(x.words.deadline(string(d.Kind)+"/"+d.Name), orDash(string(d.Start)), string(d.Due))
		escalated := ""
		if d.EscalatedTo != "" {
			escalated = p.lang.Term(string(d.EscalatedTo))
		}
		rows = append(rows, append(row, state, terminal.Cell{Text: orDash(escalated)}))
	}
	if len(rows) == 0 {
		p.line(1, p.lang.Say(wording.ExplainNone))
	}
	p.table([]wording.Key{
		wording.ColumnDeadline, wording.ColumnStart, wording.ColumnDue, wording.ColumnState, wording.ColumnEscalated,
	}, rows)
}

func (x *explanation) printNext(p *page) {
	p.heading(wording.ExplainNext)
	if x.nextDay.IsZero() {
		p.line(1, p.lang.Say(wording.ExplainNever))
		return
	}
	events := x.sayNext()
	if len(events) == 0 {
		p.line(1, p.lang.Say(wording.ExplainNextDay, x.nextDay))
		return
	}
	for _, event := range events {
		p.line(1, fmt.Sprintf("%s  %s", x.nextDay, event))
	}
}

func (x *explanation) printChanges(p *page) {
	heading := wording.ExplainChanges
	if x.Policy != nil && len(x.Policy.Spec.Tiers) == 0 {
		heading = wording.ExplainCategoryChanges
	}
	p.heading(heading)
	if len(x.Changes) == 0 {
		p.line(1, p.lang.Say(wording.ExplainNoChange))
	}
	for i := range x.Changes {
		p.line(1, x.sayChange(&x.Changes[i]))
	}
}
