// SPDX-License-Identifier: Apache-2.0

package preflight

import (
	"fmt"
	"slices"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
)

// everything is RBAC's word for all verbs, groups or resources.
const everything = "*"

// signatures are the verbs that sign, and the one that brings what others
// signed. They mean something only as long as each is granted by name.
var signatures = []string{"approve", "verify", "deliver", "submit"}

// restore is the verb that nobody holds day to day.
const restore = "restore"

// builtIn are Kubernetes' own roles for whoever may do everything.
var builtIn = []string{"cluster-admin"}

// Grants is what a cluster grants to whom.
type Grants struct {
	ClusterRoles        []rbacv1.ClusterRole
	Roles               []rbacv1.Role
	ClusterRoleBindings []rbacv1.ClusterRoleBinding
	RoleBindings        []rbacv1.RoleBinding
}

// role is a role of either sort.
type role struct {
	kind, namespace, name string
	rules                 []rbacv1.PolicyRule
}

func (r *role) String() string {
	if r.namespace != "" {
		return strings.ToLower(r.kind) + "/" + r.namespace + "/" + r.name
	}
	return strings.ToLower(r.kind) + "/" + r.name
}

// RoleFindings looks for roles by which signatures are granted wholesale.
func RoleFindings(g *Grants) []Finding {
	var roles []role
	for i := range g.ClusterRoles {
		roles = append(roles, role{"ClusterRole", "", g.ClusterRoles[i].Name, g.ClusterRoles[i].Rules})
	}
	for i := range g.Roles {
		roles = append(roles, role{"Role", g.Roles[i].Namespace, g.Roles[i].Name, g.Roles[i].Rules})
	}
	var findings []Finding
	for i := range roles {
		findings = append(findings, g.roleFinding(&roles[i])...)
	}
	if len(findings) == 0 {
		findings = []Finding{{OK, "roles", wording.CheckRoles, []any{len(roles)}}}
	}
	return findings
}

func (g *Grants) roleFinding(r *role) []Finding {
	wholesale, restores := "", false
	for i := range r.rules {
		if what := grantsWholesale(&r.rules[i]); what != "" && wholesale == "" {
			wholesale = what
		}
		restores = restores || grants(&r.rules[i], restore)
	}
	holders := g.holders(r)
	switch {
	case wholesale != "" && slices.Contains(builtIn, r.name) && r.kind == "ClusterRole":
		if len(holders) > 0 {
			return []Finding{{Warn, r.String(), wording.CheckAdmins, []any{said(holders)}}}
		}
	case wholesale != "" && len(holders) > 0:
		return []Finding{{Fail, r.String(), wording.CheckWholesale, []any{wholesale, said(holders)}}}
	case wholesale != "":
		return []Finding{{Warn, r.String(), wording.CheckWholesaleUnbound, []any{wholesale}}}
	case restores && len(holders) > 0:
		return []Finding{{Warn, r.String(), wording.CheckRestore, []any{said(holders)}}}
	}
	return nil
}

// grantsWholesale returns what a rule grants too much of, "" for nothing: every
// verb on one of the kinds, or a signature on every resource.
func grantsWholesale(rule *rbacv1.PolicyRule) string {
	if !ofGroup(rule) {
		return ""
	}
	resources := strings.Join(rule.Resources, ", ")
	if slices.Contains(rule.Verbs, everything) {
		return fmt.Sprintf("verbs %q on %s", everything, resources)
	}
	if !slices.Contains(rule.Resources, everything) {
		return ""
	}
	for _, verb := range append(slices.Clone(signatures), restore) {
		if slices.Contains(rule.Verbs, verb) {
			return fmt.Sprintf("%s on %q", verb, everything)
		}
	}
	return ""
}

func grants(rule *rbacv1.PolicyRule, verb string) bool {
	return ofGroup(rule) && slices.Contains(rule.Verbs, verb)
}

func ofGroup(rule *rbacv1.PolicyRule) bool {
	return slices.Contains(rule.APIGroups, v1alpha1.SchemeGroupVersion.Group) || slices.Contains(rule.APIGroups, everything)
}

// masters are the group whose certificates no role governs.
const masters = "system:masters"

// holders are who has a role, by any binding; the group that no role governs is
// none of them.
func (g *Grants) holders(r *role) []string {
	var out []string
	add := func(ref rbacv1.RoleRef, namespace string, subjects []rbacv1.Subject) {
		if ref.Kind != r.kind || ref.Name != r.name || r.namespace != "" && r.namespace != namespace {
			return
		}
		for _, s := range subjects {
			name := s.Kind + " " + s.Name
			if s.Namespace != "" {
				name = s.Kind + " " + s.Namespace + "/" + s.Name
			}
			if s.Name != masters && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	for i := range g.ClusterRoleBindings {
		add(g.ClusterRoleBindings[i].RoleRef, "", g.ClusterRoleBindings[i].Subjects)
	}
	for i := range g.RoleBindings {
		add(g.RoleBindings[i].RoleRef, g.RoleBindings[i].Namespace, g.RoleBindings[i].Subjects)
	}
	slices.Sort(out)
	return out
}

// said names a few holders and counts the rest.
func said(holders []string) string {
	const most = 5
	if len(holders) <= most {
		return strings.Join(holders, ", ")
	}
	return fmt.Sprintf("%s, … (%d)", strings.Join(holders[:most], ", "), len(holders))
}
