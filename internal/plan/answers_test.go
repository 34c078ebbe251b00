// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"reflect"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangpin.io/fangpin/internal/decision"
)

var (
	yes = decision.Answer{Truth: decision.Yes}
	no  = decision.Answer{Truth: decision.No}
)

func lacks(facts ...string) decision.Answer {
	return decision.Answer{Truth: decision.Unknown, Missing: facts}
}

func TestAnswers(t *testing.T) {
	noSurvey := func(f *decision.Facts) { f.Survey, f.SurveyDate = nil, 0 }
	emptySurvey := func(f *decision.Facts) { f.Survey = &decision.Survey{} }
	income := func(s string) func(*decision.Facts) {
		return func(f *decision.Facts) { f.Survey.SetAmount(decision.Income, fen(s)) }
	}
	none := func(*decision.Facts) {}
	tests := []struct {
		name   string
		rule   string
		change func(*decision.Facts)
		want   decision.Answer
	}{
		{"a fen below the line is below it", "survey.income < params.redLine", none, yes},
		{"the line itself is not below it", "survey.income < params.redLine", income("5000"), no},
		{"a parameter before its first day is unknown", "survey.income < params.redLine", func(f *decision.Facts) { f.Params[0].Known = false }, lacks("params.redLine")},
		{"an amount in quotes is exact", `survey.income == yuan("4999.99")`, none, yes},
		{"an amount without quotes is in yuan", "survey.income < yuan(5000)", none, yes},
		{"money times a whole number", "survey.income < params.redLine * 2", income("9999.99"), yes},
		{"money divided goes to the fen toward zero", `params.greenLine / 3 == yuan("3333.33")`, none, yes},
		{"a negative difference divided goes toward zero, too", `(yuan(0) - yuan(10)) / 3 == yuan(0) - yuan("3.33")`, none, yes},
		{"sums of money", "survey.sources.wage + survey.sources.business == yuan(7000)", none, yes},
		{"a whole-number parameter scales money", "survey.income * params.years > params.greenLine", none, yes},
		{"a decimal parameter is a decimal", "params.share < 1.0", none, yes},
		{"a decimal parameter compares with whole numbers", "params.share < 1", none, yes},
		{"money divided by zero names the fault", "survey.income / (household.persons - 3) < params.redLine", none,
			decision.Answer{Truth: decision.Unknown, Fault: "money cannot be divided by zero"}},
		{"an absent element names the fault", "household.marks[3].year == 2019", none,
			decision.Answer{Truth: decision.Unknown, Fault: "index out of bounds"}},
		{"a fault does not repeat a word of the family", "int(household.members[0].health) > 1", none,
			decision.Answer{Truth: decision.Unknown, Fault: "a part of the rule cannot be worked out from these facts"}},
		{"a fault is absorbed where the other side decides", "household.marks[3].year == 2019 || survey.risk == 'Present'", none, yes},

		{"a missing amount is unknown", "survey.income < params.redLine", emptySurvey, lacks("survey.income")},
		{"a missing amount is not above, either", "survey.income >= params.redLine", emptySurvey, lacks("survey.income")},
		{"the negation of unknown is unknown", "!(survey.risk == 'Present')", emptySurvey, lacks("survey.risk")},
		{"unequal to a missing word is unknown", "survey.risk != 'Present'", emptySurvey, lacks("survey.risk")},
		{"or with a true side is true", "survey.risk == 'Present' || household.persons == 3", emptySurvey, yes},
		{"and with a false side is false", "survey.risk == 'Present' && household.persons == 4", emptySurvey, no},
		{"everything that was missing is named, sorted", "survey.risk == 'Present' && survey.income < params.redLine && household.labour == 'Lost'", emptySurvey,
			lacks("household.labour", "survey.income", "survey.risk")},
		{"known asks whether a fact was stated", "known(survey.risk)", emptySurvey, no},
		{"known of a stated fact", "known(survey.risk)", none, yes},
		{"known of a whole question", "known(survey.income < params.redLine)", emptySurvey, no},
		{"an absent list is empty", "survey.causes.size() == 0 && survey.receives == []", emptySurvey, yes},
		{"before the first survey its lists are unknown", "'Illness' in survey.causes", noSurvey, lacks("survey.causes")},
		{"before the first survey its amounts are unknown", "survey.income < yuan(1)", noSurvey, lacks("survey.income")},
		{"before the first survey labour is unknown", "household.labour in ['None', 'Lost']", noSurvey, lacks("household.labour")},
		{"before the first survey its date is unknown", "today - survey.date > duration('720h')", noSurvey, lacks("survey.date")},
		{"an unchanged survey has a date of its own", "survey.date == timestamp('2020-04-30T00:00:00Z')", func(f *decision.Facts) { f.SurveyDate = day("2020-04-30") }, yes},

		{"a guarantee that is stated", "survey.guarantees.Housing == 'AtRisk'", none, yes},
		{"a guarantee by index", "survey.guarantees['Housing'] != 'Met'", none, yes},
		{"a guarantee that is not stated is unknown", "survey.guarantees.Medical == 'Met'", none, lacks("survey.guarantees.Medical")},
		{"a guarantee before the first survey is named, too", "survey.guarantees.Medical == 'Met'", noSurvey, lacks("survey.guarantees.Medical")},
		{"whether a guarantee is listed is unknown if it is not", "'Medical' in survey.guarantees", none, lacks("survey.guarantees.Medical")},
		{"whether a guarantee is listed if it is", "'Housing' in survey.guarantees", none, yes},
		{"an exists over guarantees none of which is asked about by name", "survey.guarantees.exists(g, survey.guarantees[g] == 'Unmet')", none, no},
		{"the map as a whole before the first survey", "survey.guarantees.exists(g, survey.guarantees[g] == 'Unmet')", noSurvey, lacks("survey.guarantees")},

		{"registered as graduated", "household.registration == 'Graduated' && unmet.size() > 0", none, yes},
		{"poor before the day of graduation", "household.registration == 'Poor'", func(f *decision.Facts) { f.Family.Graduated = day("2020-05-02") }, yes},
		{"graduated from the day of graduation on", "household.registration == 'Poor'", func(f *decision.Facts) { f.Family.Graduated = day("2020-05-01") }, no},
		{"a mark of an earlier year", "household.marks.exists(m, m.year <= 2019)", none, yes},
		{"no mark", "household.marks.exists(m, m.year <= 2019)", func(f *decision.Facts) { f.Marks = nil }, no},
		{"a mark's date is a civil day", "household.marks[0].date.getDate() == 31 && household.marks[0].date.getMonth() == 11", none, yes},
		{"a member's field", "household.members.exists(m, m.health == 'ChronicIllness')", none, yes},
		{"a member's missing field is unknown", "household.members.all(m, m.health != 'Disabled')", none, lacks("household.members[].health")},
		{"a member's missing birth year", "household.members.exists(m, m.birthYear < 1950)", func(f *decision.Facts) { f.Family.Members[0].BirthYear = 0 }, lacks("household.members[].birthYear")},
		{"wishes", "'Industry' in household.wishes", none, yes},
		{"any shortfall but income", "unmet.exists(u, u != 'Income')", none, yes},
		{"only income", "unmet.exists(u, u != 'Income')", func(f *decision.Facts) { f.Unmet = []string{"Income"} }, no},
		{"the category", "household.category == 'UnstableGraduated'", none, yes},
		{"no category yet is a known answer", "household.category == 'UnstableGraduated'", func(f *decision.Facts) { f.Category = "" }, no},
		{"an undecided category is unknown", "household.category == 'UnstableGraduated'", func(f *decision.Facts) { f.Category, f.Undecided = "", true }, lacks("household.category")},
		{"eliminated", "!household.eliminated", none, yes},
		{"a lead's amount", "signals.exists(s, s.cause == 'Illness' && s.amount > yuan(5000))", none, yes},
		{"a lead without an amount", "signals.exists(s, s.cause == 'Disaster' && s.amount > yuan(5000))", none, lacks("signals[].amount")},
		{"a lead without a line has none", "signals.exists(s, s.line == 'medical') && signals.exists(s, s.line == '')", none, yes},
		{"today", "today == timestamp('2020-05-01T00:00:00Z') && today.getDayOfWeek() == 5", none, yes},
		{"texts", "survey.causes.join(',').startsWith('Ill') && 'a,b'.split(',').size() == 2", none, yes},
		{"lists", "survey.causes.sort()[0] == 'Illness' && lists.range(3).reverse() == [2, 1, 0] && survey.causes + ['Disaster'] == ['Illness', 'Disaster']", none, yes},
		{"filter and map over facts", "household.marks.filter(m, m.system == 'NationalSystem').map(m, m.year) == [2019]", none, yes},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := mustCompile(t, tt.rule, InTier)
			f := changed(tt.change)
			if diff := cmp.Diff(tt.want, p.Ask(f)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.rule, diff)
			}
		})
	}
}

