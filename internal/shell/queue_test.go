// SPDX-License-Identifier: Apache-2.0

package shell_test

import (
	"testing"
	"time"

	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/controller-runtime/pkg/controller/priorityqueue"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"fangpin.io/fangpin/internal/shell"
)

func newBacklog(t *testing.T) (*shell.Backlog, priorityqueue.PriorityQueue[reconcile.Request]) {
	t.Helper()
	backlog := shell.NewBacklog()
	limiter := workqueue.NewTypedItemExponentialFailureRateLimiter[reconcile.Request](time.Hour, time.Hour)
	queue := backlog.NewQueue(t.Name(), limiter).(priorityqueue.PriorityQueue[reconcile.Request])
	t.Cleanup(queue.ShutDown)
	return backlog, queue
}

func wantLen(t *testing.T, backlog *shell.Backlog, want int, when string) {
	t.Helper()
	if got := backlog.Len(); got != want {
		t.Errorf("%s the backlog is %d, want %d", when, got, want)
	}
}

func TestBacklogCountsQueuedDelayedAndRunningWork(t *testing.T) {
	backlog, queue := newBacklog(t)
	wantLen(t, backlog, 0, "at first")
	queue.Add(request("a"))
	queue.Add(request("a"))
	queue.AddAfter(request("b"), time.Hour)
	queue.AddRateLimited(request("c"))
	backlog.AddAfter(time.Hour, shell.PriorityEdit, request("d"))
	wantLen(t, backlog, 4, "with one object ready, two delayed and one backing off")

	got, _, _ := queue.GetWithPriority()
	wantLen(t, backlog, 4, "with one being worked on")
	queue.Add(got)
	queue.Done(got)
	wantLen(t, backlog, 4, "with one added again while it was worked on")
	got, _, _ = queue.GetWithPriority()
	queue.Done(got)
	wantLen(t, backlog, 3, "with one done")

	backlog.Hasten()
	for range 3 {
		got, _ := queue.Get()
		queue.Done(got)
	}
	wantLen(t, backlog, 0, "when the delayed ones were hastened and done")
}

func TestBacklogKeepsTheHigherPriority(t *testing.T) {
	backlog, queue := newBacklog(t)
	backlog.Add(shell.PriorityRejudge, request("bulk-1"), request("bulk-2"), request("edited"))
	backlog.Add(shell.PriorityWake, request("woken"))
	backlog.Add(shell.PriorityEdit, request("edited"))
	for _, want := range []string{"edited", "woken", "bulk-1", "bulk-2"} {
		got, _, _ := queue.GetWithPriority()
		queue.Done(got)
		if got.Name != want {
			t.Errorf("got %s, want %s", got.Name, want)
		}
	}
}

func TestBacklogBeforeTheControllerStarts(t *testing.T) {
	backlog := shell.NewBacklog()
	backlog.Add(shell.PriorityEdit, request("a"))
	backlog.Hasten()
	wantLen(t, backlog, 0, "before the controller has a queue")
}
