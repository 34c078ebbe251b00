// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"testing"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// TestR15_205TheNamesOfTheClassesDecideNothing exchanges the names of the two
// classes at risk, as the other reading of R15.2 has them, and finds every family
// in the class in which it was.
func TestR15_205TheNamesOfTheClassesDecideNothing(t *testing.T) {
	const key, edge = "    displayName: 重点监测户", "    displayName: 边缘脱贫户"
	text := packText(t, "town-classes")
	exchanged := changeLine(t, text, key, "    displayName: EDGE")
	exchanged = changeLine(t, exchanged, edge, key)
	exchanged = changeLine(t, exchanged, "    displayName: EDGE", edge)
	asShipped, other := worldOf(t, text), worldOf(t, exchanged)
	seen := map[v1alpha1.Word]bool{}
	for _, spending := range []string{"0", "5000", "5000.01", "90000"} {
		for _, risk := range []string{"None", "Present"} {
			p := papersIn(t, "town", `{kind: Household, spec: {registration: Graduated, persons: 3, surveys: [{date: "2021-05-10", risk: `+risk+`, expenses: {medical: "`+spending+`", education: "0"}}]}}`)
			was := asShipped.JudgeOn(p, day(t, "2021-05-20")).Household.Category
			if is := other.JudgeOn(p, day(t, "2021-05-20")).Household.Category; is != was {
				t.Errorf("risk %s, spending %s: class %s, under the other names %s", risk, spending, was, is)
			}
			seen[was] = true
		}
	}
	if len(seen) != 3 {
		t.Errorf("the families are in the classes %v, want all three", seen)
	}
}
