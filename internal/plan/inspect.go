// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"

	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
)

// inspect looks at a checked rule for what type checking cannot see: words that
// a fact never has, amounts and dates that are none, comparisons of what cannot
// be compared. It notes what the rule reads. It reports whether the rule may
// go on.
func (c *Compiler) inspect(r *Rule, checked *ast.AST) bool {
	r.checked = checked
	in := &inspection{c: c, rule: r, checked: checked, locals: map[string][]domain{}}
	in.walk(checked.Expr())
	slices.SortStableFunc(in.uses, func(a, b placedUse) int { return int(a.offset - b.offset) })
	for _, u := range in.uses {
		r.noteUse(u.use)
	}
	if !in.failed {
		c.warnOfUnmet(r, checked)
		r.amounts = c.findAmounts(checked)
	}
	return !in.failed
}

// noteUse adds a fact to what the rule reads.
func (r *Rule) noteUse(u use) {
	if !slices.Contains(r.uses, u) {
		r.uses = append(r.uses, u)
	}
	if !slices.Contains(r.facts, u.fact) {
		r.facts = append(r.facts, u.fact)
	}
	if u.key == "" {
		r.reads |= u.fact.reads
		return
	}
	r.reads |= decision.ReadGuarantee(u.key)
	r.rules.expect(u.key)
}

type placedUse struct {
	use
	offset int32
}

// domain is the set of words that an expression can have.
type domain struct {
	of    string   // what it is, for messages
	words []string // nil: any
	open  bool     // other words are possible: warn, do not refuse
}

type inspection struct {
	c       *Compiler
	rule    *Rule
	checked *ast.AST
	locals  map[string][]domain // of the variables of exists, all, ...
	uses    []placedUse
	failed  bool
}

func (in *inspection) refuse(e ast.Expr, message, hint string) {
	in.failed = true
	in.c.reportAt(in.rule, in.checked, e, message, hint)
}

func (in *inspection) walk(e ast.Expr) {
	switch e.Kind() {
	case ast.IdentKind:
		in.note(e, "")
	case ast.SelectKind:
		if operand := e.AsSelect().Operand(); in.isGuarantees(operand) {
			in.note(operand, e.AsSelect().FieldName())
			return
		}
		in.walk(e.AsSelect().Operand())
	case ast.CallKind:
		in.call(e)
	case ast.ListKind:
		for _, x := range e.AsList().Elements() {
			in.walk(x)
		}
	case ast.MapKind:
		for _, entry := range e.AsMap().Entries() {
			in.walk(entry.AsMapEntry().Key())
			in.walk(entry.AsMapEntry().Value())
		}
	case ast.ComprehensionKind:
		in.comprehension(e)
	}
}

func (in *inspection) comprehension(e ast.Expr) {
	loop := e.AsComprehension()
	in.walk(loop.IterRange())
	in.walk(loop.AccuInit())
	elements := in.elements(loop.IterRange())
	in.locals[loop.IterVar()] = append(in.locals[loop.IterVar()], elements)
	in.locals[loop.AccuVar()] = append(in.locals[loop.AccuVar()], domain{})
	in.walk(loop.LoopCondition())
	in.walk(loop.LoopStep())
	in.walk(loop.Result())
	for _, v := range []string{loop.IterVar(), loop.AccuVar()} {
		in.locals[v] = in.locals[v][:len(in.locals[v])-1]
	}
}

// factOf returns the fact that a variable stands for, nil if it is none.
func (in *inspection) factOf(e ast.Expr) *fact {
	if e.Kind() != ast.IdentKind || len(in.locals[e.AsIdent()]) > 0 {
		return nil
	}
	return in.c.rules.names[strings.TrimPrefix(e.AsIdent(), ".")]
}

func (in *inspection) isGuarantees(e ast.Expr) bool {
	f := in.factOf(e)
	return f != nil && f.name == factGuarantees
}

func (in *inspection) note(e ast.Expr, key string) {
	f := in.factOf(e)
	if f == nil {
		return
	}
	at, _ := in.checked.SourceInfo().GetOffsetRange(e.ID())
	in.uses = append(in.uses, placedUse{use{f, key}, at.Start})
}

func (in *inspection) call(e ast.Expr) {
	call := e.AsCall()
	args := call.Args()
	switch call.FunctionName() {
	case operators.Index:
		if key, ok := textLiteral(args[1]); ok && in.isGuarantees(args[0]) {
			in.note(args[0], key)
			return
		}
	case operators.Equals, operators.NotEquals, operators.In:
		in.comparison(e, args)
	case yuanName:
		in.amount(args[0])
	case "timestamp":
		in.date(args[0])
	}
	for _, id := range in.checked.GetOverloadIDs(e.ID()) {
		if strings.HasSuffix(id, "_with_tz") {
			in.refuse(e, "dates are civil days and have no time zone", fmt.Sprintf("write %s()", call.FunctionName()))
		}
	}
	if call.IsMemberFunction() {
		in.walk(call.Target())
	}
	for _, a := range args {
		in.walk(a)
	}
}

