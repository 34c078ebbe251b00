// SPDX-License-Identifier: Apache-2.0

// Package terminal writes text that people read on a screen: columns that
// align with Chinese text, colours where the screen has them, and never a
// control character out of the data.
package terminal

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line makes a text safe to stand in one line on a screen. Whatever could move
// the cursor, change colours or reverse the reading direction is spelled out
// (\x1b, \u202e), and so are line breaks: data must not draw on the screen.
func Line(s string) string { return spellOut(s, "") }

// Block is Line for a text of several lines: line breaks and tabs stay.
func Block(s string) string { return spellOut(s, "\n\t") }

func spellOut(s, keep string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !mustSpell(r) || strings.ContainsRune(keep, r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += size
	}
	return b.String()
}

func isPlain(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || mustSpell(r) {
			return false
		}
	}
	return true
}

// mustSpell says whether a character acts on the terminal instead of showing
// in it: controls (C0, DEL, C1), line and paragraph separators, and format
// characters such as the bidirectional overrides.
func mustSpell(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}
