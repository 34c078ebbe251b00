// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// report tells what was measured.
func (r *controllerRun) report() *table {
	t := &table{title: "The controller on a control plane"}
	t.note("%s under R01, each family with some ten surveys, and each object with a twin for the ceiling; %d writes at a time; kube-apiserver %s with the project's admission policies.",
		counted(r.courses, func(all []*course) []*course { return all }), r.concurrency, r.cluster.version)
	t.note("The change of the plan moves what names a tier: %s.", counted(r.courses, moved))
	r.first.report(t)
	r.change.report(t)
	t.add("restart with nothing to do: writes", "0", float64(total(r.restart.tally)))
	t.add("restart with nothing to do: families/s", "", r.restart.rate())
	t.add("restart with nothing to do: CPU µs of the manager a family", "", r.restart.micros(r.restart.own))
	t.add("restart with nothing to do: seconds", "", r.restart.wall.Round(time.Millisecond).Seconds())
	kilobytes := make(samples, len(r.heap))
	for i, bytes := range r.heap {
		kilobytes[i] = bytes / 1024
	}
	t.add("heap of the manager a family with its papers, KB, more than an empty one's", "at most 6", kilobytes...)
	t.add("heap of an empty manager, MB", "", float64(r.emptyHeap)/(1<<20))
	reportWeights(t, r.weights)
	for _, phase := range []struct {
		name   string
		writes map[string]int
	}{{r.first.name, r.first.writes}, {r.change.name, r.change.writes}, {"restart", r.restart.tally}} {
		t.note("Writes of the %s: %s.", phase.name, listed(phase.writes))
	}
	return t
}

// counted says how many objects of each kind there are of those meant.
func counted(courses []course, meant func([]*course) []*course) string {
	var parts []string
	for _, k := range kinds {
		if n := len(meant(ofKind(courses, k))); n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", grouped(int64(n)), k.many))
		}
	}
	return strings.Join(parts, ", ")
}

// listed writes a tally down, the most frequent first.
func listed(tally map[string]int) string {
	names := make([]string, 0, len(tally))
	for name := range tally {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if tally[a] != tally[b] {
			return tally[b] - tally[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %s", grouped(int64(tally[name])), name)
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
