// SPDX-License-Identifier: Apache-2.0

package population

import (
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// turn is something that happens to a family on a day.
type turn struct {
	day    civil.Day
	befall func(*condition)
}

// drawFate draws what the year 2020 brings: work lost in the epidemic of the
// spring and found again, illness and accidents, the floods of July, school
// fees in September, a good or a bad harvest.
func (f *family) drawFate(flooded []int) {
	d := newDice(f.seed, f.group, f.serial, ofFate)
	f.loseWork(d)
	f.fallIll(d)
	f.haveAccident(d)
	f.beFlooded(d, flooded)
	f.goToSchool(d)
	f.sellBadly(d)
	f.thrive(d)
	slices.SortStableFunc(f.turns, func(a, b turn) int { return int(a.day - b.day) })
}

func (f *family) on(day civil.Day, befall func(*condition)) {
	f.turns = append(f.turns, turn{day: day, befall: befall})
}

// loseWork: some who work away lose their wages in spring, and most of them
// find work again.
func (f *family) loseWork(d dice) {
	if f.now.labour == v1alpha1.LabourNone || f.now.labour == v1alpha1.LabourLost || !d.chance(300) {
		return
	}
	lost := day(3, 27).AddDays(d.between(0, 44))
	share := d.between(45, 80)
	var loss money.Amount
	f.on(lost, func(c *condition) {
		loss = percent(c.wage, share)
		c.wage -= loss
		c.causes = c.causes.with(unstableEmployment).with(epidemic)
		c.incomeTrend, c.risk = v1alpha1.IncomePlunged, v1alpha1.RiskPresent
	})
	f.callOn(lost.AddDays(d.between(2, 9)))
	if again, regained := lost.AddDays(d.between(45, 150)), d.between(80, 100); d.chance(6500) {
		f.on(again, func(c *condition) {
			c.wage += percent(loss, regained)
			c.causes = c.causes.without(set(0).with(unstableEmployment).with(epidemic))
			c.incomeTrend, c.risk = v1alpha1.IncomeStable, v1alpha1.RiskNone
		})
	}
}

func (f *family) fallIll(d dice) {
	if !d.chance(230) {
		return
	}
	fallen := day(3, 27).AddDays(d.between(0, 255))
	bill, wages := yuan(d.yuan(8000, 50000)), d.between(0, 50)
	severe, uninsured := d.chance(2500), d.chance(3000)
	f.on(fallen, func(c *condition) {
		c.medical += bill
		c.wage -= percent(c.wage, wages)
		c.causes = c.causes.with(illness)
		c.hardship, c.risk, c.spendingTrend = v1alpha1.HardshipDifficult, v1alpha1.RiskPresent, v1alpha1.SpendingSurged
		if severe {
			c.hardship = v1alpha1.HardshipSevere
		}
		if uninsured {
			c.fail(medical, false)
		}
	})
	f.callOn(fallen.AddDays(d.between(1, 7)))
	f.recover(d, fallen.AddDays(d.between(60, 170)))
}

func (f *family) haveAccident(d dice) {
	if !d.chance(60) {
		return
	}
	fallen := day(4, 1).AddDays(d.between(0, 240))
	bill, wages := yuan(d.yuan(3000, 30000)), d.between(10, 60)
	f.on(fallen, func(c *condition) {
		c.other += bill
		c.wage -= percent(c.wage, wages)
		c.causes = c.causes.with(suddenEvent)
		c.hardship, c.risk, c.spendingTrend = v1alpha1.HardshipDifficult, v1alpha1.RiskPresent, v1alpha1.SpendingSurged
	})
	f.callOn(fallen.AddDays(d.between(1, 5)))
	f.recover(d, fallen.AddDays(d.between(40, 120)))
}

// beFlooded: in July the river takes houses, fields and water pipes of some
// villages.
func (f *family) beFlooded(d dice, flooded []int) {
	hit, struck := d.chance(1300), day(7, 8).AddDays(d.between(0, 4))
	loss, fields := yuan(d.yuan(2000, 30000)), d.between(20, 60)
	house, outright, pipes, hard := d.chance(4500), d.chance(3000), d.chance(2500), d.chance(5500)
	visited, over := struck.AddDays(d.between(1, 5)), struck.AddDays(d.between(25, 95))
	if !hit || !slices.Contains(flooded, f.village) {
		return
	}
	f.on(struck, func(c *condition) {
		c.disaster += loss
		c.business -= percent(c.business, fields)
		c.causes = c.causes.with(disasters)
		c.risk = v1alpha1.RiskPresent
		if house {
			c.fail(housing, outright)
		}
		if pipes {
			c.fail(water, true)
		}
		if hard {
			c.hardship = v1alpha1.HardshipDifficult
		}
	})
	f.callOn(visited)
	f.recover(d, over)
}

// recover ends a hardship. It mends neither a house nor an income.
func (f *family) recover(d dice, on civil.Day) {
	calm := d.chance(6500)
	f.on(on, func(c *condition) {
		c.hardship, c.spendingTrend = v1alpha1.HardshipNone, v1alpha1.SpendingNormal
		if calm {
			c.risk = v1alpha1.RiskNone
		}
	})
}

func (f *family) goToSchool(d dice) {
	if fees := yuan(d.yuan(5000, 14000)); d.chance(900) && anySchoolAge(f.members) {
		f.on(day(9, d.between(1, 8)), func(c *condition) {
			c.education += fees
			c.causes = c.causes.with(schooling)
		})
	}
}

func (f *family) sellBadly(d dice) {
	if !d.chance(130) {
		return
	}
	share, cause := d.between(30, 70), [...]int{priceDrop, industryFailure}[d.pick(6, 4)]
	f.on(day(9, 20).AddDays(d.between(0, 50)), func(c *condition) {
		c.business -= percent(c.business, share)
		c.causes = c.causes.with(cause)
		c.incomeTrend = v1alpha1.IncomeUnstable
	})
}

// thrive: some earn more than was expected of the year.
func (f *family) thrive(d dice) {
	ofTenThousand, from := 700, day(9, 1)
	if f.marked() {
		ofTenThousand, from = 2000, day(5, 1)
	}
	share, on := d.between(15, 45), from.AddDays(d.between(0, 50))
	if !d.chance(ofTenThousand) {
		return
	}
	f.on(on, func(c *condition) {
		c.wage += percent(c.wage, share)
		c.business += percent(c.business, share)
		c.incomeTrend = v1alpha1.IncomeStable
	})
}
