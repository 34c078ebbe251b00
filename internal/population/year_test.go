// SPDX-License-Identifier: Apache-2.0

package population_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/population"
)

// passYear lets the whole year pass and returns its visits.
func passYear(year *population.Year) []population.Visit {
	var all []population.Visit
	for on := population.YearBegins; on <= population.YearEnds; on = on.AddDays(1) {
		all = append(all, year.Visits(on)...)
	}
	return all
}

func yearAsJSON(t *testing.T, town *population.Town) []byte {
	t.Helper()
	text, err := json.Marshal(passYear(town.Year()))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestTheYearIsPlausible bounds what the visits of a year find, by seeds.
func TestTheYearIsPlausible(t *testing.T) {
	type bounds struct{ low, high int }
	want := map[string]bounds{
		"visits and calls":                   {15_400, 16_800},
		"by telephone":                       {130, 350},
		"unchanged":                          {14_000, 16_000},
		"months without a visit to somebody": {280, 620},
		"fell ill":                           {15, 70},
		"lost work in the epidemic":          {25, 85},
		"struck by the flood":                {20, 110},
		"had an accident":                    {2, 30},
	}
	for seed := range uint64(4) {
		town := population.New(population.Options{Seed: seed})
		got := map[string]int{}
		for _, h := range town.After(population.YearEnds) {
			countYear(got, h)
		}
		for what, b := range want {
			if n := got[what]; n < b.low || n > b.high {
				t.Errorf("seed %d: %s: %d, want %d to %d", seed, what, n, b.low, b.high)
			}
		}
	}
}

func countYear(got map[string]int, h *v1alpha1.Household) {
	months := map[v1alpha1.Date]bool{}
	known, seen := map[v1alpha1.Cause]bool{}, map[v1alpha1.Cause]bool{}
	for i, s := range h.Spec.Surveys {
		for _, cause := range s.Causes {
			if i == 0 {
				known[cause] = true
			}
			seen[cause] = true
		}
		if s.Date < "2020-03-25" {
			continue
		}
		got["visits and calls"]++
		if s.Unchanged {
			got["unchanged"]++
		}
		if s.Method == v1alpha1.SurveyPhone {
			got["by telephone"]++
			continue
		}
		if s.Date >= "2020-04-01" {
			months[s.Date[:7]] = true
		}
	}
	got["months without a visit to somebody"] += 9 - len(months)
	for cause, what := range map[v1alpha1.Cause]string{
		"Illness": "fell ill", "Epidemic": "lost work in the epidemic", "Disaster": "struck by the flood", "SuddenEvent": "had an accident",
	} {
		if seen[cause] && !known[cause] {
			got[what]++
		}
	}
}

func TestUnchangedIsOnlyWrittenWhereNothingChangedSinceTheLastVisit(t *testing.T) {
	for _, h := range population.New(population.Options{Seed: 11}).After(population.YearEnds) {
		var last v1alpha1.Survey // the last one that states facts
		for i, s := range h.Spec.Surveys {
			if i > 0 && s.Date <= h.Spec.Surveys[i-1].Date {
				t.Fatalf("%s: a survey of %s after one of %s", h.Name, s.Date, h.Spec.Surveys[i-1].Date)
			}
			if s.Unchanged {
				if i == 0 {
					t.Fatalf("%s: the first survey says unchanged", h.Name)
				}
				continue
			}
			now := s
			now.Date, last.Date = "", ""
			if cmp.Equal(now, last) {
				t.Errorf("%s: the survey of %s repeats the one before in full", h.Name, s.Date)
			}
			last = s
		}
	}
}

func TestHelpReachesTheFamilyAndIsSeenAtAVisit(t *testing.T) {
	tests := []struct {
		name      string
		kind      v1alpha1.MeasureKind
		standards []v1alpha1.Word
		want      func(before, after v1alpha1.Survey) bool
	}{
		{"a public post raises the income", "PublicPost", []v1alpha1.Word{"Income"}, func(before, after v1alpha1.Survey) bool {
			return amount(t, after.Income) > amount(t, before.Income)
		}},
		{"repairs mend the house", "Housing", []v1alpha1.Word{"Housing"}, func(before, after v1alpha1.Survey) bool {
			return state(before, "Housing") != v1alpha1.GuaranteeMet && state(after, "Housing") == v1alpha1.GuaranteeMet
		}},
		{"a course alone raises nothing", "Training", nil, func(before, after v1alpha1.Survey) bool {
			return after.Income == before.Income
		}},
	}
	town := population.New(population.Options{Seed: 2})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tried, worked := 0, 0
			for _, h := range town.Households {
				// Families whose first survey of the year is full and that nothing
				// else befalls are found by comparing a year with help and one without.
				before := h.Spec.Surveys
				if len(before) == 0 || before[0].Income == "" || len(test.standards) > 0 && test.standards[0] == "Housing" && state(before[0], "Housing") == v1alpha1.GuaranteeMet {
					continue
				}
				if tried++; tried > 40 {
					break
				}
				year := town.Year()
				if err := year.Help(population.Help{Household: h.Name, Kind: test.kind, For: test.standards, Day: population.YearBegins}); err != nil {
					t.Fatal(err)
				}
				if test.want(before[0], firstFull(year, h.Name)) {
					worked++
				}
			}
			if tried < 5 || worked*10 < tried*8 {
				t.Errorf("it worked for %d of %d families", worked, tried)
			}
		})
	}
}

