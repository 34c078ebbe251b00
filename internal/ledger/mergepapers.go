// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
)

// signedPart is a part of an object that somebody signs, and that is final.
type signedPart struct {
	prefix string
	needs  []string // what it cannot be without
	locks  []string // what of the rest stays as it was once it is signed
}

var (
	verification = []signedPart{{"verification.", []string{"date", "outcome"}, []string{"source", "department", "cause", "amount", "date", "period"}}}
	delivery     = []signedPart{
		{"delivered.", []string{"date"}, []string{"kind", "for", "department", "amount", "date", "due"}},
		{"cancelled.", []string{"date", "reason"}, []string{"kind", "for", "department", "amount", "date", "due"}},
	}
)

// applySigned sets what the row states, but of what was signed changes nothing.
func (m *merging) applySigned(r *Row, object any, signed []signedPart) []Change {
	k := r.Sheet.Kind
	var locked []string
	inPart := func(field string) bool {
		return slices.ContainsFunc(signed, func(p signedPart) bool { return strings.HasPrefix(field, p.prefix) })
	}
	var changes []Change
	for _, p := range signed {
		if columnByField(k, p.prefix+"date").access.get(object) != "" {
			locked = append(locked, p.locks...)
			differ := r.apply(object, func(field string) bool { return strings.HasPrefix(field, p.prefix) && field != p.prefix+"entered" })
			if len(differ) > 0 {
				r.Refuse(differ[0].Path, Signed, fieldsOf(differ))
			}
			continue
		}
		changes = append(changes, m.sign(r, object, p)...)
	}
	plain := r.apply(object, func(field string) bool { return !inPart(field) && field != "entered" })
	for _, c := range plain {
		if slices.Contains(locked, c.Path) {
			r.Refuse(c.Path, Signed, c.Path)
		}
	}
	return append(plain, changes...)
}

// sign adds a signed part, if the row states one.
func (m *merging) sign(r *Row, object any, p signedPart) []Change {
	if !r.stated(p.prefix) {
		return nil
	}
	for _, need := range p.needs {
		if r.Value(p.prefix+need) == "" {
			r.Refuse(p.prefix+need, Partly, columnByField(r.Sheet.Kind, p.prefix+need).Header)
			return nil
		}
	}
	changes := r.apply(object, func(field string) bool { return strings.HasPrefix(field, p.prefix) })
	by, entered := columnByField(r.Sheet.Kind, p.prefix+"by"), columnByField(r.Sheet.Kind, p.prefix+"entered")
	if by.access.get(object) == "" && m.stamp.By != "" {
		by.access.set(object, string(m.stamp.By))
	}
	if day := m.entered(v1alpha1.Date(r.Value(p.prefix + "date"))); entered.access.get(object) == "" && day != "" {
		entered.access.set(object, string(day))
	}
	return changes
}

func (m *merging) signal(r *Row) {
	o := m.findSignal(r)
	outcome := Left
	if o == nil {
		outcome = Created
		o = &v1alpha1.RiskSignal{TypeMeta: typeOf("RiskSignal"), Spec: v1alpha1.RiskSignalSpec{
			HouseholdRef: v1alpha1.HouseholdReference{Name: v1alpha1.ObjectName(m.group.Name)},
		}}
		o.ObjectMeta = metav1.ObjectMeta{Namespace: m.stamp.Namespace, Name: m.signalName(r)}
		o.Spec.Entered = v1alpha1.Date(r.Value("entered"))
		if o.Spec.Entered == "" {
			o.Spec.Entered = m.entered(v1alpha1.Date(r.Value("date")))
		}
	}
	grown := o.DeepCopy()
	changes := m.applySigned(r, grown, verification)
	if v := grown.Spec.Verification; v != nil && v.Date < grown.Spec.Date {
		r.Refuse("verification.date", BeforeIt, string(v.Date), string(grown.Spec.Date))
	}
	if outcome == Left && len(changes) > 0 {
		outcome = Changed
	}
	if outcome == Created {
		changes = nil
	}
	if m.done(r, "RiskSignal/"+grown.Name, outcome, changes); len(r.Problems) > 0 {
		return
	}
	if at := slices.Index(m.family.Signals, o); at >= 0 {
		m.family.Signals[at] = grown
	} else {
		m.family.Signals = append(m.family.Signals, grown)
	}
	m.matched = append(m.matched, grown)
}

