// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

const header = "户主姓名,户主身份证号,所在村,户类型,家庭人口数,监测日期,人均纯收入(元),住房安全"

func TestALedgerWithEveryKindOfBadCell(t *testing.T) {
	o := options(t)
	o.Limits.CellRunes = 100
	good := "张某," + identityOf("001") + ",龙潭村,脱贫户,4,2020/4/12,4800,达标"
	with := func(column int, text string) string {
		cells := strings.Split(good, ",")
		cells[column] = text
		return strings.Join(cells, ",")
	}
	tests := []struct {
		line string
		want []string
	}{
		{good, nil},
		{with(1, "5.30521E+17"), []string{"B3:identity-rounded"}},
		{with(1, "000000601301001"), []string{"B4:identity-15"}},
		{with(1, "0000001960130100"), []string{"B5:identity-form"}},
		{with(1, identityOf("001")[:17]+"?"), []string{"B6:identity-form"}},
		{with(1, "000000196013010010"), []string{"B7:identity-check"}},
		{with(1, `="`+identityOf("001")+`"`), []string{"B8:is-formula"}},
		{with(2, "龙谭村"), []string{"C9:unknown-word-near"}},
		{with(3, "脱平户"), []string{"D10:unknown-word-near"}},
		{with(4, "四"), []string{"E11:not-count"}},
		{with(5, "2021-02-29"), []string{"F12:no-such-day"}},
		{with(5, "43933"), []string{"F13:not-date"}},
		{with(5, "2022-01-01"), []string{"F14:in-future"}},
		{with(6, "约五千"), []string{"G15:not-money"}},
		{with(6, "48.001"), []string{"G16:too-fine"}},
		{with(6, "-5"), []string{"G17:negative"}},
		{with(6, "0.48万"), []string{"G18:in-ten-thousands"}},
		{with(6, "=SUM(A1)"), []string{"G19:is-formula"}},
		{with(6, "#VALUE!"), []string{"G20:is-error"}},
		{with(7, "还行吧"), []string{"H21:unknown-word"}},
		{with(7, "达标："+strings.Repeat("长", 101)), []string{"H22:cell-too-long"}},
		{with(0, identityOf("002")), []string{"A23:holds-identity"}},
		{good + ",,多", []string{"J24:beyond-header"}},
		{with(6, "1;2") + ",", []string{"G25:not-money"}},
		{"\xff某" + good[len("张某"):], []string{"A26:lost-characters"}},
	}
	lines := []string{"\ufeff" + header}
	for _, tt := range tests {
		line := tt.line
		if strings.Contains(line, `"`) {
			line = strings.Replace(line, `="`+identityOf("001")+`"`, `"=""`+identityOf("001")+`"""`, 1)
		}
		lines = append(lines, line)
	}
	rows, err := read(t, csvOf(t, lines...), nil, "", o)
	if err != nil || len(rows) != len(tests) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, tt := range tests {
		if diff := cmp.Diff(tt.want, problems(rows[i])); diff != "" {
			t.Errorf("row %d: %s", rows[i].Number, diff)
		}
		for _, p := range rows[i].Problems {
			if said := fmt.Sprint(p.Args...); strings.Contains(said, "000000") || strings.Contains(said, "张某") {
				t.Errorf("row %d repeats what is personal: %s", rows[i].Number, said)
			}
		}
	}
}

