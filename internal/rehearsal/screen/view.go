// SPDX-License-Identifier: Apache-2.0

// Package screen shows a town on one screen: what its jurisdictions, families
// and plans say in their statuses, and nothing else. It looks at the API as any
// reader could, so that what stands on the screen is what kubectl would show.
package screen

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// View is a township as its statuses show it.
type View struct {
	Township, Title string // object name and displayName
	Policy          string // object name; "": none in force
	PolicyTitle     string

	Families int // households in the namespace
	Judged   int // of those, judged at their present generation
	Counts   v1alpha1.HouseholdCounts
	Persons  int32

	Tiers      []Tier
	Shortfalls []Shortfall
	Deadlines  []Deadline
	Dates      []Date // the next due days, nearest first
	Measures   Measures
	Villages   []Village
	Changes    []Change // of tier, newest first
}

// Tier is one of the policy's tiers, in its order, or the families without an
// answer.
type Tier struct {
	Name, Title, Colour string
	Households, Persons int32
}

// Shortfall counts one of the policy's standards.
type Shortfall struct {
	Standard, Title string
	Open, Overdue   int32
}

// Deadline counts the families' deadlines of one kind and name.
type Deadline struct {
	Kind                        v1alpha1.DeadlineKind
	Name                        string
	Pending, Overdue, Met, Late int
}

// Date is a due day and how many families have their next deadline on it.
type Date struct {
	Day      v1alpha1.Date
	Families int
}

// Measures counts the measures of all assistance plans.
type Measures struct{ Plans, Planned, Delivered, Overdue int }

// Village is a row of the villages' table.
type Village struct {
	Name, Title         string
	Households          int32
	Tiers               []int32 // in the order of View.Tiers
	Shortfalls, Overdue int32
}

// undetermined is the name that stands where facts are missing.
const undetermined = "Undetermined"

// Look reads a township's view. Read from a cache, it costs the API server
// nothing.
func Look(ctx context.Context, reader client.Reader, township string) (View, error) {
	v := View{Township: township}
	var jurisdictions v1alpha1.JurisdictionList
	var households v1alpha1.HouseholdList
	var plans v1alpha1.AssistancePlanList
	inTown := client.InNamespace(township)
	if err := reader.List(ctx, &jurisdictions); err != nil {
		return v, fmt.Errorf("reading the jurisdictions: %w", err)
	}
	town, villages := v.findTown(jurisdictions.Items)
	if err := v.readPolicy(ctx, reader, town); err != nil {
		return v, err
	}
	v.readTown(town)
	v.readVillages(villages)
	if err := reader.List(ctx, &households, inTown); err != nil {
		return v, fmt.Errorf("reading the households: %w", err)
	}
	titles, err := tierTitles(ctx, reader)
	if err != nil {
		return v, err
	}
	v.readHouseholds(households.Items, titles)
	if err := reader.List(ctx, &plans, inTown); err != nil {
		return v, fmt.Errorf("reading the assistance plans: %w", err)
	}
	v.readPlans(plans.Items)
	return v, nil
}

// findTown returns the township and its villages, in the order of their names:
// shorter ones first, so that village 10 comes after village 9.
func (v *View) findTown(all []v1alpha1.Jurisdiction) (town *v1alpha1.Jurisdiction, villages []*v1alpha1.Jurisdiction) {
	for i := range all {
		j := &all[i]
		switch {
		case j.Name == v.Township:
			town = j
		case j.Spec.ParentRef != nil && string(j.Spec.ParentRef.Name) == v.Township:
			villages = append(villages, j)
		}
	}
	slices.SortFunc(villages, func(a, b *v1alpha1.Jurisdiction) int {
		if byLength := len(a.Name) - len(b.Name); byLength != 0 {
			return byLength
		}
		return strings.Compare(a.Name, b.Name)
	})
	return town, villages
}

// readPolicy takes names and colours from the policy in force.
func (v *View) readPolicy(ctx context.Context, reader client.Reader, town *v1alpha1.Jurisdiction) error {
	if town == nil || town.Status.PolicyRef == nil {
		return nil
	}
	v.Policy = string(town.Status.PolicyRef.Name)
	var policy v1alpha1.MonitoringPolicy
	if err := reader.Get(ctx, client.ObjectKey{Name: v.Policy}, &policy); err != nil {
		return client.IgnoreNotFound(err)
	}
	v.PolicyTitle = string(policy.Spec.DisplayName)
	for _, t := range policy.Spec.Tiers {
		v.Tiers = append(v.Tiers, Tier{Name: string(t.Name), Title: string(t.DisplayName), Colour: string(t.Colour)})
	}
	v.Tiers = append(v.Tiers, Tier{Name: undetermined, Colour: "grey"})
	for _, s := range policy.Spec.Standards {
		v.Shortfalls = append(v.Shortfalls, Shortfall{Standard: string(s.Name), Title: string(s.DisplayName)})
	}
	return nil
}

