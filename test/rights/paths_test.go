// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"context"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"sigs.k8s.io/yaml"
)

// decoded turns records from JSON into what an object holds.
func decoded(t *testing.T, records []string) []any {
	t.Helper()
	list := make([]any, len(records))
	for i, text := range records {
		var one map[string]any
		if err := yaml.Unmarshal([]byte(text), &one); err != nil {
			t.Fatal(err)
		}
		list[i] = one
	}
	return list
}

// withRecord is the review for a purpose with one record added.
func withRecord(ctx context.Context, t *testing.T, by dynamic.Interface, added string) *unstructured.Unstructured {
	t.Helper()
	object, err := on(by, "rev", town).Get(ctx, "signed", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	held := object.Object["spec"].(map[string]any)["records"].([]any)
	object.Object["spec"].(map[string]any)["records"] = append(held, decoded(t, []string{added})...)
	return object
}

// TestEveryPathOfAWriteIsGuarded signs in the own name and in another's by every
// way in which the API server takes a spec.
func TestEveryPathOfAWriteIsGuarded(t *testing.T) {
	c := setUp(t)
	const signer, step = "village-worker", "village-appraisal"
	applied := func(t *testing.T, name string, list ...string) *unstructured.Unstructured {
		object := manifest(t, "rev", town, name, unsigned["rev"])
		object.Object["spec"].(map[string]any)["records"] = decoded(t, list)
		return object
	}
	paths := map[string]func(ctx context.Context, t *testing.T, to dynamic.ResourceInterface, added string) error{
		"update": func(ctx context.Context, t *testing.T, to dynamic.ResourceInterface, added string) error {
			_, err := to.Update(ctx, withRecord(ctx, t, c.people[signer], added), metav1.UpdateOptions{DryRun: dryRun})
			return err
		},
		"JSON patch": func(ctx context.Context, t *testing.T, to dynamic.ResourceInterface, added string) error {
			return send(ctx, to, "signed", operation{Op: "add", Path: "/spec/records/-", Value: decoded(t, []string{added})[0]})
		},
		"merge patch": func(ctx context.Context, _ *testing.T, to dynamic.ResourceInterface, added string) error {
			_, err := to.Patch(ctx, "signed", types.MergePatchType, []byte(`{"spec":{"records":[`+standing+`,`+added+`]}}`), metav1.PatchOptions{DryRun: dryRun})
			return err
		},
		"apply": func(ctx context.Context, t *testing.T, to dynamic.ResourceInterface, added string) error {
			_, err := to.Apply(ctx, "signed", applied(t, "signed", standing, added), metav1.ApplyOptions{DryRun: dryRun, FieldManager: "test", Force: true})
			return err
		},
		"apply a new one": func(ctx context.Context, t *testing.T, to dynamic.ResourceInterface, added string) error {
			_, err := to.Apply(ctx, "new", applied(t, "new", added), metav1.ApplyOptions{DryRun: dryRun, FieldManager: "test"})
			return err
		},
		"create": func(ctx context.Context, t *testing.T, to dynamic.ResourceInterface, added string) error {
			_, err := to.Create(ctx, applied(t, "new", added), metav1.CreateOptions{DryRun: dryRun})
			return err
		},
		"create without a name": func(ctx context.Context, t *testing.T, to dynamic.ResourceInterface, added string) error {
			object := applied(t, "", added)
			object.SetName("")
			object.SetGenerateName("rev-")
			_, err := to.Create(ctx, object, metav1.CreateOptions{DryRun: dryRun})
			return err
		},
	}
	for path, try := range paths {
		t.Run(path, func(t *testing.T) {
			to := on(c.people[signer], "rev", town)
			expect(t, try(t.Context(), t, to, record(step, signer)))
			expect(t, try(t.Context(), t, to, record(step, "county-approver")), "ValidatingAdmissionPolicy 'fangpin-reviews'", "by is county-approver")
			expect(t, try(t.Context(), t, to, record("county-approval", signer)), "ValidatingAdmissionPolicy 'fangpin-reviews'", "may not sign the step county-approval")
		})
	}
}

// TestSubresourcesTakeNoSpec writes specs through what is no path for them.
func TestSubresourcesTakeNoSpec(t *testing.T) {
	c := setUp(t)
	forged := `{"metadata":{"annotations":{"` + reason + `":"entered twice"},"finalizers":["example.com/hold"]},"spec":{"records":[` + standing + `,` + record("county-approval", "county-approver") + `]},"status":{"stage":"InProgress"}}`
	after, err := on(c.people[manager], "rev", town).Patch(t.Context(), "signed", types.MergePatchType, []byte(forged), metav1.PatchOptions{DryRun: dryRun}, "status")
	if err != nil {
		t.Fatal(err)
	}
	if list, _, _ := unstructured.NestedSlice(after.Object, "spec", "records"); len(list) != 1 {
		t.Errorf("the manager signed through the status: %v", list)
	}
	if len(after.GetAnnotations()) > 0 || len(after.GetFinalizers()) > 0 {
		t.Error("the manager wrote metadata through the status")
	}
	if stage, _, _ := unstructured.NestedString(after.Object, "status", "stage"); stage != "InProgress" {
		t.Errorf("the status was not written, so that nothing is shown: %v", after.Object["status"])
	}
	_, err = on(c.as(t, masters), "rev", town).Apply(t.Context(), "new",
		manifest(t, "rev", town, "new", signed["rev"]), metav1.ApplyOptions{DryRun: dryRun, FieldManager: "test"}, "status")
	if !apierrors.IsNotFound(err) && !apierrors.IsForbidden(err) {
		t.Errorf("applying a status to what does not exist: %v", err)
	}
	for _, kind := range papers {
		_, err := on(c.as(t, masters), kind, town).Get(t.Context(), named(kind, "signed"), metav1.GetOptions{}, "scale")
		if !apierrors.IsNotFound(err) {
			t.Errorf("%s has a scale, of which no policy speaks: %v", kind, err)
		}
	}
}

// TestAStatusIsNotTakenFromACreation creates a paper with a status, as a backup
// would.
func TestAStatusIsNotTakenFromACreation(t *testing.T) {
	c := setUp(t)
	object := manifest(t, "rev", town, "new", signed["rev"])
	object.Object["status"] = map[string]any{"stage": "Completed"}
	created, err := on(c.people["restorer"], "rev", town).Create(t.Context(), object, metav1.CreateOptions{DryRun: dryRun})
	if err != nil {
		t.Fatal(err)
	}
	if status, given := created.Object["status"]; given {
		t.Errorf("the status came in with the object: %v", status)
	}
}
