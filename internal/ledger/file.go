// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Format is a file format of ledgers.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// FormatOf tells the format by a file's name.
func FormatOf(path string) (Format, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm":
		return XLSX, nil
	case ".csv":
		return CSV, nil
	case ".xls", ".et":
		return "", &Problem{Code: OldFormat}
	}
	return "", &Problem{Code: UnknownFormat}
}

// File is an open ledger file.
type File struct {
	Format   Format
	Encoding Encoding // of a csv file
	file     *os.File
	limits   Limits
	book     *workbook
}

// Table hands out the rows of a sheet. Cells are those of the row that was
// handed out last: they are used again.
type Table interface {
	// Next returns the next row that holds anything, with its number, and io.EOF
	// after the last one.
	Next() (row int, cells []Cell, err error)
	Close() error
}

// Open opens a ledger. Only an ordinary file is taken: no link, pipe or device.
func Open(path string, limits Limits) (*File, error) {
	format, err := FormatOf(path)
	if err != nil {
		return nil, err
	}
	named, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !named.Mode().IsRegular() {
		return nil, &Problem{Code: NotRegular, Args: []any{path}}
	}
	file, err := os.Open(path) //nolint:gosec // the user names it
	if err != nil {
		return nil, err
	}
	f := &File{Format: format, file: file, limits: limits}
	if err := f.begin(named); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return f, nil
}

// oldMagic begins an .xls, and every workbook with a password.
var oldMagic = []byte{0xd0, 0xcf, 0x11, 0xe0}

func (f *File) begin(named os.FileInfo) error {
	opened, err := f.file.Stat()
	if err != nil {
		return err
	}
	if !os.SameFile(named, opened) {
		return &Problem{Code: NotRegular, Args: []any{f.file.Name()}}
	}
	if opened.Size() > f.limits.FileBytes {
		return &Problem{Code: FileTooLarge, Args: []any{opened.Size() >> 20, f.limits.FileBytes >> 20}}
	}
	start := make([]byte, 4)
	n, err := io.ReadFull(f.file, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	if bytes.Equal(start[:n], oldMagic) {
		return &Problem{Code: OldFormat}
	}
	if f.Format == CSV {
		f.Encoding, err = detect(io.NewSectionReader(f.file, 0, opened.Size()))
		return err
	}
	f.book, err = openWorkbook(f.file, opened.Size(), f.limits)
	return err
}

// Sheets are the names of the sheets; the one of a csv file has none.
func (f *File) Sheets() []string {
	if f.book == nil {
		return []string{""}
	}
	return f.book.names()
}

// Rows reads a sheet from its beginning.
func (f *File) Rows(sheet string) (Table, error) {
	if f.book == nil {
		return newCSVTable(io.NewSectionReader(f.file, 0, f.limits.FileBytes), f.Encoding, f.limits), nil
	}
	return f.book.rows(sheet)
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }
