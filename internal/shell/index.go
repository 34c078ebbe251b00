// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"
	"fmt"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// IndexHousehold finds the signals and reviews of a household in the cache. It
// is also a selectable field of the API, under the same name.
const IndexHousehold = "spec.householdRef.name"

// AddIndexes makes the cache able to find papers by their household. It is
// called before the cache starts.
func AddIndexes(ctx context.Context, indexer client.FieldIndexer) error {
	for _, index := range []struct {
		object client.Object
		value  client.IndexerFunc
	}{
		{&v1alpha1.RiskSignal{}, func(o client.Object) []string {
			return []string{string(o.(*v1alpha1.RiskSignal).Spec.HouseholdRef.Name)}
		}},
		{&v1alpha1.Review{}, func(o client.Object) []string {
			return []string{string(o.(*v1alpha1.Review).Spec.HouseholdRef.Name)}
		}},
	} {
		if err := indexer.IndexField(ctx, index.object, IndexHousehold, index.value); err != nil {
			return fmt.Errorf("indexing %T by %s: %w", index.object, IndexHousehold, err)
		}
	}
	return nil
}
