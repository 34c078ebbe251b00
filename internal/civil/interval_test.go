// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func interval(t testing.TB, from, until string) Interval {
	t.Helper()
	return Interval{day(t, from), day(t, until)}
}

func TestAnIntervalHoldsBothItsEnds(t *testing.T) {
	tests := map[string]struct {
		from, until, day string
		want             bool
	}{
		"the day before its first":      {"2020-03-25", "2020-06-30", "2020-03-24", false},
		"its first day":                 {"2020-03-25", "2020-06-30", "2020-03-25", true},
		"its last day":                  {"2020-03-25", "2020-06-30", "2020-06-30", true},
		"the day after its last":        {"2020-03-25", "2020-06-30", "2020-07-01", false},
		"long before, open at the from": {"", "2020-06-30", "0001-01-01", true},
		"long after, open at the until": {"2020-03-25", "", "9999-12-31", true},
		"before, open at the until":     {"2020-03-25", "", "2020-03-24", false},
		"any day, open on both sides":   {"", "", "2020-03-24", true},
		"no day, open on both sides":    {"", "", "", false},
		"a day between turned ends":     {"2020-06-30", "2020-03-25", "2020-05-01", false},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			i := interval(t, tc.from, tc.until)
			if got := i.HoldsDay(day(t, tc.day)); got != tc.want {
				t.Errorf("%s holds %q: %v, want %v", i, tc.day, got, tc.want)
			}
			if got := (Window{From: i.From, Until: i.Until}).HoldsDay(day(t, tc.day)); got != tc.want {
				t.Errorf("window %s holds %q: %v, want %v", i, tc.day, got, tc.want)
			}
		})
	}
}

func TestIntervalsAreWrittenAsAReaderWouldSayThem(t *testing.T) {
	for want, i := range map[string]Interval{
		"every day":                {},
		"from 2020-07-01 on":       interval(t, "2020-07-01", ""),
		"up to 2020-06-30":         interval(t, "", "2020-06-30"),
		"2020-06-30":               interval(t, "2020-06-30", "2020-06-30"),
		"2020-03-25 to 2020-06-30": interval(t, "2020-03-25", "2020-06-30"),
	} {
		if got := i.String(); got != want {
			t.Errorf("interval of days %d to %d is written %q, want %q", i.From, i.Until, got, want)
		}
	}
}

