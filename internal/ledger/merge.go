// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// Family is what there is of a family; nothing in it for one that is new.
type Family struct {
	Household *v1alpha1.Household
	Plan      *v1alpha1.AssistancePlan
	Signals   []*v1alpha1.RiskSignal
}

// Stamp is who brings a ledger in, where, and on which day.
type Stamp struct {
	By        v1alpha1.UserName
	Today     civil.Day
	Namespace string
	// Correct lets a survey of a day be changed to what the ledger says.
	Correct bool
	// Room takes a survey out of a household that holds too many, after the one of
	// a day was put in; nil if none can go.
	Room func(full *v1alpha1.Household, added v1alpha1.Date) *v1alpha1.Household
}

// Outcome is what becomes of a row.
type Outcome uint8

// The outcomes.
const (
	Left Outcome = iota // it says what is known already
	Created
	Changed
	Refused
)

// Change is one field that a row changes.
type Change struct {
	Path     string // in the object, such as spec.persons, or a field of a ledger
	Old, New string
	Personal bool // not to be shown
}

// Result is what becomes of one row.
type Result struct {
	Row     *Row
	Outcome Outcome
	Object  string // KIND/NAME that it goes into, "" of a refused row
	Changes []Change
}

// The most that lists hold, as the schema has it.
const (
	mostSurveys  = 60
	mostMeasures = 64
)

// Merge brings what a group of rows says into the family, which stays as it is:
// what comes out of it is a copy. Rows that do not fit are refused, each with its
// problems; the others go in all the same.
func Merge(g *Group, before Family, s Stamp) (Family, []Result) {
	m := merging{group: g, stamp: s, family: before}
	if before.Household != nil {
		m.family.Household = before.Household.DeepCopy()
	}
	if before.Plan != nil {
		m.family.Plan = before.Plan.DeepCopy()
	}
	m.family.Signals = make([]*v1alpha1.RiskSignal, len(before.Signals))
	for i, o := range before.Signals {
		m.family.Signals[i] = o.DeepCopy()
	}
	if g.Refused != nil {
		m.done(g.Refused, "", Refused, nil)
	}
	if g.Household != nil {
		m.household(g.Household.copied())
	}
	papers := slices.Clone(g.Papers)
	slices.SortStableFunc(papers, func(a, b *Row) int { return strings.Compare(a.Value("date"), b.Value("date")) })
	for _, r := range papers {
		m.paper(r.copied())
	}
	return m.family, m.results
}

// copied lets a row be refused here and not for good: what it does not fit may
// change.
func (r *Row) copied() *Row {
	c := *r
	c.Problems = slices.Clone(r.Problems)
	return &c
}

type merging struct {
	group   *Group
	stamp   Stamp
	family  Family
	results []Result
	matched []any // leads and measures that a row was about
}

func (m *merging) done(r *Row, object string, o Outcome, changes []Change) {
	if len(r.Problems) > 0 {
		object, o, changes = "", Refused, nil
	}
	m.results = append(m.results, Result{r, o, object, changes})
}

// household makes or changes the household by its row.
func (m *merging) household(r *Row) {
	object, outcome := "Household/"+m.group.Name, Left
	h := m.family.Household
	if h == nil {
		outcome = Created
		h = &v1alpha1.Household{
			TypeMeta:   typeOf("Household"),
			ObjectMeta: metav1.ObjectMeta{Namespace: m.stamp.Namespace, Name: m.group.Name},
		}
		for _, c := range columnsOf(Households) {
			if c.required && r.Value(c.Field) == "" {
				r.Refuse(c.Field, IsMissing, c.Header)
			}
		}
	}
	h = h.DeepCopy()
	changes := r.apply(h, func(field string) bool { return !strings.HasPrefix(field, surveyPrefix) })
	changes = append(changes, m.setDigest(h, r)...)
	m.stampMarks(h)
	if len(h.Spec.Members) > int(h.Spec.Persons) && h.Spec.Persons > 0 {
		r.Refuse("members", MembersTooMany, len(h.Spec.Members), h.Spec.Persons)
	}
	surveyed := r.stated(surveyPrefix, "by", "entered", "with", "method", "unchanged")
	switch date := r.Value(surveyPrefix + "date"); {
	case date != "":
		grown, more, created := m.withSurvey(h, r, surveyPrefix)
		h, changes = grown, append(changes, more...)
		if created && outcome == Left {
			outcome = Changed
		}
	case surveyed:
		r.Refuse(surveyPrefix+"date", SurveyNoDate)
	}
	if outcome == Left && len(changes) > 0 {
		outcome = Changed
	}
	if outcome == Created {
		changes = nil
	}
	if m.done(r, object, outcome, changes); len(r.Problems) == 0 {
		m.family.Household = h
	}
}

