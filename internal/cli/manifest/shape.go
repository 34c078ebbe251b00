// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fangpin.io/fangpin/internal/cli/wording"
)

// Shape compares a document's value with the Go type that it is to be read
// into. It returns an error for every field that the type does not have and for
// every value of another kind, each naming the field by its path from the root.
// A null is taken for an absent field.
func Shape(value any, into reflect.Type, path string) error {
	quick := shape{quick: true}
	if quick.check(value, into, path); len(quick.faults) == 0 {
		return nil
	}
	var s shape
	s.check(value, into, path)
	return errors.Join(s.faults...)
}

// shape gathers faults. A quick one finds out whether there are any: it builds no
// paths and takes fields as they come, which is most of the work on an object in
// which nothing is wrong.
type shape struct {
	faults []error
	quick  bool
}

func (s *shape) under(path, key string) string {
	if s.quick {
		return ""
	}
	return join(path, key)
}

// keys are the names of a map's entries, in an order that faults can be told in.
func (s *shape) keys(entries map[string]any) iter.Seq[string] {
	if s.quick {
		return maps.Keys(entries)
	}
	return slices.Values(slices.Sorted(maps.Keys(entries)))
}

func (s *shape) fault(key wording.Key, args ...any) {
	s.faults = append(s.faults, wording.Fault(key, args...))
}

var (
	jsonReader = reflect.TypeFor[json.Unmarshaler]()
	textReader = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func (s *shape) check(value any, into reflect.Type, path string) {
	for into.Kind() == reflect.Pointer {
		into = into.Elem()
	}
	if value == nil || reflect.PointerTo(into).Implements(jsonReader) || reflect.PointerTo(into).Implements(textReader) {
		return // a type that reads itself judges itself
	}
	switch into.Kind() {
	case reflect.Struct:
		s.checkStruct(value, into, path)
	case reflect.Map:
		if entries, ok := value.(map[string]any); ok {
			for key := range s.keys(entries) {
				s.check(entries[key], into.Elem(), s.under(path, key))
			}
			return
		}
		s.fault(wording.MustBeMap, path, describe(value))
	case reflect.Slice, reflect.Array:
		if items, ok := value.([]any); ok {
			for i, item := range items {
				at := path
				if !s.quick {
					at += "[" + strconv.Itoa(i) + "]"
				}
				s.check(item, into.Elem(), at)
			}
			return
		}
		s.fault(wording.MustBeList, path, describe(value))
	default:
		s.checkScalar(value, into, path)
	}
}

func (s *shape) checkStruct(value any, into reflect.Type, path string) {
	entries, ok := value.(map[string]any)
	if !ok {
		s.fault(wording.MustBeMap, path, describe(value))
		return
	}
	fields := fieldsOf(into)
	for key := range s.keys(entries) {
		if field, known := fields[key]; known {
			s.check(entries[key], field, s.under(path, key))
			continue
		}
		s.unknown(path, key, fields)
	}
}

func (s *shape) unknown(path, key string, fields map[string]reflect.Type) {
	names := slices.Sorted(maps.Keys(fields))
	switch near := nearest(key, names); {
	case key == "true" || key == "false":
		s.fault(wording.UnknownBoolField, join(path, key), strings.Join(names, ", "))
	case near != "":
		s.fault(wording.UnknownFieldNear, join(path, key), near)
	default:
		s.fault(wording.UnknownField, join(path, key), strings.Join(names, ", "))
	}
}

func (s *shape) checkScalar(value any, into reflect.Type, path string) {
	switch into.Kind() {
	case reflect.String:
		switch v := value.(type) {
		case string:
		case bool:
			s.fault(wording.QuoteBool, path, v)
		case int64, float64:
			s.fault(wording.QuoteNumber, path, describe(v), number(v))
		default:
			s.fault(wording.MustBeText, path, describe(value))
		}
	case reflect.Bool:
		if _, ok := value.(bool); !ok {
			s.fault(wording.MustBeBool, path, describe(value))
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if v, ok := value.(int64); !ok {
			s.fault(wording.MustBeInteger, path, describe(value))
		} else if reflect.Zero(into).OverflowInt(v) {
			s.fault(wording.IntegerTooLarge, path, v)
		}
	}
}

// known keeps what fieldsOf found: types do not change.
var known sync.Map

// fieldsOf returns the types of a struct's fields by their JSON names.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	if fields, ok := known.Load(t); ok {
		return fields.(map[string]reflect.Type)
	}
	fields := findFields(t)
	known.Store(t, fields)
	return fields
}

func findFields(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-":
		case field.Anonymous && name == "" || strings.Contains(options, "inline"):
			maps.Copy(fields, fieldsOf(field.Type))
		case field.IsExported() && name == "":
			fields[field.Name] = field.Type
		case field.IsExported():
			fields[name] = field.Type
		}
	}
	return fields
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// describe names a value for an error, never at length.
func describe(value any) string {
	switch v := value.(type) {
	case map[string]any:
		return "{…}"
	case []any:
		return "[…]"
	case string:
		const longest = 30
		if len(v) > longest {
			return fmt.Sprintf("%.*q…", longest, v)
		}
		return strconv.Quote(v)
	case int64, float64:
		return number(v)
	}
	return fmt.Sprint(value)
}

// number writes a number as plain figures, without an exponent.
func number(value any) string {
	if f, ok := value.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}
