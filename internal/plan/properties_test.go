// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/decision"
)

// drawPredicate compiles a drawn rule.
func drawPredicate(t *rapid.T) decision.Predicate {
	source := drawRule(t, 3)
	c := NewCompiler(townVocabulary())
	p := c.Compile("spec.rule", source, InTier)
	if problems := c.Problems().Errors(); len(problems) > 0 {
		t.Fatalf("%s does not compile:\n%s", source, problems)
	}
	return p
}

// TestAnAnswerOutlivesEveryCompletion is what unknown means: where some facts
// are missing and the rule answers yes or no all the same, it gives that answer
// whatever the missing facts turn out to be. Where it does not answer, it names
// missing facts, and only those.
func TestAnAnswerOutlivesEveryCompletion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPredicate(t)
		complete := drawComplete(t)
		partial, gone := erased(t, complete)

		whole, part := p.Ask(complete), p.Ask(partial)
		if whole.Truth == decision.Unknown {
			t.Fatalf("%s: unknown though nothing is missing: %+v", p.Source, whole)
		}
		if part.Truth != decision.Unknown {
			if part.Truth != whole.Truth {
				t.Fatalf("%s: %v without %v, but %v with them", p.Source, part.Truth, gone, whole.Truth)
			}
			return
		}
		if len(part.Missing) == 0 && part.Fault == "" {
			t.Fatalf("%s: unknown for no reason", p.Source)
		}
		for _, name := range part.Missing {
			if partial.Survey != nil && !gone[name] {
				t.Fatalf("%s: names %s, which is there; missing are %v", p.Source, name, gone)
			}
		}
	})
}

func TestReads(t *testing.T) {
	for rule, want := range map[string]decision.Reads{
		"true": decision.ReadNothing,
		"household.persons > 1 && 'Training' in household.wishes && household.members.size() > 1": decision.ReadNothing,
		"household.registration == 'Poor'":                          decision.ReadRegistration,
		"household.labour == 'Full'":                                decision.ReadLabour,
		"household.marks.exists(m, m.year < 2020)":                  decision.ReadMarks,
		"household.category == 'Marginal' || household.eliminated":  decision.ReadCategory | decision.ReadEliminated,
		"unmet.size() > 0":                                          decision.ReadUnmet,
		"signals.size() > 0":                                        decision.ReadSignals,
		"today > survey.date":                                       decision.ReadToday | decision.ReadSurveyDate,
		"survey.income < params.redLine":                            decision.ReadAmount(decision.Income) | decision.ReadParams,
		"survey.expenses.other + survey.sources.wage < yuan(1)":     decision.ReadAmount(decision.OtherExpense) | decision.ReadAmount(decision.Wage),
		"survey.guarantees.Housing == 'Met'":                        decision.ReadGuarantee("Housing"),
		"survey.guarantees['Housing'] == survey.guarantees['Food']": decision.ReadGuarantee("Housing") | decision.ReadGuarantee("Food"),
		"survey.guarantees.Roof == 'Met'":                           decision.ReadGuarantees,
		"survey.guarantees[survey.risk] == 'Met'":                   allGuarantees() | decision.ReadRisk,
		"survey.guarantees.exists(g, g == 'Food')":                  allGuarantees(),
		"'Food' in survey.guarantees":                               allGuarantees(),
		"survey.method == 'Phone' && survey.risk == 'None'":         decision.ReadMethod | decision.ReadRisk,
		"survey.hardship == 'None' || survey.incomeTrend == 'Stable' || survey.spendingTrend == 'Normal'": decision.ReadHardship | decision.ReadIncomeTrend | decision.ReadSpendingTrend,
		"survey.causes.size() > survey.receives.size()":                                                   decision.ReadCauses | decision.ReadReceives,
		"known(survey.risk) ? survey.method == 'Phone' : true":                                            decision.ReadRisk | decision.ReadMethod,
	} {
		p, _ := mustCompile(t, rule, InTier)
		if p.Reads != want {
			t.Errorf("%s reads %b, want %b", rule, p.Reads, want)
		}
	}
}

// TestFactsOutsideReadsDoNotMatter is what Reads promises: the judge asks again
// only if a fact in it has changed.
func TestFactsOutsideReadsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPredicate(t)
		before, _ := erased(t, drawComplete(t))
		other, _ := erased(t, drawComplete(t))
		if before.Survey == nil || other.Survey == nil {
			return // with the first survey the judge asks everything again
		}
		after := withoutReads(before, other, p.Reads)
		if diff := cmp.Diff(p.Ask(before), p.Ask(after)); diff != "" {
			t.Fatalf("%s reads %b, but another fact changed the answer:\n%s", p.Source, p.Reads, diff)
		}
	})
}

