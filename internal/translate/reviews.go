// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"
	"strings"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/decision"
)

func reviews(in []*v1alpha1.Review) []decision.Review {
	if len(in) == 0 {
		return nil
	}
	out := make([]decision.Review, 0, len(in))
	for _, rev := range in {
		o := decision.Review{
			Name: rev.Name, Purpose: string(rev.Spec.Purpose), Opened: dayOf(rev.Spec.Opened),
			Standards: words(rev.Spec.Standards),
		}
		if n := len(rev.Spec.Records); n > 0 {
			o.Records = make([]decision.Record, 0, n)
		}
		for i := range rev.Spec.Records {
			o.Records = append(o.Records, record(&rev.Spec.Records[i]))
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b decision.Review) int {
		if a.Opened != b.Opened {
			return int(a.Opened - b.Opened)
		}
		return compareText(a.Name, b.Name)
	})
	return out
}

func record(rec *v1alpha1.StepRecord) decision.Record {
	out := decision.Record{
		Step: string(rec.Step), Date: dayOf(rec.Date), By: string(rec.By), With: texts(rec.With),
		Outcome: string(rec.Outcome), To: string(rec.To),
		Document: rec.Document != "", Department: string(rec.Department),
		Officer: rec.Officer != "", PlannedElimination: rec.PlannedElimination != "",
		Notice: decision.Notice{From: dayOf(rec.From), Until: dayOf(rec.Until), Sites: words(rec.Sites)},
	}
	if rec.Objections != nil {
		out.Notice.Objections, out.Notice.Stated = int(*rec.Objections), true
	}
	if n := len(rec.Attendance); n > 0 {
		out.Attendance = make([]decision.Attendance, 0, n)
	}
	for _, a := range rec.Attendance {
		out.Attendance = append(out.Attendance, decision.Attendance{Role: string(a.Role), Count: int(a.Count)})
	}
	if n := len(rec.Checks); n > 0 {
		out.Checks = make([]decision.AssetCheck, 0, n)
	}
	for _, c := range rec.Checks {
		out.Checks = append(out.Checks, decision.AssetCheck{Asset: string(c.Asset), Result: string(c.Result)})
	}
	return out
}

// reviewStatuses writes what is concluded of the reviews, in their order.
func (l Language) reviewStatuses(v *decision.Verdict, in []*v1alpha1.Review) []*v1alpha1.ReviewStatus {
	if len(in) == 0 {
		return nil
	}
	out := make([]*v1alpha1.ReviewStatus, len(in))
	for i, r := range in {
		for k := range v.Reviews {
			if v.Reviews[k].Name == r.Name {
				out[i] = l.reviewStatus(v, &v.Reviews[k], r)
			}
		}
	}
	return out
}

func (l Language) reviewStatus(v *decision.Verdict, found *decision.ReviewVerdict, r *v1alpha1.Review) *v1alpha1.ReviewStatus {
	if found.Plan == nil && !found.Ahead {
		reason, message := l.unruled(l.say("this review", "本程序"), "spec.opened", string(r.Spec.Opened), found.Conflict)
		return unjudgedReview(r, nil, reason, message)
	}
	s := &v1alpha1.ReviewStatus{ObservedGeneration: r.Generation, Completed: dateOf(found.Completed)}
	w := newConditions(l, r.Generation, zoneOf(v.Plan))
	w.ready(conditions.RestsSince(earliestReviewDate(r), v.Plan.From))
	if found.Plan != nil {
		s.PolicyRef = &v1alpha1.PolicyReference{Name: v1alpha1.ObjectName(found.Plan.Name)}
		s.Stage = v1alpha1.ReviewStage(found.Stage)
		if found.Procedure == nil {
			s.Stage = v1alpha1.ReviewBlocked
		}
		w.completed(found, r)
	}
	if found.Next != nil {
		s.NextStep, s.Due = v1alpha1.Word(found.Next.Name), dateOf(found.Due)
	}
	if n := len(found.Steps); n > 0 {
		s.Steps = make([]v1alpha1.StepStatus, 0, n)
	}
	for i := range found.Steps {
		step := &found.Steps[i]
		s.Steps = append(s.Steps, v1alpha1.StepStatus{
			Name: v1alpha1.Word(step.Name), State: v1alpha1.StepState(step.State), Date: dateOf(step.Date), Message: v1alpha1.Text(l.stepMessage(step)),
		})
	}
	s.Conditions = w.Sorted()
	return s
}

