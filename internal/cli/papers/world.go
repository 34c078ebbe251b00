// SPDX-License-Identifier: Apache-2.0

package papers

import (
	"slices"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// Shared are the objects that many families are judged by.
type Shared struct {
	Policies      []*v1alpha1.MonitoringPolicy
	Jurisdictions []*v1alpha1.Jurisdiction
	Reports       []*v1alpha1.MonthlyReport
}

// Add files a shared object; false if the object is none.
func (s *Shared) Add(object client.Object) bool {
	switch o := object.(type) {
	case *v1alpha1.MonitoringPolicy:
		s.Policies = append(s.Policies, o)
	case *v1alpha1.Jurisdiction:
		s.Jurisdictions = append(s.Jurisdictions, o)
	case *v1alpha1.MonthlyReport:
		s.Reports = append(s.Reports, o)
	default:
		return false
	}
	return true
}

// World compiles the policies and grows the tree.
func (s *Shared) World(opts translate.Options) *translate.World {
	return translate.NewWorld(s.Policies, s.Jurisdictions, opts)
}

// Invalid returns the policies of the world that do not compile.
func Invalid(w *translate.World) []*translate.CompiledPolicy {
	var invalid []*translate.CompiledPolicy
	for _, name := range w.Policies() {
		if c := w.Policy(name); c.Problems.Fatal() {
			invalid = append(invalid, c)
		}
	}
	return invalid
}

// TownshipNamespace returns the namespace of the only township, false if there
// is not exactly one that has a namespace.
func TownshipNamespace(jurisdictions []*v1alpha1.Jurisdiction) (string, bool) {
	w := translate.NewWorld(nil, jurisdictions, translate.Options{})
	var found []string
	for _, j := range jurisdictions {
		if j.Spec.Level == v1alpha1.LevelTownship {
			found = append(found, w.Namespace(j.Name))
		}
	}
	found = slices.Compact(slices.Sorted(slices.Values(found)))
	return first(found), len(found) == 1 && found[0] != ""
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// InMemory is a family whose papers are all at hand.
type InMemory = Family[client.Object]

// Collection is shared objects and families, all in memory.
type Collection struct {
	Shared
	Families *Families[client.Object]
}

// NewCollection files objects.
func NewCollection(objects []client.Object) *Collection {
	c := &Collection{Families: NewFamilies[client.Object]()}
	for _, object := range objects {
		if !c.Shared.Add(object) {
			c.Families.Add(object, object)
		}
	}
	return c
}

// Papers returns a family as the judge takes it; its household is nil if only
// its papers were given.
func (c *Collection) Papers(family *InMemory) translate.Papers {
	return Assemble(family, c.Families.Twins(family), func(o client.Object) client.Object { return o })
}

// Assemble reads the papers of a family whose household is there. Of objects
// that are not of the kind under which they were filed nothing is taken.
func Assemble[P any](family *Family[P], twins []string, read func(P) client.Object) translate.Papers {
	papers := translate.Papers{Twins: twins}
	for _, p := range family.Household {
		papers.Household, _ = read(p).(*v1alpha1.Household)
	}
	for _, p := range family.Plan {
		papers.Plan, _ = read(p).(*v1alpha1.AssistancePlan)
	}
	for _, p := range family.Signals {
		if signal, ok := read(p).(*v1alpha1.RiskSignal); ok {
			papers.Signals = append(papers.Signals, signal)
		}
	}
	for _, p := range family.Reviews {
		if review, ok := read(p).(*v1alpha1.Review); ok {
			papers.Reviews = append(papers.Reviews, review)
		}
	}
	return papers
}
