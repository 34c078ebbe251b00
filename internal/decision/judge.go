// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// Decide judges the family on a day. It replays the family's life from the
// first day that has a plan, stopping only on days on which something could
// have changed, so that every "since" is the true first day. It is total: the
// same facts, timeline and day always give the same verdict.
func Decide(f *Family, line Timeline, today civil.Day) Verdict {
	var verdict Verdict
	DecideDays(f, line, []civil.Day{today}, func(v Verdict) { verdict = v })
	return verdict
}

// DecideDays judges the family on several days, which ascend, in one replay: each
// verdict is that of Decide. A verdict holds only until the function that it is
// given to returns, since the replay goes on with what it refers to.
func DecideDays(f *Family, line Timeline, days []civil.Day, judged func(Verdict)) {
	j := &judge{fam: f, line: line}
	if len(line) > 0 {
		j.next = line[0].From
	}
	for _, today := range days {
		if name := invalidBefore(line, today); name != "" {
			judged(Verdict{Day: today, Standing: PolicyInvalid, Policies: []string{name}, NextChange: nextStretch(line, today)})
			continue
		}
		judged(j.on(today))
	}
}

// on goes on with the replay up to a day and concludes what holds then.
func (j *judge) on(today civil.Day) Verdict {
	if len(j.line) == 0 || j.line[0].From > today {
		before := &judge{fam: j.fam, line: j.line, clock: clock{today: today}}
		before.enter()
		return before.conclude()
	}
	for !j.next.IsZero() && j.next <= today {
		j.today, j.next = j.next, 0
		j.judgeDay()
	}
	// The day asked for may lie between two days of change: the facts stand, only
	// the day itself moves on.
	j.today = today
	next := j.next
	v := j.conclude()
	j.next = next // what the conclusion alone waits for is no day to stop at
	return v
}

// invalidBefore names a plan that is needed to judge the days up to today and
// does not compile. A broken plan concludes nothing and erases nothing, so a
// family that ever lived under it keeps the status it has (fail static).
func invalidBefore(line Timeline, today civil.Day) string {
	for i := range line {
		if line[i].From > today {
			return ""
		}
		if p := line[i].Plan; p != nil && p.Invalid {
			return p.Name
		}
	}
	return ""
}

func nextStretch(line Timeline, today civil.Day) civil.Day {
	for i := range line {
		if line[i].From > today {
			return line[i].From
		}
	}
	return 0
}

// judge is the state that a family's replay carries from day to day.
type judge struct {
	clock
	fam  *Family
	line Timeline

	stretch *Stretch // in force today; nil or without a plan: not judged
	plan    *Plan
	facts   Facts
	memory  []remembered
	read    progress

	leads []lead // as Family.Signals
	shown []int  // the leads that rules see
	seen  []int  // room to find them in
	files []file // as Family.Reviews
	fresh []int  // room for the places of a file's new records

	surveyed      civil.Day // date of the last survey seen
	surveyedToday bool      // a survey was first seen today, or since the last day that was judged
	lastFacts     *Survey   // the last facts that a survey stated
	stable        int       // how many of the last surveys were without a shortfall

	open         []shortfall // in the plan's order of standards
	spare        []shortfall // room for the next of them
	answers      []Truth     // of the plan's standards today
	unknown      []string    // standards that are unknown and not open
	identified   civil.Day
	frozen       string      // the category kept since identification
	eliminated   civil.Day   // the last day on which the risk was marked eliminated
	eliminations []civil.Day // the days on which an elimination took effect

	keepWatching bool // surveys go on after that elimination
	fallen       bool // since then a category asked for identification

	stage       Stage
	tier        *Tier
	tierName    string
	tierSince   civil.Day
	firstRouted civil.Day // since when some routed shortfall has been open
	runs        []run
	asking      *SurveyRule // the survey duty that applies today
	duty        surveyDuty  // what it asks for
	missed      []civil.Interval
	history     []Change
	doubts      []doubt
	checks      [checkCount]CheckState
}

// progress is how far into the family's dated lists the replay has come.
type progress struct {
	surveys   int
	marks     int
	pastMarks int // marks that an elimination has settled
	graduated bool
}

// judgeDay moves the state on to today.
func (j *judge) judgeDay() {
	j.learnSurveys()
	if !j.enter() {
		j.forgetJudgment()
		return
	}
	j.forget(ReadToday)
	j.learnGraduation()
	j.learnMarks()
	j.learnParameters()
	j.learnLeads()
	j.doubts = j.doubts[:0]
	j.checkStandards()
	j.identify()
	j.judgeReviews()
	j.categorise()
	j.takeStage()
	j.takeTier()
	j.noteRouting()
	j.noteStability()
	j.runDeadlines()
	j.takeSurveyDuty()
	j.takeChecks()
}

// enter finds the plan in force today and reports whether the day is judged.
func (j *judge) enter() bool {
	s := j.line.On(j.today)
	switch {
	case s == nil:
		if next := nextStretch(j.line, j.today); !next.IsZero() {
			j.reached(next)
		}
	default:
		j.passed(s.Until)
	}
	if s == j.stretch && s != nil {
		return j.plan != nil
	}
	j.stretch, j.plan = s, nil
	if s == nil || s.Plan == nil {
		return false
	}
	j.plan = s.Plan
	j.adopt(s.Plan)
	return true
}

// adopt takes over the state of the days before under a new plan: what has the
// same name goes on, deadlines of the plan before end with it.
func (j *judge) adopt(p *Plan) {
	j.memory = make([]remembered, p.Predicates)
	j.answers = make([]Truth, len(p.Standards))
	j.facts.Params = make([]Value, len(p.Parameters))
	j.runs = j.runs[:0]
	old := j.open
	j.open = make([]shortfall, 0, len(p.Standards))
	for i := range p.Standards {
		for _, o := range old {
			if o.name == p.Standards[i].Name {
				o.index = i
				j.open = append(j.open, o)
			}
		}
	}
	for i := range j.open {
		s := &j.open[i]
		if s.routed.IsZero() && p.Procedure(purposeWarning) == nil {
			s.routed = j.today // nothing more is asked before it is routed
		}
		j.startRemedy(s)
	}
	j.refreshUnmet() // the plan may lack a standard that was short under the one before
}

// forgetJudgment breaks every run of days: days without a plan are not judged.
// What a procedure has decided, and what was learned, stays.
func (j *judge) forgetJudgment() {
	j.open = j.open[:0]
	j.runs = j.runs[:0]
	j.asking = nil
	j.noteMissed(false, 0)
	j.doubts = j.doubts[:0]
	j.stage = ""
	j.firstRouted = 0
	j.checks = [checkCount]CheckState{}
	j.changeTier(nil, "")
}
