// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"cmp"
	"slices"

	"fangpin.io/fangpin/internal/civil"
)

// span is a run of days, both ends included, on which something holds.
type span struct{ from, until civil.Day }

// run reports whether a day lies in one of the spans, and the first day of the
// unbroken run of days with the same answer up to it; zero if that run has no
// beginning. Spans may touch, overlap and stand in any order.
func run(spans []span, day civil.Day) (holds bool, since civil.Day) {
	sorted := slices.SortedFunc(slices.Values(spans), func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var start, end civil.Day
	for _, s := range sorted {
		if s.from > day {
			break
		}
		if end.IsZero() || s.from > end.AddDays(1) {
			start = s.from
		}
		end = max(end, s.until)
	}
	switch {
	case end.IsZero():
		return false, 0
	case end >= day:
		return true, start
	}
	return false, end.AddDays(1)
}
