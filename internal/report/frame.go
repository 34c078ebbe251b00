// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"

	"fangpin.io/fangpin/internal/civil"
)

// Frame is the time that a report is about.
type Frame struct {
	// Period is its name: 2020-04, 2020-Q2 or 2020.
	Period string
	Cycle  civil.Cycle
	// From and Until are the period's first and last day, AsOf the last day that
	// is counted: Until, or an earlier one if the period still runs.
	From, Until, AsOf civil.Day
	// Months are those that have begun.
	Months []Month
}

// Month is a month of the period.
type Month struct {
	Name string // 2020-04
	// Until is the month's last day, AsOf the last that is counted.
	From, Until, AsOf civil.Day
}

// Complete says that the month was over on the day that is counted last.
func (m Month) Complete() bool { return m.AsOf == m.Until }

// Complete says that the period was over on the day that is counted last.
func (f *Frame) Complete() bool { return f.AsOf == f.Until }

// Columns are the months that have begun, then the period itself.
func (f *Frame) Columns() []civil.Period {
	out := make([]civil.Period, 0, len(f.Months)+1)
	for _, m := range f.Months {
		out = append(out, civil.Period{Start: m.From, End: m.Until})
	}
	return append(out, civil.Period{Start: f.From, End: f.Until})
}

// Column is the name of a month, or of the period after the last.
func (f *Frame) Column(i int) string {
	if i < len(f.Months) {
		return f.Months[i].Name
	}
	return f.Period
}

// Days are those on which the columns end, as far as they are counted: one a
// month.
func (f *Frame) Days() []civil.Day {
	out := make([]civil.Day, len(f.Months))
	for i, m := range f.Months {
		out[i] = m.AsOf
	}
	return out
}

// PeriodError says that a text names no period, or one that has not begun.
type PeriodError struct {
	Period string
	From   civil.Day // the period's first day; zero: the text names none
	AsOf   civil.Day
}

func (e *PeriodError) Error() string {
	if e.From.IsZero() {
		return fmt.Sprintf("period %q: write a month such as 2020-04, a quarter such as 2020-Q2, or a year such as 2020", e.Period)
	}
	return fmt.Sprintf("period %q begins on %s, after %s", e.Period, e.From, e.AsOf)
}

// NewFrame reads the name of a month, a quarter or a year, as known on a day.
// Its error is a *PeriodError.
func NewFrame(period string, asOf civil.Day) (Frame, error) {
	for _, cycle := range []civil.Cycle{civil.Month, civil.Quarter, civil.Year} {
		p, err := civil.ParsePeriod(cycle, period)
		if err != nil {
			continue
		}
		if p.Start > asOf {
			return Frame{}, &PeriodError{period, p.Start, asOf}
		}
		f := Frame{Period: period, Cycle: cycle, From: p.Start, Until: p.End, AsOf: min(p.End, asOf)}
		for m := civil.Month.PeriodOf(p.Start); !m.IsZero() && m.Start <= f.AsOf; m = civil.Month.Next(m) {
			f.Months = append(f.Months, Month{Name: civil.Month.Name(m), From: m.Start, Until: m.End, AsOf: min(m.End, asOf)})
		}
		return f, nil
	}
	return Frame{}, &PeriodError{Period: period}
}