func (v *View) readTown(town *v1alpha1.Jurisdiction) {
	if town == nil {
		return
	}
	v.Title = string(town.Spec.DisplayName)
	if town.Status.Households != nil {
		v.Counts = *town.Status.Households
	}
	if town.Status.Persons != nil {
		v.Persons = town.Status.Persons.Total
	}
	for _, c := range town.Status.Tiers {
		if i := v.tier(string(c.Name)); i >= 0 {
			v.Tiers[i].Households, v.Tiers[i].Persons = c.Households, c.Persons
		}
	}
	for _, c := range town.Status.Shortfalls {
		for i := range v.Shortfalls {
			if v.Shortfalls[i].Standard == string(c.Standard) {
				v.Shortfalls[i].Open, v.Shortfalls[i].Overdue = c.Open, c.Overdue
			}
		}
	}
}

// tier returns the place of a tier in the view, -1 if the policy in force has
// no such tier.
func (v *View) tier(name string) int {
	return slices.IndexFunc(v.Tiers, func(t Tier) bool { return t.Name == name })
}

func (v *View) readVillages(villages []*v1alpha1.Jurisdiction) {
	for _, j := range villages {
		row := Village{Name: j.Name, Title: string(j.Spec.DisplayName), Tiers: make([]int32, len(v.Tiers))}
		if j.Status.Households != nil {
			row.Households = j.Status.Households.Total
		}
		for _, c := range j.Status.Tiers {
			if i := v.tier(string(c.Name)); i >= 0 {
				row.Tiers[i] = c.Households
			}
		}
		row.Shortfalls, row.Overdue = number(j.Status.OpenShortfalls), number(j.Status.Overdue)
		v.Villages = append(v.Villages, row)
	}
}

func number(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}

// readHouseholds counts what no roll-up has: deadlines by name, due days, and
// who changed tier.
func (v *View) readHouseholds(households []v1alpha1.Household, titles map[tierKey]string) {
	type key struct {
		kind v1alpha1.DeadlineKind
		name string
	}
	deadlines, dates := map[key]*Deadline{}, map[v1alpha1.Date]int{}
	v.Families = len(households)
	for i := range households {
		status := &households[i].Status
		if status.ObservedGeneration == households[i].Generation {
			v.Judged++
		}
		if status.NextDeadline != "" {
			dates[status.NextDeadline]++
		}
		for _, d := range status.Deadlines {
			k := key{d.Kind, d.Name}
			if deadlines[k] == nil {
				deadlines[k] = &Deadline{Kind: d.Kind, Name: d.Name}
			}
			deadlines[k].count(d.State)
		}
		v.readHistory(households[i].Name, status.History, titles)
	}
	for _, d := range deadlines {
		v.Deadlines = append(v.Deadlines, *d)
	}
	slices.SortFunc(v.Deadlines, func(a, b Deadline) int {
		if byKind := kindOrder(a.Kind) - kindOrder(b.Kind); byKind != 0 {
			return byKind
		}
		return strings.Compare(a.Name, b.Name)
	})
	for day, families := range dates {
		v.Dates = append(v.Dates, Date{day, families})
	}
	slices.SortFunc(v.Dates, func(a, b Date) int { return strings.Compare(string(a.Day), string(b.Day)) })
	slices.SortFunc(v.Changes, func(a, b Change) int {
		if byDay := strings.Compare(string(b.Day), string(a.Day)); byDay != 0 {
			return byDay
		}
		return strings.Compare(a.Household, b.Household)
	})
	v.Changes = v.Changes[:min(len(v.Changes), maxChanges)]
}

func (d *Deadline) count(state v1alpha1.DeadlineState) {
	switch state {
	case v1alpha1.DeadlinePending:
		d.Pending++
	case v1alpha1.DeadlineOverdue:
		d.Overdue++
	case v1alpha1.DeadlineMet:
		d.Met++
	case v1alpha1.DeadlineMetLate:
		d.Late++
	}
}

// kindOrder puts the policy's own deadlines first.
func kindOrder(kind v1alpha1.DeadlineKind) int {
	return slices.Index([]v1alpha1.DeadlineKind{"Tier", "Survey", "Step", "Verification", "Shortfall", "Plan", "Measure"}, kind)
}

func (v *View) readPlans(plans []v1alpha1.AssistancePlan) {
	for i := range plans {
		status := &plans[i].Status
		v.Measures.Plans++
		v.Measures.Planned += int(number(status.Planned))
		v.Measures.Delivered += int(number(status.Delivered))
		v.Measures.Overdue += int(number(status.Overdue))
	}
}
