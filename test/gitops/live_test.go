// SPDX-License-Identifier: Apache-2.0

package gitops

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/google/go-cmp/cmp"
	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/wait"
	clocktesting "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/controlplane"
)

// The accounts that apply the plans and judge by them.
const (
	gitopsAccount  = "system:serviceaccount:fangpin-policies:policies"
	managerAccount = "system:serviceaccount:fangpin-system:fangpin-manager"
)

// cluster is a control plane with all that config/default brings and with the
// account by which Flux applies plans.
type cluster struct {
	plane  *controlplane.ControlPlane
	admin  client.Client
	gitops client.Client // as the account that flux/account.yaml makes
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	plane := controlplane.ForTest(t)
	c := &cluster{plane: plane}
	for _, folder := range []string{"-k" + filepath.Join(project, "config", "default"), "-f" + filepath.Join(repository, "flux", "account.yaml")} {
		run(t, 0, nil, kubectl(t), "--kubeconfig", plane.Kubeconfig(), "apply", "--server-side", folder)
	}
	scheme, err := controllers.NewScheme()
	if err != nil {
		t.Fatal(err)
	}
	if c.admin, err = client.New(plane.Config(), client.Options{Scheme: scheme}); err != nil {
		t.Fatal(err)
	}
	config, err := plane.AddUser(gitopsAccount)
	if err != nil {
		t.Fatal(err)
	}
	if c.gitops, err = client.New(config, client.Options{Scheme: scheme, FieldOwner: "kustomize-controller"}); err != nil {
		t.Fatal(err)
	}
	for account, what := range map[string]authorizationv1.ResourceAttributes{
		gitopsAccount:  {Group: "fangpin.io", Resource: "monitoringpolicies", Verb: "patch"},
		managerAccount: {Group: "fangpin.io", Resource: "monitoringpolicies", Subresource: "status", Verb: "patch"},
	} {
		c.waitUntilAllowed(t, account, what)
	}
	return c
}

// waitUntilAllowed returns when the authorizer, which learns of roles by a watch,
// knows the account's.
func (c *cluster) waitUntilAllowed(t *testing.T, account string, what authorizationv1.ResourceAttributes) {
	t.Helper()
	err := wait.PollUntilContextTimeout(t.Context(), 20*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
		review := &authorizationv1.SubjectAccessReview{Spec: authorizationv1.SubjectAccessReviewSpec{User: account, ResourceAttributes: &what}}
		return review.Status.Allowed, c.create(ctx, review)
	})
	if err != nil {
		t.Fatalf("%s never gets its role: %v", account, err)
	}
}

func (c *cluster) create(ctx context.Context, object client.Object) error {
	return c.admin.Create(ctx, object)
}

// apply applies an object server-side, as the GitOps tools do, and returns it as
// it is stored.
func (c *cluster) apply(t *testing.T, object *unstructured.Unstructured, options ...client.ApplyOption) *unstructured.Unstructured {
	t.Helper()
	applied := object.DeepCopy()
	if err := c.gitops.Apply(t.Context(), client.ApplyConfigurationFromUnstructured(applied), options...); err != nil {
		t.Fatalf("applying %s %s: %v", object.GetKind(), object.GetName(), err)
	}
	return applied
}

func (c *cluster) stored(t *testing.T, of *unstructured.Unstructured) *unstructured.Unstructured {
	t.Helper()
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(of.GroupVersionKind())
	if err := c.admin.Get(t.Context(), client.ObjectKeyFromObject(of), object); err != nil {
		t.Fatal(err)
	}
	return object
}

// wanted is what a manifest states of the object, which is all that a GitOps tool
// compares.
func wanted(stored *unstructured.Unstructured) map[string]any {
	out := map[string]any{"apiVersion": stored.GetAPIVersion(), "kind": stored.GetKind(), "spec": stored.Object["spec"]}
	metadata := map[string]any{}
	for _, field := range []string{"name", "namespace", "labels", "annotations"} {
		if value, ok, _ := unstructured.NestedFieldNoCopy(stored.Object, "metadata", field); ok {
			metadata[field] = value
		}
	}
	out["metadata"] = metadata
	return out
}

