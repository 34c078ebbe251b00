// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"testing"
	"time"

	clocktesting "k8s.io/utils/clock/testing"
)

func TestFastClock(t *testing.T) {
	start := time.Date(2020, 3, 25, 0, 0, 0, 0, time.FixedZone("CST", 8*3600))
	tests := []struct {
		name    string
		speed   int64
		elapsed time.Duration
		want    string
	}{
		{"it starts at its start", 86400, 0, "2020-03-24T16:00:00Z"},
		{"a second is a day at speed 86400", 86400, time.Second, "2020-03-25T16:00:00Z"},
		{"parts of a second count too", 86400, 500 * time.Millisecond, "2020-03-25T04:00:00Z"},
		{"at speed 1 it runs as the machine does", 1, time.Hour, "2020-03-24T17:00:00Z"},
		{"a speed below 1 is 1", 0, time.Hour, "2020-03-24T17:00:00Z"},
		{"centuries do not overflow", 86400, 40 * time.Hour, "2414-06-27T16:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			machine := clocktesting.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
			c := newFastClock(machine, start, test.speed)
			machine.Step(test.elapsed)
			if got := c.Now().Format(time.RFC3339); got != test.want {
				t.Errorf("Now() = %s, want %s", got, test.want)
			}
		})
	}
}

func TestFastClockTimers(t *testing.T) {
	machine := clocktesting.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	c := newFastClock(machine, machine.Now(), 86400)
	timer := c.NewTimer(24 * time.Hour)
	again := c.NewTimer(time.Hour)
	again.Reset(48 * time.Hour)

	machine.Step(time.Second - time.Nanosecond)
	select {
	case <-timer.C():
		t.Error("a timer of a day fired before a second had passed")
	default:
	}
	machine.Step(time.Nanosecond)
	select {
	case <-timer.C():
	default:
		t.Error("a timer of a day did not fire after a second")
	}
	select {
	case <-again.C():
		t.Error("a timer that was reset to two days fired after a second")
	default:
	}
	if !c.Now().Equal(time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("it is %s", c.Now())
	}
}
