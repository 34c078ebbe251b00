// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
)

// Reading is one fact or parameter that a rule looks at, with its value.
type Reading struct {
	Name    string // survey.income, survey.guarantees.Housing, params.redLine
	Value   string // "" if missing
	Missing bool
}

// String is the reading on one line.
func (r Reading) String() string {
	if r.Missing {
		return r.Name + ": missing"
	}
	return r.Name + " = " + r.Value
}

// Describe lists what the rule looks at, in order of appearance, with the
// values of the day.
func (r *Rule) Describe(f *decision.Facts) []Reading {
	if f == nil || f.Family == nil {
		return nil
	}
	a := activations.Get().(*activation)
	a.facts, a.rules = f, r.rules
	defer a.release()
	readings := make([]Reading, 0, len(r.uses))
	for _, u := range r.uses {
		v := u.fact.get(a)
		if m, ok := v.(*guarantees); ok && u.key != "" {
			v = m.Get(types.String(u.key))
		}
		if v == nil || types.IsUnknownOrError(v) {
			readings = append(readings, Reading{Name: u.name(), Missing: true})
			continue
		}
		readings = append(readings, Reading{Name: u.name(), Value: show(v)})
	}
	return readings
}

// show writes a value for people.
func show(v ref.Val) string {
	switch v := v.(type) {
	case *yuan:
		return money.Amount(*v).String()
	case types.String:
		if v == "" {
			return "none"
		}
		return string(v)
	case types.Timestamp:
		return v.Format("2006-01-02")
	case *list[string]:
		return "[" + strings.Join(v.items, ", ") + "]"
	case *list[decision.Mark]:
		return showAll(v.items, func(m *decision.Mark) []string {
			return []string{m.Date.String(), m.Category, m.System}
		})
	case *list[decision.Signal]:
		return showAll(v.items, func(s *decision.Signal) []string {
			amount := ""
			if s.AmountSet {
				amount = s.Amount.String()
			}
			return []string{s.Date.String(), s.Cause, s.Source, s.Department, amount, s.Line}
		})
	case *list[decision.Member]:
		return showAll(v.items, func(m *decision.Member) []string {
			born := ""
			if m.BirthYear != 0 {
				born = fmt.Sprint(m.BirthYear)
			}
			return []string{m.Relation, born, m.Health, m.Work, m.Schooling}
		})
	case *guarantees:
		return showAll(v.stated, func(g *decision.Guarantee) []string { return []string{g.Name, g.State} })
	}
	return fmt.Sprint(v.Value())
}

