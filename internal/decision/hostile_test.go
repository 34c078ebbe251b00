// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
)

// anyDay draws a day of the whole calendar, often one that matters.
func anyDay(t *rapid.T, label string) civil.Day {
	switch rapid.IntRange(0, 3).Draw(t, label) {
	case 0:
		return rapid.SampledFrom([]civil.Day{0, civil.First, civil.First + 1, civil.Last - 1, civil.Last}).Draw(t, label+" at an end")
	case 1:
		return civil.Day(rapid.Int32Range(int32(civil.First), int32(civil.Last)).Draw(t, label+" anywhere"))
	default:
		return firstDay.AddDays(rapid.IntRange(-40, 200).Draw(t, label+" near"))
	}
}

// hostileReviews draws what no honest hand writes: up to 64 records of any steps
// and outcomes, under any dates, sent back to anywhere.
func hostileReviews(t *rapid.T) []Review {
	words := rapid.SampledFrom([]string{"first", "middle", "last", "none", "", "FIRST"})
	var list []Review
	for i := range rapid.IntRange(0, 4).Draw(t, "reviews") {
		r := Review{
			Name: fmt.Sprint("r", i), Opened: anyDay(t, "opened"), Standards: []string{"Housing", "Nothing"},
			Purpose: rapid.SampledFrom([]string{"Identification", "Elimination", "Warning", "CloseOut", "Other", "Unknown", ""}).Draw(t, "purpose"),
		}
		reverse := rapid.Bool().Draw(t, "reverse")
		at := firstDay.AddDays(rapid.IntRange(0, 100).Draw(t, "at"))
		for range rapid.SampledFrom([]int{0, 1, 3, 8, 64}).Draw(t, "records") {
			rec := someRecord(t, words.Draw(t, "step"), rapid.SampledFrom([]string{"Passed", "Passed", "Passed", "Returned", "Failed", "", "Else"}).Draw(t, "outcome"), at)
			if rec.To = ""; rapid.Bool().Draw(t, "to somewhere") {
				rec.To = words.Draw(t, "to")
			}
			if rapid.IntRange(0, 9).Draw(t, "any date") == 0 {
				rec.Date, rec.Notice.From, rec.Notice.Until = anyDay(t, "date"), anyDay(t, "from"), anyDay(t, "until")
			}
			if at++; reverse {
				at -= 2
			}
			r.Records = append(r.Records, rec)
		}
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b Review) int { return int(a.Opened - b.Opened) })
	return list
}

// Whatever stands in the records, a verdict comes, and what it says of a review
// is whole: what is invalid says why, what is open says what comes next, what is
// completed has passed every step.
func TestHostileRecordsGiveAWholeVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someLife(t)
		f.Reviews = hostileReviews(t)
		for i := range f.Signals {
			f.Signals[i].Date, f.Signals[i].Verified = anyDay(t, "lead"), anyDay(t, "verified")
		}
		slices.SortStableFunc(f.Signals, func(a, b Signal) int { return int(a.Date - b.Date) })
		v := Decide(f, line, firstDay.AddDays(rapid.IntRange(0, 300).Draw(t, "today")))
		if v.Standing != Judged {
			return
		}
		for i := range v.Reviews {
			checkWhole(t, &v.Reviews[i])
		}
	})
}

func checkWhole(t *rapid.T, r *ReviewVerdict) {
	if r.Ahead || r.Plan == nil || r.Procedure == nil {
		return
	}
	all, failed := true, false
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.State == StepInvalid && len(s.Faults) == 0 {
			t.Fatalf("%s: step %s is invalid without a reason", r.Name, s.Name)
		}
		if hasStep := r.Procedure.step(s.Name) >= 0; hasStep {
			all = all && (s.State == StepPassed || s.State == StepPassedLate)
			failed = failed || s.State == StepFailed
		}
	}
	switch r.Stage {
	case ReviewCompleted:
		if !all || r.Completed.IsZero() || r.Next != nil {
			t.Fatalf("%s is completed: all passed %t, on %s, next %v", r.Name, all, r.Completed, r.Next)
		}
	case ReviewRejected:
		if !failed || r.Next != nil || !r.Completed.IsZero() {
			t.Fatalf("%s is rejected: failed %t, next %v", r.Name, failed, r.Next)
		}
	case ReviewInProgress, ReviewBlocked:
		if r.Next == nil && r.WaitsFor == "" {
			t.Fatalf("%s is %s and says nothing of what comes next", r.Name, r.Stage)
		}
	default:
		t.Fatalf("%s has stage %q", r.Name, r.Stage)
	}
}

// What is added to a review behind its end, dated not before it, changes nothing.
func TestAnEndIsFinal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someLife(t)
		today := someday(t)
		before := Decide(f, line, today)
		g := *f
		g.Reviews = slices.Clone(f.Reviews)
		for i := range before.Reviews {
			r := &before.Reviews[i]
			if r.Stage != ReviewCompleted && r.Stage != ReviewRejected {
				continue
			}
			more := someRecord(t, rapid.SampledFrom([]string{"first", "middle", "last"}).Draw(t, "step"),
				rapid.SampledFrom([]string{"Passed", "Returned", "Failed"}).Draw(t, "outcome"), r.Since.AddDays(rapid.IntRange(0, 30).Draw(t, "later")))
			more.Step = stepOf(r.Procedure, more.Step)
			g.Reviews[i].Records = append(slices.Clone(g.Reviews[i].Records), more)
		}
		after := Decide(&g, line, today)
		after.NextChange = before.NextChange
		if diff := cmp.Diff(before, after, same...); diff != "" {
			t.Fatal(diff)
		}
	})
}

