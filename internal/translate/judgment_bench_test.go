// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"encoding/json"
	"fmt"
	"syscall"
	"testing"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// judgedOn is after the last of the twelve surveys.
const judgedOn = "2020-12-20"

// yearOfSurveys is one family's twelve surveys.
type yearOfSurveys struct {
	name   string
	states func(survey int) bool // whether a survey states facts, or nothing has changed
	// forgets lets surveys leave out what decides the tier: an unknown rule costs
	// more than one that is answered.
	forgets bool
	// wantAllocations is the most that a decision may allocate.
	wantAllocations float64
	// wantTiers is the course of the year, so that no benchmark measures a
	// family to which nothing happens.
	wantTiers []string
}

// yearsOfSurveys are families with twelve surveys, all but the first of them made
// under the town's plan of 2020, which is in force from 25 March on: surveys
// before it cost next to nothing.
var yearsOfSurveys = []yearOfSurveys{
	{
		name:            "TwelveDifferentSurveys",
		states:          func(int) bool { return true },
		wantAllocations: 60,
		wantTiers:       []string{"Yellow", "Red", "Green", "Yellow", "Red", "Green", "Yellow", "Red", "Green", "Yellow", "Red", "Green"},
	},
	{
		name:            "TwelveSurveysMostlyUnchanged",
		states:          func(survey int) bool { return survey%4 == 0 },
		wantAllocations: 60,
		wantTiers:       []string{"Yellow", "Red", "Green"},
	},
	{
		name:    "TwelveSurveysMissingFacts",
		states:  func(int) bool { return true },
		forgets: true,
		// Each rule that is unknown names what is missing.
		wantAllocations: 300,
		wantTiers:       []string{"Undetermined", "Red", "Undetermined", "Red", "Undetermined", "Red", "Undetermined", "Red", "Undetermined"},
	},
}

// familyOfAYear invents the family. What its surveys state differs from one to
// the next in the tier, in two standards, and in an amount.
func familyOfAYear(year yearOfSurveys) Papers {
	h := &v1alpha1.Household{}
	h.Name, h.Namespace, h.Generation = "subject", "town", 1
	h.Spec.Registration, h.Spec.Persons = v1alpha1.RegistrationGraduated, 4
	h.Spec.Members = []v1alpha1.Member{{Relation: "Head"}, {Relation: "Spouse"}, {Relation: "Child"}, {Relation: "Parent"}}
	first, _ := civil.ParseDay("2020-03-20") // the screening, before the plan begins
	stated := 0
	for n := range 12 {
		survey := v1alpha1.Survey{
			Date: v1alpha1.Date(first.AddDays(24 * n).String()), Method: v1alpha1.SurveyOnSite, By: "village-worker",
		}
		if survey.Unchanged = !year.states(n); !survey.Unchanged {
			stateFacts(&survey, stated)
			if year.forgets {
				survey.Income, survey.Risk, survey.Guarantees = "", "", survey.Guarantees[1:]
			}
			stated++
		}
		h.Spec.Surveys = append(h.Spec.Surveys, survey)
	}
	return Papers{Household: h}
}

// stateFacts lets a family go through yellow, red and green in turn.
func stateFacts(s *v1alpha1.Survey, turn int) {
	base := []int{6000, 4000, 11000}[turn%3]
	s.Income = v1alpha1.Money(fmt.Sprint(base + turn))
	s.Sources = &v1alpha1.IncomeSources{Wage: "12000", Business: v1alpha1.Money(fmt.Sprint(100 * turn)), Property: "0", Transfer: "800"}
	s.Expenses = &v1alpha1.Expenses{Medical: v1alpha1.Money(fmt.Sprint(600 + turn))}
	medical, hardship := v1alpha1.GuaranteeMet, v1alpha1.HardshipNone
	if turn%3 == 1 {
		medical, hardship = v1alpha1.GuaranteeAtRisk, v1alpha1.HardshipDifficult
		s.Causes = []v1alpha1.Cause{"Illness"}
	}
	for _, name := range []v1alpha1.Word{"Food", "Clothing", "Water", "Education", "Housing"} {
		s.Guarantees = append(s.Guarantees, v1alpha1.Guarantee{Name: name, State: v1alpha1.GuaranteeMet})
	}
	s.Guarantees = append(s.Guarantees, v1alpha1.Guarantee{Name: "Medical", State: medical})
	s.Labour, s.Risk, s.Hardship = v1alpha1.LabourFull, v1alpha1.RiskNone, hardship
	s.IncomeTrend, s.SpendingTrend = v1alpha1.IncomeStable, v1alpha1.SpendingNormal
}

// BenchmarkDecide is the decision core alone: one family, R01, one day.
func BenchmarkDecide(b *testing.B) {
	line := townWorld(b).Timeline("town")
	day, _ := civil.ParseDay(judgedOn)
	for _, year := range yearsOfSurveys {
		b.Run(year.name, func(b *testing.B) {
			f := reader{}.family(familyOfAYear(year))
			measure(b, func() { decision.Decide(f, line, day) })
		})
	}
}

// BenchmarkJudge is what the controller and the command do for a family: read
// its papers into the core's words, decide, and write the status down.
func BenchmarkJudge(b *testing.B) {
	w := townWorld(b)
	day, _ := civil.ParseDay(judgedOn)
	for _, year := range yearsOfSurveys {
		b.Run(year.name, func(b *testing.B) {
			p := familyOfAYear(year)
			measure(b, func() { w.JudgeOn(p, day) })
		})
	}
}

// BenchmarkDecode reads the household's JSON into its Go type. It is the yardstick:
// nobody can judge a family whom they have not read.
func BenchmarkDecode(b *testing.B) {
	for _, year := range yearsOfSurveys {
		b.Run(year.name, func(b *testing.B) {
			text, err := json.Marshal(familyOfAYear(year).Household)
			if err != nil {
				b.Fatal(err)
			}
			measure(b, func() {
				if err := json.Unmarshal(text, &v1alpha1.Household{}); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

// measure reports the process's CPU time beside the time by the clock, which on
// a shared machine measures the others as well.
func measure(b *testing.B, work func()) {
	b.ReportAllocs()
	began := cpuTime(b)
	for b.Loop() {
		work()
	}
	b.ReportMetric(float64((cpuTime(b)-began).Nanoseconds())/float64(b.N), "cpu-ns/op")
}

func cpuTime(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
