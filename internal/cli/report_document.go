// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"strings"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/report"
	"fangpin.io/fangpin/internal/report/layout"
)

// composing puts a report into words and tables of one language. It adds nothing
// up: what is hidden in the report could be worked out from a sum.
type composing struct {
	*reporting
	report   *report.Report
	glossary *glossary
}

// document composes the report.
func (r *reporting) document(made *report.Report) *layout.Document {
	c := &composing{r, made, newGlossary(r.lang, r.shared.Policies)}
	say := r.lang.Say
	d := &layout.Document{
		Lang: "en", Title: say(c.title()), AsOf: made.AsOf.String(),
		Subtitle: say(wording.ReportSubtitle, c.place(&made.Units[0]), c.periodName()),
		Contents: say(wording.ReportContents), Reading: say(wording.ReportReading),
		Source: say(wording.ReportSource, made.AsOf), Facts: c.facts(), Notes: c.notes(),
	}
	if r.lang == wording.Chinese {
		d.Lang = "zh-CN"
	}
	for _, section := range []func() *layout.Section{
		c.families, c.tiers, c.categories, c.causes, c.shortfalls, c.way, c.measures, c.overdue, c.surveys, c.reviews, c.signals,
		c.byUnit, c.unitTiers, c.unitShortfalls, c.unitOverdue, c.data,
	} {
		if s := section(); s != nil {
			d.Sections = append(d.Sections, *s)
		}
	}
	return d
}

func (c *composing) title() wording.Key {
	switch c.report.Cycle {
	case civil.Quarter:
		return wording.ReportTitleQuarter
	case civil.Year:
		return wording.ReportTitleYear
	}
	return wording.ReportTitleMonth
}

func (c *composing) periodName() string {
	from := c.report.From
	switch c.report.Cycle {
	case civil.Quarter:
		return c.lang.Say(wording.ReportQuarterName, from.Year(), from.Quarter())
	case civil.Year:
		return c.lang.Say(wording.ReportYearName, from.Year())
	}
	month := from.Month().String()
	if c.lang == wording.Chinese {
		month = fmt.Sprint(int(from.Month()))
	}
	return c.lang.Say(wording.ReportMonthName, from.Year(), month)
}

// place is the name of a unit: in Chinese that which people know.
func (c *composing) place(u *report.Unit) string {
	if c.lang == wording.Chinese && u.DisplayName != "" {
		return u.DisplayName
	}
	return u.Name
}

func (c *composing) facts() []layout.Fact {
	r, say := c.report, c.lang.Say
	root := &r.Units[0]
	policies := make([]string, len(r.Policies))
	for i, name := range r.Policies {
		policies[i] = c.glossary.word(policyWord, name)
	}
	cells := say(wording.FactCellsShown)
	if r.MinCell > 0 {
		cells = say(wording.FactCellsHidden, r.MinCell)
	}
	facts := []layout.Fact{
		{Label: say(wording.FactPlace), Value: c.place(root)},
		{Label: say(wording.FactLevel), Value: c.lang.Term(root.Level)},
		{Label: say(wording.FactPeriod), Value: say(wording.FromTo, r.From, r.Until)},
		{Label: say(wording.FactAsOf), Value: r.AsOf.String()},
		{Label: say(wording.FactPolicies), Value: orDash(strings.Join(policies, say(wording.ListSeparator)))},
		{Label: say(wording.FactUnits), Value: fmt.Sprint(len(r.Units))},
		{Label: say(wording.FactCells), Value: cells},
	}
	if !c.knownAt.IsZero() {
		facts = append(facts, layout.Fact{Label: say(wording.FactKnownAt), Value: c.knownAt.String()})
	}
	return facts
}

func (c *composing) notes() []string {
	r, say := c.report, c.lang.Say
	var notes []string
	if !r.Complete() {
		notes = append(notes, say(wording.NoteRunning, r.AsOf))
	}
	root := &r.Units[0]
	if unjudged := root.Find(report.Key{Topic: report.Families, Name: report.Unjudged, Quantity: report.Households}); unjudged != nil {
		all := root.Find(report.Key{Topic: report.Families, Name: report.Total, Quantity: report.Households})
		if unjudged.Period.Value > 0 && all != nil {
			notes = append(notes, say(wording.NoteUnjudged, c.count(unjudged.Period, false).Say(), c.count(all.Period, false).Say()))
		} else {
			notes = append(notes, say(wording.NoteUnjudgedMonths))
		}
	}
	notes = append(notes, say(wording.NoteStocks))
	if len(r.Units) > 1 && c.sortBy == "" {
		notes = append(notes, say(wording.NoteNoRank))
	} else if len(r.Units) > 1 {
		notes = append(notes, say(wording.NoteRanked, c.item(sortKeys[c.sortBy])))
	}
	if r.MinCell > 0 {
		notes = append(notes, say(wording.NoteHidden, r.MinCell-1, c.mark(report.Small)))
	}
	return append(notes, say(wording.NoteNames))
}

// mark is what stands for a hidden count, in the width that the language uses.
func (c *composing) mark(h report.Hiding) string {
	mark := c.report.Mark(h)
	if c.lang == wording.Chinese {
		return strings.ReplaceAll(mark, "<", "＜")
	}
	return mark
}

