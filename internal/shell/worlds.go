// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	toolscache "k8s.io/client-go/tools/cache"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/translate"
)

// Worlds keeps the policies, compiled, and the tree of jurisdictions at hand,
// and puts them together anew when one of them changes: away from the judging,
// and once for changes that come together.
type Worlds struct {
	cache    cache.Cache
	pace     clock.Clock
	debounce time.Duration

	current     atomic.Pointer[translate.World]
	building    atomic.Bool
	ready       chan struct{}
	changed     chan struct{}
	mu          sync.Mutex
	subscribers []func(before, now *translate.World)
}

var _ manager.LeaderElectionRunnable = &Worlds{}

// NewWorlds returns a keeper that reads from a cache, and waits for further
// changes for a while before it takes account of one.
func NewWorlds(cache cache.Cache, pace clock.Clock, debounce time.Duration) *Worlds {
	return &Worlds{
		cache: cache, pace: pace, debounce: debounce,
		ready: make(chan struct{}), changed: make(chan struct{}, 1),
	}
}

// Current returns the world as it is now; nil before Ready.
func (w *Worlds) Current() *translate.World { return w.current.Load() }

// Ready is closed when there is a first world, of everything that the cluster
// holds.
func (w *Worlds) Ready() <-chan struct{} { return w.ready }

// Subscribe has a function called after each change, but for the first world,
// with the worlds before and after it. It must not block.
func (w *Worlds) Subscribe(f func(before, now *translate.World)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.subscribers = append(w.subscribers, f)
}

// NeedLeaderElection is false: whoever waits to become leader has the policies
// compiled already.
func (w *Worlds) NeedLeaderElection() bool { return false }

// Start keeps the world until the context ends.
func (w *Worlds) Start(ctx context.Context) error {
	for _, object := range []client.Object{&v1alpha1.MonitoringPolicy{}, &v1alpha1.Jurisdiction{}} {
		if err := w.watch(ctx, object); err != nil {
			return fmt.Errorf("watching %T: %w", object, err)
		}
	}
	if err := w.build(ctx); err != nil {
		return err
	}
	close(w.ready)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.changed:
		}
		if w.debounce > 0 {
			timer := w.pace.NewTimer(w.debounce)
			select {
			case <-ctx.Done():
				timer.Stop()
				return nil
			case <-timer.C():
			}
		}
		if err := w.build(ctx); err != nil {
			return err
		}
	}
}

// watch waits until the cache holds all objects of the kind.
func (w *Worlds) watch(ctx context.Context, object client.Object) error {
	informer, err := w.cache.GetInformer(ctx, object)
	if err != nil {
		return err
	}
	registration, err := informer.AddEventHandler(toolscache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { w.note() },
		DeleteFunc: func(any) { w.note() },
		UpdateFunc: func(before, now any) {
			if before.(client.Object).GetGeneration() != now.(client.Object).GetGeneration() ||
				before.(client.Object).GetUID() != now.(client.Object).GetUID() {
				w.note()
			}
		},
	})
	if err != nil {
		return err
	}
	if !toolscache.WaitForCacheSync(ctx.Done(), registration.HasSynced) {
		return ctx.Err()
	}
	return nil
}

func (w *Worlds) note() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

// build puts the world together from the cache and tells the subscribers.
func (w *Worlds) build(ctx context.Context) error {
	w.building.Store(true)
	defer w.building.Store(false)
	policies, jurisdictions, err := w.read(ctx)
	if err != nil {
		return fmt.Errorf("reading the policies and jurisdictions: %w", err)
	}
	began := w.pace.Now()
	before := w.current.Load()
	now := translate.NewWorld(policies, jurisdictions, translate.Options{Previous: before})
	w.current.Store(now)
	metrics.WorldBuilds.Inc()
	metrics.WorldBuildSeconds.Observe(w.pace.Since(began).Seconds())
	if before == nil {
		return nil
	}
	w.mu.Lock()
	subscribers := w.subscribers
	w.mu.Unlock()
	for _, tell := range subscribers {
		tell(before, now)
	}
	return nil
}

func (w *Worlds) read(ctx context.Context) ([]*v1alpha1.MonitoringPolicy, []*v1alpha1.Jurisdiction, error) {
	var policies v1alpha1.MonitoringPolicyList
	if err := w.cache.List(ctx, &policies); err != nil {
		return nil, nil, err
	}
	var jurisdictions v1alpha1.JurisdictionList
	if err := w.cache.List(ctx, &jurisdictions); err != nil {
		return nil, nil, err
	}
	return pointers(policies.Items), pointers(jurisdictions.Items), nil
}

func pointers[T any](items []T) []*T {
	out := make([]*T, len(items))
	for i := range items {
		out[i] = &items[i]
	}
	return out
}

// Fresh reports whether the current world is made of what the cache holds, and
// all subscribers were told.
func (w *Worlds) Fresh(ctx context.Context) (bool, error) {
	if w.building.Load() {
		return false, nil
	}
	policies, jurisdictions, err := w.read(ctx)
	world := w.Current()
	if err != nil || world == nil {
		return false, err
	}
	if len(policies) != len(world.Policies()) || len(jurisdictions) != len(world.Nodes()) {
		return false, nil
	}
	for _, p := range policies {
		if held := world.Policy(p.Name); held == nil || VersionOf(held.Policy) != VersionOf(p) {
			return false, nil
		}
	}
	for _, j := range jurisdictions {
		if held, _ := world.Node(j.Name); held == nil || held.UID != j.UID || held.Generation != j.Generation {
			return false, nil
		}
	}
	return true, nil
}

// VersionOf returns the generation of the policy that an object holds.
func VersionOf(p *v1alpha1.MonitoringPolicy) PolicyVersion {
	return PolicyVersion{UID: p.UID, Generation: p.Generation}
}
