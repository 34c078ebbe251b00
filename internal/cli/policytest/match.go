// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"math"
	"slices"
)

// keyFields identify an entry of a list of maps. Those that an expected entry
// states find the entry that it means; the rest of it is then compared.
var keyFields = []string{"kind", "name", "period", "standard", "rule", "step", "type", "date", "policy"}

// match compares what a case expects with what was concluded, by the rules of
// policy tests: maps are subsets, lists of maps match by key, lists of strings
// are sets, an empty list means none, null means absent, 0 and false match
// absent. It returns what was found in the form of what was expected, for a
// diff, and is equal to it exactly if they match.
func match(want, got any) (found any, ok bool) {
	switch w := want.(type) {
	case nil:
		return got, got == nil
	case map[string]any:
		return matchMap(w, got)
	case []any:
		return matchList(w, got)
	}
	if got == nil && isZero(want) || equalScalars(want, got) {
		return want, true
	}
	return got, false
}

// isZero says whether a value is what the API leaves out when it is nothing.
func isZero(v any) bool { return v == int64(0) || v == float64(0) || v == false }

func equalScalars(want, got any) bool {
	if w, isNumber := asFloat(want); isNumber {
		g, ok := asFloat(got)
		return ok && w == g
	}
	switch got.(type) {
	case string, bool:
		return want == got
	}
	return false
}

func asFloat(v any) (float64, bool) {
	switch n := v.(type) {
	case int64:
		return float64(n), true
	case float64:
		return n, !math.IsNaN(n)
	}
	return 0, false
}

func matchMap(want map[string]any, got any) (any, bool) {
	entries, isMap := got.(map[string]any)
	if got != nil && !isMap {
		return got, false
	}
	found, all := make(map[string]any, len(want)), true
	for key, w := range want {
		value, present := entries[key]
		seen, ok := match(w, value)
		if ok || present {
			found[key] = seen
		}
		all = all && ok
	}
	if got == nil && !all {
		return nil, false
	}
	return found, all
}

func matchList(want []any, got any) (any, bool) {
	items, isList := got.([]any)
	if got != nil && !isList {
		return got, false
	}
	switch {
	case len(want) == 0 && len(items) == 0:
		return want, true
	case len(want) == 0 || got == nil:
		return got, false
	case !allMaps(want):
		return matchSet(want, items)
	}
	return matchEntries(want, items)
}

func allMaps(list []any) bool {
	return !slices.ContainsFunc(list, func(v any) bool {
		_, isMap := v.(map[string]any)
		return !isMap
	})
}

// matchSet compares lists of scalars as sets. What was found comes in the
// expected order first, so that a diff shows no more than what differs.
func matchSet(want, got []any) (any, bool) {
	rest := slices.Clone(got)
	found := make([]any, 0, len(got))
	all := true
	for _, w := range want {
		i := slices.IndexFunc(rest, func(g any) bool { return equalScalars(w, g) })
		switch {
		case i >= 0:
			found = append(found, w)
			rest = slices.Delete(rest, i, i+1)
		case !slices.ContainsFunc(found, func(f any) bool { return equalScalars(w, f) }):
			all = false
		default: // said twice; a set has it once
			found = append(found, w)
		}
	}
	return append(found, rest...), all && len(rest) == 0
}

// matchEntries finds for each expected entry one that was concluded, none
// twice.
func matchEntries(want, got []any) (any, bool) {
	p := pairing{want: want, got: got, takenBy: make([]int, len(got))}
	for j := range p.takenBy {
		p.takenBy[j] = -1
	}
	partner := make([]int, len(want))
	all := true
	for i := range want {
		all = p.place(i, make([]bool, len(got))) && all
		partner[i] = -1
	}
	for j, i := range p.takenBy {
		if i >= 0 {
			partner[i] = j
		}
	}
	found := make([]any, 0, len(want))
	lost := false
	for i := range want {
		if partner[i] < 0 {
			partner[i] = p.likeliest(i)
		}
		if partner[i] < 0 {
			lost = true
			continue
		}
		p.takenBy[partner[i]] = i
		seen, _ := match(want[i], got[partner[i]])
		found = append(found, seen)
	}
	if lost {
		found = append(found, p.others()...)
	}
	return found, all
}

// pairing assigns expected entries to concluded ones, by augmenting paths.
type pairing struct {
	want, got []any
	takenBy   []int // by concluded entry: the expected one, or -1
}

func (p *pairing) place(i int, tried []bool) bool {
	for j := range p.got {
		if tried[j] {
			continue
		}
		if _, ok := match(p.want[i], p.got[j]); !ok {
			continue
		}
		tried[j] = true
		if p.takenBy[j] < 0 || p.place(p.takenBy[j], tried) {
			p.takenBy[j] = i
			return true
		}
	}
	return false
}

// likeliest returns the first free entry that has the keys of the expected one,
// -1 if there is none.
func (p *pairing) likeliest(i int) int {
	keys := keysOf(p.want[i], nil)
	for j, g := range p.got {
		if p.takenBy[j] >= 0 {
			continue
		}
		if _, ok := match(keys, g); ok {
			return j
		}
	}
	return -1
}

// others shows the keys of entries that nothing expected stands for, so that
// one sees what was there instead.
func (p *pairing) others() []any {
	var rest []any
	for j, g := range p.got {
		_, isMap := g.(map[string]any)
		switch {
		case p.takenBy[j] >= 0:
		case isMap:
			rest = append(rest, keysOf(g, p.want))
		default:
			rest = append(rest, g)
		}
	}
	return rest
}

// keysOf returns the key fields of an entry; with models only those that one of
// the models states.
func keysOf(entry any, models []any) map[string]any {
	keys := map[string]any{}
	fields, _ := entry.(map[string]any)
	for _, name := range keyFields {
		value, present := fields[name]
		if present && (models == nil || anyStates(models, name)) {
			keys[name] = value
		}
	}
	return keys
}

func anyStates(entries []any, field string) bool {
	return slices.ContainsFunc(entries, func(e any) bool {
		fields, _ := e.(map[string]any)
		return fields[field] != nil
	})
}
