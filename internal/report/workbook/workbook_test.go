// SPDX-License-Identifier: Apache-2.0

package workbook_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fangpin.io/fangpin/internal/report/layout"
	"fangpin.io/fangpin/internal/report/workbook"
)

// document has a section with two tables and a chart, one with what could be taken
// for formulas, and two of one title.
func document() *layout.Document {
	months := []layout.Column{{Title: "等级"}, {Title: "1月", Numeric: true}, {Title: "2月", Numeric: true}}
	row := func(name string, cells ...layout.Cell) layout.Row {
		return layout.Row{Cells: append([]layout.Cell{layout.Words(name)}, cells...)}
	}
	count := func(n int64) layout.Cell { return layout.Cell{Kind: layout.Count, Value: n} }
	hidden := layout.Cell{Kind: layout.Hidden, Text: "＜3"}
	return &layout.Document{
		Lang: "zh-CN", Title: "监测年报", Subtitle: "东至县 2020年", AsOf: "2020-12-31", Reading: "说明", Source: "来源 A&B",
		Facts: []layout.Fact{{Label: "行政区", Value: "=1+1"}}, Notes: []string{"@注"},
		Sections: []layout.Section{
			{
				Title: "各月风险等级: [1]/2", Notes: []string{"说明"},
				Chart: &layout.Chart{Title: "户数", Rows: []int{0, 1}, Columns: []int{1, 2}, ByColumn: true, Tones: []layout.Tone{layout.Red, layout.Yellow}},
				Tables: []layout.Table{
					{Caption: "户数", Columns: months, Rows: []layout.Row{row("红色", count(1234), hidden), row("黄色", count(2), count(0))}},
					{Caption: "人数", Columns: months, Rows: []layout.Row{row("红色", count(3), count(4))}},
				},
			},
			{Title: "措施", Tables: []layout.Table{{Columns: []layout.Column{{Title: "-措施"}, {Title: "元", Numeric: true}}, Rows: []layout.Row{
				row("=cmd|' /C calc'!A0", layout.Cell{Kind: layout.Fen, Value: 123456}), row("+1", count(1)), row("-1", count(1)), row("@SUM(A1)", count(1)), row("a\x1bb", count(1)),
			}}}},
			{
				Title: "措施", Detail: true, Chart: &layout.Chart{Title: "x", Rows: []int{0}, Columns: []int{1}, Tones: []layout.Tone{layout.Blue}},
				Tables: []layout.Table{{Columns: months, Rows: []layout.Row{row("红色", count(1), count(2))}}},
			},
		},
	}
}

func write(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := workbook.Write(&out, document()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t *testing.T) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(write(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestSheetsAreNamedAndFrozenAndPrinted(t *testing.T) {
	f := open(t)
	want := []string{"监测年报", "各月风险等级   1  2", "措施", "措施 2"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Fatalf("sheets %q, want %q", got, want)
	}
	panes, err := f.GetPanes(want[1])
	if err != nil || !panes.Freeze || panes.YSplit != 4 || panes.XSplit != 1 {
		t.Errorf("panes %+v, %v: the head in row 4 and the first column are to stay", panes, err)
	}
	titles := map[string]string{}
	for _, name := range f.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" {
			titles[name.Scope] = name.RefersTo
		}
	}
	if got, want := titles[want[1]], "'各月风险等级   1  2'!$1:$4"; got != want || len(titles) != 3 {
		t.Errorf("print titles %q of %d sheets, want %q of 3", got, len(titles), want)
	}
	page, err := f.GetPageLayout(want[1])
	if err != nil || *page.Size != 9 || *page.FitToWidth != 1 {
		t.Errorf("page %+v, %v: want A4, as wide as the page", page, err)
	}
}

func TestNumbersAreNumbersWithAFormat(t *testing.T) {
	f := open(t)
	for _, test := range []struct{ sheet, cell, raw, shown string }{
		{"各月风险等级   1  2", "B6", "1234", "1,234"},
		{"措施", "B4", "1234.56", "1,234.56"},
	} {
		raw, err := f.GetCellValue(test.sheet, test.cell, excelize.Options{RawCellValue: true})
		if err != nil || raw != test.raw {
			t.Errorf("%s: %q, %v, want %q", test.cell, raw, err, test.raw)
		}
		if shown, err := f.GetCellValue(test.sheet, test.cell); err != nil || shown != test.shown {
			t.Errorf("%s: shown as %q, %v, want %q", test.cell, shown, err, test.shown)
		}
		if kind, err := f.GetCellType(test.sheet, test.cell); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s is of type %v, %v, want a number", test.cell, kind, err)
		}
	}
	if got, _ := f.GetCellValue("各月风险等级   1  2", "C6"); got != "＜3" {
		t.Errorf("a hidden count is %q", got)
	}
}

func TestNoTextIsAFormula(t *testing.T) {
	f := open(t)
	found := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, text := range row {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
					t.Errorf("%s %s is the formula %q", sheet, cell, formula)
				}
				if kind, _ := f.GetCellType(sheet, cell); text != "" && strings.ContainsAny(text[:1], "=+-@") {
					if found++; kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
						t.Errorf("%s %s: %q is of type %v", sheet, cell, text, kind)
					}
				}
			}
		}
	}
	if found < 6 {
		t.Errorf("only %d such texts are there", found)
	}
}

func TestChartsAreTheProgramsOwn(t *testing.T) {
	archive, err := zip.NewReader(bytes.NewReader(write(t)), int64(len(write(t))))
	if err != nil {
		t.Fatal(err)
	}
	charts, stacked := 0, false
	for _, file := range archive.File {
		if !strings.HasPrefix(file.Name, "xl/charts/chart") {
			continue
		}
		charts++
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		_, err = text.ReadFrom(content)
		if err != nil {
			t.Fatal(err)
		}
		stacked = stacked || strings.Contains(text.String(), "$B$6:$C$6") && strings.Contains(text.String(), "$B$4:$C$4") && strings.Count(text.String(), "<ser>") == 2
	}
	if charts != 2 || !stacked {
		t.Errorf("%d charts, one of the first table's rows: %v", charts, stacked)
	}
}

func TestEqualReportsAreEqualFiles(t *testing.T) {
	first := write(t)
	for range 5 {
		if !bytes.Equal(first, write(t)) {
			t.Fatal("the same report was written in two ways")
		}
	}
	properties, err := open(t).GetDocProps()
	if err != nil || properties.Created != "2020-12-31T00:00:00Z" || properties.Modified != properties.Created {
		t.Errorf("properties %+v, %v", properties, err)
	}
}
