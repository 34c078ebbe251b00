// SPDX-License-Identifier: Apache-2.0

package population

import (
	"fmt"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// facts is a set of facts that a survey leaves out.
type facts uint16

const (
	factIncome facts = 1 << iota
	factIncomeBefore
	factSources
	factExpenses
	factLabour
	factRisk
	factTrends
	factGuarantee // one of them
)

// drawHabits draws what this family's visitor never asks for, and what was
// forgotten at the first visit besides.
func (f *family) drawHabits(d dice) {
	for _, habit := range []struct {
		fact          facts
		ofTenThousand int
	}{{factIncomeBefore, 3000}, {factSources, 2500}, {factExpenses, 4000}, {factTrends, 5000}} {
		if d.chance(habit.ofTenThousand) {
			f.habits |= habit.fact
		}
	}
	for _, slip := range []struct {
		fact          facts
		ofTenThousand int
	}{{factIncome, 200}, {factGuarantee, 180}, {factLabour, 400}, {factRisk, 500}} {
		if d.chance(slip.ofTenThousand) {
			f.first |= slip.fact
		}
	}
	if f.first&factIncome != 0 {
		f.first |= factSources // whoever has those can add them up
	}
	f.unasked = [...]int{water, medical, housing}[d.pick(5, 3, 2)]
}

// visit writes down what a visit finds: that nothing changed, if so. Nobody
// writes that at a first visit, or where the last one left out what can be
// answered now.
func (f *family) visit(on civil.Day, method v1alpha1.SurveyMethod, omitted facts) v1alpha1.Survey {
	survey := v1alpha1.Survey{
		Date: v1alpha1.Date(on.String()), By: f.visitor(), Method: method,
	}
	f.visits++
	if method == v1alpha1.SurveyPhone {
		survey.Unchanged = true // people say so on the telephone, and it need not be true
		return survey
	}
	if f.visits > 1 && f.now == f.seen && f.gaps == omitted {
		survey.Unchanged = true
		return survey
	}
	f.seen, f.gaps = f.now, omitted
	f.state(&survey, omitted)
	return survey
}

// visitor is the role of who visits this family.
func (f *family) visitor() v1alpha1.UserName {
	return v1alpha1.UserName(fmt.Sprintf("village-worker-%d-%d", f.village+1, f.serial%3+1))
}

// state fills in all facts but those left out.
func (f *family) state(survey *v1alpha1.Survey, omitted facts) {
	c := &f.now
	stated := func(fact facts) bool { return omitted&fact == 0 }
	if stated(factIncome) {
		survey.Income = v1alpha1.Money(c.perHead(f.persons()).String())
	}
	if stated(factIncomeBefore) {
		survey.IncomeBefore = v1alpha1.Money(c.incomeBefore.String())
	}
	if stated(factSources) {
		survey.Sources = c.sources()
	}
	if stated(factExpenses) {
		survey.Expenses = c.expenses()
	}
	for i, g := range c.guarantees {
		if i == f.unasked && !stated(factGuarantee) {
			continue
		}
		survey.Guarantees = append(survey.Guarantees, v1alpha1.Guarantee{Name: guaranteeNames[i], State: g.state, Detail: g.detail})
	}
	survey.Causes = words(causeNames[:], c.causes)
	survey.Receives = words(helpKinds, c.receives)
	if stated(factLabour) {
		survey.Labour = c.labour
	}
	if stated(factRisk) {
		survey.Risk = c.risk
	}
	survey.Hardship = c.hardship
	if stated(factTrends) {
		survey.IncomeTrend, survey.SpendingTrend = c.incomeTrend, c.spendingTrend
	}
}

func (c *condition) sources() *v1alpha1.IncomeSources {
	return &v1alpha1.IncomeSources{
		Wage: v1alpha1.Money(c.wage.String()), Business: v1alpha1.Money(c.business.String()),
		Property: v1alpha1.Money(c.property.String()), Transfer: v1alpha1.Money(c.transfer.String()),
	}
}

// expenses leaves out what was not spent.
func (c *condition) expenses() *v1alpha1.Expenses {
	e := &v1alpha1.Expenses{Medical: v1alpha1.Money(c.medical.String())}
	if c.education > 0 {
		e.Education = v1alpha1.Money(c.education.String())
	}
	if c.disaster > 0 {
		e.Disaster = v1alpha1.Money(c.disaster.String())
	}
	if c.other > 0 {
		e.Other = v1alpha1.Money(c.other.String())
	}
	return e
}
