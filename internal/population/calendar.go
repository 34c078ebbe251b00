// SPDX-License-Identifier: Apache-2.0

package population

import (
	"slices"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// call is a day on which somebody visits or telephones.
type call struct {
	day    civil.Day
	method v1alpha1.SurveyMethod
}

// maxSurveys is how many surveys a household can hold.
const maxSurveys = 60

// drawCalls draws the year's visits: the screening of March, which a few
// families miss because nobody was at home, and one visit each month from
// April. Now and then a visit is forgotten, or somebody only telephones.
func (f *family) drawCalls() (screening civil.Day) {
	d := newDice(f.seed, f.group, f.serial, ofVisits)
	screening = day(3, 2).AddDays(d.between(0, 22))
	if d.chance(60) {
		screening = 0
	}
	usual := d.between(2, 27)
	for month := 4; month <= 12; month++ {
		on := day(month, usual+d.between(-1, 1))
		switch d.pick(9720, 150, 130) {
		case 0:
			f.callOn(on)
		case 1:
			f.calls = append(f.calls, call{on, v1alpha1.SurveyPhone})
		}
	}
	f.sortCalls()
	return screening
}

// callOn adds a visit, in place of a telephone call on that day.
func (f *family) callOn(on civil.Day) {
	f.calls = slices.DeleteFunc(f.calls, func(c call) bool { return c.day == on })
	f.calls = append(f.calls, call{on, v1alpha1.SurveyOnSite})
	f.sortCalls()
}

func (f *family) sortCalls() {
	slices.SortFunc(f.calls, func(a, b call) int { return int(a.day - b.day) })
}

// takeCall removes the calls up to a day and returns that day's, if there is
// one.
func (f *family) takeCall(on civil.Day) (call, bool) {
	for len(f.calls) > 0 && f.calls[0].day <= on {
		next := f.calls[0]
		f.calls = f.calls[1:]
		if next.day == on {
			return next, f.visits < maxSurveys
		}
	}
	return call{}, false
}
