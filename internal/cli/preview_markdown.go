// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strings"
	"unicode/utf8"

	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Bounds of a comment: the forges take 65,536 characters.
const (
	mostCommentRunes = 60_000
	mostCommentRows  = 40
	mostCellRunes    = 160
)

// markdown writes the report for a pull request. It holds sums alone. Tables are
// cut after some rows, and the whole where a comment would not take it.
func (p *forecast) markdown() string {
	var all strings.Builder
	used := 0
	last := "\n" + p.lang.Say(wording.PreviewCutShort) + "\n"
	for i, s := range p.sections() {
		text := p.markdownSection(&s, i == 0)
		if used += utf8.RuneCountInString(text); used > mostCommentRunes {
			all.WriteString(last)
			break
		}
		all.WriteString(text)
	}
	return all.String()
}

func (p *forecast) markdownSection(s *section, first bool) string {
	var b strings.Builder
	title := "## "
	if s.part {
		title = "\n**"
	} else if !first {
		title = "\n### "
	}
	b.WriteString(title + escaped(s.title))
	if s.part {
		b.WriteString("**")
	}
	b.WriteString("\n")
	for _, text := range s.text {
		b.WriteString("\n" + escaped(text) + "\n")
	}
	if len(s.rows) == 0 {
		return b.String()
	}
	b.WriteString("\n")
	headings := make([]string, len(s.headings))
	for i, key := range s.headings {
		headings[i] = strings.ToLower(p.lang.Say(key))
	}
	writeRow(&b, headings)
	rule := make([]string, len(headings))
	for i := range rule {
		rule[i] = "---"
		if isCount(s.rows, i) {
			rule[i] = "---:"
		}
	}
	b.WriteString("| " + strings.Join(rule, " | ") + " |\n")
	for _, row := range s.rows[:min(len(s.rows), mostCommentRows)] {
		writeRow(&b, row)
	}
	if more := len(s.rows) - mostCommentRows; more > 0 {
		b.WriteString("\n" + p.lang.Say(wording.PreviewMoreRows, more) + "\n")
	}
	return b.String()
}

// isCount reports whether a column holds figures, which stand to the right.
func isCount(rows [][]string, column int) bool {
	for _, row := range rows {
		if text := row[column]; text == "" || strings.Trim(text, "0123456789.%") != "" {
			return false
		}
	}
	return true
}

func writeRow(b *strings.Builder, cells []string) {
	b.WriteByte('|')
	for _, cell := range cells {
		if utf8.RuneCountInString(cell) > mostCellRunes {
			cell = string([]rune(cell)[:mostCellRunes]) + "…"
		}
		b.WriteString(" " + escaped(cell) + " |")
	}
	b.WriteByte('\n')
}

// markup is what Markdown and the forges make something of: a table's bars,
// emphasis, links, HTML, and names of users and issues.
var markup = strings.NewReplacer(`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "&#64;", "#", `\#`, "~", `\~`)

// escaped makes a text of a plan stand as it is written.
func escaped(text string) string { return markup.Replace(terminal.Line(text)) }
