// SPDX-License-Identifier: Apache-2.0

package output

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"sigs.k8s.io/yaml"
)

// Items prints {items: […], summary: …} as YAML or JSON, an item at a time, so
// that a list of any length takes no memory. The summary is asked for when all
// items are written.
func Items(out io.Writer, format Format, each func(yield func(any) error) error, summary func() any) error {
	w := itemWriter{out: bufio.NewWriter(out), yaml: format == YAML}
	err := each(w.item)
	if err == nil {
		err = w.end(summary())
	}
	return errors.Join(err, w.out.Flush())
}

type itemWriter struct {
	out   *bufio.Writer
	yaml  bool
	count int
}

// text may ignore the buffer's errors: it keeps the first, and Flush returns it.
func (w *itemWriter) text(parts ...string) {
	for _, part := range parts {
		_, _ = w.out.WriteString(part)
	}
}

func (w *itemWriter) item(value any) error {
	w.count++
	if w.yaml {
		if w.count == 1 {
			w.text("items:\n")
		}
		text, err := inYAML([]any{value}, "- ", value)
		w.text(text)
		return err
	}
	text, err := marshalJSON(value, "    ", "  ")
	separator := ",\n    "
	if w.count == 1 {
		separator = "{\n  \"items\": [\n    "
	}
	w.text(separator, string(text))
	return err
}

func (w *itemWriter) end(summary any) error {
	if w.yaml {
		if w.count == 0 {
			w.text("items: []\n")
		}
		text, err := inYAML(map[string]any{"summary": summary}, "summary: ", summary)
		w.text(text)
		return err
	}
	text, err := marshalJSON(summary, "  ", "  ")
	head := "\n  ],\n"
	if w.count == 0 {
		head = "{\n  \"items\": [],\n"
	}
	w.text(head, "  \"summary\": ", string(text), "\n}\n")
	return err
}

// inYAML is a value as YAML. Where that would hold characters that act on a
// terminal, its inner part is written in JSON's form after a sign: YAML reads it
// too, and in it they are spelled out.
func inYAML(value any, sign string, inner any) (string, error) {
	text, err := marshalJSON(value, "", "")
	if err != nil {
		return "", err
	}
	converted, err := yaml.JSONToYAML(text)
	if err != nil {
		return "", err
	}
	if !bytes.ContainsFunc(converted, actsOnTerminal) {
		return string(converted), nil
	}
	text, err = marshalJSON(inner, "", "")
	return sign + string(text) + "\n", err
}
