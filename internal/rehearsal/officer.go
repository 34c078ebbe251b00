// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/rehearsal/story"
)

// deed is what an officer does for one family on one day: measures that are
// added to its plan, and measures of the plan that reached it.
type deed struct {
	household *v1alpha1.Household
	plan      *v1alpha1.AssistancePlan // nil: it has none yet
	add       []v1alpha1.Measure
	deliver   []int // places in the plan's measures
}

// officers decide as people in a township would: by what stands in the status
// of a family and in its plan, each at a pace of their own. The same families,
// statuses and days give the same deeds.
type officers struct{ seed uint64 }

// pause is how long officers take over one thing, in days.
type pause struct{ plan, deliver int }

const (
	// returnVisit is how long officers wait for a visit that shows whether a
	// measure has worked, before they plan another.
	returnVisit = 25
	// attempts is how many measures a shortfall gets before officers have no
	// further idea.
	attempts = 4
)

// decide returns what is done for a family on a day; nil if nothing. Plan is
// the family's, nil if it has none.
func (o officers) decide(h *v1alpha1.Household, plan *v1alpha1.AssistancePlan, today civil.Day) *deed {
	d := &deed{household: h, plan: plan}
	var measures []v1alpha1.Measure
	if plan != nil {
		measures = plan.Spec.Measures
	}
	for i := range measures {
		if o.arrives(h, &measures[i], today) {
			d.deliver = append(d.deliver, i)
		}
	}
	for i := range h.Status.Shortfalls {
		if m := o.answer(h, &h.Status.Shortfalls[i], measures, today); m != nil {
			d.add = append(d.add, *m)
		}
	}
	if m := o.encourage(h, measures, today); m != nil {
		d.add = append(d.add, *m)
	}
	name(d.add, measures)
	if len(d.add)+len(d.deliver) == 0 {
		return nil
	}
	return d
}

// arrives says whether a planned measure reaches the family today.
func (o officers) arrives(h *v1alpha1.Household, m *v1alpha1.Measure, today civil.Day) bool {
	if m.Delivered != nil || m.Cancelled != nil {
		return false
	}
	planned, err := civil.ParseDay(string(m.Date))
	return err == nil && today >= planned.AddDays(o.pace(h.Name, m.Name).deliver)
}

// answer plans the next measure for a shortfall, as the plan in force proposes:
// one at a time, and after a visit has shown that the last one was not enough.
func (o officers) answer(h *v1alpha1.Household, s *v1alpha1.Shortfall, measures []v1alpha1.Measure, today civil.Day) *v1alpha1.Measure {
	tried, last := 0, civil.Day(0)
	for i := range measures {
		m := &measures[i]
		switch {
		case m.Cancelled != nil || !slices.Contains(m.For, s.Standard):
		case m.Delivered == nil:
			return nil // it is under way
		default:
			tried++
			if day, err := civil.ParseDay(string(m.Delivered.Date)); err == nil {
				last = max(last, day)
			}
		}
	}
	since, err := civil.ParseDay(string(s.Since))
	switch {
	case err != nil || tried >= attempts:
		return nil
	case last >= since && today < last.AddDays(returnVisit):
		return nil
	case today < since.AddDays(o.pace(h.Name, string(s.Standard)+string(s.Since)).plan):
		return nil
	}
	kind := v1alpha1.MeasureKind("TemporaryRelief") // where the plan proposes nothing
	if len(s.Proposed) > 0 {
		kind = s.Proposed[tried%len(s.Proposed)]
	}
	m := &v1alpha1.Measure{Kind: kind, For: []v1alpha1.Word{s.Standard}, Date: v1alpha1.Date(today.String())}
	if len(s.Departments) > 0 {
		m.Department = s.Departments[0]
	}
	return m
}

