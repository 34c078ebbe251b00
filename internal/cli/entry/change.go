// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"sigs.k8s.io/controller-runtime/pkg/client"
)

// growing are the lists of a spec that mostly grow at their end.
var growing = []string{"surveys", "measures"}

// Change is what turns an object into another one of the same kind: nil where
// their specs are the same. before is nil for an object that is new. What is
// appended to a list is sent alone, so that managedFields stay small.
func Change[T client.Object](before, after T) (*Entry, error) {
	if reflect.ValueOf(before).IsNil() {
		return &Entry{Object: after, New: true, Fact: after}, nil
	}
	old, err := specOf(before)
	if err != nil {
		return nil, err
	}
	wanted, err := specOf(after)
	if err != nil {
		return nil, err
	}
	var patch []Operation
	for _, field := range slices.Sorted(maps.Keys(wanted)) {
		was, stood := old[field]
		if stood && reflect.DeepEqual(was, wanted[field]) {
			continue
		}
		path := "/spec/" + field
		if grown := appendedOnly(field, path, was, wanted[field]); grown != nil {
			patch = append(patch, grown...)
			continue
		}
		patch = append(patch, Operation{Op: "add", Path: path, Value: wanted[field]}) // which replaces, too
	}
	for _, field := range slices.Sorted(maps.Keys(old)) {
		if _, stays := wanted[field]; !stays {
			patch = append(patch, Operation{Op: "remove", Path: "/spec/" + field})
		}
	}
	if len(patch) == 0 {
		return nil, nil //nolint:nilnil // there is nothing to change
	}
	return &Entry{Object: after, Patch: append([]Operation{guard(before)}, patch...), Path: "spec", Fact: after}, nil
}

func specOf(o client.Object) (map[string]any, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("writing %s down: %w", o.GetName(), err)
	}
	var whole struct {
		Spec map[string]any `json:"spec"`
	}
	err = json.Unmarshal(text, &whole)
	return whole.Spec, err
}

// appendedOnly are the operations that change items of a list in their places
// and add others at its end; nil if the list changes in another way.
func appendedOnly(field, path string, was, wanted any) []Operation {
	old, isList := was.([]any)
	list, stays := wanted.([]any)
	if !isList || !stays || len(old) == 0 || len(list) < len(old) || !slices.Contains(growing, field) {
		return nil
	}
	var out []Operation
	for i, item := range list {
		switch {
		case i >= len(old):
			out = append(out, Operation{Op: "add", Path: path + "/-", Value: item})
		case !reflect.DeepEqual(old[i], item):
			out = append(out, Operation{Op: "replace", Path: path + "/" + strconv.Itoa(i), Value: item})
		}
	}
	return out
}
