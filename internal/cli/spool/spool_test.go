// SPDX-License-Identifier: Apache-2.0

package spool

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatWasPutComesBack(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		s := New(rapid.IntRange(0, 50).Draw(t, "resident"))
		defer func() { _ = s.Close() }()
		texts := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 30), 0, 10).Draw(t, "texts")
		notes := make([]Note, len(texts))
		for i, text := range texts {
			var err error
			if notes[i], err = s.Put(text); err != nil {
				t.Fatal(err)
			}
		}
		for i, text := range texts {
			got, err := s.Get(notes[i])
			if err != nil || !bytes.Equal(got, text) {
				t.Fatalf("text %d: got %q, %v, want %q", i, got, err, text)
			}
		}
	})
}

func TestTheFileHasNoNameAndFewTextsNeedNone(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	s := New(10)
	for i, text := range []string{"12345", "12345", "1"} {
		if _, err := s.Put([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if (s.file != nil) != (i == 2) {
			t.Fatalf("after text %d: file %v", i, s.file)
		}
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) > 0 {
		t.Errorf("files in the temporary folder: %v, %v", left, err)
	}
	info, err := s.file.Stat()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is open to others: %v, %v", info.Mode(), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestPutSaysWhyThereIsNoFile(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	if _, err := New(0).Put([]byte("x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
