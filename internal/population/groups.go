// SPDX-License-Identifier: Apache-2.0

package population

import "math"

// Group is how a family is known to the registers when the year begins.
type Group int

// The groups of families, in the order of their serial names.
const (
	Unstable  Group = iota // 脱贫监测户, marked in the national system
	Marginal               // 边缘户, entered in the national system
	Graduated              // the other 脱贫户
	groupCount
)

// Groups is how many families each group has.
type Groups struct {
	Unstable, Marginal, Graduated int
}

// PlanGroups are the town's families as the town plan of 2020 counts them
// (R01.S1, R01.S2).
var PlanGroups = Groups{Unstable: 52, Marginal: 82, Graduated: 1618}

// Scaled returns the groups with each number multiplied and rounded, at least
// one family each. A factor that is no positive number counts as zero.
func (g Groups) Scaled(factor float64) Groups {
	scale := func(n int) int {
		scaled := math.Round(float64(n) * factor)
		if !(scaled >= 1) { // also not a number
			return 1
		}
		return int(math.Min(scaled, maxFamilies))
	}
	return Groups{Unstable: scale(g.Unstable), Marginal: scale(g.Marginal), Graduated: scale(g.Graduated)}
}

// maxFamilies bounds a group: serial names have six digits and grow beyond
// them, but a slip of the pen must not ask for more memory than there is.
const maxFamilies = 10_000_000

// OfSize returns groups in the plan's proportions with so many families in all,
// at least three.
func OfSize(families int) Groups {
	families = max(families, int(groupCount))
	all := PlanGroups.Total()
	g := Groups{
		Unstable: max(families*PlanGroups.Unstable/all, 1),
		Marginal: max(families*PlanGroups.Marginal/all, 1),
	}
	g.Graduated = families - g.Unstable - g.Marginal
	return g
}

// Total returns how many families there are.
func (g Groups) Total() int { return g.Unstable + g.Marginal + g.Graduated }

// Marked returns how many families the national system had marked before the
// year began.
func (g Groups) Marked() int { return g.Unstable + g.Marginal }

func (g Groups) of(group Group) int {
	switch group {
	case Unstable:
		return g.Unstable
	case Marginal:
		return g.Marginal
	default:
		return g.Graduated
	}
}
