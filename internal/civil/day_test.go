// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// day reads a date that a test is sure of.
func day(t testing.TB, s string) Day {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := ParseDay(s)
	if err != nil {
		t.Fatalf("a date of the test itself: %v", err)
	}
	return d
}

// anyDay draws a date, often one at an end of the calendar or of a month.
func anyDay() *rapid.Generator[Day] {
	plain := rapid.Map(rapid.Int32Range(int32(First), int32(Last)), func(n int32) Day { return Day(n) })
	return rapid.OneOf(
		plain,
		rapid.Map(plain, Day.EndOfMonth),
		rapid.Map(plain, func(d Day) Day { return d.FirstOfYear().AddDays(58) }), // 28 February or next to it
		rapid.SampledFrom([]Day{First, First + 1, Last - 1, Last}),
	)
}

func TestParseDayTakesDatesAndTellsWhatIsWrong(t *testing.T) {
	tests := map[string]struct {
		in        string
		want      Day
		wantError string // a part of it
	}{
		"the first day of the calendar is 1":       {in: "0001-01-01", want: 1},
		"the Unix epoch":                           {in: "1970-01-01", want: 719163},
		"a leap day":                               {in: "2020-02-29", want: 737484},
		"the last day of the calendar":             {in: "9999-12-31", want: Last},
		"empty":                                    {in: "", wantError: "a date is empty; write year-month-day as in 2020-06-30, or leave the field out"},
		"a day that the month lacks":               {in: "2020-02-30", wantError: `date "2020-02-30": 2020-02 has no day 30; write a day from 01 to 29`},
		"29 February outside a leap year":          {in: "2021-02-29", wantError: "write a day from 01 to 28"},
		"29 February in a century that is no leap": {in: "1900-02-29", wantError: "write a day from 01 to 28"},
		"day 31 of a month of 30":                  {in: "2021-06-31", wantError: "write a day from 01 to 30"},
		"day 0":                                    {in: "2021-06-00", wantError: "has no day 00"},
		"month 13":                                 {in: "2021-13-01", wantError: "there is no month 13"},
		"month 0":                                  {in: "2021-00-01", wantError: "there is no month 00"},
		"year 0":                                   {in: "0000-01-01", wantError: "there is no year 0"},
		"one digit for the month":                  {in: "2020-6-30", wantError: "not of the form year-month-day; write it in ten characters as in 2020-06-30"},
		"slashes":                                  {in: "2020/06/30", wantError: "not of the form"},
		"a sign in place of a digit":               {in: "+020-06-30", wantError: "not of the form"},
		"a time behind the date":                   {in: "2020-06-30T00:00:00Z", wantError: "not of the form"},
		"a space before it":                        {in: " 2020-06-30", wantError: "not of the form"},
		"Chinese":                                  {in: "2020年6月30日", wantError: `date "2020年6月30日" is not of the form`},
		"a long text is not repeated at full length": {in: strings.Repeat("9", 8000), wantError: `9"... (8000 bytes) is not of the form`},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ParseDay(tc.in)
			checkError(t, err, tc.wantError)
			if got != tc.want {
				t.Errorf("ParseDay(%q) = %d, want %d", tc.in, got, tc.want)
			}
		})
	}
}

// checkError wants an error that holds a part, or none for "". No message may
// be long, whatever the input.
func checkError(t *testing.T, err error, wantPart string) {
	t.Helper()
	if wantPart == "" {
		if err != nil {
			t.Errorf("error %q, want none", err)
		}
		return
	}
	if err == nil {
		t.Fatalf("no error, want one that says %q", wantPart)
	}
	if !strings.Contains(err.Error(), wantPart) {
		t.Errorf("error %q, want it to say %q", err, wantPart)
	}
	if len(err.Error()) > 300 {
		t.Errorf("an error of %d bytes, want at most 300", len(err.Error()))
	}
}

func TestEveryDayOfTheCalendarIsThatOfTheTimePackage(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := First; d <= Last; d++ {
		wantY, wantM, wantD := at.Date()
		y, m, dd := d.Date()
		if y != wantY || m != wantM || dd != wantD {
			t.Fatalf("day %d is %d-%d-%d, want %d-%d-%d", d, y, m, dd, wantY, wantM, wantD)
		}
		if back, ok := DayOf(y, m, dd); back != d || !ok {
			t.Fatalf("DayOf(%d, %d, %d) = %d %v, want %d", y, m, dd, back, ok, d)
		}
		at = at.AddDate(0, 0, 1)
	}
}

