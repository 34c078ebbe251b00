// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"sort"

	"fangpin.io/fangpin/internal/civil"
)

// takeChecks answers the yes-or-no statements of the day, so that each knows
// the first day of its unbroken run.
func (j *judge) takeChecks() {
	if j.stage != OutOfScope {
		j.doubtRouting()
	}
	j.check(FactsComplete, true, len(j.doubts) == 0)

	period, due := j.surveyDue()
	late := due && j.passed(period.End)
	j.check(SurveyCurrent, j.asking != nil, !late)
	j.noteMissed(late, period.End)
	j.check(OnTrack, true, j.countOverdue() == 0)
	ledgers := j.ledgers()
	j.check(Recorded, len(ledgers) > 0, j.recorded(ledgers))
	asked := j.stage != OutOfScope && j.stage != EliminatedStage && j.hasProcedure(purposeElimination)
	j.check(EliminationEligible, asked, asked && j.eligible())

	planned, delivered := j.countMeasures()
	j.check(Covered, true, !j.anyUncovered())
	j.check(Delivered, planned > 0, planned == delivered)
	j.check(Effective, delivered > 0, !j.anyIneffective())
}

func (j *judge) check(c Check, asked, holds bool) {
	s := &j.checks[c]
	if s.Asked == asked && s.Holds == (asked && holds) && !s.Since.IsZero() {
		return
	}
	*s = CheckState{Asked: asked, Holds: asked && holds, Since: j.today}
}

// countOverdue counts the overdue deadlines of the family, unlisted ones not.
func (j *judge) countOverdue() int {
	if j.stage == OutOfScope {
		return 0
	}
	n := 0
	for i := range j.runs {
		if r := &j.runs[i]; r.running() && j.passed(r.due) {
			n++
		}
	}
	if p, asked := j.surveyDue(); asked && j.passed(p.End) {
		n++
	}
	for i := range j.fam.Measures {
		m := &j.fam.Measures[i]
		if !m.Due.IsZero() && m.CountsOn(&j.clock) && j.lateMeasure(m) {
			n++
		}
	}
	j.paperDeadlines(func(d Deadline) {
		if d.State == DeadlineOverdue {
			n++
		}
	})
	return n
}

// paperDeadlines lists the deadlines of verifications and of steps.
func (j *judge) paperDeadlines(list func(Deadline)) {
	for i := range j.leads {
		if d, ok := j.verification(i); ok {
			list(d)
		}
	}
	for i := range j.files {
		j.stepDeadlines(i, list)
	}
}

// lateMeasure reports whether the measure's own due day went by undelivered.
func (j *judge) lateMeasure(m *Measure) bool {
	return !j.delivered(m) && j.passed(m.Due)
}

func (j *judge) delivered(m *Measure) bool {
	return !m.Delivered.IsZero() && j.reached(m.Delivered)
}

// uncovered lists the routed shortfalls that no measure is for.
func (j *judge) uncovered() []string {
	if !j.anyUncovered() {
		return nil
	}
	var names []string
	for i := range j.open {
		if s := &j.open[i]; j.lacksMeasure(s) {
			names = append(names, s.name)
		}
	}
	return names
}

func (j *judge) anyUncovered() bool {
	if j.stage == OutOfScope {
		return false
	}
	for i := range j.open {
		if j.lacksMeasure(&j.open[i]) {
			return true
		}
	}
	return false
}

func (j *judge) lacksMeasure(s *shortfall) bool {
	return !s.routed.IsZero() && !j.covered(s.name)
}

// ineffective reports whether a delivered measure has not made its standard
// hold: a survey dated after the delivery says so.
func (j *judge) ineffective(m *Measure) bool {
	if !j.delivered(m) || j.surveyed <= m.Delivered {
		return false
	}
	for i := range j.plan.Standards {
		if j.answers[i] == No && contains(m.For, j.plan.Standards[i].Name) {
			return true
		}
	}
	return false
}

func (j *judge) anyIneffective() bool {
	for i := range j.fam.Measures {
		if m := &j.fam.Measures[i]; m.CountsOn(&j.clock) && j.ineffective(m) {
			return true
		}
	}
	return false
}

// conclude writes today's verdict from the state of the replay.
func (j *judge) conclude() Verdict {
	v := Verdict{Day: j.today, Missed: j.missed, judge: j}
	switch {
	case j.stretch != nil && len(j.stretch.Conflict) > 0:
		v.Standing, v.Policies = PolicyConflict, j.stretch.Conflict
	case j.plan == nil:
		v.Standing = NoPolicy
	default:
		v.Plan = j.plan
		j.concludeFamily(&v)
		j.concludeMeasures(&v)
		j.concludeSignals(&v)
		j.concludeReviews(&v)
	}
	v.NextChange = j.next
	return v
}

func (j *judge) concludeFamily(v *Verdict) {
	v.Stage, v.Tier, v.TierSince = j.stage, j.tierName, j.tierSince
	v.Category = j.facts.Category
	if j.facts.Undecided {
		v.Category = Undetermined
	}
	v.Identified, v.Surveyed, v.Eliminations = j.identified, j.surveyed, j.eliminations
	v.Missing, v.Checks = j.gaps(), j.checks
	v.History = j.history[max(0, len(j.history)-HistoryLength):]
	if s := j.facts.Survey; s != nil && len(s.Causes) > 0 {
		v.Causes = sortedSet(append([]string(nil), s.Causes...))
	}
	v.Ledgers = j.ledgers()
	v.Unrecorded = j.unrecorded(v.Ledgers)
	if j.tier != nil {
		for i := range j.tier.Rules {
			if r := &j.tier.Rules[i]; j.ask(&r.When).Truth == Yes {
				v.Reasons = append(v.Reasons, r)
			}
		}
	}
	v.Proposed = j.proposedForFamily()
	if j.stage == OutOfScope {
		return
	}
	v.Uncovered = j.uncovered()
	j.concludeElimination(v)
	j.concludeShortfalls(v)
	j.concludeDeadlines(v)
}

