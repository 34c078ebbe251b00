// SPDX-License-Identifier: Apache-2.0

// The race detector makes sync.Pool forget at random, and so allocate.

//go:build !race

package translate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
)

// TestADecisionStaysWithinItsAllocations holds the core to its budget: 60
// allocations for a family with twelve surveys under R01 whose facts are known.
func TestADecisionStaysWithinItsAllocations(t *testing.T) {
	line := townWorld(t).Timeline("town")
	day, _ := civil.ParseDay(judgedOn)
	for _, year := range yearsOfSurveys {
		t.Run(year.name, func(t *testing.T) {
			f := familyOf(familyOfAYear(year))
			var tiers []string
			for _, change := range decision.Decide(f, line, day).History {
				tiers = append(tiers, change.Tier)
			}
			if diff := cmp.Diff(year.wantTiers, tiers); diff != "" {
				t.Errorf("the year went otherwise than meant (-want +got):\n%s", diff)
			}
			if got := testing.AllocsPerRun(200, func() { decision.Decide(f, line, day) }); got > year.wantAllocations {
				t.Errorf("a decision allocates %.0f times, want at most %.0f", got, year.wantAllocations)
			}
		})
	}
}
