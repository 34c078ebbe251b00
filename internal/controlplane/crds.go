// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset/scheme"
	"k8s.io/apimachinery/pkg/util/wait"
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
// folders and returns when all are established and their resources are served.
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
	return nil
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
