// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Open creates an object that holds only what its name says, the one spec that a
// controller writes. The object is then as the API server has it. Where it has no
// namespace the answer is the same as in one that does not exist: not found.
func (s *Shell) Open(ctx context.Context, form client.Object) error {
	if form.GetNamespace() == "" {
		return apierrors.NewNotFound(schema.GroupResource{Resource: "namespaces"}, "")
	}
	return s.Client.Create(ctx, form)
}
