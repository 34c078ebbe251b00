// SPDX-License-Identifier: Apache-2.0

// Package jurisdiction answers: what do the families at and below this
// jurisdiction add up to?
package jurisdiction

import (
	"context"
	"fmt"
	"time"

	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// +kubebuilder:rbac:groups=fangpin.io,resources=jurisdictions;monitoringpolicies;households,verbs=get;list;watch
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
}

// Setup adds the controller to a manager. Busy says that families are being
// judged, so that figures are not worth writing yet.
func Setup(mgr ctrl.Manager, s *shell.Shell, busy func() bool) (*Reconciler, error) {
	r := &Reconciler{
		Shell:    s,
		statuses: shell.NewStatusWriter[v1alpha1.JurisdictionStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("Jurisdiction")),
		patience: shell.NewPatience(s.Pace, longest, busy),
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
	sums, known := r.Census.Figures(request.Name)
	if !known {
		return reconcile.Result{}, nil // made just now; the next world knows it
	}
	status := figures.JurisdictionStatus(world, jurisdiction, sums, now)
	saved, err := r.statuses.Record(ctx, jurisdiction, &jurisdiction.Status, status)
	if err != nil {
		return reconcile.Result{}, err
	}
	if saved.Stale {
		return shell.AgainSoon(), nil
	}
	publish(jurisdiction, sums)
	r.Wheel.Wake(request, world.NextPolicyChange(request.Name, now))
	return reconcile.Result{}, nil
}

func (r *Reconciler) forget(request reconcile.Request) {
	r.Wheel.Forget(request)
	metrics.ForgetJurisdiction(request.Name)
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
func publish(j *v1alpha1.Jurisdiction, f rollup.Figures) {
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
	metrics.OverdueDeadlines.WithLabelValues(name, level).Set(float64(f.Overdue))
}
