// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
)

// askedGuarantees are those that drawn rules ask about by name.
var askedGuarantees = []string{"Food", "Housing", "Medical", "Roof"}

func oneOf(t *rapid.T, label string, words ...string) string {
	return rapid.SampledFrom(words).Draw(t, label)
}

func someOf(t *rapid.T, label string, words []string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, min(3, len(words)), rapid.ID[string]).Draw(t, label)
}

func drawAmount(t *rapid.T, label string) money.Amount {
	return fen("4999.98") + money.Amount(rapid.IntRange(0, 4).Draw(t, label))
}

// drawComplete draws facts of which none is missing.
func drawComplete(t *rapid.T) *decision.Facts {
	f := family()
	f.Today = day("2020-04-30").AddDays(rapid.IntRange(0, 400).Draw(t, "today"))
	f.SurveyDate = day("2020-04-10").AddDays(rapid.IntRange(0, 20).Draw(t, "surveyDate"))
	f.Family.Registration = oneOf(t, "registration", registrations...)
	f.Family.Persons = rapid.IntRange(1, 6).Draw(t, "persons")
	f.Family.Wishes = someOf(t, "wishes", measureKinds)
	for i := range f.Family.Members {
		f.Family.Members[i] = decision.Member{
			Relation: oneOf(t, "relation", "Head", "Child"), BirthYear: rapid.IntRange(1950, 2020).Draw(t, "birthYear"),
			Health: oneOf(t, "health", "Healthy", "Disabled"), Work: oneOf(t, "work", "Employed", "Unemployed"), Schooling: oneOf(t, "schooling", "InSchool", "NotInSchool"),
		}
	}
	f.Survey = drawSurvey(t)
	f.Marks = f.Marks[:rapid.IntRange(0, 1).Draw(t, "marks")]
	for i := range f.Signals {
		f.Signals[i] = decision.Signal{
			Source: oneOf(t, "source", signalSources...), Department: oneOf(t, "department", "health", "water"), Cause: oneOf(t, "cause", "Illness", "Disaster"),
			Amount: drawAmount(t, "signalAmount"), AmountSet: true, Date: day("2020-04-03"), Line: oneOf(t, "line", "", "medical"),
		}
	}
	f.Params[0].Amount, f.Params[1].Amount = drawAmount(t, "redLine"), drawAmount(t, "greenLine")
	f.Params[2].Number = oneOf(t, "years", "2", "3")
	f.Params[3].Number = oneOf(t, "share", "2", "0.5")
	f.Unmet = someOf(t, "unmet", townVocabulary().Standards)
	f.Category = oneOf(t, "category", append([]string{""}, townVocabulary().Categories...)...)
	f.Eliminated = rapid.Bool().Draw(t, "eliminated")
	return f
}

func drawSurvey(t *rapid.T) *decision.Survey {
	s := &decision.Survey{
		Method: oneOf(t, "method", methods...), Labour: oneOf(t, "labour", labours...), Risk: oneOf(t, "risk", risks...),
		Hardship: oneOf(t, "hardship", hardships...), IncomeTrend: oneOf(t, "incomeTrend", incomeTrends...), SpendingTrend: oneOf(t, "spendingTrend", spendingTrends...),
		Causes: someOf(t, "causes", causes), Receives: someOf(t, "receives", measureKinds),
	}
	for _, a := range amountFacts {
		s.SetAmount(a.field, drawAmount(t, a.name))
	}
	for _, name := range askedGuarantees {
		s.Guarantees = append(s.Guarantees, decision.Guarantee{Name: name, State: oneOf(t, name, guaranteeStates...)})
	}
	return s
}

// erased returns the facts with some of them missing, and the names of those.
func erased(t *rapid.T, complete *decision.Facts) (*decision.Facts, map[string]bool) {
	f, gone := *complete, map[string]bool{}
	erase := func(name string) bool {
		if rapid.IntRange(0, 3).Draw(t, "erase "+name) == 0 {
			gone[name] = true
		}
		return gone[name]
	}
	fam := *complete.Family
	f.Family = &fam
	fam.Members = append([]decision.Member(nil), fam.Members...)
	for i := range fam.Members {
		m := &fam.Members[i]
		words := []*string{&m.Relation, &m.Health, &m.Work, &m.Schooling}
		for j, name := range []string{"relation", "health", "work", "schooling"} {
			if erase("household.members[]." + name) {
				*words[j] = ""
			}
		}
		if erase("household.members[].birthYear") {
			m.BirthYear = 0
		}
	}
	f.Signals = append([]decision.Signal(nil), f.Signals...)
	for i := range f.Signals {
		s := &f.Signals[i]
		if erase("signals[].amount") {
			s.Amount, s.AmountSet = 0, false
		}
		if erase("signals[].department") {
			s.Department = ""
		}
	}
	f.Params = append([]decision.Value(nil), f.Params...)
	for i, name := range []string{"redLine", "greenLine", "years", "share"} {
		if erase("params." + name) {
			f.Params[i] = decision.Value{}
		}
	}
	if erase(factCategory) {
		f.Category, f.Undecided = "", true
	}
	eraseSurvey(&f, erase)
	return &f, gone
}

