// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sayChanges(changes []SingleChange) string {
	var out []string
	for _, c := range changes {
		value := c.Word
		if value == "" {
			value = fmt.Sprintf("[%s, %s)", c.AtLeast, c.Below)
		}
		out = append(out, fmt.Sprintf("%s %s -> %s: %s %s", c.Fact, c.From, value, c.Tier, c.Category))
	}
	return strings.Join(out, "\n")
}

// A red family with nothing against it but its income turns yellow or green by
// its income alone; a yellow one turns red by any single guarantee too.
func TestWhichSingleFactsWouldChangeTheTier(t *testing.T) {
	const fine = `
metadata: {name: subject, namespace: town, generation: 1}
spec:
  registration: Graduated
  persons: 4
  surveys:
  - {date: "2020-04-12", method: OnSite, income: "%s", labour: Full, risk: None, hardship: None, incomeTrend: Stable, spendingTrend: Normal, sources: {business: "100"}, guarantees: [{name: Food, state: Met}, {name: Clothing, state: Met}, {name: Water, state: Met}, {name: Education, state: Met}, {name: Medical, state: Met}, {name: Housing, state: Met}]}
  - {date: "2020-05-12", method: OnSite, unchanged: true}
`
	tests := map[string]struct {
		income string
		want   []string
	}{
		"red by income": {"4800", []string{
			"survey.income 4800 -> [5000, 10000): Yellow Graduated",
			"survey.income 4800 -> [10000, ): Green Graduated",
		}},
		"yellow": {"6000", []string{
			"survey.income 6000 -> [, 5000): Red UnstableGraduated",
			"survey.income 6000 -> [10000, ): Green Graduated",
			"survey.guarantees.Housing Met -> AtRisk: Red UnstableGraduated",
			"survey.guarantees.Housing Met -> Unmet: Red UnstableGraduated",
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := household(t, fmt.Sprintf(fine, tt.income))
			e := townWorld(t).Explain(Papers{Household: h}, day(t, "2020-05-20"))
			got := strings.Split(sayChanges(e.Changes), "\n")
			for _, want := range tt.want {
				if !slices.Contains(got, want) {
					t.Errorf("missing: %s", want)
				}
			}
			if t.Failed() {
				t.Log(strings.Join(got, "\n"))
			}
			for _, c := range e.Changes {
				if c.Tier == string(e.Judgment.Household.Tier) {
					t.Errorf("no change at all: %+v", c)
				}
			}
		})
	}
}

func TestAnExplanationNamesEveryRuleWithItsFacts(t *testing.T) {
	h := household(t, strings.Replace(marked, `income: "4800", `, "", 1))
	e := townWorld(t).Explain(Papers{Household: h}, day(t, "2020-05-20"))
	at := slices.IndexFunc(e.Rules, func(r RuleOutcome) bool { return r.Kind == RuleStandard && r.Name == "Income" })
	if at < 0 {
		t.Fatal("the standard Income is not explained")
	}
	got := e.Rules[at]
	if got.Source == "" || got.Expression == "" {
		t.Errorf("its source or expression is missing: %+v", got)
	}
	got.Source, got.Message, got.Expression = "", "", ""
	want := RuleOutcome{
		Kind: RuleStandard, Name: "Income", Outcome: OutcomeIndeterminate, Missing: []string{"survey.income"},
		Facts: []FactValue{{Name: "survey.income", Missing: true}, {Name: "params.redLine", Value: "5000"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	chosen := slices.ContainsFunc(e.Rules, func(r RuleOutcome) bool {
		return r.Kind == RuleTier && strings.HasPrefix(r.Name, "Red/") && r.Chosen && r.Outcome == OutcomeTrue
	})
	if !chosen || e.Policy == nil || e.Policy.Name != "town-2020" {
		t.Errorf("no rule of the matched tier is marked as the one that decided: %+v", e.Rules)
	}
}
