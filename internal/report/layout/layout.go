// SPDX-License-Identifier: Apache-2.0

// Package layout is a report in words and numbers, in one language, before it is
// drawn: sections of tables, and charts of what stands in them. The drawing
// packages know nothing of the subject, so that a page and a workbook say the same.
package layout

// Document is a report.
type Document struct {
	Lang            string // BCP 47: zh-CN or en
	Title, Subtitle string
	Facts           []Fact   // what it is about, in two columns
	Notes           []string // how to read it
	Contents        string   // heading of the list of sections
	Reading         string   // heading of the notes
	Source          string   // a line at the foot of each page
	// AsOf is the last day that is counted, as in 2020-04-30.
	AsOf     string
	Sections []Section
}

// Fact is a line of a cover.
type Fact struct{ Label, Value string }

// Section is a topic of a report.
type Section struct {
	Title  string
	Notes  []string
	Chart  *Chart // of the first table
	Tables []Table
	// Detail is of use only to who computes on: it is in a workbook alone.
	Detail bool
}

// Table is rows of cells, as many in each as there are columns. The first cell of a
// row says what the row is about.
type Table struct {
	Caption string
	Columns []Column
	Rows    []Row
}

// Column is the head of a column.
type Column struct {
	Title string
	// Numeric columns hold numbers, or marks in their place.
	Numeric bool
}

// Row is a line of a table.
type Row struct {
	Depth  int // how deep the row stands below others
	Strong bool
	Cells  []Cell
}

// Cell is a text or a number.
type Cell struct {
	Kind  Kind
	Text  string // of a number: none; of Hidden: its mark
	Value int64  // of Fen: 1/100 yuan
}

// Kind is what a cell holds.
type Kind uint8

// The kinds of cells.
const (
	Text Kind = iota
	Count
	Fen
	Hidden // a number that is not shown
)

// Words returns a cell of text.
func Words(text string) Cell { return Cell{Text: text} }

// Chart draws bars of cells of a table: a bar a row, with a part a column, or the
// other way round.
type Chart struct {
	Title string
	// Rows and Columns are those of the table that are drawn.
	Rows, Columns []int
	// ByColumn says that each column is a bar and each row a part of all bars.
	ByColumn bool
	// Tones are the colours of the parts, in their order.
	Tones []Tone
}

// Tone is a colour with a pattern of its own, so that it is told without colours.
type Tone string

// The tones: those of tiers, and others that are told apart.
const (
	Red    Tone = "red"
	Orange Tone = "orange"
	Yellow Tone = "yellow"
	Green  Tone = "green"
	Blue   Tone = "blue"
	Grey   Tone = "grey"
	Teal   Tone = "teal"
	Purple Tone = "purple"
	Brown  Tone = "brown"
)

// Tones are given to parts that have no colour of their own, by turns.
var palette = [...]Tone{Blue, Orange, Teal, Purple, Brown, Grey, Green, Yellow, Red}

// ToneOf returns the tone of the part at a place.
func ToneOf(place int) Tone { return palette[place%len(palette)] }

// Bar is a bar of a chart.
type Bar struct {
	Label string
	Depth int
	Parts []Cell
}

// Series are the names of the parts.
func (c *Chart) Series(t *Table) []string {
	var out []string
	if c.ByColumn {
		for _, row := range c.Rows {
			out = append(out, t.Rows[row].Cells[0].Text)
		}
		return out
	}
	for _, column := range c.Columns {
		out = append(out, t.Columns[column].Title)
	}
	return out
}

// Bars are the bars from the first to the last.
func (c *Chart) Bars(t *Table) []Bar {
	var out []Bar
	if c.ByColumn {
		for _, column := range c.Columns {
			bar := Bar{Label: t.Columns[column].Title}
			for _, row := range c.Rows {
				bar.Parts = append(bar.Parts, t.Rows[row].Cells[column])
			}
			out = append(out, bar)
		}
		return out
	}
	for _, row := range c.Rows {
		bar := Bar{Label: t.Rows[row].Cells[0].Text, Depth: t.Rows[row].Depth}
		for _, column := range c.Columns {
			bar.Parts = append(bar.Parts, t.Rows[row].Cells[column])
		}
		out = append(out, bar)
	}
	return out
}

// Length is the sum of what is shown of a bar.
func (b *Bar) Length() int64 {
	var all int64
	for _, part := range b.Parts {
		if part.Kind != Hidden {
			all += part.Value
		}
	}
	return all
}

// Group writes a whole number with a comma between thousands.
func Group(n int64) string {
	digits := []byte{}
	negative := n < 0
	if negative {
		n = -n
	}
	for i := 0; ; i++ {
		if i > 0 && i%3 == 0 {
			digits = append(digits, ',')
		}
		digits = append(digits, byte('0'+n%10))
		if n /= 10; n == 0 {
			break
		}
	}
	if negative {
		digits = append(digits, '-')
	}
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	return string(digits)
}

// Say writes a cell as people read it.
func (c Cell) Say() string {
	switch c.Kind {
	case Count:
		return Group(c.Value)
	case Fen:
		return Group(c.Value/100) + string([]byte{'.', byte('0' + c.Value/10%10), byte('0' + c.Value%10)})
	default:
		return c.Text
	}
}