func TestDayOfRefusesDatesThatAreNot(t *testing.T) {
	for _, date := range [][3]int{{2021, 2, 29}, {2021, 0, 1}, {2021, 13, 1}, {2021, 1, 0}, {2021, 1, 32}, {0, 1, 1}, {10000, 1, 1}, {-5, 1, 1}} {
		if d, ok := DayOf(date[0], time.Month(date[1]), date[2]); ok || d != 0 {
			t.Errorf("DayOf(%v) = %d %v, want no day", date, d, ok)
		}
	}
}

func TestWritingAndReadingADayGivesItBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay().Draw(t, "day")
		back, err := ParseDay(d.String())
		if err != nil || back != d {
			t.Fatalf("%d is written %q, read back as %d (%v)", d, d, back, err)
		}
		if want := d.UTC().Format(time.DateOnly); d.String() != want {
			t.Fatalf("day %d is written %q, want %q", d, d, want)
		}
	})
}

func TestDaysCompareAsTheirDatesDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDay().Draw(t, "a"), anyDay().Draw(t, "b")
		if (a < b) != (a.String() < b.String()) {
			t.Fatalf("%s (%d) and %s (%d) compare unlike their dates", a, a, b, b)
		}
	})
}

func TestWhatIsNoDateStaysSo(t *testing.T) {
	type view struct {
		String            string
		Valid, Zero       bool
		Year, Quarter     int
		Month             time.Month
		AddDays, Months   Day
		EndOfYear, FirstM Day
		UTC, In           time.Time
	}
	tests := map[string]struct {
		day  Day
		want view
	}{
		"no day":                     {day: 0, want: view{Zero: true}},
		"before the calendar":        {day: -7, want: view{AddDays: -7, Months: -7, EndOfYear: -7, FirstM: -7}},
		"never":                      {day: Never, want: view{String: "never", AddDays: Never, Months: Never, EndOfYear: Never, FirstM: Never}},
		"a number past the calendar": {day: math.MaxInt32, want: view{String: "never", AddDays: math.MaxInt32, Months: math.MaxInt32, EndOfYear: math.MaxInt32, FirstM: math.MaxInt32}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			d := tc.day
			got := view{d.String(), d.Valid(), d.IsZero(), d.Year(), d.Quarter(), d.Month(), d.AddDays(3), d.AddMonths(3),
				d.EndOfYear(), d.FirstOfMonth(), d.UTC(), d.In(time.UTC)}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAddMonthsGivesTheCorrespondingDayOrTheMonthsLast(t *testing.T) {
	tests := map[string]struct {
		start string
		n     int
		want  string
	}{
		"the contract's example":              {"2021-08-31", 6, "2022-02-28"},
		"the day before, which corresponds":   {"2021-08-28", 6, "2022-02-28"},
		"the day before that":                 {"2021-08-27", 6, "2022-02-27"},
		"into a leap year":                    {"2019-08-31", 6, "2020-02-29"},
		"over the year's end":                 {"2021-12-31", 1, "2022-01-31"},
		"to December":                         {"2021-11-30", 1, "2021-12-30"},
		"twelve months from a leap day":       {"2020-02-29", 12, "2021-02-28"},
		"none":                                {"2020-02-29", 0, "2020-02-29"},
		"back":                                {"2020-03-31", -1, "2020-02-29"},
		"back twelve months":                  {"2020-03-31", -12, "2019-03-31"},
		"back over the year's beginning":      {"2020-01-15", -1, "2019-12-15"},
		"past the calendar's end":             {"9999-12-01", 1, "9999-12-31"},
		"to the calendar's last month":        {"9999-11-15", 1, "9999-12-15"},
		"before the calendar's beginning":     {"0001-01-15", -1, "0001-01-01"},
		"more months than an integer adds":    {"2020-01-15", math.MaxInt, "9999-12-31"},
		"fewer months than an integer allows": {"2020-01-15", math.MinInt, "0001-01-01"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if got := day(t, tc.start).AddMonths(tc.n); got != day(t, tc.want) {
				t.Errorf("%s + %d months = %s, want %s", tc.start, tc.n, got, tc.want)
			}
		})
	}
}

func TestAddMonthsLandsInTheMonthThatManyAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDay().Draw(t, "day"), rapid.IntRange(-130000, 130000).Draw(t, "months")
		got := d.AddMonths(n)
		if !got.Valid() {
			t.Fatalf("%s + %d months = %d, which is no date", d, n, got)
		}
		target := d.Year()*12 + int(d.Month()) - 1 + n
		if target < 12 || target >= 120000 {
			if got != First && got != Last {
				t.Fatalf("%s + %d months = %s, want an end of the calendar", d, n, got)
			}
			return
		}
		if reached := got.Year()*12 + int(got.Month()) - 1; reached != target {
			t.Fatalf("%s + %d months = %s, in the wrong month", d, n, got)
		}
		_, _, from := d.Date()
		if _, _, to := got.Date(); to != from && (to > from || got != got.EndOfMonth()) {
			t.Fatalf("%s + %d months = %s, neither the corresponding day nor the month's last", d, n, got)
		}
		if more := d.AddMonths(n + 1); more < got {
			t.Fatalf("%s + %d months = %s, later than with one more: %s", d, n, got, more)
		}
	})
}

