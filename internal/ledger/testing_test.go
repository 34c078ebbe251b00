// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fangpin.io/fangpin/internal/civil"
)

// number is an identity number of nobody: of no region, in the 13th month.
func identityOf(serial string) string {
	digits := "00000019601301" + serial
	return digits + string(checkCharacter(digits))
}

func day(t testing.TB, s string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func options(t testing.TB) Options {
	return Options{
		Limits: DefaultLimits, Key: Key("a key for the tests alone"), Today: day(t, "2021-06-01"),
		Places: Places{Object: map[string]string{"龙潭村": "zhaotan-longtan", "zhaotan-longtan": "zhaotan-longtan"}, Shown: map[string]string{"zhaotan-longtan": "龙潭村"}},
	}
}

// write puts a file into a folder of the test.
func write(t testing.TB, name string, contents []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, contents, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// csvOf is a csv file of lines.
func csvOf(t testing.TB, lines ...string) string {
	return write(t, "ledger.csv", []byte(strings.Join(lines, "\r\n")+"\r\n"))
}

// book is a workbook that excelize writes as a spreadsheet would.
func book(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return write(t, "ledger.xlsx", b.Bytes())
}

// read reads the rows of all ledgers of a file.
func read(t testing.TB, path string, m *Mapping, k Kind, o Options) ([]*Row, error) {
	t.Helper()
	f, err := Open(path, o.Limits)
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = f.Close() })
	sheets, err := f.Ledgers(path, m, k, o)
	if err != nil {
		return nil, err
	}
	var rows []*Row
	for _, s := range sheets {
		if err := s.Read(func(r *Row) error { rows = append(rows, r); return nil }); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func mustRead(t testing.TB, path string, m *Mapping, k Kind) []*Row {
	t.Helper()
	rows, err := read(t, path, m, k, options(t))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// codes are the codes of all problems of an error.
func codes(err error) []Code {
	var out []Code
	var walk func(error)
	walk = func(err error) {
		var p *Problem
		if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // the join itself
			for _, e := range joined.Unwrap() {
				walk(e)
			}
		} else if errors.As(err, &p) {
			out = append(out, p.Code)
		}
	}
	walk(err)
	return out
}

// problems are what a row is refused for, as REF:code.
func problems(r *Row) []string {
	var out []string
	for _, p := range r.Problems {
		out = append(out, p.Ref()+":"+string(p.Code))
	}
	return out
}
