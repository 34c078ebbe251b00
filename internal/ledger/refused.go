// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// WriteRefused writes the refused rows of a file's ledgers as they stand there,
// under the same titles and headers, with the reasons in a column at the end.
// reason returns those of a row, "" for one that is not refused.
func WriteRefused(out io.Writer, sheets []*Sheet, reason func(s *Sheet, row int) string) error {
	if len(sheets) == 0 {
		return nil
	}
	if sheets[0].file.Format == CSV {
		return writeRefusedCSV(out, sheets[0], reason)
	}
	book, err := NewBook(out, XLSX, "")
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if err := writeRefusedSheet(book.(*xlsxBook), s, reason); err != nil {
			return errors.Join(err, book.Close())
		}
	}
	return book.Close()
}

// reasonAt is the column of the reasons: after the last header, or where they
// stand already.
func (s *Sheet) reasonAt() int {
	for i, h := range s.Header {
		if h == Reasons {
			return i
		}
	}
	return len(s.Header)
}

func writeRefusedSheet(book *xlsxBook, s *Sheet, reason func(*Sheet, int) string) error {
	if err := book.begin(s.Name); err != nil {
		return err
	}
	if err := book.freeze(s.HeaderRow); err != nil {
		return err
	}
	table, err := s.file.Rows(s.Name)
	if err != nil {
		return err
	}
	defer func() { _ = table.Close() }() // only read
	at := s.reasonAt()
	for {
		number, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		said := ""
		switch {
		case number == s.HeaderRow:
			said = Reasons
		case number > s.HeaderRow:
			if said = reason(s, number); said == "" {
				continue
			}
			number = book.row + 1
		}
		if err := book.writeAt(number, withReason(cells, at, said)); err != nil {
			return err
		}
	}
}

func withReason(cells []Cell, at int, said string) []Cell {
	if said == "" {
		return cells
	}
	out := append([]Cell{}, cells...)
	for len(out) <= at {
		out = append(out, Cell{})
	}
	out[at] = Cell{Kind: Text, Text: said}
	return out
}

// writeRefusedCSV copies the bytes of the refused rows, so that not even a
// character that does not survive is changed; what begins like a formula is made
// harmless.
func writeRefusedCSV(out io.Writer, s *Sheet, reason func(*Sheet, int) string) error {
	in := io.NewSectionReader(s.file.file, 0, s.file.limits.FileBytes)
	if s.Encoding == UTF8BOM {
		if _, err := io.CopyN(out, in, int64(len(bom))); err != nil {
			return err
		}
	}
	reader, writer := csv.NewReader(in), csv.NewWriter(out)
	reader.FieldsPerRecord, writer.UseCRLF = -1, true
	at := s.reasonAt()
	var numbers lineNumbers
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return &Problem{Code: BadCSV, Args: []any{err}}
		}
		number := numbers.row(reader, record)
		said := ""
		switch {
		case number == s.HeaderRow:
			said = Reasons
		case number > s.HeaderRow:
			if said = reason(s, number); said == "" {
				continue
			}
		}
		for i, field := range record {
			if field != "" && strings.ContainsAny(field[:1], "=+-@\t") {
				record[i] = "'" + field
			}
		}
		if said != "" {
			for len(record) <= at {
				record = append(record, "")
			}
			if record[at], err = encodeLoosely(guarded(said), s.Encoding); err != nil {
				return err
			}
		}
		if err := writer.Write(record); err != nil {
			return err
		}
	}
	writer.Flush()
	return writer.Error()
}

// encodeLoosely writes what the encoding has no character for as a question mark.
func encodeLoosely(text string, e Encoding) (string, error) {
	if e != GB18030 {
		return text, nil
	}
	return encoding.ReplaceUnsupported(simplifiedchinese.GB18030.NewEncoder()).String(text)
}