// TestThePlansRollOut takes the repository through its life on an API server with
// the shipped roles and admission policies, and with the controllers.
func TestThePlansRollOut(t *testing.T) {
	c := newCluster(t)
	var objects []*unstructured.Unstructured
	for _, overlay := range overlays(t) {
		objects = append(objects, decode(t, kustomize(t, overlay))...)
	}

	t.Run("a server dry run takes every object", func(t *testing.T) {
		for _, object := range objects {
			c.apply(t, object, client.DryRunAll)
		}
		var plans v1alpha1.MonitoringPolicyList
		if err := c.admin.List(t.Context(), &plans); err != nil || len(plans.Items) > 0 {
			t.Errorf("the dry run stored %d plans, %v", len(plans.Items), err)
		}
	})

	t.Run("what is applied is stored as it was written, so that nothing drifts", func(t *testing.T) {
		for _, object := range objects {
			first := c.apply(t, object)
			if diff := cmp.Diff(object.Object, wanted(c.stored(t, object))); diff != "" {
				t.Errorf("%s %s drifts (-manifest +stored):\n%s", object.GetKind(), object.GetName(), diff)
			}
			if second := c.apply(t, object); second.GetResourceVersion() != first.GetResourceVersion() {
				t.Errorf("applying %s %s once more changes it", object.GetKind(), object.GetName())
			}
		}
	})

	t.Run("the account that applies plans reads no family and deletes no plan", func(t *testing.T) {
		if err := c.gitops.List(t.Context(), &v1alpha1.HouseholdList{}); !apierrors.IsForbidden(err) {
			t.Errorf("reading families: %v", err)
		}
		plan := &v1alpha1.MonitoringPolicy{}
		plan.Name = "yi-2020"
		if err := c.gitops.Delete(t.Context(), plan); !apierrors.IsForbidden(err) {
			t.Errorf("deleting a plan: %v", err)
		}
	})

	operator := c.start(t, noon(2021, time.June, 1))
	home := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "jia-town"}}
	if err := c.create(t.Context(), home); err != nil {
		t.Fatal(err)
	}
	household := objectsOf(t, family)[0].(*v1alpha1.Household)
	household.Generation = 0
	if err := c.create(t.Context(), household); err != nil {
		t.Fatal(err)
	}
	settle(t, operator, household)

	t.Run("every object is ready, and each tool says so", func(t *testing.T) {
		for _, object := range objects {
			c.expect(t, object, healthy, status.CurrentStatus)
		}
	})

	right := named(objects, "MonitoringPolicy", "jia-2021")
	before := c.family(t)
	t.Run("a wrong plan is told and erases nothing", func(t *testing.T) {
		wrong := right.DeepCopy()
		standards, _, _ := unstructured.NestedSlice(wrong.Object, "spec", "standards")
		standards[0].(map[string]any)["met"] = "survey.income >= 5000"
		if err := unstructured.SetNestedSlice(wrong.Object, standards, "spec", "standards"); err != nil {
			t.Fatal(err)
		}
		settle(t, operator, c.plan(t, c.apply(t, wrong)))
		c.expect(t, right, degraded, status.FailedStatus)
		got := c.family(t)
		if ready := condition(got, "Ready"); ready == nil || ready.Reason != v1alpha1.ReasonPolicyInvalid {
			t.Errorf("the family is %v, want %s", ready, v1alpha1.ReasonPolicyInvalid)
		}
		if diff := cmp.Diff(conclusions(before), conclusions(got)); diff != "" || len(before.Status.Shortfalls) == 0 {
			t.Errorf("what was concluded of the family changes (-before +after):\n%s", diff)
		}
	})

	t.Run("reverting the commit mends it", func(t *testing.T) {
		settle(t, operator, c.plan(t, c.apply(t, right)))
		c.expect(t, right, healthy, status.CurrentStatus)
		if diff := cmp.Diff(before.Status, c.family(t).Status); diff != "" {
			t.Errorf("the family's status (-before +after):\n%s", diff)
		}
	})
}

