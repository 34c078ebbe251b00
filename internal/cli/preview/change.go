// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"cmp"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/translate"
)

// The ways in which a policy, or a part of one, changes.
const (
	Added   = "Added"
	Removed = "Removed"
	Changed = "Changed"
)

// Change is what is to be done to the policies that there are.
type Change struct {
	Given   papers.Shared // replaces what has the same name, or is added
	Removed []string      // names of policies
}

// PolicyChange is one policy that the change alters.
type PolicyChange struct {
	Name          string      `json:"name"`
	DisplayName   string      `json:"displayName,omitempty"`
	What          string      `json:"what"` // Added, Removed or Changed
	EffectiveFrom string      `json:"effectiveFrom,omitempty"`
	Parts         []Reason    `json:"parts,omitempty"`
	old, new      *policyView // nil: not there
}

type policyView = v1alpha1.MonitoringPolicy

// Apply returns the policies and the tree with the change made. A policy or node
// that is given as it stands already is left as it is. A node that only the
// change has stands in both: the tree is what both are judged in.
func (c Change) Apply(base *papers.Shared) (changed papers.Shared, altered []PolicyChange) {
	changed = *base
	changed.Jurisdictions = slices.Clone(base.Jurisdictions)
	for _, j := range c.Given.Jurisdictions {
		at := slices.IndexFunc(base.Jurisdictions, func(o *v1alpha1.Jurisdiction) bool { return o.Name == j.Name })
		switch {
		case at < 0:
			base.Jurisdictions = append(base.Jurisdictions, j)
			changed.Jurisdictions = append(changed.Jurisdictions, j)
		case !equality.Semantic.DeepEqual(base.Jurisdictions[at].Spec, j.Spec):
			changed.Jurisdictions[at] = j
		}
	}
	changed.Policies = nil
	for _, old := range base.Policies {
		at := slices.IndexFunc(c.Given.Policies, func(o *v1alpha1.MonitoringPolicy) bool { return o.Name == old.Name })
		switch {
		case slices.Contains(c.Removed, old.Name):
			altered = append(altered, alteration(old, nil))
		case at >= 0 && !equality.Semantic.DeepEqual(old.Spec, c.Given.Policies[at].Spec):
			changed.Policies = append(changed.Policies, c.Given.Policies[at])
			altered = append(altered, alteration(old, c.Given.Policies[at]))
		default:
			changed.Policies = append(changed.Policies, old)
		}
	}
	for _, p := range c.Given.Policies {
		if !slices.ContainsFunc(base.Policies, func(o *v1alpha1.MonitoringPolicy) bool { return o.Name == p.Name }) {
			changed.Policies = append(changed.Policies, p)
			altered = append(altered, alteration(nil, p))
		}
	}
	slices.SortFunc(altered, func(a, b PolicyChange) int { return cmp.Compare(a.Name, b.Name) })
	return changed, altered
}

func alteration(old, changed *v1alpha1.MonitoringPolicy) PolicyChange {
	p := PolicyChange{What: Changed, old: old, new: changed}
	shown := changed
	switch {
	case old == nil:
		p.What = Added
	case changed == nil:
		p.What, shown = Removed, old
	default:
		p.Parts = differences(old, changed)
	}
	p.Name, p.DisplayName, p.EffectiveFrom = shown.Name, string(shown.Spec.DisplayName), string(shown.Spec.EffectiveFrom)
	return p
}

// Days are those on which the change can first be felt after a day: the first
// days of the altered policies, and of their parameters' new values.
func Days(altered []PolicyChange, after civil.Day) []civil.Day {
	dates := map[civil.Day]bool{}
	note := func(date v1alpha1.Date) {
		if day, err := civil.ParseDay(string(date)); err == nil && day > after {
			dates[day] = true
		}
	}
	for i := range altered {
		a := &altered[i]
		for _, p := range []*v1alpha1.MonitoringPolicy{a.old, a.new} {
			if p != nil {
				note(p.Spec.EffectiveFrom)
			}
		}
		if a.old == nil || a.new == nil {
			continue
		}
		for _, pair := range [][2]*v1alpha1.MonitoringPolicy{{a.old, a.new}, {a.new, a.old}} {
			for _, parameter := range pair[0].Spec.Parameters {
				for _, value := range parameter.Values {
					if !slices.ContainsFunc(valuesOf(pair[1], string(parameter.Name)), func(o v1alpha1.ParameterValue) bool { return o == value }) {
						note(value.From)
					}
				}
			}
		}
	}
	days := make([]civil.Day, 0, len(dates))
	for day := range dates {
		days = append(days, day)
	}
	slices.Sort(days)
	return days
}

