// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"slices"
	"strings"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/rollup"
)

// PaperUnjudged is the state under which a month counts a lead or a review that
// no plan rules.
const PaperUnjudged = "Unjudged"

// Months is what the family adds to the reports of months, which ascend, at an
// instant. A month is judged on its last day, or today while it runs, and on the
// day before it; all in one replay of the family's life. A month that has not
// begun gets nothing.
func (w *World) Months(p Papers, months []civil.Period, now time.Time) []rollup.Month {
	place, fault := w.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	out := make([]rollup.Month, len(months))
	for i := range out {
		out[i].Persons = int(p.Household.Spec.Persons) // Unjudged so far
	}
	if fault != nil {
		return out
	}
	today, family := w.Today(place, now), w.family(w.Known(p), place)
	decision.DecideDays(family, w.Timeline(place), reportDays(months, today), func(v decision.Verdict) {
		for i, month := range months {
			switch v.Day {
			case month.Start.AddDays(-1):
				out[i].Opening = monitored(&v)
				out[i].Blocked = blockedBy(&v)
			case asOf(month, today):
				if blocked := blockedBy(&v); blocked != (rollup.Blocked{}) {
					out[i].Blocked = blocked
				}
				if out[i].Blocked == (rollup.Blocked{}) && v.Standing == decision.Judged {
					closeMonth(&out[i], month, family, &v)
				}
			}
		}
	})
	return out
}

// asOf is the day that a month's figures describe; no day before it begins.
func asOf(month civil.Period, today civil.Day) civil.Day {
	if today < month.Start {
		return 0
	}
	return min(month.End, today)
}

