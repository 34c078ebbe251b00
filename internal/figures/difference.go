// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"fmt"
	"strings"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// Difference is one figure that differs between two sets of figures.
type Difference struct {
	// Path of the figure: monitored.closing.households, or with the keys of its
	// entry in brackets, tiers[town-2020/Red].households.
	Path        string
	Before, Now int32
}

// String writes the difference as PATH BEFORE → NOW.
func (d Difference) String() string { return fmt.Sprintf("%s %d → %d", d.Path, d.Before, d.Now) }

// Differences lists the figures that differ, in the order of the API's fields, and
// of entries as they stand. A figure that one side lacks is 0 there. Nil figures
// are all 0.
func Differences(before, now *v1alpha1.Figures) []Difference {
	old, fresh := flatten(before), flatten(now)
	var out []Difference
	for _, paths := range [][]string{old.paths, fresh.paths} {
		for _, path := range paths {
			if a, b := old.values[path], fresh.values[path]; a != b {
				out = append(out, Difference{path, a, b})
				old.values[path] = b // listed once
			}
		}
	}
	return out
}

// Figure is one figure by its path, as Difference has it.
type Figure struct {
	Path  string
	Value int32
}

// List lists all figures, in the order of the API's fields.
func List(f *v1alpha1.Figures) []Figure {
	all := flatten(f)
	out := make([]Figure, len(all.paths))
	for i, path := range all.paths {
		out[i] = Figure{path, all.values[path]}
	}
	return out
}

// flat is figures by their paths, and the paths in order.
type flat struct {
	paths  []string
	values map[string]int32
}

func (f *flat) put(path string, value int32) {
	if _, twice := f.values[path]; !twice {
		f.paths = append(f.paths, path)
	}
	f.values[path] += value
}

func (f *flat) both(path string, households, persons int32) {
	f.put(path+".households", households)
	f.put(path+".persons", persons)
}

func flatten(in *v1alpha1.Figures) *flat {
	f := &flat{values: map[string]int32{}}
	if in == nil {
		return f
	}
	if m := in.Monitored; m != nil {
		f.both("monitored.opening", m.Opening.Households, m.Opening.Persons)
		f.both("monitored.added", m.Added.Households, m.Added.Persons)
		f.both("monitored.eliminated", m.Eliminated.Households, m.Eliminated.Persons)
		f.both("monitored.closing", m.Closing.Households, m.Closing.Persons)
	}
	for _, t := range in.Tiers {
		f.both(entry("tiers", string(t.Policy), string(t.Name)), t.Households, t.Persons)
	}
	for _, c := range in.Categories {
		f.both(entry("categories", string(c.Policy), string(c.Name)), c.Households, c.Persons)
	}
	for _, c := range in.Causes {
		f.both(entry("causes", string(c.Category), string(c.Name)), c.Households, c.Persons)
	}
	for _, s := range in.Shortfalls {
		f.put(entry("shortfalls", string(s.Standard))+".open", s.Open)
		f.put(entry("shortfalls", string(s.Standard))+".overdue", s.Overdue)
	}
	for _, m := range in.Measures {
		f.put(entry("measures", string(m.Kind))+".measures", m.Measures)
		f.put(entry("measures", string(m.Kind))+".households", m.Households)
	}
	for _, s := range in.Signals {
		f.put(entry("signals", string(s.Name), string(s.State))+".count", s.Count)
	}
	for _, r := range in.Reviews {
		f.put(entry("reviews", string(r.Name), string(r.State))+".count", r.Count)
	}
	if s := in.Surveys; s != nil {
		f.put("surveys.done", s.Done)
		f.put("surveys.missing", s.Missing)
	}
	if in.Overdue != nil {
		f.put("overdue", *in.Overdue)
	}
	return f
}

// entry is the path of a list's entry. Words hold neither brackets nor slashes.
func entry(list string, keys ...string) string { return list + "[" + strings.Join(keys, "/") + "]" }
