// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// distinctFamilies is how many families of a stream differ in more than their
// name.
const distinctFamilies = 2000

// stream is a file of YAML documents: a plan, its jurisdictions, and families
// with their papers.
type stream struct {
	path    string
	size    int64
	objects map[string]int // of families and papers, by kind
}

// writeStream writes a stream of so many families.
func writeStream(path string, seed uint64, families int) (s stream, err error) {
	t, err := newTown(seed, min(families, distinctFamilies))
	if err != nil {
		return s, err
	}
	file, err := os.Create(path)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	s = stream{path: path, objects: map[string]int{}}
	out := bufio.NewWriter(file)
	write := func(document []byte) {
		out.WriteString("---\n")
		n, _ := out.Write(document) // Flush returns the first error
		s.size += int64(n) + 4
	}
	shared := []any{t.policy}
	for _, j := range t.jurisdictions {
		shared = append(shared, j)
	}
	for _, object := range shared {
		document, err := yaml.Marshal(object)
		if err != nil {
			return s, err
		}
		write(document)
	}
	documents, err := t.documents()
	if err != nil {
		return s, err
	}
	for i := range families {
		like := i % len(documents)
		// The names of a family's papers begin with the household's.
		old, name := []byte(t.families[like].Household.Name), fmt.Appendf(nil, "hh-%06d", i+1)
		for _, d := range documents[like] {
			write(bytes.ReplaceAll(d.text, old, name))
			s.objects[d.kind.name]++
		}
	}
	return s, out.Flush()
}

// document is one object as YAML.
type document struct {
	kind *kind
	text []byte
}

// documents writes each family's objects down.
func (t *town) documents() ([][]document, error) {
	all := make([][]document, len(t.families))
	for i, family := range t.families {
		for _, object := range objectsOf(family) {
			text, err := yaml.Marshal(object)
			if err != nil {
				return nil, err
			}
			k, _ := kindOf(object)
			all[i] = append(all[i], document{k, text})
		}
	}
	return all, nil
}

// checkEvaluate has the command print a stream, and counts what it printed.
func checkEvaluate(ctx context.Context, command string, s stream) error {
	in, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	evaluate := exec.CommandContext(ctx, command, "evaluate", "-f", "-", "-o", "yaml", "--as-of", asOf)
	var complaint strings.Builder
	evaluate.Stdin, evaluate.Stderr = in, &complaint
	output, err := evaluate.Output()
	if err != nil {
		return fmt.Errorf("evaluating %s: %w\n%s", s.path, err, complaint.String())
	}
	judged, err := countJudged(bytes.NewReader(output))
	if err != nil {
		return err
	}
	for kind, objects := range s.objects {
		if judged[kind] != objects {
			return fmt.Errorf("evaluate printed %d objects of kind %s that are judged, want %d", judged[kind], kind, objects)
		}
	}
	return nil
}

// countJudged counts the documents whose status says that the object was
// judged, by kind.
func countJudged(in io.Reader) (map[string]int, error) {
	judged := map[string]int{}
	for documents := utilyaml.NewYAMLReader(bufio.NewReader(in)); ; {
		text, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return judged, nil
		}
		if err != nil {
			return nil, err
		}
		var object struct {
			Kind   string
			Status struct {
				Conditions []struct{ Type, Status string }
			}
		}
		if err := yaml.Unmarshal(text, &object); err != nil {
			return nil, fmt.Errorf("reading what evaluate printed: %w", err)
		}
		for _, c := range object.Status.Conditions {
			if c.Type == "Ready" && c.Status == "True" {
				judged[object.Kind]++
			}
		}
	}
}
