// SPDX-License-Identifier: Apache-2.0

// Package civil counts days, months and periods the way a plan's wording and
// the Civil Code do: by the calendar of one time zone, never by hours.
//
// It is pure: it reads no clock, keeps no state, does not look at the
// machine's time zone files and panics on no input. Arithmetic saturates at
// the ends of the calendar, 0001-01-01 and 9999-12-31.
package civil

import (
	"fmt"
	"time"
)

// Day is a civil day of the Gregorian calendar. Its number is the Rata Die:
// 0001-01-01 is day 1. So the zero value can mean "no day", days compare with
// == and <, and the difference of two days is their distance.
type Day int32

const (
	// First is 0001-01-01, where arithmetic stops going back.
	First Day = 1
	// Last is 9999-12-31, where arithmetic stops going on.
	Last Day = 3652059
	// Never is later than any day of the calendar. It is no date itself: use
	// it where a minimum of days starts, or for an end that does not come.
	Never Day = Last + 1
)

const (
	minYear = 1
	maxYear = 9999

	daysPer400Years = 146097
	// shift from the Rata Die to days counted from 0000-03-01, the origin
	// that puts the leap day at the end of a counting year.
	fromMarch0000 = 305
)

// DayOf returns the day of a date, or no day and false if there is no such
// date between 0001-01-01 and 9999-12-31 (2021-02-30, month 13).
func DayOf(year int, month time.Month, day int) (Day, bool) {
	if year < minYear || year > maxYear || month < time.January || month > time.December {
		return 0, false
	}
	if day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	return dayOf(year, month, day), true
}

// dayOf is DayOf for a date known to exist.
func dayOf(year int, month time.Month, day int) Day {
	y, m := year, int(month)
	if m <= 2 {
		y--
	}
	era, yearOfEra := y/400, y%400
	dayOfYear := (153*((m+9)%12)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Day(era*daysPer400Years + dayOfEra - fromMarch0000)
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.February:
		if isLeap(year) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// IsZero says whether d is no day.
func (d Day) IsZero() bool { return d == 0 }

// Valid says whether d is a date: neither no day, nor Never, nor a number
// outside the calendar.
func (d Day) Valid() bool { return First <= d && d <= Last }

// Date returns the year (1 to 9999), month and day of the month; three zeros
// if d is not a date.
func (d Day) Date() (year int, month time.Month, day int) {
	if !d.Valid() {
		return 0, 0, 0
	}
	n := int(d) + fromMarch0000
	era, dayOfEra := n/daysPer400Years, n%daysPer400Years
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	monthFromMarch := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*monthFromMarch+2)/5 + 1
	month = time.Month((monthFromMarch+2)%12 + 1)
	year = era*400 + yearOfEra
	if month <= time.February {
		year++
	}
	return year, month, day
}

// Year returns the year of d, 0 if d is not a date.
func (d Day) Year() int { y, _, _ := d.Date(); return y }

// Month returns the month of d, 0 if d is not a date.
func (d Day) Month() time.Month { _, m, _ := d.Date(); return m }

// Quarter returns the quarter of d, 1 to 4, or 0 if d is not a date.
func (d Day) Quarter() int { return (int(d.Month()) + 2) / 3 }

// String writes d as 2020-06-30; no day as "", Never as "never".
func (d Day) String() string {
	if !d.Valid() {
		if d >= Never {
			return "never"
		}
		return ""
	}
	y, m, day := d.Date()
	b := [10]byte{4: '-', 7: '-'}
	putDigits(b[0:4], y)
	putDigits(b[5:7], int(m))
	putDigits(b[8:10], day)
	return string(b[:])
}

// putDigits fills b with the decimal digits of n, with leading zeros.
func putDigits(b []byte, n int) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}

// AddDays returns the day n days after d, before it if n is negative. What is
// not a date stays as it is.
func (d Day) AddDays(n int) Day {
	if !d.Valid() {
		return d
	}
	switch {
	case n > int(Last-d):
		return Last
	case n < int(First-d):
		return First
	}
	return d + Day(n)
}

