// SPDX-License-Identifier: Apache-2.0

// Package preview compares what two sets of policies conclude about the same
// families, and adds the differences up. It holds one family at a time and sums;
// its functions read no clock and write nothing.
package preview

import (
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// Worlds are the policies as they are and as they would be.
type Worlds struct {
	Old, New *translate.World
}

// Conclusion is what a world says of a family on a day.
type Conclusion struct {
	// Status has no conditions; nil: the family is not judged.
	Status *v1alpha1.HouseholdStatus
	// Unjudged is the reason of the contract why it is not.
	Unjudged string
}

// Comparison is one family on one day in both worlds.
type Comparison struct {
	Place    string // the jurisdiction at which it stands, "" for none
	Persons  int
	Old, New Conclusion
}

// Compare judges a family in both worlds on each of the days. Where the policies
// at its place are the same, it is judged once; else it is within reach.
func (w Worlds) Compare(p translate.Papers, days []civil.Day) (compared []Comparison, reached bool) {
	h := p.Household
	old, oldFault := w.Old.NodeOf(h.Namespace, h.Spec.JurisdictionRef)
	place, fault := w.New.NodeOf(h.Namespace, h.Spec.JurisdictionRef)
	stays := fault == nil && oldFault == nil && old == place && w.Old.Alike(w.New, place)
	if fault != nil && oldFault == nil {
		place = old
	}
	reading := w.New.Read(p)
	compared = make([]Comparison, len(days))
	for i, day := range days {
		c := &compared[i]
		c.Place, c.Persons = place, int(h.Spec.Persons)
		c.New.Status, c.New.Unjudged = w.New.Conclude(reading, day)
		switch {
		case stays:
			c.Old = c.New
		case fault != nil && oldFault != nil:
			c.Old.Unjudged = oldFault.Reason
		default:
			c.Old.Status, c.Old.Unjudged = w.Old.Conclude(reading, day)
			reached = true
		}
	}
	return compared, reached
}

// Standing is a tier, a category or a stage that a family has, or why it has
// none: Name "" with no Unjudged is the answer "none" of a judgment.
type Standing struct {
	Name     string `json:"name,omitempty"`
	Unjudged string `json:"unjudged,omitempty"`
}

// Tier is the family's tier.
func (c Conclusion) Tier() Standing {
	return c.standing(func(s *v1alpha1.HouseholdStatus) string { return string(s.Tier) })
}

// Category is what kind of object the family is.
func (c Conclusion) Category() Standing {
	return c.standing(func(s *v1alpha1.HouseholdStatus) string { return string(s.Category) })
}

// Stage is where the family stands in the procedures.
func (c Conclusion) Stage() Standing {
	return c.standing(func(s *v1alpha1.HouseholdStatus) string { return string(s.Stage) })
}

func (c Conclusion) standing(name func(*v1alpha1.HouseholdStatus) string) Standing {
	if c.Status == nil {
		return Standing{Unjudged: c.Unjudged}
	}
	return Standing{Name: name(c.Status)}
}

// policy is the plan by which the family was judged.
func (c Conclusion) policy() string {
	if c.Status == nil || c.Status.PolicyRef == nil {
		return ""
	}
	return string(c.Status.PolicyRef.Name)
}

// rules are the names of the rules by which the family has its tier.
func (c Conclusion) rules() string {
	if c.Status == nil {
		return ""
	}
	names := make([]string, len(c.Status.Reasons))
	for i := range c.Status.Reasons {
		names[i] = string(c.Status.Reasons[i].Rule)
	}
	return strings.Join(names, ruleSeparator)
}

// ruleSeparator stands between rules in a key; no name holds it.
const ruleSeparator = "\n"

// Moves says in what the two conclusions differ.
type Moves struct {
	Tier, Category, Stage bool
	// BecomesUnjudged and BecomesJudged are moves of all three.
	BecomesUnjudged, BecomesJudged bool
}

// Moves reports how the family moves. A family that is judged in neither world
// does not move, whatever the reasons.
func (c *Comparison) Moves() Moves {
	switch judgedBefore, judged := c.Old.Status != nil, c.New.Status != nil; {
	case !judgedBefore && !judged:
		return Moves{}
	case judgedBefore && !judged:
		return Moves{Tier: true, Category: true, Stage: true, BecomesUnjudged: true}
	case !judgedBefore:
		return Moves{Tier: true, Category: true, Stage: true, BecomesJudged: true}
	}
	return Moves{
		Tier:     c.Old.Status.Tier != c.New.Status.Tier,
		Category: c.Old.Status.Category != c.New.Status.Category,
		Stage:    c.Old.Status.Stage != c.New.Status.Stage,
	}
}

// Any reports whether the family moves at all: this is what a budget counts.
func (m Moves) Any() bool { return m.Tier || m.Category || m.Stage }

// Unaltered reports that both worlds say the same, as of a family to whom the
// change does not reach.
func (c *Comparison) Unaltered() bool {
	return c.Old.Status == c.New.Status && c.Old.Unjudged == c.New.Unjudged
}
