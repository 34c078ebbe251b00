// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"fmt"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// snapshot is everything that the cluster holds of the townships, read from the
// API server and not from the manager's cache.
type snapshot struct {
	policies      []*v1alpha1.MonitoringPolicy
	jurisdictions []*v1alpha1.Jurisdiction
	households    []*v1alpha1.Household
	plans         map[client.ObjectKey]*v1alpha1.AssistancePlan // by household
	signals       map[client.ObjectKey][]*v1alpha1.RiskSignal
	reviews       map[client.ObjectKey][]*v1alpha1.Review
	world         *translate.World
}

// snapshot reads the papers of all townships, or of one namespace.
func (t *Town) snapshot(ctx context.Context, papersOf ...client.ListOption) (*snapshot, error) {
	var policies v1alpha1.MonitoringPolicyList
	var jurisdictions v1alpha1.JurisdictionList
	for _, list := range []client.ObjectList{&policies, &jurisdictions} {
		if err := t.live.List(ctx, list); err != nil {
			return nil, fmt.Errorf("listing %T: %w", list, err)
		}
	}
	var households v1alpha1.HouseholdList
	var plans v1alpha1.AssistancePlanList
	var signals v1alpha1.RiskSignalList
	var reviews v1alpha1.ReviewList
	for _, list := range []client.ObjectList{&households, &plans, &signals, &reviews} {
		if err := t.live.List(ctx, list, papersOf...); err != nil {
			return nil, fmt.Errorf("listing %T: %w", list, err)
		}
	}
	s := newSnapshot(pointers(policies.Items), pointers(jurisdictions.Items))
	s.households = pointers(households.Items)
	for _, p := range pointers(plans.Items) {
		s.keep(p)
	}
	for _, p := range pointers(signals.Items) {
		s.keep(p)
	}
	for _, p := range pointers(reviews.Items) {
		s.keep(p)
	}
	return s, nil
}

func newSnapshot(policies []*v1alpha1.MonitoringPolicy, jurisdictions []*v1alpha1.Jurisdiction) *snapshot {
	return &snapshot{
		policies: policies, jurisdictions: jurisdictions,
		plans:   map[client.ObjectKey]*v1alpha1.AssistancePlan{},
		signals: map[client.ObjectKey][]*v1alpha1.RiskSignal{},
		reviews: map[client.ObjectKey][]*v1alpha1.Review{},
		world:   translate.NewWorld(policies, jurisdictions, translate.Options{}),
	}
}

// keep puts a paper with its family's others.
func (s *snapshot) keep(object client.Object) {
	key := client.ObjectKey{Namespace: object.GetNamespace()}
	switch o := object.(type) {
	case *v1alpha1.Household:
		s.households = append(s.households, o)
	case *v1alpha1.AssistancePlan:
		key.Name = string(o.Spec.HouseholdRef.Name)
		s.plans[key] = o
	case *v1alpha1.RiskSignal:
		key.Name = string(o.Spec.HouseholdRef.Name)
		s.signals[key] = append(s.signals[key], o)
	case *v1alpha1.Review:
		key.Name = string(o.Spec.HouseholdRef.Name)
		s.reviews[key] = append(s.reviews[key], o)
	}
}

func pointers[T any](items []T) []*T {
	out := make([]*T, len(items))
	for i := range items {
		out[i] = &items[i]
	}
	return out
}

// judged is a paper with the status that it has and the one that the core says it
// should have.
type judged struct {
	paper
	object client.Object
	is     any
	should any
}

// judge asks the core what it says of a family and its papers on a day, from the
// specs alone. The family's own status comes first.
func (s *snapshot) judge(h *v1alpha1.Household, day civil.Day) []judged {
	key := client.ObjectKeyFromObject(h)
	bare := translate.Papers{Household: h.DeepCopy()}
	bare.Household.Status = v1alpha1.HouseholdStatus{}
	if plan := s.plans[key]; plan != nil {
		bare.Plan = plan.DeepCopy()
		bare.Plan.Status = v1alpha1.AssistancePlanStatus{}
	}
	for _, signal := range s.signals[key] {
		copied := signal.DeepCopy()
		copied.Status = v1alpha1.RiskSignalStatus{}
		bare.Signals = append(bare.Signals, copied)
	}
	for _, review := range s.reviews[key] {
		copied := review.DeepCopy()
		copied.Status = v1alpha1.ReviewStatus{}
		bare.Reviews = append(bare.Reviews, copied)
	}
	said := s.world.JudgeOn(bare, day)
	all := []judged{{paper{householdKind, h.Namespace, h.Name}, h, h.Status, *said.Household}}
	if plan := s.plans[key]; plan != nil {
		all = append(all, judged{paper{planKind, h.Namespace, plan.Name}, plan, plan.Status, *said.Plan})
	}
	for i, signal := range s.signals[key] {
		all = append(all, judged{paper{"RiskSignal", h.Namespace, signal.Name}, signal, signal.Status, *said.Signals[i]})
	}
	for i, review := range s.reviews[key] {
		all = append(all, judged{paper{"Review", h.Namespace, review.Name}, review, review.Status, *said.Reviews[i]})
	}
	return all
}

// all judges every family and every paper on a day.
func (s *snapshot) all(day civil.Day) []judged {
	var all []judged
	for _, h := range s.households {
		all = append(all, s.judge(h, day)...)
	}
	return all
}
