// SPDX-License-Identifier: Apache-2.0

package population

import v1alpha1 "fangpin.io/fangpin/api/v1alpha1"

// Words for members, as the API's documentation suggests them.
const (
	healthy        v1alpha1.Word = "Healthy"
	chronicIllness v1alpha1.Word = "ChronicIllness"
	severeIllness  v1alpha1.Word = "SevereIllness"
	disabled       v1alpha1.Word = "Disabled"

	inSchool v1alpha1.Word = "InSchool"
)

// birthYears are counted back from this year.
const thisYear = 2020

// household invents the persons of a family. Among the marked, illness and
// disability are more frequent.
func household(d dice, marked bool) []v1alpha1.Member {
	persons := 1 + d.pick(14, 24, 24, 21, 11, 5, 1)
	age := d.between(30, 72)
	if persons == 1 {
		age = d.between(42, 80)
	}
	members := []v1alpha1.Member{person(d, "Head", age, marked)}
	if persons > 1 && d.chance(8000) {
		members = append(members, person(d, "Spouse", age+d.between(-5, 3), marked))
	}
	parents := 0
	for len(members) < persons {
		switch {
		case age <= 50 && parents < 2 && d.chance(3000):
			parents++
			members = append(members, person(d, "Parent", age+d.between(22, 30), marked))
		case age >= 52 && d.chance(6000):
			members = append(members, person(d, "Child", age-d.between(22, 30), marked))
		case age >= 52:
			members = append(members, person(d, "Grandchild", max(age-d.between(46, 58), 1), marked))
		default:
			members = append(members, person(d, "Child", max(age-d.between(21, 34), 1), marked))
		}
	}
	return members
}

func person(d dice, relation v1alpha1.Word, age int, marked bool) v1alpha1.Member {
	m := v1alpha1.Member{Relation: relation, BirthYear: int32(thisYear - age), Health: health(d, age, marked)}
	switch {
	case age >= 6 && age <= 15, age >= 16 && age <= 21 && d.chance(6000):
		m.Schooling = inSchool
	case age >= 16 && age <= 64 && m.Health == healthy:
		m.Work = [...]v1alpha1.Word{"Away", "Farming", "Employed", "Unemployed"}[d.pick(38, 30, 27, 5)]
	case age >= 16 && age <= 72 && m.Health != disabled && m.Health != severeIllness && d.chance(6000):
		m.Work = "Farming"
	}
	return m
}

func health(d dice, age int, marked bool) v1alpha1.Word {
	weights := []int{930, 40, 8, 22}
	if age >= 60 {
		weights = []int{640, 270, 30, 60}
	}
	if marked && age >= 16 {
		weights[1], weights[2], weights[3] = weights[1]*2, weights[2]*3, weights[3]*3
	}
	return [...]v1alpha1.Word{healthy, chronicIllness, severeIllness, disabled}[d.pick(weights...)]
}

// labourOf is the household's labour: of whole hands, half hands, and none.
func labourOf(members []v1alpha1.Member) v1alpha1.Labour {
	whole, half, hurt := 0, 0, 0
	for _, m := range members {
		age := thisYear - int(m.BirthYear)
		switch {
		case m.Schooling == inSchool || age < 16:
		case m.Health == disabled || m.Health == severeIllness:
			hurt++
		case age <= 64 && m.Health == healthy:
			whole++
		case age <= 70:
			half++
		}
	}
	switch {
	case whole*2 >= len(members):
		return v1alpha1.LabourFull
	case whole+half > 0:
		return v1alpha1.LabourPartial
	case hurt == len(members):
		return v1alpha1.LabourLost
	default:
		return v1alpha1.LabourNone
	}
}

func anySchoolAge(members []v1alpha1.Member) bool {
	for _, m := range members {
		if age := thisYear - int(m.BirthYear); age >= 6 && age <= 15 {
			return true
		}
	}
	return false
}
