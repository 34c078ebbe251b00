// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"fangpin.io/fangpin/internal/civil"
)

// xlsxTable reads a sheet as a stream.
type xlsxTable struct {
	*workbook
	part    io.ReadCloser
	decoder *xml.Decoder
	row     int
	rows    int
	cells   []Cell
	ended   bool
}

func (t *xlsxTable) Close() error { return t.part.Close() }

func (t *xlsxTable) Next() (int, []Cell, error) {
	for !t.ended {
		token, err := t.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, nil, notWorkbook(err.Error())
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "row" {
				continue
			}
			filled, err := t.readRow(e)
			if err != nil {
				return 0, nil, err
			}
			if !filled {
				continue
			}
			if t.rows++; t.rows > t.limits.Rows {
				return 0, nil, &Problem{Place: Place{Row: t.row}, Code: TooManyRows, Args: []any{t.limits.Rows}}
			}
			return t.row, t.cells, nil
		case xml.EndElement:
			t.ended = e.Name.Local == "sheetData"
		}
	}
	return 0, nil, io.EOF
}

// lastRow is the last one that a sheet can have.
const lastRow = 1 << 20

func (t *xlsxTable) readRow(e xml.StartElement) (filled bool, err error) {
	number := t.row + 1
	if r := attribute(e, "r"); r != "" {
		if number, err = strconv.Atoi(r); err != nil || number <= t.row || number > lastRow {
			return false, notWorkbook("row " + strconv.Quote(r))
		}
	}
	t.row, t.cells = number, t.cells[:0]
	for column := 0; ; {
		token, err := t.decoder.RawToken()
		if err != nil {
			return false, notWorkbook(err.Error())
		}
		switch e := token.(type) {
		case xml.EndElement:
			if e.Name.Local == "row" {
				return filled, nil
			}
		case xml.StartElement:
			if e.Name.Local != "c" {
				continue
			}
			if column = columnOf(attribute(e, "r"), column+1); column == 0 {
				return false, notWorkbook("cell " + strconv.Quote(attribute(e, "r")))
			}
			cell, err := t.readCell(e)
			if err != nil {
				return false, err
			}
			if cell.Kind == Empty {
				continue
			}
			if column > t.limits.Columns {
				return false, &Problem{Place: Place{Row: t.row}, Code: TooManyColumns, Args: []any{t.limits.Columns}}
			}
			filled = true
			for len(t.cells) < column {
				t.cells = append(t.cells, Cell{})
			}
			t.cells[column-1] = cell
		}
	}
}

// columnOf is the number of a cell's column by its reference such as AB12, or
// the next one where there is none; 0 if it is no reference.
func columnOf(ref string, next int) int {
	if ref == "" {
		return next
	}
	n := 0
	for i := range len(ref) {
		c := ref[i]
		switch {
		case c >= 'A' && c <= 'Z':
			n = n*26 + int(c-'A') + 1
		case c >= '0' && c <= '9' && i > 0:
			return n
		default:
			return 0
		}
		if n > 1<<14 {
			return 0
		}
	}
	return 0
}

// rawCell is a cell as the file writes it.
type rawCell struct {
	kind, style string
	value, text strings.Builder
	written     strings.Builder
	formula     bool
}

func (t *xlsxTable) readCell(e xml.StartElement) (Cell, error) {
	raw := rawCell{kind: attribute(e, "t"), style: attribute(e, "s")}
	in, phonetic := "", 0
	for {
		token, err := t.decoder.RawToken()
		if err != nil {
			return Cell{}, notWorkbook(err.Error())
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch in = e.Name.Local; in {
			case "f":
				raw.formula = true
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch in = ""; e.Name.Local {
			case "c":
				return t.cell(&raw)
			case "rPh":
				phonetic--
			}
		case xml.CharData:
			switch {
			case in == "v":
				raw.value.Write(e)
			case in == "f":
				raw.written.Write(e)
			case in == "t" && phonetic == 0:
				raw.text.Write(e)
			}
		}
	}
}

// cell gives the written cell its type.
func (t *xlsxTable) cell(raw *rawCell) (Cell, error) {
	value := raw.value.String()
	if raw.kind == "s" && value != "" {
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(t.texts) {
			return Cell{}, notWorkbook("shared text " + strconv.Quote(value))
		}
		value, raw.kind = t.texts[i], "str"
	}
	if raw.kind == "inlineStr" {
		value, raw.kind = raw.text.String(), "str"
	}
	switch {
	case raw.formula:
		return Cell{Kind: Formula, Text: value, Written: raw.written.String()}, nil
	case trimmed(value) == "":
		return Cell{}, nil
	case raw.kind == "str":
		if value = unescaped(value); strings.ContainsRune(value, '\ufffd') {
			return Cell{Kind: Faulty, Text: value}, nil
		}
		return Cell{Kind: Text, Text: value}, nil
	case raw.kind == "b":
		return Cell{Kind: Bool, Text: value}, nil
	case raw.kind == "e":
		return Cell{Kind: Faulty, Text: value}, nil
	case raw.kind == "d":
		return Cell{Kind: Text, Text: value}, nil
	}
	if style, err := strconv.Atoi(raw.style); err == nil && style >= 0 && style < len(t.dates) && t.dates[style] {
		if day := t.serialDay(value); day.Valid() {
			return Cell{Kind: Date, Text: value, Day: day}, nil
		}
	}
	return Cell{Kind: Number, Text: value}, nil
}

// serialDay is the day of a serial number; a time of day is dropped. Excel knows
// a 29th of February 1900 that was none.
func (t *xlsxTable) serialDay(text string) civil.Day {
	d, ok := parseDecimal(text)
	if !ok || d.negative {
		return 0
	}
	whole, _, _ := strings.Cut(d.String(), ".")
	n, err := strconv.Atoi(whole)
	const phantom, end = 60, 2958465
	if err != nil || n > end {
		return 0
	}
	if year, _, _ := t.since.Date(); year < 1900 {
		switch {
		case n == 0 || n == phantom:
			return 0
		case n < phantom:
			n++
		}
	}
	return t.since.AddDays(n)
}

// unescaped reads characters that XML cannot hold, written as _x000D_.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		const form = len("_x000D_")
		if strings.HasPrefix(s[i:], "_x") && len(s) >= i+form && s[i+form-1] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && (n < 0xd800 || n > 0xdfff) {
				b.WriteRune(rune(n))
				i += form - 1
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
