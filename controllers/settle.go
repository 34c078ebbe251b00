// SPDX-License-Identifier: Apache-2.0

package controllers

import (
	"context"
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/util/resourceversion"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// settlePoll is how often Settle looks. It looks into memory alone.
const settlePoll = 2 * time.Millisecond

// Settle returns when everything that is due by the operator's clock has been
// judged and rolled up, from what the cluster held when Settle was called: for
// rehearsals, tests and benchmarks, which set a clock and want to see what
// follows.
//
// Written are objects that the caller wrote just before, as the API server
// answered: Settle waits until they have arrived, and does not take an operator
// for idle that has not heard of them yet. An object that was deleted is passed
// to SettleWithout.
//
// Other people's writes while Settle waits may or may not be taken account of.
func (o *Operator) Settle(ctx context.Context, written ...client.Object) error {
	return o.settle(ctx, written, nil)
}

// SettleWithout is Settle after deletions: it waits until the cache has lost the
// objects.
func (o *Operator) SettleWithout(ctx context.Context, deleted ...client.Object) error {
	return o.settle(ctx, nil, deleted)
}

func (o *Operator) settle(ctx context.Context, written, deleted []client.Object) error {
	ticker := time.NewTicker(settlePoll)
	defer ticker.Stop()
	reached := "starting"
	for {
		var err error
		if reached, err = o.unsettled(ctx, written, deleted); err != nil {
			return fmt.Errorf("looking whether all is judged: %w", err)
		}
		if reached == "" {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting until all is judged, while %s: %w", reached, ctx.Err())
		case <-ticker.C:
		}
	}
}

// unsettled says what is still to be done; "" if nothing is.
func (o *Operator) unsettled(ctx context.Context, written, deleted []client.Object) (string, error) {
	select {
	case <-o.shell.Census.Ready():
	default:
		return "loading", nil
	}
	if !o.families.Quiet() {
		return "families are being judged", nil
	}
	if arrived, err := o.arrived(ctx, written, deleted); !arrived || err != nil {
		return "the cache has not caught up", err
	}
	if fresh, err := o.shell.Worlds.Fresh(ctx); !fresh || err != nil {
		return "policies are being compiled", err
	}
	if o.hasten() {
		return "figures are being added up", nil
	}
	if waits, err := o.unjudged(ctx); waits != "" || err != nil {
		return waits, err
	}
	if waits, err := o.unreported(ctx); waits != "" || err != nil {
		return waits, err
	}
	if waits, err := o.reports.Behind(ctx); waits != "" || err != nil {
		return waits, err
	}
	// What was looked at in the meantime may have given the others something to
	// do.
	if !o.families.Quiet() || o.hasten() {
		return "families are being judged", nil
	}
	return "", nil
}

// hasten ends the waiting of roll-ups, and reports whether there is any work.
func (o *Operator) hasten() bool {
	work := false
	for _, loop := range o.others {
		if !loop.Quiet() {
			loop.Backlog.Hasten()
			work = true
		}
	}
	return work
}

// arrived reports whether the cache holds what was written and has lost what
// was deleted.
func (o *Operator) arrived(ctx context.Context, written, deleted []client.Object) (bool, error) {
	for _, object := range written {
		held := object.DeepCopyObject().(client.Object)
		err := o.shell.Cache.Get(ctx, client.ObjectKeyFromObject(object), held)
		if client.IgnoreNotFound(err) != nil {
			return false, err
		}
		if err != nil {
			return false, nil
		}
		order, err := resourceversion.CompareResourceVersion(held.GetResourceVersion(), object.GetResourceVersion())
		if err != nil || order < 0 {
			return false, err
		}
	}
	for _, object := range deleted {
		held := object.DeepCopyObject().(client.Object)
		err := o.shell.Cache.Get(ctx, client.ObjectKeyFromObject(object), held)
		if client.IgnoreNotFound(err) != nil {
			return false, err
		}
		if err == nil && held.GetUID() == object.GetUID() {
			return false, nil
		}
	}
	return true, nil
}

// unjudged names what keeps a family from being settled: it was not judged
// since the start, its status is of an older generation, or it is not counted
// as it is.
func (o *Operator) unjudged(ctx context.Context) (string, error) {
	var households v1alpha1.HouseholdList
	if err := o.shell.Cache.List(ctx, &households); err != nil {
		return "", err
	}
	for i := range households.Items {
		h := &households.Items[i]
		if _, judged := o.shell.Progress.Last(client.ObjectKeyFromObject(h)); !judged || h.Status.ObservedGeneration != h.Generation {
			return "family " + client.ObjectKeyFromObject(h).String() + " is not judged", nil
		}
		if !o.shell.Census.Counts(h) {
			return "families are being counted", nil
		}
	}
	if o.shell.Census.Families() != len(households.Items) {
		return "families are being counted", nil
	}
	return o.unjudgedPapers(ctx)
}

// unjudgedPapers names a paper whose status is of an older generation.
func (o *Operator) unjudgedPapers(ctx context.Context) (string, error) {
	var plans v1alpha1.AssistancePlanList
	var signals v1alpha1.RiskSignalList
	var reviews v1alpha1.ReviewList
	for _, list := range []client.ObjectList{&plans, &signals, &reviews} {
		if err := o.shell.Cache.List(ctx, list); err != nil {
			return "", err
		}
	}
	waits := ""
	look := func(what string, paper client.Object, observed int64) {
		if waits == "" && observed != paper.GetGeneration() {
			waits = what + " " + client.ObjectKeyFromObject(paper).String() + " is not judged"
		}
	}
	for i := range plans.Items {
		look("plan", &plans.Items[i], plans.Items[i].Status.ObservedGeneration)
	}
	for i := range signals.Items {
		look("lead", &signals.Items[i], signals.Items[i].Status.ObservedGeneration)
	}
	for i := range reviews.Items {
		look("review", &reviews.Items[i], reviews.Items[i].Status.ObservedGeneration)
	}
	return waits, nil
}

// unreported names a policy or jurisdiction whose status is not of its present
// generation.
func (o *Operator) unreported(ctx context.Context) (string, error) {
	world := o.shell.Worlds.Current()
	var policies v1alpha1.MonitoringPolicyList
	if err := o.shell.Cache.List(ctx, &policies); err != nil {
		return "", err
	}
	for i := range policies.Items {
		p := &policies.Items[i]
		ours := o.shell.Scope.Covers(world, string(p.Spec.JurisdictionRef.Name))
		if ours && p.Status.ObservedGeneration != p.Generation {
			return "policy " + p.Name + " is not reported on", nil
		}
	}
	var jurisdictions v1alpha1.JurisdictionList
	if err := o.shell.Cache.List(ctx, &jurisdictions); err != nil {
		return "", err
	}
	for i := range jurisdictions.Items {
		j := &jurisdictions.Items[i]
		if o.shell.Scope.Covers(world, j.Name) && j.Status.ObservedGeneration != j.Generation {
			return "jurisdiction " + j.Name + " is not added up", nil
		}
	}
	return "", nil
}
