// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"testing"
	"time"

	"fangpin.io/fangpin/internal/civil"
)

// Days add up to the end of the calendar and no further, so nothing that counts
// on may wait for a day behind it.
func TestTheEndOfTheCalendarIsReached(t *testing.T) {
	f := &Family{Registration: "None", Persons: 1, Signals: []Signal{{
		Name: "s", Source: "Department", Cause: "Illness", Date: civil.Last.AddDays(-10), Verified: civil.Last.AddDays(-9), Outcome: "Confirmed",
	}}}
	plan := &Plan{Name: "p", From: civil.Last.AddDays(-100), Categories: []Category{{Name: "C", When: (&rules{}).always()}}, Predicates: 1}
	done := make(chan Verdict, 1)
	go func() { done <- Decide(f, lineOf(plan), civil.Last) }()
	select {
	case v := <-done:
		if v.Signals[0].State != SignalConfirmed {
			t.Errorf("the lead is %s", v.Signals[0].State)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it still counts")
	}
}
