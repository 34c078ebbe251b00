// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"fmt"
	"strings"
	"testing"

	"fangpin.io/fangpin/internal/translate"
)

// TestR19_230ByTheOtherReadingTheClauseAsksTheSameOfEveryFamily shows that what the
// second half of R19.S2 asks of a non-registered family it asks of a 脱贫户 too once
// the reading is changed, whatever is stated and whatever is not; and that as
// shipped it asks nothing of a 脱贫户.
func TestR19_230ByTheOtherReadingTheClauseAsksTheSameOfEveryFamily(t *testing.T) {
	const line = `  - {name: burdenReading, values: [{from: "2020-01-01", number: "1"}]}`
	text := packText(t, "district-2020")
	asShipped, other := worldOf(t, text), worldOf(t, changeLine(t, text, line, strings.Replace(line, `"1"`, `"2"`, 1)))
	on := day(t, "2020-05-20")
	seen := map[string]int{}
	for found := range everyBurden {
		family := func(registration string) translate.Papers {
			return papersIn(t, "town", fmt.Sprintf(`{kind: Household, spec: {registration: %s, persons: 3, surveys: [{date: "2020-05-10", income: "9000", risk: None, %s}]}}`, registration, found))
		}
		marginal := kind(asShipped.JudgeOn(family("None"), on))
		seen[marginal]++
		graduated := family("Graduated")
		want := strings.Replace(marginal, "Marginal", "UnstableGraduated", 1)
		if got := kind(other.JudgeOn(graduated, on)); got != want {
			t.Errorf("%s: a 脱贫户 is %q by the other reading, want %q", found, got, want)
		}
		if got := kind(asShipped.JudgeOn(graduated, on)); got != "OutOfScope " {
			t.Errorf("%s: a 脱贫户 is %q as shipped", found, got)
		}
	}
	if seen["Watched Marginal"] == 0 || seen["Watched Undetermined"] == 0 || seen["OutOfScope "] == 0 {
		t.Errorf("the families are not of all sorts: %v", seen)
	}
}

// everyBurden yields every combination of what a visit may state of income and
// spending, or leave out.
func everyBurden(yield func(string) bool) {
	before := []string{"", `incomeBefore: "6000",`}
	expenses := []string{"", `medical: "18000"`, `medical: "18000.01"`, `medical: "18000", education: "0", disaster: "0", other: "0"`, `medical: "1", education: "18000", disaster: "0", other: "0"`}
	trends := []string{"", ", incomeTrend: Stable", ", incomeTrend: Unstable", ", incomeTrend: Plunged"}
	surges := []string{"", ", spendingTrend: Normal", ", spendingTrend: Surged"}
	for i := range len(before) * len(expenses) * len(trends) * len(surges) {
		b, i := before[i%len(before)], i/len(before)
		e, i := expenses[i%len(expenses)], i/len(expenses)
		if !yield(b + " expenses: {" + e + "}" + trends[i%len(trends)] + surges[i/len(trends)]) {
			return
		}
	}
}
