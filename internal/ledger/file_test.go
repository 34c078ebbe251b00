// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// cellsOf reads all cells of a sheet.
func cellsOf(t testing.TB, f *File, sheet string) [][]Cell {
	t.Helper()
	table, err := f.Rows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = table.Close() }()
	var out [][]Cell
	for {
		_, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, append([]Cell(nil), cells...))
	}
}

func opened(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(path, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestAWorkbooksCellsKeepTheirTypes(t *testing.T) {
	path := book(t, func(f *excelize.File) {
		custom, chinese := "yyyy-mm-dd", `yyyy"年"m"月"d"日"`
		date, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
		inWords, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
		builtIn, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		clock, _ := f.NewStyle(&excelize.Style{NumFmt: 20})
		for ref, value := range map[string]any{
			"A1": "文字", "B1": "000000196013010019", "C1": 5.30521198001012e17, "D1": 4800.1, "E1": true,
			"F1": 43933, "G1": 43933.75, "H1": 43933, "I1": 0.5, "J1": "=1+1",
		} {
			if err := f.SetCellValue("Sheet1", ref, value); err != nil {
				t.Fatal(err)
			}
		}
		_ = f.SetCellStyle("Sheet1", "F1", "F1", date)
		_ = f.SetCellStyle("Sheet1", "G1", "G1", inWords)
		_ = f.SetCellStyle("Sheet1", "H1", "H1", builtIn)
		_ = f.SetCellStyle("Sheet1", "I1", "I1", clock)
		_ = f.SetCellFormula("Sheet1", "K1", "SUM(D1,D1)")
		_ = f.SetCellRichText("Sheet1", "L1", []excelize.RichTextRun{{Text: "两"}, {Text: "段", Font: &excelize.Font{Bold: true}}})
		_ = f.SetCellValue("Sheet1", "A3", time.Date(2020, 4, 12, 0, 0, 0, 0, time.UTC))
	})
	april := day(t, "2020-04-12")
	want := [][]Cell{
		{
			{Kind: Text, Text: "文字"}, {Kind: Text, Text: "000000196013010019"}, {Kind: Number, Text: "530521198001012000"}, {Kind: Number, Text: "4800.1"},
			{Kind: Bool, Text: "1"}, {Kind: Date, Text: "43933", Day: april}, {Kind: Date, Text: "43933.75", Day: april}, {Kind: Date, Text: "43933", Day: april},
			{Kind: Number, Text: "0.5"}, {Kind: Text, Text: "=1+1"}, {Kind: Formula, Written: "SUM(D1,D1)"}, {Kind: Text, Text: "两段"},
		},
		{{Kind: Date, Text: "43933", Day: april}},
	}
	got := cellsOf(t, opened(t, path), "Sheet1")
	if got[0][2].Text == "5.30521198001012E+17" {
		got[0][2].Text = "530521198001012000" // a matter of how a program writes it
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// packed packs a workbook by hand, as other programs write it.
func packed(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return write(t, "ledger.xlsx", b.Bytes())
}

func minimal(sheet string) map[string]string {
	return map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<x:workbook xmlns:x="m" xmlns:r="q"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="农户" sheetId="1" r:id="s1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="s1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s2" Type="http://x/styles" Target="styles.xml"/><Relationship Id="s3" Type="http://x/sharedStrings" Target="strings.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/strings.xml":             `<sst><si><t>张</t><rPh sb="0" eb="1"><t>zhang</t></rPh></si><si><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></si></sst>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
}

func TestWorkbooksOfOtherProgramsAreRead(t *testing.T) {
	path := packed(t, minimal(`<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>
<x:row r="4"><x:c r="B4" t="inlineStr"><x:is><x:t>行_x000D_内</x:t></x:is></x:c><x:c r="D4" s="1"><x:v>1</x:v></x:c><x:c t="d"><x:v>2020-04-12T00:00:00</x:v></x:c><x:c t="str"><x:f>A1</x:f><x:v>张</x:v></x:c></x:row></x:sheetData></x:worksheet>`))
	want := [][]Cell{
		{{Kind: Text, Text: "张"}, {Kind: Text, Text: "a b"}},
		{{}, {Kind: Text, Text: "行\r内"}, {}, {Kind: Date, Text: "1", Day: day(t, "1904-01-02")}, {Kind: Text, Text: "2020-04-12T00:00:00"}, {Kind: Formula, Text: "张", Written: "A1"}},
	}
	if diff := cmp.Diff(want, cellsOf(t, opened(t, path), "农户")); diff != "" {
		t.Error(diff)
	}
}

// TestDatesOf1900AreCountedAsExcelDoes: it has a 29th of February that was none.
func TestDatesOf1900AreCountedAsExcelDoes(t *testing.T) {
	x := xlsxTable{workbook: &workbook{since: day(t, serialZero1900)}}
	for text, want := range map[string]string{"0": "", "1": "1900-01-01", "59": "1900-02-28", "60": "", "61": "1900-03-01", "43933": "2020-04-12", "2958465": "9999-12-31", "2958466": "", "-1": "", "x": ""} {
		if got := x.serialDay(text).String(); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestFilesThatAreNoLedgersAreRefused(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(folder, "link.csv")
	if err := os.Symlink(write(t, "x.csv", []byte("户主姓名\r\n")), link); err != nil {
		t.Fatal(err)
	}
	named := filepath.Join(folder, "folder.csv")
	if err := os.Mkdir(named, 0o700); err != nil {
		t.Fatal(err)
	}
	bomb := minimal("<worksheet><sheetData>" + strings.Repeat(" ", 8<<20) + "</sheetData></worksheet>")
	small := DefaultLimits
	small.FileBytes, small.UnpackedBytes, small.Sheets, small.Rows, small.Columns, small.Texts = 1<<20, 9<<20, 1, 2, 3, 20
	row := func(n int) string { return strings.Repeat("<row><c><v>1</v></c></row>", n) }
	tests := []struct {
		name string
		path string
		want Code
	}{
		{"a link", link, NotRegular},
		{"a folder", named, NotRegular},
		{"a text", write(t, "x.txt", nil), UnknownFormat},
		{"an old workbook by its name", write(t, "x.xls", nil), OldFormat},
		{"an old workbook under a new name", write(t, "x.xlsx", append(oldMagic, make([]byte, 100)...)), OldFormat},
		{"no workbook", write(t, "x.xlsx", []byte("PK but no archive")), NotWorkbook},
		{"an empty workbook", write(t, "x.xlsx", nil), NotWorkbook},
		{"a large file", write(t, "x.csv", bytes.Repeat([]byte("a,b\n"), 300_000)), FileTooLarge},
		{"UTF-16", write(t, "x.csv", []byte{0xff, 0xfe, 'a', 0}), UTF16},
		{"a part packed too tightly", packed(t, bomb), TooPacked},
		{"parts too large in all", packed(t, manyParts()), Unpacked},
		{"too many rows", packed(t, minimal("<worksheet><sheetData>"+row(3)+"</sheetData></worksheet>")), TooManyRows},
		{"too many columns", packed(t, minimal(`<worksheet><sheetData><row><c r="D1"><v>1</v></c></row></sheetData></worksheet>`)), TooManyColumns},
		{"a row number that goes back", packed(t, minimal(`<worksheet><sheetData><row r="2"><c><v>1</v></c></row><row r="2"/></sheetData></worksheet>`)), NotWorkbook},
		{"a cell that is none", packed(t, minimal(`<worksheet><sheetData><row><c r="4D"><v>1</v></c></row></sheetData></worksheet>`)), NotWorkbook},
		{"a shared text that is none", packed(t, minimal(`<worksheet><sheetData><row><c t="s"><v>9</v></c></row></sheetData></worksheet>`)), NotWorkbook},
		{"a sheet that breaks off", packed(t, minimal(`<worksheet><sheetData><row><c><v>1`)), NotWorkbook},
		{"entities of its own", packed(t, minimal(`<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>`)), NotWorkbook},
		{"a csv with a quote that does not end", write(t, "x.csv", []byte("a,b\n\"c,d\n")), BadCSV},
		{"a csv with many rows", write(t, "x.csv", []byte("a\nb\nc\n")), TooManyRows},
		{"a csv with many columns", write(t, "x.csv", []byte("a,b,c,d\n")), TooManyColumns},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limits := small
			if tt.want == TooPacked {
				limits.UnpackedBytes = 64 << 20
			}
			limits.Texts = DefaultLimits.Texts
			if got := codes(readAll(tt.path, limits)); len(got) != 1 || got[0] != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
	small.UnpackedBytes = 64 << 20
	if got := codes(readAll(packed(t, minimal("<worksheet/>")), small)); len(got) != 1 || got[0] != TooMuchText {
		t.Errorf("shared texts beyond the bound: %v", got)
	}
}

// manyParts are small each, and large in all.
func manyParts() map[string]string {
	out := map[string]string{}
	for i := range 12 {
		out[strings.Repeat("p", i+1)] = strings.Repeat("a", 900_000)
	}
	return out
}

// readAll reads every cell of a file.
func readAll(path string, limits Limits) error {
	f, err := Open(path, limits)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	for _, sheet := range f.Sheets() {
		table, err := f.Rows(sheet)
		if err != nil {
			return err
		}
		for err == nil {
			_, _, err = table.Next()
		}
		_ = table.Close()
		if !errors.Is(err, io.EOF) {
			return err
		}
	}
	return nil
}

func gb(t testing.TB, s string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestEncodingsAreToldApart(t *testing.T) {
	long := strings.Repeat("甲,乙\n", 40_000) // longer than what is looked at at once
	for _, tt := range []struct {
		name, contents string
		want           Encoding
	}{
		{"UTF-8", "户主,人口\n张某,4\n", UTF8},
		{"with the mark", "\ufeff户主,人口\n张某,4\n", UTF8BOM},
		{"GB18030", gb(t, "户主,人口\n张某,4\n"), GB18030},
		{"ASCII", "a,b\n", UTF8},
		{"long UTF-8", long, UTF8},
		{"long GB18030", gb(t, long), GB18030},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := opened(t, write(t, "x.csv", []byte(tt.contents)))
			if f.Encoding != tt.want {
				t.Errorf("got %s, want %s", f.Encoding, tt.want)
			}
			if first := cellsOf(t, f, "")[0][0].Text; first != "户主" && first != "a" && first != "甲" {
				t.Errorf("the first cell is %q", first)
			}
		})
	}
}

// TestCharactersThatDoNotSurviveAreRefusedByTheirCell: bytes of GB18030-2022
// that its tables do not know here, and one that comes back as another.
func TestCharactersThatDoNotSurviveAreRefusedByTheirCell(t *testing.T) {
	contents := gb(t, "农户编号,户主姓名,户类型,人口\nhh-1,张某,脱贫户,4\nhh-2,李") + "\xfe\x59" + gb(t, ",脱贫户,3\nhh-3,王") + "\xaa\xa1" + gb(t, ",脱贫户,2\nhh-4,刘某,一般农户,1\n")
	rows := mustRead(t, write(t, "x.csv", []byte(contents)), nil, Households)
	var got [][]string
	for _, r := range rows {
		got = append(got, problems(r))
	}
	if diff := cmp.Diff([][]string{nil, {"B3:lost-characters"}, {"B4:lost-characters"}, nil}, got); diff != "" {
		t.Error(diff)
	}
	if _, whole := encode("\ue81e", GB18030); whole {
		t.Error("U+E81E is written though it comes back as another")
	}
}

func TestRowsAreNumberedAsSpreadsheetsDo(t *testing.T) {
	path := write(t, "x.csv", []byte("农户编号,户类型,人口,家庭成员\nhh-1,脱贫户,4,\"户主/1968\n子女/1996\"\nhh-2,脱贫户,无,\n\nhh-3,脱贫户,无,\n"))
	rows := mustRead(t, path, nil, Households)
	if len(rows) != 3 || rows[0].Number != 2 || rows[1].Number != 3 || rows[2].Number != 5 {
		t.Errorf("rows %v", rows)
	}
}