// TestArgoCDsConfigurationKeepsItsOtherKeys applies the health checks beside what a
// cluster's argocd-cm holds.
func TestArgoCDsConfigurationKeepsItsOtherKeys(t *testing.T) {
	plane := controlplane.ForTest(t)
	admin, err := client.New(plane.Config(), client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	key := metav1.ObjectMeta{Namespace: "argocd", Name: "argocd-cm"}
	for _, object := range []client.Object{
		&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: key.Namespace}},
		&corev1.ConfigMap{ObjectMeta: key, Data: map[string]string{"url": "https://argocd.example.gov"}},
	} {
		if err := admin.Create(t.Context(), object); err != nil {
			t.Fatal(err)
		}
	}
	run(t, 0, nil, kubectl(t), "--kubeconfig", plane.Kubeconfig(), "apply", "--server-side",
		"--field-manager=fangpin-health", "-k", filepath.Join(repository, "argocd", "health"))
	got := &corev1.ConfigMap{}
	if err := admin.Get(t.Context(), client.ObjectKey{Namespace: key.Namespace, Name: key.Name}, got); err != nil {
		t.Fatal(err)
	}
	if got.Data["url"] == "" || !strings.Contains(got.Data[healthKey+"MonitoringPolicy"], "RolledOut") {
		t.Errorf("the keys are %v", got.Data)
	}
}

// start runs the controllers as the manager's account until the test ends.
func (c *cluster) start(t *testing.T, now time.Time) *controllers.Operator {
	t.Helper()
	config, err := c.plane.AddUser(managerAccount)
	if err != nil {
		t.Fatal(err)
	}
	operator, err := controllers.New(config, manager.Options{
		Metrics: metricsserver.Options{BindAddress: "0"}, HealthProbeBindAddress: "0",
	}, controllers.Options{Clock: clocktesting.NewFakeClock(now)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- operator.Start(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the operator ended with %v", err)
		}
	})
	return operator
}

func settle(t *testing.T, operator *controllers.Operator, written ...client.Object) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := operator.Settle(ctx, written...); err != nil {
		t.Fatal(err)
	}
}

// plan is an applied plan as the operator's cache has it.
func (c *cluster) plan(t *testing.T, applied *unstructured.Unstructured) *v1alpha1.MonitoringPolicy {
	t.Helper()
	plan := &v1alpha1.MonitoringPolicy{}
	if err := c.admin.Get(t.Context(), client.ObjectKeyFromObject(applied), plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

// expect asks Argo CD's check, kstatus and Flux's expressions of an object as it is
// stored now.
func (c *cluster) expect(t *testing.T, object *unstructured.Unstructured, wantArgo string, want status.Status) {
	t.Helper()
	stored := c.stored(t, object)
	name := object.GetKind() + " " + object.GetName()
	if got, message := argo(t, stored); got != wantArgo {
		t.Errorf("Argo CD of %s: %s, %s; want %s", name, got, message, wantArgo)
	}
	if got := kstatusOf(t, stored); got != want {
		t.Errorf("kstatus of %s: %s, want %s", name, got, want)
	}
	if got := flux(t, stored); got != want {
		t.Errorf("Flux of %s: %s, want %s", name, got, want)
	}
}

func (c *cluster) family(t *testing.T) *v1alpha1.Household {
	t.Helper()
	h := &v1alpha1.Household{}
	if err := c.admin.Get(t.Context(), client.ObjectKey{Namespace: "jia-town", Name: "hh-1"}, h); err != nil {
		t.Fatal(err)
	}
	return h
}

// conclusions are what a status holds beside its conditions.
func conclusions(h *v1alpha1.Household) v1alpha1.HouseholdStatus {
	s := *h.Status.DeepCopy()
	s.Conditions = nil
	return s
}

func condition(h *v1alpha1.Household, kind string) *metav1.Condition {
	for i := range h.Status.Conditions {
		if h.Status.Conditions[i].Type == kind {
			return &h.Status.Conditions[i]
		}
	}
	return nil
}
