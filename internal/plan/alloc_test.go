// SPDX-License-Identifier: Apache-2.0

// The race detector makes sync.Pool forget at random, and so allocate.

//go:build !race

package plan

import "testing"

// TestAskAllocatesLittle keeps the judge's budget: it asks some 15 rules on
// every day on which something changed.
func TestAskAllocatesLittle(t *testing.T) {
	for rule, want := range map[string]float64{
		"survey.income < params.redLine":            0,
		"survey.income < yuan(5000)":                0,
		"survey.guarantees.Housing == 'Met'":        0,
		"household.labour in ['None', 'Lost']":      0,
		"unmet.exists(u, u != 'Income')":            1,
		"household.marks.exists(m, m.year <= 2019)": 2,
	} {
		p, _ := mustCompile(t, rule, InTier)
		f := family()
		if got := testing.AllocsPerRun(200, func() { p.Ask(f) }); got > want {
			t.Errorf("%s allocates %.1f times, want at most %.0f", rule, got, want)
		}
	}
}
