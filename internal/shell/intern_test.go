// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// texts visits every string of a value.
func texts(v reflect.Value, path string, visit func(path, text string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), fmt.Sprint(path, i), visit)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[metav1.Time]() {
			return
		}
		for i := range v.NumField() {
			texts(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	}
}

// TestTrimSharesEveryWord finds a field that was added to the API and is not
// shared yet.
func TestTrimSharesEveryWord(t *testing.T) {
	for kind, tt := range map[string]struct {
		two   func(*interner) [2]any
		words int      // at least
		own   []string // every family's own
	}{
		"Household":      {twoOf[v1alpha1.Household](t), 100, []string{"spec.Head.IdentityDigest"}},
		"AssistancePlan": {twoOf[v1alpha1.AssistancePlan](t), 40, []string{"spec.HouseholdRef.Name"}},
		"RiskSignal":     {twoOf[v1alpha1.RiskSignal](t), 20, []string{"spec.HouseholdRef.Name"}},
		"Review":         {twoOf[v1alpha1.Review](t), 60, []string{"spec.HouseholdRef.Name"}},
	} {
		two := tt.two(newInterner())
		a, b := data(two[0]), data(two[1])
		if len(a) < tt.words {
			t.Errorf("%s: only %d words were looked at", kind, len(a))
		}
		for path := range a {
			if a[path] != b[path] && !slices.Contains(tt.own, path) {
				t.Errorf("%s: %s is not shared between two of them", kind, path)
			}
		}
	}
}

func twoOf[T any, P interface {
	*T
	client.Object
}](t *testing.T) func(*interner) [2]any {
	return func(in *interner) (two [2]any) {
		for i := range two {
			two[i] = trimmed(t, in, decoded[T, P](t))
		}
		return two
	}
}

// data finds where the strings of an object's spec and status lie.
func data(object any) map[string]*byte {
	all := map[string]*byte{}
	visit := func(path, text string) { all[path] = unsafe.StringData(text) }
	for _, field := range []string{"Spec", "Status"} {
		texts(reflect.ValueOf(object).Elem().FieldByName(field), strings.ToLower(field), visit)
	}
	return all
}

// TestAPlanSharesItsHouseholdsName: it bears it itself.
func TestAPlanSharesItsHouseholdsName(t *testing.T) {
	plan := decoded[v1alpha1.AssistancePlan](t)
	plan.Spec.HouseholdRef.Name = v1alpha1.ObjectName(strings.Clone(plan.Name))
	trimmed(t, newInterner(), plan)
	if unsafe.StringData(string(plan.Spec.HouseholdRef.Name)) != unsafe.StringData(plan.Name) {
		t.Error("the name is held twice")
	}
}

func TestTrimSharesEqualLists(t *testing.T) {
	in := newInterner()
	var h [2]*v1alpha1.Household
	var p [2]*v1alpha1.AssistancePlan
	var s [2]*v1alpha1.RiskSignal
	var r [2]*v1alpha1.Review
	for i := range 2 {
		h[i], p[i] = trimmed(t, in, decoded[v1alpha1.Household](t)), trimmed(t, in, decoded[v1alpha1.AssistancePlan](t))
		s[i], r[i] = trimmed(t, in, decoded[v1alpha1.RiskSignal](t)), trimmed(t, in, decoded[v1alpha1.Review](t))
	}
	for what, shared := range map[string]bool{
		"guarantees of households":   &h[0].Spec.Surveys[0].Guarantees[0] == &h[1].Spec.Surveys[0].Guarantees[0],
		"conditions of households":   &h[0].Status.Conditions[0] == &h[1].Status.Conditions[0],
		"deadlines of households":    &h[0].Status.Deadlines[0] == &h[1].Status.Deadlines[0],
		"deliveries of plans":        p[0].Spec.Measures[0].Delivered == p[1].Spec.Measures[0].Delivered,
		"cancellations of plans":     p[0].Spec.Measures[0].Cancelled == p[1].Spec.Measures[0].Cancelled,
		"measures of plans":          &p[0].Status.Measures[0] == &p[1].Status.Measures[0],
		"counts of plans":            p[0].Status.Planned == p[1].Status.Planned,
		"conditions of plans":        &p[0].Status.Conditions[0] == &p[1].Status.Conditions[0],
		"verifications of leads":     s[0].Spec.Verification == s[1].Spec.Verification,
		"conditions of leads":        &s[0].Status.Conditions[0] == &s[1].Status.Conditions[0],
		"attendance of records":      &r[0].Spec.Records[0].Attendance[0] == &r[1].Spec.Records[0].Attendance[0],
		"checks of records":          &r[0].Spec.Records[0].Checks[0] == &r[1].Spec.Records[0].Checks[0],
		"votes of records":           r[0].Spec.Records[0].InFavour == r[1].Spec.Records[0].InFavour,
		"objections of records":      r[0].Spec.Records[0].Objections == r[1].Spec.Records[0].Objections,
		"policies of reviews":        r[0].Status.PolicyRef == r[1].Status.PolicyRef,
		"policies of households":     h[0].Status.PolicyRef == h[1].Status.PolicyRef,
		"conditions of all of these": &h[0].Status.Conditions[0] == &r[0].Status.Conditions[0],
	} {
		if !shared {
			t.Errorf("equal %s are not shared", what)
		}
	}
}

func TestTablesOfSharedWordsAreBounded(t *testing.T) {
	in := newInterner()
	for i := range maxSharedWords + 100 {
		word := fmt.Sprint("word-", i)
		share(in, &word)
		if word != fmt.Sprint("word-", i) {
			t.Fatalf("word %d turned into %q", i, word)
		}
		list := in.history.share([]v1alpha1.TierChange{{Tier: v1alpha1.Word(word)}})
		if string(list[0].Tier) != word {
			t.Fatalf("list %d turned into %v", i, list)
		}
	}
	if len(in.words) > maxSharedWords || len(in.history.known) > maxSharedLists {
		t.Errorf("%d words and %d lists are kept", len(in.words), len(in.history.known))
	}
	one, other := "word-late", strings.Clone("word-late")
	share(in, &one)
	share(in, &other)
	if unsafe.StringData(one) != unsafe.StringData(other) {
		t.Error("when the table was full, sharing has ended")
	}
}
