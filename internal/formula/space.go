// SPDX-License-Identifier: Apache-2.0

package formula

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Span is a run of whole numbers, both ends included.
type Span struct{ From, To int64 }

// Set is what a test asks for: numbers in one of the spans, or one of the words.
type Set struct {
	Spans []Span
	Words []string

	missing bool // asks whether the variable is missing, and nothing else
}

// Below is the numbers short of n.
func Below(n int64) Set {
	if n == math.MinInt64 {
		return Set{}
	}
	return Set{Spans: []Span{{math.MinInt64, n - 1}}}
}

// AtMost is the numbers up to n.
func AtMost(n int64) Set { return Set{Spans: []Span{{math.MinInt64, n}}} }

// Above is the numbers beyond n.
func Above(n int64) Set {
	if n == math.MaxInt64 {
		return Set{}
	}
	return Set{Spans: []Span{{n + 1, math.MaxInt64}}}
}

// From is n and the numbers beyond.
func From(n int64) Set { return Set{Spans: []Span{{n, math.MaxInt64}}} }

// Exactly is the numbers listed.
func Exactly(numbers ...int64) Set {
	var s Set
	for _, n := range numbers {
		s.Spans = append(s.Spans, Span{n, n})
	}
	return s
}

// Words is the set of these words.
func Words(words ...string) Set { return Set{Words: words} }

func (s Set) holds(n int64) bool {
	return slices.ContainsFunc(s.Spans, func(span Span) bool { return span.From <= n && n <= span.To })
}

func (s Set) String() string {
	var parts []string
	if s.missing {
		parts = append(parts, "missing")
	}
	for _, span := range s.Spans {
		parts = append(parts, fmt.Sprintf("%d..%d", span.From, span.To))
	}
	for _, w := range s.Words {
		parts = append(parts, fmt.Sprintf("%q", w))
	}
	return "{" + strings.Join(parts, " ") + "}"
}

// Domain is what a variable can be.
type Domain struct {
	// Numbers says that it is a whole number from Min to Max, else it is a word.
	Numbers  bool
	Min, Max int64
	// Words are those it can be; Open says that it can be any other too.
	Words []string
	Open  bool
	// Missing says that it may be missing.
	Missing bool
}

// Variable is something that formulas look at.
type Variable struct {
	Key    string
	Domain Domain

	index int
	sets  []Set
	cells []Cell
	full  uint64
	// tooFine says that it has more cells than are told apart: then every test of it
	// may have any answer.
	tooFine bool
}

// Cell is a part of a variable's domain that no test tells apart.
type Cell struct {
	Missing bool
	Span    Span   // of a number
	Word    string // of a word; "" with Other
	Other   bool   // a word that no test asks for
}

// missingCell is the bit of a variable that is missing.
const missingCell = 1 << 63

// mostCells is how many cells a variable can have beside the missing one.
const mostCells = 62

// Space holds the variables of formulas that are looked at together.
type Space struct {
	byKey  map[string]*Variable
	vars   []*Variable
	leaves []*Formula
	frozen bool
}

// NewSpace returns an empty space.
func NewSpace() *Space { return &Space{byKey: map[string]*Variable{}} }

// Variable returns the variable of that key, which is made when first asked for.
func (s *Space) Variable(key string, d Domain) *Variable {
	if v, ok := s.byKey[key]; ok {
		return v
	}
	v := &Variable{Key: key, Domain: d, index: len(s.vars)}
	s.byKey[key] = v
	s.vars = append(s.vars, v)
	return v
}

// Find returns the variable of that key, nil if there is none.
func (s *Space) Find(key string) *Variable { return s.byKey[key] }

// Test is whether the variable is in the set; unknown where it is missing.
func (s *Space) Test(v *Variable, set Set) *Formula {
	return s.leaf(test, [readings]*Variable{v, v}, [readings]Set{set, set})
}

