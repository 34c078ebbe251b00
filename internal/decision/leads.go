// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"slices"

	"fangpin.io/fangpin/internal/civil"
)

const (
	outcomeConfirmed = "Confirmed"
	outcomeDismissed = "Dismissed"
)

// signalMonths is how long a confirmed lead speaks to the rules.
const signalMonths = 12

// lead is what the replay has found out about a lead.
type lead struct {
	met      bool      // its day has come
	fades    civil.Day // from which rules do not see it any more
	first    int       // no lead before this one says the same and can still stand
	plan     *Plan
	conflict []string // the plans of its day, if they are in conflict
	refusal  Refusal
	below    bool // every line of its cause says no

	noDocument, noConsent bool // which its channel requires
	line                  *WarningLine
	verifyBy              civil.Day
	state                 SignalState
}

// learnLeads judges the leads of today by the plan in force, follows the others
// on, and shows the rules those that were confirmed by today and are dated later
// than today minus twelve months, newest first.
func (j *judge) learnLeads() {
	if len(j.fam.Signals) == 0 {
		return
	}
	if j.leads == nil {
		j.leads = make([]lead, len(j.fam.Signals))
	}
	j.followLeads()
	fresh := false
	for i := range j.fam.Signals {
		s, l := &j.fam.Signals[i], &j.leads[i]
		if !j.reached(s.Date) {
			break
		}
		if !l.met {
			j.meetLead(s, l)
			fresh = true
		}
	}
	if fresh {
		j.followLeads()
	}
}

// followLeads finds where each lead stands today and which of them rules see.
func (j *judge) followLeads() {
	seen := j.seen[:0]
	for i := len(j.leads) - 1; i >= 0; i-- {
		s, l := &j.fam.Signals[i], &j.leads[i]
		if !l.met {
			continue
		}
		l.state = j.leadState(i)
		if l.state == SignalConfirmed && s.Date > j.eliminated && !j.reached(l.fades) {
			seen = append(seen, i)
		}
	}
	j.seen = seen
	if slices.Equal(seen, j.shown) {
		return
	}
	j.shown = append(j.shown[:0], seen...)
	j.facts.Signals = make([]Signal, len(seen))
	for k, i := range seen {
		j.facts.Signals[k] = j.fam.Signals[i]
		if l := &j.leads[i]; l.line != nil {
			j.facts.Signals[k].Line = l.line.Name
		}
	}
	j.forget(ReadSignals)
}

// meetLead judges a lead by the plan in force on its date. On a day without a
// plan nobody refuses it and no line is drawn.
func (j *judge) meetLead(s *Signal, l *lead) {
	l.met, l.fades = true, fadesOn(s.Date)
	if s.Proxy && !s.Will {
		l.refusal = RefusedWill
	}
	if s.Date < j.today {
		if at := j.line.On(s.Date); at != nil {
			l.conflict = at.Conflict
		}
		return
	}
	l.plan = j.plan
	j.admit(s, l)
	j.drawLine(s, l)
}

// admit asks the plan's channels.
func (j *judge) admit(s *Signal, l *lead) {
	if len(j.plan.Channels) == 0 {
		return
	}
	for i := range j.plan.Channels {
		c := &j.plan.Channels[i]
		if c.Source != s.Source {
			continue
		}
		l.noDocument = c.Document && !s.Document
		l.noConsent = c.Consent && !s.Consent
		return
	}
	l.refusal = RefusedChannel
}

// drawLine asks the warning lines of the lead's cause in order. A line that
// cannot be worked out lets no lead pass below it.
func (j *judge) drawLine(s *Signal, l *lead) {
	asked, unknown := false, false
	j.facts.Family, j.facts.Today, j.facts.Signal = j.fam, j.today, s
	for i := range j.plan.WarningLines {
		w := &j.plan.WarningLines[i]
		if w.Cause != "" && w.Cause != s.Cause {
			continue
		}
		asked = true
		switch j.workOut(&w.When).Truth {
		case Yes:
			l.line = w
			l.verifyBy = j.dueOf(w.VerifyWithin, s.Date)
			j.facts.Signal = nil
			return
		case Unknown:
			unknown = true
		}
	}
	j.facts.Signal = nil
	l.below = asked && !unknown
}

// leadState is where a lead stands today.
func (j *judge) leadState(i int) SignalState {
	s, l := &j.fam.Signals[i], &j.leads[i]
	verified := !s.Verified.IsZero() && j.reached(s.Verified)
	switch {
	case l.refusal != NotRefused:
		return SignalRefused
	case l.noDocument || l.noConsent:
		return SignalIncomplete
	case j.repeats(i):
		return SignalRepeated
	case verified && s.Outcome == outcomeDismissed:
		return SignalDismissed
	case verified:
		return SignalConfirmed
	case l.below:
		return SignalBelowLine
	case !l.verifyBy.IsZero() && j.passed(l.verifyBy):
		return SignalOverdue
	}
	return SignalAwaiting
}

// repeats reports whether an earlier lead says the same and was not dismissed. A
// dismissal is final, so that those once passed over are never asked again.
func (j *judge) repeats(i int) bool {
	s, l := &j.fam.Signals[i], &j.leads[i]
	for ; l.first < i; l.first++ {
		e := &j.fam.Signals[l.first]
		if saysTheSame(e, s) && (e.Outcome != outcomeDismissed || e.Verified.IsZero() || !j.reached(e.Verified)) {
			return true
		}
	}
	return false
}

func saysTheSame(a, b *Signal) bool {
	return a.Cause == b.Cause && a.Source == b.Source && a.Department == b.Department &&
		a.Period == b.Period && (b.Period != "" || a.Date == b.Date)
}

// fadesOn is the first day whose date twelve months earlier is the lead's or later.
func fadesOn(date civil.Day) civil.Day {
	day := date.AddMonths(signalMonths)
	for day.AddMonths(-signalMonths) < date && day < civil.Last {
		day = day.AddDays(1)
	}
	return day
}

// verification is the deadline of a lead that must be verified by a day.
func (j *judge) verification(i int) (Deadline, bool) {
	s, l := &j.fam.Signals[i], &j.leads[i]
	if !l.met || l.verifyBy.IsZero() {
		return Deadline{}, false
	}
	d := Deadline{Kind: VerificationDeadline, Name: s.Name, Start: s.Date, Due: l.verifyBy}
	switch l.state {
	case SignalAwaiting, SignalOverdue:
		j.settle(&d, 0)
	case SignalConfirmed, SignalDismissed:
		if l.plan != j.plan || j.reached(s.Verified.EndOfYear().AddDays(1)) {
			return Deadline{}, false
		}
		j.settle(&d, s.Verified)
	default:
		return Deadline{}, false
	}
	return d, true
}

func (j *judge) concludeSignals(v *Verdict) {
	if len(j.leads) == 0 {
		return
	}
	v.Signals = make([]SignalVerdict, len(j.leads))
	for i := range j.leads {
		s, l := &j.fam.Signals[i], &j.leads[i]
		out := SignalVerdict{Name: s.Name, Ahead: !l.met, Conflict: l.conflict, Plan: l.plan}
		if l.met && l.plan != nil {
			out.State, out.Refusal = l.state, l.refusal
			out.NoDocument, out.NoConsent = l.noDocument, l.noConsent
			if l.line != nil && (l.state == SignalAwaiting || l.state == SignalOverdue || l.state == SignalConfirmed || l.state == SignalDismissed) {
				out.Line, out.VerifyBy = l.line.Name, l.verifyBy
			}
		}
		v.Signals[i] = out
	}
}
