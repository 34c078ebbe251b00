// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fangpin.io/fangpin/controllers"
)

func parse(t *testing.T, args ...string) *managerFlags {
	t.Helper()
	var f managerFlags
	set := flag.NewFlagSet("manager", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	f.bind(set)
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	return &f
}

func TestDefaults(t *testing.T) {
	f := parse(t)
	options, err := f.options()
	if err != nil {
		t.Fatal(err)
	}
	want := controllers.Options{Concurrency: 8, Spread: 5 * time.Minute, Debounce: time.Second}
	if diff := cmp.Diff(want, options); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
	base, err := f.base()
	if err != nil {
		t.Fatal(err)
	}
	if base.PprofBindAddress != "0" || base.LeaderElection || base.LeaderElectionID != "fangpin" || !base.LeaderElectionReleaseOnCancel {
		t.Errorf("pprof %q, leader election %v, lease %q, released %v", base.PprofBindAddress, base.LeaderElection, base.LeaderElectionID, base.LeaderElectionReleaseOnCancel)
	}
}

func TestScopeAndClock(t *testing.T) {
	options, err := parse(t, "--namespaces", "zhaotan, longquan", "--watch-label-selector=fangpin.io/shard in (s1)",
		"--simulate-start=2020-03-25", "--simulate-speed=86400").options()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"zhaotan", "longquan"}, options.Scope.Namespaces); diff != "" {
		t.Errorf("namespaces (-want +got):\n%s", diff)
	}
	if got := options.Scope.Selector.String(); got != "fangpin.io/shard in (s1)" {
		t.Errorf("selector %s", got)
	}
	// A day begins at midnight in the default zone of policies.
	if got := options.Clock.Now().Sub(time.Date(2020, 3, 24, 16, 0, 0, 0, time.UTC)); got < 0 || got > 30*24*time.Hour {
		t.Errorf("the simulated clock is %s after its start", got)
	}
	instant, err := startOf("2020-03-25T09:30:00+08:00")
	if err != nil || !instant.Equal(time.Date(2020, 3, 25, 1, 30, 0, 0, time.UTC)) {
		t.Errorf("an instant is read as %s, %v", instant, err)
	}
}

func TestShardsDoNotCompeteForOneLease(t *testing.T) {
	names := map[string]string{}
	for _, args := range []string{"", "--namespaces=a", "--namespaces=b", "--watch-label-selector=shard=a", "--watch-label-selector=shard=b"} {
		name := parse(t, strings.Fields(args)...).leaseName()
		if other, taken := names[name]; taken {
			t.Errorf("%q and %q have one lease, %s", args, other, name)
		}
		names[name] = args
	}
	if got := parse(t, "--namespaces=a", "--leader-election-id=own").leaseName(); got != "own" {
		t.Errorf("the lease that was asked for is called %s", got)
	}
}

func TestBadFlagsSayHowToMendThem(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"nobody works", []string{"--concurrency=0"}, "at least one family"},
		{"a time that runs backwards", []string{"--debounce=-1s"}, "must not be negative"},
		{"a namespace that cannot be one", []string{"--namespaces=Zhao Tan"}, "is no namespace"},
		{"a selector that cannot be read", []string{"--watch-label-selector=a in"}, "--watch-label-selector"},
		{"a day that does not exist", []string{"--simulate-start=2020-02-30"}, "02-30"},
		{"a day in words", []string{"--simulate-start=tomorrow"}, "2020-03-25T00:00:00+08:00"},
		{"a speed without a start", []string{"--simulate-speed=5"}, "--simulate-start"},
		{"a clock that stands", []string{"--simulate-start=2020-03-25", "--simulate-speed=0"}, "at least 1"},
		{"a leader that does not give up in time", []string{"--leader-election-renew-deadline=20s"}, "two managers"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := parse(t, test.args...)
			_, err := f.options()
			if err == nil {
				_, err = f.base()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want it to have %q", err, test.want)
			}
		})
	}
}
