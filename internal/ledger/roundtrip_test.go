// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/api/v1alpha1"
)

// layouts are the files that a ledger can be written as.
var layouts = []struct {
	name     string
	format   Format
	encoding Encoding
}{{"xlsx", XLSX, ""}, {"utf-8", CSV, UTF8}, {"utf-8-bom", CSV, UTF8BOM}, {"gb18030", CSV, GB18030}}

// TestCellsComeBackAsTheyWere whatever they hold, harmless as they are between.
func TestCellsComeBackAsTheyWere(t *testing.T) {
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x."+string(l.format))
			rapid.Check(t, func(t *rapid.T) {
				width := rapid.IntRange(1, 5).Draw(t, "width")
				headings := make([]Heading, width)
				for i := range headings {
					headings[i] = Heading{Text: fmt.Sprintf("列%d", i), Width: 10, Plain: i%2 == 0}
				}
				want := [][]Cell{}
				for range rapid.IntRange(0, 5).Draw(t, "rows") {
					row := make([]Cell, width)
					for i := range row {
						row[i] = cell(t, l.encoding)
					}
					if last := &row[width-1]; last.Kind == Empty {
						*last = Cell{Kind: Text, Text: "末"}
					}
					want = append(want, row)
				}
				var b bytes.Buffer
				k, err := NewBook(&b, l.format, l.encoding)
				if err != nil {
					t.Fatal(err)
				}
				w, err := k.Sheet("农户", headings)
				for _, row := range want {
					if err == nil {
						err = w.Write(row)
					}
				}
				if err == nil {
					err = k.Close()
				}
				if err == nil {
					err = os.WriteFile(path, b.Bytes(), 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
				if l.format == CSV {
					harmless(t, b.String())
				}
				compareCells(t, path, l.format, want)
			})
		})
	}
}

// cell draws a cell: a text that may look like a formula, or a figure.
func cell(t *rapid.T, e Encoding) Cell {
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return Cell{}
	case 1:
		if e == "" {
			return Cell{Kind: Number, Text: rapid.StringMatching(`[1-9][0-9]{0,11}(\.[0-9][1-9])?`).Draw(t, "figure")}
		}
	}
	begin := rapid.SampledFrom([]string{"", "=", "+", "-", "@", "'", "''", "\t", "＝", "_x000D_", "\"", ","}).Draw(t, "begin")
	text := begin + rapid.StringOfN(rapid.RuneFrom([]rune("张某甲乙0123456789aB,;\"'=\n<>&　龘"), unicode.Han), 1, 20, -1).Draw(t, "text")
	if _, whole := encode(text, e); !whole || trimmed(text) == "" {
		text = "张"
	}
	return Cell{Kind: Text, Text: text}
}

// harmless says that no cell of a csv file begins like a formula.
func harmless(t *rapid.T, contents string) {
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(contents, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records {
		for _, text := range record {
			if text = strings.TrimSpace(text); text != "" && strings.ContainsAny(text[:1], "=+-@") {
				t.Fatalf("%q begins a formula", text)
			}
		}
	}
}

func compareCells(t *rapid.T, path string, format Format, want [][]Cell) {
	f, err := Open(path, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	table, err := f.Rows(f.Sheets()[0])
	if err != nil {
		t.Fatal(err)
	}
	got := [][]Cell{}
	for {
		_, cells, err := table.Next()
		if err != nil {
			break
		}
		got = append(got, append([]Cell(nil), cells...))
	}
	if len(got) == 0 {
		t.Fatal("no header")
	}
	if diff := cmp.Diff(want, got[1:]); diff != "" {
		t.Fatalf("%s: %s", format, diff)
	}
}

// TestObjectsComeBackAsTheyWere: exported and brought in again nothing changes,
// and brought into nothing the same objects come out.
func TestObjectsComeBackAsTheyWere(t *testing.T) {
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			folder := t.TempDir()
			o := options(t)
			rapid.Check(t, func(rt *rapid.T) {
				f := drawFamily(rt, l.encoding)
				rows := exported(rt, folder, l.format, l.encoding, f, o)
				groups := GroupRows(rows, "zhaotan", newTown())
				if len(groups) != 1 {
					rt.Fatalf("%d families", len(groups))
				}
				s := Stamp{By: "importer", Today: o.Today, Namespace: "zhaotan"}
				fresh, results := Merge(groups[0], Family{}, s)
				for _, r := range results {
					if r.Outcome != Created {
						rt.Fatalf("%s %d: %d %v", r.Row.Sheet.Kind, r.Row.Number, r.Outcome, problems(r.Row))
					}
				}
				compareFamilies(rt, f, fresh)
				_, results = Merge(groups[0], f, s)
				for _, r := range results {
					if r.Outcome != Left {
						rt.Fatalf("a second time, %s %d: %d %v %v", r.Row.Sheet.Kind, r.Row.Number, r.Outcome, r.Changes, problems(r.Row))
					}
				}
			})
		})
	}
}

