// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type piece struct {
	Place string
	Text  string
	JSON  bool
}

func pieces(text string) ([]piece, error) {
	var got []piece
	err := Split("f", strings.NewReader(text), func(c Chunk) error {
		got = append(got, piece{c.Place.String(), string(c.Text), c.JSON})
		return nil
	})
	return got, err
}

func TestSplitFindsDocuments(t *testing.T) {
	tests := []struct {
		name, text string
		want       []piece
	}{
		{"nothing", "", nil},
		{"only separators and comments", "---\n# note\n---\n\n", nil},
		{"one document", "a: 1\n", []piece{{"f:1 (document 1)", "a: 1\n", false}}},
		{"a last line without an end", "a: 1\n---\nb: 2", []piece{{"f:1 (document 1)", "a: 1\n", false}, {"f:3 (document 2)", "b: 2", false}}},
		{"a comment ahead is not counted as a document", "# note\n---\na: 1\n", []piece{{"f:3 (document 1)", "a: 1\n", false}}},
		{"a comment behind the separator", "--- # first\na: 1\n", []piece{{"f:2 (document 1)", "a: 1\n", false}}},
		{"content behind the separator", "--- {a: 1}\n", []piece{{"f:1 (document 1)", " {a: 1}\n", false}}},
		{"a text that begins like a separator", "a: 1\n---b\n", []piece{{"f:1 (document 1)", "a: 1\n---b\n", false}}},
		{"an indented separator inside a text", "a: |\n  ---\n  b\n", []piece{{"f:1 (document 1)", "a: |\n  ---\n  b\n", false}}},
		{"line ends of Windows", "a: 1\r\n---\r\nb: 2\r\n", []piece{{"f:1 (document 1)", "a: 1\r\n", false}, {"f:3 (document 2)", "b: 2\r\n", false}}},
		{"a byte order mark", "\xef\xbb\xbfa: 1\n", []piece{{"f:1 (document 1)", "a: 1\n", false}}},
		{"a flow mapping is YAML", "{a: 1}\n---\n{b: 2}\n", []piece{{"f:1 (document 1)", "{a: 1}\n", false}, {"f:3 (document 2)", "{b: 2}\n", false}}},
		{"JSON values one after the other", "{\"a\": 1}\n {\"b\":2}{}", []piece{{"f (document 1)", `{"a": 1}`, true}, {"f (document 2)", `{"b":2}`, true}, {"f (document 3)", `{}`, true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := pieces(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSplitRefusesWhatItCannotRead(t *testing.T) {
	endless := func(line string) io.Reader { return &repeater{text: []byte(line)} }
	tests := []struct {
		name  string
		in    io.Reader
		wants []string
	}{
		{"UTF-16, as Windows saves Unicode", strings.NewReader("\xff\xfea\x00"), []string{"UTF-8"}},
		{"JSON that breaks off", strings.NewReader(`{"a": `), []string{"f (document 1)", "JSON"}},
		{"a document without an end", endless("a: 1\n"), []string{"f:1 (document 1)", "1 MiB", "---"}},
		{"a line without an end", endless("a"), []string{"1 MiB"}},
		{"a JSON value without an end", io.MultiReader(strings.NewReader(`{"a": "`), endless("x")), []string{"1 MiB"}},
		{"a stream that fails", io.MultiReader(strings.NewReader("a: 1\n"), failing{}), []string{"f", "disk gone"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := split("f", tt.in, 1<<20, func(Chunk) error { return nil })
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range tt.wants {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %q, want %q in it", err, want)
				}
			}
		})
	}
}

func TestSplitStopsWhenToldTo(t *testing.T) {
	enough := errors.New("enough")
	count := 0
	err := Split("f", strings.NewReader("a: 1\n---\nb: 2\n---\nc: 3\n"), func(Chunk) error {
		if count++; count == 2 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || count != 2 {
		t.Errorf("got %v after %d documents", err, count)
	}
}

// repeater is a stream that never ends.
type repeater struct {
	text []byte
	at   int
}

func (r *repeater) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.text[r.at%len(r.text)]
		r.at++
	}
	return len(p), nil
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk gone") }

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", "a: 1\n---\nb: 2", "--- {a: 1}", "{\"a\":1}{\"b\":2}", "\xef\xbb\xbf---", "\xff\xfe", "---\r\n...\r\n%YAML 1.1\n---"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		total, number := 0, 0
		err := Split("f", bytes.NewReader(text), func(c Chunk) error {
			number++
			if c.Place.Document != number {
				t.Fatalf("document %d is numbered %d", number, c.Place.Document)
			}
			if len(bytes.TrimSpace(c.Text)) == 0 {
				t.Fatal("an empty document is handed on")
			}
			total += len(c.Text)
			return nil
		})
		if err == nil && total > len(text) {
			t.Fatalf("%d bytes came out of %d", total, len(text))
		}
	})
}

func TestFilesWalksFoldersInOrderAndTakesEachFileOnce(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.yaml", "a/z.yml", "a/c.json", "a/notes.md", "empty/readme.txt"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	tests := []struct {
		name      string
		paths     []string
		want      []File
		wantError string
	}{
		{"a folder", []string{dir}, []File{{in("a/c.json"), true}, {in("a/z.yml"), true}, {in("b.yaml"), true}}, ""},
		{"a file of any name", []string{in("a/notes.md")}, []File{{in("a/notes.md"), false}}, ""},
		{"the standard input", []string{"-"}, []File{{"-", false}}, ""},
		{"a file and its folder", []string{in("a/z.yml"), in("a")}, []File{{in("a/z.yml"), false}, {in("a/c.json"), true}}, ""},
		{"a folder twice", []string{in("a"), in("a/../a")}, []File{{in("a/c.json"), true}, {in("a/z.yml"), true}}, ""},
		{"a missing file", []string{in("none.yaml")}, nil, "none.yaml: there is no such file"},
		{"a folder without manifests", []string{in("empty")}, nil, "no .yaml, .yml or .json file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Files(tt.paths)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if (err != nil) != (tt.wantError != "") || (err != nil && !strings.Contains(err.Error(), tt.wantError)) {
				t.Errorf("got error %v, want %q", err, tt.wantError)
			}
		})
	}
}
