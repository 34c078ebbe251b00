// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"bytes"
	"os"
	"testing"

	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// townWorld is the world of the plan R01 as it is shipped.
func townWorld(t testing.TB) *World {
	t.Helper()
	text, err := os.ReadFile("../../config/policies/town-2020.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var policies []*v1alpha1.MonitoringPolicy
	var jurisdictions []*v1alpha1.Jurisdiction
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var kind struct{ Kind string }
		if err := yaml.Unmarshal(document, &kind); err != nil {
			t.Fatal(err)
		}
		switch kind.Kind {
		case "MonitoringPolicy":
			p := &v1alpha1.MonitoringPolicy{}
			if err := yaml.UnmarshalStrict(document, p); err != nil {
				t.Fatal(err)
			}
			policies = append(policies, p)
		case "Jurisdiction":
			j := &v1alpha1.Jurisdiction{}
			if err := yaml.UnmarshalStrict(document, j); err != nil {
				t.Fatal(err)
			}
			jurisdictions = append(jurisdictions, j)
		}
	}
	return NewWorld(policies, jurisdictions, Options{})
}

func household(t testing.TB, text string) *v1alpha1.Household {
	t.Helper()
	h := &v1alpha1.Household{}
	if err := yaml.UnmarshalStrict([]byte(text), h); err != nil {
		t.Fatal(err)
	}
	return h
}

const twelveSurveys = `
metadata: {name: subject, namespace: town, generation: 1}
spec:
  registration: Graduated
  persons: 4
  surveys:
  - {date: "2020-01-12", method: OnSite, income: "6800", labour: Full, risk: None, hardship: None, incomeTrend: Stable, spendingTrend: Normal, sources: {business: "100"}, guarantees: [{name: Food, state: Met}, {name: Clothing, state: Met}, {name: Water, state: Met}, {name: Education, state: Met}, {name: Medical, state: Met}, {name: Housing, state: Met}]}
  - {date: "2020-02-12", method: OnSite, unchanged: true}
  - {date: "2020-03-12", method: OnSite, unchanged: true}
  - {date: "2020-04-12", method: OnSite, income: "4800", labour: Full, risk: Present, hardship: Difficult, incomeTrend: Plunged, spendingTrend: Normal, causes: [Illness], sources: {business: "100"}, guarantees: [{name: Food, state: Met}, {name: Clothing, state: Met}, {name: Water, state: Met}, {name: Education, state: Met}, {name: Medical, state: AtRisk}, {name: Housing, state: Met}]}
  - {date: "2020-05-12", method: OnSite, unchanged: true}
  - {date: "2020-06-12", method: OnSite, unchanged: true}
  - {date: "2020-07-12", method: OnSite, income: "7800", labour: Full, risk: None, hardship: None, incomeTrend: Stable, spendingTrend: Normal, sources: {business: "100"}, guarantees: [{name: Food, state: Met}, {name: Clothing, state: Met}, {name: Water, state: Met}, {name: Education, state: Met}, {name: Medical, state: Met}, {name: Housing, state: Met}]}
  - {date: "2020-08-12", method: OnSite, unchanged: true}
  - {date: "2020-09-12", method: OnSite, unchanged: true}
  - {date: "2020-10-12", method: OnSite, income: "10500", labour: Full, risk: None, hardship: None, incomeTrend: Stable, spendingTrend: Normal, sources: {business: "100"}, guarantees: [{name: Food, state: Met}, {name: Clothing, state: Met}, {name: Water, state: Met}, {name: Education, state: Met}, {name: Medical, state: Met}, {name: Housing, state: Met}]}
  - {date: "2020-11-12", method: OnSite, unchanged: true}
  - {date: "2020-12-12", method: OnSite, unchanged: true}
`

func TestTheTownPlanCompiles(t *testing.T) {
	w := townWorld(t)
	if problems := w.Policy("town-2020").Problems; len(problems) > 0 {
		t.Fatal(problems)
	}
}

func BenchmarkJudgeOfAFamilyWithTwelveSurveys(b *testing.B) {
	w := townWorld(b)
	p := Papers{Household: household(b, twelveSurveys)}
	day, _ := civil.ParseDay("2020-12-20")
	b.ReportAllocs()
	for b.Loop() {
		if j := w.JudgeOn(p, day); j.Household.Tier != "Green" {
			b.Fatal(j.Household)
		}
	}
}

func BenchmarkDecideOfAFamilyWithTwelveSurveys(b *testing.B) {
	w := townWorld(b)
	f := familyOf(Papers{Household: household(b, twelveSurveys)})
	line := w.Timeline("town")
	day, _ := civil.ParseDay("2020-12-20")
	b.ReportAllocs()
	for b.Loop() {
		if v := decision.Decide(f, line, day); v.Tier != "Green" {
			b.Fatal(v.Tier)
		}
	}
}
