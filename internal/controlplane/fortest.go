// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// T is the part of testing.TB that ForTest needs; this package is linked into
// programs, which have no use for package testing.
type T interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// shared is the control plane of a test binary whose TestMain is ForMain.
var shared struct {
	sync.Mutex
	declared bool
	options  Options
	running  *ControlPlane
	err      error
}

// ForMain runs a package's tests with one control plane for all of them, and
// returns the exit code:
//
//	func TestMain(m *testing.M) {
//		os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
//	}
//
// The control plane is started when the first test calls ForTest, so that tests
// which need none cost nothing, and stopped after the last one, also on Ctrl-C.
func ForMain(m interface{ Run() int }, options Options) int {
	shared.Lock()
	shared.declared, shared.options = true, options
	shared.Unlock()

	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, open := <-interrupted; open {
			stopShared()
			os.Exit(130)
		}
	}()
	defer close(interrupted)
	defer signal.Stop(interrupted)
	defer stopShared()
	return m.Run()
}

func stopShared() {
	shared.Lock()
	defer shared.Unlock()
	if shared.running != nil {
		shared.running.Stop()
	}
}

// ForTest returns the control plane that ForMain shares among a package's
// tests. In a package without ForMain it starts one for this test alone, with
// the given options. Missing binaries fail the test: a test that needs the
// control plane and was not run has shown nothing.
func ForTest(t T, options ...Options) *ControlPlane {
	t.Helper()
	cp, err := forTest(t, options)
	if err != nil {
		t.Fatalf("starting the control plane: %v", err)
	}
	return cp
}

func forTest(t T, options []Options) (*ControlPlane, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.declared {
		if len(options) > 0 {
			return nil, fmt.Errorf("the options are given to ForMain, which shares one control plane among the tests")
		}
		if shared.running == nil && shared.err == nil {
			shared.running, shared.err = Start(context.Background(), shared.options)
		}
		return shared.running, shared.err
	}
	var own Options
	if len(options) > 0 {
		own = options[0]
	}
	cp, err := Start(context.Background(), own)
	if err == nil {
		t.Cleanup(cp.Stop)
	}
	return cp, err
}