// reportDays are the days on which months are judged, ascending.
func reportDays(months []civil.Period, today civil.Day) []civil.Day {
	var days []civil.Day
	for _, month := range months {
		if end := asOf(month, today); !end.IsZero() {
			days = append(days, month.Start.AddDays(-1), end)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

func monitored(v *decision.Verdict) bool {
	return v.Standing == decision.Judged && standingOf(v.Stage) == rollup.Monitored
}

// blockedBy is the fault for which a person must mend something before the day
// can be judged. That no plan is in force is none: nobody is monitored then.
func blockedBy(v *decision.Verdict) rollup.Blocked {
	switch v.Standing {
	case decision.PolicyInvalid:
		return rollup.Blocked{Reason: v1alpha1.ReasonPolicyInvalid, Subject: strings.Join(v.Policies, ", ")}
	case decision.PolicyConflict:
		return rollup.Blocked{Reason: v1alpha1.ReasonPolicyConflict, Subject: strings.Join(v.Policies, ", ")}
	}
	return rollup.Blocked{}
}

func standingOf(stage decision.Stage) rollup.Standing {
	switch stage {
	case decision.Monitored, decision.UnderElimination:
		return rollup.Monitored
	case decision.EliminatedStage:
		return rollup.Eliminated
	case decision.OutOfScope:
		return rollup.OutOfScope
	}
	return rollup.InScope
}

// closeMonth counts what holds on the last day, and what has happened since the
// first.
func closeMonth(m *rollup.Month, month civil.Period, f *decision.Family, v *decision.Verdict) {
	m.Contribution = contributionOf(f, v)
	for _, day := range v.Eliminations {
		if month.HoldsDay(day) {
			m.Eliminations++
		}
	}
	if m.Standing == rollup.InScope || m.Standing == rollup.Monitored {
		m.Measures = kindsInForce(f, v)
	}
	m.Surveyed = month.HoldsDay(v.Surveyed)
	for i := range v.Deadlines {
		if d := &v.Deadlines[i]; d.Kind == decision.SurveyDeadline {
			m.SurveyAsked = true
			m.SurveyMissing = d.Due <= month.End
		}
	}
	countPapers(m, month, f, v)
}

// contributionOf is what figures.Of reads from the status that the same verdict
// gives; a test compares the two.
func contributionOf(f *decision.Family, v *decision.Verdict) rollup.Contribution {
	c := rollup.Contribution{
		Standing: standingOf(v.Stage), Persons: f.Persons, Policy: v.Plan.Name, Tier: v.Tier, Category: v.Category,
		Overdue: v.Overdue, NextDeadline: v.NextDeadline,
	}
	if c.Standing == rollup.InScope || c.Standing == rollup.Monitored {
		c.Causes = v.Causes
	}
	for i := range v.Shortfalls {
		c.Shortfalls = append(c.Shortfalls, rollup.Shortfall{
			Standard: v.Shortfalls[i].Standard, Overdue: v.Shortfalls[i].State == decision.ShortfallOverdue,
		})
	}
	return c
}

// kindsInForce are the kinds of the measures that are planned and not cancelled
// on the day, one entry a measure, sorted.
func kindsInForce(f *decision.Family, v *decision.Verdict) []string {
	var kinds []string
	for i := range v.Measures {
		at := slices.IndexFunc(f.Measures, func(m decision.Measure) bool { return m.Name == v.Measures[i].Name })
		if at >= 0 {
			kinds = append(kinds, f.Measures[at].Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// countPapers counts the leads that are dated in the month and the reviews that
// had a part in it: opened, signed or ended in it, or open at its end.
func countPapers(m *rollup.Month, month civil.Period, f *decision.Family, v *decision.Verdict) {
	for i := range v.Signals {
		s := &v.Signals[i]
		if s.Ahead || !month.HoldsDay(f.Signals[i].Date) {
			continue
		}
		m.Signals = append(m.Signals, rollup.Paper{Name: f.Signals[i].Source, State: stateOr(s.Plan != nil, string(s.State))})
	}
	for i := range v.Reviews {
		r := &v.Reviews[i]
		if r.Ahead || !concernsMonth(&f.Reviews[i], r, month, v.Day) {
			continue
		}
		m.Reviews = append(m.Reviews, rollup.Paper{Name: f.Reviews[i].Purpose, State: stateOr(r.Procedure != nil, string(r.Stage))})
	}
}

func stateOr(judged bool, state string) string {
	if !judged {
		return PaperUnjudged
	}
	return state
}

func concernsMonth(r *decision.Review, v *decision.ReviewVerdict, month civil.Period, day civil.Day) bool {
	open := v.Procedure != nil && (v.Stage == decision.ReviewInProgress || v.Stage == decision.ReviewBlocked)
	if open || month.HoldsDay(r.Opened) || month.HoldsDay(v.Since) {
		return true
	}
	return slices.ContainsFunc(r.Records, func(record decision.Record) bool {
		return month.HoldsDay(record.Date) && record.Date <= day
	})
}

// ReportFault is why the figures of a day cannot be computed at a node, which the
// tree holds without a fault; nil if they can.
func (w *World) ReportFault(node string, day civil.Day) *Fault {
	n := w.nodes[node]
	if n == nil {
		return nil
	}
	for i := range n.line {
		if p := n.line[i].Plan; p != nil && p.Invalid && n.line[i].From <= day {
			return &Fault{Reason: v1alpha1.ReasonPolicyInvalid, Message: w.lang.brokenAdvice(p.Name)}
		}
	}
	s := n.line.On(day)
	switch {
	case s == nil:
		return &Fault{Reason: v1alpha1.ReasonNoPolicy, Message: w.lang.say(
			"No policy is in force at jurisdiction %s on %s, the day that the figures would describe: apply a MonitoringPolicy that holds on it, or delete this report.",
			"辖区 %s 在 %s（数据截止日）没有生效的方案：请提交当日有效的 MonitoringPolicy，或删除本月报。", node, day)}
	case s.Plan == nil:
		return w.BlockedFault(rollup.Blocked{Reason: v1alpha1.ReasonPolicyConflict, Subject: strings.Join(s.Conflict, ", ")})
	}
	return nil
}

// BlockedFault says what a person has to mend before families can be judged.
func (w *World) BlockedFault(b rollup.Blocked) *Fault {
	if b.Reason == v1alpha1.ReasonPolicyInvalid {
		return &Fault{Reason: b.Reason, Message: w.lang.brokenAdvice(b.Subject)}
	}
	return &Fault{Reason: b.Reason, Message: w.lang.say(
		"The policies %s begin on one day at one jurisdiction: end or move all but one (spec.effectiveFrom, spec.effectiveUntil).",
		"方案 %s 在同一辖区同日生效：请只保留一个，其余终止或改期（spec.effectiveFrom、spec.effectiveUntil）。", b.Subject)}
}

// Submitted is what was submitted by a day, as far as it was known; nil: nothing.
func (w *World) Submitted(r *v1alpha1.MonthlyReport, day civil.Day) *v1alpha1.Submission {
	s := r.Spec.Submitted
	if s == nil || dayOf(s.Date) > day || !(reader{w.knownAt}).knows(s.Entered, s.Date) {
		return nil
	}
	return s
}

// Asked is what a duty asks of a node's report of a month, as known on a day.
func (w *World) Asked(node string, month civil.Period, day civil.Day) (AskedReport, bool) {
	for _, asked := range w.ReportsAsked(node, min(month.End, day)) {
		if asked.Month == month {
			return asked, true
		}
	}
	return AskedReport{}, false
}
