// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"slices"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
)

// someProcedures draws short procedures: a visit, often a step of any type in
// between, and a last step with gates of every kind.
func someProcedures(t *rapid.T, r *rules) []Procedure {
	list := []Procedure{{Purpose: "Identification", MarksCount: rapid.Bool().Draw(t, "marks count")}}
	for _, purpose := range []string{"Warning", "CloseOut", "Elimination", "Other"} {
		if rapid.IntRange(0, 2).Draw(t, purpose) > 0 {
			list = append(list, Procedure{Purpose: purpose})
		}
	}
	for i := range list {
		p := &list[i]
		p.Steps = []Step{{Name: "first", Type: HomeVisit, Within: civil.Due{Kind: civil.DueDays, N: rapid.IntRange(0, 20).Draw(t, "within")}}}
		if rapid.Bool().Draw(t, "middle") {
			p.Steps = append(p.Steps, someMiddle(t))
		}
		last := Step{Name: "last", Type: rapid.SampledFrom([]StepType{Registration, Registration, Registration, Decision, PublicNotice}).Draw(t, "last")}
		if rapid.Bool().Draw(t, "not by") {
			last.NotBy = []string{"first"}
		}
		last.Requires = Requirement(rapid.SampledFrom([]int{0, 0, 0, 0, 0, int(NeedsPlan), int(NeedsIdentified), int(NeedsRecorded)}).Draw(t, "requires"))
		p.Steps = append(p.Steps, last)
		if rapid.IntRange(0, 3).Draw(t, "blocker") == 0 {
			p.Blockers = []Blocker{{Name: "blocker", When: r.formula(t, 1, true)}}
		}
		p.StableSurveys = rapid.SampledFrom([]int{0, 1, 1, 2}).Draw(t, "stable")
		p.Quarters = rapid.SampledFrom([]int{0, 0, 1}).Draw(t, "quarters")
		p.Counted = rapid.SampledFrom([]Counting{CurrentAndNext, Rolling}).Draw(t, "counted")
		p.KeepWatching = rapid.Bool().Draw(t, "keep watching")
	}
	return list
}

// someMiddle draws a step of any type, with what it asks for.
func someMiddle(t *rapid.T) Step {
	s := Step{Name: "middle", Type: rapid.SampledFrom([]StepType{Appraisal, PublicNotice, PublicNotice, DataComparison, Decision, Application}).Draw(t, "type")}
	switch s.Type {
	case Appraisal:
		s.Attendance = []Attendance{{Role: "Villager", Count: 3}}
	case PublicNotice:
		s.MinDays = rapid.IntRange(0, 4).Draw(t, "notice days")
		s.SiteKinds = []string{"Office"}
		s.ClusterOf = rapid.SampledFrom([]int{0, 20}).Draw(t, "cluster")
	case DataComparison:
		s.Assets = []string{"Car"}
	case Application:
		s.ByDepartment = rapid.Bool().Draw(t, "by department")
	}
	if rapid.IntRange(0, 3).Draw(t, "document") == 0 {
		s.Requires = NeedsDocument | NeedsOfficer | NeedsPlannedElimination
	}
	return s
}

// someSites draws where notices go up: at the family's own node and above it.
func someSites(t *rapid.T) [][]Site {
	var levels [][]Site
	for range rapid.IntRange(0, 2).Draw(t, "levels") {
		var level []Site
		for _, name := range []string{"office", "cluster"} {
			if rapid.Bool().Draw(t, name) {
				level = append(level, Site{
					Name: name, Kind: rapid.SampledFrom([]string{"Office", "Other"}).Draw(t, "kind"),
					Households: rapid.SampledFrom([]int{0, 19, 20}).Draw(t, "households"),
					From:       someDay(t, "site from"), Until: someDay(t, "site until"),
				})
			}
		}
		levels = append(levels, level)
	}
	return levels
}

