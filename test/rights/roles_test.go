// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/controlplane"
)

// shippedRoles reads every role of config/rbac, by name.
func shippedRoles(t *testing.T) map[string]rbacv1.ClusterRole {
	t.Helper()
	roles := map[string]rbacv1.ClusterRole{}
	for _, pattern := range []string{"config/rbac/*.yaml", "config/rbac/people/*.yaml"} {
		for _, document := range documents(t, pattern) {
			var role rbacv1.ClusterRole
			if err := yaml.Unmarshal(document, &role); err != nil {
				t.Fatal(err)
			}
			if role.Kind == "ClusterRole" || role.Kind == "Role" {
				roles[role.Name] = role
			}
		}
	}
	if len(roles) == 0 {
		t.Fatal("there is no role in config/rbac")
	}
	return roles
}

// documents returns the YAML documents of the repository's files.
func documents(t *testing.T, pattern string) [][]byte {
	t.Helper()
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no file %s (%v)", pattern, err)
	}
	var all [][]byte
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, bytes.Split(content, []byte("\n---\n"))...)
	}
	return all
}

// TestNoRoleGoesTooFar: verbs: ["*"] holds every verb, ours too, and the rights to
// bind, escalate and impersonate are those to become somebody else.
func TestNoRoleGoesTooFar(t *testing.T) {
	ordinary := []string{"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"}
	verbs := append(ordinary, "approve", "verify", "deliver", "submit")
	// Nobody holds these day to day, so no other role brings them along.
	rare := map[string]string{"restore": "fangpin-restorer", "purge": "fangpin-purger"}
	for name, role := range shippedRoles(t) {
		for _, rule := range role.Rules {
			for _, word := range slices.Concat(rule.APIGroups, rule.Resources, rule.Verbs) {
				if strings.Contains(word, "*") {
					t.Errorf("%s has the wildcard %q", name, word)
				}
			}
			for _, verb := range rule.Verbs {
				if !slices.Contains(verbs, verb) && rare[verb] != name {
					t.Errorf("%s has the verb %s", name, verb)
				}
			}
			if slices.Contains(rule.Resources, "secrets") || len(rule.NonResourceURLs) > 0 {
				t.Errorf("%s reaches beyond Fangpin: %v", name, rule)
			}
			if name == "fangpin-auditor" && len(verbsBeyond(rule, "get", "list", "watch")) > 0 {
				t.Errorf("the auditor writes: %v", rule)
			}
			if own := name == "fangpin-manager"; !own && slices.ContainsFunc(rule.Resources, func(r string) bool { return strings.HasSuffix(r, "/status") }) {
				t.Errorf("%s writes statuses", name)
			}
		}
	}
}

func verbsBeyond(rule rbacv1.PolicyRule, allowed ...string) []string {
	return slices.DeleteFunc(slices.Clone(rule.Verbs), func(verb string) bool { return slices.Contains(allowed, verb) })
}

// TestOnlyReportsAreInTheClustersOwnRoles: view, edit and admin are given to people
// who have nothing to do with families.
func TestOnlyReportsAreInTheClustersOwnRoles(t *testing.T) {
	for name, role := range shippedRoles(t) {
		aggregated := slices.ContainsFunc(slices.Collect(maps.Keys(role.Labels)), func(label string) bool {
			return strings.HasPrefix(label, "rbac.authorization.k8s.io/aggregate-to-")
		})
		if aggregated != (name == "fangpin-viewer") {
			t.Errorf("%s: part of the cluster's own roles is %t", name, aggregated)
		}
	}
	want := []rbacv1.PolicyRule{{
		APIGroups: []string{group}, Resources: []string{"jurisdictions", "monitoringpolicies", "monthlyreports"}, Verbs: []string{"get", "list", "watch"},
	}}
	if diff := cmp.Diff(want, shippedRoles(t)["fangpin-viewer"].Rules); diff != "" {
		t.Errorf("what is read without personal data (-want +got):\n%s", diff)
	}
}

// TestEveryShippedPlanHasItsSigners finds the steps and departments of the shipped
// plans for which no shipped role is.
func TestEveryShippedPlanHasItsSigners(t *testing.T) {
	granted := map[string]bool{}
	for _, role := range shippedRoles(t) {
		for _, rule := range role.Rules {
			for _, verb := range rule.Verbs {
				for _, resource := range rule.Resources {
					granted[verb+" "+resource] = true
				}
			}
		}
	}
	plans := 0
	for _, document := range documents(t, "config/policies/*.yaml") {
		var policy v1alpha1.MonitoringPolicy
		if err := yaml.Unmarshal(document, &policy); err != nil {
			t.Fatal(err)
		}
		if policy.Kind != "MonitoringPolicy" {
			continue
		}
		plans++
		for _, procedure := range policy.Spec.Procedures {
			for _, step := range procedure.Steps {
				if !granted["approve reviews/"+string(step.Name)] {
					t.Errorf("%s: no shipped role signs the step %s", policy.Name, step.Name)
				}
				if !slices.Contains(steps, string(step.Name)) {
					t.Errorf("%s: the table of rights does not try the step %s", policy.Name, step.Name)
				}
			}
		}
		for _, standard := range policy.Spec.Standards {
			for _, rule := range standard.Departments {
				for _, name := range rule.Names {
					if !granted["deliver assistanceplans/"+string(name)] {
						t.Errorf("%s: no shipped role delivers for the department %s", policy.Name, name)
					}
				}
			}
		}
	}
	if plans == 0 {
		t.Error("there is no plan in config/policies")
	}
}
