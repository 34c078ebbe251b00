// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
)

// Exporter writes objects as ledgers in the default layout, which import reads
// back. The column of identity numbers is not there: nobody knows them.
type Exporter struct {
	places  Places
	columns []*Column
	writer  Writer
	cells   []Cell
	Rows    int
}

// NewExporter begins the sheet of a kind.
func NewExporter(book Book, k Kind, places Places) (*Exporter, error) {
	e := &Exporter{places: places}
	var headings []Heading
	for _, c := range columnsOf(k) {
		if c.unset || k != Households && c.Field == fieldDigest {
			continue
		}
		e.columns = append(e.columns, c)
		headings = append(headings, c.heading())
	}
	var err error
	e.writer, err = book.Sheet(k.Sheet(), headings)
	return e, err
}

func (c *Column) heading() Heading {
	h := Heading{Text: c.Header, Width: 12, Plain: c.form != asMoney && c.form != asCount}
	switch c.form {
	case asDigest, asMembers, asMarks, asGuarantees:
		h.Width = 24
	case asName, asText, asWords:
		h.Width = 18
	}
	return h
}

// Household writes the row of a household.
func (e *Exporter) Household(h *v1alpha1.Household) error { return e.row(h.Name, "", h) }

// Surveys writes a row for each survey of a household.
func (e *Exporter) Surveys(h *v1alpha1.Household) error {
	for i := range h.Spec.Surveys {
		if err := e.row(h.Name, "", &h.Spec.Surveys[i]); err != nil {
			return err
		}
	}
	return nil
}

// Signal writes the row of a lead.
func (e *Exporter) Signal(o *v1alpha1.RiskSignal) error {
	return e.row(string(o.Spec.HouseholdRef.Name), o.Name, o)
}

// Measures writes a row for each measure of a plan.
func (e *Exporter) Measures(o *v1alpha1.AssistancePlan) error {
	for i := range o.Spec.Measures {
		if err := e.row(string(o.Spec.HouseholdRef.Name), o.Spec.Measures[i].Name, &o.Spec.Measures[i]); err != nil {
			return err
		}
	}
	return nil
}

func (e *Exporter) row(household, own string, object any) error {
	e.cells = e.cells[:0]
	for _, c := range e.columns {
		value := ""
		switch {
		case c.Field == fieldName:
			value = household
		case c.form == asName:
			value = own
		default:
			value = c.access.get(object)
		}
		e.cells = append(e.cells, c.cell(value, e.places))
	}
	e.Rows++
	return e.writer.Write(e.cells)
}

// cell is a value as a cell: figures are numbers, so that a spreadsheet adds
// them up, all else is text.
func (c *Column) cell(value string, places Places) Cell {
	switch {
	case value == "":
		return Cell{}
	case c.form == asMoney && !strings.ContainsAny(value, "eE"), c.form == asCount:
		return Cell{Kind: Number, Text: value}
	}
	return Cell{Kind: Text, Text: c.say(value, places)}
}
