// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// full is a household with as many surveys as it holds, one a month from
// 2016-01-01.
func full(t *testing.T) *v1alpha1.Household {
	h := household()
	for i := range mostSurveys {
		date := day(t, "2016-01-01").AddMonths(i)
		h.Spec.Surveys = append(h.Spec.Surveys, v1alpha1.Survey{Date: v1alpha1.Date(date.String()), Income: "4800"})
	}
	return h
}

func TestTheOldestSurveyGoesWithoutWhichTodayIsTheSame(t *testing.T) {
	has := func(p translate.Papers, date v1alpha1.Date) bool {
		return slices.ContainsFunc(p.Household.Spec.Surveys, func(s v1alpha1.Survey) bool { return s.Date == date })
	}
	tests := []struct {
		name   string
		change func(*v1alpha1.Household)
		date   string
		same   func(translate.Papers) bool
		want   v1alpha1.Date // the one that goes
	}{
		{"nothing rests on the oldest", nil, "2021-05-20", func(translate.Papers) bool { return true }, "2016-01-01"},
		{
			"today rests on the first two", nil, "2021-05-20",
			func(p translate.Papers) bool { return has(p, "2016-01-01") && has(p, "2016-02-01") }, "2016-03-01",
		},
		{
			"the second repeats the first, and would stand first", func(h *v1alpha1.Household) { h.Spec.Surveys[1] = v1alpha1.Survey{Date: "2016-02-01", Unchanged: true} },
			"2021-05-20", func(translate.Papers) bool { return true }, "2016-02-01",
		},
		{"the new one is the oldest, and stays", nil, "2015-05-01", func(translate.Papers) bool { return true }, "2016-01-01"},
		{"the new one is in the middle", nil, "2018-05-15", func(p translate.Papers) bool { return !has(p, "2019-01-01") }, "2019-01-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := full(t)
			if tt.change != nil {
				tt.change(before)
			}
			e, err := Survey(translate.Papers{Household: before}, stamp(t, tt.date), &v1alpha1.Survey{Income: "5200"})
			if err != nil {
				t.Fatal(err)
			}
			if err := e.MakeRoom(tt.same); err != nil {
				t.Fatal(err)
			}
			if e.Removed == nil || e.Removed.Date != tt.want {
				t.Fatalf("removed %v, want the survey of %s", e.Removed, tt.want)
			}
			if n := len(e.Papers.Household.Spec.Surveys); n != mostSurveys || !has(e.Papers, v1alpha1.Date(tt.date)) {
				t.Errorf("%d surveys, the new one among them: %v", n, has(e.Papers, v1alpha1.Date(tt.date)))
			}
			want, err := json.Marshal(e.Object)
			if err != nil {
				t.Fatal(err)
			}
			if got := patched(t, before, e.Patch); !jsonpatch.Equal([]byte(got), want) {
				t.Errorf("the patch makes\n%s\nand what was shown is\n%s", got, want)
			}
		})
	}
}

func TestNothingIsDroppedFromAListThatHasRoom(t *testing.T) {
	e, err := Survey(translate.Papers{Household: household("2021-04-01")}, stamp(t, "2021-05-20"), &v1alpha1.Survey{Income: "5200"})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.MakeRoom(func(translate.Papers) bool { return true }); err != nil || e.Removed != nil {
		t.Errorf("removed %v, %v", e.Removed, err)
	}
}

func TestASurveyIsRefusedWhereEveryOtherIsNeeded(t *testing.T) {
	e, err := Survey(translate.Papers{Household: full(t)}, stamp(t, "2021-05-20"), &v1alpha1.Survey{Income: "5200"})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.MakeRoom(func(translate.Papers) bool { return false }); err == nil || !strings.Contains(err.Error(), "holds 60 surveys") {
		t.Errorf("got %v", err)
	}
}