// firstFull lets April come and returns the family's first survey that states
// which help it receives.
func firstFull(year *population.Year, household string) v1alpha1.Survey {
	for on := population.YearBegins; on <= population.YearBegins.AddDays(40); on = on.AddDays(1) {
		for _, visit := range year.Visits(on) {
			if visit.Household == household && len(visit.Survey.Receives) > 0 {
				return visit.Survey
			}
		}
	}
	return v1alpha1.Survey{Income: "0"}
}

func state(s v1alpha1.Survey, name v1alpha1.Word) v1alpha1.GuaranteeState {
	for _, g := range s.Guarantees {
		if g.Name == name {
			return g.State
		}
	}
	return ""
}

func TestHelpForAFamilyThatIsNotThereIsRefused(t *testing.T) {
	err := population.New(population.Options{Groups: population.OfSize(3)}).Year().Help(population.Help{Household: "hh-000004"})
	want := `the town has no household "hh-000004"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestWhatTheFirstVisitForgotIsAskedAtTheNext: no gap lasts for the year but
// those that a visitor has by habit.
func TestWhatTheFirstVisitForgotIsAskedAtTheNext(t *testing.T) {
	forgotten := 0
	for _, h := range population.New(population.Options{Seed: 4}).After(population.YearEnds) {
		var last v1alpha1.Survey
		for i, s := range h.Spec.Surveys {
			if s.Unchanged {
				continue
			}
			if i == 0 && (s.Income == "" || s.Labour == "" || s.Risk == "" || len(s.Guarantees) < 6) {
				forgotten++
			}
			last = s
		}
		if last.Income == "" || last.Labour == "" || last.Risk == "" || len(last.Guarantees) < 6 {
			t.Errorf("%s: at the end of the year it is still not known: %+v", h.Name, last)
		}
	}
	if forgotten < 50 {
		t.Errorf("only %d first visits forgot something", forgotten)
	}
}

// TestVisitorsAreWhoSigns all surveys, of the screening as of the year.
func TestVisitorsAreWhoSigns(t *testing.T) {
	town := population.New(population.Options{Seed: 1, Groups: population.OfSize(40)})
	signers := map[v1alpha1.UserName]bool{}
	for _, h := range town.After(population.YearEnds) {
		for _, s := range h.Spec.Surveys {
			signers[s.By] = true
		}
	}
	want := slices.Sorted(maps.Keys(signers))
	if got := town.Year().Visitors(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
