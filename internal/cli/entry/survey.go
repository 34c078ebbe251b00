// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"slices"
	"strconv"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// mostSurveys is how many surveys a household holds.
const mostSurveys = 60

// Survey adds a survey where its date puts it: the dates of surveys ascend.
func Survey(p translate.Papers, s Stamp, survey *v1alpha1.Survey) (*Entry, error) {
	survey.Date, survey.Entered, survey.By = s.date(), s.entered(), s.By
	household := p.Household.DeepCopy()
	surveys := household.Spec.Surveys
	at, taken := slices.BinarySearchFunc(surveys, survey.Date, func(o v1alpha1.Survey, date v1alpha1.Date) int {
		return int(dayOf(o.Date) - dayOf(date))
	})
	switch {
	case taken:
		return nil, wording.Fault(wording.SurveyedThatDay, survey.Date)
	case survey.Unchanged && at == 0:
		return nil, wording.Fault(wording.NothingUnchanged)
	}
	household.Spec.Surveys = slices.Insert(surveys, at, *survey)
	e := &Entry{
		Object: household, Path: "spec.surveys", Fact: survey,
		Patch: appended(p.Household, "/spec/surveys", len(surveys), survey),
	}
	if at < len(surveys) {
		e.Patch[1] = Operation{Op: "add", Path: "/spec/surveys/" + strconv.Itoa(at), Value: survey}
	}
	e.Papers = p
	e.Papers.Household = household
	return e, nil
}

// MakeRoom drops a survey where there are more than a household holds: the
// oldest without which same says that today's judgment is the same, byte for
// byte, and which the schema can spare. The added survey itself stays.
func (e *Entry) MakeRoom(same func(translate.Papers) bool) error {
	full := e.Papers.Household
	if len(full.Spec.Surveys) <= mostSurveys {
		return nil
	}
	for i := range full.Spec.Surveys {
		dropped := &full.Spec.Surveys[i]
		if dropped == e.added() || i == 0 && full.Spec.Surveys[1].Unchanged {
			continue // the first survey has none before it that it could repeat
		}
		spared := full.DeepCopy()
		spared.Spec.Surveys = slices.Delete(spared.Spec.Surveys, i, i+1)
		p := e.Papers
		if p.Household = spared; !same(p) {
			continue
		}
		e.drop(i, spared)
		return nil
	}
	return wording.Fault(wording.SurveysFull, mostSurveys)
}

// added is the survey of the entry, in the household's list.
func (e *Entry) added() *v1alpha1.Survey {
	surveys := e.Papers.Household.Spec.Surveys
	survey, ok := e.Fact.(*v1alpha1.Survey)
	i := slices.IndexFunc(surveys, func(s v1alpha1.Survey) bool { return ok && s.Date == survey.Date })
	if i < 0 {
		return nil
	}
	return &surveys[i]
}

// drop takes the survey at i out, after the new one was put in.
func (e *Entry) drop(i int, spared *v1alpha1.Household) {
	e.Removed = e.Papers.Household.Spec.Surveys[i].DeepCopy()
	e.Patch = append(e.Patch, Operation{Op: "remove", Path: "/spec/surveys/" + strconv.Itoa(i)})
	e.Object, e.Papers.Household = spared, spared
}

// LastStated is the last survey before a day that states facts of its own, nil
// if there is none.
func LastStated(h *v1alpha1.Household, s Stamp) *v1alpha1.Survey {
	surveys := h.Spec.Surveys
	for i := len(surveys) - 1; i >= 0; i-- {
		if !surveys[i].Unchanged && dayOf(surveys[i].Date) < s.Date {
			return surveys[i].DeepCopy()
		}
	}
	return nil
}