func compareFamilies(t *rapid.T, want, got Family) {
	if diff := cmp.Diff(want.Household.Spec, got.Household.Spec); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff(want.Plan.Spec, got.Plan.Spec); diff != "" {
		t.Fatal(diff)
	}
	signals := map[string]v1alpha1.RiskSignalSpec{}
	for _, s := range want.Signals {
		signals[s.Name] = s.Spec
	}
	for _, s := range got.Signals {
		if diff := cmp.Diff(signals[s.Name], s.Spec); diff != "" {
			t.Fatal(diff)
		}
		delete(signals, s.Name)
	}
	if len(signals) > 0 {
		t.Fatalf("leads that did not come back: %v", signals)
	}
}

// exported writes a family's ledgers and reads their rows: a workbook, or a csv
// file for each kind.
func exported(t *rapid.T, folder string, format Format, encoding Encoding, f Family, o Options) []*Row {
	if format == XLSX {
		return exportedKinds(t, filepath.Join(folder, "all.xlsx"), format, encoding, f, o, Kinds()...)
	}
	var rows []*Row
	for _, k := range Kinds() {
		rows = append(rows, exportedKinds(t, filepath.Join(folder, string(k)+".csv"), format, encoding, f, o, k)...)
	}
	return rows
}

func exportedKinds(t *rapid.T, path string, format Format, encoding Encoding, f Family, o Options, kinds ...Kind) (rows []*Row) {
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	bk, err := NewBook(&b, format, encoding)
	check(err)
	for _, k := range kinds {
		x, err := NewExporter(bk, k, o.Places)
		check(err)
		switch k {
		case Households:
			check(x.Household(f.Household))
		case Surveys:
			check(x.Surveys(f.Household))
		case Signals:
			for _, s := range f.Signals {
				check(x.Signal(s))
			}
		case Measures:
			check(x.Measures(f.Plan))
		}
	}
	check(bk.Close())
	check(os.WriteFile(path, b.Bytes(), 0o600))
	file, err := Open(path, o.Limits)
	check(err)
	defer func() { check(file.Close()) }()
	only := Kind("")
	if len(kinds) == 1 {
		only = kinds[0]
	}
	sheets, err := file.Ledgers(path, nil, only, o)
	check(err)
	for _, s := range sheets {
		check(s.Read(func(r *Row) error { rows = append(rows, r); return nil }))
	}
	return rows
}

