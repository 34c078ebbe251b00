// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"container/heap"
	"context"
	"errors"
	"hash/fnv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/controller/priorityqueue"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	"fangpin.io/fangpin/internal/metrics"
)

// Priorities of the controllers' queues: a person's edit goes before what the
// calendar brings, and both go before a re-judgement of many families at once
// (which has the priority of controller-runtime's initial list).
const (
	PriorityEdit    = 10
	PriorityWake    = 0
	PriorityRejudge = -100
)

// recheck is how often a wheel looks at the wall clock although no timer has
// fired. Timers count the time that a process runs, so that they miss a clock
// that was set, and the time for which the machine slept.
const recheck = 30 * time.Second

// farthest bounds a timer, so that an instant in the year 9999 does not
// overflow it.
const farthest = 24 * time.Hour

var errNoPriorities = errors.New("the queue has no priorities: leave UsePriorityQueue on")

// Wheel wakes objects at wall-clock instants: it enqueues each one when its
// instant has come. There is one entry an object, and nothing is polled.
//
// It does the work of reconcile.Result.RequeueAfter, which is lost with an
// error, keeps the low priority of the initial list, and misses clock steps.
type Wheel struct {
	clock  clock.Clock
	pace   clock.WithTicker
	spread time.Duration
	size   prometheus.Gauge
	kick   chan struct{}

	mu      sync.Mutex
	queue   priorityqueue.PriorityQueue[reconcile.Request]
	entries wakings
	index   map[reconcile.Request]*waking
	woken   uint64
}

// waking is one object that sleeps.
type waking struct {
	request  reconcile.Request
	at       int64 // Unix seconds
	position int
}

// NewWheel returns the wheel of the named controller. What falls due at one
// instant, such as a midnight, is spread over the time after it; 0 spreads
// nothing. The order within the spread is the same at each midnight.
//
// Pace sets how often the wheel looks at a clock that may have been set; it is
// the machine's own, also where clock is simulated.
func NewWheel(name string, clock clock.Clock, pace clock.WithTicker, spread time.Duration) *Wheel {
	return &Wheel{
		clock:  clock,
		pace:   pace,
		spread: spread,
		size:   metrics.Sleeping.WithLabelValues(name),
		kick:   make(chan struct{}, 1),
		index:  map[reconcile.Request]*waking{},
	}
}

var _ source.TypedSource[reconcile.Request] = &Wheel{}

// Start begins to turn, until the context ends. The controller calls it.
func (w *Wheel) Start(ctx context.Context, queue workqueue.TypedRateLimitingInterface[reconcile.Request]) error {
	prioritised, ok := queue.(priorityqueue.PriorityQueue[reconcile.Request])
	if !ok {
		return errNoPriorities
	}
	w.mu.Lock()
	w.queue = prioritised
	w.mu.Unlock()
	go w.turn(ctx)
	return nil
}

// String names the source in logs.
func (w *Wheel) String() string { return "wall-clock wheel" }

// Wake has the object enqueued at the instant, instead of whatever instant was
// asked for before. The zero time means never.
func (w *Wheel) Wake(request reconcile.Request, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	old := w.index[request]
	if at.IsZero() {
		w.drop(old)
		return
	}
	when := at.Unix() + w.offset(request)
	switch {
	case old == nil:
		entry := &waking{request: request, at: when}
		w.index[request] = entry
		heap.Push(&w.entries, entry)
		w.size.Set(float64(len(w.entries)))
	case old.at == when:
		return
	default:
		old.at = when
		heap.Fix(&w.entries, old.position)
	}
	if w.entries[0].request == request {
		w.nudge()
	}
}

// Forget takes the object off the wheel.
func (w *Wheel) Forget(request reconcile.Request) { w.Wake(request, time.Time{}) }

// Len returns how many objects sleep.
func (w *Wheel) Len() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.entries)
}

// Turned returns how many objects were woken so far, and whether some object
// is due and not yet woken.
func (w *Wheel) Turned() (woken uint64, due bool) {
	now := w.clock.Now().Unix()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.woken, len(w.entries) > 0 && w.entries[0].at <= now
}

// offset spreads objects over the time after an instant by their names, in
// whole seconds.
func (w *Wheel) offset(request reconcile.Request) int64 {
	seconds := uint64(w.spread / time.Second)
	if seconds == 0 {
		return 0
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(request.Namespace + "/" + request.Name)) // never fails
	return int64(hash.Sum64() % seconds)
}

func (w *Wheel) drop(entry *waking) {
	if entry == nil {
		return
	}
	heap.Remove(&w.entries, entry.position)
	delete(w.index, entry.request)
	w.size.Set(float64(len(w.entries)))
}

func (w *Wheel) nudge() {
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

func (w *Wheel) turn(ctx context.Context) {
	ticker := w.pace.NewTicker(recheck)
	defer ticker.Stop()
	for {
		next := w.wakeDue()
		timer := w.clock.NewTimer(next)
		// A simulated clock may have been set between the reading and the timer,
		// which then counts from the new time.
		if _, due := w.Turned(); due {
			timer.Stop()
			continue
		}
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C():
		case <-ticker.C():
		case <-w.kick:
		}
		timer.Stop()
	}
}

// wakeDue enqueues all that is due, and returns the time until the next one.
func (w *Wheel) wakeDue() time.Duration {
	now := w.clock.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	var due []reconcile.Request
	for len(w.entries) > 0 && w.entries[0].at <= now.Unix() {
		due = append(due, w.entries[0].request)
		w.drop(w.entries[0])
	}
	if len(due) > 0 {
		priority := PriorityWake
		w.queue.AddWithOpts(priorityqueue.AddOpts{Priority: &priority}, due...)
		w.woken += uint64(len(due))
	}
	if len(w.entries) == 0 {
		return farthest
	}
	return time.Duration(min(w.entries[0].at-now.Unix(), int64(farthest/time.Second))) * time.Second
}

// wakings is a heap: the earliest first.
type wakings []*waking

func (h wakings) Len() int           { return len(h) }
func (h wakings) Less(i, j int) bool { return h[i].at < h[j].at }
func (h wakings) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].position, h[j].position = i, j
}

// Push is called by package heap.
func (h *wakings) Push(x any) {
	entry := x.(*waking)
	entry.position = len(*h)
	*h = append(*h, entry)
}

// Pop is called by package heap.
func (h *wakings) Pop() any {
	old := *h
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return last
}
