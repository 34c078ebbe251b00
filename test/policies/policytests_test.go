// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"testing"

	"k8s.io/utils/clock"

	"fangpin.io/fangpin/internal/cli/policytest"
)

// TestThePolicyTestsPass runs what `kubectl fangpin test config/policies` runs, so
// that go test alone finds a plan that no longer says what it did; and the cases
// of test/contract, which pin the contract's words on plans of a few lines.
func TestThePolicyTestsPass(t *testing.T) {
	for _, folder := range []string{"../../config/policies", "../contract"} {
		runPolicyTests(t, folder)
	}
}

func runPolicyTests(t *testing.T, folder string) {
	t.Helper()
	loaded, err := policytest.Load(t.Context(), []string{folder}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded.Tests) == 0 {
		t.Fatalf("there are no policy tests in %s", folder)
	}
	runner := policytest.Runner{Clock: clock.RealClock{}}
	for _, test := range loaded.Tests {
		err := runner.Run(t.Context(), test, func(o policytest.Outcome) error {
			t.Run(test.Name+"/"+o.Case.Name, func(t *testing.T) {
				if o.Err != nil {
					t.Error(o.Err)
				}
				for _, diff := range o.Diffs {
					t.Errorf("%s\n%s", diff.Object, diff.Text)
				}
			})
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
