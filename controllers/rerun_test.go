// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"k8s.io/apimachinery/pkg/runtime"
)

type runtimeObject = runtime.Object

// again runs this test binary once more with the detector of changed cache
// objects turned on, and returns its exit code.
func again() int {
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, "finding the test binary:", err)
		return 1
	}
	command := exec.Command(self, os.Args[1:]...)
	command.Env = append(os.Environ(), "KUBE_CACHE_MUTATION_DETECTOR=true")
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, "running the test binary:", err)
	return 1
}
