// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/translate"
)

// town is what the manager is measured on: the plan R01 in a town whose families
// have a year of surveys behind them, and some of them leads, reviews and an
// assistance plan; and what the core says of each, now and after a change of the
// plan.
type town struct {
	policy        *v1alpha1.MonitoringPolicy
	jurisdictions []*v1alpha1.Jurisdiction
	families      []translate.Papers
	// now is the instant at which everything is judged, in the last days of the
	// plan's year, when most surveys have been made.
	now time.Time
	// renamed is the plan after the change: the same under other names of tiers,
	// so that it moves every family that has a tier, and no other.
	renamed *v1alpha1.MonitoringPolicy
}

// newTown invents a town of so many families under the plan as it is shipped.
func newTown(seed uint64, families int) (*town, error) {
	policy, err := townPlan()
	if err != nil {
		return nil, err
	}
	day, err := civil.ParseDay("2020-12-28")
	if err != nil {
		return nil, err
	}
	invented := population.New(population.Options{Seed: seed, Groups: population.OfSize(families)})
	t := &town{
		policy:        policy,
		jurisdictions: invented.Jurisdictions,
		now:           time.Date(2020, 12, 28, 1, 0, 0, 0, time.UTC), // nine in the morning in China
		renamed:       renameTiers(policy),
	}
	world, err := t.world(policy)
	if err != nil {
		return nil, err
	}
	judge := func(p translate.Papers) *v1alpha1.HouseholdStatus { return world.Judge(p, t.now).Household }
	for i, h := range invented.After(day) {
		t.families = append(t.families, papersOf(seed, i, h, day, judge))
	}
	return t, nil
}

// world is the town under a plan.
func (t *town) world(policy *v1alpha1.MonitoringPolicy) (*translate.World, error) {
	world := translate.NewWorld([]*v1alpha1.MonitoringPolicy{policy}, t.jurisdictions, translate.Options{})
	if problems := world.Policy(policy.Name).Problems.Errors(); len(problems) > 0 {
		return nil, fmt.Errorf("the plan does not compile: %v", problems)
	}
	return world, nil
}

// namespace is where the families live.
func (t *town) namespace() string { return t.families[0].Household.Namespace }

// townPlan reads the plan R01 from the repository.
func townPlan() (*v1alpha1.MonitoringPolicy, error) {
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(root, "config", "policies", "town-2020.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		policy := &v1alpha1.MonitoringPolicy{}
		if err := yaml.Unmarshal(document, policy); err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		if policy.Kind == "MonitoringPolicy" {
			return policy, nil
		}
	}
	return nil, fmt.Errorf("%s holds no MonitoringPolicy", path)
}

// renameTiers gives every tier of a plan another name, wherever it stands.
func renameTiers(policy *v1alpha1.MonitoringPolicy) *v1alpha1.MonitoringPolicy {
	renamed := policy.DeepCopy()
	name := func(old v1alpha1.Word) v1alpha1.Word { return old + "2021" }
	for i := range renamed.Spec.Tiers {
		renamed.Spec.Tiers[i].Name = name(renamed.Spec.Tiers[i].Name)
	}
	for i := range renamed.Spec.Deadlines {
		for j, tier := range renamed.Spec.Deadlines[i].Tiers {
			renamed.Spec.Deadlines[i].Tiers[j] = name(tier)
		}
	}
	for i := range renamed.Spec.Surveys {
		for j, tier := range renamed.Spec.Surveys[i].Tiers {
			renamed.Spec.Surveys[i].Tiers[j] = name(tier)
		}
	}
	return renamed
}