func valuesOf(p *v1alpha1.MonitoringPolicy, parameter string) []v1alpha1.ParameterValue {
	for i := range p.Spec.Parameters {
		if string(p.Spec.Parameters[i].Name) == parameter {
			return p.Spec.Parameters[i].Values
		}
	}
	return nil
}

// NewWorlds compiles the policies of both worlds; those that are in both once.
func NewWorlds(base, changed *papers.Shared, opts translate.Options) Worlds {
	w := Worlds{Old: base.World(opts)}
	opts.Previous = w.Old
	w.New = changed.World(opts)
	return w
}

// Reason is a part of a policy that differs between the worlds: why a rule says
// something else.
type Reason struct {
	// Part is parameter, standard, category, tier rule, or the field of the policy.
	Part string `json:"part"`
	Name string `json:"name,omitempty"`
	What string `json:"what"` // Added, Removed or Changed
	// Old and New are a parameter's values, the last as of each.
	Old string `json:"old,omitempty"`
	New string `json:"new,omitempty"`
}

// The parts of policies that reasons name beside the policy's own fields.
const (
	PartParameter = "parameter"
	PartStandard  = "standard"
	PartCategory  = "category"
	PartTier      = "tier"
	PartRule      = "rule"
	PartDeadline  = "deadline"
	PartDuty      = "duty"
)

// differences lists the parts in which two versions of a policy differ, in the
// order in which a policy is written.
func differences(old, changed *v1alpha1.MonitoringPolicy) []Reason {
	a, b := &old.Spec, &changed.Spec
	var out []Reason
	out = append(out, compareParts(PartParameter, a.Parameters, b.Parameters, func(p v1alpha1.Parameter) string { return string(p.Name) })...)
	for i := range out {
		out[i].Old, out[i].New = valueText(old, out[i].Name), valueText(changed, out[i].Name)
	}
	out = append(out, compareParts(PartStandard, a.Standards, b.Standards, func(p v1alpha1.Standard) string { return string(p.Name) })...)
	out = append(out, compareParts(PartCategory, a.Categories, b.Categories, func(p v1alpha1.Category) string { return string(p.Name) })...)
	out = append(out, compareParts(PartTier, a.Tiers, b.Tiers, func(p v1alpha1.Tier) string { return string(p.Name) })...)
	out = append(out, compareParts(PartDeadline, a.Deadlines, b.Deadlines, func(p v1alpha1.DeadlineRule) string { return string(p.Name) })...)
	out = append(out, compareParts(PartDuty, a.Duties, b.Duties, func(p v1alpha1.Duty) string { return string(p.Name) })...)
	listed := map[string]bool{"Parameters": true, "Standards": true, "Categories": true, "Tiers": true, "Deadlines": true, "Duties": true}
	before, after := reflect.ValueOf(*a), reflect.ValueOf(*b)
	for i := range before.NumField() {
		field := before.Type().Field(i)
		if !listed[field.Name] && !equality.Semantic.DeepEqual(before.Field(i).Interface(), after.Field(i).Interface()) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			r := Reason{Part: name, What: Changed}
			if before.Field(i).Kind() == reflect.String {
				r.Old, r.New = before.Field(i).String(), after.Field(i).String()
			}
			out = append(out, r)
		}
	}
	return out
}

