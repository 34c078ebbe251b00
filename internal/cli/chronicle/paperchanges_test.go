// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

func TestChangesTellWhatBecameOfReviewsAndLeads(t *testing.T) {
	june := day(t, "2021-06-01")
	papers := &translate.Papers{
		Reviews: []*v1alpha1.Review{{ObjectMeta: metav1.ObjectMeta{Name: "r"}}},
		Signals: []*v1alpha1.RiskSignal{{ObjectMeta: metav1.ObjectMeta{Name: "s"}}},
	}
	judged := func(review *v1alpha1.ReviewStatus, signal *v1alpha1.RiskSignalStatus, deadlines ...v1alpha1.Deadline) view {
		return view{papers, &translate.Judgment{
			Household: &v1alpha1.HouseholdStatus{Deadlines: deadlines},
			Reviews:   []*v1alpha1.ReviewStatus{review}, Signals: []*v1alpha1.RiskSignalStatus{signal},
		}}
	}
	review := func(stage v1alpha1.ReviewStage, next v1alpha1.Word, due v1alpha1.Date, steps ...v1alpha1.StepStatus) *v1alpha1.ReviewStatus {
		return &v1alpha1.ReviewStatus{Stage: stage, NextStep: next, Due: due, Steps: steps}
	}
	lead := func(state v1alpha1.SignalState, by v1alpha1.Date) *v1alpha1.RiskSignalStatus {
		return &v1alpha1.RiskSignalStatus{State: state, VerifyBy: by, Line: "medical"}
	}
	waits := review("InProgress", "entry", "2021-06-10")
	short := v1alpha1.StepStatus{Name: "entry", State: "Invalid", Message: "an officer is missing"}
	other := review("Blocked", "home-visit", "")
	other.Conditions = []metav1.Condition{{Type: "Completed", Status: "False", Message: "another one is open"}}
	step := v1alpha1.Deadline{Kind: "Step", Name: "r/entry", Start: "2021-06-01", Due: "2021-06-10", State: "Pending"}
	verification := v1alpha1.Deadline{Kind: "Verification", Name: "s", Start: "2021-06-01", Due: "2021-06-16", State: "Pending"}
	nothing := judged(nil, nil)
	tests := []struct {
		name          string
		before, after view
		want          []Event
	}{
		{"nothing is known yet", nothing, nothing, nil},
		{
			"a review was opened, which is a fact, and waits: its deadline is told with the step", nothing, judged(waits, nil, step),
			[]Event{{Kind: ReviewNext, Name: "r", To: "entry", Due: day(t, "2021-06-10")}},
		},
		{"it waits on", judged(waits, nil, step), judged(waits, nil, step), nil},
		{
			"the same step is due later", judged(waits, nil, step), judged(review("InProgress", "entry", "2021-06-12"), nil, step),
			[]Event{{Kind: ReviewNext, Name: "r", To: "entry", Due: day(t, "2021-06-12")}},
		},
		{
			"a record does not count", judged(waits, nil), judged(review("Blocked", "entry", "2021-06-10", short), nil),
			[]Event{{Kind: StepChanged, Name: "r/entry", To: "Invalid", Text: "an officer is missing"}, {Kind: ReviewChanged, Name: "r", From: "InProgress", To: "Blocked"}},
		},
		{"it still does not", judged(review("Blocked", "entry", "2021-06-10", short), nil), judged(review("Blocked", "entry", "2021-06-10", short), nil), nil},
		{
			"another review is in the way, which no step tells", nothing, judged(other, nil),
			[]Event{{Kind: ReviewChanged, Name: "r", To: "Blocked", Text: "another one is open"}, {Kind: ReviewNext, Name: "r", To: "home-visit"}},
		},
		{
			"a step came late, and was the last", judged(waits, nil), judged(review("Completed", "", "", v1alpha1.StepStatus{Name: "entry", State: "PassedLate"}), nil),
			[]Event{{Kind: StepChanged, Name: "r/entry", To: "PassedLate"}, {Kind: ReviewChanged, Name: "r", From: "InProgress", To: "Completed"}},
		},
		{
			"a lead came, and is to be verified", nothing, judged(nil, lead("AwaitingVerification", "2021-06-16"), verification),
			[]Event{{Kind: SignalChanged, Name: "s", To: "AwaitingVerification", Due: day(t, "2021-06-16"), Text: "medical"}},
		},
		{
			"nobody verified it", judged(nil, lead("AwaitingVerification", "2021-06-16")), judged(nil, lead("Overdue", "2021-06-16")),
			[]Event{{Kind: SignalChanged, Name: "s", From: "AwaitingVerification", To: "Overdue", Due: day(t, "2021-06-16"), Text: "medical"}},
		},
		{"that it was verified is told as a fact", judged(nil, lead("Overdue", "2021-06-16")), judged(nil, lead("Confirmed", "2021-06-16")), nil},
		{
			"a deadline of another step is told", judged(waits, nil), judged(waits, nil, v1alpha1.Deadline{Kind: "Step", Name: "other/entry", Due: "2021-06-10", State: "Pending"}),
			[]Event{{Kind: DeadlineSet, Name: "Step/other/entry", Due: day(t, "2021-06-10")}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.want {
				tt.want[i].Date = june
			}
			if diff := cmp.Diff(tt.want, changes(june, tt.before, tt.after)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBlockersAreToldOfIncludedFamilies(t *testing.T) {
	e := func(earliest v1alpha1.Date, blockers ...v1alpha1.Word) *v1alpha1.HouseholdStatus {
		return &v1alpha1.HouseholdStatus{Elimination: &v1alpha1.Elimination{Earliest: earliest, Blockers: blockers, Eligible: len(blockers) == 0}}
	}
	tests := []struct {
		name          string
		before, after *v1alpha1.HouseholdStatus
		want          []Event
	}{
		{"not included", &v1alpha1.HouseholdStatus{}, e("", "not-identified", "not-stable"), nil},
		{"included", e("", "not-identified"), e("2021-11-11", "minimum-period", "not-stable"), []Event{{Kind: BlockersChanged, From: "not-identified", To: "minimum-period, not-stable", Due: day(t, "2021-11-11")}}},
		{"the period is over", e("2021-11-11", "minimum-period", "not-stable"), e("2021-11-11", "not-stable"), []Event{{Kind: BlockersChanged, From: "minimum-period, not-stable", To: "not-stable"}}},
		{"nothing changes", e("2021-11-11", "not-stable"), e("2021-11-11", "not-stable"), nil},
		{"nothing is in the way", e("2021-11-11", "not-stable"), e("2021-11-11"), []Event{{Kind: EligibleChanged, To: "Eligible"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, difference(0, tt.before, tt.after)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFollowTellsWhatAFactChangesOnItsDay(t *testing.T) {
	world, p := family(t, "hh-red")
	with := p
	with.Household = p.Household.DeepCopy()
	with.Household.Spec.Surveys = append(with.Household.Spec.Surveys, v1alpha1.Survey{Date: "2020-05-20", Income: "5200"})
	may := day(t, "2020-05-25")
	want := []Event{
		{Date: may, Kind: FactsMissing, Text: "Find out survey.guarantees.Housing; undecided: standard Housing; category UnstableGraduated; tier Red, rule guarantee-at-risk."},
		{Date: may, Kind: CategoryChanged, From: "UnstableGraduated", To: "Graduated"},
		{Date: may, Kind: TierChanged, From: "Red", To: "Yellow"},
		{Date: may, Kind: ShortfallClosed, Name: "Income", From: "Covered"},
	}
	if diff := cmp.Diff(want, Follow(world, p, with, may)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if got := Follow(world, p, p, may); got != nil {
		t.Errorf("without a fact: %v", got)
	}
	back := Follow(world, with, p, may)
	if len(back) == 0 || back[0].Kind != FactsKnown {
		t.Errorf("no fact is missing any more: %v", back)
	}
}

func TestLiftsTellWhatTimeAloneLifts(t *testing.T) {
	world, p := familyIn(t, "gates", "hh-in", "gates")
	want := map[v1alpha1.Word]civil.Day{"minimum-period": day(t, "2021-07-22"), "not-stable": 0, "shortfalls-open": 0}
	if diff := cmp.Diff(want, Lifts(world, p, day(t, "2021-04-20"))); diff != "" {
		t.Errorf("lifts (-want +got):\n%s", diff)
	}
	_, other := family(t, "hh-red")
	if got := Lifts(world, other, day(t, "2021-04-20")); len(got) > 0 {
		t.Errorf("a family that is not judged: %v", got)
	}
}