func TestUncoveredDays(t *testing.T) {
	half1 := Window{From: day(t, "2020-03-25"), Until: day(t, "2020-06-30")}
	half2 := Window{From: day(t, "2020-07-01"), Until: day(t, "2020-12-31")}
	plan := interval(t, "2020-03-25", "2020-12-31")
	tests := map[string]struct {
		windows []Window
		within  Interval
		want    []Interval
	}{
		"windows that follow each other":              {[]Window{half1, half2}, plan, nil},
		"in any order":                                {[]Window{half2, half1}, plan, nil},
		"one open window":                             {[]Window{{}}, Interval{}, nil},
		"no windows":                                  {nil, plan, []Interval{plan}},
		"no windows for a plan without an end":        {nil, interval(t, "2020-03-25", ""), []Interval{interval(t, "2020-03-25", "")}},
		"the second missing":                          {[]Window{half1}, plan, []Interval{interval(t, "2020-07-01", "2020-12-31")}},
		"the second missing, and no end":              {[]Window{half1}, interval(t, "2020-03-25", ""), []Interval{interval(t, "2020-07-01", "")}},
		"the first missing, and no beginning":         {[]Window{half2}, Interval{}, []Interval{interval(t, "", "2020-06-30"), interval(t, "2021-01-01", "")}},
		"a gap of one day":                            {[]Window{half1, {From: day(t, "2020-07-02")}}, plan, []Interval{interval(t, "2020-07-01", "2020-07-01")}},
		"one window inside another":                   {[]Window{{From: day(t, "2020-03-01")}, half1}, plan, nil},
		"turned ends cover nothing":                   {[]Window{{From: day(t, "2020-12-31"), Until: day(t, "2020-03-25")}}, plan, []Interval{plan}},
		"a window before and one after":               {[]Window{{Until: day(t, "2020-03-24")}, {From: day(t, "2021-01-01")}}, plan, []Interval{plan}},
		"a gap after an end that is no open side":     {[]Window{half1}, Interval{half1.From, Last}, []Interval{{half1.Until + 1, Last}}},
		"a gap from a beginning that is no open side": {[]Window{half1}, Interval{First, half1.Until}, []Interval{{First, half1.From - 1}}},
		"nothing to cover between the turned ends":    {nil, interval(t, "2020-12-31", "2020-03-25"), nil},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Uncovered(tc.windows, tc.within)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestOverlappingWindows(t *testing.T) {
	a := Window{From: day(t, "2020-03-25"), Until: day(t, "2020-06-30")}
	b := Window{From: day(t, "2020-06-30"), Until: day(t, "2020-12-31")}
	afterA := Window{From: day(t, "2020-07-01")}
	turned := Window{From: day(t, "2020-12-31"), Until: day(t, "2020-03-25")}
	tests := map[string]struct {
		windows []Window
		want    []Overlap
	}{
		"none":                       {nil, nil},
		"windows next to each other": {[]Window{a, afterA}, nil},
		"a shared day":               {[]Window{a, b}, []Overlap{{0, 1, interval(t, "2020-06-30", "2020-06-30")}}},
		"an open window over all": {[]Window{a, {}, afterA}, []Overlap{
			{0, 1, interval(t, "2020-03-25", "2020-06-30")}, {1, 2, interval(t, "2020-07-01", "")}}},
		"turned ends share nothing": {[]Window{a, turned, {Until: a.From}}, []Overlap{{0, 2, interval(t, "2020-03-25", "2020-03-25")}}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Overlaps(tc.windows)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestTheWindowOfADayIsTheFirstThatHoldsIt(t *testing.T) {
	dated := Due{Kind: DueDate, Date: day(t, "2020-06-30")}
	monthly := Due{Kind: DueEndOf, Of: Month}
	windows := []Window{
		{From: day(t, "2020-03-25"), Until: day(t, "2020-06-30"), Due: dated},
		{From: day(t, "2020-06-30"), Until: day(t, "2020-12-31"), Due: monthly},
		{From: day(t, "2021-01-01")},
	}
	tests := map[string]struct {
		day    string
		want   Window
		wantOK bool
	}{
		"before all":              {"2020-03-24", Window{}, false},
		"in the first":            {"2020-03-25", windows[0], true},
		"in two":                  {"2020-06-30", windows[0], true},
		"in the second":           {"2020-07-01", windows[1], true},
		"in one with nothing due": {"2021-01-01", windows[2], true},
		"no day":                  {"", Window{}, false},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := WindowOf(windows, day(t, tc.day))
			if diff := cmp.Diff(tc.want, got); diff != "" || ok != tc.wantOK {
				t.Errorf("ok %v, want %v; -want +got:\n%s", ok, tc.wantOK, diff)
			}
		})
	}
}

// nearDay draws no day, or one of a few days next to each other or at the ends.
func nearDay() *rapid.Generator[Day] {
	return rapid.OneOf(
		rapid.Map(rapid.Int32Range(-1, 12), func(n int32) Day { return Day(n) }),
		rapid.Map(rapid.Int32Range(0, 12), func(n int32) Day { return Last - Day(n) }),
		rapid.SampledFrom([]Day{0, Never, math.MaxInt32, math.MinInt32}),
	)
}

func TestADayIsUncoveredOrInAWindowAndSharedOnlyInOverlaps(t *testing.T) {
	window := rapid.Custom(func(t *rapid.T) Window {
		return Window{From: nearDay().Draw(t, "from"), Until: nearDay().Draw(t, "until")}
	})
	rapid.Check(t, func(t *rapid.T) {
		windows := rapid.SliceOfN(window, 0, 5).Draw(t, "windows")
		within := window.Draw(t, "within").Interval()
		gaps, overlaps := Uncovered(windows, within), Overlaps(windows)
		check := func(d Day) {
			holding := 0
			for _, w := range windows {
				if w.HoldsDay(d) {
					holding++
				}
			}
			inGap := 0
			for _, g := range gaps {
				if g.HoldsDay(d) {
					inGap++
				}
			}
			wantGap := 0
			if within.HoldsDay(d) && holding == 0 {
				wantGap = 1
			}
			if inGap != wantGap {
				t.Fatalf("%s lies in %d gaps %v, want %d", d, inGap, gaps, wantGap)
			}
			pairs := 0
			for _, o := range overlaps {
				if o.Days.HoldsDay(d) {
					pairs++
				}
			}
			if want := holding * (holding - 1) / 2; pairs != want {
				t.Fatalf("%s lies in %d overlaps, want %d", d, pairs, want)
			}
			if _, ok := WindowOf(windows, d); ok != (holding > 0) {
				t.Fatalf("a window of %s: %v, want %v", d, ok, holding > 0)
			}
		}
		for n := range Day(16) {
			check(First + n)
			check(Last - n)
		}
		check(Last / 2)
	})
}