// completed states whether the procedure is complete and, if not, who has to do
// what by when.
func (w *conditionWriter) completed(found *decision.ReviewVerdict, r *v1alpha1.Review) {
	opened, idle := dayOf(r.Spec.Opened), ""
	if about := r.Spec.Purpose == v1alpha1.PurposeWarning || r.Spec.Purpose == v1alpha1.PurposeCloseOut; about && len(r.Spec.Standards) == 0 {
		idle = w.say("It names no shortfall (spec.standards), so it changes nothing. ", "未写明涉及的短板（spec.standards），因此不起作用。")
	}
	no := func(reason, message string) {
		w.set(v1alpha1.ConditionCompleted, false, opened, reason, idle+message)
	}
	switch {
	case found.Procedure == nil:
		no(v1alpha1.ReasonReviewBlocked, w.say("Policy %s, in force when it was opened, has no procedure %s: correct spec.purpose, or open a review under a policy that has one.",
			"启动时生效的方案 %s 没有 %s 程序：请更正 spec.purpose，或在有此程序的方案下另行启动。", found.Plan.Name, r.Spec.Purpose))
	case found.Stage == decision.ReviewCompleted:
		w.set(v1alpha1.ConditionCompleted, true, found.Since, v1alpha1.ReasonReviewCompleted, strings.TrimSpace(idle))
	case found.Stage == decision.ReviewRejected:
		no(v1alpha1.ReasonReviewRejected, w.say("It ended with a step that failed, which is final: open a new review if there is new ground.",
			"程序因步骤不通过而终结：如有新情况，请另行启动。"))
	case found.WaitsFor != "":
		no(v1alpha1.ReasonReviewBlocked, w.say("Review %s of the same purpose was opened before and is still open: end that one first, or go on with it and let this one fail.",
			"同类程序 %s 启动在先且尚未结束：请先办结该程序，或继续办理该程序并将本程序记为不通过。", found.WaitsFor))
	case found.Stage == decision.ReviewBlocked:
		no(v1alpha1.ReasonReviewBlocked, w.blockedAdvice(found))
	default:
		no(v1alpha1.ReasonReviewInProgress, w.nextAdvice(found))
	}
}

func (l Language) blockedAdvice(found *decision.ReviewVerdict) string {
	var out []string
	for i := range found.Steps {
		if s := &found.Steps[i]; s.State == decision.StepInvalid && found.Procedure != nil && hasStep(found.Procedure, s.Name) {
			out = append(out, l.say("step %s: %s", "步骤 %s：%s", s.Name, l.stepMessage(s)))
		}
	}
	return l.say("A further record must meet each of these: %s", "须追加符合要求的记录：%s", strings.Join(out, " "))
}

func hasStep(p *decision.Procedure, name string) bool {
	return slices.ContainsFunc(p.Steps, func(s decision.Step) bool { return s.Name == name })
}

func (l Language) nextAdvice(found *decision.ReviewVerdict) string {
	var b strings.Builder
	b.WriteString(l.say("Next is step %s", "下一步骤 %s", found.Next.Name))
	if found.Next.Level != "" {
		b.WriteString(l.say(" (%s)", "（%s）", found.Next.Level))
	}
	if !found.Due.IsZero() {
		b.WriteString(l.say(", due %s", "，期限 %s", found.Due))
	}
	if needs := l.stepNeeds(found.Next); needs != "" {
		b.WriteString(l.say("; it needs %s", "；须有：%s", needs))
	}
	return b.String() + l.say(".", "。")
}

// unjudgedReview says why a review was not judged; what is kept stays.
func unjudgedReview(r *v1alpha1.Review, kept *v1alpha1.ReviewStatus, reason, message string) *v1alpha1.ReviewStatus {
	out := kept.DeepCopy()
	if out == nil {
		out = &v1alpha1.ReviewStatus{}
	}
	out.ObservedGeneration = r.Generation
	out.Conditions = failure(r.Generation, earliestReviewDate(r), out.Conditions, reason, message)
	return out
}

// orphanReview is the status of a review about a household that does not exist.
func orphanReview(r *v1alpha1.Review) *v1alpha1.ReviewStatus {
	return unjudgedReview(r, nil, v1alpha1.ReasonReferenceNotFound,
		fmt.Sprintf("There is no Household %s in namespace %s: create it; a review's household cannot be changed.", r.Spec.HouseholdRef.Name, r.Namespace))
}

func earliestReviewDate(r *v1alpha1.Review) civil.Day {
	first := earliest(0, r.Spec.Opened, r.Spec.Entered)
	for i := range r.Spec.Records {
		first = earliest(first, r.Spec.Records[i].Date, r.Spec.Records[i].Entered)
	}
	return first
}
