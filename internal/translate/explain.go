// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/plan"
)

// Explanation says why: every rule of the plan in force with the facts that it
// looked at, and which single facts would change the tier.
type Explanation struct {
	Judgment Judgment
	// Policy in force on the day, nil: the day was not judged.
	Policy  *v1alpha1.MonitoringPolicy
	Rules   []RuleOutcome
	Changes []SingleChange
}

// The kinds of rules, in the order in which the judge asks them.
const (
	RuleStandard   = "Standard"
	RuleCategory   = "Category"
	RuleTier       = "Tier"
	RuleDepartment = "Department"
	RuleMeasure    = "Measure"
)

// The outcomes of rules.
const (
	OutcomeTrue          = "True"
	OutcomeFalse         = "False"
	OutcomeIndeterminate = "Indeterminate"
)

// RuleOutcome is one rule and what it said.
type RuleOutcome struct {
	Kind       string
	Name       string // the standard, category or TIER/RULE it belongs to
	Expression string
	Source     string // where the plan says so
	Message    string
	Outcome    string
	Facts      []FactValue
	Missing    []string
	Fault      string
	// Chosen says that this rule decided: the category or tier that was matched,
	// the departments and measures that were taken, the shortfall that is open.
	Chosen bool
}

// FactValue is a fact or parameter with its value.
type FactValue struct {
	Name    string
	Value   string
	Missing bool
}

// SingleChange is one fact of the last survey with another value, and the tier
// that the family would then have. An empty tier is none.
type SingleChange struct {
	Fact string
	From string // "" if missing
	// AtLeast and Below bound an amount: this value or more, less than that value.
	// An empty bound is open.
	// Word is the other value of any other fact.
	AtLeast, Below string
	Word           string
	Tier           string
	// Category that goes with it; empty: out of scope.
	Category string
}

// Explain says why the family is judged as it is on the day.
func (w *World) Explain(p Papers, day civil.Day) Explanation {
	known := w.Known(p)
	place, fault := w.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	if fault != nil {
		return Explanation{Judgment: unplaced(known, fault, day).inOrderOf(p, known)}
	}
	j, v := w.judge(known, place, day)
	e := Explanation{Judgment: j.inOrderOf(p, known)}
	if v.Standing != decision.Judged {
		return e
	}
	compiled := w.compiledPolicy(v.Plan)
	x := explainer{verdict: v, compiled: compiled, spec: &compiled.Policy.Spec}
	x.explain()
	e.Policy, e.Rules = compiled.Policy, x.rules
	e.Changes = w.singleChanges(known, place, day, v, compiled)
	return e
}

type explainer struct {
	verdict  *decision.Verdict
	compiled *CompiledPolicy
	spec     *v1alpha1.MonitoringPolicySpec
	rules    []RuleOutcome
}

// explain asks every rule of the plan, also those behind the match.
func (x *explainer) explain() {
	v, d := x.verdict, x.verdict.Plan
	for i := range d.Standards {
		s := &x.spec.Standards[i]
		x.add(RuleStandard, string(s.Name), &d.Standards[i].Met, s.Source, s.Message, slices.ContainsFunc(v.Shortfalls, func(f decision.Shortfall) bool {
			return f.Standard == string(s.Name)
		}))
	}
	for i := range d.Categories {
		c := &x.spec.Categories[i]
		x.add(RuleCategory, string(c.Name), &d.Categories[i].When, c.Source, c.Message, v.Category == string(c.Name))
	}
	for i := range d.Tiers {
		t := &x.spec.Tiers[i]
		for k := range d.Tiers[i].Rules {
			r := &t.Rules[k]
			x.add(RuleTier, string(t.Name)+"/"+string(r.Name), &d.Tiers[i].Rules[k].When, r.Source, r.Message,
				v.Tier == string(t.Name) && v.Ask(&d.Tiers[i].Rules[k].When).Truth == decision.Yes)
		}
	}
	x.explainHelp()
}

// explainHelp asks the rules that route the open shortfalls and propose measures.
func (x *explainer) explainHelp() {
	v, d := x.verdict, x.verdict.Plan
	for i := range d.Standards {
		std := &d.Standards[i]
		at := slices.IndexFunc(v.Shortfalls, func(f decision.Shortfall) bool { return f.Standard == std.Name })
		if at < 0 {
			continue
		}
		taken := v.Shortfalls[at].Departments
		for k := range std.Departments {
			if rule := &std.Departments[k]; rule.When != nil {
				x.add(RuleDepartment, std.Name+"/"+joinWords(rule.Names), rule.When, "", "", slices.Equal(rule.Names, taken))
			}
		}
		x.explainMeasures(std.Name, std.Measures, v.Shortfalls[at].Proposed)
	}
	for i := range d.Tiers {
		if d.Tiers[i].Name == v.Tier {
			x.explainMeasures(v.Tier, d.Tiers[i].Measures, v.Proposed)
		}
	}
	for i := range d.Categories {
		if d.Categories[i].Name == v.Category {
			x.explainMeasures(v.Category, d.Categories[i].Measures, v.Proposed)
		}
	}
}

func (x *explainer) explainMeasures(of string, rules []decision.MeasureRule, taken []string) {
	for i := range rules {
		if m := &rules[i]; m.When != nil {
			x.add(RuleMeasure, of+"/"+m.Kind, m.When, "", "", slices.Contains(taken, m.Kind))
		}
	}
}

