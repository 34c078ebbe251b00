// SPDX-License-Identifier: Apache-2.0

// Package controllers puts the manager together: the one explicit list of
// controllers, the cache and the client that they share.
package controllers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	controllermetrics "sigs.k8s.io/controller-runtime/pkg/metrics"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/controllers/family"
	"fangpin.io/fangpin/controllers/jurisdiction"
	"fangpin.io/fangpin/controllers/policy"
	"fangpin.io/fangpin/controllers/report"
	"fangpin.io/fangpin/internal/metrics"
	"fangpin.io/fangpin/internal/shell"
)

// Defaults of the manager's flags.
const (
	DefaultConcurrency = 8
	DefaultSpread      = 5 * time.Minute
	DefaultDebounce    = time.Second
)

// Options say how the controllers run. The zero value judges every family of
// the cluster by the machine's clock, without any delay on purpose.
type Options struct {
	// Clock says what day it is; nil: the machine's. A simulated clock must fire
	// its timers when it is set.
	Clock clock.Clock
	// Concurrency is how many families are judged and written at a time; 0: 8.
	Concurrency int
	// Spread is the time over which families that fall due at one midnight are
	// spread.
	Spread time.Duration
	// Debounce is how long roll-ups, and the policies' compilation, wait for
	// further changes.
	Debounce time.Duration
	// Scope narrows the families that are looked after.
	Scope shell.Scope
}

// Operator is a manager with its controllers.
type Operator struct {
	manager.Manager
	shell    *shell.Shell
	families *shell.Loop
	others   []*shell.Loop
	reports  *report.Reconciler
}

// NewScheme returns the kinds that the manager knows.
func NewScheme() (*runtime.Scheme, error) {
	scheme := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(scheme); err != nil {
		return nil, err
	}
	return scheme, v1alpha1.AddToScheme(scheme)
}

// New returns an operator of a cluster. Base holds whatever has nothing to do
// with judging: addresses, leader election, logging. The operator runs with
// Start, which may be called once.
func New(config *rest.Config, base manager.Options, options Options) (*Operator, error) {
	scheme, err := NewScheme()
	if err != nil {
		return nil, fmt.Errorf("registering the kinds: %w", err)
	}
	config = rest.CopyConfig(config)
	config.QPS = -1 // the API server's priority and fairness protects it better
	base.Scheme = scheme
	base.Cache = shell.CacheOptions(options.Scope)
	base.Client = client.Options{FieldOwner: shell.FieldOwner, FieldValidation: "Strict"}
	// Large towns take their time to load, and two operators may run in one
	// process, as in tests.
	base.Controller.CacheSyncTimeout = 10 * time.Minute
	base.Controller.SkipNameValidation = new(true)
	mgr, err := ctrl.NewManager(config, base)
	if err != nil {
		return nil, fmt.Errorf("making the manager: %w", err)
	}
	return setup(mgr, options)
}

func setup(mgr manager.Manager, options Options) (*Operator, error) {
	if err := metrics.Register(controllermetrics.Registry); err != nil {
		return nil, fmt.Errorf("registering the metrics: %w", err)
	}
	if err := shell.AddIndexes(context.Background(), mgr.GetFieldIndexer()); err != nil {
		return nil, err
	}
	s := newShell(mgr, options)
	for _, runnable := range []manager.Runnable{s.Worlds, s.Census} {
		if err := mgr.Add(runnable); err != nil {
			return nil, err
		}
	}
	if options.Concurrency == 0 {
		options.Concurrency = DefaultConcurrency
	}

	// What does the plan in force say of this family and its papers today?
	families, err := family.Setup(mgr, s, options.Concurrency)
	if err != nil {
		return nil, fmt.Errorf("setting up the controller of families: %w", err)
	}
	busy := func() bool { return families.Backlog.Len() > 0 }
	// Does this plan compile, and how far is it rolled out?
	policies, err := policy.Setup(mgr, s, busy)
	if err != nil {
		return nil, fmt.Errorf("setting up the controller of policies: %w", err)
	}
	// What do the families at and below this jurisdiction add up to?
	jurisdictions, err := jurisdiction.Setup(mgr, s, busy)
	if err != nil {
		return nil, fmt.Errorf("setting up the controller of jurisdictions: %w", err)
	}
	// Which monthly reports are due, and what do they say?
	reports, err := report.Setup(mgr, s, busy)
	if err != nil {
		return nil, fmt.Errorf("setting up the controller of monthly reports: %w", err)
	}
	return &Operator{
		Manager: mgr, shell: s,
		families: families.Loop, others: []*shell.Loop{policies.Loop, jurisdictions.Loop, reports.Loop},
		reports: reports,
	}, nil
}

func newShell(mgr manager.Manager, options Options) *shell.Shell {
	s := &shell.Shell{
		Client: mgr.GetClient(),
		Cache:  mgr.GetCache(),
		Events: mgr.GetEventRecorder("fangpin"),
		Clock:  options.Clock,
		Pace:   clock.RealClock{},
		Spread: options.Spread, Debounce: options.Debounce, Scope: options.Scope,
		Progress: shell.NewProgress(),
		Twins:    shell.NewTwins(),
	}
	if s.Clock == nil {
		s.Clock = clock.RealClock{}
	}
	s.Worlds = shell.NewWorlds(s.Cache, s.Pace, s.Debounce)
	s.Census = shell.NewCensus(s.Cache, s.Worlds)
	return s
}

// ReadyCheck fails until the policies and jurisdictions are compiled, which a
// manager that stands by does too.
func (o *Operator) ReadyCheck(*http.Request) error {
	select {
	case <-o.shell.Worlds.Ready():
		return nil
	default:
		return errors.New("the policies and jurisdictions are not loaded yet")
	}
}
