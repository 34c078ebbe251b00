// SPDX-License-Identifier: Apache-2.0

// Package plan compiles the rules of a MonitoringPolicy, written in CEL, into
// predicates for the core. It is the only package that knows CEL.
//
// A rule sees the facts of one family on one day as typed variables. Money is a
// type of its own; dates are timestamps at 00:00 UTC of their civil day. A fact
// that was not stated, also a field of a member, a mark or a lead, is unknown,
// never false: the rule's answer is then unknown too, unless the rest decides
// it. known(x) asks whether a fact is there.
package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"fangpin.io/fangpin/internal/decision"
)

// Kind is what a parameter holds.
type Kind uint8

// The kinds of parameters.
const (
	Money Kind = iota
	Number
)

// Parameter declares a parameter of the plan to its rules.
type Parameter struct {
	Name string
	Kind Kind
	// Numbers is every value of a Number, as written. If all are whole, rules
	// see an int, else a double.
	Numbers []string
}

// Vocabulary is what the rules of one plan may name besides the facts.
type Vocabulary struct {
	// Parameters in the order of decision.Plan.Parameters.
	Parameters []Parameter
	// Standards and Categories are the plan's own: a rule that compares unmet
	// with any other standard is refused, one that compares household.category
	// with any other category is warned of.
	Standards  []string
	Categories []string
}

// Compiler compiles the rules of one plan, one after the other, and collects
// what is wrong with them. It is not safe for concurrent use.
type Compiler struct {
	env        *cel.Env
	vocabulary Vocabulary
	rules      *Rules
	problems   Problems
}

// NewCompiler starts the compilation of one plan.
func NewCompiler(v Vocabulary) *Compiler {
	c := &Compiler{vocabulary: v, rules: newRules()}
	var declared []*fact
	for i := range v.Parameters {
		f := parameterFact(i, &v.Parameters[i])
		if !ValidParameterName(v.Parameters[i].Name) || c.rules.names[f.name] != nil {
			continue // reported by whoever reads the plan
		}
		c.rules.declare(f)
		declared = append(declared, f)
	}
	env, err := environmentFor(declared)
	if err != nil {
		c.report(Problem{Path: "spec.parameters", Message: fmt.Sprintf("the parameters cannot be declared: %v", err)})
	}
	c.env, c.rules.env, c.rules.vocabulary = env, env, v
	return c
}

// parameterFact is the variable of the plan's parameter number i.
func parameterFact(i int, p *Parameter) *fact {
	name := paramPrefix + p.Name
	f := &fact{name: name, scopes: everywhere, reads: decision.ReadParams, unknown: newUnknown(parameterIDs+int64(i), name)}
	if p.Kind == Money {
		f.typ = moneyType
		f.get = func(a *activation) ref.Val {
			if i >= len(a.facts.Params) || !a.facts.Params[i].Known {
				return nil
			}
			return (*yuan)(&a.facts.Params[i].Amount)
		}
		return f
	}
	typ, boxed := boxNumbers(p.Numbers)
	f.typ = typ
	f.get = func(a *activation) ref.Val {
		if i >= len(a.facts.Params) || !a.facts.Params[i].Known {
			return nil
		}
		return boxed[a.facts.Params[i].Number]
	}
	return f
}

// boxNumbers boxes every value of a parameter: as whole numbers if all are.
func boxNumbers(written []string) (*cel.Type, map[string]ref.Val) {
	boxed := make(map[string]ref.Val, len(written))
	for _, w := range written {
		n, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			return cel.DoubleType, boxDoubles(written)
		}
		boxed[w] = types.Int(n)
	}
	return cel.IntType, boxed
}

func boxDoubles(written []string) map[string]ref.Val {
	boxed := make(map[string]ref.Val, len(written))
	for _, w := range written {
		if x, err := strconv.ParseFloat(w, 64); err == nil {
			boxed[w] = types.Double(x)
		}
	}
	return boxed
}

// reservedWords cannot be selected as params.<word>.
var reservedWords = []string{"true", "false", "null", "in"}

// ValidParameterName says whether rules can name the parameter: an ASCII letter
// or _, then letters, digits and _, and no word of the language.
func ValidParameterName(name string) bool {
	if name == "" || slices.Contains(reservedWords, name) {
		return false
	}
	for i, c := range name {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// Compile compiles one rule. Path is the rule's field in the policy. What is
// wrong is collected, and the predicate of a rule with a fault answers Unknown.
func (c *Compiler) Compile(path, source string, scope Scope) decision.Predicate {
	r := &Rule{Path: path, Source: source, Scope: scope, Index: len(c.rules.list), rules: c.rules}
	c.rules.list = append(c.rules.list, r)
	c.compile(r)
	return decision.Predicate{Index: r.Index, Reads: r.reads, Source: source, Ask: r.ask}
}

// Problems returns what was found wrong so far, in the order of the rules.
func (c *Compiler) Problems() Problems { return c.problems }

// Rules returns the compiled rules, for those who explain them. They must not
// be asked before the last one is compiled.
func (c *Compiler) Rules() *Rules { return c.rules }

func (c *Compiler) report(p Problem) { c.problems = append(c.problems, p) }

// compile takes a rule through parsing, names, types, meaning, cost and
// planning. A step that fails ends the way, for the next would only repeat it.
func (c *Compiler) compile(r *Rule) {
	defer func() {
		// The parser and the checker are not ours; whatever input makes them
		// panic is refused like any other rule that cannot be read.
		if p := recover(); p != nil {
			r.program = nil
			c.report(Problem{Path: r.Path, Message: fmt.Sprintf("the rule cannot be read: %v", p)})
		}
	}()
	if c.env == nil {
		return
	}
	if strings.TrimSpace(r.Source) == "" {
		c.report(Problem{Path: r.Path, Message: "the rule is empty", Hint: "write a question whose answer is yes or no, such as survey.income < yuan(5000)"})
		return
	}
	parsed, issues := c.env.Parse(r.Source)
	if issues.Err() != nil {
		c.reportSyntax(r, issues.Errors())
		return
	}
	named := c.checkNames(r, parsed.NativeRep())
	checked, issues := c.env.Check(parsed)
	if issues.Err() != nil {
		c.reportTypes(r, parsed.NativeRep(), issues.Errors(), named)
		return
	}
	if t := checked.OutputType(); !t.IsExactType(cel.BoolType) {
		c.report(Problem{Path: r.Path, Message: fmt.Sprintf("the rule gives %s, but its answer must be yes or no", typeName(cel.FormatCELType(t)))})
		return
	}
	if !c.inspect(r, checked.NativeRep()) || len(named) > 0 || !c.boundCost(r, checked) {
		return
	}
	program, err := c.env.Program(checked, cel.EvalOptions(cel.OptOptimize), cel.CustomDecoratorV2(foldAmounts))
	if err != nil {
		c.report(Problem{Path: r.Path, Message: fmt.Sprintf("the rule cannot be worked out: %v", err)})
		return
	}
	r.program = program
}