// withoutReads takes from other every fact that is not in reads. Present-day
// facts have no bit and stay.
func withoutReads(f, other *decision.Facts, reads decision.Reads) *decision.Facts {
	mixed, survey := *f, *f.Survey
	mixed.Survey = &survey
	free := func(bit decision.Reads) bool { return reads&bit == 0 }
	if free(decision.ReadRegistration) {
		fam := *mixed.Family
		fam.Registration, fam.Graduated = other.Family.Registration, other.Family.Graduated
		mixed.Family = &fam
	}
	if free(decision.ReadMarks) {
		mixed.Marks = other.Marks
	}
	if free(decision.ReadLabour) {
		survey.Labour = other.Survey.Labour
	}
	if free(decision.ReadCategory) {
		mixed.Category, mixed.Undecided = other.Category, other.Undecided
	}
	if free(decision.ReadEliminated) {
		mixed.Eliminated = other.Eliminated
	}
	if free(decision.ReadSurveyDate) {
		mixed.SurveyDate = other.SurveyDate
	}
	if free(decision.ReadUnmet) {
		mixed.Unmet = other.Unmet
	}
	if free(decision.ReadSignals) {
		mixed.Signals = other.Signals
	}
	if free(decision.ReadParams) {
		mixed.Params = other.Params
	}
	if free(decision.ReadToday) {
		mixed.Today = other.Today
	}
	if free(decision.ReadCauses) {
		survey.Causes = other.Survey.Causes
	}
	if free(decision.ReadReceives) {
		survey.Receives = other.Survey.Receives
	}
	for _, w := range wordFacts {
		if free(w.reads) {
			wordSetterOf(w.name)(&survey, w.of(other.Survey))
		}
	}
	for _, a := range amountFacts {
		if !free(decision.ReadAmount(a.field)) {
			continue
		}
		survey.Amounts[a.field] = other.Survey.Amounts[a.field]
		survey.Stated &^= 1 << a.field
		if other.Survey.Stated.Has(a.field) {
			survey.Stated = survey.Stated.With(a.field)
		}
	}
	survey.Guarantees = nil
	for _, name := range askedGuarantees {
		from := f.Survey
		if free(decision.ReadGuarantee(name)) {
			from = other.Survey
		}
		if state := from.State(name); state != "" {
			survey.Guarantees = append(survey.Guarantees, decision.Guarantee{Name: name, State: state})
		}
	}
	return &mixed
}

// TestMoreUnmetStandards is what the compiler's silence promises: a rule that
// it does not warn of can only turn true when a further standard is unmet.
func TestMoreUnmetStandards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := drawRule(t, 3)
		c := NewCompiler(townVocabulary())
		p := c.Compile("spec.rule", source, InTier)
		if len(c.Problems()) > 0 {
			return
		}
		less := drawComplete(t)
		more := *less
		more.Unmet = townVocabulary().Standards[:0:0]
		for _, s := range townVocabulary().Standards {
			if contains(less.Unmet, s) || rapid.Bool().Draw(t, "further "+s) {
				more.Unmet = append(more.Unmet, s)
			}
		}
		if p.Ask(less).Truth == decision.Yes && p.Ask(&more).Truth != decision.Yes {
			t.Fatalf("%s: true for %v, but not for %v", source, less.Unmet, more.Unmet)
		}
	})
}

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// FuzzCompile: no rule makes the compiler or a predicate panic, and a rule that
// compiles answers in bounded time and memory.
func FuzzCompile(f *testing.F) {
	for _, seed := range []string{
		"survey.income < params.redLine", "survey.guarantees.Housing == 'Met'", "unmet.exists(u, u != 'Income')",
		"household.marks.exists(m, m.year <= 2019)", "household.labour in ['None', 'Lost']", "known(survey.risk) ? true : false",
		"survey.causes.join(',').replace('a', 'bb') == ''", "signals.sortBy(s, s.date)[0].amount > yuan('0.01')",
		"lists.range(10).map(i, i * i).distinct().size() % 3 == 1", "survey.date.getFullYear() - -9223372036854775808 > 1",
		"'%s'.format([1]) == '1'", "{'a': [1]}['a'][0] == 1", "b'\\xff' == b''", ".household.persons > 1", "[[1]].flatten()[0] == 1",
		"survey.income / 0 < yuan(1)", "(((((", "\x00", "a\n.b", "yuan(", "has(a.b)", "`x`", "1 ? 2 : 3", "x{y: 1}", "'中' in survey.causes",
	} {
		f.Add(seed, uint8(4))
	}
	facts := family()
	facts.Signal = &facts.Signals[0]
	empty := &decision.Facts{Family: &decision.Family{}}
	f.Fuzz(func(t *testing.T, source string, scope uint8) {
		c := NewCompiler(townVocabulary())
		p := c.Compile("spec.rule", source, Scope(1<<(scope%4)))
		for _, asked := range []*decision.Facts{facts, empty} {
			if a := p.Ask(asked); a.Truth == decision.Unknown && len(a.Missing) == 0 && a.Fault == "" {
				t.Errorf("%q is unknown for no reason", source)
			}
		}
		r := c.Rules().Rule(p.Index)
		for _, reading := range r.Describe(facts) {
			if reading.Name == "" || !reading.Missing && reading.Value == "" {
				t.Errorf("%q reads %+v", source, reading)
			}
		}
		r.Changes(facts.Params)
	})
}
