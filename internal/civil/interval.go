// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"cmp"
	"slices"
)

// Interval is a run of days from From to Until, both included. A zero From or
// Until leaves that side open, so the zero value holds every day.
type Interval struct{ From, Until Day }

// HoldsDay says whether the day is a date within i.
func (i Interval) HoldsDay(day Day) bool {
	from, until := i.bounds()
	return from <= day && day <= until
}

// IsEmpty says whether i holds no day: its end is before its beginning.
func (i Interval) IsEmpty() bool {
	from, until := i.bounds()
	return from > until
}

// Intersect returns the days that lie in both, and false if there are none.
func (i Interval) Intersect(other Interval) (Interval, bool) {
	both := Interval{From: max(i.From, other.From), Until: i.Until}
	if i.Until.IsZero() || (!other.Until.IsZero() && other.Until < i.Until) {
		both.Until = other.Until
	}
	return both, !both.IsEmpty()
}

// String writes i as a reader would say it: "2020-03-25 to 2020-06-30",
// "from 2020-07-01 on", "up to 2020-06-30", "every day".
func (i Interval) String() string {
	switch {
	case i.From.IsZero() && i.Until.IsZero():
		return "every day"
	case i.Until.IsZero():
		return "from " + i.From.String() + " on"
	case i.From.IsZero():
		return "up to " + i.Until.String()
	case i.From == i.Until:
		return i.From.String()
	}
	return i.From.String() + " to " + i.Until.String()
}

// bounds returns i with open sides as the ends of the calendar.
func (i Interval) bounds() (from, until Day) {
	from, until = max(i.From, First), i.Until
	if until.IsZero() || until > Last {
		until = Last
	}
	return from, until
}

// Window is one stretch of a plan with its own due rule, both ends included;
// a zero From or Until leaves that side open. A Due of kind NoDue says that
// within this window nothing is due, on purpose.
type Window struct {
	From, Until Day
	Due         Due
}

// Interval returns the window's days.
func (w Window) Interval() Interval { return Interval{w.From, w.Until} }

// HoldsDay says whether the day lies in the window.
func (w Window) HoldsDay(day Day) bool { return w.Interval().HoldsDay(day) }

// WindowOf returns the first window that holds the day, and false if none does.
func WindowOf(windows []Window, day Day) (Window, bool) {
	for _, w := range windows {
		if w.HoldsDay(day) {
			return w, true
		}
	}
	return Window{}, false
}

// Uncovered returns the days within an interval that no window holds, in
// order and as few intervals as will do. An open side of the interval shows
// up as an open side of the gap there.
func Uncovered(windows []Window, within Interval) []Interval {
	next, last := within.bounds()
	covers := make([]Interval, 0, len(windows))
	for _, w := range windows {
		if from, until := w.Interval().bounds(); from <= until {
			covers = append(covers, Interval{from, until})
		}
	}
	slices.SortFunc(covers, func(a, b Interval) int { return cmp.Compare(a.From, b.From) })

	var gaps []Interval
	for _, c := range covers {
		if next > last || c.From > last {
			break
		}
		if c.From > next {
			gaps = append(gaps, Interval{next, c.From - 1})
		}
		next = max(next, c.Until+1)
	}
	if next <= last {
		gaps = append(gaps, Interval{next, last})
	}
	return reopen(gaps, within)
}

// reopen writes the ends of the calendar back as the open sides they came from.
func reopen(gaps []Interval, within Interval) []Interval {
	if len(gaps) == 0 {
		return nil
	}
	if first := &gaps[0]; within.From.IsZero() && first.From == First {
		first.From = 0
	}
	if final := &gaps[len(gaps)-1]; within.Until.IsZero() && final.Until == Last {
		final.Until = 0
	}
	return gaps
}

// Overlap is a pair of windows, by their places in the list (A before B), and
// the days that both hold.
type Overlap struct {
	A, B int
	Days Interval
}

// Overlaps returns every pair of windows that share a day, in list order.
func Overlaps(windows []Window) []Overlap {
	var found []Overlap
	for a := range windows {
		for b := a + 1; b < len(windows); b++ {
			if days, ok := windows[a].Interval().Intersect(windows[b].Interval()); ok {
				found = append(found, Overlap{a, b, days})
			}
		}
	}
	return found
}
