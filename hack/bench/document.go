// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"os"
)

// The figures stand in the document between two lines that show in no rendering.
const (
	figuresBegin = "<!-- figures: written by `make bench`, not by hand -->\n"
	figuresEnd   = "<!-- end of figures -->\n"
)

// replaceFigures puts figures in the place of those that a document holds. The
// text around them is written by people.
func replaceFigures(document, figures []byte) ([]byte, error) {
	before, rest, found := bytes.Cut(document, []byte(figuresBegin))
	if !found {
		return nil, fmt.Errorf("the document has no line %q", figuresBegin)
	}
	_, after, found := bytes.Cut(rest, []byte(figuresEnd))
	if !found {
		return nil, fmt.Errorf("the document has no line %q after the figures", figuresEnd)
	}
	return bytes.Join([][]byte{before, []byte(figuresBegin), []byte("\n"), figures, []byte(figuresEnd), after}, nil), nil
}

// writeFigures replaces the figures in a file.
func writeFigures(path string, figures []byte) error {
	document, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	document, err = replaceFigures(document, figures)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, document, 0o644)
}
