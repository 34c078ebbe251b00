// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// readiness is "Ready" or the reason of Ready=False, and what tools that
// understand kstatus make of it.
func readiness(t *testing.T, object client.Object, conditions []metav1.Condition) (string, status.Status) {
	t.Helper()
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		t.Fatal(err)
	}
	computed, err := status.Compute(&unstructured.Unstructured{Object: content})
	if err != nil {
		t.Fatal(err)
	}
	ready := meta.FindStatusCondition(conditions, v1alpha1.ConditionReady)
	switch {
	case ready == nil:
		return "no Ready", computed.Status
	case ready.Status == metav1.ConditionTrue:
		return "Ready", computed.Status
	}
	if len(ready.Message) < 20 {
		t.Errorf("%s does not say what to do: %q", ready.Reason, ready.Message)
	}
	return ready.Reason, computed.Status
}

// TestFaultsAreNamedAndHealByThemselves breaks something about a family, looks
// at who says so, and mends it.
func TestFaultsAreNamedAndHealByThemselves(t *testing.T) {
	const rival = `
kind: MonitoringPolicy
metadata: {name: rival}
spec:
  jurisdictionRef: {name: county}
  effectiveFrom: "2020-03-25"
  categories: [{name: Any, when: "true"}]
`
	tests := []struct {
		name       string
		brk, mend  func(*town)
		wantFamily string
		wantPlan   string // the MonitoringPolicy
		wantEast   string // the Jurisdiction
	}{
		{
			name:       "the policy has not begun",
			brk:        func(town *town) { town.change(strings.Replace(plan, "2020-03-25", "2020-06-01", 1)) },
			mend:       func(town *town) { town.change(plan) },
			wantFamily: "NoPolicy", wantPlan: "Ready", wantEast: "Ready",
		},
		{
			name:       "the policy is deleted",
			brk:        func(town *town) { town.delete(town.policy("plan")) },
			mend:       func(town *town) { town.change(plan) },
			wantFamily: "NoPolicy", wantEast: "Ready",
		},
		{
			name:       "two policies begin on one day",
			brk:        func(town *town) { town.change(rival) },
			mend:       func(town *town) { town.delete(town.policy("rival")) },
			wantFamily: "PolicyConflict", wantPlan: "PolicyConflict", wantEast: "Ready",
		},
		{
			name: "the policy does not compile",
			brk: func(town *town) {
				town.change(strings.Replace(plan, "survey.income < params.redLine", "survey.income < 5000", 1))
			},
			mend:       func(town *town) { town.change(plan) },
			wantFamily: "PolicyInvalid", wantPlan: "PolicyInvalid", wantEast: "Ready",
		},
		{
			name:       "the policy is for a jurisdiction that does not exist",
			brk:        func(town *town) { town.change(strings.Replace(plan, "name: county", "name: nowhere", 1)) },
			mend:       func(town *town) { town.change(plan) },
			wantFamily: "NoPolicy", wantPlan: "ReferenceNotFound", wantEast: "Ready",
		},
		{
			name: "a township lies below a village",
			brk: func(town *town) {
				town.change("kind: Jurisdiction\nmetadata: {name: east}\nspec: {level: Township, parentRef: {name: east-lake}, namespace: east}\n")
			},
			mend:       func(town *town) { town.change(jurisdictions) },
			wantFamily: "TreeInvalid", wantPlan: "Ready", wantEast: "TreeInvalid",
		},
		{
			name:       "the parent is deleted",
			brk:        func(town *town) { town.delete(town.jurisdiction("county")) },
			mend:       func(town *town) { town.change(jurisdictions) },
			wantFamily: "TreeInvalid", wantPlan: "ReferenceNotFound", wantEast: "TreeInvalid",
		},
		{
			name: "two townships share a namespace",
			brk: func(town *town) {
				town.change("kind: Jurisdiction\nmetadata: {name: west}\nspec: {level: Township, parentRef: {name: county}, namespace: east}\n")
			},
			mend:       func(town *town) { town.change(jurisdictions) },
			wantFamily: "TreeInvalid", wantPlan: "Ready", wantEast: "TreeInvalid",
		},
		{
			name:       "the family names another township",
			brk:        func(town *town) { town.change(strings.Replace(poor, "name: east-hill", "name: west", 1)) },
			mend:       func(town *town) { town.change(poor) },
			wantFamily: "JurisdictionMismatch", wantPlan: "Ready", wantEast: "Ready",
		},
		{
			name:       "the family's village does not exist",
			brk:        func(town *town) { town.change(strings.Replace(poor, "name: east-hill", "name: east-shore", 1)) },
			mend:       func(town *town) { town.change(poor) },
			wantFamily: "ReferenceNotFound", wantPlan: "Ready", wantEast: "Ready",
		},
	}
	logged := len(log.String())
	town := newTown(t, plan, poor, poorPlan)
	healthy := town.statuses()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			town.t = t
			test.brk(town)
			town.says(test.wantFamily, test.wantPlan, test.wantEast)
			if got := town.jurisdiction("east").Status.Households; got.Total != 1 || got.Unjudged != 1 {
				t.Errorf("east counts %+v, want its family as unjudged", got)
			}
			test.mend(town)
			town.says("Ready", "Ready", "Ready")
			if diff := cmp.Diff(healthy, town.statuses(), ignoreGenerations); diff != "" {
				t.Errorf("after mending (-before +after):\n%s", diff)
			}
		})
	}
	town.t = t
	if n := strings.Count(log.String()[logged:], "Reconciler error"); n > 0 {
		t.Errorf("%d reconciles ended in an error; what needs a person is no error", n)
	}
}