func eraseSurvey(f *decision.Facts, erase func(string) bool) {
	if erase("survey.date") {
		f.Survey, f.SurveyDate = nil, 0
		return
	}
	complete := f.Survey
	s := *complete
	f.Survey = &s
	for _, a := range amountFacts {
		if erase(a.name) {
			s.Amounts[a.field] = 0
			s.Stated &^= 1 << a.field
		}
	}
	for _, name := range []string{"household.labour", "survey.method", "survey.risk", "survey.hardship", "survey.incomeTrend", "survey.spendingTrend"} {
		if erase(name) {
			wordSetterOf(name)(&s, "")
		}
	}
	s.Guarantees = nil
	for _, g := range complete.Guarantees {
		if !erase(guaranteeName(g.Name)) {
			s.Guarantees = append(s.Guarantees, g)
		}
	}
}

// drawRule draws a rule of the town plan. It does not use known(), which asks
// about what is missing on purpose.
func drawRule(t *rapid.T, depth int) string {
	if depth == 0 || rapid.IntRange(0, 2).Draw(t, "leaf") == 0 {
		return drawAtom(t)
	}
	left := drawRule(t, depth-1)
	switch rapid.IntRange(0, 4).Draw(t, "join") {
	case 0:
		return "!(" + left + ")"
	case 1:
		return "(" + left + " ? " + drawRule(t, depth-1) + " : " + drawRule(t, depth-1) + ")"
	case 2:
		return "(" + left + " || " + drawRule(t, depth-1) + ")"
	}
	return "(" + left + " && " + drawRule(t, depth-1) + ")"
}

func drawAtom(t *rapid.T) string {
	word := func(list []string) string { return "'" + oneOf(t, "word", list...) + "'" }
	equal := func() string { return oneOf(t, "equality", "==", "!=") }
	more := func() string { return oneOf(t, "comparison", "<", "<=", ">", ">=", "==", "!=") }
	quantifier := func() string { return oneOf(t, "quantifier", "exists", "all", "exists_one") }
	switch rapid.IntRange(0, 15).Draw(t, "atom") {
	case 0:
		return fmt.Sprintf("%s %s %s", drawMoney(t), more(), drawMoney(t))
	case 1:
		f := rapid.SampledFrom(wordFacts).Draw(t, "fact")
		return fmt.Sprintf("%s %s %s", f.name, equal(), word(f.words))
	case 2:
		return fmt.Sprintf("household.labour in [%s, %s]", word(labours), word(labours))
	case 3:
		return fmt.Sprintf("survey.guarantees.%s %s %s", oneOf(t, "guarantee", askedGuarantees...), equal(), word(guaranteeStates))
	case 4:
		return fmt.Sprintf("survey.guarantees['%s'] %s %s", oneOf(t, "guarantee", askedGuarantees...), equal(), word(guaranteeStates))
	case 5:
		// The rule names every guarantee that is drawn, so that all are expected.
		return fmt.Sprintf("(survey.guarantees.%s(g, survey.guarantees[g] %s %s) || %s == 'AtRisk')", quantifier(), equal(), word(guaranteeStates),
			"survey.guarantees."+strings.Join(askedGuarantees, " == 'AtRisk' || survey.guarantees."))
	case 6:
		return fmt.Sprintf("%s in %s", word(causes), "survey.causes")
	case 7:
		return fmt.Sprintf("survey.receives.%s(r, r %s %s)", quantifier(), equal(), word(measureKinds))
	case 8:
		return fmt.Sprintf("unmet.%s(u, u %s %s)", quantifier(), equal(), word(townVocabulary().Standards))
	case 9:
		return fmt.Sprintf("household.marks.%s(m, m.year %s 2019)", quantifier(), more())
	case 10:
		return fmt.Sprintf("household.members.%s(m, m.birthYear %s 1980 && m.%s %s 'Disabled')", quantifier(), more(), oneOf(t, "field", "health", "work", "schooling", "relation"), equal())
	case 11:
		return fmt.Sprintf("signals.%s(s, s.amount %s %s && s.department %s 'health')", quantifier(), more(), drawMoney(t), equal())
	case 12:
		return fmt.Sprintf("household.category %s %s", equal(), word(townVocabulary().Categories))
	case 13:
		return oneOf(t, "household", "household.eliminated", "household.persons > params.years", "household.registration == 'None'", "'Training' in household.wishes", "params.share < 1")
	case 14:
		return fmt.Sprintf("survey.date %s timestamp('2020-04-15T00:00:00Z')", more())
	}
	return fmt.Sprintf("today - survey.date %s duration('2400h')", more())
}

func drawMoney(t *rapid.T) string {
	amount := func() string { return rapid.SampledFrom(amountFacts).Draw(t, "amount").name }
	switch rapid.IntRange(0, 4).Draw(t, "money") {
	case 0:
		return `yuan("4999.99")`
	case 1:
		return "params." + oneOf(t, "parameter", "redLine", "greenLine")
	case 2:
		return "params.redLine * params.years / 3"
	case 3:
		return "(" + amount() + " + " + amount() + ") / 2"
	}
	return amount()
}