// Is is whether the variable is in the set; no where it is missing.
func (s *Space) Is(v *Variable, set Set) *Formula {
	return s.leaf(is, [readings]*Variable{v, v}, [readings]Set{set, set})
}

// Known is whether the variable is there.
func (s *Space) Known(v *Variable) *Formula {
	if !v.Domain.Missing {
		return Constant(Yes)
	}
	missing := Set{missing: true}
	return Not(s.leaf(is, [readings]*Variable{v, v}, [readings]Set{missing, missing}))
}

// TestTwice is a test that reads differently in the two readings.
func (s *Space) TestTwice(vars [2]*Variable, sets [2]Set) *Formula {
	return s.leaf(test, vars, sets)
}

// InCell is whether the variable is in one of its cells, once the space is frozen.
func (s *Space) InCell(v *Variable, cell int) *Formula {
	f := &Formula{op: is, vars: [readings]*Variable{v, v}, masks: [readings]uint64{1 << cell, 1 << cell}}
	f.text = fmt.Sprintf("%s in cell %d", v.Key, cell)
	return f
}

func (s *Space) leaf(op operation, vars [readings]*Variable, sets [readings]Set) *Formula {
	f := &Formula{op: op, vars: vars, sets: sets}
	sign := "~"
	if op == is {
		sign = "="
	}
	f.text = vars[0].Key + sign + sets[0].String()
	if vars[0] != vars[1] || sets[0].String() != sets[1].String() {
		f.text += "/" + vars[1].Key + sign + sets[1].String()
	}
	for i, v := range vars {
		v.sets = append(v.sets, sets[i])
	}
	s.leaves = append(s.leaves, f)
	return f
}

// Freeze divides each variable into cells. Formulas that are built of leaves
// later on are not seen; joining those that there are is free.
func (s *Space) Freeze() {
	if s.frozen {
		return
	}
	s.frozen = true
	for _, v := range s.vars {
		v.divide()
		if v.tooFine = len(v.cells) > mostCells; v.tooFine {
			v.full = missingCell // it is not narrowed
			continue
		}
		v.full = 1<<len(v.cells) - 1
		if v.Domain.Missing {
			v.full |= missingCell
		}
	}
	for _, f := range s.leaves {
		for i, v := range f.vars {
			if !v.tooFine {
				f.masks[i] = v.mask(f.sets[i])
			}
		}
	}
}

func (v *Variable) divide() {
	if v.Domain.Numbers {
		v.divideNumbers()
		return
	}
	words := slices.Clone(v.Domain.Words)
	for _, set := range v.sets {
		for _, w := range set.Words {
			if v.Domain.Open && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	for _, w := range words {
		v.cells = append(v.cells, Cell{Word: w})
	}
	if v.Domain.Open {
		v.cells = append(v.cells, Cell{Other: true})
	}
}

// divideNumbers begins a cell wherever the answer of a test can change.
func (v *Variable) divideNumbers() {
	starts := []int64{v.Domain.Min}
	for _, set := range v.sets {
		for _, span := range set.Spans {
			if span.From > v.Domain.Min && span.From <= v.Domain.Max {
				starts = append(starts, span.From)
			}
			if span.To >= v.Domain.Min && span.To < v.Domain.Max {
				starts = append(starts, span.To+1)
			}
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	for i, from := range starts {
		to := v.Domain.Max
		if i+1 < len(starts) {
			to = starts[i+1] - 1
		}
		v.cells = append(v.cells, Cell{Span: Span{from, to}})
	}
}

func (v *Variable) mask(set Set) uint64 {
	if set.missing {
		return missingCell
	}
	var mask uint64
	for i, c := range v.cells {
		if v.Domain.Numbers && set.holds(c.Span.From) || !v.Domain.Numbers && !c.Other && slices.Contains(set.Words, c.Word) {
			mask |= 1 << i
		}
	}
	return mask
}

// Cells are the parts of the variable's domain, the missing one not among them.
// They are there once the space is frozen.
func (v *Variable) Cells() []Cell { return v.cells }
