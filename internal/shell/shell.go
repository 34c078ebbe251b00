// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"
	"time"

	"k8s.io/client-go/tools/events"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"
)

// Shell is what the controllers of one manager share.
type Shell struct {
	// Client writes; what it reads comes from Cache.
	Client client.Client
	Cache  cache.Cache
	Events events.EventRecorder

	// Clock says what day it is, for whatever is judged. Pace is the machine's
	// own clock, for delays between attempts; it differs where days are
	// simulated.
	Clock clock.Clock
	Pace  clock.WithTicker
	// Spread is the time over which what falls due at a midnight is spread.
	Spread time.Duration
	// Debounce is how long a roll-up waits for further changes.
	Debounce time.Duration

	// Scope narrows the families that are looked after.
	Scope Scope

	Worlds   *Worlds
	Census   *Census
	Progress *Progress
	Twins    *Twins
}

// Now reads the clock, in whole seconds.
func (s *Shell) Now() time.Time { return s.Clock.Now().Truncate(time.Second) }

// Loop is one controller's queue with its wheel and the writes that are under
// way: what Operator.Settle looks at.
type Loop struct {
	Backlog *Backlog
	Wheel   *Wheel
	unseen  []func() int
}

// NewLoop returns the loop of the named controller. Unseen count the writes of
// its writers that the watch has not brought back yet.
func (s *Shell) NewLoop(name string, unseen ...func() int) *Loop {
	return &Loop{Backlog: NewBacklog(), Wheel: NewWheel(name, s.Clock, s.Pace, s.Spread), unseen: unseen}
}

// Quiet reports whether nothing is left to do in the loop by now.
func (l *Loop) Quiet() bool {
	before, due := l.Wheel.Turned()
	if due || l.Backlog.Len() > 0 {
		return false
	}
	for _, unseen := range l.unseen {
		if unseen() > 0 {
			return false
		}
	}
	// Work that was under way may have asked to be woken at once; and what was
	// woken in the meantime is in the queue now.
	after, due := l.Wheel.Turned()
	return !due && before == after
}

// RetryLimiter spaces out attempts that fail: from 5 ms, doubling, to half a
// minute, since a family with a deadline cannot wait for long.
func RetryLimiter() workqueue.TypedRateLimiter[reconcile.Request] {
	return workqueue.NewTypedItemExponentialFailureRateLimiter[reconcile.Request](5*time.Millisecond, 30*time.Second)
}

// staleRetry is the time after which an object is judged again although the
// watch has not brought what somebody else wrote to it: a change of its labels,
// for one, is no reason of its own to judge it.
const staleRetry = time.Second

// AgainSoon is the result of a reconcile whose write was refused because
// somebody else had written first.
func AgainSoon() reconcile.Result {
	return reconcile.Result{RequeueAfter: staleRetry, Priority: new(PriorityEdit)}
}

// After returns a source without events that keeps a controller from starting
// until a channel is closed.
func After(what string, ready <-chan struct{}) source.SyncingSource { return gate{what, ready} }

type gate struct {
	what  string
	ready <-chan struct{}
}

// Start does nothing.
func (gate) Start(context.Context, workqueue.TypedRateLimitingInterface[reconcile.Request]) error {
	return nil
}

// WaitForSync waits until the channel is closed.
func (g gate) WaitForSync(ctx context.Context) error {
	select {
	case <-g.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// String names the source in logs.
func (g gate) String() string { return g.what }
