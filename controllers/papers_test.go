// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/api/meta"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/controlplane"
)

// gated is the county's plan with an identification, an elimination and a line
// for leads.
const gated = plan + `
  warningLines: [{name: medical, cause: Illness, when: "signal.amount > yuan(5000)", verifyWithin: {days: 15}}]
  procedures:
  - purpose: Identification
    steps:
    - {name: home-visit, type: HomeVisit}
    - {name: notice, type: PublicNotice, minDays: 7, sites: {kinds: [VillageCommittee]}}
    - {name: county-approval, type: Decision, level: County}
  - purpose: Elimination
    minimum: {quarters: 1, counted: Rolling}
    steps: [{name: township-document, type: Decision, level: Township}]
`

// lead is about the family poor, and identification too: its notice was not up
// at the office of the village.
const (
	lead = `
kind: RiskSignal
metadata: {name: ill, namespace: east}
spec: {householdRef: {name: poor}, source: Department, department: health, cause: Illness, amount: "6200", date: "2020-04-20"}
`
	identification = `
kind: Review
metadata: {name: inclusion, namespace: east}
spec:
  householdRef: {name: poor}
  purpose: Identification
  opened: "2020-04-13"
  records:
  - {step: home-visit, date: "2020-04-13", by: zhang, outcome: Passed}
  - {step: notice, date: "2020-04-22", by: liu, from: "2020-04-14", until: "2020-04-21", sites: [gate], objections: 0, outcome: Passed}
  - {step: county-approval, date: "2020-04-23", by: sun, outcome: Passed}
`
	office = `
kind: Jurisdiction
metadata: {name: east-hill}
spec: {level: Village, parentRef: {name: east}, sites: [{name: office, kind: VillageCommittee}]}
`
)

func (town *town) lead(name string) *v1alpha1.RiskSignal {
	town.t.Helper()
	s := &v1alpha1.RiskSignal{}
	town.get(s, "east", name)
	return s
}

func (town *town) review(name string) *v1alpha1.Review {
	town.t.Helper()
	r := &v1alpha1.Review{}
	town.get(r, "east", name)
	return r
}

func TestAFamilyAndItsPapersAreJudgedTogetherAndWrittenOnce(t *testing.T) {
	town := newTown(t, gated, poor, poorPlan, lead, identification)
	if got := town.household("poor").Status; got.Stage != "Monitored" || got.Identified != "2020-04-23" {
		t.Errorf("the family is %s, identified %q; want Monitored since 2020-04-23", got.Stage, got.Identified)
	}
	if got := town.review("inclusion").Status; got.Stage != v1alpha1.ReviewCompleted || got.Completed != "2020-04-23" || got.PolicyRef.Name != "plan" {
		t.Errorf("the review is %+v", got)
	}
	if got := town.lead("ill").Status; got.State != v1alpha1.SignalAwaiting || got.Line != "medical" || got.VerifyBy != "2020-05-05" {
		t.Errorf("the lead is %+v", got)
	}
	want := []string{"assistanceplans/poor", "households/poor", "reviews/inclusion", "risksignals/ill"}
	got := slices.DeleteFunc(town.wire.writes(), func(write string) bool {
		return strings.HasPrefix(write, "jurisdictions/") || strings.HasPrefix(write, "monitoringpolicies/")
	})
	if diff := cmp.Diff(want, sorted(got)); diff != "" {
		t.Errorf("writes (-want +got):\n%s", diff)
	}
	town.stop()
	town.start(controlplane.ForTest(t).Config())
	if sent := town.wire.take(); len(sent) > 0 {
		t.Errorf("a new operator sent %v", sent)
	}
}

