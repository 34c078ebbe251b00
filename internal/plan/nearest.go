// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"slices"
	"strings"
)

// nearest returns the names that someone who wrote `written` may have meant,
// the nearest first, at most three. It counts the letters to be changed, and
// takes a name that only differs in case as the same.
func nearest(written string, names []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	lower := strings.ToLower(written)
	allowed := max(2, len(written)/3)
	if len(written) < 4 {
		allowed = 1
	}
	var found []candidate
	for _, name := range names {
		if d := editDistance(lower, strings.ToLower(name)); d <= allowed {
			found = append(found, candidate{name, d})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		return strings.Compare(a.name, b.name)
	})
	const most = 3
	var out []string
	for _, c := range found[:min(most, len(found))] {
		out = append(out, c.name)
	}
	return out
}

// editDistance is how many letters must be inserted, dropped or replaced to
// make b of a.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j := range to {
			cost := 1
			if from[i] == to[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(to)]
}

// didYouMean is a hint with the nearest names, "" if none is near.
func didYouMean(written string, names []string) string {
	if near := nearest(written, names); len(near) > 0 {
		return "did you mean " + orList(near) + "?"
	}
	return ""
}

// orList joins words as in "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
