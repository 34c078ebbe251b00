// SPDX-License-Identifier: Apache-2.0

package shell_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/utils/clock"
	clocktesting "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/controller/priorityqueue"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"fangpin.io/fangpin/internal/shell"
)

// recordingQueue notes what is enqueued, and at which priority.
type recordingQueue struct {
	priorityqueue.PriorityQueue[reconcile.Request]
	mu    sync.Mutex
	added []string
	news  chan struct{}
}

func newRecordingQueue() *recordingQueue {
	return &recordingQueue{news: make(chan struct{}, 1000)}
}

func (q *recordingQueue) AddWithOpts(o priorityqueue.AddOpts, requests ...reconcile.Request) {
	q.mu.Lock()
	for _, r := range requests {
		q.added = append(q.added, fmt.Sprintf("%s@%d", r.Name, *o.Priority))
	}
	q.mu.Unlock()
	for range requests {
		q.news <- struct{}{}
	}
}

// wait returns when n more objects were enqueued, with all so far, sorted.
func (q *recordingQueue) wait(t *testing.T, n int) []string {
	t.Helper()
	timeout := time.After(10 * time.Second)
	for range n {
		select {
		case <-q.news:
		case <-timeout:
			t.Fatalf("waited in vain for %d objects", n)
		}
	}
	return q.all()
}

func (q *recordingQueue) all() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Sorted(slices.Values(q.added))
}

func request(name string) reconcile.Request {
	return reconcile.Request{NamespacedName: types.NamespacedName{Namespace: "zhaotan", Name: name}}
}

// waitFor polls a condition that another goroutine brings about.
func waitFor(t *testing.T, what string, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}

var noon = time.Date(2020, 6, 30, 12, 0, 0, 0, time.UTC)

func startWheel(t *testing.T, clock clock.Clock, pace clock.WithTicker, spread time.Duration) (*shell.Wheel, *recordingQueue) {
	t.Helper()
	wheel := shell.NewWheel("test", clock, pace, spread)
	queue := newRecordingQueue()
	if err := wheel.Start(t.Context(), queue); err != nil {
		t.Fatal(err)
	}
	if fake, ok := clock.(*clocktesting.FakeClock); ok {
		waitFor(t, "the wheel sleeps", fake.HasWaiters)
	}
	return wheel, queue
}

func TestWheelWakesAtTheInstantAndNotBefore(t *testing.T) {
	now := clocktesting.NewFakeClock(noon)
	wheel, queue := startWheel(t, now, clock.RealClock{}, 0)
	wheel.Wake(request("a"), noon.Add(time.Hour))
	wheel.Wake(request("b"), noon.Add(time.Hour))
	wheel.Wake(request("c"), noon.Add(2*time.Hour))

	now.SetTime(noon.Add(time.Hour - time.Second))
	if _, due := wheel.Turned(); due {
		t.Error("something is due a second before its instant")
	}
	now.SetTime(noon.Add(time.Hour))
	if diff := cmp.Diff([]string{"a@0", "b@0"}, queue.wait(t, 2)); diff != "" {
		t.Errorf("woken after an hour (-want +got):\n%s", diff)
	}
	now.SetTime(noon.Add(40 * 24 * time.Hour))
	if diff := cmp.Diff([]string{"a@0", "b@0", "c@0"}, queue.wait(t, 1)); diff != "" {
		t.Errorf("woken after forty days (-want +got):\n%s", diff)
	}
	if woken, due := wheel.Turned(); woken != 3 || due || wheel.Len() != 0 {
		t.Errorf("woken %d, due %v, left %d; want 3, false, 0", woken, due, wheel.Len())
	}
}