func compareParts[T any](part string, old, changed []T, name func(T) string) []Reason {
	var out []Reason
	for _, o := range old {
		at := slices.IndexFunc(changed, func(n T) bool { return name(n) == name(o) })
		if at < 0 {
			out = append(out, Reason{Part: part, Name: name(o), What: Removed})
		} else if !equality.Semantic.DeepEqual(o, changed[at]) {
			out = append(out, Reason{Part: part, Name: name(o), What: Changed})
		}
	}
	for _, n := range changed {
		if !slices.ContainsFunc(old, func(o T) bool { return name(n) == name(o) }) {
			out = append(out, Reason{Part: part, Name: name(n), What: Added})
		}
	}
	return out
}

// valueText writes the values of a parameter, each but the first with its day.
func valueText(p *v1alpha1.MonitoringPolicy, parameter string) string {
	var said []string
	for i, v := range valuesOf(p, parameter) {
		text := string(v.Value) + string(v.Number)
		if i > 0 {
			text += " (" + string(v.From) + ")"
		}
		said = append(said, text)
	}
	return strings.Join(said, ", ")
}

// because says which parts of the two policies make a rule answer otherwise: the
// rule itself if it differs, and the parameters, standards and categories that
// it reads.
func because(old, changed *v1alpha1.MonitoringPolicy, part, name string) []Reason {
	if old == nil || changed == nil || old == changed {
		return nil
	}
	before, hadIt := expressions(old, part, name)
	after, hasIt := expressions(changed, part, name)
	var out []Reason
	switch {
	case !hadIt && !hasIt:
		return nil
	case !hadIt:
		out = append(out, Reason{Part: part, Name: name, What: Added})
	case !hasIt:
		out = append(out, Reason{Part: part, Name: name, What: Removed})
	case before != after:
		out = append(out, Reason{Part: part, Name: name, What: Changed})
	}
	text := behind(before, old) + "\n" + behind(after, changed)
	for _, d := range differences(old, changed) {
		reads := d.Part == PartParameter && readsParameter(text, d.Name) ||
			d.Part == PartStandard && strings.Contains(text, "unmet") && meant(old, changed, d.Name) ||
			d.Part == PartCategory && strings.Contains(text, "household.category")
		if reads {
			out = append(out, d)
		}
	}
	return out
}

// behind is a rule with the rules that what it reads is worked out by: those of
// the categories, and of the standards behind unmet.
func behind(text string, p *v1alpha1.MonitoringPolicy) string {
	if strings.Contains(text, "household.category") {
		for i := range p.Spec.Categories {
			text += "\n" + string(p.Spec.Categories[i].When)
		}
	}
	if strings.Contains(text, "unmet") {
		for i := range p.Spec.Standards {
			text += "\n" + string(p.Spec.Standards[i].Met)
		}
	}
	return text
}

// meant reports whether a standard asks something else, not merely routes or
// names it otherwise.
func meant(old, changed *v1alpha1.MonitoringPolicy, standard string) bool {
	before, _ := expressions(old, PartStandard, standard)
	after, _ := expressions(changed, PartStandard, standard)
	return before != after
}

func readsParameter(text, name string) bool {
	return regexp.MustCompile(`\bparams\.` + regexp.QuoteMeta(name) + `\b`).MatchString(text)
}

// expressions are the rules of a part of a policy as one text.
func expressions(p *v1alpha1.MonitoringPolicy, part, name string) (string, bool) {
	switch part {
	case PartStandard:
		for i := range p.Spec.Standards {
			if string(p.Spec.Standards[i].Name) == name {
				return string(p.Spec.Standards[i].Met), true
			}
		}
	case PartCategory:
		for i := range p.Spec.Categories {
			if string(p.Spec.Categories[i].Name) == name {
				return string(p.Spec.Categories[i].When), true
			}
		}
	case PartRule:
		tier, rule, _ := strings.Cut(name, "/")
		for i := range p.Spec.Tiers {
			if string(p.Spec.Tiers[i].Name) != tier {
				continue
			}
			for k := range p.Spec.Tiers[i].Rules {
				if r := &p.Spec.Tiers[i].Rules[k]; string(r.Name) == rule {
					return string(r.When), true
				}
			}
		}
	}
	return "", false
}
