// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/money"
)

// Papers are one family's objects as read. They are never changed here, since
// they may come from a cache that others read.
type Papers struct {
	Household *v1alpha1.Household
	Plan      *v1alpha1.AssistancePlan // nil: the family has none
	Signals   []*v1alpha1.RiskSignal
	Reviews   []*v1alpha1.Review

	// Twins are other households, as NAMESPACE/NAME, whose head has the same
	// identity digest.
	Twins []string
	// Identifications are days of completed identifications that policy tests state
	// in place of a Review.
	Identifications []v1alpha1.Date
}

// dayOf reads a date that admission has checked; one that it has not is no day.
func dayOf(d v1alpha1.Date) civil.Day {
	if d == "" {
		return 0
	}
	day, err := civil.ParseDay(string(d))
	if err != nil {
		return 0
	}
	return day
}

// familyOf reads the papers into the core's words. Lists that are sets are
// sorted, so that their order cannot matter.
func familyOf(p Papers) *decision.Family {
	spec := &p.Household.Spec
	f := &decision.Family{
		Registration: string(spec.Registration),
		Graduated:    dayOf(spec.Graduated),
		Persons:      int(spec.Persons),
		Members:      members(spec.Members),
		Marks:        marks(spec.Marks),
		Surveys:      surveys(spec.Surveys),
		Signals:      signals(p.Signals),
		Reviews:      reviews(p.Reviews),
	}
	if spec.Support != nil {
		f.Wishes = words(spec.Support.Wishes)
	}
	if p.Plan != nil {
		f.Measures = measures(p.Plan.Spec.Measures)
	}
	for _, d := range p.Identifications {
		f.Identifications = append(f.Identifications, dayOf(d))
	}
	return f
}

func members(in []v1alpha1.Member) []decision.Member {
	if len(in) == 0 {
		return nil
	}
	out := make([]decision.Member, len(in))
	for i := range in {
		m := &in[i]
		out[i] = decision.Member{
			Relation: string(m.Relation), BirthYear: int(m.BirthYear), Health: string(m.Health),
			Work: string(m.Work), Schooling: string(m.Schooling),
		}
	}
	return out
}

func marks(in []v1alpha1.Mark) []decision.Mark {
	if len(in) == 0 {
		return nil
	}
	out := make([]decision.Mark, 0, len(in))
	for i := range in {
		m := &in[i]
		out = append(out, decision.Mark{Category: string(m.Category), System: string(m.System), Date: dayOf(m.Date)})
	}
	slices.SortFunc(out, compareMarks)
	return out
}

func compareMarks(a, b decision.Mark) int {
	if a.Date != b.Date {
		return int(a.Date - b.Date)
	}
	if a.System != b.System {
		return compareText(a.System, b.System)
	}
	return compareText(a.Category, b.Category)
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func surveys(in []v1alpha1.Survey) []decision.Survey {
	if len(in) == 0 {
		return nil
	}
	guarantees := 0
	for i := range in {
		guarantees += len(in[i].Guarantees)
	}
	backing := make([]decision.Guarantee, 0, guarantees)
	out := make([]decision.Survey, 0, len(in))
	for i := range in {
		s := &in[i]
		from := len(backing)
		for k := range s.Guarantees {
			backing = append(backing, decision.Guarantee{Name: string(s.Guarantees[k].Name), State: string(s.Guarantees[k].State)})
		}
		out = append(out, survey(s, backing[from:len(backing):len(backing)]))
	}
	return out
}

func survey(s *v1alpha1.Survey, guarantees []decision.Guarantee) decision.Survey {
	out := decision.Survey{
		Date: dayOf(s.Date), Method: string(s.Method), Unchanged: s.Unchanged,
		Guarantees: guarantees,
		Causes:     words(s.Causes), Receives: words(s.Receives),
		Labour: string(s.Labour), Risk: string(s.Risk), Hardship: string(s.Hardship),
		IncomeTrend: string(s.IncomeTrend), SpendingTrend: string(s.SpendingTrend),
	}
	state(&out, decision.Income, s.Income)
	state(&out, decision.IncomeBefore, s.IncomeBefore)
	if from := s.Sources; from != nil {
		state(&out, decision.Wage, from.Wage)
		state(&out, decision.Business, from.Business)
		state(&out, decision.Property, from.Property)
		state(&out, decision.Transfer, from.Transfer)
	}
	if from := s.Expenses; from != nil {
		state(&out, decision.MedicalExpense, from.Medical)
		state(&out, decision.EducationExpense, from.Education)
		state(&out, decision.DisasterExpense, from.Disaster)
		state(&out, decision.OtherExpense, from.Other)
	}
	return out
}

// state states an amount; what admission has not checked and is none stays unknown.
func state(s *decision.Survey, f decision.AmountField, m v1alpha1.Money) {
	if m == "" {
		return
	}
	if a, err := money.Parse(string(m)); err == nil {
		s.SetAmount(f, a)
	}
}

func measures(in []v1alpha1.Measure) []decision.Measure {
	if len(in) == 0 {
		return nil
	}
	out := make([]decision.Measure, 0, len(in))
	for i := range in {
		m := &in[i]
		o := decision.Measure{
			Name: m.Name, Kind: string(m.Kind), For: words(m.For), Department: string(m.Department),
			Date: dayOf(m.Date), Due: dayOf(m.Due),
		}
		if d := m.Delivered; d != nil {
			o.Delivered = dayOf(d.Date)
		}
		if c := m.Cancelled; c != nil {
			o.Cancelled = dayOf(c.Date)
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b decision.Measure) int { return compareText(a.Name, b.Name) })
	return out
}

// words is a sorted copy of a list that is a set.
func words[S ~string](in []S) []string {
	if len(in) == 0 {
		return nil
	}
	out := make([]string, len(in))
	for i := range in {
		out[i] = string(in[i])
	}
	slices.Sort(out)
	return out
}

// terms turns the core's words into a list of the API's, nil if there are none.
func terms[S ~string](in []string) []S {
	if len(in) == 0 {
		return nil
	}
	out := make([]S, len(in))
	for i := range in {
		out[i] = S(in[i])
	}
	return out
}
