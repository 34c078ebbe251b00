// SPDX-License-Identifier: Apache-2.0

package shell

import (
	corev1 "k8s.io/api/core/v1"
	toolscache "k8s.io/client-go/tools/cache"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// CacheOptions keep the cache small. Objects are handed out without a copy, so
// nobody may change what was read: the mutation detector watches over it in
// tests. Policies and jurisdictions are cached whatever the scope.
func CacheOptions(scope Scope) cache.Options {
	options := cache.Options{
		DefaultTransform:             trim(nil),
		DefaultUnsafeDisableDeepCopy: new(true),
		// A read that nobody planned for must not open a watch over the cluster.
		ReaderFailOnMissingInformer: true,
		ByObject:                    map[client.Object]cache.ByObject{},
	}
	strings := newInterner()
	for _, paper := range []client.Object{&v1alpha1.Household{}, &v1alpha1.AssistancePlan{}, &v1alpha1.RiskSignal{}, &v1alpha1.Review{}} {
		by := cache.ByObject{Label: scope.Selector, Transform: trim(strings)}
		if len(scope.Namespaces) > 0 {
			by.Namespaces = map[string]cache.Config{}
			for _, namespace := range scope.Namespaces {
				by.Namespaces[namespace] = cache.Config{}
			}
		}
		options.ByObject[paper] = by
	}
	return options
}

// trim takes from an object what no judgment needs: the record of who wrote
// which field, the copy of the spec that kubectl apply leaves, names of people,
// and what they wrote in words of their own. What is left shares its repeated
// words with other objects.
func trim(strings *interner) toolscache.TransformFunc {
	return func(in any) (any, error) {
		object, ok := in.(client.Object)
		if !ok {
			return in, nil // a tombstone
		}
		object.SetManagedFields(nil)
		if annotations := object.GetAnnotations(); annotations[corev1.LastAppliedConfigAnnotation] != "" {
			delete(annotations, corev1.LastAppliedConfigAnnotation)
			object.SetAnnotations(annotations)
		}
		if strings != nil {
			strings.object(object)
		}
		return in, nil
	}
}
