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
	"fangpin.io/fangpin/internal/money"
)

func signals(in []*v1alpha1.RiskSignal) []decision.Signal {
	if len(in) == 0 {
		return nil
	}
	out := make([]decision.Signal, 0, len(in))
	for _, s := range in {
		out = append(out, signal(s))
	}
	slices.SortFunc(out, func(a, b decision.Signal) int {
		if a.Date != b.Date {
			return int(a.Date - b.Date)
		}
		return compareText(a.Name, b.Name)
	})
	return out
}

func signal(s *v1alpha1.RiskSignal) decision.Signal {
	o := decision.Signal{
		Name: s.Name, Source: string(s.Spec.Source), Department: string(s.Spec.Department),
		Cause: string(s.Spec.Cause), Date: dayOf(s.Spec.Date), Period: string(s.Spec.Period),
		Document: s.Spec.Document != "", Consent: s.Spec.Consent == v1alpha1.ConsentGiven,
		Proxy: s.Spec.Proxy != "", Will: s.Spec.Will == v1alpha1.WillConfirmed,
	}
	if a, err := money.Parse(string(s.Spec.Amount)); err == nil && s.Spec.Amount != "" {
		o.Amount, o.AmountSet = a, true
	}
	if v := s.Spec.Verification; v != nil {
		o.Verified, o.Outcome = dayOf(v.Date), string(v.Outcome)
	}
	return o
}

// signalStatuses writes what is concluded of the leads, in their order.
func (l Language) signalStatuses(v *decision.Verdict, in []*v1alpha1.RiskSignal) []*v1alpha1.RiskSignalStatus {
	if len(in) == 0 {
		return nil
	}
	out := make([]*v1alpha1.RiskSignalStatus, len(in))
	for i, s := range in {
		for k := range v.Signals {
			if v.Signals[k].Name == s.Name {
				out[i] = l.signalStatus(v, &v.Signals[k], s)
			}
		}
	}
	return out
}

func (l Language) signalStatus(v *decision.Verdict, found *decision.SignalVerdict, s *v1alpha1.RiskSignal) *v1alpha1.RiskSignalStatus {
	if found.Plan == nil && !found.Ahead {
		reason, message := l.unruled(l.say("this lead", "本线索"), "spec.date", string(s.Spec.Date), found.Conflict)
		return unjudgedSignal(s, nil, reason, message)
	}
	w := newConditions(l, s.Generation, zoneOf(v.Plan))
	w.set(v1alpha1.ConditionReady, true, conditions.RestsSince(earliestSignalDate(s), v.Plan.From), v1alpha1.ReasonJudged, l.signalAdvice(found))
	return &v1alpha1.RiskSignalStatus{
		ObservedGeneration: s.Generation,
		State:              v1alpha1.SignalState(found.State),
		Line:               v1alpha1.Word(found.Line),
		VerifyBy:           dateOf(found.VerifyBy),
		Conditions:         w.Sorted(),
	}
}

// unruled says that no plan ruled the day by which a paper is judged.
func (l Language) unruled(what, field, day string, conflict []string) (reason, message string) {
	if len(conflict) > 0 {
		return v1alpha1.ReasonPolicyConflict, l.say("The policies %s would be in force together on %s, the day by which %s is judged: end or move all but one.",
			"方案 %s 在 %s 同时生效，而%s按这一天研判：请只保留一个，其余终止或改期。", strings.Join(conflict, l.comma()), day, what)
	}
	return v1alpha1.ReasonNoPolicy, l.say("No policy was in force on %s, the day by which %s is judged: correct %s, or apply a MonitoringPolicy that holds on that day.",
		"%s 没有方案生效，而%s按这一天研判：请更正 %s，或提交当日有效的 MonitoringPolicy。", day, what, field)
}

// signalAdvice says what is to be done about a lead.
func (l Language) signalAdvice(s *decision.SignalVerdict) string {
	if s.Ahead {
		return l.say("Nothing is concluded before its date.", "日期未到，不作结论。")
	}
	switch s.State {
	case decision.SignalRefused:
		if s.Refusal == decision.RefusedWill {
			return l.say("Somebody else reports for the family, and that it wants this itself is not confirmed: ask the family, then state spec.will: Confirmed.",
				"由他人代为申报，但未确认农户真实意愿：请向农户核实后写入 spec.will: Confirmed。")
		}
		return l.say("Policy %s takes no leads from this source: bring it through one that it takes: %s.", "方案 %s 不受理此来源的线索：请通过其受理的来源提出：%s。", s.Plan.Name, strings.Join(channelsOf(s.Plan), l.comma()))
	case decision.SignalIncomplete:
		var lacks []string
		if s.NoDocument {
			lacks = append(lacks, l.say("the paper that stands behind it (spec.document)", "佐证资料（spec.document）"))
		}
		if s.NoConsent {
			lacks = append(lacks, l.say("the promise of truthfulness and the authority to query assets (spec.consent: Given)", "承诺和资产查询授权（spec.consent: Given）"))
		}
		return l.say("Policy %s asks more of this source: add %s.", "方案 %s 对此来源另有要求：请补充%s。", s.Plan.Name, strings.Join(lacks, l.say(" and ", "和")))
	case decision.SignalRepeated:
		return l.say("An earlier lead says the same: act on that one.", "与此前线索重复：请办理此前的线索。")
	case decision.SignalBelowLine:
		return l.say("It crosses no warning line: nothing needs to be done.", "未超过预警线：无须办理。")
	case decision.SignalAwaiting, decision.SignalOverdue:
		by := ""
		if !s.VerifyBy.IsZero() {
			by = l.say(", which was to be done by %s", "（期限 %s，已逾期）", s.VerifyBy)
			if s.State == decision.SignalAwaiting {
				by = l.say(" by %s", "（期限 %s）", s.VerifyBy)
			}
		}
		return l.say("Verify it at the family's home%s, and state the result in spec.verification.", "请入户核实%s，结果写入 spec.verification。", by)
	}
	return ""
}

func channelsOf(p *decision.Plan) []string {
	var out []string
	for i := range p.Channels {
		out = append(out, p.Channels[i].Source)
	}
	return out
}

// unjudgedSignal says why a lead was not judged; what is kept stays.
func unjudgedSignal(s *v1alpha1.RiskSignal, kept *v1alpha1.RiskSignalStatus, reason, message string) *v1alpha1.RiskSignalStatus {
	out := kept.DeepCopy()
	if out == nil {
		out = &v1alpha1.RiskSignalStatus{}
	}
	out.ObservedGeneration = s.Generation
	out.Conditions = failure(s.Generation, earliestSignalDate(s), out.Conditions, reason, message)
	return out
}

// orphanSignal is the status of a lead about a household that does not exist.
func orphanSignal(s *v1alpha1.RiskSignal) *v1alpha1.RiskSignalStatus {
	return unjudgedSignal(s, nil, v1alpha1.ReasonReferenceNotFound,
		fmt.Sprintf("There is no Household %s in namespace %s: create it, or delete this lead.", s.Spec.HouseholdRef.Name, s.Namespace))
}

func earliestSignalDate(s *v1alpha1.RiskSignal) civil.Day {
	first := earliest(0, s.Spec.Date, s.Spec.Entered)
	if v := s.Spec.Verification; v != nil {
		first = earliest(first, v.Date, v.Entered)
	}
	return first
}
