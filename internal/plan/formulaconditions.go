// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"

	"fangpin.io/fangpin/internal/formula"
)

// unparsed is an expression in words. Where it cannot be written it is named by its
// address, so that it equals no other.
func unparsed(e ast.Expr, a *ast.AST) string {
	text, err := cel.ExprToString(e, a.SourceInfo())
	if err != nil || text == "" {
		return fmt.Sprintf("%p", e)
	}
	return text
}

// condition takes a question apart.
func (b *formulaBuilder) condition(e ast.Expr) *formula.Formula {
	if b.fixed(e) {
		switch b.evaluate(e) {
		case types.True:
			return formula.Constant(formula.Yes)
		case types.False:
			return formula.Constant(formula.No)
		}
		return formula.Constant(formula.Unknown)
	}
	switch e.Kind() {
	case ast.IdentKind:
		if f := b.factOf(e); f != nil && f.typ.IsExactType(types.BoolType) {
			return b.Test(b.Formulas.fact(f), formula.Words(wordTrue))
		}
	case ast.CallKind:
		return b.call(e)
	case ast.ComprehensionKind:
		return b.loop(e)
	}
	return b.opaque(e)
}

func (b *formulaBuilder) call(e ast.Expr) *formula.Formula {
	call := e.AsCall()
	args := call.Args()
	switch name := call.FunctionName(); name {
	case operators.LogicalAnd:
		return formula.And(b.conditions(args)...)
	case operators.LogicalOr:
		return formula.Or(b.conditions(args)...)
	case operators.LogicalNot:
		return formula.Not(b.condition(args[0]))
	case operators.Conditional:
		return formula.If(b.condition(args[0]), b.condition(args[1]), b.condition(args[2]))
	case operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals, operators.Equals:
		return b.compare(e, name, args[0], args[1])
	case operators.NotEquals:
		return formula.Not(b.compare(e, operators.Equals, args[0], args[1]))
	case operators.In:
		return b.in(e, args[0], args[1])
	case knownName:
		return b.known(args[0])
	}
	return b.opaque(e)
}

func (b *formulaBuilder) conditions(args []ast.Expr) []*formula.Formula {
	out := make([]*formula.Formula, len(args))
	for i, a := range args {
		out[i] = b.condition(a)
	}
	return out
}

// known asks whether there is a value.
func (b *formulaBuilder) known(e ast.Expr) *formula.Formula {
	if b.fixed(e) {
		if b.evaluate(e) == nil {
			return formula.Constant(formula.No)
		}
		return formula.Constant(formula.Yes)
	}
	if f := b.factOf(e); f != nil {
		return b.Known(b.Formulas.fact(f))
	}
	if b.typeOf(e).IsExactType(types.BoolType) {
		return formula.Answers(b.condition(e), formula.Yes|formula.No)
	}
	v := b.value(e)
	if v.variable[0] == nil {
		return b.opaque(e)
	}
	if v.variable[0] != v.variable[1] {
		return b.opaque(e)
	}
	return b.Known(v.variable[0])
}

// in asks whether a value is among those of a list.
func (b *formulaBuilder) in(e, element, list ast.Expr) *formula.Formula {
	switch {
	case b.fixed(list):
		return b.amongFixed(e, element, list)
	case !b.fixed(element):
		return b.opaque(e)
	}
	word, isWord := b.evaluate(element).(types.String)
	f := b.factOf(list)
	if !isWord || f == nil {
		return b.opaque(e)
	}
	if f.name == factGuarantees {
		return b.Test(b.guarantee(string(word)), formula.Words(guaranteeStates...))
	}
	if words, ok := b.members(f); ok {
		return b.ofList(f, b.holds(f, words, string(word)))
	}
	return b.opaque(e)
}

// amongFixed asks for one of several words or numbers.
func (b *formulaBuilder) amongFixed(e, element, list ast.Expr) *formula.Formula {
	v := b.value(element)
	if list.Kind() != ast.ListKind || v.variable[0] == nil {
		return b.opaque(e)
	}
	var all formula.Set
	for _, item := range list.AsList().Elements() {
		set, ok := v.among(operators.Equals, b.evaluate(item))
		if !ok {
			return b.opaque(e)
		}
		all.Spans, all.Words = append(all.Spans, set.Spans...), append(all.Words, set.Words...)
	}
	return b.TestTwice(v.variable, [2]formula.Set{all, all})
}

