// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"slices"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/translate"
)

// course is what is to be written of one object: the status of the first
// judgment, and what the change of the plan changes in it.
type course struct {
	kind   *kind
	object client.Object // as it is posted
	first  []byte
	second []byte // after the change
	// change is the merge patch from the first status to the second; nil if the
	// object does not move.
	change []byte
}

// courses asks the core what it says of each object, as the API server will
// have it. A family's objects stand together, in the order of their kinds.
func (t *town) courses() ([]course, error) {
	before, err := t.world(t.policy)
	if err != nil {
		return nil, err
	}
	after, err := t.world(t.renamed)
	if err != nil {
		return nil, err
	}
	var courses []course
	for _, family := range t.families {
		stored := asStored(family)
		first, second := before.Judge(stored, t.now), after.Judge(stored, t.now)
		posted := objectsOf(family)
		for i, object := range objectsOf(stored) {
			c, err := newCourse(posted[i], first.Of(stored, object), second.Of(stored, object))
			if err != nil {
				return nil, err
			}
			courses = append(courses, c)
		}
	}
	return courses, nil
}

// asStored copies a family's objects as the API server stores them when they
// are created.
func asStored(family translate.Papers) translate.Papers {
	stored := translate.Papers{Household: family.Household.DeepCopy()}
	if family.Plan != nil {
		stored.Plan = family.Plan.DeepCopy()
	}
	for _, signal := range family.Signals {
		stored.Signals = append(stored.Signals, signal.DeepCopy())
	}
	for _, review := range family.Reviews {
		stored.Reviews = append(stored.Reviews, review.DeepCopy())
	}
	for _, object := range objectsOf(stored) {
		object.SetGeneration(1)
	}
	return stored
}

func newCourse(object client.Object, first, second any) (course, error) {
	c := course{object: object}
	c.kind, _ = kindOf(object)
	var err error
	if c.first, err = json.Marshal(first); err != nil {
		return c, err
	}
	if c.second, err = json.Marshal(second); err != nil || bytes.Equal(c.first, c.second) {
		return c, err
	}
	c.change, err = jsonpatch.CreateMergePatch(c.first, c.second)
	return c, err
}

// copied returns a copy that may be given away.
func (c *course) copied() client.Object { return c.object.DeepCopyObject().(client.Object) }

// ofKind lists the courses of a kind's objects.
func ofKind(courses []course, k *kind) []*course {
	var list []*course
	for i := range courses {
		if courses[i].kind == k {
			list = append(list, &courses[i])
		}
	}
	return list
}

// moved lists the courses that the change of the plan moves.
func moved(courses []*course) []*course {
	return slices.DeleteFunc(slices.Clone(courses), func(c *course) bool { return c.change == nil })
}
