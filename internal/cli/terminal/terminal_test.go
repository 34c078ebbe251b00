// SPDX-License-Identifier: Apache-2.0

package terminal

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLineSpellsOutWhateverActsOnTheTerminal(t *testing.T) {
	tests := []struct{ name, text, wantLine, wantBlock string }{
		{"plain text stays", "昭潭镇 Zhaotan", "昭潭镇 Zhaotan", "昭潭镇 Zhaotan"},
		{"an escape sequence", "a\x1b[31mb", `a\x1b[31mb`, `a\x1b[31mb`},
		{"a C1 introducer, which some terminals obey", "a\u009b31m", `a\u009b31m`, `a\u009b31m`},
		{"a bell, a backspace and a delete", "\a\b\x7f", `\x07\x08\x7f`, `\x07\x08\x7f`},
		{"a carriage return that would overwrite the line", "good\rbad", `good\x0dbad`, `good\x0dbad`},
		{"a line break", "one\ntwo\tthree", `one\ntwo\tthree`, "one\ntwo\tthree"},
		{"a right-to-left override", "a\u202eb", `a\u202eb`, `a\u202eb`},
		{"a line separator", "a\u2028b", `a\u2028b`, `a\u2028b`},
		{"bytes that are not UTF-8", "a\xffb", `a\xffb`, `a\xffb`},
		{"a replacement character that is data", "a\ufffdb", "a\ufffdb", "a\ufffdb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Line(tt.text); got != tt.wantLine {
				t.Errorf("Line: got %q, want %q", got, tt.wantLine)
			}
			if got := Block(tt.text); got != tt.wantBlock {
				t.Errorf("Block: got %q, want %q", got, tt.wantBlock)
			}
		})
	}
}

func TestTableAlignsColumnsByTheirWidthOnTheScreen(t *testing.T) {
	var out bytes.Buffer
	table := NewTable(&out, Painter{}, "NAME", "类别", "TIER")
	for _, row := range [][]Cell{
		Text("hh-1", "脱贫不稳定户", "Red"),
		Text("hh-000002", "Marginal", "Yellow"),
		Text("hh-3", "", ""),
		Text("x\x1b[2J", "边缘户", "Red"),
	} {
		if err := table.Add(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"NAME        类别           TIER",
		"hh-1        脱贫不稳定户   Red",
		"hh-000002   Marginal       Yellow",
		"hh-3",
		`x\x1b[2J    边缘户         Red`,
		"",
	}, "\n")
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestTableOfAnyLengthHoldsBackAtMostOneChunk(t *testing.T) {
	var out bytes.Buffer
	table := NewTable(&out, Painter{}, "NAME", "TIER")
	for range 3 * chunk {
		if err := table.Add(Text("hh-1", "Red")...); err != nil {
			t.Fatal(err)
		}
		if len(table.rows) >= chunk {
			t.Fatalf("%d rows are held back", len(table.rows))
		}
	}
	if err := table.Add(Text("a-name-longer-than-all-before", "Red")...); err != nil {
		t.Fatal(err)
	}
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if got, want := len(lines), 3*chunk+2; got != want {
		t.Fatalf("got %d lines, want %d", got, want)
	}
	if got, want := lines[len(lines)-1], "a-name-longer-than-all-before   Red"; got != want {
		t.Errorf("last line: got %q, want %q", got, want)
	}
}

func TestColoursDoNotShiftColumns(t *testing.T) {
	var out bytes.Buffer
	table := NewTable(&out, Painting())
	if err := table.Add(Cell{"Red", Red}, Cell{Text: "x"}); err != nil {
		t.Fatal(err)
	}
	if err := table.Add(Cell{"Yellow", Yellow}, Cell{Text: "y"}); err != nil {
		t.Fatal(err)
	}
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[31mRed\x1b[0m      x\n\x1b[33mYellow\x1b[0m   y\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestPainterLeavesWhatIsNoTerminalAlone(t *testing.T) {
	env := func(string) string { return "" }
	if got := NewPainter(&bytes.Buffer{}, env).Paint(Red, "Red"); got != "Red" {
		t.Errorf("got %q", got)
	}
	if got := Painting().Paint("mauve", "x"); got != "x" {
		t.Errorf("an unknown colour: got %q", got)
	}
}

func TestWrapBreaksAtSpaces(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"it fits", "one two", []string{"one two"}},
		{"exactly the width", "one two three", []string{"one two", "three"}},
		{"a word that is wider", "a identification b", []string{"a", "identification", "b"}},
		{"Chinese takes two columns, and breaks anywhere", "防贫监测帮扶", []string{"防贫监", "测帮扶"}},
		{"but not before a full stop", "防贫监测。帮扶", []string{"防贫监", "测。帮", "扶"}},
		{"words within Chinese stay whole", "环节home通过", []string{"环节", "home通", "过"}},
		{"breaks are spaces", "one\ntwo", []string{"one two"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Wrap(tt.text, 7)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
