// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// The values that the tests of every combination try. "" is: not stated.
var (
	triedIncomes    = []v1alpha1.Money{"0", "4999.99", "5000", "9999.99", "10000", ""}
	triedRisks      = []v1alpha1.Risk{v1alpha1.RiskNone, v1alpha1.RiskPresent, ""}
	triedHardships  = []v1alpha1.Hardship{v1alpha1.HardshipNone, v1alpha1.HardshipDifficult, v1alpha1.HardshipSevere, ""}
	triedGuarantees = []v1alpha1.GuaranteeState{v1alpha1.GuaranteeMet, v1alpha1.GuaranteeAtRisk, v1alpha1.GuaranteeUnmet, ""}
)

// everyFamily yields every combination of the facts that R01 asks about.
func everyFamily(yield func(facts) bool) {
	for _, registration := range []v1alpha1.Registration{v1alpha1.RegistrationGraduated, v1alpha1.RegistrationNone} {
		for _, marked := range []bool{false, true} {
			for _, income := range triedIncomes {
				for _, risk := range triedRisks {
					f := facts{registration: registration, marked: marked, income: income, risk: risk,
						labour: v1alpha1.LabourFull, education: v1alpha1.GuaranteeMet, medical: v1alpha1.GuaranteeMet}
					if !everyTrouble(f, yield) {
						return
					}
				}
			}
		}
	}
}

// everyTrouble yields the family in every combination of hardship and housing.
func everyTrouble(f facts, yield func(facts) bool) bool {
	for _, f.hardship = range triedHardships {
		for _, f.cause = range []v1alpha1.Cause{"", "Illness", "PriceDrop"} {
			for _, f.housing = range triedGuarantees {
				if !yield(f) {
					return false
				}
			}
		}
	}
	return true
}

// completions are the facts with what is missing filled in, in every way.
func (f facts) completions() []facts {
	all := []facts{f}
	fill := func(missing func(*facts) bool, values int, set func(*facts, int)) {
		if !missing(&f) {
			return
		}
		var filled []facts
		for _, one := range all {
			for i := range values - 1 { // the last value tried is ""
				filled = append(filled, one.with(func(f *facts) { set(f, i) }))
			}
		}
		all = filled
	}
	fill(func(f *facts) bool { return f.income == "" }, len(triedIncomes), func(f *facts, i int) { f.income = triedIncomes[i] })
	fill(func(f *facts) bool { return f.risk == "" }, len(triedRisks), func(f *facts, i int) { f.risk = triedRisks[i] })
	fill(func(f *facts) bool { return f.hardship == "" }, len(triedHardships), func(f *facts, i int) { f.hardship = triedHardships[i] })
	fill(func(f *facts) bool { return f.housing == "" }, len(triedGuarantees), func(f *facts, i int) { f.housing = triedGuarantees[i] })
	return all
}

// tierByThePlan reads R01.T1 to T5, S3 and T3 in reading U, as a person would.
func tierByThePlan(f facts) v1alpha1.Word {
	low := f.income == "0" || f.income == "4999.99"
	hard := f.hardship != v1alpha1.HardshipNone && f.cause == "Illness"
	failing := f.housing != v1alpha1.GuaranteeMet
	graduated := f.registration == v1alpha1.RegistrationGraduated
	switch {
	case f.marked, hard, failing:
		return "Red"
	case low && (graduated || f.risk == v1alpha1.RiskPresent):
		return "Red"
	case !graduated:
		return ""
	case f.income == "10000":
		return "Green"
	default:
		return "Yellow"
	}
}

// severity orders the tiers; a family without one is the mildest.
var severity = map[v1alpha1.Word]int{"": 0, "Green": 1, "Yellow": 2, "Red": 3}

// TestEveryFamilyHasTheTierThatThePlanGives compares the policy with the plan's
// text for every combination of known facts, and says of every combination with
// missing ones that its tier is one of the plan's own, or Undetermined, and not
// milder than each of the tiers that it could turn out to be.
func TestEveryFamilyHasTheTierThatThePlanGives(t *testing.T) {
	w := worldOf(t, townText(t))
	april := day(t, "2020-04-30")
	judged := 0
	for f := range everyFamily {
		status := w.JudgeOn(translate.Papers{Household: f.household()}, april).Household
		judged++
		possible := map[v1alpha1.Word]bool{}
		mildest := v1alpha1.Word("Red")
		for _, complete := range f.completions() {
			tier := tierByThePlan(complete)
			possible[tier] = true
			if severity[tier] < severity[mildest] {
				mildest = tier
			}
		}
		if status.Tier == "Undetermined" {
			if len(possible) == 1 {
				t.Errorf("%s: Undetermined, and it can only be %q", f, mildest)
			}
			continue
		}
		known, ok := severity[status.Tier]
		switch {
		case !ok:
			t.Errorf("%s: the plan has no tier %q", f, status.Tier)
		case known < severity[mildest]:
			t.Errorf("%s: tier %q is milder than %q, the mildest that it can be", f, status.Tier, mildest)
		case len(f.completions()) == 1 && !possible[status.Tier]:
			t.Errorf("%s: tier %q, want %q", f, status.Tier, mildest)
		}
	}
	if want := 2 * 2 * 6 * 3 * 4 * 3 * 4; judged != want {
		t.Errorf("judged %d families, want %d", judged, want)
	}
}

// TestR01_59TheTownOfThePlan loads the plan's own families: 52 marked as 脱贫监测户
// and 82 entered as 边缘户 in 2019, and 1,618 other 脱贫户. Before any visit the
// 134 are red by R01.T1 and nothing is known of the others; once all have been
// visited and found well, the 134 are red still.
func TestR01_59TheTownOfThePlan(t *testing.T) {
	w := worldOf(t, townText(t))
	const unstable, marginal, others = 52, 82, 1618
	var families []*v1alpha1.Household
	for range unstable {
		families = append(families, graduated("12000").with(func(f *facts) { f.marked = true }).household())
	}
	for range marginal {
		families = append(families, unregistered("8000").with(func(f *facts) { f.marked = true }).household())
	}
	for i := range others {
		income := v1alpha1.Money("7000")
		if i%2 == 1 {
			income = "12000"
		}
		families = append(families, graduated(income).household())
	}
	type count struct {
		tier, category v1alpha1.Word
		stage          v1alpha1.Stage
	}
	tests := []struct {
		date string
		want map[count]int
	}{
		{"2020-03-25", map[count]int{
			{"Red", "UnstableGraduated", "Monitored"}: unstable,
			{"Red", "Marginal", "Monitored"}:          marginal,
			{"Undetermined", "Graduated", "Watched"}:  others,
		}},
		{"2020-04-30", map[count]int{
			{"Red", "UnstableGraduated", "Monitored"}: unstable,
			{"Red", "Marginal", "Monitored"}:          marginal,
			{"Yellow", "Graduated", "Watched"}:        others / 2,
			{"Green", "Graduated", "Watched"}:         others / 2,
		}},
	}
	for _, test := range tests {
		t.Run(test.date, func(t *testing.T) {
			got := map[count]int{}
			for _, h := range families {
				s := w.JudgeOn(translate.Papers{Household: h}, day(t, test.date)).Household
				got[count{s.Tier, s.Category, s.Stage}]++
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(count{})); diff != "" {
				t.Errorf("families (-want +got):\n%s", diff)
			}
		})
	}
}
