// SPDX-License-Identifier: Apache-2.0

// Package rights tests who may do what on a real API server with everything that
// config/default brings: the shipped roles and the admission policies.
package rights

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-logr/logr"
	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/controller-runtime/pkg/log"

	"fangpin.io/fangpin/internal/controlplane"
)

// The namespaces of two townships: people are bound in the first.
const (
	town    = "town"
	foreign = "foreign"
)

func TestMain(m *testing.M) {
	log.SetLogger(logr.Discard()) // what installs the definitions logs through it
	os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
}

// cluster is a control plane with papers of two townships and people.
type cluster struct {
	plane  *controlplane.ControlPlane
	admin  kubernetes.Interface
	people map[string]dynamic.Interface // by the person's name
}

var shared struct {
	sync.Once
	cluster *cluster
}

// setUp returns the cluster that the package's tests share.
func setUp(t *testing.T) *cluster {
	t.Helper()
	shared.Do(func() {
		c := newCluster(t, controlplane.ForTest(t))
		c.apply(t, "config/default")
		c.fill(t)
		for _, p := range people {
			c.bind(t, p)
		}
		c.waitUntilEnforced(t, "")
		for _, p := range people {
			c.waitUntilKnown(t, p)
		}
		shared.cluster = c
	})
	if shared.cluster == nil {
		t.Fatal("the cluster was not set up: see the test before")
	}
	return shared.cluster
}

func newCluster(t *testing.T, plane *controlplane.ControlPlane) *cluster {
	t.Helper()
	admin, err := kubernetes.NewForConfig(plane.Config())
	if err != nil {
		t.Fatal(err)
	}
	return &cluster{plane: plane, admin: admin, people: map[string]dynamic.Interface{}}
}

// apply applies a kustomization of the repository as its users do.
func (c *cluster) apply(t *testing.T, folder string) {
	t.Helper()
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	kubectl, err := controlplane.FindKubectl()
	if err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(kubectl, "--kubeconfig", c.plane.Kubeconfig(),
		"apply", "--server-side", "--force-conflicts", "-k", filepath.Join(root, folder)).CombinedOutput()
	if err != nil {
		t.Fatalf("applying %s: %v\n%s", folder, err, output)
	}
}

// as returns a client of a user; people are added once.
func (c *cluster) as(t *testing.T, name string) dynamic.Interface {
	t.Helper()
	if client, ok := c.people[name]; ok {
		return client
	}
	var groups []string
	if name == masters {
		groups = []string{"system:masters"}
	}
	config, err := c.plane.AddUser(name, groups...)
	if err != nil {
		t.Fatal(err)
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	c.people[name] = client
	return client
}

// bind gives a person its role, in the town or everywhere.
func (c *cluster) bind(t *testing.T, p person) {
	t.Helper()
	c.as(t, p.name)
	if len(p.rules) > 0 {
		role := &rbacv1.ClusterRole{ObjectMeta: metav1.ObjectMeta{Name: p.role}, Rules: p.rules}
		if _, err := c.admin.RbacV1().ClusterRoles().Create(t.Context(), role, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if p.role == "" {
		return
	}
	meta := metav1.ObjectMeta{Name: strings.ReplaceAll(p.name, ":", "-")}
	ref := rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: p.role}
	subjects := []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: p.name}}
	var err error
	if p.everywhere {
		_, err = c.admin.RbacV1().ClusterRoleBindings().Create(t.Context(),
			&rbacv1.ClusterRoleBinding{ObjectMeta: meta, RoleRef: ref, Subjects: subjects}, metav1.CreateOptions{})
	} else {
		_, err = c.admin.RbacV1().RoleBindings(town).Create(t.Context(),
			&rbacv1.RoleBinding{ObjectMeta: meta, RoleRef: ref, Subjects: subjects}, metav1.CreateOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// bindWriter lets somebody write the papers of a township, without our verbs, and
// waits until the authorizer knows.
func (c *cluster) bindWriter(t *testing.T, name, namespace string) {
	t.Helper()
	binding := &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "test-writer"},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: name}},
	}
	if _, err := c.admin.RbacV1().RoleBindings(namespace).Create(t.Context(), binding, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	c.waitUntilAllowed(t, name, &authorizationv1.ResourceAttributes{Group: group, Resource: "reviews", Verb: "patch", Namespace: namespace})
}

// waitUntilKnown returns when the authorizer, which learns of roles by a watch,
// knows the person's.
func (c *cluster) waitUntilKnown(t *testing.T, p person) {
	t.Helper()
	probe := &authorizationv1.ResourceAttributes{Verb: "get", Namespace: town}
	if len(p.rules) > 0 {
		probe.Group, probe.Resource = p.rules[0].APIGroups[0], p.rules[0].Resources[0]
	} else if kind, reads := first(p.may.reads); reads {
		probe.Group, probe.Resource = group, resources[kind].Resource
	} else {
		return
	}
	c.waitUntilAllowed(t, p.name, probe)
}

func (c *cluster) waitUntilAllowed(t *testing.T, name string, what *authorizationv1.ResourceAttributes) {
	t.Helper()
	until(t, name+" has its role", func(ctx context.Context) (bool, error) {
		review := &authorizationv1.SubjectAccessReview{Spec: authorizationv1.SubjectAccessReviewSpec{User: name, ResourceAttributes: what}}
		if name == masters {
			review.Spec.Groups = []string{"system:masters"}
		}
		answer, err := c.admin.AuthorizationV1().SubjectAccessReviews().Create(ctx, review, metav1.CreateOptions{})
		return err == nil && answer.Status.Allowed, err
	})
}

// waitUntilEnforced returns when every policy refuses what it is there to refuse:
// the API server takes them up a moment after they were written. The refusal
// comes from the policy of that name with the suffix.
func (c *cluster) waitUntilEnforced(t *testing.T, suffix string) {
	t.Helper()
	for policy, attempt := range forbidden {
		var last error
		until(t, policy+suffix+" is enforced", func(context.Context) (bool, error) {
			last = attempt(t, c.as(t, masters))
			return last != nil && strings.Contains(last.Error(), "ValidatingAdmissionPolicy '"+policy+suffix+"'"), nil
		}, &last)
	}
}

func until(t *testing.T, what string, condition wait.ConditionWithContextFunc, why ...*error) {
	t.Helper()
	if err := wait.PollUntilContextTimeout(t.Context(), 25*time.Millisecond, time.Minute, true, condition); err != nil {
		for _, reason := range why {
			err = *reason
		}
		t.Fatalf("waited in vain until %s: %v", what, err)
	}
}

func (c *cluster) makeNamespace(t *testing.T, name string) {
	t.Helper()
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
	if _, err := c.admin.CoreV1().Namespaces().Create(t.Context(), namespace, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
}
