// SPDX-License-Identifier: Apache-2.0

package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"fangpin.io/fangpin/internal/report/layout"
)

// styles are the formats of cells.
type styles struct {
	title, soft, strong, head, headNumber, wrapped int
	label                                          [5]int // by depth
	text, count, amount, hidden                    int
}

// The number formats that every office program knows.
const (
	countFormat  = 3 // #,##0
	amountFormat = 4 // #,##0.00
)

func (b *book) addStyles() error {
	line := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		line = append(line, excelize.Border{Type: side, Style: 1, Color: "D1D9E0"})
	}
	shade := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EAF0F6"}}
	font := func(size float64, bold bool, colour string) *excelize.Font {
		return &excelize.Font{Family: b.font(), Size: size, Bold: bold, Color: colour}
	}
	const ink, soft = "1F2328", "59636E"
	all := []struct {
		id    *int
		style excelize.Style
	}{
		{&b.styles.title, excelize.Style{Font: font(16, true, ink)}},
		{&b.styles.soft, excelize.Style{Font: font(10, false, soft)}},
		{&b.styles.strong, excelize.Style{Font: font(11, true, ink), Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&b.styles.head, excelize.Style{Font: font(10, true, ink), Fill: shade, Border: line, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}},
		{&b.styles.headNumber, excelize.Style{Font: font(10, true, ink), Fill: shade, Border: line, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "right"}}},
		{&b.styles.wrapped, excelize.Style{Font: font(10, false, ink), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&b.styles.text, excelize.Style{Font: font(10, false, ink), Border: line}},
		{&b.styles.count, excelize.Style{Font: font(10, false, ink), Border: line, NumFmt: countFormat}},
		{&b.styles.amount, excelize.Style{Font: font(10, false, ink), Border: line, NumFmt: amountFormat}},
		{&b.styles.hidden, excelize.Style{Font: font(10, false, soft), Border: line, Alignment: &excelize.Alignment{Horizontal: "right"}}},
	}
	for depth := range b.styles.label {
		all = append(all, struct {
			id    *int
			style excelize.Style
		}{&b.styles.label[depth], excelize.Style{Font: font(10, false, ink), Border: line, Alignment: &excelize.Alignment{Indent: depth * 2}}})
	}
	for _, s := range all {
		var err error
		if *s.id, err = b.file.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// sheet writes cells and keeps the first error. Rows and columns begin at 1.
type sheet struct {
	*book
	name string
	err  error
}

func (s *sheet) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

func at(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "A1" // a report has far fewer rows and columns
	}
	return name
}

// text writes a text. It is never a formula, whatever it begins with.
func (s *sheet) text(row, column int, text string, style int) {
	s.do(s.file.SetCellStr(s.name, at(row, column), text))
	s.do(s.file.SetCellStyle(s.name, at(row, column), at(row, column), style))
}

func (s *sheet) merge(row, column, lastRow, lastColumn int) {
	s.do(s.file.MergeCell(s.name, at(row, column), at(lastRow, lastColumn)))
}

func (s *sheet) height(row int, points float64) { s.do(s.file.SetRowHeight(s.name, row, points)) }

func (s *sheet) width(column int, characters float64) {
	name, err := excelize.ColumnNumberToName(column)
	s.do(err)
	s.do(s.file.SetColWidth(s.name, name, name, characters))
}

func (s *sheet) head(row int, table *layout.Table) {
	for i, column := range table.Columns {
		style := s.styles.head
		if column.Numeric {
			style = s.styles.headNumber
		}
		s.text(row, i+1, column.Title, style)
	}
}

// rows writes the rows of a table and returns the row after the last.
func (s *sheet) rows(row int, table *layout.Table) int {
	for _, r := range table.Rows {
		for i, cell := range r.Cells {
			s.cell(row, i+1, cell, r.Depth)
		}
		row++
	}
	return row
}

func (s *sheet) cell(row, column int, c layout.Cell, depth int) {
	const fenPerYuan = 100
	switch c.Kind {
	case layout.Count:
		s.do(s.file.SetCellInt(s.name, at(row, column), c.Value))
		s.do(s.file.SetCellStyle(s.name, at(row, column), at(row, column), s.styles.count))
	case layout.Fen:
		s.do(s.file.SetCellFloat(s.name, at(row, column), float64(c.Value)/fenPerYuan, 2, 64))
		s.do(s.file.SetCellStyle(s.name, at(row, column), at(row, column), s.styles.amount))
	case layout.Hidden:
		s.text(row, column, c.Text, s.styles.hidden)
	default:
		style := s.styles.text
		if column == 1 {
			style = s.styles.label[min(depth, len(s.styles.label)-1)]
		}
		s.text(row, column, c.Text, style)
	}
}

// The widths of columns, in characters.
const (
	leastWidth = 9
	mostWidth  = 38
)

// fit makes columns as wide as their cells; heads wrap.
func (s *sheet) fit(tables []layout.Table) {
	var widths []int
	for i := range tables {
		for c, column := range tables[i].Columns {
			if c == len(widths) {
				widths = append(widths, leastWidth)
			}
			widths[c] = max(widths[c], min(screenWidth(column.Title)+2, mostWidth/2))
			for _, row := range tables[i].Rows {
				indent := 0
				if c == 0 {
					indent = 3 * row.Depth
				}
				widths[c] = max(widths[c], min(screenWidth(row.Cells[c].Say())+2+indent, mostWidth))
			}
		}
	}
	for c, width := range widths {
		s.width(c+1, float64(width))
	}
}

// freeze keeps the head of the columns and the first column in sight.
func (s *sheet) freeze(head int) {
	s.do(s.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, XSplit: 1, YSplit: head, TopLeftCell: at(head+1, 2), ActivePane: "bottomRight",
	}))
}

