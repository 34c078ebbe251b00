// SPDX-License-Identifier: Apache-2.0

// Package ledger reads and writes the ledgers that townships keep, xlsx and csv:
// from files to typed cells, by a mapping of headers to rows, and from rows to
// changes of objects, and back. It knows no cluster and no clock.
package ledger

import (
	"fmt"

	"fangpin.io/fangpin/internal/civil"
)

// CellKind is what a cell holds.
type CellKind uint8

// The kinds of cells.
const (
	Empty CellKind = iota
	Text
	Number  // Text is the figure as the file has it, such as 4800.5 or 5.3E+17
	Date    // a number that is shown as a date: Day is it
	Bool    // Text is 1 or 0
	Formula // never evaluated; Text is its result as the file has it, which is not trusted
	Faulty  // an error value such as #REF!, or characters that do not survive; Text is what is there
)

// Cell is one cell of a table.
type Cell struct {
	Kind CellKind
	Text string
	Day  civil.Day
	// Written is a formula as it is written, where the file has it.
	Written string
}

// Limits bound what is read from a file, so that no file takes all memory or
// all time.
type Limits struct {
	FileBytes     int64 // of the file
	UnpackedBytes int64 // of all parts of a workbook, unpacked
	Ratio         int64 // unpacked to packed size of a part
	Texts         int64 // bytes of a workbook's shared texts
	Sheets        int
	Rows          int // of a sheet
	Columns       int
	CellRunes     int
}

// DefaultLimits are the limits that hold for every ledger.
var DefaultLimits = Limits{
	FileBytes: 64 << 20, UnpackedBytes: 512 << 20, Ratio: 200, Texts: 128 << 20,
	Sheets: 64, Rows: 200_000, Columns: 512, CellRunes: 8192,
}

// Place is where something stands in a file. Row and Column count from 1, 0 if
// there is none.
type Place struct {
	Sheet       string
	Row, Column int
	Header      string
}

// Ref names a cell as spreadsheets do, such as C5.
func (p Place) Ref() string {
	if p.Column == 0 {
		return ""
	}
	name := ""
	for n := p.Column; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return fmt.Sprintf("%s%d", name, p.Row)
}

// Problem is why something is refused. It never repeats an identity number.
type Problem struct {
	Place
	Code Code
	Args []any
}

func (p *Problem) Error() string {
	return fmt.Sprintf("%s %s %v", p.Ref(), p.Code, p.Args)
}

// Code names what is wrong; the command says it in the reader's language.
type Code string

// What may be wrong with a file as a whole.
const (
	NotRegular       Code = "not-regular"        // no ordinary file
	FileTooLarge     Code = "file-too-large"     // bytes
	OldFormat        Code = "old-format"         // .xls, or a workbook with a password
	NotWorkbook      Code = "not-workbook"       // what is wrong
	UnknownFormat    Code = "unknown-format"     // neither .xlsx nor .csv
	UTF16            Code = "utf-16"             //
	Unpacked         Code = "unpacked"           // bytes
	TooPacked        Code = "too-packed"         // part, ratio
	TooManySheets    Code = "too-many-sheets"    // number
	TooManyRows      Code = "too-many-rows"      // number
	TooManyColumns   Code = "too-many-columns"   // number
	TooMuchText      Code = "too-much-text"      // bytes
	BadCSV           Code = "bad-csv"            // what is wrong
	NoSheet          Code = "no-sheet"           // sheet, those there are
	NoLedger         Code = "no-ledger"          // sheets, default names
	NoHeader         Code = "no-header"          //
	UnknownHeader    Code = "unknown-header"     // header
	UnknownNear      Code = "unknown-near"       // header, suggestion
	HeaderMissing    Code = "header-missing"     // header that the mapping names
	HeaderTwice      Code = "header-twice"       // header, the other
	NoKey            Code = "no-key"             //
	NoMatchColumn    Code = "no-match-column"    // the headers that would do
	NoRequiredColumn Code = "no-required-column" // header
	BadMapping       Code = "bad-mapping"        // what is wrong
	MappingKind      Code = "mapping-kind"       // given, those there are
	MappingField     Code = "mapping-field"      // given, suggestion
	MappingTwice     Code = "mapping-twice"      // header or field
	MappingUnit      Code = "mapping-unit"       // given
	MappingValue     Code = "mapping-value"      // field, word, those there are
	MappingColumn    Code = "mapping-column"     // field
	KeyShort         Code = "key-short"          // bytes
	KeyLong          Code = "key-long"           // bytes
	KeyOpen          Code = "key-open"           // mode
)

// What may be wrong with a cell.
const (
	CellTooLong     Code = "cell-too-long"    // runes
	IsFormula       Code = "is-formula"       //
	IsError         Code = "is-error"         // value
	Lost            Code = "lost-characters"  //
	BeyondHeader    Code = "beyond-header"    //
	IsMissing       Code = "is-missing"       //
	IdentityNumber  Code = "identity-number"  // a number cell
	IdentityRounded Code = "identity-rounded" // digits were lost
	IdentityOld     Code = "identity-15"      //
	IdentityForm    Code = "identity-form"    // length
	IdentityCheck   Code = "identity-check"   //
	DigestForm      Code = "digest-form"      //
	DigestDiffers   Code = "digest-differs"   //
	HoldsIdentity   Code = "holds-identity"   //
	NotDate         Code = "not-date"         // text
	NoSuchDay       Code = "no-such-day"      // text
	NumberNoDate    Code = "number-no-date"   // text
	InFuture        Code = "in-future"        // day, today
	NotMoney        Code = "not-money"        // text
	Negative        Code = "negative"         // text
	TooFine         Code = "too-fine"         // text
	TooLarge        Code = "too-large"        // text
	BadGrouping     Code = "bad-grouping"     // text
	InTenThousands  Code = "in-ten-thousands" // text
	NotCount        Code = "not-count"        // text, least, most
	NotBool         Code = "not-bool"         // text
	NotPeriod       Code = "not-period"       // text
	UnknownWord     Code = "unknown-word"     // text, those there are
	UnknownWordNear Code = "unknown-word-near"
	NotName         Code = "not-name"       // text
	NotPlace        Code = "not-place"      // text
	TextTooLong     Code = "text-too-long"  // most
	TooManyItems    Code = "too-many-items" // most
	ItemTwice       Code = "item-twice"     // item
	BadItem         Code = "bad-item"       // item, form
	WrongKind       Code = "wrong-kind"     // what it is, what it should be
)

// What may be wrong with a row among its family's papers.
const (
	RowTwice        Code = "row-twice"        // the other row
	NoFamily        Code = "no-family"        //
	FamilyRefused   Code = "family-refused"   // row of the family
	LivesElsewhere  Code = "lives-elsewhere"  // namespace/name
	OtherIdentity   Code = "other-identity"   // name
	SeveralFamilies Code = "several-families" // names
	NameTaken       Code = "name-taken"       // name
	NothingToTell   Code = "nothing-to-tell"  // neither name nor identity
	SurveyDiffers   Code = "survey-differs"   // date, fields
	Signed          Code = "signed"           // fields: what was signed stays
	FirstUnchanged  Code = "first-unchanged"  //
	FactsUnchanged  Code = "facts-unchanged"  //
	SurveyNoDate    Code = "survey-no-date"   //
	Partly          Code = "partly"           // header: what was begun is to be completed
	MembersTooMany  Code = "members-too-many" // members, persons
	ListFull        Code = "list-full"        // most
	BeforeIt        Code = "before-it"        // day, the day it cannot precede
)
