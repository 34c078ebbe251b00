// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/figures"
)

// figureLabels are the figures' names for people, by the part of the path before
// brackets.
var figureLabels = map[string]wording.Key{
	"monitored.opening": wording.FigureOpening, "monitored.added": wording.FigureAdded,
	"monitored.eliminated": wording.FigureEliminated, "monitored.closing": wording.FigureClosing,
	"tiers": wording.FigureTier, "categories": wording.FigureCategory, "causes": wording.FigureCause,
	"shortfalls": wording.FigureShortfall, "measures": wording.FigureMeasure, "signals": wording.FigureSignal,
	"reviews": wording.FigureReview, "surveys": wording.FigureSurveys, "overdue": wording.FigureOverdue,
}

// figureUnits are what figures count, by the last part of the path.
var figureUnits = map[string]wording.Key{
	"households": wording.UnitHouseholds, "persons": wording.UnitPersons, "open": wording.UnitOpen,
	"overdue": wording.UnitOverdue, "measures": wording.UnitMeasures, "count": wording.UnitCount,
	"done": wording.UnitDone, "missing": wording.UnitMissing,
}

// figureLabel is a figure's name: what is counted, and in what unit.
func figureLabel(l wording.Language, path string) string {
	name, unit := path, ""
	if cut := strings.LastIndex(path, "."); cut >= 0 {
		name, unit = path[:cut], path[cut+1:]
	}
	name, keys, _ := strings.Cut(name, "[")
	label := l.Say(figureLabels[name])
	for key := range strings.SplitSeq(strings.TrimSuffix(keys, "]"), "/") {
		if key != "" {
			label += " " + l.Term(key)
		}
	}
	if key, known := figureUnits[unit]; known {
		label += " " + l.Say(key)
	}
	return label
}

// figureRows lists figures beside those before, all that are not 0 on both sides.
func figureRows(l wording.Language, before, now *v1alpha1.Figures) [][]terminal.Cell {
	var rows [][]terminal.Cell
	old := map[string]int32{}
	var paths []string
	for _, f := range figures.List(before) {
		old[f.Path] = f.Value
		paths = append(paths, f.Path)
	}
	fresh := map[string]bool{}
	add := func(path string, was, is int32) {
		change := ""
		if before == nil {
			rows = append(rows, terminal.Text(figureLabel(l, path), "", fmt.Sprint(is), ""))
			return
		}
		if was != is {
			change = fmt.Sprintf("%+d", is-was)
		}
		rows = append(rows, terminal.Text(figureLabel(l, path), fmt.Sprint(was), fmt.Sprint(is), change))
	}
	for _, f := range figures.List(now) {
		fresh[f.Path] = true
		if was := old[f.Path]; was != 0 || f.Value != 0 || strings.HasPrefix(f.Path, "monitored.") {
			add(f.Path, was, f.Value)
		}
	}
	for _, path := range paths {
		if !fresh[path] && old[path] != 0 {
			add(path, old[path], 0)
		}
	}
	return rows
}
