// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/priorityqueue"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// Queue is a controller's queue.
type Queue = workqueue.TypedRateLimitingInterface[reconcile.Request]

// Enqueue puts objects in a controller's queue: what was there when the manager
// started goes behind what people do now.
func Enqueue(q Queue, initial bool, requests ...reconcile.Request) {
	priority := PriorityEdit
	if initial {
		priority = PriorityRejudge
	}
	q.(priorityqueue.PriorityQueue[reconcile.Request]).AddWithOpts(priorityqueue.AddOpts{Priority: &priority}, requests...)
}

// RequestFor is the request to look at an object.
func RequestFor[T client.Object](object T) reconcile.Request {
	return reconcile.Request{NamespacedName: client.ObjectKeyFromObject(object)}
}

// SpecDiffers reports whether an object's spec may have changed; or the object
// was deleted and made again while the watch was away.
func SpecDiffers(before, now client.Object) bool {
	return before.GetGeneration() != now.GetGeneration() || before.GetUID() != now.GetUID()
}

// StatusEvents enqueues whoever answers for an object of a kind that the writer
// writes: when its spec changes, and when somebody else writes its status, so
// that a status that was wiped comes back. The writer's own writes come back by
// the watch too, and are no reason to look again.
func StatusEvents[T client.Object, S any](writer *StatusWriter[S], status func(T) *S, answers func(T) reconcile.Request) handler.TypedFuncs[T, reconcile.Request] {
	return handler.TypedFuncs[T, reconcile.Request]{
		CreateFunc: func(_ context.Context, e event.TypedCreateEvent[T], q Queue) {
			Enqueue(q, e.IsInInitialList, answers(e.Object))
		},
		UpdateFunc: func(_ context.Context, e event.TypedUpdateEvent[T], q Queue) {
			own := writer.Echo(client.ObjectKeyFromObject(e.ObjectNew), e.ObjectNew.GetResourceVersion(), status(e.ObjectNew))
			if SpecDiffers(e.ObjectOld, e.ObjectNew) || !own && !equality.Semantic.DeepEqual(status(e.ObjectOld), status(e.ObjectNew)) {
				Enqueue(q, false, answers(e.ObjectNew))
			}
		},
		DeleteFunc: func(_ context.Context, e event.TypedDeleteEvent[T], q Queue) {
			writer.Gone(client.ObjectKeyFromObject(e.Object))
			Enqueue(q, false, answers(e.Object))
		},
	}
}
