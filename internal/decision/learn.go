// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// survey methods and outcomes that the judge itself must tell apart.
const (
	methodOnSite     = "OnSite"
	methodPhone      = "Phone"
	outcomeConfirmed = "Confirmed"
)

// signalMonths is how long a confirmed lead speaks to the rules.
const signalMonths = 12

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
	if j.facts.SurveyDate.IsZero() {
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

// takeSurvey makes the survey's facts those that hold; an unchanged one only
// says that the facts of the last one seen hold again.
func (j *judge) takeSurvey(s *Survey) {
	j.facts.SurveyDate = s.Date
	changed := ReadSurveyDate
	if !s.Unchanged {
		changed |= changedFacts(j.facts.Survey, s)
		j.facts.Survey = s
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
		j.facts.Marks = j.fam.Marks[:n]
		j.forget(ReadMarks)
	}
}

// learnSignals shows the rules the leads that were confirmed by today and
// dated later than today minus twelve months, newest first.
func (j *judge) learnSignals() {
	if len(j.fam.Signals) == 0 {
		return
	}
	var seen []Signal
	for i := len(j.fam.Signals) - 1; i >= 0; i-- {
		s := &j.fam.Signals[i]
		if s.Outcome != outcomeConfirmed || s.Verified.IsZero() || !j.reached(s.Verified) {
			continue
		}
		if !j.reached(fadesOn(s.Date)) {
			seen = append(seen, *s)
		}
	}
	if len(seen) != len(j.facts.Signals) || !sameSignals(seen, j.facts.Signals) {
		j.facts.Signals = seen
		j.forget(ReadSignals)
	}
}

// fadesOn is the first day whose date twelve months earlier is the lead's or later.
func fadesOn(date civil.Day) civil.Day {
	day := date.AddMonths(signalMonths)
	for day.AddMonths(-signalMonths) < date {
		day = day.AddDays(1)
	}
	return day
}

func sameSignals(a, b []Signal) bool {
	for i := range a {
		if a[i].Name != b[i].Name {
			return false
		}
	}
	return true
}

// learnParameters puts each parameter's value of today in its place.
func (j *judge) learnParameters() {
	changed := false
	for i := range j.plan.Parameters {
		now := Value{}
		for _, v := range j.plan.Parameters[i].Values {
			if !j.reached(v.From) {
				break
			}
			now = v.Value
		}
		if now != j.facts.Params[i] {
			j.facts.Params[i] = now
			changed = true
		}
	}
	if changed {
		j.forget(ReadParams)
	}
}