// stepOf is the name if the procedure has such a step, else its first one's.
func stepOf(p *Procedure, name string) string {
	if p.step(name) < 0 {
		return p.Steps[0].Name
	}
	return name
}

// A day is judged by the facts dated on it or before: those of later days could
// as well not be there.
func TestWhatComesLaterIsOfNoAccount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someCase(t)
		today := someday(t)
		full, cut := Decide(f, line, today), Decide(until(f, today), line, today)
		full.Signals = slices.DeleteFunc(full.Signals, func(s SignalVerdict) bool { return s.Ahead })
		full.Reviews = slices.DeleteFunc(full.Reviews, func(r ReviewVerdict) bool { return r.Ahead })
		full.NextChange, cut.NextChange = 0, 0
		if diff := cmp.Diff(cut, full, same...); diff != "" {
			t.Fatalf("(-without +with what comes later)\n%s", diff)
		}
	})
}

// until leaves out every fact that is dated after the day.
func until(f *Family, today civil.Day) *Family {
	g := *f
	g.Surveys = kept(f.Surveys, func(s *Survey) bool { return s.Date <= today })
	g.Marks = kept(f.Marks, func(m *Mark) bool { return m.Date <= today })
	g.Identifications = kept(f.Identifications, func(d *civil.Day) bool { return *d <= today })
	g.Signals = kept(f.Signals, func(s *Signal) bool { return s.Date <= today })
	for i := range g.Signals {
		if g.Signals[i].Verified > today {
			g.Signals[i].Verified, g.Signals[i].Outcome = 0, ""
		}
	}
	g.Reviews = kept(f.Reviews, func(r *Review) bool { return r.Opened <= today })
	for i := range g.Reviews {
		g.Reviews[i].Records = kept(g.Reviews[i].Records, func(r *Record) bool { return r.Date <= today })
	}
	return &g
}

func kept[E any](list []E, keep func(*E) bool) []E {
	var out []E
	for i := range list {
		if keep(&list[i]) {
			out = append(out, list[i])
		}
	}
	return out
}

// Days add up to the end of the calendar and no further, so nothing that counts
// on may wait for a day behind it.
func TestTheEndOfTheCalendarIsReached(t *testing.T) {
	f := &Family{Registration: "None", Persons: 1, Signals: []Signal{{
		Name: "s", Source: "Department", Cause: "Illness", Date: civil.Last.AddDays(-10), Verified: civil.Last.AddDays(-9), Outcome: "Confirmed",
	}}}
	plan := &Plan{Name: "p", From: civil.Last.AddDays(-100), Categories: []Category{{Name: "C", When: (&rules{}).always()}}, Predicates: 1}
	done := make(chan Verdict, 1)
	go func() { done <- Decide(f, lineOf(plan), civil.Last) }()
	select {
	case v := <-done:
		if v.Signals[0].State != SignalConfirmed {
			t.Errorf("the lead is %s", v.Signals[0].State)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it still counts")
	}
}

// crowded is a family with full reviews, dated in reverse, of a procedure in which
// every step asks for the signers of all others.
func crowded(reviews int) (*Family, Timeline) {
	r := &rules{}
	p := &Plan{Name: "p", From: firstDay, Categories: []Category{{Name: "C", Identification: true, When: r.always()}}}
	proc := Procedure{Purpose: "Identification"}
	names := make([]string, 16)
	for i := range names {
		names[i] = fmt.Sprint("s", i)
	}
	for _, name := range names {
		others := kept(names, func(n *string) bool { return *n != name })
		proc.Steps = append(proc.Steps, Step{Name: name, Type: Decision, NotBy: others})
	}
	p.Procedures, p.Predicates = []Procedure{proc}, r.n
	f := &Family{Persons: 3}
	for k := range reviews {
		rev := Review{Name: fmt.Sprint("r", k), Purpose: "Identification", Opened: firstDay}
		for i := range 64 {
			rev.Records = append(rev.Records, Record{Step: names[i*5%16], Date: firstDay.AddDays(64 - i), By: fmt.Sprint("u", i), Outcome: "Passed"})
		}
		f.Reviews = append(f.Reviews, rev)
	}
	return f, lineOf(p)
}

// The work of a judgment grows with the number of records, not with its
// square. What is counted is room taken, since time is no measure on a busy
// machine: a walk through a review takes some for each fault that it finds.
func TestRecordsCostInProportion(t *testing.T) {
	f, line := crowded(1)
	one := testing.AllocsPerRun(1, func() { Decide(f, line, firstDay+200) })
	f, line = crowded(4)
	four := testing.AllocsPerRun(1, func() { Decide(f, line, firstDay+200) })
	if most := 64.0 * 2 * (16 + 4); one > most {
		t.Errorf("a review of 64 records took %.0f allocations, more than %.0f", one, most)
	}
	if four > 5*one {
		t.Errorf("four reviews took %.0f allocations, one took %.0f", four, one)
	}
}

// BenchmarkCrowdedFamily judges what nobody should write: 256 records in reverse,
// and 500 leads that say the same.
func BenchmarkCrowdedFamily(b *testing.B) {
	f, line := crowded(4)
	for i := range 500 {
		f.Signals = append(f.Signals, Signal{
			Name: fmt.Sprint("s", i), Source: "Department", Cause: "Illness", Period: fmt.Sprint(i % 250),
			Date: firstDay.AddDays(i), Verified: firstDay.AddDays(i + 3), Outcome: "Confirmed",
		})
	}
	for b.Loop() {
		Decide(f, line, firstDay+1000)
	}
}
