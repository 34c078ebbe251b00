// SPDX-License-Identifier: Apache-2.0

package family

import (
	"context"
	"slices"

	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// householdEvents judges a family when its household changes, and the families
// that share its identity digest, or did.
func (r *Reconciler) householdEvents() handler.TypedEventHandler[*v1alpha1.Household, reconcile.Request] {
	own := shell.StatusEvents(r.households, func(h *v1alpha1.Household) *v1alpha1.HouseholdStatus { return &h.Status }, shell.RequestFor)
	return handler.TypedFuncs[*v1alpha1.Household, reconcile.Request]{
		CreateFunc: func(ctx context.Context, e event.TypedCreateEvent[*v1alpha1.Household], q shell.Queue) {
			r.meetTwins(q, e.Object, "", shell.Digest(e.Object), e.IsInInitialList)
			own.CreateFunc(ctx, e, q)
		},
		UpdateFunc: func(ctx context.Context, e event.TypedUpdateEvent[*v1alpha1.Household], q shell.Queue) {
			r.meetTwins(q, e.ObjectNew, shell.Digest(e.ObjectOld), shell.Digest(e.ObjectNew), false)
			own.UpdateFunc(ctx, e, q)
		},
		DeleteFunc: func(ctx context.Context, e event.TypedDeleteEvent[*v1alpha1.Household], q shell.Queue) {
			r.meetTwins(q, e.Object, shell.Digest(e.Object), "", false)
			own.DeleteFunc(ctx, e, q)
		},
	}
}

// meetTwins judges the households that share, or shared, the identity digest of
// one that changed it. At the start all are judged anyway.
func (r *Reconciler) meetTwins(q shell.Queue, household *v1alpha1.Household, before, now string, initial bool) {
	if before == now {
		return
	}
	name := client.ObjectKeyFromObject(household)
	r.Twins.Change(name, before, now)
	if initial {
		return
	}
	for _, twin := range slices.Concat(r.Twins.Of(name, before), r.Twins.Of(name, now)) {
		shell.Enqueue(q, false, reconcile.Request{NamespacedName: twin})
	}
}

// planEvents judges a family when its assistance plan changes; the plan bears
// the name of its household.
func (r *Reconciler) planEvents() handler.TypedEventHandler[*v1alpha1.AssistancePlan, reconcile.Request] {
	return shell.StatusEvents(r.plans, func(p *v1alpha1.AssistancePlan) *v1alpha1.AssistancePlanStatus { return &p.Status }, shell.RequestFor)
}

// signalEvents judges the family that a lead is about.
func (r *Reconciler) signalEvents() handler.TypedEventHandler[*v1alpha1.RiskSignal, reconcile.Request] {
	return shell.StatusEvents(r.signals, func(s *v1alpha1.RiskSignal) *v1alpha1.RiskSignalStatus { return &s.Status },
		func(s *v1alpha1.RiskSignal) reconcile.Request { return familyOf(s, s.Spec.HouseholdRef) })
}

// reviewEvents judges the family that a review is about.
func (r *Reconciler) reviewEvents() handler.TypedEventHandler[*v1alpha1.Review, reconcile.Request] {
	return shell.StatusEvents(r.reviews, func(v *v1alpha1.Review) *v1alpha1.ReviewStatus { return &v.Status },
		func(v *v1alpha1.Review) reconcile.Request { return familyOf(v, v.Spec.HouseholdRef) })
}

// familyOf is the family that a paper names.
func familyOf(paper client.Object, household v1alpha1.HouseholdReference) reconcile.Request {
	return reconcile.Request{NamespacedName: types.NamespacedName{Namespace: paper.GetNamespace(), Name: string(household.Name)}}
}

// worldChanged judges the families whom a change of policies or jurisdictions
// concerns, behind whatever else is to be done.
func (r *Reconciler) worldChanged(before, now *translate.World) {
	var all v1alpha1.HouseholdList
	if err := r.Cache.List(context.Background(), &all); err != nil {
		log.Log.WithName("family").Error(err, "listing the families whom a change of policies concerns")
		return
	}
	concerned := concern(before, now)
	var requests []reconcile.Request
	for i := range all.Items {
		if concerned(&all.Items[i]) {
			requests = append(requests, shell.RequestFor(&all.Items[i]))
		}
	}
	r.Backlog.Add(shell.PriorityRejudge, requests...)
}

// concern tells whether a change of worlds can change a family's judgment: where
// it stands, or what rules there.
func concern(before, now *translate.World) func(*v1alpha1.Household) bool {
	changed := map[string]bool{}
	for _, node := range now.ChangedSince(before) {
		changed[node] = true
	}
	type standing struct{ namespace, named string }
	known := map[standing]bool{}
	return func(h *v1alpha1.Household) bool {
		at := standing{h.Namespace, figures.Named(h)}
		concerned, ok := known[at]
		if !ok {
			old, oldFault := before.NodeOf(h.Namespace, h.Spec.JurisdictionRef)
			node, fault := now.NodeOf(h.Namespace, h.Spec.JurisdictionRef)
			concerned = old != node || changed[node] || !sameFault(oldFault, fault)
			known[at] = concerned
		}
		return concerned
	}
}

func sameFault(a, b *translate.Fault) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
