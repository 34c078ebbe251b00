// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"math"
	"time"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/formula"
)

// value is a number or a word that a comparison looks at.
type value struct {
	variable [2]*formula.Variable // nil: it cannot be compared with bounds
	typ      *types.Type
}

// value is the variable of an expression: a fact, a field of an element, or what is
// worked out of such.
func (b *formulaBuilder) value(e ast.Expr) value {
	t := b.typeOf(e)
	same := func(v *formula.Variable) value { return value{[2]*formula.Variable{v, v}, t} }
	if f := b.factOf(e); f != nil {
		if _, isList := b.members(f); isList || t.Kind() == types.ListKind || t.Kind() == types.MapKind {
			return value{typ: t}
		}
		return same(b.Formulas.fact(f))
	}
	if key, ok := b.guaranteeKey(e); ok {
		return same(b.guarantee(key))
	}
	if e.Kind() == ast.SelectKind {
		if v := b.field(e); v != nil {
			return same(v)
		}
	}
	d := domainOf(t, nil)
	switch {
	case t.IsExactType(moneyType):
		d.Min = math.MinInt64
	case t.IsExactType(types.DurationType):
		d = domainOf(types.IntType, nil)
	case !t.IsExactType(types.IntType):
		return value{typ: t} // a time of day, a fraction, a text that is put together
	}
	v := value{b.readings(e, "="+b.text(e), d), t}
	for _, one := range v.variable {
		b.strict(e, one)
	}
	return v
}

// guaranteeKey reads survey.guarantees.Housing and survey.guarantees['Housing'].
func (b *formulaBuilder) guaranteeKey(e ast.Expr) (string, bool) {
	isMap := func(x ast.Expr) bool { f := b.factOf(x); return f != nil && f.name == factGuarantees }
	switch {
	case e.Kind() == ast.SelectKind && isMap(e.AsSelect().Operand()):
		return e.AsSelect().FieldName(), true
	case e.Kind() == ast.CallKind && e.AsCall().FunctionName() == operators.Index && isMap(e.AsCall().Args()[0]):
		if key := e.AsCall().Args()[1]; b.fixed(key) {
			word, ok := b.evaluate(key).(types.String)
			return string(word), ok
		}
	}
	return "", false
}

func (b *formulaBuilder) guarantee(name string) *formula.Variable {
	return b.Variable(guaranteeName(name), formula.Domain{Words: guaranteeStates, Missing: true})
}

// field is a field of the element for which a variable stands.
func (b *formulaBuilder) field(e ast.Expr) *formula.Variable {
	operand := e.AsSelect().Operand()
	if operand.Kind() != ast.IdentKind {
		return nil
	}
	l, isLocal := b.locals[operand.AsIdent()]
	if !isLocal || l.element == "" {
		return nil
	}
	name := e.AsSelect().FieldName()
	d := domainOf(b.typeOf(e), fieldWords(b.typeOf(operand).TypeName(), name))
	return b.Variable(l.element+"."+name, d)
}

// strict writes down that what is worked out is missing where a part of it is.
func (b *formulaBuilder) strict(e ast.Expr, whole *formula.Variable) {
	if b.unique[whole] {
		return
	}
	b.unique[whole] = true
	for _, part := range b.strictParts(e) {
		if part.Domain.Missing {
			b.law(formula.Or(b.Known(part), formula.Not(b.Known(whole))))
		}
	}
}

// strictParts are the facts without which an expression has no value.
func (b *formulaBuilder) strictParts(e ast.Expr) []*formula.Variable {
	if f := b.factOf(e); f != nil {
		return []*formula.Variable{b.Formulas.fact(f)}
	}
	if key, ok := b.guaranteeKey(e); ok {
		return []*formula.Variable{b.guarantee(key)}
	}
	var parts []*formula.Variable
	if e.Kind() == ast.CallKind {
		switch e.AsCall().FunctionName() {
		case operators.Conditional, operators.LogicalAnd, operators.LogicalOr, knownName:
			return nil
		}
		for _, part := range children(e) {
			parts = append(parts, b.strictParts(part)...)
		}
	}
	return parts
}

