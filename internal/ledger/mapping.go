// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"errors"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// Mapping says what the headers of ledgers stand for. What it does not say is
// taken from the default headers.
type Mapping struct {
	Ledgers []SheetMapping `json:"ledgers"`
}

// SheetMapping is the mapping of one ledger.
type SheetMapping struct {
	// Kind of the ledger: households, surveys, signals or measures.
	Kind Kind `json:"kind"`
	// Sheet of a workbook. Absent: the kind's own name.
	Sheet string `json:"sheet,omitempty"`
	// HeaderRow is the number of the row with the headers. Absent: it is looked for
	// among the first rows.
	HeaderRow int `json:"headerRow,omitempty"`
	// Ignore lists headers that are passed over.
	Ignore []string `json:"ignore,omitempty"`
	// Columns that differ from the defaults.
	Columns []ColumnMapping `json:"columns,omitempty"`
}

// ColumnMapping says what one column stands for.
type ColumnMapping struct {
	// Header of the column. Absent: the ledger has none, and Value holds for every
	// row.
	Header string `json:"header,omitempty"`
	// Field that it stands for.
	Field string `json:"field"`
	// Unit of amounts: 元 or 万元. Absent: 元.
	Unit string `json:"unit,omitempty"`
	// Value of every row where the ledger has no such column.
	Value string `json:"value,omitempty"`
	// Values turn what stands in the cells into words that are known.
	Values map[string]string `json:"values,omitempty"`
}

// The units of amounts.
const (
	yuan         = "元"
	tenThousands = "万元"
)

// MaxMapping is how many bytes a mapping file has at most.
const MaxMapping = 256 << 10

// ParseMapping reads a mapping file, YAML. It refuses what it does not know, all
// faults at once.
func ParseMapping(text []byte) (*Mapping, error) {
	if len(text) > MaxMapping {
		return nil, fault(FileTooLarge, len(text)>>20, 0)
	}
	var m Mapping
	if err := yaml.UnmarshalStrict(text, &m); err != nil {
		return nil, fault(BadMapping, strings.TrimPrefix(err.Error(), "error unmarshaling JSON: while decoding JSON: "))
	}
	if len(m.Ledgers) == 0 {
		return nil, fault(BadMapping, "ledgers: []")
	}
	var faults []error
	for i := range m.Ledgers {
		faults = append(faults, m.Ledgers[i].check()...)
	}
	return &m, errors.Join(faults...)
}

func (s *SheetMapping) check() []error {
	kind, known := kindOf(string(s.Kind))
	if !known {
		return []error{fault(MappingKind, quoted(string(s.Kind)), joined(Kinds()))}
	}
	s.Kind = kind
	var faults []error
	seen := map[string]bool{}
	once := func(what string) {
		if seen[what] {
			faults = append(faults, fault(MappingTwice, quoted(what)))
		}
		seen[what] = true
	}
	for _, header := range s.Ignore {
		once(headerKey(header))
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Header != "" {
			once(headerKey(c.Header))
		}
		once("field " + c.Field)
		faults = append(faults, c.check(kind)...)
	}
	return faults
}

func (c *ColumnMapping) check(kind Kind) []error {
	column := columnByField(kind, c.Field)
	if column == nil {
		column = columnByHeader(kind, c.Field)
	}
	if column == nil {
		return []error{fault(MappingField, quoted(c.Field), string(kind), nearest(c.Field, fieldNames(kind)))}
	}
	c.Field = column.Field
	var faults []error
	if (c.Header == "") == (c.Value == "") {
		faults = append(faults, fault(MappingColumn, c.Field))
	}
	if c.Unit != "" && (column.form != asMoney || c.Unit != yuan && c.Unit != tenThousands) {
		faults = append(faults, fault(MappingUnit, c.Field, quoted(c.Unit)))
	}
	if c.Value != "" && column.form == asIdentity || len(c.Values) > 0 && column.form == asIdentity {
		faults = append(faults, fault(MappingColumn, c.Field))
	}
	return faults
}

func fieldNames(kind Kind) []string {
	var out []string
	for _, c := range columnsOf(kind) {
		out = append(out, c.Field)
	}
	return out
}

