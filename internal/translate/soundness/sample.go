// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/formula"
)

// target is something that a family can reach.
type target struct {
	path string
	// unless are where a certain finding says it already.
	unless []string
	hits   int
	// seek asks the formulas for a family that reaches it.
	seek func(*span) []formula.Want
}

// sampling draws families and notes what they reach.
type sampling struct {
	s       *scrutiny
	targets []*target
	byPath  map[string]*target
	drawn   int
	asks    int // how many questions may still be put to rules
}

// asksOfGuided is how many questions are put to rules at most, beyond those to the
// families that are drawn at random: this many for what was not reached, as many for
// gaps and for overlaps.
const asksOfGuided = 300_000

// guidedSamples is how many families are drawn after each picture that the formulas
// give of one that would reach a target.
const guidedSamples = 120

// sample draws families, first at random, then after what the formulas say of what
// was not reached. What no family reached is said, with their number.
func (s *scrutiny) sample() {
	if s.opts.Samples <= 0 || len(s.spans) == 0 {
		return
	}
	run := &sampling{s: s, byPath: map[string]*target{}, asks: asksOfGuided}
	run.aim()
	each := max(1, s.opts.Samples/len(s.spans))
	for i, sp := range s.spans {
		d := newDrawing(s, sp, uint64(i)) //nolint:gosec // a small index
		for range each {
			run.judge(d.family())
			run.lead(d)
		}
	}
	run.guide()
	for _, t := range run.targets {
		if t.hits == 0 && !slices.ContainsFunc(t.unless, func(p string) bool { return s.found(p) }) {
			s.find(Finding{Code: NotReached, Path: t.path, Subjects: []any{run.drawn}})
		}
	}
	s.gaps()
	s.overlaps()
}

// guide seeks what was not reached yet.
func (r *sampling) guide() {
	for n, t := range r.targets {
		if t.hits > 0 || t.seek == nil {
			continue
		}
		for i, sp := range r.s.spans {
			found, witness := sp.search(t.seek(sp)...)
			if found == formula.Never {
				continue
			}
			d := newDrawing(r.s, sp, uint64(1000+100*n+i)) //nolint:gosec // small indices
			d.guided = witness
			for range guidedSamples {
				if t.hits > 0 || r.asks < 0 {
					break
				}
				r.asks -= r.s.plan.Predicates
				r.judge(d.family())
				r.lead(d)
			}
		}
	}
}

func (r *sampling) add(path string, seek func(*span) []formula.Want, unless ...string) {
	t := &target{path: path, seek: seek, unless: append(unless, path)}
	r.targets = append(r.targets, t)
	r.byPath[path] = t
}

func (r *sampling) hit(path string) {
	if t := r.byPath[path]; t != nil {
		t.hits++
	}
}

// aim lists what families are to reach.
func (r *sampling) aim() {
	s := r.s
	for i := range s.plan.Standards {
		std := &s.plan.Standards[i]
		path := s.path(&std.Met)
		r.add(path, func(sp *span) []formula.Want {
			return []formula.Want{sp.formulas.Asks(std.Met.Index, formula.No)}
		})
		for k := range std.Departments {
			when := std.Departments[k].When
			at := fmt.Sprintf("spec.standards[%d].departments[%d]", i, k)
			r.add(at, func(sp *span) []formula.Want {
				wants := []formula.Want{isSo(sp.unmet[std.Name])}
				for e := range k {
					if w := std.Departments[e].When; w != nil {
						wants = append(wants, sp.notYes(w))
					}
				}
				return append(wants, sp.ifAny(when)...)
			}, path, fmt.Sprintf("spec.standards[%d].departments[%d]", i, k-1))
		}
		r.aimMeasures(std.Measures, func(sp *span) formula.Want { return isSo(sp.unmet[std.Name]) }, path)
	}
	for i := range s.plan.Categories {
		cat := &s.plan.Categories[i]
		r.add(s.path(&cat.When), func(sp *span) []formula.Want {
			wants := []formula.Want{sp.yes(&cat.When)}
			for e := range i {
				wants = append(wants, sp.notYes(&s.plan.Categories[e].When))
			}
			return wants
		})
		r.aimMeasures(cat.Measures, func(sp *span) formula.Want { return isSo(sp.category[cat.Name]) }, s.path(&cat.When))
	}
	r.aimTiers()
	for i := range s.plan.WarningLines {
		line := &s.plan.WarningLines[i]
		r.add(s.path(&line.When), func(sp *span) []formula.Want { return []formula.Want{sp.yes(&line.When)} })
	}
}

func (sp *span) ifAny(when *decision.Predicate) []formula.Want {
	if when == nil {
		return nil
	}
	return []formula.Want{sp.yes(when)}
}

// aimMeasures takes what is never asked for what is never proposed.
func (r *sampling) aimMeasures(measures []decision.MeasureRule, where func(*span) formula.Want, asked string) {
	for i := range measures {
		if when := measures[i].When; when != nil {
			r.add(r.s.path(when), func(sp *span) []formula.Want { return []formula.Want{sp.yes(when), where(sp)} }, asked)
		}
	}
}

