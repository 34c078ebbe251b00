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

// IndexJurisdiction finds the reports of a jurisdiction in the cache.
const IndexJurisdiction = "spec.jurisdictionRef.name"

// AddIndexes makes the cache able to find papers by their household, and reports
// by their jurisdiction. It is called before the cache starts.
func AddIndexes(ctx context.Context, indexer client.FieldIndexer) error {
	for _, index := range []struct {
		object client.Object
		field  string
		value  client.IndexerFunc
	}{
		{&v1alpha1.RiskSignal{}, IndexHousehold, func(o client.Object) []string {
			return []string{string(o.(*v1alpha1.RiskSignal).Spec.HouseholdRef.Name)}
		}},
		{&v1alpha1.Review{}, IndexHousehold, func(o client.Object) []string {
			return []string{string(o.(*v1alpha1.Review).Spec.HouseholdRef.Name)}
		}},
		{&v1alpha1.MonthlyReport{}, IndexJurisdiction, func(o client.Object) []string {
			return []string{string(o.(*v1alpha1.MonthlyReport).Spec.JurisdictionRef.Name)}
		}},
	} {
		if err := indexer.IndexField(ctx, index.object, index.field, index.value); err != nil {
			return fmt.Errorf("indexing %T by %s: %w", index.object, index.field, err)
		}
	}
	return nil
}
