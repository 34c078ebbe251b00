// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
	"fangpin.io/fangpin/internal/translate"
)

// atoms are the questions of which drawn rules are put together.
var atoms = []string{
	"survey.income < params.line", "survey.income >= params.line", "survey.income < params.line * 2", "survey.income <= yuan(4000)",
	"survey.risk == 'Present'", "survey.risk != 'Present'", "known(survey.risk)", "survey.hardship in ['Difficult', 'Severe']",
	"household.registration == 'Graduated'", "household.registration in ['None', 'Poor']", "'Income' in unmet", "unmet.exists(u, u != 'Income')", "unmet.size() > 0",
	"survey.guarantees.Housing == 'Met'", "survey.guarantees.Housing == 'Unmet'", "survey.causes.exists(c, c == 'Illness')", "household.persons > 2",
	"signals.size() > 0", "signals.exists(s, s.amount > yuan(5000))", "signals.exists(s, s.amount > yuan(8000) && s.cause == 'Illness')",
	"household.labour == 'Lost'", "household.labour in ['None', 'Lost']", "today < timestamp('2021-07-01T00:00:00Z')",
}

func drawRule(t *rapid.T, depth int) v1alpha1.Expression {
	if depth == 0 || rapid.IntRange(0, 2).Draw(t, "atom?") == 0 {
		return v1alpha1.Expression(rapid.SampledFrom(atoms).Draw(t, "atom"))
	}
	a, b := drawRule(t, depth-1), drawRule(t, depth-1)
	switch rapid.IntRange(0, 4).Draw(t, "join") {
	case 0:
		return "!(" + a + ")"
	case 1:
		return "(" + a + " || " + b + ")"
	}
	return "(" + a + " && " + b + ")"
}

// drawPlan draws a plan in which much is idle.
func drawPlan(t *rapid.T) *translate.CompiledPolicy {
	p := &v1alpha1.MonitoringPolicy{}
	p.Name = "drawn"
	p.Spec = v1alpha1.MonitoringPolicySpec{
		JurisdictionRef: v1alpha1.JurisdictionReference{Name: "town"}, EffectiveFrom: "2021-01-01", EffectiveUntil: "2021-12-31",
		Parameters: []v1alpha1.Parameter{{Name: "line", Values: []v1alpha1.ParameterValue{{From: "2021-01-01", Value: "5000"}, {From: "2021-07-01", Value: "6000"}}}},
		Standards: []v1alpha1.Standard{
			{Name: "Income", Met: "survey.income >= params.line"},
			{Name: "Housing", Met: "survey.guarantees.Housing == 'Met'"},
		},
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "categories") {
		p.Spec.Categories = append(p.Spec.Categories, v1alpha1.Category{Name: v1alpha1.Word(fmt.Sprint("C", i)), When: drawRule(t, 2)})
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "tiers") {
		tier := v1alpha1.Tier{Name: v1alpha1.Word(fmt.Sprint("T", i))}
		for k := range rapid.IntRange(1, 2).Draw(t, "rules") {
			tier.Rules = append(tier.Rules, v1alpha1.TierRule{Name: v1alpha1.Word(fmt.Sprint("r", k)), When: drawRule(t, 2)})
		}
		p.Spec.Tiers = append(p.Spec.Tiers, tier)
	}
	if rapid.Bool().Draw(t, "close-out") {
		p.Spec.Procedures = append(p.Spec.Procedures, v1alpha1.Procedure{Purpose: v1alpha1.PurposeCloseOut, Steps: []v1alpha1.Step{{Name: "check", Type: v1alpha1.StepHomeVisit}}})
	}
	return translate.CompilePolicy(p)
}