// someReview draws a review that mostly goes its course, so that eliminations
// and what follows them are reached, with records out of place now and then.
func someReview(t *rapid.T, name string) Review {
	r := Review{
		Name: name, Opened: firstDay.AddDays(rapid.IntRange(-5, 100).Draw(t, "opened")),
		Purpose: rapid.SampledFrom([]string{"Identification", "Identification", "Warning", "CloseOut", "Elimination", "Elimination", "Other"}).Draw(t, "purpose"),
	}
	for _, s := range standards {
		if rapid.Bool().Draw(t, "about "+s) {
			r.Standards = append(r.Standards, s)
		}
	}
	course := []string{"first", "middle", "last"}
	course = course[:rapid.SampledFrom([]int{3, 3, 3, 2, 1, 0}).Draw(t, "course")]
	at := r.Opened
	for _, step := range course {
		at = at.AddDays(rapid.SampledFrom([]int{0, 1, 1, 8}).Draw(t, "days"))
		r.Records = append(r.Records, someRecord(t, step, "Passed", at))
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 1, 2, 4}).Draw(t, "strays") {
		at = at.AddDays(rapid.SampledFrom([]int{0, 0, 1, 5, -1, -9}).Draw(t, "later"))
		stray := someRecord(t,
			rapid.SampledFrom([]string{"first", "middle", "last", "last", "none"}).Draw(t, "step"),
			rapid.SampledFrom([]string{"Passed", "Passed", "Passed", "Returned", "Failed"}).Draw(t, "outcome"), at)
		r.Records = slices.Insert(r.Records, rapid.IntRange(0, len(r.Records)).Draw(t, "place"), stray)
	}
	return r
}

// someRecord draws a record that says what any step could ask, or leaves some of
// it out.
func someRecord(t *rapid.T, step, outcome string, at civil.Day) Record {
	rec := Record{Step: step, Outcome: outcome, Date: at, By: map[string]string{"first": "zhang", "middle": "sun", "last": "li", "none": "wu"}[step]}
	if rapid.IntRange(0, 9).Draw(t, "signer") == 0 {
		rec.By = rapid.SampledFrom([]string{"zhang", "sun"}).Draw(t, "by")
	}
	if outcome == "Returned" {
		rec.To = rapid.SampledFrom([]string{"", "first", "middle", "last", "nowhere"}).Draw(t, "to")
	}
	full := rapid.IntRange(0, 5).Draw(t, "full") > 0
	rec.Document, rec.Officer, rec.PlannedElimination = full, full, full
	if full {
		rec.Attendance = []Attendance{{Role: "Villager", Count: 3}}
		rec.Checks = []AssetCheck{{Asset: "Car", Result: rapid.SampledFrom([]string{"Clear", "Clear", "Explained", "Hit"}).Draw(t, "check")}}
		rec.Department = rapid.SampledFrom([]string{"first", "else"}).Draw(t, "department")
		rec.With = []string{"wang"}
	}
	rec.Notice = Notice{
		From: at - civil.Day(rapid.IntRange(0, 6).Draw(t, "notice from")), Until: at - civil.Day(rapid.IntRange(0, 2).Draw(t, "notice until")),
		Sites:      [][]string{{"office", "cluster"}, {"office"}, nil}[rapid.IntRange(0, 2).Draw(t, "sites")],
		Objections: rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "objections"), Stated: full,
	}
	if rapid.IntRange(0, 4).Draw(t, "not posted anew") == 0 {
		rec.Notice.From, rec.Notice.Until, rec.Notice.Sites = 0, 0, nil
	}
	return rec
}

// someCase draws a family and its plans: as often a life that mostly goes its
// course as one in which anything may happen.
func someCase(t *rapid.T) (*Family, Timeline) {
	if rapid.Bool().Draw(t, "anything") {
		return someFamily(t), someLine(t)
	}
	return someLife(t)
}

