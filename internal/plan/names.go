// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
)

// refusedFunctions are CEL functions that rules do not have, with what to write
// instead.
var refusedFunctions = map[string]string{
	"dyn":  "leave it out: it only hides a mistake in the types",
	"type": "the type of every fact is fixed; leave it out",
}

// checkNames looks at a parsed rule for names that do not exist, or not in its
// place, and for has(). CEL's own checker would report only the first word of a
// dotted name. It returns the ids of the expressions that it reported.
func (c *Compiler) checkNames(r *Rule, parsed *ast.AST) map[int64]bool {
	n := &nameCheck{c: c, rule: r, parsed: parsed, locals: map[string]int{}, reported: map[int64]bool{}}
	n.walk(parsed.Expr())
	return n.reported
}

type nameCheck struct {
	c        *Compiler
	rule     *Rule
	parsed   *ast.AST
	locals   map[string]int // variables of exists, all, ...: how many are open
	reported map[int64]bool
}

func (n *nameCheck) walk(e ast.Expr) {
	switch e.Kind() {
	case ast.IdentKind, ast.SelectKind:
		n.name(e)
	case ast.CallKind:
		n.call(e)
	case ast.ListKind:
		n.each(e.AsList().Elements())
	case ast.MapKind:
		for _, entry := range e.AsMap().Entries() {
			n.walk(entry.AsMapEntry().Key())
			n.walk(entry.AsMapEntry().Value())
		}
	case ast.StructKind:
		n.report(e, fmt.Sprintf("%s{} makes an object, which rules have no use for", e.AsStruct().TypeName()), "")
	case ast.ComprehensionKind:
		n.comprehension(e)
	}
}

func (n *nameCheck) each(list []ast.Expr) {
	for _, e := range list {
		n.walk(e)
	}
}

func (n *nameCheck) comprehension(e ast.Expr) {
	loop := e.AsComprehension()
	n.walk(loop.IterRange())
	n.walk(loop.AccuInit())
	for _, v := range []string{loop.IterVar(), loop.IterVar2()} {
		if slices.Contains(n.roots(), v) {
			n.report(e, fmt.Sprintf("the variable %s hides the facts of that name", v), "give it another name, such as "+v[:1])
		}
	}
	variables := []string{loop.IterVar(), loop.IterVar2(), loop.AccuVar()}
	for _, v := range variables {
		n.locals[v]++
	}
	n.walk(loop.LoopCondition())
	n.walk(loop.LoopStep())
	n.walk(loop.Result())
	for _, v := range variables {
		n.locals[v]--
	}
}

// roots are the first words of all facts.
func (n *nameCheck) roots() []string {
	return []string{"household", "survey", factUnmet, "signals", "signal", "params", "today"}
}

func (n *nameCheck) call(e ast.Expr) {
	call := e.AsCall()
	function := call.FunctionName()
	if call.IsMemberFunction() {
		if path, ok := n.dotted(call.Target()); ok && n.c.env.HasFunction(strings.Join(append(path, function), ".")) {
			n.each(call.Args())
			return
		}
		n.walk(call.Target())
	}
	if n.function(e, function) {
		n.each(call.Args())
		return
	}
	// What stands in a function that does not exist may be meant for another,
	// as the variable in exist(c, c == 'Illness').
	for _, arg := range call.Args() {
		ast.PreOrderVisit(arg, ast.NewExprVisitor(func(part ast.Expr) { n.reported[part.ID()] = true }))
	}
}

// function reports a function that rules do not have, and says whether they
// have it.
func (n *nameCheck) function(e ast.Expr, name string) bool {
	if n.c.env.HasFunction(name) && refusedFunctions[name] == "" {
		return true
	}
	switch {
	case name == operators.Has:
		asked := "x"
		if args := e.AsCall().Args(); len(args) == 1 {
			asked = n.c.text(args[0], n.parsed)
		}
		n.report(e, "has() would make a fact that was not stated a false", fmt.Sprintf("write %s(%s) to ask whether it was stated", knownName, asked))
	case refusedFunctions[name] != "":
		n.report(e, fmt.Sprintf("rules do not have %s()", name), refusedFunctions[name])
	default:
		n.report(e, fmt.Sprintf("there is no function %s()", name), didYouMean(name, n.functions()))
	}
	return false
}

