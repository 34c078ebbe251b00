// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/utils/clock"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/cli/policytest"
)

// A file of testdata/readings: the other readings of one plan. Each is a change of
// one line of the shipped policy, and shows on cases, written as those of a policy
// test are, what is concluded as shipped and by the other reading.
type readingsFile struct {
	Policy   string         `json:"policy"` // config/policies/<policy>.yaml
	Defaults map[string]any `json:"defaults"`
	// Papers is a place for what several cases share by YAML anchors.
	Papers   any       `json:"papers"`
	Readings []reading `json:"readings"`
}

type reading struct {
	Name  string        `json:"name"`
	Line  string        `json:"line"` // of the policy, where it stands once
	To    string        `json:"to"`   // what is written in its place
	Cases []readingCase `json:"cases"`
}

type readingCase struct {
	Name      string         `json:"name"`
	AsOf      string         `json:"asOf"`
	Household map[string]any `json:"household,omitempty"`
	Objects   []any          `json:"objects,omitempty"`
	Shipped   any            `json:"shipped"`
	Other     any            `json:"other"`
}

// TestOtherReadingsAreOneLineApart shows of every reading that a plan's comments
// offer as a change of a line that the line is there, that the change compiles, and
// what it changes. A reading of which no case tells the two apart is a fault.
func TestOtherReadingsAreOneLineApart(t *testing.T) {
	files, err := filepath.Glob("testdata/readings/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no readings in testdata/readings (%v)", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var f readingsFile
		if err := yaml.UnmarshalStrict(text, &f); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		shipped, err := os.ReadFile(filepath.Join("../../config/policies", f.Policy+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range f.Readings {
			t.Run(f.Policy+"/"+r.Name, func(t *testing.T) { f.compare(t, r, string(shipped)) })
		}
	}
}

func (f readingsFile) compare(t *testing.T, r reading, shipped string) {
	if n := strings.Count(shipped, r.Line+"\n"); n != 1 {
		t.Fatalf("the line %q stands %d times in %s.yaml, want once", r.Line, n, f.Policy)
	}
	other := strings.Replace(shipped, r.Line+"\n", r.To+"\n", 1)
	asShipped := func(c readingCase) any { return c.Shipped }
	byTheOther := func(c readingCase) any { return c.Other }
	for name, failed := range f.failures(t, r.Cases, shipped, asShipped) {
		t.Errorf("as shipped: %s\n%s", name, failed)
	}
	for name, failed := range f.failures(t, r.Cases, other, byTheOther) {
		t.Errorf("by the other reading: %s\n%s", name, failed)
	}
	if !t.Failed() && len(f.failures(t, r.Cases, other, asShipped)) == 0 {
		t.Error("no case tells this reading from the shipped one")
	}
}

// failures runs the cases against a policy and returns what failed by the names of
// the cases.
func (f readingsFile) failures(t *testing.T, cases []readingCase, policy string, want func(readingCase) any) map[string]string {
	t.Helper()
	folder := t.TempDir()
	list := make([]map[string]any, len(cases))
	for i, c := range cases {
		list[i] = map[string]any{"name": c.Name, "asOf": c.AsOf, "household": c.Household, "objects": c.Objects, "expect": want(c)}
	}
	document, err := yaml.Marshal(map[string]any{
		"apiVersion": "fangpin.io/v1alpha1", "kind": "PolicyTest", "metadata": map[string]any{"name": f.Policy},
		"objects": []string{"./policy.yaml"}, "defaults": f.Defaults, "cases": list,
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"policy.yaml": policy, "test.yaml": string(document)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := policytest.Load(t.Context(), []string{filepath.Join(folder, "test.yaml")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	failed := map[string]string{}
	for _, test := range loaded.Tests {
		err := policytest.Runner{Clock: clock.RealClock{}}.Run(t.Context(), test, func(o policytest.Outcome) error {
			switch {
			case o.Err != nil:
				failed[o.Case.Name] = o.Err.Error()
			case len(o.Diffs) > 0:
				failed[o.Case.Name] = o.Diffs[0].Object + "\n" + o.Diffs[0].Text
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return failed
}
