// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/formula"
	"fangpin.io/fangpin/internal/plan"
)

// scrutiny is one look through a plan.
type scrutiny struct {
	spec     *v1alpha1.MonitoringPolicySpec
	plan     *decision.Plan
	rules    *plan.Rules
	opts     Options
	spans    []*span
	findings []Finding
}

func (s *scrutiny) find(f Finding) { s.findings = append(s.findings, f) }

// found says whether there is a finding at the path already.
func (s *scrutiny) found(path string, codes ...Code) bool {
	return slices.ContainsFunc(s.findings, func(f Finding) bool {
		return f.Path == path && len(f.Days) == 0 && (len(codes) == 0 || slices.Contains(codes, f.Code))
	})
}

// lastDay is the plan's, Last where it has no end.
func (s *scrutiny) lastDay() civil.Day {
	if s.plan.Until.IsZero() {
		return civil.Last
	}
	return s.plan.Until
}

// How many runs of days with the same parameters are looked at: as many as a number
// of rules allows for all of them together, but some.
const (
	rulesOfSpans = 2000
	leastSpans   = 4
)

// span is a run of days on which every parameter has one value.
type span struct {
	days     civil.Interval
	params   []decision.Value
	formulas *plan.Formulas
	laws     []formula.Want // of the facts
	links    []formula.Want // of what is unmet, for rules that are asked after standards
	budget   int

	unmet    map[string]*formula.Formula
	category map[string]*formula.Formula
	causes   map[string]*formula.Formula
	accepted *formula.Formula // the lead's source is one of the plan's channels
}

// What searches may cost, in parts of formulas that are worked out: all of a plan
// together, and one question. What is not answered within is left to the samples.
const (
	budgetOfPlan     = 60_000_000
	budgetOfQuestion = 1_000_000
)

