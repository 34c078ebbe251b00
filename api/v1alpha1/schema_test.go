// SPDX-License-Identifier: Apache-2.0

package v1alpha1_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/controlplane"
)

// definitions reads the generated CustomResourceDefinitions.
func definitions(t *testing.T) []apiextensionsv1.CustomResourceDefinition {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(controlplane.ProjectCRDs()[0], "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 7 {
		t.Fatalf("there are %d definitions, want those of the seven kinds: %q", len(files), files)
	}
	var found []apiextensionsv1.CustomResourceDefinition
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var definition apiextensionsv1.CustomResourceDefinition
		if err := yaml.UnmarshalStrict(content, &definition); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		found = append(found, definition)
	}
	return found
}

// node is one schema within a definition. Its place begins with the kind.
type node struct {
	place  string
	schema *apiextensionsv1.JSONSchemaProps
	// upstream says that the schema is metav1.Condition's, which is not ours to
	// bound or document.
	upstream bool
}

// nodes returns the schemas of spec and status and all below them.
func nodes(t *testing.T) []node {
	t.Helper()
	var found []node
	for _, definition := range definitions(t) {
		root := definition.Spec.Versions[0].Schema.OpenAPIV3Schema
		for _, name := range []string{"spec", "status"} {
			schema, given := root.Properties[name]
			if !given {
				t.Fatalf("%s has no %s", definition.Spec.Names.Kind, name)
			}
			found = walk(found, node{definition.Spec.Names.Kind + "." + name, &schema, false})
		}
	}
	if len(found) < 500 {
		t.Fatalf("only %d schemas are found", len(found))
	}
	return found
}

func walk(found []node, n node) []node {
	found = append(found, n)
	for name, schema := range n.schema.Properties {
		found = walk(found, node{n.place + "." + name, &schema, n.upstream})
	}
	if n.schema.Items != nil {
		upstream := n.upstream || strings.HasSuffix(n.place, ".status.conditions")
		found = walk(found, node{n.place + "[]", n.schema.Items.Schema, upstream})
	}
	return found
}

func TestNoSchemaHasADefault(t *testing.T) {
	for _, n := range nodes(t) {
		if n.schema.Default != nil {
			t.Errorf("%s has the default %s: absent means what the documentation says", n.place, n.schema.Default.Raw)
		}
	}
}

func TestEveryStringAndListIsBounded(t *testing.T) {
	for _, n := range nodes(t) {
		switch {
		case n.upstream:
		case n.schema.Type == "string" || n.schema.XIntOrString:
			if n.schema.MaxLength == nil && len(n.schema.Enum) == 0 {
				t.Errorf("%s is a string with neither maxLength nor enum", n.place)
			}
		case n.schema.Type == "array":
			if n.schema.MaxItems == nil {
				t.Errorf("%s is a list without maxItems", n.place)
			}
		case n.schema.Type == "object":
			if n.schema.AdditionalProperties != nil {
				t.Errorf("%s is a map, which has no bound", n.place)
			}
		case n.schema.Type != "integer" && n.schema.Type != "boolean":
			t.Errorf("%s has the type %q", n.place, n.schema.Type)
		}
	}
}

// Bounds at two places become allOf, which the API server's cost estimate takes
// for none.
func TestNoBoundIsSplit(t *testing.T) {
	for _, n := range nodes(t) {
		if len(n.schema.AllOf) > 0 {
			t.Errorf("%s has allOf: put its bounds at one place, the type or the field", n.place)
		}
	}
}

func TestEveryFieldIsDocumentedWithItsChineseTerm(t *testing.T) {
	for _, n := range nodes(t) {
		if n.upstream || strings.HasSuffix(n.place, "[]") {
			continue
		}
		if !strings.ContainsFunc(n.schema.Description, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("the documentation of %s lacks the Chinese term: %q", n.place, n.schema.Description)
		}
	}
}

func TestAnOptionalFieldSaysWhatItsAbsenceMeans(t *testing.T) {
	for _, n := range nodes(t) {
		if n.upstream {
			continue
		}
		for name, schema := range n.schema.Properties {
			if !slices.Contains(n.schema.Required, name) && !strings.Contains(schema.Description, "Absent:") &&
				!strings.Contains(schema.Description, "conditions are ") && !strings.Contains(schema.Description, "not known") {
				t.Errorf("the documentation of %s.%s does not say what its absence means: %q", n.place, name, schema.Description)
			}
		}
	}
}

