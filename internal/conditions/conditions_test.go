// SPDX-License-Identifier: Apache-2.0

package conditions

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/internal/civil"
)

func TestConditionsAreSortedAndBeginOnTheirDay(t *testing.T) {
	zone := time.FixedZone("east", 8*3600)
	day, _ := civil.DayOf(2020, time.July, 1)
	l := List{Generation: 7, Zone: zone}
	l.Fail(day, "NoPolicy", "apply one")
	l.Keep([]metav1.Condition{{Type: "Ready", Reason: "Old"}, {Type: "OnTrack", Reason: "Kept"}})
	at := metav1.NewTime(time.Date(2020, 7, 1, 0, 0, 0, 0, zone))
	want := []metav1.Condition{
		{Type: "OnTrack", Reason: "Kept"},
		{Type: "Ready", Status: metav1.ConditionFalse, ObservedGeneration: 7, LastTransitionTime: at, Reason: "NoPolicy", Message: "apply one"},
		{Type: "Stalled", Status: metav1.ConditionTrue, ObservedGeneration: 7, LastTransitionTime: at, Reason: "NoPolicy", Message: "apply one"},
	}
	if diff := cmp.Diff(want, l.Sorted()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestALongMessageIsCutBetweenCharacters(t *testing.T) {
	for extra := range 4 {
		got := clip(strings.Repeat("x", extra) + strings.Repeat("贫", maxMessage))
		if len(got) > maxMessage || !utf8.ValidString(got) || !strings.HasSuffix(got, "贫…") {
			t.Errorf("%d bytes, ends in %q", len(got), got[len(got)-8:])
		}
	}
	if got := clip("short"); got != "short" {
		t.Errorf("a short message became %q", got)
	}
}

func TestAConditionWithoutDatedFactsRestsOnSpecThenPolicyThenEpoch(t *testing.T) {
	spec, policy := civil.Day(737000), civil.Day(737400)
	tests := map[string]struct {
		spec, policy civil.Day
		want         string
	}{
		"the spec's date before all": {spec, policy, spec.String()},
		"else the policy's":          {0, policy, policy.String()},
		"else 1970-01-01":            {0, 0, "1970-01-01"},
	}
	for name, tt := range tests {
		if got := RestsSince(tt.spec, tt.policy).String(); got != tt.want {
			t.Errorf("%s: want %s, got %s", name, tt.want, got)
		}
	}
}
