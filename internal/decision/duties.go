// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"cmp"
	"slices"

	"fangpin.io/fangpin/internal/civil"
)

// DutyMetWhen is what meets a duty.
type DutyMetWhen uint8

// What meets a duty.
const (
	DutyRecorded        DutyMetWhen = iota // a record that it was done
	DutyReportSubmitted                    // the report of the period's last month
	DutySurveysDone                        // a survey of every family that was asked for one
	DutySignalsArrived                     // leads of the department's feed, or a record that there were none
)

// DutyRule is a duty of jurisdictions, or of a department at them (工作任务).
type DutyRule struct {
	Name       string
	Level      string
	Department string      // "": the jurisdiction itself
	Every      civil.Cycle // Once: done once, or counted from the last time
	Months     []int       // of the period's last day; none: all
	From       civil.Day   // the first period is the one that holds it
	Due        civil.Due
	MetWhen    DutyMetWhen
	Escalate   []Escalation // ascending by AfterDays
}

// DutyFacts is what was done at one jurisdiction. Days that have not come yet
// count for nothing yet.
type DutyFacts struct {
	Submissions []Submission
	Records     []DutyRecord
	Evidence    // of the families at the jurisdiction and below
}

// Evidence is what families and their papers say of duties. Most say nothing.
type Evidence struct {
	// Missed are the runs of days on which a family's survey was overdue: From is
	// the due day that was missed, Until the day on which it was made up for, or
	// zero.
	Missed []civil.Interval
	// Arrivals are leads that departments sent.
	Arrivals []Arrival
}

// IsZero reports whether nothing is said.
func (e *Evidence) IsZero() bool { return len(e.Missed)+len(e.Arrivals) == 0 }

// Add adds what others say.
func (e *Evidence) Add(other *Evidence) {
	e.Missed = append(e.Missed, other.Missed...)
	e.Arrivals = append(e.Arrivals, other.Arrivals...)
}

// Equal reports whether two say the same.
func (e *Evidence) Equal(other *Evidence) bool {
	return slices.Equal(e.Missed, other.Missed) && slices.Equal(e.Arrivals, other.Arrivals)
}

// Submission is a month's report that was submitted.
type Submission struct {
	Month civil.Period
	Date  civil.Day
}

// DutyRecord says that a duty was done.
type DutyRecord struct {
	Duty   string
	Period string       // by name; "": that of the report in which it stands
	Month  civil.Period // of that report
	Date   civil.Day
}

// Arrival is a lead that a department sent.
type Arrival struct {
	Department string
	Period     string // of the feed, by name; "": the one that holds the date
	Date       civil.Day
}

// DutyState is where a period of a duty stands.
type DutyState string

// The states of duties.
const (
	DutyPending DutyState = "Pending" // its period runs, or is still ahead
	DutyDue     DutyState = "Due"
	DutyOverdue DutyState = "Overdue"
	DutyMet     DutyState = "Met"
	DutyMetLate DutyState = "MetLate"
)

// DutyVerdict is what is concluded about one period of a duty.
type DutyVerdict struct {
	Rule        *DutyRule
	Plan        *Plan
	Period      string // "": it is done once, or counts from the last time
	Due         civil.Day
	State       DutyState
	Met         civil.Day // zero: not met
	EscalatedTo string
}

// shownOverdue is how many overdue periods of one duty are shown at most.
const shownOverdue = 12

