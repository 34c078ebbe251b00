// SPDX-License-Identifier: Apache-2.0

// Package policy answers: does this plan compile, and how far is it rolled out?
package policy

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// +kubebuilder:rbac:groups=fangpin.io,resources=monitoringpolicies;jurisdictions;households,verbs=get;list;watch
// +kubebuilder:rbac:groups=fangpin.io,resources=monitoringpolicies/status,verbs=patch
// +kubebuilder:rbac:groups=events.k8s.io,resources=events,verbs=create;patch

// longest is how long the progress of a roll-out is held back at most.
const longest = 10 * time.Second

// Reconciler reports on policies.
type Reconciler struct {
	*shell.Shell
	*shell.Loop
	statuses *shell.StatusWriter[v1alpha1.MonitoringPolicyStatus]
	patience *shell.Patience
}

// Setup adds the controller to a manager. Busy says that families are being
// judged, so that a roll-out goes on.
func Setup(mgr ctrl.Manager, s *shell.Shell, busy func() bool) (*Reconciler, error) {
	r := &Reconciler{
		Shell:    s,
		statuses: shell.NewStatusWriter[v1alpha1.MonitoringPolicyStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("MonitoringPolicy")),
		patience: shell.NewPatience(s.Pace, longest, busy),
	}
	r.Loop = s.NewLoop("policy", r.statuses.Unseen)
	c, err := controller.New("policy", mgr, controller.Options{
		Reconciler:            r,
		RateLimiter:           shell.RetryLimiter(),
		NewQueue:              r.Backlog.NewQueue,
		ReconciliationTimeout: time.Minute,
	})
	if err != nil {
		return nil, err
	}
	s.Progress.OnChange(func(shell.PolicyVersion) { r.countAgain() })
	s.Census.OnChange(func([]string) { r.countAgain() })
	s.Worlds.Subscribe(func(_, _ *translate.World) { r.countAgain() })
	for _, src := range []source.Source{
		shell.After("policies and jurisdictions", s.Worlds.Ready()),
		shell.After("census of households", s.Census.Ready()),
		source.TypedKind(s.Cache, &v1alpha1.MonitoringPolicy{}, shell.StatusEvents(r.statuses, func(p *v1alpha1.MonitoringPolicy) *v1alpha1.MonitoringPolicyStatus { return &p.Status }, shell.RequestFor)),
		r.Wheel,
	} {
		if err := c.Watch(src); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Reconcile reports on one policy.
func (r *Reconciler) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	world, now := r.Worlds.Current(), r.Now()
	object := &v1alpha1.MonitoringPolicy{}
	if err := r.Cache.Get(ctx, request.NamespacedName, object); client.IgnoreNotFound(err) != nil {
		return reconcile.Result{}, fmt.Errorf("reading policy %s: %w", request.Name, err)
	} else if err != nil {
		r.Wheel.Forget(request)
		metrics.ForgetPolicy(request.Name)
		return reconcile.Result{}, nil
	}
	compiled := world.Policy(request.Name)
	if compiled == nil || shell.VersionOf(compiled.Policy) != shell.VersionOf(object) {
		return reconcile.Result{}, nil // written just now; the next world has it
	}
	if !r.Scope.Covers(world, string(object.Spec.JurisdictionRef.Name)) {
		return reconcile.Result{}, nil // another manager's, which sees all its families
	}
	if settled(object) && r.patience.Wait(request) {
		return reconcile.Result{RequeueAfter: time.Second}, nil
	}
	rollout := r.rollout(world, compiled, now)
	status := figures.PolicyStatus(world, compiled, rollout, now)
	saved, err := r.statuses.Record(ctx, object, &object.Status, status)
	if err != nil {
		return reconcile.Result{}, err
	}
	if saved.Stale {
		return shell.AgainSoon(), nil
	}
	if saved.Saved {
		r.tell(object, saved.Before, status)
	}
	publish(compiled, status)
	r.Wheel.Wake(request, nextChange(world, compiled, now))
	return reconcile.Result{}, nil
}

// settled reports whether a policy's status is already of its generation, so
// that only counts can change.
func settled(p *v1alpha1.MonitoringPolicy) bool {
	return p.Status.ObservedGeneration == p.Generation
}

func (r *Reconciler) rollout(world *translate.World, policy *translate.CompiledPolicy, now time.Time) figures.Rollout {
	all, own := r.Census.Everybody(world.Nodes())
	return figures.Rollout{
		Governed:  figures.Governed(world, func(name string) int { return own[name] }, now)[policy.Policy.Name],
		Evaluated: r.Progress.Evaluated(shell.VersionOf(policy.Policy)),
		Tiers:     all.Tiers,
	}
}

// nextChange is the first instant at which the policy may come into force
// somewhere, or end; zero: never.
func nextChange(world *translate.World, policy *translate.CompiledPolicy, now time.Time) time.Time {
	var first time.Time
	for _, name := range world.Descendants(string(policy.Policy.Spec.JurisdictionRef.Name)) {
		if at := world.NextPolicyChange(name, now); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// countAgain has every policy's counts written, after a while in which more may
// change. Policies are few.
func (r *Reconciler) countAgain() {
	names := r.Worlds.Current().Policies()
	requests := make([]reconcile.Request, len(names))
	for i, name := range names {
		requests[i].Name = name
	}
	r.Backlog.AddAfter(r.Debounce, shell.PriorityWake, requests...)
}

// tell makes known that a policy does not compile, and that one is rolled out.
func (r *Reconciler) tell(p *v1alpha1.MonitoringPolicy, before, now *v1alpha1.MonitoringPolicyStatus) {
	is := func(s *v1alpha1.MonitoringPolicyStatus, condition string) bool {
		return meta.IsStatusConditionTrue(s.Conditions, condition)
	}
	switch {
	case meta.IsStatusConditionFalse(now.Conditions, v1alpha1.ConditionCompiled) && before.ObservedGeneration != now.ObservedGeneration:
		r.event(p, corev1.EventTypeWarning, v1alpha1.ReasonPolicyInvalid, "Compile",
			fmt.Sprintf("Generation %d does not compile: see the condition Compiled. Families keep the status that they have.", now.ObservedGeneration))
	case is(now, v1alpha1.ConditionRolledOut) && !is(before, v1alpha1.ConditionRolledOut) && *now.Governed > 0:
		r.event(p, corev1.EventTypeNormal, v1alpha1.ReasonRolledOut, "RollOut",
			fmt.Sprintf("All %d households are judged at generation %d.", *now.Governed, now.ObservedGeneration))
	}
}

func (r *Reconciler) event(p *v1alpha1.MonitoringPolicy, kind, reason, action, note string) {
	r.Events.Eventf(p, nil, kind, reason, action, "%s", note)
	metrics.Events.WithLabelValues(reason).Inc()
}

func publish(policy *translate.CompiledPolicy, status *v1alpha1.MonitoringPolicyStatus) {
	name := policy.Policy.Name
	metrics.PolicyProblems.WithLabelValues(name).Set(float64(len(policy.Problems.Errors())))
	metrics.PolicyHouseholds.WithLabelValues(name, "governed").Set(float64(*status.Governed))
	metrics.PolicyHouseholds.WithLabelValues(name, "evaluated").Set(float64(*status.Evaluated))
}