func (j *judge) concludeShortfalls(v *Verdict) {
	if len(j.open) > 0 {
		v.Shortfalls = make([]Shortfall, 0, len(j.open))
	}
	for i := range j.open {
		s := &j.open[i]
		out := Shortfall{
			Standard: s.name, Since: s.since, Routed: s.routed,
			Due:      j.shortfallDue(s),
			Measures: j.measuresFor(s.name),
			Proposed: j.proposals(j.plan.Standards[s.index].Measures),
			State:    ShortfallOpen,
		}
		if !s.routed.IsZero() {
			out.Departments = j.departments(s)
		}
		switch {
		case s.routed.IsZero():
			out.State = ShortfallFound
		case !out.Due.IsZero() && j.passed(out.Due):
			out.State = ShortfallOverdue
		case len(out.Measures) > 0:
			out.State = ShortfallCovered
		}
		v.Shortfalls = append(v.Shortfalls, out)
	}
}

func (j *judge) concludeDeadlines(v *Verdict) {
	for i := range j.runs {
		r := &j.runs[i]
		if r.due.IsZero() || (!r.met.IsZero() && j.reached(r.met.EndOfYear().AddDays(1))) {
			continue
		}
		d := Deadline{Kind: r.kind, Name: r.name, Start: r.start, Due: r.due}
		j.settle(&d, r.met)
		if d.State == DeadlineOverdue && r.rule != nil {
			d.EscalatedTo = j.escalatedTo(r)
		}
		v.Deadlines = append(v.Deadlines, d)
	}
	if p, asked := j.surveyDue(); asked {
		d := Deadline{Kind: SurveyDeadline, Name: surveyName, Start: p.Start, Due: p.End}
		j.settle(&d, 0)
		v.Deadlines = append(v.Deadlines, d)
	}
	for i := range j.fam.Measures {
		if m := &j.fam.Measures[i]; !m.Due.IsZero() && m.CountsOn(&j.clock) {
			j.concludeMeasureDeadline(v, m)
		}
	}
	j.paperDeadlines(func(d Deadline) { v.Deadlines = append(v.Deadlines, d) })
	sort.SliceStable(v.Deadlines, func(a, b int) bool {
		x, y := &v.Deadlines[a], &v.Deadlines[b]
		if x.Kind != y.Kind {
			return kindOrder(x.Kind) < kindOrder(y.Kind)
		}
		return x.Name < y.Name
	})
	for i := range v.Deadlines {
		switch d := &v.Deadlines[i]; d.State {
		case DeadlinePending:
			v.NextDeadline = firstOf(v.NextDeadline, d.Due)
		case DeadlineOverdue:
			v.Overdue++
		}
	}
}

func (j *judge) concludeMeasureDeadline(v *Verdict, m *Measure) {
	met := civil.Day(0)
	if j.delivered(m) {
		met = m.Delivered
		if j.reached(met.EndOfYear().AddDays(1)) {
			return
		}
	}
	start := m.Date
	if start.IsZero() {
		start = j.plan.From
	}
	d := Deadline{Kind: MeasureDeadline, Name: m.Name, Start: start, Due: m.Due}
	j.settle(&d, met)
	v.Deadlines = append(v.Deadlines, d)
}

// settle says whether the deadline was kept. The due day itself is in time.
func (j *judge) settle(d *Deadline, met civil.Day) {
	switch {
	case !met.IsZero() && met <= d.Due:
		d.State = DeadlineMet
	case !met.IsZero():
		d.State = DeadlineMetLate
	case j.passed(d.Due):
		d.State = DeadlineOverdue
	default:
		d.State = DeadlinePending
	}
}

// escalatedTo is the last level that has been told: from the day after the due
// day plus the rule's days on.
func (j *judge) escalatedTo(r *run) string {
	to := ""
	for _, e := range r.rule.Escalate {
		if j.passed(r.due.AddDays(e.AfterDays)) {
			to = e.To
		}
	}
	return to
}

func kindOrder(k DeadlineKind) int {
	for i, kind := range [...]DeadlineKind{
		TierDeadline, SurveyDeadline, PlanDeadline, ShortfallDeadline,
		StepDeadline, VerificationDeadline, MeasureDeadline,
	} {
		if k == kind {
			return i
		}
	}
	return len(string(k))
}

func (j *judge) concludeMeasures(v *Verdict) {
	for i := range j.fam.Measures {
		m := &j.fam.Measures[i]
		if !m.CountsOn(&j.clock) {
			continue
		}
		out := MeasureVerdict{Name: m.Name, Due: j.measureDue(m), State: MeasurePlanned}
		switch {
		case j.ineffective(m):
			out.State = MeasureIneffective
		case j.delivered(m):
			out.State = MeasureDelivered
		case !out.Due.IsZero() && j.passed(out.Due):
			out.State = MeasureOverdue
		}
		v.Measures = append(v.Measures, out)
	}
	sort.Slice(v.Measures, func(a, b int) bool { return v.Measures[a].Name < v.Measures[b].Name })
}
