// SPDX-License-Identifier: Apache-2.0

package terminal

import (
	"strings"
	"unicode/utf8"
)

// closing are characters that do not begin a line.
const closing = "。，、；：？！）》」』”’"

// Wrap breaks a text into lines of at most so many columns: at spaces, and
// between Chinese characters. A word that is wider has a line of its own.
func Wrap(text string, width int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(text) {
		space := 1
		for len(word) > 0 {
			piece := unbreakable(word)
			word = word[len(piece):]
			w := Width(piece)
			if used > 0 && used+space+w > width {
				lines = append(lines, line)
				line, used = "", 0
			}
			if used > 0 && space > 0 {
				line, used = line+" ", used+1
			}
			line, used, space = line+piece, used+w, 0
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// unbreakable is the beginning of a word up to where a line may break.
func unbreakable(word string) string {
	end := 0
	for i, r := range word {
		wide := Width(string(r)) > 1
		if end > 0 && !strings.ContainsRune(closing, r) && (wide || endsWide(word[:end])) {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return word[:end]
}

func endsWide(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return Width(string(r)) > 1
}
