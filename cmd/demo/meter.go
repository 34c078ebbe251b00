// SPDX-License-Identifier: Apache-2.0

package main

import (
	"sync"
	"time"

	"k8s.io/utils/clock"
)

// window is the time over which the present rate of writes is taken.
const window = 10 * time.Second

// meter measures writes per second and what is left of an estimate.
type meter struct {
	clock    clock.PassiveClock
	done     func() int64 // writes so far
	expected int64

	mu      sync.Mutex
	samples []sample
}

type sample struct {
	at     time.Time
	writes int64
}

func newMeter(c clock.PassiveClock, done func() int64, expected int64) *meter {
	return &meter{clock: c, done: done, expected: expected, samples: []sample{{c.Now(), done()}}}
}

// read returns the writes so far, the rate of the last seconds and the time that
// is left, negative while the rate is not known.
func (m *meter) read() (writes int64, perSecond int, remaining time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := sample{m.clock.Now(), m.done()}
	for len(m.samples) > 1 && now.at.Sub(m.samples[1].at) > window {
		m.samples = m.samples[1:]
	}
	oldest := m.samples[0]
	if now.at.Sub(m.samples[len(m.samples)-1].at) >= window/20 {
		m.samples = append(m.samples, now)
	}
	elapsed := now.at.Sub(oldest.at)
	if elapsed < time.Second || now.writes == oldest.writes {
		return now.writes, 0, -1
	}
	rate := float64(now.writes-oldest.writes) / elapsed.Seconds()
	left := max(m.expected-now.writes, 0)
	return now.writes, int(rate + 0.5), time.Duration(float64(left) / rate * float64(time.Second))
}
