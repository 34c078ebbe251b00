// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestThePinsOfThisModuleAreWhole(t *testing.T) {
	pins, err := readPins(".")
	if err != nil {
		t.Fatal(err)
	}
	kubernetes := pins.versions["k8s.io/kubernetes"]
	staging := "v0." + strings.TrimPrefix(kubernetes, "v1.")
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	replaced := 0
	for line := range strings.Lines(string(mod)) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), " => ")
		if !ok {
			continue
		}
		replaced++
		if want := from + " " + staging; to != want {
			t.Errorf("%s is replaced by %q, want %q: all staging modules belong to one release", from, to, want)
		}
	}
	if replaced == 0 {
		t.Error("go.mod replaces no staging module of Kubernetes")
	}
}

func TestOnlyAFinishedBuildOfThesePinsIsKept(t *testing.T) {
	pins, err := readPins(".")
	if err != nil {
		t.Fatal(err)
	}
	older := pins
	older.digest = "0123456789abcdef"
	for _, test := range []struct {
		name        string
		binary      bool
		stamp       string
		wantMissing bool
	}{
		{name: "nothing was built", wantMissing: true},
		{name: "built from these pins", binary: true, stamp: pins.stamp(etcd)},
		{name: "built from other pins", binary: true, stamp: older.stamp(etcd), wantMissing: true},
		{name: "interrupted before the stamp", binary: true, wantMissing: true},
		{name: "the binary was removed", stamp: pins.stamp(etcd), wantMissing: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			write := func(path, content string) {
				if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			if test.binary {
				write(filepath.Join(folder, etcd.name), "program")
			}
			if test.stamp != "" {
				write(stampFile(folder, etcd), test.stamp)
			}
			missing := missingFrom(folder, []binary{etcd}, pins)
			if got := slices.Contains(missing, etcd); got != test.wantMissing {
				t.Errorf("missing is %v, want %v", got, test.wantMissing)
			}
		})
	}
}

func TestTheProgressOfGoBuildIsCounted(t *testing.T) {
	var p progress
	p.read(strings.NewReader("go: downloading k8s.io/api v0.36.3\n"))
	if got, want := p.String(), "fetching modules (1 so far)"; got != want {
		t.Errorf("while fetching it says %q, want %q", got, want)
	}
	p.read(strings.NewReader("k8s.io/api/core/v1\ngo.etcd.io/etcd/server/v3\n# k8s.io/api\napi.go:1:2: undefined: x\n"))
	if got, want := p.String(), "2 packages compiled"; got != want {
		t.Errorf("while compiling it says %q, want %q", got, want)
	}
	if got, want := p.messages(), "# k8s.io/api\napi.go:1:2: undefined: x"; got != want {
		t.Errorf("the compiler's messages are %q, want %q", got, want)
	}
}
