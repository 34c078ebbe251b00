// SPDX-License-Identifier: Apache-2.0

package report

import (
	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rollup"
)

// sums are families added up.
type sums struct {
	month rollup.MonthSum
	more  Tally
}

func (s *sums) add(f *FamilyMonth) {
	s.month.Add(&f.Month)
	if f.Standing != rollup.Unjudged {
		s.more.Add(f.More)
	}
}

func (s *sums) merge(o *sums) {
	s.month.Merge(&o.month)
	s.more.Add(o.more)
}

// tally returns everything that was added up.
func (s *sums) tally() Tally {
	f := s.month.Figures()
	t := tallyOf(figures.OfMonth(&f))
	t.add(Families, "", Total, Households, int64(f.Households))
	t.add(Families, "", Total, Persons, int64(f.Persons))
	t.add(Families, "", Monitored, Households, int64(f.Monitored))
	t.add(Families, "", Monitored, Persons, int64(f.MonitoredPersons))
	t.add(Families, "", NotMonitored, Households, int64(f.InScope-f.Monitored))
	t.add(Families, "", Eliminated, Households, int64(f.Eliminated))
	t.add(Families, "", OutOfScope, Households, int64(f.Households-f.InScope-f.Eliminated-f.Unjudged))
	t.add(Families, "", Unjudged, Households, int64(f.Unjudged))
	t.Add(s.more)
	return t
}

// tallyOf returns the figures of a monthly report under the keys of a report.
func tallyOf(f *v1alpha1.Figures) Tally {
	t := Tally{}
	if m := f.Monitored; m != nil {
		for name, count := range map[string]v1alpha1.HouseholdsPersons{
			Opening: m.Opening, Added: m.Added, Eliminated: m.Eliminated, Closing: m.Closing,
		} {
			t.addBoth(Movement, "", name, count.Households, count.Persons)
		}
	}
	for _, c := range f.Tiers {
		t.addBoth(Tiers, string(c.Policy), string(c.Name), c.Households, c.Persons)
	}
	for _, c := range f.Categories {
		t.addBoth(Categories, string(c.Policy), string(c.Name), c.Households, c.Persons)
	}
	for _, c := range f.Causes {
		t.addBoth(Causes, string(c.Category), string(c.Name), c.Households, c.Persons)
	}
	for _, s := range f.Shortfalls {
		t.add(Shortfalls, "", string(s.Standard), Open, int64(s.Open))
		t.add(Shortfalls, "", string(s.Standard), Late, int64(s.Overdue))
	}
	for _, m := range f.Measures {
		t.add(Measures, "", string(m.Kind), Planned, int64(m.Measures))
		t.add(Measures, "", string(m.Kind), Households, int64(m.Households))
	}
	for _, c := range f.Reviews {
		t.add(Reviews, string(c.State), string(c.Name), Papers, int64(c.Count))
	}
	for _, c := range f.Signals {
		t.add(Signals, string(c.State), string(c.Name), Papers, int64(c.Count))
	}
	if s := f.Surveys; s != nil {
		t.add(Surveys, "", SurveysDone, Households, int64(s.Done))
		t.add(Surveys, "", SurveysMissing, Households, int64(s.Missing))
	}
	if f.Overdue != nil {
		t.add(Overdue, AllDeadlines, AllDeadlines, Late, int64(*f.Overdue))
	}
	return t
}

func (t Tally) addBoth(topic Topic, group, name string, households, persons int32) {
	t.add(topic, group, name, Households, int64(households))
	t.add(topic, group, name, Persons, int64(persons))
}
