// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

func packs(t testing.TB) map[string]*translate.CompiledPolicy {
	t.Helper()
	files, err := filepath.Glob("../../../config/policies/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*translate.CompiledPolicy{}
	for _, file := range files {
		if strings.HasSuffix(file, ".test.yaml") {
			continue
		}
		text, err := os.ReadFile(file) //nolint:gosec // the project's own files
		if err != nil {
			t.Fatal(err)
		}
		for doc := range bytes.SplitSeq(text, []byte("\n---\n")) {
			var p v1alpha1.MonitoringPolicy
			if err := yaml.Unmarshal(doc, &p); err != nil {
				t.Fatal(err)
			}
			if p.Kind == "MonitoringPolicy" {
				out[p.Name] = translate.CompilePolicy(&p)
			}
		}
	}
	return out
}

// TestNothingIsIdleInTheShippedPlans: their pages explain what remains.
func TestNothingIsIdleInTheShippedPlans(t *testing.T) {
	plans := packs(t)
	if len(plans) != 7 {
		t.Errorf("%d plans, want 7", len(plans))
	}
	for name, compiled := range plans {
		for _, f := range Look(compiled, Options{Samples: 2000}) {
			if f.Code != StandardWithoutDepartment {
				t.Errorf("%s: %s", name, said(f))
			}
		}
	}
}
