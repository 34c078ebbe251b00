// SPDX-License-Identifier: Apache-2.0

package terminal

import (
	"bufio"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
)

// screen measures text as terminals of today draw it: Chinese characters take
// two columns, characters of ambiguous width one. It is fixed, so that output
// does not depend on the locale of the machine.
var screen = &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}

// Width returns how many columns a text takes on a screen.
func Width(s string) int { return screen.StringWidth(s) }

const (
	// gap is the space between columns, kubectl's.
	gap = 3
	// chunk is how many rows are held back to find the columns' widths. It
	// bounds the memory that a table of any length takes.
	chunk = 500
)

// Cell is one field of a table.
type Cell struct {
	Text   string
	Colour Colour
}

// Text returns cells without colour.
func Text(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, t := range texts {
		cells[i] = Cell{Text: t}
	}
	return cells
}

// Table writes rows in aligned columns, the last one unpadded. Widths come from
// the first rows and only grow after that, so that a table of any length is
// written as it comes.
type Table struct {
	out     *bufio.Writer
	painter Painter
	widths  []int
	rows    [][]Cell
}

// NewTable starts a table with the given headings; none for a table without a
// heading line.
func NewTable(out io.Writer, painter Painter, headings ...string) *Table {
	t := &Table{out: bufio.NewWriter(out), painter: painter}
	if len(headings) > 0 {
		t.rows = append(t.rows, Text(headings...))
	}
	return t
}

// Add appends a row.
func (t *Table) Add(cells ...Cell) error {
	row := make([]Cell, len(cells))
	for i, c := range cells {
		row[i] = Cell{Text: Line(c.Text), Colour: c.Colour}
	}
	t.rows = append(t.rows, row)
	if len(t.rows) < chunk {
		return nil
	}
	return t.Flush()
}

// Flush writes the rows held back.
func (t *Table) Flush() error {
	for _, row := range t.rows {
		for i, c := range row {
			if i == len(t.widths) {
				t.widths = append(t.widths, 0)
			}
			t.widths[i] = max(t.widths[i], Width(c.Text))
		}
	}
	for _, row := range t.rows {
		t.writeRow(row)
	}
	t.rows = t.rows[:0]
	return t.out.Flush()
}

// writeRow may ignore the buffer's errors: it keeps the first, and Flush
// returns it.
func (t *Table) writeRow(row []Cell) {
	var line strings.Builder
	for i, c := range row {
		line.WriteString(t.painter.Paint(c.Colour, c.Text))
		if i < len(row)-1 {
			line.WriteString(strings.Repeat(" ", t.widths[i]-Width(c.Text)+gap))
		}
	}
	_, _ = t.out.WriteString(strings.TrimRight(line.String(), " "))
	_ = t.out.WriteByte('\n')
}