// The API server's own words for an amount without quotes are "must be of type
// string"; that quotes are meant stands in the documentation.
func TestTheDocumentationOfAmountsSaysToQuoteThem(t *testing.T) {
	amounts := 0
	for _, n := range nodes(t) {
		isAmount := slices.ContainsFunc(n.schema.XValidations, func(rule apiextensionsv1.ValidationRule) bool {
			return strings.HasPrefix(rule.Message, "an amount is in yuan")
		})
		if !isAmount {
			continue
		}
		amounts++
		if !strings.Contains(strings.ReplaceAll(n.schema.Description, "\n", " "), "in yuan, quoted") {
			t.Errorf("the documentation of %s does not say to quote the amount: %q", n.place, n.schema.Description)
		}
	}
	if amounts != 14 {
		t.Errorf("there are %d amounts in the schemas, want 14", amounts)
	}
}

// A name that YAML 1.1 reads as a boolean would never reach the API server.
func TestNoFieldIsABooleanToYAML(t *testing.T) {
	booleans := []string{"y", "n", "yes", "no", "on", "off", "true", "false"}
	for _, n := range nodes(t) {
		for name := range n.schema.Properties {
			if slices.Contains(booleans, strings.ToLower(name)) {
				t.Errorf("%s.%s is a boolean to kubectl", n.place, name)
			}
		}
	}
}

func TestEveryKindRequiresItsSpec(t *testing.T) {
	for _, definition := range definitions(t) {
		root := definition.Spec.Versions[0].Schema.OpenAPIV3Schema
		if !slices.Equal(root.Required, []string{"spec"}) {
			t.Errorf("%s requires %q, want spec alone", definition.Spec.Names.Kind, root.Required)
		}
	}
}

// served is how kubectl shows a kind.
type served struct {
	Short, Scope     string
	Columns, Wide    string // as kubectl prints them
	SelectableFields []string
}

func TestKindsAreServedAsTheContractSays(t *testing.T) {
	want := map[string]served{
		"MonitoringPolicy": {
			Short: "mpol", Scope: "Cluster",
			Columns: "JURISDICTION FROM UNTIL GOVERNED EVALUATED READY AGE",
			Wide:    "COMPILED ROLLED-OUT NAME",
		},
		"Jurisdiction": {
			Short: "jur", Scope: "Cluster",
			Columns: "LEVEL POLICY HOUSEHOLDS MONITORED SHORTFALLS OVERDUE READY",
			Wide:    "NEXT-DEADLINE NAME",
		},
		"Household": {
			Short: "hh", Scope: "Namespaced",
			Columns:          "STAGE CATEGORY TIER SHORTFALLS NEXT-DEADLINE OVERDUE READY AGE",
			Wide:             "POLICY SINCE SURVEYED CAUSES ELIGIBLE-FROM",
			SelectableFields: []string{".status.tier", ".status.stage", ".spec.registration"},
		},
		"RiskSignal": {
			Short: "sig", Scope: "Namespaced",
			Columns:          "HOUSEHOLD SOURCE CAUSE DATE STATE VERIFY-BY READY AGE",
			SelectableFields: []string{".spec.householdRef.name", ".status.state"},
		},
		"Review": {
			Short: "rev", Scope: "Namespaced",
			Columns:          "HOUSEHOLD PURPOSE STAGE NEXT-STEP DUE READY AGE",
			Wide:             "POLICY COMPLETED",
			SelectableFields: []string{".spec.householdRef.name"},
		},
		"AssistancePlan": {
			Short: "aplan", Scope: "Namespaced",
			Columns:          "TIER OPEN UNCOVERED PLANNED DELIVERED NEXT-DEADLINE OVERDUE READY",
			SelectableFields: []string{".spec.householdRef.name"},
		},
		"MonthlyReport": {
			Short: "mrep", Scope: "Namespaced",
			Columns:          "JURISDICTION PERIOD STATE DUE SEALED READY",
			SelectableFields: []string{".status.state"},
		},
	}
	got := map[string]served{}
	for _, definition := range definitions(t) {
		names, version := definition.Spec.Names, definition.Spec.Versions[0]
		if !slices.Equal(names.Categories, []string{"fangpin"}) {
			t.Errorf("%s is in the categories %q, want fangpin", names.Kind, names.Categories)
		}
		kind := served{Short: strings.Join(names.ShortNames, " "), Scope: string(definition.Spec.Scope)}
		var columns, wide []string
		for _, column := range version.AdditionalPrinterColumns {
			if column.Priority == 0 {
				columns = append(columns, strings.ToUpper(column.Name))
			} else {
				wide = append(wide, strings.ToUpper(column.Name))
			}
		}
		kind.Columns, kind.Wide = strings.Join(columns, " "), strings.Join(wide, " ")
		for _, field := range version.SelectableFields {
			kind.SelectableFields = append(kind.SelectableFields, field.JSONPath)
		}
		got[names.Kind] = kind
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds as served (-want +got):\n%s", diff)
	}
}