// Duties concludes where the duties of a jurisdiction of a level stand on a day:
// of each the overdue periods, oldest first and at most twelve, the last one met,
// those that are due, and the next one. Of plans that were replaced, what is
// unmet stays. Next is the first day on which anything could change; zero:
// never. It is not ok while a plan does not compile by which it would have to be
// judged: then nothing is concluded.
func Duties(line Timeline, level string, facts DutyFacts, today civil.Day) (verdicts []DutyVerdict, next civil.Day, ok bool) {
	if invalidBefore(line, today) != "" {
		return nil, nextStretch(line, today), false
	}
	d := &dutyJudge{clock: clock{today: today}, line: line, facts: facts}
	var names []string
	byName := map[string][]DutyVerdict{}
	for i := range line {
		s := &line[i]
		if !d.reached(s.From) {
			break
		}
		current := !d.passed(s.Until)
		if s.Plan == nil {
			continue
		}
		for k := range s.Plan.Duties {
			rule := &s.Plan.Duties[k]
			if rule.Level != level {
				continue
			}
			if !slices.Contains(names, rule.Name) {
				names = append(names, rule.Name)
			}
			// What the plan before asked for under the same name, and what is no longer
			// asked for and was done, is history.
			byName[rule.Name] = append(d.unmet(byName[rule.Name]), d.instances(i, rule, current)...)
		}
	}
	// The plan in force tells the order; what only earlier ones ask comes after it.
	if s := line.On(today); s != nil && s.Plan != nil {
		slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(s.Plan.dutyPlace(a), s.Plan.dutyPlace(b)) })
	}
	for _, name := range names {
		verdicts = append(verdicts, d.shown(byName[name])...)
	}
	return verdicts, d.next, true
}

// dutyPlace is where the plan lists a duty; after the last if it does not.
func (p *Plan) dutyPlace(name string) int {
	for i := range p.Duties {
		if p.Duties[i].Name == name {
			return i
		}
	}
	return len(p.Duties)
}

// dutyJudge judges duties on one day.
type dutyJudge struct {
	clock
	line  Timeline
	facts DutyFacts
}

// unmet keeps what is still to be done.
func (d *dutyJudge) unmet(in []DutyVerdict) []DutyVerdict {
	return slices.DeleteFunc(in, func(v DutyVerdict) bool { return !v.Met.IsZero() })
}

// instances judges all periods of a duty that a stretch rules: those whose last
// day it holds. The stretch is over unless it is current.
func (d *dutyJudge) instances(at int, rule *DutyRule, current bool) []DutyVerdict {
	s := &d.line[at]
	var out []DutyVerdict
	switch {
	case rule.Due.Kind != civil.DueSinceLast && rule.Every != civil.Once:
		out = d.periods(s, rule)
	case d.ruledAgain(at):
		// Without periods it is asked for once, and judged where the plan stands last.
	case rule.Due.Kind == civil.DueSinceLast:
		out = d.sinceLast(s, rule)
	default:
		out = d.once(at, rule)
	}
	if !current {
		// An ended plan asks for nothing new, and what was not late when it ended and
		// has no period is no longer asked for.
		out = slices.DeleteFunc(out, func(v DutyVerdict) bool {
			return !v.Met.IsZero() || v.State == DutyPending || v.Period == "" && v.Due > s.Until
		})
	}
	return out
}

// ruledAgain reports whether the stretch's plan has come into force again by
// today, as an older plan does when a newer one ends.
func (d *dutyJudge) ruledAgain(at int) bool {
	for i := at + 1; i < len(d.line) && d.reached(d.line[i].From); i++ {
		if d.line[i].Plan == d.line[at].Plan {
			return true
		}
	}
	return false
}

// sinceLast judges a duty that counts from the last time it was done.
func (d *dutyJudge) sinceLast(s *Stretch, rule *DutyRule) []DutyVerdict {
	last := rule.From
	for i := range d.facts.Records {
		r := &d.facts.Records[i]
		if r.Duty == rule.Name && r.Date >= rule.From && d.reached(r.Date) {
			last = max(last, r.Date)
		}
	}
	if last > s.Until {
		return nil // done after the plan ended, which asks for no next time
	}
	v := d.judge(s.Plan, rule, civil.Period{}, rule.Due.On(last, civil.DueContext{}), 0)
	if v.State == DutyDue {
		v.State = DutyPending // it runs until it is due
	}
	return []DutyVerdict{v}
}

