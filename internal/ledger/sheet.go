// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"errors"
	"io"
	"slices"
	"strings"

	"fangpin.io/fangpin/internal/civil"
)

// Options say how ledgers are read.
type Options struct {
	Limits Limits
	Key    Key // nil: a column of identity numbers is refused
	Places Places
	Today  civil.Day
	// Loose passes over headers that are not known.
	Loose bool
}

// Row is a row of a ledger, as values of the sheet's columns. It is refused if
// there are problems.
type Row struct {
	Sheet    *Sheet
	Number   int // of the row in the sheet
	Values   []string
	Problems []*Problem
}

// Value is the value of a field, "" where the row does not state it.
func (r *Row) Value(field string) string {
	for i := range r.Sheet.columns {
		if r.Sheet.columns[i].Field == field {
			return r.Values[i]
		}
	}
	return ""
}

// Refuse refuses the row for a cell, or for the row as a whole where field is "".
func (r *Row) Refuse(field string, code Code, args ...any) {
	r.Problems = append(r.Problems, &Problem{Place: r.place(field), Code: code, Args: args})
}

func (r *Row) place(field string) Place {
	p := Place{Sheet: r.Sheet.Name, Row: r.Number}
	for i := range r.Sheet.columns {
		if c := &r.Sheet.columns[i]; c.Field == field && c.at >= 0 {
			p.Column, p.Header = c.at+1, c.header
		}
	}
	return p
}

// Sheet is one ledger of a file.
type Sheet struct {
	Path      string
	Name      string // of the sheet, "" in a csv file
	Kind      Kind
	Encoding  Encoding
	Header    []string
	HeaderRow int

	columns []bound
	file    *File
	options Options
}

// mostTitles is among how many rows the header is looked for.
const mostTitles = 10

// Ledgers finds the ledgers of a file and reads their headers. only is the kind of
// a csv file; "" finds out by its headers.
func (f *File) Ledgers(path string, m *Mapping, only Kind, o Options) ([]*Sheet, error) {
	wanted, err := f.wanted(m, only, o.Limits)
	if err != nil {
		return nil, err
	}
	var out []*Sheet
	var faults []error
	for i := range wanted {
		s := &Sheet{Path: path, Name: wanted[i].Sheet, Kind: wanted[i].Kind, Encoding: f.Encoding, file: f, options: o}
		if err := s.readHeader(&wanted[i]); err != nil {
			faults = append(faults, err)
		}
		out = append(out, s)
	}
	return out, errors.Join(faults...)
}

// wanted are the mappings of the file's ledgers.
func (f *File) wanted(m *Mapping, only Kind, limits Limits) ([]SheetMapping, error) {
	var given []SheetMapping
	if m != nil {
		for _, s := range m.Ledgers {
			if only == "" || s.Kind == only {
				given = append(given, s)
			}
		}
	}
	names := f.Sheets()
	if f.Format == CSV {
		return f.wantedOfCSV(given, only, limits)
	}
	var out []SheetMapping
	for _, s := range given {
		if s.Sheet == "" {
			s.Sheet = s.Kind.Sheet()
		}
		if !slices.Contains(names, s.Sheet) {
			return nil, fault(NoSheet, quoted(s.Sheet), strings.Join(names, ", "))
		}
		out = append(out, s)
	}
	if m != nil {
		return out, nil
	}
	for _, k := range Kinds() {
		if (only == "" || k == only) && slices.Contains(names, k.Sheet()) {
			out = append(out, SheetMapping{Kind: k, Sheet: k.Sheet()})
		}
	}
	if len(out) == 0 && len(names) == 1 { // one sheet, whatever its name
		if only == "" {
			return f.guess(names[0], limits)
		}
		return []SheetMapping{{Kind: only, Sheet: names[0]}}, nil
	}
	if len(out) == 0 {
		return nil, fault(NoLedger, strings.Join(names, ", "), "农户, 监测, 线索, 措施")
	}
	return out, nil
}

func (f *File) wantedOfCSV(given []SheetMapping, only Kind, limits Limits) ([]SheetMapping, error) {
	switch {
	case len(given) == 1:
		given[0].Sheet = ""
		return given, nil
	case only != "":
		return []SheetMapping{{Kind: only}}, nil
	}
	return f.guess("", limits)
}

// guess tells the kind of a ledger by its headers: the kind that understands the
// most of them. A ledger of households may have all columns of surveys, so that
// it is one only where it has columns of its own.
func (f *File) guess(sheet string, limits Limits) ([]SheetMapping, error) {
	var best SheetMapping
	most := 0
	for _, k := range []Kind{Surveys, Signals, Measures, Households} {
		s := SheetMapping{Kind: k, Sheet: sheet}
		_, _, known, err := f.findHeader(&s)
		var p *Problem
		if err != nil && (!errors.As(err, &p) || p.Code != NoHeader) {
			return nil, err
		}
		if known > most {
			best, most = s, known
		}
	}
	if most == 0 {
		return nil, fault(NoHeader)
	}
	return []SheetMapping{best}, nil
}