func TestAddDaysReachesTheEndsOfTheCalendarAndNoFurther(t *testing.T) {
	tests := map[string]struct {
		start Day
		n     int
		want  Day
	}{
		"to the last day":             {Last - 5, 5, Last},
		"a day past the last":         {Last - 5, 6, Last},
		"to the first day":            {First + 5, -5, First},
		"a day before the first":      {First + 5, -6, First},
		"none from the first":         {First, 0, First},
		"the most that a number says": {First, math.MaxInt, Last},
		"the least":                   {Last, math.MinInt, First},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tc.start.AddDays(tc.n); got != tc.want {
				t.Errorf("%s + %d days = %d, want %d", tc.start, tc.n, got, tc.want)
			}
		})
	}
}

func TestAddDaysIsCountingAndStopsAtTheEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay().Draw(t, "day")
		n := rapid.OneOf(rapid.IntRange(-5000000, 5000000), rapid.SampledFrom([]int{math.MinInt, math.MaxInt, math.MaxInt32 + 1})).Draw(t, "days")
		want := First
		if n >= 0 {
			want = Last
		}
		if sum := float64(d) + float64(n); float64(First) <= sum && sum <= float64(Last) {
			want = Day(sum)
		}
		if got := d.AddDays(n); got != want {
			t.Fatalf("%s + %d days = %s, want %s", d, n, got, want)
		}
	})
}

func TestEndsOfMonthQuarterAndYear(t *testing.T) {
	type ends struct{ FirstM, EndM, FirstQ, EndQ, FirstY, EndY string }
	q1 := ends{"2020-03-01", "2020-03-31", "2020-01-01", "2020-03-31", "2020-01-01", "2020-12-31"}
	q2 := ends{"2020-04-01", "2020-04-30", "2020-04-01", "2020-06-30", "2020-01-01", "2020-12-31"}
	tests := map[string]struct {
		day  string
		want ends
	}{
		"the day before a quarter's last day": {"2020-03-30", q1},
		"a quarter's last day":                {"2020-03-31", q1},
		"the day after it":                    {"2020-04-01", q2},
		"a leap February":                     {"2020-02-01", ends{"2020-02-01", "2020-02-29", "2020-01-01", "2020-03-31", "2020-01-01", "2020-12-31"}},
		"a plain February":                    {"2021-02-28", ends{"2021-02-01", "2021-02-28", "2021-01-01", "2021-03-31", "2021-01-01", "2021-12-31"}},
		"the year's last day":                 {"2021-12-31", ends{"2021-12-01", "2021-12-31", "2021-10-01", "2021-12-31", "2021-01-01", "2021-12-31"}},
		"the year's first day":                {"2022-01-01", ends{"2022-01-01", "2022-01-31", "2022-01-01", "2022-03-31", "2022-01-01", "2022-12-31"}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			d := day(t, tc.day)
			got := ends{d.FirstOfMonth().String(), d.EndOfMonth().String(), d.FirstOfQuarter().String(), d.EndOfQuarter().String(), d.FirstOfYear().String(), d.EndOfYear().String()}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if want := (int(d.Month())-1)/3 + 1; d.Quarter() != want {
				t.Errorf("quarter of %s = %d, want %d", d, d.Quarter(), want)
			}
		})
	}
}

func TestDayArithmeticAllocatesNothing(t *testing.T) {
	d, sink := day(t, "2021-08-31"), Day(0)
	due := Due{Kind: DueMonthDay, MonthDay: MonthDay{6, 30}}
	if n := testing.AllocsPerRun(100, func() {
		sink += d.AddMonths(6) + d.AddDays(9) + d.EndOfQuarter() + Month.PeriodOf(d).End + due.On(d, DueContext{})
	}); n != 0 {
		t.Errorf("%v allocations, want 0 (%d)", n, sink)
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"", "2020-06-30", "2020-02-30", "2021-02-29", "0000-01-01", "9999-12-31", "2020-6-30", "20200630--", "2020-06-3\xff", "2020年6月30日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDay(s)
		if at, timeErr := time.Parse(time.DateOnly, s); (err == nil) != (timeErr == nil && at.Year() >= 1) {
			t.Fatalf("ParseDay(%q): %v, the time package says %v", s, err, timeErr)
		}
		if err != nil {
			if d != 0 {
				t.Fatalf("ParseDay(%q) = %d beside the error %v", s, d, err)
			}
			return
		}
		if d.String() != s {
			t.Fatalf("ParseDay(%q) is written %q", s, d)
		}
	})
}
