// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// The names of the contract that the judge itself must know.
const (
	nationalSystem        = "NationalSystem"
	purposeIdentification = "Identification"
	purposeWarning        = "Warning"
	purposeCloseOut       = "CloseOut"
	purposeElimination    = "Elimination"
)

// identify finds whether the family counts as identified (纳入) and since when,
// where no review says so: by a prior mark, where the plan says that marks of
// the national system dated before it count. The earliest day since the last
// elimination stands.
func (j *judge) identify() {
	if !j.identified.IsZero() {
		return
	}
	first := civil.Day(0)
	for _, day := range j.fam.Identifications {
		if day > j.eliminated && j.reached(day) {
			first = firstOf(first, day)
		}
	}
	if mark := j.priorMark(); mark != nil && (first.IsZero() || mark.Date < first) {
		first, j.frozen = mark.Date, mark.Category
	}
	if !first.IsZero() {
		j.include(first)
	}
}

// hasProcedure reports whether the plan in force has a procedure of the purpose.
func (j *judge) hasProcedure(purpose string) bool { return j.plan.Procedure(purpose) != nil }

// priorMark is the earliest mark that counts as an identification under the
// plan in force, nil if none does.
func (j *judge) priorMark() *Mark {
	for i := range j.plan.Procedures {
		p := &j.plan.Procedures[i]
		if p.Purpose != purposeIdentification || !p.MarksCount {
			continue
		}
		for k := range j.facts.Marks {
			m := &j.facts.Marks[k]
			if m.System == nationalSystem && m.Date < j.plan.From {
				return m
			}
		}
	}
	return nil
}

// categorise finds what kind of monitored object the family is (对象类别). An
// identified family keeps the category of the day of its identification.
func (j *judge) categorise() {
	name, undecided := j.frozen, false
	if name == "" && !j.quiet() {
		name, undecided = j.matchCategory()
		if !j.identified.IsZero() && !undecided && name != "" {
			// From tomorrow on the rules are not asked any more.
			j.frozen = name
			j.reached(j.today.AddDays(1))
		}
	}
	j.showCategory(name, undecided)
	if c := j.category(); c != nil && c.Identification {
		j.fallen = true
	}
}

// showCategory lets the rules see the category.
func (j *judge) showCategory(name string, undecided bool) {
	if name != j.facts.Category || undecided != j.facts.Undecided {
		j.facts.Category, j.facts.Undecided = name, undecided
		j.forget(ReadCategory)
	}
}

// category is the plan's category of the family, nil if it has none, if it is not
// known, or if the family keeps one that the plan lacks.
func (j *judge) category() *Category {
	if j.facts.Category == "" || j.facts.Undecided {
		return nil
	}
	for i := range j.plan.Categories {
		if c := &j.plan.Categories[i]; c.Name == j.facts.Category {
			return c
		}
	}
	return nil
}

func (j *judge) matchCategory() (name string, undecided bool) {
	doubts := len(j.doubts)
	for i := range j.plan.Categories {
		c := &j.plan.Categories[i]
		switch a := j.ask(&c.When); a.Truth {
		case Yes:
			return c.Name, false
		case Unknown:
			j.lack(doubt{"category ", c.Name, "", "", a})
		}
	}
	return "", len(j.doubts) > doubts
}

// takeStage takes the first stage that fits.
func (j *judge) takeStage() {
	switch {
	case !j.identified.IsZero() && j.reviewOpen(purposeElimination):
		j.stage = UnderElimination
	case !j.identified.IsZero():
		j.stage = Monitored
	case j.reviewOpen(purposeIdentification):
		j.stage = UnderReview
	case j.facts.Eliminated && !j.fallen && !j.facts.Undecided:
		j.stage = EliminatedStage
	case j.facts.Category == "" && !j.facts.Undecided:
		j.stage = OutOfScope
	default:
		j.stage = Watched
	}
}

// takeTier finds the family's tier and notes a change of it.
func (j *judge) takeTier() {
	if j.stage == OutOfScope || j.stage == EliminatedStage {
		j.changeTier(nil, "")
		return
	}
	j.changeTier(j.findTier())
}

// findTier is what the rules say: the first tier with a rule that holds. Where
// none does and one could, it is undetermined.
func (j *judge) findTier() (*Tier, string) {
	doubts := len(j.doubts)
	for i := range j.plan.Tiers {
		t := &j.plan.Tiers[i]
		for k := range t.Rules {
			r := &t.Rules[k]
			switch a := j.ask(&r.When); a.Truth {
			case Yes:
				return t, t.Name
			case Unknown:
				j.lack(doubt{"tier ", t.Name, ", rule ", r.Name, a})
			}
		}
	}
	if len(j.doubts) > doubts {
		return nil, Undetermined
	}
	return nil, ""
}

// changeTier notes the tier and, where its name changed, the day and the
// history. A run goes on through a change of plan if the name is the same.
func (j *judge) changeTier(t *Tier, name string) {
	j.tier = t
	if name == j.tierName {
		return
	}
	j.tierName, j.tierSince = name, 0
	if name != "" {
		j.tierSince = j.today
	}
	policy := ""
	if j.plan != nil {
		policy = j.plan.Name
	}
	j.history = append(j.history, Change{Day: j.today, Tier: name, Policy: policy})
}

// tierHeld reports whether the tier is one of the names; no names: any family
// with a category of the plan.
func (j *judge) tierHeld(names []string) bool {
	if len(names) == 0 {
		return j.facts.Category != "" && j.stage != OutOfScope
	}
	return contains(names, j.tierName)
}

// ledgers are those in which the family is to be entered today: of its tier, and
// of its category, which waits for the identification that it asks for.
func (j *judge) ledgers() []string {
	if j.stage == OutOfScope || j.stage == EliminatedStage {
		return nil
	}
	c := j.category()
	if c != nil && c.Identification && j.identified.IsZero() {
		c = nil
	}
	return ledgersOf(j.tier, c)
}

// ledgersOf lists the tier's ledgers, then those that the category adds.
func ledgersOf(t *Tier, c *Category) []string {
	switch {
	case t == nil && c == nil:
		return nil
	case t == nil:
		return c.Ledgers
	case c == nil || len(c.Ledgers) == 0:
		return t.Ledgers
	}
	all := append([]string(nil), t.Ledgers...)
	for _, ledger := range c.Ledgers {
		if !contains(all, ledger) {
			all = append(all, ledger)
		}
	}
	return all
}

// recorded reports whether every one of the ledgers has an entry of the family.
func (j *judge) recorded(ledgers []string) bool {
	for _, ledger := range ledgers {
		if !j.entered(ledger) {
			return false
		}
	}
	return true
}

// unrecorded lists those of the ledgers that have no entry of the family.
func (j *judge) unrecorded(ledgers []string) []string {
	var lacking []string
	for _, ledger := range ledgers {
		if !j.entered(ledger) {
			lacking = append(lacking, ledger)
		}
	}
	return lacking
}

// entered reports whether the ledger has a mark of the family, or a registration
// has passed for it.
func (j *judge) entered(ledger string) bool { return j.marked(ledger) || j.registered(ledger) }

func (j *judge) marked(system string) bool {
	for i := range j.facts.Marks {
		if j.facts.Marks[i].System == system {
			return true
		}
	}
	return false
}

// firstOf returns the earlier of two days, of which zero means none.
func firstOf(a, b civil.Day) civil.Day {
	if a.IsZero() || (!b.IsZero() && b < a) {
		return b
	}
	return a
}
