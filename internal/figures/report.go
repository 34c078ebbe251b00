// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"fmt"
	"strings"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// ReportMonth is the month of a report; false for a text that names none, which
// admission refuses.
func ReportMonth(r *v1alpha1.MonthlyReport) (civil.Period, bool) {
	month, err := civil.ParsePeriod(civil.Month, string(r.Spec.Period))
	return month, err == nil
}

// ReportName is the name of the report of a jurisdiction and month.
func ReportName(jurisdiction string, month civil.Period) string {
	return jurisdiction + "-" + civil.Month.Name(month)
}

// NewReport is the empty form of a jurisdiction and month: it holds what its name
// says.
func NewReport(namespace, jurisdiction string, month civil.Period) *v1alpha1.MonthlyReport {
	r := &v1alpha1.MonthlyReport{}
	r.SetGroupVersionKind(v1alpha1.SchemeGroupVersion.WithKind("MonthlyReport"))
	r.Name, r.Namespace = ReportName(jurisdiction, month), namespace
	r.Spec.JurisdictionRef.Name = v1alpha1.ObjectName(jurisdiction)
	r.Spec.Period = v1alpha1.Month(civil.Month.Name(month))
	return r
}

// ReportStatus is where a report stands at an instant: its figures, when it is due,
// and whether they are what was submitted. The sums are those of the families at
// its jurisdiction and below in its month.
func ReportStatus(w *translate.World, r *v1alpha1.MonthlyReport, sums *rollup.MonthFigures, now time.Time) *v1alpha1.MonthlyReportStatus {
	j := reportJudge{world: w, report: r, name: string(r.Spec.JurisdictionRef.Name)}
	month, isMonth := ReportMonth(r)
	node, fault := w.Node(j.name)
	switch {
	case !isMonth:
		return j.fail(v1alpha1.ReasonReferenceNotFound, "spec.period is no month: create the report of a month such as 2020-04 instead, and delete this one.")
	case node == nil:
		return j.fail(v1alpha1.ReasonReferenceNotFound, fmt.Sprintf("There is no Jurisdiction %s: create it, or delete this report.", j.name))
	case fault != nil:
		return j.fail(fault.Reason, fault.Message)
	}
	j.month, j.today = month, w.Today(j.name, now)
	j.submitted = w.Submitted(r, j.today)
	j.asOf = min(month.End, j.today)
	if j.today < month.Start {
		s := j.status()
		s.Conditions = j.conditions("The month has not begun, so there are no figures yet.", nil).Sorted()
		return s
	}
	if fault := j.fault(sums); fault != nil {
		return j.unjudged(fault)
	}
	s := j.status()
	s.AsOf, s.Figures = v1alpha1.Date(j.asOf.String()), OfMonth(sums)
	message := ""
	if n := sums.Unjudged; n > 0 {
		message = fmt.Sprintf("%d households could not be judged on %s and are in none of the figures: see their condition Ready.", n, j.asOf)
	}
	s.Conditions = j.conditions(message, s.Figures).Sorted()
	return s
}

// reportJudge judges one report on a day.
type reportJudge struct {
	world     *translate.World
	report    *v1alpha1.MonthlyReport
	name      string // of the jurisdiction
	month     civil.Period
	today     civil.Day
	asOf      civil.Day
	submitted *v1alpha1.Submission
}

// fault is what a person has to mend before there are figures: at the jurisdiction
// itself, else below it.
func (j *reportJudge) fault(sums *rollup.MonthFigures) *translate.Fault {
	fault := j.world.ReportFault(j.name, j.asOf)
	if fault == nil && len(sums.Blocked) > 0 {
		fault = j.world.BlockedFault(sums.Blocked[0].Blocked)
		fault.Message = fmt.Sprintf("%d households at or below %s cannot be judged. %s", sums.Blocked[0].Households, j.name, fault.Message)
		for _, other := range sums.Blocked[1:] {
			if other.Reason == v1alpha1.ReasonPolicyInvalid {
				fault.Reason = other.Reason // erases nothing
			}
		}
	}
	return fault
}

