// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"
	"fmt"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// The fields by which the cache finds objects. The one of papers is also a
// selectable field of the API, under the same name.
const (
	// IndexDigest finds households by the identity digest of their head, so as to
	// find one family that was entered twice. Households without one are not
	// in it.
	IndexDigest = "spec.head.identityDigest"
	// IndexHousehold finds the signals and reviews of a household.
	IndexHousehold = "spec.householdRef.name"
)

// AddIndexes makes the cache able to find objects by the indexed fields. It is
// called before the cache starts.
func AddIndexes(ctx context.Context, indexer client.FieldIndexer) error {
	for _, index := range []struct {
		object client.Object
		field  string
		value  client.IndexerFunc
	}{
		{&v1alpha1.Household{}, IndexDigest, func(o client.Object) []string {
			return oneOrNone(Digest(o.(*v1alpha1.Household)))
		}},
		{&v1alpha1.RiskSignal{}, IndexHousehold, func(o client.Object) []string {
			return []string{string(o.(*v1alpha1.RiskSignal).Spec.HouseholdRef.Name)}
		}},
		{&v1alpha1.Review{}, IndexHousehold, func(o client.Object) []string {
			return []string{string(o.(*v1alpha1.Review).Spec.HouseholdRef.Name)}
		}},
	} {
		if err := indexer.IndexField(ctx, index.object, index.field, index.value); err != nil {
			return fmt.Errorf("indexing %T by %s: %w", index.object, index.field, err)
		}
	}
	return nil
}

// Digest returns the identity digest of a household's head, "" if none is stated.
func Digest(h *v1alpha1.Household) string {
	if h.Spec.Head == nil {
		return ""
	}
	return h.Spec.Head.IdentityDigest
}

func oneOrNone(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}
