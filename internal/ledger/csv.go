// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Encoding is how a csv file writes characters.
type Encoding string

// The encodings.
const (
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom" // with the mark by which Excel knows UTF-8
	GB18030 Encoding = "gb18030"   // what Excel on a Chinese Windows writes
)

var bom = []byte{0xef, 0xbb, 0xbf}

// detect tells the encoding: UTF-8 where the whole file is, else GB18030.
func detect(r io.Reader) (Encoding, error) {
	const chunk = 64 << 10
	buffer := make([]byte, 0, chunk+utf8.UTFMax)
	found, first := UTF8, true
	for {
		n, err := io.ReadFull(r, buffer[len(buffer):chunk])
		buffer = buffer[:len(buffer)+n]
		end := err != nil
		if end && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return "", err
		}
		if first {
			switch first = false; {
			case bytes.HasPrefix(buffer, bom):
				found = UTF8BOM
			case bytes.HasPrefix(buffer, []byte{0xff, 0xfe}), bytes.HasPrefix(buffer, []byte{0xfe, 0xff}):
				return "", &Problem{Code: UTF16}
			}
		}
		rest := buffer
		for len(rest) > 0 && (end || utf8.FullRune(rest)) {
			r, size := utf8.DecodeRune(rest)
			if r == utf8.RuneError && size == 1 && found == UTF8 {
				return GB18030, nil
			}
			rest = rest[size:]
		}
		if end {
			return found, nil
		}
		buffer = buffer[:copy(buffer, rest)]
	}
}

// csvTable reads a csv file. It is split before it is decoded, cell by cell:
// neither encoding has a comma, a quote or an end of line inside a character.
type csvTable struct {
	reader   *csv.Reader
	numbers  lineNumbers
	encoding Encoding
	limits   Limits
	rows     int
	cells    []Cell
}

// lineNumbers counts rows as a spreadsheet does, in which a cell of several
// lines stands in one row.
type lineNumbers struct{ within int }

func (n *lineNumbers) row(r *csv.Reader, record []string) int {
	line, _ := r.FieldPos(0)
	row := line - n.within
	for _, field := range record {
		n.within += strings.Count(field, "\n")
	}
	return row
}

func newCSVTable(r io.Reader, encoding Encoding, limits Limits) *csvTable {
	if encoding == UTF8BOM {
		_, _ = io.CopyN(io.Discard, r, int64(len(bom))) // detect has seen it
	}
	reader := csv.NewReader(r)
	reader.FieldsPerRecord, reader.ReuseRecord = -1, true
	return &csvTable{reader: reader, encoding: encoding, limits: limits}
}

func (t *csvTable) Close() error { return nil }

func (t *csvTable) Next() (int, []Cell, error) {
	for {
		record, err := t.reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return 0, nil, io.EOF
		case err != nil:
			return 0, nil, &Problem{Code: BadCSV, Args: []any{err}}
		}
		row := t.numbers.row(t.reader, record)
		if t.cells = t.cells[:0]; len(record) > t.limits.Columns {
			return 0, nil, &Problem{Place: Place{Row: row}, Code: TooManyColumns, Args: []any{t.limits.Columns}}
		}
		filled := false
		for _, text := range record {
			cell := csvCell(text, t.encoding)
			filled = filled || cell.Kind != Empty
			t.cells = append(t.cells, cell)
		}
		if !filled {
			continue
		}
		if t.rows++; t.rows > t.limits.Rows {
			return 0, nil, &Problem{Place: Place{Row: row}, Code: TooManyRows, Args: []any{t.limits.Rows}}
		}
		return row, t.cells, nil
	}
}

func csvCell(text string, encoding Encoding) Cell {
	decoded, whole := decode(text, encoding)
	switch {
	case !whole:
		return Cell{Kind: Faulty, Text: decoded}
	case trimmed(decoded) == "":
		return Cell{}
	case decoded[0] == '=':
		return Cell{Kind: Formula, Text: decoded}
	}
	return Cell{Kind: Text, Text: unguarded(decoded)}
}

// decode returns a text in UTF-8, and whether every character survived: that it
// is no replacement character, and would be written back as it was read. The
// tables of GB18030 know no more than those of the year 2000, and even so lose
// some rare characters, which stand in names.
func decode(text string, encoding Encoding) (string, bool) {
	if encoding != GB18030 {
		return strings.ToValidUTF8(text, "\ufffd"), utf8.ValidString(text) && !strings.ContainsRune(text, '\ufffd')
	}
	if isASCII(text) {
		return text, true
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().String(text)
	if err != nil || strings.ContainsRune(decoded, '\ufffd') {
		return decoded, false
	}
	again, err := simplifiedchinese.GB18030.NewEncoder().String(decoded)
	return decoded, err == nil && again == text
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// encode is the reverse of decode.
func encode(text string, encoding Encoding) (string, bool) {
	if encoding != GB18030 || isASCII(text) {
		return text, utf8.ValidString(text)
	}
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		return "", false
	}
	again, err := simplifiedchinese.GB18030.NewDecoder().String(encoded)
	return encoded, err == nil && again == text
}

// dangerous begins a text that a spreadsheet would take for a formula when it
// opens a csv file.
func dangerous(text string) bool {
	if strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") {
		return true
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \t\r\n"))
	return strings.ContainsRune("=+-@＝＋－＠'", first)
}

// guarded makes a text harmless in a csv file, by an apostrophe ahead of it.
func guarded(text string) string {
	if dangerous(text) {
		return "'" + text
	}
	return text
}

// unguarded takes the apostrophe off again.
func unguarded(text string) string {
	if rest, cut := strings.CutPrefix(text, "'"); cut && dangerous(rest) {
		return rest
	}
	return text
}
