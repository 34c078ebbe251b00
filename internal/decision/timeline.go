// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"sort"

	"fangpin.io/fangpin/internal/civil"
)

// Timeline says which plan is in force on which days at one jurisdiction.
// Stretches ascend and do not overlap; days outside them have no plan.
type Timeline []Stretch

// Stretch is an unbroken run of days, both ends included, under one plan. A
// Conflict names the plans that would be in force together; then Plan is nil
// and the days are not judged.
type Stretch struct {
	From, Until civil.Day
	Plan        *Plan
	Conflict    []string
}

// BuildTimeline lays out the plans in force at a node. levels[0] holds the
// plans bound to the node itself, levels[1] its parent's, and so on upward.
// On each day the nearest level with a plan decides, and there the plan whose
// From is the latest not after the day and not past its Until; two with the
// same From are in conflict.
func BuildTimeline(levels [][]*Plan) Timeline {
	var edges []civil.Day
	for _, plans := range levels {
		for _, p := range plans {
			edges = append(edges, p.From)
			if !p.Until.IsZero() {
				edges = append(edges, p.Until.AddDays(1))
			}
		}
	}
	sort.Slice(edges, func(i, j int) bool { return edges[i] < edges[j] })
	var line Timeline
	for i, from := range edges {
		if i > 0 && from == edges[i-1] {
			continue
		}
		until := civil.Last
		if next := laterThan(edges[i+1:], from); !next.IsZero() {
			until = next.AddDays(-1)
		}
		line = line.extend(inForce(levels, from), from, until)
	}
	return line
}

func laterThan(sorted []civil.Day, d civil.Day) civil.Day {
	for _, e := range sorted {
		if e > d {
			return e
		}
	}
	return 0
}

// extend appends the days, or lengthens the last stretch if it says the same.
func (t Timeline) extend(plans []*Plan, from, until civil.Day) Timeline {
	if len(plans) == 0 {
		return t
	}
	s := Stretch{From: from, Until: until}
	if len(plans) == 1 {
		s.Plan = plans[0]
	} else {
		for _, p := range plans {
			s.Conflict = append(s.Conflict, p.Name)
		}
		sort.Strings(s.Conflict)
	}
	if n := len(t); n > 0 && s.Plan != nil && t[n-1].Plan == s.Plan && t[n-1].Until.AddDays(1) == from {
		t[n-1].Until = until
		return t
	}
	return append(t, s)
}

// inForce returns the plans in force on the day: none, one, or several in conflict.
func inForce(levels [][]*Plan, day civil.Day) []*Plan {
	for _, plans := range levels {
		var best []*Plan
		for _, p := range plans {
			if p.From > day || (!p.Until.IsZero() && p.Until < day) {
				continue
			}
			switch {
			case len(best) == 0 || p.From > best[0].From:
				best = []*Plan{p}
			case p.From == best[0].From:
				best = append(best, p)
			}
		}
		if len(best) > 0 {
			return best
		}
	}
	return nil
}

// On returns the stretch that holds the day, nil if no plan is in force then.
func (t Timeline) On(day civil.Day) *Stretch {
	i := sort.Search(len(t), func(i int) bool { return t[i].Until >= day })
	if i < len(t) && t[i].From <= day {
		return &t[i]
	}
	return nil
}