func TestHeadersAreFoundAndUnderstood(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		m     *Mapping
		kind  Kind
		want  []Code
		rows  int
	}{
		{"in the first row", []string{"农户编号,户类型,人口", "hh-1,脱贫户,4"}, nil, "", nil, 1},
		{"below a title", []string{"昭潭镇防返贫监测台账,,", ",,", "农户编号,户类型,家庭人口（人）", "hh-1,脱贫户,4"}, nil, "", nil, 1},
		{"with a serial number", []string{"序号,农户编号,户类型,家庭人口", "1,hh-1,脱贫户,4"}, nil, "", nil, 1},
		{"in English", []string{"name,registration,persons", "hh-1,Graduated,4"}, nil, "", nil, 1},
		{"one that is not known, with what it may be", []string{"农户编号,户类型,家庭人数目,户号", "hh-1,脱贫户,4,5"}, nil, "", []Code{UnknownNear, UnknownNear}, 0},
		{"one that is like none", []string{"农户编号,户类型,人口,甲乙丙丁戊己庚", "hh-1,脱贫户,4,5"}, nil, "", []Code{UnknownHeader}, 0},
		{"one that is to be ignored", []string{"农户编号,户类型,人口,备注", "hh-1,脱贫户,4,x"}, &Mapping{Ledgers: []SheetMapping{{Kind: Households, Ignore: []string{"备注"}}}}, "", nil, 1},
		{"two for one field", []string{"农户编号,户类型,人口,家庭人口", "hh-1,脱贫户,4,4"}, nil, "", []Code{HeaderTwice}, 0},
		{"one that the mapping names and that is missing", []string{"农户编号,户类型,人口", "hh-1,脱贫户,4"}, &Mapping{Ledgers: []SheetMapping{{Kind: Households, Columns: []ColumnMapping{{Header: "收入", Field: "survey.income"}}}}}, "", []Code{HeaderMissing}, 0},
		{"nothing that tells whose a row is", []string{"户主姓名,户类型,人口", "张某,脱贫户,4"}, nil, "", []Code{NoMatchColumn}, 0},
		{"surveys without their dates", []string{"农户编号,人均纯收入", "hh-1,4800"}, nil, Surveys, []Code{NoRequiredColumn}, 0},
		{"no headers", []string{"1,2", "3,4"}, nil, "", []Code{NoHeader}, 0},
		{"an empty file", nil, nil, "", []Code{NoHeader}, 0},
		{"the kind by the headers: leads", []string{"农户编号,线索来源,原因,线索日期", "hh-1,部门,因病,2021-04-01"}, nil, "", nil, 1},
		{"the kind by the headers: surveys", []string{"农户编号,监测日期,人均纯收入", "hh-1,2021-04-01,4800"}, nil, "", nil, 1},
		{"the kind by the headers: measures", []string{"农户编号,措施类别,计划日期", "hh-1,培训,2021-04-01"}, nil, "", nil, 1},
		{"an error file, brought in again", []string{"农户编号,户类型,人口," + Reasons, "hh-1,脱贫户,4,人口有误"}, nil, "", nil, 1},
		{
			"a row of headers that is named", []string{"农户编号,户类型,人口", "户,类,数", "hh-1,脱贫户,4"},
			&Mapping{Ledgers: []SheetMapping{{Kind: Households, HeaderRow: 2, Columns: []ColumnMapping{{Header: "户", Field: "name"}, {Header: "类", Field: "registration"}, {Header: "数", Field: "persons"}}}}}, "", nil, 1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := read(t, csvOf(t, tt.lines...), tt.m, tt.kind, options(t))
			if diff := cmp.Diff(tt.want, codes(err)); diff != "" {
				t.Errorf("%v: %s", err, diff)
			}
			if len(rows) != tt.rows {
				t.Fatalf("%d rows, want %d", len(rows), tt.rows)
			}
			for _, r := range rows {
				if kind, told := strings.CutPrefix(tt.name, "the kind by the headers: "); told && !strings.HasPrefix(string(r.Sheet.Kind), kind) && kind != "leads" {
					t.Errorf("taken for %s", r.Sheet.Kind)
				}
				if len(r.Problems) > 0 || r.Name() != "hh-1" {
					t.Errorf("row %d: %v, %v", r.Number, r.Values, problems(r))
				}
			}
		})
	}
}

func TestWithoutAKeyTheColumnOfIdentityNumbersIsRefused(t *testing.T) {
	o := options(t)
	o.Key = nil
	_, err := read(t, csvOf(t, header, "张某,"+identityOf("001")+",龙潭村,脱贫户,4,,,"), nil, "", o)
	if got := codes(err); len(got) != 1 || got[0] != NoKey {
		t.Errorf("got %v", err)
	}
}

