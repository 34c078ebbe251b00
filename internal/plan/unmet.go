// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// While a standard is unknown, a rule that reads unmet is asked without it and
// with it. The two answers speak for everything between them if more unmet
// standards can only make the rule true; so the author is warned of any other.

// direction is where a value goes as unmet grows.
type direction uint8

const (
	steady direction = iota // does not depend on unmet
	rising
	falling
	mixed // either, or not known
)

func (d direction) flipped() direction {
	switch d {
	case rising:
		return falling
	case falling:
		return rising
	}
	return d
}

// with is the direction of a value that grows with both.
func (d direction) with(other direction) direction {
	switch {
	case d == steady:
		return other
	case other == steady || d == other:
		return d
	}
	return mixed
}

// warnOfUnmet warns of a rule that a further unmet standard could make false.
func (c *Compiler) warnOfUnmet(r *Rule, checked *ast.AST) {
	t := trend{isUnmet: func(e ast.Expr) bool {
		return e.Kind() == ast.IdentKind && e.AsIdent() == factUnmet
	}}
	if d := t.of(checked.Expr()); d == steady || d == rising {
		return
	}
	c.report(Problem{Path: r.Path, Warning: true,
		Message: "a further unmet standard could make this rule false; while a standard is unknown, its answer is sure only for rules that more unmet standards can only make true",
		Hint:    "ask what is unmet, as in unmet.exists(u, u != 'Income'), not what is met or how many exactly"})
}

// trend works out directions.
type trend struct{ isUnmet func(ast.Expr) bool }

func (t trend) of(e ast.Expr) direction {
	if t.isUnmet(e) {
		return rising
	}
	switch e.Kind() {
	case ast.CallKind:
		return t.ofCall(e.AsCall())
	case ast.ComprehensionKind:
		return t.ofLoop(e.AsComprehension())
	}
	return t.unlessSteady(children(e), mixed)
}

// unlessSteady is d if any of the expressions depends on unmet.
func (t trend) unlessSteady(list []ast.Expr, d direction) direction {
	for _, e := range list {
		if t.of(e) != steady {
			return d
		}
	}
	return steady
}

func (t trend) ofCall(call ast.CallExpr) direction {
	args := call.Args()
	if call.IsMemberFunction() {
		args = append([]ast.Expr{call.Target()}, args...)
	}
	switch call.FunctionName() {
	case operators.LogicalAnd, operators.LogicalOr, operators.Add:
		d := steady
		for _, a := range args {
			d = d.with(t.of(a))
		}
		return d
	case operators.LogicalNot:
		return t.of(args[0]).flipped()
	case operators.Greater, operators.GreaterEquals:
		return t.of(args[0]).with(t.of(args[1]).flipped())
	case operators.Less, operators.LessEquals:
		return t.of(args[0]).flipped().with(t.of(args[1]))
	case operators.Conditional:
		if t.of(args[0]) == steady {
			return t.of(args[1]).with(t.of(args[2]))
		}
	case operators.In:
		if t.of(args[0]) == steady {
			return t.of(args[1])
		}
	case operators.Equals, operators.NotEquals:
		return t.ofEquality(call.FunctionName() == operators.Equals, args)
	case "size", operators.NotStrictlyFalse:
		return t.of(args[0])
	}
	return t.unlessSteady(args, mixed)
}

// ofEquality knows the comparison with nothing: size() == 0, unmet == [].
func (t trend) ofEquality(equal bool, args []ast.Expr) direction {
	left, right := t.of(args[0]), t.of(args[1])
	switch {
	case left == steady && right == steady:
		return steady
	case left == rising && isNothing(args[1]), right == rising && isNothing(args[0]):
		if equal {
			return falling
		}
		return rising
	}
	return mixed
}

func isNothing(e ast.Expr) bool {
	switch e.Kind() {
	case ast.LiteralKind:
		return e.AsLiteral() == types.IntZero
	case ast.ListKind:
		return e.AsList().Size() == 0
	}
	return false
}

// ofLoop knows what exists, all, filter and map expand to.
func (t trend) ofLoop(loop ast.ComprehensionExpr) direction {
	over, step := t.of(loop.IterRange()), t.of(loop.LoopStep())
	if over == steady && step == steady {
		return t.unlessSteady([]ast.Expr{loop.Result(), loop.AccuInit()}, mixed)
	}
	if loop.LoopStep().Kind() != ast.CallKind {
		return mixed
	}
	switch loop.LoopStep().AsCall().FunctionName() {
	case operators.LogicalOr: // exists: one more element, one more chance
		return over.with(step)
	case operators.LogicalAnd: // all: one more element, one more obstacle
		return over.flipped().with(step)
	case operators.Add, operators.Conditional: // map, filter: more in, more out
		if step == steady && loop.AccuInit().Kind() == ast.ListKind {
			return over
		}
	}
	return mixed
}

// children are the direct parts of an expression.
func children(e ast.Expr) []ast.Expr {
	switch e.Kind() {
	case ast.SelectKind:
		return []ast.Expr{e.AsSelect().Operand()}
	case ast.CallKind:
		if e.AsCall().IsMemberFunction() {
			return append([]ast.Expr{e.AsCall().Target()}, e.AsCall().Args()...)
		}
		return e.AsCall().Args()
	case ast.ListKind:
		return e.AsList().Elements()
	case ast.MapKind:
		var parts []ast.Expr
		for _, entry := range e.AsMap().Entries() {
			parts = append(parts, entry.AsMapEntry().Key(), entry.AsMapEntry().Value())
		}
		return parts
	case ast.ComprehensionKind:
		loop := e.AsComprehension()
		return []ast.Expr{loop.IterRange(), loop.AccuInit(), loop.LoopCondition(), loop.LoopStep(), loop.Result()}
	}
	return nil
}
