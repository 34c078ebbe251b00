// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"context"
	"strings"
	"testing"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
)

// read reads the documents of a text as a file f.yaml would be read.
func read(text string) (objects []client.Object, errs []error) {
	err := Split("f.yaml", strings.NewReader(text), func(c Chunk) error {
		docs, err := Parse(c)
		if err != nil {
			errs = append(errs, err)
		}
		for _, d := range docs {
			if _, err := d.Belongs(); err != nil {
				errs = append(errs, err)
				continue
			}
			object, err := Reading{Namespace: "town"}.Object(context.Background(), &d)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			objects = append(objects, object)
		}
		return nil
	})
	if err != nil {
		errs = append(errs, err)
	}
	return objects, errs
}

const family = `apiVersion: fangpin.io/v1alpha1
kind: Household
metadata: {name: hh-000127}
spec:
  registration: Graduated
  persons: 4
  surveys:
  - {date: 2020-04-12, method: OnSite, by: village-worker, income: "4800"}
status: {tier: Red}
`

func TestObjectReadsAFamilyWithoutItsStatus(t *testing.T) {
	objects, errs := read(family)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	hh, ok := objects[0].(*v1alpha1.Household)
	switch {
	case !ok:
		t.Fatalf("got %T", objects[0])
	case hh.Namespace != "town":
		t.Errorf("namespace: got %q", hh.Namespace)
	case hh.Status.Tier != "":
		t.Errorf("the status was read: %q", hh.Status.Tier)
	case hh.Spec.Surveys[0].Income != "4800" || hh.Spec.Surveys[0].Date != "2020-04-12":
		t.Errorf("survey: got %+v", hh.Spec.Surveys[0])
	}
}

func TestObjectRefusesBadInputAndSaysWhereAndHowToMend(t *testing.T) {
	tests := []struct {
		name, old, new string // a change to the family
		wants          []string
	}{
		{"an unquoted amount", `income: "4800"`, `income: 4999.99`, []string{"f.yaml:1 (document 1): Household town/hh-000127", "spec.surveys[0].income", `"4999.99"`}},
		{"an unquoted whole amount", `income: "4800"`, `income: 4800`, []string{"spec.surveys[0].income", `"4800"`}},
		{"a negative amount", `income: "4800"`, `income: "-1"`, []string{"spec.surveys[0].income"}},
		{"three decimals", `income: "4800"`, `income: "4800.125"`, []string{"spec.surveys[0].income"}},
		{"a day that does not exist", `2020-04-12`, `2020-02-30`, []string{"spec.surveys[0].date", "2020-02-30"}},
		{"a mistyped field", `registration:`, `registraton:`, []string{"spec.registraton", "did you mean registration?"}},
		{"a field that does not exist", `persons: 4`, "persons: 4\n  colour: red", []string{"spec.colour", "unknown field", "surveys"}},
		{"a field on", `persons: 4`, "persons: 4\n  on: 2020-04-12", []string{"spec.true", "unquoted on"}},
		{"an unknown enumeration", `OnSite`, `Onsite`, []string{"spec.surveys[0].method", "OnSite"}},
		{"a text where a number belongs", `persons: 4`, `persons: "4"`, []string{"spec.persons", "without quotes"}},
		{"a fraction where a whole number belongs", `persons: 4`, `persons: 4.5`, []string{"spec.persons", "4.5"}},
		{"nobody in the family", `persons: 4`, `persons: 0`, []string{"spec.persons"}},
		{"a number far too large", `persons: 4`, `persons: 4294967297`, []string{"spec.persons", "4294967297", "large"}},
		{"no registration", "  registration: Graduated\n", "", []string{"spec.registration"}},
		{"a map where a list belongs", "surveys:\n  - {date", "surveys:\n    {date", []string{"spec.surveys", "no list"}},
		{"a list where a map belongs", "spec:\n", "spec:\n  head: []\n", []string{"spec.head", "no mapping"}},
		{"an unquoted yes", `by: village-worker`, `by: yes`, []string{"spec.surveys[0].by", "true", "quotes"}},
		{"a key given twice", `persons: 4`, "persons: 4\n  persons: 5", []string{"f.yaml:1 (document 1)", "line 7", "persons"}},
		{"a line that is no YAML", `persons: 4`, "persons: 4\n\t x", []string{"f.yaml:1 (document 1)", "not valid YAML", "line"}},
		{"an upper-case name", `hh-000127`, `HH-1`, []string{"metadata.name", "lower"}},
		{"no name", `{name: hh-000127}`, `{}`, []string{"metadata.name"}},
		{"a kind that does not exist", `kind: Household`, `kind: Houshold`, []string{"Houshold", "did you mean Household?"}},
		{"a kind unlike any", `kind: Household`, `kind: Pod`, []string{"no kind Pod", "MonitoringPolicy"}},
		{"another version", `fangpin.io/v1alpha1`, `fangpin.io/v1`, []string{"fangpin.io/v1 ", "write fangpin.io/v1alpha1"}},
		{"bytes that are not UTF-8, as of GBK", `village-worker`, "\xd5\xc5", []string{"f.yaml:1 (document 1)", "UTF-8"}},
		{"no object", family, "just text", []string{"f.yaml:1 (document 1)", "no object"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(family, tt.old, tt.new, 1)
			if text == family {
				t.Fatal("the change changes nothing")
			}
			objects, errs := read(text)
			if len(errs) == 0 {
				t.Fatalf("it was read: %v", objects)
			}
			for _, want := range tt.wants {
				if !strings.Contains(errs[0].Error(), want) {
					t.Errorf("got %q, want %q in it", errs[0], want)
				}
			}
		})
	}
}

