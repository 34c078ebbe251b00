// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
)

// narrow writes full-width letters, figures and signs as their ASCII twins.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, s)
}

// trimmed takes white space off both ends, and characters that nobody sees.
func trimmed(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) })
}

func isInvisible(r rune) bool {
	return r == '\ufeff' || r == '\u200b' || r == '\u200e' || r == '\u200f'
}

func withoutSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || isInvisible(r) {
			return -1
		}
		return r
	}, s)
}

// headerKey is what tells two headers apart: not width, white space, case, nor
// a unit in brackets at the end.
func headerKey(s string) string {
	key := strings.ToLower(withoutSpaces(narrow(s)))
	if open := strings.LastIndexByte(key, '('); open > 0 && strings.HasSuffix(key, ")") {
		switch key[open+1 : len(key)-1] {
		case "元", "人", "元/人", "元/年", "人数":
			return key[:open]
		}
	}
	return strings.TrimSuffix(key, "*")
}

// wordKey is what tells two words of a cell apart.
func wordKey(s string) string { return strings.ToLower(withoutSpaces(narrow(s))) }

// nearest is the known word that a mistyped one most likely means, "" if there
// is none.
func nearest(word string, known []string) string {
	const longest = 40
	word = headerKey(word)
	runes := len([]rune(word))
	if runes == 0 || runes > longest {
		return ""
	}
	best, least := "", 1+(runes+1)/2
	for _, k := range known {
		key := headerKey(k)
		n := len([]rune(key))
		if n == 0 || n > longest {
			continue
		}
		distance := levenshtein.ComputeDistance(word, key)
		if n > 1 && (strings.Contains(word, key) || strings.Contains(key, word)) {
			distance = (distance + 1) / 2
		}
		if distance < least && distance < max(n, runes) {
			best, least = k, distance
		}
	}
	return best
}

// separators part the items of a list in a cell.
const separators = ",，、;；\n"

// items are the parts of a list in a cell.
func items(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = trimmed(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
