// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"time"

	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// begin has every township, and everything above, looked at when the policies and
// jurisdictions are known.
func (r *Reconciler) begin(ctx context.Context, q workqueue.TypedRateLimitingInterface[reconcile.Request]) error {
	go func() {
		select {
		case <-ctx.Done():
		case <-r.Worlds.Ready():
			shell.Enqueue(q, true, requestsFor(r.layoutOf(r.Worlds.Current()).heads())...)
		}
	}()
	return nil
}

// factEvents has the reports of a family's township computed anew, after a while in
// which more may change, when what was asserted of the family changes. What was
// there at the start is looked at anyway.
func factEvents[T client.Object](r *Reconciler) handler.TypedFuncs[T, reconcile.Request] {
	changed := func(object T) {
		world := r.Worlds.Current()
		if world == nil {
			return
		}
		if township := r.layoutOf(world).tree.Townships[object.GetNamespace()]; township != "" {
			r.Backlog.AddAfter(r.delay(township), shell.PriorityWake, requestFor(township))
		}
	}
	return handler.TypedFuncs[T, reconcile.Request]{
		CreateFunc: func(_ context.Context, e event.TypedCreateEvent[T], _ shell.Queue) {
			if !e.IsInInitialList {
				changed(e.Object)
			}
		},
		UpdateFunc: func(_ context.Context, e event.TypedUpdateEvent[T], _ shell.Queue) {
			if shell.SpecDiffers(e.ObjectOld, e.ObjectNew) {
				changed(e.ObjectNew)
			}
		},
		DeleteFunc: func(_ context.Context, e event.TypedDeleteEvent[T], _ shell.Queue) { changed(e.Object) },
	}
}

// delay is how long a change of a family waits for further ones.
func (r *Reconciler) delay(township string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if u := r.units[township]; u != nil && r.Debounce > 0 {
		return max(calm*r.Debounce, rest*u.took)
	}
	return calm * r.Debounce
}

// reportEvents looks at a jurisdiction whose report changes. A form that this
// process has opened was computed by it too.
func (r *Reconciler) reportEvents() handler.TypedFuncs[*v1alpha1.MonthlyReport, reconcile.Request] {
	events := shell.StatusEvents(r.statuses, func(m *v1alpha1.MonthlyReport) *v1alpha1.MonthlyReportStatus { return &m.Status },
		func(m *v1alpha1.MonthlyReport) reconcile.Request {
			return requestFor(r.headOf(string(m.Spec.JurisdictionRef.Name)))
		})
	create := events.CreateFunc
	events.CreateFunc = func(ctx context.Context, e event.TypedCreateEvent[*v1alpha1.MonthlyReport], q shell.Queue) {
		if !r.tookOpened(e.Object) {
			create(ctx, e, q)
		}
	}
	return events
}

// headOf is the node that answers for a node, as far as the tree is known.
func (r *Reconciler) headOf(node string) string {
	if world := r.Worlds.Current(); world != nil {
		return r.layoutOf(world).head(node)
	}
	return node
}

// tookOpened reports whether the form is one that this process has opened, once.
func (r *Reconciler) tookOpened(form *v1alpha1.MonthlyReport) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := client.ObjectKeyFromObject(form)
	own := r.opened[key]
	delete(r.opened, key)
	return own
}

// worldChanged looks again at whatever stands otherwise now, or is ruled
// otherwise.
func (r *Reconciler) worldChanged(before, now *translate.World) {
	old, l := newLayout(before), r.layoutOf(now)
	changed := map[string]bool{}
	note := func(node string) {
		for _, at := range []*layout{old, l} {
			head := at.head(node)
			changed[head] = true
			for _, above := range at.tree.Way(head) {
				changed[above] = true
			}
		}
	}
	for _, node := range now.ChangedSince(before) {
		note(node)
	}
	for _, node := range now.Nodes() {
		was, _ := before.Node(node)
		is, _ := now.Node(node)
		if was == nil || was.UID != is.UID || was.Generation != is.Generation {
			note(node)
		}
	}
	var nodes []string
	r.mu.Lock()
	for node := range changed {
		nodes = append(nodes, node)
		delete(r.units, node)
		delete(r.sums, node)
	}
	r.mu.Unlock()
	r.Backlog.AddAfter(r.Debounce, shell.PriorityRejudge, requestsFor(nodes)...)
}