// functions are the names that an author can write, for hints.
func (n *nameCheck) functions() []string {
	names := []string{"all", "exists", "exists_one", "map", "filter"}
	for name := range n.c.env.Functions() {
		if name[0] != '_' && name[0] != '@' && name[0] != '!' && name[0] != '-' {
			names = append(names, name)
		}
	}
	return names
}

// name checks a variable, or a field of one.
func (n *nameCheck) name(e ast.Expr) {
	path, ok := n.dotted(e)
	if !ok {
		if e.Kind() == ast.SelectKind {
			n.walk(e.AsSelect().Operand())
		}
		return
	}
	if n.locals[path[0]] > 0 || strings.HasPrefix(path[0], "@") {
		return
	}
	for i := len(path); i > 0; i-- {
		f, ok := n.c.rules.names[strings.Join(path[:i], ".")]
		if !ok {
			continue
		}
		if f.scopes&n.rule.Scope == 0 {
			n.report(e, fmt.Sprintf("%s can be used %s; this is %s", f.name, f.scopes.where(), n.rule.Scope), "")
		}
		return
	}
	n.excuse(e)
	message, hint := n.noSuchFact(path)
	n.report(e, message, hint)
}

// dotted returns the words of a name such as survey.sources.wage; false if e is
// a field of something else than a variable.
func (n *nameCheck) dotted(e ast.Expr) ([]string, bool) {
	switch e.Kind() {
	case ast.IdentKind:
		return []string{strings.TrimPrefix(e.AsIdent(), ".")}, true
	case ast.SelectKind:
		if path, ok := n.dotted(e.AsSelect().Operand()); ok {
			return append(path, e.AsSelect().FieldName()), true
		}
	}
	return nil, false
}

// excuse keeps the checker's complaint about the first word from being
// reported a second time.
func (n *nameCheck) excuse(e ast.Expr) {
	n.reported[e.ID()] = true
	if e.Kind() == ast.SelectKind {
		n.excuse(e.AsSelect().Operand())
	}
}

func (n *nameCheck) noSuchFact(path []string) (message, hint string) {
	full := strings.Join(path, ".")
	names := make([]string, 0, len(n.c.rules.names))
	var group []string
	for name, f := range n.c.rules.names {
		if f.scopes&n.rule.Scope == 0 {
			continue
		}
		names = append(names, name)
		if strings.HasPrefix(name, full+".") {
			group = append(group, name)
		}
	}
	slices.Sort(group)
	if len(group) > 0 {
		const enough = 4
		return fmt.Sprintf("%s is a group of facts", full), "name one of them, such as " + orList(group[:min(enough, len(group))])
	}
	if path[0]+"." != paramPrefix {
		return fmt.Sprintf("there is no fact %s", full), likelyFact(path, names)
	}
	return n.noSuchParameter(path[1:])
}

// likelyFact is a hint with the facts that end in the same word, as in
// survey.persons for household.persons, else with those of nearest name.
func likelyFact(path, names []string) string {
	var same []string
	for _, name := range names {
		if strings.HasSuffix(name, "."+path[len(path)-1]) {
			same = append(same, name)
		}
	}
	if len(same) == 0 {
		return didYouMean(strings.Join(path, "."), names)
	}
	slices.Sort(same)
	return "did you mean " + orList(same) + "?"
}

func (n *nameCheck) noSuchParameter(path []string) (message, hint string) {
	if len(path) == 0 {
		return "params stands for no value", "write a parameter's name after it, as in params.redLine"
	}
	var declared []string
	for name := range n.c.rules.names {
		if p, ok := strings.CutPrefix(name, paramPrefix); ok {
			declared = append(declared, p)
		}
	}
	slices.Sort(declared)
	hint = didYouMean(path[0], declared)
	switch {
	case len(declared) == 0:
		hint = "add it to spec.parameters"
	case hint == "":
		hint = "it declares " + strings.Join(declared, ", ")
	}
	return fmt.Sprintf("the plan declares no parameter %s", path[0]), hint
}

func (n *nameCheck) report(e ast.Expr, message, hint string) {
	n.reported[e.ID()] = true
	n.c.reportAt(n.rule, n.parsed, e, message, hint)
}
