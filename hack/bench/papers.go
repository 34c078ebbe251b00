// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math/rand/v2"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/translate"
)

// clerk writes the papers of one family: what leads and procedures of a year
// leave behind. The same seed and family give the same papers.
type clerk struct {
	household *v1alpha1.Household
	dice      *rand.Rand
	today     civil.Day // no fact is dated after it
}

func newClerk(seed uint64, family int, h *v1alpha1.Household, today civil.Day) *clerk {
	return &clerk{household: h, dice: rand.New(rand.NewPCG(seed, uint64(family))), today: today}
}

// between draws a number, both ends included.
func (c *clerk) between(low, high int) int { return low + c.dice.IntN(high-low+1) }

func (c *clerk) oneIn(n int) bool { return c.dice.IntN(n) == 0 }

// dated writes a day down; nothing is dated after today.
func (c *clerk) dated(day civil.Day) v1alpha1.Date { return v1alpha1.Date(min(day, c.today).String()) }

func (c *clerk) meta(kind, name string) (metav1.TypeMeta, metav1.ObjectMeta) {
	return metav1.TypeMeta{APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: kind},
		metav1.ObjectMeta{Name: name, Namespace: c.household.Namespace}
}

func (c *clerk) reference() v1alpha1.HouseholdReference {
	return v1alpha1.HouseholdReference{Name: v1alpha1.ObjectName(c.household.Name)}
}

// signals are a lead for a tenth of the families.
func (c *clerk) signals() []*v1alpha1.RiskSignal {
	if !c.oneIn(10) {
		return nil
	}
	s := &v1alpha1.RiskSignal{}
	s.TypeMeta, s.ObjectMeta = c.meta(riskSignals.name, c.household.Name+"-lead")
	date := population.YearBegins.AddDays(c.between(7, 260))
	s.Spec = v1alpha1.RiskSignalSpec{
		HouseholdRef: c.reference(), Source: v1alpha1.SourceStaffScreening, Cause: "Illness",
		Amount: v1alpha1.Money(fmt.Sprint(10 * c.between(100, 3000))), Date: c.dated(date),
	}
	switch n := c.dice.IntN(10); {
	case n < 6:
		s.Spec.Source, s.Spec.Department = v1alpha1.SourceDepartment, "medical-security"
		s.Spec.Period = v1alpha1.Period(c.dated(date)[:len("2020-04")])
		s.Spec.Document = fmt.Sprintf("list-2020-%04d", c.between(1, 9999))
	case n < 9:
		s.Spec.Cause = []v1alpha1.Cause{"UnstableEmployment", "Disaster", "Schooling"}[c.dice.IntN(3)]
	default: // which the plan refuses: a household does not apply
		s.Spec.Source, s.Spec.Consent = v1alpha1.SourceSelfReport, v1alpha1.ConsentGiven
	}
	if !c.oneIn(4) {
		outcome := v1alpha1.VerificationConfirmed
		if c.oneIn(3) {
			outcome = v1alpha1.VerificationDismissed
		}
		s.Spec.Verification = &v1alpha1.Verification{Date: c.dated(date.AddDays(c.between(2, 12))), By: c.worker(), Outcome: outcome}
	}
	return []*v1alpha1.RiskSignal{s}
}

// worker is the role of who visits families.
func (c *clerk) worker() v1alpha1.UserName {
	return v1alpha1.UserName(fmt.Sprintf("village-worker-%d", c.between(1, 8)))
}

// reviews are one for a sixth of the families, and for a quarter of those a
// second one, after the first.
func (c *clerk) reviews() []*v1alpha1.Review {
	if !c.oneIn(6) {
		return nil
	}
	first, ended := c.review(1, population.YearBegins.AddDays(c.between(1, 230)))
	if !c.oneIn(4) {
		return []*v1alpha1.Review{first}
	}
	second, _ := c.review(2, ended.AddDays(c.between(10, 40)))
	return []*v1alpha1.Review{first, second}
}

