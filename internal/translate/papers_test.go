// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/api/meta"
	"pgregory.net/rapid"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// gatedWorld has a plan with every type of step and a line for leads.
func gatedWorld(t testing.TB) *World {
	t.Helper()
	p := &v1alpha1.MonitoringPolicy{}
	err := yaml.UnmarshalStrict([]byte(`
metadata: {name: gated}
spec:
  jurisdictionRef: {name: town}
  effectiveFrom: "2020-01-01"
  channels: [{name: Department, requires: [Document]}, {name: SelfReport, requires: [Consent, Will]}]
  standards: [{name: Housing, met: "survey.guarantees.Housing == 'Met'", departments: [{names: [housing]}]}]
  categories: [{name: Marginal, identification: true, when: "unmet.size() > 0 || signals.size() > 0"}]
  tiers: [{name: Red, ledgers: [NationalSystem], rules: [{name: any, when: "true"}]}]
  warningLines: [{name: medical, cause: Illness, when: "signal.amount > yuan(5000)", verifyWithin: {months: 1}}]
  procedures:
  - purpose: Identification
    steps:
    - {name: visit, type: HomeVisit, within: {days: 5}}
    - {name: meeting, type: Appraisal, attendance: [{role: Villager, min: 3}], requires: [Document]}
    - {name: notice, type: PublicNotice, minDays: 7, sites: {kinds: [VillageCommittee], clusterOf: 20}}
    - {name: comparison, type: DataComparison, assets: [Vehicles]}
    - {name: approval, type: Decision, notBy: [visit]}
    - {name: entry, type: Registration, requires: [Officer, Plan, PlannedElimination]}
  - {purpose: Warning, steps: [{name: visit, type: HomeVisit, requires: [Identified]}, {name: approval, type: Decision}]}
  - {purpose: CloseOut, steps: [{name: application, type: Application, applicant: Department}, {name: approval, type: Decision}]}
  - {purpose: Elimination, minimum: {quarters: 2, counted: Rolling}, stableSurveys: 2, blockers: [{name: no-labour, when: "household.labour == 'Lost'"}], steps: [{name: visit, type: HomeVisit}, {name: entry, type: Decision, requires: [Recorded]}]}
`), p)
	if err != nil {
		t.Fatal(err)
	}
	town := &v1alpha1.Jurisdiction{}
	town.Name = "town"
	town.Spec = v1alpha1.JurisdictionSpec{Level: v1alpha1.LevelTownship, Namespace: "town", Sites: []v1alpha1.Site{{Name: "office", Kind: "VillageCommittee"}}}
	w := NewWorld([]*v1alpha1.MonitoringPolicy{p}, []*v1alpha1.Jurisdiction{town}, Options{})
	if problems := w.Policy("gated").Problems; len(problems) > 0 {
		t.Fatal(problems)
	}
	return w
}

// paperDate draws a date as text, now and then at an end of the calendar.
func paperDate(t *rapid.T, label string) v1alpha1.Date {
	if rapid.IntRange(0, 30).Draw(t, label) == 0 {
		return rapid.SampledFrom([]v1alpha1.Date{"0001-01-01", "9999-12-31"}).Draw(t, label+" at an end")
	}
	return v1alpha1.Date(someDay(t).String())
}

func somePapers(t *rapid.T) Papers {
	p := Papers{Household: someHousehold(t)}
	for i := range rapid.IntRange(0, 4).Draw(t, "reviews") {
		r := &v1alpha1.Review{}
		r.Name, r.Namespace = fmt.Sprint("r", i), "town"
		r.Spec.Purpose = rapid.SampledFrom([]v1alpha1.Purpose{"Identification", "Identification", "Warning", "CloseOut", "Elimination", "Other"}).Draw(t, "purpose")
		r.Spec.Opened = rapid.SampledFrom([]v1alpha1.Date{"2020-03-01", "2020-03-01", paperDate(t, "opened")}).Draw(t, "opening")
		r.Spec.Standards = []v1alpha1.Word{"Housing"}
		for range rapid.SampledFrom([]int{0, 2, 8, 64}).Draw(t, "records") {
			r.Spec.Records = append(r.Spec.Records, somePaperRecord(t))
		}
		p.Reviews = append(p.Reviews, r)
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "signals") {
		s := &v1alpha1.RiskSignal{}
		s.Name, s.Namespace = fmt.Sprint("s", i), "town"
		s.Spec = v1alpha1.RiskSignalSpec{
			Source: rapid.SampledFrom([]v1alpha1.SignalSource{"Department", "SelfReport", "Media"}).Draw(t, "source"), Cause: "Illness",
			Date:     rapid.SampledFrom([]v1alpha1.Date{"2020-03-01", paperDate(t, "lead")}).Draw(t, "dated"),
			Amount:   rapid.SampledFrom([]v1alpha1.Money{"", "5000", "5000.01"}).Draw(t, "amount"),
			Document: rapid.SampledFrom([]string{"", "d"}).Draw(t, "document"),
			Proxy:    rapid.SampledFrom([]v1alpha1.Proxy{"", "", "Cadre"}).Draw(t, "proxy"),
		}
		if rapid.Bool().Draw(t, "verified") {
			s.Spec.Verification = &v1alpha1.Verification{Date: paperDate(t, "verification"), By: "zhang", Outcome: "Confirmed"}
		}
		p.Signals = append(p.Signals, s)
	}
	return p
}

