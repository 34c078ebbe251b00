// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// setGuarantee changes one guarantee of the only survey; "" leaves it out.
func setGuarantee(h *v1alpha1.Household, name v1alpha1.Word, state v1alpha1.GuaranteeState) {
	list := &h.Spec.Surveys[0].Guarantees
	*list = slices.DeleteFunc(*list, func(g v1alpha1.Guarantee) bool { return g.Name == name })
	if state != "" {
		*list = append(*list, v1alpha1.Guarantee{Name: name, State: state})
	}
}

// TestEachGuaranteeCountsLikeTheOthers shows of each of the six guarantees that
// it alone decides the tier of a 脱贫户 in the same way as any other, under the
// shipped reading of R01.T2 and under reading P: R01.T4 and T5 ask for all.
func TestEachGuaranteeCountsLikeTheOthers(t *testing.T) {
	text := townText(t)
	u := worldOf(t, text)
	p := worldOf(t, changeLine(t, text, redReadingLine, strings.Replace(redReadingLine, `"1"`, `"2"`, 1)))
	type tiers struct{ Shipped, ReadingP, ShippedIfRich v1alpha1.Word }
	tests := []struct {
		state v1alpha1.GuaranteeState
		want  tiers
	}{
		{v1alpha1.GuaranteeMet, tiers{"Yellow", "Yellow", "Green"}},
		{v1alpha1.GuaranteeAtRisk, tiers{"Red", "", "Red"}},
		{v1alpha1.GuaranteeUnmet, tiers{"Red", "Red", "Red"}},
		{"", tiers{"Undetermined", "Undetermined", "Undetermined"}},
	}
	april := day(t, "2020-04-30")
	for _, name := range []v1alpha1.Word{"Food", "Clothing", "Water", "Education", "Medical", "Housing"} {
		for _, test := range tests {
			t.Run(string(name)+" "+string(test.state), func(t *testing.T) {
				tier := func(w *translate.World, income v1alpha1.Money) v1alpha1.Word {
					h := graduated(income).household()
					setGuarantee(h, name, test.state)
					return w.JudgeOn(translate.Papers{Household: h}, april).Household.Tier
				}
				got := tiers{tier(u, "7000"), tier(p, "7000"), tier(u, "12000")}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("tiers (-want +got):\n%s", diff)
				}
			})
		}
	}
}