// once judges a duty that is done once. A record of before the plan counts for
// it, unless an earlier plan asks for the same.
func (d *dutyJudge) once(at int, rule *DutyRule) []DutyVerdict {
	plan, after := d.line[at].Plan, civil.Day(0)
	for _, s := range d.line[:at] {
		if s.Plan != nil && s.Plan != plan && s.Plan.dutyPlace(rule.Name) < len(s.Plan.Duties) {
			after = s.Until
		}
	}
	first := civil.Day(0)
	consider := func(day civil.Day) {
		if day > after && d.reached(day) {
			first = firstOf(first, day)
		}
	}
	switch rule.MetWhen {
	case DutyReportSubmitted:
		for i := range d.facts.Submissions {
			consider(d.facts.Submissions[i].Date)
		}
	case DutySignalsArrived:
		for i := range d.facts.Arrivals {
			if a := &d.facts.Arrivals[i]; a.Department == rule.Department && a.Date >= rule.From {
				consider(a.Date)
			}
		}
	}
	for i := range d.facts.Records {
		if r := &d.facts.Records[i]; r.Duty == rule.Name && rule.MetWhen != DutyReportSubmitted {
			consider(r.Date)
		}
	}
	due := rule.Due.On(rule.From, civil.DueContext{StartCounted: plan.StartDayCounted})
	v := d.judge(plan, rule, civil.Period{}, due, first)
	if v.State == DutyDue && !d.reached(rule.From) {
		v.State = DutyPending
	}
	return []DutyVerdict{v}
}

// periods judges a duty of every period whose last day lies in the stretch, up
// to the first that is still ahead and not met.
func (d *dutyJudge) periods(s *Stretch, rule *DutyRule) []DutyVerdict {
	var out []DutyVerdict
	for p := range askedPeriods(s, rule) {
		v := d.period(s.Plan, rule, p)
		out = append(out, v)
		if v.State == DutyPending {
			break
		}
	}
	return out
}

// askedPeriods yields the periods of a duty whose last day lies in the stretch,
// ascending.
func askedPeriods(s *Stretch, rule *DutyRule) func(func(civil.Period) bool) {
	return func(yield func(civil.Period) bool) {
		p := rule.Every.PeriodOf(max(rule.From, s.From))
		for ; !p.IsZero() && p.End <= s.Until; p = rule.Every.Next(p) {
			if len(rule.Months) > 0 && !slices.Contains(rule.Months, int(p.End.Month())) {
				continue
			}
			if !yield(p) {
				return
			}
		}
	}
}

func (d *dutyJudge) period(plan *Plan, rule *DutyRule, p civil.Period) DutyVerdict {
	due := rule.Due.On(p.End, civil.DueContext{StartCounted: plan.StartDayCounted, Period: p})
	v := d.judge(plan, rule, p, due, d.metOn(rule, p))
	v.Period = rule.Every.Name(p)
	return v
}

// metOn is the day on which a period of a duty was met, zero if it was not.
func (d *dutyJudge) metOn(rule *DutyRule, p civil.Period) civil.Day {
	met := civil.Day(0)
	switch rule.MetWhen {
	case DutyReportSubmitted:
		month := civil.Month.PeriodOf(p.End)
		for i := range d.facts.Submissions {
			if s := &d.facts.Submissions[i]; s.Month == month && d.reached(s.Date) {
				met = firstOf(met, s.Date)
			}
		}
		return met
	case DutySurveysDone:
		return d.surveyed(p)
	case DutySignalsArrived:
		for i := range d.facts.Arrivals {
			if a := &d.facts.Arrivals[i]; a.Department == rule.Department && a.of(rule.Every, p) && d.reached(a.Date) {
				met = firstOf(met, a.Date)
			}
		}
	}
	for i := range d.facts.Records {
		if r := &d.facts.Records[i]; r.Duty == rule.Name && r.of(rule.Every, p) && d.reached(r.Date) {
			met = firstOf(met, r.Date)
		}
	}
	return met
}

// of reports whether the record meets the period: the one that it names, else
// the one that holds the month of its report. Of a month's two halves it meets
// the one that holds its date, and the second where the date lies outside.
func (r *DutyRecord) of(every civil.Cycle, p civil.Period) bool {
	if r.Period != "" {
		return r.Period == every.Name(p)
	}
	if every != civil.HalfMonth {
		return p.HoldsDay(r.Month.End)
	}
	if r.Month.HoldsDay(r.Date) {
		return p.HoldsDay(r.Date)
	}
	return p.HoldsDay(r.Month.End)
}

