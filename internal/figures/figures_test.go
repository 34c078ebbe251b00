// SPDX-License-Identifier: Apache-2.0

package figures_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

func object[T any](t *testing.T, text string) *T { return parsed[T](t, text) }

func parsed[T any](t testing.TB, text string) *T {
	t.Helper()
	o := new(T)
	if err := yaml.UnmarshalStrict([]byte(text), o); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return o
}

func day(t *testing.T, text string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var shanghai = time.FixedZone("CST", 8*3600)

func at(month time.Month, day int) time.Time {
	return time.Date(2020, month, day, 0, 0, 0, 0, shanghai)
}

// policy is a policy of a jurisdiction from a day on.
func policy(t *testing.T, name, jurisdiction, from, more string) *v1alpha1.MonitoringPolicy {
	return object[v1alpha1.MonitoringPolicy](t, fmt.Sprintf(`
metadata: {name: %s, uid: %s, generation: 2}
spec:
  jurisdictionRef: {name: %s}
  effectiveFrom: %q
  categories: [{name: Any, when: "true"}]
  tiers:
  - {name: Red, rules: [{name: low, when: "survey.income < yuan(5000)"}]}
  - {name: Blue, rules: [{name: rest, when: "true"}]}
  %s
`, name, name, jurisdiction, from, more))
}

func world(t *testing.T, policies ...*v1alpha1.MonitoringPolicy) *translate.World {
	t.Helper()
	var tree []*v1alpha1.Jurisdiction
	for _, text := range []string{
		"{metadata: {name: county, generation: 1}, spec: {level: County}}",
		"{metadata: {name: east, generation: 1}, spec: {level: Township, parentRef: {name: county}, namespace: east, registeredPersons: 100}}",
		`{metadata: {name: east-hill, generation: 1}, spec: {level: Village, parentRef: {name: east}, sites: [{name: office, kind: VillageCommittee, from: "2019-05-01"}]}}`,
		"{metadata: {name: lost, generation: 1}, spec: {level: Village, parentRef: {name: no-such}}}",
	} {
		tree = append(tree, object[v1alpha1.Jurisdiction](t, text))
	}
	return translate.NewWorld(policies, tree, translate.Options{})
}

func TestWhatAHouseholdContributes(t *testing.T) {
	const spec = "metadata: {generation: 3}\nspec: {registration: None, persons: 4}\n"
	const ready = "conditions: [{type: Ready, status: 'True', reason: Judged, lastTransitionTime: '2020-01-01T00:00:00Z', message: ''}]"
	tests := []struct {
		name   string
		status string
		want   rollup.Contribution
	}{
		{"not judged yet", "status: {}", rollup.Contribution{Persons: 4}},
		{"judged before its last edit", "status: {observedGeneration: 2, stage: Monitored, " + ready + "}", rollup.Contribution{Persons: 4}},
		{"not judged for a fault, with the status of before", "status: {observedGeneration: 3, stage: Monitored, tier: Red, overdue: 2, conditions: [{type: Ready, status: 'False', reason: PolicyInvalid, lastTransitionTime: '2020-01-01T00:00:00Z', message: ''}]}", rollup.Contribution{Persons: 4}},
		{
			"monitored",
			`status: {observedGeneration: 3, policyRef: {name: p}, stage: Monitored, tier: Red, category: Marginal, causes: [Illness], overdue: 2, nextDeadline: "2020-06-30",
  shortfalls: [{standard: Income, since: "2020-04-12", state: Overdue}, {standard: Housing, since: "2020-04-12", state: Found}], ` + ready + "}",
			rollup.Contribution{
				Standing: rollup.Monitored, Persons: 4, Policy: "p", Tier: "Red", Category: "Marginal", Causes: []string{"Illness"},
				Shortfalls: []rollup.Shortfall{{Standard: "Income", Overdue: true}, {Standard: "Housing"}}, Overdue: 2, NextDeadline: day(t, "2020-06-30"),
			},
		},
		{"its elimination under review", "status: {observedGeneration: 3, stage: UnderElimination, " + ready + "}", rollup.Contribution{Standing: rollup.Monitored, Persons: 4}},
		{"watched", "status: {observedGeneration: 3, stage: Watched, " + ready + "}", rollup.Contribution{Standing: rollup.InScope, Persons: 4}},
		{"under review", "status: {observedGeneration: 3, stage: UnderReview, " + ready + "}", rollup.Contribution{Standing: rollup.InScope, Persons: 4}},
		{"eliminated, whose causes are not of a family in scope any more", "status: {observedGeneration: 3, stage: Eliminated, causes: [Illness], " + ready + "}", rollup.Contribution{Standing: rollup.Eliminated, Persons: 4}},
		{"out of scope, with causes that are nobody's concern", "status: {observedGeneration: 3, stage: OutOfScope, causes: [Illness], " + ready + "}", rollup.Contribution{Standing: rollup.OutOfScope, Persons: 4}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, figures.Of(object[v1alpha1.Household](t, spec+test.status))); diff != "" {
				t.Errorf("contribution (-want +got):\n%s", diff)
			}
		})
	}
}

