// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"fangpin.io/fangpin/internal/controlplane"
)

// TestTheManagerWritesEachStatusOnceAndNothingTwice holds what no machine can
// make faster or slower: how many writes there are. Whoever judges a town
// writes each family and each of its papers once; a change of plan writes each
// that it moves once; a restart writes nothing. What was written is compared with
// the core's judgment on the way.
func TestTheManagerWritesEachStatusOnceAndNothingTwice(t *testing.T) {
	c, err := prepareCluster(t.Context(), controlplane.ForTest(t))
	if err != nil {
		t.Fatal(err)
	}
	r, err := newControllerRun(c, 120, 8, 7)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.measure(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(moved(ofKind(r.courses, households))); n < 100 {
		t.Fatalf("the change of plan moves %d of 120 families, too few to show anything", n)
	}
	// The roll-ups of a pass: each jurisdiction and the policy at its beginning, at
	// its end, and, where the machine is slow, some times in between, which has
	// nothing to do with the number of families; and one event that tells that the
	// policy is rolled out.
	jurisdictions := len(r.town.jurisdictions)
	// The town's plan asks the township and its villages for a report of each month:
	// what they say is written once, or twice where the machine is slow.
	reports := 2 * 12 * jurisdictions
	for name, tt := range map[string]struct {
		writes map[string]int
		want   map[string][2]int // least and most
	}{
		"the first judgment": {r.first.writes, map[string][2]int{
			"patch jurisdictions/status":      {jurisdictions, 4 * jurisdictions},
			"patch monitoringpolicies/status": {1, 10},
			"patch monthlyreports/status":     {1, reports},
			"create monthlyreports":           {0, reports / 2},
			"create events":                   {0, 1},
		}},
		"the change of plan": {r.change.writes, map[string][2]int{
			"patch jurisdictions/status":      {1, 4 * jurisdictions},
			"patch monitoringpolicies/status": {1, 10},
			"patch monthlyreports/status":     {1, reports},
			"create monthlyreports":           {0, reports / 2},
			"create events":                   {0, 1},
		}},
		"a restart": {r.restart.tally, map[string][2]int{}},
	} {
		for _, k := range kinds {
			objects := ofKind(r.courses, k)
			if name == "the change of plan" {
				objects = moved(objects)
			}
			if n := len(objects); n > 0 && name != "a restart" {
				tt.want[k.write()] = [2]int{n, n}
			}
		}
		for kind, limits := range tt.want {
			if n := tt.writes[kind]; n < limits[0] || n > limits[1] {
				t.Errorf("%s: %d times %s, want %d to %d", name, n, kind, limits[0], limits[1])
			}
		}
		for kind, n := range tt.writes {
			if _, expected := tt.want[kind]; !expected {
				t.Errorf("%s: %d times %s, want none", name, n, kind)
			}
		}
	}
	if refused := total(r.first.refused) + total(r.change.refused); refused > 0 {
		t.Errorf("%d writes were refused: %v, %v", refused, r.first.refused, r.change.refused)
	}
	for _, k := range kinds {
		if len(r.weights[k]) != len(ofKind(r.courses, k)) || len(r.weights[k]) == 0 {
			t.Errorf("%d %s were weighed of %d", len(r.weights[k]), k.many, len(ofKind(r.courses, k)))
		}
		for _, w := range r.weights[k] {
			// One entry each in managedFields, and the manager's names no field of
			// the status: it is one atomic value.
			if w.managers == 0 || w.managers > 200 {
				t.Fatalf("%s: the manager's entry in managedFields takes %d bytes, want at most 200", k.name, w.managers)
			}
		}
	}
	if rows := r.report().rows; len(rows) == 0 {
		t.Error("nothing is reported")
	}
}