// comparison checks ==, != and in.
func (in *inspection) comparison(e ast.Expr, args []ast.Expr) {
	for _, a := range args {
		t := in.checked.GetType(a.ID())
		if in.isGuarantees(a) && e.AsCall().FunctionName() == operators.In {
			continue
		}
		if !comparableType(t) {
			in.refuse(a, fmt.Sprintf("%s cannot be compared as a whole", in.c.text(a, in.checked)), "compare its fields or elements")
			return
		}
	}
	left, right := in.domain(args[0]), in.domain(args[1])
	if e.AsCall().FunctionName() == operators.In {
		right = in.elements(args[1])
		in.literals(args[1], left)
		in.literals(args[0], right)
		return
	}
	in.literals(args[1], left)
	in.literals(args[0], right)
	in.literals(args[1], in.elements(args[0]))
	in.literals(args[0], in.elements(args[1]))
}

// comparableType says whether values of the type are equal or not, without the
// question which of their fields are known.
func comparableType(t *types.Type) bool {
	switch t.Kind() {
	case types.StructKind:
		return t.IsExactType(moneyType)
	case types.MapKind, types.DynKind, types.AnyKind, types.TypeParamKind:
		return false
	case types.ListKind:
		// An empty list has elements of any type.
		element := t.Parameters()[0]
		return element.Kind() == types.DynKind || element.Kind() == types.TypeParamKind || comparableType(element)
	}
	return true
}

// domain is what words an expression can have.
func (in *inspection) domain(e ast.Expr) domain {
	switch e.Kind() {
	case ast.IdentKind:
		if open := in.locals[e.AsIdent()]; len(open) > 0 {
			return open[len(open)-1]
		}
		if f := in.factOf(e); f != nil && f.typ.IsExactType(types.StringType) {
			return in.wordsOf(f)
		}
	case ast.SelectKind:
		operand := e.AsSelect().Operand()
		if in.isGuarantees(operand) {
			return domain{of: guaranteeName(e.AsSelect().FieldName()), words: guaranteeStates}
		}
		if t := in.checked.GetType(operand.ID()); t.Kind() == types.StructKind {
			field := e.AsSelect().FieldName()
			return domain{of: in.c.text(e, in.checked), words: fieldWords(t.TypeName(), field)}
		}
	case ast.CallKind:
		if args := e.AsCall().Args(); e.AsCall().FunctionName() == operators.Index && in.isGuarantees(args[0]) {
			return domain{of: "a guarantee", words: guaranteeStates}
		}
	}
	return domain{}
}

// elements is what words the elements of a list can have.
func (in *inspection) elements(e ast.Expr) domain {
	if f := in.factOf(e); f != nil && f.typ.IsExactType(texts) {
		return in.wordsOf(f)
	}
	return domain{}
}

func (in *inspection) wordsOf(f *fact) domain {
	switch f.name {
	case factUnmet:
		return domain{of: f.name, words: in.c.vocabulary.Standards}
	case factCategory:
		// A family may keep a category of a plan before this one.
		return domain{of: f.name, words: in.c.vocabulary.Categories, open: true}
	}
	return domain{of: f.name, words: f.words}
}

// literals refuses the texts in e, one or a list of them, that the other side
// of a comparison never has.
func (in *inspection) literals(e ast.Expr, other domain) {
	if other.words == nil {
		return
	}
	if e.Kind() == ast.ListKind {
		for _, x := range e.AsList().Elements() {
			in.literals(x, other)
		}
		return
	}
	word, ok := textLiteral(e)
	if !ok || slices.Contains(other.words, word) {
		return
	}
	hint := didYouMean(word, other.words)
	if hint == "" {
		hint = "write one of " + strings.Join(other.words, ", ")
	}
	if other.open {
		line, column := place(in.checked, e)
		in.c.report(Problem{Path: in.rule.Path, Line: line, Column: column, Warning: true,
			Message: fmt.Sprintf("%q is no category of this plan, so %s has it only if a plan before gave it", word, other.of), Hint: hint})
		return
	}
	in.refuse(e, fmt.Sprintf("%s is never %q", other.of, word), hint)
}

func textLiteral(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := e.AsLiteral().(types.String)
	return string(s), ok
}

// amount checks what stands in yuan().
func (in *inspection) amount(e ast.Expr) {
	if e.Kind() != ast.LiteralKind {
		if in.checked.GetType(e.ID()).IsExactType(types.StringType) {
			in.refuse(e, "yuan() takes a figure or a text that stands in the rule", `write yuan("4999.99")`)
		}
		return
	}
	switch v := e.AsLiteral().(type) {
	case types.String:
		if _, err := money.Parse(string(v)); err != nil {
			in.refuse(e, err.Error(), "")
		}
	case types.Int:
		if v < 0 {
			in.refuse(e, fmt.Sprintf("amount %d is negative", int64(v)), "write the difference as a - b")
		} else if _, ok := money.Yuan(int64(v)); !ok {
			in.refuse(e, fmt.Sprintf("amount %d is too large", int64(v)), "")
		}
	}
}

// date checks what stands in timestamp(): a fact's date is 00:00 UTC of its
// civil day, so that any other time of day would compare wrongly.
func (in *inspection) date(e ast.Expr) {
	s, ok := textLiteral(e)
	if !ok {
		return
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return // refused by the checker
	}
	if !t.UTC().Equal(t.UTC().Truncate(24*time.Hour)) || t.Format("Z07:00") != "Z" {
		in.refuse(e, "dates are compared as 00:00 UTC of their civil day", fmt.Sprintf("write timestamp(%q)", t.Format("2006-01-02")+"T00:00:00Z"))
	}
}