// ignoreGenerations leaves out what counts edits.
var ignoreGenerations = cmp.FilterValues(
	func(a, b string) bool { return strings.HasPrefix(a, "{") && strings.HasPrefix(b, "{") },
	cmp.Comparer(func(a, b string) bool {
		return generation.ReplaceAllString(a, "") == generation.ReplaceAllString(b, "")
	}))

var generation = regexp.MustCompile(`"observedGeneration":[0-9]+,?`)

// says compares what a family, the policy and the township say, and checks that
// tools see a fault as a failure and nothing else.
func (town *town) says(wantFamily, wantPlan, wantEast string) {
	town.t.Helper()
	compare := func(what, want string, object client.Object, conditions []metav1.Condition) {
		town.t.Helper()
		got, computed := readiness(town.t, object, conditions)
		wantStatus := status.CurrentStatus
		if want != "Ready" {
			wantStatus = status.FailedStatus
		}
		if got != want || computed != wantStatus {
			town.t.Errorf("%s is %s (%s), want %s (%s)", what, got, computed, want, wantStatus)
		}
	}
	h, east := town.household("poor"), town.jurisdiction("east")
	compare("the family", wantFamily, h, h.Status.Conditions)
	compare("the township", wantEast, east, east.Status.Conditions)
	if wantPlan != "" {
		p := town.policy("plan")
		compare("the policy", wantPlan, p, p.Status.Conditions)
	}
	measures := &v1alpha1.AssistancePlan{}
	town.get(measures, "east", "poor")
	compare("the assistance plan", wantFamily, measures, measures.Status.Conditions)
}

func TestAPolicyThatDoesNotCompileErasesNothing(t *testing.T) {
	town := newTown(t, plan, poor, fair, poorPlan)
	before := town.household("poor").Status
	broken := strings.Replace(plan, "survey.income < params.redLine", "survey.income < 5000", 1)
	town.change(broken)

	after := town.household("poor").Status
	conditions := cmpopts.IgnoreFields(v1alpha1.HouseholdStatus{}, "Conditions")
	if diff := cmp.Diff(before, after, conditions); diff != "" {
		t.Errorf("status but for the conditions (-before +after):\n%s", diff)
	}
	town.says("PolicyInvalid", "PolicyInvalid", "Ready")
	if c := meta.FindStatusCondition(town.policy("plan").Status.Conditions, v1alpha1.ConditionCompiled); c.Status != metav1.ConditionFalse ||
		!strings.Contains(c.Message, "spec.tiers[0].rules[0].when") || !strings.Contains(c.Message, "yuan(5000)") {
		t.Errorf("Compiled does not name the rule and the remedy: %s %q", c.Status, c.Message)
	}
	if got := town.policy("plan").Status; *got.Governed != 2 || *got.Evaluated != 0 || meta.IsStatusConditionTrue(got.Conditions, v1alpha1.ConditionRolledOut) {
		t.Errorf("%d governed, %d evaluated, %+v", *got.Governed, *got.Evaluated, got.Conditions)
	}
	if got := town.jurisdiction("county").Status; got.Households.Unjudged != 2 || len(got.Tiers) != 0 || *got.OpenShortfalls != 0 {
		t.Errorf("the county counts what was not judged: %+v", got)
	}
	// An edit is not judged either, and time passes without a trace.
	town.clock.SetTime(noonOf(7, 5))
	town.change(strings.Replace(poor, `income: "4800"`, `income: "8000"`, 1))
	if diff := cmp.Diff(before, town.household("poor").Status, conditions, cmpopts.IgnoreFields(v1alpha1.HouseholdStatus{}, "ObservedGeneration")); diff != "" {
		t.Errorf("status but for the conditions, after an edit (-before +after):\n%s", diff)
	}
	town.change(plan)
	if got := town.household("poor").Status; got.Tier != "Yellow" {
		t.Errorf("mended, the edit is judged as %s, want Yellow", got.Tier)
	}
	town.says("Ready", "Ready", "Ready")
}