// TestGuaranteesThatThePlanAsksAbout: one rule names Medical, so that the others
// miss it where they go through all guarantees.
func TestGuaranteesThatThePlanAsksAbout(t *testing.T) {
	tests := []struct {
		name, rule string
		want       decision.Answer
	}{
		{"one that is stated decides", "survey.guarantees.exists(g, survey.guarantees[g] == 'AtRisk')", yes},
		{"none that is stated decides", "survey.guarantees.exists(g, survey.guarantees[g] == 'Unmet')", lacks("survey.guarantees.Medical")},
		{"all of those stated", "survey.guarantees.all(g, survey.guarantees[g] != 'Unmet')", lacks("survey.guarantees.Medical")},
		{"not all of those stated", "survey.guarantees.all(g, survey.guarantees[g] == 'Met')", no},
		{"how many", "survey.guarantees.size() > 2", lacks("survey.guarantees.Medical")},
		{"their names", "survey.guarantees.exists(g, g == 'Housing')", yes},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := NewCompiler(townVocabulary())
			p := c.Compile("spec.rule", tt.rule, InTier)
			c.Compile("spec.another", "survey.guarantees.Medical == 'Met'", InTier)
			if len(c.Problems()) > 0 {
				t.Fatal(c.Problems())
			}
			if diff := cmp.Diff(tt.want, p.Ask(family())); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.rule, diff)
			}
		})
	}
}

