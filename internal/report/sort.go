// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
)

// SortBy ranks the units below each unit by a figure of the period, the greatest
// first. Units whose figure is hidden come last, in the order that they had: a rank
// would tell what is hidden.
func (r *Report) SortBy(key Key) {
	below := map[int][]int{}
	for i := range r.Units {
		below[r.Units[i].Parent] = append(below[r.Units[i].Parent], i)
	}
	value := func(unit int) int64 {
		f := r.Units[unit].Find(key)
		switch {
		case f == nil:
			return 0
		case f.Period.Hidden != Shown:
			return -1
		}
		return f.Period.Value
	}
	var sorted []Unit
	var walk func(old, parent int)
	walk = func(old, parent int) {
		units := below[old]
		slices.SortStableFunc(units, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
		for _, i := range units {
			u := r.Units[i]
			u.Parent = parent
			sorted = append(sorted, u)
			walk(i, len(sorted)-1)
		}
	}
	walk(-1, -1)
	r.Units = sorted
}
