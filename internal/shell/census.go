// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"
	"fmt"
	"sync"

	toolscache "k8s.io/client-go/tools/cache"
	"sigs.k8s.io/controller-runtime/pkg/cache"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// Census counts the families at every jurisdiction, from their statuses as the
// cache brings them. A change of one family costs the same whatever the number
// of families.
type Census struct {
	cache  cache.Cache
	worlds *Worlds
	ready  chan struct{}

	mu        sync.Mutex
	register  *rollup.Register
	listeners []func(jurisdictions []string)
}

// NewCensus returns a census of the cached households in the tree of the
// current world.
func NewCensus(cache cache.Cache, worlds *Worlds) *Census {
	c := &Census{cache: cache, worlds: worlds, ready: make(chan struct{}), register: rollup.NewRegister()}
	worlds.Subscribe(func(_, now *translate.World) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.register.SetTree(figures.TreeOf(now))
	})
	return c
}

// OnChange has a function called with the jurisdictions whose figures a family
// has changed. It must not block, nor keep the list, nor ask the census. It is
// set before Start.
func (c *Census) OnChange(f func(jurisdictions []string)) { c.listeners = append(c.listeners, f) }

// Ready is closed when every household of the cluster is counted.
func (c *Census) Ready() <-chan struct{} { return c.ready }

// Start counts until the context ends.
func (c *Census) Start(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-c.worlds.Ready():
	}
	c.mu.Lock()
	c.register.SetTree(figures.TreeOf(c.worlds.Current()))
	c.mu.Unlock()
	informer, err := c.cache.GetInformer(ctx, &v1alpha1.Household{})
	if err != nil {
		return fmt.Errorf("watching households: %w", err)
	}
	registration, err := informer.AddEventHandler(toolscache.ResourceEventHandlerFuncs{
		AddFunc:    func(o any) { c.put(o.(*v1alpha1.Household)) },
		UpdateFunc: func(_, o any) { c.put(o.(*v1alpha1.Household)) },
		DeleteFunc: c.remove,
	})
	if err != nil {
		return fmt.Errorf("watching households: %w", err)
	}
	if toolscache.WaitForCacheSync(ctx.Done(), registration.HasSynced) {
		close(c.ready)
		<-ctx.Done()
	}
	return nil
}

func (c *Census) put(h *v1alpha1.Household) {
	contribution, named := figures.Of(h), figures.Named(h)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell(c.register.Put(rollup.Key{Namespace: h.Namespace, Name: h.Name}, named, contribution))
}

func (c *Census) remove(object any) {
	if tombstone, ok := object.(toolscache.DeletedFinalStateUnknown); ok {
		object = tombstone.Obj
	}
	h, ok := object.(*v1alpha1.Household)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell(c.register.Remove(rollup.Key{Namespace: h.Namespace, Name: h.Name}))
}

// Attest notes what a family says of the duties of the jurisdictions above.
func (c *Census) Attest(family rollup.Key, said *translate.Evidence) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell(c.register.Attest(family, said))
}

// Evidence returns what the families at a jurisdiction and below say of its
// duties, and whether all of them have spoken since the start.
func (c *Census) Evidence(jurisdiction string) (translate.Evidence, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.register.Evidence(jurisdiction)
}

// tell is called with the lock held, so that whoever sees a family counted can
// rely on its jurisdictions being told.
func (c *Census) tell(changed []string) {
	if len(changed) == 0 {
		return
	}
	for _, tell := range c.listeners {
		tell(changed)
	}
}

// Figures returns the figures of a jurisdiction, and whether the tree holds it.
func (c *Census) Figures(jurisdiction string) (rollup.Figures, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.register.Figures(jurisdiction)
}

// Everybody returns the figures of all families that count somewhere, and how
// many count right at each jurisdiction of a list.
func (c *Census) Everybody(jurisdictions []string) (rollup.Figures, map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	own := make(map[string]int, len(jurisdictions))
	for _, name := range jurisdictions {
		own[name] = c.register.OwnHouseholds(name)
	}
	return c.register.All(), own
}

// Counts reports whether a household is counted as it is.
func (c *Census) Counts(h *v1alpha1.Household) bool {
	want := figures.Of(h)
	c.mu.Lock()
	defer c.mu.Unlock()
	got, named, ok := c.register.Contribution(rollup.Key{Namespace: h.Namespace, Name: h.Name})
	return ok && named == figures.Named(h) && got.Equal(&want)
}

// Families returns how many families are counted.
func (c *Census) Families() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.register.Families()
}
