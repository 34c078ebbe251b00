// SPDX-License-Identifier: Apache-2.0

package population

import (
	"fmt"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// Options say which town. Fields left at their zero value take the default.
type Options struct {
	Seed     uint64
	Groups   Groups // default: PlanGroups
	Villages int    // default: 8
	County   string // name and namespace of the county; default: county
	Township string // name and namespace of the township; default: town
}

func (o Options) withDefaults() Options {
	if o.Groups == (Groups{}) {
		o.Groups = PlanGroups
	}
	if o.Villages <= 0 {
		o.Villages = 8
	}
	if o.County == "" {
		o.County = "county"
	}
	if o.Township == "" {
		o.Township = "town"
	}
	return o
}

// Town is a town after the screening of March 2020: its jurisdictions and its
// families, with what was found then. The objects are the caller's own.
type Town struct {
	// Jurisdictions are the county, the township and its villages, parents first.
	Jurisdictions []*v1alpha1.Jurisdiction
	// Households are named hh-000001 and so on: the marked ones first, as in
	// Groups.
	Households []*v1alpha1.Household

	options Options
}

// New invents a town. A town of fewer families has the first of each group.
func New(options Options) *Town {
	o := options.withDefaults()
	t := &Town{options: o}
	families, screened := settle(o)
	for i, f := range families {
		t.Households = append(t.Households, f.object(o, screened[i]))
	}
	t.Jurisdictions = tree(o, families)
	return t
}

// settle invents the families, draws their year and screens them.
func settle(o Options) ([]*family, []*v1alpha1.Survey) {
	families := make([]*family, 0, o.Groups.Total())
	screened := make([]*v1alpha1.Survey, 0, o.Groups.Total())
	flooded := floodedVillages(o)
	for group := range groupCount {
		for serial := range o.Groups.of(group) {
			f := newFamily(o, group, serial, fmt.Sprintf("hh-%06d", len(families)+1))
			screening := f.drawCalls()
			f.drawFate(flooded)
			var survey *v1alpha1.Survey
			if !screening.IsZero() {
				written := f.visit(screening, v1alpha1.SurveyOnSite, f.habits|f.first)
				survey = &written
			}
			families, screened = append(families, f), append(screened, survey)
		}
	}
	return families, screened
}

// After returns the households as they stand at the end of a day if nobody
// helped anybody: with every survey up to it. It is for those who need families
// with a history and no rehearsal.
func (t *Town) After(last civil.Day) []*v1alpha1.Household {
	households := make([]*v1alpha1.Household, len(t.Households))
	place := make(map[string]int, len(t.Households))
	for i, h := range t.Households {
		households[i], place[h.Name] = h.DeepCopy(), i
	}
	year := t.Year()
	for on := YearBegins; on <= min(last, YearEnds); on = on.AddDays(1) {
		for _, visit := range year.Visits(on) {
			spec := &households[place[visit.Household]].Spec
			spec.Surveys = append(spec.Surveys, visit.Survey)
		}
	}
	return households
}
