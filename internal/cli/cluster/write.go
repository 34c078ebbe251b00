// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"encoding/json"
	"errors"

	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/wording"
)

// fieldOwner is under which name the command's writes stand in managedFields.
const fieldOwner = "kubectl-fangpin"

// ErrChanged says that the object is no longer the one that was read: somebody
// else wrote it meanwhile, or created one of the name.
var ErrChanged = errors.New("the object has changed meanwhile")

// User asks the API server under which name it knows the user, --as respected.
func (c *Cluster) User(ctx context.Context) (string, error) {
	review := &authenticationv1.SelfSubjectReview{}
	if err := c.client.Create(ctx, review); err != nil {
		return "", wording.Fault(wording.WhoAmI, err)
	}
	return review.Status.UserInfo.Username, nil
}

// Right is what a person needs to be granted to write a fact.
type Right struct{ Verb, Resource, Subresource string }

// String writes the right as roles have it: approve on reviews/home-visit.
func (r Right) String() string {
	if r.Subresource != "" {
		return r.Verb + " " + r.Resource + "/" + r.Subresource
	}
	return r.Verb + " " + r.Resource
}

// May asks whether the user has a right in a namespace.
func (c *Cluster) May(ctx context.Context, namespace string, r Right) (bool, error) {
	review := &authorizationv1.SelfSubjectAccessReview{Spec: authorizationv1.SelfSubjectAccessReviewSpec{
		ResourceAttributes: &authorizationv1.ResourceAttributes{
			Namespace: namespace, Verb: r.Verb, Group: v1alpha1.SchemeGroupVersion.Group,
			Resource: r.Resource, Subresource: r.Subresource,
		},
	}}
	if err := c.client.Create(ctx, review); err != nil {
		return false, wording.Fault(wording.MayI, err)
	}
	return review.Status.Allowed, nil
}

// Send writes an entry. With dry the API server does everything but store it,
// so that every refusal is heard. ErrChanged asks to read again.
func (c *Cluster) Send(ctx context.Context, e *entry.Entry, dry bool) error {
	object, ok := e.Object.DeepCopyObject().(client.Object)
	if !ok {
		return wording.Fault(wording.CannotWrite, e.Object.GetName(), errors.ErrUnsupported)
	}
	var err error
	if e.New {
		opts := []client.CreateOption{client.FieldOwner(fieldOwner), client.FieldValidation(metav1.FieldValidationStrict)}
		if dry {
			opts = append(opts, client.DryRunAll)
		}
		err = c.client.Create(ctx, object, opts...)
	} else {
		var text []byte
		if text, err = json.Marshal(e.Patch); err != nil {
			return err
		}
		opts := []client.PatchOption{client.FieldOwner(fieldOwner), client.FieldValidation(metav1.FieldValidationStrict)}
		if dry {
			opts = append(opts, client.DryRunAll)
		}
		err = c.client.Patch(ctx, object, client.RawPatch(types.JSONPatchType, text), opts...)
	}
	switch {
	case err == nil:
		if !dry {
			e.Object = object
		}
		return nil
	case apierrors.IsConflict(err), e.New && apierrors.IsAlreadyExists(err):
		return ErrChanged
	}
	return err
}
