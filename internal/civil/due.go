// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"fmt"
	"time"
)

// CountDays returns the last day of a count of n days that starts on a day.
// The start day is not counted (民法典 第二百零一条): a notice of at least 7 days
// put up on 06-01 stands through 06-08. If the plan counts it (startDay:
// Counted), it is 06-07, and no count ends before it starts.
func CountDays(start Day, n int, startCounted bool) Day {
	if startCounted && n > 0 {
		n--
	}
	return start.AddDays(n)
}

// MonthDay is a day of any year, such as 06-30.
type MonthDay struct {
	Month time.Month
	Day   int
}

// ParseMonthDay reads a month and day of the form 06-30. It takes 02-29.
func ParseMonthDay(s string) (MonthDay, error) {
	if len(s) == 5 && s[2] == '-' {
		m, okM := parseDigits(s[:2])
		d, okD := parseDigits(s[3:])
		if okM && okD {
			md := MonthDay{time.Month(m), d}
			if problem := md.fault(); problem != "" {
				return MonthDay{}, fmt.Errorf("month and day %q: %s", s, problem)
			}
			return md, nil
		}
	}
	return MonthDay{}, fmt.Errorf("month and day %s is not of the form month-day; write it in five characters as in 06-30", quote(s))
}

// fault says why md is in no year's calendar, "" if it is in some.
func (md MonthDay) fault() string {
	if md.Month < time.January || md.Month > time.December {
		return fmt.Sprintf("there is no month %02d; write a month from 01 to 12", int(md.Month))
	}
	const leapYear = 2020
	if last := daysIn(leapYear, md.Month); md.Day < 1 || md.Day > last {
		return fmt.Sprintf("month %02d has no day %02d; write a day from 01 to %d", int(md.Month), md.Day, last)
	}
	return ""
}

// String writes md as 06-30.
func (md MonthDay) String() string { return fmt.Sprintf("%02d-%02d", int(md.Month), md.Day) }

// InYear returns the day in a year; 02-29 is the month's last day in a year
// without it. No day if md or the year is in no calendar.
func (md MonthDay) InYear(year int) Day {
	if year < minYear || year > maxYear || md.fault() != "" {
		return 0
	}
	return dayOf(year, md.Month, min(md.Day, daysIn(year, md.Month)))
}

// onOrAfter returns the day in start's year, or in the next once past.
func (md MonthDay) onOrAfter(start Day) Day {
	if md.fault() != "" {
		return 0
	}
	year := start.Year()
	if day := md.InYear(year); day >= start {
		return day
	}
	if year == maxYear {
		return Last
	}
	return md.InYear(year + 1)
}

// DueKind is the member that a Due has.
type DueKind uint8

// The members of a Due.
const (
	NoDue             DueKind = iota // nothing is due
	DueDate                          // {date}: Date, whatever the start
	DueMonthDay                      // {monthDay}: MonthDay of the start's year, or of the next once past
	DueDays                          // {days}: N days, see CountDays
	DueMonths                        // {months}: N months, see Day.AddMonths
	DueEndOf                         // {endOf}: the end of the start's Of: Month, Quarter or Year
	DueEndOfPeriod                   // {endOf: Period}: the end of the context's period
	DueDayOfNextMonth                // {dayOfNextMonth}: day N of the month after the start's, or its last day
	DueSinceLast                     // {sinceLast: {months}}: N months from the start, which is the last time it was done
)

// Due is a rule for the last day on which something is still in time. The zero
// value says that nothing is due. Only the fields of its kind count.
type Due struct {
	Kind     DueKind
	Date     Day      // DueDate
	MonthDay MonthDay // DueMonthDay
	N        int      // DueDays, DueMonths, DueDayOfNextMonth, DueSinceLast
	Of       Cycle    // DueEndOf
}

// DueContext is what a due day rests on besides its start.
type DueContext struct {
	// StartCounted is the plan's startDay: Counted. It moves counts of days only.
	StartCounted bool
	// Period is the running period, for DueEndOfPeriod.
	Period Period
}

// On returns the due day of something that starts on a day: the last day that
// keeps it, so it is overdue from the day after. No day if nothing is due, if
// there is no start (a fixed date needs none), or if the rule has a fault.
func (d Due) On(start Day, ctx DueContext) Day {
	if d.Kind == DueDate {
		return d.Date
	}
	if !start.Valid() {
		return 0
	}
	switch d.Kind {
	case DueMonthDay:
		return d.MonthDay.onOrAfter(start)
	case DueDays:
		return CountDays(start, d.N, ctx.StartCounted)
	case DueMonths, DueSinceLast:
		return start.AddMonths(d.N)
	case DueEndOf:
		return d.Of.PeriodOf(start).End
	case DueEndOfPeriod:
		return ctx.Period.End
	case DueDayOfNextMonth:
		return dayOfNextMonth(start, d.N)
	default:
		return 0
	}
}

// dayOfNextMonth returns day n of the month after start's, or its last day
// where the month is shorter.
func dayOfNextMonth(start Day, n int) Day {
	end := start.EndOfMonth()
	if end == Last {
		return Last
	}
	first := end + 1
	return min(first.AddDays(max(n, 1)-1), first.EndOfMonth())
}

// DueUse says what a Due may rest on in the place where it stands.
type DueUse struct {
	HasPeriod bool // something recurring: endOf: Period has a meaning
	SinceLast bool // a duty: sinceLast has a meaning
}

// Faults returns what is wrong with the rule and what would be right, each
// beginning with the member's name; nil if nothing is.
func (d Due) Faults(use DueUse) []string {
	switch d.Kind {
	case NoDue:
		return nil
	case DueDate:
		if !d.Date.Valid() {
			return []string{"date: it is no day of the calendar; write year-month-day as in 2020-06-30"}
		}
	case DueMonthDay:
		if problem := d.MonthDay.fault(); problem != "" {
			return []string{"monthDay: " + problem}
		}
	case DueDays:
		if d.N < 0 {
			return []string{fmt.Sprintf("days: %d is before the start; write 0 or more", d.N)}
		}
	case DueMonths:
		if d.N < 1 {
			return []string{fmt.Sprintf("months: %d; write 1 or more, or days: 0 for the start day itself", d.N)}
		}
	case DueEndOf:
		if d.Of != Month && d.Of != Quarter && d.Of != Year {
			return []string{fmt.Sprintf("endOf: %q; write Month, Quarter, Year or Period", d.Of)}
		}
	case DueEndOfPeriod:
		if !use.HasPeriod {
			return []string{"endOf: Period needs something that recurs (every); write Month, Quarter or Year"}
		}
	case DueDayOfNextMonth:
		if d.N < 1 || d.N > 31 {
			return []string{fmt.Sprintf("dayOfNextMonth: %d; write 1 to 31 (31 is the month's last day)", d.N)}
		}
	case DueSinceLast:
		return d.sinceLastFaults(use)
	default:
		return []string{"it is of no known kind; write one of date, monthDay, days, months, endOf, dayOfNextMonth, sinceLast"}
	}
	return nil
}

func (d Due) sinceLastFaults(use DueUse) []string {
	var faults []string
	if !use.SinceLast {
		faults = append(faults, "sinceLast: only a duty has a last time; write months, which counts from the start")
	}
	if d.N < 1 {
		faults = append(faults, fmt.Sprintf("sinceLast.months: %d; write 1 or more", d.N))
	}
	return faults
}
