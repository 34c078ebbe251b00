// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

func TestTheChangeOfThePlanMovesEveryFamilyThatHasATier(t *testing.T) {
	town, err := newTown(7, 300)
	if err != nil {
		t.Fatal(err)
	}
	courses, err := town.courses()
	if err != nil {
		t.Fatal(err)
	}
	tiers := map[v1alpha1.Word]int{}
	for _, c := range courses {
		if c.kind != households {
			continue
		}
		var first v1alpha1.HouseholdStatus
		if err := json.Unmarshal(c.first, &first); err != nil {
			t.Fatal(err)
		}
		tiers[first.Tier]++
		// A tier whose name is not the plan's own is not renamed.
		planned := first.Tier != "" && first.Tier != "Undetermined"
		if moves := strings.Contains(string(c.change), `"tier":"`+string(first.Tier)+`2021"`); moves != planned {
			t.Errorf("family %s of tier %q is changed by %s", c.object.GetName(), first.Tier, c.change)
		}
	}
	if tiers["Red"] == 0 || tiers["Yellow"] == 0 || tiers["Green"] == 0 {
		t.Errorf("the town has the tiers %v, want some of each colour", tiers)
	}
}

// TestTheTownHasPapers holds the shares that the page on speed states: a family
// in six has reviews, one in ten a lead, and whoever has a shortfall a plan; and
// that they come to many ends, so that no benchmark measures one case alone.
func TestTheTownHasPapers(t *testing.T) {
	const families = 1500
	town, err := newTown(7, families)
	if err != nil {
		t.Fatal(err)
	}
	courses, err := town.courses()
	if err != nil {
		t.Fatal(err)
	}
	reviewed, twice := 0, 0
	for _, family := range town.families {
		if len(family.Reviews) > 0 {
			reviewed++
		}
		if len(family.Reviews) > 1 {
			twice++
		}
	}
	within := func(what string, n, least, most int) {
		t.Helper()
		if n < least || n > most {
			t.Errorf("%d of %d families have %s, want %d to %d", n, families, what, least, most)
		}
	}
	within("a review", reviewed, families/8, families/5)
	within("two reviews", twice, families/40, families/15)
	within("a lead", len(ofKind(courses, riskSignals)), families/13, families/8)
	within("a plan", len(ofKind(courses, assistancePlans)), families/40, families/2)

	ends := map[string]int{}
	for _, c := range courses {
		var status struct{ Stage, State string }
		if err := json.Unmarshal(c.first, &status); err != nil {
			t.Fatal(err)
		}
		ends[c.kind.name+" "+status.Stage+status.State]++
		if c.kind == riskSignals || c.kind == reviews {
			if c.change != nil {
				t.Errorf("%s %s names no tier, and is changed by %s", c.kind.name, c.object.GetName(), c.change)
			}
		}
	}
	for _, end := range []string{
		"Review Completed", "Review InProgress", "Review Blocked", "Review Rejected",
		"RiskSignal Refused", "RiskSignal Confirmed", "RiskSignal Dismissed", "RiskSignal AwaitingVerification",
	} {
		if ends[end] == 0 {
			t.Errorf("there is no %s among %v", end, ends)
		}
	}
	if n := len(moved(ofKind(courses, assistancePlans))); n == 0 {
		t.Error("no assistance plan names a tier")
	}
}

func TestTheSameSeedGivesTheSameTown(t *testing.T) {
	var towns [2]*town
	for i := range towns {
		var err error
		if towns[i], err = newTown(7, 200); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(towns[0].families, towns[1].families); diff != "" {
		t.Errorf("two towns of one seed (-first +second):\n%s", diff)
	}
}

func TestWeighOne(t *testing.T) {
	posted := &v1alpha1.Household{}
	posted.Name = "hh-1"
	body, err := json.Marshal(posted)
	if err != nil {
		t.Fatal(err)
	}
	people := `{"manager":"kubectl-create","operation":"Update"}`
	manager := `{"manager":"fp","subresource":"status"}`
	stored := fmt.Sprintf(`{"metadata":{"name":"hh-1","managedFields":[%s,%s]},"spec":{"persons":4},"status":{}}`+"\n", people, manager)
	got, err := weighOne(posted, []byte(stored))
	if err != nil {
		t.Fatal(err)
	}
	want := weight{
		posted: len(body), stored: len(stored) - 1, spec: len(`{"persons":4}`), status: 2,
		managedFields: len(people) + len(manager) + 3, posters: len(people), managers: len(manager),
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(weight{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
