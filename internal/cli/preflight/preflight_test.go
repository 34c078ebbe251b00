// SPDX-License-Identifier: Apache-2.0

package preflight

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	rbacv1 "k8s.io/api/rbac/v1"

	"fangpin.io/fangpin/internal/cli/wording"
)

// line is a finding in a line.
func line(f Finding) string {
	return fmt.Sprintf("%s %s: %s", f.Level, f.About, wording.English.Say(f.Key, f.Args...))
}

func all(findings []Finding) []string {
	lines := make([]string, len(findings))
	for i, f := range findings {
		lines[i] = line(f)
	}
	return lines
}

func TestVersionsFrom132OnAreTaken(t *testing.T) {
	for version, want := range map[string]Level{
		"v1.31.14": Fail, "v1.32.0": OK, "v1.36.3": OK, "v1.32.1-eks-abc": OK, "v1.31.9+k3s1": Fail, "v2.0.0": OK, "unknown": Fail,
	} {
		if got := Kubernetes(version); got.Level != want {
			t.Errorf("%s: %s", version, line(got))
		}
	}
}

func TestEveryKindHasToBeServed(t *testing.T) {
	if got := line(Kinds([]string{"Household", "Review"}, []string{"Review", "Household"})); got != "ok kinds: all 2 kinds of fangpin.io/v1alpha1 are served" {
		t.Error(got)
	}
	if got := line(Kinds([]string{"Household", "Review", "Jurisdiction"}, []string{"Review"})); got != "fail kinds: not served: Household, Jurisdiction of fangpin.io/v1alpha1; apply config/crd" {
		t.Error(got)
	}
}

func policy(name, expression string) admissionregistrationv1.ValidatingAdmissionPolicy {
	p := admissionregistrationv1.ValidatingAdmissionPolicy{}
	p.Name = name
	p.Spec.Variables = []admissionregistrationv1.Variable{{Name: "v", Expression: "1"}}
	p.Spec.Validations = []admissionregistrationv1.Validation{{Expression: expression}}
	return p
}

func binding(policy string, actions ...admissionregistrationv1.ValidationAction) admissionregistrationv1.ValidatingAdmissionPolicyBinding {
	b := admissionregistrationv1.ValidatingAdmissionPolicyBinding{}
	b.Spec.PolicyName, b.Spec.ValidationActions = policy, actions
	return b
}

