// SPDX-License-Identifier: Apache-2.0

package report

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/money"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// Party is who has to act: a department, or a level of the administration.
type Party struct {
	Department string
	Level      string
}

func (p Party) key() Key {
	if p.Department != "" {
		return Key{Topic: Overdue, Group: ByDepartment, Name: p.Department, Quantity: Late}
	}
	return Key{Topic: Overdue, Group: ByLevel, Name: p.Level, Quantity: Late}
}

// Tally is what families add to figures.
type Tally map[Key]int64

func (t Tally) add(topic Topic, group, name string, quantity Quantity, by int64) {
	if by != 0 {
		t[Key{topic, group, name, quantity}] += by
	}
}

// Add adds another tally.
func (t Tally) Add(other Tally) {
	for key, by := range other {
		t[key] += by
	}
}

// FamilyMonth is what one family adds in a month, or in the period.
type FamilyMonth struct {
	rollup.Month
	More Tally
}

// More returns what a family adds on the day of its judgment, beside the figures of
// monthly reports: how far it has come, what its measures cost, and what is overdue
// from whom, a party a thing. Of a family that was not judged it is nothing.
func More(p *translate.Papers, j *translate.Judgment, overdue []Party) Tally {
	t := Tally{}
	if !meta.IsStatusConditionTrue(j.Household.Conditions, v1alpha1.ConditionReady) {
		return t
	}
	t.addWay(j)
	t.addAmounts(p, j)
	for _, party := range overdue {
		t[party.key()]++
	}
	return t
}

// addWay counts the family at each step that it has come to.
func (t Tally) addWay(j *translate.Judgment) {
	s := j.Household
	var came []string
	switch s.Stage {
	case v1alpha1.StageOutOfScope:
		return
	case v1alpha1.StageWatched:
		came = []string{CameIntoScope}
	case v1alpha1.StageUnderReview:
		came = []string{CameIntoScope, BegunReview}
	default:
		came = []string{CameIntoScope, BegunReview, BecameMonitored}
	}
	if s.Stage == v1alpha1.StageEliminated {
		came = append(came, Eliminated)
	}
	for _, step := range append(came, helped(j)...) {
		t.add(Way, "", step, Households, 1)
	}
}

// helped are the steps of help that a family has come to.
func helped(j *translate.Judgment) []string {
	var planned, delivered int32
	if p := j.Plan; p != nil && p.Planned != nil && p.Delivered != nil {
		planned, delivered = *p.Planned, *p.Delivered
	}
	switch {
	case planned > 0 && delivered >= planned:
		return []string{NeedsHelp, HasMeasures, MeasuresComplete}
	case planned > 0:
		return []string{NeedsHelp, HasMeasures}
	case j.Household.OpenShortfalls != nil && *j.Household.OpenShortfalls > 0:
		return []string{NeedsHelp}
	}
	return nil
}

// addAmounts adds what the measures that stand are planned to cost and what was
// delivered, where it is stated.
func (t Tally) addAmounts(p *translate.Papers, j *translate.Judgment) {
	if p.Plan == nil || j.Plan == nil {
		return
	}
	for i := range j.Plan.Measures {
		status := &j.Plan.Measures[i]
		at := slices.IndexFunc(p.Plan.Spec.Measures, func(m v1alpha1.Measure) bool { return m.Name == string(status.Name) })
		if at < 0 {
			continue
		}
		m := &p.Plan.Spec.Measures[at]
		t.add(Measures, "", string(m.Kind), PlannedFen, fen(m.Amount))
		delivered := status.State == v1alpha1.MeasureDelivered || status.State == v1alpha1.MeasureIneffective
		if delivered && m.Delivered != nil {
			t.add(Measures, "", string(m.Kind), DeliveredFen, fen(m.Delivered.Amount))
		}
	}
}

// fen reads an amount; what is no amount, as where none is stated, is zero.
func fen(m v1alpha1.Money) int64 {
	amount, err := money.Parse(string(m))
	if err != nil {
		return 0
	}
	return int64(amount)
}
