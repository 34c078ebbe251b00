// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
)

func TestThePlanInForce(t *testing.T) {
	plan := func(name, from, until string) *Plan {
		p := &Plan{Name: name, From: day(t, from)}
		if until != "" {
			p.Until = day(t, until)
		}
		return p
	}
	old, newer := plan("old", "2020-01-01", ""), plan("newer", "2020-06-01", "2020-12-31")
	twin, county := plan("twin", "2020-06-01", ""), plan("county", "2019-01-01", "")
	tests := map[string]struct {
		levels [][]*Plan
		on     string
		want   string
	}{
		"none yet":                                    {[][]*Plan{{old}}, "2019-12-31", "none"},
		"the first day":                               {[][]*Plan{{old}}, "2020-01-01", "old"},
		"the day before the newer one":                {[][]*Plan{{old, newer}}, "2020-05-31", "old"},
		"the newer one from its day":                  {[][]*Plan{{newer, old}}, "2020-06-01", "newer"},
		"the newer one to its last day":               {[][]*Plan{{old, newer}}, "2020-12-31", "newer"},
		"the older one again when the newer ended":    {[][]*Plan{{old, newer}}, "2021-01-01", "old"},
		"two of one day conflict":                     {[][]*Plan{{old, newer, twin}}, "2020-06-01", "newer,twin"},
		"and one of them is left when the other ends": {[][]*Plan{{old, newer, twin}}, "2021-01-01", "twin"},
		"the parent's before the node has its own":    {[][]*Plan{{old}, {county}}, "2019-12-31", "county"},
		"the node's own hides the parent's":           {[][]*Plan{{old}, {county}}, "2020-01-01", "old"},
		"a conflict hides the parent's too":           {[][]*Plan{{newer, twin}, {county}}, "2020-07-01", "newer,twin"},
		"the parent's again when the node's ended":    {[][]*Plan{{newer}, {county}}, "2021-01-01", "county"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := sayStretch(BuildTimeline(tt.levels).On(day(t, tt.on))); got != tt.want {
				t.Errorf("want %s, got %s", tt.want, got)
			}
		})
	}
}

func sayStretch(s *Stretch) string {
	switch {
	case s == nil:
		return "none"
	case s.Plan != nil:
		return s.Plan.Name
	}
	return fmt.Sprintf("%s,%s", s.Conflict[0], s.Conflict[1])
}

// A timeline says of each day what asking the plans one by one says, its
// stretches ascend, and neighbours differ.
func TestTimelineAgreesWithEachDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := make([][]*Plan, rapid.IntRange(1, 3).Draw(t, "levels"))
		n := 0
		for i := range levels {
			for range rapid.IntRange(0, 4).Draw(t, "plans") {
				n++
				p := &Plan{Name: fmt.Sprint(n), From: civil.Day(rapid.IntRange(100, 140).Draw(t, "from"))}
				if rapid.Bool().Draw(t, "ends") {
					p.Until = p.From.AddDays(rapid.IntRange(0, 20).Draw(t, "days"))
				}
				levels[i] = append(levels[i], p)
			}
		}
		line := BuildTimeline(levels)
		for d := civil.Day(95); d < 170; d++ {
			want := inForce(levels, d)
			s := line.On(d)
			switch {
			case len(want) == 0 && s != nil, len(want) > 0 && s == nil, len(want) == 1 && s.Plan != want[0]:
				t.Fatalf("day %d: want %v, got %+v", d, want, s)
			case len(want) > 1:
				names := make([]string, len(want))
				for i, p := range want {
					names[i] = p.Name
				}
				slices.Sort(names)
				if !slices.Equal(names, s.Conflict) {
					t.Fatalf("day %d: want conflict %v, got %+v", d, names, s)
				}
			}
		}
		for i := 1; i < len(line); i++ {
			if line[i].From <= line[i-1].Until {
				t.Fatalf("stretches overlap: %+v", line)
			}
		}
	})
}
