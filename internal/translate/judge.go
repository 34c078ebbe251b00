// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/decision"
)

// Judgment is everything that is concluded about one family on one day. The
// statuses are fresh and canonical: equal conclusions are equal bytes.
type Judgment struct {
	Household *v1alpha1.HouseholdStatus
	Plan      *v1alpha1.AssistancePlanStatus // nil: the family has no plan
	// Signals and Reviews stand in the order of the papers; nil for one that was
	// not known yet.
	Signals []*v1alpha1.RiskSignalStatus
	Reviews []*v1alpha1.ReviewStatus
	// Evidence is what the family says of the duties of the jurisdictions above.
	Evidence Evidence
	// Day is the civil day that was judged.
	Day civil.Day
	// NextChange is the first instant at which anything could change; zero: never,
	// unless someone states a new fact.
	NextChange time.Time
}

// Of returns the status concluded about one of the papers that were judged; nil
// if none is, as for one that was not known yet.
func (j *Judgment) Of(p Papers, object any) any {
	switch o := object.(type) {
	case *v1alpha1.Household:
		return some(j.Household)
	case *v1alpha1.AssistancePlan:
		return some(j.Plan)
	case *v1alpha1.RiskSignal:
		if i := slices.Index(p.Signals, o); i >= 0 {
			return some(j.Signals[i])
		}
	case *v1alpha1.Review:
		if i := slices.Index(p.Reviews, o); i >= 0 {
			return some(j.Reviews[i])
		}
	}
	return nil
}

// some turns a missing status into no value at all.
func some[S any](status *S) any {
	if status == nil {
		return nil
	}
	return status
}

// Judge concludes what the plan in force says of the family and its papers at
// an instant, on that day in the plan's zone. It never fails: what cannot be
// judged says so in its conditions.
func (w *World) Judge(p Papers, now time.Time) Judgment {
	known := w.Known(p)
	place, fault := w.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	if fault != nil {
		return unplaced(known, fault, civil.At(now, defaultZone)).inOrderOf(p, known)
	}
	j, v := w.judge(known, place, w.Today(place, now))
	if !v.NextChange.IsZero() {
		j.NextChange = w.Instant(place, v.NextChange, now)
	}
	return j.inOrderOf(p, known)
}

// JudgeOn is Judge for a given day.
func (w *World) JudgeOn(p Papers, day civil.Day) Judgment {
	known := w.Known(p)
	place, fault := w.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	if fault != nil {
		return unplaced(known, fault, day).inOrderOf(p, known)
	}
	j, v := w.judge(known, place, day)
	if !v.NextChange.IsZero() {
		j.NextChange = v.NextChange.In(zoneOf(v.Plan))
	}
	return j.inOrderOf(p, known)
}

// JudgeDays is JudgeOn for several days, which ascend, in one replay of the family's
// life. NextChange and Evidence are left out.
func (w *World) JudgeDays(p Papers, days []civil.Day) []Judgment {
	known := w.Known(p)
	out := make([]Judgment, 0, len(days))
	place, fault := w.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	if fault != nil {
		for _, day := range days {
			out = append(out, unplaced(known, fault, day).inOrderOf(p, known))
		}
		return out
	}
	decision.DecideDays(w.family(known, place), w.Timeline(place), days, func(v decision.Verdict) {
		j := w.say(known, place, &v)
		j.Evidence = Evidence{} // what it refers to changes as the replay goes on
		out = append(out, j.inOrderOf(p, known))
	})
	return out
}

// judge judges papers of which all is known.
func (w *World) judge(p Papers, place string, day civil.Day) (Judgment, *decision.Verdict) {
	v := decision.Decide(w.family(p, place), w.Timeline(place), day)
	return w.say(p, place, &v), &v
}

// say puts a verdict about known papers into statuses.
func (w *World) say(p Papers, place string, v *decision.Verdict) Judgment {
	j := Judgment{Day: v.Day, Evidence: evidence(v, p)}
	switch v.Standing {
	case decision.Judged:
		j.Household = w.lang.householdStatus(v, p.Household, p.Twins)
		if p.Plan != nil {
			j.Plan = w.lang.planStatus(v, p.Plan)
		}
		j.Signals, j.Reviews = w.lang.signalStatuses(v, p.Signals), w.lang.reviewStatuses(v, p.Reviews)
	case decision.PolicyInvalid:
		j.freeze(p, w.lang.brokenAdvice(v.Policies[0]))
	default:
		j.fail(p, reasonOf(v.Standing), w.lang.adviceOf(v, place))
	}
	return j
}

func reasonOf(s decision.Standing) string {
	if s == decision.PolicyConflict {
		return v1alpha1.ReasonPolicyConflict
	}
	return v1alpha1.ReasonNoPolicy
}

