// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
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
		var first v1alpha1.HouseholdStatus
		if err := json.Unmarshal(c.first, &first); err != nil {
			t.Fatal(err)
		}
		tiers[first.Tier]++
		// A tier whose name is not the plan's own is not renamed.
		planned := first.Tier != "" && first.Tier != "Undetermined"
		if moves := strings.Contains(string(c.change), `"tier":"`+string(first.Tier)+`2021"`); moves != planned {
			t.Errorf("family %s of tier %q is changed by %s", c.name, first.Tier, c.change)
		}
	}
	if tiers["Red"] == 0 || tiers["Yellow"] == 0 || tiers["Green"] == 0 {
		t.Errorf("the town has the tiers %v, want some of each colour", tiers)
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

func TestAStreamHoldsAsManyFamiliesAsAskedFor(t *testing.T) {
	path := t.TempDir() + "/stream.yaml"
	if _, err := writeStream(path, 7, 230); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, name := range regexp.MustCompile(`(?m)^  name: hh-\d+$`).FindAllString(string(text), -1) {
		names[name] = true
	}
	if len(names) != 230 {
		t.Errorf("%d families have a name of their own, want 230", len(names))
	}
	got, err := decodeStream(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if got != 230 {
		t.Errorf("decoding found %d households, want 230", got)
	}
}

func TestDecodingNamesADocumentThatIsBroken(t *testing.T) {
	if _, err := decodeStream(strings.NewReader("kind: Household\n---\nkind: [\n")); err == nil {
		t.Error("a broken document was taken")
	}
}
