// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// procedures looks at minimum periods, notices and limits of steps.
func (s *scrutiny) procedures() {
	for i := range s.plan.Procedures {
		p := &s.plan.Procedures[i]
		path := fmt.Sprintf("spec.procedures[%d]", i)
		if earliest := p.Earliest(s.plan.From); p.Quarters > 0 && earliest > s.lastDay() {
			s.find(Finding{Code: MinimumTooLong, Path: path + ".minimum", Subjects: []any{s.plan.From, earliest, s.plan.Until}})
		}
		for k := range p.Steps {
			s.step(fmt.Sprintf("%s.steps[%d]", path, k), &p.Steps[k])
		}
	}
	for i := range s.plan.WarningLines {
		s.fixedDue(fmt.Sprintf("spec.warningLines[%d].verifyWithin", i), s.plan.WarningLines[i].VerifyWithin, s.plan.From, s.lastDay())
	}
	for i := range s.plan.Standards {
		s.fixedDue(fmt.Sprintf("spec.standards[%d].remedyWithin", i), s.plan.Standards[i].RemedyWithin, s.plan.From, s.lastDay())
	}
	s.fixedDue("spec.planning.within", s.plan.Planning, s.plan.From, s.lastDay())
}

// step looks whether a limit leaves room for what the step takes.
func (s *scrutiny) step(path string, step *decision.Step) {
	if step.Type == decision.PublicNotice && step.Within.Kind != civil.NoDue && s.noticeNeverFits(step) {
		s.find(Finding{Code: NoticeTooLong, Path: path + ".within", Subjects: []any{step.MinDays}})
		return
	}
	s.fixedDue(path+".within", step.Within, s.plan.From, s.lastDay())
}

// daysOfYears are as many start days as show every way in which a due rule counts.
const daysOfYears = 2 * 366

// noticeNeverFits says whether the notice stands beyond the step's limit whatever
// the day of the step ahead. It goes up on that day at the earliest, and is signed
// on the day after its last.
func (s *scrutiny) noticeNeverFits(step *decision.Step) bool {
	for n := range daysOfYears {
		ahead := s.plan.From.AddDays(n)
		due := step.Within.On(ahead, civil.DueContext{StartCounted: s.plan.StartDayCounted})
		if signed := civil.CountDays(ahead, step.MinDays, s.plan.StartDayCounted).AddDays(1); signed <= due {
			return false
		}
	}
	return true
}

// fixedDue looks at a fixed date: what starts after it is late at once.
func (s *scrutiny) fixedDue(path string, due civil.Due, from, until civil.Day) {
	if due.Kind == civil.DueDate && due.Date < until {
		if due.Date < from {
			s.find(Finding{Code: DueBeforeStart, Path: path, Subjects: []any{due.Date, from}})
		} else {
			s.find(Finding{Code: DueBeforeStart, Path: path, Subjects: []any{due.Date, due.Date.AddDays(1)}})
		}
	}
}

// deadlines looks for those that never start, cannot be met, or end with their plan.
func (s *scrutiny) deadlines() {
	for i := range s.plan.Deadlines {
		d := &s.plan.Deadlines[i]
		path := fmt.Sprintf("spec.deadlines[%d]", i)
		s.neverTaken(path+".tiers", d.Tiers)
		s.starts(path+".starts", d)
		s.metWhen(path+".metWhen", d)
		for k, w := range d.Windows {
			s.window(fmt.Sprintf("%s.due[%d]", path, k), w)
		}
		s.escalations(path+".escalate", d)
	}
}

// neverTaken finds tiers that no family takes.
func (s *scrutiny) neverTaken(path string, tiers []string) {
	for i, name := range tiers {
		for k := range s.plan.Tiers {
			if s.plan.Tiers[k].Name == name && s.found(fmt.Sprintf("spec.tiers[%d]", k), TierUnreachable) {
				s.find(Finding{Code: TierNeverTaken, Path: fmt.Sprintf("%s[%d]", path, i), Subjects: []any{name}})
			}
		}
	}
}

func (s *scrutiny) has(purpose v1alpha1.Purpose) bool {
	return s.plan.Procedure(string(purpose)) != nil
}

func (s *scrutiny) starts(path string, d *decision.DeadlineRule) {
	switch {
	case d.Starts == decision.StartTierSince && len(s.plan.Tiers) == 0:
		s.find(Finding{Code: DeadlineNeverStarts, Path: path})
	case d.Starts == decision.StartIdentified && !s.has(v1alpha1.PurposeIdentification):
		s.find(Finding{Code: NoIdentification, Path: path})
	case d.Starts == decision.StartFirstShortfall && len(s.plan.Standards) == 0:
		s.find(Finding{Code: NoStandards, Path: path})
	}
}

