// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"k8s.io/utils/clock"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"kubectl-fangpin": func() {
			os.Exit(Main(context.Background(), os.Args[1:], Environment{
				In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr, Getenv: os.Getenv, Clock: clock.RealClock{},
			}))
		},
	})
}

// TestScripts runs the command as people do, from scripts that show input and
// output. UPDATE_SCRIPTS=1 writes what came out into them, to be looked at.
func TestScripts(t *testing.T) {
	plan, err := filepath.Abs(filepath.Join("testdata", "plan"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			for _, file := range []string{"plan.yaml", "families.yaml"} {
				text, err := os.ReadFile(filepath.Join(plan, file)) //nolint:gosec // the test's own files
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(env.WorkDir, file), text, 0o600); err != nil {
					return err
				}
			}
			env.Setenv("KUBECONFIG", filepath.Join(env.WorkDir, "no-kubeconfig"))
			env.Setenv("LANG", "C.UTF-8")
			return nil
		},
	})
}
