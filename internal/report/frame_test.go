// SPDX-License-Identifier: Apache-2.0

package report

import (
	"errors"
	"testing"

	"fangpin.io/fangpin/internal/civil"
)

func TestAPeriodIsAMonthAQuarterOrAYear(t *testing.T) {
	tests := []struct {
		name, period, asOf      string
		wantFrom, wantAsOf      string
		wantMonths              int
		wantComplete, wantFault bool
	}{
		{"a month that is over", "2020-02", "2020-03-01", "2020-02-01", "2020-02-29", 1, true, false},
		{"a month on its last day", "2020-02", "2020-02-29", "2020-02-01", "2020-02-29", 1, true, false},
		{"a month that runs", "2020-02", "2020-02-10", "2020-02-01", "2020-02-10", 1, false, false},
		{"a quarter", "2020-Q2", "2020-12-31", "2020-04-01", "2020-06-30", 3, true, false},
		{"a quarter in its second month", "2020-Q2", "2020-05-01", "2020-04-01", "2020-05-01", 2, false, false},
		{"a year", "2020", "2021-01-01", "2020-01-01", "2020-12-31", 12, true, false},
		{"the last month of the calendar", civil.Last.String()[:7], civil.Last.String(), civil.Last.FirstOfMonth().String(), civil.Last.String(), 1, true, false},
		{"one that has not begun", "2020-Q3", "2020-06-30", "2020-07-01", "", 0, false, true},
		{"a half month", "2020-04-a", "2020-12-31", "0000-00-00", "", 0, false, true},
		{"a month that is none", "2020-13", "2020-12-31", "0000-00-00", "", 0, false, true},
		{"nothing", "", "2020-12-31", "0000-00-00", "", 0, false, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := NewFrame(test.period, mustDay(test.asOf))
			var fault *PeriodError
			if errors.As(err, &fault) != test.wantFault {
				t.Fatalf("error %v", err)
			}
			if test.wantFault {
				if begins := !fault.From.IsZero(); begins && fault.From.String() != test.wantFrom || !begins && test.wantFrom[0] != '0' {
					t.Errorf("the fault says %s, want %s", fault.From, test.wantFrom)
				}
				return
			}
			if f.From.String() != test.wantFrom || f.AsOf.String() != test.wantAsOf || len(f.Months) != test.wantMonths || f.Complete() != test.wantComplete {
				t.Errorf("got %+v", f)
			}
		})
	}
}
