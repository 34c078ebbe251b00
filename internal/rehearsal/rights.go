// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/config/admission"
)

// patience is how long the API server may take to learn of a role or a policy.
const patience = time.Minute

// Install brings what a cluster needs before the manager can run and people can
// sign: the shipped roles and who holds them, and the admission policies. It
// returns when the API server knows the roles.
func (t *Town) Install(ctx context.Context) error {
	for _, name := range []string{city, county, township, t.story.Township()} {
		namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
		if err := t.live.Create(ctx, namespace); err != nil && !apierrors.IsAlreadyExists(err) {
			return fmt.Errorf("creating the namespace %s: %w", name, err)
		}
	}
	objects, err := shippedRoles(filepath.Join(t.options.Root, "config", "rbac"))
	if err != nil {
		return err
	}
	t.posts = staff(t.year.Visitors(), t.story.Township(), roleNames(objects))
	for _, p := range t.posts {
		for _, binding := range p.bindings() {
			objects = append(objects, binding)
		}
	}
	objects = append(objects, everybody())
	policies, err := admission.Manifests()
	if err != nil {
		return fmt.Errorf("reading the admission policies: %w", err)
	}
	for _, p := range policies {
		objects = append(objects, p)
	}
	for _, object := range objects {
		if err := t.live.Create(ctx, object); err != nil {
			return fmt.Errorf("creating %s %s: %w", object.GetObjectKind().GroupVersionKind().Kind, object.GetName(), err)
		}
	}
	return t.waitUntilKnown(ctx)
}

// shippedRoles reads the roles of config/rbac: the manager's with its binding,
// and those of people.
func shippedRoles(folder string) ([]client.Object, error) {
	files, err := filepath.Glob(filepath.Join(folder, "people", "*.yaml"))
	if err != nil {
		return nil, err
	}
	files = append(files, filepath.Join(folder, "role.yaml"), filepath.Join(folder, "role_binding.yaml"))
	var objects []client.Object
	for _, file := range files {
		if filepath.Base(file) == "kustomization.yaml" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading a role: %w", err)
		}
		for part := range strings.SplitSeq("\n"+string(text), "\n---\n") {
			object, err := roleOf(part)
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", file, err)
			}
			if object != nil {
				objects = append(objects, object)
			}
		}
	}
	return objects, nil
}

// roleOf reads a role or the binding of one; nil if the text holds only comments.
func roleOf(text string) (client.Object, error) {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(text), &kind); err != nil {
		return nil, err
	}
	var object client.Object
	switch kind.Kind {
	case "":
		return nil, nil
	case "ClusterRole":
		object = &rbacv1.ClusterRole{}
	case "ClusterRoleBinding":
		object = &rbacv1.ClusterRoleBinding{}
	default:
		return nil, fmt.Errorf("a %s is neither a ClusterRole nor the binding of one", kind.Kind)
	}
	return object, yaml.UnmarshalStrict([]byte(text), object)
}

func roleNames(objects []client.Object) []string {
	var names []string
	for _, o := range objects {
		if role, ok := o.(*rbacv1.ClusterRole); ok {
			names = append(names, role.Name)
		}
	}
	slices.Sort(names)
	return names
}

// bindings give the people of a post their role in each of its namespaces.
func (p *post) bindings() []*rbacv1.RoleBinding {
	var subjects []rbacv1.Subject
	for _, user := range p.people {
		subjects = append(subjects, rbacv1.Subject{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: user})
	}
	var bindings []*rbacv1.RoleBinding
	for _, namespace := range p.namespaces {
		bindings = append(bindings, &rbacv1.RoleBinding{
			ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: p.role},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: p.role},
			Subjects:   subjects,
		})
	}
	return bindings
}

// everybody who is known may read plans and the tree, which are no secret.
func everybody() client.Object {
	return &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "fangpin-viewer"},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "fangpin-viewer"},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.GroupKind, Name: "system:authenticated"}},
	}
}

// waitUntilKnown returns when the authorizer, which learns of roles by a watch,
// knows everybody's.
func (t *Town) waitUntilKnown(ctx context.Context) error {
	if err := t.waitUntilMay(ctx, ManagerAccount, "list", ""); err != nil {
		return err
	}
	for _, p := range t.posts {
		for _, namespace := range p.namespaces {
			if err := t.waitUntilMay(ctx, p.people[len(p.people)-1], "get", namespace); err != nil {
				return err
			}
		}
	}
	return nil
}

// waitUntilMay returns when a user may do something to households.
func (t *Town) waitUntilMay(ctx context.Context, user, verb, namespace string) error {
	err := wait.PollUntilContextTimeout(ctx, 20*time.Millisecond, patience, true, func(ctx context.Context) (bool, error) {
		review := &authorizationv1.SubjectAccessReview{Spec: authorizationv1.SubjectAccessReviewSpec{
			User: user,
			ResourceAttributes: &authorizationv1.ResourceAttributes{
				Namespace: namespace, Verb: verb, Group: v1alpha1.SchemeGroupVersion.Group, Resource: "households",
			},
		}}
		err := t.live.Create(ctx, review)
		return review.Status.Allowed, err
	})
	return wrap(err, "waiting until %s has its role", user)
}

// waitUntilEnforced returns when the admission policies refuse what they are
// there to refuse: that somebody other than the manager writes a status. Theirs
// is the last of the policies that were created.
func (t *Town) waitUntilEnforced(ctx context.Context) error {
	err := wait.PollUntilContextTimeout(ctx, 20*time.Millisecond, patience, true, func(ctx context.Context) (bool, error) {
		object := &v1alpha1.Jurisdiction{ObjectMeta: metav1.ObjectMeta{Name: county}}
		err := t.live.Status().Patch(ctx, object, client.RawPatch(types.MergePatchType, []byte(`{"status":{"overdue":1}}`)),
			&client.SubResourcePatchOptions{PatchOptions: client.PatchOptions{DryRun: []string{metav1.DryRunAll}}})
		if apierrors.IsForbidden(err) {
			return true, nil
		}
		return false, err
	})
	return wrap(err, "waiting until the admission policies are enforced")
}

// dismiss takes a role away again.
func (t *Town) dismiss(ctx context.Context, user string) error {
	for _, p := range t.posts {
		if len(p.people) != 1 || p.people[0] != user {
			continue
		}
		for _, binding := range p.bindings() {
			if err := t.live.Delete(ctx, binding); err != nil {
				return fmt.Errorf("taking the role of %s away: %w", user, err)
			}
		}
	}
	return nil
}
