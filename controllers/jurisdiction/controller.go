// SPDX-License-Identifier: Apache-2.0

// Package jurisdiction answers: what do the families at and below this
// jurisdiction add up to, and which of its duties are done?
package jurisdiction

import (
	"context"
	"fmt"
	"time"

	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// +kubebuilder:rbac:groups=fangpin.io,resources=jurisdictions;monitoringpolicies;households;monthlyreports,verbs=get;list;watch
// +kubebuilder:rbac:groups=fangpin.io,resources=jurisdictions/status,verbs=patch

// longest is how long a roll-up is held back at most while many families are
// being judged.
const longest = 30 * time.Second

// Reconciler adds families up.
type Reconciler struct {
	*shell.Shell
	*shell.Loop
	statuses *shell.StatusWriter[v1alpha1.JurisdictionStatus]
	patience *shell.Patience
	arrears  *arrears
}

// Setup adds the controller to a manager. Busy says that families are being
// judged, so that figures are not worth writing yet.
func Setup(mgr ctrl.Manager, s *shell.Shell, busy func() bool) (*Reconciler, error) {
	r := &Reconciler{
		Shell:    s,
		statuses: shell.NewStatusWriter[v1alpha1.JurisdictionStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("Jurisdiction")),
		patience: shell.NewPatience(s.Pace, longest, busy),
		arrears:  newArrears(),
	}
	r.Loop = s.NewLoop("jurisdiction", r.statuses.Unseen)
	c, err := controller.New("jurisdiction", mgr, controller.Options{
		Reconciler:            r,
		RateLimiter:           shell.RetryLimiter(),
		NewQueue:              r.Backlog.NewQueue,
		ReconciliationTimeout: time.Minute,
	})
	if err != nil {
		return nil, err
	}
	s.Census.OnChange(r.familiesChanged)
	s.Worlds.Subscribe(r.worldChanged)
	for _, src := range []source.Source{
		shell.After("policies and jurisdictions", s.Worlds.Ready()),
		shell.After("census of households", s.Census.Ready()),
		source.TypedKind(s.Cache, &v1alpha1.Jurisdiction{}, shell.StatusEvents(r.statuses, func(j *v1alpha1.Jurisdiction) *v1alpha1.JurisdictionStatus { return &j.Status }, shell.RequestFor)),
		source.TypedKind(s.Cache, &v1alpha1.MonthlyReport{}, reportEvents()),
		r.Wheel,
	} {
		if err := c.Watch(src); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Reconcile writes the figures of one jurisdiction.
func (r *Reconciler) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	world, now := r.Worlds.Current(), r.Now()
	jurisdiction := &v1alpha1.Jurisdiction{}
	if err := r.Cache.Get(ctx, request.NamespacedName, jurisdiction); client.IgnoreNotFound(err) != nil {
		return reconcile.Result{}, fmt.Errorf("reading jurisdiction %s: %w", request.Name, err)
	} else if err != nil {
		r.forget(request)
		return reconcile.Result{}, nil
	}
	if !r.Scope.Covers(world, request.Name) {
		return reconcile.Result{}, nil // another manager's, which sees all its families
	}
	settled := jurisdiction.Status.ObservedGeneration == jurisdiction.Generation
	if settled && r.patience.Wait(request) {
		return reconcile.Result{RequeueAfter: time.Second}, nil
	}
	basis, complete, err := r.observe(ctx, world, request.Name)
	if err != nil {
		return reconcile.Result{}, fmt.Errorf("reading what jurisdiction %s rests on: %w", request.Name, err)
	}
	if !complete {
		return reconcile.Result{RequeueAfter: time.Second}, nil
	}
	status, duties := figures.JurisdictionStatus(world, jurisdiction, basis, now)
	saved, err := r.statuses.Record(ctx, jurisdiction, &jurisdiction.Status, status)
	if err != nil {
		return reconcile.Result{}, err
	}
	if saved.Stale {
		return shell.AgainSoon(), nil
	}
	publish(jurisdiction, basis.Figures, status)
	r.arrears.publish(world, jurisdiction, status.Duties)
	r.Wheel.Wake(request, earliest(world.NextPolicyChange(request.Name, now), duties))
	return reconcile.Result{}, nil
}

// observe gathers what the status rests on. It is not complete before the tree
// and all the families that have something to say of the duties are known.
func (r *Reconciler) observe(ctx context.Context, world *translate.World, name string) (basis figures.Basis, complete bool, err error) {
	sums, known := r.Census.Figures(name)
	if !known {
		return basis, false, nil // made just now; the next world knows it
	}
	said, complete := translate.Evidence{}, true
	if world.AsksFamilies(name) {
		said, complete = r.Census.Evidence(name)
	}
	var reports v1alpha1.MonthlyReportList
	if err := r.Cache.List(ctx, &reports, client.MatchingFields{shell.IndexJurisdiction: name}); err != nil {
		return basis, false, err
	}
	own := make([]*v1alpha1.MonthlyReport, 0, len(reports.Items))
	for i := range reports.Items {
		own = append(own, &reports.Items[i])
	}
	return figures.Basis{Figures: sums, Duties: world.DutyFacts(name, own, said)}, complete, nil
}

// earliest is the earlier of two instants, of which either may be none.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// reportEvents enqueues the jurisdiction of a report whose spec changes: what was
// submitted and recorded meets its duties.
func reportEvents() handler.TypedFuncs[*v1alpha1.MonthlyReport, reconcile.Request] {
	of := func(r *v1alpha1.MonthlyReport) reconcile.Request {
		return requests([]string{string(r.Spec.JurisdictionRef.Name)})[0]
	}
	return handler.TypedFuncs[*v1alpha1.MonthlyReport, reconcile.Request]{
		CreateFunc: func(_ context.Context, e event.TypedCreateEvent[*v1alpha1.MonthlyReport], q shell.Queue) {
			shell.Enqueue(q, e.IsInInitialList, of(e.Object))
		},
		UpdateFunc: func(_ context.Context, e event.TypedUpdateEvent[*v1alpha1.MonthlyReport], q shell.Queue) {
			if shell.SpecDiffers(e.ObjectOld, e.ObjectNew) {
				shell.Enqueue(q, false, of(e.ObjectNew))
			}
		},
		DeleteFunc: func(_ context.Context, e event.TypedDeleteEvent[*v1alpha1.MonthlyReport], q shell.Queue) {
			shell.Enqueue(q, false, of(e.Object))
		},
	}
}

func (r *Reconciler) forget(request reconcile.Request) {
	r.Wheel.Forget(request)
	metrics.ForgetJurisdiction(request.Name)
	r.arrears.forget(request.Name)
}

// familiesChanged has the figures of jurisdictions written, after a while in
// which more may change.
func (r *Reconciler) familiesChanged(jurisdictions []string) {
	r.Backlog.AddAfter(r.Debounce, shell.PriorityWake, requests(jurisdictions)...)
}

// worldChanged looks at every jurisdiction: a node that moves changes the
// figures of others.
func (r *Reconciler) worldChanged(_, now *translate.World) {
	r.Backlog.AddAfter(r.Debounce, shell.PriorityWake, requests(now.Nodes())...)
}

func requests(names []string) []reconcile.Request {
	out := make([]reconcile.Request, len(names))
	for i, name := range names {
		out[i].Name = name
	}
	return out
}

// publish sets the metrics of townships and above: villages would be many
// series, and their figures too small to show to everybody.
func publish(j *v1alpha1.Jurisdiction, f rollup.Figures, status *v1alpha1.JurisdictionStatus) {
	if j.Spec.Level == v1alpha1.LevelVillage {
		return
	}
	name, level := j.Name, string(j.Spec.Level)
	metrics.ForgetJurisdiction(name)
	for _, tier := range f.Tiers {
		metrics.Households.WithLabelValues(name, level, tier.Policy, tier.Name).Set(float64(tier.Households))
	}
	for _, shortfall := range f.Shortfalls {
		metrics.OpenShortfalls.WithLabelValues(name, level, shortfall.Standard).Set(float64(shortfall.Open))
	}
	metrics.Unjudged.WithLabelValues(name, level).Set(float64(f.Unjudged))
	metrics.OverdueDeadlines.WithLabelValues(name, level).Set(float64(*status.Overdue))
}
