// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// Whoever reads Chinese finds no English sentence in an advice, and the other
// way round: identifiers alone stand in both.
func TestEveryFaultIsWordedInBothLanguages(t *testing.T) {
	day := civil.Day(737500)
	hold := decision.Hold{Name: decision.HoldMinimumPeriod, Lifts: day}
	for code := decision.FaultNoSuchStep; code <= decision.FaultHeld; code++ {
		f := decision.Fault{Code: code, Subject: "subject", Names: []string{"first", "second"}, Want: 15, Got: 14, Day: day, Hold: hold}
		checkWording(t, English.faultAdvice(&f), Chinese.faultAdvice(&f))
	}
	for _, name := range append([]string{"plans-own"}, reservedHolds...) {
		h := decision.Hold{Name: name, Lifts: day, Names: []string{"fact"}, Want: 2, Got: 1}
		checkWording(t, English.holdAdvice(&h), Chinese.holdAdvice(&h))
	}
	plan := &decision.Plan{Name: "plan", Channels: []decision.Channel{{Source: "Department"}}}
	for _, s := range []decision.SignalVerdict{
		{Ahead: true}, {State: decision.SignalRefused, Refusal: decision.RefusedWill}, {State: decision.SignalRefused, Refusal: decision.RefusedChannel},
		{State: decision.SignalIncomplete, NoDocument: true, NoConsent: true}, {State: decision.SignalRepeated}, {State: decision.SignalBelowLine},
		{State: decision.SignalAwaiting, VerifyBy: day}, {State: decision.SignalOverdue, VerifyBy: day}, {State: decision.SignalAwaiting},
	} {
		s.Plan = plan
		checkWording(t, English.signalAdvice(&s), Chinese.signalAdvice(&s))
	}
}

func checkWording(t *testing.T, english, chinese string) {
	t.Helper()
	isHan := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	if english == "" || strings.ContainsFunc(english, isHan) || strings.Contains(english, "%!") {
		t.Errorf("in English: %q", english)
	}
	if !strings.ContainsFunc(chinese, isHan) || strings.Contains(chinese, " the ") || strings.Contains(chinese, "%!") {
		t.Errorf("in Chinese: %q", chinese)
	}
}

// A language words messages and decides nothing.
func TestALanguageChangesMessagesAlone(t *testing.T) {
	policies := []*v1alpha1.MonitoringPolicy{policy(t, soundPolicy)}
	policies[0].Spec.JurisdictionRef.Name = "a"
	nodes := []*v1alpha1.Jurisdiction{place("a", v1alpha1.LevelTownship, "", "a")}
	h := &v1alpha1.Household{}
	h.Name, h.Namespace = "subject", "a"
	h.Spec.Registration, h.Spec.Persons = v1alpha1.RegistrationGraduated, 3
	var stripped [2]*v1alpha1.HouseholdStatus
	for i, lang := range []Language{English, Chinese} {
		w := NewWorld(policies, nodes, Options{Language: lang})
		status := w.JudgeOn(Papers{Household: h}, dayIn(t, "2020-05-01")).Household
		worded := false
		for k := range status.Conditions {
			worded = worded || strings.ContainsFunc(status.Conditions[k].Message, func(r rune) bool { return unicode.Is(unicode.Han, r) })
			status.Conditions[k].Message = ""
		}
		if worded != (lang == Chinese) {
			t.Errorf("language %d words in Chinese: %t", lang, worded)
		}
		stripped[i] = status
	}
	if diff := cmp.Diff(stripped[0], stripped[1]); diff != "" {
		t.Errorf("conclusions differ (-English +Chinese):\n%s", diff)
	}
}
