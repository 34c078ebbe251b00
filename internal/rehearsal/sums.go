// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"k8s.io/apimachinery/pkg/api/meta"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// sums are the figures of one jurisdiction, added up here anew: not by the
// package that the manager uses.
type sums struct {
	Households        v1alpha1.HouseholdCounts
	Persons           v1alpha1.PersonCounts
	Tiers, Categories map[string][2]int32 // households and persons by POLICY/NAME
	Causes            map[string][2]int32
	Shortfalls        map[string][2]int32 // open and overdue
	Open, Overdue     int32
	Next              v1alpha1.Date
}

func newSums() *sums {
	return &sums{
		Tiers: map[string][2]int32{}, Categories: map[string][2]int32{}, Causes: map[string][2]int32{}, Shortfalls: map[string][2]int32{},
	}
}

// add adds a family.
func (s *sums) add(h *v1alpha1.Household) {
	status := &h.Status
	s.Households.Total++
	s.Persons.Total += h.Spec.Persons
	if !meta.IsStatusConditionTrue(status.Conditions, v1alpha1.ConditionReady) {
		s.Households.Unjudged++
		return
	}
	inScope := status.Stage != v1alpha1.StageEliminated && status.Stage != v1alpha1.StageOutOfScope
	switch status.Stage {
	case v1alpha1.StageMonitored, v1alpha1.StageUnderElimination:
		s.Households.Monitored++
		s.Persons.Monitored += h.Spec.Persons
	case v1alpha1.StageEliminated:
		s.Households.Eliminated++
	}
	if inScope {
		s.Households.InScope++
	}
	one := [2]int32{1, h.Spec.Persons}
	policy := "/"
	if status.PolicyRef != nil {
		policy = string(status.PolicyRef.Name) + "/"
	}
	if status.Tier != "" {
		increase(s.Tiers, policy+string(status.Tier), one)
	}
	if status.Category != "" {
		increase(s.Categories, policy+string(status.Category), one)
	}
	for _, c := range status.Causes {
		if inScope {
			increase(s.Causes, string(c), one)
		}
	}
	for _, shortfall := range status.Shortfalls {
		s.Open++
		late := int32(0)
		if shortfall.State == v1alpha1.ShortfallOverdue {
			late = 1
		}
		increase(s.Shortfalls, string(shortfall.Standard), [2]int32{1, late})
	}
	if status.Overdue != nil {
		s.Overdue += *status.Overdue
	}
	if status.NextDeadline != "" && (s.Next == "" || status.NextDeadline < s.Next) {
		s.Next = status.NextDeadline
	}
}

func increase(counts map[string][2]int32, key string, by [2]int32) {
	old := counts[key]
	counts[key] = [2]int32{old[0] + by[0], old[1] + by[1]}
}

// stated are the figures that a jurisdiction's status states, in the same form.
func stated(j *v1alpha1.Jurisdiction) *sums {
	s, status := newSums(), &j.Status
	if status.Households != nil {
		s.Households = *status.Households
	}
	if status.Persons != nil {
		s.Persons = *status.Persons
	}
	for _, c := range status.Tiers {
		s.Tiers[string(c.Policy)+"/"+string(c.Name)] = [2]int32{c.Households, c.Persons}
	}
	for _, c := range status.Categories {
		s.Categories[string(c.Policy)+"/"+string(c.Name)] = [2]int32{c.Households, c.Persons}
	}
	for _, c := range status.Causes {
		s.Causes[string(c.Name)] = [2]int32{c.Households, c.Persons}
	}
	for _, c := range status.Shortfalls {
		s.Shortfalls[string(c.Standard)] = [2]int32{c.Open, c.Overdue}
	}
	if status.OpenShortfalls != nil {
		s.Open = *status.OpenShortfalls
	}
	if status.Overdue != nil {
		s.Overdue = *status.Overdue
	}
	for _, duty := range status.Duties {
		if duty.State == "Overdue" {
			s.Overdue-- // overdue duties are counted with the families' deadlines
		}
	}
	s.Next = status.NextDeadline
	return s
}

// compareRollUps compares each jurisdiction's figures with the sum over the
// families at and below it, and returns how many are equal.
func (s *snapshot) compareRollUps(found *differences) int {
	above := map[string]string{}
	added := map[string]*sums{}
	for _, j := range s.jurisdictions {
		if j.Spec.ParentRef != nil {
			above[j.Name] = string(j.Spec.ParentRef.Name)
		}
		added[j.Name] = newSums()
	}
	for _, h := range s.households {
		place := h.Namespace
		if h.Spec.JurisdictionRef != nil {
			place = string(h.Spec.JurisdictionRef.Name)
		}
		for ; added[place] != nil; place = above[place] {
			added[place].add(h)
		}
	}
	equal := 0
	for _, j := range s.jurisdictions {
		if difference := apart(stated(j), added[j.Name]); difference == "" {
			equal++
		} else {
			found.add("jurisdiction %s, beside the sum of its families: %s", j.Name, difference)
		}
	}
	return equal
}
