// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"reflect"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

	"fangpin.io/fangpin/internal/civil"
)

// unknown is a fact that was not stated, ready to be handed to a rule as often
// as it asks. It carries the fact's name.
type unknown struct {
	val     *types.Unknown
	missing []string // its name, as an Answer wants it
}

func newUnknown(id int64, name string) *unknown {
	return &unknown{val: types.NewUnknown(id, types.NewAttributeTrail(name)), missing: []string{name}}
}

// text boxes a word. Those of the contract are boxed once for all.
func text(s string) ref.Val {
	if v, ok := boxedWords[s]; ok {
		return v
	}
	return types.String(s)
}

// textOrNil is text, nil for a word that was not stated.
func textOrNil(s string) ref.Val {
	if s == "" {
		return nil
	}
	return text(s)
}

// boxedWords holds every word that the contract enumerates.
var boxedWords = boxWords(
	registrations, labours, methods, risks, hardships, incomeTrends, spendingTrends, guaranteeStates,
	causes, measureKinds, signalSources, knownGuarantees,
)

func boxWords(lists ...[]string) map[string]ref.Val {
	boxed := make(map[string]ref.Val)
	for _, list := range lists {
		for _, s := range list {
			boxed[s] = types.String(s)
		}
	}
	return boxed
}

// number boxes a count or a year.
func number(n int) ref.Val {
	if firstBoxedYear <= n && n <= lastBoxedYear {
		return boxedYears[n-firstBoxedYear]
	}
	return types.Int(n)
}

// The years of living people and their papers are boxed once for all.
const (
	firstBoxedYear = 1900
	lastBoxedYear  = 2100
)

var boxedYears = boxYears()

func boxYears() (boxed [lastBoxedYear - firstBoxedYear + 1]ref.Val) {
	for i := range boxed {
		boxed[i] = types.Int(firstBoxedYear + i)
	}
	return boxed
}

// dateOrNil boxes a day as a rule sees it, 00:00 UTC; nil for no day.
func dateOrNil(d civil.Day) ref.Val {
	if !d.Valid() {
		return nil
	}
	return types.Timestamp{Time: d.UTC()}
}

// list shows a slice of the facts to a rule without copying it.
type list[T any] struct {
	items []T
	box   func(*T) ref.Val
}

func textList() list[string] {
	return list[string]{box: func(s *string) ref.Val { return text(*s) }}
}

// over returns the list with these items.
func (l *list[T]) over(items []T) ref.Val {
	l.items = items
	return l
}

// copied returns the list as one of CEL's own.
func (l *list[T]) copied() traits.Lister {
	elems := make([]ref.Val, len(l.items))
	for i := range l.items {
		elems[i] = l.box(&l.items[i])
	}
	return types.NewRefValList(types.DefaultTypeAdapter, elems)
}

// Add implements traits.Adder.
func (l *list[T]) Add(other ref.Val) ref.Val { return l.copied().Add(other) }

// Contains implements traits.Container.
func (l *list[T]) Contains(value ref.Val) ref.Val {
	for i := range l.items {
		if l.box(&l.items[i]).Equal(value) == types.True {
			return types.True
		}
	}
	return types.False
}

// Get implements traits.Indexer.
func (l *list[T]) Get(index ref.Val) ref.Val {
	i, err := types.IndexOrError(index)
	if err != nil {
		return types.ValOrErr(index, "%v", err)
	}
	if i < 0 || i >= len(l.items) {
		return types.NewErr("there is no element %d in a list of %d", i, len(l.items))
	}
	return l.box(&l.items[i])
}

// Iterator implements traits.Iterable.
func (l *list[T]) Iterator() traits.Iterator { return &iterator[T]{list: l} }

// Size implements traits.Sizer.
func (l *list[T]) Size() ref.Val { return types.Int(len(l.items)) }

// ConvertToNative implements ref.Val.
func (l *list[T]) ConvertToNative(t reflect.Type) (any, error) { return l.copied().ConvertToNative(t) }

// ConvertToType implements ref.Val.
func (l *list[T]) ConvertToType(t ref.Type) ref.Val { return l.copied().ConvertToType(t) }

