// SPDX-License-Identifier: Apache-2.0

// Package papers gathers what belongs together: the policies and the tree that
// families are judged in, and each family with its plan, leads and reviews.
package papers

import (
	"cmp"
	"slices"

	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
)

// Family is one family with its papers, each kept as a P: the object itself, or
// a note of where it can be read again.
type Family[P any] struct {
	Key       types.NamespacedName // of the household
	Household []P                  // one, or none if only its papers were given
	Plan      []P                  // one at most
	Signals   []P
	Reviews   []P

	digest string
}

// Families groups papers by family, in the order in which families come first.
type Families[P any] struct {
	byKey   map[types.NamespacedName]*Family[P]
	inOrder []*Family[P]
	digests map[string][]types.NamespacedName
}

// NewFamilies returns no families.
func NewFamilies[P any]() *Families[P] {
	return &Families[P]{
		byKey:   map[types.NamespacedName]*Family[P]{},
		digests: map[string][]types.NamespacedName{},
	}
}

// Add files a paper with its family; false if the object is no family's.
func (f *Families[P]) Add(object client.Object, paper P) bool {
	switch o := object.(type) {
	case *v1alpha1.Household:
		family := f.family(o.Namespace, o.Name)
		family.Household = append(family.Household, paper)
		f.note(family, o)
	case *v1alpha1.AssistancePlan:
		family := f.family(o.Namespace, string(o.Spec.HouseholdRef.Name))
		family.Plan = append(family.Plan, paper)
	case *v1alpha1.RiskSignal:
		family := f.family(o.Namespace, string(o.Spec.HouseholdRef.Name))
		family.Signals = append(family.Signals, paper)
	case *v1alpha1.Review:
		family := f.family(o.Namespace, string(o.Spec.HouseholdRef.Name))
		family.Reviews = append(family.Reviews, paper)
	default:
		return false
	}
	return true
}

func (f *Families[P]) family(namespace, name string) *Family[P] {
	key := types.NamespacedName{Namespace: namespace, Name: name}
	family := f.byKey[key]
	if family == nil {
		family = &Family[P]{Key: key}
		f.byKey[key] = family
		f.inOrder = append(f.inOrder, family)
	}
	return family
}

// note remembers the identity digest, by which the same person is found twice.
func (f *Families[P]) note(family *Family[P], h *v1alpha1.Household) {
	if h.Spec.Head == nil || h.Spec.Head.IdentityDigest == "" {
		return
	}
	family.digest = string(h.Spec.Head.IdentityDigest)
	f.digests[family.digest] = append(f.digests[family.digest], family.Key)
}

// All returns the families in the order in which they came.
func (f *Families[P]) All() []*Family[P] { return f.inOrder }

// Find returns the family of a household, nil if there is none.
func (f *Families[P]) Find(key types.NamespacedName) *Family[P] { return f.byKey[key] }

// Twins returns the other households, as NAMESPACE/NAME, whose head has the same
// identity digest, sorted.
func (f *Families[P]) Twins(family *Family[P]) []string {
	if family.digest == "" {
		return nil
	}
	var twins []string
	for _, key := range f.digests[family.digest] {
		if key != family.Key {
			twins = append(twins, key.String())
		}
	}
	slices.SortFunc(twins, cmp.Compare[string])
	return slices.Compact(twins)
}
