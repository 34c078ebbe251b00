// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"

	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/report"
	"fangpin.io/fangpin/internal/report/layout"
)

func (c *composing) root() *report.Unit { return &c.report.Units[0] }

// section is one with a title; nil if none of its tables has a row.
func (c *composing) section(title wording.Key, chart *layout.Chart, tables []layout.Table, notes ...wording.Key) *layout.Section {
	s := &layout.Section{Title: c.lang.Say(title), Chart: chart}
	for _, note := range notes {
		s.Notes = append(s.Notes, c.lang.Say(note))
	}
	for _, t := range tables {
		if len(t.Rows) > 0 {
			s.Tables = append(s.Tables, t)
		}
	}
	if len(s.Tables) == 0 {
		return nil
	}
	return s
}

// families are how families stand, and monitored objects through the months.
func (c *composing) families() *layout.Section {
	table := func(caption wording.Key, topic report.Topic, quantity report.Quantity, period bool, names ...string) layout.Table {
		t := layout.Table{Caption: c.lang.Say(caption), Columns: c.monthColumns(wording.HeadItem, period)}
		for _, name := range names {
			t.Rows = append(t.Rows, c.monthRow(c.root(), report.Key{Topic: topic, Name: name, Quantity: quantity}, t.Columns))
		}
		return t
	}
	movement := []string{report.Opening, report.Added, report.Eliminated, report.Closing}
	households := table(wording.TableMonitoredHouseholds, report.Movement, report.Households, true, movement...)
	persons := table(wording.TableMonitoredPersons, report.Movement, report.Persons, true, movement...)
	all := table(wording.TableFamilies, report.Families, report.Households, true,
		report.Total, report.Monitored, report.NotMonitored, report.Eliminated, report.OutOfScope, report.Unjudged)
	chart := &layout.Chart{
		Title: c.lang.Say(wording.ChartMovement), Rows: []int{len(movement) - 1}, Columns: upTo(1, 1+len(c.report.Months)),
		ByColumn: true, Tones: []layout.Tone{layout.Blue},
	}
	return c.section(wording.SectionFamilies, chart, []layout.Table{households, persons, all})
}

func (c *composing) tiers() *layout.Section {
	return c.grouped(wording.SectionTiers, wording.ChartTiers, wording.HeadTier, report.Tiers)
}

func (c *composing) categories() *layout.Section {
	return c.grouped(wording.SectionCategories, wording.ChartCategories, wording.HeadCategory, report.Categories)
}

// grouped are families by tier or category through the months.
func (c *composing) grouped(title, chartTitle, head wording.Key, topic report.Topic) *layout.Section {
	households := c.monthsOf(wording.TableHouseholds, head, topic, report.Households, false)
	persons := c.monthsOf(wording.TablePersons, head, topic, report.Persons, false)
	chart := c.overMonths(chartTitle, &households, c.tones(c.keysOf(topic, report.Households)))
	return c.section(title, chart, []layout.Table{households, persons})
}

