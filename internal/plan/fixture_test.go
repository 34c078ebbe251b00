// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"testing"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
)

// townVocabulary is that of the town plan of 2020 (R01), with two parameters
// more, which are not money.
func townVocabulary() Vocabulary {
	return Vocabulary{
		Parameters: []Parameter{
			{Name: "redLine", Kind: Money},
			{Name: "greenLine", Kind: Money},
			{Name: "years", Kind: Number, Numbers: []string{"2", "3"}},
			{Name: "share", Kind: Number, Numbers: []string{"2", "0.5"}},
		},
		Standards:  []string{"Income", "Food", "Education", "Medical", "Housing", "Water"},
		Categories: []string{"UnstableGraduated", "Graduated", "Marginal"},
	}
}

// mustCompile compiles one rule of the town plan, which must have no fault.
func mustCompile(t testing.TB, source string, scope Scope) (decision.Predicate, *Rule) {
	t.Helper()
	c := NewCompiler(townVocabulary())
	p := c.Compile("spec.rule", source, scope)
	if problems := c.Problems().Errors(); len(problems) > 0 {
		t.Fatalf("%s does not compile:\n%s", source, problems)
	}
	return p, c.Rules().Rule(p.Index)
}

func day(s string) civil.Day {
	d, err := civil.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func fen(s string) money.Amount {
	a, err := money.Parse(s)
	if err != nil {
		panic(err)
	}
	return a
}

// family is a red family of the town on 1 May 2020, all facts stated.
func family() *decision.Facts {
	s := &decision.Survey{
		Date: day("2020-04-12"), Method: "OnSite",
		Guarantees: []decision.Guarantee{{Name: "Food", State: "Met"}, {Name: "Housing", State: "AtRisk"}, {Name: "Water", State: "Met"}},
		Causes:     []string{"Illness"}, Receives: []string{"Subsistence"},
		Labour: "Partial", Risk: "Present", Hardship: "Difficult", IncomeTrend: "Unstable", SpendingTrend: "Surged",
	}
	for i, f := range amountFacts {
		s.SetAmount(f.field, fen("1000")*money.Amount(i+1))
	}
	s.SetAmount(decision.Income, fen("4999.99"))
	return &decision.Facts{
		Today: day("2020-05-01"),
		Family: &decision.Family{
			Registration: "Graduated", Persons: 3, Wishes: []string{"Industry"},
			Members: []decision.Member{{Relation: "Head", BirthYear: 1968, Health: "ChronicIllness"}, {Relation: "Child", BirthYear: 2008, Schooling: "InSchool"}},
		},
		Survey: s, SurveyDate: day("2020-04-12"),
		Marks:   []decision.Mark{{Category: "UnstableGraduated", System: "NationalSystem", Date: day("2019-12-31")}},
		Signals: []decision.Signal{{Source: "Department", Department: "medical-security", Cause: "Illness", Amount: fen("6200"), AmountSet: true, Date: day("2020-04-03"), Line: "medical"}, {Source: "Media", Cause: "Disaster", Date: day("2020-02-01")}},
		Params: []decision.Value{
			{Known: true, Amount: fen("5000")}, {Known: true, Amount: fen("10000")},
			{Known: true, Number: "3"}, {Known: true, Number: "0.5"},
		},
		Unmet: []string{"Income", "Housing"}, Category: "UnstableGraduated",
	}
}

// changed is the family with some facts changed.
func changed(change func(*decision.Facts)) *decision.Facts {
	f := family()
	change(f)
	return f
}
