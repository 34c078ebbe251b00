// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"math"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/formula"
)

// Days are those for which rules are put as formulas: the parameters have one
// value each on all of them.
type Days struct {
	From, Until civil.Day // Until: civil.Last if there is no end
	Params      []decision.Value
	// Foreign says that the rules are asked under other plans too, whose standards
	// may be unmet: those of a procedure that outlives its plan.
	Foreign bool
}

// Formulas are the rules of a plan, as far as they can be taken apart, over the
// facts of one family on one of some days. A part that cannot be taken apart is a
// variable of its own, so that what the formulas rule out is ruled out for certain.
type Formulas struct {
	*formula.Space
	rules  *Rules
	days   Days
	facts  *decision.Facts
	made   map[int]*formula.Formula
	laws   []formula.Want
	unique map[*formula.Variable]bool // variables whose laws are written
	exists []existence
}

// existence is a question whether a list has an element such as this.
type existence struct {
	list  string
	such  *formula.Formula
	atom  *formula.Formula // yes where there surely is one
	twice bool
}

// Formulas starts to put the plan's rules as formulas.
func (r *Rules) Formulas(days Days) *Formulas {
	f := &Formulas{
		Space: formula.NewSpace(), rules: r, days: days,
		facts: &decision.Facts{Family: &decision.Family{}, Params: days.Params},
		made:  map[int]*formula.Formula{}, unique: map[*formula.Variable]bool{},
	}
	f.fact(r.names["survey.date"])
	return f
}

// Of is the rule with that predicate's index as a formula.
func (f *Formulas) Of(index int) *formula.Formula {
	if made, ok := f.made[index]; ok {
		return made
	}
	rule := f.rules.Rule(index)
	made := formula.Constant(formula.Any)
	switch {
	case rule == nil || rule.checked == nil:
	case rule.program == nil:
		made = formula.Constant(formula.Unknown) // its predicate always answers so
	default:
		b := &formulaBuilder{Formulas: f, rule: rule, locals: map[string]local{}}
		made = b.condition(rule.checked.Expr())
	}
	f.made[index] = made
	return made
}

// Asks is the demand that the rule's answer be one of those, asked as the judge
// asks it.
func (f *Formulas) Asks(index int, answers formula.Truths) formula.Want {
	return formula.Want{Formula: f.Of(index), Answers: answers, Twice: f.readsUnmet(index)}
}

func (f *Formulas) readsUnmet(index int) bool {
	rule := f.rules.Rule(index)
	return rule != nil && rule.reads&decision.ReadUnmet != 0
}

// Unmet is whether the standard's shortfall is open, UnmetUnknown whether it is not
// and the standard is unknown.
func (f *Formulas) Unmet(standard string) *formula.Formula {
	return f.Is(f.member(factUnmet, standard), formula.Words(memberIn))
}

// UnmetUnknown is whether the standard is unknown and no shortfall of it is open.
func (f *Formulas) UnmetUnknown(standard string) *formula.Formula {
	return f.Is(f.member(factUnmet, standard), formula.Words(memberMaybe))
}

// Fact is the variable of a fact by its name in rules, such as signal.cause; nil if
// there is none or it is a list.
func (f *Formulas) Fact(name string) *formula.Variable {
	known := f.rules.names[name]
	if known == nil {
		return nil
	}
	return f.fact(known)
}

// Laws are what holds of the facts of any family, each to be wanted beside the
// question. No rule can be put as a formula after they are asked for.
func (f *Formulas) Laws() []formula.Want {
	f.surveyLaws()
	f.Freeze()
	f.existenceLaws()
	return f.laws
}

func (f *Formulas) law(l *formula.Formula) {
	f.laws = append(f.laws, formula.Want{Formula: l, Answers: formula.Yes})
}

// surveyLaws: before the first survey nothing of one is known.
func (f *Formulas) surveyLaws() {
	date := f.fact(f.rules.names["survey.date"])
	for _, fact := range facts {
		ofSurvey := strings.HasPrefix(fact.name, "survey.") || fact.name == "household.labour"
		if v := f.Find(fact.name); ofSurvey && v != nil && v != date {
			f.law(formula.Or(f.Known(date), formula.Not(f.Known(v))))
		}
	}
	for _, name := range f.rules.expected.names {
		if v := f.Find(guaranteeName(name)); v != nil {
			f.law(formula.Or(f.Known(date), formula.Not(f.Known(v))))
		}
	}
	for _, list := range []string{"survey.causes", "survey.receives", factGuarantees} {
		if v := f.Find(list); v != nil {
			f.law(formula.Or(f.Known(v), formula.Not(f.Known(date))))
		}
	}
}