// keysOf are the figures of a topic that count one quantity, in their order.
func (c *composing) keysOf(topic report.Topic, quantity report.Quantity) []report.Key {
	var keys []report.Key
	for _, f := range c.root().Of(topic) {
		if f.Quantity == quantity {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// causes are by category, at the end: a row a cause.
func (c *composing) causes() *layout.Section {
	tables := make([]layout.Table, 2)
	var categories, names []string
	for _, key := range c.keysOf(report.Causes, report.Households) {
		if !slices.Contains(categories, key.Group) {
			categories = append(categories, key.Group)
		}
		if !slices.Contains(names, key.Name) {
			names = append(names, key.Name)
		}
	}
	slices.Sort(names)
	for i, quantity := range []report.Quantity{report.Households, report.Persons} {
		t := &tables[i]
		t.Caption = c.lang.Say([]wording.Key{wording.TableHouseholds, wording.TablePersons}[i])
		t.Columns = []layout.Column{{Title: c.lang.Say(wording.HeadCause)}}
		for _, category := range categories {
			t.Columns = append(t.Columns, layout.Column{Title: c.glossary.word(categoryWord, category), Numeric: true})
		}
		for _, name := range names {
			row := layout.Row{Cells: []layout.Cell{layout.Words(c.lang.Term(name))}}
			for _, category := range categories {
				row.Cells = append(row.Cells, c.ofPeriod(c.root(), report.Key{Topic: report.Causes, Group: category, Name: name, Quantity: quantity}))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return c.section(wording.SectionCauses, c.byRow(wording.ChartCauses, &tables[0], upTo(1, 1+len(categories))...), tables, wording.NoteCauses)
}

// quantities is a table of a topic's figures at the end, a column a quantity.
func (c *composing) quantities(head wording.Key, topic report.Topic, heads map[report.Quantity]wording.Key, order ...report.Quantity) layout.Table {
	t := layout.Table{Caption: c.lang.Say(wording.TableAtEnd), Columns: []layout.Column{{Title: c.lang.Say(head)}}}
	for _, quantity := range order {
		t.Columns = append(t.Columns, layout.Column{Title: c.lang.Say(heads[quantity]), Numeric: true})
	}
	var names []string
	for _, f := range c.root().Of(topic) {
		if slices.Contains(names, f.Name) {
			continue
		}
		names = append(names, f.Name)
		row := layout.Row{Cells: []layout.Cell{layout.Words(c.item(f.Key))}}
		for _, quantity := range order {
			row.Cells = append(row.Cells, c.ofPeriod(c.root(), report.Key{Topic: topic, Name: f.Name, Quantity: quantity}))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c *composing) shortfalls() *layout.Section {
	t := c.quantities(wording.HeadStandard, report.Shortfalls,
		map[report.Quantity]wording.Key{report.Open: wording.HeadOpen, report.Late: wording.HeadLate}, report.Open, report.Late)
	return c.section(wording.SectionShortfalls, c.byRow(wording.ChartShortfalls, &t, 1), []layout.Table{t})
}

// way is how far families have come: a step a row, through the months.
func (c *composing) way() *layout.Section {
	t := layout.Table{Caption: c.lang.Say(wording.TableHouseholds), Columns: c.monthColumns(wording.HeadStep, false)}
	if len(c.root().Of(report.Way)) > 0 {
		for _, step := range report.Steps() {
			t.Rows = append(t.Rows, c.monthRow(c.root(), report.Key{Topic: report.Way, Name: step, Quantity: report.Households}, t.Columns))
		}
	}
	return c.section(wording.SectionWay, c.byRow(wording.ChartWay, &t, len(c.report.Months)), []layout.Table{t}, wording.NoteWay)
}

func (c *composing) measures() *layout.Section {
	t := c.quantities(wording.HeadMeasure, report.Measures, map[report.Quantity]wording.Key{
		report.Planned: wording.HeadMeasures, report.Households: wording.HeadReached,
		report.PlannedFen: wording.HeadPlannedYuan, report.DeliveredFen: wording.HeadDeliveredYuan,
	}, report.Planned, report.Households, report.PlannedFen, report.DeliveredFen)
	return c.section(wording.SectionMeasures, nil, []layout.Table{t}, wording.NoteMeasures)
}

// overdue is by who has to act; all deadlines together are a table of their own.
func (c *composing) overdue() *layout.Section {
	t := c.monthsOf(wording.TableCount, wording.HeadParty, report.Overdue, report.Late, false)
	all := layout.Table{Caption: c.lang.Say(wording.RowAllDeadlines), Columns: t.Columns}
	if c.root().Find(sortKeys["overdue"]) != nil {
		all.Rows = t.Rows[:1] // the first in the order of groups
		t.Rows = t.Rows[1:]
	}
	var chart *layout.Chart
	if len(t.Rows) > 0 {
		chart = c.byRow(wording.ChartOverdue, &t, len(c.report.Months))
		chart.Tones = []layout.Tone{layout.Orange}
	}
	return c.section(wording.SectionOverdue, chart, []layout.Table{t, all}, wording.NoteOverdue)
}

func (c *composing) surveys() *layout.Section {
	t := c.monthsOf(wording.TableHouseholds, wording.HeadItem, report.Surveys, report.Households, false)
	return c.section(wording.SectionSurveys, nil, []layout.Table{t})
}

func (c *composing) reviews() *layout.Section {
	t := c.monthsOf(wording.TableCount, wording.HeadReview, report.Reviews, report.Papers, true)
	return c.section(wording.SectionReviews, nil, []layout.Table{t}, wording.NotePapers)
}

func (c *composing) signals() *layout.Section {
	t := c.monthsOf(wording.TableCount, wording.HeadSignal, report.Signals, report.Papers, true)
	return c.section(wording.SectionSignals, nil, []layout.Table{t}, wording.NotePapers)
}

// unitsOf is a table of units, a row each, of figures of the period.
func (c *composing) unitsOf(caption string, keys []report.Key, heads []string) layout.Table {
	t := layout.Table{Caption: caption, Columns: []layout.Column{{Title: c.lang.Say(wording.HeadPlace)}}}
	if len(c.report.Units) < 2 || len(keys) == 0 {
		return t
	}
	for _, head := range heads {
		t.Columns = append(t.Columns, layout.Column{Title: head, Numeric: true})
	}
	for i := range c.report.Units {
		u := &c.report.Units[i]
		row := layout.Row{Depth: u.Depth, Strong: i == 0, Cells: []layout.Cell{layout.Words(c.place(u))}}
		for _, key := range keys {
			row.Cells = append(row.Cells, c.ofPeriod(u, key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c *composing) byUnit() *layout.Section {
	keys := []report.Key{
		{Topic: report.Families, Name: report.Total, Quantity: report.Households},
		{Topic: report.Families, Name: report.Monitored, Quantity: report.Households},
		{Topic: report.Families, Name: report.Monitored, Quantity: report.Persons},
		{Topic: report.Movement, Name: report.Added, Quantity: report.Households},
		{Topic: report.Movement, Name: report.Eliminated, Quantity: report.Households},
		{Topic: report.Families, Name: report.Unjudged, Quantity: report.Households},
		sortKeys["overdue"],
	}
	heads := make([]string, len(keys))
	for i, key := range keys {
		heads[i] = c.item(key)
		if key.Quantity == report.Persons {
			heads[i] = c.lang.Say(wording.ExplainBlocker, heads[i], c.quantity(key.Quantity))
		}
	}
	heads[len(heads)-1] = c.lang.Say(wording.HeadOverdueDeadlines)
	return c.section(wording.SectionUnits, nil, []layout.Table{c.unitsOf(c.lang.Say(wording.TableAtEnd), keys, heads)})
}

// unitTopic is a table of units by a topic's figures.
func (c *composing) unitTopic(topic report.Topic, quantity report.Quantity) (layout.Table, []report.Key) {
	keys := slices.DeleteFunc(c.keysOf(topic, quantity), func(key report.Key) bool { return key.Group == report.AllDeadlines })
	heads := make([]string, len(keys))
	for i, key := range keys {
		heads[i] = c.item(key)
	}
	return c.unitsOf(c.lang.Say(wording.TableAtEnd), keys, heads), keys
}

// unitTiers draws the tiers of the units below the first: beside the sum of them
// all they would be too short to see.
func (c *composing) unitTiers() *layout.Section {
	t, keys := c.unitTopic(report.Tiers, report.Households)
	if len(t.Rows) == 0 {
		return nil
	}
	chart := c.byRow(wording.ChartUnitTiers, &t, upTo(1, 1+len(keys))...)
	chart.Rows = upTo(1, len(t.Rows))
	chart.Tones = c.tones(keys)
	return c.section(wording.SectionUnitTiers, chart, []layout.Table{t})
}

func (c *composing) unitShortfalls() *layout.Section {
	t, _ := c.unitTopic(report.Shortfalls, report.Open)
	return c.section(wording.SectionUnitShortfalls, nil, []layout.Table{t})
}

func (c *composing) unitOverdue() *layout.Section {
	t, _ := c.unitTopic(report.Overdue, report.Late)
	return c.section(wording.SectionUnitOverdue, nil, []layout.Table{t}, wording.NoteOverdue)
}

// data is every figure of every unit, for who computes on in a workbook.
func (c *composing) data() *layout.Section {
	t := layout.Table{Caption: c.lang.Say(wording.SectionData)}
	for _, head := range []wording.Key{wording.HeadPlace, wording.HeadTopic, wording.HeadGroup, wording.HeadName, wording.HeadQuantity} {
		t.Columns = append(t.Columns, layout.Column{Title: c.lang.Say(head)})
	}
	months := c.monthColumns(wording.HeadItem, false)[1:]
	t.Columns = append(append(t.Columns, months...), layout.Column{Title: c.lang.Say(wording.HeadPeriod), Numeric: true})
	for i := range c.report.Units {
		u := &c.report.Units[i]
		for k := range u.Figures {
			f := &u.Figures[k]
			row := layout.Row{Depth: u.Depth, Cells: []layout.Cell{
				layout.Words(c.place(u)), layout.Words(c.topic(f.Topic)), layout.Words(c.group(f.Key)), layout.Words(c.name(f.Key)), layout.Words(c.quantity(f.Quantity)),
			}}
			for _, month := range f.Months {
				row.Cells = append(row.Cells, c.count(month, f.Quantity.IsFen()))
			}
			t.Rows = append(t.Rows, layout.Row{Depth: row.Depth, Cells: append(row.Cells, c.count(f.Period, f.Quantity.IsFen()))})
		}
	}
	s := c.section(wording.SectionData, nil, []layout.Table{t})
	if s != nil {
		s.Detail = true
	}
	return s
}
