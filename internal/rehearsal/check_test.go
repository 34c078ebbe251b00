// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
)

// judgedTown is a snapshot of a town whose statuses are as they should be. No
// API server is needed: the core judges.
func judgedTown(t *testing.T, day civil.Day) *snapshot {
	t.Helper()
	pack, err := readPack(t.Context(), root+"/config/policies/town-2020.yaml")
	if err != nil {
		t.Fatal(err)
	}
	invented := population.New(population.Options{Seed: 1, Groups: population.OfSize(60), Villages: 3})
	var policies []*v1alpha1.MonitoringPolicy
	for _, object := range pack {
		if policy, ok := object.(*v1alpha1.MonitoringPolicy); ok {
			policies = append(policies, policy)
		}
	}
	s := newSnapshot(policies, invented.Jurisdictions)
	s.households = invented.Households
	s.keep(&v1alpha1.AssistancePlan{
		ObjectMeta: metav1.ObjectMeta{Name: "hh-000001", Namespace: "town"},
		Spec: v1alpha1.AssistancePlanSpec{
			HouseholdRef: v1alpha1.HouseholdReference{Name: "hh-000001"},
			Measures:     []v1alpha1.Measure{{Name: "training", Kind: "Training", Date: "2020-03-25"}},
		},
	})
	s.keep(&v1alpha1.RiskSignal{
		ObjectMeta: metav1.ObjectMeta{Name: "lead", Namespace: "town"},
		Spec:       v1alpha1.RiskSignalSpec{HouseholdRef: v1alpha1.HouseholdReference{Name: "hh-000002"}, Source: "Media", Cause: "Other", Date: "2020-03-25"},
	})
	s.keep(&v1alpha1.Review{
		ObjectMeta: metav1.ObjectMeta{Name: "file", Namespace: "town"},
		Spec:       v1alpha1.ReviewSpec{HouseholdRef: v1alpha1.HouseholdReference{Name: "hh-000003"}, Purpose: "Identification", Opened: "2020-03-25"},
	})
	for _, j := range s.all(day) {
		take(j)
	}
	s.addUp()
	return s
}

// take gives a paper the status that the core says it should have.
func take(j judged) {
	switch o := j.object.(type) {
	case *v1alpha1.Household:
		o.Status = j.should.(v1alpha1.HouseholdStatus)
	case *v1alpha1.AssistancePlan:
		o.Status = j.should.(v1alpha1.AssistancePlanStatus)
	case *v1alpha1.RiskSignal:
		o.Status = j.should.(v1alpha1.RiskSignalStatus)
	case *v1alpha1.Review:
		o.Status = j.should.(v1alpha1.ReviewStatus)
	}
}

// addUp writes into each jurisdiction what its families add up to.
func (s *snapshot) addUp() {
	for _, j := range s.jurisdictions {
		total := newSums()
		for _, h := range s.households {
			if j.Spec.Level != v1alpha1.LevelVillage || string(h.Spec.JurisdictionRef.Name) == j.Name {
				total.add(h)
			}
		}
		j.Status = v1alpha1.JurisdictionStatus{
			Households: &total.Households, Persons: &total.Persons,
			OpenShortfalls: &total.Open, Overdue: &total.Overdue, NextDeadline: total.Next,
		}
		for name, n := range total.Tiers {
			j.Status.Tiers = append(j.Status.Tiers, namedCount(name, n))
		}
		for name, n := range total.Categories {
			j.Status.Categories = append(j.Status.Categories, namedCount(name, n))
		}
		for name, n := range total.Causes {
			j.Status.Causes = append(j.Status.Causes, v1alpha1.CauseCount{Name: v1alpha1.Cause(name), Households: n[0], Persons: n[1]})
		}
		for name, n := range total.Shortfalls {
			j.Status.Shortfalls = append(j.Status.Shortfalls, v1alpha1.ShortfallCount{Standard: v1alpha1.Word(name), Open: n[0], Overdue: n[1]})
		}
	}
}