// AddMonths returns the corresponding day n months after d, before it if n is
// negative, or that month's last day where there is no corresponding one:
// 2021-08-31 + 6 months = 2022-02-28 (民法典 第二百零二条). What is not a date
// stays as it is.
func (d Day) AddMonths(n int) Day {
	if !d.Valid() {
		return d
	}
	y, m, day := d.Date()
	// A clamp first, so that the sum below cannot overflow.
	n = min(max(n, -12*maxYear), 12*maxYear)
	months := y*12 + int(m) - 1 + n
	if months < 12*minYear {
		return First
	}
	if months >= 12*(maxYear+1) {
		return Last
	}
	y, m = months/12, time.Month(months%12+1)
	return dayOf(y, m, min(day, daysIn(y, m)))
}

// FirstOfMonth returns the first day of d's month.
func (d Day) FirstOfMonth() Day { return d.firstOf(1) }

// FirstOfQuarter returns the first day of d's quarter.
func (d Day) FirstOfQuarter() Day { return d.firstOf(3) }

// FirstOfYear returns 1 January of d's year.
func (d Day) FirstOfYear() Day { return d.firstOf(12) }

// EndOfMonth returns the last day of d's month.
func (d Day) EndOfMonth() Day { return d.endOf(1) }

// EndOfQuarter returns the last day of d's quarter.
func (d Day) EndOfQuarter() Day { return d.endOf(3) }

// EndOfYear returns 31 December of d's year.
func (d Day) EndOfYear() Day { return d.endOf(12) }

// firstOf returns the first day of the span of that many months, aligned to
// January, which holds d. The number divides 12.
func (d Day) firstOf(months int) Day {
	if !d.Valid() {
		return d
	}
	y, m, _ := d.Date()
	return dayOf(y, time.Month((int(m)-1)/months*months+1), 1)
}

// endOf returns the last day of the span of that many months, aligned to
// January, which holds d. The number divides 12.
func (d Day) endOf(months int) Day {
	if !d.Valid() {
		return d
	}
	y, m, _ := d.Date()
	last := time.Month((int(m)-1)/months*months + months)
	return dayOf(y, last, daysIn(y, last))
}

// ParseDay reads a date of the form 2020-06-30. The error says what is wrong
// and what is right.
func ParseDay(s string) (Day, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, dateFormError(s)
	}
	y, okY := parseDigits(s[0:4])
	m, okM := parseDigits(s[5:7])
	day, okD := parseDigits(s[8:10])
	if !okY || !okM || !okD {
		return 0, dateFormError(s)
	}
	if y < minYear {
		return 0, fmt.Errorf("date %q: there is no year 0; write a year from 0001 to 9999", s)
	}
	if m < 1 || m > 12 {
		return 0, fmt.Errorf("date %q: there is no month %02d; write year-month-day with a month from 01 to 12, as in 2020-06-30", s, m)
	}
	if last := daysIn(y, time.Month(m)); day < 1 || day > last {
		return 0, fmt.Errorf("date %q: %04d-%02d has no day %02d; write a day from 01 to %d", s, y, m, day, last)
	}
	return dayOf(y, time.Month(m), day), nil
}

func dateFormError(s string) error {
	if s == "" {
		return fmt.Errorf("a date is empty; write year-month-day as in 2020-06-30, or leave the field out")
	}
	return fmt.Errorf("date %s is not of the form year-month-day; write it in ten characters as in 2020-06-30", quote(s))
}

// parseDigits reads a number of ASCII digits only.
func parseDigits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, len(s) > 0
}

// quote repeats input in an error, but never at length: an 8 KB value must
// not make an 8 KB message.
func quote(s string) string {
	const longest = 30
	if len(s) <= longest {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%.*q... (%d bytes)", longest, s, len(s))
}