// review is an identification under the town's plan, most often complete, and
// the day of its last record.
func (c *clerk) review(number int, opened civil.Day) (*v1alpha1.Review, civil.Day) {
	r := &v1alpha1.Review{}
	r.TypeMeta, r.ObjectMeta = c.meta(reviews.name, fmt.Sprintf("%s-review-%d", c.household.Name, number))
	r.Spec = v1alpha1.ReviewSpec{HouseholdRef: c.reference(), Purpose: v1alpha1.PurposeIdentification, Opened: c.dated(opened)}
	records := c.records(opened)
	if c.oneIn(3) {
		records = records[:c.between(1, len(records)-1)]
	}
	day := min(opened, c.today)
	for i := range records {
		day = day.AddDays(c.between(0, 9))
		if day > c.today {
			break
		}
		records[i].Date = c.dated(day)
		r.Spec.Records = append(r.Spec.Records, records[i])
	}
	if n := len(r.Spec.Records); n > 0 && c.oneIn(8) {
		last := &r.Spec.Records[n-1]
		last.Outcome, last.Reason = v1alpha1.StepOutcomeFailed, "经核实,收入和保障均达标"
	}
	return r, min(day, c.today)
}

// records are those of all steps, with what each step needs; now and then the
// paper is missing that the second appraisal is to have, so that the step is not
// met.
func (c *clerk) records(opened civil.Day) []v1alpha1.StepRecord {
	present := []v1alpha1.Attendance{
		{Role: "VillageCommittee", Count: int32(c.between(3, 7))}, {Role: "FirstSecretary", Count: 1}, {Role: "WorkTeam", Count: int32(c.between(1, 3))},
	}
	minutes := fmt.Sprintf("minutes-2020-%04d", c.between(1, 9999))
	if c.oneIn(10) {
		minutes = ""
	}
	worker, passed := c.worker(), v1alpha1.StepOutcomePassed
	inFavour := int32(c.between(4, 9))
	return []v1alpha1.StepRecord{
		{Step: "home-visit", By: worker, With: []v1alpha1.UserName{"first-secretary"}, Outcome: passed},
		{Step: "first-appraisal", By: "village-secretary", Outcome: passed, Attendance: present, InFavour: &inFavour},
		{Step: "verification", By: worker, With: []v1alpha1.UserName{"work-team"}, Outcome: passed},
		{Step: "second-appraisal", By: "village-secretary", Outcome: passed, Attendance: present, InFavour: &inFavour, Document: minutes},
		{Step: "town-approval", By: "township-office", Outcome: passed, Document: fmt.Sprintf("approval-2020-%03d", c.between(1, 999))},
		{Step: "entry", By: "township-registrar", Outcome: passed, Officer: "assistance-officer-01", PlannedElimination: v1alpha1.Date(opened.AddMonths(9).String())},
	}
}

// plan is the assistance plan that an officer has made of what a status
// proposes, half of it delivered; nil for a family without a shortfall.
func (c *clerk) plan(status *v1alpha1.HouseholdStatus) *v1alpha1.AssistancePlan {
	if len(status.Shortfalls) == 0 {
		return nil
	}
	p := &v1alpha1.AssistancePlan{}
	p.TypeMeta, p.ObjectMeta = c.meta(assistancePlans.name, c.household.Name)
	p.Spec.HouseholdRef = c.reference()
	for i, shortfall := range status.Shortfalls {
		m := v1alpha1.Measure{Name: fmt.Sprintf("measure-%d", i+1), Kind: "TemporaryRelief", For: []v1alpha1.Word{shortfall.Standard}}
		if len(shortfall.Proposed) > 0 {
			m.Kind = shortfall.Proposed[0]
		}
		since, err := civil.ParseDay(string(shortfall.Since))
		if err != nil {
			panic(fmt.Sprintf("the core dates a shortfall %q", shortfall.Since))
		}
		planned := since.AddDays(c.between(1, 12))
		m.Date = c.dated(planned)
		if c.oneIn(2) {
			m.Delivered = &v1alpha1.Delivery{
				Date: c.dated(planned.AddDays(c.between(5, 40))), By: "township-clerk", Evidence: v1alpha1.Text(fmt.Sprintf("receipt 2020-%04d", c.between(1, 9999))),
			}
		}
		p.Spec.Measures = append(p.Spec.Measures, m)
	}
	return p
}

// papersOf writes the papers of a family down. The plan comes last: it answers
// what is concluded from the rest.
func papersOf(seed uint64, family int, h *v1alpha1.Household, today civil.Day, judge func(translate.Papers) *v1alpha1.HouseholdStatus) translate.Papers {
	c := newClerk(seed, family, h, today)
	p := translate.Papers{Household: h, Signals: c.signals(), Reviews: c.reviews()}
	p.Plan = c.plan(judge(p))
	return p
}