func joined[S ~string](list []S) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return strings.Join(out, ", ")
}

// DefaultMapping spells out the default ledgers, for people to start from.
func DefaultMapping() *Mapping {
	m := &Mapping{}
	for _, k := range Kinds() {
		s := SheetMapping{Kind: k, Sheet: k.Sheet()}
		for _, c := range columnsOf(k) {
			if k == Households && strings.HasPrefix(c.Field, surveyPrefix) {
				continue
			}
			s.Columns = append(s.Columns, ColumnMapping{Header: c.Header, Field: c.Field})
		}
		m.Ledgers = append(m.Ledgers, s)
	}
	return m
}

// bound is a column of a sheet that is read: cell i of a row, or the same value
// in every row for i < 0.
type bound struct {
	reader
	at     int
	header string
	value  string
}

// serial is the header of a column that only counts the rows, as nearly every
// ledger has one. It is passed over.
const serial = "序号"

// bind finds out which cells of a sheet are read as what.
func (s *SheetMapping) bind(header []string, keep Key, places Places, strict bool) ([]bound, []error) {
	var out []bound
	var faults []error
	taken := map[string]string{}
	mapped := map[string]*ColumnMapping{}
	for i := range s.Columns {
		if c := &s.Columns[i]; c.Header != "" {
			mapped[headerKey(c.Header)] = c
		}
	}
	for i, text := range header {
		key := headerKey(text)
		if key == "" || text == Reasons || text == serial && mapped[key] == nil || slices.ContainsFunc(s.Ignore, func(h string) bool { return headerKey(h) == key }) {
			continue
		}
		b := bound{at: i, header: text}
		if c := mapped[key]; c != nil {
			b.Column = columnByField(s.Kind, c.Field)
			b.tenK = c.Unit == tenThousands
			b.values, faults = c.translate(b.Column, places, faults)
			delete(mapped, key)
		} else if b.Column = columnByHeader(s.Kind, text); b.Column == nil {
			if strict {
				faults = append(faults, s.unknown(text, i))
			}
			continue
		}
		if other, twice := taken[b.Field]; twice {
			faults = append(faults, &Problem{Place: Place{Sheet: s.Sheet, Column: i + 1}, Code: HeaderTwice, Args: []any{quoted(text), quoted(other)}})
			continue
		}
		taken[b.Field] = text
		b.key, b.places = keep, places
		out = append(out, b)
	}
	for _, c := range mapped {
		faults = append(faults, &Problem{Place: Place{Sheet: s.Sheet}, Code: HeaderMissing, Args: []any{quoted(c.Header)}})
	}
	for i := range s.Columns {
		if c := &s.Columns[i]; c.Header == "" {
			b := bound{at: -1}
			b.Column, b.places = columnByField(s.Kind, c.Field), places
			value, problem := b.read(Cell{Kind: Text, Text: c.Value}, DefaultLimits)
			if problem != nil {
				faults = append(faults, fault(MappingValue, c.Field, quoted(c.Value), problem))
			}
			b.value = value
			out = append(out, b)
		}
	}
	return out, faults
}

// translate reads the mapping's own words for what stands in cells.
func (c *ColumnMapping) translate(column *Column, places Places, faults []error) (map[string]string, []error) {
	values := map[string]string{}
	plain := reader{Column: column, places: places}
	for said, meant := range c.Values {
		value, problem := plain.read(Cell{Kind: Text, Text: meant}, DefaultLimits)
		if problem != nil {
			faults = append(faults, fault(MappingValue, c.Field, quoted(meant), problem))
		}
		values[wordKey(said)] = value
	}
	return values, faults
}

func (s *SheetMapping) unknown(text string, at int) *Problem {
	place := Place{Sheet: s.Sheet, Column: at + 1}
	if near := nearest(text, headersOf(s.Kind)); near != "" {
		return &Problem{Place: place, Code: UnknownNear, Args: []any{quoted(text), near}}
	}
	return &Problem{Place: place, Code: UnknownHeader, Args: []any{quoted(text)}}
}