// spansOf lays out the days by the parameters' values.
func (s *scrutiny) spansOf(from, until civil.Day) []*span {
	starts := []civil.Day{from}
	for i := range s.plan.Parameters {
		for _, v := range s.plan.Parameters[i].Values {
			if v.From > from && v.From <= until {
				starts = append(starts, v.From)
			}
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	most := max(leastSpans, rulesOfSpans/max(1, s.plan.Predicates))
	var out []*span
	for i, start := range starts {
		if i == most {
			break
		}
		end := until
		if i+1 < len(starts) {
			end = starts[i+1].AddDays(-1)
		}
		out = append(out, &span{days: civil.Interval{From: start, Until: end}, params: s.valuesOn(start), budget: budgetOfPlan / min(most, len(starts))})
	}
	return out
}

func (s *scrutiny) valuesOn(day civil.Day) []decision.Value {
	out := make([]decision.Value, len(s.plan.Parameters))
	for i := range s.plan.Parameters {
		for _, v := range s.plan.Parameters[i].Values {
			if v.From <= day {
				out[i] = v.Value
			}
		}
	}
	return out
}

// lay puts the plan's rules as formulas for the span.
func (s *scrutiny) lay(sp *span) {
	f := s.rules.Formulas(plan.Days{From: sp.days.From, Until: sp.days.Until, Params: sp.params})
	sp.formulas = f
	for i := range s.rules.Len() {
		f.Of(i)
	}
	sp.unmet, sp.category, sp.causes = map[string]*formula.Formula{}, map[string]*formula.Formula{}, map[string]*formula.Formula{}
	var links []*formula.Formula
	for i := range s.plan.Standards {
		std := &s.plan.Standards[i]
		sp.unmet[std.Name] = f.Unmet(std.Name)
		links = append(links, s.link(f, std))
	}
	for i := range s.plan.Categories {
		name := s.plan.Categories[i].Name
		sp.category[name] = f.Is(f.Fact("household.category"), formula.Words(name))
	}
	for i := range s.plan.WarningLines {
		if cause := s.plan.WarningLines[i].Cause; cause != "" {
			sp.causes[cause] = f.Is(f.Fact("signal.cause"), formula.Words(cause))
		}
	}
	sp.accepted = formula.Constant(formula.Yes)
	if len(s.plan.Channels) > 0 {
		var sources []string
		for _, c := range s.plan.Channels {
			sources = append(sources, c.Source)
		}
		sp.accepted = f.Is(f.Fact("signal.source"), formula.Words(sources...))
	}
	sp.laws = f.Laws()
	for _, l := range links {
		sp.links = append(sp.links, formula.Want{Formula: l, Answers: formula.Yes})
	}
}

// link says what a standard's answer has to do with its shortfall, once a survey was
// seen: one that does not hold is open; one that holds is not, unless it awaits its
// close-out; one that is unknown is open from before, or doubted.
func (s *scrutiny) link(f *plan.Formulas, std *decision.Standard) *formula.Formula {
	met, open, doubted := f.Of(std.Met.Index), f.Unmet(std.Name), f.UnmetUnknown(std.Name)
	holds := formula.Not(formula.Or(open, doubted))
	if s.plan.Procedure(string(v1alpha1.PurposeCloseOut)) != nil {
		holds = formula.Not(doubted)
	}
	return formula.Or(
		formula.Not(f.Known(f.Fact("survey.date"))),
		formula.And(formula.Answers(met, formula.No), open),
		formula.And(formula.Answers(met, formula.Yes), holds),
		formula.And(formula.Answers(met, formula.Unknown), formula.Or(open, doubted)),
	)
}

// never says whether it is certain that no family is such.
func (sp *span) never(wants ...formula.Want) bool {
	found, _ := sp.search(wants...)
	return found == formula.Never
}

func (sp *span) search(wants ...formula.Want) (formula.Finding, formula.Witness) {
	if sp.budget <= 0 {
		return formula.Undecided, nil
	}
	own := min(budgetOfQuestion, sp.budget)
	left := own
	found, witness := sp.formulas.Search(&left, slices.Concat(wants, sp.links, sp.laws)...)
	sp.budget -= own - left
	return found, witness
}

func (sp *span) yes(p *decision.Predicate) formula.Want {
	return sp.formulas.Asks(p.Index, formula.Yes)
}

func (sp *span) notYes(p *decision.Predicate) formula.Want {
	return sp.formulas.Asks(p.Index, formula.No|formula.Unknown)
}

func isSo(f *formula.Formula) formula.Want { return formula.Want{Formula: f, Answers: formula.Yes} }

// blind says whether the rule reads a parameter that has no value yet: then that is
// what is wrong.
func (s *scrutiny) blind(sp *span, p *decision.Predicate) bool {
	if p.Reads&decision.ReadParams == 0 {
		return false
	}
	for i, v := range sp.params {
		if !v.Known && slices.Contains(s.rules.Rule(p.Index).Parameters(), s.plan.Parameters[i].Name) {
			return true
		}
	}
	return false
}

// claim is something that holds on some spans.
type claim struct {
	code   Code
	path   string
	others []string
	held   []bool // by span
}

// claims gathers what holds from span to span.
type claims struct {
	list  []*claim
	spans int
}

func (c *claims) hold(span int, code Code, path string, others ...string) {
	for _, known := range c.list {
		if known.code == code && known.path == path {
			known.held[span] = true
			for _, o := range others {
				if !slices.Contains(known.others, o) {
					known.others = append(known.others, o)
				}
			}
			return
		}
	}
	fresh := &claim{code, path, others, make([]bool, c.spans)}
	fresh.held[span] = true
	c.list = append(c.list, fresh)
}

// conclude turns claims into findings. What holds on some days only names them, as
// does what was not looked at on all.
func (s *scrutiny) conclude(c *claims, spans []*span) {
	whole := spans[len(spans)-1].days.Until >= s.lastDay()
	for _, one := range c.list {
		f := Finding{Code: one.code, Path: one.path, Others: one.others}
		if !whole || slices.Contains(one.held, false) {
			f.Days = daysHeld(one.held, spans)
		}
		s.find(f)
	}
}

// daysHeld joins spans that follow one another.
func daysHeld(held []bool, spans []*span) []civil.Interval {
	var out []civil.Interval
	for i, holds := range held {
		switch {
		case !holds:
		case i > 0 && held[i-1]:
			out[len(out)-1].Until = spans[i].days.Until
		default:
			out = append(out, spans[i].days)
		}
	}
	for i := range out {
		if out[i].Until == civil.Last {
			out[i].Until = 0
		}
	}
	return out
}

// reason looks for what the rules rule out.
func (s *scrutiny) reason() {
	s.spans = s.spansOf(s.plan.From, s.lastDay())
	c := &claims{spans: len(s.spans)}
	for i, sp := range s.spans {
		s.lay(sp)
		s.reasonAboutStandards(c, i)
		s.reasonAboutCategories(c, i)
		s.reasonAboutTiers(c, i)
		s.reasonAboutLines(c, i)
	}
	s.conclude(c, s.spans)
}

// place is a rule in an order in which the first that is true wins.
type place struct {
	path string
	when *decision.Predicate // nil: always
}

// firstWins finds in a list those that can never be the first true one. Where is
// what holds wherever the list is asked.
func (s *scrutiny) firstWins(c *claims, at int, list []place, where ...formula.Want) {
	sp := s.spans[at]
	for k, p := range list {
		if p.when == nil || s.blind(sp, p.when) {
			continue
		}
		switch target := append([]formula.Want{sp.yes(p.when)}, where...); {
		case sp.never(sp.yes(p.when)):
			c.hold(at, NeverTrue, p.path)
		case sp.never(target...):
			c.hold(at, NeverChosen, p.path)
		default:
			if others := sp.coverers(target, list[:k]); others != nil {
				c.hold(at, AlwaysCovered, p.path, others...)
			}
		}
	}
}

// coverers are the earlier places of which one is always true where the target is;
// nil if there are none.
func (sp *span) coverers(target []formula.Want, earlier []place) []string {
	for _, e := range earlier {
		if e.when != nil && sp.never(append(slices.Clone(target), sp.notYes(e.when))...) {
			return []string{e.path}
		}
	}
	kept := slices.DeleteFunc(slices.Clone(earlier), func(e place) bool { return e.when == nil })
	if len(kept) < 2 || len(kept) < len(earlier) || !sp.coveredBy(target, kept) {
		return nil
	}
	for i := 0; i < len(kept); {
		fewer := slices.Delete(slices.Clone(kept), i, i+1)
		if sp.coveredBy(target, fewer) {
			kept = fewer
		} else {
			i++
		}
	}
	var paths []string
	for _, e := range kept {
		paths = append(paths, e.path)
	}
	return paths
}

func (sp *span) coveredBy(target []formula.Want, earlier []place) bool {
	wants := slices.Clone(target)
	for _, e := range earlier {
		wants = append(wants, sp.notYes(e.when))
	}
	return sp.never(wants...)
}

func (s *scrutiny) path(p *decision.Predicate) string { return s.rules.Rule(p.Index).Path }

func (s *scrutiny) reasonAboutStandards(c *claims, at int) {
	sp := s.spans[at]
	for i := range s.plan.Standards {
		std := &s.plan.Standards[i]
		if !s.blind(sp, &std.Met) {
			if sp.never(sp.formulas.Asks(std.Met.Index, formula.No)) {
				c.hold(at, StandardAlwaysMet, s.path(&std.Met))
			}
			if sp.never(sp.yes(&std.Met)) {
				c.hold(at, StandardNeverMet, s.path(&std.Met))
			}
		}
		var list []place
		for k := range std.Departments {
			list = append(list, place{fmt.Sprintf("spec.standards[%d].departments[%d]", i, k), std.Departments[k].When})
		}
		open := isSo(sp.unmet[std.Name])
		s.firstWins(c, at, list, open)
		s.reasonAboutMeasures(c, at, std.Measures, open)
	}
}

// reasonAboutMeasures finds measures that are never proposed where they are asked.
func (s *scrutiny) reasonAboutMeasures(c *claims, at int, measures []decision.MeasureRule, where formula.Want) {
	sp := s.spans[at]
	for i := range measures {
		when := measures[i].When
		if when == nil || s.blind(sp, when) {
			continue
		}
		switch {
		case sp.never(sp.yes(when)):
			c.hold(at, NeverTrue, s.path(when))
		case sp.never(sp.yes(when), where):
			c.hold(at, NeverChosen, s.path(when))
		}
	}
}

func (s *scrutiny) reasonAboutCategories(c *claims, at int) {
	sp := s.spans[at]
	var list []place
	for i := range s.plan.Categories {
		cat := &s.plan.Categories[i]
		list = append(list, place{s.path(&cat.When), &cat.When})
		s.reasonAboutMeasures(c, at, cat.Measures, isSo(sp.category[cat.Name]))
	}
	s.firstWins(c, at, list)
}

// reasonAboutTiers finds tiers that no family can take, and rules that add nothing.
func (s *scrutiny) reasonAboutTiers(c *claims, at int) {
	sp := s.spans[at]
	var earlier []place
	for i := range s.plan.Tiers {
		tier := &s.plan.Tiers[i]
		own := make([]place, len(tier.Rules))
		idle, others := 0, []string(nil)
		covered := map[int][]string{}
		some := make([]*formula.Formula, len(tier.Rules))
		for k := range tier.Rules {
			when := &tier.Rules[k].When
			own[k] = place{s.path(when), when}
			some[k] = formula.Answers(sp.formulas.Of(when.Index), formula.Yes)
			switch {
			case s.blind(sp, when):
			case sp.never(sp.yes(when)):
				c.hold(at, NeverTrue, own[k].path)
				idle++
			default:
				if by := sp.coverers([]formula.Want{sp.yes(when)}, earlier); by != nil {
					covered[k] = by
					others = append(others, by...)
					idle++
				}
			}
		}
		if idle == len(tier.Rules) {
			slices.Sort(others)
			c.hold(at, TierUnreachable, fmt.Sprintf("spec.tiers[%d]", i), slices.Compact(others)...)
		} else {
			for k := range tier.Rules {
				if covered[k] != nil {
					c.hold(at, AlwaysCovered, own[k].path, covered[k]...)
				}
			}
			s.compareRules(c, at, own, covered)
		}
		s.reasonAboutMeasures(c, at, tier.Measures, isSo(formula.Or(some...)))
		earlier = append(earlier, own...)
	}
}

// compareRules finds rules of one tier of which one says no more than another.
func (s *scrutiny) compareRules(c *claims, at int, rules []place, covered map[int][]string) {
	sp := s.spans[at]
	for k := range rules {
		for e := range k {
			if covered[k] != nil || covered[e] != nil || s.blind(sp, rules[k].when) || s.blind(sp, rules[e].when) ||
				sp.never(sp.yes(rules[k].when)) || sp.never(sp.yes(rules[e].when)) {
				continue
			}
			within := sp.never(sp.yes(rules[k].when), sp.notYes(rules[e].when))
			around := sp.never(sp.yes(rules[e].when), sp.notYes(rules[k].when))
			switch {
			case within && around:
				c.hold(at, DuplicateRule, rules[k].path, rules[e].path)
			case within:
				c.hold(at, RuleImplied, rules[k].path, rules[e].path)
			case around:
				c.hold(at, RuleImplied, rules[e].path, rules[k].path)
			}
		}
	}
}

// reasonAboutLines finds warning lines that no lead can be the first to cross, and
// those that only leads through closed channels could.
func (s *scrutiny) reasonAboutLines(c *claims, at int) {
	sp := s.spans[at]
	for i := range s.plan.WarningLines {
		line := &s.plan.WarningLines[i]
		if s.blind(sp, &line.When) {
			continue
		}
		target := []formula.Want{sp.yes(&line.When)}
		if line.Cause != "" {
			target = append(target, isSo(sp.causes[line.Cause]))
		}
		path := s.path(&line.When)
		switch {
		case sp.never(sp.yes(&line.When)):
			c.hold(at, NeverTrue, path)
			continue
		case sp.never(target...):
			c.hold(at, NeverChosen, path)
			continue
		case sp.never(append(slices.Clone(target), isSo(sp.accepted))...):
			c.hold(at, LineWithoutSource, path)
			continue
		}
		var earlier []place
		for k := range i {
			if e := &s.plan.WarningLines[k]; e.Cause == "" || e.Cause == line.Cause {
				earlier = append(earlier, place{s.path(&e.When), &e.When})
			}
		}
		if others := sp.coverers(target, earlier); others != nil {
			c.hold(at, AlwaysCovered, path, others...)
		}
	}
}

// reasonAboutBlockers finds what never stands in the way of a last step, and what
// always does. Reviews outlive their plan, so that its blockers are asked on later
// days too, of families under other plans.
func (s *scrutiny) reasonAboutBlockers() {
	var blockers []*decision.Predicate
	for i := range s.plan.Procedures {
		for k := range s.plan.Procedures[i].Blockers {
			blockers = append(blockers, &s.plan.Procedures[i].Blockers[k].When)
		}
	}
	if len(blockers) == 0 {
		return
	}
	spans := s.spansOf(s.plan.From, civil.Last)
	c := &claims{spans: len(spans)}
	for at, sp := range spans {
		sp.formulas = s.rules.Formulas(plan.Days{From: sp.days.From, Until: sp.days.Until, Params: sp.params, Foreign: true})
		for _, when := range blockers {
			sp.formulas.Of(when.Index)
		}
		sp.laws = sp.formulas.Laws()
		for _, when := range blockers {
			if s.blind(sp, when) {
				continue
			}
			if sp.never(sp.yes(when)) {
				c.hold(at, NeverTrue, s.path(when))
			}
			if sp.never(sp.formulas.Asks(when.Index, formula.No)) {
				c.hold(at, BlockerAlways, s.path(when))
			}
		}
	}
	s.conclude(c, spans)
}