// someLife draws a family that is identified, falls short, is helped, is mostly
// eliminated and may fall again, under a plan that has every procedure, and
// often under a second one.
func someLife(t *rapid.T) (*Family, Timeline) {
	plans := []*Plan{lifePlan(t, "p")}
	if rapid.Bool().Draw(t, "second plan") {
		next := somePlan(t, "q")
		if rapid.Bool().Draw(t, "with procedures") {
			next = lifePlan(t, "q")
		}
		next.From = firstDay.AddDays(rapid.IntRange(20, 110).Draw(t, "second from"))
		next.Until = 0
		if rapid.IntRange(0, 3).Draw(t, "gap") == 0 {
			plans[0].Until = next.From.AddDays(-rapid.IntRange(1, 30).Draw(t, "days without a plan"))
		}
		plans = append(plans, next)
	}
	f := someFamily(t)
	f.Surveys, f.Reviews = nil, nil
	f.Identifications = []civil.Day{firstDay.AddDays(rapid.IntRange(-5, 10).Draw(t, "identification"))}
	at := firstDay - 5
	for range rapid.IntRange(3, 8).Draw(t, "surveys") {
		s := goodSurvey(at)
		if rapid.IntRange(0, 3).Draw(t, "falls short") == 0 {
			s.Guarantees = []Guarantee{{Name: "Housing", State: "AtRisk"}, {Name: "Medical", State: "Met"}}
		}
		f.Surveys = append(f.Surveys, s)
		at = at.AddDays(rapid.IntRange(1, 25).Draw(t, "gap between surveys"))
	}
	at = firstDay
	for _, purpose := range []string{"Warning", "CloseOut", "Elimination", "Identification", "Elimination", "Warning"} {
		if rapid.IntRange(0, 4).Draw(t, purpose) == 0 {
			continue
		}
		at = at.AddDays(rapid.IntRange(0, 25).Draw(t, "until the next"))
		r := Review{Name: purpose + at.String(), Purpose: purpose, Opened: at, Standards: []string{"Housing"}}
		steps := plans[0].Procedure(purpose).Steps
		day := at
		for k := range steps {
			day = day.AddDays(rapid.SampledFrom([]int{0, 1, 1, 4, 15}).Draw(t, "days"))
			r.Records = append(r.Records, someRecord(t, steps[k].Name, "Passed", day))
		}
		if rapid.IntRange(0, 3).Draw(t, "stray") == 0 {
			stray := someRecord(t, rapid.SampledFrom([]string{"first", "middle", "last"}).Draw(t, "step"), rapid.SampledFrom([]string{"Passed", "Returned", "Failed"}).Draw(t, "outcome"),
				day.AddDays(rapid.IntRange(-9, 9).Draw(t, "strays by")))
			r.Records = slices.Insert(r.Records, rapid.IntRange(0, len(r.Records)).Draw(t, "place"), stray)
		}
		f.Reviews = append(f.Reviews, r)
	}
	return f, lineOf(plans...)
}

// lifePlan has every procedure and one standard that is often met.
func lifePlan(t *rapid.T, name string) *Plan {
	r := &rules{}
	p := &Plan{
		Name: name, From: firstDay, StartDayCounted: rapid.Bool().Draw(t, "start counted"),
		Standards: []Standard{{
			Name: "Housing", Met: r.guaranteed("Housing"), RemedyWithin: civil.Due{Kind: civil.DueDays, N: 12},
			Departments: []DepartmentRule{{Names: []string{"first", "else"}}},
		}},
		Categories: []Category{{Name: "C0", Identification: true, When: r.anyUnmet("")}, {Name: "C1", When: r.formula(t, 1, true)}},
		Tiers:      []Tier{{Name: "T0", Ledgers: []string{"National"}, Rules: []TierRule{{Name: "r", When: r.anyUnmet("")}}}, {Name: "T1", Rules: []TierRule{{Name: "r", When: r.formula(t, 1, true)}}}},
		Deadlines: []DeadlineRule{{
			Name: "life", Starts: rapid.SampledFrom([]Start{StartTierSince, StartIdentified, StartFirstShortfall}).Draw(t, "starts"),
			MetWhen: rapid.SampledFrom([]MetWhen{MetRiskEliminated, MetShortfallsClosed, MetRecorded}).Draw(t, "met"),
			Windows: []civil.Window{{Due: civil.Due{Kind: civil.DueDays, N: rapid.IntRange(0, 60).Draw(t, "due")}}},
		}},
		Surveys:    []SurveyRule{{Every: civil.Month, Stages: []string{"Eliminated"}, From: firstDay}, {Every: civil.Month, From: firstDay}},
		Procedures: someProcedures(t, r),
	}
	for _, purpose := range []string{"Warning", "CloseOut", "Elimination"} {
		if p.Procedure(purpose) == nil {
			p.Procedures = append(p.Procedures, Procedure{Purpose: purpose, Steps: []Step{{Name: "first", Type: HomeVisit}, {Name: "last", Type: Decision}}})
		}
	}
	p.Predicates = r.n
	return p
}
