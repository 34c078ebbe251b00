// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDueDayOfEachRule(t *testing.T) {
	june30 := Due{Kind: DueMonthDay, MonthDay: MonthDay{time.June, 30}}
	leapDay := Due{Kind: DueMonthDay, MonthDay: MonthDay{time.February, 29}}
	days7, months6 := Due{Kind: DueDays, N: 7}, Due{Kind: DueMonths, N: 6}
	tenth, thirtyFirst := Due{Kind: DueDayOfNextMonth, N: 10}, Due{Kind: DueDayOfNextMonth, N: 31}
	counted := DueContext{StartCounted: true}
	tests := map[string]struct {
		due   Due
		start string
		ctx   DueContext
		want  string
	}{
		"nothing is due":                                     {due: Due{}, start: "2020-03-25", want: ""},
		"a date, from before it":                             {due: Due{Kind: DueDate, Date: 737606}, start: "2020-03-25", want: "2020-06-30"},
		"a date, from after it":                              {due: Due{Kind: DueDate, Date: 737606}, start: "2021-03-25", want: "2020-06-30"},
		"a date needs no start":                              {due: Due{Kind: DueDate, Date: 737606}, start: "", want: "2020-06-30"},
		"month and day, the day before":                      {due: june30, start: "2020-06-29", want: "2020-06-30"},
		"month and day, on the day, which is not past":       {due: june30, start: "2020-06-30", want: "2020-06-30"},
		"month and day, once past":                           {due: june30, start: "2020-07-01", want: "2021-06-30"},
		"02-29 in a leap year":                               {due: leapDay, start: "2020-02-28", want: "2020-02-29"},
		"02-29 on the last of a plain February":              {due: leapDay, start: "2021-02-28", want: "2021-02-28"},
		"02-29 once past, next year plain":                   {due: leapDay, start: "2020-03-01", want: "2021-02-28"},
		"02-29 once past, next year leap":                    {due: leapDay, start: "2019-03-01", want: "2020-02-29"},
		"month and day past in the calendar's last year":     {due: june30, start: "9999-07-01", want: "9999-12-31"},
		"days: the start is not counted":                     {due: days7, start: "2020-06-01", want: "2020-06-08"},
		"days: the start is counted":                         {due: days7, start: "2020-06-01", ctx: counted, want: "2020-06-07"},
		"no days":                                            {due: Due{Kind: DueDays}, start: "2020-06-01", want: "2020-06-01"},
		"no days, the start counted, end no day earlier":     {due: Due{Kind: DueDays}, start: "2020-06-01", ctx: counted, want: "2020-06-01"},
		"one day, the start counted":                         {due: Due{Kind: DueDays, N: 1}, start: "2020-06-01", ctx: counted, want: "2020-06-01"},
		"more days than the calendar has":                    {due: Due{Kind: DueDays, N: math.MaxInt}, start: "2020-06-01", want: "9999-12-31"},
		"months: the corresponding day":                      {due: months6, start: "2021-08-28", want: "2022-02-28"},
		"months: the month's last day":                       {due: months6, start: "2021-08-31", want: "2022-02-28"},
		"months do not move where the start is counted":      {due: months6, start: "2021-08-15", ctx: counted, want: "2022-02-15"},
		"the month's end, the day before":                    {due: Due{Kind: DueEndOf, Of: Month}, start: "2020-07-30", want: "2020-07-31"},
		"the month's end, on it":                             {due: Due{Kind: DueEndOf, Of: Month}, start: "2020-07-31", want: "2020-07-31"},
		"the month's end, the day after":                     {due: Due{Kind: DueEndOf, Of: Month}, start: "2020-08-01", want: "2020-08-31"},
		"the quarter's end, on it":                           {due: Due{Kind: DueEndOf, Of: Quarter}, start: "2020-06-30", want: "2020-06-30"},
		"the quarter's end, the day after":                   {due: Due{Kind: DueEndOf, Of: Quarter}, start: "2020-07-01", want: "2020-09-30"},
		"the year's end, on it":                              {due: Due{Kind: DueEndOf, Of: Year}, start: "2020-12-31", want: "2020-12-31"},
		"the year's end, the day after":                      {due: Due{Kind: DueEndOf, Of: Year}, start: "2021-01-01", want: "2021-12-31"},
		"the period's end":                                   {due: Due{Kind: DueEndOfPeriod}, start: "2020-07-01", ctx: DueContext{Period: Period{737607, 737637}}, want: "2020-07-31"},
		"the period's end without a period":                  {due: Due{Kind: DueEndOfPeriod}, start: "2020-07-01", want: ""},
		"the 10th of next month, from a month's first":       {due: tenth, start: "2020-04-01", want: "2020-05-10"},
		"the 10th of next month, from a month's last":        {due: tenth, start: "2020-04-30", want: "2020-05-10"},
		"the 10th of next month, the day after":              {due: tenth, start: "2020-05-01", want: "2020-06-10"},
		"the 10th of next month does not move where counted": {due: tenth, start: "2020-05-01", ctx: counted, want: "2020-06-10"},
		"the 31st of a next month that has it":               {due: thirtyFirst, start: "2020-04-30", want: "2020-05-31"},
		"the 31st of a next month of 30 days":                {due: thirtyFirst, start: "2020-05-01", want: "2020-06-30"},
		"the 31st of a next February":                        {due: thirtyFirst, start: "2020-01-31", want: "2020-02-29"},
		"the 2nd of next year's January":                     {due: Due{Kind: DueDayOfNextMonth, N: 2}, start: "2020-12-31", want: "2021-01-02"},
		"no next month after the calendar's last":            {due: tenth, start: "9999-12-02", want: "9999-12-31"},
		"since the last time":                                {due: Due{Kind: DueSinceLast, N: 2}, start: "2020-12-31", want: "2021-02-28"},
		"a rule without a start":                             {due: days7, start: "", want: ""},
		"a rule of no kind":                                  {due: Due{Kind: 77}, start: "2020-05-01", want: ""},
		"a month and day of no calendar":                     {due: Due{Kind: DueMonthDay, MonthDay: MonthDay{13, 1}}, start: "2020-05-01", want: ""},
		"the end of what is no cycle":                        {due: Due{Kind: DueEndOf}, start: "2020-05-01", want: ""},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tc.due.On(day(t, tc.start), tc.ctx); got != day(t, tc.want) {
				t.Errorf("due %q, want %q", got, tc.want)
			}
		})
	}
}

