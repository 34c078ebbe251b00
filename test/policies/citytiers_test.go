// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"fmt"
	"os"
	"testing"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// cityFacts are those by which R14 finds the object and its level; "" is: not
// stated.
type cityFacts struct {
	registration v1alpha1.Registration
	income       v1alpha1.Money
	labour       v1alpha1.Labour
	risk         v1alpha1.Risk
	hardship     v1alpha1.Hardship
	incomes      v1alpha1.IncomeTrend
	spending     v1alpha1.SpendingTrend
}

// What is tried, the missing fact last.
var (
	cityIncomes   = []v1alpha1.Money{"5999.99", "6000", ""}
	cityLabours   = []v1alpha1.Labour{v1alpha1.LabourFull, v1alpha1.LabourPartial, v1alpha1.LabourNone, v1alpha1.LabourLost, ""}
	cityRisks     = []v1alpha1.Risk{v1alpha1.RiskNone, v1alpha1.RiskPresent, ""}
	cityHardships = []v1alpha1.Hardship{v1alpha1.HardshipNone, v1alpha1.HardshipDifficult, v1alpha1.HardshipSevere, ""}
	cityTrends    = []v1alpha1.IncomeTrend{v1alpha1.IncomeStable, v1alpha1.IncomeUnstable, v1alpha1.IncomePlunged, ""}
	citySpendings = []v1alpha1.SpendingTrend{v1alpha1.SpendingNormal, v1alpha1.SpendingSurged, ""}
)

// everyCityFamily yields every combination of the facts.
func everyCityFamily(yield func(cityFacts) bool) {
	for _, registration := range []v1alpha1.Registration{v1alpha1.RegistrationGraduated, v1alpha1.RegistrationNone} {
		for _, income := range cityIncomes {
			for _, labour := range cityLabours {
				for _, risk := range cityRisks {
					for _, hardship := range cityHardships {
						f := cityFacts{registration: registration, income: income, labour: labour, risk: risk, hardship: hardship}
						if !everyTrend(f, yield) {
							return
						}
					}
				}
			}
		}
	}
}

func everyTrend(f cityFacts, yield func(cityFacts) bool) bool {
	for _, f.incomes = range cityTrends {
		for _, f.spending = range citySpendings {
			if !yield(f) {
				return false
			}
		}
	}
	return true
}

// completions are the facts with what is missing filled in, in every way.
func (f cityFacts) completions() []cityFacts {
	all := []cityFacts{f}
	all = filled(all, cityIncomes, func(f *cityFacts) *v1alpha1.Money { return &f.income })
	all = filled(all, cityLabours, func(f *cityFacts) *v1alpha1.Labour { return &f.labour })
	all = filled(all, cityRisks, func(f *cityFacts) *v1alpha1.Risk { return &f.risk })
	all = filled(all, cityHardships, func(f *cityFacts) *v1alpha1.Hardship { return &f.hardship })
	all = filled(all, cityTrends, func(f *cityFacts) *v1alpha1.IncomeTrend { return &f.incomes })
	return filled(all, citySpendings, func(f *cityFacts) *v1alpha1.SpendingTrend { return &f.spending })
}

func filled[T ~string](all []cityFacts, tried []T, field func(*cityFacts) *T) []cityFacts {
	if *field(&all[0]) != "" {
		return all
	}
	var out []cityFacts
	for _, f := range all {
		for _, value := range tried[:len(tried)-1] {
			*field(&f) = value
			out = append(out, f)
		}
	}
	return out
}