// count is a cell of a count; zero if there is no figure.
func (c *composing) count(n report.Count, fen bool) layout.Cell {
	switch {
	case n.Hidden != report.Shown:
		return layout.Cell{Kind: layout.Hidden, Text: c.mark(n.Hidden)}
	case fen:
		return layout.Cell{Kind: layout.Fen, Value: n.Value}
	}
	return layout.Cell{Kind: layout.Count, Value: n.Value}
}

// ofPeriod is the cell of a unit's figure for the period.
func (c *composing) ofPeriod(u *report.Unit, key report.Key) layout.Cell {
	f := u.Find(key)
	if f == nil {
		return c.count(report.Count{}, key.Quantity.IsFen())
	}
	return c.count(f.Period, key.Quantity.IsFen())
}

// monthColumns are a head for the items and the months; with the period where
// there are several months and it says something of its own.
func (c *composing) monthColumns(head wording.Key, period bool) []layout.Column {
	columns := []layout.Column{{Title: c.lang.Say(head)}}
	for _, m := range c.report.Months {
		title := c.monthName(m)
		if !m.Complete() {
			title = c.lang.Say(wording.HeadSoFar, title)
		}
		columns = append(columns, layout.Column{Title: title, Numeric: true})
	}
	if period && len(c.report.Months) > 1 {
		columns = append(columns, layout.Column{Title: c.lang.Say(wording.HeadPeriod), Numeric: true})
	}
	return columns
}

// monthName is short where there are several months, which lie in one year.
func (c *composing) monthName(m report.Month) string {
	switch {
	case len(c.report.Months) == 1:
		return m.Name
	case c.lang == wording.Chinese:
		return fmt.Sprintf("%d月", m.From.Month())
	}
	return m.From.Month().String()[:3]
}

// monthRow is a figure through the months; zeros if there is none.
func (c *composing) monthRow(u *report.Unit, key report.Key, columns []layout.Column) layout.Row {
	row := layout.Row{Cells: []layout.Cell{layout.Words(c.item(key))}}
	f := u.Find(key)
	for i := range len(columns) - 1 {
		switch {
		case f == nil:
			row.Cells = append(row.Cells, c.count(report.Count{}, key.Quantity.IsFen()))
		case i < len(f.Months):
			row.Cells = append(row.Cells, c.count(f.Months[i], key.Quantity.IsFen()))
		default:
			row.Cells = append(row.Cells, c.count(f.Period, key.Quantity.IsFen()))
		}
	}
	return row
}

// monthsOf is a table of a topic's figures of one quantity, a row each.
func (c *composing) monthsOf(caption, head wording.Key, topic report.Topic, quantity report.Quantity, period bool) layout.Table {
	t := layout.Table{Caption: c.lang.Say(caption), Columns: c.monthColumns(head, period)}
	root := &c.report.Units[0]
	for _, f := range root.Of(topic) {
		if f.Quantity == quantity {
			t.Rows = append(t.Rows, c.monthRow(root, f.Key, t.Columns))
		}
	}
	return t
}

// upTo counts from the first to the last.
func upTo(first, after int) []int {
	var out []int
	for i := first; i < after; i++ {
		out = append(out, i)
	}
	return out
}

// overMonths draws a bar a month, each row a part of it.
func (c *composing) overMonths(title wording.Key, t *layout.Table, tones []layout.Tone) *layout.Chart {
	return &layout.Chart{
		Title: c.lang.Say(title), Rows: upTo(0, len(t.Rows)), Columns: upTo(1, 1+len(c.report.Months)), ByColumn: true, Tones: tones,
	}
}

// byRow draws a bar a row, each of the columns a part of it.
func (c *composing) byRow(title wording.Key, t *layout.Table, columns ...int) *layout.Chart {
	chart := &layout.Chart{Title: c.lang.Say(title), Rows: upTo(0, len(t.Rows)), Columns: columns}
	for i := range columns {
		chart.Tones = append(chart.Tones, layout.ToneOf(i))
	}
	return chart
}

// undetermined is the tier, and the category, of families of whom facts are missing.
const undetermined = "Undetermined"

// tones are the colours of tiers by the plans, and others where they give none or
// one twice.
func (c *composing) tones(keys []report.Key) []layout.Tone {
	known := map[string]layout.Tone{"red": layout.Red, "orange": layout.Orange, "yellow": layout.Yellow, "green": layout.Green, "blue": layout.Blue, "grey": layout.Grey}
	used := map[layout.Tone]bool{}
	out := make([]layout.Tone, len(keys))
	for i, key := range keys {
		tone := known[string(c.glossary.colours[key.Name])]
		if key.Name == undetermined {
			tone = layout.Grey
		}
		if key.Topic == report.Tiers && !used[tone] {
			out[i] = tone
			used[tone] = tone != ""
		}
	}
	for i, next := 0, 0; i < len(out); i++ {
		for out[i] == "" {
			if tone := layout.ToneOf(next); !used[tone] || next >= len(out)+len(known) {
				out[i], used[tone] = tone, true
			}
			next++
		}
	}
	return out
}