// showAll writes the words of each item, leaving out what was not stated.
func showAll[T any](items []T, words func(*T) []string) string {
	parts := make([]string, len(items))
	for i := range items {
		stated := slices.DeleteFunc(words(&items[i]), func(s string) bool { return s == "" })
		parts[i] = strings.Join(stated, " ")
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// amount is a part of a rule that is money and rests on no fact of a family:
// yuan(5000), params.redLine, params.line * 3 / 2.
type amount struct{ program cel.Program }

// findAmounts finds the largest such parts.
func (c *Compiler) findAmounts(checked *ast.AST) []amount {
	var found []amount
	var look func(ast.Expr)
	look = func(e ast.Expr) {
		if !checked.GetType(e.ID()).IsExactType(moneyType) || !restsOnPlan(e) {
			for _, part := range children(e) {
				look(part)
			}
			return
		}
		part := ast.NewCheckedAST(ast.NewAST(e, checked.SourceInfo()), checked.TypeMap(), checked.ReferenceMap())
		if program, err := c.env.PlanProgram(part); err == nil {
			found = append(found, amount{program})
		}
	}
	look(checked.Expr())
	return found
}

// restsOnPlan says whether an expression reads parameters only.
func restsOnPlan(e ast.Expr) bool {
	if e.Kind() == ast.IdentKind {
		return strings.HasPrefix(strings.TrimPrefix(e.AsIdent(), "."), paramPrefix)
	}
	return !slices.ContainsFunc(children(e), func(part ast.Expr) bool { return !restsOnPlan(part) })
}

// Amounts returns the amounts that the rule holds against the facts, with the
// parameters of the day: each once, ascending.
func (r *Rule) Amounts(params []decision.Value) []money.Amount {
	a := activations.Get().(*activation)
	a.facts, a.rules = &decision.Facts{Params: params}, r.rules
	defer a.release()
	var amounts []money.Amount
	for _, one := range r.amounts {
		out, _, err := one.program.Eval(a)
		if y, ok := out.(*yuan); ok && err == nil {
			amounts = append(amounts, money.Amount(*y))
		}
	}
	slices.Sort(amounts)
	return slices.Compact(amounts)
}

// Change is a single fact of the last survey with another value: one that
// could turn the rule's answer.
type Change struct {
	Fact   string // survey.income, survey.guarantees.Housing, household.labour
	Amount money.Amount
	Word   string // "" for an amount
}

// Changes returns the single facts of the survey that the rule looks at, each
// with the values at which its answer may turn: an amount just below, at and
// just above each amount that the rule holds against it; each word that the
// fact can have. Facts come in order of appearance, amounts ascending. A value
// that the fact has already is among them.
func (r *Rule) Changes(params []decision.Value) []Change {
	var amounts []money.Amount
	for _, a := range r.Amounts(params) {
		for _, near := range []money.Amount{a - 1, a, a + 1} {
			if near >= 0 {
				amounts = append(amounts, near)
			}
		}
	}
	slices.Sort(amounts)
	amounts = slices.Compact(amounts)
	var changes []Change
	for _, u := range r.uses {
		_, isAmount := amountFieldOf(u.fact.name)
		switch {
		case isAmount:
			for _, a := range amounts {
				changes = append(changes, Change{Fact: u.fact.name, Amount: a})
			}
		case u.key != "":
			for _, w := range guaranteeStates {
				changes = append(changes, Change{Fact: u.name(), Word: w})
			}
		case wordSetterOf(u.fact.name) != nil:
			for _, w := range u.fact.words {
				changes = append(changes, Change{Fact: u.fact.name, Word: w})
			}
		}
	}
	return changes
}

// Apply returns the survey with the fact changed; the survey itself stays as
// it is. A fact that is not one of a survey changes nothing.
func (c Change) Apply(s decision.Survey) decision.Survey {
	if field, ok := amountFieldOf(c.Fact); ok {
		s.SetAmount(field, c.Amount)
		return s
	}
	if set := wordSetterOf(c.Fact); set != nil {
		set(&s, c.Word)
		return s
	}
	name, ok := strings.CutPrefix(c.Fact, factGuarantees+".")
	if !ok {
		return s
	}
	s.Guarantees = slices.Clone(s.Guarantees)
	for i := range s.Guarantees {
		if s.Guarantees[i].Name == name {
			s.Guarantees[i].State = c.Word
			return s
		}
	}
	s.Guarantees = append(s.Guarantees, decision.Guarantee{Name: name, State: c.Word})
	return s
}

func amountFieldOf(name string) (decision.AmountField, bool) {
	for _, a := range amountFacts {
		if a.name == name {
			return a.field, true
		}
	}
	return 0, false
}

// wordSetterOf returns how the fact of that name is set, nil if it is no single
// word of a survey.
func wordSetterOf(name string) func(*decision.Survey, string) {
	switch name {
	case "household.labour":
		return func(s *decision.Survey, w string) { s.Labour = w }
	case "survey.method":
		return func(s *decision.Survey, w string) { s.Method = w }
	case "survey.risk":
		return func(s *decision.Survey, w string) { s.Risk = w }
	case "survey.hardship":
		return func(s *decision.Survey, w string) { s.Hardship = w }
	case "survey.incomeTrend":
		return func(s *decision.Survey, w string) { s.IncomeTrend = w }
	case "survey.spendingTrend":
		return func(s *decision.Survey, w string) { s.SpendingTrend = w }
	}
	return nil
}
