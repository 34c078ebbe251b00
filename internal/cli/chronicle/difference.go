// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// difference returns what changed from one day's status to a later one's.
func difference(day civil.Day, before, after *v1alpha1.HouseholdStatus) []Event {
	d := differ{day: day}
	d.change(PolicyChanged, "", policyOf(before), policyOf(after))
	if reason := unjudged(after); reason != "" {
		if reason != unjudged(before) {
			d.add(Event{Kind: NotJudged, To: reason})
		}
		return d.events // nothing was concluded, which is no end of what was open
	}
	d.change(StageChanged, "", string(before.Stage), string(after.Stage))
	d.change(CategoryChanged, "", string(before.Category), string(after.Category))
	d.change(TierChanged, "", string(before.Tier), string(after.Tier))
	d.shortfalls(before.Shortfalls, after.Shortfalls)
	d.deadlines(before.Deadlines, after.Deadlines)
	d.change(EligibleChanged, "", eligible(before), eligible(after))
	d.blockers(before.Elimination, after.Elimination)
	return d.events
}

type differ struct {
	day    civil.Day
	events []Event
}

func (d *differ) add(e Event) {
	e.Date = d.day
	d.events = append(d.events, e)
}

func (d *differ) change(kind Kind, name, from, to string) {
	if from != to {
		d.add(Event{Kind: kind, Name: name, From: from, To: to})
	}
}

func policyOf(s *v1alpha1.HouseholdStatus) string {
	if s.PolicyRef == nil {
		return ""
	}
	return string(s.PolicyRef.Name)
}

// unjudged is why a day was not judged, "" if it was.
func unjudged(s *v1alpha1.HouseholdStatus) string {
	ready := meta.FindStatusCondition(s.Conditions, v1alpha1.ConditionReady)
	if ready == nil || ready.Status == "True" {
		return ""
	}
	return ready.Reason
}

// eligible is "Eligible" where the risk may be marked eliminated.
func eligible(s *v1alpha1.HouseholdStatus) string {
	if s.Elimination != nil && s.Elimination.Eligible {
		return "Eligible"
	}
	return ""
}

// The contract's words for a family that was not included, and for one that was
// not long enough ago.
const (
	notIdentified = "not-identified"
	minimumPeriod = "minimum-period"
)

// blockers tells what stands in the way of elimination, and until when it
// surely does. Of a family that is not included nothing is asked yet.
func (d *differ) blockers(before, after *v1alpha1.Elimination) {
	if after == nil || len(after.Blockers) == 0 || slices.Contains(after.Blockers, notIdentified) {
		return
	}
	if before == nil {
		before = &v1alpha1.Elimination{}
	}
	from, to := joined(before.Blockers), joined(after.Blockers)
	if from == to && before.Earliest == after.Earliest {
		return
	}
	e := Event{Kind: BlockersChanged, From: from, To: to}
	if slices.Contains(after.Blockers, minimumPeriod) {
		e.Due = dayOf(after.Earliest)
	}
	d.add(e)
}

func (d *differ) shortfalls(before, after []v1alpha1.Shortfall) {
	for i := range after {
		now := &after[i]
		j := slices.IndexFunc(before, func(s v1alpha1.Shortfall) bool {
			return s.Standard == now.Standard && s.Since == now.Since
		})
		was := v1alpha1.Shortfall{State: now.State}
		if j >= 0 {
			was = before[j]
		} else {
			d.add(Event{Kind: ShortfallOpened, Name: string(now.Standard), To: string(now.State), Due: dayOf(now.Due)})
		}
		if now.Routed != "" && was.Routed != now.Routed && len(now.Departments) > 0 {
			d.add(Event{Kind: ShortfallRouted, Name: string(now.Standard), To: joined(now.Departments), Due: dayOf(now.Due)})
		}
		d.change(ShortfallChanged, string(now.Standard), string(was.State), string(now.State))
	}
	for i := range before {
		was := &before[i]
		if !slices.ContainsFunc(after, func(s v1alpha1.Shortfall) bool { return s.Standard == was.Standard && s.Since == was.Since }) {
			d.add(Event{Kind: ShortfallClosed, Name: string(was.Standard), From: string(was.State)})
		}
	}
}

func joined(words []v1alpha1.Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	return strings.Join(texts, ", ")
}

// nameOf is a deadline's key as one word.
func nameOf(d *v1alpha1.Deadline) string { return string(d.Kind) + "/" + d.Name }

func (d *differ) deadlines(before, after []v1alpha1.Deadline) {
	for i := range after {
		now := &after[i]
		j := slices.IndexFunc(before, sameDeadline(now))
		was := &v1alpha1.Deadline{State: v1alpha1.DeadlinePending, Due: now.Due}
		if j >= 0 {
			was = &before[j]
		}
		due := dayOf(now.Due)
		switch {
		case j < 0:
			d.add(Event{Kind: DeadlineSet, Name: nameOf(now), Due: due})
		case was.Due != now.Due:
			d.add(Event{Kind: DeadlineMoved, Name: nameOf(now), From: string(was.Due), To: string(now.Due), Due: due})
		}
		d.change(DeadlineChanged, nameOf(now), string(was.State), string(now.State))
		if now.EscalatedTo != was.EscalatedTo && now.EscalatedTo != "" {
			d.add(Event{Kind: DeadlineEscalated, Name: nameOf(now), To: string(now.EscalatedTo)})
		}
	}
	for i := range before {
		was := &before[i]
		running := was.State == v1alpha1.DeadlinePending || was.State == v1alpha1.DeadlineOverdue
		replaced := func(o v1alpha1.Deadline) bool { return o.Kind == was.Kind && o.Name == was.Name }
		if running && !slices.ContainsFunc(after, replaced) {
			d.add(Event{Kind: DeadlineDropped, Name: nameOf(was), From: string(was.State), Due: dayOf(was.Due)})
		}
	}
}

// sameDeadline finds the same run of a deadline; a survey is asked again and
// again under one name, and each is told by its start.
func sameDeadline(d *v1alpha1.Deadline) func(v1alpha1.Deadline) bool {
	return func(o v1alpha1.Deadline) bool { return o.Kind == d.Kind && o.Name == d.Name && o.Start == d.Start }
}
