// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"io"
	"strings"

	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// page writes text under headings and keeps the first error.
type page struct {
	out     io.Writer
	lang    wording.Language
	painter terminal.Painter
	begun   bool
	err     error
}

func (p *page) print(text string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.out, text)
	}
}

// heading begins a part.
func (p *page) heading(key wording.Key, args ...any) {
	if p.begun {
		p.print("\n")
	}
	p.begun = true
	p.print(p.painter.Paint(terminal.Bold, terminal.Line(p.lang.Say(key, args...))) + "\n")
}

// line writes an indented line.
func (p *page) line(depth int, text string) {
	p.print(strings.Repeat("  ", depth) + terminal.Line(text) + "\n")
}

// block writes a text of several lines, indented.
func (p *page) block(depth int, text string) {
	for line := range strings.Lines(text) {
		p.line(depth, strings.TrimRight(line, "\n"))
	}
}

// columns is how wide a page is.
const columns = 100

// message writes what somebody says at length, in as many lines as it takes.
func (p *page) message(depth int, text string) {
	for _, line := range terminal.Wrap(text, columns-2*depth) {
		p.line(depth, line)
	}
}

// hanging writes a text of which further lines are indented deeper.
func (p *page) hanging(depth int, text string) {
	for i, line := range terminal.Wrap(text, columns-2*(depth+1)) {
		if i > 0 {
			line = "  " + line
		}
		p.line(depth, line)
	}
}

// table writes indented rows under headings; nothing if there are no rows.
func (p *page) table(headings []wording.Key, rows [][]terminal.Cell) {
	if len(rows) == 0 || p.err != nil {
		return
	}
	said := make([]string, len(headings))
	for i, key := range headings {
		said[i] = p.lang.Say(key)
	}
	said[0] = "  " + said[0]
	table := terminal.NewTable(p.out, p.painter, said...)
	for _, row := range rows {
		row[0].Text = "  " + row[0].Text
		if p.err = table.Add(row...); p.err != nil {
			return
		}
	}
	p.err = table.Flush()
}
