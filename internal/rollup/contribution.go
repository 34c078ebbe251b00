// SPDX-License-Identifier: Apache-2.0

// Package rollup adds judged families up to the figures of jurisdictions
// (汇总). It keeps what each family contributes, so that a change of one family
// costs a subtraction and an addition at each level above it, never a recount.
//
// The package is pure: it imports the standard library and the value package
// civil, reads no clock and holds no variable that changes.
package rollup

import (
	"slices"

	"fangpin.io/fangpin/internal/civil"
)

// Standing is how far a family counts: as judged or not, and where it stands
// in the procedures.
type Standing uint8

// The standings of families in a roll-up.
const (
	// Unjudged: nothing is concluded about the family today, for want of a
	// policy, or because its policy or its place in the tree is faulty. Only
	// its presence and its persons count.
	Unjudged Standing = iota
	// OutOfScope: judged, and no object of the policy.
	OutOfScope
	// InScope: an object of the policy, or perhaps one (Watched, UnderReview).
	InScope
	// Monitored: identified (监测对象), also while its elimination is reviewed.
	Monitored
	// Eliminated: its risk has been eliminated (风险消除).
	Eliminated
)

// Contribution is what one family adds to its village, and so to every
// jurisdiction above. Its lists are not changed after it was handed over.
type Contribution struct {
	Standing Standing
	Persons  int

	Policy     string
	Tier       string // "": none
	Category   string // "": none
	Causes     []string
	Shortfalls []Shortfall

	Overdue      int       // overdue deadlines
	NextDeadline civil.Day // zero: none
}

// Shortfall is one open shortfall of a family (短板).
type Shortfall struct {
	Standard string
	Overdue  bool
}

// Equal reports whether two contributions add the same.
func (c *Contribution) Equal(d *Contribution) bool {
	return c.Standing == d.Standing && c.Persons == d.Persons &&
		c.Policy == d.Policy && c.Tier == d.Tier && c.Category == d.Category &&
		c.Overdue == d.Overdue && c.NextDeadline == d.NextDeadline &&
		slices.Equal(c.Causes, d.Causes) && slices.Equal(c.Shortfalls, d.Shortfalls)
}