// said is a condition without what the same test has in common.
func said(conditions []metav1.Condition) map[string]string {
	out := map[string]string{}
	for _, c := range conditions {
		out[c.Type] = fmt.Sprintf("%s %s since %s", c.Status, c.Reason, c.LastTransitionTime.In(shanghai).Format(time.DateOnly))
	}
	return out
}

func TestAJurisdictionsConditions(t *testing.T) {
	first := policy(t, "first", "county", "2020-03-25", `effectiveUntil: "2020-06-30"`)
	second := policy(t, "second", "east", "2020-07-01", "scale: {guidancePercent: 5}")
	rival := policy(t, "rival", "east", "2020-07-01", "")
	tests := []struct {
		name         string
		policies     []*v1alpha1.MonitoringPolicy
		jurisdiction string
		now          time.Time
		monitored    int
		wantPolicy   string
		want         map[string]string
	}{
		{
			"no policy at all", nil, "county", at(5, 1), 0, "",
			map[string]string{"Ready": "True Aggregated since 1970-01-01", "PolicyResolved": "False NoPolicy since 1970-01-01"},
		},
		{
			"before the first", []*v1alpha1.MonitoringPolicy{first}, "county", at(3, 24), 0, "",
			map[string]string{"Ready": "True Aggregated since 1970-01-01", "PolicyResolved": "False NoPolicy since 1970-01-01"},
		},
		{
			"on its first day", []*v1alpha1.MonitoringPolicy{first}, "county", at(3, 25), 0, "first",
			map[string]string{"Ready": "True Aggregated since 2020-03-25", "PolicyResolved": "True PolicyFound since 2020-03-25"},
		},
		{
			"after its last day", []*v1alpha1.MonitoringPolicy{first}, "county", at(7, 1), 0, "",
			map[string]string{"Ready": "True Aggregated since 1970-01-01", "PolicyResolved": "False NoPolicy since 2020-07-01"},
		},
		{
			"a policy that follows without a gap", []*v1alpha1.MonitoringPolicy{first, second}, "east", at(8, 1), 5, "second",
			map[string]string{
				"Ready": "True Aggregated since 2020-07-01", "PolicyResolved": "True PolicyFound since 2020-03-25",
				"WithinScale": "True WithinGuidance since 2020-07-01",
			},
		},
		{
			"more are monitored than advised", []*v1alpha1.MonitoringPolicy{second}, "east", at(8, 1), 6, "second",
			map[string]string{
				"Ready": "True Aggregated since 2020-07-01", "PolicyResolved": "True PolicyFound since 2020-07-01",
				"WithinScale": "False AboveGuidance since 2020-07-01",
			},
		},
		{
			"two policies of one day", []*v1alpha1.MonitoringPolicy{first, second, rival}, "east", at(8, 1), 0, "",
			map[string]string{"Ready": "True Aggregated since 1970-01-01", "PolicyResolved": "False PolicyConflict since 2020-07-01"},
		},
		{
			"a date in its own spec", []*v1alpha1.MonitoringPolicy{first}, "east-hill", at(5, 1), 0, "first",
			map[string]string{"Ready": "True Aggregated since 2019-05-01", "PolicyResolved": "True PolicyFound since 2020-03-25"},
		},
		{
			"no parent", []*v1alpha1.MonitoringPolicy{first}, "lost", at(5, 1), 0, "",
			map[string]string{
				"Ready": "False TreeInvalid since 1970-01-01", "Stalled": "True TreeInvalid since 1970-01-01",
				"PolicyResolved": "False TreeInvalid since 1970-01-01",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := world(t, test.policies...)
			node, _ := w.Node(test.jurisdiction)
			s, _ := figures.JurisdictionStatus(w, node, figures.Basis{Figures: rollup.Figures{MonitoredPersons: test.monitored}}, test.now)
			if diff := cmp.Diff(test.want, said(s.Conditions)); diff != "" {
				t.Errorf("conditions (-want +got):\n%s", diff)
			}
			if got := s.PolicyRef; (got == nil) != (test.wantPolicy == "") || got != nil && string(got.Name) != test.wantPolicy {
				t.Errorf("policy %v, want %q", got, test.wantPolicy)
			}
		})
	}
}