// flipped is the comparison with its sides exchanged.
var flipped = map[string]string{
	operators.Less: operators.Greater, operators.LessEquals: operators.GreaterEquals,
	operators.Greater: operators.Less, operators.GreaterEquals: operators.LessEquals,
	operators.Equals: operators.Equals,
}

// compare takes a comparison apart; that something differs is asked as the negation.
func (b *formulaBuilder) compare(e ast.Expr, operator string, left, right ast.Expr) *formula.Formula {
	if b.fixed(left) {
		left, right, operator = right, left, flipped[operator]
	}
	switch {
	case isChoice(left):
		args := left.AsCall().Args()
		return formula.If(b.condition(args[0]), b.compareOrFix(e, operator, args[1], right), b.compareOrFix(e, operator, args[2], right))
	case b.typeOf(left).IsExactType(types.BoolType):
		l, r := b.condition(left), b.condition(right)
		return formula.Or(formula.And(l, r), formula.And(formula.Not(l), formula.Not(r)))
	case b.fixed(right):
		return b.compareFixed(e, operator, left, b.evaluate(right), right)
	}
	l, r := b.value(left), b.value(right)
	if l.variable[0] == nil || r.variable[0] == nil || l.variable[0] != l.variable[1] || r.variable[0] != r.variable[1] {
		return b.opaque(e)
	}
	return b.order(operator, l.variable[0], r.variable[0])
}

// compareOrFix compares a branch of a choice, which may be fixed itself.
func (b *formulaBuilder) compareOrFix(e ast.Expr, operator string, left, right ast.Expr) *formula.Formula {
	if b.fixed(left) && b.fixed(right) {
		return formula.Constant(formula.Any) // two fixed sides are worked out as a whole where they stand alone
	}
	return b.compare(e, operator, left, right)
}

func isChoice(e ast.Expr) bool {
	return e.Kind() == ast.CallKind && e.AsCall().FunctionName() == operators.Conditional
}

// compareFixed compares with a bound, a word or nothing.
func (b *formulaBuilder) compareFixed(e ast.Expr, operator string, left ast.Expr, bound ref.Val, right ast.Expr) *formula.Formula {
	if right.Kind() == ast.ListKind && right.AsList().Size() == 0 {
		return b.countIs(e, operator, left, types.Int(0))
	}
	if bound == nil {
		return formula.Constant(formula.Unknown)
	}
	if list := sizeOf(left); list != nil {
		return b.countIs(e, operator, list, bound)
	}
	v := b.value(left)
	if v.variable[0] == nil {
		return b.opaque(e)
	}
	set, ok := v.among(operator, bound)
	if !ok {
		return b.opaque(e)
	}
	return b.TestTwice(v.variable, [2]formula.Set{set, set})
}

// sizeOf is the list whose size is asked for, nil if none is.
func sizeOf(e ast.Expr) ast.Expr {
	if e.Kind() != ast.CallKind || e.AsCall().FunctionName() != "size" {
		return nil
	}
	if e.AsCall().IsMemberFunction() {
		return e.AsCall().Target()
	}
	return e.AsCall().Args()[0]
}

// countIs compares the number of a list's elements.
func (b *formulaBuilder) countIs(e ast.Expr, operator string, of ast.Expr, bound ref.Val) *formula.Formula {
	n, whole := bound.(types.Int)
	list := b.factOf(of)
	if !whole || list == nil || n < 0 || n > 64 {
		return b.opaque(e)
	}
	least := func(k int) *formula.Formula { return b.hasAtLeast(of, list, k) }
	k := int(n)
	var from, beyond *formula.Formula
	if from, beyond = least(k), least(k+1); from == nil || beyond == nil {
		if operator != operators.GreaterEquals && operator != operators.Less || from == nil {
			return b.opaque(e)
		}
	}
	switch operator {
	case operators.Less:
		return formula.Not(from)
	case operators.LessEquals:
		return formula.Not(beyond)
	case operators.Greater:
		return beyond
	case operators.GreaterEquals:
		return from
	}
	return formula.And(from, formula.Not(beyond))
}

