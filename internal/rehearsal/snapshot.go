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

// snapshot is everything that the cluster holds of the town, read from the API
// server and not from the manager's cache.
type snapshot struct {
	policies      []*v1alpha1.MonitoringPolicy
	jurisdictions []*v1alpha1.Jurisdiction
	households    []*v1alpha1.Household
	plans         map[string]*v1alpha1.AssistancePlan
	world         *translate.World
}

func (t *Town) snapshot(ctx context.Context) (*snapshot, error) {
	var policies v1alpha1.MonitoringPolicyList
	var jurisdictions v1alpha1.JurisdictionList
	var households v1alpha1.HouseholdList
	var plans v1alpha1.AssistancePlanList
	for _, list := range []client.ObjectList{&policies, &jurisdictions, &households, &plans} {
		if err := t.live.List(ctx, list); err != nil {
			return nil, fmt.Errorf("listing %T: %w", list, err)
		}
	}
	s := &snapshot{
		policies:      pointers(policies.Items),
		jurisdictions: pointers(jurisdictions.Items),
		households:    pointers(households.Items),
		plans:         make(map[string]*v1alpha1.AssistancePlan, len(plans.Items)),
	}
	for _, p := range pointers(plans.Items) {
		s.plans[p.Name] = p
	}
	s.world = translate.NewWorld(s.policies, s.jurisdictions, translate.Options{})
	return s, nil
}

func pointers[T any](items []T) []*T {
	out := make([]*T, len(items))
	for i := range items {
		out[i] = &items[i]
	}
	return out
}

// judge asks the core what it says of a family on a day, from the specs alone.
func (s *snapshot) judge(h *v1alpha1.Household, day civil.Day) translate.Judgment {
	bare := translate.Papers{Household: h.DeepCopy()}
	bare.Household.Status = v1alpha1.HouseholdStatus{}
	if plan := s.plans[h.Name]; plan != nil {
		bare.Plan = plan.DeepCopy()
		bare.Plan.Status = v1alpha1.AssistancePlanStatus{}
	}
	return s.world.JudgeOn(bare, day)
}
