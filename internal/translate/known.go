// SPDX-License-Identifier: Apache-2.0

package translate

import (
	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// KnownFrom is the first day on which a dated fact was known: the day on which
// it was entered, else its own. Nothing is known before it happened, so an entry
// day ahead of the fact's own is a slip and does not count. Dates that cannot be
// read are no day, and their fact is always known.
func KnownFrom(entered, date v1alpha1.Date) civil.Day {
	return max(dayOf(entered), dayOf(date))
}

// PolicyKnown is the first day on which a plan was known: the day on which it was
// entered, which mostly lies before the day from which it holds, else that day.
func PolicyKnown(p *v1alpha1.MonitoringPolicy) civil.Day {
	if entered := dayOf(p.Spec.Entered); !entered.IsZero() {
		return entered
	}
	return dayOf(p.Spec.EffectiveFrom)
}

// KnownAt is the world by what was known on a day: without the plans that were
// entered later, and judging by facts entered by then. It knows no more than this
// world does. Compiled plans are shared.
func (w *World) KnownAt(day civil.Day) *World {
	if !w.knownAt.IsZero() {
		day = min(day, w.knownAt)
	}
	policies := make([]*v1alpha1.MonitoringPolicy, 0, len(w.policies))
	all := true
	for _, name := range w.Policies() {
		p := w.policies[name].Policy
		policies = append(policies, p)
		all = all && PolicyKnown(p) <= day
	}
	if all {
		known := *w
		known.knownAt = day
		return &known
	}
	jurisdictions := make([]*v1alpha1.Jurisdiction, 0, len(w.nodes))
	for _, name := range w.Nodes() {
		jurisdictions = append(jurisdictions, w.nodes[name].object)
	}
	return NewWorld(policies, jurisdictions, Options{KnownAt: day, Previous: w, Language: w.lang})
}

// PoliciesOver lists the policies of a node and of those above it, sorted by
// name: those that ever rule there.
func (w *World) PoliciesOver(node string) []*v1alpha1.MonitoringPolicy {
	var out []*v1alpha1.MonitoringPolicy
	for _, name := range w.Policies() {
		p := w.policies[name].Policy
		at := string(p.Spec.JurisdictionRef.Name)
		for up, steps := node, 0; up != "" && steps <= len(w.nodes); up, steps = w.Parent(up), steps+1 {
			if up == at {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// Known returns the papers as far as this world knows them: without the facts
// that were entered later. The papers themselves stay as they are.
func (w *World) Known(p Papers) Papers {
	if w.knownAt.IsZero() {
		return p
	}
	return reader{w.knownAt}.papers(p)
}

// reader leaves out what was entered after a day; zero: nothing.
type reader struct{ knownAt civil.Day }

func (r reader) knows(entered, date v1alpha1.Date) bool {
	return r.knownAt.IsZero() || KnownFrom(entered, date) <= r.knownAt
}

func (r reader) papers(p Papers) Papers {
	spec := &p.Household.Spec
	marks := kept(spec.Marks, func(m *v1alpha1.Mark) bool { return r.knows(m.Entered, m.Date) })
	surveys := kept(spec.Surveys, func(s *v1alpha1.Survey) bool { return r.knows(s.Entered, s.Date) })
	if len(marks) < len(spec.Marks) || len(surveys) < len(spec.Surveys) {
		household := *p.Household
		household.Spec.Marks, household.Spec.Surveys = marks, surveys
		p.Household = &household
	}
	if p.Plan != nil {
		p.Plan = r.plan(p.Plan)
	}
	p.Signals, p.Reviews = known(p.Signals, r.signal), known(p.Reviews, r.review)
	p.Identifications = kept(p.Identifications, func(d *v1alpha1.Date) bool { return r.knows("", *d) })
	return p
}

// plan leaves out measures that were planned later, and later deliveries and
// cancellations of the others.
func (r reader) plan(p *v1alpha1.AssistancePlan) *v1alpha1.AssistancePlan {
	known := *p
	known.Spec.Measures = make([]v1alpha1.Measure, 0, len(p.Spec.Measures))
	for i := range p.Spec.Measures {
		m := p.Spec.Measures[i]
		if !r.knows("", m.Date) {
			continue
		}
		if d := m.Delivered; d != nil && !r.knows(d.Entered, d.Date) {
			m.Delivered = nil
		}
		if c := m.Cancelled; c != nil && !r.knows(c.Entered, c.Date) {
			m.Cancelled = nil
		}
		known.Spec.Measures = append(known.Spec.Measures, m)
	}
	return &known
}

// signal is the lead as it was known, nil if it was not.
func (r reader) signal(s *v1alpha1.RiskSignal) *v1alpha1.RiskSignal {
	if !r.knows(s.Spec.Entered, s.Spec.Date) {
		return nil
	}
	if v := s.Spec.Verification; v != nil && !r.knows(v.Entered, v.Date) {
		known := *s
		known.Spec.Verification = nil
		return &known
	}
	return s
}

// review is the review as it was known, nil if it was not. Each record was known
// from its own day on, also where one before it in the list came later.
func (r reader) review(rev *v1alpha1.Review) *v1alpha1.Review {
	if !r.knows(rev.Spec.Entered, rev.Spec.Opened) {
		return nil
	}
	records := kept(rev.Spec.Records, func(c *v1alpha1.StepRecord) bool { return r.knows(c.Entered, c.Date) })
	if len(records) == len(rev.Spec.Records) {
		return rev
	}
	known := *rev
	known.Spec.Records = records
	return &known
}

// kept is what of a list is to be kept: the list itself where all is.
func kept[E any](list []E, keep func(*E) bool) []E {
	out := make([]E, 0, len(list))
	for i := range list {
		if keep(&list[i]) {
			out = append(out, list[i])
		}
	}
	if len(out) == len(list) {
		return list
	}
	return out
}

// known turns objects into what was known of them, leaving out those of which
// nothing was.
func known[O any](objects []*O, as func(*O) *O) []*O {
	var out []*O
	for _, o := range objects {
		if k := as(o); k != nil {
			out = append(out, k)
		}
	}
	return out
}

// inOrderOf lays the statuses of known leads and reviews out in the order of all
// the papers, with none for one that was not known yet.
func (j Judgment) inOrderOf(all, known Papers) Judgment {
	if len(known.Signals) < len(all.Signals) {
		j.Signals = spread(all.Signals, known.Signals, j.Signals)
	}
	if len(known.Reviews) < len(all.Reviews) {
		j.Reviews = spread(all.Reviews, known.Reviews, j.Reviews)
	}
	return j
}

// spread gives each object the status of the one of its name.
func spread[O interface{ GetName() string }, S any](all, known []O, statuses []*S) []*S {
	out := make([]*S, len(all))
	next := 0
	for i, o := range all {
		if next < len(known) && known[next].GetName() == o.GetName() {
			out[i] = statuses[next]
			next++
		}
	}
	return out
}