func (s *scrutiny) metWhen(path string, d *decision.DeadlineRule) {
	code := Code("")
	switch d.MetWhen {
	case decision.MetIdentified:
		if !s.has(v1alpha1.PurposeIdentification) {
			code = NoIdentification
		}
	case decision.MetRiskEliminated:
		if !s.has(v1alpha1.PurposeElimination) {
			code = NoElimination
		}
	case decision.MetShortfallsClosed:
		if len(s.plan.Standards) == 0 {
			code = NoStandards
		}
	case decision.MetDelivered:
		if !s.proposesAny() {
			code = NoMeasures
		}
	case decision.MetRecorded:
		s.recorded(path, d)
	}
	if code != "" {
		s.find(Finding{Code: code, Path: path})
	}
}

func (s *scrutiny) proposesAny() bool {
	n := 0
	for i := range s.plan.Standards {
		n += len(s.plan.Standards[i].Measures)
	}
	for i := range s.plan.Tiers {
		n += len(s.plan.Tiers[i].Measures)
	}
	for i := range s.plan.Categories {
		n += len(s.plan.Categories[i].Measures)
	}
	return n > 0
}

// recorded finds tiers in which there is nothing to enter a family into.
func (s *scrutiny) recorded(path string, d *decision.DeadlineRule) {
	for i := range s.plan.Categories {
		if len(s.plan.Categories[i].Ledgers) > 0 {
			return
		}
	}
	var without []string
	for i := range s.plan.Tiers {
		t := &s.plan.Tiers[i]
		if concerns := len(d.Tiers) == 0 || slices.Contains(d.Tiers, t.Name); concerns && len(t.Ledgers) == 0 {
			without = append(without, t.Name)
		}
	}
	if len(without) > 0 || len(s.plan.Tiers) == 0 {
		s.find(Finding{Code: NoLedgers, Path: path, Subjects: []any{without}})
	}
}

// window looks at the due days of those that start in a window within the plan.
func (s *scrutiny) window(path string, w civil.Window) {
	days, some := w.Interval().Intersect(civil.Interval{From: s.plan.From, Until: s.plan.Until})
	if !some || w.Due.Kind == civil.NoDue {
		return
	}
	last := days.Until
	if last.IsZero() {
		last = civil.Last
	}
	s.fixedDue(path, w.Due, days.From, last)
	if first := s.dueOf(w.Due, days.From); first > s.lastDay() {
		s.find(Finding{Code: DueAfterEnd, Path: path, Subjects: []any{days.From, first, s.plan.Until}})
	}
}

func (s *scrutiny) dueOf(due civil.Due, start civil.Day) civil.Day {
	return due.On(start, civil.DueContext{StartCounted: s.plan.StartDayCounted})
}

// escalations finds those that come after the plan, with which the deadline ends.
func (s *scrutiny) escalations(path string, d *decision.DeadlineRule) {
	first := civil.Day(0)
	for _, w := range d.Windows {
		days, some := w.Interval().Intersect(civil.Interval{From: s.plan.From, Until: s.plan.Until})
		if due := s.dueOf(w.Due, days.From); some && !due.IsZero() && (first.IsZero() || due < first) {
			first = due
		}
	}
	if first.IsZero() || first > s.lastDay() {
		return // said of the due day already
	}
	for k, e := range d.Escalate {
		if told := first.AddDays(e.AfterDays + 1); told > s.lastDay() {
			s.find(Finding{Code: EscalationAfterEnd, Path: fmt.Sprintf("%s[%d]", path, s.escalationAt(d, k)), Subjects: []any{told, s.plan.Until}})
		}
	}
}

// escalationAt is where the escalation stands in the plan, which need not list them
// in the order of days.
func (s *scrutiny) escalationAt(d *decision.DeadlineRule, k int) int {
	for i := range s.spec.Deadlines {
		if string(s.spec.Deadlines[i].Name) != d.Name {
			continue
		}
		for n, e := range s.spec.Deadlines[i].Escalate {
			if int(e.After.Days) == d.Escalate[k].AfterDays && string(e.To) == d.Escalate[k].To {
				return n
			}
		}
	}
	return k
}

