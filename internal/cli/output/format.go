// SPDX-License-Identifier: Apache-2.0

// Package output prints objects as kubectl does: YAML, JSON, or the columns of
// the kind's definition.
package output

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf8"

	goyaml "go.yaml.in/yaml/v2"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Format is a value of -o.
type Format string

// The formats.
const (
	YAML  Format = "yaml"
	JSON  Format = "json"
	Table Format = "table"
	Wide  Format = "wide"
)

// ParseFormat reads a value of -o.
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case YAML, JSON, Table, Wide:
		return f, nil
	}
	return "", wording.Fault(wording.UnknownFormat, s)
}

// Rendered is an object ready to be written, made by Render in any goroutine.
type Rendered struct {
	kind string
	text []byte
	row  []terminal.Cell
}

// Renderer turns objects into what a Writer writes. It may be used by many
// goroutines at once.
type Renderer struct {
	format  Format
	columns map[string]*columns
	tiers   map[string]terminal.Colour
	prefix  bool
	now     time.Time
}

// Options of a renderer.
type Options struct {
	Format Format
	// Tiers are the colours of tiers' names in a table.
	Tiers map[string]terminal.Colour
	// Prefix puts the kind before the names of a table, as kubectl does where
	// there are several.
	Prefix bool
	// Now is the instant to which ages are counted.
	Now time.Time
}

// NewRenderer returns a renderer.
func NewRenderer(opts Options) (*Renderer, error) {
	r := &Renderer{format: opts.Format, tiers: opts.Tiers, prefix: opts.Prefix, now: opts.Now}
	format := opts.Format
	if format != Table && format != Wide {
		return r, nil
	}
	var err error
	r.columns, err = allColumns(format == Wide)
	return r, err
}

// Render renders one object.
func (r *Renderer) Render(value map[string]any) (Rendered, error) {
	kind, _ := value["kind"].(string)
	out := Rendered{kind: kind}
	var err error
	switch r.format {
	case YAML:
		out.text, err = marshalYAML(value)
	case JSON:
		out.text, err = marshalJSON(value, "        ", "    ")
	default:
		out.row, err = r.row(kind, value)
	}
	if err != nil {
		return out, fmt.Errorf("printing a %s: %w", kind, err)
	}
	return out, nil
}

// marshalYAML writes YAML without a character that acts on a terminal. The YAML
// library escapes controls and leaves format characters such as the
// bidirectional overrides; an object that has one is written as JSON, which is
// YAML too and can escape any.
func marshalYAML(value any) ([]byte, error) {
	text, err := goyaml.Marshal(value)
	if err != nil || !bytes.ContainsFunc(text, actsOnTerminal) {
		return text, err
	}
	text, err = marshalJSON(value, "", "  ")
	return append(text, '\n'), err
}

// marshalJSON writes JSON without a character that acts on a terminal.
func marshalJSON(value any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent(prefix, indent)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return escapeControls(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// escapeControls writes as \uXXXX what JSON leaves as it is and terminals obey.
// Such characters stand in strings only.
func escapeControls(text []byte) []byte {
	if !bytes.ContainsFunc(text, actsOnTerminal) {
		return text
	}
	var out []byte
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if actsOnTerminal(r) && r <= 0xffff {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	return out
}

func actsOnTerminal(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}

// The frame of a JSON list.
const (
	listHead = "{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"List\",\n    \"items\": ["
	listEnd  = "]\n}\n"
)

// Writer writes rendered objects one after the other.
type Writer struct {
	format  Format
	out     *bufio.Writer
	painter terminal.Painter
	count   int
	current *terminal.Table              // of the first kind, written as it comes
	first   string                       // that kind
	later   map[string][][]terminal.Cell // other kinds' rows, written at the end
	order   []string
	columns map[string]*columns
}

// NewWriter returns a writer of what the renderer renders.
func NewWriter(out io.Writer, r *Renderer, painter terminal.Painter) *Writer {
	return &Writer{
		format: r.format, out: bufio.NewWriterSize(out, 64<<10), painter: painter,
		later: map[string][][]terminal.Cell{}, columns: r.columns,
	}
}

// Write writes an object. The rows of a table's first kind are written as they
// come, those of others after them, so that each kind is a table of its own.
func (w *Writer) Write(r Rendered) error {
	w.count++
	switch w.format {
	case YAML:
		_, _ = w.out.WriteString("---\n") // the buffer keeps the first error for Close
		_, err := w.out.Write(r.text)
		return err
	case JSON:
		separator := ",\n        "
		if w.count == 1 {
			separator = listHead + "\n        "
		}
		_, _ = w.out.WriteString(separator)
		_, err := w.out.Write(r.text)
		return err
	}
	return w.writeRow(r)
}

func (w *Writer) writeRow(r Rendered) error {
	switch {
	case w.current == nil:
		w.first = r.kind
		w.current = terminal.NewTable(w.out, w.painter, w.columns[r.kind].headings...)
	case r.kind != w.first:
		if _, known := w.later[r.kind]; !known {
			w.order = append(w.order, r.kind)
		}
		w.later[r.kind] = append(w.later[r.kind], r.row)
		return nil
	}
	return w.current.Add(r.row...)
}

// Close writes what was held back.
func (w *Writer) Close() error {
	switch {
	case w.format == JSON && w.count == 0:
		_, _ = w.out.WriteString(listHead + listEnd)
	case w.format == JSON:
		_, _ = w.out.WriteString("\n    " + listEnd)
	case w.current != nil:
		if err := w.closeTables(); err != nil {
			return err
		}
	}
	return w.out.Flush()
}

func (w *Writer) closeTables() error {
	if err := w.current.Flush(); err != nil {
		return err
	}
	for _, kind := range w.order {
		if err := w.out.WriteByte('\n'); err != nil {
			return err
		}
		table := terminal.NewTable(w.out, w.painter, w.columns[kind].headings...)
		for _, row := range w.later[kind] {
			if err := table.Add(row...); err != nil {
				return err
			}
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// Value prints what is no object of the API, as YAML or JSON.
func Value(out io.Writer, format Format, value any) error {
	text, err := marshalJSON(value, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if format == YAML {
		converted, err := yaml.JSONToYAML(text)
		if err != nil {
			return err
		}
		if !bytes.ContainsFunc(converted, actsOnTerminal) {
			text = converted
		}
	}
	_, err = out.Write(text)
	return err
}
