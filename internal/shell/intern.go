// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// interner keeps one copy of what many families have in common, where a decoder
// makes a copy for each: words (enumerations, dates, amounts) and whole lists
// (all guarantees met, the same deadlines, the same conditions).
type interner struct {
	mu         sync.Mutex
	words      map[string]string
	conditions lists[metav1.Condition]
	policies   values[v1alpha1.PolicyReference]
	counts     values[int32]

	guarantees lists[v1alpha1.Guarantee]
	marks      lists[v1alpha1.Mark]
	reasons    lists[v1alpha1.Reason]
	deadlines  lists[v1alpha1.Deadline]
	history    lists[v1alpha1.TierChange]
	sources    values[v1alpha1.IncomeSources]
	expenses   values[v1alpha1.Expenses]
	places     values[v1alpha1.JurisdictionReference]

	verifications values[v1alpha1.Verification]
	attendance    lists[v1alpha1.Attendance]
	checks        lists[v1alpha1.AssetCheck]
	measures      lists[v1alpha1.MeasureStatus]
	deliveries    values[v1alpha1.Delivery]
	cancellations values[v1alpha1.Cancellation]
}

// A table that has grown to its bound is emptied, and sharing begins anew: what
// families had in common a year ago need not be kept for the sake of those who
// have something in common today.
const (
	maxSharedWords = 1 << 16
	maxSharedLists = 1 << 12
)

func newInterner() *interner { return &interner{words: map[string]string{}} }

// share replaces words by the common copies.
func share[S ~string](in *interner, words ...*S) {
	for _, word := range words {
		if *word == "" {
			continue
		}
		common, ok := in.words[string(*word)]
		if !ok {
			if len(in.words) >= maxSharedWords {
				clear(in.words)
			}
			// A clone: the word may be a part of the whole decoded text.
			common = strings.Clone(string(*word))
			in.words[common] = common
		}
		*word = S(common)
	}
}

// lists keeps one copy of equal lists. The zero value is empty.
type lists[E comparable] struct {
	known map[uint64][]E
}

// seed is the same for all lists of the process; it has no meaning beyond it.
var seed = maphash.MakeSeed()

// share returns the common copy of a list, which nobody may change.
func (l *lists[E]) share(list []E) []E {
	if len(list) == 0 {
		return nil
	}
	var hash maphash.Hash
	hash.SetSeed(seed)
	for i := range list {
		maphash.WriteComparable(&hash, list[i])
	}
	key := hash.Sum64()
	if common, ok := l.known[key]; ok && slices.Equal(common, list) {
		return common
	}
	if l.known == nil || len(l.known) >= maxSharedLists {
		l.known = map[uint64][]E{}
	}
	list = exact(list)
	l.known[key] = list
	return list
}

// values keeps one copy of equal values that are pointed to. The zero value is
// empty.
type values[E comparable] struct {
	known map[E]*E
}

// share returns the common copy of a value, which nobody may change.
func (v *values[E]) share(value *E) *E {
	if value == nil {
		return nil
	}
	if common, ok := v.known[*value]; ok {
		return common
	}
	if v.known == nil || len(v.known) >= maxSharedLists {
		v.known = map[E]*E{}
	}
	v.known[*value] = value
	return value
}

func shareList[S ~string](in *interner, words []S) []S {
	for i := range words {
		share(in, &words[i])
	}
	return exact(words)
}

// exact gives back the room that a decoder has left at a list's end.
func exact[E any](list []E) []E {
	if cap(list) == len(list) {
		return list
	}
	if len(list) == 0 {
		return nil
	}
	trimmed := make([]E, len(list))
	copy(trimmed, list)
	return trimmed
}

// object shares what an object has in common with others.
func (in *interner) object(object client.Object) {
	in.mu.Lock()
	defer in.mu.Unlock()
	switch o := object.(type) {
	case *v1alpha1.Household:
		in.household(o)
	case *v1alpha1.AssistancePlan:
		in.plan(o)
	case *v1alpha1.RiskSignal:
		in.signal(o)
	case *v1alpha1.Review:
		in.review(o)
	}
}

// household shares what a household has in common with others, and drops what
// no judgment reads and no one should find here: the name of the head, who made
// a survey, and what they noted about a guarantee.
func (in *interner) household(h *v1alpha1.Household) {
	share(in, &h.Namespace)
	in.spec(&h.Spec)
	in.status(&h.Status)
}