// holds is whether the list has the word, where there is a list.
func (b *formulaBuilder) holds(list *fact, words []string, word string) *formula.Formula {
	known := false
	for _, w := range words {
		known = known || w == word
	}
	if !known {
		return formula.Constant(formula.No)
	}
	v := b.member(list.name, word)
	with := formula.Words(memberIn)
	if list.name == factUnmet {
		with = formula.Words(memberIn, memberMaybe)
	}
	return b.TestTwice([2]*formula.Variable{v, v}, [2]formula.Set{formula.Words(memberIn), with})
}

// ofList is unknown where there is no list.
func (b *formulaBuilder) ofList(list *fact, f *formula.Formula) *formula.Formula {
	return formula.If(b.Known(b.Formulas.fact(list)), f, formula.Constant(formula.Unknown))
}

// loop takes exists and all apart.
func (b *formulaBuilder) loop(e ast.Expr) *formula.Formula {
	loop := e.AsComprehension()
	such, exists, ok := quantifier(loop)
	list := b.factOf(loop.IterRange())
	if !ok || list == nil || loop.IterVar2() != "" {
		return b.opaque(e)
	}
	if _, hidden := b.locals[loop.IterVar()]; hidden {
		return b.opaque(e)
	}
	defer delete(b.locals, loop.IterVar())
	if words, known := b.members(list); known {
		return b.ofList(list, b.overWords(list, words, loop.IterVar(), such, exists))
	}
	if list.typ.Kind() != types.ListKind {
		return b.opaque(e)
	}
	b.locals[loop.IterVar()] = local{element: fmt.Sprintf("%s[%d]", list.name, len(b.locals))}
	inner := b.condition(such)
	delete(b.locals, loop.IterVar())
	if !exists {
		inner = formula.Not(inner)
	}
	there := b.element(e, list, inner)
	if !exists {
		there = formula.Not(there)
	}
	return there
}

func (b *formulaBuilder) overWords(list *fact, words []string, name string, such ast.Expr, exists bool) *formula.Formula {
	var parts []*formula.Formula
	for _, w := range words {
		b.locals[name] = local{word: w}
		inner := b.condition(such)
		if exists {
			parts = append(parts, formula.And(b.holds(list, words, w), inner))
		} else {
			parts = append(parts, formula.Or(formula.Not(b.holds(list, words, w)), inner))
		}
	}
	if exists {
		return formula.Or(parts...)
	}
	return formula.And(parts...)
}

// element is whether a list of objects has an element such as this. The same
// question to the same list is one variable.
func (b *formulaBuilder) element(e ast.Expr, list *fact, such *formula.Formula) *formula.Formula {
	d := formula.Domain{Words: []string{wordTrue, wordFalse}, Missing: true}
	vars := b.readings(e, "exists "+list.name+": "+such.String(), d)
	set := formula.Words(wordTrue)
	atom := b.TestTwice(vars, [2]formula.Set{set, set})
	if len(b.locals) == 0 {
		b.exists = append(b.exists, existence{list: list.name, such: such, atom: atom, twice: vars[0] != vars[1]})
	}
	return atom
}

// quantifier recognises what exists and all expand to.
func quantifier(loop ast.ComprehensionExpr) (such ast.Expr, exists, ok bool) {
	step, start, result := loop.LoopStep(), loop.AccuInit(), loop.Result()
	if step.Kind() != ast.CallKind || start.Kind() != ast.LiteralKind || result.Kind() != ast.IdentKind || result.AsIdent() != loop.AccuVar() {
		return nil, false, false
	}
	args := step.AsCall().Args()
	if len(args) != 2 || args[0].Kind() != ast.IdentKind || args[0].AsIdent() != loop.AccuVar() {
		return nil, false, false
	}
	switch step.AsCall().FunctionName() {
	case operators.LogicalOr:
		return args[1], true, start.AsLiteral() == types.False
	case operators.LogicalAnd:
		return args[1], false, start.AsLiteral() == types.True
	}
	return nil, false, false
}
