// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"slices"
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

func TestShippedRolesAreReadWithTheirNames(t *testing.T) {
	objects, err := shippedRoles(root + "/config/rbac")
	if err != nil {
		t.Fatal(err)
	}
	names := roleNames(objects)
	for _, want := range []string{"fangpin-manager", "fangpin-village-worker", "fangpin-department-water", "fangpin-restorer", "fangpin-viewer"} {
		if !slices.Contains(names, want) {
			t.Errorf("there is no %s among %v", want, names)
		}
	}
	bound := slices.ContainsFunc(objects, func(o client.Object) bool {
		b, ok := o.(*rbacv1.ClusterRoleBinding)
		return ok && "system:serviceaccount:"+b.Subjects[0].Namespace+":"+b.Subjects[0].Name == ManagerAccount
	})
	if !bound {
		t.Errorf("no binding gives %s its role", ManagerAccount)
	}
	for _, text := range []string{"kind: Secret", "kind: ["} {
		if _, err := roleOf(text); err == nil {
			t.Errorf("%q passes for a role", text)
		}
	}
}