func TestAPaperIsJudgedAgainWhenWhatItRestsOnChanges(t *testing.T) {
	town := newTown(t, gated, poor, lead, identification)

	town.change(office) // where the notice was not
	if got := town.review("inclusion").Status; got.Stage != v1alpha1.ReviewBlocked || got.NextStep != "notice" || !strings.Contains(string(got.Steps[1].Message), "office") {
		t.Errorf("with a site at which the notice was not up the review is %+v", got)
	}
	if got := town.household("poor").Status.Stage; got != "UnderReview" {
		t.Errorf("the family is %s while its review is blocked, want UnderReview", got)
	}

	town.clock.SetTime(time.Date(2020, 5, 6, 0, 0, 0, 0, shanghai))
	town.settle()
	if got := town.lead("ill").Status.State; got != v1alpha1.SignalOverdue {
		t.Errorf("the day after its due day the lead is %s, want Overdue", got)
	}
	if got := town.household("poor").Status; *got.Overdue != 1 {
		t.Errorf("the family has %d overdue deadlines, want the verification", *got.Overdue)
	}
}

func TestAPapersStatusThatWasWipedComesBack(t *testing.T) {
	town := newTown(t, gated, poor, lead, identification)
	wantLead, wantReview := town.lead("ill").Status, town.review("inclusion").Status
	for _, paper := range []client.Object{town.lead("ill"), town.review("inclusion")} {
		empty := client.RawPatch(client.Merge.Type(), []byte(`{"status":null}`))
		if err := town.client.Status().Patch(t.Context(), paper, empty); err != nil {
			t.Fatal(err)
		}
		town.settle(paper)
	}
	waitFor(t, "the statuses are back", func() bool {
		return town.lead("ill").Status.State != "" && town.review("inclusion").Status.Stage != ""
	})
	if diff := cmp.Diff(wantLead, town.lead("ill").Status); diff != "" {
		t.Errorf("the lead's (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(wantReview, town.review("inclusion").Status); diff != "" {
		t.Errorf("the review's (-before +after):\n%s", diff)
	}
}

func TestPapersWithoutTheirHouseholdSaySoAndHeal(t *testing.T) {
	town := newTown(t, gated, lead, identification, poorPlan)
	check := func(want string, wantStatus status.Status) {
		t.Helper()
		signal, review := town.lead("ill"), town.review("inclusion")
		for name, paper := range map[string]func() (string, status.Status){
			"the lead":   func() (string, status.Status) { return readiness(t, signal, signal.Status.Conditions) },
			"the review": func() (string, status.Status) { return readiness(t, review, review.Status.Conditions) },
		} {
			if got, computed := paper(); got != want || computed != wantStatus {
				t.Errorf("%s is %s (%s), want %s (%s)", name, got, computed, want, wantStatus)
			}
		}
	}
	check(v1alpha1.ReasonReferenceNotFound, status.FailedStatus)
	town.wire.take()
	town.clock.SetTime(noonOf(time.May, 2))
	town.settle()
	if sent := town.wire.take(); len(sent) > 0 {
		t.Errorf("papers that nobody can mend but a person were tried again: %v", sent)
	}
	town.change(poor)
	check("Ready", status.CurrentStatus)
	town.delete(town.household("poor"))
	check(v1alpha1.ReasonReferenceNotFound, status.FailedStatus)
}

// What `kubectl wait --for=condition=EliminationEligible` looks at.
func TestEliminationBecomesPossibleOnItsDay(t *testing.T) {
	well := strings.Replace(poor, `income: "4800"`, `income: "8000"`, 1)
	town := newTown(t, gated, well, identification)
	eligible := func() bool {
		return meta.IsStatusConditionTrue(town.household("poor").Status.Conditions, v1alpha1.ConditionEliminationEligible)
	}
	town.clock.SetTime(time.Date(2020, 7, 23, 23, 59, 59, 0, shanghai))
	town.settle()
	if got := town.household("poor").Status.Elimination; eligible() || got == nil || got.Earliest != "2020-07-24" || len(got.Blockers) != 1 || got.Blockers[0] != "minimum-period" {
		t.Errorf("the day before: %+v, eligible %t", got, eligible())
	}
	town.clock.SetTime(time.Date(2020, 7, 24, 0, 0, 0, 0, shanghai))
	town.settle()
	if got := town.household("poor").Status.Elimination; !eligible() || !got.Eligible {
		t.Errorf("on the day: %+v, eligible %t", got, eligible())
	}
}
