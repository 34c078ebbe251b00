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

// facts returns what people stated, up to a day.
func facts(p *translate.Papers, until civil.Day) []Event {
	var events []Event
	add := func(date v1alpha1.Date, e Event) {
		if e.Date = dayOf(date); !e.Date.IsZero() && e.Date <= until {
			events = append(events, e)
		}
	}
	for i := range p.Household.Spec.Marks {
		m := &p.Household.Spec.Marks[i]
		add(m.Date, Event{Kind: Marked, Name: string(m.System), To: string(m.Category)})
	}
	for i := range p.Household.Spec.Surveys {
		s := &p.Household.Spec.Surveys[i]
		e := Event{Kind: Surveyed, Name: string(s.Method), To: string(s.Income)}
		if s.Unchanged {
			e.To = "Unchanged"
		}
		add(s.Date, e)
	}
	for _, s := range p.Signals {
		add(s.Spec.Date, Event{Kind: SignalReceived, Name: s.Name, From: string(s.Spec.Source), To: string(s.Spec.Cause)})
		if v := s.Spec.Verification; v != nil {
			add(v.Date, Event{Kind: SignalVerified, Name: s.Name, To: string(v.Outcome)})
		}
	}
	for _, r := range p.Reviews {
		add(r.Spec.Opened, Event{Kind: ReviewOpened, Name: r.Name, To: string(r.Spec.Purpose)})
		for i := range r.Spec.Records {
			record := &r.Spec.Records[i]
			add(record.Date, Event{Kind: StepRecorded, Name: r.Name + "/" + string(record.Step), To: string(record.Outcome)})
		}
	}
	if p.Plan != nil {
		for i := range p.Plan.Spec.Measures {
			m := &p.Plan.Spec.Measures[i]
			add(m.Date, Event{Kind: MeasurePlanned, Name: m.Name, To: string(m.Kind), Due: dayOf(m.Due)})
			if m.Delivered != nil {
				add(m.Delivered.Date, Event{Kind: MeasureReceived, Name: m.Name, To: string(m.Kind)})
			}
			if m.Cancelled != nil {
				add(m.Cancelled.Date, Event{Kind: MeasureDropped, Name: m.Name, To: string(m.Kind)})
			}
		}
	}
	return events
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
