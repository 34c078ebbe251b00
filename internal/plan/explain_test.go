// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
)

func TestDescribe(t *testing.T) {
	tests := []struct {
		name string
		rule string
		want []string
	}{
		{"facts and parameters in order of appearance, each once",
			"params.redLine > survey.income && (survey.risk == 'Present' || survey.income < params.greenLine)",
			[]string{"params.redLine = 5000", "survey.income = 4999.99", "survey.risk = Present", "params.greenLine = 10000"}},
		{"a guarantee by field and by index, stated and missing",
			"survey.guarantees.Housing == 'Met' && survey.guarantees['Medical'] == 'Met'",
			[]string{"survey.guarantees.Housing = AtRisk", "survey.guarantees.Medical: missing"}},
		{"the guarantees as a whole", "survey.guarantees.exists(g, survey.guarantees[g] == 'Unmet')",
			[]string{"survey.guarantees = [Food Met, Housing AtRisk, Water Met]"}},
		{"lists", "'Illness' in survey.causes && unmet.size() > 0 && 'Income' in unmet && household.wishes == []",
			[]string{"survey.causes = [Illness]", "unmet = [Income, Housing]", "household.wishes = [Industry]"}},
		{"marks, members and leads leave out what was not stated",
			"household.marks.exists(m, m.year <= 2019) && household.members.exists(m, known(m.work)) && signals.exists(s, s.amount > yuan(1))",
			[]string{
				"household.marks = [2019-12-31 UnstableGraduated NationalSystem]",
				"household.members = [Head 1968 ChronicIllness, Child 2008 InSchool]",
				"signals = [2020-04-03 Illness Department medical-security 6200 medical, 2020-02-01 Disaster Media]",
			}},
		{"dates, counts and yes or no", "today > survey.date && household.persons > 2 && !household.eliminated && params.share < 1",
			[]string{"today = 2020-05-01", "survey.date = 2020-04-12", "household.persons = 3", "household.eliminated = false", "params.share = 0.5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, r := mustCompile(t, tt.rule, InTier)
			var got []string
			for _, reading := range r.Describe(family()) {
				got = append(got, reading.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDescribeBeforeTheFirstSurvey(t *testing.T) {
	_, r := mustCompile(t, "survey.income < params.redLine && survey.guarantees.Housing == 'Met' && survey.causes == [] && household.category == 'Marginal'", InTier)
	f := changed(func(f *decision.Facts) { f.Survey, f.SurveyDate, f.Category = nil, 0, "" })
	want := []Reading{
		{Name: "survey.income", Missing: true}, {Name: "params.redLine", Value: "5000"},
		{Name: "survey.guarantees.Housing", Missing: true}, {Name: "survey.causes", Missing: true},
		{Name: "household.category", Value: "none"},
	}
	if diff := cmp.Diff(want, r.Describe(f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAmounts(t *testing.T) {
	tests := []struct {
		rule string
		want []money.Amount
	}{
		{"survey.income < params.redLine", []money.Amount{fen("5000")}},
		{"survey.income < params.redLine * 3 / 2 || survey.expenses.medical > yuan('0.50')", []money.Amount{fen("0.5"), fen("7500")}},
		{"survey.income < params.redLine && survey.incomeBefore < params.redLine", []money.Amount{fen("5000")}},
		{"survey.income * 2 < params.greenLine + yuan(1)", []money.Amount{fen("10001")}},
		{"signals.exists(s, s.amount > params.greenLine)", []money.Amount{fen("10000")}},
		{"survey.income < survey.incomeBefore / 2", nil},
		{"survey.income < yuan(100 * household.persons)", nil},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			_, r := mustCompile(t, tt.rule, InTier)
			if diff := cmp.Diff(tt.want, r.Amounts(family().Params)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestChangesCanTurnTheAnswer(t *testing.T) {
	rule := "survey.income < params.redLine && survey.risk == 'Present' && survey.guarantees.Roof != 'Met' && household.labour != 'Lost' && 'Illness' in survey.causes"
	p, r := mustCompile(t, rule, InTier)
	f := changed(func(f *decision.Facts) {
		f.Survey.Guarantees = append(f.Survey.Guarantees, decision.Guarantee{Name: "Roof", State: "AtRisk"})
	})
	untouched := *f.Survey
	untouched.Guarantees = append([]decision.Guarantee(nil), f.Survey.Guarantees...)

	var turning []Change
	for _, c := range r.Changes(f.Params) {
		other, survey := *f, c.Apply(*f.Survey)
		other.Survey = &survey
		if p.Ask(&other).Truth == decision.No {
			turning = append(turning, c)
		}
	}
	want := []Change{
		{Fact: "survey.income", Amount: fen("5000")}, {Fact: "survey.income", Amount: fen("5000.01")},
		{Fact: "survey.risk", Word: "None"}, {Fact: "survey.guarantees.Roof", Word: "Met"}, {Fact: "household.labour", Word: "Lost"},
	}
	if diff := cmp.Diff(want, turning); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&untouched, f.Survey); diff != "" {
		t.Errorf("Apply changed the survey that it was given:\n%s", diff)
	}
}

func TestAChangeStatesWhatWasMissing(t *testing.T) {
	p, _ := mustCompile(t, "survey.guarantees.Roof == 'Met' && survey.income < yuan(5) && survey.hardship == 'None'", InTier)
	survey := decision.Survey{}
	for _, c := range []Change{{Fact: "survey.guarantees.Roof", Word: "Met"}, {Fact: "survey.income", Amount: 1}, {Fact: "survey.hardship", Word: "None"}, {Fact: "household.persons"}} {
		survey = c.Apply(survey)
	}
	if diff := cmp.Diff(yes, p.Ask(changed(func(f *decision.Facts) { f.Survey = &survey }))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