// lawBudget bounds the search for what follows of questions to one list.
const lawBudget = 2_000_000

// existenceLaws: a list has no element that cannot be, and an element that is such
// is also such as follows from it.
func (f *Formulas) existenceLaws() {
	budget := lawBudget
	for _, e := range f.exists {
		if e.twice {
			continue
		}
		if found, _ := f.Search(&budget, formula.Want{Formula: e.such, Answers: formula.Yes}); found == formula.Never {
			f.law(formula.Not(formula.Answers(e.atom, formula.Yes)))
			continue
		}
		for _, other := range f.exists {
			if other.twice || other.list != e.list || other.atom == e.atom {
				continue
			}
			found, _ := f.Search(&budget, formula.Want{Formula: e.such, Answers: formula.Yes}, formula.Want{Formula: other.such, Answers: formula.No | formula.Unknown})
			if found == formula.Never {
				f.law(formula.Or(formula.Not(formula.Answers(e.atom, formula.Yes)), formula.Answers(other.atom, formula.Yes)))
			}
		}
	}
}

// MemberIn is the word of a variable such as unmet[Income] for a word that is in the
// list.
const MemberIn = "in"

// Words of the variables that stand for a membership and for a part that cannot be
// taken apart.
const (
	memberIn    = MemberIn
	memberOut   = "out"
	memberMaybe = "maybe"
	wordTrue    = "true"
	wordFalse   = "false"
)

// otherStandard is a standard of another plan.
const otherStandard = "\x00other"

// members are the words that a list of the facts can have; false if they are not
// all known or the fact is no list of words.
func (f *Formulas) members(list *fact) ([]string, bool) {
	if !list.typ.IsExactType(texts) {
		return nil, false
	}
	words := list.words
	if list.name == factUnmet {
		words = slices.Clone(f.rules.vocabulary.Standards)
		if f.days.Foreign {
			words = append(words, otherStandard)
		}
	}
	return words, words != nil || list.name == factUnmet
}

func (f *Formulas) member(list, word string) *formula.Variable {
	words := []string{memberOut, memberIn}
	if list == factUnmet {
		words = append(words, memberMaybe)
	}
	return f.Variable(list+"["+word+"]", formula.Domain{Words: words})
}

// fact is the variable of a fact that is no list; of a list it is whether there is
// one.
func (f *Formulas) fact(of *fact) *formula.Variable {
	d := domainOf(of.typ, of.words)
	switch of.name {
	case "household.registration", "household.eliminated":
		d.Missing = false
	case "household.persons":
		d.Missing, d.Min = false, 1
	case "household.marks", "household.members", "household.wishes", "signals", factUnmet:
		d.Missing = false
	case "today":
		d.Missing, d.Min, d.Max = false, int64(f.days.From), int64(f.days.Until)
	case factCategory:
		d.Words, d.Open = append([]string{""}, f.rules.vocabulary.Categories...), true
	}
	return f.Variable(of.name, d)
}

// domainOf is what values of the type can be.
func domainOf(t *types.Type, words []string) formula.Domain {
	switch {
	case t.IsExactType(moneyType):
		return formula.Domain{Numbers: true, Max: math.MaxInt64, Missing: true}
	case t.IsExactType(types.IntType):
		return formula.Domain{Numbers: true, Min: math.MinInt64, Max: math.MaxInt64, Missing: true}
	case t.IsExactType(types.TimestampType):
		return formula.Domain{Numbers: true, Min: int64(civil.First), Max: int64(civil.Last), Missing: true}
	case t.IsExactType(types.BoolType):
		return formula.Domain{Words: []string{wordTrue, wordFalse}, Missing: true}
	case t.IsExactType(types.StringType):
		return formula.Domain{Words: words, Open: words == nil, Missing: true}
	}
	return formula.Domain{Words: []string{"there"}, Missing: true}
}

// local is what a variable of exists or all stands for: a word of a list, or an
// element of a list of objects.
type local struct {
	word    string
	element string // the element's name in keys, "" for a word
}

// formulaBuilder takes one rule apart.
type formulaBuilder struct {
	*Formulas
	rule   *Rule
	locals map[string]local
}

