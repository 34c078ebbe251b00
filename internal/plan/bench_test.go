// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"testing"

	"fangpin.io/fangpin/internal/decision"
)

func BenchmarkAsk(b *testing.B) {
	noFacts := changed(func(f *decision.Facts) { f.Survey = &decision.Survey{} })
	benchmarks := []struct {
		name, rule string
		facts      *decision.Facts
	}{
		{"amount", "survey.income < params.redLine", family()},
		{"amount/literal", "survey.income < yuan(5000)", family()},
		{"amount/missing", "survey.income < params.redLine", noFacts},
		{"guarantee", "survey.guarantees.Housing == 'Met'", family()},
		{"guarantee/missing", "survey.guarantees.Housing == 'Met'", noFacts},
		{"word", "household.labour in ['None', 'Lost']", family()},
		{"three", "household.registration == 'Graduated' && survey.income < params.redLine && survey.risk == 'Present'", family()},
		{"size", "household.registration == 'Graduated' && unmet.size() > 0", family()},
		{"exists", "unmet.exists(u, u != 'Income')", family()},
		{"exists/year", "household.marks.exists(m, m.year <= 2019)", family()},
		{"date", "today - survey.date > duration('720h')", family()},
	}
	for _, bb := range benchmarks {
		b.Run(bb.name, func(b *testing.B) {
			p, _ := mustCompile(b, bb.rule, InTier)
			b.ReportAllocs()
			for b.Loop() {
				p.Ask(bb.facts)
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		c := NewCompiler(townVocabulary())
		for _, rule := range townRules {
			c.Compile("spec.rule", rule, InTier)
		}
		if problems := c.Problems(); problems.Fatal() {
			b.Fatal(problems)
		}
	}
}

// townRules are the rules of the town plan of 2020 (R01).
var townRules = []string{
	"survey.income >= params.redLine", "survey.guarantees.Food == 'Met'", "survey.guarantees.Education == 'Met'",
	"survey.guarantees.Medical == 'Met'", "survey.guarantees.Housing == 'Met'", "survey.guarantees.Water == 'Met'",
	"household.labour in ['None', 'Lost']", "household.registration == 'Graduated' && unmet.size() > 0",
	"household.registration == 'Graduated'", "household.registration == 'None' && survey.income < params.redLine && survey.risk == 'Present'",
	"household.marks.exists(m, m.year <= 2019)", "survey.income < params.redLine", "unmet.exists(u, u != 'Income')",
	"household.labour == 'Full'", "survey.income < params.greenLine",
}
