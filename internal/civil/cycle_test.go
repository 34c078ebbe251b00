// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var allCycles = []Cycle{HalfMonth, Month, TwoMonths, Quarter, HalfYear, Year}

func TestPeriodOfADayAndItsName(t *testing.T) {
	tests := map[string]struct {
		cycle            Cycle
		day              string
		wantFrom, wantTo string
		wantName         string
	}{
		"first half month, last day":          {HalfMonth, "2021-04-15", "2021-04-01", "2021-04-15", "2021-04-a"},
		"second half month, first day":        {HalfMonth, "2021-04-16", "2021-04-16", "2021-04-30", "2021-04-b"},
		"second half of a leap February":      {HalfMonth, "2020-02-29", "2020-02-16", "2020-02-29", "2020-02-b"},
		"month, last day":                     {Month, "2021-04-30", "2021-04-01", "2021-04-30", "2021-04"},
		"month, the day after":                {Month, "2021-05-01", "2021-05-01", "2021-05-31", "2021-05"},
		"two months start with odd months":    {TwoMonths, "2021-04-30", "2021-03-01", "2021-04-30", "2021-03"},
		"two months, the day after":           {TwoMonths, "2021-05-01", "2021-05-01", "2021-06-30", "2021-05"},
		"two months over a February":          {TwoMonths, "2021-02-28", "2021-01-01", "2021-02-28", "2021-01"},
		"quarter, last day":                   {Quarter, "2021-06-30", "2021-04-01", "2021-06-30", "2021-Q2"},
		"quarter, the day after":              {Quarter, "2021-07-01", "2021-07-01", "2021-09-30", "2021-Q3"},
		"half year, last day":                 {HalfYear, "2021-06-30", "2021-01-01", "2021-06-30", "2021-01"},
		"half year, the day after":            {HalfYear, "2021-07-01", "2021-07-01", "2021-12-31", "2021-07"},
		"year, last day":                      {Year, "2021-12-31", "2021-01-01", "2021-12-31", "2021"},
		"year, the day after":                 {Year, "2022-01-01", "2022-01-01", "2022-12-31", "2022"},
		"what is done once has no period":     {Once, "2022-01-01", "", "", ""},
		"a number that is no cycle":           {Cycle(200), "2022-01-01", "", "", ""},
		"no day has no period":                {Month, "", "", "", ""},
		"the calendar's last year has an end": {Year, "9999-05-05", "9999-01-01", "9999-12-31", "9999"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got := tc.cycle.PeriodOf(day(t, tc.day))
			want := Period{day(t, tc.wantFrom), day(t, tc.wantTo)}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if n := tc.cycle.Name(got); n != tc.wantName {
				t.Errorf("name %q, want %q", n, tc.wantName)
			}
		})
	}
}

func TestPeriodsPartitionTheCalendar(t *testing.T) {
	for _, c := range allCycles {
		t.Run(c.String(), func(t *testing.T) {
			names := map[string]bool{}
			p, d := c.PeriodOf(First), First
			for ; !p.IsZero(); p = c.Next(p) {
				if p.Start != d || p.End < p.Start {
					t.Fatalf("period %v follows the day before %s", p, d)
				}
				name := c.Name(p)
				if names[name] {
					t.Fatalf("two periods are named %s", name)
				}
				names[name] = true
				if back, err := ParsePeriod(c, name); err != nil || back != p {
					t.Fatalf("%v is named %s, which is read as %v (%v)", p, name, back, err)
				}
				d = p.End + 1
			}
			if d != Last+1 {
				t.Fatalf("the periods end before %s, want the calendar's end", d)
			}
		})
	}
}

func TestEveryDayOfAPeriodHasThatPeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(allCycles).Draw(t, "cycle")
		d := anyDay().Draw(t, "day")
		p := c.PeriodOf(d)
		if !p.HoldsDay(d) || p.HoldsDay(p.Start-1) || p.HoldsDay(p.End+1) {
			t.Fatalf("%s of %s is %v", c, d, p)
		}
		other := Day(rapid.Int32Range(int32(p.Start), int32(p.End)).Draw(t, "other"))
		if got := c.PeriodOf(other); got != p {
			t.Fatalf("%s of %s is %v, of %s %v", c, d, p, other, got)
		}
	})
}