// fixed says whether an expression rests on parameters alone, so that its value is
// known.
func (b *formulaBuilder) fixed(e ast.Expr) bool {
	if e.Kind() == ast.IdentKind {
		l, isLocal := b.locals[e.AsIdent()]
		return isLocal && l.element == "" || !isLocal && restsOnPlan(e)
	}
	for _, part := range children(e) {
		if !b.fixed(part) {
			return false
		}
	}
	return e.Kind() != ast.ComprehensionKind || restsOnPlan(e)
}

// evaluate works a fixed expression out; nil if it has no value.
func (b *formulaBuilder) evaluate(e ast.Expr) ref.Val {
	switch e.Kind() {
	case ast.LiteralKind:
		return e.AsLiteral()
	case ast.IdentKind:
		if l, isLocal := b.locals[e.AsIdent()]; isLocal {
			return types.String(l.word)
		}
	}
	program := b.program(e)
	if program == nil {
		return nil
	}
	out, _, err := program.Eval(&bound{activation{facts: b.Formulas.facts, rules: b.rules}, b.locals})
	if err != nil || types.IsUnknownOrError(out) {
		return nil
	}
	return out
}

// fixedPart is a part of a rule that rests on parameters alone.
type fixedPart struct {
	rule int
	id   int64
}

// program is that of a fixed part, which is kept for other days; nil if it has none.
func (b *formulaBuilder) program(e ast.Expr) cel.Program {
	key := fixedPart{b.rule.Index, e.ID()}
	if kept, ok := b.rules.fixed.Load(key); ok {
		return kept.(cel.Program)
	}
	part := ast.NewCheckedAST(ast.NewAST(e, b.rule.checked.SourceInfo()), b.rule.checked.TypeMap(), b.rule.checked.ReferenceMap())
	program, err := b.rules.env.PlanProgram(part)
	if err != nil {
		return nil
	}
	b.rules.fixed.Store(key, program)
	return program
}

// bound shows the parameters, and the words for which variables stand.
type bound struct {
	activation
	locals map[string]local
}

// ResolveName implements interpreter.Activation.
func (a *bound) ResolveName(name string) (any, bool) {
	if l, isLocal := a.locals[name]; isLocal {
		return types.String(l.word), true
	}
	return a.activation.ResolveName(name)
}

// text is an expression in words, together with what its variables stand for.
func (b *formulaBuilder) text(e ast.Expr) string {
	text := unparsed(e, b.rule.checked)
	var bindings []string
	for name, l := range b.locals {
		bindings = append(bindings, name+"="+l.element+"'"+l.word)
	}
	slices.Sort(bindings)
	return text + strings.Join(bindings, ";")
}

// opaque is a condition that cannot be taken apart. One that reads unmet may answer
// differently in the judge's two readings.
func (b *formulaBuilder) opaque(e ast.Expr) *formula.Formula {
	key := "?" + b.text(e)
	d := formula.Domain{Words: []string{wordTrue, wordFalse}, Missing: true}
	set := formula.Words(wordTrue)
	return b.TestTwice(b.readings(e, key, d), [2]formula.Set{set, set})
}

// readings are the variables of a part in the judge's two readings: one, unless it
// reads unmet. A key of which the text could not be written is made one of a kind.
func (b *formulaBuilder) readings(e ast.Expr, key string, d formula.Domain) [2]*formula.Variable {
	if !b.mentions(e, factUnmet) {
		v := b.Variable(key, d)
		return [2]*formula.Variable{v, v}
	}
	return [2]*formula.Variable{b.Variable(key+"@without", d), b.Variable(key+"@with", d)}
}

func (b *formulaBuilder) mentions(e ast.Expr, name string) bool {
	if e.Kind() == ast.IdentKind && strings.TrimPrefix(e.AsIdent(), ".") == name {
		return true
	}
	return slices.ContainsFunc(children(e), func(part ast.Expr) bool { return b.mentions(part, name) })
}

func (b *formulaBuilder) factOf(e ast.Expr) *fact {
	if e.Kind() != ast.IdentKind {
		return nil
	}
	if _, isLocal := b.locals[e.AsIdent()]; isLocal {
		return nil
	}
	return b.rules.names[strings.TrimPrefix(e.AsIdent(), ".")]
}

func (b *formulaBuilder) typeOf(e ast.Expr) *types.Type { return b.rule.checked.GetType(e.ID()) }
