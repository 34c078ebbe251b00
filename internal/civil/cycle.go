// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"fmt"
	"strings"
)

// Cycle is how often something recurs (every). Its periods are aligned to
// January and partition the calendar. The zero value is Once: no periods.
type Cycle uint8

// The cycles of the contract.
const (
	Once      Cycle = iota
	HalfMonth       // 半月: the 1st to the 15th, the 16th to the month's end
	Month           // 每月
	TwoMonths       // 两月: from January, March, May, ...
	Quarter         // 每季度
	HalfYear        // 半年: from January, July
	Year            // 每年
)

// cycleNames returns the cycles' names in the contract. A function, so that no
// variable is there to be changed.
func cycleNames() [7]string {
	return [...]string{"", "HalfMonth", "Month", "TwoMonths", "Quarter", "HalfYear", "Year"}
}

// ParseCycle reads a cycle's name in the contract.
func ParseCycle(name string) (Cycle, error) {
	names := cycleNames()
	for i, n := range names {
		if i > 0 && n == name {
			return Cycle(i), nil
		}
	}
	return Once, fmt.Errorf("cycle %s is not known; write one of %s", quote(name), strings.Join(names[1:], ", "))
}

// String returns the cycle's name in the contract, "" for Once.
func (c Cycle) String() string {
	if c > Year {
		return ""
	}
	return cycleNames()[c]
}

// months returns how many months a period has; 0 for Once and HalfMonth.
func (c Cycle) months() int {
	switch c {
	case Month:
		return 1
	case TwoMonths:
		return 2
	case Quarter:
		return 3
	case HalfYear:
		return 6
	case Year:
		return 12
	default:
		return 0
	}
}

// Period is one turn of a cycle, both ends included. The zero value is no period.
type Period struct{ Start, End Day }

// IsZero says whether p is no period.
func (p Period) IsZero() bool { return p == Period{} }

// HoldsDay says whether the day lies in p.
func (p Period) HoldsDay(day Day) bool { return !p.IsZero() && p.Start <= day && day <= p.End }

// PeriodOf returns the period that holds the day; no period for Once or if day
// is not a date.
func (c Cycle) PeriodOf(day Day) Period {
	if !day.Valid() {
		return Period{}
	}
	if c == HalfMonth {
		first := day.FirstOfMonth()
		if day < first+15 {
			return Period{first, first + 14}
		}
		return Period{first + 15, day.EndOfMonth()}
	}
	n := c.months()
	if n == 0 {
		return Period{}
	}
	return Period{day.firstOf(n), day.endOf(n)}
}

// Next returns the period after p; no period after the last of the calendar.
func (c Cycle) Next(p Period) Period {
	if p.IsZero() || p.End >= Last {
		return Period{}
	}
	return c.PeriodOf(p.End.AddDays(1))
}

// FirstFrom returns the first period that begins on the day or after it; no
// period if none does.
func (c Cycle) FirstFrom(day Day) Period {
	p := c.PeriodOf(day)
	if p.Start == day {
		return p
	}
	return c.Next(p)
}

// Name returns the name of one of the cycle's periods: 2021-04-a and 2021-04-b
// for half months, 2021-04, 2021-Q2, 2021; for two months and half years the
// first month. It is "" for Once and for no period.
func (c Cycle) Name(p Period) string {
	if !p.Start.Valid() {
		return ""
	}
	day := p.Start.String()
	switch c {
	case HalfMonth:
		if _, _, d := p.Start.Date(); d > 15 {
			return day[:7] + "-b"
		}
		return day[:7] + "-a"
	case Month, TwoMonths, HalfYear:
		return day[:7]
	case Quarter:
		return day[:4] + "-Q" + string(rune('0'+p.Start.Quarter()))
	case Year:
		return day[:4]
	default:
		return ""
	}
}

// ParsePeriod reads the name of one of the cycle's periods. The error says
// what is wrong and what is right.
func ParsePeriod(c Cycle, name string) (Period, error) {
	start, ok := periodStart(c, name)
	if ok {
		if p := c.PeriodOf(start); p.Start == start {
			return p, nil
		}
	}
	if c == Once || c > Year {
		return Period{}, fmt.Errorf("period %s: what is done once has no periods; leave the period out", quote(name))
	}
	return Period{}, fmt.Errorf("period %s is none of the cycle %s; write %s, in quotes", quote(name), c, c.form())
}

// periodStart returns the day that the name points to, which still may not be
// the first of a period.
func periodStart(c Cycle, name string) (Day, bool) {
	if len(name) < 4 {
		return 0, false
	}
	month, day := "01", "01"
	switch rest := name[4:]; c {
	case HalfMonth:
		if len(rest) != 5 || rest[0] != '-' || rest[3] != '-' || (rest[4] != 'a' && rest[4] != 'b') {
			return 0, false
		}
		month = rest[1:3]
		if rest[4] == 'b' {
			day = "16"
		}
	case Month, TwoMonths, HalfYear:
		if len(rest) != 3 || rest[0] != '-' {
			return 0, false
		}
		month = rest[1:]
	case Quarter:
		if len(rest) != 3 || rest[:2] != "-Q" || rest[2] < '1' || rest[2] > '4' {
			return 0, false
		}
		month = [...]string{"01", "04", "07", "10"}[rest[2]-'1']
	case Year:
		if rest != "" {
			return 0, false
		}
	default:
		return 0, false
	}
	start, err := ParseDay(name[:4] + "-" + month + "-" + day)
	return start, err == nil
}

// form says how a period of the cycle is written.
func (c Cycle) form() string {
	switch c {
	case HalfMonth:
		return `year-month-a for the 1st to the 15th or year-month-b for the rest, as in "2021-04-a"`
	case Month:
		return `year-month, as in "2021-04"`
	case TwoMonths:
		return `its first month (01, 03, 05, 07, 09 or 11), as in "2021-03"`
	case Quarter:
		return `year-Q1 to year-Q4, as in "2021-Q2"`
	case HalfYear:
		return `its first month (01 or 07), as in "2021-07"`
	default:
		return `the year, as in "2021"`
	}
}
