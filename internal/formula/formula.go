// SPDX-License-Identifier: Apache-2.0

// Package formula reasons about conditions whose answer is yes, no or unknown:
// can this condition be true while none of those is? Conditions are built of
// tests on variables, a number's place among bounds or a word among words, any of
// which may be missing. What cannot be taken apart is a variable of its own that
// may have any answer; so a "never" is certain, a "possible" is not.
//
// The package is pure and knows nothing of plans or of the rule language.
package formula

import (
	"fmt"
	"strings"
)

// Truths is a set of answers.
type Truths uint8

// The answers.
const (
	No Truths = 1 << iota
	Yes
	Unknown
	Any = No | Yes | Unknown
)

type operation uint8

const (
	constant operation = iota
	negation
	conjunction
	disjunction
	choice  // parts[0] ? parts[1] : parts[2]
	test    // unknown where the variable is missing
	is      // no where the variable is missing
	answers // whether the part's answer is one of those
	atLeast // count of the parts are true
)

// Formula is a condition. It does not change once its space is frozen.
//
// A formula may be read in two ways at once, for the two questions by which a
// judge finds out whether something unknown matters: a leaf then has a variable
// and a set for each reading.
type Formula struct {
	op      operation
	parts   []*Formula
	answers Truths
	count   int
	vars    [readings]*Variable
	sets    [readings]Set
	masks   [readings]uint64
	text    string
}

const readings = 2

// Constant is a condition with a fixed answer.
func Constant(answer Truths) *Formula {
	return &Formula{op: constant, answers: answer, text: fmt.Sprintf("#%d", answer)}
}

// Not is the negation.
func Not(f *Formula) *Formula {
	switch f.op {
	case constant:
		return Constant(negated(f.answers))
	case negation:
		return f.parts[0]
	}
	return &Formula{op: negation, parts: []*Formula{f}, text: "!" + f.text}
}

// And is the conjunction: a no outweighs an unknown.
func And(parts ...*Formula) *Formula { return joined(conjunction, No, Yes, " & ", parts) }

// Or is the disjunction: a yes outweighs an unknown.
func Or(parts ...*Formula) *Formula { return joined(disjunction, Yes, No, " | ", parts) }

// joined drops the parts that do not matter.
func joined(op operation, decides, idle Truths, sign string, parts []*Formula) *Formula {
	var kept []*Formula
	for _, p := range parts {
		switch {
		case p.op == constant && p.answers == decides:
			return p
		case p.op == constant && p.answers == idle:
		case p.op == op:
			kept = append(kept, p.parts...)
		default:
			kept = append(kept, p)
		}
	}
	switch len(kept) {
	case 0:
		return Constant(idle)
	case 1:
		return kept[0]
	}
	return &Formula{op: op, parts: kept, text: "(" + strings.Join(texts(kept), sign) + ")"}
}

func texts(parts []*Formula) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = p.text
	}
	return out
}

// If is yes where the condition is and then answers so; where the condition is
// unknown, so is it all.
func If(condition, then, otherwise *Formula) *Formula {
	if condition.op == constant {
		switch condition.answers {
		case Yes:
			return then
		case No:
			return otherwise
		case Unknown:
			return condition
		}
	}
	parts := []*Formula{condition, then, otherwise}
	return &Formula{op: choice, parts: parts, text: "(" + condition.text + " ? " + then.text + " : " + otherwise.text + ")"}
}

// Answers says yes where the formula's answer is one of those, else no.
func Answers(f *Formula, among Truths) *Formula {
	return &Formula{op: answers, parts: []*Formula{f}, answers: among, text: fmt.Sprintf("[%s]%d", f.text, among)}
}

// AtLeast says whether so many of the formulas are true.
func AtLeast(count int, parts ...*Formula) *Formula {
	switch {
	case count <= 0:
		return Constant(Yes)
	case count > len(parts):
		return Constant(No)
	}
	return &Formula{op: atLeast, count: count, parts: parts, text: fmt.Sprintf("%d of (%s)", count, strings.Join(texts(parts), ", "))}
}

// String is the formula's one text: those of equal text are the same condition.
func (f *Formula) String() string { return f.text }

// size is the number of parts that are worked out to answer it.
func (f *Formula) size() int {
	n := 1
	for _, p := range f.parts {
		n += p.size()
	}
	return n
}

func negated(t Truths) Truths {
	out := t & Unknown
	if t&Yes != 0 {
		out |= No
	}
	if t&No != 0 {
		out |= Yes
	}
	return out
}

// both is what a conjunction can answer where its sides can answer so.
func both(a, b Truths) Truths {
	out := (a | b) & No
	out |= a & b & Yes
	if a&Unknown != 0 && b&(Yes|Unknown) != 0 || b&Unknown != 0 && a&(Yes|Unknown) != 0 {
		out |= Unknown
	}
	return out
}

// either is what a disjunction can answer.
func either(a, b Truths) Truths { return negated(both(negated(a), negated(b))) }

// under is what the formula can answer while each variable has one of the cells
// that are left to it.
func (f *Formula) under(left []uint64, reading int) Truths {
	switch f.op {
	case constant:
		return f.answers
	case negation:
		return negated(f.parts[0].under(left, reading))
	case conjunction:
		out := Yes
		for _, p := range f.parts {
			if out = both(out, p.under(left, reading)); out == No {
				break
			}
		}
		return out
	case disjunction:
		out := No
		for _, p := range f.parts {
			if out = either(out, p.under(left, reading)); out == Yes {
				break
			}
		}
		return out
	case choice:
		return f.chosen(left, reading)
	case answers:
		return among(f.parts[0].under(left, reading), f.answers)
	case atLeast:
		return f.counted(left, reading)
	}
	if v := f.vars[reading]; !v.tooFine {
		return f.tested(left[v.index], reading)
	}
	return Any
}

func (f *Formula) chosen(left []uint64, reading int) Truths {
	condition := f.parts[0].under(left, reading)
	out := condition & Unknown
	if condition&Yes != 0 {
		out |= f.parts[1].under(left, reading)
	}
	if condition&No != 0 {
		out |= f.parts[2].under(left, reading)
	}
	return out
}

func among(can, those Truths) Truths {
	var out Truths
	if can&those != 0 {
		out |= Yes
	}
	if can&^those != 0 {
		out |= No
	}
	return out
}

// counted goes by how many parts surely are true and how many can be.
func (f *Formula) counted(left []uint64, reading int) Truths {
	sure, possible, unknown := 0, 0, false
	for _, p := range f.parts {
		t := p.under(left, reading)
		if t == Yes {
			sure++
		}
		if t&Yes != 0 {
			possible++
		}
		unknown = unknown || t&Unknown != 0
	}
	switch {
	case unknown:
		return Any
	case sure >= f.count:
		return Yes
	case possible < f.count:
		return No
	}
	return Yes | No
}

func (f *Formula) tested(left uint64, reading int) Truths {
	var out Truths
	if left&f.masks[reading] != 0 {
		out |= Yes
	}
	rest := left &^ f.masks[reading]
	if rest&^missingCell != 0 {
		out |= No
	}
	if rest&missingCell != 0 {
		if f.op == is {
			out |= No
		} else {
			out |= Unknown
		}
	}
	return out
}
