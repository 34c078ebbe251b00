// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/agenda"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/policytest"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// printRoles prints the roles by which the steps of policies are signed: one for
// each level that a policy's steps are taken at, and one for each department.
// Bound in a township's namespace a role holds for the families there.
func (s *session) printRoles(ctx context.Context, paths []string) error {
	var policies []*v1alpha1.MonitoringPolicy
	var faults []error
	skipped, err := s.source(paths).Read(ctx, func(_ manifest.Document, object client.Object) error {
		policy, ok := object.(*v1alpha1.MonitoringPolicy)
		if !ok {
			return nil
		}
		policies = append(policies, policy)
		if compiled := translate.CompilePolicy(policy); compiled.Problems.Fatal() {
			faults = append(faults, &policytest.InvalidPolicy{Name: policy.Name, Problems: compiled.Problems})
		}
		return nil
	})
	s.noteSkipped(skipped)
	switch {
	case err != nil:
		return err
	case len(policies) == 0:
		return wording.Fault(wording.NoPolicyFound)
	case len(faults) > 0:
		return refusal{errors.Join(faults...)}
	}
	var b bytes.Buffer
	for _, policy := range policies {
		roles := rolesOf(policy)
		if len(roles) == 0 {
			s.note(wording.NoSteps, policy.Name)
		}
		for i := range roles {
			if err := roles[i].print(&b); err != nil {
				return err
			}
		}
	}
	_, err = s.Out.Write(b.Bytes())
	return err
}

// printedRole is a role with what it is for.
type printedRole struct {
	comments []string
	role     rbacv1.ClusterRole
}

// rolesOf are the roles that a policy needs: of each level that takes steps, and
// of each department, which delivers measures too.
func rolesOf(policy *v1alpha1.MonitoringPolicy) []printedRole {
	var roles []printedRole
	for _, level := range []v1alpha1.JurisdictionLevel{
		v1alpha1.LevelVillage, v1alpha1.LevelTownship, v1alpha1.LevelCounty, v1alpha1.LevelPrefecture, v1alpha1.LevelProvince,
	} {
		if steps, where := stepsOf(policy, level); len(steps) > 0 {
			roles = append(roles, newRole(policy, strings.ToLower(string(level)), where,
				rule("assistanceplans households reviews risksignals", "get list watch"),
				rule("reviews", "create update patch"),
				rule(strings.Join(steps, " "), "approve"),
			))
		}
	}
	steps, where := stepsOf(policy, "")
	departments := departmentsOf(policy)
	if len(departments) == 0 && len(steps) > 0 { // departments apply, and the plan names none
		roles = append(roles, newRole(policy, "department", where,
			rule("households", "get list watch"),
			rule("assistanceplans reviews risksignals", "get list watch create update patch"),
			rule(strings.Join(steps, " "), "approve"),
		))
	}
	for _, department := range departments {
		role := newRole(policy, "department-"+strings.ToLower(department), where,
			rule("households", "get list watch"),
			rule("assistanceplans reviews risksignals", "get list watch create update patch"),
			rule("assistanceplans/"+department, "deliver"),
		)
		if len(steps) > 0 {
			role.role.Rules = append(role.role.Rules, rule(strings.Join(steps, " "), "approve"))
		}
		roles = append(roles, role)
	}
	return roles
}

func rule(resources, verbs string) rbacv1.PolicyRule {
	return rbacv1.PolicyRule{
		APIGroups: []string{v1alpha1.SchemeGroupVersion.Group}, Resources: strings.Fields(resources), Verbs: strings.Fields(verbs),
	}
}

// newRole names a role by the policy, so that it stands beside the shipped ones.
func newRole(policy *v1alpha1.MonitoringPolicy, who string, comments []string, rules ...rbacv1.PolicyRule) printedRole {
	return printedRole{comments, rbacv1.ClusterRole{
		TypeMeta: metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "ClusterRole"},
		ObjectMeta: metav1.ObjectMeta{
			Name:   "fangpin-" + policy.Name + "-" + who,
			Labels: map[string]string{"app.kubernetes.io/name": "fangpin", "app.kubernetes.io/component": "person"},
		},
		Rules: rules,
	}}
}

// stepsOf are the steps that people of a level sign ("" for departments), as
// resources, and where the plan has them: PURPOSE: STEP, STEP.
func stepsOf(policy *v1alpha1.MonitoringPolicy, level v1alpha1.JurisdictionLevel) (resources, where []string) {
	for i := range policy.Spec.Procedures {
		procedure := &policy.Spec.Procedures[i]
		var names []string
		for k := range procedure.Steps {
			if step := &procedure.Steps[k]; agenda.LevelOf(step) == level {
				names = append(names, string(step.Name))
				resources = append(resources, "reviews/"+string(step.Name))
			}
		}
		if len(names) > 0 {
			where = append(where, string(procedure.Purpose)+": "+strings.Join(names, ", "))
		}
	}
	slices.Sort(resources)
	return slices.Compact(resources), where
}

// departmentsOf are the departments that a policy routes shortfalls to.
func departmentsOf(policy *v1alpha1.MonitoringPolicy) []string {
	var names []string
	for i := range policy.Spec.Standards {
		for _, rule := range policy.Spec.Standards[i].Departments {
			names = append(names, texts(rule.Names)...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (r *printedRole) print(b *bytes.Buffer) error {
	text, err := yaml.Marshal(r.role)
	if err != nil {
		return err
	}
	b.WriteString("---\n")
	for _, line := range r.comments {
		fmt.Fprintf(b, "# %s\n", line)
	}
	b.Write(text)
	return nil
}
