// SPDX-License-Identifier: Apache-2.0

package population

import (
	"fmt"
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// Help is a measure that has reached a family.
type Help struct {
	Household string
	Kind      v1alpha1.MeasureKind
	For       []v1alpha1.Word // the guarantees, or Income, that it is meant for
	Day       civil.Day
}

// Help lets a measure work: after some days the family's circumstances change,
// as far as that kind of help goes, and soon after somebody visits to see. It
// may come to less than the family needs. The error names a household that the
// town does not have.
func (y *Year) Help(h Help) error {
	f, known := y.byName[h.Household]
	if !known {
		return fmt.Errorf("the town has no household %q", h.Household)
	}
	d := newDice(f.seed, f.group, f.serial, ofHelp+stream(f.helped))
	f.helped++
	works := h.Day.AddDays(d.between(1, 6))
	f.on(works, f.effect(d, h))
	slices.SortStableFunc(f.turns, func(a, b turn) int { return int(a.day - b.day) })
	f.callOn(works.AddDays(d.between(2, 10)))
	return nil
}

// effect is what a kind of help changes.
func (f *family) effect(d dice, h Help) func(*condition) {
	persons := f.persons()
	post, work, alone, trade := d.yuan(6000, 9600), d.yuan(10000, 24000), d.yuan(1500, 3000), d.yuan(3000, 8000)
	relief, calm, mends := d.yuan(1500, 4000), d.chance(6000), d.chance(9400)
	return func(c *condition) {
		if kind := slices.Index(helpKinds, h.Kind); kind >= 0 {
			c.receives = c.receives.with(kind)
		}
		if calm {
			c.risk = v1alpha1.RiskNone
		}
		switch h.Kind {
		case "PublicPost":
			c.wage += yuan(post)
			c.incomeTrend = v1alpha1.IncomeStable
		case "Employment":
			c.wage += yuan(work)
			c.incomeTrend = v1alpha1.IncomeStable
		case "Subsistence", "SpecialCare":
			c.transfer += yuan(alone * persons)
		case "Industry", "Microcredit":
			c.business += yuan(trade)
		case "TemporaryRelief", "ReliefFund", "SocialHelp", "DisasterRelief":
			c.transfer += yuan(relief)
			c.hardship = v1alpha1.HardshipNone
		case "MedicalAid":
			c.medical -= percent(c.medical, 60)
			c.hardship = v1alpha1.HardshipNone
		}
		for g, name := range guaranteeNames {
			if mends && slices.Contains(h.For, name) {
				c.meet(g)
			}
		}
	}
}
