// SPDX-License-Identifier: Apache-2.0

package archtest

import (
	"path/filepath"
	"testing"
)

// TestTheProjectKeepsItsShape is the reason for this package.
func TestTheProjectKeepsItsShape(t *testing.T) {
	packages, err := List(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	violations := append(CheckPresence(packages), CheckImports(packages)...)
	inSources, err := CheckSources(packages)
	if err != nil {
		t.Fatal(err)
	}
	for _, violation := range append(violations, inSources...) {
		t.Error(violation)
	}
}
