// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"math"
	"slices"

	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/formula"
	"fangpin.io/fangpin/internal/money"
	"fangpin.io/fangpin/internal/plan"
)

// gapFamilies is how many families' amounts are moved along the lines.
const gapFamilies = 150

// Amounts is a run of amounts; To is math.MaxInt64 where it has no end.
type Amounts struct{ From, To money.Amount }

// Open says that the run has no end.
func (a Amounts) Open() bool { return a.To == math.MaxInt64 }

// gap is a run of amounts at which a family in scope has no tier, though it has one
// with less and one with more.
type gap struct {
	fact                   string
	between                Amounts
	category, below, above string
}

// gaps looks for amounts that no tier takes though both sides are taken. The real
// judge says so of a real family, so that what is found is certain.
func (s *scrutiny) gaps() {
	var found []gap
	asks := asksOfGuided
	for i, sp := range s.spans {
		for _, a := range plan.Amounts() {
			v := sp.formulas.Find(a.Name)
			if v == nil || !s.tiersRead(a.Field) {
				continue
			}
			d := newDrawing(s, sp, uint64(5000+i)) //nolint:gosec // a small index
			for n := range max(10, gapFamilies/len(s.spans)) {
				if asks -= s.plan.Predicates * len(v.Cells()); asks < 0 {
					return
				}
				d.guided = nil
				if n%2 == 0 {
					d.guided = s.pictureOfTier(sp, n/2)
				}
				f := d.family()
				if f.facts.Survey == nil || f.eliminated {
					continue
				}
				for _, g := range s.gapsOf(sp, f, a, v.Cells()) {
					if !slices.ContainsFunc(found, func(k gap) bool { return k.fact == g.fact && k.between == g.between }) {
						found = append(found, g)
						s.find(Finding{Code: TierGap, Path: "spec.tiers", Subjects: []any{g.fact, g.between, g.category, g.below, g.above}})
					}
				}
			}
		}
	}
}

func (s *scrutiny) tiersRead(field decision.AmountField) bool {
	for i := range s.plan.Tiers {
		for k := range s.plan.Tiers[i].Rules {
			if s.plan.Tiers[i].Rules[k].When.Reads&decision.ReadAmount(field) != 0 {
				return true
			}
		}
	}
	return false
}

// pictureOfTier is what a family of one of the tiers looks like, by turns.
func (s *scrutiny) pictureOfTier(sp *span, turn int) formula.Witness {
	var rules []*decision.Predicate
	for i := range s.plan.Tiers {
		for k := range s.plan.Tiers[i].Rules {
			rules = append(rules, &s.plan.Tiers[i].Rules[k].When)
		}
	}
	if len(rules) == 0 {
		return nil
	}
	_, witness := sp.search(sp.yes(rules[turn%len(rules)]))
	return witness
}

// standing is where a family stands with an amount.
type standing struct {
	cell     formula.Span
	category string
	tier     string
}

func (st standing) taken() bool { return st.tier != "" && st.tier != decision.Undetermined }

// hole says that the family has a category that is told, and no tier.
func (st standing) hole() bool {
	return st.category != "" && st.category != decision.Undetermined && st.tier == ""
}

// gapsOf moves one amount of a family from line to line.
func (s *scrutiny) gapsOf(sp *span, f *drawn, a plan.NamedAmount, cells []formula.Cell) []gap {
	along := make([]standing, len(cells))
	for i, c := range cells {
		along[i] = s.stand(sp, f, a.Field, money.Amount(c.Span.From))
		along[i].cell = c.Span
	}
	var found []gap
	below := -1
	for i := 0; i < len(along); i++ {
		if along[i].taken() {
			below = i
		}
		if below < 0 || !along[i].hole() {
			continue
		}
		end := i
		for end+1 < len(along) && along[end+1].hole() {
			end++
		}
		if end+1 < len(along) && along[end+1].taken() && below == i-1 && s.stand(sp, f, a.Field, money.Amount(along[end].cell.To)).hole() {
			found = append(found, gap{
				fact: a.Name, between: Amounts{money.Amount(along[i].cell.From), money.Amount(along[end].cell.To)},
				category: along[i].category, below: along[below].tier, above: along[end+1].tier,
			})
		}
		i = end
	}
	return found
}

