// SPDX-License-Identifier: Apache-2.0

// Package report answers: which monthly reports are due, and what do they say?
//
// A township is the unit: its families are judged together for all months that
// somebody asks for, once for a while of changes, and the reports of the township
// and its villages are written from that. What is above adds townships up, and
// judges nobody.
package report

import (
	"context"
	"fmt"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/types"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/shell"
	"fangpin.io/fangpin/internal/translate"
)

// +kubebuilder:rbac:groups=fangpin.io,resources=monthlyreports,verbs=get;list;watch;create
// +kubebuilder:rbac:groups=fangpin.io,resources=monthlyreports/status,verbs=patch

const (
	// longest is how long figures are held back at most while many families are
	// being judged.
	longest = 30 * time.Second
	// calm is how many times as long as other roll-ups a township's figures wait for
	// further changes of its families, since all of them are judged again for it.
	calm = 10
	// rest is how many times as long as it took to judge a township's families they
	// are left alone at least, so that a large one takes a small share of the machine
	// whatever is typed in there.
	rest = 20
	// reopen is when a form is tried again that found no namespace.
	reopen = 10 * time.Minute
	// concurrency is how many townships are added up at a time.
	concurrency = 2
)

// Reconciler opens the forms of monthly reports and writes their figures.
type Reconciler struct {
	*shell.Shell
	*shell.Loop
	statuses *shell.StatusWriter[v1alpha1.MonthlyReportStatus]
	patience *shell.Patience

	mu     sync.Mutex
	layout *layout
	units  map[string]*unit              // by township
	sums   map[string]uint64             // of nodes above townships: the versions that they were added up from
	opened map[types.NamespacedName]bool // forms whose creation the watch has not brought yet
	last   uint64                        // version of a unit
}

// unit is a township added up. It does not change.
type unit struct {
	version uint64
	day     civil.Day // today when that was
	took    time.Duration
	print   uint64 // of the papers that were judged
	months  []civil.Period
	sums    []rollup.MonthSum // as months
}

