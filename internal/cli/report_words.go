// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"strings"

	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/report"
	"fangpin.io/fangpin/internal/report/layout"
)

// ownNames are the names that are the report's own and no plan's.
var ownNames = map[report.Topic]map[string]wording.Key{
	report.Families: {
		report.Total: wording.RowTotal, report.Monitored: wording.RowMonitored, report.NotMonitored: wording.RowNotMonitored,
		report.Eliminated: wording.RowEliminated, report.OutOfScope: wording.RowOutOfScope, report.Unjudged: wording.RowUnjudged,
	},
	report.Movement: {
		report.Opening: wording.RowOpening, report.Added: wording.RowAdded, report.Eliminated: wording.RowRemoved, report.Closing: wording.RowClosing,
	},
	report.Way: {
		report.CameIntoScope: wording.StepInScope, report.BegunReview: wording.StepUnderReview, report.BecameMonitored: wording.StepMonitored,
		report.NeedsHelp: wording.StepNeedsHelp, report.HasMeasures: wording.StepPlanned, report.MeasuresComplete: wording.StepDelivered,
		report.Eliminated: wording.StepEliminated,
	},
	report.Surveys: {report.SurveysDone: wording.RowDone, report.SurveysMissing: wording.RowMissing},
	report.Overdue: {report.AllDeadlines: wording.RowAllDeadlines},
}

// name says the name of a figure without its group.
func (c *composing) name(key report.Key) string {
	if own, is := ownNames[key.Topic][key.Name]; is {
		return c.lang.Say(own)
	}
	switch key.Topic {
	case report.Tiers:
		return c.glossary.word(tierWord, key.Name)
	case report.Categories:
		return c.glossary.word(categoryWord, key.Name)
	case report.Shortfalls:
		return c.glossary.word(standardWord, key.Name)
	}
	if key.Topic == report.Overdue && key.Group == report.ByDepartment {
		return key.Name
	}
	return c.lang.Term(key.Name)
}

// group says the group of a figure; "" if it has none.
func (c *composing) group(key report.Key) string {
	switch {
	case key.Group == "" || key.Group == report.AllDeadlines:
		return ""
	case key.Topic == report.Tiers, key.Topic == report.Categories:
		return c.glossary.word(policyWord, key.Group)
	case key.Topic == report.Causes:
		return c.glossary.word(categoryWord, key.Group)
	case key.Topic == report.Overdue:
		return c.lang.Say(map[string]wording.Key{report.ByDepartment: wording.ByDepartmentWord, report.ByLevel: wording.ByLevelWord}[key.Group])
	}
	return c.lang.Term(key.Group)
}

// item says a figure, with its group where the name is not enough: tiers and
// categories of several policies, papers in a state.
func (c *composing) item(key report.Key) string {
	switch key.Topic {
	case report.Tiers, report.Categories:
		if c.severalPolicies(key.Topic) {
			return c.lang.Say(wording.ExplainBlocker, c.name(key), c.group(key))
		}
	case report.Reviews, report.Signals:
		return c.lang.Say(wording.ExplainCondition, c.name(key), c.group(key))
	}
	return c.name(key)
}

func (c *composing) severalPolicies(topic report.Topic) bool {
	figures := c.report.Units[0].Of(topic)
	return len(figures) > 0 && figures[0].Group != figures[len(figures)-1].Group
}

func (c *composing) topic(topic report.Topic) string {
	return c.lang.Say(map[report.Topic]wording.Key{
		report.Families: wording.SectionFamilies, report.Movement: wording.RowMonitored, report.Tiers: wording.HeadTier,
		report.Categories: wording.HeadCategory, report.Causes: wording.HeadCause, report.Shortfalls: wording.HeadStandard,
		report.Way: wording.SectionWay, report.Measures: wording.SectionMeasures, report.Overdue: wording.QuantityLate,
		report.Reviews: wording.SectionReviews, report.Signals: wording.SectionSignals, report.Surveys: wording.SectionSurveys,
	}[topic])
}

func (c *composing) quantity(quantity report.Quantity) string {
	return c.lang.Say(map[report.Quantity]wording.Key{
		report.Households: wording.TableHouseholds, report.Persons: wording.TablePersons, report.Open: wording.QuantityOpen,
		report.Late: wording.QuantityLate, report.Planned: wording.HeadMeasures, report.Papers: wording.QuantityPapers,
		report.PlannedFen: wording.HeadPlannedYuan, report.DeliveredFen: wording.HeadDeliveredYuan,
	}[quantity])
}

// printDocument writes the report for a screen: its tables, without charts.
func (r *reporting) printDocument(d *layout.Document) error {
	p := &page{out: r.Out, lang: r.lang, painter: terminal.NewPainter(r.Out, r.Getenv)}
	bold := func(text string) { p.print(p.painter.Paint(terminal.Bold, terminal.Line(text)) + "\n") }
	bold(d.Title)
	p.line(0, d.Subtitle)
	for _, note := range d.Notes {
		p.hanging(0, note)
	}
	var faults []error
	for i := range d.Sections {
		s := &d.Sections[i]
		if s.Detail {
			continue
		}
		p.print("\n")
		bold(s.Title)
		for _, note := range s.Notes {
			p.hanging(0, note)
		}
		for t := range s.Tables {
			if len(s.Tables) > 1 {
				p.line(0, s.Tables[t].Caption)
			}
			faults = append(faults, p.err, r.printTable(&s.Tables[t], p.painter))
		}
	}
	if len(d.Sections) == 0 {
		p.print("\n" + terminal.Line(r.lang.Say(wording.NothingCounted)) + "\n")
	}
	return errors.Join(append(faults, p.err)...)
}

// printTable writes a table with its numbers to the right.
func (r *reporting) printTable(t *layout.Table, painter terminal.Painter) error {
	widths := make([]int, len(t.Columns))
	for i, column := range t.Columns {
		widths[i] = terminal.Width(terminal.Line(column.Title))
		for _, row := range t.Rows {
			widths[i] = max(widths[i], terminal.Width(terminal.Line(row.Cells[i].Say())))
		}
	}
	right := func(i int, text string) string {
		if !t.Columns[i].Numeric {
			return text
		}
		return strings.Repeat(" ", widths[i]-terminal.Width(terminal.Line(text))) + text
	}
	heads := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		heads[i] = right(i, column.Title)
	}
	table := terminal.NewTable(r.Out, painter, heads...)
	var faults []error
	for _, row := range t.Rows {
		texts := make([]string, len(row.Cells))
		for i, cell := range row.Cells {
			texts[i] = right(i, cell.Say())
		}
		texts[0] = strings.Repeat("  ", row.Depth) + texts[0]
		faults = append(faults, table.Add(terminal.Text(texts...)...))
	}
	return errors.Join(append(faults, table.Flush())...)
}
