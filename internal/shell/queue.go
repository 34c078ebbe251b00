// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"sync"
	"time"

	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/controller-runtime/pkg/controller/priorityqueue"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// Backlog is a controller's queue that can say whether work is left: objects
// that are ready, that wait for a delay or a back-off, and that are being
// worked on. The queue's own length counts the ready ones alone.
type Backlog struct {
	mu    sync.Mutex
	queue priorityqueue.PriorityQueue[reconcile.Request]
	work  map[reconcile.Request]work
}

// work says what is left to do for one object.
type work struct{ queued, running bool }

// NewBacklog returns a backlog, to be given to a controller as its NewQueue.
func NewBacklog() *Backlog {
	return &Backlog{work: map[reconcile.Request]work{}}
}

// NewQueue makes the controller's queue; controller.Options.NewQueue calls it.
func (b *Backlog) NewQueue(name string, limiter workqueue.TypedRateLimiter[reconcile.Request]) workqueue.TypedRateLimitingInterface[reconcile.Request] {
	queue := priorityqueue.New(name, func(o *priorityqueue.Opts[reconcile.Request]) { o.RateLimiter = limiter })
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queue = queue
	return &trackedQueue{PriorityQueue: queue, backlog: b}
}

// Len returns how many objects are queued, delayed or being worked on.
func (b *Backlog) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.work)
}

// Add enqueues objects at a priority, before the controller has started too:
// then it does nothing, since a controller that starts looks at every object.
func (b *Backlog) Add(priority int, requests ...reconcile.Request) {
	b.AddAfter(0, priority, requests...)
}

// AddAfter enqueues objects after a delay, or sooner if they are to be worked
// on sooner already: so it debounces.
func (b *Backlog) AddAfter(delay time.Duration, priority int, requests ...reconcile.Request) {
	b.mu.Lock()
	queue := b.queue
	b.mu.Unlock()
	if queue == nil {
		return
	}
	b.note(requests)
	queue.AddWithOpts(priorityqueue.AddOpts{After: delay, Priority: &priority}, requests...)
}

// Hasten ends every delay and back-off.
func (b *Backlog) Hasten() {
	b.mu.Lock()
	var queued []reconcile.Request
	for request, w := range b.work {
		if w.queued {
			queued = append(queued, request)
		}
	}
	queue := b.queue
	b.mu.Unlock()
	if queue != nil && len(queued) > 0 {
		lowest := PriorityRejudge // the queue keeps a higher one
		queue.AddWithOpts(priorityqueue.AddOpts{Priority: &lowest}, queued...)
	}
}

func (b *Backlog) note(requests []reconcile.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, request := range requests {
		w := b.work[request]
		w.queued = true
		b.work[request] = w
	}
}

// begin marks an object as worked on. What was noted since the queue handed it
// out is covered by this work, which reads everything afresh.
func (b *Backlog) begin(request reconcile.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.work[request] = work{running: true}
}

func (b *Backlog) end(request reconcile.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	w := b.work[request]
	if w.running = false; w.queued {
		b.work[request] = w
		return
	}
	delete(b.work, request)
	if len(b.work) == 0 {
		b.work = map[reconcile.Request]work{} // a map keeps the room of its fullest day
	}
}

// trackedQueue tells the backlog of everything that comes and goes.
type trackedQueue struct {
	priorityqueue.PriorityQueue[reconcile.Request]
	backlog *Backlog
}

func (q *trackedQueue) Add(request reconcile.Request) {
	q.backlog.note([]reconcile.Request{request})
	q.PriorityQueue.Add(request)
}

func (q *trackedQueue) AddAfter(request reconcile.Request, after time.Duration) {
	q.backlog.note([]reconcile.Request{request})
	q.PriorityQueue.AddAfter(request, after)
}

func (q *trackedQueue) AddRateLimited(request reconcile.Request) {
	q.backlog.note([]reconcile.Request{request})
	q.PriorityQueue.AddRateLimited(request)
}

func (q *trackedQueue) AddWithOpts(o priorityqueue.AddOpts, requests ...reconcile.Request) {
	q.backlog.note(requests)
	q.PriorityQueue.AddWithOpts(o, requests...)
}

func (q *trackedQueue) GetWithPriority() (reconcile.Request, int, bool) {
	request, priority, shutdown := q.PriorityQueue.GetWithPriority()
	if !shutdown {
		q.backlog.begin(request)
	}
	return request, priority, shutdown
}

func (q *trackedQueue) Get() (reconcile.Request, bool) {
	request, _, shutdown := q.GetWithPriority()
	return request, shutdown
}

func (q *trackedQueue) Done(request reconcile.Request) {
	q.backlog.end(request)
	q.PriorityQueue.Done(request)
}
