// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// The names of the contract that the judge itself must know.
const (
	nationalSystem        = "NationalSystem"
	purposeIdentification = "Identification"
	purposeWarning        = "Warning"
	purposeCloseOut       = "CloseOut"
)

// identify finds whether the family counts as identified (纳入) and since when:
// by a completed identification, or by a prior mark where the plan says that
// marks of the national system dated before the plan count.
func (j *judge) identify() {
	if !j.identified.IsZero() {
		return
	}
	for _, day := range j.fam.Identifications {
		if j.reached(day) && (j.identified.IsZero() || day < j.identified) {
			j.identified = day
		}
	}
	if mark := j.priorMark(); mark != nil && (j.identified.IsZero() || mark.Date < j.identified) {
		j.identified, j.frozen = mark.Date, mark.Category
	}
}

// hasProcedure reports whether the plan in force has a procedure of the purpose.
func (j *judge) hasProcedure(purpose string) bool {
	for i := range j.plan.Procedures {
		if j.plan.Procedures[i].Purpose == purpose {
			return true
		}
	}
	return false
}

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
	if name == "" {
		name, undecided = j.matchCategory()
		if !j.identified.IsZero() && !undecided && name != "" {
			// From tomorrow on the rules are not asked any more.
			j.frozen = name
			j.reached(j.today.AddDays(1))
		}
	}
	if name != j.facts.Category || undecided != j.facts.Undecided {
		j.facts.Category, j.facts.Undecided = name, undecided
		j.forget(ReadCategory)
	}
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
	case !j.identified.IsZero():
		j.stage = Monitored
	case j.facts.Category == "" && !j.facts.Undecided:
		j.stage = OutOfScope
	default:
		j.stage = Watched
	}
}

// takeTier finds the family's tier and notes a change of it.
func (j *judge) takeTier() {
	if j.stage == OutOfScope || len(j.plan.Tiers) == 0 {
		j.changeTier(nil, "")
		return
	}
	doubts := len(j.doubts)
	for i := range j.plan.Tiers {
		t := &j.plan.Tiers[i]
		for k := range t.Rules {
			r := &t.Rules[k]
			switch a := j.ask(&r.When); a.Truth {
			case Yes:
				j.changeTier(t, t.Name)
				return
			case Unknown:
				j.lack(doubt{"tier ", t.Name, ", rule ", r.Name, a})
			}
		}
	}
	if len(j.doubts) > doubts {
		j.changeTier(nil, Undetermined)
		return
	}
	j.changeTier(nil, "")
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

// recorded reports whether every ledger of the tier has an entry of the family.
func (j *judge) recorded() bool {
	if j.tier == nil {
		return false
	}
	for _, ledger := range j.tier.Ledgers {
		if !j.marked(ledger) {
			return false
		}
	}
	return true
}

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
