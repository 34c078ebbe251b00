// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"sync"
	"time"

	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// Patience holds roll-ups back while many families are being judged, since each
// family changes the figures of everything above it: figures that are out of
// date within the second are not worth a write. It never holds one back for
// longer than its limit.
type Patience struct {
	pace  clock.PassiveClock
	limit time.Duration
	busy  func() bool

	mu      sync.Mutex
	waiting map[reconcile.Request]time.Time
}

// NewPatience returns a patience that waits while busy says so.
func NewPatience(pace clock.PassiveClock, limit time.Duration, busy func() bool) *Patience {
	return &Patience{pace: pace, limit: limit, busy: busy, waiting: map[reconcile.Request]time.Time{}}
}

// Wait reports whether the object's figures are to be left for later.
func (p *Patience) Wait(request reconcile.Request) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	since, waits := p.waiting[request]
	if !waits {
		since = p.pace.Now()
	}
	if !p.busy() || p.pace.Since(since) >= p.limit {
		delete(p.waiting, request)
		return false
	}
	p.waiting[request] = since
	return true
}
