// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"time"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset/scheme"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/envtest"
)

// crdTimeout bounds the time from creating a definition until it is served.
const crdTimeout = time.Minute

// ProjectCRDs returns the folder with the project's own generated definitions,
// for Options.CRDs and InstallCRDs. Outside the repository it returns a path
// that does not exist, which InstallCRDs reports.
func ProjectCRDs() []string {
	root, err := RepositoryRoot()
	if err != nil {
		root = "."
	}
	return []string{filepath.Join(root, "config", "crd", "bases")}
}

// InstallCRDs creates or updates the CustomResourceDefinitions found in the
// folders and returns when all are established, their resources are served, and
// `kubectl explain` knows them.
func (cp *ControlPlane) InstallCRDs(ctx context.Context, folders ...string) error {
	installed, err := envtest.InstallCRDs(cp.admin, envtest.CRDInstallOptions{
		Paths:              folders,
		ErrorIfPathMissing: true,
		MaxTime:            crdTimeout,
	})
	if err != nil {
		return fmt.Errorf("installing the custom resource definitions of %v: %w", folders, err)
	}
	if len(installed) == 0 {
		return fmt.Errorf("there is no CustomResourceDefinition in %v: run `make manifests`", folders)
	}
	reader, err := client.New(cp.admin, client.Options{Scheme: scheme.Scheme})
	if err != nil {
		return err
	}
	for _, crd := range installed {
		if err := waitEstablished(ctx, reader, crd.Name); err != nil {
			return err
		}
	}
	return cp.waitDocumented(ctx, installed)
}

// waitEstablished returns when the definition's names are accepted and it is
// established.
func waitEstablished(ctx context.Context, reader client.Reader, name string) error {
	var crd apiextensionsv1.CustomResourceDefinition
	err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, crdTimeout, true, func(ctx context.Context) (bool, error) {
		if err := reader.Get(ctx, client.ObjectKey{Name: name}, &crd); err != nil {
			return false, err
		}
		for _, condition := range crd.Status.Conditions {
			if condition.Type == apiextensionsv1.Established {
				return condition.Status == apiextensionsv1.ConditionTrue, nil
			}
		}
		return false, nil
	})
	if err != nil {
		return fmt.Errorf("waiting for %s to be established (its conditions are %+v): %w", name, crd.Status.Conditions, err)
	}
	return nil
}

// waitDocumented returns when the API server's OpenAPI documents have every
// version served of every definition. It publishes them in the background, a
// while after it serves the resources.
func (cp *ControlPlane) waitDocumented(ctx context.Context, crds []*apiextensionsv1.CustomResourceDefinition) error {
	clients, err := discovery.NewDiscoveryClientForConfig(cp.admin)
	if err != nil {
		return err
	}
	for _, crd := range crds {
		for _, version := range crd.Spec.Versions {
			if !version.Served {
				continue
			}
			path := fmt.Sprintf("/openapi/v3/apis/%s/%s", crd.Spec.Group, version.Name)
			kind := fmt.Appendf(nil, `"kind":"%s"`, crd.Spec.Names.Kind)
			err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, crdTimeout, true, func(ctx context.Context) (bool, error) {
				document, err := clients.RESTClient().Get().AbsPath(path).
					SetHeader("Accept", "application/json").DoRaw(ctx)
				return err == nil && bytes.Contains(document, kind), nil
			})
			if err != nil {
				return fmt.Errorf("waiting for %s to be described at %s: %w", crd.Name, path, err)
			}
		}
	}
	return nil
}