// hasAtLeast is whether the list has so many elements; nil if that cannot be said.
func (b *formulaBuilder) hasAtLeast(e ast.Expr, list *fact, k int) *formula.Formula {
	words, ofWords := b.members(list)
	switch {
	case list.typ.Kind() != types.ListKind:
		return nil
	case k == 0:
		return b.ofList(list, formula.Constant(formula.Yes))
	case ofWords && (k == 1 || list.name == factUnmet && !b.days.Foreign || list.name == "survey.causes" || list.name == "survey.receives"):
		// These hold no word twice.
		var parts []*formula.Formula
		for _, w := range words {
			parts = append(parts, b.holds(list, words, w))
		}
		return b.ofList(list, formula.AtLeast(k, parts...))
	case !ofWords && k == 1 && len(b.locals) == 0:
		return b.element(e, list, formula.Constant(formula.Yes))
	}
	return nil
}

// order compares two values neither of which is fixed.
func (b *formulaBuilder) order(operator string, left, right *formula.Variable) *formula.Formula {
	if left.Key > right.Key {
		left, right, operator = right, left, flipped[operator]
	}
	v := b.Variable(left.Key+" ? "+right.Key, formula.Domain{Words: []string{"<", "=", ">"}, Missing: true})
	if !b.unique[v] {
		b.unique[v] = true
		b.law(formula.Or(formula.And(b.Known(left), b.Known(right)), formula.Not(b.Known(v))))
	}
	words := map[string][]string{
		operators.Less: {"<"}, operators.LessEquals: {"<", "="}, operators.Greater: {">"},
		operators.GreaterEquals: {"=", ">"}, operators.Equals: {"="},
	}[operator]
	return b.Test(v, formula.Words(words...))
}

// numberBound is a bound: n, or between n and n+1.
type numberBound struct {
	n     int64
	exact bool
}

// among is the set of the variable's values that compare so with the bound.
func (v value) among(operator string, bound ref.Val) (formula.Set, bool) {
	if word, isWord := bound.(types.String); isWord && v.typ.IsExactType(types.StringType) {
		return formula.Words(string(word)), operator == operators.Equals
	}
	n, ok := v.number(bound)
	if !ok {
		return formula.Set{}, false
	}
	switch operator {
	case operators.Less:
		if n.exact {
			return formula.Below(n.n), true
		}
		return formula.AtMost(n.n), true
	case operators.LessEquals:
		return formula.AtMost(n.n), true
	case operators.Greater:
		return formula.Above(n.n), true
	case operators.GreaterEquals:
		if n.exact {
			return formula.From(n.n), true
		}
		return formula.Above(n.n), true
	}
	if n.exact {
		return formula.Exactly(n.n), true
	}
	return formula.Set{}, true
}

// number is a bound of the variable's kind.
func (v value) number(bound ref.Val) (numberBound, bool) {
	switch n := bound.(type) {
	case *yuan:
		return numberBound{int64(*n), true}, v.typ.IsExactType(moneyType)
	case types.Int:
		return numberBound{int64(n), true}, v.typ.IsExactType(types.IntType)
	case types.Double:
		const exactUpTo = 1 << 53
		if !v.typ.IsExactType(types.IntType) || math.IsNaN(float64(n)) || math.Abs(float64(n)) >= exactUpTo {
			return numberBound{}, false
		}
		floor := math.Floor(float64(n))
		return numberBound{int64(floor), floor == float64(n)}, true
	case types.Duration:
		return numberBound{int64(n.Duration), true}, v.typ.IsExactType(types.DurationType)
	case types.Timestamp:
		day := civil.At(n.Time, time.UTC)
		return numberBound{int64(day), day.UTC().Equal(n.Time)}, v.typ.IsExactType(types.TimestampType) && day > civil.First && day < civil.Last
	}
	return numberBound{}, false
}
