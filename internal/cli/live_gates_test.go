// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	clocktesting "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/config/admission"
	"fangpin.io/fangpin/internal/civil"
)

// people are those of the township gates, by their roles.
var people = map[string][]string{
	"zhang": {"fangpin-village-worker"},
	"liu":   {"fangpin-village-worker"},
	"li":    {"fangpin-township-officer"},
	"sun":   {"fangpin-county-approver"},
	"hu":    {"fangpin-department-housing"},
	"ren":   {"fangpin-department-human-resources"},
}

// gates is the township gates with the people who work there, and the admission
// policies in force.
func gates(t *testing.T) live {
	t.Helper()
	g := withObjects(t, "gates", "gates")
	ctx := context.Background()
	objects, err := admission.Manifests()
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range objects {
		if err := g.client.Create(ctx, object); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "config", "rbac", "people", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no roles: %v", err)
	}
	for _, file := range files {
		g.createRoles(t, file)
	}
	for user, roles := range people {
		g.bind(t, "", "fangpin-viewer", user)
		for _, role := range roles {
			g.bind(t, "gates", role, user)
		}
	}
	g.waitEnforced(t)
	return g
}

func (g live) createRoles(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file) //nolint:gosec // the project's own files
	if err != nil {
		t.Fatal(err)
	}
	for document := range strings.SplitSeq("\n"+string(text), "\n---\n") {
		var role rbacv1.ClusterRole // empty for what stands before the first document
		if err := yaml.Unmarshal([]byte(document), &role); err != nil {
			t.Fatal(err)
		}
		if role.Kind == "ClusterRole" {
			if err := g.client.Create(context.Background(), &role); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// bind gives a role to a user: in a namespace, or everywhere for "".
func (g live) bind(t *testing.T, namespace, role, user string) {
	t.Helper()
	subjects := []rbacv1.Subject{{Kind: "User", APIGroup: rbacv1.GroupName, Name: user}}
	ref := rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role}
	var binding client.Object = &rbacv1.ClusterRoleBinding{ObjectMeta: metav1.ObjectMeta{Name: user + "-" + role}, Subjects: subjects, RoleRef: ref}
	if namespace != "" {
		binding = &rbacv1.RoleBinding{ObjectMeta: metav1.ObjectMeta{Name: user + "-" + role, Namespace: namespace}, Subjects: subjects, RoleRef: ref}
	}
	if err := g.client.Create(context.Background(), binding); err != nil {
		t.Fatal(err)
	}
}

// waitEnforced returns when the admission policies are asked: a moment after
// they were created.
func (g live) waitEnforced(t *testing.T) {
	t.Helper()
	err := wait.PollUntilContextTimeout(context.Background(), 50*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
		err := g.as(t, "zhang").Create(ctx, forged(), client.DryRunAll)
		return err != nil && strings.Contains(err.Error(), "fangpin-reviews"), nil
	})
	if err != nil {
		t.Fatalf("the admission policies are not enforced: %v", err)
	}
}

// forged is a review that liu would have signed.
func forged() *v1alpha1.Review {
	return &v1alpha1.Review{
		ObjectMeta: metav1.ObjectMeta{Name: "forged", Namespace: "gates"},
		Spec: v1alpha1.ReviewSpec{
			HouseholdRef: v1alpha1.HouseholdReference{Name: "hh-new"}, Purpose: "Identification", Opened: "2021-04-20",
			Records: []v1alpha1.StepRecord{{Step: "home-visit", Date: "2021-04-20", By: "liu", Outcome: "Passed"}},
		},
	}
}

// as is a client that acts for a user.
func (g live) as(t *testing.T, user string) client.Client {
	t.Helper()
	config := rest.CopyConfig(g.Config())
	config.Impersonate = rest.ImpersonationConfig{UserName: user}
	c, err := client.New(config, client.Options{Scheme: g.client.Scheme()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// on is a session on a day, as a user; in is what is typed, nil where nobody is
// there.
func (g live) on(date, user string, in io.Reader, args ...string) (status int, out, errOut string) {
	var stdout, stderr bytes.Buffer
	day, err := civil.ParseDay(date)
	if err != nil {
		return -1, "", err.Error()
	}
	env := environment(in, &stdout, &stderr)
	zone, err := civil.LoadZone(civil.DefaultZone)
	if err != nil {
		return -1, "", err.Error()
	}
	env.Clock = clocktesting.NewFakePassiveClock(day.In(zone).Add(10 * time.Hour))
	env.Interactive = in != nil
	args = append([]string{"--lang=en"}, args...)
	args = append(args, "--kubeconfig", g.kubeconfig, "-n", "gates")
	if user != "" {
		args = append(args, "--as", user)
	}
	status = Main(context.Background(), args, env)
	return status, stdout.String(), stderr.String()
}

func (g live) household(t *testing.T, name string) *v1alpha1.Household {
	t.Helper()
	var h v1alpha1.Household
	if err := g.client.Get(context.Background(), client.ObjectKey{Namespace: "gates", Name: name}, &h); err != nil {
		t.Fatal(err)
	}
	return &h
}
