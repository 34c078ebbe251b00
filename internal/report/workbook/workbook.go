// SPDX-License-Identifier: Apache-2.0

// Package workbook writes a report as an xlsx workbook: a cover and a sheet a
// topic, with headers that stay in sight and are printed on each page, numbers as
// numbers, and charts of the program that opens it. The same report gives the same
// bytes.
package workbook

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode/utf16"

	"github.com/mattn/go-runewidth"
	"github.com/xuri/excelize/v2"

	"fangpin.io/fangpin/internal/report/layout"
)

// Write writes the document as a workbook.
func Write(out io.Writer, d *layout.Document) (err error) {
	b := &book{file: excelize.NewFile(), document: d, names: map[string]bool{}}
	defer func() {
		if closed := b.file.Close(); err == nil {
			err = closed
		}
	}()
	for _, step := range []func() error{b.addStyles, b.addProperties, b.addCover, b.addSections} {
		if err := step(); err != nil {
			return fmt.Errorf("writing the workbook: %w", err)
		}
	}
	b.file.SetActiveSheet(0)
	// The library lists the types of pictures in the order of a map.
	types := b.file.ContentTypes.Defaults
	sort.SliceStable(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
	_, err = b.file.WriteTo(out)
	return err
}

type book struct {
	file     *excelize.File
	document *layout.Document
	names    map[string]bool // of sheets, in lower case
	styles   styles
}

// font is one that the office programs of the language have; where it is missing
// they take another by themselves.
func (b *book) font() string {
	if strings.HasPrefix(b.document.Lang, "zh") {
		return "微软雅黑"
	}
	return "Calibri"
}

// addProperties fixes the dates, so that equal reports are equal files.
func (b *book) addProperties() error {
	instant := b.document.AsOf + "T00:00:00Z"
	return b.file.SetDocProps(&excelize.DocProperties{
		Title: b.document.Title, Subject: b.document.Subtitle, Creator: "Fangpin", LastModifiedBy: "Fangpin",
		Created: instant, Modified: instant, Language: b.document.Lang,
	})
}

// longest is how many UTF-16 units the name of a sheet may have.
const longest = 31

// sheetName makes a title the name of a sheet, which no other has.
func (b *book) sheetName(title string) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, title)
	for i := 0; ; i++ {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprintf(" %d", i+1)
		}
		units := utf16.Encode([]rune(title))
		name := string(utf16.Decode(units[:min(len(units), longest-len(suffix))])) + suffix
		if key := strings.ToLower(name); !b.names[key] {
			b.names[key] = true
			return name
		}
	}
}

// The widths of the cover's columns, in characters.
const (
	labelWidth = 22
	valueWidth = 78
)

func (b *book) addCover() error {
	d := b.document
	name := b.sheetName(d.Title)
	if err := b.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	s := &sheet{book: b, name: name}
	s.text(1, 1, d.Title, b.styles.title)
	s.text(2, 1, d.Subtitle, b.styles.soft)
	row := 4
	for _, fact := range d.Facts {
		s.text(row, 1, fact.Label, b.styles.head)
		s.text(row, 2, fact.Value, b.styles.wrapped)
		row++
	}
	row++
	if len(d.Notes) > 0 {
		s.text(row, 1, d.Reading, b.styles.strong)
	}
	for _, note := range d.Notes {
		row++
		s.merge(row, 1, row, 2)
		s.text(row, 1, note, b.styles.wrapped)
		s.height(row, float64(lines(note, labelWidth+valueWidth))*lineHeight)
	}
	s.width(1, labelWidth)
	s.width(2, valueWidth)
	s.setUpPage("", false)
	return s.err
}

// lineHeight is that of a line of text, in points.
const lineHeight = 17

// lines is how many lines a text takes in a column.
func lines(text string, width int) int { return 1 + screenWidth(text)/width }

// screen measures text as office programs do: Chinese characters are two wide.
var screen = &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}

func screenWidth(text string) int { return screen.StringWidth(text) }

func (b *book) addSections() error {
	for i := range b.document.Sections {
		if err := b.addSection(&b.document.Sections[i]); err != nil {
			return err
		}
	}
	return nil
}

// addSection writes a sheet: the title, the head of the columns, which stays in
// sight, the tables below each other, and the chart below them.
func (b *book) addSection(section *layout.Section) error {
	name := b.sheetName(section.Title)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	s := &sheet{book: b, name: name}
	s.text(1, 1, section.Title, b.styles.title)
	row := 2
	for _, note := range append([]string{b.document.Title + " · " + b.document.Subtitle}, section.Notes...) {
		s.text(row, 1, note, b.styles.soft)
		row++
	}
	head := row
	var drawn, columns int
	for i := range section.Tables {
		table := &section.Tables[i]
		columns = max(columns, len(table.Columns))
		if i == 0 || !sameColumns(table, &section.Tables[i-1]) {
			s.head(row, table)
			row++
		}
		if len(section.Tables) > 1 {
			s.text(row, 1, table.Caption, b.styles.strong)
			row++
		}
		if i == 0 {
			drawn = row
		}
		row = s.rows(row, table)
	}
	s.fit(section.Tables)
	s.freeze(head)
	if section.Detail {
		s.filter(head, row-1, columns)
	}
	if section.Chart != nil {
		s.chart(section, head, drawn, row+1)
	}
	s.setUpPage(fmt.Sprintf("$%d:$%d", 1, head), columns > portraitColumns)
	return s.err
}

// portraitColumns is how many columns a page in portrait takes.
const portraitColumns = 5

func sameColumns(a, b *layout.Table) bool {
	if len(a.Columns) != len(b.Columns) {
		return false
	}
	for i := range a.Columns {
		if a.Columns[i].Title != b.Columns[i].Title {
			return i == 0 // the first says what the rows are
		}
	}
	return true
}
