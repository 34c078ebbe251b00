// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"context"
	"errors"
	"fmt"

	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/cli/wording"
)

// scene is everything that a case is judged by.
type scene struct {
	collection *papers.Collection
	namespace  string // of the subject
	// ownShared says that the case brings shared objects of its own.
	ownShared  bool
	identified []v1alpha1.Date // of the subject
}

// prepare sets a case's scene: its own objects in place of shared ones of the
// same kind and name, and the subject among them.
func (t *Test) prepare(ctx context.Context, c *Case) (*scene, error) {
	s := &scene{}
	var known bool
	s.namespace, known = papers.TownshipNamespace(jurisdictions(t.shared, nil))
	own, err := t.ownObjects(ctx, c, s.namespace)
	if err != nil {
		return nil, err
	}
	all := replace(t.shared, own, s.namespace)
	s.ownShared = len(jurisdictions(nil, own)) > 0 || bringsPolicy(own)
	if len(jurisdictions(nil, own)) > 0 {
		s.namespace, known = papers.TownshipNamespace(jurisdictions(nil, all))
	}
	if c.household != nil {
		if !known {
			return nil, wording.Fault(wording.InDocument, c.Place, wording.Fault(wording.NoOnlyTownship))
		}
		household, identified, err := t.subject(ctx, c, s.namespace)
		if err != nil {
			return nil, err
		}
		s.identified = identified
		all = replace(all, []client.Object{household}, s.namespace)
	}
	s.collection = papers.NewCollection(all)
	return s, nil
}

// subject is the household that the case describes, and the days on which it
// states that the family was identified.
func (t *Test) subject(ctx context.Context, c *Case, namespace string) (*v1alpha1.Household, []v1alpha1.Date, error) {
	spec := t.defaults.merged(c.household)
	identified, err := takeIdentified(spec)
	if err != nil {
		return nil, nil, wording.Fault(wording.InDocument, c.Place, err)
	}
	object, err := readObject(ctx, c.Place, map[string]any{
		"kind":     kindHousehold,
		"metadata": map[string]any{"name": subject, "namespace": namespace},
		"spec":     spec,
	}, namespace)
	if err != nil {
		return nil, nil, err
	}
	household, ok := object.(*v1alpha1.Household)
	if !ok {
		return nil, nil, fmt.Errorf("%s was read as %T", c.Place, object)
	}
	return household, identified, nil
}

// takeIdentified takes the test-only field out of a household: a day, or a list
// of days.
func takeIdentified(spec map[string]any) ([]v1alpha1.Date, error) {
	stated, ok := spec["identified"]
	delete(spec, "identified")
	if !ok {
		return nil, nil
	}
	listed, isList := stated.([]any)
	if !isList {
		listed = []any{stated}
	}
	var days []v1alpha1.Date
	for _, item := range listed {
		text, isText := item.(string)
		if !isText {
			return nil, wording.Fault(wording.IdentifiedNoDate, item)
		}
		if _, err := civil.ParseDay(text); err != nil {
			return nil, fmt.Errorf("household.identified: %w", err)
		}
		days = append(days, v1alpha1.Date(text))
	}
	return days, nil
}

// ownObjects reads the case's objects. What they leave out means the subject's.
func (t *Test) ownObjects(ctx context.Context, c *Case, namespace string) ([]client.Object, error) {
	var objects []client.Object
	var faults []error
	for i, value := range c.objects {
		place := c.Place
		place.Within += fmt.Sprintf(", objects[%d]", i)
		object, err := readObject(ctx, place, c.complete(value), namespace)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		objects = append(objects, object)
	}
	if err := givenTwice(objects); err != nil {
		faults = append(faults, wording.Fault(wording.InDocument, c.Place, err))
	}
	return objects, errors.Join(faults...)
}

// givenTwice is the error of two objects of one kind and name: neither would be
// the right one.
func givenTwice(objects []client.Object) error {
	seen := map[string]bool{}
	for _, o := range objects {
		id := identity(o, "")
		if seen[id] {
			return wording.Fault(wording.ObjectTwice, o.GetObjectKind().GroupVersionKind().Kind, o.GetName())
		}
		seen[id] = true
	}
	return nil
}

// complete fills in the subject where a paper names no household.
func (c *Case) complete(value map[string]any) map[string]any {
	value = clone(value)
	kind, _ := value["kind"].(string)
	switch kind {
	case kindPlan, kindSignal, kindReview:
	default:
		return value
	}
	spec, ok := value["spec"].(map[string]any)
	if value["spec"] == nil {
		spec, ok = map[string]any{}, true
		value["spec"] = spec
	}
	if ok && spec["householdRef"] == nil && c.household != nil {
		spec["householdRef"] = map[string]any{"name": subject}
	}
	meta, ok := value["metadata"].(map[string]any)
	if value["metadata"] == nil {
		meta, ok = map[string]any{}, true
		value["metadata"] = meta
	}
	if ok && kind == kindPlan && meta["name"] == nil && c.household != nil {
		meta["name"] = subject // a plan always has its household's name
	}
	return value
}

// replace adds objects to others, in place of those of the same kind and name.
func replace(shared, own []client.Object, namespace string) []client.Object {
	taken := map[string]bool{}
	for _, o := range own {
		taken[identity(o, namespace)] = true
	}
	all := make([]client.Object, 0, len(shared)+len(own))
	for _, o := range shared {
		if o.GetNamespace() == "" && namespaced(o) {
			o = o.DeepCopyObject().(client.Object)
			o.SetNamespace(namespace)
		}
		if !taken[identity(o, namespace)] {
			all = append(all, o)
		}
	}
	return append(all, own...)
}

func identity(o client.Object, namespace string) string {
	key := types.NamespacedName{Namespace: o.GetNamespace(), Name: o.GetName()}
	if key.Namespace == "" && namespaced(o) {
		key.Namespace = namespace
	}
	return fmt.Sprintf("%T %s", o, key)
}

func namespaced(o client.Object) bool {
	switch o.(type) {
	case *v1alpha1.MonitoringPolicy, *v1alpha1.Jurisdiction:
		return false
	}
	return true
}

func jurisdictions(lists ...[]client.Object) []*v1alpha1.Jurisdiction {
	var found []*v1alpha1.Jurisdiction
	for _, list := range lists {
		for _, o := range list {
			if j, ok := o.(*v1alpha1.Jurisdiction); ok {
				found = append(found, j)
			}
		}
	}
	return found
}

func bringsPolicy(objects []client.Object) bool {
	for _, o := range objects {
		if _, ok := o.(*v1alpha1.MonitoringPolicy); ok {
			return true
		}
	}
	return false
}
