// SPDX-License-Identifier: Apache-2.0

// Package policies tests the plans in config/policies beyond what a PolicyTest
// can say of one family: other readings of a plan, whole towns, and every
// combination of the facts that a plan asks about.
package policies

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// packText is a shipped plan.
func packText(t testing.TB, pack string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../config/policies", pack+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// townText is the shipped plan R01 of the town.
func townText(t testing.TB) string { return packText(t, "town-2020") }

// worldOf is the policies and jurisdictions of a file's text.
func worldOf(t testing.TB, text string) *translate.World {
	t.Helper()
	var policies []*v1alpha1.MonitoringPolicy
	var jurisdictions []*v1alpha1.Jurisdiction
	for _, document := range bytes.Split([]byte(text), []byte("\n---\n")) {
		var head struct{ Kind string }
		if err := yaml.Unmarshal(document, &head); err != nil {
			t.Fatal(err)
		}
		switch head.Kind {
		case "MonitoringPolicy":
			policies = append(policies, into(t, document, &v1alpha1.MonitoringPolicy{}))
		case "Jurisdiction":
			jurisdictions = append(jurisdictions, into(t, document, &v1alpha1.Jurisdiction{}))
		default:
			t.Fatalf("a %s among the policies", head.Kind)
		}
	}
	w := translate.NewWorld(policies, jurisdictions, translate.Options{})
	for _, name := range w.Policies() {
		for _, p := range w.Policy(name).Problems {
			t.Errorf("%s: %s", name, p)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return w
}

func into[T any](t testing.TB, document []byte, object *T) *T {
	t.Helper()
	if err := yaml.UnmarshalStrict(document, object); err != nil {
		t.Fatal(err)
	}
	return object
}

func day(t testing.TB, s string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// facts are those that the plan asks about; what is "" is not stated.
type facts struct {
	registration v1alpha1.Registration
	marked       bool // in the 2019 library
	income       v1alpha1.Money
	labour       v1alpha1.Labour
	risk         v1alpha1.Risk
	hardship     v1alpha1.Hardship
	cause        v1alpha1.Cause
	education    v1alpha1.GuaranteeState
	medical      v1alpha1.GuaranteeState
	housing      v1alpha1.GuaranteeState
}

// graduated is a 脱贫户 with that income of which nothing is wrong.
func graduated(income v1alpha1.Money) facts {
	return facts{
		registration: v1alpha1.RegistrationGraduated, income: income,
		labour: v1alpha1.LabourFull, risk: v1alpha1.RiskNone, hardship: v1alpha1.HardshipNone,
		education: v1alpha1.GuaranteeMet, medical: v1alpha1.GuaranteeMet, housing: v1alpha1.GuaranteeMet,
	}
}

// unregistered is a non-registered family with that income of which nothing is wrong.
func unregistered(income v1alpha1.Money) facts {
	f := graduated(income)
	f.registration = v1alpha1.RegistrationNone
	return f
}

// with is the facts, changed.
func (f facts) with(change func(*facts)) facts {
	change(&f)
	return f
}

func (f facts) String() string {
	return strings.Join(strings.Fields(fmt.Sprintf("%s marked=%t income=%s labour=%s risk=%s hardship=%s cause=%s education=%s medical=%s housing=%s",
		f.registration, f.marked, f.income, f.labour, f.risk, f.hardship, f.cause, f.education, f.medical, f.housing)), " ")
}

// household is the family visited once, on 2020-04-12.
func (f facts) household() *v1alpha1.Household {
	h := &v1alpha1.Household{}
	h.Name, h.Namespace = "subject", "town"
	h.Spec = v1alpha1.HouseholdSpec{Registration: f.registration, Persons: 3}
	if f.marked {
		category := v1alpha1.Word("UnstableGraduated")
		if f.registration == v1alpha1.RegistrationNone {
			category = "Marginal"
		}
		h.Spec.Marks = []v1alpha1.Mark{{Category: category, System: "NationalSystem", Date: "2019-12-31"}}
	}
	s := v1alpha1.Survey{
		Date: "2020-04-12", Method: v1alpha1.SurveyOnSite,
		Income: f.income, Labour: f.labour, Risk: f.risk, Hardship: f.hardship,
	}
	if f.cause != "" {
		s.Causes = []v1alpha1.Cause{f.cause}
	}
	for _, name := range []v1alpha1.Word{"Food", "Clothing", "Water"} {
		s.Guarantees = append(s.Guarantees, v1alpha1.Guarantee{Name: name, State: v1alpha1.GuaranteeMet})
	}
	for _, g := range []v1alpha1.Guarantee{{Name: "Education", State: f.education}, {Name: "Medical", State: f.medical}, {Name: "Housing", State: f.housing}} {
		if g.State != "" {
			s.Guarantees = append(s.Guarantees, g)
		}
	}
	h.Spec.Surveys = []v1alpha1.Survey{s}
	return h
}
