// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	clocktesting "k8s.io/utils/clock/testing"
)

func TestHouseholdsStandUponDefaults(t *testing.T) {
	tests := []struct{ name, defaults, household, want string }{
		{"nothing upon nothing", `{}`, `{}`, `{}`},
		{"a field replaces", `{household: {persons: 3, registration: Graduated}}`, `{persons: 1}`, `{persons: 1, registration: Graduated}`},
		{"maps are merged", `{household: {support: {officer: a, wishes: [Training]}}}`, `{support: {officer: b}}`, `{support: {officer: b, wishes: [Training]}}`},
		{"lists replace", `{household: {support: {wishes: [Training]}}}`, `{support: {wishes: [Industry]}}`, `{support: {wishes: [Industry]}}`},
		{"a null takes away", `{household: {support: {officer: a}}}`, `{support: null}`, `{}`},
		{"each survey stands upon the default one", `{survey: {method: OnSite, sources: {wage: "1"}}}`,
			`{surveys: [{date: d1, sources: {business: "2"}}, {date: d2, method: Phone}]}`,
			`{surveys: [{date: d1, method: OnSite, sources: {business: "2", wage: "1"}}, {date: d2, method: Phone, sources: {wage: "1"}}]}`},
		{"but not an unchanged one", `{survey: {income: "1"}}`, `{surveys: [{date: d1}, {date: d2, unchanged: true}]}`, `{surveys: [{date: d1, income: "1"}, {date: d2, unchanged: true}]}`},
		{"surveys of the defaults, too", `{survey: {income: "1"}, household: {surveys: [{date: d1}]}}`, `{}`, `{surveys: [{date: d1, income: "1"}]}`},
		{"a list in a survey replaces", `{survey: {guarantees: [{name: Food, state: Met}]}}`, `{surveys: [{guarantees: [{name: Water, state: Met}]}]}`, `{surveys: [{guarantees: [{name: Water, state: Met}]}]}`},
		{"a map over a text", `{household: {head: text}}`, `{head: {name: a}}`, `{head: {name: a}}`},
		{"what is no list of surveys is left for the schema to refuse", `{survey: {income: "1"}}`, `{surveys: {date: d1}}`, `{surveys: {date: d1}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fields, _ := plain(t, tt.defaults).(map[string]any)
			d := defaults{}
			d.Household, _ = fields["household"].(map[string]any)
			d.Survey, _ = fields["survey"].(map[string]any)
			household, _ := plain(t, tt.household).(map[string]any)
			got := d.merged(household)
			if diff := cmp.Diff(plain(t, tt.want), any(got)); diff != "" {
				t.Errorf("household (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(plain(t, tt.household), any(household)); diff != "" {
				t.Errorf("the case's own household changed (-was +is):\n%s", diff)
			}
		})
	}
}

func TestIdentifiedIsADayOrDays(t *testing.T) {
	tests := []struct {
		name, spec string
		want       []string
		wantError  string
	}{
		{"none", `{persons: 1}`, nil, ""},
		{"a day", `{identified: "2021-05-10"}`, []string{"2021-05-10"}, ""},
		{"days", `{identified: ["2021-05-10", "2021-09-01"]}`, []string{"2021-05-10", "2021-09-01"}, ""},
		{"no day", `{identified: "2021-02-30"}`, nil, "household.identified: date \"2021-02-30\""},
		{"true", `{identified: true}`, nil, "household.identified: true is no date"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec, _ := plain(t, tt.spec).(map[string]any)
			got, err := takeIdentified(spec)
			var days []string
			for _, d := range got {
				days = append(days, string(d))
			}
			if diff := cmp.Diff(tt.want, days); diff != "" {
				t.Errorf("days (-want +got):\n%s", diff)
			}
			if (err != nil) != (tt.wantError != "") || err != nil && !strings.Contains(err.Error(), tt.wantError) {
				t.Errorf("got error %v, want %q", err, tt.wantError)
			}
			if _, left := spec["identified"]; left {
				t.Error("the field is left in the household")
			}
		})
	}
}

const fuzzedTest = `apiVersion: fangpin.io/v1alpha1
kind: PolicyTest
metadata: {name: t}
objects:
- {kind: Jurisdiction, metadata: {name: town}, spec: {level: Township, displayName: town, namespace: town}}
- {kind: MonitoringPolicy, metadata: {name: p}, spec: {displayName: p, jurisdictionRef: {name: town}, effectiveFrom: "2020-01-01", categories: [{name: All, when: "household.persons > 0"}]}}
defaults: {household: {registration: Graduated, persons: 3}, survey: {by: a, method: OnSite}}
cases:
- name: one
  asOf: "2020-05-01"
  household: {surveys: [{date: "2020-04-12", income: "5000"}]}
  objects: [{kind: AssistancePlan, spec: {measures: [{name: m, kind: Training}]}}]
  expect: {category: All, deadlines: []}
- name: two
  expect: [{kind: Jurisdiction, name: town, status: {households: {total: 0}}}]
`

func FuzzLoad(f *testing.F) {
	f.Add(fuzzedTest)
	f.Add(strings.ReplaceAll(fuzzedTest, "{", "["))
	f.Add("kind: PolicyTest\napiVersion: fangpin.io/v1alpha1\ncases: [{name: 1}]")
	f.Add(strings.ReplaceAll(fuzzedTest, "town", "null"))
	f.Add("kind: PolicyTest\napiVersion: fangpin.io/v1alpha1\ncases: []")
	f.Add(strings.ReplaceAll(fuzzedTest, "MonitoringPolicy", "Jurisdiction"))
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "t.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		loaded, err := Load(ctx, []string{path}, strings.NewReader(""))
		if err != nil {
			return
		}
		runner := Runner{Clock: clocktesting.NewFakePassiveClock(time.Date(2020, 5, 1, 0, 0, 0, 0, time.UTC))}
		for _, test := range loaded.Tests {
			ran := 0
			if err := runner.Run(ctx, test, func(o Outcome) error {
				ran++
				if o.Err == nil && len(o.Case.expect) == 0 {
					t.Errorf("case %q expects nothing and has no error", o.Case.Name)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if ran != len(test.Cases) {
				t.Errorf("%d of %d cases were reported", ran, len(test.Cases))
			}
		}
	})
}

func TestTheFuzzedTestPasses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.yaml")
	if err := os.WriteFile(path, []byte(fuzzedTest), 0o600); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(context.Background(), []string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	runner := Runner{Clock: clocktesting.NewFakePassiveClock(time.Date(2020, 5, 1, 0, 0, 0, 0, time.UTC))}
	err = runner.Run(context.Background(), loaded.Tests[0], func(o Outcome) error {
		if !o.Passed() {
			t.Errorf("case %s: %v, %v", o.Case.Name, o.Diffs, o.Err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