func (r *sampling) aimTiers() {
	var earlier []*decision.Predicate
	for i := range r.s.plan.Tiers {
		tier := &r.s.plan.Tiers[i]
		at := fmt.Sprintf("spec.tiers[%d]", i)
		before := slices.Clone(earlier)
		var some []func(*span) formula.Want
		for k := range tier.Rules {
			when := &tier.Rules[k].When
			r.add(r.s.path(when), func(sp *span) []formula.Want {
				wants := []formula.Want{sp.yes(when)}
				for _, e := range before {
					wants = append(wants, sp.notYes(e))
				}
				return wants
			}, at)
			some = append(some, func(sp *span) formula.Want { return sp.yes(when) })
			earlier = append(earlier, when)
		}
		for k := range tier.Measures {
			when := tier.Measures[k].When
			if when == nil {
				continue
			}
			r.add(r.s.path(when), func(sp *span) []formula.Want {
				wants := []formula.Want{sp.yes(when), some[0](sp)}
				for _, e := range before {
					wants = append(wants, sp.notYes(e))
				}
				return wants
			}, at, r.s.path(&tier.Rules[0].When))
		}
	}
}

// ask puts a rule to drawn facts as the judge does.
func (f *drawn) ask(p *decision.Predicate) decision.Truth {
	without := p.Ask(&f.facts).Truth
	if p.Reads&decision.ReadUnmet == 0 || len(f.unknown) == 0 {
		return without
	}
	open := f.facts.Unmet
	f.facts.Unmet = append(slices.Clone(open), f.unknown...)
	with := p.Ask(&f.facts).Truth
	f.facts.Unmet = open
	if with != without {
		return decision.Unknown
	}
	return without
}

// judge asks a family's standards, category and tier, and notes what it reached.
func (r *sampling) judge(f *drawn) {
	r.drawn++
	r.standards(f)
	known := r.categorise(f)
	if f.facts.Category == "" && !f.facts.Undecided {
		return
	}
	for i := range r.s.plan.Standards {
		if std := &r.s.plan.Standards[i]; slices.Contains(f.facts.Unmet, std.Name) {
			r.route(f, i, std)
		}
	}
	if known != nil {
		r.measures(f, known.Measures)
	}
	for i := range r.s.plan.Tiers {
		tier := &r.s.plan.Tiers[i]
		taken := false
		for k := range tier.Rules {
			if f.ask(&tier.Rules[k].When) == decision.Yes {
				taken = true
				r.hit(r.s.path(&tier.Rules[k].When))
			}
		}
		if taken {
			r.measures(f, tier.Measures)
			return
		}
	}
}

func (r *sampling) standards(f *drawn) {
	awaits := r.s.has(v1alpha1.PurposeCloseOut)
	for i := range r.s.plan.Standards {
		std := &r.s.plan.Standards[i]
		carried := slices.Contains(f.carried, std.Name)
		switch met := f.ask(&std.Met); {
		case met == decision.No:
			r.hit(r.s.path(&std.Met))
			f.facts.Unmet = append(f.facts.Unmet, std.Name)
		case carried && (met == decision.Unknown || awaits):
			f.facts.Unmet = append(f.facts.Unmet, std.Name)
		case met == decision.Unknown:
			f.unknown = append(f.unknown, std.Name)
		}
	}
}

func (r *sampling) categorise(f *drawn) *decision.Category {
	doubted := false
	for i := range r.s.plan.Categories {
		cat := &r.s.plan.Categories[i]
		switch f.ask(&cat.When) {
		case decision.Yes:
			r.hit(r.s.path(&cat.When))
			f.facts.Category = cat.Name
			return cat
		case decision.Unknown:
			doubted = true
		}
	}
	f.facts.Undecided = doubted
	return nil
}

// route finds the departments of an open shortfall, and what is proposed for it.
func (r *sampling) route(f *drawn, at int, std *decision.Standard) {
	for k := range std.Departments {
		if when := std.Departments[k].When; when == nil || f.ask(when) == decision.Yes {
			r.hit(fmt.Sprintf("spec.standards[%d].departments[%d]", at, k))
			break
		}
	}
	r.measures(f, std.Measures)
}

func (r *sampling) measures(f *drawn, rules []decision.MeasureRule) {
	for i := range rules {
		if when := rules[i].When; when != nil && f.ask(when) == decision.Yes {
			r.hit(r.s.path(when))
		}
	}
}

// lead draws a lead and notes the line that it crosses.
func (r *sampling) lead(d *drawing) {
	if len(r.s.plan.WarningLines) == 0 {
		return
	}
	f := d.family()
	lead := d.signal("signal", f.facts.Today)
	f.facts.Signal = &lead
	for i := range r.s.plan.WarningLines {
		line := &r.s.plan.WarningLines[i]
		if (line.Cause == "" || line.Cause == lead.Cause) && f.ask(&line.When) == decision.Yes {
			r.hit(r.s.path(&line.When))
			return
		}
	}
}
