// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"sort"

	"fangpin.io/fangpin/internal/civil"
)

// The names of what can stand in the way of an elimination, beside the plan's
// own blockers.
const (
	HoldMinimumPeriod  = "minimum-period"
	HoldNotStable      = "not-stable"
	HoldShortfallsOpen = "shortfalls-open"
	HoldNotIdentified  = "not-identified"
	HoldFactsMissing   = "facts-missing"
)

// Hold is something that stands in the way of the last step of a procedure.
type Hold struct {
	Name    string
	Message string    // the plan's words, of its own blockers
	Lifts   civil.Day // the first day on which it could be gone; zero: not known
	Names   []string  // the open shortfalls, or the missing facts
	Want    int       // surveys in a row without a shortfall, of not-stable
	Got     int
}

// include makes the family a monitored object from the day on (纳入). Where nothing
// was heard of it since its elimination, its standards are asked from today on.
func (j *judge) include(day civil.Day) {
	quiet := j.quiet()
	j.identified = day
	if j.facts.Eliminated {
		j.facts.Eliminated = false
		j.forget(ReadEliminated)
	}
	if quiet {
		j.checkStandards()
	}
}

// eliminate lets an elimination take effect (风险消除): the family is no monitored
// object any more, and only later surveys, signals and marks judge it. Where it
// takes effect only after its day, since its review had to wait for another, what
// came to light in between is later already; one that an elimination of a later
// day overtook has nothing left to do.
func (j *judge) eliminate(f *file) {
	if f.completed < j.eliminated {
		return
	}
	if !j.identified.IsZero() {
		j.eliminations = append(j.eliminations, j.today)
	}
	j.eliminated, j.keepWatching, j.fallen = f.completed, f.proc.KeepWatching, false
	j.identified, j.frozen = 0, ""
	j.stable, j.surveyedToday = 0, false
	later := j.open[:0]
	for i := range j.open {
		if j.open[i].since > f.completed {
			later = append(later, j.open[i])
			continue
		}
		j.meetRemedy(&j.open[i])
	}
	j.open, j.unknown, j.doubts = later, j.unknown[:0], j.doubts[:0]
	for n := j.read.marks; j.read.pastMarks < n && j.fam.Marks[j.read.pastMarks].Date <= f.completed; {
		j.read.pastMarks++
	}
	if j.surveyed <= f.completed {
		j.facts.Survey, j.facts.SurveyDate = nil, 0
	}
	j.facts.Marks = j.fam.Marks[j.read.pastMarks:j.read.marks]
	j.facts.Eliminated = true
	j.refreshUnmet()
	j.forget(ReadAll)
	j.followLeads()
	j.checkStandards()
}

// quiet reports whether nothing has been heard of the family since its
// elimination: until then it has neither category nor tier.
func (j *judge) quiet() bool {
	return j.facts.Eliminated && j.facts.Survey == nil && len(j.facts.Marks) == 0 && len(j.facts.Signals) == 0
}

// noteStability counts how many of the last surveys in a row found the family
// without a shortfall. What is not known is not stable.
func (j *judge) noteStability() { j.stable, j.surveyedToday = j.stableSurveys(), false }

func (j *judge) stableSurveys() int {
	switch {
	case !j.surveyedToday:
		return j.stable
	case len(j.open) > 0 || len(j.unknown) > 0:
		return 0
	}
	return j.stable + 1
}

// eligible reports whether nothing stands in the way of an elimination today.
func (j *judge) eligible() bool {
	proc := j.plan.Procedure(purposeElimination)
	earliest := proc.Earliest(j.identified)
	if j.identified.IsZero() || (!earliest.IsZero() && !j.reached(earliest)) {
		return false
	}
	if j.stable < proc.StableSurveys || len(j.open) > 0 || len(j.unknown) > 0 {
		return false
	}
	for i := range proc.Blockers {
		if j.ask(&proc.Blockers[i].When).Truth != No {
			return false
		}
	}
	return true
}

// eliminationHolds lists all that stands in the way of an elimination that is
// dated on a day, today or before, by name: a record of a day without a plan is
// met only when there is one again.
func (j *judge) eliminationHolds(p *Plan, proc *Procedure, dated civil.Day) []Hold {
	var holds []Hold
	if j.identified.IsZero() {
		holds = append(holds, Hold{Name: HoldNotIdentified})
	}
	if earliest := proc.Earliest(j.identified); !earliest.IsZero() && (!j.reached(earliest) || dated < earliest) {
		holds = append(holds, Hold{Name: HoldMinimumPeriod, Lifts: earliest})
	}
	if got := j.stableSurveys(); got < proc.StableSurveys {
		holds = append(holds, Hold{Name: HoldNotStable, Want: proc.StableSurveys, Got: got})
	}
	if len(j.open) > 0 {
		h := Hold{Name: HoldShortfallsOpen}
		for i := range j.open {
			h.Names = append(h.Names, j.open[i].name)
		}
		holds = append(holds, h)
	}
	return j.blockerHolds(p, proc, holds)
}

// blockerHolds adds the plan's own blockers and, where facts are missing to tell
// them or a standard, that.
func (j *judge) blockerHolds(p *Plan, proc *Procedure, holds []Hold) []Hold {
	var missing []string
	unknown := false
	if proc.Purpose == purposeElimination && len(j.unknown) > 0 {
		missing, unknown = j.missingOfStandards(), true
	}
	for i := range proc.Blockers {
		b := &proc.Blockers[i]
		switch a := j.askUnder(p, &b.When); a.Truth {
		case Yes:
			holds = append(holds, Hold{Name: b.Name, Message: b.Message})
		case Unknown:
			missing, unknown = append(missing, a.Missing...), true
		}
	}
	if unknown {
		holds = append(holds, Hold{Name: HoldFactsMissing, Names: sortedSet(missing)})
	}
	sort.SliceStable(holds, func(a, b int) bool { return holds[a].Name < holds[b].Name })
	return holds
}

// askUnder puts a rule of any plan to today's facts, with that plan's parameters.
func (j *judge) askUnder(p *Plan, rule *Predicate) Answer {
	if p == j.plan {
		return j.ask(rule)
	}
	if rule.Reads&ReadToday != 0 {
		j.reached(j.today.AddDays(1))
	}
	own := j.facts.Params
	j.facts.Params = make([]Value, len(p.Parameters))
	for i := range p.Parameters {
		j.facts.Params[i] = j.valueToday(&p.Parameters[i])
	}
	j.facts.Family, j.facts.Today = j.fam, j.today
	a := j.workOut(rule)
	j.facts.Params = own
	return a
}

func (j *judge) concludeElimination(v *Verdict) {
	proc := j.plan.Procedure(purposeElimination)
	if proc == nil || !j.checks[EliminationEligible].Asked {
		return
	}
	v.Elimination = &EliminationVerdict{Earliest: proc.Earliest(j.identified), Holds: j.eliminationHolds(j.plan, proc, j.today)}
}