func TestWheelKeepsOneEntryAnObject(t *testing.T) {
	now := clocktesting.NewFakeClock(noon)
	wheel, queue := startWheel(t, now, clock.RealClock{}, 0)
	wheel.Wake(request("sooner"), noon.Add(9*time.Hour))
	wheel.Wake(request("sooner"), noon.Add(time.Hour))
	wheel.Wake(request("later"), noon.Add(time.Hour))
	wheel.Wake(request("later"), noon.Add(3*time.Hour))
	wheel.Wake(request("never"), noon.Add(time.Hour))
	wheel.Wake(request("never"), time.Time{})
	wheel.Wake(request("gone"), noon.Add(time.Hour))
	wheel.Forget(request("gone"))
	if wheel.Len() != 2 {
		t.Errorf("%d objects sleep, want 2", wheel.Len())
	}
	now.SetTime(noon.Add(time.Hour))
	if diff := cmp.Diff([]string{"sooner@0"}, queue.wait(t, 1)); diff != "" {
		t.Errorf("after an hour (-want +got):\n%s", diff)
	}
	now.SetTime(noon.Add(9 * time.Hour))
	if diff := cmp.Diff([]string{"later@0", "sooner@0"}, queue.wait(t, 1)); diff != "" {
		t.Errorf("after nine hours (-want +got):\n%s", diff)
	}
}

// deafClock is a machine whose clock was set, or which slept: the wall clock
// has moved on, and no timer fired.
type deafClock struct{ *clocktesting.FakeClock }

func (deafClock) NewTimer(time.Duration) clock.Timer { return neverTimer{} }

type neverTimer struct{}

func (neverTimer) C() <-chan time.Time      { return nil }
func (neverTimer) Stop() bool               { return true }
func (neverTimer) Reset(time.Duration) bool { return true }

func TestWheelNoticesAClockThatWasSet(t *testing.T) {
	now, pace := clocktesting.NewFakeClock(noon), clocktesting.NewFakeClock(noon)
	wheel, queue := startWheel(t, deafClock{now}, pace, 0)
	wheel.Wake(request("a"), noon.Add(24*time.Hour))
	waitFor(t, "the wheel turns", pace.HasWaiters)
	now.SetTime(noon.Add(25 * time.Hour))
	pace.Step(30 * time.Second)
	queue.wait(t, 1)
}

func TestWheelSpreadsAMidnight(t *testing.T) {
	const families, spread = 300, 5 * time.Minute
	now := clocktesting.NewFakeClock(noon)
	wheel, queue := startWheel(t, now, clock.RealClock{}, spread)
	midnight := noon.Add(12 * time.Hour)
	for i := range families {
		wheel.Wake(request(fmt.Sprint("hh-", i)), midnight)
	}
	now.SetTime(midnight.Add(-time.Second))
	if _, due := wheel.Turned(); due {
		t.Error("something is due before midnight")
	}
	woken := 0
	for minute := range 5 {
		now.SetTime(midnight.Add(time.Duration(minute+1) * time.Minute))
		waitFor(t, "the minute's families are woken", func() bool { _, due := wheel.Turned(); return !due })
		total, _ := wheel.Turned()
		if share := int(total) - woken; share < families/10 || share > families*3/10 {
			t.Errorf("minute %d woke %d of %d families, want about a fifth", minute+1, share, families)
		}
		woken = int(total)
	}
	if woken != families {
		t.Errorf("%d of %d families were woken within the spread", woken, families)
	}
	first := queue.all()

	again, queue := startWheel(t, now, clock.RealClock{}, spread)
	again.Wake(request("hh-7"), midnight)
	queue.wait(t, 1)
	if !slices.Contains(first, "hh-7@0") {
		t.Error("hh-7 was not woken the first time")
	}
}

func TestWheelStandsFarInstants(t *testing.T) {
	now := clocktesting.NewFakeClock(noon)
	wheel, queue := startWheel(t, now, clock.RealClock{}, 0)
	wheel.Wake(request("far"), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC))
	wheel.Wake(request("past"), time.Date(2, 1, 1, 0, 0, 0, 0, time.UTC))
	if diff := cmp.Diff([]string{"past@0"}, queue.wait(t, 1)); diff != "" {
		t.Errorf("woken (-want +got):\n%s", diff)
	}
	if wheel.Len() != 1 {
		t.Errorf("%d objects sleep, want the far one", wheel.Len())
	}
}