func TestAdmissionPoliciesHaveToBeThereBoundAndAsTheyWere(t *testing.T) {
	ignore := admissionregistrationv1.Ignore
	lax := policy("p", "true")
	lax.Spec.FailurePolicy = &ignore
	variable := policy("p", "true")
	variable.Spec.Variables[0].Expression = "2"
	condition := policy("p", "true")
	condition.Spec.MatchConditions = []admissionregistrationv1.MatchCondition{{Name: "c", Expression: "false"}}
	narrow := binding("p", admissionregistrationv1.Deny)
	narrow.Spec.MatchResources = &admissionregistrationv1.MatchResources{}
	deny := binding("p", admissionregistrationv1.Audit, admissionregistrationv1.Deny)
	differs := "warn admission/p: differs from the one of this version; apply config/admission, or see what was changed"
	unbound := "fail admission/p: no binding of it refuses everywhere, so that it protects nothing; apply config/admission"
	tests := []struct {
		name    string
		found   []admissionregistrationv1.ValidatingAdmissionPolicy
		binding admissionregistrationv1.ValidatingAdmissionPolicyBinding
		want    string
	}{
		{"as shipped", []admissionregistrationv1.ValidatingAdmissionPolicy{policy("p", "true\n")}, deny, "ok admission/p: in place, and refuses"},
		{"missing", []admissionregistrationv1.ValidatingAdmissionPolicy{policy("q", "true")}, deny, "fail admission/p: missing: whoever may write may sign for others; apply config/admission"},
		{"bound to another policy", []admissionregistrationv1.ValidatingAdmissionPolicy{policy("p", "true")}, binding("q", admissionregistrationv1.Deny), unbound},
		{"bound so that it only warns", []admissionregistrationv1.ValidatingAdmissionPolicy{policy("p", "true")}, binding("p", admissionregistrationv1.Warn), unbound},
		{"bound to a part of the cluster", []admissionregistrationv1.ValidatingAdmissionPolicy{policy("p", "true")}, narrow, unbound},
		{"with another rule", []admissionregistrationv1.ValidatingAdmissionPolicy{policy("p", "false")}, deny, differs},
		{"with another variable", []admissionregistrationv1.ValidatingAdmissionPolicy{variable}, deny, differs},
		{"asked only sometimes", []admissionregistrationv1.ValidatingAdmissionPolicy{condition}, deny, differs},
		{"failing open", []admissionregistrationv1.ValidatingAdmissionPolicy{lax}, deny, differs},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			shipped := []admissionregistrationv1.ValidatingAdmissionPolicy{policy("p", "true")}
			got := Admission(shipped, tt.found, []admissionregistrationv1.ValidatingAdmissionPolicyBinding{tt.binding})
			if diff := cmp.Diff([]string{tt.want}, all(got)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRolesThatGrantSignaturesWholesale(t *testing.T) {
	rule := func(group, resource string, verbs ...string) []rbacv1.PolicyRule {
		return []rbacv1.PolicyRule{{APIGroups: []string{group}, Resources: []string{resource}, Verbs: verbs}}
	}
	clusterRole := func(name string, rules []rbacv1.PolicyRule) Grants {
		r := rbacv1.ClusterRole{Rules: rules}
		r.Name = name
		return Grants{ClusterRoles: []rbacv1.ClusterRole{r}}
	}
	bound := func(g Grants, role string, subjects ...rbacv1.Subject) Grants {
		g.ClusterRoleBindings = append(g.ClusterRoleBindings, rbacv1.ClusterRoleBinding{RoleRef: rbacv1.RoleRef{Kind: "ClusterRole", Name: role}, Subjects: subjects})
		return g
	}
	zhang := rbacv1.Subject{Kind: "User", Name: "zhang"}
	robot := rbacv1.Subject{Kind: "ServiceAccount", Namespace: "ops", Name: "robot"}
	masters := rbacv1.Subject{Kind: "Group", Name: "system:masters"}
	inTown := Grants{
		Roles:        []rbacv1.Role{{Rules: rule("fangpin.io", "reviews", "*")}},
		RoleBindings: []rbacv1.RoleBinding{{RoleRef: rbacv1.RoleRef{Kind: "Role", Name: "all"}, Subjects: []rbacv1.Subject{zhang}}},
	}
	inTown.Roles[0].Name, inTown.Roles[0].Namespace, inTown.RoleBindings[0].Namespace = "all", "town", "town"
	elsewhere := inTown
	elsewhere.RoleBindings = []rbacv1.RoleBinding{inTown.RoleBindings[0]}
	elsewhere.RoleBindings[0].Namespace = "west"
	fine := "ok roles: none of 1 roles grants signatures wholesale"
	advice := "; list verbs and resources one by one"
	tests := []struct {
		name   string
		grants Grants
		want   string
	}{
		{"verbs by name", bound(clusterRole("r", rule("fangpin.io", "reviews", "get", "patch")), "r", zhang), fine},
		{"a step by name", bound(clusterRole("r", rule("fangpin.io", "reviews/entry", "approve")), "r", zhang), fine},
		{"all verbs of another group", bound(clusterRole("r", rule("apps", "*", "*")), "r", zhang), fine},
		{"all verbs, and somebody has it", bound(clusterRole("r", rule("fangpin.io", "reviews", "*")), "r", zhang, robot), `fail clusterrole/r: verbs "*" on reviews grants every signature to ServiceAccount ops/robot, User zhang` + advice},
		{"all verbs of all groups", bound(clusterRole("r", rule("*", "*", "*")), "r", zhang), `fail clusterrole/r: verbs "*" on * grants every signature to User zhang` + advice},
		{"all steps", bound(clusterRole("r", rule("fangpin.io", "*", "approve")), "r", zhang), `fail clusterrole/r: approve on "*" grants every signature to User zhang` + advice},
		{"all verbs, and nobody has it", clusterRole("r", rule("fangpin.io", "reviews", "*")), `warn clusterrole/r: verbs "*" on reviews would grant every signature; bound to nobody. List verbs and resources one by one`},
		{"cluster-admin, held by the group that no role governs", bound(clusterRole("cluster-admin", rule("*", "*", "*")), "cluster-admin", masters), fine},
		{"cluster-admin, held by somebody", bound(clusterRole("cluster-admin", rule("*", "*", "*")), "cluster-admin", masters, zhang), "warn clusterrole/cluster-admin: may do everything, and so sign everything: User zhang"},
		{"a role of a namespace", inTown, `fail role/town/all: verbs "*" on reviews grants every signature to User zhang` + advice},
		{"a role of the same name elsewhere", elsewhere, `warn role/town/all: verbs "*" on reviews would grant every signature; bound to nobody. List verbs and resources one by one`},
		{"the verb restore in somebody's hands", bound(clusterRole("r", rule("fangpin.io", "reviews", "restore")), "r", zhang), "warn clusterrole/r: the verb restore brings in what others signed, and nobody should hold it day to day: User zhang"},
		{"the verb restore in nobody's hands", clusterRole("r", rule("fangpin.io", "reviews", "restore")), fine},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tt.want}, all(RoleFindings(&tt.grants))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestManyHoldersAreCounted(t *testing.T) {
	g := Grants{ClusterRoles: []rbacv1.ClusterRole{{Rules: []rbacv1.PolicyRule{{APIGroups: []string{"*"}, Resources: []string{"*"}, Verbs: []string{"*"}}}}}}
	g.ClusterRoles[0].Name = "r"
	b := rbacv1.ClusterRoleBinding{RoleRef: rbacv1.RoleRef{Kind: "ClusterRole", Name: "r"}}
	for i := range 7 {
		b.Subjects = append(b.Subjects, rbacv1.Subject{Kind: "User", Name: fmt.Sprint(i)})
	}
	g.ClusterRoleBindings = []rbacv1.ClusterRoleBinding{b}
	want := `fail clusterrole/r: verbs "*" on * grants every signature to User 0, User 1, User 2, User 3, User 4, … (7); list verbs and resources one by one`
	if diff := cmp.Diff([]string{want}, all(RoleFindings(&g))); diff != "" {
		t.Error(diff)
	}
}