func TestFirstFromIsThePeriodThatBeginsThenOrLater(t *testing.T) {
	tests := map[string]struct {
		cycle     Cycle
		from      string
		wantStart string
	}{
		"the day before a month begins":      {Month, "2020-03-31", "2020-04-01"},
		"the day on which it begins":         {Month, "2020-04-01", "2020-04-01"},
		"the day after":                      {Month, "2020-04-02", "2020-05-01"},
		"half months":                        {HalfMonth, "2020-04-02", "2020-04-16"},
		"none after the calendar's last":     {Year, "9999-01-02", ""},
		"none of what is done once":          {Once, "2020-04-01", ""},
		"none without a day to count from":   {Quarter, "", ""},
		"over the year's end for half years": {HalfYear, "2020-07-02", "2021-01-01"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tc.cycle.FirstFrom(day(t, tc.from)); got.Start != day(t, tc.wantStart) {
				t.Errorf("%s from %q begins %s, want %s", tc.cycle, tc.from, got.Start, tc.wantStart)
			}
		})
	}
}

func TestParsePeriodTellsWhatIsWrong(t *testing.T) {
	tests := map[string]struct {
		cycle     Cycle
		in        string
		wantError string
	}{
		"a month for a half month":           {HalfMonth, "2021-04", `period "2021-04" is none of the cycle HalfMonth; write year-month-a for the 1st to the 15th or year-month-b for the rest, as in "2021-04-a", in quotes`},
		"half c":                             {HalfMonth, "2021-04-c", "none of the cycle HalfMonth"},
		"half A":                             {HalfMonth, "2021-04-A", "none of the cycle HalfMonth"},
		"a half month for a month":           {Month, "2021-04-a", `write year-month, as in "2021-04"`},
		"month 13":                           {Month, "2021-13", "none of the cycle Month"},
		"a date for a month":                 {Month, "2021-04-01", "none of the cycle Month"},
		"the second of two months":           {TwoMonths, "2021-04", "write its first month (01, 03, 05, 07, 09 or 11)"},
		"a quarter by its month":             {Quarter, "2021-04", `write year-Q1 to year-Q4, as in "2021-Q2"`},
		"quarter 5":                          {Quarter, "2021-Q5", "none of the cycle Quarter"},
		"quarter 0":                          {Quarter, "2021-Q0", "none of the cycle Quarter"},
		"a small q":                          {Quarter, "2021-q2", "none of the cycle Quarter"},
		"a half year from April":             {HalfYear, "2021-04", "write its first month (01 or 07)"},
		"a year with a month":                {Year, "2021-01", `write the year, as in "2021"`},
		"year 0":                             {Year, "0000", "none of the cycle Year"},
		"a short year":                       {Year, "21", "none of the cycle Year"},
		"empty":                              {Month, "", `period "" is none of`},
		"what is done once":                  {Once, "2021-04", "what is done once has no periods; leave the period out"},
		"a number that is no cycle":          {Cycle(99), "2021-04", "has no periods"},
		"a long name is not repeated at all": {Month, strings.Repeat("x", 8000), "(8000 bytes)"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ParsePeriod(tc.cycle, tc.in)
			checkError(t, err, tc.wantError)
			if !got.IsZero() {
				t.Errorf("period %v beside the error", got)
			}
		})
	}
}

func TestCycleNamesAreReadBack(t *testing.T) {
	for _, c := range allCycles {
		if got, err := ParseCycle(c.String()); err != nil || got != c {
			t.Errorf("%d is written %q, read as %d (%v)", c, c, got, err)
		}
	}
	for _, in := range []string{"", "Weekly", "month", strings.Repeat("y", 9000)} {
		got, err := ParseCycle(in)
		checkError(t, err, "is not known; write one of HalfMonth, Month, TwoMonths, Quarter, HalfYear, Year")
		if got != Once {
			t.Errorf("ParseCycle(%.10q) = %v beside the error", in, got)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"", "2021", "2021-04", "2021-04-a", "2021-04-b", "2021-Q2", "2021-Q\xff", "0000-Q1", "9999-12-b", "2021-0二"} {
		for _, c := range allCycles {
			f.Add(uint8(c), s)
		}
	}
	f.Fuzz(func(t *testing.T, cycle uint8, s string) {
		c := Cycle(cycle)
		p, err := ParsePeriod(c, s)
		if err != nil {
			if !p.IsZero() {
				t.Fatalf("ParsePeriod(%v, %q) = %v beside the error %v", c, s, p, err)
			}
			return
		}
		if name := c.Name(p); name != s || c.PeriodOf(p.End) != p {
			t.Fatalf("ParsePeriod(%v, %q) = %v, which is named %q", c, s, p, name)
		}
	})
}
