// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
	"fangpin.io/fangpin/internal/decision"
)

// conditionWriter states the conditions of a family's papers.
type conditionWriter struct{ conditions.List }

func newConditions(generation int64, zone *time.Location) conditionWriter {
	return conditionWriter{conditions.List{Generation: generation, Zone: zone}}
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
		v1alpha1.ReasonFactsKnown, v1alpha1.ReasonFactsMissing, func() string { return missingAdvice(v.Missing) })
	w.check(v1alpha1.ConditionSurveyCurrent, v.Checks[decision.SurveyCurrent],
		v1alpha1.ReasonSurveyed, v1alpha1.ReasonSurveyOverdue, func() string {
			return "Survey the family and record it: " + overdueList(v, decision.SurveyDeadline) + "."
		})
	w.check(v1alpha1.ConditionOnTrack, v.Checks[decision.OnTrack],
		v1alpha1.ReasonInTime, v1alpha1.ReasonDeadlineOverdue, func() string {
			return "Deal with what is overdue: " + overdueList(v, "") + "."
		})
	w.check(v1alpha1.ConditionRecorded, v.Checks[decision.Recorded],
		v1alpha1.ReasonInLedgers, v1alpha1.ReasonLedgerMissing, func() string {
			return "Enter the family in: " + strings.Join(v.Unrecorded, ", ") + "; then state it in spec.marks, or sign the step that enters it."
		})
	w.check(v1alpha1.ConditionEliminationEligible, v.Checks[decision.EliminationEligible],
		v1alpha1.ReasonNothingInTheWay, v1alpha1.ReasonBlockersHold, func() string { return eliminationAdvice(v.Elimination) })
}

func (w *conditionWriter) planChecks(v *decision.Verdict) {
	w.check(v1alpha1.ConditionCovered, v.Checks[decision.Covered],
		v1alpha1.ReasonAllCovered, v1alpha1.ReasonMeasureMissing, func() string {
			return "Plan a measure for: " + strings.Join(v.Uncovered, ", ") + "."
		})
	w.check(v1alpha1.ConditionDelivered, v.Checks[decision.Delivered],
		v1alpha1.ReasonAllDelivered, v1alpha1.ReasonAwaitingDelivery, func() string {
			return "Deliver and record: " + strings.Join(measuresIn(v, decision.MeasurePlanned, decision.MeasureOverdue), ", ") + "."
		})
	w.check(v1alpha1.ConditionEffective, v.Checks[decision.Effective],
		v1alpha1.ReasonHelped, v1alpha1.ReasonShortfallRemains, func() string {
			return "The shortfall remains after: " + strings.Join(measuresIn(v, decision.MeasureIneffective), ", ") + "; plan another measure."
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
			"The head has the same identity digest as in "+strings.Join(sorted, ", ")+": keep one household and delete the other, or correct the digest.")
	}
}

// missingAdvice names the facts to find out and the rules that wait for them.
func missingAdvice(gaps []decision.Gap) string {
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
		fmt.Fprintf(&b, "Find out %s; ", strings.Join(facts, ", "))
	}
	fmt.Fprintf(&b, "undecided: %s.", strings.Join(rules, "; "))
	if len(faults) > 0 {
		fmt.Fprintf(&b, " Mend the policy's rule: %s.", strings.Join(faults, "; "))
	}
	return b.String()
}

func overdueList(v *decision.Verdict, kind decision.DeadlineKind) string {
	var out []string
	for _, d := range v.Deadlines {
		if d.State == decision.DeadlineOverdue && (kind == "" || d.Kind == kind) {
			out = append(out, fmt.Sprintf("%s %s (due %s)", d.Kind, d.Name, d.Due))
		}
	}
	return strings.Join(out, ", ")
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