func (x *explainer) add(kind, name string, p *decision.Predicate, source, message v1alpha1.Text, chosen bool) {
	a := x.verdict.Ask(p)
	out := RuleOutcome{
		Kind: kind, Name: name, Expression: p.Source, Source: string(source), Message: string(message),
		Outcome: outcomeOf(a.Truth), Missing: a.Missing, Fault: a.Fault, Chosen: chosen,
	}
	if rule := x.compiled.Rules.Rule(p.Index); rule != nil {
		for _, r := range rule.Describe(x.verdict.Facts()) {
			out.Facts = append(out.Facts, FactValue{Name: r.Name, Value: r.Value, Missing: r.Missing})
		}
	}
	x.rules = append(x.rules, out)
}

func outcomeOf(t decision.Truth) string {
	switch t {
	case decision.Yes:
		return OutcomeTrue
	case decision.No:
		return OutcomeFalse
	}
	return OutcomeIndeterminate
}

func joinWords(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += ","
		}
		out += n
	}
	return out
}

// singleChanges judges the family again with one fact of its last survey
// changed at a time, and keeps the changes that give another tier (or, in a plan
// without tiers, another category).
func (w *World) singleChanges(p Papers, place string, day civil.Day, v *decision.Verdict, compiled *CompiledPolicy) []SingleChange {
	facts := v.Facts()
	if facts == nil || facts.Survey == nil {
		return nil
	}
	f := w.family(p, place)
	line := w.Timeline(place)
	at := -1
	for i := range f.Surveys {
		if f.Surveys[i].Date == facts.SurveyDate {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	// The survey that speaks today is judged with the change as if it had found it.
	base := *facts.Survey
	base.Date, base.Method, base.Unchanged = facts.SurveyDate, f.Surveys[at].Method, false
	judged := func(c plan.Change) *decision.Verdict {
		changed := *f
		changed.Surveys = slices.Clone(f.Surveys)
		changed.Surveys[at] = c.Apply(base)
		out := decision.Decide(&changed, line, day)
		return &out
	}
	stated := statedFacts(compiled, facts)
	var out []SingleChange
	for _, group := range changesByFact(compiled, facts) {
		out = append(out, turningPoints(group, v, stated[group[0].Fact], judged)...)
	}
	return out
}

// statedFacts is the present value of each fact that a rule reads; a missing one
// is not among them.
func statedFacts(compiled *CompiledPolicy, facts *decision.Facts) map[string]string {
	stated := map[string]string{}
	for i := range compiled.Rules.Len() {
		for _, r := range compiled.Rules.Rule(i).Describe(facts) {
			if !r.Missing {
				stated[r.Name] = r.Value
			}
		}
	}
	return stated
}

// changesByFact gathers the values worth trying for each fact that any rule of
// the plan reads, in order of appearance.
func changesByFact(compiled *CompiledPolicy, facts *decision.Facts) [][]plan.Change {
	var order []string
	groups := map[string][]plan.Change{}
	for i := range compiled.Rules.Len() {
		for _, c := range compiled.Rules.Rule(i).Changes(facts.Params) {
			if _, seen := groups[c.Fact]; !seen {
				order = append(order, c.Fact)
			}
			if !slices.Contains(groups[c.Fact], c) {
				groups[c.Fact] = append(groups[c.Fact], c)
			}
		}
	}
	out := make([][]plan.Change, 0, len(order))
	for _, fact := range order {
		group := groups[fact]
		slices.SortStableFunc(group, func(a, b plan.Change) int {
			switch {
			case a.Amount < b.Amount:
				return -1
			case a.Amount > b.Amount:
				return 1
			}
			return 0
		})
		out = append(out, group)
	}
	return out
}

// turningPoints keeps, of one fact's values, those that change the tier. Runs of
// amounts with the same outcome become one bounded change.
func turningPoints(group []plan.Change, v *decision.Verdict, from string, judged func(plan.Change) *decision.Verdict) []SingleChange {
	var out []SingleChange
	var last *SingleChange
	for _, c := range group {
		got := judged(c)
		same := got.Tier == v.Tier && (len(v.Plan.Tiers) > 0 || got.Category == v.Category)
		if c.Word != "" {
			if !same && c.Word != from {
				out = append(out, SingleChange{Fact: c.Fact, From: from, Word: c.Word, Tier: got.Tier, Category: got.Category})
			}
			continue
		}
		if last != nil && (same || last.Tier != got.Tier || last.Category != got.Category) {
			last.Below = c.Amount.String()
			last = nil
		}
		if !same && last == nil {
			out = append(out, SingleChange{Fact: c.Fact, From: from, AtLeast: c.Amount.String(), Tier: got.Tier, Category: got.Category})
			last = &out[len(out)-1]
		}
	}
	openBelow(out, group)
	return out
}

// openBelow says that the first amounts tried stand for all smaller ones: below
// the lowest amount that any rule mentions, nothing turns any more.
func openBelow(out []SingleChange, group []plan.Change) {
	if len(out) > 0 && out[0].Word == "" && out[0].AtLeast == group[0].Amount.String() {
		out[0].AtLeast = ""
	}
}
