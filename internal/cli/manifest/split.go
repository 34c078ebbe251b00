// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"fangpin.io/fangpin/internal/cli/wording"
)

// MaxDocument is the largest document that is taken, in bytes. It bounds the
// memory that a list takes; separate documents are read one at a time.
const MaxDocument = 64 << 20

// Chunk is the text of one document, not yet understood.
type Chunk struct {
	Place Place
	Text  []byte
	JSON  bool // the text is one JSON value
}

// Split hands on the documents of a stream one by one: YAML documents between
// lines of ---, or JSON values one after the other. Documents without content
// are left out and not counted. It stops at the first error of yield.
func Split(name string, stream io.Reader, yield func(Chunk) error) error {
	return split(name, stream, MaxDocument, yield)
}

func split(name string, stream io.Reader, limit int, yield func(Chunk) error) error {
	in := bufio.NewReaderSize(stream, 64<<10)
	start, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return wording.Fault(wording.CannotRead, name, err)
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3) // the byte order mark that Windows editors write
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return wording.Fault(wording.NotUTF8, name)
	}
	if beginsAsJSON(in) {
		return splitJSON(name, in, limit, yield)
	}
	s := splitter{name: name, limit: limit, yield: yield}
	return s.run(in)
}

// beginsAsJSON tells JSON from a YAML flow mapping: { and then a quote or }.
func beginsAsJSON(in *bufio.Reader) bool {
	head, _ := in.Peek(4096) // shorter streams come with an error, and whole
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) > 0 && (rest[0] == '"' || rest[0] == '}')
}

func splitJSON(name string, in io.Reader, limit int, yield func(Chunk) error) error {
	limited := &io.LimitedReader{R: in, N: int64(limit)}
	values := json.NewDecoder(limited)
	for number := 1; ; number++ {
		place := Place{File: name, Document: number}
		limited.N = int64(limit)
		var text json.RawMessage
		err := values.Decode(&text)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case limited.N == 0:
			return tooLarge(place, limit)
		case err != nil:
			return wording.Fault(wording.NotJSON, place, err)
		}
		if err := yield(Chunk{Place: place, Text: text, JSON: true}); err != nil {
			return err
		}
	}
}

// splitter gathers the lines of one YAML document after the other.
type splitter struct {
	name    string
	limit   int // bytes of a document
	yield   func(Chunk) error
	line    int // number of the line last read
	first   int // number of the document's first line
	number  int // of documents with content
	text    []byte
	content bool // the document has more than comments
}

func (s *splitter) run(in *bufio.Reader) error {
	for {
		line, err := s.readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		last := err != nil
		if rest, separator := afterSeparator(line); separator {
			if err := s.end(); err != nil {
				return err
			}
			line = rest
		}
		s.take(line)
		if last {
			return s.end()
		}
	}
}

// readLine reads a line with its end, together with io.EOF if it is the last.
func (s *splitter) readLine(in *bufio.Reader) ([]byte, error) {
	s.line++
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(s.text)+len(line) > s.limit:
			return nil, tooLarge(s.place(), s.limit)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return nil, wording.Fault(wording.CannotRead, s.name, err)
		}
		return line, err
	}
}

// afterSeparator returns the content that follows the --- that begins a
// document, usually none.
func afterSeparator(line []byte) (content []byte, found bool) {
	rest, found := bytes.CutPrefix(line, []byte("---"))
	if !found || (len(rest) > 0 && !bytes.ContainsRune([]byte(" \t\r\n"), rune(rest[0]))) {
		return nil, false
	}
	return rest, true
}

// take adds a line to the document. Comments ahead of its content are left out,
// so that the document's place is that of its content.
func (s *splitter) take(line []byte) {
	if !s.content {
		trimmed := bytes.TrimSpace(line)
		if len(trimmed) == 0 || trimmed[0] == '#' || trimmed[0] == '%' {
			return
		}
		s.content, s.first = true, s.line
	}
	s.text = append(s.text, line...)
}

func (s *splitter) place() Place {
	return Place{File: s.name, Line: s.first, Document: s.number + 1}
}

// end hands on the document gathered, if it has content.
func (s *splitter) end() error {
	if !s.content {
		return nil
	}
	c := Chunk{Place: s.place(), Text: s.text}
	s.text, s.content = nil, false
	s.number++
	return s.yield(c)
}

func tooLarge(place Place, limit int) error {
	return wording.Fault(wording.DocumentTooLarge, place, limit>>20)
}