func (a *Arrival) of(every civil.Cycle, p civil.Period) bool {
	if a.Period != "" {
		return a.Period == every.Name(p)
	}
	return p.HoldsDay(a.Date)
}

// surveyed is the day on which no family was left that had missed a survey by
// the period's end; zero if that has not come.
func (d *dutyJudge) surveyed(p civil.Period) civil.Day {
	if !d.passed(p.End) {
		return 0
	}
	done := p.End
	for _, missed := range d.facts.Missed {
		switch {
		case missed.From > p.End || !missed.Until.IsZero() && missed.Until <= p.End:
		case missed.Until.IsZero() || !d.reached(missed.Until):
			return 0
		default:
			done = max(done, missed.Until)
		}
	}
	return done
}

// judge says where a period, or a duty without periods, stands.
func (d *dutyJudge) judge(plan *Plan, rule *DutyRule, p civil.Period, due, met civil.Day) DutyVerdict {
	v := DutyVerdict{Rule: rule, Plan: plan, Due: due, Met: met}
	switch {
	case !met.IsZero() && met <= due:
		v.State = DutyMet
	case !met.IsZero():
		v.State = DutyMetLate
	case !p.IsZero() && !d.passed(p.End):
		v.State = DutyPending
	case !d.passed(due):
		v.State = DutyDue
	default:
		v.State = DutyOverdue
		for _, e := range rule.Escalate {
			if d.passed(due.AddDays(e.AfterDays)) {
				v.EscalatedTo = e.To
			}
		}
	}
	return v
}

// shown picks what is shown of a duty's periods, which ascend.
func (d *dutyJudge) shown(all []DutyVerdict) []DutyVerdict {
	var out []DutyVerdict
	overdue, lastMet := 0, -1
	for i := range all {
		if !all[i].Met.IsZero() {
			lastMet = i
		}
	}
	for i := range all {
		switch all[i].State {
		case DutyOverdue:
			if overdue++; overdue > shownOverdue {
				continue
			}
		case DutyMet, DutyMetLate:
			if i != lastMet {
				continue
			}
		}
		out = append(out, all[i])
	}
	return out
}

// AskedReport is a month for which a duty asks a report.
type AskedReport struct {
	Month civil.Period
	Due   civil.Day
	Rule  *DutyRule
	Plan  *Plan
}

// AskedReports lists the months, ascending, whose report is asked for from a
// jurisdiction of a level, up to the month that holds the day. Each is asked for
// by the plan in force on the last day of the duty's period, so of the months
// still running only those that the plan in force on the day will rule to their
// end. Of two duties that ask for the same month the earlier due day stands. It
// is not ok while a plan does not compile by which it would have to be judged.
func AskedReports(line Timeline, level string, until civil.Day) (asked []AskedReport, ok bool) {
	if invalidBefore(line, until) != "" {
		return nil, false
	}
	last := civil.Month.PeriodOf(until)
	for i := range line {
		s := &line[i]
		if s.From > until {
			break
		}
		if s.Plan == nil {
			continue
		}
		for k := range s.Plan.Duties {
			rule := &s.Plan.Duties[k]
			if rule.Level != level || rule.MetWhen != DutyReportSubmitted || rule.Every == civil.Once || rule.Due.Kind == civil.DueSinceLast {
				continue
			}
			for p := range askedPeriods(s, rule) {
				if month := civil.Month.PeriodOf(p.End); month.Start > last.Start {
					break
				}
				due := rule.Due.On(p.End, civil.DueContext{StartCounted: s.Plan.StartDayCounted, Period: p})
				asked = append(asked, AskedReport{Month: civil.Month.PeriodOf(p.End), Due: due, Rule: rule, Plan: s.Plan})
			}
		}
	}
	slices.SortStableFunc(asked, func(a, b AskedReport) int {
		return cmp.Or(cmp.Compare(a.Month.Start, b.Month.Start), cmp.Compare(a.Due, b.Due))
	})
	return slices.CompactFunc(asked, func(a, b AskedReport) bool { return a.Month == b.Month }), true
}
