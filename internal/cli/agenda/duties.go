// SPDX-License-Identifier: Apache-2.0

package agenda

import (
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
)

// Duty is the kind of what a jurisdiction or a department owes, beside the kinds
// of families' deadlines.
const Duty v1alpha1.DeadlineKind = "Duty"

// OfJurisdiction returns what is due from a jurisdiction, and from departments at
// it, by its status.
func OfJurisdiction(j *v1alpha1.Jurisdiction, status *v1alpha1.JurisdictionStatus) []Item {
	var items []Item
	for i := range status.Duties {
		d := &status.Duties[i]
		if d.State == v1alpha1.DutyMet || d.State == v1alpha1.DutyMetLate {
			continue
		}
		item := Item{
			Jurisdiction: j.Name, Place: j.Name, Kind: Duty, Name: string(d.Name), About: string(d.Period),
			Due: dayOf(d.Due), State: string(d.State), Overdue: d.State == v1alpha1.DutyOverdue,
			From: []Party{{Level: j.Spec.Level}},
		}
		if d.Department != "" {
			item.From = []Party{{Department: d.Department}}
		}
		if told := (Party{Level: d.EscalatedTo}); d.EscalatedTo != "" && !slices.Contains(item.From, told) {
			item.From = append(item.From, told)
		}
		items = append(items, item)
	}
	return items
}
