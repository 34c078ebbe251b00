// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// reportsOf lists the reports of a node. Their statuses are those written last.
func (r *Reconciler) reportsOf(ctx context.Context, node string) ([]*v1alpha1.MonthlyReport, error) {
	var list v1alpha1.MonthlyReportList
	if err := r.Cache.List(ctx, &list, client.MatchingFields{shell.IndexJurisdiction: node}); err != nil {
		return nil, fmt.Errorf("listing the reports of %s: %w", node, err)
	}
	out := make([]*v1alpha1.MonthlyReport, len(list.Items))
	for i := range list.Items {
		report := &list.Items[i]
		report.Status = *r.statuses.Latest(report, &report.Status)
		out[i] = report
	}
	return out, nil
}

// forms lists the reports of nodes, and opens the forms that a duty asks for and
// that are not there. It is stale where somebody else has opened one that the watch
// has not brought yet.
func (r *Reconciler) forms(ctx context.Context, p *pass, nodes []string) (reports []*v1alpha1.MonthlyReport, stale bool, err error) {
	for _, node := range nodes {
		own, err := r.reportsOf(ctx, node)
		if err != nil {
			return nil, false, err
		}
		there := map[civil.Period]bool{}
		for _, report := range own {
			month, _ := figures.ReportMonth(report)
			there[month] = true
		}
		reports = append(reports, own...)
		for _, asked := range p.world.ReportsAsked(node, p.world.Today(node, p.now)) {
			if there[asked.Month] {
				continue
			}
			form := figures.NewReport(p.world.Namespace(node), node, asked.Month)
			switch err := r.open(ctx, form); {
			case err == nil:
				reports = append(reports, form)
			case apierrors.IsAlreadyExists(err):
				stale = true
			case apierrors.IsNotFound(err), apierrors.HasStatusCause(err, "NamespaceTerminating"):
				p.unopened = true
				metrics.ReportsUnopened.Inc()
			default:
				return nil, false, fmt.Errorf("opening report %s: %w", form.Name, err)
			}
		}
	}
	return reports, stale, nil
}

// open creates an empty form, and remembers that it did until the watch brings it.
func (r *Reconciler) open(ctx context.Context, form *v1alpha1.MonthlyReport) error {
	key := client.ObjectKeyFromObject(form)
	r.mu.Lock()
	r.opened[key] = true
	r.mu.Unlock()
	err := r.Open(ctx, form)
	if err != nil {
		r.mu.Lock()
		delete(r.opened, key)
		r.mu.Unlock()
	}
	return err
}

// observe reads the families of a namespace with their papers, and a number that
// changes with any of their specs.
func (r *Reconciler) observe(ctx context.Context, namespace string) ([]translate.Papers, uint64, error) {
	var households v1alpha1.HouseholdList
	var plans v1alpha1.AssistancePlanList
	var signals v1alpha1.RiskSignalList
	var reviews v1alpha1.ReviewList
	for _, list := range []client.ObjectList{&households, &plans, &signals, &reviews} {
		if err := r.Cache.List(ctx, list, client.InNamespace(namespace)); err != nil {
			return nil, 0, err
		}
	}
	print := uint64(0)
	families := make([]translate.Papers, len(households.Items))
	places := make(map[string]*translate.Papers, len(families))
	for i := range households.Items {
		h := &households.Items[i]
		print += printOf(h)
		families[i].Household = h
		places[h.Name] = &families[i]
	}
	nobody := &translate.Papers{} // of papers whose household is missing
	of := func(household v1alpha1.HouseholdReference) *translate.Papers {
		if family := places[string(household.Name)]; family != nil {
			return family
		}
		return nobody
	}
	for i := range plans.Items {
		plan := &plans.Items[i]
		print += printOf(plan)
		of(plan.Spec.HouseholdRef).Plan = plan
	}
	for i := range signals.Items {
		print += printOf(&signals.Items[i])
		family := of(signals.Items[i].Spec.HouseholdRef)
		family.Signals = append(family.Signals, &signals.Items[i])
	}
	for i := range reviews.Items {
		print += printOf(&reviews.Items[i])
		family := of(reviews.Items[i].Spec.HouseholdRef)
		family.Reviews = append(family.Reviews, &reviews.Items[i])
	}
	return families, print, nil
}

// printOf is a number that another generation of an object, or another object,
// does not have: FNV-1a of both.
func printOf(o client.Object) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	for _, b := range []byte(o.GetUID()) {
		hash = (hash ^ uint64(b)) * prime
	}
	for generation := uint64(o.GetGeneration()); generation > 0; generation >>= 8 {
		hash = (hash ^ generation&0xff) * prime
	}
	return hash
}

// print is the number of a namespace's papers.
func (r *Reconciler) print(ctx context.Context, namespace string) (uint64, error) {
	print := uint64(0)
	for _, list := range []client.ObjectList{&v1alpha1.HouseholdList{}, &v1alpha1.AssistancePlanList{}, &v1alpha1.RiskSignalList{}, &v1alpha1.ReviewList{}} {
		if err := r.Cache.List(ctx, list, client.InNamespace(namespace)); err != nil {
			return 0, err
		}
		if err := meta.EachListItem(list, func(item runtime.Object) error {
			print += printOf(item.(client.Object))
			return nil
		}); err != nil {
			return 0, err
		}
	}
	return print, nil
}
