// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// dayOf reads a date that the schema has checked; one that it has not is no day.
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

// facts returns what people stated in a family's papers, up to a day.
func facts(p *translate.Papers, until civil.Day) []Event {
	events := FactsOf(p.Household)
	for _, s := range p.Signals {
		events = append(events, FactsOf(s)...)
	}
	for _, r := range p.Reviews {
		events = append(events, FactsOf(r)...)
	}
	if p.Plan != nil {
		events = append(events, FactsOf(p.Plan)...)
	}
	return slices.DeleteFunc(events, func(e Event) bool { return e.Date > until })
}

// FactsOf returns the dated facts that stand in one object of the API; of a
// policy, that it was made.
func FactsOf(object any) []Event {
	var f factList
	switch o := object.(type) {
	case *v1alpha1.Household:
		f.household(&o.Spec)
	case *v1alpha1.RiskSignal:
		f.add(o.Spec.Date, o.Spec.Entered, "", Event{Kind: SignalReceived, Name: o.Name, From: string(o.Spec.Source), To: string(o.Spec.Cause)})
		if v := o.Spec.Verification; v != nil {
			f.add(v.Date, v.Entered, v.By, Event{Kind: SignalVerified, Name: o.Name, To: string(v.Outcome)})
		}
	case *v1alpha1.Review:
		f.add(o.Spec.Opened, o.Spec.Entered, "", Event{Kind: ReviewOpened, Name: o.Name, To: string(o.Spec.Purpose)})
		for i := range o.Spec.Records {
			c := &o.Spec.Records[i]
			f.add(c.Date, c.Entered, c.By, Event{Kind: StepRecorded, Name: o.Name + "/" + string(c.Step), To: string(c.Outcome)})
		}
	case *v1alpha1.AssistancePlan:
		f.measures(o.Spec.Measures)
	case *v1alpha1.MonitoringPolicy:
		f.add(o.Spec.EffectiveFrom, o.Spec.Entered, "", Event{Kind: PolicyEntered, Name: o.Name})
	case *v1alpha1.MonthlyReport:
		if s := o.Spec.Submitted; s != nil {
			f.add(s.Date, s.Entered, s.By, Event{Kind: ReportSubmitted, Name: o.Name})
		}
		for i := range o.Spec.DutyRecords {
			d := &o.Spec.DutyRecords[i]
			f.add(d.Date, d.Entered, d.By, Event{Kind: DutyRecorded, Name: o.Name + "/" + string(d.Duty)})
		}
	}
	return f
}

// factList gathers facts; what is not dated is none.
type factList []Event

func (f *factList) add(date, entered v1alpha1.Date, by v1alpha1.UserName, e Event) {
	if e.Date = dayOf(date); e.Date.IsZero() {
		return
	}
	if e.Entered = dayOf(entered); e.Entered == e.Date {
		e.Entered = 0
	}
	e.By = string(by)
	*f = append(*f, e)
}

func (f *factList) household(spec *v1alpha1.HouseholdSpec) {
	for i := range spec.Marks {
		m := &spec.Marks[i]
		f.add(m.Date, m.Entered, "", Event{Kind: Marked, Name: string(m.System), To: string(m.Category)})
	}
	for i := range spec.Surveys {
		s := &spec.Surveys[i]
		e := Event{Kind: Surveyed, Name: string(s.Method), To: string(s.Income)}
		if s.Unchanged {
			e.To = "Unchanged"
		}
		f.add(s.Date, s.Entered, s.By, e)
	}
}

func (f *factList) measures(measures []v1alpha1.Measure) {
	for i := range measures {
		m := &measures[i]
		f.add(m.Date, "", "", Event{Kind: MeasurePlanned, Name: m.Name, To: string(m.Kind), Due: dayOf(m.Due)})
		if d := m.Delivered; d != nil {
			f.add(d.Date, d.Entered, d.By, Event{Kind: MeasureReceived, Name: m.Name, To: string(m.Kind)})
		}
		if c := m.Cancelled; c != nil {
			f.add(c.Date, c.Entered, c.By, Event{Kind: MeasureDropped, Name: m.Name, To: string(m.Kind)})
		}
	}
}

// statedUntil returns the papers without the facts that are dated after a day,
// so that what comes is told as if nothing new were stated. The papers
// themselves stay as they are.
func statedUntil(p translate.Papers, day civil.Day) translate.Papers {
	by := func(d v1alpha1.Date) bool { return dayOf(d) <= day }
	p.Household = p.Household.DeepCopy()
	spec := &p.Household.Spec
	spec.Marks = slices.DeleteFunc(spec.Marks, func(m v1alpha1.Mark) bool { return !by(m.Date) })
	spec.Surveys = slices.DeleteFunc(spec.Surveys, func(s v1alpha1.Survey) bool { return !by(s.Date) })
	if p.Plan != nil {
		p.Plan = p.Plan.DeepCopy()
		p.Plan.Spec.Measures = measuresUntil(p.Plan.Spec.Measures, by)
	}
	var signals []*v1alpha1.RiskSignal
	for _, s := range p.Signals {
		if !by(s.Spec.Date) {
			continue
		}
		s = s.DeepCopy()
		if v := s.Spec.Verification; v != nil && !by(v.Date) {
			s.Spec.Verification = nil
		}
		signals = append(signals, s)
	}
	var reviews []*v1alpha1.Review
	for _, r := range p.Reviews {
		if !by(r.Spec.Opened) {
			continue
		}
		r = r.DeepCopy()
		r.Spec.Records = slices.DeleteFunc(r.Spec.Records, func(c v1alpha1.StepRecord) bool { return !by(c.Date) })
		reviews = append(reviews, r)
	}
	p.Signals, p.Reviews = signals, reviews
	return p
}

// measuresUntil leaves out measures planned later, and later deliveries and
// cancellations of the others.
func measuresUntil(measures []v1alpha1.Measure, by func(v1alpha1.Date) bool) []v1alpha1.Measure {
	measures = slices.DeleteFunc(measures, func(m v1alpha1.Measure) bool { return m.Date != "" && !by(m.Date) })
	for i := range measures {
		m := &measures[i]
		if m.Delivered != nil && !by(m.Delivered.Date) {
			m.Delivered = nil
		}
		if m.Cancelled != nil && !by(m.Cancelled.Date) {
			m.Cancelled = nil
		}
	}
	return measures
}