// byThePlan reads R14.S1, S2 and T1 to T3 as a person would.
func (f cityFacts) byThePlan() (category, tier v1alpha1.Word) {
	low := f.income == "5999.99"
	hard := f.hardship == v1alpha1.HardshipDifficult || f.hardship == v1alpha1.HardshipSevere
	switch {
	case f.risk != v1alpha1.RiskPresent:
		return "", ""
	case f.registration == v1alpha1.RegistrationGraduated:
		category = "UnstableGraduated"
	case low:
		category = "Marginal"
	case f.hardship == v1alpha1.HardshipSevere:
		category = "SuddenHardship"
	default:
		return "", ""
	}
	edge := f.labour == v1alpha1.LabourLost || f.spending == v1alpha1.SpendingSurged || f.incomes == v1alpha1.IncomePlunged
	switch {
	case edge && (hard || low):
		tier = "Red"
	case f.labour == v1alpha1.LabourNone && hard:
		tier = "Yellow"
	case f.labour == v1alpha1.LabourPartial && f.incomes == v1alpha1.IncomeUnstable && hard:
		tier = "Blue"
	}
	return category, tier
}

func (f cityFacts) household() *v1alpha1.Household {
	h := graduated(f.income).household()
	h.Spec.Registration = f.registration
	s := &h.Spec.Surveys[0]
	s.Date, s.Labour, s.Risk, s.Hardship, s.IncomeTrend, s.SpendingTrend = "2021-03-05", f.labour, f.risk, f.hardship, f.incomes, f.spending
	return h
}

// cityLevels are Ⅰ, Ⅱ, Ⅲ by severity; an object without one is the mildest.
var cityLevels = map[v1alpha1.Word]int{"": 0, "Blue": 1, "Yellow": 2, "Red": 3}

// TestEveryFamilyHasTheLevelThatTheCityGives compares the policy with the plan's
// text for every combination of known facts, and says of every one with missing
// facts that its kind and its level are the plan's own or Undetermined, that
// Undetermined is only what the missing facts leave open, and that no level is
// milder than each that the family could turn out to have.
func TestEveryFamilyHasTheLevelThatTheCityGives(t *testing.T) {
	text, err := os.ReadFile("../../config/policies/city-tiers-2021.yaml")
	if err != nil {
		t.Fatal(err)
	}
	w := worldOf(t, string(text))
	april := day(t, "2021-04-30")
	judged := 0
	for f := range everyCityFamily {
		judged++
		if fault := f.compare(w.JudgeOn(translate.Papers{Household: f.household()}, april).Household); fault != "" {
			t.Errorf("%+v: %s", f, fault)
		}
	}
	if want := 2 * 3 * 5 * 3 * 4 * 4 * 3; judged != want {
		t.Errorf("judged %d families, want %d", judged, want)
	}
}

// compare says what is wrong with a verdict, "" if nothing is.
func (f cityFacts) compare(got *v1alpha1.HouseholdStatus) string {
	categories, tiers := map[v1alpha1.Word]bool{}, map[v1alpha1.Word]bool{}
	mildest := v1alpha1.Word("Red")
	for _, complete := range f.completions() {
		category, tier := complete.byThePlan()
		categories[category] = true
		tiers[tier] = true
		if cityLevels[tier] < cityLevels[mildest] {
			mildest = tier
		}
	}
	level, known := cityLevels[got.Tier]
	switch {
	case got.Category == "Undetermined" && len(categories) == 1:
		return fmt.Sprintf("category Undetermined, and it can only be %v", categories)
	case got.Category != "Undetermined" && !categories[got.Category]:
		return fmt.Sprintf("category %q, want one of %v", got.Category, categories)
	case got.Tier == "Undetermined" && got.Category != "Undetermined" && len(tiers) == 1:
		return fmt.Sprintf("tier Undetermined, and it can only be %v", tiers)
	case got.Tier == "Undetermined":
		return ""
	case !known:
		return fmt.Sprintf("the plan has no level %q", got.Tier)
	case level < cityLevels[mildest]:
		return fmt.Sprintf("level %q is milder than %q, the mildest that it can be", got.Tier, mildest)
	case len(f.completions()) == 1 && !tiers[got.Tier]:
		return fmt.Sprintf("level %q, want %v", got.Tier, tiers)
	}
	return ""
}
