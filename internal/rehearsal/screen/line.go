// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"strings"

	"fangpin.io/fangpin/internal/cli/terminal"
)

// line is a line of the screen, in pieces of one colour each.
type line []piece

type piece struct {
	text   string
	colour terminal.Colour
}

func plain(text string) piece { return piece{text: text} }

func (l line) width() int {
	width := 0
	for _, p := range l {
		width += terminal.Width(p.text)
	}
	return width
}

// cut returns at most so many columns of the line. A wide character that would
// stand half outside is left out.
func (l line) cut(width int) line {
	var kept line
	for _, p := range l {
		text := fit(p.text, width)
		if text != "" {
			kept = append(kept, piece{text, p.colour})
		}
		if width -= terminal.Width(text); text != p.text {
			break
		}
	}
	return kept
}

// fit returns as much of a text as has room.
func fit(text string, width int) string {
	if terminal.Width(text) <= width {
		return text
	}
	used, end := 0, 0
	for i, r := range text {
		if used += terminal.Width(string(r)); used > width {
			break
		}
		end = i + len(string(r))
	}
	return text[:end]
}

// padded fills the line with blanks up to so many columns, or cuts it.
func (l line) padded(width int) line {
	l = l.cut(width)
	if missing := width - l.width(); missing > 0 {
		l = append(l, plain(strings.Repeat(" ", missing)))
	}
	return l
}

// left and right put a text at one side of a field of so many columns.
func left(text string, width int) string {
	text = fit(text, width)
	return text + strings.Repeat(" ", width-terminal.Width(text))
}

func right(text string, width int) string {
	text = fit(text, width)
	return strings.Repeat(" ", width-terminal.Width(text)) + text
}

func (l line) paint(painter terminal.Painter) string {
	var b strings.Builder
	for _, p := range l {
		b.WriteString(painter.Paint(p.colour, p.text))
	}
	return b.String()
}

// beside puts two blocks next to each other, the left one so many columns wide.
func beside(one, other []line, width int) []line {
	lines := make([]line, max(len(one), len(other)))
	for i := range lines {
		if i < len(one) {
			lines[i] = one[i]
		}
		if i < len(other) {
			lines[i] = append(lines[i].padded(width), other[i]...)
		}
	}
	return lines
}
