// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// view is a family's papers and what is concluded from them on one day.
type view struct {
	papers   *translate.Papers
	judgment *translate.Judgment
}

// review is the status of the review of a name, empty if there was none yet.
func (v view) review(name string) *v1alpha1.ReviewStatus {
	for i, s := range v.judgment.Reviews {
		if s != nil && v.papers.Reviews[i].Name == name {
			return s
		}
	}
	return &v1alpha1.ReviewStatus{}
}

// signal is the status of the lead of a name, empty if there was none yet.
func (v view) signal(name string) *v1alpha1.RiskSignalStatus {
	for i, s := range v.judgment.Signals {
		if s != nil && v.papers.Signals[i].Name == name {
			return s
		}
	}
	return &v1alpha1.RiskSignalStatus{}
}

// changes returns what changed, for the family and its papers.
func changes(day civil.Day, before, after view) []Event {
	d := differ{day: day}
	for i, s := range after.judgment.Signals {
		if s != nil {
			d.signal(after.papers.Signals[i].Name, before.signal(after.papers.Signals[i].Name), s)
		}
	}
	for i, r := range after.judgment.Reviews {
		if r != nil {
			d.review(after.papers.Reviews[i].Name, before.review(after.papers.Reviews[i].Name), r)
		}
	}
	told := d.events
	// The day by which a step or a lead is due is told with the step and the lead.
	family := slices.DeleteFunc(difference(day, before.judgment.Household, after.judgment.Household), func(e Event) bool {
		return (e.Kind == DeadlineSet || e.Kind == DeadlineMoved) && slices.ContainsFunc(told, func(o Event) bool {
			return deadlineOf(&o) == e.Name && o.Due == e.Due
		})
	})
	return append(told, family...)
}

// deadlineOf is the key of the deadline that an event tells too, "" for none.
func deadlineOf(e *Event) string {
	switch e.Kind {
	case ReviewNext:
		return string(v1alpha1.DeadlineStep) + "/" + e.Name + "/" + e.To
	case SignalChanged:
		return string(v1alpha1.DeadlineVerification) + "/" + e.Name
	}
	return ""
}

// signal tells where a lead stands now. That it was verified is a fact, and told
// as one.
func (d *differ) signal(name string, was, now *v1alpha1.RiskSignalStatus) {
	if was.State == now.State || now.State == v1alpha1.SignalConfirmed || now.State == v1alpha1.SignalDismissed {
		return
	}
	d.add(Event{
		Kind: SignalChanged, Name: name, From: string(was.State), To: string(now.State),
		Due: dayOf(now.VerifyBy), Text: string(now.Line),
	})
}

// review tells how far a review has come: records that do not count or came
// late, its stage, and what it waits for.
func (d *differ) review(name string, was, now *v1alpha1.ReviewStatus) {
	for i := range now.Steps {
		step := &now.Steps[i]
		if step.State != v1alpha1.StepInvalid && step.State != v1alpha1.StepPassedLate {
			continue
		}
		if !slices.ContainsFunc(was.Steps, func(o v1alpha1.StepStatus) bool { return o == *step }) {
			d.add(Event{Kind: StepChanged, Name: name + "/" + string(step.Name), To: string(step.State), Text: string(step.Message)})
		}
	}
	if was.Stage != now.Stage && (was.Stage != "" || now.Stage != v1alpha1.ReviewInProgress) {
		d.add(Event{Kind: ReviewChanged, Name: name, From: string(was.Stage), To: string(now.Stage), Text: WhyBlocked(now)})
	}
	if now.NextStep != "" && (was.NextStep != now.NextStep || was.Due != now.Due) {
		d.add(Event{Kind: ReviewNext, Name: name, To: string(now.NextStep), Due: dayOf(now.Due)})
	}
}

// WhyBlocked is why a review is blocked where no step of it says so: another
// one is open.
func WhyBlocked(r *v1alpha1.ReviewStatus) string {
	invalid := func(s v1alpha1.StepStatus) bool { return s.State == v1alpha1.StepInvalid }
	completed := meta.FindStatusCondition(r.Conditions, v1alpha1.ConditionCompleted)
	if r.Stage != v1alpha1.ReviewBlocked || completed == nil || slices.ContainsFunc(r.Steps, invalid) {
		return ""
	}
	return completed.Message
}

// completeness tells which facts are missing now, if others were before.
func completeness(day civil.Day, before, after *v1alpha1.HouseholdStatus) []Event {
	was := meta.FindStatusCondition(before.Conditions, v1alpha1.ConditionFactsComplete)
	now := meta.FindStatusCondition(after.Conditions, v1alpha1.ConditionFactsComplete)
	switch {
	case now == nil || was != nil && was.Status == now.Status && was.Message == now.Message:
		return nil
	case now.Status == "False":
		return []Event{{Date: day, Kind: FactsMissing, Text: now.Message}}
	case was != nil:
		return []Event{{Date: day, Kind: FactsKnown}}
	}
	return nil
}
