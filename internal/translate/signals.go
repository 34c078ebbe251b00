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

func (r reader) signals(in []*v1alpha1.RiskSignal) []decision.Signal {
	if len(in) == 0 {
		return nil
	}
	out := make([]decision.Signal, 0, len(in))
	for _, s := range in {
		if r.knows(s.Spec.Entered, s.Spec.Date) {
			out = append(out, r.signal(s))
		}
	}
	slices.SortFunc(out, func(a, b decision.Signal) int {
		if a.Date != b.Date {
			return int(a.Date - b.Date)
		}
		return compareText(a.Name, b.Name)
	})
	return out
}

func (r reader) signal(s *v1alpha1.RiskSignal) decision.Signal {
	o := decision.Signal{
		Name: s.Name, Source: string(s.Spec.Source), Department: string(s.Spec.Department),
		Cause: string(s.Spec.Cause), Date: dayOf(s.Spec.Date), Period: string(s.Spec.Period),
		Document: s.Spec.Document != "", Consent: s.Spec.Consent == v1alpha1.ConsentGiven,
		Proxy: s.Spec.Proxy != "", Will: s.Spec.Will == v1alpha1.WillConfirmed,
	}
	if a, err := money.Parse(string(s.Spec.Amount)); err == nil && s.Spec.Amount != "" {
		o.Amount, o.AmountSet = a, true
	}
	if v := s.Spec.Verification; v != nil && r.knows(v.Entered, v.Date) {
		o.Verified, o.Outcome = dayOf(v.Date), string(v.Outcome)
	}
	return o
}

// signalStatuses writes what is concluded of the leads, in the order of the
// papers; nil for one that was not known yet.
func signalStatuses(v *decision.Verdict, in []*v1alpha1.RiskSignal) []*v1alpha1.RiskSignalStatus {
	if len(in) == 0 {
		return nil
	}
	out := make([]*v1alpha1.RiskSignalStatus, len(in))
	for i, s := range in {
		for k := range v.Signals {
			if v.Signals[k].Name == s.Name {
				out[i] = signalStatus(v, &v.Signals[k], s)
			}
		}
	}
	return out
}

func signalStatus(v *decision.Verdict, found *decision.SignalVerdict, s *v1alpha1.RiskSignal) *v1alpha1.RiskSignalStatus {
	if found.Plan == nil && !found.Ahead {
		reason, message := unruled("this lead", "spec.date", string(s.Spec.Date), found.Conflict)
		return unjudgedSignal(s, nil, reason, message)
	}
	w := newConditions(s.Generation, zoneOf(v.Plan))
	w.set(v1alpha1.ConditionReady, true, conditions.RestsSince(earliestSignalDate(s), v.Plan.From), v1alpha1.ReasonJudged, signalAdvice(found))
	return &v1alpha1.RiskSignalStatus{
		ObservedGeneration: s.Generation,
		State:              v1alpha1.SignalState(found.State),
		Line:               v1alpha1.Word(found.Line),
		VerifyBy:           dateOf(found.VerifyBy),
		Conditions:         w.Sorted(),
	}
}

// unruled says that no plan ruled the day by which a paper is judged.
func unruled(what, field, day string, conflict []string) (reason, message string) {
	if len(conflict) > 0 {
		return v1alpha1.ReasonPolicyConflict, fmt.Sprintf("The policies %s would be in force together on %s, the day by which %s is judged: end or move all but one.",
			strings.Join(conflict, ", "), day, what)
	}
	return v1alpha1.ReasonNoPolicy, fmt.Sprintf("No policy was in force on %s, the day by which %s is judged: correct %s, or apply a MonitoringPolicy that holds on that day.", day, what, field)
}

// signalAdvice says what is to be done about a lead.
func signalAdvice(s *decision.SignalVerdict) string {
	if s.Ahead {
		return "Nothing is concluded before its date."
	}
	switch s.State {
	case decision.SignalRefused:
		if s.Refusal == decision.RefusedWill {
			return "Somebody else reports for the family, and that it wants this itself is not confirmed: ask the family, then state spec.will: Confirmed."
		}
		return fmt.Sprintf("Policy %s takes no leads from this source: bring it through one that it takes: %s.", s.Plan.Name, strings.Join(channelsOf(s.Plan), ", "))
	case decision.SignalIncomplete:
		var lacks []string
		if s.NoDocument {
			lacks = append(lacks, "the paper that stands behind it (spec.document)")
		}
		if s.NoConsent {
			lacks = append(lacks, "the promise of truthfulness and the authority to query assets (spec.consent: Given)")
		}
		return fmt.Sprintf("Policy %s asks more of this source: add %s.", s.Plan.Name, strings.Join(lacks, " and "))
	case decision.SignalRepeated:
		return "An earlier lead says the same: act on that one."
	case decision.SignalBelowLine:
		return "It crosses no warning line: nothing needs to be done."
	case decision.SignalAwaiting, decision.SignalOverdue:
		by := ""
		if !s.VerifyBy.IsZero() {
			by = fmt.Sprintf(", which was to be done by %s", s.VerifyBy)
			if s.State == decision.SignalAwaiting {
				by = fmt.Sprintf(" by %s", s.VerifyBy)
			}
		}
		return "Verify it at the family's home" + by + ", and state the result in spec.verification."
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

// OrphanSignal is the status of a lead about a household that does not exist.
func OrphanSignal(s *v1alpha1.RiskSignal) *v1alpha1.RiskSignalStatus {
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
