// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/controlplane"
)

// manifest reads a file of config/rbac.
func manifest[T any](t *testing.T, name string) *T {
	t.Helper()
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "config", "rbac", name))
	if err != nil {
		t.Fatal(err)
	}
	object := new(T)
	if err := yaml.UnmarshalStrict(text, object); err != nil {
		t.Fatal(err)
	}
	return object
}

func create(t *testing.T, c client.Client, objects ...client.Object) {
	t.Helper()
	for _, object := range objects {
		if err := c.Create(t.Context(), object); err != nil && !apierrors.IsAlreadyExists(err) {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Delete(t.Context(), object) })
	}
}

// TestTheManagersRoleIsEnoughAndNoMore runs the operator as its service account,
// bound to the shipped roles, with leader election.
func TestTheManagersRoleIsEnoughAndNoMore(t *testing.T) {
	town := emptyTown(t)
	town.apply(plan, poor, fair, poorPlan)
	system := &corev1.Namespace{}
	system.Name = "fangpin-system"
	create(t, town.client, system,
		manifest[rbacv1.ClusterRole](t, "role.yaml"), manifest[rbacv1.ClusterRoleBinding](t, "role_binding.yaml"),
		manifest[rbacv1.Role](t, "leader_election_role.yaml"), manifest[rbacv1.RoleBinding](t, "leader_election_role_binding.yaml"))
	account, err := controlplane.ForTest(t).AddUser("system:serviceaccount:fangpin-system:fangpin-manager", "system:serviceaccounts", "system:authenticated")
	if err != nil {
		t.Fatal(err)
	}
	town.elect(account, controllers.Options{Clock: town.clock})
	town.settle()
	if got := town.household("poor").Status; got.Tier != "Red" {
		t.Errorf("tier %s, want Red", got.Tier)
	}
	town.clock.SetTime(noonOf(7, 1))
	town.settle()
	waitFor(t, "the overdue family is told of", func() bool {
		for _, e := range town.events() {
			if e.Reason == "Overdue" {
				return true
			}
		}
		return false
	})
	if strings.Contains(log.String(), "forbidden") {
		t.Error("the log has a refusal: the role lacks something")
	}

	scheme, err := controllers.NewScheme()
	if err != nil {
		t.Fatal(err)
	}
	limited, err := client.New(account, client.Options{Scheme: scheme})
	if err != nil {
		t.Fatal(err)
	}
	for what, attempt := range map[string]func() error{
		"change a family's facts": func() error {
			h := town.household("poor")
			h.Spec.Persons = 9
			return limited.Update(t.Context(), h)
		},
		"replace a whole status": func() error { return limited.Status().Update(t.Context(), town.household("poor")) },
		"delete a family":        func() error { return limited.Delete(t.Context(), town.household("poor")) },
		"make a policy": func() error {
			return limited.Create(t.Context(), parse(t, strings.Replace(plan, "name: plan", "name: own", 1))[0])
		},
		"read a secret":       func() error { return limited.List(t.Context(), &corev1.SecretList{}, client.InNamespace("east")) },
		"write another lease": func() error { return limited.Update(t.Context(), leaseOf("fangpin-system", "other")) },
		"submit a report": func() error {
			return limited.Update(t.Context(), &v1alpha1.MonthlyReport{ObjectMeta: metav1.ObjectMeta{Name: "east-2020-04", Namespace: "east"}})
		},
	} {
		if err := attempt(); !apierrors.IsForbidden(err) {
			t.Errorf("the manager may %s: %v", what, err)
		}
	}
}
