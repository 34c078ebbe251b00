// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

func TestPacks(t *testing.T) {
	for name, c := range packs(t) {
		start := time.Now()
		found := Look(c, Options{Samples: 2000})
		t.Log(name, time.Since(start))
		for _, f := range found {
			t.Log("  ", f.Code, f.Path, f.Others, f.Days, f.Subjects)
		}
	}
}
