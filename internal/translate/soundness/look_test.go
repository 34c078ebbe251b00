// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// example is a small plan whose first lines say what is to be found in it.
type example struct {
	name          string
	wants         []string
	compiled      *translate.CompiledPolicy
	jurisdictions []*v1alpha1.Jurisdiction
}

func examples(t testing.TB) []example {
	t.Helper()
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := make([]example, len(files))
	for i, file := range files {
		out[i] = readExample(t, file)
	}
	return out
}

func readExample(t testing.TB, file string) example {
	t.Helper()
	text, err := os.ReadFile(file) //nolint:gosec // the test's own files
	if err != nil {
		t.Fatal(err)
	}
	e := example{name: strings.TrimSuffix(filepath.Base(file), ".yaml")}
	for line := range strings.SplitSeq(string(text), "\n") {
		if want, ok := strings.CutPrefix(line, "# want: "); ok {
			e.wants = append(e.wants, want)
		}
	}
	slices.Sort(e.wants)
	for document := range bytes.SplitSeq(text, []byte("\n---\n")) {
		var policy v1alpha1.MonitoringPolicy
		var node v1alpha1.Jurisdiction
		if err := yaml.UnmarshalStrict(document, &policy); err == nil && policy.Kind == "MonitoringPolicy" {
			e.compiled = translate.CompilePolicy(&policy)
		} else if err := yaml.UnmarshalStrict(document, &node); err != nil {
			t.Fatal(file, err)
		} else {
			e.jurisdictions = append(e.jurisdictions, &node)
		}
	}
	if e.compiled == nil || len(e.compiled.Problems) > 0 {
		t.Fatalf("%s: no plan without problems: %+v", file, e.compiled)
	}
	return e
}

func (e example) look() []Finding {
	return Look(e.compiled, Options{Samples: 500, Jurisdictions: e.jurisdictions})
}

// said writes a finding as the examples do.
func said(f Finding) string {
	parts := []string{string(f.Code), f.Path}
	if len(f.Others) > 0 {
		parts = append(parts, "by "+strings.Join(f.Others, ", "))
	}
	for _, days := range f.Days {
		parts = append(parts, "on from "+strings.Replace(days.String(), "from ", "", 1))
	}
	for _, s := range f.Subjects {
		if a, ok := s.(Amounts); ok {
			s = fmt.Sprintf("%s..%s", a.From, a.To)
		}
		if f.Code == NotReached {
			continue // how many were drawn
		}
		parts = append(parts, fmt.Sprint(s))
	}
	return strings.Join(parts, " ")
}

// TestEveryFinding: each example is found to have what it says, and nothing else.
func TestEveryFinding(t *testing.T) {
	seen := map[Code]bool{}
	for _, e := range examples(t) {
		t.Run(e.name, func(t *testing.T) {
			var got []string
			for _, f := range e.look() {
				seen[f.Code] = true
				got = append(got, said(f))
			}
			slices.Sort(got)
			if diff := cmp.Diff(e.wants, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	for _, code := range Codes() {
		if !seen[code] {
			t.Errorf("no example shows %s", code)
		}
	}
}

func TestTheSamePlanGivesTheSameFindings(t *testing.T) {
	for _, e := range examples(t) {
		if first, second := e.look(), e.look(); !cmp.Equal(first, second) {
			t.Errorf("%s: %s", e.name, cmp.Diff(first, second))
		}
	}
}

// TestWhatIsNotLookedAtIsNotClaimed: where a plan has more runs of days than are
// looked at, a finding names those that were.
func TestWhatIsNotLookedAtIsNotClaimed(t *testing.T) {
	p := &v1alpha1.MonitoringPolicy{}
	p.Spec = v1alpha1.MonitoringPolicySpec{
		JurisdictionRef: v1alpha1.JurisdictionReference{Name: "town"}, EffectiveFrom: "2020-01-01", EffectiveUntil: "2020-12-31",
		Categories: []v1alpha1.Category{{Name: "All", When: "household.persons > 0"}},
		Parameters: []v1alpha1.Parameter{{Name: "line"}},
	}
	for month := range 12 {
		p.Spec.Parameters[0].Values = append(p.Spec.Parameters[0].Values, v1alpha1.ParameterValue{
			From: v1alpha1.Date(fmt.Sprintf("2020-%02d-01", month+1)), Value: v1alpha1.Money(fmt.Sprint(1000 * (month + 1))),
		})
	}
	for i := range 20 {
		tier := v1alpha1.Tier{Name: v1alpha1.Word(fmt.Sprint("T", i))}
		for k := range 20 {
			tier.Rules = append(tier.Rules, v1alpha1.TierRule{Name: v1alpha1.Word(fmt.Sprint("r", k)), When: "survey.risk == 'Present'"})
		}
		p.Spec.Tiers = append(p.Spec.Tiers, tier)
	}
	p.Spec.Tiers[0].Rules[0].When = "survey.income > params.line && survey.income < yuan(10000)" // not from October on
	p.Spec.Tiers[0].Rules[1].When = "survey.income > params.line && survey.income < yuan(3000)"  // from March on
	var got []string
	for _, f := range Look(translate.CompilePolicy(p), Options{}) {
		if f.Code == NeverTrue {
			got = append(got, said(f))
		}
	}
	want := []string{"never-true spec.tiers[0].rules[1].when on from 2020-03-01 to 2020-04-30"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
