// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"os"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// The first plan that both READMEs show is ten lines, the same in both, and compiles.
func TestTheFirstPlanOfTheReadmeCompiles(t *testing.T) {
	var plans []string
	for _, path := range []string{"../../README.md", "../../README.zh-CN.md"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, found := strings.Cut(string(text), "```yaml\n")
		block, _, closed := strings.Cut(rest, "```")
		if !found || !closed {
			t.Fatalf("%s shows no plan", path)
		}
		plans = append(plans, block)
	}
	if plans[0] != plans[1] {
		t.Error("the two READMEs show different plans")
	}
	if n := strings.Count(plans[0], "\n"); n != 10 {
		t.Errorf("the plan has %d lines, the heading says ten", n)
	}
	p := &v1alpha1.MonitoringPolicy{}
	if err := yaml.UnmarshalStrict([]byte(plans[0]), p); err != nil {
		t.Fatal(err)
	}
	if problems := CompilePolicy(p).Problems; len(problems) > 0 {
		t.Error(problems)
	}
}