// drawFamily draws a family with all its papers: every field of the ledgers has
// a value of its form or none.
func drawFamily(t *rapid.T, e Encoding) Family {
	f := Family{Household: &v1alpha1.Household{ObjectMeta: metav1.ObjectMeta{Name: "hh-1", Namespace: "zhaotan"}}}
	h := f.Household
	fill(t, Households, h, e, func(c *Column) bool { return !strings.HasPrefix(c.Field, surveyPrefix) })
	h.Spec.Persons = rapid.Int32Range(10, 50).Draw(t, "persons")
	h.Spec.Registration = "Graduated"
	for i := range rapid.IntRange(0, 4).Draw(t, "surveys") {
		s := v1alpha1.Survey{}
		if i > 0 && rapid.Bool().Draw(t, "unchanged") {
			s.Unchanged = true
		} else {
			fill(t, Surveys, &s, e, func(c *Column) bool { return c.form != asName && c.form != asDigest && c.form != asBool })
		}
		s.Date, s.By, s.Entered = v1alpha1.Date(fmt.Sprintf("2021-0%d-01", i+1)), "liu", "2021-05-20"
		h.Spec.Surveys = append(h.Spec.Surveys, s)
	}
	f.Plan = &v1alpha1.AssistancePlan{ObjectMeta: metav1.ObjectMeta{Name: "hh-1", Namespace: "zhaotan"}, Spec: v1alpha1.AssistancePlanSpec{HouseholdRef: v1alpha1.HouseholdReference{Name: "hh-1"}}}
	for i := range rapid.IntRange(1, 4).Draw(t, "measures") {
		m := v1alpha1.Measure{Name: fmt.Sprintf("m-%d", i), Kind: "Training"}
		fill(t, Measures, &m, e, func(c *Column) bool {
			return c.form != asName && c.form != asDigest && !strings.Contains(c.Field, ".") && c.Field != "kind"
		})
		m.Date = v1alpha1.Date(fmt.Sprintf("2021-0%d-02", i+1))
		if rapid.Bool().Draw(t, "delivered") {
			m.Delivered = &v1alpha1.Delivery{Date: "2021-05-03", By: "hu", Entered: "2021-05-04", Evidence: "合同 17", Amount: "4000"}
		}
		f.Plan.Spec.Measures = append(f.Plan.Spec.Measures, m)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "leads") {
		s := &v1alpha1.RiskSignal{ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("sig-%d", i), Namespace: "zhaotan"}}
		fill(t, Signals, s, e, func(c *Column) bool { return c.form != asName && c.form != asDigest && !strings.Contains(c.Field, ".") })
		s.Spec.HouseholdRef.Name, s.Spec.Source, s.Spec.Cause, s.Spec.Date = "hh-1", "Department", "Illness", "2021-04-03"
		if s.Spec.Entered == "" {
			s.Spec.Entered = "2021-06-01"
		}
		if rapid.Bool().Draw(t, "verified") {
			s.Spec.Verification = &v1alpha1.Verification{Date: "2021-04-10", By: "zhang", Entered: "2021-04-11", Outcome: "Confirmed"}
		}
		f.Signals = append(f.Signals, s)
	}
	return f
}

// fill gives some fields of an object values of their forms.
func fill(t *rapid.T, k Kind, object any, e Encoding, wanted func(*Column) bool) {
	for _, c := range columnsOf(k) {
		if c.access.set == nil || !wanted(c) || !rapid.Bool().Draw(t, c.Field) {
			continue
		}
		c.access.set(object, value(t, c, e))
	}
}

// value draws a value in its canonical form.
func value(t *rapid.T, c *Column, e Encoding) string {
	one := func(w *words) string { return rapid.SampledFrom(w.list).Draw(t, c.Field).value }
	free := func() string {
		text := trimmed(rapid.StringOfN(rapid.RuneFrom([]rune("张某甲乙=+-@'；;:：/，,019 "), unicode.Han), 1, 20, -1).Draw(t, c.Field))
		if _, whole := encode(text, e); !whole || text == "" || text == "-" || text == "/" {
			return "张某"
		}
		return text
	}
	switch c.form {
	case asName:
		return "hh-1"
	case asWord:
		return one(c.words)
	case asWords:
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(c.words.list), 1, 4, func(w word) string { return w.value }).Draw(t, c.Field)
		out := make([]string, len(list))
		for i, w := range list {
			out[i] = w.value
		}
		return strings.Join(out, ",")
	case asUsers:
		return "liu,system:wang"
	case asUser:
		return "system:serviceaccount:a:b"
	case asBool:
		return "true"
	case asCount:
		return "7"
	case asMoney:
		return canonicalMoney(rapid.StringMatching(`[1-9][0-9]{0,11}(\.[0-9]{2})?`).Draw(t, c.Field))
	case asDate:
		return "2021-05-05"
	case asPeriod:
		return rapid.SampledFrom([]string{"2021-04-a", "2021-04", "2021-Q2", "2021"}).Draw(t, c.Field)
	case asPlace:
		return "zhaotan-longtan"
	case asDigest:
		return "hmac-sm3:" + strings.Repeat("0a", 32)
	case asGuarantee:
		if rapid.Bool().Draw(t, "detail") {
			return one(c.words) + ":" + free()
		}
		return one(c.words)
	case asGuarantees:
		return "Heating=Met\nRoad-2=AtRisk:" + free()
	case asMembers:
		return "Head/1968/ChronicIllness/Unemployed/NotInSchool\nChild/1996\n//Disabled"
	case asMarks:
		return "NationalSystem/2019-12-31/UnstableGraduated/2021-05-01\nOur-Ledger/2020-01-02//2021-05-01"
	}
	return free()
}