func somePaperRecord(t *rapid.T) v1alpha1.StepRecord {
	three, none := int32(3), int32(0)
	rec := v1alpha1.StepRecord{
		Step:    rapid.SampledFrom([]v1alpha1.Word{"visit", "meeting", "notice", "comparison", "approval", "entry", "application", "none"}).Draw(t, "step"),
		Outcome: rapid.SampledFrom([]v1alpha1.StepOutcome{"Passed", "Passed", "Passed", "Returned", "Failed"}).Draw(t, "outcome"),
		Date:    paperDate(t, "date"), By: rapid.SampledFrom([]v1alpha1.UserName{"zhang", "sun", "li"}).Draw(t, "by"),
		To: rapid.SampledFrom([]v1alpha1.Word{"", "visit", "entry", "none"}).Draw(t, "to"),
	}
	if rapid.Bool().Draw(t, "in full") {
		rec.Document, rec.Officer, rec.PlannedElimination, rec.Department = "d", "wang", "2021-01-01", "housing"
		rec.Attendance = []v1alpha1.Attendance{{Role: "Villager", Count: three}}
		rec.From, rec.Until, rec.Sites, rec.Objections = paperDate(t, "from"), paperDate(t, "until"), []v1alpha1.Word{"office"}, &none
		rec.Checks = []v1alpha1.AssetCheck{{Asset: "Vehicles", Result: "Clear"}}
	}
	return rec
}

// Whatever papers a family has, each gets its status, which says what to do, and
// the order in which they came is of no account.
func TestPapersInAnyOrderGetTheirStatus(t *testing.T) {
	w := gatedWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		p, today := somePapers(t), someDay(t)
		first := w.JudgeOn(p, today)
		for i, s := range first.Reviews {
			checkReviewStatus(t, p.Reviews[i], s)
		}
		for i, s := range first.Signals {
			if ready := meta.FindStatusCondition(s.Conditions, v1alpha1.ConditionReady); ready == nil {
				t.Fatalf("lead %s has no condition Ready", p.Signals[i].Name)
			}
		}
		turned := p
		turned.Reviews, turned.Signals = rapid.Permutation(p.Reviews).Draw(t, "order of reviews"), rapid.Permutation(p.Signals).Draw(t, "order of leads")
		second := w.JudgeOn(turned, today)
		if diff := cmp.Diff(first.Household, second.Household); diff != "" {
			t.Fatal(diff)
		}
		for i, r := range p.Reviews {
			if diff := cmp.Diff(any(first.Reviews[i]), second.Of(turned, r)); diff != "" {
				t.Fatal(diff)
			}
		}
		for i, s := range p.Signals {
			if diff := cmp.Diff(any(first.Signals[i]), second.Of(turned, s)); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func checkReviewStatus(t *rapid.T, r *v1alpha1.Review, s *v1alpha1.ReviewStatus) {
	for i := range s.Steps {
		if step := &s.Steps[i]; step.State == v1alpha1.StepInvalid && step.Message == "" {
			t.Fatalf("step %s of %s is invalid without a word", step.Name, r.Name)
		}
	}
	completed := meta.FindStatusCondition(s.Conditions, v1alpha1.ConditionCompleted)
	switch {
	case s.Stage == "":
	case completed == nil:
		t.Fatalf("review %s has no condition Completed", r.Name)
	case s.Stage != v1alpha1.ReviewCompleted && completed.Message == "":
		t.Fatalf("review %s is %s without a word", r.Name, s.Stage)
	}
}