// Setup adds the controller to a manager. Busy says that families are being
// judged, so that figures are not worth writing yet.
func Setup(mgr ctrl.Manager, s *shell.Shell, busy func() bool) (*Reconciler, error) {
	r := &Reconciler{
		Shell:    s,
		statuses: shell.NewStatusWriter[v1alpha1.MonthlyReportStatus](s.Client, v1alpha1.SchemeGroupVersion.WithKind("MonthlyReport")),
		patience: shell.NewPatience(s.Pace, longest, busy),
		units:    map[string]*unit{}, sums: map[string]uint64{}, opened: map[types.NamespacedName]bool{},
	}
	r.Loop = s.NewLoop("report", r.statuses.Unseen)
	c, err := controller.New("report", mgr, controller.Options{
		Reconciler:              r,
		MaxConcurrentReconciles: concurrency,
		RateLimiter:             shell.RetryLimiter(),
		NewQueue:                r.Backlog.NewQueue,
		ReconciliationTimeout:   10 * time.Minute,
	})
	if err != nil {
		return nil, err
	}
	s.Worlds.Subscribe(r.worldChanged)
	for _, src := range []source.Source{
		shell.After("policies and jurisdictions", s.Worlds.Ready()),
		source.TypedKind(s.Cache, &v1alpha1.Household{}, factEvents[*v1alpha1.Household](r)),
		source.TypedKind(s.Cache, &v1alpha1.AssistancePlan{}, factEvents[*v1alpha1.AssistancePlan](r)),
		source.TypedKind(s.Cache, &v1alpha1.RiskSignal{}, factEvents[*v1alpha1.RiskSignal](r)),
		source.TypedKind(s.Cache, &v1alpha1.Review{}, factEvents[*v1alpha1.Review](r)),
		source.TypedKind(s.Cache, &v1alpha1.MonthlyReport{}, r.reportEvents()),
		source.Func(r.begin),
		r.Wheel,
	} {
		if err := c.Watch(src); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Reconcile opens and computes the reports of a township with its villages, or of
// one node above.
func (r *Reconciler) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	world, now := r.Worlds.Current(), r.Now()
	l := r.layoutOf(world)
	township := l.unit[request.Name]
	switch {
	case !l.known(request.Name):
		r.Wheel.Forget(request)
		return r.answerOrphans(ctx, world, request.Name, now)
	case !r.Scope.Covers(world, request.Name):
		return reconcile.Result{}, nil // another manager's, which sees all its families
	case township != "" && township != request.Name:
		r.Backlog.Add(shell.PriorityRejudge, requestFor(township))
		return reconcile.Result{}, nil
	case r.patience.Wait(request):
		return reconcile.Result{RequeueAfter: time.Second}, nil
	case township != "":
		return r.addFamilies(ctx, &pass{world: world, layout: l, now: now}, township)
	}
	return r.addTownships(ctx, &pass{world: world, layout: l, now: now}, request.Name)
}

// pass is what one reconcile looks at.
type pass struct {
	world    *translate.World
	layout   *layout
	now      time.Time
	unopened bool // a form found no namespace
}

// answerOrphans tells reports that their jurisdiction does not exist.
func (r *Reconciler) answerOrphans(ctx context.Context, world *translate.World, node string, now time.Time) (reconcile.Result, error) {
	reports, err := r.reportsOf(ctx, node)
	if err != nil {
		return reconcile.Result{}, err
	}
	return r.record(ctx, world, reports, func(*v1alpha1.MonthlyReport) *rollup.MonthFigures { return &rollup.MonthFigures{} }, now)
}

// addFamilies judges the families of a township for all the months that are asked
// for there, below and above, and writes the reports of the township and below.
func (r *Reconciler) addFamilies(ctx context.Context, p *pass, township string) (reconcile.Result, error) {
	began := r.Pace.Now()
	nodes := p.layout.below[township]
	reports, stale, err := r.forms(ctx, p, nodes)
	if err != nil || stale {
		return again(stale), err
	}
	months, err := r.monthsOf(ctx, p, township, reports)
	if err != nil {
		return reconcile.Result{}, err
	}
	papers, print, err := r.observe(ctx, p.world.Namespace(township))
	if err != nil {
		return reconcile.Result{}, fmt.Errorf("reading the families of %s: %w", township, err)
	}
	count := rollup.NewMonthCount(p.layout.tree, len(months), nodes)
	if len(months) > 0 {
		for i := range papers {
			h := papers[i].Household
			count.Add(h.Namespace, figures.Named(h), p.world.Months(papers[i], months, p.now))
		}
	}
	result, err := r.record(ctx, p.world, reports, func(report *v1alpha1.MonthlyReport) *rollup.MonthFigures {
		return sumOf(count.Sum(string(report.Spec.JurisdictionRef.Name), placeOf(months, report)))
	}, p.now)
	if err != nil || !result.IsZero() {
		return result, err
	}
	done := &unit{day: p.world.Today(township, p.now), print: print, months: months, took: r.Pace.Since(began)}
	for i := range months {
		done.sums = append(done.sums, *count.Sum(township, i))
	}
	r.keep(township, done)
	r.Backlog.AddAfter(r.Debounce, shell.PriorityWake, requestsFor(p.layout.above(township))...)
	r.wake(p, township, reports)
	return reconcile.Result{}, nil
}

func sumOf(s *rollup.MonthSum) *rollup.MonthFigures {
	f := s.Figures()
	return &f
}

// addTownships adds up the townships below a node and writes the node's reports.
// It waits until all townships are added up as of today.
func (r *Reconciler) addTownships(ctx context.Context, p *pass, node string) (reconcile.Result, error) {
	reports, stale, err := r.forms(ctx, p, []string{node})
	if err != nil || stale {
		return again(stale), err
	}
	units, version, missing := r.unitsBelow(p, node, reports)
	if len(missing) > 0 {
		r.Backlog.Add(shell.PriorityRejudge, requestsFor(missing)...) // they will come back to this node
		return reconcile.Result{}, nil
	}
	result, err := r.record(ctx, p.world, reports, func(report *v1alpha1.MonthlyReport) *rollup.MonthFigures {
		var sum rollup.MonthSum
		for _, u := range units {
			if at := placeOf(u.months, report); at >= 0 {
				sum.Merge(&u.sums[at])
			}
		}
		return sumOf(&sum)
	}, p.now)
	if err != nil || !result.IsZero() {
		return result, err
	}
	r.mu.Lock()
	r.sums[node] = version
	r.mu.Unlock()
	r.wake(p, node, reports)
	return reconcile.Result{}, nil
}

// record writes the statuses that differ.
func (r *Reconciler) record(ctx context.Context, world *translate.World, reports []*v1alpha1.MonthlyReport, sums func(*v1alpha1.MonthlyReport) *rollup.MonthFigures, now time.Time) (reconcile.Result, error) {
	stale := false
	for _, report := range reports {
		status := figures.ReportStatus(world, report, sums(report), now)
		saved, err := r.statuses.Record(ctx, report, &report.Status, status)
		if err != nil {
			return reconcile.Result{}, err
		}
		stale = stale || saved.Stale
		report.Status = *status // of this pass; the cache has its own
	}
	return again(stale), nil
}

func again(stale bool) reconcile.Result {
	if stale {
		return shell.AgainSoon()
	}
	return reconcile.Result{}
}

// wake looks again when a day begins on which a report of the node can change: each
// day while one of its months runs, the day after one was due, with the next month
// and with another policy.
func (r *Reconciler) wake(p *pass, node string, reports []*v1alpha1.MonthlyReport) {
	today := p.world.Today(node, p.now)
	next := today.EndOfMonth().AddDays(1)
	for _, report := range reports {
		if month, ok := figures.ReportMonth(report); ok && month.HoldsDay(today) {
			next = today.AddDays(1)
		}
		if due, err := civil.ParseDay(string(report.Status.Due)); err == nil && due >= today {
			next = min(next, due.AddDays(1))
		}
		if s := report.Spec.Submitted; s != nil {
			if day, err := civil.ParseDay(string(s.Date)); err == nil && day > today {
				next = min(next, day)
			}
		}
	}
	at := p.world.Instant(node, next, p.now)
	if policy := p.world.NextPolicyChange(node, p.now); !policy.IsZero() && policy.Before(at) {
		at = policy
	}
	if soon := p.now.Add(reopen); p.unopened && soon.Before(at) {
		at = soon
	}
	r.Wheel.Wake(requestFor(node), at)
}

func requestFor(node string) reconcile.Request {
	return reconcile.Request{NamespacedName: types.NamespacedName{Name: node}}
}

func requestsFor(nodes []string) []reconcile.Request {
	out := make([]reconcile.Request, len(nodes))
	for i, node := range nodes {
		out[i] = requestFor(node)
	}
	return out
}

// placeOf is where a report's month stands among months, -1 if it does not.
func placeOf(months []civil.Period, report *v1alpha1.MonthlyReport) int {
	month, _ := figures.ReportMonth(report)
	for i := range months {
		if months[i] == month {
			return i
		}
	}
	return -1
}