func TestObjectNamesEveryFaultAtOnce(t *testing.T) {
	text := strings.NewReplacer(`persons: 4`, `persons: four`, `"4800"`, `4800`, `registration`, `registraton`).Replace(family)
	_, errs := read(text)
	if len(errs) != 1 {
		t.Fatalf("got %d errors", len(errs))
	}
	for _, want := range []string{"spec.persons", "spec.surveys[0].income", "spec.registraton"} {
		if !strings.Contains(errs[0].Error(), want) {
			t.Errorf("got %q, want %q in it", errs[0], want)
		}
	}
}

func TestParseTakesListsApart(t *testing.T) {
	tests := []struct{ name, text, wantKinds string }{
		{"a list of any kinds", `{"apiVersion": "v1", "kind": "List", "items": [{"kind": "Household", "apiVersion": "fangpin.io/v1alpha1"}, {"kind": "Pod", "apiVersion": "v1"}]}`, "fangpin.io/v1alpha1 Household, v1 Pod"},
		{"a list of one kind", `{"apiVersion": "fangpin.io/v1alpha1", "kind": "HouseholdList", "items": [{"metadata": {"name": "a"}}]}`, "fangpin.io/v1alpha1 Household"},
		{"an empty list", `{"apiVersion": "v1", "kind": "List", "items": []}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			docs, err := Parse(Chunk{Place: Place{File: "f.json", Document: 1}, Text: []byte(tt.text), JSON: true})
			if err != nil {
				t.Fatal(err)
			}
			kinds := make([]string, len(docs))
			for i, d := range docs {
				kinds[i] = d.APIVersion + " " + d.Kind
				if d.Place.Item != i+1 {
					t.Errorf("item %d stands at %s", i+1, d.Place)
				}
			}
			if got := strings.Join(kinds, ", "); got != tt.wantKinds {
				t.Errorf("got %s, want %s", got, tt.wantKinds)
			}
		})
	}
}

func TestFindKindKnowsTheNamesThatKubectlKnows(t *testing.T) {
	for _, name := range []string{"Household", "household", "households", "hh"} {
		kind, err := FindKind(name)
		if err != nil || kind.Name != "Household" || !kind.Namespaced || len(kind.Columns) == 0 {
			t.Errorf("%s: got %+v, %v", name, kind, err)
		}
	}
	if _, err := FindKind("pod"); err == nil || !strings.Contains(err.Error(), "Jurisdiction") {
		t.Errorf("pod: got %v", err)
	}
}

func TestEveryKindHasAWorkingDefinition(t *testing.T) {
	kinds, err := loadKinds()
	if err != nil {
		t.Fatal(err)
	}
	for name := range objects {
		kind, ok := kinds[name]
		if !ok {
			t.Errorf("no definition of %s", name)
			continue
		}
		if _, err := kind.checks(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzObject(f *testing.F) {
	f.Add(family)
	f.Add(`{"apiVersion": "v1", "kind": "List", "items": [{"kind": "Household"}, 1]}`)
	f.Add("apiVersion: fangpin.io/v1alpha1\nkind: Review\nmetadata: 3\nspec: {records: [{}]}")
	f.Add("a: &a [*a]\n---\n? [x]\n: {}\n")
	f.Fuzz(func(t *testing.T, text string) {
		objects, errs := read(text)
		for _, err := range errs {
			if err.Error() == "" {
				t.Error("an error without words")
			}
		}
		for _, object := range objects {
			if object.GetName() == "" {
				t.Errorf("an object without a name was taken: %v", object)
			}
		}
	})
}

// TestObjectReadsNumbersWithAndWithoutQuotes holds the command to what the
// schema accepts: a whole number may stand without quotes.
func TestObjectReadsNumbersWithAndWithoutQuotes(t *testing.T) {
	objects, errs := read(`apiVersion: fangpin.io/v1alpha1
kind: MonitoringPolicy
metadata: {name: numbers}
spec:
  jurisdictionRef: {name: town}
  effectiveFrom: "2020-01-01"
  categories: [{name: Family, when: "true"}]
  parameters: [{name: attendance, values: [{from: "2020-01-01", number: 15}, {from: "2021-01-01", number: "0.50"}]}]
`)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	values := objects[0].(*v1alpha1.MonitoringPolicy).Spec.Parameters[0].Values
	if values[0].Number != "15" || values[1].Number != "0.50" {
		t.Errorf("numbers %q and %q, want 15 and 0.50 as they were written", values[0].Number, values[1].Number)
	}
}