func TestNothingStartsOnADayThatNeverComes(t *testing.T) {
	for _, start := range []Day{Never, -1, math.MinInt32} {
		if got := (Due{Kind: DueMonths, N: 1}).On(start, DueContext{}); got != 0 {
			t.Errorf("due %d from %d, want no day", got, start)
		}
	}
}

// anyRule draws a faultless rule that counts from its start.
func anyRule() *rapid.Generator[Due] {
	return rapid.Custom(func(t *rapid.T) Due {
		kind := rapid.SampledFrom([]DueKind{DueMonthDay, DueDays, DueMonths, DueEndOf, DueDayOfNextMonth, DueSinceLast}).Draw(t, "kind")
		switch due := (Due{Kind: kind}); kind {
		case DueMonthDay:
			d := anyDay().Draw(t, "of year")
			_, m, dd := d.Date()
			due.MonthDay = MonthDay{m, dd}
			return due
		case DueDays:
			due.N = rapid.IntRange(0, 4000).Draw(t, "n")
			return due
		case DueEndOf:
			due.Of = rapid.SampledFrom([]Cycle{Month, Quarter, Year}).Draw(t, "of")
			return due
		default:
			due.N = rapid.IntRange(1, 31).Draw(t, "n")
			return due
		}
	})
}

func TestNothingIsDueBeforeItStartsNorEarlierForALaterStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		due, start := anyRule().Draw(t, "due"), anyDay().Draw(t, "start")
		ctx := DueContext{StartCounted: rapid.Bool().Draw(t, "counted")}
		if faults := due.Faults(DueUse{SinceLast: true}); faults != nil {
			t.Fatalf("faults %q in %+v", faults, due)
		}
		got := due.On(start, ctx)
		if !got.Valid() || got < start {
			t.Fatalf("%+v from %s is due %q", due, start, got)
		}
		if later := due.On(start.AddDays(1), ctx); later < got {
			t.Fatalf("%+v from %s is due %s, from the day after already %s", due, start, got, later)
		}
	})
}

