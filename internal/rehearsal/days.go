// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
)

// Midnight lets the next day begin and waits until all is judged that changes
// with the calendar alone.
func (t *Town) Midnight(ctx context.Context) error {
	t.today = t.Tomorrow()
	t.clock.SetTime(t.today.In(t.zone))
	return t.settle(ctx)
}

// Next lets the next day begin without waiting: Work does.
func (t *Town) Next() {
	t.today = t.Tomorrow()
}

// Tomorrow is the next day that the rehearsal stops at: when the town's year is
// over, only the days on which something happens in the story.
func (t *Town) Tomorrow() civil.Day {
	if t.today < population.YearEnds {
		return t.today.AddDays(1)
	}
	return t.story.After(t.today)
}

// Work lets the day's work be done: visits are recorded, plans are made as the
// statuses of the evening before propose, measures are delivered, units record
// their duties and submit their reports, and what the story has for the day
// happens. It waits until the townships are judged.
func (t *Town) Work(ctx context.Context) error {
	families, err := t.households(ctx)
	if err != nil {
		return err
	}
	// What the officers read is what stood there in the evening: the town is
	// settled, so that a rehearsal can be repeated.
	deeds, err := t.deeds(ctx, families)
	if err != nil {
		return err
	}
	errands, err := t.errands(ctx)
	if err != nil {
		return err
	}
	visits := t.year.Visits(t.today)
	t.clock.SetTime(t.officeHours(t.today))
	if err := t.record(ctx, families, visits); err != nil {
		return err
	}
	if err := t.perform(ctx, deeds); err != nil {
		return err
	}
	if err := inParallel(ctx, errands, t.run); err != nil {
		return err
	}
	if err := t.play(ctx); err != nil {
		return err
	}
	return t.settle(ctx, t.people.taken()...)
}

// deeds asks the town's officers what they do today for each family. They do
// nothing any more when the town's year is over.
func (t *Town) deeds(ctx context.Context, families []v1alpha1.Household) ([]*deed, error) {
	if t.today > population.YearEnds {
		return nil, nil
	}
	var plans v1alpha1.AssistancePlanList
	if err := t.Reader().List(ctx, &plans, client.InNamespace(township)); err != nil {
		return nil, fmt.Errorf("reading the assistance plans: %w", err)
	}
	byName := make(map[string]*v1alpha1.AssistancePlan, len(plans.Items))
	for i := range plans.Items {
		byName[plans.Items[i].Name] = &plans.Items[i]
	}
	var deeds []*deed
	for i := range families {
		if d := t.officers.decide(&families[i], byName[families[i].Name], t.today); d != nil {
			deeds = append(deeds, d)
		}
	}
	slices.SortFunc(deeds, func(a, b *deed) int { return strings.Compare(a.household.Name, b.household.Name) })
	return deeds, nil
}

func (t *Town) record(ctx context.Context, families []v1alpha1.Household, visits []population.Visit) error {
	byName := make(map[string]*v1alpha1.Household, len(families))
	for i := range families {
		byName[families[i].Name] = &families[i]
	}
	return inParallel(ctx, visits, func(ctx context.Context, v population.Visit) error {
		if h := byName[v.Household]; h != nil { // not deleted by somebody who watches
			return t.people.record(ctx, h, v.Survey)
		}
		return nil
	})
}

// perform writes the deeds, and lets what was delivered work.
func (t *Town) perform(ctx context.Context, deeds []*deed) error {
	delivered := make([][]population.Help, len(deeds))
	places := make([]int, len(deeds))
	for i := range places {
		places[i] = i
	}
	err := inParallel(ctx, places, func(ctx context.Context, i int) (err error) {
		delivered[i], err = t.people.perform(ctx, deeds[i], t.today)
		return err
	})
	if err != nil {
		return err
	}
	for _, help := range slices.Concat(delivered...) {
		if err := t.year.Help(help); err != nil {
			return err
		}
	}
	return nil
}

// YearOver reports whether the town's year has passed.
func (t *Town) YearOver() bool { return t.today >= population.YearEnds }

// Over reports whether everything has happened.
func (t *Town) Over() bool { return t.today >= t.LastDay() }

// FirstDay is the first day of the rehearsal.
func (t *Town) FirstDay() civil.Day { return population.YearBegins }

// LastDay is the last day of the rehearsal.
func (t *Town) LastDay() civil.Day { return max(population.YearEnds, t.story.LastDay()) }
