// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/endpoints/request"
)

// gate stands between the manager and the API server. It counts every write,
// and lets the writes of families' and their papers' statuses through in slices,
// so that the manager rests while the ceiling is measured and the two can be
// compared within a second of each other. Reads always pass.
type gate struct {
	mu      sync.Mutex
	changed *sync.Cond
	quota   int  // writes of judgments that still pass
	open    bool // everything passes
	waiting int  // writes that have come and not passed
	passed  int  // writes of judgments that were answered, since the slice began
	writes  map[string]int
	refused map[int]int // by HTTP status
}

// judges reports whether a write is of what is concluded about a family or one
// of its papers: those are the writes that the gate lets through in slices.
func judges(name string) bool {
	return slices.ContainsFunc(kinds, func(k *kind) bool { return k.write() == name })
}

// newGate returns a gate that is closed to writes.
func newGate() *gate {
	g := &gate{writes: map[string]int{}, refused: map[int]int{}}
	g.changed = sync.NewCond(&g.mu)
	return g
}

// wrap puts the gate before a transport.
func (g *gate) wrap(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet {
			return next.RoundTrip(r)
		}
		name := nameOf(r)
		if err := g.enter(r.Context(), name); err != nil {
			return nil, err
		}
		response, err := next.RoundTrip(r)
		g.leave(name, response)
		return response, err
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

// RoundTrip calls the function.
func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

var requestInfo = request.RequestInfoFactory{
	APIPrefixes: sets.NewString("apis", "api"), GrouplessAPIPrefixes: sets.NewString("api"),
}

// nameOf names a request by what it does to what.
func nameOf(r *http.Request) string {
	info, err := requestInfo.NewRequestInfo(r)
	if err != nil || !info.IsResourceRequest {
		return r.Method + " " + r.URL.Path
	}
	if info.Subresource == "" {
		return info.Verb + " " + info.Resource
	}
	return info.Verb + " " + info.Resource + "/" + info.Subresource
}

// enter waits until the write may pass.
func (g *gate) enter(ctx context.Context, name string) error {
	defer context.AfterFunc(ctx, g.wake)()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting++
	g.changed.Broadcast()
	for !g.open && g.quota == 0 && ctx.Err() == nil {
		g.changed.Wait()
	}
	g.waiting--
	if ctx.Err() != nil {
		return ctx.Err()
	}
	g.writes[name]++
	if judges(name) && !g.open {
		g.quota--
	}
	return nil
}

func (g *gate) leave(name string, response *http.Response) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if response != nil && response.StatusCode >= http.StatusBadRequest {
		g.refused[response.StatusCode]++
	}
	if judges(name) {
		g.passed++
	}
	g.changed.Broadcast()
}

func (g *gate) wake() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.changed.Broadcast()
}

// waitForWriter returns when a write stands before the closed gate.
func (g *gate) waitForWriter(ctx context.Context) error {
	return g.wait(ctx, "the manager has nothing to write", func() bool { return g.waiting > 0 })
}

// let lets so many writes of judgments pass and returns when they are answered.
func (g *gate) let(ctx context.Context, writes int) error {
	g.mu.Lock()
	g.quota, g.passed = writes, 0
	g.changed.Broadcast()
	g.mu.Unlock()
	return g.wait(ctx, fmt.Sprintf("the manager makes fewer than %d writes", writes), func() bool { return g.passed == writes })
}

// letAll lets everything pass from now on.
func (g *gate) letAll() { g.set(true) }

// shut lets nothing pass from now on.
func (g *gate) shut() { g.set(false) }

func (g *gate) set(open bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open, g.quota = open, 0
	g.changed.Broadcast()
}

// patience is how long a slice may take before the manager is taken for stuck.
const patience = 3 * time.Minute

// wait returns when the condition, which is asked under the lock, holds; and
// with an error that says what was seen when it does not for a long time.
func (g *gate) wait(ctx context.Context, otherwise string, holds func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer context.AfterFunc(ctx, g.wake)()
	g.mu.Lock()
	defer g.mu.Unlock()
	for !holds() {
		if ctx.Err() != nil {
			return fmt.Errorf("%s (so far %v, refused %v): %w", otherwise, g.writes, g.refused, ctx.Err())
		}
		g.changed.Wait()
	}
	return nil
}

// tally returns the writes since the last call, by what they did to what, and
// those refused, by HTTP status.
func (g *gate) tally() (writes map[string]int, refused map[int]int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	writes, refused = g.writes, g.refused
	g.writes, g.refused = map[string]int{}, map[int]int{}
	return writes, refused
}

// total adds up a tally.
func total[K comparable](tally map[K]int) int {
	sum := 0
	for n := range maps.Values(tally) {
		sum += n
	}
	return sum
}