// findHeader finds the row of a sheet that understands the most headers.
func (f *File) findHeader(s *SheetMapping) (header []string, row, known int, err error) {
	table, err := f.Rows(s.Sheet)
	if err != nil {
		return nil, 0, 0, err
	}
	defer func() { _ = table.Close() }() // only read
	best := -1
	for range mostTitles {
		number, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, 0, 0, err
		}
		texts := headerTexts(cells)
		n := s.understood(texts)
		if s.HeaderRow != 0 {
			if number == s.HeaderRow {
				return texts, number, n, nil
			}
			continue
		}
		if n > best {
			header, row, best = texts, number, n
		}
	}
	if s.HeaderRow != 0 || best <= 0 {
		return nil, 0, 0, &Problem{Place: Place{Sheet: s.Sheet, Row: s.HeaderRow}, Code: NoHeader}
	}
	return header, row, best, nil
}

func headerTexts(cells []Cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		if c.Kind == Text || c.Kind == Number {
			out[i] = trimmed(oneLine(c.Text))
		}
	}
	return out
}

func (s *SheetMapping) understood(header []string) int {
	n := 0
	for _, text := range header {
		key := headerKey(text)
		if key == "" {
			continue
		}
		if columnByHeader(s.Kind, text) != nil || slices.ContainsFunc(s.Columns, func(c ColumnMapping) bool { return c.Header != "" && headerKey(c.Header) == key }) {
			n++
		}
	}
	return n
}

func (s *Sheet) readHeader(m *SheetMapping) error {
	var err error
	if s.Header, s.HeaderRow, _, err = s.file.findHeader(m); err != nil {
		var p *Problem
		if errors.As(err, &p) && p.Sheet == "" {
			p.Sheet = s.Name
		}
		return err
	}
	columns, faults := m.bind(s.Header, s.options.Key, s.options.Places, !s.options.Loose)
	s.columns = columns
	faults = append(faults, s.checkColumns()...)
	for _, f := range faults {
		var p *Problem
		if errors.As(f, &p) {
			p.Sheet = s.Name
			if p.Column > 0 {
				p.Row = s.HeaderRow
			}
		}
	}
	return errors.Join(faults...)
}

// checkColumns refuses a ledger that lacks the columns without which no row
// could go in.
func (s *Sheet) checkColumns() []error {
	var faults []error
	place := Place{Sheet: s.Name}
	has := func(field string) bool {
		return slices.ContainsFunc(s.columns, func(b bound) bool { return b.Field == field })
	}
	for i := range s.columns {
		if b := &s.columns[i]; b.form == asIdentity && b.key == nil {
			faults = append(faults, &Problem{Place: Place{Sheet: s.Name, Row: s.HeaderRow, Column: b.at + 1, Header: b.header}, Code: NoKey})
		}
	}
	if !has(fieldName) && !has(fieldIdentity) && !has(fieldDigest) {
		faults = append(faults, &Problem{Place: place, Code: NoMatchColumn})
	}
	if s.Kind != Households {
		for _, c := range columnsOf(s.Kind) {
			if c.required && !has(c.Field) {
				faults = append(faults, &Problem{Place: place, Code: NoRequiredColumn, Args: []any{c.Header}})
			}
		}
	}
	return faults
}

// Read hands on the rows of the ledger, those that are refused too.
func (s *Sheet) Read(yield func(*Row) error) error {
	return s.cells(func(number int, cells []Cell) error { return yield(s.row(number, cells)) })
}

// cells hands on the cells of the rows below the header.
func (s *Sheet) cells(yield func(number int, cells []Cell) error) error {
	table, err := s.file.Rows(s.Name)
	if err != nil {
		return err
	}
	defer func() { _ = table.Close() }() // only read
	for {
		number, cells, err := table.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return s.placed(err)
		case number <= s.HeaderRow:
			continue
		}
		if err := yield(number, cells); err != nil {
			return err
		}
	}
}

func (s *Sheet) placed(err error) error {
	var p *Problem
	if errors.As(err, &p) {
		p.Sheet = s.Name
	}
	return err
}

func (s *Sheet) row(number int, cells []Cell) *Row {
	r := &Row{Sheet: s, Number: number, Values: make([]string, len(s.columns))}
	for i := range s.columns {
		b := &s.columns[i]
		switch {
		case b.at < 0:
			r.Values[i] = b.value
			continue
		case b.at >= len(cells):
			continue
		}
		value, problem := b.read(cells[b.at], s.options.Limits)
		if problem == nil && b.notAfter && value > s.options.Today.String() && s.options.Today.Valid() {
			problem = fault(InFuture, value, s.options.Today)
		}
		if problem != nil {
			problem.Place = Place{s.Name, number, b.at + 1, b.header}
			r.Problems = append(r.Problems, problem)
		}
		r.Values[i] = value
	}
	for i := len(s.Header); i < len(cells); i++ {
		if cells[i].Kind != Empty {
			r.Problems = append(r.Problems, &Problem{Place: Place{Sheet: s.Name, Row: number, Column: i + 1}, Code: BeyondHeader})
		}
	}
	return r
}

// Identity is the digest by which the row finds its family, "" where it has none.
func (r *Row) Identity() string {
	if digest := r.Value(fieldIdentity); digest != "" {
		return digest
	}
	return r.Value(fieldDigest)
}

// Name is the object name by which the row finds its family, "" where it has none.
func (r *Row) Name() string { return r.Value(fieldName) }
