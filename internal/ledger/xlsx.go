// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"fangpin.io/fangpin/internal/civil"
)

// workbook is an xlsx file, read as a stream. The row stream of excelize gives
// the text that is shown and does not tell a text from a number, on which
// identity numbers depend; its typed access keeps the whole sheet in memory.
type workbook struct {
	parts  map[string]*zip.File
	sheets []sheetPart
	texts  []string // shared by cells
	dates  []bool   // by style: a number that is shown as a date
	since  civil.Day
	limits Limits
}

type sheetPart struct{ name, part string }

func notWorkbook(what string) *Problem { return &Problem{Code: NotWorkbook, Args: []any{what}} }

func openWorkbook(r io.ReaderAt, size int64, limits Limits) (*workbook, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, notWorkbook(err.Error())
	}
	w := &workbook{parts: map[string]*zip.File{}, limits: limits}
	var unpacked uint64
	for _, part := range archive.File {
		if unpacked += part.UncompressedSize64; unpacked > uint64(limits.UnpackedBytes) || part.UncompressedSize64 > uint64(limits.UnpackedBytes) {
			return nil, &Problem{Code: Unpacked, Args: []any{limits.UnpackedBytes >> 20}}
		}
		const small = 1 << 20 // little can be packed as tightly as one likes
		if part.UncompressedSize64 > small && part.UncompressedSize64/uint64(limits.Ratio) > part.CompressedSize64 {
			return nil, &Problem{Code: TooPacked, Args: []any{part.Name, limits.Ratio}}
		}
		w.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/"))] = part
	}
	return w, w.readParts()
}

func (w *workbook) readParts() error {
	top, err := w.relations("_rels/.rels", "")
	if err != nil {
		return err
	}
	book := ""
	for _, r := range top {
		if r.is("officeDocument") {
			book = r.target
		}
	}
	if book == "" {
		return notWorkbook("no workbook part")
	}
	related, err := w.relations(path.Dir(book)+"/_rels/"+path.Base(book)+".rels", path.Dir(book))
	if err != nil {
		return err
	}
	if err := w.readBook(book, related); err != nil {
		return err
	}
	for _, r := range related {
		switch {
		case r.is("sharedStrings"):
			err = w.readTexts(r.target)
		case r.is("styles"):
			err = w.readStyles(r.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// open reads a part, and never more of it than it says of itself.
func (w *workbook) open(name string) (io.ReadCloser, error) {
	part := w.parts[strings.ToLower(name)]
	if part == nil {
		return nil, notWorkbook("no part " + name)
	}
	opened, err := part.Open()
	if err != nil {
		return nil, notWorkbook(err.Error())
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(opened, int64(part.UncompressedSize64)), opened}, nil //nolint:gosec // bounded at opening
}

// each hands on the tokens of a part.
func (w *workbook) each(name string, yield func(*xml.Decoder, xml.Token) error) (err error) {
	part, err := w.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }() // only read
	decoder := xml.NewDecoder(part)
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return notWorkbook(err.Error())
		}
		if err := yield(decoder, token); err != nil {
			return err
		}
	}
}

type relation struct{ id, kind, target string }

func (r relation) is(kind string) bool { return strings.HasSuffix(r.kind, "/"+kind) }

func (w *workbook) relations(name, folder string) ([]relation, error) {
	var out []relation
	err := w.each(name, func(_ *xml.Decoder, token xml.Token) error {
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Relationship" {
			return nil
		}
		r := relation{attribute(start, "Id"), attribute(start, "Type"), attribute(start, "Target")}
		if strings.HasPrefix(r.target, "/") {
			r.target = r.target[1:]
		} else {
			r.target = path.Join(folder, r.target)
		}
		out = append(out, r)
		return nil
	})
	return out, err
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// The days from which serial numbers of dates count.
const (
	serialZero1900 = "1899-12-30" // right from 1900-03-01 on
	serialZero1904 = "1904-01-01"
)

func (w *workbook) readBook(name string, related []relation) error {
	zero := serialZero1900
	err := w.each(name, func(_ *xml.Decoder, token xml.Token) error {
		start, ok := token.(xml.StartElement)
		if !ok {
			return nil
		}
		switch start.Name.Local {
		case "workbookPr":
			if v := attribute(start, "date1904"); v == "1" || v == "true" {
				zero = serialZero1904
			}
		case "sheet":
			for _, r := range related {
				if r.id == sheetRelation(start) && r.is("worksheet") {
					w.sheets = append(w.sheets, sheetPart{attribute(start, "name"), r.target})
				}
			}
		}
		if len(w.sheets) > w.limits.Sheets {
			return &Problem{Code: TooManySheets, Args: []any{w.limits.Sheets}}
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.since, err = civil.ParseDay(zero)
	return err
}

// sheetRelation is the attribute r:id; a sheet has a sheetId too, and some
// programs write an id without a prefix.
func sheetRelation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return attribute(e, "id")
}

func (w *workbook) names() []string {
	out := make([]string, len(w.sheets))
	for i, s := range w.sheets {
		out[i] = s.name
	}
	return out
}

// readTexts reads the texts that cells share: of each the runs joined, without
// the phonetic ones.
func (w *workbook) readTexts(name string) error {
	var text strings.Builder
	var size int64
	inText, phonetic := false, 0
	return w.each(name, func(_ *xml.Decoder, token xml.Token) error {
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "rPh":
				phonetic++
			case "t":
				inText = phonetic == 0
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				if size += int64(text.Len()) + 16; size > w.limits.Texts {
					return &Problem{Code: TooMuchText, Args: []any{w.limits.Texts >> 20}}
				}
				w.texts = append(w.texts, text.String())
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
		return nil
	})
}

// readStyles finds the styles by which a number is shown as a date.
func (w *workbook) readStyles(name string) error {
	custom := map[string]bool{}
	inCells := false
	return w.each(name, func(_ *xml.Decoder, token xml.Token) error {
		switch t := token.(type) {
		case xml.StartElement:
			switch id := attribute(t, "numFmtId"); {
			case t.Name.Local == "numFmt":
				custom[id] = isDateFormat(attribute(t, "formatCode"))
			case t.Name.Local == "cellXfs":
				inCells = true
			case t.Name.Local == "xf" && inCells:
				w.dates = append(w.dates, custom[id] || isBuiltInDate(id))
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inCells = false
			}
		}
		return nil
	})
}

// isBuiltInDate knows the numbers of formats that no file spells out, those of a
// Chinese Excel among them.
func isBuiltInDate(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 54 || n == 57 || n == 58)
}

// isDateFormat says whether a format code shows a year, or a month with a day.
func isDateFormat(code string) bool {
	quoted, bracketed := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracketed = true
		case c == ']':
			bracketed = false
		case bracketed:
		case c == 'y' || c == 'Y' || c == 'd' || c == 'D':
			return true
		case c == ';':
			return false // what follows is for negative numbers
		}
	}
	return false
}

func (w *workbook) rows(sheet string) (Table, error) {
	for _, s := range w.sheets {
		if s.name == sheet {
			part, err := w.open(s.part)
			if err != nil {
				return nil, err
			}
			return &xlsxTable{workbook: w, part: part, decoder: xml.NewDecoder(part)}, nil
		}
	}
	return nil, &Problem{Code: NoSheet, Args: []any{sheet, strings.Join(w.names(), ", ")}}
}
