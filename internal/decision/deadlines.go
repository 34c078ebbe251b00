// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// run is one run of a deadline: from its start to the day it was met. A run
// that is over stays, so that the same start begins no second one.
type run struct {
	kind   DeadlineKind
	name   string
	anchor civil.Day // what the start was taken from
	start  civil.Day
	due    civil.Day // zero: none was set, on purpose
	met    civil.Day // zero: still running
	rule   *DeadlineRule
}

func (r *run) running() bool { return r.met.IsZero() && !r.due.IsZero() }

// findRun returns the place of a run by kind and name, -1 if there is none.
func (j *judge) findRun(kind DeadlineKind, name string) int {
	for i := range j.runs {
		if j.runs[i].kind == kind && j.runs[i].name == name {
			return i
		}
	}
	return -1
}

// putRun begins a run, in the place of an earlier one of the same name.
func (j *judge) putRun(r run) {
	if i := j.findRun(r.kind, r.name); i >= 0 {
		j.runs[i] = r
		return
	}
	if j.runs == nil {
		j.runs = make([]run, 0, 4)
	}
	j.runs = append(j.runs, r)
}

func (j *judge) dueOf(d civil.Due, start civil.Day) civil.Day {
	return d.On(start, civil.DueContext{StartCounted: j.plan.StartDayCounted})
}

// startRemedy sets the standard's own due day from the day of routing.
func (j *judge) startRemedy(s *shortfall) {
	due := j.dueOf(j.plan.Standards[s.index].RemedyWithin, s.routed)
	if s.routed.IsZero() || due.IsZero() {
		return
	}
	j.putRun(run{kind: ShortfallDeadline, name: s.name, anchor: s.routed, start: s.routed, due: due})
}

func (j *judge) meetRemedy(s *shortfall) {
	if i := j.findRun(ShortfallDeadline, s.name); i >= 0 {
		j.runs[i].met = j.today
	}
}

// runDeadlines begins and meets the plan's deadlines of families.
func (j *judge) runDeadlines() {
	for i := range j.plan.Deadlines {
		j.runDeadline(&j.plan.Deadlines[i])
	}
	j.runPlanning()
}

func (j *judge) runDeadline(rule *DeadlineRule) {
	at, anchor := j.findRun(TierDeadline, rule.Name), j.anchor(rule)
	if at >= 0 && j.runs[at].running() {
		// Entering again while it runs starts none, not even when it is met.
		j.runs[at].anchor = max(j.runs[at].anchor, anchor)
		j.meet(at)
		return
	}
	if anchor.IsZero() || (at >= 0 && j.runs[at].anchor >= anchor) || !j.tierHeld(rule.Tiers) {
		return
	}
	r := run{kind: TierDeadline, name: rule.Name, anchor: anchor, start: max(anchor, j.stretch.From), rule: rule}
	if w, ok := civil.WindowOf(rule.Windows, r.start); ok {
		r.due = j.dueOf(w.Due, r.start)
	}
	j.putRun(r)
	j.meet(j.findRun(TierDeadline, rule.Name))
}

// anchor is the day that the deadline counts from, zero if it has not come.
func (j *judge) anchor(rule *DeadlineRule) civil.Day {
	switch rule.Starts {
	case StartIdentified:
		return j.identified
	case StartFirstShortfall:
		return j.firstRouted
	default:
		if j.tierName == Undetermined {
			return 0
		}
		return j.tierSince
	}
}

// meet ends the run if what it waits for is there today.
func (j *judge) meet(at int) {
	r := &j.runs[at]
	if r.running() && j.isMet(r) {
		r.met = j.today
	}
}

func (j *judge) isMet(r *run) bool {
	switch rule := r.rule; rule.MetWhen {
	case MetShortfallsClosed:
		return len(j.open) == 0 && len(j.unknown) == 0
	case MetRiskEliminated:
		return j.eliminated >= r.start
	case MetTierLeft:
		return !j.tierHeld(rule.Tiers)
	case MetIdentified:
		return !j.identified.IsZero()
	case MetRecorded:
		ledgers := j.ledgers()
		return len(ledgers) > 0 && j.recorded(ledgers)
	case MetDelivered:
		planned, delivered := j.countMeasures()
		return planned > 0 && planned == delivered
	default:
		return false
	}
}

// countMeasures counts the measures that are planned and not cancelled today,
// and of those the delivered ones.
func (j *judge) countMeasures() (planned, delivered int) {
	for i := range j.fam.Measures {
		m := &j.fam.Measures[i]
		if !m.CountsOn(&j.clock) {
			continue
		}
		planned++
		if !m.Delivered.IsZero() && j.reached(m.Delivered) {
			delivered++
		}
	}
	return planned, delivered
}

