// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	"github.com/google/cel-go/interpreter"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// activation shows the facts of a day to CEL. It is reused from question to
// question and boxes nothing that it can point to instead.
//
// A missing fact is handed out as a CEL unknown, the value that partial
// evaluation would make of it: every operator passes it on, && and || absorb it
// where the other side decides, and the result names what was missing. Handing
// out the value itself, rather than patterns of attributes to compare with,
// costs nothing for the facts that are there and also reaches keys and fields
// that are known only while the rule runs.
type activation struct {
	facts *decision.Facts
	rules *Rules
	own   []*fact // those that the rule reads

	today, surveyDate boxedDay
	guarantees        guarantees
	causes            list[string]
	receives          list[string]
	wishes            list[string]
	unmet             list[string]
	members           list[decision.Member]
	marks             list[decision.Mark]
	signals           list[decision.Signal]
}

var activations = sync.Pool{New: func() any {
	return &activation{
		causes: textList(), receives: textList(), wishes: textList(), unmet: textList(),
		members: memberClass.list(), marks: markClass.list(), signals: signalClass.list(),
	}
}}

// release returns the activation to the pool, without anything of a family.
func (a *activation) release() {
	a.facts, a.rules, a.own = nil, nil, nil
	a.guarantees = guarantees{}
	a.causes.items, a.receives.items, a.wishes.items, a.unmet.items = nil, nil, nil, nil
	a.members.items, a.marks.items, a.signals.items = nil, nil, nil
	activations.Put(a)
}

// ResolveName implements interpreter.Activation. A rule reads a handful of facts,
// which are found faster in a list than by a hash of the name.
func (a *activation) ResolveName(name string) (any, bool) {
	for _, f := range a.own {
		if f.name == name {
			return a.valueOf(f), true
		}
	}
	f, ok := a.rules.names[name]
	if !ok {
		return nil, false
	}
	return a.valueOf(f), true
}

// valueOf is the fact's value, or the unknown that stands for it.
func (a *activation) valueOf(f *fact) any {
	if v := f.get(a); v != nil {
		return v
	}
	return f.unknown.val
}

// Parent implements interpreter.Activation.
func (a *activation) Parent() interpreter.Activation { return nil }

// registration is that of the day: a family is Poor before it graduated.
func (a *activation) registration() ref.Val {
	fam := a.facts.Family
	if fam.Registration == "Graduated" && fam.Graduated.Valid() && a.facts.Today < fam.Graduated {
		return text("Poor")
	}
	return textOrNil(fam.Registration)
}

func (a *activation) guaranteeMap() ref.Val {
	if a.facts.Survey == nil {
		return nil
	}
	a.guarantees = guarantees{stated: a.facts.Survey.Guarantees, expected: &a.rules.expected}
	return &a.guarantees
}

func boolean(b bool) ref.Val { return types.Bool(b) }

// boxedDay keeps the last day boxed: most questions are asked on the same day.
type boxedDay struct {
	day civil.Day
	val ref.Val
}

func (b *boxedDay) boxed(d civil.Day) ref.Val {
	if b.val == nil || b.day != d {
		b.day, b.val = d, dateOrNil(d)
	}
	return b.val
}

// guarantees shows the guarantees of the last survey as a map. One that was
// not stated is unknown under its key, whether the rule writes the key or works
// it out. Going through the keys goes through those that were stated and
// through the expected ones, so that exists and all are unknown for want of a
// guarantee that the plan asks about.
type guarantees struct {
	stated   []decision.Guarantee
	expected *expectedGuarantees
}

// expectedGuarantees are the guarantees that a plan asks about by name.
type expectedGuarantees struct {
	names   []string // sorted
	unknown map[string]*unknown
}

func (e *expectedGuarantees) add(name string) *unknown {
	if u, ok := e.unknown[name]; ok {
		return u
	}
	if e.unknown == nil {
		e.unknown = make(map[string]*unknown)
	}
	u := newUnknown(guaranteeIDs+int64(len(e.unknown)), guaranteeName(name))
	e.unknown[name] = u
	i, _ := slices.BinarySearch(e.names, name)
	e.names = slices.Insert(e.names, i, name)
	return u
}

// guaranteeName is how an Answer names a guarantee.
func guaranteeName(name string) string { return factGuarantees + "." + name }

// Find implements traits.Mapper.
func (g *guarantees) Find(key ref.Val) (ref.Val, bool) {
	name, ok := key.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(key), false
	}
	for i := range g.stated {
		if g.stated[i].Name == string(name) && g.stated[i].State != "" {
			return text(g.stated[i].State), true
		}
	}
	if u, ok := g.expected.unknown[string(name)]; ok {
		return u.val, true
	}
	return newUnknown(guaranteeIDs-1, guaranteeName(string(name))).val, true
}

// Get implements traits.Indexer.
func (g *guarantees) Get(key ref.Val) ref.Val {
	v, _ := g.Find(key)
	return v
}

// Contains implements traits.Container. That a guarantee was not stated is no
// answer to whether it is there.
func (g *guarantees) Contains(key ref.Val) ref.Val {
	v := g.Get(key)
	if types.IsUnknownOrError(v) {
		return v
	}
	return types.True
}

// Size implements traits.Sizer: unknown while an expected guarantee is not
// stated.
func (g *guarantees) Size() ref.Val {
	if u := g.firstMissing(); u != nil {
		return u.val
	}
	return types.Int(len(g.stated))
}

func (g *guarantees) firstMissing() *unknown {
	for _, name := range g.expected.names {
		if !g.states(name) {
			return g.expected.unknown[name]
		}
	}
	return nil
}

func (g *guarantees) states(name string) bool {
	return slices.ContainsFunc(g.stated, func(s decision.Guarantee) bool { return s.Name == name && s.State != "" })
}

// Iterator implements traits.Iterable: the keys that were stated, then the
// expected ones that were not.
func (g *guarantees) Iterator() traits.Iterator {
	keys := textList()
	for i := range g.stated {
		keys.items = append(keys.items, g.stated[i].Name)
	}
	for _, name := range g.expected.names {
		if !slices.Contains(keys.items, name) {
			keys.items = append(keys.items, name)
		}
	}
	return keys.Iterator()
}

// ConvertToNative implements ref.Val.
func (g *guarantees) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("%s does not convert to %v", factGuarantees, t)
}

// ConvertToType implements ref.Val.
func (g *guarantees) ConvertToType(t ref.Type) ref.Val {
	switch t {
	case types.MapType:
		return g
	case types.TypeType:
		return types.MapType
	}
	return types.NewErr("%s does not convert to %s", factGuarantees, t.TypeName())
}

// Equal implements ref.Val. The compiler refuses rules that compare the map.
func (g *guarantees) Equal(other ref.Val) ref.Val {
	o, ok := other.(*guarantees)
	return types.Bool(ok && g == o)
}

// Type implements ref.Val.
func (g *guarantees) Type() ref.Type { return types.MapType }

// Value implements ref.Val.
func (g *guarantees) Value() any { return g.stated }
