// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// controllerRun measures the manager on one control plane.
type controllerRun struct {
	cluster     *cluster
	town        *town
	courses     []course
	concurrency int
	say         func(format string, args ...any)

	emptyHeap uint64 // what a manager holds without families
	ceiling   *ceiling

	first, change pass
	heap          samples // bytes a family with its papers, after each phase
	weights       map[*kind][]weight
	restart       restarted
}

// restarted is what a manager did that came back to a town where all is judged.
type restarted struct {
	slice
	tally map[string]int
}

// benchController measures the manager on a control plane of its own and reports
// on it.
func benchController(ctx context.Context, families, concurrency int, seed uint64, log io.Writer) (*table, error) {
	c, err := startCluster(ctx, log)
	if err != nil {
		return nil, err
	}
	defer c.Stop()
	r, err := newControllerRun(c, families, concurrency, seed)
	if err != nil {
		return nil, err
	}
	r.say = func(format string, args ...any) { fmt.Fprintf(log, format+"\n", args...) }
	if err := r.measure(ctx); err != nil {
		return nil, err
	}
	return r.report(), nil
}

func newControllerRun(c *cluster, families, concurrency int, seed uint64) (*controllerRun, error) {
	t, err := newTown(seed, families)
	if err != nil {
		return nil, err
	}
	courses, err := t.courses()
	if err != nil {
		return nil, err
	}
	return &controllerRun{cluster: c, town: t, courses: courses, concurrency: concurrency, say: func(string, ...any) {}}, nil
}

// measure runs the phases one after another; each begins where the one before
// it has left the cluster.
func (r *controllerRun) measure(ctx context.Context) error {
	for _, phase := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"an empty manager", r.measureEmpty},
		{"loading the families, each with a twin", r.load},
		{"the first judgment", r.judgeFirst},
		{"a change of the plan", r.changePlan},
		{"a restart with nothing to do", r.restartIdle},
	} {
		r.say("The controller: %s (load %s).", phase.name, describeLoad())
		if err := phase.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", phase.name, err)
		}
	}
	return nil
}

// measureEmpty finds out what a manager holds that has nobody to judge.
func (r *controllerRun) measureEmpty(ctx context.Context) error {
	if err := r.cluster.loadPlan(ctx, r.town); err != nil {
		return err
	}
	before := liveHeap()
	g := newGate()
	g.letAll()
	o, err := r.cluster.startOperator(ctx, r.town, r.concurrency, g)
	if err != nil {
		return err
	}
	if err := o.settle(ctx); err != nil {
		return err
	}
	r.emptyHeap = max(liveHeap(), before) - before
	return o.end()
}

func (r *controllerRun) load(ctx context.Context) error {
	versions, err := r.cluster.loadFamilies(ctx, r.courses, r.say)
	if err != nil {
		return err
	}
	r.ceiling, err = newCeiling(r.cluster.manager, r.concurrency, versions)
	return err
}

// judgeFirst has every family and its papers judged that were never judged before.
func (r *controllerRun) judgeFirst(ctx context.Context) error {
	before := liveHeap()
	g := newGate()
	o, err := r.cluster.startOperator(ctx, r.town, r.concurrency, g)
	if err != nil {
		return err
	}
	defer func() { _ = o.end() }()
	r.first.name = "first judgment"
	if err := r.pass(ctx, o, &r.first, r.firstPatches(), nil); err != nil {
		return err
	}
	r.noteHeap(before)
	return o.end()
}

// changePlan gives every tier another name while the manager runs.
func (r *controllerRun) changePlan(ctx context.Context) error {
	before := liveHeap()
	g := newGate()
	g.letAll()
	o, err := r.cluster.startOperator(ctx, r.town, r.concurrency, g)
	if err != nil {
		return err
	}
	defer func() { _ = o.end() }()
	if err := o.settle(ctx); err != nil {
		return err
	}
	g.tally()
	g.shut()
	policy := &v1alpha1.MonitoringPolicy{}
	if err := r.cluster.admin.Get(ctx, client.ObjectKeyFromObject(r.town.policy), policy); err != nil {
		return err
	}
	policy.Spec = *r.town.renamed.Spec.DeepCopy()
	if err := r.cluster.admin.Update(ctx, policy); err != nil {
		return fmt.Errorf("changing the plan: %w", err)
	}
	r.change.name = "change of plan"
	if err := r.pass(ctx, o, &r.change, r.changePatches(), policy); err != nil {
		return err
	}
	r.noteHeap(before)
	return o.end()
}

// pass measures one pass and holds the result against the core's judgment.
func (r *controllerRun) pass(ctx context.Context, o *operator, p *pass, patches []patch, written client.Object) error {
	if err := p.run(ctx, r.cluster, o.gate, r.ceiling, patches); err != nil {
		return err
	}
	var wait []client.Object
	if written != nil {
		wait = append(wait, written)
	}
	if err := o.settle(ctx, wait...); err != nil {
		return err
	}
	p.writes, p.refused = o.gate.tally()
	return r.check(ctx, written != nil)
}

func (r *controllerRun) noteHeap(before uint64) {
	held := float64(liveHeap()) - float64(before) - float64(r.emptyHeap)
	r.heap = append(r.heap, held/float64(len(r.town.families)))
}

// restartIdle starts a manager in a town where everything is judged.
func (r *controllerRun) restartIdle(ctx context.Context) error {
	before := liveHeap()
	g := newGate()
	g.letAll()
	var o *operator
	var err error
	r.restart.slice, err = r.cluster.slice(len(r.town.families), func() error {
		if o, err = r.cluster.startOperator(ctx, r.town, r.concurrency, g); err != nil {
			return err
		}
		return o.settle(ctx)
	})
	if err != nil {
		return err
	}
	r.noteHeap(before)
	r.restart.tally, _ = g.tally()
	if r.weights, err = r.cluster.weigh(ctx, r.courses); err != nil {
		return err
	}
	return o.end()
}

func (r *controllerRun) firstPatches() []patch {
	patches := make([]patch, len(r.courses))
	for i, c := range r.courses {
		patches[i] = patch{course: i, kind: c.kind, name: c.object.GetName(), status: c.first}
	}
	return patches
}

func (r *controllerRun) changePatches() []patch {
	var patches []patch
	for i, c := range r.courses {
		if c.change != nil {
			patches = append(patches, patch{course: i, kind: c.kind, name: c.object.GetName(), status: c.change})
		}
	}
	return patches
}
