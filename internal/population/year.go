// SPDX-License-Identifier: Apache-2.0

package population

import (
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// The year begins on the day after the screening ended, and ends with 2020.
var (
	YearBegins = day(3, 25)
	YearEnds   = day(12, 31)
)

// Year is the town's year 2020 from the end of the screening on: what befalls
// each family, and what the visits find. It is not safe for use by several
// goroutines.
type Year struct {
	families []*family
	byName   map[string]*family
}

// Visit is a survey that is to be appended to a household's.
type Visit struct {
	Household string
	Survey    v1alpha1.Survey
}

// Year returns the town's year from its beginning, as often as it is asked for.
func (t *Town) Year() *Year {
	families, _ := settle(t.options)
	y := &Year{families: families, byName: make(map[string]*family, len(families))}
	for _, f := range families {
		y.byName[f.name] = f
	}
	return y
}

// Visitors are the users who sign the surveys, in the order of their names.
func (y *Year) Visitors() []v1alpha1.UserName {
	var visitors []v1alpha1.UserName
	for _, f := range y.families {
		visitors = append(visitors, f.visitor())
	}
	slices.Sort(visitors)
	return slices.Compact(visitors)
}

// Visits lets a day pass and returns its visits, by household. Days are to be
// asked for in their order; the visits of a day that was left out never took
// place.
func (y *Year) Visits(on civil.Day) []Visit {
	var visits []Visit
	for _, f := range y.families {
		for len(f.turns) > 0 && f.turns[0].day <= on {
			f.turns[0].befall(&f.now)
			f.turns = f.turns[1:]
		}
		if c, due := f.takeCall(on); due {
			visits = append(visits, Visit{Household: f.name, Survey: f.receive(c)})
		}
	}
	return visits
}

// receive writes down a visit, or a call. Whom nobody has ever visited is not
// asked by telephone whether anything changed.
func (f *family) receive(c call) v1alpha1.Survey {
	if f.visits == 0 {
		return f.visit(c.day, v1alpha1.SurveyOnSite, f.habits|f.first)
	}
	return f.visit(c.day, c.method, f.habits)
}
