// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"slices"
	"strings"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/decision"
)

// conditionWriter states the conditions of a family's papers.
type conditionWriter struct {
	conditions.List
	Language
}

func newConditions(l Language, generation int64, zone *time.Location) conditionWriter {
	return conditionWriter{conditions.List{Generation: generation, Zone: zone}, l}
}

func (w *conditionWriter) set(kind string, holds bool, since civil.Day, reason, message string) {
	w.Set(kind, conditions.Answer{Holds: holds, Since: since, Reason: reason, Message: message})
}

func (w *conditionWriter) ready(since civil.Day) {
	w.set(v1alpha1.ConditionReady, true, since, v1alpha1.ReasonJudged, "")
}

// check writes the condition of a yes-or-no statement, where it was asked.
func (w *conditionWriter) check(kind string, c decision.CheckState, yes, no string, advice func() string) {
	switch {
	case !c.Asked:
	case c.Holds:
		w.set(kind, true, c.Since, yes, "")
	default:
		w.set(kind, false, c.Since, no, advice())
	}
}

func (w *conditionWriter) householdChecks(v *decision.Verdict) {
	w.check(v1alpha1.ConditionFactsComplete, v.Checks[decision.FactsComplete],
		v1alpha1.ReasonFactsKnown, v1alpha1.ReasonFactsMissing, func() string { return w.missingAdvice(v.Missing) })
	w.check(v1alpha1.ConditionSurveyCurrent, v.Checks[decision.SurveyCurrent],
		v1alpha1.ReasonSurveyed, v1alpha1.ReasonSurveyOverdue, func() string {
			return w.say("Survey the family and record it: %s.", "请入户监测并录入：%s。", w.overdueList(v, decision.SurveyDeadline))
		})
	w.check(v1alpha1.ConditionOnTrack, v.Checks[decision.OnTrack],
		v1alpha1.ReasonInTime, v1alpha1.ReasonDeadlineOverdue, func() string {
			return w.say("Deal with what is overdue: %s.", "请处理逾期事项：%s。", w.overdueList(v, ""))
		})
	w.check(v1alpha1.ConditionRecorded, v.Checks[decision.Recorded],
		v1alpha1.ReasonInLedgers, v1alpha1.ReasonLedgerMissing, func() string {
			return w.say("Enter the family in: %s; then state it in spec.marks, or sign the step that enters it.",
				"请将该户录入：%s；录入后写入 spec.marks，或签署录入步骤。", strings.Join(v.Unrecorded, w.comma()))
		})
	w.check(v1alpha1.ConditionEliminationEligible, v.Checks[decision.EliminationEligible],
		v1alpha1.ReasonNothingInTheWay, v1alpha1.ReasonBlockersHold, func() string { return w.eliminationAdvice(v.Elimination) })
}

func (w *conditionWriter) planChecks(v *decision.Verdict) {
	w.check(v1alpha1.ConditionCovered, v.Checks[decision.Covered],
		v1alpha1.ReasonAllCovered, v1alpha1.ReasonMeasureMissing, func() string {
			return w.say("Plan a measure for: %s.", "请为以下短板安排措施：%s。", strings.Join(v.Uncovered, w.comma()))
		})
	w.check(v1alpha1.ConditionDelivered, v.Checks[decision.Delivered],
		v1alpha1.ReasonAllDelivered, v1alpha1.ReasonAwaitingDelivery, func() string {
			return w.say("Deliver and record: %s.", "请落实并记录：%s。", strings.Join(measuresIn(v, decision.MeasurePlanned, decision.MeasureOverdue), w.comma()))
		})
	w.check(v1alpha1.ConditionEffective, v.Checks[decision.Effective],
		v1alpha1.ReasonHelped, v1alpha1.ReasonShortfallRemains, func() string {
			return w.say("The shortfall remains after: %s; plan another measure.", "落实以下措施后短板仍在：%s；请另行安排措施。", strings.Join(measuresIn(v, decision.MeasureIneffective), w.comma()))
		})
}

func (w *conditionWriter) unique(h *v1alpha1.Household, twins []string, since civil.Day) {
	switch {
	case h.Spec.Head == nil || h.Spec.Head.IdentityDigest == "":
	case len(twins) == 0:
		w.set(v1alpha1.ConditionUnique, true, since, v1alpha1.ReasonNoTwin, "")
	default:
		sorted := slices.Sorted(slices.Values(twins))
		w.set(v1alpha1.ConditionUnique, false, since, v1alpha1.ReasonTwin,
			w.say("The head has the same identity digest as in %s: keep one household and delete the other, or correct the digest.",
				"户主身份摘要与 %s 相同：请只保留一户并删除另一户，或更正摘要。", strings.Join(sorted, w.comma())))
	}
}

// missingAdvice names the facts to find out and the rules that wait for them.
func (l Language) missingAdvice(gaps []decision.Gap) string {
	var facts, rules, faults []string
	for _, g := range gaps {
		facts = append(facts, g.Facts...)
		rules = append(rules, g.Rule)
		if g.Fault != "" {
			faults = append(faults, g.Rule+": "+g.Fault)
		}
	}
	slices.Sort(facts)
	facts = slices.Compact(facts)
	var b strings.Builder
	if len(facts) > 0 {
		b.WriteString(l.say("Find out %s; ", "请查明 %s；", strings.Join(facts, l.comma())))
	}
	b.WriteString(l.say("undecided: %s.", "尚不能判定：%s。", strings.Join(rules, l.say("; ", "；"))))
	if len(faults) > 0 {
		b.WriteString(l.say(" Mend the policy's rule: %s.", "请修正方案规则：%s。", strings.Join(faults, l.say("; ", "；"))))
	}
	return b.String()
}

func (l Language) overdueList(v *decision.Verdict, kind decision.DeadlineKind) string {
	var out []string
	for _, d := range v.Deadlines {
		if d.State == decision.DeadlineOverdue && (kind == "" || d.Kind == kind) {
			out = append(out, l.say("%s %s (due %s)", "%s %s（期限 %s）", d.Kind, d.Name, d.Due))
		}
	}
	return strings.Join(out, l.comma())
}

func measuresIn(v *decision.Verdict, states ...decision.MeasureState) []string {
	var out []string
	for _, m := range v.Measures {
		if slices.Contains(states, m.State) {
			out = append(out, m.Name)
		}
	}
	return out
}
