// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/shell"
)

// managerFlags are the flags of the manager, as they were given.
type managerFlags struct {
	metricsAddress, healthAddress, pprofAddress string

	leaderElect                               bool
	leaderElectionID, leaderElectionNamespace string
	leaseDuration, renewDeadline, retryPeriod time.Duration

	concurrency      int
	spread, debounce time.Duration
	namespaces       string
	selector         string

	simulateStart string
	simulateSpeed int64
}

func (f *managerFlags) bind(set *flag.FlagSet) {
	set.StringVar(&f.metricsAddress, "metrics-bind-address", ":8080", "Address of /metrics; 0 turns it off.")
	set.StringVar(&f.healthAddress, "health-probe-bind-address", ":8081", "Address of /healthz and /readyz; 0 turns them off.")
	set.StringVar(&f.pprofAddress, "pprof-bind-address", "0", "Address of /debug/pprof; 0 turns it off. It shows what the process holds in memory: bind it to localhost.")

	set.BoolVar(&f.leaderElect, "leader-elect", false, "Let one of several managers work, and the others stand by.")
	set.StringVar(&f.leaderElectionID, "leader-election-id", "", "Name of the lease; empty: derived from the namespaces and the selector, so that shards do not compete.")
	set.StringVar(&f.leaderElectionNamespace, "leader-election-namespace", "", "Namespace of the lease; empty: the manager's own.")
	set.DurationVar(&f.leaseDuration, "leader-election-lease-duration", 15*time.Second, "Time after which a standby takes over from a leader that is silent.")
	set.DurationVar(&f.renewDeadline, "leader-election-renew-deadline", 10*time.Second, "Time within which the leader must renew its lease, or stop.")
	set.DurationVar(&f.retryPeriod, "leader-election-retry-period", 2*time.Second, "Time between attempts to get or renew the lease.")

	set.IntVar(&f.concurrency, "concurrency", controllers.DefaultConcurrency, "How many families are judged and written at a time.")
	set.DurationVar(&f.spread, "midnight-spread", controllers.DefaultSpread, "Time over which the families that fall due at a midnight are spread.")
	set.DurationVar(&f.debounce, "debounce", controllers.DefaultDebounce, "Time for which roll-ups and the compilation of policies wait for further changes.")
	set.StringVar(&f.namespaces, "namespaces", "", "Comma-separated namespaces of the townships to look after; empty: all. Jurisdictions and policies with families beyond them are left to another manager.")
	set.StringVar(&f.selector, "watch-label-selector", "", "Label selector of the families' papers to look after, such as fangpin.io/shard=s1; empty: all. Jurisdictions and policies are left to another manager.")

	set.StringVar(&f.simulateStart, "simulate-start", "", "For rehearsals: the day or instant (2020-03-25 or 2020-03-25T00:00:00+08:00) at which a simulated clock starts; empty: the machine's clock.")
	set.Int64Var(&f.simulateSpeed, "simulate-speed", 1, "How many times as fast as the machine's the simulated clock runs; 86400 is a day a second.")
}

// base is what has nothing to do with judging.
func (f *managerFlags) base() (manager.Options, error) {
	if f.renewDeadline >= f.leaseDuration {
		return manager.Options{}, fmt.Errorf("--leader-election-renew-deadline=%s must be shorter than --leader-election-lease-duration=%s, or two managers work at once", f.renewDeadline, f.leaseDuration)
	}
	return manager.Options{
		Metrics:                 metricsserver.Options{BindAddress: f.metricsAddress},
		HealthProbeBindAddress:  f.healthAddress,
		PprofBindAddress:        f.pprofAddress,
		LeaderElection:          f.leaderElect,
		LeaderElectionID:        f.leaseName(),
		LeaderElectionNamespace: f.leaderElectionNamespace,
		LeaseDuration:           &f.leaseDuration,
		RenewDeadline:           &f.renewDeadline,
		RetryPeriod:             &f.retryPeriod,
		// The process ends right after Start returns, so that the lease can be
		// handed on at once.
		LeaderElectionReleaseOnCancel: true,
	}, nil
}

// leaseName tells the leases of shards apart.
func (f *managerFlags) leaseName() string {
	if f.leaderElectionID != "" {
		return f.leaderElectionID
	}
	if f.namespaces == "" && f.selector == "" {
		return "fangpin"
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(f.namespaces + "\n" + f.selector)) // never fails
	return fmt.Sprintf("fangpin-%08x", hash.Sum32())
}

// options are what the controllers judge by.
func (f *managerFlags) options() (controllers.Options, error) {
	options := controllers.Options{Concurrency: f.concurrency, Spread: f.spread, Debounce: f.debounce}
	if f.concurrency < 1 {
		return options, fmt.Errorf("--concurrency=%d: at least one family must be judged at a time", f.concurrency)
	}
	if f.spread < 0 || f.debounce < 0 {
		return options, fmt.Errorf("--midnight-spread=%s and --debounce=%s must not be negative", f.spread, f.debounce)
	}
	for name := range strings.SplitSeq(f.namespaces, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if problems := validation.IsDNS1123Label(name); len(problems) > 0 {
			return options, fmt.Errorf("--namespaces: %q is no namespace: %s", name, strings.Join(problems, "; "))
		}
		options.Scope.Namespaces = append(options.Scope.Namespaces, name)
	}
	if f.selector != "" {
		selector, err := labels.Parse(f.selector)
		if err != nil {
			return options, fmt.Errorf("--watch-label-selector: %w", err)
		}
		options.Scope.Selector = selector
	}
	return options, f.simulate(&options)
}

func (f *managerFlags) simulate(options *controllers.Options) error {
	if f.simulateStart == "" {
		if f.simulateSpeed != 1 {
			return fmt.Errorf("--simulate-speed=%d needs --simulate-start: the machine's clock runs at its own speed", f.simulateSpeed)
		}
		return nil
	}
	if f.simulateSpeed < 1 {
		return fmt.Errorf("--simulate-speed=%d must be at least 1", f.simulateSpeed)
	}
	start, err := startOf(f.simulateStart)
	if err != nil {
		return err
	}
	options.Clock = shell.NewFastClock(start, f.simulateSpeed)
	return nil
}

// startOf reads a day, which begins in the default zone of policies, or an
// instant.
func startOf(text string) (time.Time, error) {
	if instant, err := time.Parse(time.RFC3339, text); err == nil {
		return instant, nil
	}
	day, err := civil.ParseDay(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("--simulate-start: %w; or write an instant such as 2020-03-25T00:00:00+08:00", err)
	}
	zone, err := civil.LoadZone("")
	if err != nil {
		return time.Time{}, err
	}
	return day.In(zone), nil
}

// addProbes adds the checks: alive while the process answers, ready when the
// cache is filled.
func addProbes(operator *controllers.Operator) error {
	if err := operator.AddHealthzCheck("ping", healthz.Ping); err != nil {
		return err
	}
	return operator.AddReadyzCheck("cache", operator.ReadyCheck)
}
