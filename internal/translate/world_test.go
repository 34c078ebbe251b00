// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"pgregory.net/rapid"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// place is a jurisdiction in short: name, level, parent, namespace.
func place(name string, level v1alpha1.JurisdictionLevel, parent, namespace string) *v1alpha1.Jurisdiction {
	j := &v1alpha1.Jurisdiction{ObjectMeta: metav1.ObjectMeta{Name: name}}
	j.Spec.Level, j.Spec.Namespace = level, v1alpha1.NamespaceName(namespace)
	if parent != "" {
		j.Spec.ParentRef = &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(parent)}
	}
	return j
}

// county is a small county: two townships, one with a village.
func county() []*v1alpha1.Jurisdiction {
	return []*v1alpha1.Jurisdiction{
		place("county", v1alpha1.LevelCounty, "", "county"),
		place("east", v1alpha1.LevelTownship, "county", "east"),
		place("west", v1alpha1.LevelTownship, "county", "west"),
		place("east-hill", v1alpha1.LevelVillage, "east", ""),
	}
}

// holding is a policy that does nothing but hold: name, node, days, zone.
func holding(name, node, from, until, zone string) *v1alpha1.MonitoringPolicy {
	p := &v1alpha1.MonitoringPolicy{ObjectMeta: metav1.ObjectMeta{Name: name, Generation: 1}}
	p.Spec.JurisdictionRef.Name = v1alpha1.ObjectName(node)
	p.Spec.EffectiveFrom, p.Spec.EffectiveUntil = v1alpha1.Date(from), v1alpha1.Date(until)
	p.Spec.TimeZone = v1alpha1.ZoneName(zone)
	p.Spec.Categories = []v1alpha1.Category{{Name: "All", When: "true"}}
	return p
}

// said is a timeline in words.
func said(w *World, node string) []string {
	var out []string
	for _, s := range w.Timeline(node) {
		who := strings.Join(s.Conflict, "|")
		if s.Plan != nil {
			who = s.Plan.Name
		}
		out = append(out, fmt.Sprintf("%s %s %s", s.From, s.Until, who))
	}
	return out
}