// stand judges the family with an amount in its survey, as if the plan began with the
// span: what was before has no part in it.
func (s *scrutiny) stand(sp *span, f *drawn, field decision.AmountField, amount money.Amount) standing {
	moved := *f.family
	moved.Surveys = slices.Clone(f.family.Surveys)
	moved.Surveys[0].SetAmount(field, amount)
	moved.Surveys[0].Date = max(moved.Surveys[0].Date, sp.days.From)
	own := *s.plan
	own.From = sp.days.From
	v := decision.Decide(&moved, decision.BuildTimeline([][]*decision.Plan{{&own}}), f.facts.Today)
	return standing{category: v.Category, tier: v.Tier}
}

// overlaps looks for amounts at which rules of two tiers hold of one family: the
// earlier tier takes it, which may well be meant. A drawn family shows it.
func (s *scrutiny) overlaps() {
	asks := asksOfGuided
	for i, sp := range s.spans {
		for _, a := range plan.Amounts() {
			v := sp.formulas.Find(a.Name)
			if v == nil || !s.tiersRead(a.Field) {
				continue
			}
			bounded := s.boundedRules(sp, v)
			for k, later := range bounded {
				for _, earlier := range bounded[:k] {
					if asks -= s.plan.Predicates * overlapFamilies; earlier.tier != later.tier && asks > 0 {
						s.overlap(newDrawing(s, sp, uint64(7000+i)), a, earlier, later) //nolint:gosec // a small index
					}
				}
			}
		}
	}
}

// boundedRule is a rule of a tier that holds at some cells of an amount only.
type boundedRule struct {
	tier  int
	when  *decision.Predicate
	cells []formula.Cell
}

func (s *scrutiny) boundedRules(sp *span, v *formula.Variable) []boundedRule {
	var out []boundedRule
	for i := range s.plan.Tiers {
		for k := range s.plan.Tiers[i].Rules {
			r := boundedRule{tier: i, when: &s.plan.Tiers[i].Rules[k].When}
			for n, c := range v.Cells() {
				if !sp.never(sp.yes(r.when), isSo(sp.formulas.InCell(v, n))) {
					r.cells = append(r.cells, c)
				}
			}
			if len(r.cells) > 0 && len(r.cells) < len(v.Cells()) {
				out = append(out, r)
			}
		}
	}
	return out
}

// overlapFamilies is how many families are drawn to show an overlap.
const overlapFamilies = 60

func (s *scrutiny) overlap(d *drawing, a plan.NamedAmount, earlier, later boundedRule) {
	shared, within := Amounts{From: math.MaxInt64}, 0
	for _, c := range later.cells {
		if slices.Contains(earlier.cells, c) {
			shared.From, shared.To = min(shared.From, money.Amount(c.Span.From)), money.Amount(c.Span.To)
			within++
		}
	}
	if within == len(earlier.cells) {
		return // "below 8000" after "below 5000" is how first matches are written
	}
	path := fmt.Sprintf("spec.tiers[%d]", later.tier)
	if shared.From > shared.To || s.found(path) || s.found(s.path(later.when)) {
		return
	}
	_, d.guided = d.sp.search(d.sp.yes(earlier.when), d.sp.yes(later.when))
	if d.guided == nil {
		return
	}
	run := &sampling{s: s}
	for range overlapFamilies {
		f := d.family()
		run.standards(f)
		run.categorise(f)
		if f.ask(earlier.when) == decision.Yes && f.ask(later.when) == decision.Yes {
			s.find(Finding{Code: TierOverlap, Path: s.path(later.when), Others: []string{s.path(earlier.when)}, Subjects: []any{a.Name, shared}})
			return
		}
	}
}
