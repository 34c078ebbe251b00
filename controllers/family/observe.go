// SPDX-License-Identifier: Apache-2.0

package family

import (
	"context"

	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// observe reads a family's papers from the cache. They belong to the cache and
// are not changed. What does not exist is nil; what cannot be read is an error.
func (r *Reconciler) observe(ctx context.Context, request reconcile.Request) (translate.Papers, error) {
	var papers translate.Papers
	household, plan := &v1alpha1.Household{}, &v1alpha1.AssistancePlan{}
	found, err := r.get(ctx, request, household)
	if err != nil {
		return papers, err
	}
	if found {
		// A policy that does not compile leaves the status as it is: as it was
		// written last, also where the cache has not caught up.
		household.Status = *r.households.Latest(household, &household.Status)
		papers.Household = household
	}
	if found, err = r.get(ctx, request, plan); err != nil {
		return papers, err
	}
	if found {
		plan.Status = *r.plans.Latest(plan, &plan.Status)
		papers.Plan = plan
	}
	if papers.Signals, papers.Reviews, err = r.leads(ctx, request); err != nil || papers.Household == nil {
		return papers, err
	}
	for _, twin := range r.Twins.Of(request.NamespacedName, shell.Digest(household)) {
		papers.Twins = append(papers.Twins, twin.String())
	}
	return papers, nil
}

// get reports whether the object exists.
func (r *Reconciler) get(ctx context.Context, request reconcile.Request, object client.Object) (bool, error) {
	err := r.Cache.Get(ctx, request.NamespacedName, object)
	return err == nil, client.IgnoreNotFound(err)
}

func (r *Reconciler) leads(ctx context.Context, request reconcile.Request) ([]*v1alpha1.RiskSignal, []*v1alpha1.Review, error) {
	ofFamily := []client.ListOption{client.InNamespace(request.Namespace), client.MatchingFields{shell.IndexHousehold: request.Name}}
	var signals v1alpha1.RiskSignalList
	if err := r.Cache.List(ctx, &signals, ofFamily...); err != nil {
		return nil, nil, err
	}
	var reviews v1alpha1.ReviewList
	if err := r.Cache.List(ctx, &reviews, ofFamily...); err != nil {
		return nil, nil, err
	}
	for i := range signals.Items {
		s := &signals.Items[i]
		s.Status = *r.signals.Latest(s, &s.Status)
	}
	for i := range reviews.Items {
		v := &reviews.Items[i]
		v.Status = *r.reviews.Latest(v, &v.Status)
	}
	return pointers(signals.Items), pointers(reviews.Items), nil
}

func pointers[T any](items []T) []*T {
	var out []*T
	for i := range items {
		out = append(out, &items[i])
	}
	return out
}