func namedCount(label string, n [2]int32) v1alpha1.NamedCount {
	policy, name, _ := strings.Cut(label, "/")
	return v1alpha1.NamedCount{Policy: v1alpha1.ObjectName(policy), Name: v1alpha1.Word(name), Households: n[0], Persons: n[1]}
}

// first returns the first family of a tier.
func (s *snapshot) first(t *testing.T, tier v1alpha1.Word) *v1alpha1.Household {
	t.Helper()
	for _, h := range s.households {
		if h.Status.Tier == tier {
			return h
		}
	}
	t.Fatalf("no family is %s", tier)
	return nil
}

// TestChecksFindWhatIsWrong falsifies a town in one place each time.
func TestChecksFindWhatIsWrong(t *testing.T) {
	tests := []struct {
		name    string
		falsify func(t *testing.T, s *snapshot)
		want    []string // parts of the differences, in their order
	}{
		{"nothing is wrong", func(*testing.T, *snapshot) {}, nil},
		{"a family in another tier", func(t *testing.T, s *snapshot) {
			s.first(t, "Yellow").Status.Tier = "Green"
			s.addUp()
		}, []string{"Household town/hh-", `tier is "Green" and should be "Yellow"`}},
		{"a tier that the plan does not have", func(t *testing.T, s *snapshot) {
			s.first(t, "Green").Status.Tier = "Blue"
			s.addUp()
		}, []string{`tier is "Blue"`, `is in tier "Blue", which policy "town-2020" does not have`}},
		{"a tier of another plan", func(t *testing.T, s *snapshot) {
			other := s.policies[0].DeepCopy()
			other.Name = "city-tiers-2021"
			other.Spec.Tiers = append(other.Spec.Tiers, v1alpha1.Tier{Name: "Blue"})
			s.policies = append(s.policies, other)
			s.first(t, "Green").Status.Tier = "Blue"
			s.addUp()
		}, []string{`tier is "Blue"`, `is in tier "Blue", which policy "town-2020" does not have`}},
		{"a status that is gone", func(t *testing.T, s *snapshot) {
			s.first(t, "Red").Status = v1alpha1.HouseholdStatus{}
			s.addUp()
		}, []string{"Household town/hh-", "is absent and should be"}},
		{"a plan that counts a measure too many", func(_ *testing.T, s *snapshot) {
			s.plans[client.ObjectKey{Namespace: "town", Name: "hh-000001"}].Status.Planned = new(int32(2))
		}, []string{"AssistancePlan town/hh-000001: planned is 2 and should be 1"}},
		{"a lead in another state", func(_ *testing.T, s *snapshot) {
			s.signals[client.ObjectKey{Namespace: "town", Name: "hh-000002"}][0].Status.State = "Refused"
		}, []string{`RiskSignal town/lead: state is "Refused" and should be "AwaitingVerification"`}},
		{"a review without a status", func(_ *testing.T, s *snapshot) {
			s.reviews[client.ObjectKey{Namespace: "town", Name: "hh-000003"}][0].Status = v1alpha1.ReviewStatus{}
		}, []string{"Review town/file: ", "is absent and should be"}},
		{"a village that has lost a family", func(_ *testing.T, s *snapshot) {
			s.jurisdictions[2].Status.Households.Total--
		}, []string{"jurisdiction town-village, beside the sum of its families: Households.total is"}},
		{"a county that forgot an overdue deadline", func(_ *testing.T, s *snapshot) {
			s.jurisdictions[0].Status.Overdue = new(int32(7))
		}, []string{"jurisdiction county, beside the sum of its families: Overdue is 7 and should be 0"}},
		{"overdue duties are no families' deadlines", func(_ *testing.T, s *snapshot) {
			s.jurisdictions[0].Status.Overdue = new(int32(1))
			s.jurisdictions[0].Status.Duties = []v1alpha1.DutyState{{Name: "screening", Due: "2020-03-25", State: "Overdue"}}
		}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			day := population.YearBegins
			s := judgedTown(t, day)
			test.falsify(t, s)
			found := &differences{}
			statuses := s.compareStatuses(day, found)
			rollUps := s.compareRollUps(found)
			s.checkTiers(found)
			err := found.err(day)
			if len(test.want) == 0 {
				if err != nil || statuses != 63 || rollUps != 5 {
					t.Errorf("%d statuses and %d roll-ups are right, want 63 and 5; %v", statuses, rollUps, err)
				}
				return
			}
			if err == nil {
				t.Fatal("nothing was found")
			}
			rest := err.Error()
			for _, part := range test.want {
				_, after, ok := strings.Cut(rest, part)
				if !ok {
					t.Fatalf("%q does not say %q", err, part)
				}
				rest = after
			}
		})
	}
}

