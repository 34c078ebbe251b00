// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"
	"time"

	clocktesting "k8s.io/utils/clock/testing"
)

func TestTheMeterTellsTheRateOfTheLastSeconds(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name          string
		rates         []int64 // writes in each second
		expected      int64
		wantPerSecond int
		wantRemaining time.Duration
	}{
		{"nothing is known at first", nil, 1000, 0, -1},
		{"nothing is written", []int64{0, 0, 0}, 1000, 0, -1},
		{"a steady rate", []int64{100, 100, 100, 100}, 1000, 100, 6 * time.Second},
		{"what was long ago does not count", append(make([]int64, 60), 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50), 1000, 50, 9 * time.Second},
		{"more writes than were expected", []int64{100, 100}, 150, 100, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			now, done := clocktesting.NewFakePassiveClock(start), int64(0)
			m := newMeter(now, func() int64 { return done }, test.expected)
			var perSecond int
			remaining := time.Duration(-1)
			for i, rate := range test.rates {
				done += rate
				now.SetTime(start.Add(time.Duration(i+1) * time.Second))
				_, perSecond, remaining = m.read()
			}
			if perSecond != test.wantPerSecond || remaining != test.wantRemaining {
				t.Errorf("%d a second, %s to go; want %d, %s", perSecond, remaining, test.wantPerSecond, test.wantRemaining)
			}
		})
	}
}