func TestAJurisdictionsFigures(t *testing.T) {
	w := world(t, policy(t, "p", "county", "2020-03-25", ""))
	node, _ := w.Node("county")
	s, _ := figures.JurisdictionStatus(w, node, figures.Basis{Figures: rollup.Figures{
		Households: 9, InScope: 7, Monitored: 2, Eliminated: 1, Unjudged: 1, Persons: 30, MonitoredPersons: 8,
		Tiers: []rollup.Group{
			{Policy: "gone", Name: "Orange", Households: 1, Persons: 3}, {Policy: "p", Name: "Blue", Households: 4, Persons: 12},
			{Policy: "p", Name: "Red", Households: 2, Persons: 8}, {Policy: "p", Name: "Undetermined", Households: 1, Persons: 1},
		},
		Categories:     []rollup.Group{{Policy: "p", Name: "Any", Households: 7, Persons: 20}},
		Causes:         []rollup.Group{{Name: "Illness", Households: 2, Persons: 8}},
		Shortfalls:     []rollup.StandardCount{{Standard: "Income", Open: 3, Overdue: 1}},
		OpenShortfalls: 3, Overdue: 2, NextDeadline: day(t, "2020-06-30"),
	}}, at(5, 1))
	s.Conditions = nil
	want := &v1alpha1.JurisdictionStatus{
		ObservedGeneration: 1, PolicyRef: &v1alpha1.PolicyReference{Name: "p"},
		Households: &v1alpha1.HouseholdCounts{Total: 9, InScope: 7, Monitored: 2, Eliminated: 1, Unjudged: 1},
		Persons:    &v1alpha1.PersonCounts{Total: 30, Monitored: 8},
		Tiers: []v1alpha1.NamedCount{
			{Policy: "gone", Name: "Orange", Households: 1, Persons: 3}, {Policy: "p", Name: "Red", Households: 2, Persons: 8},
			{Policy: "p", Name: "Blue", Households: 4, Persons: 12}, {Policy: "p", Name: "Undetermined", Households: 1, Persons: 1},
		},
		Categories:     []v1alpha1.NamedCount{{Policy: "p", Name: "Any", Households: 7, Persons: 20}},
		Causes:         []v1alpha1.CauseCount{{Name: "Illness", Households: 2, Persons: 8}},
		Shortfalls:     []v1alpha1.ShortfallCount{{Standard: "Income", Open: 3, Overdue: 1}},
		OpenShortfalls: new(int32(3)), Overdue: new(int32(2)), NextDeadline: "2020-06-30",
	}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("status (-want +got):\n%s", diff)
	}
}