// surveys looks for entries by which no survey is ever asked.
func (s *scrutiny) surveys() {
	for i := range s.plan.Surveys {
		r := &s.plan.Surveys[i]
		path := fmt.Sprintf("spec.surveys[%d]", i)
		s.neverTaken(path+".tiers", r.Tiers)
		if first := r.Every.FirstFrom(r.From); !first.IsZero() && first.End > s.lastDay() {
			s.find(Finding{Code: SurveyNeverDue, Path: path, Subjects: []any{first.Start, first.End, s.plan.Until}})
		}
		if others := s.surveyCoverers(i); others != nil {
			s.find(Finding{Code: SurveyCovered, Path: path, Others: others})
		}
	}
}

// surveyCoverers are the earlier entries that take every family of this one; nil if
// some family is left to it, or if compiling warned of it.
func (s *scrutiny) surveyCoverers(at int) []string {
	var others []string
	r := &s.plan.Surveys[at]
	for _, tier := range orAny(r.Tiers, s.tierNames()) {
		for _, stage := range orAny(r.Stages, stages) {
			if stage == string(v1alpha1.StageEliminated) && len(r.Stages) == 0 {
				continue // which an entry without stages does not ask
			}
			by := s.firstSurvey(tier, stage, at)
			if by < 0 || len(s.plan.Surveys[by].Tiers) == 0 && len(s.plan.Surveys[by].Stages) == 0 {
				return nil
			}
			if path := fmt.Sprintf("spec.surveys[%d]", by); !slices.Contains(others, path) {
				others = append(others, path)
			}
		}
	}
	return others
}

// stages are those in which a survey can be asked.
var stages = []string{
	string(v1alpha1.StageUnderElimination), string(v1alpha1.StageMonitored), string(v1alpha1.StageUnderReview),
	string(v1alpha1.StageEliminated), string(v1alpha1.StageWatched),
}

// tierNames are the tiers, and none and undetermined, in which families are too.
func (s *scrutiny) tierNames() []string {
	names := []string{"", decision.Undetermined}
	for i := range s.plan.Tiers {
		names = append(names, s.plan.Tiers[i].Name)
	}
	return names
}

func orAny(named, all []string) []string {
	if len(named) == 0 {
		return all
	}
	return named
}

// firstSurvey is the first entry before one that fits a family; -1 if none does.
func (s *scrutiny) firstSurvey(tier, stage string, before int) int {
	for i := range before {
		r := &s.plan.Surveys[i]
		if stage == string(v1alpha1.StageEliminated) && len(r.Stages) == 0 {
			continue
		}
		if (len(r.Tiers) == 0 || slices.Contains(r.Tiers, tier)) && (len(r.Stages) == 0 || slices.Contains(r.Stages, stage)) {
			return i
		}
	}
	return -1
}

// duties looks for those that never fall due while the plan is in force.
func (s *scrutiny) duties() {
	for i := range s.spec.Duties {
		d := &s.spec.Duties[i]
		path := fmt.Sprintf("spec.duties[%d]", i)
		from, err := civil.ParseDay(string(d.From))
		if err != nil {
			from = s.plan.From
		}
		if d.Every == "" {
			if due, fixed := fixedDate(&d.Due); fixed && due < from {
				s.find(Finding{Code: DueBeforeStart, Path: path + ".due", Subjects: []any{due, from}})
			}
			continue
		}
		if cycle, err := civil.ParseCycle(string(d.Every)); err == nil {
			s.periods(path, d, cycle, from)
		}
	}
}

func fixedDate(due *v1alpha1.Due) (civil.Day, bool) {
	day, err := civil.ParseDay(string(due.Date))
	return day, err == nil
}

// periods looks for a period of the duty that ends within the plan, in one of the
// months that it names.
func (s *scrutiny) periods(path string, d *v1alpha1.Duty, cycle civil.Cycle, from civil.Day) {
	asked := func(p civil.Period) bool {
		return len(d.Months) == 0 || slices.Contains(d.Months, int32(p.End.Month()))
	}
	first := cycle.PeriodOf(from)
	year := first.Start.AddMonths(12)
	next := civil.Period{} // the first one that is asked
	for p := first; !p.IsZero() && p.Start <= year; p = cycle.Next(p) {
		if next.IsZero() && asked(p) {
			next = p
		}
	}
	if !next.IsZero() && next.End <= s.lastDay() {
		return
	}
	if next.IsZero() {
		s.find(Finding{Code: DutyMonthsMissed, Path: path + ".months", Subjects: []any{string(d.Every), d.Months}})
		return
	}
	s.find(Finding{Code: DutyNeverDue, Path: path, Subjects: []any{next.End, s.plan.Until}})
}
