// SPDX-License-Identifier: Apache-2.0

package gitops

import (
	"errors"
	"os"
	"os/exec"
	"testing"
)

// run runs a program and returns its output; another exit status than wanted ends
// the test.
func run(t *testing.T, wantStatus int, environment []string, program string, args ...string) string {
	t.Helper()
	out, status := runIn(t, "", environment, program, args...)
	if status != wantStatus {
		t.Fatalf("%s %v: exit status %d, want %d\n%s", program, args, status, wantStatus, out)
	}
	return out
}

// runIn runs a program in a folder, with variables beside the test's own, and
// returns its output and exit status.
func runIn(t *testing.T, folder string, environment []string, program string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), environment...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", program, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}
