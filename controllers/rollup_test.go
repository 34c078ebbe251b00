// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// above lists a jurisdiction of the test county and all above it.
var above = map[string][]string{
	"county": {"county"}, "east": {"east", "county"}, "west": {"west", "county"},
	"east-hill": {"east-hill", "east", "county"}, "east-lake": {"east-lake", "east", "county"},
}

// tally is what the test counts by itself, from what the API server holds.
type tally struct {
	Households, Unjudged, Persons int32
	Tiers                         string
	Open, Overdue                 int32
	Next                          v1alpha1.Date
}

// recount adds the families up one by one.
func (town *town) recount() map[string]tally {
	town.t.Helper()
	var households v1alpha1.HouseholdList
	if err := town.client.List(town.t.Context(), &households); err != nil {
		town.t.Fatal(err)
	}
	counts := map[string]tally{}
	tiers := map[string][]string{}
	for _, h := range households.Items {
		home := h.Namespace
		if h.Spec.JurisdictionRef != nil && slices.Contains(above[string(h.Spec.JurisdictionRef.Name)], h.Namespace) {
			home = string(h.Spec.JurisdictionRef.Name)
		}
		for _, node := range above[home] {
			c := counts[node]
			c.Households++
			c.Persons += h.Spec.Persons
			if meta.IsStatusConditionTrue(h.Status.Conditions, v1alpha1.ConditionReady) {
				tiers[node] = append(tiers[node], string(h.Status.Tier))
				if h.Status.OpenShortfalls != nil {
					c.Open += *h.Status.OpenShortfalls
				}
				c.Overdue += *h.Status.Overdue
				if next := h.Status.NextDeadline; next != "" && (c.Next == "" || next < c.Next) {
					c.Next = next
				}
			} else {
				c.Unjudged++
			}
			counts[node] = c
		}
	}
	for node := range above {
		c := counts[node]
		c.Tiers = tierText(func(tier string) int32 {
			n := int32(0)
			for _, t := range tiers[node] {
				if t == tier {
					n++
				}
			}
			return n
		})
		counts[node] = c
	}
	return counts
}

func tierText(count func(tier string) int32) string {
	var parts []string
	for _, tier := range []string{"Red", "Yellow", "Undetermined"} {
		if n := count(tier); n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", tier, n))
		}
	}
	return strings.Join(parts, ", ")
}

// reported reads what the statuses of the jurisdictions say.
func (town *town) reported() map[string]tally {
	town.t.Helper()
	counts := map[string]tally{}
	for node := range above {
		s := town.jurisdiction(node).Status
		c := tally{
			Households: s.Households.Total, Unjudged: s.Households.Unjudged, Persons: s.Persons.Total,
			Open: *s.OpenShortfalls, Overdue: *s.Overdue, Next: s.NextDeadline,
		}
		c.Tiers = tierText(func(tier string) int32 {
			for _, t := range s.Tiers {
				if string(t.Name) == tier {
					return t.Households
				}
			}
			return 0
		})
		var order []string
		for _, t := range s.Tiers {
			order = append(order, string(t.Name))
		}
		if !slices.IsSortedFunc(order, func(a, b string) int {
			severity := []string{"Red", "Yellow", "Undetermined"}
			return slices.Index(severity, a) - slices.Index(severity, b)
		}) {
			town.t.Errorf("the tiers of %s do not stand in the plan's order: %v", node, order)
		}
		counts[node] = c
	}
	return counts
}

func randomFamily(random *rand.Rand, name string) string {
	pick := func(choices ...string) string { return choices[random.IntN(len(choices))] }
	namespace := pick("east", "east", "west")
	village := pick("", "jurisdictionRef: {name: east-hill}", "jurisdictionRef: {name: east-lake}", "jurisdictionRef: {name: nowhere}")
	return fmt.Sprintf(`
kind: Household
metadata: {name: %s, namespace: %s}
spec:
  %s
  registration: %s
  persons: %d
  surveys: [{date: "2020-04-%02d", %s guarantees: [{name: Housing, state: %s}]}]
`, name, namespace, village, pick("Graduated", "None", "Poor"), 1+random.IntN(6), 1+random.IntN(28),
		pick(`income: "4000",`, `income: "8000",`, ""), pick("Met", "Unmet"))
}

// TestRollUpsAreExact edits families at random, and compares what the
// jurisdictions report with a recount.
func TestRollUpsAreExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	town := newTown(t, plan)
	for round := range 8 {
		var written []client.Object
		for range 12 {
			name := fmt.Sprintf("hh-%02d", random.IntN(20))
			if random.IntN(4) == 0 {
				town.deleteEverywhere(name)
				continue
			}
			written = append(written, town.apply(randomFamily(random, name))...)
		}
		switch round {
		case 3:
			written = append(written, town.apply(strings.Replace(plan, `value: "5000"`, `value: "3000"`, 1))...)
		case 5:
			town.clock.SetTime(noonOf(7, 2))
		}
		written = slices.DeleteFunc(written, func(o client.Object) bool { return !town.exists(o) })
		town.settle(written...)
		if diff := cmp.Diff(town.recount(), town.reported()); diff != "" {
			t.Fatalf("round %d (-recount +reported):\n%s", round, diff)
		}
	}
	town.change("kind: Jurisdiction\nmetadata: {name: east-lake}\nspec: {level: Village, parentRef: {name: west}}\n")
	above["east-lake"] = []string{"east-lake", "west", "county"}
	t.Cleanup(func() { above["east-lake"] = []string{"east-lake", "east", "county"} })
	if diff := cmp.Diff(town.recount(), town.reported()); diff != "" {
		t.Errorf("when a village has moved (-recount +reported):\n%s", diff)
	}
}

func (town *town) exists(object client.Object) bool {
	held := object.DeepCopyObject().(client.Object)
	return town.client.Get(town.t.Context(), client.ObjectKeyFromObject(object), held) == nil
}

func (town *town) deleteEverywhere(name string) {
	town.t.Helper()
	for _, namespace := range []string{"east", "west"} {
		h := &v1alpha1.Household{}
		h.Namespace, h.Name = namespace, name
		if err := client.IgnoreNotFound(town.client.Delete(town.t.Context(), h)); err != nil {
			town.t.Fatal(err)
		}
	}
}

func TestAJurisdictionSaysWhetherItKeepsToScale(t *testing.T) {
	town := newTown(t, strings.Replace(plan, "categories:", "procedures: [{purpose: Identification, prior: MarksCount, steps: [{name: entry, type: Registration}]}]\n  categories:", 1))
	marked := strings.Replace(poor, "registration: Graduated", `registration: Graduated
  marks: [{category: Graduated, system: NationalSystem, date: "2019-12-31"}]`, 1)
	scale := func() *metav1.Condition {
		return meta.FindStatusCondition(town.jurisdiction("east").Status.Conditions, v1alpha1.ConditionWithinScale)
	}
	town.change(marked)
	if c := scale(); c == nil || c.Status != metav1.ConditionTrue {
		t.Errorf("4 of 100 persons monitored, where 5 percent are advised: %+v", c)
	}
	town.change(strings.Replace(marked, "persons: 4", "persons: 6", 1))
	if c := scale(); c == nil || c.Status != metav1.ConditionFalse || !strings.Contains(c.Message, "6 persons") {
		t.Errorf("6 of 100 persons monitored, where 5 percent are advised: %+v", c)
	}
	if c := meta.FindStatusCondition(town.jurisdiction("west").Status.Conditions, v1alpha1.ConditionWithinScale); c != nil {
		t.Errorf("a township that states no registered persons is compared with the advice: %+v", c)
	}
}
