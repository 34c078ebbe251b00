// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// The two townships of one county in which plans stand side by side.
const (
	east = "east"
	west = "west"
)

// policyIn is the policy in a file's text.
func policyIn(t testing.TB, text string) *v1alpha1.MonitoringPolicy {
	t.Helper()
	for document := range bytes.SplitSeq([]byte(text), []byte("\n---\n")) {
		var head struct{ Kind string }
		if err := yaml.Unmarshal(document, &head); err != nil {
			t.Fatal(err)
		}
		if head.Kind == "MonitoringPolicy" {
			return into(t, document, &v1alpha1.MonitoringPolicy{})
		}
	}
	t.Fatal("there is no policy in the text")
	return nil
}

// shipped is the policy of a pack.
func shipped(t testing.TB, pack string) *v1alpha1.MonitoringPolicy {
	t.Helper()
	return policyIn(t, packText(t, pack))
}

// from is the policy in force from a day on, with its parameters. Plans of
// different years can so be set against each other on one day.
func from(p *v1alpha1.MonitoringPolicy, day v1alpha1.Date) *v1alpha1.MonitoringPolicy {
	p.Spec.EffectiveFrom = day
	for i := range p.Spec.Parameters {
		p.Spec.Parameters[i].Values[0].From = day
	}
	return p
}

// sideBySide is one county whose township east is under the one policy and
// whose township west is under the other.
func sideBySide(t testing.TB, inEast, inWest *v1alpha1.MonitoringPolicy) *translate.World {
	t.Helper()
	county := &v1alpha1.Jurisdiction{Spec: v1alpha1.JurisdictionSpec{Level: v1alpha1.LevelCounty, Namespace: "county"}}
	county.Name = "county"
	nodes := []*v1alpha1.Jurisdiction{county}
	for _, name := range []string{east, west} {
		township := &v1alpha1.Jurisdiction{Spec: v1alpha1.JurisdictionSpec{
			Level: v1alpha1.LevelTownship, ParentRef: &v1alpha1.JurisdictionReference{Name: "county"}, Namespace: v1alpha1.NamespaceName(name),
		}}
		township.Name = name
		nodes = append(nodes, township)
	}
	inEast.Spec.JurisdictionRef.Name, inWest.Spec.JurisdictionRef.Name = east, west
	w := translate.NewWorld([]*v1alpha1.MonitoringPolicy{inEast, inWest}, nodes, translate.Options{})
	for _, name := range w.Policies() {
		for _, p := range w.Policy(name).Problems {
			if !p.Warning {
				t.Fatalf("%s: %s", name, p)
			}
		}
	}
	return w
}

// The answers about which plans differ.
func shortfalls(j translate.Judgment) string {
	var list []string
	for _, s := range j.Household.Shortfalls {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s", s.Standard, s.State, s.Due)))
	}
	return strings.Join(list, ", ")
}

func eligible(j translate.Judgment) string {
	e := j.Household.Elimination
	if e == nil {
		return "no elimination"
	}
	return strings.TrimSpace(fmt.Sprintf("eligible %t %v", e.Eligible, e.Blockers))
}

func tier(j translate.Judgment) string { return string(j.Household.Tier) }

func lead(j translate.Judgment) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s", j.Signals[0].State, j.Signals[0].Line))
}

func nextStep(j translate.Judgment) string {
	return fmt.Sprintf("%s, next %s", j.Reviews[0].Stage, j.Reviews[0].NextStep)
}

func deadlines(j translate.Judgment) string {
	var list []string
	for _, d := range j.Household.Deadlines {
		list = append(list, fmt.Sprintf("%s %s %s", d.Name, d.Due, d.State))
	}
	return strings.Join(list, ", ")
}

func stageAndDeadlines(j translate.Judgment) string {
	return strings.TrimSuffix(string(j.Household.Stage)+": "+deadlines(j), ": ")
}

// opposite is what two plans make of the same papers on the same day.
type opposite struct {
	name               string
	papers             string
	identified         v1alpha1.Date // test-only short for a completed identification
	date               string
	ask                func(translate.Judgment) string
	wantEast, wantWest string
}

func runOpposites(t *testing.T, w *translate.World, tests []opposite) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			judged := func(namespace string) string {
				p := papersIn(t, namespace, test.papers)
				if test.identified != "" {
					p.Identifications = []v1alpha1.Date{test.identified}
				}
				return test.ask(w.JudgeOn(p, day(t, test.date)))
			}
			got := [2]string{judged(east), judged(west)}
			if want := [2]string{test.wantEast, test.wantWest}; got != want {
				t.Errorf("east and west: got %q, want %q", got, want)
			}
			if test.wantEast == test.wantWest {
				t.Error("the plans agree: this is no contradiction")
			}
		})
	}
}

// household is a visited family: its spec before the surveys, and what the visit of
// a day found.
func household(spec, date, found string) string {
	return fmt.Sprintf(`{kind: Household, spec: {persons: 3, %s, surveys: [{date: %q, method: OnSite, %s}]}}`, spec, date, found)
}
