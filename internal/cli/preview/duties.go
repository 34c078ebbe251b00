// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"cmp"
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
)

// The ways in which a duty or its period changes.
const (
	DutyAppears         = "Appears"
	DutyVanishes        = "Vanishes"
	DutyMoves           = "Moves"
	DutyOverdueAtOnce   = "OverdueAtOnce"
	DutyNoLongerOverdue = "NoLongerOverdue"
)

// DutyChange is a period of a jurisdiction's duty that the change alters. A duty
// may both move and fall overdue at once: these are two entries.
type DutyChange struct {
	Jurisdiction string `json:"jurisdiction"`
	Duty         string `json:"duty"`
	Period       string `json:"period,omitempty"`
	What         string `json:"what"`
	OldDue       string `json:"oldDue,omitempty"`
	NewDue       string `json:"newDue,omitempty"`
}

// CompareDuties compares the duties of one jurisdiction by name and period.
func CompareDuties(jurisdiction string, old, changed []v1alpha1.DutyState) []DutyChange {
	var out []DutyChange
	add := func(what string, was, is *v1alpha1.DutyState) {
		c := DutyChange{Jurisdiction: jurisdiction, What: what}
		for _, d := range []*v1alpha1.DutyState{was, is} {
			if d != nil {
				c.Duty, c.Period = string(d.Name), string(d.Period)
			}
		}
		if was != nil {
			c.OldDue = string(was.Due)
		}
		if is != nil {
			c.NewDue = string(is.Due)
		}
		out = append(out, c)
	}
	for i := range old {
		was := &old[i]
		is := findDuty(changed, was)
		if is == nil {
			add(DutyVanishes, was, nil)
		}
		if was.State == v1alpha1.DutyOverdue && (is == nil || is.State != v1alpha1.DutyOverdue) {
			add(DutyNoLongerOverdue, was, is)
		}
	}
	for i := range changed {
		is := &changed[i]
		was := findDuty(old, is)
		switch {
		case was == nil:
			add(DutyAppears, nil, is)
		case was.Due != is.Due:
			add(DutyMoves, was, is)
		}
		if is.State == v1alpha1.DutyOverdue && (was == nil || was.State != v1alpha1.DutyOverdue) {
			add(DutyOverdueAtOnce, was, is)
		}
	}
	slices.SortStableFunc(out, func(a, b DutyChange) int {
		return cmp.Or(cmp.Compare(a.Duty, b.Duty), cmp.Compare(a.Period, b.Period), cmp.Compare(a.What, b.What))
	})
	return out
}

// findDuty finds the same period of the same duty of the same department.
func findDuty(list []v1alpha1.DutyState, d *v1alpha1.DutyState) *v1alpha1.DutyState {
	for i := range list {
		if list[i].Name == d.Name && list[i].Period == d.Period && list[i].Department == d.Department {
			return &list[i]
		}
	}
	return nil
}