// status says when the report is due and where it stands.
func (j *reportJudge) status() *v1alpha1.MonthlyReportStatus {
	s := &v1alpha1.MonthlyReportStatus{ObservedGeneration: j.report.Generation, State: v1alpha1.ReportDue}
	asked, isAsked := j.world.Asked(j.name, j.month, j.today)
	if isAsked {
		s.Due = v1alpha1.Date(asked.Due.String())
	}
	switch {
	case j.submitted != nil:
		s.State = v1alpha1.ReportSubmitted
		if isAsked && string(j.submitted.Date) > asked.Due.String() { // dates of one form sort as text
			s.State = v1alpha1.ReportSubmittedLate
		}
	case j.today <= j.month.End:
		s.State = v1alpha1.ReportOpen
	case isAsked && j.today > asked.Due:
		s.State = v1alpha1.ReportOverdue
	}
	return s
}

// unjudged is the status without figures. Under a policy that does not compile
// nothing is erased.
func (j *reportJudge) unjudged(fault *translate.Fault) *v1alpha1.MonthlyReportStatus {
	c := j.list()
	c.Fail(j.rests(), fault.Reason, fault.Message)
	if fault.Reason == v1alpha1.ReasonPolicyInvalid {
		s := j.report.Status.DeepCopy()
		s.ObservedGeneration = j.report.Generation
		c.Keep(s.Conditions)
		s.Conditions = c.Sorted()
		return s
	}
	s := j.status()
	if j.submitted == nil {
		j.setSealed(c, nil)
	}
	s.Conditions = c.Sorted()
	return s
}

// fail is the status of a report that stands nowhere: nothing but why.
func (j *reportJudge) fail(reason, message string) *v1alpha1.MonthlyReportStatus {
	c := j.list()
	c.Fail(j.rests(), reason, message)
	return &v1alpha1.MonthlyReportStatus{ObservedGeneration: j.report.Generation, Conditions: c.Sorted()}
}

func (j *reportJudge) list() *conditions.List {
	l := &conditions.List{Generation: j.report.Generation, Zone: defaultZone}
	if s := j.world.Timeline(j.name).On(j.asOf); s != nil && s.Plan != nil {
		l.Zone = s.Plan.Zone
	}
	return l
}

// rests is the first day of what rests on no dated fact.
func (j *reportJudge) rests() civil.Day {
	first := civil.Day(0)
	if s := j.world.Timeline(j.name).On(j.asOf); s != nil && s.Plan != nil {
		first = s.Plan.From
	}
	return restsSince(j.report.Spec, first)
}

func (j *reportJudge) conditions(ready string, computed *v1alpha1.Figures) *conditions.List {
	c := j.list()
	c.Set(v1alpha1.ConditionReady, conditions.Answer{Holds: true, Since: j.rests(), Reason: v1alpha1.ReasonComputed, Message: ready})
	j.setSealed(c, computed)
	return c
}

// setSealed compares the figures with what was submitted.
func (j *reportJudge) setSealed(c *conditions.List, computed *v1alpha1.Figures) {
	a := conditions.Answer{Since: j.rests()}
	switch s := j.submitted; {
	case s == nil:
		a.Reason, a.Message = v1alpha1.ReasonNotSubmitted, "Nothing was submitted yet: look at the figures, then submit them (kubectl fangpin submit)."
	case s.Figures == nil:
		a.Reason, a.Message = v1alpha1.ReasonFiguresMissing, "The submission holds no figures, so that nothing vouches for them."
	default:
		a.Reason, a.Message = v1alpha1.ReasonFactsChanged, changes(s, computed)
		if a.Message == "" {
			a.Holds, a.Reason = true, v1alpha1.ReasonUnchanged
			if day, err := civil.ParseDay(string(s.Date)); err == nil {
				a.Since = day
			}
		}
	}
	c.Set(v1alpha1.ConditionSealed, a)
}

// shownDifferences is how many differences a message names; the command lists all.
const shownDifferences = 12

// changes says in what the figures differ from those submitted; "" if in nothing.
func changes(s *v1alpha1.Submission, computed *v1alpha1.Figures) string {
	differences := Differences(s.Figures, computed)
	if len(differences) == 0 {
		if own := Digest(s.Figures); s.Digest != "" && s.Digest != own {
			return "spec.submitted.digest is not that of the figures submitted, which is " + own + ": one of the two was altered before it was submitted."
		}
		return ""
	}
	var parts []string
	for _, d := range differences[:min(len(differences), shownDifferences)] {
		parts = append(parts, d.String())
	}
	more := ""
	if n := len(differences) - shownDifferences; n > 0 {
		more = fmt.Sprintf("; and %d more", n)
	}
	return fmt.Sprintf("Facts were corrected since the figures were submitted (submitted → now): %s%s. What was submitted stays; look into the correction (kubectl fangpin report diff).",
		strings.Join(parts, "; "), more)
}