// planName is the name of the one deadline of kind Plan.
const planName = "plan"

// runPlanning keeps the deadline for a measure for each routed shortfall: it
// shows the one that has waited longest, and is met when all are covered.
func (j *judge) runPlanning() {
	if j.plan.Planning.Kind == civil.NoDue {
		return
	}
	first := civil.Day(0)
	for i := range j.open {
		s := &j.open[i]
		if j.lacksMeasure(s) {
			first = firstOf(first, s.routed)
		}
	}
	at := j.findRun(PlanDeadline, planName)
	running := at >= 0 && j.runs[at].running()
	switch {
	case first.IsZero() && running:
		j.runs[at].met = j.today
	case !first.IsZero() && (!running || j.runs[at].start != first):
		j.putRun(run{kind: PlanDeadline, name: planName, anchor: first, start: first, due: j.dueOf(j.plan.Planning, first)})
	}
}

// surveyName is the name of the one deadline of kind Survey.
const surveyName = "survey"

// takeSurveyDuty finds the survey entry that applies to the family today.
func (j *judge) takeSurveyDuty() {
	j.asking = nil
	if j.stage == OutOfScope || (j.stage == EliminatedStage && !j.keepWatching) {
		return
	}
	for i := range j.plan.Surveys {
		s := &j.plan.Surveys[i]
		if j.stage == EliminatedStage && len(s.Stages) == 0 {
			continue // only an entry that names this stage asks for more
		}
		if (len(s.Tiers) == 0 || contains(s.Tiers, j.tierName)) &&
			(len(s.Stages) == 0 || contains(s.Stages, string(j.stage))) {
			j.asking = s
			return
		}
	}
}

// surveyDuty is the survey that is due next, and what that follows from.
type surveyDuty struct {
	rule     *SurveyRule
	surveyed civil.Day
	period   civil.Period
	asked    bool // by the plan of the entry
}

// surveyDue is the period in which the next survey is due. It is asked for
// several times a day and changes with a survey or with the entry alone.
func (j *judge) surveyDue() (civil.Period, bool) {
	if j.asking == nil {
		return civil.Period{}, false
	}
	if j.duty.rule != j.asking || j.duty.surveyed != j.surveyed {
		j.duty = j.nextSurvey()
	}
	return j.duty.period, j.duty.asked
}

// nextSurvey finds the period after that of the last survey seen, or at first
// the plan's first. The plan in force on a period's last day rules it, so a plan
// asks for none that ends after itself.
func (j *judge) nextSurvey() surveyDuty {
	due := j.asking.Every.FirstFrom(j.asking.From)
	if last := j.surveyed; !last.IsZero() {
		if after := j.asking.Every.Next(j.asking.Every.PeriodOf(last)); after.Start > due.Start {
			due = after
		}
	}
	rules := j.line.On(due.End)
	return surveyDuty{rule: j.asking, surveyed: j.surveyed, period: due, asked: rules != nil && rules.Plan == j.plan}
}

// noteMissed keeps the runs of days on which a survey was overdue: from the due
// day that was missed until the family was surveyed, or no longer asked.
func (j *judge) noteMissed(late bool, due civil.Day) {
	last := len(j.missed) - 1
	running := last >= 0 && j.missed[last].Until.IsZero()
	switch {
	case late && !running:
		j.missed = append(j.missed, civil.Interval{From: due})
	case !late && running:
		j.missed[last].Until = j.today
	}
}

// shortfallDue is the earliest of the standard's own due day and those of the
// running deadlines that wait for the shortfalls to close.
func (j *judge) shortfallDue(s *shortfall) civil.Day {
	due := civil.Day(0)
	for i := range j.runs {
		r := &j.runs[i]
		if !r.running() {
			continue
		}
		own := r.kind == ShortfallDeadline && r.name == s.name
		common := r.rule != nil && r.rule.MetWhen == MetShortfallsClosed
		if own || common {
			due = firstOf(due, r.due)
		}
	}
	return due
}

// measureDue is the measure's own due day, else the earliest of the open
// shortfalls that it is for.
func (j *judge) measureDue(m *Measure) civil.Day {
	if !m.Due.IsZero() {
		return m.Due
	}
	due := civil.Day(0)
	for i := range j.open {
		if contains(m.For, j.open[i].name) {
			due = firstOf(due, j.shortfallDue(&j.open[i]))
		}
	}
	return due
}