// stated says whether the row has a value in a field of the prefix, other than
// those named.
func (r *Row) stated(prefix string, but ...string) bool {
	for i := range r.Sheet.columns {
		field, ours := strings.CutPrefix(r.Sheet.columns[i].Field, prefix)
		if ours && r.Values[i] != "" && r.Sheet.columns[i].at >= 0 && !slices.Contains(but, field) {
			return true
		}
	}
	return false
}

// apply sets the fields that the row states and that are not the same already.
// An empty cell states nothing.
func (r *Row) apply(object any, wanted func(field string) bool) []Change {
	var changes []Change
	for i := range r.Sheet.columns {
		c := &r.Sheet.columns[i]
		if r.Values[i] == "" || c.access.set == nil || c.Field == fieldDigest || !wanted(c.Field) {
			continue
		}
		if old := c.access.get(object); !c.same(old, r.Values[i]) {
			changes = append(changes, Change{c.Field, old, r.Values[i], c.Field == "head.name"})
			c.access.set(object, r.Values[i])
		}
	}
	return changes
}

// setDigest gives the head a digest where there is none; another one is another
// person.
func (m *merging) setDigest(h *v1alpha1.Household, r *Row) []Change {
	digest := r.Identity()
	c := columnByField(Households, fieldDigest)
	switch old := c.access.get(h); {
	case digest == "" || old == digest:
		return nil
	case old != "":
		r.Refuse(fieldName, OtherIdentity, h.Name)
		return nil
	}
	c.access.set(h, digest)
	return []Change{{Path: fieldDigest, New: digest, Personal: true}}
}

// stampMarks says of marks that are new on which day they were typed in.
func (m *merging) stampMarks(h *v1alpha1.Household) {
	var known []v1alpha1.Mark
	if m.family.Household != nil {
		known = m.family.Household.Spec.Marks
	}
	for i := range h.Spec.Marks {
		mark := &h.Spec.Marks[i]
		at := slices.IndexFunc(known, func(k v1alpha1.Mark) bool {
			return k.System == mark.System && k.Date == mark.Date && k.Category == mark.Category
		})
		switch {
		case at >= 0:
			mark.Entered = known[at].Entered
		case mark.Entered == "":
			mark.Entered = m.entered(mark.Date)
		}
	}
}

// entered is absent where it is the fact's own date, as the contract has it.
func (m *merging) entered(date v1alpha1.Date) v1alpha1.Date {
	if today := v1alpha1.Date(m.stamp.Today.String()); date < today {
		return today
	}
	return ""
}

func typeOf(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: kind}
}

// paper brings in a survey, a lead or a measure.
func (m *merging) paper(r *Row) {
	h := m.family.Household
	for _, c := range columnsOf(r.Sheet.Kind) {
		if c.required && r.Value(c.Field) == "" && len(r.Problems) == 0 {
			r.Refuse(c.Field, IsMissing, c.Header)
		}
	}
	switch {
	case len(r.Problems) > 0:
		m.done(r, "", Refused, nil)
		return
	case h == nil && m.refusedRow() != nil:
		r.Refuse("", FamilyRefused, m.refusedRow().Number)
	case h == nil:
		r.Refuse("", NoFamily)
	case m.group.Digest != "" && h.Spec.Head != nil && h.Spec.Head.IdentityDigest != "" && r.Identity() != "" && h.Spec.Head.IdentityDigest != r.Identity():
		r.Refuse(fieldName, OtherIdentity, h.Name)
	}
	if len(r.Problems) > 0 {
		m.done(r, "", Refused, nil)
		return
	}
	switch r.Sheet.Kind {
	case Surveys:
		m.survey(r)
	case Signals:
		m.signal(r)
	case Measures:
		m.measure(r)
	}
}

