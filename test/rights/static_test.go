// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/config/admission"
	"fangpin.io/fangpin/internal/controlplane"
)

// TestStaticManifestsNeedNoObjects starts an API server that reads the policies
// from its own disk: they hold with no policy or binding in the cluster that
// somebody could delete.
func TestStaticManifestsNeedNoObjects(t *testing.T) {
	plane, err := controlplane.Start(t.Context(), controlplane.Options{
		CRDs: controlplane.ProjectCRDs(),
		APIServerArgs: []string{
			"--feature-gates=ManifestBasedAdmissionControlConfig=true", // beta and on from 1.37
			"--admission-control-config-file=" + staticConfiguration(t),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer plane.Stop()
	c := newCluster(t, plane)
	c.apply(t, "config/rbac/people")
	c.fill(t)
	for _, p := range people {
		if p.name == "village-worker" {
			c.bind(t, p)
			c.waitUntilKnown(t, p)
		}
	}

	c.waitUntilEnforced(t, admission.StaticSuffix)

	village := c.people["village-worker"]
	expect(t, records(standing, record("village-appraisal", "village-worker"))(t.Context(), t, village, "", town))
	expect(t, records(standing, record("county-approval", "village-worker"))(t.Context(), t, village, "", town),
		"village-worker may not sign the step county-approval")
	policies, err := c.admin.AdmissionregistrationV1().ValidatingAdmissionPolicies().List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, policy := range policies.Items {
		t.Errorf("the cluster has a policy %s, so that this shows nothing", policy.Name)
	}
}

// staticConfiguration writes what the API server is told, as docs/security.md has
// it, and returns its path.
func staticConfiguration(t *testing.T) string {
	t.Helper()
	manifests, err := admission.Static()
	if err != nil {
		t.Fatal(err)
	}
	folder, outside := t.TempDir(), t.TempDir()
	configuration := filepath.Join(outside, "admission.yaml")
	for path, content := range map[string][]byte{
		filepath.Join(folder, "fangpin.yaml"): manifests,
		configuration: fmt.Appendf(nil, `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: ValidatingAdmissionPolicy
  configuration:
    apiVersion: apiserver.config.k8s.io/v1
    kind: ValidatingAdmissionPolicyConfiguration
    staticManifestsDir: %s
`, folder),
	} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return configuration
}
