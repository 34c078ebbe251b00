// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"

	"fangpin.io/fangpin/config/admission"
)

var (
	namespaces  = schema.GroupVersionResource{Version: "v1", Resource: "namespaces"}
	definitions = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}
)

// forbidden has, for each policy, something that it forbids to everybody, the
// cluster's owner among them. None of it lasts, should it be allowed.
var forbidden = map[string]func(*testing.T, dynamic.Interface) error{
	"fangpin-reviews":         forge("rev", `{"spec":{"records":[`+record("home-visit", "somebody-else")+`]}}`),
	"fangpin-risksignals":     forge("sig", `{"spec":{"verification":{"date":"2021-04-10","outcome":"Confirmed","by":"somebody-else"}}}`),
	"fangpin-households":      forge("hh", `{"spec":{"surveys":[{"date":"2021-04-10","by":"somebody-else"}]}}`),
	"fangpin-monthlyreports":  forge("mrep", `{"spec":{"submitted":{"date":"2021-05-02","by":"somebody-else"}}}`),
	"fangpin-assistanceplans": forge("aplan", `{"spec":{"measures":[{"name":"advice","kind":"Motivation","delivered":{"date":"2021-05-02","by":"somebody-else"}}]}}`),
	"fangpin-status": func(t *testing.T, by dynamic.Interface) error {
		return patch("hh", "mistake", `{"status":{"tier":"Red"}}`, "status")(t.Context(), t, by, "", town)
	},
	"fangpin-deletion": func(t *testing.T, by dynamic.Interface) error {
		return remove("rev", "signed")(t.Context(), t, by, "", town)
	},
	"fangpin-namespaces": func(t *testing.T, by dynamic.Interface) error {
		_, err := by.Resource(namespaces).Patch(t.Context(), town, types.MergePatchType,
			[]byte(`{"metadata":{"annotations":{"`+reason+`":" "}}}`), metav1.PatchOptions{DryRun: dryRun})
		return err
	},
	"fangpin-definitions": func(t *testing.T, by dynamic.Interface) error {
		return by.Resource(definitions).Delete(t.Context(), "reviews.fangpin.io", metav1.DeleteOptions{DryRun: dryRun})
	},
}

// forge tries to sign an unsigned paper in another's name.
func forge(kind, body string) func(*testing.T, dynamic.Interface) error {
	return func(t *testing.T, by dynamic.Interface) error {
		return patch(kind, "mistake", body)(t.Context(), t, by, "", town)
	}
}

// TestEveryPolicyIsTried keeps the list above whole.
func TestEveryPolicyIsTried(t *testing.T) {
	policies, err := admission.Policies()
	if err != nil {
		t.Fatal(err)
	}
	var tried []string
	for policy := range forbidden {
		tried = append(tried, policy)
	}
	slices.Sort(tried)
	if diff := cmp.Diff(policies, tried); diff != "" {
		t.Errorf("the policies that are tried (-shipped +tried):\n%s", diff)
	}
}