func (m *merging) refusedRow() *Row {
	if m.group.Household != nil {
		return m.group.Household
	}
	return m.group.Refused
}

func (m *merging) survey(r *Row) {
	h, changes, created := m.withSurvey(m.family.Household.DeepCopy(), r, "")
	outcome := Left
	switch {
	case created:
		outcome, changes = Created, nil
	case len(changes) > 0:
		outcome = Changed
	}
	if m.done(r, "Household/"+m.group.Name, outcome, changes); len(r.Problems) == 0 {
		m.family.Household = h
	}
}

// withSurvey puts the survey of a row among those of the household, which it
// changes. created says that there was none of that day.
func (m *merging) withSurvey(h *v1alpha1.Household, r *Row, prefix string) (grown *v1alpha1.Household, changes []Change, created bool) {
	date := v1alpha1.Date(r.Value(prefix + "date"))
	facts := func(field string) bool {
		field, ours := strings.CutPrefix(field, prefix)
		return ours && field != "entered"
	}
	surveys := h.Spec.Surveys
	at, standing := slices.BinarySearchFunc(surveys, date, func(o v1alpha1.Survey, d v1alpha1.Date) int { return strings.Compare(string(o.Date), string(d)) })
	if standing {
		changes = r.apply(&surveys[at], facts)
		m.corrected(&surveys[at], r, prefix, changes)
		m.checkUnchanged(r, &surveys[at], at)
		return h, changes, false
	}
	fresh := v1alpha1.Survey{}
	r.apply(&fresh, func(field string) bool { return strings.HasPrefix(field, prefix) })
	if fresh.By == "" {
		fresh.By = m.stamp.By
	}
	if fresh.Entered == "" {
		fresh.Entered = m.entered(date)
	}
	m.checkUnchanged(r, &fresh, at)
	if len(surveys) >= mostSurveys && at < len(surveys) {
		r.Refuse(prefix+"date", ListFull, mostSurveys)
		return h, nil, true
	}
	h.Spec.Surveys = slices.Insert(surveys, at, fresh)
	if len(h.Spec.Surveys) > mostSurveys && len(r.Problems) == 0 {
		var spared *v1alpha1.Household
		if m.stamp.Room != nil {
			spared = m.stamp.Room(h, date)
		}
		if spared == nil {
			r.Refuse(prefix+"date", ListFull, mostSurveys)
			return h, nil, true
		}
		h = spared
	}
	return h, nil, true
}

// corrected lets a survey be changed only where that was asked for, and signs it
// anew.
func (m *merging) corrected(s *v1alpha1.Survey, r *Row, prefix string, changes []Change) {
	if len(changes) == 0 {
		return
	}
	if !m.stamp.Correct {
		r.Refuse(prefix+"date", SurveyDiffers, string(s.Date), fieldsOf(changes))
		return
	}
	if r.Value(prefix+"by") == "" {
		s.By = m.stamp.By
	}
	if s.Entered = v1alpha1.Date(r.Value(prefix + "entered")); s.Entered == "" {
		s.Entered = m.entered(s.Date)
	}
}

func fieldsOf(changes []Change) string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = c.Path
	}
	return strings.Join(out, ", ")
}

func (m *merging) checkUnchanged(r *Row, s *v1alpha1.Survey, at int) {
	bare := v1alpha1.Survey{Date: s.Date, Entered: s.Entered, By: s.By, With: s.With, Method: s.Method, Unchanged: true}
	switch {
	case !s.Unchanged:
	case at == 0:
		r.Refuse("unchanged", FirstUnchanged)
	case !sameSurvey(s, &bare):
		r.Refuse("unchanged", FactsUnchanged)
	}
}

func sameSurvey(a, b *v1alpha1.Survey) bool {
	for _, c := range allColumns[Surveys] {
		if c.access.get != nil && c.access.get(a) != c.access.get(b) {
			return false
		}
	}
	return true
}
