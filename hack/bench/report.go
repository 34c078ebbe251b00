// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
)

// row is one figure with what is asked of it.
type row struct {
	figure string
	samples
	target string // such as "at least 0.90"; "" asks nothing
}

// table is what one part of the benchmark measured.
type table struct {
	title string
	// notes say on what it was measured, a sentence each.
	notes []string
	rows  []row
}

// add appends a figure that was measured once or several times.
func (t *table) add(figure, target string, s ...float64) {
	t.rows = append(t.rows, row{figure: figure, samples: s, target: target})
}

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// write prints the table in Markdown whose columns are aligned, so that it reads
// as well on a terminal.
func (t *table) write(out io.Writer) error {
	lines := [][]string{{"figure", "median", "least", "most", "rounds", "target"}}
	for _, r := range t.rows {
		least, most := number(r.least()), number(r.most())
		if len(r.samples) < 2 {
			least, most = "", ""
		}
		lines = append(lines, []string{r.figure, number(r.median()), least, most, fmt.Sprint(len(r.samples)), r.target})
	}
	var text strings.Builder
	fmt.Fprintf(&text, "### %s\n\n", t.title)
	for _, note := range t.notes {
		fmt.Fprintf(&text, "%s\n", note)
	}
	if len(t.notes) > 0 {
		text.WriteByte('\n')
	}
	writeAligned(&text, lines)
	text.WriteByte('\n')
	_, err := io.WriteString(out, text.String())
	return err
}

// writeAligned writes a Markdown table; all columns but the first and the last
// hold numbers.
func writeAligned(text *strings.Builder, lines [][]string) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	for n, line := range lines {
		for i, cell := range line {
			space := strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell))
			if isNumeric(i, len(line)) {
				text.WriteString("| " + space + cell + " ")
			} else {
				text.WriteString("| " + cell + space + " ")
			}
		}
		text.WriteString("|\n")
		if n > 0 {
			continue
		}
		for i := range line {
			rule := strings.Repeat("-", widths[i]+1)
			if isNumeric(i, len(line)) {
				text.WriteString("|" + rule + ":")
			} else {
				text.WriteString("|" + rule + "-")
			}
		}
		text.WriteString("|\n")
	}
}

func isNumeric(column, columns int) bool { return column > 0 && column < columns-1 }
