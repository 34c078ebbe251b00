// SPDX-License-Identifier: Apache-2.0

package papers

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

func meta(namespace, name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Namespace: namespace, Name: name}
}

func of(name string) v1alpha1.HouseholdReference {
	return v1alpha1.HouseholdReference{Name: v1alpha1.ObjectName(name)}
}

func person(namespace, name, digest string) *v1alpha1.Household {
	return &v1alpha1.Household{ObjectMeta: meta(namespace, name), Spec: v1alpha1.HouseholdSpec{Head: &v1alpha1.Head{IdentityDigest: digest}}}
}

func TestPapersAreFiledWithTheirFamilyInAnyOrder(t *testing.T) {
	household := &v1alpha1.Household{ObjectMeta: meta("town", "hh-1")}
	elsewhere := &v1alpha1.Household{ObjectMeta: meta("west", "hh-1")}
	plan := &v1alpha1.AssistancePlan{ObjectMeta: meta("town", "hh-1"), Spec: v1alpha1.AssistancePlanSpec{HouseholdRef: of("hh-1")}}
	signal := &v1alpha1.RiskSignal{ObjectMeta: meta("town", "sig"), Spec: v1alpha1.RiskSignalSpec{HouseholdRef: of("hh-1")}}
	review := &v1alpha1.Review{ObjectMeta: meta("town", "rev"), Spec: v1alpha1.ReviewSpec{HouseholdRef: of("hh-1")}}
	orphan := &v1alpha1.Review{ObjectMeta: meta("town", "rev-2"), Spec: v1alpha1.ReviewSpec{HouseholdRef: of("hh-2")}}
	policy := &v1alpha1.MonitoringPolicy{ObjectMeta: meta("", "p")}
	report := &v1alpha1.MonthlyReport{ObjectMeta: meta("town", "r")}
	jurisdiction := &v1alpha1.Jurisdiction{ObjectMeta: meta("", "j")}

	c := NewCollection([]client.Object{review, orphan, policy, plan, elsewhere, signal, report, household, jurisdiction})
	if len(c.Policies) != 1 || len(c.Jurisdictions) != 1 || len(c.Reports) != 1 {
		t.Errorf("shared objects: %+v", c.Shared)
	}
	got := c.Papers(c.Families.Find(types.NamespacedName{Namespace: "town", Name: "hh-1"}))
	want := translate.Papers{Household: household, Plan: plan, Signals: []*v1alpha1.RiskSignal{signal}, Reviews: []*v1alpha1.Review{review}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("papers (-want +got):\n%s", diff)
	}
	if got := c.Papers(c.Families.Find(types.NamespacedName{Namespace: "town", Name: "hh-2"})); got.Household != nil {
		t.Error("a family without its household has one all the same")
	}
	if got := len(c.Families.All()); got != 3 {
		t.Errorf("got %d families, want 3", got)
	}
}

func TestTwinsAreOtherHouseholdsOfOnePerson(t *testing.T) {
	c := NewCollection([]client.Object{person("b", "hh-1", "x"), person("a", "hh-2", "x"), person("a", "hh-3", "y"), person("a", "hh-4", ""), person("a", "hh-5", ""), person("a", "hh-6", "x")})
	tests := []struct {
		namespace, name string
		want            []string
	}{
		{"b", "hh-1", []string{"a/hh-2", "a/hh-6"}},
		{"a", "hh-2", []string{"a/hh-6", "b/hh-1"}},
		{"a", "hh-3", nil},
		{"a", "hh-4", nil},
	}
	for _, tt := range tests {
		got := c.Families.Twins(c.Families.Find(types.NamespacedName{Namespace: tt.namespace, Name: tt.name}))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("twins of %s/%s (-want +got):\n%s", tt.namespace, tt.name, diff)
		}
	}
}

func TestTownshipNamespaceIsThatOfTheOnlyTownship(t *testing.T) {
	node := func(name, level, parent, namespace string) *v1alpha1.Jurisdiction {
		j := &v1alpha1.Jurisdiction{ObjectMeta: meta("", name)}
		j.Spec.Level, j.Spec.Namespace = v1alpha1.JurisdictionLevel(level), v1alpha1.NamespaceName(namespace)
		if parent != "" {
			j.Spec.ParentRef = &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(parent)}
		}
		return j
	}
	tests := []struct {
		name   string
		nodes  []*v1alpha1.Jurisdiction
		want   string
		wantOK bool
	}{
		{"none", nil, "", false},
		{"one among others", []*v1alpha1.Jurisdiction{node("c", "County", "", "county"), node("t", "Township", "c", "town"), node("v", "Village", "t", "town")}, "town", true},
		{"one that takes its county's", []*v1alpha1.Jurisdiction{node("c", "County", "", "county"), node("t", "Township", "c", "")}, "county", true},
		{"one without", []*v1alpha1.Jurisdiction{node("t", "Township", "", "")}, "", false},
		{"two", []*v1alpha1.Jurisdiction{node("t", "Township", "", "town"), node("u", "Township", "", "west")}, "town", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := TownshipNamespace(tt.nodes)
			if ok != tt.wantOK || ok && got != tt.want {
				t.Errorf("got %q, %t, want %q, %t", got, ok, tt.want, tt.wantOK)
			}
		})
	}
}

func TestNoonLiesOnItsDayInEveryZoneOfTheCountry(t *testing.T) {
	day, err := civil.ParseDay("2020-06-30")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Asia/Shanghai", "Asia/Urumqi", "UTC"} {
		zone, err := civil.LoadZone(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := civil.At(Noon(day), zone); got != day {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
