// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
)

// previewTown copies the small plan of testdata under names of its own, with a
// second township that the same plan does not rule, and a third that it does.
func previewTown(t *testing.T) (live, string) {
	t.Helper()
	folder := t.TempDir()
	var policy string
	for _, file := range []string{"plan.yaml", "families.yaml"} {
		text, err := os.ReadFile(filepath.Join("testdata", "plan", file)) //nolint:gosec // the test's own files
		if err != nil {
			t.Fatal(err)
		}
		renamed := strings.NewReplacer("name: county}", "name: pv-county}", "namespace: county}", "namespace: pv-county}",
			"name: town}", "name: pv-town}", "namespace: town}", "namespace: pv-town}", "name: town-village}", "name: pv-town-village}",
			"name: plan}", "name: pv-plan}").Replace(string(text))
		if _, after, found := strings.Cut(renamed, "kind: MonitoringPolicy"); found {
			renamed = strings.Replace(renamed, "jurisdictionRef: {name: pv-town}", "jurisdictionRef: {name: pv-county}", 1)
			policy = "apiVersion: fangpin.io/v1alpha1\nkind: MonitoringPolicy" + strings.Replace(after, "jurisdictionRef: {name: pv-town}", "jurisdictionRef: {name: pv-county}", 1)
		}
		if err := os.WriteFile(filepath.Join(folder, file), []byte(renamed), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	g := connected(t, "pv-other")
	ctx := context.Background()
	if err := g.client.Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "pv-town"}}); err != nil {
		t.Fatal(err)
	}
	source := manifest.Source{Paths: []string{folder}}
	if _, err := source.Read(ctx, func(_ manifest.Document, object client.Object) error { return g.client.Create(ctx, object) }); err != nil {
		t.Fatal(err)
	}
	other := &v1alpha1.Jurisdiction{ObjectMeta: metav1.ObjectMeta{Name: "pv-other"}, Spec: v1alpha1.JurisdictionSpec{
		Level: v1alpha1.LevelTownship, Namespace: "pv-other", ParentRef: &v1alpha1.JurisdictionReference{Name: "pv-county"},
	}}
	family := &v1alpha1.Household{ObjectMeta: metav1.ObjectMeta{Name: "hh-other", Namespace: "pv-other"}, Spec: v1alpha1.HouseholdSpec{
		Registration: "Graduated", Persons: 1,
	}}
	for _, object := range []client.Object{other, family} {
		if err := g.client.Create(ctx, object); err != nil {
			t.Fatal(err)
		}
	}
	changed := filepath.Join(t.TempDir(), "new.yaml")
	if err := os.WriteFile(changed, []byte(strings.Replace(policy, `value: "5000"`, `value: "8000"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return g, changed
}

// versions are the resource versions of all objects that a preview could write.
func (g live) versions(t *testing.T) map[string]string {
	t.Helper()
	versions := map[string]string{}
	for _, list := range []client.ObjectList{
		&v1alpha1.MonitoringPolicyList{}, &v1alpha1.JurisdictionList{}, &v1alpha1.HouseholdList{}, &v1alpha1.AssistancePlanList{},
		&v1alpha1.RiskSignalList{}, &v1alpha1.ReviewList{}, &v1alpha1.MonthlyReportList{},
	} {
		if err := g.client.List(context.Background(), list); err != nil {
			t.Fatal(err)
		}
		items, err := meta.ExtractList(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			object, ok := item.(client.Object)
			if !ok {
				t.Fatalf("a list holds a %T", item)
			}
			versions[fmt.Sprintf("%T %s", object, client.ObjectKeyFromObject(object))] = object.GetResourceVersion()
		}
	}
	return versions
}

func TestPreviewReadsTheClusterAndWritesNothing(t *testing.T) {
	g, changed := previewTown(t)
	for _, role := range []string{"viewer", "auditor"} {
		g.createRolesOnce(t, role)
	}
	for _, user := range []string{"pv-office", "pv-clerk", "pv-guest"} {
		g.bind(t, "", "fangpin-viewer", user)
	}
	g.bind(t, "", "fangpin-auditor", "pv-office")
	g.bind(t, "pv-town", "fangpin-auditor", "pv-clerk")
	before := g.versions(t)
	tests := []struct {
		name       string
		user       string
		args       []string
		wantStatus int
		wantOut    []string
		wantErrOut []string
	}{
		{
			name: "a viewer's rights suffice", user: "pv-office",
			wantOut: []string{`1 of 4 families move \(25.0%\)`, `Yellow +Red +1 `, `(?m)^  pv-other +1 +0 `, `(?m)^  pv-town +3 +1 `},
		},
		{
			name: "one township alone", user: "pv-office", args: []string{"-n", "pv-other"},
			wantOut: []string{`None of 1 families moves`},
		},
		{
			name: "whom the user may not see is said", user: "pv-clerk",
			wantOut: []string{`1 of 3 families move`}, wantErrOut: []string{"not seen: the families of pv-other", "RoleBinding there to a role that reads families, such as fangpin-auditor"},
		},
		{
			name: "a user who may see no family is told what is lacking", user: "pv-guest", wantStatus: exitUsage,
			wantErrOut: []string{`none of the families that the change concerns may be read by you: .*cannot list resource "households"`},
		},
		{
			name: "a stranger may not even see the plans", user: "pv-stranger", wantStatus: exitUsage,
			wantErrOut: []string{`ask for a ClusterRoleBinding to the role fangpin-viewer`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, errOut bytes.Buffer
			args := append([]string{"preview", "--lang=en", "-f", changed, "--as-of", "2020-07-15", "--kubeconfig", g.Kubeconfig(), "--as=" + tt.user}, tt.args...)
			if status := Main(context.Background(), args, environment(nil, &out, &errOut)); status != tt.wantStatus {
				t.Errorf("exit status %d, want %d", status, tt.wantStatus)
			}
			expect(t, "output", out.String(), tt.wantOut)
			expect(t, "error output", errOut.String(), tt.wantErrOut)
			if len(tt.wantErrOut) == 0 && errOut.Len() > 0 {
				t.Errorf("error output: %s", errOut.String())
			}
		})
	}
	if diff := cmp.Diff(before, g.versions(t)); diff != "" || len(before) == 0 {
		t.Errorf("the previews wrote something (-before +after):\n%s", diff)
	}
}

// createRolesOnce makes a shipped role where no other test has made it already,
// and takes it away again.
func (g live) createRolesOnce(t *testing.T, role string) {
	t.Helper()
	ctx := context.Background()
	made := &rbacv1.ClusterRole{ObjectMeta: metav1.ObjectMeta{Name: "fangpin-" + role}}
	switch err := g.client.Get(ctx, client.ObjectKeyFromObject(made), made); {
	case apierrors.IsNotFound(err):
		g.createRoles(t, filepath.Join("..", "..", "config", "rbac", "people", role+".yaml"))
		t.Cleanup(func() {
			if err := g.client.Delete(ctx, made); err != nil {
				t.Error(err)
			}
		})
	case err != nil:
		t.Fatal(err)
	}
}
