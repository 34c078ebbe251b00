// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"time"

	"k8s.io/utils/clock"
)

// FastClock is a clock for rehearsals: it starts at a chosen instant and runs
// so many times as fast as the machine's. Timers wait in its own time, so that
// a timer of a day at speed 86400 fires after a second.
type FastClock struct {
	machine clock.WithTicker
	began   time.Time // by the machine's clock
	start   time.Time
	speed   int64
}

var _ clock.WithTicker = &FastClock{}

// NewFastClock starts a clock at an instant. A speed below 1 counts as 1.
func NewFastClock(start time.Time, speed int64) *FastClock {
	return newFastClock(clock.RealClock{}, start, speed)
}

func newFastClock(machine clock.WithTicker, start time.Time, speed int64) *FastClock {
	return &FastClock{machine: machine, began: machine.Now(), start: start, speed: max(speed, 1)}
}

// Now returns the simulated time, in UTC.
func (c *FastClock) Now() time.Time {
	elapsed := c.machine.Since(c.began)
	seconds, rest := int64(elapsed/time.Second), elapsed%time.Second
	// Whole seconds apart from the rest: days of running at high speed would
	// overflow a duration, which ends after 292 years.
	whole := time.Unix(c.start.Unix()+seconds*c.speed, int64(c.start.Nanosecond()))
	return whole.Add(rest * time.Duration(c.speed)).UTC()
}

// Since returns the simulated time since an instant.
func (c *FastClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

// After returns a channel that fires after a simulated duration.
func (c *FastClock) After(d time.Duration) <-chan time.Time { return c.machine.After(c.real(d)) }

// NewTimer returns a timer that fires after a simulated duration.
func (c *FastClock) NewTimer(d time.Duration) clock.Timer {
	return fastTimer{c.machine.NewTimer(c.real(d)), c}
}

// Sleep waits for a simulated duration.
func (c *FastClock) Sleep(d time.Duration) { c.machine.Sleep(c.real(d)) }

// Tick returns a channel that fires each time a simulated duration has passed.
func (c *FastClock) Tick(d time.Duration) <-chan time.Time { return c.machine.Tick(c.real(d)) }

// NewTicker returns a ticker of a simulated duration.
func (c *FastClock) NewTicker(d time.Duration) clock.Ticker { return c.machine.NewTicker(c.real(d)) }

// real is how long a simulated duration takes, rounded up, so that a timer
// does not fire before its time.
func (c *FastClock) real(d time.Duration) time.Duration {
	if d <= 0 {
		return d
	}
	return (d-1)/time.Duration(c.speed) + 1
}

// fastTimer is a timer whose Reset counts in simulated time.
type fastTimer struct {
	clock.Timer
	c *FastClock
}

// Reset starts the timer anew with a simulated duration.
func (t fastTimer) Reset(d time.Duration) bool { return t.Timer.Reset(t.c.real(d)) }
