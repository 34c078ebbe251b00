// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"errors"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
)

// Households hands on the households of a namespace, or of all for "".
func (c *Cluster) Households(ctx context.Context, namespace string, yield Yield) error {
	return c.each(ctx, yield, []client.ListOption{client.InNamespace(namespace)}, &v1alpha1.HouseholdList{})
}

// Plans hands on the assistance plans of a namespace.
func (c *Cluster) Plans(ctx context.Context, namespace string, yield Yield) error {
	return c.each(ctx, yield, []client.ListOption{client.InNamespace(namespace)}, &v1alpha1.AssistancePlanList{})
}

// Signals hands on the leads of a namespace.
func (c *Cluster) Signals(ctx context.Context, namespace string, yield Yield) error {
	return c.each(ctx, yield, []client.ListOption{client.InNamespace(namespace)}, &v1alpha1.RiskSignalList{})
}

// Forbidden says whether an error is that the user has no right to look.
func Forbidden(err error) bool {
	var answered apierrors.APIStatus
	return errors.As(err, &answered) && apierrors.IsForbidden(err)
}
