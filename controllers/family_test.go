// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/controlplane"
)

func TestFirstJudgmentAndASilentSecondPass(t *testing.T) {
	town := newTown(t, plan, poor, fair)
	red, yellow := town.household("poor").Status, town.household("fair").Status
	if red.Tier != "Red" || yellow.Tier != "Yellow" || red.PolicyRef.Name != "plan" {
		t.Errorf("tiers %s and %s under %v, want Red and Yellow under plan", red.Tier, yellow.Tier, red.PolicyRef)
	}
	want := []string{
		"households/fair", "households/poor",
		"jurisdictions/county", "jurisdictions/east", "jurisdictions/east-hill", "jurisdictions/east-lake", "jurisdictions/west",
		"monitoringpolicies/plan",
	}
	writes := sorted(town.wire.writes())
	var families []string
	for _, write := range writes {
		if write == "households/fair" || write == "households/poor" {
			families = append(families, write)
		}
	}
	if diff := cmp.Diff(want[:2], families); diff != "" {
		t.Errorf("writes of families (-want +got):\n%s", diff)
	}

	// A new operator judges everything again, and has nothing to say.
	town.stop()
	town.start(controlplane.ForTest(t).Config())
	if writes := town.wire.writes(); len(writes) > 0 {
		t.Errorf("a second pass wrote %v", writes)
	}
	town.clock.SetTime(noonOf(time.May, 2))
	town.settle()
	if writes := town.wire.writes(); len(writes) > 0 {
		t.Errorf("a day on which nothing changes wrote %v", writes)
	}
}

func TestMidnightWakesWhoeverTurnsOverdue(t *testing.T) {
	town := newTown(t, plan, poor, fair)
	town.wire.take()
	town.clock.SetTime(time.Date(2020, 6, 30, 23, 59, 59, 0, shanghai))
	town.settle()
	if got := town.household("poor").Status; *got.Overdue != 0 || got.Deadlines[0].State != v1alpha1.DeadlinePending {
		t.Errorf("a second before midnight: %d overdue, %+v", *got.Overdue, got.Deadlines)
	}
	town.clock.SetTime(time.Date(2020, 7, 1, 0, 0, 0, 0, shanghai))
	town.settle()
	got := town.household("poor").Status
	if *got.Overdue != 1 || got.Deadlines[0].State != v1alpha1.DeadlineOverdue {
		t.Errorf("at midnight: %d overdue, %+v", *got.Overdue, got.Deadlines)
	}
	if got := town.jurisdiction("county").Status; *got.Overdue != 1 {
		t.Errorf("the county counts %d overdue deadlines, want 1", *got.Overdue)
	}
}