func TestAPolicysConditions(t *testing.T) {
	const town = "town"
	valid := func(t *testing.T) *v1alpha1.MonitoringPolicy {
		return policy(t, town, "county", "2020-03-25", `parameters: [{name: line, values: [{from: "2020-01-01", value: "5000"}]}]`+"\n  effectiveUntil: \"2020-12-31\"")
	}
	nearer := policy(t, "nearer", "east", "2020-05-01", "")
	newer := policy(t, "newer", "county", "2020-08-01", `effectiveUntil: "2020-08-31"`)
	rival := policy(t, "rival", "county", "2020-03-25", "")
	invalid := valid(t)
	invalid.Spec.Categories[0].When = "survey.income < 5000"
	elsewhere := policy(t, town, "no-such", "2020-03-25", "")
	tests := []struct {
		name    string
		policy  *v1alpha1.MonitoringPolicy
		others  []*v1alpha1.MonitoringPolicy
		now     time.Time
		rollout figures.Rollout
		want    map[string]string
	}{
		{
			"the day before it begins", valid(t), nil, at(3, 24), figures.Rollout{},
			map[string]string{"Ready": "True Compiled since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "False NotYetInForce since 2020-01-01", "RolledOut": "True RolledOut since 2020-01-01"},
		},
		{
			"its first day", valid(t), nil, at(3, 25), figures.Rollout{Governed: 5, Evaluated: 4},
			map[string]string{"Ready": "True Compiled since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "True InForce since 2020-03-25", "RolledOut": "False Progressing since 2020-01-01"},
		},
		{
			"all families judged, and some that have left", valid(t), nil, at(5, 5), figures.Rollout{Governed: 5, Evaluated: 7},
			map[string]string{"Ready": "True Compiled since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "True InForce since 2020-03-25", "RolledOut": "True RolledOut since 2020-01-01"},
		},
		{
			"the day after its last", valid(t), nil, time.Date(2021, 1, 1, 0, 0, 0, 0, shanghai), figures.Rollout{},
			map[string]string{"Ready": "True Compiled since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "False Ended since 2021-01-01", "RolledOut": "True RolledOut since 2020-01-01"},
		},
		{
			"a nearer one leaves it the rest of the county", valid(t), []*v1alpha1.MonitoringPolicy{nearer}, at(5, 5), figures.Rollout{},
			map[string]string{"Ready": "True Compiled since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "True InForce since 2020-03-25", "RolledOut": "True RolledOut since 2020-01-01"},
		},
		{
			"a newer one has replaced it for a while", valid(t), []*v1alpha1.MonitoringPolicy{newer}, at(8, 15), figures.Rollout{},
			map[string]string{"Ready": "True Compiled since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "False Replaced since 2020-08-01", "RolledOut": "True RolledOut since 2020-01-01"},
		},
		{
			"in force again when the newer one has ended", valid(t), []*v1alpha1.MonitoringPolicy{newer}, at(9, 15), figures.Rollout{},
			map[string]string{"Ready": "True Compiled since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "True InForce since 2020-09-01", "RolledOut": "True RolledOut since 2020-01-01"},
		},
		{
			"another begins on the same day", valid(t), []*v1alpha1.MonitoringPolicy{rival}, at(5, 5), figures.Rollout{},
			map[string]string{"Ready": "False PolicyConflict since 2020-01-01", "Stalled": "True PolicyConflict since 2020-01-01", "Compiled": "True Compiled since 2020-01-01", "InForce": "False PolicyConflict since 2020-01-01", "RolledOut": "True RolledOut since 2020-01-01"},
		},
		{
			"it does not compile", invalid, nil, at(5, 5), figures.Rollout{Governed: 5},
			map[string]string{"Ready": "False PolicyInvalid since 2020-01-01", "Stalled": "True PolicyInvalid since 2020-01-01", "Compiled": "False PolicyInvalid since 2020-01-01", "InForce": "True InForce since 2020-03-25", "RolledOut": "False PolicyInvalid since 2020-01-01"},
		},
		{
			"its jurisdiction does not exist", elsewhere, nil, at(5, 5), figures.Rollout{},
			map[string]string{"Ready": "False ReferenceNotFound since 2020-03-25", "Stalled": "True ReferenceNotFound since 2020-03-25", "Compiled": "True Compiled since 2020-03-25", "InForce": "False ReferenceNotFound since 2020-03-25", "RolledOut": "True RolledOut since 2020-03-25"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := world(t, append(test.others, test.policy)...)
			s := figures.PolicyStatus(w, w.Policy(town), test.rollout, test.now)
			if diff := cmp.Diff(test.want, said(s.Conditions)); diff != "" {
				t.Errorf("conditions (-want +got):\n%s", diff)
			}
			if *s.Evaluated > *s.Governed {
				t.Errorf("%d evaluated of %d governed", *s.Evaluated, *s.Governed)
			}
		})
	}
}

func TestAPolicyCountsItsOwnTiers(t *testing.T) {
	w := world(t, policy(t, "p", "county", "2020-03-25", ""))
	s := figures.PolicyStatus(w, w.Policy("p"), figures.Rollout{Governed: 5, Evaluated: 5, Tiers: []rollup.Group{
		{Policy: "other", Name: "Red", Households: 9}, {Policy: "p", Name: "Blue", Households: 3}, {Policy: "p", Name: "Red", Households: 2},
	}}, at(5, 1))
	want := []v1alpha1.PolicyTierCount{{Name: "Red", Households: 2}, {Name: "Blue", Households: 3}}
	if diff := cmp.Diff(want, s.Tiers); diff != "" {
		t.Errorf("tiers (-want +got):\n%s", diff)
	}
}

func TestGovernedFollowsTheNearestPolicy(t *testing.T) {
	w := world(t, policy(t, "p", "county", "2020-03-25", ""), policy(t, "near", "east-hill", "2020-05-01", ""))
	own := map[string]int{"county": 1, "east": 10, "east-hill": 100, "lost": 1000}
	for _, test := range []struct {
		now  time.Time
		want map[string]int
	}{
		{at(3, 1), map[string]int{}},
		{at(4, 30), map[string]int{"p": 111}},
		{at(5, 1), map[string]int{"p": 11, "near": 100}},
	} {
		if diff := cmp.Diff(test.want, figures.Governed(w, func(name string) int { return own[name] }, test.now)); diff != "" {
			t.Errorf("governed on %s (-want +got):\n%s", test.now.Format(time.DateOnly), diff)
		}
	}
}

func TestTreeOf(t *testing.T) {
	want := rollup.Tree{
		Parents:   map[string]string{"county": "", "east": "county", "east-hill": "east", "lost": "no-such"},
		Townships: map[string]string{"east": "east"},
	}
	if diff := cmp.Diff(want, figures.TreeOf(world(t))); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
}
