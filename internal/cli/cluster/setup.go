// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/cli-runtime/pkg/genericclioptions"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/preflight"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Served returns the version of the API server, and the kinds of the project
// that it serves; it does not ask for them by name, so that it tells what is
// missing.
func Served(flags *genericclioptions.ConfigFlags) (version string, kinds []string, err error) {
	discovery, err := flags.ToDiscoveryClient()
	if err != nil {
		return "", nil, wording.Fault(wording.NoCluster, err)
	}
	discovery.Invalidate() // what was served a while ago is no answer
	info, err := discovery.ServerVersion()
	if err != nil {
		return "", nil, wording.Fault(wording.NoCluster, err)
	}
	list, err := discovery.ServerResourcesForGroupVersion(v1alpha1.SchemeGroupVersion.String())
	switch {
	case apierrors.IsNotFound(err):
		return info.GitVersion, nil, nil
	case err != nil:
		return "", nil, wording.Fault(wording.NoCluster, err)
	}
	for i := range list.APIResources {
		kinds = append(kinds, list.APIResources[i].Kind)
	}
	return info.GitVersion, kinds, nil
}

// Grants reads every role and binding.
func (c *Cluster) Grants(ctx context.Context) (*preflight.Grants, error) {
	var g preflight.Grants
	err := c.each(ctx, func(object Object) error {
		switch o := object.(type) {
		case *rbacv1.ClusterRole:
			g.ClusterRoles = append(g.ClusterRoles, *o)
		case *rbacv1.Role:
			g.Roles = append(g.Roles, *o)
		case *rbacv1.ClusterRoleBinding:
			g.ClusterRoleBindings = append(g.ClusterRoleBindings, *o)
		case *rbacv1.RoleBinding:
			g.RoleBindings = append(g.RoleBindings, *o)
		}
		return nil
	}, nil, &rbacv1.ClusterRoleList{}, &rbacv1.RoleList{}, &rbacv1.ClusterRoleBindingList{}, &rbacv1.RoleBindingList{})
	return &g, err
}

// AdmissionPolicies reads the admission policies and their bindings.
func (c *Cluster) AdmissionPolicies(ctx context.Context) (policies []admissionregistrationv1.ValidatingAdmissionPolicy, bindings []admissionregistrationv1.ValidatingAdmissionPolicyBinding, err error) {
	err = c.each(ctx, func(object Object) error {
		switch o := object.(type) {
		case *admissionregistrationv1.ValidatingAdmissionPolicy:
			policies = append(policies, *o)
		case *admissionregistrationv1.ValidatingAdmissionPolicyBinding:
			bindings = append(bindings, *o)
		}
		return nil
	}, nil, &admissionregistrationv1.ValidatingAdmissionPolicyList{}, &admissionregistrationv1.ValidatingAdmissionPolicyBindingList{})
	return policies, bindings, err
}