func TestTreeFaults(t *testing.T) {
	tests := []struct {
		name  string
		nodes []*v1alpha1.Jurisdiction
		want  map[string]string // by node: the message
	}{
		{"a sound tree", county(), map[string]string{}},
		{"a parent that does not exist, with all below", []*v1alpha1.Jurisdiction{
			place("east", v1alpha1.LevelTownship, "county", "east"), place("east-hill", v1alpha1.LevelVillage, "east", ""),
		}, map[string]string{
			"east":      "Jurisdiction east names county as its parent, and there is none of that name: create it, or correct spec.parentRef.",
			"east-hill": "Jurisdiction east names county as its parent, and there is none of that name: create it, or correct spec.parentRef.",
		}},
		{"a circle, and what hangs below it", []*v1alpha1.Jurisdiction{
			place("a", v1alpha1.LevelPrefecture, "b", ""), place("b", v1alpha1.LevelCounty, "a", ""), place("c", v1alpha1.LevelTownship, "b", "c"),
		}, map[string]string{
			"a": "Jurisdiction a stands above itself: correct spec.parentRef somewhere between it and b.",
			"b": "Jurisdiction b stands above itself: correct spec.parentRef somewhere between it and a.",
			"c": "Jurisdiction c hangs below a circle of parents: correct spec.parentRef of b or above.",
		}},
		{"a node that is its own parent", []*v1alpha1.Jurisdiction{place("a", v1alpha1.LevelCounty, "a", "")}, map[string]string{
			"a": "Jurisdiction a stands above itself: correct spec.parentRef somewhere between it and a.",
		}},
		{"a level that is not below its parent's: both say so, with all below, and another child is not concerned", []*v1alpha1.Jurisdiction{
			place("a", v1alpha1.LevelTownship, "", "a"), place("b", v1alpha1.LevelTownship, "a", "b"), place("c", v1alpha1.LevelVillage, "b", ""),
			place("d", v1alpha1.LevelVillage, "a", ""),
		}, map[string]string{
			"a": "Jurisdiction b is a Township below a Township (a): a parent's level must be higher; correct spec.level or spec.parentRef.",
			"b": "Jurisdiction b is a Township below a Township (a): a parent's level must be higher; correct spec.level or spec.parentRef.",
			"c": "Jurisdiction b is a Township below a Township (a): a parent's level must be higher; correct spec.level or spec.parentRef.",
		}},
		{"a level that does not exist", []*v1alpha1.Jurisdiction{place("a", "Street", "", "a")}, map[string]string{
			"a": `Jurisdiction a is of no known level ("Street"): write spec.level: Province, Prefecture, County, Township or Village.`,
		}},
		{"a namespace of two townships, with their villages", []*v1alpha1.Jurisdiction{
			place("a", v1alpha1.LevelTownship, "", "shared"), place("b", v1alpha1.LevelTownship, "", "shared"), place("b-hill", v1alpha1.LevelVillage, "b", ""),
			place("c", v1alpha1.LevelTownship, "", "own"),
		}, map[string]string{
			"a":      "Namespace shared is shared by the townships a, b: give each a namespace of its own (spec.namespace).",
			"b":      "Namespace shared is shared by the townships a, b: give each a namespace of its own (spec.namespace).",
			"b-hill": "Namespace shared is shared by the townships a, b: give each a namespace of its own (spec.namespace).",
		}},
		{"townships that both take the namespace from above", []*v1alpha1.Jurisdiction{
			place("county", v1alpha1.LevelCounty, "", "county"), place("a", v1alpha1.LevelTownship, "county", ""), place("b", v1alpha1.LevelTownship, "county", ""),
		}, map[string]string{
			"a": "Namespace county is shared by the townships a, b: give each a namespace of its own (spec.namespace).",
			"b": "Namespace county is shared by the townships a, b: give each a namespace of its own (spec.namespace).",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := NewWorld([]*v1alpha1.MonitoringPolicy{holding("p", "a", "2020-01-01", "", "")}, tt.nodes, Options{})
			got := map[string]string{}
			for _, name := range w.Nodes() {
				if _, fault := w.Node(name); fault != nil {
					if fault.Reason != v1alpha1.ReasonTreeInvalid {
						t.Errorf("%s: reason %s", name, fault.Reason)
					}
					if line := w.Timeline(name); len(line) > 0 && !strings.HasPrefix(fault.Message, "Jurisdiction b is a Township below") {
						t.Errorf("%s is broken and has the timeline %v", name, line)
					}
					got[name] = fault.Message
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhereAFamilyStands(t *testing.T) {
	w := NewWorld(nil, append(county(), place("orphan", v1alpha1.LevelTownship, "nowhere", "orphan")), Options{})
	tests := []struct {
		name, namespace, ref string
		want, wantReason     string
	}{
		{"without a reference: in its township", "east", "", "east", ""},
		{"in a village of its township", "east", "east-hill", "east-hill", ""},
		{"in its township by name", "east", "east", "east", ""},
		{"in the village of another township", "west", "east-hill", "", v1alpha1.ReasonJurisdictionMismatch},
		{"above its township", "west", "county", "", v1alpha1.ReasonJurisdictionMismatch},
		{"in a place that does not exist", "west", "west-hill", "", v1alpha1.ReasonReferenceNotFound},
		{"in a namespace of a county", "county", "", "", v1alpha1.ReasonJurisdictionMismatch},
		{"in a namespace of nobody", "default", "", "", v1alpha1.ReasonJurisdictionMismatch},
		{"in a broken part of the tree", "orphan", "", "", v1alpha1.ReasonTreeInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var ref *v1alpha1.JurisdictionReference
			if tt.ref != "" {
				ref = &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(tt.ref)}
			}
			got, fault := w.NodeOf(tt.namespace, ref)
			reason := ""
			if fault != nil {
				reason = fault.Reason
			}
			if got != tt.want || reason != tt.wantReason {
				t.Errorf("got %q, %q, want %q, %q (%v)", got, reason, tt.want, tt.wantReason, fault)
			}
		})
	}
}

func TestPoliciesInForce(t *testing.T) {
	tests := []struct {
		name     string
		policies []*v1alpha1.MonitoringPolicy
		opts     Options
		want     map[string][]string
	}{
		{"the parent's where there is none of one's own", []*v1alpha1.MonitoringPolicy{
			holding("county-20", "county", "2020-01-01", "", ""), holding("east-20", "east", "2020-03-01", "2020-12-31", ""),
		}, Options{}, map[string][]string{
			"county":    {"2020-01-01 9999-12-31 county-20"},
			"east":      {"2020-01-01 2020-02-29 county-20", "2020-03-01 2020-12-31 east-20", "2021-01-01 9999-12-31 county-20"},
			"east-hill": {"2020-01-01 2020-02-29 county-20", "2020-03-01 2020-12-31 east-20", "2021-01-01 9999-12-31 county-20"},
			"west":      {"2020-01-01 9999-12-31 county-20"},
		}},
		{"an older plan without an end is in force again when a newer one has ended", []*v1alpha1.MonitoringPolicy{
			holding("new", "west", "2021-01-01", "2021-06-30", ""), holding("old", "west", "2020-01-01", "", ""),
		}, Options{}, map[string][]string{
			"county": nil, "east": nil, "east-hill": nil,
			"west": {"2020-01-01 2020-12-31 old", "2021-01-01 2021-06-30 new", "2021-07-01 9999-12-31 old"},
		}},
		{"two with one first day are in conflict, also below", []*v1alpha1.MonitoringPolicy{
			holding("one", "east", "2020-01-01", "2020-01-31", ""), holding("two", "east", "2020-01-01", "", ""),
		}, Options{}, map[string][]string{
			"county": nil, "west": nil,
			"east":      {"2020-01-01 2020-01-31 one|two", "2020-02-01 9999-12-31 two"},
			"east-hill": {"2020-01-01 2020-01-31 one|two", "2020-02-01 9999-12-31 two"},
		}},
		{"a plan for a node that does not exist holds nowhere", []*v1alpha1.MonitoringPolicy{holding("lost", "north", "2020-01-01", "", "")}, Options{}, map[string][]string{
			"county": nil, "east": nil, "east-hill": nil, "west": nil,
		}},
		{"a plan that was not known yet is left out", []*v1alpha1.MonitoringPolicy{
			holding("early", "west", "2020-01-01", "", ""),
			func() *v1alpha1.MonitoringPolicy {
				p := holding("late", "west", "2020-02-01", "", "")
				p.Spec.Entered = "2020-02-10"
				return p
			}(),
			holding("future", "west", "2020-03-01", "", ""),
		}, Options{KnownAt: 737464}, map[string][]string{ // 2020-02-09
			"county": nil, "east": nil, "east-hill": nil,
			"west": {"2020-01-01 9999-12-31 early"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := NewWorld(tt.policies, county(), tt.opts)
			got := map[string][]string{}
			for _, name := range w.Nodes() {
				got[name] = said(w, name)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	out, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestDaysAndInstantsOfANode: Urumqi's midnight comes two hours after
// Shanghai's. The plan changes zones with the new year.
func TestDaysAndInstantsOfANode(t *testing.T) {
	w := NewWorld([]*v1alpha1.MonitoringPolicy{
		holding("y20", "west", "2020-01-01", "2020-12-31", "Asia/Urumqi"), holding("y21", "west", "2021-01-01", "", "Asia/Shanghai"),
	}, county(), Options{})
	days := []struct{ name, node, now, want string }{
		{"no plan: Shanghai's day", "county", "2020-06-30T16:00:00Z", "2020-07-01"},
		{"under Urumqi's plan, before its midnight", "west", "2020-06-30T17:59:59Z", "2020-06-30"},
		{"under Urumqi's plan, at its midnight", "west", "2020-06-30T18:00:00Z", "2020-07-01"},
		{"under Shanghai's plan, at its midnight", "west", "2021-06-30T16:00:00Z", "2021-07-01"},
		{"the new year has come to the new plan's zone", "west", "2020-12-31T18:00:00Z", "2021-01-01"},
		{"a place that does not exist", "north", "2020-06-30T16:00:00Z", "2020-07-01"},
	}
	for _, tt := range days {
		t.Run(tt.name, func(t *testing.T) {
			if got := w.Today(tt.node, instant(t, tt.now)).String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	instants := []struct{ name, node, day, now, want string }{
		{"the first midnight of the zones", "west", "2020-07-01", "2020-06-30T00:00:00Z", "2020-06-30T16:00:00Z"},
		{"the second, once the first has passed", "west", "2020-07-01", "2020-06-30T16:00:00Z", "2020-06-30T18:00:00Z"},
		{"Shanghai's where there is no plan", "county", "2020-07-01", "2020-06-30T00:00:00Z", "2020-06-30T16:00:00Z"},
	}
	for _, tt := range instants {
		t.Run(tt.name, func(t *testing.T) {
			got := w.Instant(tt.node, dayIn(t, tt.day), instant(t, tt.now)).UTC().Format(time.RFC3339)
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestNextPolicyChange(t *testing.T) {
	w := NewWorld([]*v1alpha1.MonitoringPolicy{
		holding("y20", "west", "2020-01-01", "2020-12-31", ""), holding("y22", "west", "2022-01-01", "", ""),
	}, county(), Options{})
	for now, want := range map[string]string{
		"2019-06-01T00:00:00Z": "2019-12-31T16:00:00Z",
		"2020-06-01T00:00:00Z": "2020-12-31T16:00:00Z",
		"2021-06-01T00:00:00Z": "2021-12-31T16:00:00Z",
		"2023-06-01T00:00:00Z": "0001-01-01T00:00:00Z",
	} {
		if got := w.NextPolicyChange("west", instant(t, now)).UTC().Format(time.RFC3339); got != want {
			t.Errorf("after %s: got %s, want %s", now, got, want)
		}
	}
	if got := w.NextPolicyChange("north", instant(t, "2020-06-01T00:00:00Z")); !got.IsZero() {
		t.Errorf("a place that does not exist: got %s", got)
	}
}

func TestPolicyInForceOrWhyNot(t *testing.T) {
	w := NewWorld([]*v1alpha1.MonitoringPolicy{
		holding("one", "east", "2020-01-01", "2020-01-31", ""), holding("two", "east", "2020-01-01", "", ""),
	}, append(county(), place("lost", v1alpha1.LevelVillage, "nowhere", "")), Options{})
	tests := []struct{ node, now, want, wantReason string }{
		{"east-hill", "2020-06-01T00:00:00Z", "two", ""},
		{"east", "2020-01-15T00:00:00Z", "", v1alpha1.ReasonPolicyConflict},
		{"west", "2020-06-01T00:00:00Z", "", v1alpha1.ReasonNoPolicy},
		{"lost", "2020-06-01T00:00:00Z", "", v1alpha1.ReasonTreeInvalid},
		{"north", "2020-06-01T00:00:00Z", "", v1alpha1.ReasonReferenceNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.node+" "+tt.now, func(t *testing.T) {
			c, fault := w.InForce(tt.node, instant(t, tt.now))
			name, reason := "", ""
			if c != nil {
				name = c.Policy.Name
			}
			if fault != nil {
				reason = fault.Reason
			}
			if name != tt.want || reason != tt.wantReason {
				t.Errorf("got %q, %q, want %q, %q", name, reason, tt.want, tt.wantReason)
			}
		})
	}
}

func TestOnlyWhatChangedIsCompiledAndJudgedAgain(t *testing.T) {
	policies := []*v1alpha1.MonitoringPolicy{holding("county-20", "county", "2020-01-01", "", ""), holding("east-20", "east", "2020-01-01", "", "")}
	before := NewWorld(policies, county(), Options{})
	again := func(policies []*v1alpha1.MonitoringPolicy, nodes []*v1alpha1.Jurisdiction) *World {
		return NewWorld(policies, nodes, Options{Previous: before})
	}
	edited := policies[1].DeepCopy()
	edited.Generation, edited.Spec.Categories[0].When = 2, "false"
	recreated := policies[1].DeepCopy()
	recreated.UID = "another"
	moved := county()
	moved[3].Spec.ParentRef.Name = "west"
	tests := []struct {
		name     string
		after    *World
		want     []string // nodes
		compiled []string // policies
	}{
		{"nothing", again(policies, county()), nil, nil},
		{"a status or a label", again([]*v1alpha1.MonitoringPolicy{policies[0], policies[1].DeepCopy()}, county()), nil, nil},
		{"a plan edited in place", again([]*v1alpha1.MonitoringPolicy{policies[0], edited}, county()), []string{"east", "east-hill"}, []string{"east-20"}},
		{"a plan deleted and created again", again([]*v1alpha1.MonitoringPolicy{policies[0], recreated}, county()), []string{"east", "east-hill"}, []string{"east-20"}},
		{"a plan deleted", again(policies[:1], county()), []string{"east", "east-hill"}, nil},
		{"a village moved", again(policies, moved), []string{"east-hill"}, nil},
		{"a village deleted", again(policies, county()[:3]), []string{"east-hill"}, nil},
		{"a township's parent lost", again(policies, county()[1:]), []string{"east", "west", "east-hill", "county"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, want := map[string]bool{}, map[string]bool{}
			for _, n := range tt.after.ChangedSince(before) {
				got[n] = true
			}
			for _, n := range tt.want {
				want[n] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("nodes (-want +got):\n%s", diff)
			}
			var compiled []string
			for _, name := range tt.after.Policies() {
				if tt.after.Policy(name) != before.Policy(name) {
					compiled = append(compiled, name)
				}
			}
			if diff := cmp.Diff(tt.compiled, compiled); diff != "" {
				t.Errorf("compiled (-want +got):\n%s", diff)
			}
		})
	}
	if diff := cmp.Diff(before.Nodes(), before.ChangedSince(nil)); diff != "" {
		t.Errorf("since nothing (-want +got):\n%s", diff)
	}
}

// TestAMovedVillageIsJudgedAgain: under the same plan and with its own namespace
// nothing of it changes but where it hangs, and with that who may stand in it.
func TestAMovedVillageIsJudgedAgain(t *testing.T) {
	at := func(parent string) []*v1alpha1.Jurisdiction {
		nodes := county()
		nodes[3].Spec.Namespace, nodes[3].Spec.ParentRef.Name = "hill", v1alpha1.ObjectName(parent)
		return nodes
	}
	policies := []*v1alpha1.MonitoringPolicy{holding("county-20", "county", "2020-01-01", "", "")}
	before := NewWorld(policies, at("east"), Options{})
	after := NewWorld(policies, at("west"), Options{Previous: before})
	if diff := cmp.Diff([]string{"east-hill"}, after.ChangedSince(before)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDescendants(t *testing.T) {
	w := NewWorld(nil, county(), Options{})
	for node, want := range map[string][]string{
		"county": {"county", "east", "east-hill", "west"}, "east": {"east", "east-hill"}, "east-hill": {"east-hill"}, "north": nil,
	} {
		if diff := cmp.Diff(want, w.Descendants(node)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", node, diff)
		}
	}
	if got := w.Namespace("east-hill"); got != "east" {
		t.Errorf("papers of east-hill live in %q", got)
	}
}

// TestTheOrderOfArrivalDoesNotMatter draws trees, sound and broken, with
// policies on them.
func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	levels := []v1alpha1.JurisdictionLevel{v1alpha1.LevelProvince, v1alpha1.LevelCounty, v1alpha1.LevelTownship, v1alpha1.LevelVillage}
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"a", "b", "c", "d", "e", "f"}
		var nodes []*v1alpha1.Jurisdiction
		for i, name := range names {
			parent := rapid.SampledFrom(append([]string{"", "nowhere"}, names...)).Draw(t, "parent of "+name)
			if i > 0 && rapid.Bool().Draw(t, "sound") {
				parent = names[rapid.IntRange(0, i-1).Draw(t, "parent of "+name)]
			}
			nodes = append(nodes, place(name, rapid.SampledFrom(levels).Draw(t, "level of "+name), parent, rapid.SampledFrom([]string{"", "x", "y", name}).Draw(t, "namespace of "+name)))
		}
		var policies []*v1alpha1.MonitoringPolicy
		for i := range rapid.IntRange(0, 5).Draw(t, "policies") {
			from := rapid.SampledFrom([]string{"2020-01-01", "2020-06-01", "2021-01-01"}).Draw(t, "from")
			until := rapid.SampledFrom([]string{"", "2021-03-31"}).Draw(t, "until")
			policies = append(policies, holding(fmt.Sprintf("p%d", i), rapid.SampledFrom(names).Draw(t, "node"), from, until, rapid.SampledFrom([]string{"", "Asia/Urumqi", "UTC"}).Draw(t, "zone")))
		}
		first := NewWorld(policies, nodes, Options{})
		second := NewWorld(rapid.Permutation(policies).Draw(t, "policies"), rapid.Permutation(nodes).Draw(t, "nodes"), Options{})
		now := time.Unix(rapid.Int64Range(1577836800, 1640995200).Draw(t, "now"), 0)
		for _, name := range names {
			if diff := cmp.Diff(saidOf(first, name, now), saidOf(second, name, now)); diff != "" {
				t.Fatalf("%s (-one order +another):\n%s", name, diff)
			}
			today := first.Today(name, now)
			if tomorrow := first.Instant(name, today.AddDays(1), now); !tomorrow.After(now) {
				t.Fatalf("%s: tomorrow begins at %s, which is not after %s", name, tomorrow, now)
			}
		}
	})
}

// saidOf is everything that a world says of a node.
func saidOf(w *World, name string, now time.Time) map[string]any {
	_, fault := w.Node(name)
	family, familyFault := w.NodeOf(w.Namespace(name), &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(name)})
	return map[string]any{
		"fault": fmt.Sprint(fault), "timeline": said(w, name), "today": w.Today(name, now).String(), "children": w.Children(name),
		"namespace": w.Namespace(name), "below": w.Descendants(name), "next": w.NextPolicyChange(name, now).String(),
		"family": family + fmt.Sprint(familyFault), "instant": w.Instant(name, w.Today(name, now).AddDays(1), now).UTC().String(),
	}
}
