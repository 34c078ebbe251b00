// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/formula"
)

// only searches for facts on which the last rule says yes and none of the others.
func only(t rapid.TB, facts *decision.Facts, rules ...string) (formula.Finding, []decision.Predicate) {
	t.Helper()
	c := NewCompiler(townVocabulary())
	var asked []decision.Predicate
	for _, source := range rules {
		asked = append(asked, c.Compile("spec.rule", source, InTier))
	}
	if problems := c.Problems().Errors(); len(problems) > 0 {
		t.Fatalf("%v do not compile:\n%s", rules, problems)
	}
	f := c.Rules().Formulas(Days{From: day("2020-01-01"), Until: day("2022-12-31"), Params: facts.Params})
	var wants []formula.Want
	for i, p := range asked {
		answers := formula.No | formula.Unknown
		if i == len(asked)-1 {
			answers = formula.Yes
		}
		wants = append(wants, f.Asks(p.Index, answers))
	}
	budget := 10_000_000
	found, _ := f.Search(&budget, append(wants, f.Laws()...)...)
	return found, asked
}

func TestWhatRulesRuleOut(t *testing.T) {
	tests := []struct {
		name  string
		rules []string
		want  formula.Finding
	}{
		{"below and above a line", []string{"survey.income < params.redLine && survey.income >= params.redLine"}, formula.Never},
		{"a gap of less than a fen", []string{`survey.income > yuan("4999.99") && survey.income < params.redLine`}, formula.Never},
		{"between two lines", []string{"survey.income >= params.redLine && survey.income < params.greenLine"}, formula.Possible},
		{"lines the wrong way round", []string{"survey.income >= params.greenLine && survey.income < params.redLine"}, formula.Never},
		{"a line that is worked out", []string{"survey.income > params.redLine * 2 + yuan(1)", "survey.income > params.greenLine"}, formula.Possible},
		{"a line that is worked out, covered", []string{"survey.income >= params.redLine * 2", "survey.income > params.greenLine"}, formula.Never},
		{"an amount that is worked out", []string{"survey.sources.wage + survey.sources.business > yuan(8)", "survey.sources.wage + survey.sources.business > yuan(9)"}, formula.Never},
		{"two words of one fact", []string{"survey.risk == 'None' && survey.risk == 'Present'"}, formula.Never},
		{"neither word of two", []string{"known(survey.risk) && survey.risk != 'None' && survey.risk != 'Present'"}, formula.Never},
		{"every word is no answer while it is missing", []string{"survey.risk in ['None', 'Present']", "household.persons > 0"}, formula.Possible},
		{"a registration is never missing", []string{"household.registration in ['Graduated', 'Poor']", "household.registration == 'None'", "household.persons > 0"}, formula.Never},
		{"the same rule", []string{"survey.income < params.redLine", "survey.income < params.redLine"}, formula.Never},
		{"the same, turned round", []string{"params.redLine > survey.income", "!(survey.income >= params.redLine)"}, formula.Never},
		{"a choice", []string{"known(survey.risk) ? survey.risk == 'Present' : true", "survey.risk == 'Present'"}, formula.Never},
		{"an amount that counts as nothing where missing", []string{"(known(survey.income) ? survey.income : yuan(0)) < params.redLine", "survey.income < params.redLine"}, formula.Never},
		{"two amounts in two orders", []string{"survey.income < survey.incomeBefore && survey.incomeBefore <= survey.income"}, formula.Never},
		{"an earlier mark", []string{"household.marks.exists(m, m.year <= 2019)", "household.marks.exists(m, m.system == 'NationalSystem' && m.year <= 2018)"}, formula.Never},
		{"a later mark", []string{"household.marks.exists(m, m.year <= 2018)", "household.marks.exists(m, m.year <= 2019)"}, formula.Possible},
		{"a mark of two years", []string{"household.marks.exists(m, m.year < 2018 && m.year > 2018)"}, formula.Never},
		{"a larger lead", []string{"signals.exists(s, s.amount > yuan(5000))", "signals.exists(s, s.amount > yuan(8000))"}, formula.Never},
		{"a lead, and none", []string{"signals.exists(s, s.cause == 'Illness') && signals.size() == 0"}, formula.Never},
		{"all leads, and another", []string{"signals.all(s, s.cause == 'Illness') && signals.exists(s, s.cause == 'Disaster')"}, formula.Never},
		{"an unmet standard is one of those", []string{"unmet.size() > 0", "'Income' in unmet"}, formula.Never},
		{"another standard than one", []string{"unmet.exists(u, u != 'Income')", "'Income' in unmet"}, formula.Possible},
		{"more standards than there are", []string{"unmet.size() > 6"}, formula.Never},
		{"a cause among two", []string{"survey.causes.exists(c, c in ['Illness', 'Disaster'])", "'Disaster' in survey.causes"}, formula.Never},
		{"known and not surveyed", []string{"known(survey.income) && !known(survey.date)"}, formula.Never},
		{"a guarantee in two ways of writing", []string{"survey.guarantees['Food'] == 'Met'", "survey.guarantees.Food == 'Met'"}, formula.Never},
		{"a guarantee that is there in some state", []string{"'Food' in survey.guarantees", "survey.guarantees.Food == 'Met'"}, formula.Never},
		{"after the days", []string{"today > timestamp('2022-12-31T00:00:00Z')"}, formula.Never},
		{"within the days", []string{"today > timestamp('2022-12-30T00:00:00Z')"}, formula.Possible},
		{"a number between whole ones", []string{"household.persons > params.share", "household.persons > 1"}, formula.Never},
		{"fewer persons than one", []string{"household.persons < 1"}, formula.Never},
		{"text that is put together", []string{"signals.exists(s, s.department.startsWith('h'))", "signals.exists(s, s.department.startsWith('h'))"}, formula.Never},
		{"a set that is compared as a whole", []string{"unmet == ['Income']", "unmet == ['Housing']"}, formula.Possible},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := only(t, family(), tt.rules...); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

// TestAParameterWithoutValueDecidesNothing: before its first day a parameter is
// unknown, so that what reads it is too.
func TestAParameterWithoutValueDecidesNothing(t *testing.T) {
	f := changed(func(f *decision.Facts) { f.Params[0] = decision.Value{} })
	if got, _ := only(t, f, "survey.income < params.redLine"); got != formula.Never {
		t.Errorf("got %d, want never", got)
	}
}

// TestWhatIsRuledOutNeverHappens is what certain means: where the formulas rule out
// that the last rule says yes and the others do not, no drawn family is such, with
// or without facts missing, in the judge's two readings of unmet.
func TestWhatIsRuledOutNeverHappens(t *testing.T) {
	ruledOut := 0
	rapid.Check(t, func(t *rapid.T) {
		rules := []string{drawRule(t, 2)}
		for range rapid.IntRange(0, 2).Draw(t, "rules") {
			rules = append(rules, drawRule(t, 2))
		}
		if last := len(rules) - 1; rapid.Bool().Draw(t, "narrower") {
			rules[last] = "(" + rules[rapid.IntRange(0, last).Draw(t, "of")] + ") && " + rules[last]
		}
		complete := drawComplete(t)
		partial, _ := erased(t, complete)
		for _, facts := range []*decision.Facts{complete, partial} {
			found, asked := only(t, facts, rules...)
			if found != formula.Never {
				continue
			}
			ruledOut++
			doubted := someOf(t, "unknown", townVocabulary().Standards)
			if happens(asked, facts, doubted) {
				t.Fatalf("ruled out, and it happens: %q on %+v, survey %+v, unknown %v", rules, facts, facts.Survey, doubted)
			}
		}
	})
	if ruledOut < 10 {
		t.Errorf("only %d draws were ruled out: the property says nothing", ruledOut)
	}
}

// happens asks the rules as the judge does: without and with the standards that
// are unknown.
func happens(asked []decision.Predicate, facts *decision.Facts, doubted []string) bool {
	for i, p := range asked {
		without := p.Ask(facts).Truth
		if p.Reads&decision.ReadUnmet != 0 {
			with := *facts
			for _, s := range doubted {
				if !slices.Contains(with.Unmet, s) {
					with.Unmet = append(slices.Clone(with.Unmet), s)
				}
			}
			if p.Ask(&with).Truth != without {
				without = decision.Unknown
			}
		}
		if (without == decision.Yes) != (i == len(asked)-1) {
			return false
		}
	}
	return true
}