func (in *interner) spec(spec *v1alpha1.HouseholdSpec) {
	share(in, &spec.Registration)
	share(in, &spec.Graduated)
	if spec.JurisdictionRef != nil {
		share(in, &spec.JurisdictionRef.Name)
		spec.JurisdictionRef = in.places.share(spec.JurisdictionRef)
	}
	if spec.Head != nil {
		spec.Head.Name = ""
	}
	for i := range spec.Members {
		m := &spec.Members[i]
		share(in, &m.Relation, &m.Health, &m.Work, &m.Schooling)
	}
	for i := range spec.Marks {
		m := &spec.Marks[i]
		share(in, &m.Category, &m.System)
		share(in, &m.Date, &m.Entered)
	}
	if spec.Support != nil {
		share(in, &spec.Support.Officer)
		spec.Support.Wishes = shareList(in, spec.Support.Wishes)
	}
	for i := range spec.Surveys {
		in.survey(&spec.Surveys[i])
	}
	spec.Marks = in.marks.share(spec.Marks)
	spec.Members, spec.Surveys = exact(spec.Members), exact(spec.Surveys)
}

func (in *interner) survey(s *v1alpha1.Survey) {
	s.By, s.With = "", nil
	share(in, &s.Date, &s.Entered)
	share(in, &s.Method)
	share(in, &s.Income, &s.IncomeBefore)
	if from := s.Sources; from != nil {
		share(in, &from.Wage, &from.Business, &from.Property, &from.Transfer)
	}
	if from := s.Expenses; from != nil {
		share(in, &from.Medical, &from.Education, &from.Disaster, &from.Other)
	}
	for i := range s.Guarantees {
		g := &s.Guarantees[i]
		g.Detail = ""
		share(in, &g.Name)
		share(in, &g.State)
	}
	s.Sources, s.Expenses = in.sources.share(s.Sources), in.expenses.share(s.Expenses)
	s.Guarantees = in.guarantees.share(s.Guarantees)
	s.Causes, s.Receives = shareList(in, s.Causes), shareList(in, s.Receives)
	share(in, &s.Labour)
	share(in, &s.Risk)
	share(in, &s.Hardship)
	share(in, &s.IncomeTrend)
	share(in, &s.SpendingTrend)
}

func (in *interner) status(s *v1alpha1.HouseholdStatus) {
	s.PolicyRef = in.sharePolicy(s.PolicyRef)
	s.OpenShortfalls, s.Overdue = in.counts.share(s.OpenShortfalls), in.counts.share(s.Overdue)
	share(in, &s.Stage)
	share(in, &s.Category, &s.Tier)
	share(in, &s.TierSince, &s.Identified, &s.Surveyed, &s.NextDeadline)
	for i := range s.Reasons {
		share(in, &s.Reasons[i].Rule)
		share(in, &s.Reasons[i].Message)
	}
	s.Causes, s.Ledgers, s.Proposed = shareList(in, s.Causes), shareList(in, s.Ledgers), shareList(in, s.Proposed)
	for i := range s.Shortfalls {
		f := &s.Shortfalls[i]
		share(in, &f.Standard)
		share(in, &f.Since, &f.Routed, &f.Due)
		share(in, &f.State)
		f.Departments, f.Measures, f.Proposed = shareList(in, f.Departments), shareList(in, f.Measures), shareList(in, f.Proposed)
	}
	for i := range s.Deadlines {
		d := &s.Deadlines[i]
		share(in, &d.Kind)
		share(in, &d.Name)
		share(in, &d.Start, &d.Due)
		share(in, &d.State)
		share(in, &d.EscalatedTo)
	}
	if e := s.Elimination; e != nil {
		share(in, &e.Earliest)
		e.Blockers = shareList(in, e.Blockers)
	}
	for i := range s.History {
		c := &s.History[i]
		share(in, &c.Date)
		share(in, &c.Tier)
		share(in, &c.Policy)
	}
	s.Shortfalls = exact(s.Shortfalls)
	s.Conditions, s.Reasons = in.shareConditions(s.Conditions), in.reasons.share(s.Reasons)
	s.Deadlines, s.History = in.deadlines.share(s.Deadlines), in.history.share(s.History)
}