func TestAMappingTurnsHeadersAndWords(t *testing.T) {
	m, err := ParseMapping([]byte(`
ledgers:
- kind: 农户
  sheet: 台账
  headerRow: 2
  ignore: [序号]
  columns:
  - {header: 编码, field: name}
  - {header: 收入, field: survey.income, unit: 万元}
  - {header: 日期, field: 监测日期}
  - {header: 类型, field: registration, values: {甲: 脱贫户, 乙: None}}
  - {field: persons, value: "3"}
`))
	if err != nil {
		t.Fatal(err)
	}
	path := book(t, func(f *excelize.File) {
		_ = f.SetSheetName("Sheet1", "台账")
		for i, row := range [][]any{{"昭潭镇"}, {"序号", "编码", "收入", "日期", "类型"}, {1, "hh-1", 0.48, "2021-04-01", "甲"}, {2, "hh-2", 0.5123, "2021-04-02", " 乙"}} {
			_ = f.SetSheetRow("台账", fmt.Sprintf("A%d", i+1), &row)
		}
	})
	var got [][]string
	for _, r := range mustRead(t, path, m, "") {
		if len(r.Problems) > 0 {
			t.Error(problems(r))
		}
		got = append(got, []string{r.Name(), r.Value("survey.income"), r.Value("registration"), r.Value("persons")})
	}
	if diff := cmp.Diff([][]string{{"hh-1", "4800", "Graduated", "3"}, {"hh-2", "5123", "None", "3"}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestMappingsThatMakeNoSenseAreRefusedAllAtOnce(t *testing.T) {
	tests := []struct {
		name, text string
		want       []Code
	}{
		{"no YAML", "{", []Code{BadMapping}},
		{"nothing", "", []Code{BadMapping}},
		{"an unknown key", "ledgers: [{kind: households, colums: []}]", []Code{BadMapping}},
		{"an unknown kind", "ledgers: [{kind: families}]", []Code{MappingKind}},
		{"an unknown field, and a unit of no amount", "ledgers: [{kind: households, columns: [{header: a, field: person}, {header: b, field: persons, unit: 万元}]}]", []Code{MappingField, MappingUnit}},
		{"a field twice", "ledgers: [{kind: households, columns: [{header: a, field: persons}, {header: b, field: persons}]}]", []Code{MappingTwice}},
		{"a header that is ignored, too", "ledgers: [{kind: households, ignore: [a], columns: [{header: a, field: persons}]}]", []Code{MappingTwice}},
		{"neither header nor value", "ledgers: [{kind: households, columns: [{field: persons}]}]", []Code{MappingColumn}},
		{"one identity number for all", "ledgers: [{kind: households, columns: [{field: identity, value: x}]}]", []Code{MappingColumn}},
		{"too long", strings.Repeat("#", MaxMapping+1), []Code{FileTooLarge}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseMapping([]byte(tt.text))
			if diff := cmp.Diff(tt.want, codes(err)); diff != "" {
				t.Errorf("%v: %s", err, diff)
			}
		})
	}
	m := &Mapping{Ledgers: []SheetMapping{{Kind: Households, Columns: []ColumnMapping{{Header: "类", Field: "registration", Values: map[string]string{"甲": "什么"}}, {Field: "persons", Value: "no"}}}}}
	if _, err := read(t, csvOf(t, "农户编号,类", "hh-1,甲"), m, "", options(t)); len(codes(err)) != 2 {
		t.Errorf("values that are none: %v", err)
	}
}

func TestTheDefaultMappingIsOne(t *testing.T) {
	m := DefaultMapping()
	for i := range m.Ledgers {
		if faults := m.Ledgers[i].check(); len(faults) > 0 {
			t.Error(faults)
		}
	}
}

func TestSheetsAreFoundByTheirNames(t *testing.T) {
	four := book(t, func(f *excelize.File) {
		_ = f.SetSheetName("Sheet1", "说明")
		for _, name := range []string{"监测", "农户"} {
			_, _ = f.NewSheet(name)
		}
		_ = f.SetSheetRow("监测", "A1", &[]any{"农户编号", "监测日期"})
		_ = f.SetSheetRow("监测", "A2", &[]any{"hh-1", "2021-04-01"})
		_ = f.SetSheetRow("农户", "A1", &[]any{"农户编号", "户类型", "人口"})
		_ = f.SetSheetRow("农户", "A2", &[]any{"hh-1", "脱贫户", 4})
	})
	rows := mustRead(t, four, nil, "")
	if len(rows) != 2 || rows[0].Sheet.Kind != Households || rows[1].Sheet.Kind != Surveys {
		t.Errorf("%d rows", len(rows))
	}
	if rows := mustRead(t, four, nil, Surveys); len(rows) != 1 {
		t.Errorf("of one kind: %d rows", len(rows))
	}
	named := &Mapping{Ledgers: []SheetMapping{{Kind: Households, Sheet: "台账"}}}
	if _, err := read(t, four, named, "", options(t)); len(codes(err)) != 1 || codes(err)[0] != NoSheet {
		t.Errorf("a sheet that is not there: %v", err)
	}
	other := book(t, func(f *excelize.File) { _, _ = f.NewSheet("两张") })
	if _, err := read(t, other, nil, "", options(t)); len(codes(err)) != 1 || codes(err)[0] != NoLedger {
		t.Errorf("no ledger among several sheets: %v", err)
	}
}

// TestRefusedRowsComeOutAsTheyStand in a file of the same layout, which can be
// brought in again.
func TestRefusedRowsComeOutAsTheyStand(t *testing.T) {
	lines := []string{"昭潭镇台账", "农户编号,户类型,人口,备注", "hh-1,脱贫户,4,'=1+1", "hh-2,脱贫户,无,李", "hh-3,脱贫户,=1+1,x"}
	csvs := map[string]string{"x.csv": strings.Join(lines, "\r\n"), "bom.csv": "\ufeff" + strings.Join(lines, "\r\n")}
	m := &Mapping{Ledgers: []SheetMapping{{Kind: Households, Ignore: []string{"备注"}}}}
	for name, contents := range csvs {
		got := refusedOf(t, write(t, name, []byte(contents)), m)
		want := strings.Join(append(append([]string{lines[0]}, lines[1]+","+Reasons), lines[3]+",2: why", strings.Replace(lines[4], "=1", "'=1", 1)+",3: why"), "\r\n") + "\r\n"
		want = strings.ReplaceAll(want, "2: why", "row 4")
		want = strings.ReplaceAll(want, "3: why", "row 5")
		if strings.HasPrefix(contents, "\ufeff") {
			want = "\ufeff" + want
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	lost := gb(t, strings.Join(lines, "\r\n")) + "\r\nhh-4," + gb(t, "脱贫户") + ",\xfe\x59,\r\n"
	if got := refusedOf(t, write(t, "gb.csv", []byte(lost)), m); !strings.Contains(got, "\xfe\x59") || !strings.Contains(got, gb(t, Reasons)) {
		t.Errorf("bytes that do not survive are not kept: %q", got)
	}
	path := book(t, func(f *excelize.File) {
		_ = f.SetSheetName("Sheet1", "农户")
		for i, row := range [][]any{{"昭潭镇台账"}, {}, {"农户编号", "户类型", "人口", "脱贫日期"}, {"hh-1", "脱贫户", 4, "2019-12-31"}, {"hh-2", "脱贫户", 4.5, 43933}, {"=1+1", "脱贫户", 3, "x"}} {
			_ = f.SetSheetRow("农户", fmt.Sprintf("A%d", i+1), &row)
		}
		_ = f.SetCellFormula("农户", "C6", "1+1")
	})
	f := opened(t, write(t, "again.xlsx", []byte(refusedOf(t, path, nil))))
	want := [][]Cell{
		{{Kind: Text, Text: "昭潭镇台账"}},
		{{Kind: Text, Text: "农户编号"}, {Kind: Text, Text: "户类型"}, {Kind: Text, Text: "人口"}, {Kind: Text, Text: "脱贫日期"}, {Kind: Text, Text: Reasons}},
		{{Kind: Text, Text: "hh-2"}, {Kind: Text, Text: "脱贫户"}, {Kind: Number, Text: "4.5"}, {Kind: Number, Text: "43933"}, {Kind: Text, Text: "row 5"}},
		{{Kind: Text, Text: "=1+1"}, {Kind: Text, Text: "脱贫户"}, {Kind: Text, Text: "=1+1"}, {Kind: Text, Text: "x"}, {Kind: Text, Text: "row 6"}},
	}
	if diff := cmp.Diff(want, cellsOf(t, f, "农户")); diff != "" {
		t.Error(diff)
	}
}

// refusedOf is the file of the refused rows of a ledger of households.
func refusedOf(t *testing.T, path string, m *Mapping) string {
	t.Helper()
	f := opened(t, path)
	sheets, err := f.Ledgers(path, m, Households, options(t))
	if err != nil {
		t.Fatal(err)
	}
	refused := map[int]bool{}
	for _, s := range sheets {
		if err := s.Read(func(r *Row) error { refused[r.Number] = len(r.Problems) > 0; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	err = WriteRefused(&b, sheets, func(_ *Sheet, row int) string {
		if refused[row] {
			return fmt.Sprintf("row %d", row)
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTheSampleIsALedger holds the shipped example to what it shows.
func TestTheSampleIsALedger(t *testing.T) {
	folder := filepath.Join("..", "..", "config", "samples", "ledger")
	text, err := os.ReadFile(filepath.Join(folder, "mapping.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := ParseMapping(text)
	if err != nil {
		t.Fatal(err)
	}
	rows := mustRead(t, filepath.Join(folder, "households.csv"), m, "")
	var got []string
	for _, r := range rows {
		got = append(got, r.Name()+" "+r.Value("registration")+" "+r.Value("survey.income")+" "+r.Value("survey.method"))
		if len(r.Problems) > 0 {
			t.Error(problems(r))
		}
	}
	if diff := cmp.Diff([]string{"hh-000201 Graduated 4800 OnSite", "hh-000202 None 9215 OnSite", "hh-000203 Graduated 5001 OnSite"}, got); diff != "" {
		t.Error(diff)
	}
}
