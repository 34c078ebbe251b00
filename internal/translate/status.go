// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/decision"
)

// householdStatus writes the verdict in the API's words.
func (l Language) householdStatus(v *decision.Verdict, h *v1alpha1.Household, twins []string) *v1alpha1.HouseholdStatus {
	s := conclusions(v, h)
	w := newConditions(l, h.Generation, zoneOf(v.Plan))
	w.ready(conditions.RestsSince(earliestHouseholdDate(h), v.Plan.From))
	w.householdChecks(v)
	w.unique(h, twins, conditions.RestsSince(earliestHouseholdDate(h), v.Plan.From))
	s.Conditions = w.Sorted()
	return s
}

// conclusions are a household's status without its conditions.
func conclusions(v *decision.Verdict, h *v1alpha1.Household) *v1alpha1.HouseholdStatus {
	s := &v1alpha1.HouseholdStatus{
		ObservedGeneration: h.Generation,
		PolicyRef:          &v1alpha1.PolicyReference{Name: v1alpha1.ObjectName(v.Plan.Name)},
		Stage:              v1alpha1.Stage(v.Stage),
		Category:           v1alpha1.Word(v.Category),
		Tier:               v1alpha1.Word(v.Tier),
		TierSince:          dateOf(v.TierSince),
		Causes:             terms[v1alpha1.Cause](v.Causes),
		Ledgers:            terms[v1alpha1.Word](v.Ledgers),
		Identified:         dateOf(v.Identified),
		Surveyed:           dateOf(v.Surveyed),
		Proposed:           terms[v1alpha1.MeasureKind](v.Proposed),
		NextDeadline:       dateOf(v.NextDeadline),
		OpenShortfalls:     count(len(v.Shortfalls)),
		Overdue:            count(v.Overdue),
		Shortfalls:         shortfalls(v.Shortfalls),
		Deadlines:          deadlines(v.Deadlines),
	}
	if v.Stage == decision.OutOfScope {
		s.OpenShortfalls = nil
	}
	for _, r := range v.Reasons {
		s.Reasons = append(s.Reasons, v1alpha1.Reason{Rule: v1alpha1.Word(r.Name), Message: v1alpha1.Text(r.Message)})
	}
	if len(v.History) > 0 {
		s.History = make([]v1alpha1.TierChange, len(v.History))
		for i, c := range v.History {
			s.History[i] = v1alpha1.TierChange{Date: dateOf(c.Day), Tier: v1alpha1.Word(c.Tier), Policy: v1alpha1.ObjectName(c.Policy)}
		}
	}
	if e := v.Elimination; e != nil {
		s.Elimination = &v1alpha1.Elimination{Earliest: dateOf(e.Earliest), Eligible: len(e.Holds) == 0}
		for i := range e.Holds {
			s.Elimination.Blockers = append(s.Elimination.Blockers, v1alpha1.Word(e.Holds[i].Name))
		}
	}
	return s
}

func shortfalls(in []decision.Shortfall) []v1alpha1.Shortfall {
	if len(in) == 0 {
		return nil
	}
	out := make([]v1alpha1.Shortfall, len(in))
	for i := range in {
		f := &in[i]
		out[i] = v1alpha1.Shortfall{
			Standard: v1alpha1.Word(f.Standard), Since: dateOf(f.Since), Routed: dateOf(f.Routed),
			Departments: terms[v1alpha1.Word](f.Departments), Due: dateOf(f.Due),
			State:    v1alpha1.ShortfallState(f.State),
			Measures: terms[v1alpha1.ObjectName](f.Measures), Proposed: terms[v1alpha1.MeasureKind](f.Proposed),
		}
	}
	return out
}

func deadlines(in []decision.Deadline) []v1alpha1.Deadline {
	if len(in) == 0 {
		return nil
	}
	out := make([]v1alpha1.Deadline, len(in))
	for i := range in {
		d := &in[i]
		out[i] = v1alpha1.Deadline{
			Kind: v1alpha1.DeadlineKind(d.Kind), Name: d.Name, Start: dateOf(d.Start), Due: dateOf(d.Due),
			State: v1alpha1.DeadlineState(d.State), EscalatedTo: v1alpha1.JurisdictionLevel(d.EscalatedTo),
		}
	}
	return out
}

// planStatus writes how far the measures have come.
func (l Language) planStatus(v *decision.Verdict, p *v1alpha1.AssistancePlan) *v1alpha1.AssistancePlanStatus {
	s := &v1alpha1.AssistancePlanStatus{
		ObservedGeneration: p.Generation,
		Tier:               v1alpha1.Word(v.Tier),
		Uncovered:          terms[v1alpha1.Word](v.Uncovered),
		Planned:            count(len(v.Measures)),
	}
	for i := range v.Shortfalls {
		s.OpenShortfalls = append(s.OpenShortfalls, v1alpha1.Word(v.Shortfalls[i].Standard))
	}
	delivered, overdue, next := 0, 0, civil.Day(0)
	for _, m := range v.Measures {
		s.Measures = append(s.Measures, v1alpha1.MeasureStatus{
			Name: v1alpha1.ObjectName(m.Name), State: v1alpha1.MeasureState(m.State), Due: dateOf(m.Due),
		})
		switch m.State {
		case decision.MeasureDelivered, decision.MeasureIneffective:
			delivered++
		case decision.MeasureOverdue:
			overdue++
		case decision.MeasurePlanned:
			if !m.Due.IsZero() && (next.IsZero() || m.Due < next) {
				next = m.Due
			}
		}
	}
	s.Delivered, s.Overdue, s.NextDeadline = count(delivered), count(overdue), dateOf(next)
	w := newConditions(l, p.Generation, zoneOf(v.Plan))
	w.ready(conditions.RestsSince(earliestPlanDate(p), v.Plan.From))
	w.planChecks(v)
	s.Conditions = w.Sorted()
	return s
}

// zoneOf is the zone in which the days of a plan begin; the default's without one.
func zoneOf(p *decision.Plan) *time.Location {
	if p != nil && p.Zone != nil {
		return p.Zone
	}
	return defaultZone
}

func dateOf(d civil.Day) v1alpha1.Date { return v1alpha1.Date(d.String()) }

func count(n int) *int32 {
	c := int32(min(n, 1<<30)) //nolint:gosec // bounded
	return &c
}

// earliestHouseholdDate is the earliest date that stands in the spec, zero if none does.
func earliestHouseholdDate(h *v1alpha1.Household) civil.Day {
	first := earliest(0, h.Spec.Graduated)
	for i := range h.Spec.Marks {
		first = earliest(first, h.Spec.Marks[i].Date, h.Spec.Marks[i].Entered)
	}
	for i := range h.Spec.Surveys {
		first = earliest(first, h.Spec.Surveys[i].Date, h.Spec.Surveys[i].Entered)
	}
	return first
}

func earliestPlanDate(p *v1alpha1.AssistancePlan) civil.Day {
	first := civil.Day(0)
	for i := range p.Spec.Measures {
		m := &p.Spec.Measures[i]
		first = earliest(first, m.Date, m.Due)
		if m.Delivered != nil {
			first = earliest(first, m.Delivered.Date, m.Delivered.Entered)
		}
		if m.Cancelled != nil {
			first = earliest(first, m.Cancelled.Date, m.Cancelled.Entered)
		}
	}
	return first
}

func earliest(first civil.Day, dates ...v1alpha1.Date) civil.Day {
	for _, d := range dates {
		if day := dayOf(d); !day.IsZero() && (first.IsZero() || day < first) {
			first = day
		}
	}
	return first
}
