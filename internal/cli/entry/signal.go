// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// Signal files a lead about the family. Its name says nothing of the cause,
// which may be an illness.
func Signal(p translate.Papers, s Stamp, spec v1alpha1.RiskSignalSpec) (*Entry, error) {
	spec.HouseholdRef, spec.Date, spec.Entered = reference(p.Household), s.date(), s.entered()
	name, err := freeName(p.Household.Name, "lead-"+compact(spec.Date), func(name string) bool {
		return slices.ContainsFunc(p.Signals, func(o *v1alpha1.RiskSignal) bool { return o.Name == name })
	})
	if err != nil {
		return nil, err
	}
	signal := &v1alpha1.RiskSignal{
		TypeMeta:   typeOf("RiskSignal"),
		ObjectMeta: metav1.ObjectMeta{Namespace: p.Household.Namespace, Name: name},
		Spec:       spec,
	}
	e := &Entry{Object: signal, New: true, Fact: signal, Papers: p}
	e.Papers.Signals = append(slices.Clone(p.Signals), signal)
	return e, nil
}

// Verify adds to a lead of the family what was found about it.
func Verify(p translate.Papers, s Stamp, signal *v1alpha1.RiskSignal, outcome v1alpha1.VerificationOutcome) (*Entry, error) {
	if v := signal.Spec.Verification; v != nil {
		return nil, wording.Fault(wording.VerifiedAlready, signal.Name, v.Date, v.By, v.Outcome)
	}
	verification := &v1alpha1.Verification{Date: s.date(), By: s.By, Entered: s.entered(), Outcome: outcome}
	verified := signal.DeepCopy()
	verified.Spec.Verification = verification
	e := &Entry{
		Object: verified, Path: "spec.verification", Fact: verification, Papers: p,
		Patch: []Operation{guard(signal), {Op: "add", Path: "/spec/verification", Value: verification}},
	}
	e.Papers.Signals = slices.Clone(p.Signals)
	for i, o := range e.Papers.Signals {
		if o.Name == signal.Name {
			e.Papers.Signals[i] = verified
		}
	}
	return e, nil
}
