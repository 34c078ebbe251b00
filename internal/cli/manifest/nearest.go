// SPDX-License-Identifier: Apache-2.0

package manifest

import "strings"

// nearest returns the known word that a mistyped one most likely means: the
// same but for case, or at most two keystrokes away; "" if there is none.
func nearest(word string, known []string) string {
	best, distance := "", 3
	for _, k := range known {
		if strings.EqualFold(k, word) {
			return k
		}
		if d := keystrokes(word, k); d < distance && d < len(k) {
			best, distance = k, d
		}
	}
	return best
}

// keystrokes is the Levenshtein distance of two words.
func keystrokes(a, b string) int {
	const longest = 64 // longer words are no field names
	if len(a) > longest || len(b) > longest {
		return longest
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
