// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"os"
	"strings"
	"testing"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/plan"
)

// schemaOf finds the schema of a field of a kind's spec in the shipped CRDs.
func schemaOf(t *testing.T, kind string, path ...string) apiextensions.JSONSchemaProps {
	t.Helper()
	text, err := os.ReadFile("../../config/crd/bases/fangpin.io_" + kind + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	crd := apiextensions.CustomResourceDefinition{}
	if err := yaml.Unmarshal(text, &crd); err != nil {
		t.Fatal(err)
	}
	schema := *crd.Spec.Versions[0].Schema.OpenAPIV3Schema
	for _, field := range append([]string{"spec"}, path...) {
		if schema.Items != nil {
			schema = *schema.Items.Schema
		}
		next, ok := schema.Properties[field]
		if !ok {
			t.Fatalf("%s has no field %s", kind, strings.Join(path, "."))
		}
		schema = next
	}
	return schema
}

// TestRulesKnowTheWordsOfTheAPI: the rule language refuses a word that a fact
// never has; so what the API takes, a rule must be able to ask about.
func TestRulesKnowTheWordsOfTheAPI(t *testing.T) {
	tests := []struct {
		kind  string
		path  []string
		rule  string // with WORD in the place of the word
		scope plan.Scope
	}{
		{"households", []string{"registration"}, "household.registration == 'WORD'", plan.InTier},
		{"households", []string{"support", "wishes"}, "'WORD' in household.wishes", plan.InTier},
		{"households", []string{"surveys", "method"}, "survey.method == 'WORD'", plan.InTier},
		{"households", []string{"surveys", "labour"}, "household.labour == 'WORD'", plan.InTier},
		{"households", []string{"surveys", "risk"}, "survey.risk == 'WORD'", plan.InTier},
		{"households", []string{"surveys", "hardship"}, "survey.hardship == 'WORD'", plan.InTier},
		{"households", []string{"surveys", "incomeTrend"}, "survey.incomeTrend == 'WORD'", plan.InTier},
		{"households", []string{"surveys", "spendingTrend"}, "survey.spendingTrend == 'WORD'", plan.InTier},
		{"households", []string{"surveys", "causes"}, "'WORD' in survey.causes", plan.InTier},
		{"households", []string{"surveys", "receives"}, "'WORD' in survey.receives", plan.InTier},
		{"households", []string{"surveys", "guarantees", "state"}, "survey.guarantees.Housing == 'WORD'", plan.InTier},
		{"risksignals", []string{"source"}, "signals.exists(s, s.source == 'WORD')", plan.InTier},
		{"risksignals", []string{"source"}, "signal.source == 'WORD'", plan.InWarningLine},
		{"risksignals", []string{"cause"}, "signals.exists(s, s.cause == 'WORD')", plan.InTier},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			schema := schemaOf(t, tt.kind, tt.path...)
			if schema.Items != nil {
				schema = *schema.Items.Schema
			}
			if len(schema.Enum) == 0 {
				t.Fatal("the API enumerates nothing here")
			}
			problems := func(word string) Problems {
				c := plan.NewCompiler(plan.Vocabulary{})
				c.Compile("spec.rule", strings.ReplaceAll(tt.rule, "WORD", word), tt.scope)
				return c.Problems()
			}
			for _, word := range schema.Enum {
				if found := problems(strings.Trim(string(word.Raw), `"`)); len(found) > 0 {
					t.Errorf("the API takes %s, but: %s", word.Raw, found)
				}
			}
			if found := problems("Nonesuch"); !found.Fatal() {
				t.Error("a word that the API refuses is not refused")
			}
		})
	}
}

// TestTheLongestFactsAreBoundedAsInTheAPI: the cost of a rule is bounded from
// the longest lists that the API takes; a pair of them must still be allowed
// where the API's own bound makes it cheap, and a rule over three refused.
func TestTheLongestFactsAreBoundedAsInTheAPI(t *testing.T) {
	bounds := map[string]int64{"members": 50, "marks": 32}
	for field, want := range bounds {
		if got := schemaOf(t, "households", field).MaxItems; got == nil || *got > want {
			t.Errorf("the API takes %v %s; the rule language reckons with %d: raise items in its vocabulary", got, field, want)
		}
	}
	for field, want := range map[string]int64{"causes": 12, "receives": 21, "guarantees": 64} {
		if got := schemaOf(t, "households", "surveys", field).MaxItems; got == nil || *got > want {
			t.Errorf("the API takes %v %s; the rule language reckons with %d: raise items in its vocabulary", got, field, want)
		}
	}
	if got := schemaOf(t, "monitoringpolicies", "standards").MaxItems; got == nil || *got > 32 {
		t.Errorf("the API takes %v standards; the rule language reckons with 32 unmet ones", got)
	}
	if got := schemaOf(t, "monitoringpolicies", "standards", "met").MaxLength; got == nil || *got != 2048 {
		t.Errorf("the API takes rules of %v characters, the compiler of 2048", got)
	}
}
