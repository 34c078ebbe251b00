// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"k8s.io/utils/clock"

	"fangpin.io/fangpin/internal/controlplane"
)

// withControlPlane lets the tests that need an API server share one.
type withControlPlane struct{ *testing.M }

func (m withControlPlane) Run() int {
	return controlplane.ForMain(m.M, controlplane.Options{CRDs: controlplane.ProjectCRDs()})
}

func TestMain(m *testing.M) {
	testscript.Main(withControlPlane{m}, map[string]func(){
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
	data, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			for from, to := range map[string]string{
				"plan/plan.yaml": "plan.yaml", "plan/families.yaml": "families.yaml",
				"late/families.yaml": "entered-late.yaml", "latepapers/papers.yaml": "late-papers.yaml",
				"gates/plan.yaml": "gates/plan.yaml", "gates/families.yaml": "gates/families.yaml",
			} {
				text, err := os.ReadFile(filepath.Join(data, from)) //nolint:gosec // the test's own files
				if err != nil {
					return err
				}
				to = filepath.Join(env.WorkDir, to)
				if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
					return err
				}
				if err := os.WriteFile(to, text, 0o600); err != nil {
					return err
				}
			}
			env.Setenv("KUBECONFIG", filepath.Join(env.WorkDir, "no-kubeconfig"))
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("POLICIES", filepath.Join(data, "..", "..", "..", "config", "policies"))
			return nil
		},
	})
}
