// SPDX-License-Identifier: Apache-2.0

// Package family answers: what does the plan in force say of this family and
// its papers today? The family is the unit: its household, plan, signals and
// reviews are read together, judged once, and each status that differs is
// written once.
package family

import (
	"context"
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// +kubebuilder:rbac:groups=fangpin.io,resources=households;assistanceplans;risksignals;reviews,verbs=get;list;watch
// +kubebuilder:rbac:groups=fangpin.io,resources=households/status;assistanceplans/status;risksignals/status;reviews/status,verbs=patch
// +kubebuilder:rbac:groups=events.k8s.io,resources=events,verbs=create;patch

// Reconciler judges families.
type Reconciler struct {
	*shell.Shell
	*shell.Loop
	households *shell.StatusWriter[v1alpha1.HouseholdStatus]
	plans      *shell.StatusWriter[v1alpha1.AssistancePlanStatus]
	signals    *shell.StatusWriter[v1alpha1.RiskSignalStatus]
	reviews    *shell.StatusWriter[v1alpha1.ReviewStatus]
}

// Setup adds the controller to a manager. Concurrency is how many families are
// judged and written at a time.
func Setup(mgr ctrl.Manager, s *shell.Shell, concurrency int) (*Reconciler, error) {
	r := &Reconciler{
		Shell:      s,
		households: shell.NewStatusWriter[v1alpha1.HouseholdStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("Household")),
		plans:      shell.NewStatusWriter[v1alpha1.AssistancePlanStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("AssistancePlan")),
		signals:    shell.NewStatusWriter[v1alpha1.RiskSignalStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("RiskSignal")),
		reviews:    shell.NewStatusWriter[v1alpha1.ReviewStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("Review")),
	}
	r.Loop = s.NewLoop("family", r.households.Unseen, r.plans.Unseen, r.signals.Unseen, r.reviews.Unseen)
	c, err := controller.New("family", mgr, controller.Options{
		Reconciler:              r,
		MaxConcurrentReconciles: concurrency,
		RateLimiter:             shell.RetryLimiter(),
		NewQueue:                r.Backlog.NewQueue,
		ReconciliationTimeout:   time.Minute,
	})
	if err != nil {
		return nil, err
	}
	s.Worlds.Subscribe(r.worldChanged)
	for _, src := range []source.Source{
		shell.After("policies and jurisdictions", s.Worlds.Ready()),
		source.TypedKind(s.Cache, &v1alpha1.Household{}, r.householdEvents()),
		source.TypedKind(s.Cache, &v1alpha1.AssistancePlan{}, r.planEvents()),
		source.TypedKind(s.Cache, &v1alpha1.RiskSignal{}, r.signalEvents()),
		source.TypedKind(s.Cache, &v1alpha1.Review{}, r.reviewEvents()),
		r.Wheel,
	} {
		if err := c.Watch(src); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Reconcile judges one family: read everything, decide once, write what
// differs, tell what was saved, and sleep until something could change.
func (r *Reconciler) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	world, now := r.Worlds.Current(), r.Now()
	papers, err := r.observe(ctx, request)
	if err != nil {
		return reconcile.Result{}, fmt.Errorf("reading the papers of family %s: %w", request, err)
	}
	if papers.Household == nil {
		r.Wheel.Forget(request)
		r.Progress.Forget(request.NamespacedName)
		return r.answerOrphans(ctx, papers)
	}
	judgment := r.judge(world, papers, now)
	r.Census.Attest(rollup.Key(request.NamespacedName), &judgment.Evidence)
	outcome, err := r.record(ctx, papers, judgment)
	if outcome.household.Saved {
		r.tell(world, papers.Household, outcome.household.Before, judgment.Household)
	}
	if err != nil {
		return reconcile.Result{}, err
	}
	if outcome.stale {
		return shell.AgainSoon(), nil
	}
	r.Progress.Judged(request.NamespacedName, versionOf(world, judgment.Household))
	r.Wheel.Wake(request, judgment.NextChange)
	return reconcile.Result{}, nil
}

func (r *Reconciler) judge(world *translate.World, papers translate.Papers, now time.Time) translate.Judgment {
	began := r.Pace.Now()
	judgment := world.Judge(papers, now)
	metrics.JudgmentSeconds.Observe(r.Pace.Since(began).Seconds())
	if ready := meta.FindStatusCondition(judgment.Household.Conditions, v1alpha1.ConditionReady); ready != nil {
		metrics.Judgments.WithLabelValues(ready.Reason).Inc()
	}
	return judgment
}

// outcome is what became of a family's statuses.
type outcome struct {
	household shell.Recorded[v1alpha1.HouseholdStatus]
	stale     bool // somebody else has written one of the papers first
}

// record writes each status that differs. With a household whose write fails
// none of its papers' is written: all are judged again anyway.
func (r *Reconciler) record(ctx context.Context, papers translate.Papers, judgment translate.Judgment) (outcome, error) {
	var o outcome
	var err error
	if o.household, err = r.households.Record(ctx, papers.Household, &papers.Household.Status, judgment.Household); err != nil {
		return o, err
	}
	o.stale, err = r.recordPapers(ctx, papers, judgment)
	o.stale = o.stale || o.household.Stale
	return o, err
}

// recordPapers writes the statuses of what stands beside the household, and
// reports whether somebody else has written one of them first.
func (r *Reconciler) recordPapers(ctx context.Context, papers translate.Papers, judgment translate.Judgment) (bool, error) {
	stale := false
	if papers.Plan != nil {
		answer, err := r.plans.Record(ctx, papers.Plan, &papers.Plan.Status, judgment.Plan)
		if err != nil {
			return stale, err
		}
		stale = answer.Stale
	}
	for i, signal := range papers.Signals {
		answer, err := r.signals.Record(ctx, signal, &signal.Status, judgment.Signals[i])
		if err != nil {
			return stale, err
		}
		stale = stale || answer.Stale
	}
	for i, review := range papers.Reviews {
		answer, err := r.reviews.Record(ctx, review, &review.Status, judgment.Reviews[i])
		if err != nil {
			return stale, err
		}
		stale = stale || answer.Stale
	}
	return stale, nil
}

// answerOrphans tells papers that the household they are about does not exist.
// They are judged again when the household comes, so nothing is retried.
func (r *Reconciler) answerOrphans(ctx context.Context, papers translate.Papers) (reconcile.Result, error) {
	stale, err := r.recordPapers(ctx, papers, translate.JudgeOrphans(papers))
	if stale {
		return shell.AgainSoon(), err
	}
	return reconcile.Result{}, err
}

// versionOf says by which generation of which policy a status was reached; zero
// if by none.
func versionOf(world *translate.World, status *v1alpha1.HouseholdStatus) shell.PolicyVersion {
	if policy := policyOf(world, status); policy != nil {
		return shell.VersionOf(policy.Policy)
	}
	return shell.PolicyVersion{}
}

// policyOf returns the policy by which a status was reached; nil if by none.
func policyOf(world *translate.World, status *v1alpha1.HouseholdStatus) *translate.CompiledPolicy {
	if status.PolicyRef == nil || !meta.IsStatusConditionTrue(status.Conditions, v1alpha1.ConditionReady) {
		return nil
	}
	return world.Policy(string(status.PolicyRef.Name))
}