// TestNothingOfAFamilyStaysBehind: what waits in the pool holds no facts.
func TestNothingOfAFamilyStaysBehind(t *testing.T) {
	a := activations.New().(*activation)
	a.facts, a.rules = family(), newRules()
	for _, f := range facts {
		f.get(a)
	}
	a.release()
	held := []any{a.facts, a.rules, a.guarantees, a.causes.items, a.receives.items, a.wishes.items, a.unmet.items, a.members.items, a.marks.items, a.signals.items}
	for i, h := range held {
		if !reflect.ValueOf(h).IsZero() {
			t.Errorf("field %d still holds %v", i, h)
		}
	}
}

func TestWarningLineAsksAboutOneLead(t *testing.T) {
	p, _ := mustCompile(t, "signal.amount > yuan(5000)", InWarningLine)
	lead := decision.Signal{Amount: fen("5000.01"), AmountSet: true}
	ask := func(s *decision.Signal) decision.Answer {
		return p.Ask(changed(func(f *decision.Facts) { f.Signal = s }))
	}
	if diff := cmp.Diff(yes, ask(&lead)); diff != "" {
		t.Errorf("a lead above the line (-want +got):\n%s", diff)
	}
	lead.AmountSet = false
	if diff := cmp.Diff(lacks("signal.amount"), ask(&lead)); diff != "" {
		t.Errorf("a lead without an amount (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(lacks("signal.amount"), ask(nil)); diff != "" {
		t.Errorf("no lead (-want +got):\n%s", diff)
	}
}

func TestPredicatesAreNumberedWithoutGaps(t *testing.T) {
	c := NewCompiler(townVocabulary())
	var indexes []int
	for _, rule := range []string{"true", "no such rule", "survey.income < yuan(1)"} {
		indexes = append(indexes, c.Compile("spec.rule", rule, InTier).Index)
	}
	if diff := cmp.Diff([]int{0, 1, 2}, indexes); diff != "" {
		t.Errorf("indexes (-want +got):\n%s", diff)
	}
	if got := c.Rules().Len(); got != 3 {
		t.Errorf("Len() = %d, want 3", got)
	}
	if c.Rules().Rule(3) != nil || c.Rules().Rule(-1) != nil {
		t.Error("a rule beyond the plan's is not nil")
	}
}

func TestARuleWithAFaultIsUnknown(t *testing.T) {
	c := NewCompiler(townVocabulary())
	p := c.Compile("spec.rule", "survey.income < 5000", InTier)
	want := decision.Answer{Truth: decision.Unknown, Fault: "the rule does not compile"}
	if diff := cmp.Diff(want, p.Ask(family())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAskingWithoutFactsIsAFault(t *testing.T) {
	p, _ := mustCompile(t, "household.persons > 1", InTier)
	for _, f := range []*decision.Facts{nil, {}} {
		if got := p.Ask(f); got.Truth != decision.Unknown || got.Fault == "" {
			t.Errorf("Ask(%v) = %+v, want a fault", f, got)
		}
	}
}

// TestAskIsSafeForManyAtOnce matters for the pool of activations: a worker
// must never see the facts of another's family.
func TestAskIsSafeForManyAtOnce(t *testing.T) {
	p, _ := mustCompile(t, "survey.income < params.redLine && survey.causes.exists(c, c == 'Illness')", InTier)
	var workers sync.WaitGroup
	for worker := range 8 {
		workers.Go(func() {
			want := yes
			f := family()
			if worker%2 == 1 {
				f.Survey.SetAmount(decision.Income, fen("9000"))
				want = no
			}
			for range 500 {
				if diff := cmp.Diff(want, p.Ask(f)); diff != "" {
					t.Errorf("worker %d (-want +got):\n%s", worker, diff)
					return
				}
			}
		})
	}
	workers.Wait()
}
