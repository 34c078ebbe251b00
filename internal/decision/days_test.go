// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
)

// one draws a family with papers, or one with a whole life of them.
func one(t *rapid.T) (*Family, Timeline) {
	if rapid.Bool().Draw(t, "life") {
		return someLife(t)
	}
	return someCase(t)
}

func TestSeveralDaysOfOneReplayAreJudgedAsEachAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := one(t)
		days := rapid.SliceOfN(rapid.Custom(someday), 1, 5).Draw(t, "days")
		slices.Sort(days)
		n := 0
		DecideDays(f, line, days, func(v Verdict) {
			if diff := cmp.Diff(Decide(f, line, days[n]), v, same...); diff != "" {
				t.Fatalf("on %s, of %s (-alone +together)\n%s", days[n], days, diff)
			}
			n++
		})
		if n != len(days) {
			t.Fatalf("%d verdicts of %d days", n, len(days))
		}
	})
}

// A family is no monitored object any more, on days that are judged, only where
// an elimination has taken effect in between; and each elimination ends a time of
// being one.
func TestOnlyAnEliminationEndsMonitoring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := one(t)
		was, monitored := civil.Day(0), false
		for d := firstDay - 5; d < firstDay+200; d++ {
			v := Decide(f, line, d)
			if v.Standing != Judged {
				continue
			}
			now := !v.Identified.IsZero()
			if now != (v.Stage == Monitored || v.Stage == UnderElimination) {
				t.Fatalf("on %s: identified %s at stage %s", d, v.Identified, v.Stage)
			}
			since := slices.IndexFunc(v.Eliminations, func(e civil.Day) bool { return e > was })
			if monitored && !now && since < 0 {
				t.Fatalf("monitored on %s, not on %s, and no elimination in between: %s", was, d, v.Eliminations)
			}
			was, monitored = d, now
		}
	})
}
