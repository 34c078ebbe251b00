// SPDX-License-Identifier: Apache-2.0

// Package spool keeps texts out of memory until they are read again, so that a
// stream of any length can be looked through first and judged after that.
package spool

import (
	"fmt"
	"io"
	"os"
	"runtime"
)

// Resident is how many bytes stay in memory before a file is made.
const Resident = 16 << 20

// Note says where a text was put.
type Note struct {
	at   int64
	size int32
}

// Spool holds texts: in memory at first, then in a file of the temporary folder
// that only the user can read and that is gone when the process ends. Texts are
// put by one goroutine at a time; after that any number may read.
type Spool struct {
	resident int
	memory   []byte
	file     *os.File
	end      int64
}

// New returns an empty spool that keeps the given number of bytes in memory.
func New(resident int) *Spool { return &Spool{resident: resident} }

// Put keeps a text.
func (s *Spool) Put(text []byte) (Note, error) {
	note := Note{s.end, int32(len(text))} //nolint:gosec // a document is bounded far below
	if s.file == nil && len(s.memory)+len(text) > s.resident {
		if err := s.openFile(); err != nil {
			return Note{}, err
		}
	}
	if s.file == nil {
		s.memory = append(s.memory, text...)
	} else if _, err := s.file.WriteAt(text, s.end-int64(len(s.memory))); err != nil {
		return Note{}, fmt.Errorf("keeping objects in a temporary file: %w", err)
	}
	s.end += int64(len(text))
	return note, nil
}

// openFile makes the file that takes what no longer fits in memory. It loses its
// name at once where the system allows that, since it holds personal data.
func (s *Spool) openFile() error {
	file, err := os.CreateTemp("", "kubectl-fangpin-*")
	if err != nil {
		return fmt.Errorf("making a temporary file: %w", err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Remove(file.Name()); err != nil {
			_ = file.Close()
			return fmt.Errorf("unlinking the temporary file: %w", err)
		}
	}
	s.file = file
	return nil
}

// Get returns a text that was put.
func (s *Spool) Get(n Note) ([]byte, error) {
	if inMemory := int64(len(s.memory)); n.at >= inMemory {
		text := make([]byte, n.size)
		if _, err := io.ReadFull(io.NewSectionReader(s.file, n.at-inMemory, int64(n.size)), text); err != nil {
			return nil, fmt.Errorf("reading the temporary file: %w", err)
		}
		return text, nil
	}
	return s.memory[n.at : n.at+int64(n.size) : n.at+int64(n.size)], nil
}

// Close gives memory and file back.
func (s *Spool) Close() error {
	s.memory = nil
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if runtime.GOOS == "windows" {
		_ = os.Remove(s.file.Name()) // best effort: elsewhere it has no name
	}
	return err
}
