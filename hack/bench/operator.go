// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/client-go/rest"
	clocktesting "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/shell"
)

// operator is a manager that runs in this process, behind a gate.
type operator struct {
	*controllers.Operator
	gate  *gate
	stop  context.CancelFunc
	ended chan error
}

// startOperator starts a manager of the town's families, with a clock that
// stands still, so that nothing falls due while it is measured.
func (c *cluster) startOperator(ctx context.Context, t *town, concurrency int, g *gate) (*operator, error) {
	config := rest.CopyConfig(c.manager)
	config.Wrap(g.wrap)
	base := manager.Options{
		Metrics: server.Options{BindAddress: "0"},
		Logger:  logr.Discard(),
	}
	made, err := controllers.New(config, base, controllers.Options{
		Clock:       clocktesting.NewFakeClock(t.now),
		Concurrency: concurrency,
		Spread:      controllers.DefaultSpread,
		Debounce:    controllers.DefaultDebounce,
		Scope:       shell.Scope{Namespaces: []string{t.namespace()}},
	})
	if err != nil {
		return nil, err
	}
	running, stop := context.WithCancel(ctx)
	o := &operator{Operator: made, gate: g, stop: stop, ended: make(chan error, 1)}
	go func() { o.ended <- made.Start(running) }()
	return o, nil
}

// settle returns when everything is judged and added up.
func (o *operator) settle(ctx context.Context, written ...client.Object) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	settled := make(chan error, 1)
	go func() { settled <- o.Settle(ctx, written...) }()
	select {
	case err := <-settled:
		return err
	case err := <-o.ended:
		o.ended <- err
		return fmt.Errorf("the manager has ended: %w", errors.Join(err, ctx.Err()))
	}
}

// end stops the manager and waits until it has ended.
func (o *operator) end() error {
	o.stop()
	err := <-o.ended
	o.ended <- err
	return err
}

// liveHeap is how much memory is reachable, in bytes. The second collection
// frees what the first one's finalizers let go of.
func liveHeap() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