// encourage plans, for a few families that lack nothing, what their tier
// proposes.
func (o officers) encourage(h *v1alpha1.Household, measures []v1alpha1.Measure, today civil.Day) *v1alpha1.Measure {
	if len(measures) > 0 || len(h.Status.Shortfalls) > 0 || len(h.Status.Proposed) == 0 {
		return nil
	}
	since, err := civil.ParseDay(string(h.Status.TierSince))
	if dice := o.dice(h.Name, "tier"); err != nil || dice.IntN(100) >= 6 || today < since.AddDays(20+dice.IntN(60)) {
		return nil
	}
	return &v1alpha1.Measure{Kind: h.Status.Proposed[0], Date: v1alpha1.Date(today.String())}
}

// name gives measures names that are unique in their plan, after their kind.
func name(added, present []v1alpha1.Measure) {
	taken := map[string]bool{}
	for _, m := range present {
		taken[m.Name] = true
	}
	for i := range added {
		base := kebab(string(added[i].Kind))
		added[i].Name = base
		for n := 2; taken[added[i].Name]; n++ {
			added[i].Name = fmt.Sprintf("%s-%d", base, n)
		}
		taken[added[i].Name] = true
	}
}

// kebab turns PublicPost into public-post.
func kebab(word string) string {
	var b strings.Builder
	for i, r := range word {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// pace draws how long a matter takes: most are swift, some are slow, and a few
// lie about.
func (o officers) pace(household, matter string) pause {
	dice := o.dice(household, matter)
	switch n := dice.IntN(100); {
	case n < 78:
		return pause{plan: 2 + dice.IntN(10), deliver: 8 + dice.IntN(32)}
	case n < 93:
		return pause{plan: 8 + dice.IntN(20), deliver: 35 + dice.IntN(60)}
	default:
		return pause{plan: 30 + dice.IntN(60), deliver: 60 + dice.IntN(90)}
	}
}

func (o officers) dice(household, matter string) *rand.Rand {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(household + "/" + matter)) // never fails
	return rand.New(rand.NewPCG(o.seed, hash.Sum64()))
}

// letter is what one person writes into a plan.
type letter struct {
	signer     string
	operations []story.Operation
}

// letters are the writes of a deed. Deliveries are signed by whoever delivers,
// each in a write of the own; the township plans.
func (d *deed) letters(today civil.Day) []letter {
	var all []letter
	to := func(signer string) *letter {
		for i := range all {
			if all[i].signer == signer {
				return &all[i]
			}
		}
		all = append(all, letter{signer: signer})
		return &all[len(all)-1]
	}
	for _, i := range d.deliver {
		signer := clerk(&d.plan.Spec.Measures[i])
		l := to(signer)
		// Measures are never removed, so that the place of one stays.
		l.operations = append(l.operations, story.Operation{
			Op: "add", Path: fmt.Sprintf("/spec/measures/%d/delivered", i),
			Value: v1alpha1.Delivery{Date: v1alpha1.Date(today.String()), By: v1alpha1.UserName(signer)},
		})
	}
	for _, m := range d.add {
		l := to(townClerk)
		l.operations = append(l.operations, story.Operation{Op: "add", Path: "/spec/measures/-", Value: m})
	}
	return all
}

// newPlan is the plan of a family that had none.
func (d *deed) newPlan() *v1alpha1.AssistancePlan {
	return &v1alpha1.AssistancePlan{
		ObjectMeta: metav1.ObjectMeta{Namespace: d.household.Namespace, Name: d.household.Name},
		Spec: v1alpha1.AssistancePlanSpec{
			HouseholdRef: v1alpha1.HouseholdReference{Name: v1alpha1.ObjectName(d.household.Name)},
			Measures:     d.add,
		},
	}
}

// help is what reached the family by the deed.
func (d *deed) help(today civil.Day) []population.Help {
	var help []population.Help
	for _, i := range d.deliver {
		m := &d.plan.Spec.Measures[i]
		help = append(help, population.Help{Household: d.household.Name, Kind: m.Kind, For: m.For, Day: today})
	}
	return help
}

// clerk is the role of who signs for a measure: of its department, else of the
// township.
func clerk(m *v1alpha1.Measure) string {
	if m.Department == "" {
		return townClerk
	}
	return string(m.Department) + clerkSuffix
}
