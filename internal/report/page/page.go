// SPDX-License-Identifier: Apache-2.0

// Package page draws a report as one file of HTML that needs nothing else: no
// script, no font, no picture from anywhere, so that it opens offline and prints.
// Bars are boxes of a width in percent; each chart is followed by its numbers.
package page

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"fangpin.io/fangpin/internal/report/layout"
)

//go:embed page.html
var markup string

//go:embed page.css
var style string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"say":   layout.Cell.Say,
	"chart": chartOf,
	"style": func() template.CSS { return template.CSS(style) }, //nolint:gosec // the file that is embedded above
	"first": func(i int) bool { return i == 0 },
	"hidden": func(c layout.Cell) bool {
		return c.Kind == layout.Hidden
	},
	"inc": func(i int) int { return i + 1 },
}).Parse(markup))

// Write draws the document.
func Write(out io.Writer, d *layout.Document) error { return page.Execute(out, d) }

// chart is a chart as the page draws it.
type chart struct {
	Title  string
	Legend []legend
	Bars   []bar
}

type legend struct {
	Tone layout.Tone
	Name string
}

type bar struct {
	Label string
	Depth int
	Total string // what the bar is long
	Parts []part
	// Marks are hidden parts, which have no length.
	Marks string
}

type part struct {
	Tone  layout.Tone
	Width template.CSS
	Says  string // beside the name of the part, for who points at it
	Text  string // in the bar, where there is room
}

// narrow is the share of the chart's width below which a part has no room for its
// number.
const narrow = 0.06

// chartOf lays the bars of a section out; nil if there is nothing to draw.
func chartOf(s layout.Section) *chart {
	if s.Chart == nil || len(s.Tables) == 0 {
		return nil
	}
	table := &s.Tables[0]
	bars := s.Chart.Bars(table)
	var longest int64
	for i := range bars {
		longest = max(longest, bars[i].Length())
	}
	if longest == 0 {
		return nil
	}
	c := &chart{Title: s.Chart.Title}
	series := s.Chart.Series(table)
	for i, name := range series {
		c.Legend = append(c.Legend, legend{s.Chart.Tones[i], name})
	}
	for i := range bars {
		c.Bars = append(c.Bars, draw(&bars[i], series, s.Chart.Tones, longest))
	}
	if len(series) == 1 {
		c.Legend = nil // the title says what is drawn
	}
	return c
}

func draw(b *layout.Bar, series []string, tones []layout.Tone, longest int64) bar {
	out := bar{Label: b.Label, Depth: b.Depth, Total: layout.Group(b.Length())}
	shown := 0
	for i, cell := range b.Parts {
		if cell.Kind == layout.Hidden {
			out.Marks += " " + cell.Text
			continue
		}
		shown++
		if cell.Value <= 0 {
			continue
		}
		share := float64(cell.Value) / float64(longest)
		p := part{Tone: tones[i], Says: series[i] + ": " + cell.Say(), Width: template.CSS(fmt.Sprintf("width:%.3f%%", 100*share))} //nolint:gosec // a number
		if len(series) > 1 && share >= narrow {
			p.Text = cell.Say()
		}
		out.Parts = append(out.Parts, p)
	}
	if shown == 0 {
		out.Total = ""
	}
	return out
}
