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
	// papers adds two reviews, one completed and one under way, and two leads.
	papers bool
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
	{
		name:            "TwelveSurveysTwoReviewsTwoSignals",
		states:          func(int) bool { return true },
		papers:          true,
		wantAllocations: 60,
		wantTiers:       []string{"Yellow", "Red", "Green", "Yellow", "Red", "Green", "Yellow", "Red", "Green", "Yellow", "Red", "Green"},
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
	p := Papers{Household: h}
	if year.papers {
		p.Reviews = []*v1alpha1.Review{reviewOf("first", "2020-04-20", 6), reviewOf("second", "2020-11-02", 3)}
		p.Signals = []*v1alpha1.RiskSignal{signalOf("ill", "2020-05-04"), signalOf("jobless", "2020-09-07")}
	}
	return p
}

// reviewOf is an identification under the town's plan with a record a day.
func reviewOf(name, opened string, records int) *v1alpha1.Review {
	r := &v1alpha1.Review{}
	r.Name, r.Namespace, r.Generation = name, "town", 1
	r.Spec = v1alpha1.ReviewSpec{HouseholdRef: v1alpha1.HouseholdReference{Name: "subject"}, Purpose: v1alpha1.PurposeIdentification, Opened: v1alpha1.Date(opened)}
	first, _ := civil.ParseDay(opened)
	for i, step := range []v1alpha1.Word{"home-visit", "first-appraisal", "verification", "second-appraisal", "town-approval", "entry"}[:records] {
		r.Spec.Records = append(r.Spec.Records, v1alpha1.StepRecord{
			Step: step, Date: v1alpha1.Date(first.AddDays(i).String()), By: v1alpha1.UserName(fmt.Sprint("signer-", i)),
			Outcome: v1alpha1.StepOutcomePassed, Document: "minutes", Officer: "wang", PlannedElimination: "2020-12-31",
			Attendance: []v1alpha1.Attendance{{Role: "VillageCommittee", Count: 5}, {Role: "FirstSecretary", Count: 1}, {Role: "WorkTeam", Count: 2}},
		})
	}
	return r
}

// signalOf is a lead that was confirmed five days later.
func signalOf(name, date string) *v1alpha1.RiskSignal {
	s := &v1alpha1.RiskSignal{}
	s.Name, s.Namespace, s.Generation = name, "town", 1
	day, _ := civil.ParseDay(date)
	s.Spec = v1alpha1.RiskSignalSpec{
		HouseholdRef: v1alpha1.HouseholdReference{Name: "subject"}, Source: v1alpha1.SourceDepartment, Department: "health",
		Cause: "Illness", Amount: "6200", Date: v1alpha1.Date(date),
		Verification: &v1alpha1.Verification{Date: v1alpha1.Date(day.AddDays(5).String()), By: "zhang", Outcome: v1alpha1.VerificationConfirmed},
	}
	return s
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
			f := familyOf(familyOfAYear(year))
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

// BenchmarkMonths is what the controller does for a family for the reports of nine
// months, in one replay.
func BenchmarkMonths(b *testing.B) {
	w := townWorld(b)
	day, _ := civil.ParseDay(judgedOn)
	first, _ := civil.ParseDay("2020-04-01")
	var months []civil.Period
	for m := civil.Month.PeriodOf(first); m.Start <= day; m = civil.Month.Next(m) {
		months = append(months, m)
	}
	noon := day.In(defaultZone).Add(12 * time.Hour)
	for _, year := range yearsOfSurveys {
		b.Run(year.name, func(b *testing.B) {
			p := familyOfAYear(year)
			measure(b, func() { w.Months(p, months, noon) })
		})
	}
}

// BenchmarkDecode reads the JSON of the family's objects into their Go types. It
// is the yardstick: nobody can judge a family whom they have not read.
func BenchmarkDecode(b *testing.B) {
	for _, year := range yearsOfSurveys {
		b.Run(year.name, func(b *testing.B) {
			p := familyOfAYear(year)
			household := asJSON(b, p.Household)
			var reviews, signals [][]byte
			for _, r := range p.Reviews {
				reviews = append(reviews, asJSON(b, r))
			}
			for _, s := range p.Signals {
				signals = append(signals, asJSON(b, s))
			}
			measure(b, func() {
				decode[v1alpha1.Household](b, household)
				decode[v1alpha1.Review](b, reviews...)
				decode[v1alpha1.RiskSignal](b, signals...)
			})
		})
	}
}

func asJSON(b *testing.B, object any) []byte {
	b.Helper()
	text, err := json.Marshal(object)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

func decode[T any](b *testing.B, texts ...[]byte) {
	for _, text := range texts {
		if err := json.Unmarshal(text, new(T)); err != nil {
			b.Fatal(err)
		}
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