// Equal implements ref.Val.
func (l *list[T]) Equal(other ref.Val) ref.Val { return l.copied().Equal(other) }

// Type implements ref.Val.
func (l *list[T]) Type() ref.Type { return types.ListType }

// Value implements ref.Val.
func (l *list[T]) Value() any { return l.copied().Value() }

type iterator[T any] struct {
	noValue
	list *list[T]
	next int
}

// HasNext implements traits.Iterator.
func (it *iterator[T]) HasNext() ref.Val { return types.Bool(it.next < len(it.list.items)) }

// Next implements traits.Iterator.
func (it *iterator[T]) Next() ref.Val {
	if it.next >= len(it.list.items) {
		return nil
	}
	it.next++
	return it.list.box(&it.list.items[it.next-1])
}

// noValue is the part of an iterator that CEL's interface asks for and never
// uses.
type noValue struct{}

func (noValue) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("an iterator does not convert to %v", t)
}
func (noValue) ConvertToType(ref.Type) ref.Val { return types.NewErr("an iterator does not convert") }
func (noValue) Equal(ref.Val) ref.Val          { return types.False }
func (noValue) Type() ref.Type                 { return types.IteratorType }
func (noValue) Value() any                     { return nil }

// class is the type of the elements of a list: members, marks, signals. A
// field that was not stated is unknown, like every other missing fact.
type class[T any] struct {
	typ    *cel.Type
	fields map[string]*field[T]
}

type field[T any] struct {
	name    string
	typ     *cel.Type
	words   []string // the only values that it can have, nil: any
	get     func(*T) ref.Val
	unknown *unknown
}

// newClass declares a class; path is how a missing field is named, with
// firstID for its first field.
func newClass[T any](name, path string, firstID int64, fields []field[T]) *class[T] {
	c := &class[T]{typ: cel.ObjectType(name, traits.IndexerType), fields: make(map[string]*field[T], len(fields))}
	for i := range fields {
		f := &fields[i]
		f.unknown = newUnknown(firstID+int64(i), path+"."+f.name)
		c.fields[f.name] = f
	}
	return c
}

// list returns a list of the class, still without items.
func (c *class[T]) list() list[T] {
	return list[T]{box: func(item *T) ref.Val { return &object[T]{class: c, item: item} }}
}

func (c *class[T]) name() string { return c.typ.TypeName() }

func (c *class[T]) fieldType(name string) (*types.FieldType, bool) {
	f, ok := c.fields[name]
	if !ok {
		return nil, false
	}
	return &types.FieldType{Type: f.typ}, true
}

func (c *class[T]) fieldWords(name string) []string {
	if f, ok := c.fields[name]; ok {
		return f.words
	}
	return nil
}

func (c *class[T]) fieldNames() []string {
	names := make([]string, 0, len(c.fields))
	for name := range c.fields {
		names = append(names, name)
	}
	return names
}

// object is one element of a class.
type object[T any] struct {
	class *class[T]
	item  *T
}

// Get implements traits.Indexer: the field of that name.
func (o *object[T]) Get(index ref.Val) ref.Val {
	name, ok := index.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(index)
	}
	f, ok := o.class.fields[string(name)]
	if !ok {
		return types.NewErr("there is no field %s", string(name))
	}
	if v := f.get(o.item); v != nil {
		return v
	}
	return f.unknown.val
}

// ConvertToNative implements ref.Val.
func (o *object[T]) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("%s does not convert to %v", o.class.name(), t)
}

// ConvertToType implements ref.Val.
func (o *object[T]) ConvertToType(t ref.Type) ref.Val {
	if t == types.TypeType {
		return o.class.typ
	}
	return types.NewErr("%s does not convert to %s", o.class.name(), t.TypeName())
}

// Equal implements ref.Val. The compiler refuses rules that compare whole
// objects; this is what sets and lists of them go by.
func (o *object[T]) Equal(other ref.Val) ref.Val {
	p, ok := other.(*object[T])
	return types.Bool(ok && o.item == p.item)
}

// Type implements ref.Val.
func (o *object[T]) Type() ref.Type { return o.class.typ }

// Value implements ref.Val.
func (o *object[T]) Value() any { return *o.item }