// drawLife draws a family with a few surveys and leads.
func drawLife(t *rapid.T) *decision.Family {
	f := &decision.Family{
		Registration: rapid.SampledFrom([]string{"Graduated", "Poor", "None"}).Draw(t, "registration"),
		Persons:      rapid.IntRange(1, 4).Draw(t, "persons"),
	}
	some := func(name string, words ...string) string { return rapid.SampledFrom(append(words, "")).Draw(t, name) }
	at := civilDay(2020, 12, 1)
	for range rapid.IntRange(0, 3).Draw(t, "surveys") {
		at = at.AddDays(rapid.IntRange(1, 120).Draw(t, "gap"))
		s := decision.Survey{
			Date: at, Method: "OnSite", Risk: some("risk", "None", "Present"), Hardship: some("hardship", "None", "Difficult", "Severe"),
			Labour: some("labour", "Full", "Partial", "None", "Lost"),
		}
		if rapid.IntRange(0, 4).Draw(t, "income?") > 0 {
			s.SetAmount(decision.Income, money.Amount(100*rapid.SampledFrom([]int{3999, 4000, 4001, 4999, 5000, 5999, 6000, 9999, 10000, 12000}).Draw(t, "income")))
		}
		if state := some("housing", "Met", "AtRisk", "Unmet"); state != "" {
			s.Guarantees = []decision.Guarantee{{Name: "Housing", State: state}}
		}
		if rapid.Bool().Draw(t, "ill") {
			s.Causes = []string{"Illness"}
		}
		f.Surveys = append(f.Surveys, s)
	}
	if rapid.Bool().Draw(t, "lead") {
		date := civilDay(2021, 1, 1).AddDays(rapid.IntRange(0, 200).Draw(t, "lead on"))
		f.Signals = []decision.Signal{{
			Name: "sig", Source: "Department", Cause: some("cause", "Illness", "Disaster"), Date: date, Verified: date, Outcome: "Confirmed",
			AmountSet: true, Amount: money.Amount(100 * rapid.SampledFrom([]int{4000, 6000, 9000}).Draw(t, "amount")),
		}}
	}
	return f
}

func civilDay(y, m, d int) civil.Day {
	day, _ := civil.ParseDay(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	return day
}

// TestCertainFindingsHoldOfEveryFamily is what certain means, asked of the real
// judge: a rule that is never true is not, a category or tier that is covered is
// never the one that a family has.
func TestCertainFindingsHoldOfEveryFamily(t *testing.T) {
	certain := 0
	rapid.Check(t, func(t *rapid.T) {
		compiled := drawPlan(t)
		if compiled.Problems.Fatal() {
			t.Fatal(compiled.Problems)
		}
		findings := Look(compiled, Options{})
		line := decision.BuildTimeline([][]*decision.Plan{{compiled.Plan}})
		for range 5 {
			family := drawLife(t)
			today := civilDay(2021, 1, 1).AddDays(rapid.IntRange(0, 364).Draw(t, "today"))
			v := decision.Decide(family, line, today)
			for _, f := range findings {
				if len(f.Days) > 0 && !slices.ContainsFunc(f.Days, func(i civil.Interval) bool { return i.HoldsDay(today) }) {
					continue
				}
				if denied(compiled, f, &v) {
					t.Fatalf("%+v, and on %s: category %s, tier %s, %+v, surveys %+v", f, today, v.Category, v.Tier, v.Facts(), family.Surveys)
				}
				certain++
			}
		}
	})
	if certain < 100 {
		t.Errorf("only %d findings were asked: the property says nothing", certain)
	}
}

// denied says whether the family shows that a finding is wrong.
func denied(compiled *translate.CompiledPolicy, f Finding, v *decision.Verdict) bool {
	p := compiled.Plan
	for i := range p.Categories {
		c := &p.Categories[i]
		switch at := fmt.Sprintf("spec.categories[%d]", i); {
		case f.Path != at+".when":
		case f.Code == NeverTrue:
			return v.Ask(&c.When).Truth == decision.Yes
		case f.Code == AlwaysCovered:
			return v.Category == c.Name
		}
	}
	for i := range p.Tiers {
		at := fmt.Sprintf("spec.tiers[%d]", i)
		if f.Path == at && f.Code == TierUnreachable {
			return v.Tier == p.Tiers[i].Name
		}
		for k := range p.Tiers[i].Rules {
			r := &p.Tiers[i].Rules[k]
			if f.Path != fmt.Sprintf("%s.rules[%d].when", at, k) {
				continue
			}
			yes := v.Ask(&r.When).Truth == decision.Yes
			switch f.Code {
			case NeverTrue:
				return yes
			case AlwaysCovered:
				return yes && v.Tier == p.Tiers[i].Name
			case DuplicateRule, RuleImplied:
				return yes && v.Tier == p.Tiers[i].Name && !slices.ContainsFunc(v.Reasons, func(o *decision.TierRule) bool {
					return o.Name != r.Name && slices.ContainsFunc(f.Others, func(path string) bool {
						return strings.HasSuffix(path, fmt.Sprintf("rules[%d].when", slices.IndexFunc(p.Tiers[i].Rules, func(x decision.TierRule) bool { return x.Name == o.Name })))
					})
				})
			}
		}
	}
	return false
}
