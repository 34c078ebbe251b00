// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Writer writes the rows of a sheet.
type Writer interface {
	Write(cells []Cell) error
}

// Book writes a ledger file.
type Book interface {
	// Sheet begins a sheet with a row of headers. A csv file has one.
	Sheet(name string, headers []Heading) (Writer, error)
	// Close writes out what is still held back.
	Close() error
}

// Heading is a header with how its column is laid out.
type Heading struct {
	Text  string
	Width int  // in characters
	Plain bool // the cells are texts, whatever is typed into them: identity numbers, names, dates
}

// NewBook begins a file of a format. Only a csv file has an encoding.
func NewBook(out io.Writer, format Format, encoding Encoding) (Book, error) {
	if format == XLSX {
		return &xlsxBook{out: out, file: excelize.NewFile()}, nil
	}
	b := &csvBook{out: bufio.NewWriter(out), encoding: encoding}
	if encoding == UTF8BOM {
		if _, err := b.out.Write(bom); err != nil {
			return nil, err
		}
	}
	b.csv = csv.NewWriter(b.out)
	b.csv.UseCRLF = true // as Excel writes it
	return b, nil
}

// errOneSheet says that a csv file was to have a second sheet.
var errOneSheet = errors.New("a csv file has one sheet")

type csvBook struct {
	out      *bufio.Writer
	csv      *csv.Writer
	encoding Encoding
	row      int
	header   []Heading
}

func (b *csvBook) Sheet(_ string, headers []Heading) (Writer, error) {
	if b.header != nil {
		return nil, errOneSheet
	}
	b.header = headers
	cells := make([]Cell, len(headers))
	for i, h := range headers {
		cells[i] = Cell{Kind: Text, Text: h.Text}
	}
	return b, b.Write(cells)
}

func (b *csvBook) Write(cells []Cell) error {
	b.row++
	record := make([]string, len(cells))
	for i, c := range cells {
		text := c.Text
		if c.Kind == Text {
			text = guarded(text)
		}
		encoded, whole := encode(text, b.encoding)
		if !whole {
			return &Problem{Place: Place{Row: b.row, Column: i + 1, Header: b.header[i].Text}, Code: Lost}
		}
		record[i] = encoded
	}
	return b.csv.Write(record)
}

func (b *csvBook) Close() error {
	b.csv.Flush()
	return errors.Join(b.csv.Error(), b.out.Flush())
}

// xlsxBook writes a workbook with excelize's stream, which keeps little of it in
// memory.
type xlsxBook struct {
	out    io.Writer
	file   *excelize.File
	sheets int
	stream *excelize.StreamWriter
	row    int
	values []any
	styles struct{ header, plain, date int }
}

func (b *xlsxBook) Sheet(name string, headers []Heading) (Writer, error) {
	if err := b.begin(name); err != nil {
		return nil, err
	}
	for i, h := range headers {
		if err := b.stream.SetColWidth(i+1, i+1, float64(h.Width)); err != nil {
			return nil, err
		}
		if h.Plain {
			if err := b.stream.SetColStyle(i+1, i+1, b.styles.plain); err != nil {
				return nil, err
			}
		}
	}
	if err := b.freeze(1); err != nil {
		return nil, err
	}
	row := make([]any, len(headers))
	for i, h := range headers {
		row[i] = excelize.Cell{StyleID: b.styles.header, Value: h.Text}
	}
	b.row = 1
	return b, b.stream.SetRow("A1", row)
}

// freeze keeps the rows down to the headers in sight.
func (b *xlsxBook) freeze(row int) error {
	return b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: "A" + strconv.Itoa(row+1), ActivePane: "bottomLeft"})
}

// begin makes a sheet; the first one is there already, under another name.
func (b *xlsxBook) begin(name string) error {
	if err := b.flush(); err != nil {
		return err
	}
	var err error
	if b.sheets == 0 {
		err = errors.Join(b.file.SetSheetName("Sheet1", name), b.makeStyles())
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	b.sheets++
	b.row = 0
	b.stream, err = b.file.NewStreamWriter(name)
	return err
}

func (b *xlsxBook) makeStyles() error {
	const asText, asDay = 49, "yyyy-mm-dd"
	day := asDay
	var errs [3]error
	b.styles.header, errs[0] = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: asText})
	b.styles.plain, errs[1] = b.file.NewStyle(&excelize.Style{NumFmt: asText})
	b.styles.date, errs[2] = b.file.NewStyle(&excelize.Style{CustomNumFmt: &day})
	return errors.Join(errs[:]...)
}

func (b *xlsxBook) flush() error {
	if b.stream == nil {
		return nil
	}
	err := b.stream.Flush()
	b.stream = nil
	return err
}

func (b *xlsxBook) Write(cells []Cell) error {
	b.row++
	return b.writeAt(b.row, cells)
}

func (b *xlsxBook) writeAt(row int, cells []Cell) error {
	b.row = row
	b.values = b.values[:0]
	for _, c := range cells {
		b.values = append(b.values, b.value(c))
	}
	return b.stream.SetRow("A"+strconv.Itoa(row), b.values)
}

// value is a cell as excelize takes it. A text is a text there, whatever it
// begins with.
func (b *xlsxBook) value(c Cell) any {
	switch c.Kind {
	case Empty:
		return nil
	case Formula: // harmless, as a text
		return excelize.Cell{StyleID: b.styles.plain, Value: "=" + c.Written}
	case Bool:
		return c.Text == "1"
	case Number, Date:
		n, err := strconv.ParseFloat(c.Text, 64)
		if err != nil {
			break
		}
		if c.Kind == Date {
			return excelize.Cell{StyleID: b.styles.date, Value: n}
		}
		return n
	}
	return excelize.Cell{StyleID: b.styles.plain, Value: c.Text}
}

func (b *xlsxBook) Close() error {
	err := b.flush()
	if err == nil {
		_, err = b.file.WriteTo(b.out)
	}
	return errors.Join(err, b.file.Close())
}