func (s *sheet) filter(head, last, columns int) {
	s.do(s.file.AutoFilter(s.name, at(head, 1)+":"+at(max(last, head), max(columns, 1)), nil))
}

// quoted is the sheet's name in a formula.
func (s *sheet) quoted() string { return "'" + strings.ReplaceAll(s.name, "'", "''") + "'" }

// setUpPage prints on A4, as wide as the page, with the given rows on each.
func (s *sheet) setUpPage(titles string, landscape bool) {
	const a4 = 9
	orientation := "portrait"
	if landscape {
		orientation = "landscape"
	}
	fit := true
	s.do(s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	size, wide, high := a4, 1, 0
	s.do(s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}))
	left, right, top, bottom := 0.5, 0.5, 0.6, 0.7
	s.do(s.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &left, Right: &right, Top: &top, Bottom: &bottom}))
	s.do(s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&L" + strings.ReplaceAll(s.document.Source, "&", "&&") + "&R&P / &N"}))
	if titles == "" {
		return
	}
	s.do(s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: s.quoted() + "!" + titles, Scope: s.name}))
}

// colours are those of tones.
var colours = map[layout.Tone]string{
	layout.Red: "CF222E", layout.Orange: "E16F24", layout.Yellow: "F2C94C", layout.Green: "2DA44E", layout.Blue: "0969DA",
	layout.Grey: "8C959F", layout.Teal: "1B7C83", layout.Purple: "8250DF", layout.Brown: "7A4B2B",
}

// The size of charts, in pixels.
const (
	chartWidth  = 760
	chartHeight = 330
	barHeight   = 26
)

// chart adds the chart of the first table, whose rows begin at a row.
func (s *sheet) chart(section *layout.Section, head, first, below int) {
	c := section.Chart
	if len(c.Rows) == 0 || len(c.Columns) == 0 {
		return
	}
	cells := func(fromRow, fromColumn, toRow, toColumn int) string {
		return s.quoted() + "!" + absolute(fromRow, fromColumn) + ":" + absolute(toRow, toColumn)
	}
	firstRow, lastRow := first+c.Rows[0], first+c.Rows[len(c.Rows)-1]
	firstColumn, lastColumn := c.Columns[0]+1, c.Columns[len(c.Columns)-1]+1
	axis := excelize.Font{Family: s.font(), Size: 9, Color: "1F2328"}
	chart := &excelize.Chart{
		Type: excelize.BarStacked, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &excelize.Font{Family: s.font(), Size: 12, Bold: true}}}},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: chartHeight},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: axis},
		YAxis:     excelize.ChartAxis{MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}, Font: axis},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0;;"}}, // no label on nothing
	}
	overlap, gap, vary := 100, uint(60), false
	chart.Overlap, chart.GapWidth, chart.VaryColors = &overlap, &gap, &vary
	add := func(i int, name, categories, values string) {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: name, Categories: categories, Values: values,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[c.Tones[i]]}},
		})
	}
	if c.ByColumn {
		chart.Type, chart.XAxis.ReverseOrder = excelize.ColStacked, false
		for i, row := range c.Rows {
			add(i, s.quoted()+"!"+absolute(first+row, 1), cells(head, firstColumn, head, lastColumn), cells(first+row, firstColumn, first+row, lastColumn))
		}
	} else {
		for i, column := range c.Columns {
			add(i, s.quoted()+"!"+absolute(head, column+1), cells(firstRow, 1, lastRow, 1), cells(firstRow, column+1, lastRow, column+1))
		}
		chart.Dimension.Height = uint(max(chartHeight, 120+barHeight*len(c.Rows))) //nolint:gosec // positive
	}
	if len(chart.Series) == 1 {
		chart.Legend.Position = "none"
	}
	s.do(s.file.AddChart(s.name, at(below, 1), chart))
}

func absolute(row, column int) string {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		name = "A" // a report has far fewer columns
	}
	return fmt.Sprintf("$%s$%d", name, row)
}