// TestCausesAreOfFamiliesInScope, as the roll-up states them.
func TestCausesAreOfFamiliesInScope(t *testing.T) {
	for stage, want := range map[v1alpha1.Stage]int{
		v1alpha1.StageWatched: 1, v1alpha1.StageUnderReview: 1, v1alpha1.StageMonitored: 1, v1alpha1.StageUnderElimination: 1,
		v1alpha1.StageEliminated: 0, v1alpha1.StageOutOfScope: 0,
	} {
		h := &v1alpha1.Household{Status: v1alpha1.HouseholdStatus{
			Stage: stage, Causes: []v1alpha1.Cause{"Illness"},
			Conditions: []metav1.Condition{{Type: v1alpha1.ConditionReady, Status: metav1.ConditionTrue}},
		}}
		s := newSums()
		s.add(h)
		if len(s.Causes) != want || int(s.Households.InScope) != want {
			t.Errorf("%s: %d causes of %d families in scope, want %d of each", stage, len(s.Causes), s.Households.InScope, want)
		}
	}
}

func TestForetellingIsComparedFigureByFigure(t *testing.T) {
	day := population.YearBegins
	s := judgedTown(t, day)
	foretold := figuresOf(s, day)
	if difference := figuresOf(s, day).Differs(foretold); difference != "" {
		t.Errorf("the same figures differ: %s", difference)
	}
	s.first(t, "Red").Status.Overdue = new(int32(3))
	want := "overdue deadlines: the core foretold 0, and the statuses say 3"
	if got := figuresOf(s, day).Differs(foretold); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDifferencesAreNamedButNotAtAnyLength(t *testing.T) {
	d := &differences{}
	for i := range 12 {
		d.add("number %d", i)
	}
	text := d.err(population.YearBegins).Error()
	if !strings.HasPrefix(text, "2020-03-25: ") || !strings.Contains(text, "number 9") || strings.Contains(text, "number 10") || !strings.HasSuffix(text, "and 2 more") {
		t.Errorf("got %q", text)
	}
}

func TestApart(t *testing.T) {
	type part struct {
		A string `json:"a,omitempty"`
		B []int  `json:"b,omitempty"`
		C *part  `json:"c,omitempty"`
	}
	tests := []struct {
		name      string
		got, want part
		text      string
	}{
		{"equal", part{A: "x", B: []int{1}}, part{A: "x", B: []int{1}}, ""},
		{"a field", part{A: "x"}, part{A: "y"}, `a is "x" and should be "y"`},
		{"a field that is not there", part{}, part{A: "y"}, `a is absent and should be "y"`},
		{"a field too many", part{A: "x"}, part{}, `a is "x" and should be absent`},
		{"an entry of a list", part{B: []int{1, 2}}, part{B: []int{1, 3}}, `b[1] is 2 and should be 3`},
		{"lists of different length", part{B: []int{1}}, part{B: []int{1, 3}}, `b is [1] and should be [1,3]`},
		{"deep inside", part{C: &part{A: "x"}}, part{C: &part{A: "y"}}, `c.a is "x" and should be "y"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := apart(test.got, test.want); got != test.text {
				t.Errorf("got %q, want %q", got, test.text)
			}
		})
	}
}