// findSignal finds the lead that a row is about: by its name, or by what makes
// two leads the same one.
func (m *merging) findSignal(r *Row) *v1alpha1.RiskSignal {
	name := r.Value("signal")
	for _, exactly := range []bool{true, false} {
		for _, o := range m.family.Signals {
			switch {
			case name != "" && o.Name == name:
				return o
			case name == "" && !slices.Contains(m.matched, any(o)) && r.agrees(o, exactly, "source", "cause", "date", "department", "period"):
				return o
			}
		}
	}
	return nil
}

// agrees says whether an object has what the row states in some fields; exactly:
// and nothing in those that it leaves empty.
func (r *Row) agrees(object any, exactly bool, fields ...string) bool {
	for _, field := range fields {
		c := columnByField(r.Sheet.Kind, field)
		if v := r.Value(field); (v != "" || exactly) && !c.same(c.access.get(object), v) {
			return false
		}
	}
	return true
}

// signalName names a new lead as the command signal does.
func (m *merging) signalName(r *Row) string {
	if name := r.Value("signal"); name != "" {
		return name
	}
	base := m.group.Name + "-lead-" + strings.ReplaceAll(r.Value("date"), "-", "")
	name := base
	for n := 2; slices.ContainsFunc(m.family.Signals, func(o *v1alpha1.RiskSignal) bool { return o.Name == name }); n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	return name
}

func (m *merging) measure(r *Row) {
	plan := m.family.Plan
	if plan == nil {
		plan = &v1alpha1.AssistancePlan{
			TypeMeta:   typeOf("AssistancePlan"),
			ObjectMeta: metav1.ObjectMeta{Namespace: m.stamp.Namespace, Name: m.group.Name},
			Spec:       v1alpha1.AssistancePlanSpec{HouseholdRef: v1alpha1.HouseholdReference{Name: v1alpha1.ObjectName(m.group.Name)}},
		}
	}
	plan = plan.DeepCopy()
	at, outcome := m.findMeasure(plan, r), Left
	if at < 0 {
		outcome, at = Created, len(plan.Spec.Measures)
		if at >= mostMeasures {
			r.Refuse("", ListFull, mostMeasures)
		}
		plan.Spec.Measures = append(plan.Spec.Measures, v1alpha1.Measure{Name: measureName(plan, r)})
	}
	changes := m.applySigned(r, &plan.Spec.Measures[at], delivery)
	if outcome == Left && len(changes) > 0 {
		outcome = Changed
	}
	if outcome == Created {
		changes = nil
	}
	if m.done(r, "AssistancePlan/"+plan.Name, outcome, changes); len(r.Problems) == 0 {
		m.family.Plan = plan
		m.matched = append(m.matched, plan.Spec.Measures[at].Name)
	}
}

func (m *merging) findMeasure(plan *v1alpha1.AssistancePlan, r *Row) int {
	name := r.Value("measure")
	for _, exactly := range []bool{true, false} {
		for i := range plan.Spec.Measures {
			o := &plan.Spec.Measures[i]
			switch {
			case name != "" && o.Name == name:
				return i
			case name == "" && !slices.Contains(m.matched, any(o.Name)) && r.agrees(o, exactly, "kind", "date", "for", "department"):
				return i
			}
		}
	}
	return -1
}

// measureName names a new measure as the command plan does: by its kind.
func measureName(plan *v1alpha1.AssistancePlan, r *Row) string {
	if name := r.Value("measure"); name != "" {
		return name
	}
	base := kebab(r.Value("kind"))
	name := base
	for n := 2; slices.ContainsFunc(plan.Spec.Measures, func(o v1alpha1.Measure) bool { return o.Name == name }); n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	return name
}

// kebab writes PublicPost as public-post.
func kebab(word string) string {
	var b strings.Builder
	for i, r := range word {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
