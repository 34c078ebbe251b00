// SPDX-License-Identifier: Apache-2.0

package translate

import (
	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// Evidence is what families say of the duties of the jurisdictions above.
type Evidence = decision.Evidence

// DutyFacts is what was done at one jurisdiction.
type DutyFacts = decision.DutyFacts

// evidence gathers what a verdict and the leads say of duties. A lead that was
// refused has not arrived.
func evidence(v *decision.Verdict, p Papers) Evidence {
	e := Evidence{Missed: v.Missed}
	for _, s := range p.Signals {
		if s.Spec.Source != v1alpha1.SourceDepartment || s.Spec.Department == "" || refused(v, s.Name) {
			continue
		}
		if date := dayOf(s.Spec.Date); !date.IsZero() {
			e.Arrivals = append(e.Arrivals, decision.Arrival{Department: string(s.Spec.Department), Period: string(s.Spec.Period), Date: date})
		}
	}
	return e
}

func refused(v *decision.Verdict, signal string) bool {
	for i := range v.Signals {
		if v.Signals[i].Name == signal {
			return v.Signals[i].State == decision.SignalRefused
		}
	}
	return false
}

// DutyFacts are what was done at a node: by its reports, of which those of other
// nodes are passed over, and by what its families say.
func (w *World) DutyFacts(node string, reports []*v1alpha1.MonthlyReport, families Evidence) DutyFacts {
	facts := DutyFacts{Evidence: families}
	known := reader{w.knownAt}
	for _, r := range reports {
		month, err := civil.ParsePeriod(civil.Month, string(r.Spec.Period))
		if err != nil || string(r.Spec.JurisdictionRef.Name) != node {
			continue
		}
		if s := r.Spec.Submitted; s != nil && known.knows(s.Entered, s.Date) {
			if date := dayOf(s.Date); !date.IsZero() {
				facts.Submissions = append(facts.Submissions, decision.Submission{Month: month, Date: date})
			}
		}
		for i := range r.Spec.DutyRecords {
			d := &r.Spec.DutyRecords[i]
			date := dayOf(d.Date)
			if date.IsZero() || !known.knows(d.Entered, d.Date) {
				continue
			}
			facts.Records = append(facts.Records, decision.DutyRecord{Duty: string(d.Duty), Period: string(d.Period), Month: month, Date: date})
		}
	}
	return facts
}

// Duties is what is concluded about the duties of a node.
type Duties struct {
	States []v1alpha1.DutyState
	// Kept says that a plan does not compile by which they would have to be judged,
	// so that what is written of them stays.
	Kept bool
	// Next is the first day on which anything could change; zero: never.
	Next civil.Day
}

// DutiesOn concludes where the duties of a node stand on a day.
func (w *World) DutiesOn(node string, facts DutyFacts, day civil.Day) Duties {
	n := w.nodes[node]
	if n == nil || n.fault != nil {
		return Duties{}
	}
	verdicts, next, ok := decision.Duties(n.line, string(n.object.Spec.Level), facts, day)
	out := Duties{Kept: !ok, Next: next}
	for i := range verdicts {
		v := &verdicts[i]
		out.States = append(out.States, v1alpha1.DutyState{
			Name: v1alpha1.Word(v.Rule.Name), Period: v1alpha1.Period(v.Period), Due: v1alpha1.Date(v.Due.String()),
			State: v1alpha1.DutyStateName(v.State), Department: v1alpha1.Word(v.Rule.Department), EscalatedTo: v1alpha1.JurisdictionLevel(v.EscalatedTo),
		})
	}
	return out
}

// AsksFamilies reports whether duties of the node are met by what families say,
// so that all of them must be judged before the node's duties can be.
func (w *World) AsksFamilies(node string) bool {
	n := w.nodes[node]
	if n == nil {
		return false
	}
	for i := range n.line {
		if n.line[i].Plan == nil {
			continue
		}
		for k := range n.line[i].Plan.Duties {
			d := &n.line[i].Plan.Duties[k]
			if d.Level == string(n.object.Spec.Level) && (d.MetWhen == decision.DutySurveysDone || d.MetWhen == decision.DutySignalsArrived) {
				return true
			}
		}
	}
	return false
}

// AskedReport is a month whose report a duty asks of a node.
type AskedReport struct {
	Month  civil.Period
	Due    civil.Day
	Duty   string
	Policy string
}

// ReportsAsked lists the months, ascending, whose report is asked of a node, up
// to the month that holds a day: each by the plan in force on the last day of
// the duty's period. None if the node has a fault, or while a plan does not
// compile by which it would have to be told.
func (w *World) ReportsAsked(node string, until civil.Day) []AskedReport {
	n := w.nodes[node]
	if n == nil || n.fault != nil {
		return nil
	}
	asked, _ := decision.AskedReports(n.line, string(n.object.Spec.Level), until)
	out := make([]AskedReport, len(asked))
	for i, a := range asked {
		out[i] = AskedReport{Month: a.Month, Due: a.Due, Duty: a.Rule.Name, Policy: a.Plan.Name}
	}
	return out
}
