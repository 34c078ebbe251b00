// SPDX-License-Identifier: Apache-2.0

package ledger

// Kind is a kind of ledger.
type Kind string

// The kinds.
const (
	Households Kind = "households" // 农户
	Surveys    Kind = "surveys"    // 监测
	Signals    Kind = "signals"    // 线索
	Measures   Kind = "measures"   // 措施
)

// Kinds are the kinds of ledgers, in the order of their sheets.
func Kinds() []Kind { return []Kind{Households, Surveys, Signals, Measures} }

// Sheet is the name of the kind's sheet.
func (k Kind) Sheet() string {
	return map[Kind]string{Households: "农户", Surveys: "监测", Signals: "线索", Measures: "措施"}[k]
}

// kindOf finds a kind by its name or its sheet's.
func kindOf(text string) (Kind, bool) {
	for _, k := range Kinds() {
		if text == string(k) || text == k.Sheet() {
			return k, true
		}
	}
	return "", false
}

// form says how a cell of a column is read and written.
type form uint8

const (
	asText form = iota
	asName
	asUser
	asUsers
	asWord
	asWords // a list
	asBool
	asCount
	asMoney
	asDate
	asPeriod
	asPlace
	asIdentity
	asDigest
	asGuarantee
	asGuarantees
	asMembers
	asMarks
)

// Column is what a column of a ledger may hold: a field of an object.
type Column struct {
	// Field is its name in mapping files.
	Field string
	// Header is what stands above it, unless a mapping says otherwise.
	Header string

	also     []string // other headers
	form     form
	words    *words
	most     int  // characters of a text, items of a list
	notAfter bool // the day cannot be in the future
	required bool
	unset    bool // never written by export
	access   access
}

// access reads and writes the field of an object: "" is absent. A value is in
// its one canonical form.
type access struct {
	get func(object any) string
	set func(object any, value string)
}

// The columns by which a row finds its family.
const (
	fieldName     = "name"
	fieldIdentity = "identity"
	fieldDigest   = "head.identityDigest"
)

// columnsOf are the columns of a kind, in the order of its default ledger. A
// ledger of households may have those of a survey in the same row.
func columnsOf(k Kind) []*Column { return allColumns[k] }

// Reasons is the header of the column that an error file has at its end.
const Reasons = "拒收原因"

// columnByField finds a column by its field, nil if the kind has none.
func columnByField(k Kind, field string) *Column {
	for _, c := range allColumns[k] {
		if c.Field == field {
			return c
		}
	}
	return nil
}

// columnByHeader finds the column that a header stands for, nil if none does.
func columnByHeader(k Kind, header string) *Column { return byHeader[k][headerKey(header)] }

// headersOf are all headers of a kind that are understood.
func headersOf(k Kind) []string {
	var out []string
	for _, c := range allColumns[k] {
		out = append(append(out, c.Header), c.also...)
	}
	return out
}

var (
	allColumns = map[Kind][]*Column{
		Households: append(householdColumns(), prefixed(surveyFacts())...),
		Surveys:    append(keyColumns(), surveyFacts()...),
		Signals:    append(keyColumns(), signalColumns()...),
		Measures:   append(keyColumns(), measureColumns()...),
	}
	byHeader = headerIndex()
)

func headerIndex() map[Kind]map[string]*Column {
	index := map[Kind]map[string]*Column{}
	for k, columns := range allColumns {
		index[k] = map[string]*Column{}
		for _, c := range columns {
			for _, header := range append([]string{c.Header, c.Field}, c.also...) {
				index[k][headerKey(header)] = c
			}
		}
	}
	return index
}

// surveyPrefix is ahead of a survey's fields in a ledger of households.
const surveyPrefix = "survey."

func prefixed(columns []*Column) []*Column {
	for _, c := range columns {
		c.Field = surveyPrefix + c.Field
		c.unset, c.required = true, false
	}
	return columns
}
