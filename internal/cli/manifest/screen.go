// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"regexp"
	"slices"
	"unicode/utf8"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"fangpin.io/fangpin/internal/civil"
)

// screen says quickly of most objects that the API server would take them. It
// never takes one that the API server would refuse; where it is in doubt it says
// no, and the API server's own code decides and finds the words. That code is
// some fifty times slower, which counts when a hundred thousand families are
// read from a file.
type screen struct {
	kind        string // object, array, string, integer, boolean
	fields      map[string]*screen
	required    []string
	items       *screen
	minItems    int64
	maxItems    int64 // -1: any
	mapKeys     []string
	isSet       bool
	enum        []string
	pattern     *regexp.Regexp
	isDate      bool
	minLength   int64
	maxLength   int64 // -1: any
	minimum     int64
	maximum     int64
	rules       []rule
	passThrough bool // metadata, which is checked apart
}

// newScreen returns a screen for a schema; nil if the schema has something that
// it does not know.
func newScreen(s *apiextensionsv1.JSONSchemaProps) *screen {
	if s.OneOf != nil || s.AnyOf != nil || s.AllOf != nil || s.Not != nil || s.Nullable || s.XIntOrString ||
		s.MultipleOf != nil || s.ExclusiveMinimum || s.ExclusiveMaximum || s.UniqueItems || s.AdditionalProperties != nil ||
		s.MinProperties != nil || s.MaxProperties != nil || s.XEmbeddedResource || s.XPreserveUnknownFields != nil {
		return nil
	}
	out := &screen{kind: s.Type, required: s.Required, minItems: orElse(s.MinItems, 0), maxItems: orElse(s.MaxItems, -1),
		minLength: orElse(s.MinLength, 0), maxLength: orElse(s.MaxLength, -1)}
	return out.fill(s)
}

func orElse(value *int64, other int64) int64 {
	if value == nil {
		return other
	}
	return *value
}

func (c *screen) fill(s *apiextensionsv1.JSONSchemaProps) *screen {
	if !c.fillScalar(s) || !c.fillList(s) {
		return nil
	}
	for _, r := range s.XValidations {
		compiled, known := compileRule(r)
		if !known {
			return nil
		}
		if compiled != nil {
			c.rules = append(c.rules, compiled)
		}
	}
	for name := range s.Properties {
		property := s.Properties[name]
		if c.fields == nil {
			c.fields = map[string]*screen{}
		}
		switch name {
		case "metadata":
			if len(property.Properties) == 0 {
				c.fields[name] = &screen{passThrough: true}
				continue
			}
		case "status":
			continue // never there
		}
		if c.fields[name] = newScreen(&property); c.fields[name] == nil {
			return nil
		}
	}
	return c
}

// fillScalar takes what a schema says of texts and numbers; false if it says
// something unknown.
func (c *screen) fillScalar(s *apiextensionsv1.JSONSchemaProps) bool {
	for _, value := range s.Enum {
		var text string
		if err := Plain(value.Raw, &text); err != nil {
			return false
		}
		c.enum = append(c.enum, text)
	}
	if s.Pattern != "" {
		pattern, err := regexp.Compile(s.Pattern)
		if err != nil {
			return false
		}
		c.pattern = pattern
	}
	switch s.Format {
	case "date":
		c.isDate = true
	case "", "int32", "int64":
	default:
		return false
	}
	c.minimum, c.maximum = -1<<31, 1<<31-1
	if s.Format == "int64" {
		c.minimum, c.maximum = -1<<62, 1<<62
	}
	if s.Minimum != nil {
		c.minimum = max(c.minimum, int64(*s.Minimum))
	}
	if s.Maximum != nil {
		c.maximum = min(c.maximum, int64(*s.Maximum))
	}
	return true
}

func (c *screen) fillList(s *apiextensionsv1.JSONSchemaProps) bool {
	if s.Items != nil {
		if s.Items.Schema == nil {
			return false
		}
		if c.items = newScreen(s.Items.Schema); c.items == nil {
			return false
		}
	}
	switch {
	case s.XListType == nil || *s.XListType == "atomic":
	case *s.XListType == "map":
		c.mapKeys = s.XListMapKeys
	case *s.XListType == "set":
		c.isSet = true
	default:
		return false
	}
	return true
}

// takes says whether a value surely passes.
func (c *screen) takes(value any) bool {
	if c.passThrough {
		return true
	}
	switch v := value.(type) {
	case map[string]any:
		if !c.takesObject(v) {
			return false
		}
	case []any:
		if !c.takesList(v) {
			return false
		}
	case string:
		if !c.takesText(v) {
			return false
		}
	case int64:
		if c.kind != "integer" || v < c.minimum || v > c.maximum {
			return false
		}
	case bool:
		if c.kind != "boolean" {
			return false
		}
	default:
		return false
	}
	return !slices.ContainsFunc(c.rules, func(r rule) bool { return !r(value) })
}

func (c *screen) takesObject(v map[string]any) bool {
	if c.kind != "object" {
		return false
	}
	for _, name := range c.required {
		if _, present := v[name]; !present {
			return false
		}
	}
	for name, value := range v {
		field := c.fields[name]
		if field == nil || !field.takes(value) {
			return false
		}
	}
	return true
}

func (c *screen) takesList(v []any) bool {
	if c.kind != "array" || c.items == nil || int64(len(v)) < c.minItems || c.maxItems >= 0 && int64(len(v)) > c.maxItems {
		return false
	}
	for _, item := range v {
		if !c.items.takes(item) {
			return false
		}
	}
	return (len(c.mapKeys) == 0 && !c.isSet) || distinct(v, c.mapKeys)
}

// distinct says whether no two items have the same keys; without keys whether no
// two are the same text.
func distinct(items []any, keys []string) bool {
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		key, ok := keyOf(item, keys)
		if !ok || seen[key] {
			return false
		}
		seen[key] = true
	}
	return true
}

func keyOf(item any, keys []string) (string, bool) {
	if len(keys) == 0 {
		text, ok := item.(string)
		return text, ok
	}
	fields, _ := item.(map[string]any)
	key := ""
	for _, name := range keys {
		text, ok := fields[name].(string)
		if !ok {
			return "", false
		}
		key += text + "\x00"
	}
	return key, true
}

func (c *screen) takesText(v string) bool {
	if c.kind != "string" {
		return false
	}
	if c.minLength > 0 || c.maxLength >= 0 {
		length := int64(utf8.RuneCountInString(v))
		if length < c.minLength || c.maxLength >= 0 && length > c.maxLength {
			return false
		}
	}
	if len(c.enum) > 0 && !slices.Contains(c.enum, v) {
		return false
	}
	if c.isDate {
		if _, err := civil.ParseDay(v); err != nil {
			return false
		}
	}
	return c.pattern == nil || c.pattern.MatchString(v)
}