func (l Language) adviceOf(v *decision.Verdict, place string) string {
	if v.Standing == decision.PolicyConflict {
		return l.say("The policies %s begin on one day at one jurisdiction: end or move all but one (spec.effectiveFrom, spec.effectiveUntil).",
			"方案 %s 在同一辖区同日生效：请只保留一个，其余终止或改期（spec.effectiveFrom、spec.effectiveUntil）。", strings.Join(v.Policies, l.comma()))
	}
	// No day stands here: the message must be the same on every such day.
	return l.say("No policy is in force at jurisdiction %s today: apply a MonitoringPolicy for it, or for one above it, that holds on this day.",
		"辖区 %s 当日没有生效的方案：请为该辖区或其上级提交当日有效的 MonitoringPolicy。", place)
}

func (l Language) brokenAdvice(policy string) string {
	return l.say("Policy %s does not compile, so nothing is concluded and nothing is erased: mend what its condition Compiled names.",
		"方案 %s 不能编译，因此不作结论，也不清除已有结论：请按其 Compiled 状况的提示修正。", policy)
}

// unplaced answers for a family that stands nowhere in the tree.
func unplaced(p Papers, f *Fault, day civil.Day) Judgment {
	j := Judgment{Day: day}
	j.fail(p, f.Reason, f.Message)
	return j
}

// family reads the known papers of a family that stands at the node.
func (w *World) family(p Papers, place string) *decision.Family {
	f := familyOf(p)
	if n := w.nodes[place]; n != nil && len(f.Reviews) > 0 {
		f.Sites = n.sites
	}
	return f
}

// fail gives all papers the status of what was not judged: nothing but why.
func (j *Judgment) fail(p Papers, reason, message string) {
	j.Household = &v1alpha1.HouseholdStatus{
		ObservedGeneration: p.Household.Generation,
		Conditions:         householdFailure(p.Household, nil, reason, message),
	}
	if p.Plan != nil {
		j.Plan = &v1alpha1.AssistancePlanStatus{
			ObservedGeneration: p.Plan.Generation,
			Conditions:         planFailure(p.Plan, nil, reason, message),
		}
	}
	for _, s := range p.Signals {
		j.Signals = append(j.Signals, unjudgedSignal(s, nil, reason, message))
	}
	for _, r := range p.Reviews {
		j.Reviews = append(j.Reviews, unjudgedReview(r, nil, reason, message))
	}
}

// freeze gives the status under a policy that does not compile: it concludes
// nothing and erases nothing, so all but the conditions stays as it is.
func (j *Judgment) freeze(p Papers, message string) {
	const reason = v1alpha1.ReasonPolicyInvalid
	j.Household = p.Household.Status.DeepCopy()
	j.Household.ObservedGeneration = p.Household.Generation
	j.Household.Conditions = householdFailure(p.Household, j.Household.Conditions, reason, message)
	if p.Plan != nil {
		j.Plan = p.Plan.Status.DeepCopy()
		j.Plan.ObservedGeneration = p.Plan.Generation
		j.Plan.Conditions = planFailure(p.Plan, j.Plan.Conditions, reason, message)
	}
	for _, s := range p.Signals {
		j.Signals = append(j.Signals, unjudgedSignal(s, &s.Status, reason, message))
	}
	for _, r := range p.Reviews {
		j.Reviews = append(j.Reviews, unjudgedReview(r, &r.Status, reason, message))
	}
}

// householdFailure says that the household was not judged, beside the kept
// conditions.
func householdFailure(h *v1alpha1.Household, kept []metav1.Condition, reason, message string) []metav1.Condition {
	return failure(h.Generation, earliestHouseholdDate(h), kept, reason, message)
}

func planFailure(p *v1alpha1.AssistancePlan, kept []metav1.Condition, reason, message string) []metav1.Condition {
	return failure(p.Generation, earliestPlanDate(p), kept, reason, message)
}

func failure(generation int64, inSpec civil.Day, kept []metav1.Condition, reason, message string) []metav1.Condition {
	l := conditions.List{Generation: generation, Zone: defaultZone}
	l.Fail(conditions.RestsSince(inSpec, 0), reason, message)
	l.Keep(kept)
	return l.Sorted()
}

// JudgeOrphans answers for papers whose household does not exist.
func JudgeOrphans(p Papers) Judgment {
	var j Judgment
	if p.Plan != nil {
		j.Plan = orphanPlan(p.Plan)
	}
	for _, s := range p.Signals {
		j.Signals = append(j.Signals, orphanSignal(s))
	}
	for _, r := range p.Reviews {
		j.Reviews = append(j.Reviews, orphanReview(r))
	}
	return j
}

// orphanPlan is the status of an assistance plan whose household does not exist.
func orphanPlan(p *v1alpha1.AssistancePlan) *v1alpha1.AssistancePlanStatus {
	return &v1alpha1.AssistancePlanStatus{
		ObservedGeneration: p.Generation,
		Conditions: planFailure(p, nil, v1alpha1.ReasonReferenceNotFound,
			fmt.Sprintf("There is no Household %s in namespace %s: create it, or delete this plan.", p.Spec.HouseholdRef.Name, p.Namespace)),
	}
}
