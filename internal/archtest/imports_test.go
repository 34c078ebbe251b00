// SPDX-License-Identifier: Apache-2.0

package archtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestImportRules(t *testing.T) {
	for _, test := range []struct {
		name string
		give Package
		want []Violation
	}{
		{
			name: "the core imports downward and the harmless standard library",
			give: Package{
				Path:        "internal/decision",
				Imports:     []string{"internal/civil", "internal/money", "sort", "time"},
				TestImports: []string{"internal/decision", "os", "testing", "pgregory.net/rapid", "github.com/google/go-cmp/cmp"},
			},
		},
		{
			name: "civil may not know money",
			give: Package{Path: "internal/civil", Imports: []string{"internal/money"}},
			want: []Violation{{"internal/civil", "imports internal/money; the core imports the standard library and, here, []"}},
		},
		{
			name: "decision may not know the API",
			give: Package{Path: "internal/decision", Imports: []string{"api/v1alpha1"}},
			want: []Violation{{"internal/decision", "imports api/v1alpha1; the core imports the standard library and, here, [internal/civil internal/money]"}},
		},
		{
			name: "the core uses no library",
			give: Package{Path: "internal/money", Imports: []string{"github.com/cockroachdb/apd/v3"}},
			want: []Violation{{"internal/money", "imports github.com/cockroachdb/apd/v3; the core imports the standard library and, here, []"}},
		},
		{
			name: "the core does not reach its surroundings",
			give: Package{Path: "internal/rollup", Imports: []string{"os", "log/slog", "math/rand/v2", "net/http", "math"}},
			want: []Violation{
				{"internal/rollup", "imports os; the core reads no clock, environment, random source, file or log: pass the value in"},
				{"internal/rollup", "imports log/slog; the core reads no clock, environment, random source, file or log: pass the value in"},
				{"internal/rollup", "imports math/rand/v2; the core reads no clock, environment, random source, file or log: pass the value in"},
				{"internal/rollup", "imports net/http; the core reads no clock, environment, random source, file or log: pass the value in"},
			},
		},
		{
			name: "tests of the core do not lean on what is built on it",
			give: Package{Path: "internal/decision", TestImports: []string{"internal/plan"}},
			want: []Violation{{"internal/decision", "its tests import internal/plan; tests of the core use the core and [github.com/google/go-cmp/cmp pgregory.net/rapid]"}},
		},
		{
			name: "the API types import apimachinery",
			give: Package{Path: "api/v1alpha1", Imports: []string{"k8s.io/apimachinery/pkg/apis/meta/v1", "fmt"}},
		},
		{
			name: "the API types do not import controller-runtime",
			give: Package{Path: "api/v1alpha1", Imports: []string{"sigs.k8s.io/controller-runtime/pkg/scheme"}},
			want: []Violation{{"api/v1alpha1", "imports sigs.k8s.io/controller-runtime/pkg/scheme; here only [k8s.io/apimachinery] and api itself are allowed"}},
		},
		{
			name: "client-go is for the apply configurations alone",
			give: Package{Path: "api/v1alpha1", Imports: []string{"k8s.io/client-go/applyconfigurations/meta/v1"}},
			want: []Violation{{"api/v1alpha1", "imports k8s.io/client-go/applyconfigurations/meta/v1; here only [k8s.io/apimachinery] and api itself are allowed"}},
		},
		{
			name: "apply configurations import client-go's",
			give: Package{Path: "api/v1alpha1/applyconfiguration/api/v1alpha1", Imports: []string{"k8s.io/client-go/applyconfigurations/meta/v1", "api/v1alpha1"}},
		},
		{
			name: "a controller uses what is below it, and its own parts",
			give: Package{Path: "controllers/family", Imports: []string{"controllers/family/gather", "internal/shell", "internal/translate", "api/v1alpha1"}},
		},
		{
			name: "no controller imports another, not even in tests",
			give: Package{Path: "controllers/family", Imports: []string{"controllers/policy"}, TestImports: []string{"controllers/jurisdiction"}},
			want: []Violation{
				{"controllers/family", "imports the controller controllers/policy; controllers meet through the API"},
				{"controllers/family", "imports the controller controllers/jurisdiction; controllers meet through the API"},
			},
		},
		{
			name: "the list of controllers imports them all",
			give: Package{Path: "controllers", Imports: []string{"controllers/family", "controllers/policy"}},
		},
		{
			name: "plan speaks CEL",
			give: Package{Path: "internal/plan", Imports: []string{"github.com/google/cel-go/cel", "internal/decision"}},
		},
		{
			name: "nobody else speaks CEL",
			give: Package{Path: "internal/cli", Imports: []string{"github.com/google/cel-go/common/types"}, TestImports: []string{"k8s.io/apiserver/pkg/cel/environment"}},
			want: []Violation{
				{"internal/cli", "imports github.com/google/cel-go/common/types; only internal/plan speaks CEL: ask it for a predicate"},
				{"internal/cli", "imports k8s.io/apiserver/pkg/cel/environment; only internal/plan speaks CEL: ask it for a predicate"},
			},
		},
		{
			name: "translate knows both vocabularies",
			give: Package{Path: "internal/translate", Imports: []string{"api/v1alpha1", "internal/decision", "internal/plan"}},
		},
		{
			name: "a controller does not know both vocabularies",
			give: Package{Path: "controllers/family", Imports: []string{"api/v1alpha1", "internal/decision"}},
			want: []Violation{{"controllers/family", "imports both api and internal/decision; only internal/translate knows both: let it translate"}},
		},
		{
			name: "an inner package does not import an outer one",
			give: Package{Path: "internal/plan", Imports: []string{"internal/translate", "internal/rollup"}},
			want: []Violation{{"internal/plan", "imports internal/translate, which is of an outer layer"}},
		},
		{
			name: "nobody imports a command",
			give: Package{Path: "internal/shell", Imports: []string{"cmd/manager"}},
			want: []Violation{{"internal/shell", "imports cmd/manager, which is of an outer layer"}},
		},
		{
			name: "a new package is given a place",
			give: Package{Path: "internal/helpers"},
			want: []Violation{{"internal/helpers", "has no place in the layers of internal/archtest: give it one"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, CheckImports([]Package{test.give})); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPackageThatIsGoneIsReported(t *testing.T) {
	var packages []Package
	for _, layer := range layers {
		for _, name := range layer {
			packages = append(packages, Package{Path: name + "/part"})
		}
	}
	if found := CheckPresence(packages); len(found) > 0 {
		t.Errorf("with all packages there: %v", found)
	}
	var renamed []Package
	for _, p := range packages {
		if within(p.Path, "internal/decision") {
			p.Path = "internal/judgment"
		}
		renamed = append(renamed, p)
	}
	want := []Violation{{"internal/decision", "the rules name this package, and it does not exist: " +
		"if it was renamed, rename it in internal/archtest too"}}
	if diff := cmp.Diff(want, CheckPresence(renamed)); diff != "" {
		t.Errorf("with a package renamed (-want +got):\n%s", diff)
	}
}

func TestGoListIsRead(t *testing.T) {
	got, err := decode([]byte(`
{"Dir": "/src/internal/civil", "ImportPath": "fangpin.io/fangpin/internal/civil",
 "GoFiles": ["day.go"], "IgnoredGoFiles": ["day_other.go", "day_other_test.go"],
 "Imports": ["time"], "TestImports": ["testing"], "XTestImports": ["fangpin.io/fangpin/internal/civil"]}
{"Dir": "/src/cmd/manager", "ImportPath": "fangpin.io/fangpin/cmd/manager", "Imports": ["fangpin.io/fangpin/controllers"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Package{
		{
			Path: "internal/civil", Imports: []string{"time"}, TestImports: []string{"testing", "internal/civil"},
			Files: []string{"/src/internal/civil/day.go", "/src/internal/civil/day_other.go"},
		},
		{Path: "cmd/manager", Imports: []string{"controllers"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("packages (-want +got):\n%s", diff)
	}
}
