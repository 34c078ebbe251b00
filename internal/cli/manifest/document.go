// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/runtime"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Document is one object of a manifest, of any kind.
type Document struct {
	Place      Place
	APIVersion string
	Kind       string
	Namespace  string
	Name       string
	// Value is the whole object as plain maps, lists, strings, booleans, int64
	// and float64.
	Value map[string]any
	// Prepared is what Source.Prepare made of the object.
	Prepared []byte

	text []byte // of a policy's chunk, to find the lines of its fields
}

// Parse reads the text of a chunk. A list of objects gives one document each.
func Parse(c Chunk) ([]Document, error) {
	value, err := parseText(c)
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, wording.Fault(wording.NotAnObject, c.Place, describe(value))
	}
	d := NewDocument(c.Place, object)
	d.text = c.Text
	items, ok := object["items"].([]any)
	if !ok || !strings.HasSuffix(d.Kind, "List") {
		return []Document{d.keptText()}, nil
	}
	return d.itemsOf(items)
}

func parseText(c Chunk) (any, error) {
	text := c.Text
	if !utf8.Valid(text) {
		return nil, wording.Fault(wording.NotUTF8, c.Place)
	}
	if !c.JSON {
		converted, err := yaml.YAMLToJSONStrict(text)
		if err != nil {
			return nil, wording.Fault(wording.NotYAML, c.Place, inFile(err, c.Place))
		}
		text = converted
	}
	var value any
	faults, err := kjson.UnmarshalStrict(text, &value, kjson.DisallowDuplicateFields)
	if err == nil {
		err = errors.Join(faults...)
	}
	if err != nil {
		return nil, wording.Fault(wording.NotJSON, c.Place, err)
	}
	return value, nil
}

var lineNumber = regexp.MustCompile(`\bline (\d+)\b`)

// inFile counts the lines that a YAML error names from the start of the file.
func inFile(err error, place Place) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	text = strings.Join(strings.Fields(text), " ")
	return lineNumber.ReplaceAllStringFunc(text, func(match string) string {
		n, err := strconv.Atoi(match[len("line "):])
		if err != nil {
			return match
		}
		return "line " + strconv.Itoa(n+place.Line-1)
	})
}

// NewDocument returns the document that holds an object.
func NewDocument(place Place, object map[string]any) Document {
	d := Document{Place: place, Value: object}
	d.APIVersion, _ = object["apiVersion"].(string)
	d.Kind, _ = object["kind"].(string)
	if meta, ok := object["metadata"].(map[string]any); ok {
		d.Name, _ = meta["name"].(string)
		d.Namespace, _ = meta["namespace"].(string)
	}
	return d
}

// keptText keeps the text of policies alone, of which there are few.
func (d Document) keptText() Document {
	if d.Kind != "MonitoringPolicy" {
		d.text = nil
	}
	return d
}

// itemsOf returns the objects of a list. In a list of one kind the API server
// leaves out the kind of each.
func (d Document) itemsOf(items []any) ([]Document, error) {
	docs := make([]Document, 0, len(items))
	for i, item := range items {
		place := d.Place
		place.Item = i + 1
		object, ok := item.(map[string]any)
		if !ok {
			return nil, wording.Fault(wording.NotAnObject, place, describe(item))
		}
		if one := strings.TrimSuffix(d.Kind, "List"); one != "" && object["kind"] == nil && object["apiVersion"] == nil {
			object["kind"], object["apiVersion"] = one, d.APIVersion
		}
		one := NewDocument(place, object)
		one.text = d.text
		docs = append(docs, one.keptText())
	}
	return docs, nil
}

// Into reads the document into a typed object, after Shape found no fault.
func (d Document) Into(object any) error {
	if _, ok := object.(*v1alpha1.MonitoringPolicy); ok {
		return d.throughText(object)
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(d.Value, object); err != nil {
		return wording.Fault(wording.CannotRead, d.Place, err)
	}
	return nil
}

// throughText reads a policy by its JSON, which costs more: a parameter's number
// stands with or without quotes, and only its JSON decoder takes both.
func (d Document) throughText(object any) error {
	text, err := json.Marshal(d.Value)
	if err != nil {
		return wording.Fault(wording.CannotRead, d.Place, err)
	}
	if err := Plain(text, object); err != nil {
		return wording.Fault(wording.NotJSON, d.Place, err)
	}
	return nil
}

// Plain reads JSON as the API server does: names by their exact case, whole
// numbers as int64.
func Plain(text []byte, into any) error {
	return kjson.UnmarshalCaseSensitivePreserveInts(text, into)
}

// String names the document for errors: place, kind, namespace and name.
func (d Document) String() string {
	s := d.Place.String()
	if d.Kind != "" {
		s += ": " + d.Kind
	}
	switch {
	case d.Namespace != "" && d.Name != "":
		s += " " + d.Namespace + "/" + d.Name
	case d.Name != "":
		s += " " + d.Name
	}
	return s
}
