// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// small limits, so that a fuzzed file shows soon whether they hold.
var small = Limits{FileBytes: 1 << 20, UnpackedBytes: 4 << 20, Ratio: 100, Texts: 1 << 20, Sheets: 8, Rows: 1000, Columns: 50, CellRunes: 200}

// fuzzFile reads a file to its end: it must neither panic nor hand out more than
// the limits allow, and what it complains of is a problem with a code.
func fuzzFile(t *testing.T, name string, contents []byte) {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, contents, 0o600); err != nil {
		t.Fatal(err)
	}
	o := options(t)
	o.Limits = small
	for _, k := range append(Kinds(), "") {
		rows, err := read(t, path, nil, k, o)
		if err != nil {
			var p *Problem
			if !errors.As(err, &p) {
				t.Fatalf("%v is no problem of a ledger", err)
			}
		}
		if len(rows) > small.Rows*small.Sheets {
			t.Fatalf("%d rows", len(rows))
		}
		GroupRows(rows, "zhaotan", newTown())
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		header + "\n张某,000000196013010019,龙潭村,脱贫户,4,2020/4/12,4800,达标\n",
		"\ufeff农户编号,监测日期\r\nhh-1,\"2021\n-04\"\r\n", "农户编号,户类型\nhh-1,\xfe\x59\n", "a,\"b\n", "\xff\xfea\x00", "'=1,=1\n", "",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, contents []byte) { fuzzFile(t, "x.csv", contents) })
}

func FuzzWorkbook(f *testing.F) {
	path := book(f, func(x *excelize.File) {
		_ = x.SetSheetName("Sheet1", "农户")
		_ = x.SetSheetRow("农户", "A1", &[]any{"农户编号", "户类型", "人口", "监测日期"})
		_ = x.SetSheetRow("农户", "A2", &[]any{"hh-1", "脱贫户", 4, 43933})
	})
	whole, err := os.ReadFile(path) //nolint:gosec // the test's own file
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, contents []byte) { fuzzFile(t, "x.xlsx", contents) })
}

// FuzzSheet fuzzes what is inside a whole archive, which a fuzzer seldom keeps
// whole.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`, `<sst><si><t>农户编号</t></si></sst>`, `<styleSheet><numFmts><numFmt numFmtId="165" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="165"/></cellXfs></styleSheet>`)
	f.Add(`<row r="99999999"><c r="ZZZZZ9"/></row>`, `<si><t>`, `<xf`)
	f.Fuzz(func(t *testing.T, sheet, texts, styles string) {
		files := minimal(sheet)
		files["xl/strings.xml"], files["xl/styles.xml"] = texts, styles
		contents, err := os.ReadFile(packed(t, files))
		if err != nil {
			t.Fatal(err)
		}
		fuzzFile(t, "x.xlsx", contents)
	})
}

func FuzzMapping(f *testing.F) {
	f.Add([]byte("ledgers: [{kind: households, headerRow: 1, ignore: [a], columns: [{header: b, field: persons, values: {一: '1'}}]}]"))
	f.Add([]byte("ledgers: [{kind: 农户, columns: [{field: persons, value: 3}]}]"))
	path := csvOf(f, "农户编号,户类型,人口,b", "hh-1,脱贫户,4,一")
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ParseMapping(text)
		if err != nil {
			return
		}
		_, _ = read(t, path, m, "", options(t)) // any answer but a panic
	})
}

// FuzzCells: whatever a cell holds, what is read is read back as it is.
func FuzzCells(f *testing.F) {
	f.Add("2020年4月12日", uint8(0))
	f.Add("户主/1968；子女", uint8(1))
	f.Add("12,345.67元", uint8(2))
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		c := Cell{Kind: CellKind(kind % 6), Text: text}
		o := options(t)
		for _, k := range Kinds() {
			for _, column := range columnsOf(k) {
				r := reader{Column: column, key: o.Key, places: o.Places}
				value, problem := r.read(c, o.Limits)
				if problem != nil || value == "" || column.form == asIdentity {
					continue
				}
				again, problem := r.read(Cell{Kind: Text, Text: column.say(value, o.Places)}, o.Limits)
				if problem != nil || !column.same(again, value) {
					t.Fatalf("%s: %q is read as %q, and that as %q, %v", column.Field, text, value, again, problem)
				}
			}
		}
	})
}
