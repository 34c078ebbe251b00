// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Refusal is one fault of a document: what is wrong, and where.
type Refusal struct {
	Document Document
	Place    Place  // with the line of the field, where that is known
	Path     string // the field; "" if the fault names none
	cause    error
}

// Error implements error.
func (r *Refusal) Error() string { return r.cause.Error() }

// Unwrap returns what is wrong.
func (r *Refusal) Unwrap() error { return r.cause }

// Spoken is the error that has words in more than one language.
func (r *Refusal) Spoken() error { return r.cause }

// refusal finds the field that a fault begins with, and its line.
func (d Document) refusal(cause error) *Refusal {
	r := &Refusal{Document: d, Place: d.Place, cause: cause}
	if path, _, found := strings.Cut(cause.Error(), ": "); found && isPath(path) {
		r.Path = path
		r.Place.Line = d.Line(path)
	}
	return r
}

// isPath tells spec.tiers[0].name from other beginnings of a sentence.
func isPath(s string) bool {
	for _, root := range []string{"spec", "metadata"} {
		if rest, ok := strings.CutPrefix(s, root); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return !strings.ContainsAny(s, " \t")
		}
	}
	return false
}

// Line is the line of the file in which a field stands, such as spec.tiers[0].name;
// of one that is not there, the line of what it would stand in. It is known for
// policies; of other kinds it is that of the document.
func (d Document) Line(path string) int {
	if d.text == nil {
		return d.Place.Line
	}
	var root yaml.Node
	if err := yaml.Unmarshal(d.text, &root); err != nil || len(root.Content) == 0 {
		return d.Place.Line
	}
	node := root.Content[0]
	if d.Place.Item > 0 {
		if items, _ := child(node, "items"); items != nil && d.Place.Item <= len(items.Content) {
			node = items.Content[d.Place.Item-1]
		}
	}
	line := node.Line
	for _, step := range steps(path) {
		value, at := child(node, step)
		if value == nil {
			break
		}
		node, line = value, at
	}
	return max(1, d.Place.Line) + line - 1
}

// steps takes a path apart: spec, tiers, 0, name.
func steps(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

// child is the entry of a mapping or a list, with the line on which it begins.
func child(node *yaml.Node, step string) (*yaml.Node, int) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if key := node.Content[i]; key.Value == step {
				return node.Content[i+1], key.Line
			}
		}
	case yaml.SequenceNode:
		if n, err := strconv.Atoi(step); err == nil && 0 <= n && n < len(node.Content) {
			return node.Content[n], node.Content[n].Line
		}
	}
	return nil, 0
}
