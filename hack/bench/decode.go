// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// decodeCommand is the argument by which this program becomes the arm that only
// decodes.
const decodeCommand = "decode"

// decodeStream decodes the families and papers of a stream of YAML documents, on
// all cores, and returns how many there are of each kind.
func decodeStream(in io.Reader) (map[string]int, error) {
	documents := make(chan []byte, 64)
	counts := make([]map[string]int, runtime.GOMAXPROCS(0))
	var group errgroup.Group
	for worker := range counts {
		counts[worker] = map[string]int{}
		group.Go(func() error {
			var failed error
			for document := range documents { // to the end, or the reader would wait for ever
				name, err := decodeDocument(document)
				failed = errors.Join(failed, err)
				counts[worker][name]++
			}
			return failed
		})
	}
	err := split(in, documents)
	close(documents)
	err = errors.Join(err, group.Wait())
	sum := map[string]int{}
	for _, k := range kinds {
		for _, count := range counts {
			sum[k.name] += count[k.name]
		}
	}
	return sum, err
}

// decodeDocument decodes a document into its Go type and returns its kind. What
// is no object of a family is not decoded.
func decodeDocument(text []byte) (kind string, err error) {
	name := kindIn(text)
	for _, k := range kinds {
		if k.name == name {
			return name, yaml.Unmarshal(text, k.newObject())
		}
	}
	return name, nil
}

// kindIn finds the kind of a manifest that was written by a machine: without
// comments, each of its own fields at the beginning of a line.
func kindIn(text []byte) string {
	for line := range bytes.Lines(text) {
		if kind, ok := bytes.CutPrefix(line, []byte("kind: ")); ok {
			return string(bytes.TrimSpace(kind))
		}
	}
	return ""
}

func split(in io.Reader, documents chan<- []byte) error {
	reader := utilyaml.NewYAMLReader(bufio.NewReaderSize(in, 1<<16))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("splitting the stream: %w", err)
		}
		documents <- document
	}
}
