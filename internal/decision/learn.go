// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// survey methods that the judge itself must tell apart.
const (
	methodOnSite = "OnSite"
	methodPhone  = "Phone"
)

// learnSurveys takes in the surveys up to today that are seen. It runs before
// today's plan is entered: what applied to the family on the day before
// decides whether a survey by telephone is seen.
func (j *judge) learnSurveys() {
	for j.read.surveys < len(j.fam.Surveys) {
		s := &j.fam.Surveys[j.read.surveys]
		if !j.reached(s.Date) {
			return
		}
		j.read.surveys++
		if j.sees(s) {
			j.takeSurvey(s)
		}
	}
}

// sees reports whether the survey is seen. A survey of a day before any plan
// is: no entry asks for another method.
func (j *judge) sees(s *Survey) bool {
	rule := j.asking
	if j.surveyed.IsZero() {
		rule = j.firstSurveyRule(s.Date)
	}
	return rule == nil || rule.Method != methodOnSite || s.Method != methodPhone
}

// firstSurveyRule is the entry that speaks for a family's first survey: the
// first of the plan of the day before, or of the survey's own day.
func (j *judge) firstSurveyRule(day civil.Day) *SurveyRule {
	plan := j.plan
	if plan == nil {
		if s := j.line.On(day); s != nil {
			plan = s.Plan
		}
	}
	if plan == nil || len(plan.Surveys) == 0 {
		return nil
	}
	return &plan.Surveys[0]
}

// takeSurvey makes the survey's facts those that hold; an unchanged one says
// that the facts of the last one seen hold again.
func (j *judge) takeSurvey(s *Survey) {
	j.surveyed, j.surveyedToday = s.Date, true
	j.facts.SurveyDate = s.Date
	if !s.Unchanged {
		j.lastFacts = s
	}
	changed := ReadSurveyDate
	if j.facts.Survey != j.lastFacts {
		changed |= changedFacts(j.facts.Survey, j.lastFacts)
		j.facts.Survey = j.lastFacts
	}
	j.forget(changed)
}

// changedFacts is the set of facts in which two surveys differ.
func changedFacts(old, now *Survey) Reads {
	if old == nil || now == nil {
		return ReadAll
	}
	var changed Reads
	for f := Income; f < amountCount; f++ {
		if old.Amounts[f] != now.Amounts[f] || old.Stated.Has(f) != now.Stated.Has(f) {
			changed |= ReadAmount(f)
		}
	}
	words := [...]struct {
		a, b string
		bit  Reads
	}{
		{old.Labour, now.Labour, ReadLabour},
		{old.Method, now.Method, ReadMethod},
		{old.Risk, now.Risk, ReadRisk},
		{old.Hardship, now.Hardship, ReadHardship},
		{old.IncomeTrend, now.IncomeTrend, ReadIncomeTrend},
		{old.SpendingTrend, now.SpendingTrend, ReadSpendingTrend},
	}
	for i := range words {
		if words[i].a != words[i].b {
			changed |= words[i].bit
		}
	}
	if !equalLists(old.Causes, now.Causes) {
		changed |= ReadCauses
	}
	if !equalLists(old.Receives, now.Receives) {
		changed |= ReadReceives
	}
	return changed | changedGuarantees(old.Guarantees, now.Guarantees)
}

func changedGuarantees(old, now []Guarantee) Reads {
	var changed Reads
	differ := func(a, b []Guarantee) {
		for i := range a {
			if stateOf(b, a[i].Name) != a[i].State {
				changed |= ReadGuarantee(a[i].Name) | ReadGuarantees
			}
		}
	}
	differ(old, now)
	differ(now, old)
	return changed
}

func stateOf(list []Guarantee, name string) string {
	for i := range list {
		if list[i].Name == name {
			return list[i].State
		}
	}
	return ""
}

func equalLists(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// learnGraduation notes the day on which the family was lifted out of poverty:
// before it, rules see it registered as Poor.
func (j *judge) learnGraduation() {
	if day := j.fam.Graduated; !day.IsZero() && !j.read.graduated && j.reached(day) {
		j.read.graduated = true
		j.forget(ReadRegistration)
	}
}

func (j *judge) learnMarks() {
	n := j.read.marks
	for n < len(j.fam.Marks) && j.reached(j.fam.Marks[n].Date) {
		n++
	}
	if n != j.read.marks {
		j.read.marks = n
		j.facts.Marks = j.fam.Marks[j.read.pastMarks:n]
		j.forget(ReadMarks)
	}
}

// learnParameters puts each parameter's value of today in its place.
func (j *judge) learnParameters() {
	changed := false
	for i := range j.plan.Parameters {
		now := j.valueToday(&j.plan.Parameters[i])
		if now != j.facts.Params[i] {
			j.facts.Params[i] = now
			changed = true
		}
	}
	if changed {
		j.forget(ReadParams)
	}
}

// valueToday is the last value whose day has come; not known before the first.
func (j *judge) valueToday(p *Parameter) Value {
	now := Value{}
	for _, v := range p.Values {
		if !j.reached(v.From) {
			break
		}
		now = v.Value
	}
	return now
}
