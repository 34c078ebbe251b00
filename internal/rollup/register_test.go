// SPDX-License-Identifier: Apache-2.0

package rollup_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/rollup"
)

// county is a county with a township of two villages and a township without.
func county() rollup.Tree {
	return rollup.Tree{
		Parents: map[string]string{
			"county": "", "east": "county", "west": "county",
			"east-hill": "east", "east-lake": "east",
		},
		Townships: map[string]string{"east-ns": "east", "west-ns": "west"},
	}
}

func day(t interface{ Fatal(...any) }, s string) civil.Day {
	d, err := civil.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFiguresAddUpTheTree(t *testing.T) {
	r := rollup.NewRegister()
	r.SetTree(county())
	r.Put(rollup.Key{Namespace: "east-ns", Name: "a"}, "east-hill", rollup.Contribution{
		Standing: rollup.Monitored, Persons: 4, Policy: "p", Tier: "Red", Category: "Marginal",
		Causes:     []string{"Illness", "Schooling"},
		Shortfalls: []rollup.Shortfall{{Standard: "Housing", Overdue: true}, {Standard: "Income"}},
		Overdue:    2, NextDeadline: day(t, "2020-07-31"),
	})
	r.Put(rollup.Key{Namespace: "east-ns", Name: "b"}, "", rollup.Contribution{
		Standing: rollup.InScope, Persons: 3, Policy: "p", Tier: "Yellow", Category: "Graduated",
		Causes: []string{"Illness"}, Shortfalls: []rollup.Shortfall{{Standard: "Housing"}},
		NextDeadline: day(t, "2020-06-30"),
	})
	r.Put(rollup.Key{Namespace: "west-ns", Name: "a"}, "", rollup.Contribution{
		Standing: rollup.Unjudged, Persons: 5, Policy: "p", Tier: "Red", Overdue: 7,
	})
	r.Put(rollup.Key{Namespace: "west-ns", Name: "b"}, "", rollup.Contribution{Standing: rollup.Eliminated, Persons: 1, Policy: "p"})
	r.Put(rollup.Key{Namespace: "nowhere", Name: "a"}, "", rollup.Contribution{Standing: rollup.InScope, Persons: 9})

	want := map[string]rollup.Figures{
		"county": {
			Households: 4, InScope: 2, Monitored: 1, Eliminated: 1, Unjudged: 1, Persons: 13, MonitoredPersons: 4,
			Tiers:          []rollup.Group{{Policy: "p", Name: "Red", Households: 1, Persons: 4}, {Policy: "p", Name: "Yellow", Households: 1, Persons: 3}},
			Categories:     []rollup.Group{{Policy: "p", Name: "Graduated", Households: 1, Persons: 3}, {Policy: "p", Name: "Marginal", Households: 1, Persons: 4}},
			Causes:         []rollup.Group{{Name: "Illness", Households: 2, Persons: 7}, {Name: "Schooling", Households: 1, Persons: 4}},
			Shortfalls:     []rollup.StandardCount{{Standard: "Housing", Open: 2, Overdue: 1}, {Standard: "Income", Open: 1}},
			OpenShortfalls: 3, Overdue: 2, NextDeadline: day(t, "2020-06-30"),
		},
		"east-hill": {
			Households: 1, InScope: 1, Monitored: 1, Persons: 4, MonitoredPersons: 4,
			Tiers:          []rollup.Group{{Policy: "p", Name: "Red", Households: 1, Persons: 4}},
			Categories:     []rollup.Group{{Policy: "p", Name: "Marginal", Households: 1, Persons: 4}},
			Causes:         []rollup.Group{{Name: "Illness", Households: 1, Persons: 4}, {Name: "Schooling", Households: 1, Persons: 4}},
			Shortfalls:     []rollup.StandardCount{{Standard: "Housing", Open: 1, Overdue: 1}, {Standard: "Income", Open: 1}},
			OpenShortfalls: 2, Overdue: 2, NextDeadline: day(t, "2020-07-31"),
		},
		"east-lake": {},
		"west":      {Households: 2, Eliminated: 1, Unjudged: 1, Persons: 6},
	}
	for node, figures := range want {
		got, known := r.Figures(node)
		if !known {
			t.Errorf("%s is not known", node)
		}
		if diff := cmp.Diff(figures, got); diff != "" {
			t.Errorf("figures of %s (-want +got):\n%s", node, diff)
		}
	}
	if diff := cmp.Diff(want["county"], r.All()); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	if got := [...]int{r.OwnHouseholds("county"), r.OwnHouseholds("east"), r.OwnHouseholds("east-hill"), r.OwnHouseholds("west"), r.OwnHouseholds("no-such")}; got != [...]int{0, 1, 1, 2, 0} {
		t.Errorf("own households of county, east, east-hill, west, no-such: %v", got)
	}
	if _, known := r.Figures("no-such"); known {
		t.Error("a jurisdiction that the tree lacks has figures")
	}
}

func TestPutTellsWhoseFiguresChanged(t *testing.T) {
	a := rollup.Key{Namespace: "east-ns", Name: "a"}
	one := rollup.Contribution{Standing: rollup.InScope, Persons: 1, Causes: []string{"Illness"}}
	two := rollup.Contribution{Standing: rollup.InScope, Persons: 2, Causes: []string{"Illness"}}
	r := rollup.NewRegister()
	r.SetTree(county())
	steps := []struct {
		name string
		do   func() []string
		want []string
	}{
		{"a new family changes its home and all above", func() []string { return r.Put(a, "east-hill", one) }, []string{"county", "east", "east-hill"}},
		{"the same contribution changes nothing", func() []string { return r.Put(a, "east-hill", one) }, nil},
		{"another contribution changes the same way up", func() []string { return r.Put(a, "east-hill", two) }, []string{"county", "east", "east-hill"}},
		{"a move changes both ways up", func() []string { return r.Put(a, "east-lake", two) }, []string{"county", "east", "east-hill", "east-lake"}},
		{"naming another township's village counts at the own township", func() []string { return r.Put(a, "west", two) }, []string{"county", "east", "east-lake"}},
		{"a family that leaves changes its way up", func() []string { return r.Remove(a) }, []string{"county", "east"}},
		{"a family that was not there changes nothing", func() []string { return r.Remove(a) }, nil},
		{"a namespace without a township counts nowhere", func() []string { return r.Put(rollup.Key{Namespace: "x", Name: "a"}, "east", one) }, nil},
	}
	for _, step := range steps {
		got := slices.Clone(step.do())
		slices.Sort(got)
		if diff := cmp.Diff(step.want, slices.Compact(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
}

// TestAMisplacedFamilyStandsNowhere keeps one wrong reference from holding up a
// policy's roll-out: such a family is counted, but no policy governs it.
func TestAMisplacedFamilyStandsNowhere(t *testing.T) {
	r := rollup.NewRegister()
	r.SetTree(county())
	a := rollup.Key{Namespace: "east-ns", Name: "a"}
	for _, step := range []struct {
		named string
		want  int
	}{{"county", 0}, {"west", 0}, {"no-such", 0}, {"", 1}, {"east", 1}} {
		r.Put(a, step.named, rollup.Contribution{Standing: rollup.Unjudged, Persons: 2})
		if got := r.OwnHouseholds("east"); got != step.want {
			t.Errorf("a family of east that names %q: %d families stand at east, want %d", step.named, got, step.want)
		}
		if got, _ := r.Figures("east"); got.Unjudged != 1 {
			t.Errorf("a family of east that names %q: east's figures have %d unjudged families, want 1", step.named, got.Unjudged)
		}
	}
}

// TestFaultyTreesEnd has a cycle and a parent that does not exist.
func TestFaultyTreesEnd(t *testing.T) {
	r := rollup.NewRegister()
	r.Put(rollup.Key{Namespace: "ns", Name: "a"}, "village", rollup.Contribution{Standing: rollup.Unjudged, Persons: 2})
	r.SetTree(rollup.Tree{
		Parents:   map[string]string{"village": "town", "town": "county", "county": "town", "orphan": "no-such"},
		Townships: map[string]string{"ns": "town"},
	})
	for _, node := range []string{"village", "town", "county"} {
		if got, _ := r.Figures(node); got.Households != 1 {
			t.Errorf("%s counts %d households, want each family once: 1", node, got.Households)
		}
	}
	if got, known := r.Figures("orphan"); !known || got.Households != 0 {
		t.Errorf("orphan: %+v, known %v", got, known)
	}
}

// family is what the property knows of one family.
type family struct {
	named string
	c     rollup.Contribution
}

func drawContribution(t *rapid.T) rollup.Contribution {
	c := rollup.Contribution{
		Standing: rollup.Standing(rapid.IntRange(0, int(rollup.Eliminated)).Draw(t, "standing")),
		Persons:  rapid.IntRange(1, 6).Draw(t, "persons"),
		Policy:   rapid.SampledFrom([]string{"p", "q"}).Draw(t, "policy"),
		Tier:     rapid.SampledFrom([]string{"", "Red", "Yellow"}).Draw(t, "tier"),
		Category: rapid.SampledFrom([]string{"", "Graduated", "Marginal"}).Draw(t, "category"),
		Causes:   rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Illness", "Schooling", "Disaster"}), 0, 3, rapid.ID).Draw(t, "causes"),
		Overdue:  rapid.IntRange(0, 2).Draw(t, "overdue"),
	}
	c.Shortfalls = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) rollup.Shortfall {
		return rollup.Shortfall{
			Standard: rapid.SampledFrom([]string{"Income", "Housing"}).Draw(t, "standard"),
			Overdue:  rapid.Bool().Draw(t, "late"),
		}
	}), 0, 2, func(s rollup.Shortfall) string { return s.Standard }).Draw(t, "shortfalls")
	if rapid.Bool().Draw(t, "has a deadline") {
		c.NextDeadline = civil.Day(rapid.IntRange(737000, 737003).Draw(t, "deadline"))
	}
	return c
}

// drawTree draws parents upward only, but for now and then any at all, so that
// there are cycles and missing parents too.
func drawTree(t *rapid.T) rollup.Tree {
	nodes := []string{"n0", "n1", "n2", "n3", "n4", "n5"}
	tree := rollup.Tree{Parents: map[string]string{}, Townships: map[string]string{}}
	for i, node := range nodes {
		switch rapid.IntRange(0, 9).Draw(t, "parent of "+node) {
		case 0: // not in the tree
		case 1:
			tree.Parents[node] = rapid.SampledFrom(nodes).Draw(t, "any parent")
		default:
			if i == 0 {
				tree.Parents[node] = ""
			} else {
				tree.Parents[node] = nodes[rapid.IntRange(0, i-1).Draw(t, "parent")]
			}
		}
	}
	for _, namespace := range []string{"x", "y"} {
		if rapid.IntRange(0, 5).Draw(t, "has a township") > 0 {
			tree.Townships[namespace] = rapid.SampledFrom(nodes).Draw(t, "township of "+namespace)
		}
	}
	return tree
}

// TestIncrementalEqualsRecount: whatever the order of edits, the running sums
// equal those of a register that is filled at once.
func TestIncrementalEqualsRecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		running := rollup.NewRegister()
		families := map[rollup.Key]family{}
		tree := rollup.Tree{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			key := rollup.Key{
				Namespace: rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "namespace"),
				Name:      fmt.Sprint("hh-", rapid.IntRange(0, 5).Draw(t, "name")),
			}
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0:
				tree = drawTree(t)
				running.SetTree(tree)
			case 1:
				delete(families, key)
				running.Remove(key)
			default:
				f := family{rapid.SampledFrom([]string{"", "n1", "n3", "n5", "none"}).Draw(t, "named"), drawContribution(t)}
				families[key] = f
				running.Put(key, f.named, f.c)
			}
		}
		atOnce := rollup.NewRegister()
		atOnce.SetTree(tree)
		for key, f := range families {
			atOnce.Put(key, f.named, f.c)
		}
		for node := range tree.Parents {
			want, _ := atOnce.Figures(node)
			got, _ := running.Figures(node)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("figures of %s (-at once +running):\n%s", node, diff)
			}
			if atOnce.OwnHouseholds(node) != running.OwnHouseholds(node) {
				t.Fatalf("own households of %s: %d at once, %d running", node, atOnce.OwnHouseholds(node), running.OwnHouseholds(node))
			}
		}
		if diff := cmp.Diff(atOnce.All(), running.All()); diff != "" {
			t.Fatalf("all (-at once +running):\n%s", diff)
		}
	})
}

// TestPutNamesEveryChangedNode: figures change nowhere but where Put or Remove
// says so.
func TestPutNamesEveryChangedNode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rollup.NewRegister()
		tree := drawTree(t)
		r.SetTree(tree)
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			before := map[string]rollup.Figures{}
			for node := range tree.Parents {
				before[node], _ = r.Figures(node)
			}
			key := rollup.Key{Namespace: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "namespace"), Name: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name")}
			var changed []string
			if rapid.IntRange(0, 3).Draw(t, "leave") == 0 {
				changed = r.Remove(key)
			} else {
				changed = r.Put(key, rapid.SampledFrom([]string{"", "n1", "n3", "none"}).Draw(t, "named"), drawContribution(t))
			}
			for node := range tree.Parents {
				after, _ := r.Figures(node)
				if !cmp.Equal(before[node], after) && !slices.Contains(changed, node) {
					t.Fatalf("the figures of %s changed, but only %v were named", node, changed)
				}
			}
		}
	})
}
