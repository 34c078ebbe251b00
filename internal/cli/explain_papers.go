// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// The form of reviews, leads and blockers for programs.
type (
	paperView struct {
		Name    string `json:"name"`
		Purpose string `json:"purpose,omitempty"`
		Status  any    `json:"status"`
	}
	blockerView struct {
		Name  string `json:"name"`
		Lifts string `json:"lifts,omitempty"` // absent: only a new fact lifts it
	}
)

func (x *explanation) reviewViews() []paperView {
	var out []paperView
	for i, status := range x.Judgment.Reviews {
		if status != nil {
			out = append(out, paperView{x.papers.Reviews[i].Name, string(x.papers.Reviews[i].Spec.Purpose), status})
		}
	}
	return out
}

func (x *explanation) signalViews() []paperView {
	var out []paperView
	for i, status := range x.Judgment.Signals {
		if status != nil {
			out = append(out, paperView{Name: x.papers.Signals[i].Name, Status: status})
		}
	}
	return out
}

func (x *explanation) blockerViews() []blockerView {
	e := x.Judgment.Household.Elimination
	if e == nil {
		return nil
	}
	var out []blockerView
	for _, blocker := range e.Blockers {
		out = append(out, blockerView{string(blocker), x.lifts[blocker].String()})
	}
	return out
}

// stepColours make the states of steps stand out.
var stepColours = map[v1alpha1.StepState]terminal.Colour{
	v1alpha1.StepPassed: terminal.Green, v1alpha1.StepPassedLate: terminal.Yellow, v1alpha1.StepFailed: terminal.Red,
	v1alpha1.StepInvalid: terminal.Red, v1alpha1.StepPending: terminal.Grey, v1alpha1.StepWaiting: terminal.Bold,
}

// printReviews says how far each review has come, and why a record does not count.
func (x *explanation) printReviews(p *page) {
	for i, begun := 0, false; i < len(x.Judgment.Reviews); i++ {
		status, review := x.Judgment.Reviews[i], x.papers.Reviews[i]
		if status == nil {
			continue
		}
		if !begun {
			p.heading(wording.ExplainReviews)
			begun = true
		}
		p.line(1, p.lang.Say(wording.ExplainReview, review.Name, p.lang.Term(string(review.Spec.Purpose)),
			review.Spec.Opened, x.words.word("", string(status.Stage))))
		widest := 0
		for k := range status.Steps {
			widest = max(widest, len(status.Steps[k].Name))
		}
		for k := range status.Steps {
			x.printStep(p, &status.Steps[k], widest)
		}
		p.message(2, reviewAdvice(status))
	}
}

func (x *explanation) printStep(p *page, s *v1alpha1.StepStatus, widest int) {
	state := p.lang.Term(string(s.State))
	if s.State == v1alpha1.StepPending {
		state = p.lang.Say(wording.StepNotYet) // a deadline that is pending has another word
	}
	pad := strings.Repeat(" ", max(1, 12-terminal.Width(state)))
	text := terminal.Line(strings.TrimRight(fmt.Sprintf("%-*s  %s", widest, s.Name, s.Date), " "))
	p.print("    " + p.painter.Paint(stepColours[s.State], state) + pad + text + "\n")
	if s.Message != "" && s.State != v1alpha1.StepWaiting {
		p.message(4, string(s.Message))
	}
}

// reviewAdvice is what the controller says that a person has to do next, unless
// a step has said it.
func reviewAdvice(s *v1alpha1.ReviewStatus) string {
	if s.Stage == v1alpha1.ReviewBlocked && chronicle.WhyBlocked(s) == "" {
		return ""
	}
	for _, name := range []string{v1alpha1.ConditionReady, v1alpha1.ConditionCompleted} {
		if c := meta.FindStatusCondition(s.Conditions, name); c != nil && c.Status == "False" {
			return c.Message
		}
	}
	return ""
}

// printSignals says where each lead stands, and what is to be done about it.
func (x *explanation) printSignals(p *page) {
	for i, begun := 0, false; i < len(x.Judgment.Signals); i++ {
		status, spec := x.Judgment.Signals[i], &x.papers.Signals[i].Spec
		if status == nil {
			continue
		}
		if !begun {
			p.heading(wording.ExplainSignals)
			begun = true
		}
		source := p.lang.Term(string(spec.Source))
		if spec.Department != "" {
			source = string(spec.Department)
		}
		key, args := wording.ExplainSignal, []any{
			x.papers.Signals[i].Name, spec.Date, source, p.lang.Term(string(spec.Cause)), x.words.word("", string(status.State)),
		}
		if status.VerifyBy != "" {
			key, args = wording.ExplainSignalVerifyBy, append(args, status.VerifyBy)
		}
		p.line(1, p.lang.Say(key, args...))
		p.message(2, reasonOf(status.Conditions))
	}
}

// printElimination says since when or from when the risk may be marked
// eliminated, and of each thing in the way when it could lift.
func (x *explanation) printElimination(p *page) {
	e := x.Judgment.Household.Elimination
	if e == nil {
		return
	}
	p.heading(wording.ExplainElimination)
	if e.Earliest != "" {
		p.line(1, p.lang.Say(wording.ExplainEarliest, e.Earliest))
	}
	if e.Eligible {
		p.line(1, p.lang.Say(wording.EventEligible))
		return
	}
	p.line(1, p.lang.Say(wording.ExplainInTheWay))
	for _, blocker := range e.Blockers {
		if day := x.lifts[blocker]; !day.IsZero() {
			p.line(2, p.lang.Say(wording.ExplainLifts, x.blocker(blocker), day))
			continue
		}
		p.line(2, p.lang.Say(wording.ExplainNeedsFact, x.blocker(blocker)))
	}
}

// blocker says what stands in the way: one of the plan's own with what the plan
// says of it.
func (x *explanation) blocker(name v1alpha1.Word) string {
	if procedure := procedureFor(x.Policy, string(v1alpha1.PurposeElimination)); procedure != nil {
		for i := range procedure.Blockers {
			if b := &procedure.Blockers[i]; b.Name == name && b.Message != "" {
				return x.words.lang.Say(wording.ExplainBlocker, name, b.Message)
			}
		}
	}
	return x.words.word("", string(name))
}

// procedureFor is a policy's procedure of a purpose, in any case of letters; nil if
// it has none.
func procedureFor(policy *v1alpha1.MonitoringPolicy, purpose string) *v1alpha1.Procedure {
	for i := range policy.Spec.Procedures {
		if p := &policy.Spec.Procedures[i]; strings.EqualFold(string(p.Purpose), purpose) {
			return p
		}
	}
	return nil
}

// reasonOf is what the controller says of an object: the message of Ready.
func reasonOf(conditions []metav1.Condition) string {
	if ready := meta.FindStatusCondition(conditions, v1alpha1.ConditionReady); ready != nil {
		return ready.Message
	}
	return ""
}