func TestFaultsSayWhatIsWrongWithARule(t *testing.T) {
	tests := map[string]struct {
		due  Due
		use  DueUse
		want []string
	}{
		"nothing due":              {},
		"a date":                   {due: Due{Kind: DueDate, Date: First}},
		"no date":                  {due: Due{Kind: DueDate}, want: []string{"date: it is no day of the calendar; write year-month-day as in 2020-06-30"}},
		"a leap day":               {due: Due{Kind: DueMonthDay, MonthDay: MonthDay{2, 29}}},
		"a day no February has":    {due: Due{Kind: DueMonthDay, MonthDay: MonthDay{2, 30}}, want: []string{"monthDay: month 02 has no day 30; write a day from 01 to 29"}},
		"a month no year has":      {due: Due{Kind: DueMonthDay, MonthDay: MonthDay{13, 1}}, want: []string{"monthDay: there is no month 13; write a month from 01 to 12"}},
		"no days":                  {due: Due{Kind: DueDays}},
		"days back":                {due: Due{Kind: DueDays, N: -1}, want: []string{"days: -1 is before the start; write 0 or more"}},
		"a month":                  {due: Due{Kind: DueMonths, N: 1}},
		"no months":                {due: Due{Kind: DueMonths}, want: []string{"months: 0; write 1 or more, or days: 0 for the start day itself"}},
		"the end of a quarter":     {due: Due{Kind: DueEndOf, Of: Quarter}},
		"the end of a half year":   {due: Due{Kind: DueEndOf, Of: HalfYear}, want: []string{`endOf: "HalfYear"; write Month, Quarter, Year or Period`}},
		"a period's end":           {due: Due{Kind: DueEndOfPeriod}, use: DueUse{HasPeriod: true}},
		"a period's end, but once": {due: Due{Kind: DueEndOfPeriod}, want: []string{"endOf: Period needs something that recurs (every); write Month, Quarter or Year"}},
		"the 31st of next month":   {due: Due{Kind: DueDayOfNextMonth, N: 31}},
		"the 32nd of next month":   {due: Due{Kind: DueDayOfNextMonth, N: 32}, want: []string{"dayOfNextMonth: 32; write 1 to 31 (31 is the month's last day)"}},
		"the 0th of next month":    {due: Due{Kind: DueDayOfNextMonth, N: 0}, want: []string{"dayOfNextMonth: 0; write 1 to 31 (31 is the month's last day)"}},
		"since the last time":      {due: Due{Kind: DueSinceLast, N: 2}, use: DueUse{SinceLast: true}},
		"sinceLast of a deadline, and of no months": {due: Due{Kind: DueSinceLast}, want: []string{
			"sinceLast: only a duty has a last time; write months, which counts from the start", "sinceLast.months: 0; write 1 or more"}},
		"no known kind": {due: Due{Kind: 42}, want: []string{"it is of no known kind; write one of date, monthDay, days, months, endOf, dayOfNextMonth, sinceLast"}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.due.Faults(tc.use)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestParseMonthDay(t *testing.T) {
	tests := map[string]struct {
		in        string
		want      MonthDay
		wantError string
	}{
		"a day of every year":   {in: "06-30", want: MonthDay{time.June, 30}},
		"a day of leap years":   {in: "02-29", want: MonthDay{time.February, 29}},
		"the year's last":       {in: "12-31", want: MonthDay{time.December, 31}},
		"a day no month has":    {in: "06-31", wantError: `month and day "06-31": month 06 has no day 31; write a day from 01 to 30`},
		"a day no February has": {in: "02-30", wantError: "month 02 has no day 30; write a day from 01 to 29"},
		"month 13":              {in: "13-01", wantError: "there is no month 13"},
		"month 0":               {in: "00-01", wantError: "there is no month 00"},
		"day 0":                 {in: "01-00", wantError: "month 01 has no day 00"},
		"one digit":             {in: "6-30", wantError: "not of the form month-day; write it in five characters as in 06-30"},
		"no digits":             {in: "ab-cd", wantError: "not of the form month-day"},
		"a slash":               {in: "06/30", wantError: "not of the form month-day"},
		"empty":                 {in: "", wantError: `month and day "" is not of the form`},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ParseMonthDay(tc.in)
			checkError(t, err, tc.wantError)
			if got != tc.want {
				t.Errorf("got %v, want %v", got, tc.want)
			}
			if err == nil && got.String() != tc.in {
				t.Errorf("%q is written %q", tc.in, got)
			}
		})
	}
}

func TestMonthDayInYearsOutsideTheCalendar(t *testing.T) {
	for _, year := range []int{0, -1, 10000, math.MaxInt} {
		if got := (MonthDay{6, 30}).InYear(year); got != 0 {
			t.Errorf("06-30 of year %d = %s, want no day", year, got)
		}
	}
}
