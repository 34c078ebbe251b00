// SPDX-License-Identifier: Apache-2.0

package admission

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// split returns the policies and bindings by name, each read strictly.
func split(t *testing.T) (map[string]admissionregistrationv1.ValidatingAdmissionPolicy, map[string]admissionregistrationv1.ValidatingAdmissionPolicyBinding) {
	t.Helper()
	objects, err := Manifests()
	if err != nil {
		t.Fatal(err)
	}
	policies := map[string]admissionregistrationv1.ValidatingAdmissionPolicy{}
	bindings := map[string]admissionregistrationv1.ValidatingAdmissionPolicyBinding{}
	for _, object := range objects {
		switch object.GetKind() {
		case "ValidatingAdmissionPolicy":
			policies[object.GetName()] = read[admissionregistrationv1.ValidatingAdmissionPolicy](t, object)
		case "ValidatingAdmissionPolicyBinding":
			bindings[object.GetName()] = read[admissionregistrationv1.ValidatingAdmissionPolicyBinding](t, object)
		default:
			t.Errorf("%s is neither a policy nor a binding", object.GetKind())
		}
	}
	return policies, bindings
}

func read[T any](t *testing.T, object *unstructured.Unstructured) T {
	t.Helper()
	var typed T
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(object.Object, &typed, true); err != nil {
		t.Fatalf("%s: %v", object.GetName(), err)
	}
	return typed
}

func TestNoPolicyHasAWayAround(t *testing.T) {
	policies, bindings := split(t)
	if len(policies) == 0 {
		t.Fatal("there is no policy")
	}
	for name, policy := range policies {
		spec := policy.Spec
		if spec.FailurePolicy == nil || *spec.FailurePolicy != admissionregistrationv1.Fail {
			t.Errorf("%s does not fail closed", name)
		}
		if len(spec.MatchConditions) > 0 || spec.ParamKind != nil {
			t.Errorf("%s has conditions or parameters, by which a request could slip out of it", name)
		}
		match := spec.MatchConstraints
		if match.NamespaceSelector != nil || match.ObjectSelector != nil || len(match.ExcludeResourceRules) > 0 {
			t.Errorf("%s selects by what users write", name)
		}
		if match.MatchPolicy == nil || *match.MatchPolicy != admissionregistrationv1.Equivalent {
			t.Errorf("%s does not see requests for other versions", name)
		}
		for _, rule := range match.ResourceRules {
			if diff := cmp.Diff([]string{"*"}, rule.APIVersions); diff != "" {
				t.Errorf("%s does not match every version (-want +got):\n%s", name, diff)
			}
		}
		for _, validation := range spec.Validations {
			if validation.MessageExpression == "" || validation.Reason == nil {
				t.Errorf("%s refuses without telling why: %s", name, validation.Expression)
			}
		}
		want := admissionregistrationv1.ValidatingAdmissionPolicyBindingSpec{
			PolicyName:        name,
			ValidationActions: []admissionregistrationv1.ValidationAction{admissionregistrationv1.Deny, admissionregistrationv1.Audit},
		}
		if diff := cmp.Diff(want, bindings[name].Spec); diff != "" {
			t.Errorf("the binding of %s (-want +got):\n%s", name, diff)
		}
	}
	if len(bindings) != len(policies) {
		t.Errorf("there are %d bindings of %d policies", len(bindings), len(policies))
	}
}

func TestEveryFileIsInTheKustomization(t *testing.T) {
	content, err := os.ReadFile("kustomization.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var kustomization struct{ Resources []string }
	if err := yaml.Unmarshal(content, &kustomization); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob("*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, file := range found {
		want[file] = file != "kustomization.yaml"
	}
	got := map[string]bool{"kustomization.yaml": false}
	for _, file := range kustomization.Resources {
		got[file] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the files that are applied (-in the folder +listed):\n%s", diff)
	}
}

func TestTheStaticManifestsAreTheSamePolicies(t *testing.T) {
	static, err := Static()
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile(filepath.Join("static", "fangpin.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(static, committed) {
		t.Error("static/fangpin.yaml is not what the policies give: run `make manifests`")
	}
	want, err := Manifests()
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(static)
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range got {
		if !strings.HasSuffix(object.GetName(), StaticSuffix) {
			t.Errorf("%s lacks the suffix that an API server asks for", object.GetName())
		}
		object.SetName(strings.TrimSuffix(object.GetName(), StaticSuffix))
		if policy, bound, _ := unstructured.NestedString(object.Object, "spec", "policyName"); bound {
			if err := unstructured.SetNestedField(object.Object, strings.TrimSuffix(policy, StaticSuffix), "spec", "policyName"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("without the suffix (-policies +static manifests):\n%s", diff)
	}
}
