// SPDX-License-Identifier: Apache-2.0

package soundness

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/formula"
	"fangpin.io/fangpin/internal/money"
	"fangpin.io/fangpin/internal/plan"
)

// drawing draws families for one span: amounts at and around every bound of the
// plan's rules, every word of every fact, and any of them missing. The same plan
// always gives the same families.
type drawing struct {
	s       *scrutiny
	sp      *span
	random  *rand.Rand
	guided  formula.Witness // what the next family is to be like; nil: anything
	missing bool            // the next family may lack facts
}

func newDrawing(s *scrutiny, sp *span, seed uint64) *drawing {
	return &drawing{s: s, sp: sp, random: rand.New(rand.NewPCG(seed, 2020))} //nolint:gosec // drawn again the same, on purpose
}

func (d *drawing) chance(percent int) bool { return d.random.IntN(100) < percent }

// cells are the parts of a fact's domain from which to draw.
func (d *drawing) cells(key string) (cells []formula.Cell, guided bool) {
	v := d.sp.formulas.Find(key)
	if v == nil {
		return nil, false
	}
	if chosen, ok := d.guided[v]; ok && len(chosen) <= len(v.Cells()) {
		return chosen, true
	}
	return v.Cells(), false
}

// lacks says whether the fact is to be missing.
func (d *drawing) lacks(key string) bool {
	if cells, guided := d.cells(key); guided {
		first := cells[d.random.IntN(len(cells))]
		return first.Missing && (len(cells) == 1 || d.chance(20))
	}
	return d.missing && d.chance(12)
}

// number draws a number at a bound of its rules or between two.
func (d *drawing) number(key string, least, most int64) int64 {
	cells, _ := d.cells(key)
	cells = slices.DeleteFunc(slices.Clone(cells), func(c formula.Cell) bool { return c.Missing })
	if len(cells) == 0 {
		return least + d.random.Int64N(most-least+1)
	}
	span := cells[d.random.IntN(len(cells))].Span
	from, to := max(span.From, least), span.To
	if to > most {
		to = max(from, most)
	}
	switch d.random.IntN(4) {
	case 0:
		return from
	case 1:
		return to
	case 2:
		return min(from+1, to)
	}
	if width := to - from; width > 0 && width < math.MaxInt64 {
		return from + d.random.Int64N(width+1)
	}
	return from
}

// mostDrawn bounds drawn amounts beyond the last bound of the rules, in fen.
const mostDrawn = 10_000_000

func (d *drawing) amount(key string) money.Amount {
	return money.Amount(d.number(key, 0, mostDrawn))
}

// word draws a word of the fact, of which the rules may know more.
func (d *drawing) word(key string, known ...string) string {
	cells, guided := d.cells(key)
	var words []string
	for _, c := range cells {
		if !c.Missing && !c.Other && c.Word != "" {
			words = append(words, c.Word)
		}
	}
	if !guided || len(words) == 0 {
		words = append(words, known...)
	}
	if len(words) == 0 {
		return "Other"
	}
	return words[d.random.IntN(len(words))]
}

// words draws some of a list's words.
func (d *drawing) words(list string, known []string, most int) []string {
	var out []string
	for _, w := range known {
		if cells, guided := d.cells(list + "[" + w + "]"); guided && len(cells) == 1 {
			if cells[0].Word == plan.MemberIn {
				out = append(out, w)
			}
			continue
		}
		if len(out) < most && d.chance(100*most/(2*len(known))+1) {
			out = append(out, w)
		}
	}
	return out
}

// drawn is a family, and what is assumed of its past.
type drawn struct {
	family     *decision.Family
	facts      decision.Facts
	unknown    []string // standards that are unknown and not open
	carried    []string // standards whose shortfalls may be open from before
	eliminated bool
}

// family draws one.
func (d *drawing) family() *drawn {
	d.missing = d.chance(50)
	today := civil.Day(d.number("today", int64(d.sp.days.From), int64(min(d.sp.days.Until, d.sp.days.From.AddDays(3660)))))
	f := &decision.Family{
		Registration: d.word("household.registration", plan.Words("household.registration")...),
		Persons:      int(d.number("household.persons", 1, 8)),
		Wishes:       d.words("household.wishes", plan.Words("household.wishes"), 3),
	}
	f.Members = d.members(f.Persons, today)
	f.Marks = d.marks(today)
	f.Signals = d.signals(today)
	if !d.lacks("survey.date") {
		f.Surveys = []decision.Survey{d.survey(today)}
	}
	out := &drawn{family: f, eliminated: d.word("household.eliminated", "false", "false", "false", "true") == "true"}
	for i := range d.s.plan.Standards {
		name := d.s.plan.Standards[i].Name
		cells, guided := d.cells("unmet[" + name + "]")
		if guided && len(cells) == 1 && cells[0].Word == plan.MemberIn || !guided && d.chance(10) {
			out.carried = append(out.carried, name)
		}
	}
	out.facts = decision.Facts{Today: today, Family: f, Marks: f.Marks, Params: d.sp.params, Eliminated: out.eliminated}
	if len(f.Surveys) > 0 {
		out.facts.Survey, out.facts.SurveyDate = &f.Surveys[0], f.Surveys[0].Date
	}
	out.facts.Signals = d.seen(out)
	return out
}

// seen are the leads as rules see them: the newest first, each with the line that it
// crosses.
func (d *drawing) seen(f *drawn) []decision.Signal {
	out := slices.Clone(f.family.Signals)
	slices.Reverse(out)
	for i := range out {
		f.facts.Signal = &out[i]
		for k := range d.s.plan.WarningLines {
			line := &d.s.plan.WarningLines[k]
			if (line.Cause == "" || line.Cause == out[i].Cause) && f.ask(&line.When) == decision.Yes {
				out[i].Line = line.Name
				break
			}
		}
	}
	f.facts.Signal = nil
	return out
}

func (d *drawing) survey(today civil.Day) decision.Survey {
	s := decision.Survey{Date: civil.Day(d.number("survey.date", int64(today.AddDays(-90)), int64(today)))}
	s.Date = min(s.Date, today)
	for _, a := range plan.Amounts() {
		if !d.lacks(a.Name) {
			s.SetAmount(a.Field, d.amount(a.Name))
		}
	}
	for _, w := range []struct {
		name string
		word *string
	}{
		{"survey.method", &s.Method}, {"survey.risk", &s.Risk}, {"survey.hardship", &s.Hardship}, {"household.labour", &s.Labour},
		{"survey.incomeTrend", &s.IncomeTrend}, {"survey.spendingTrend", &s.SpendingTrend},
	} {
		if !d.lacks(w.name) {
			*w.word = d.word(w.name, plan.Words(w.name)...)
		}
	}
	s.Causes = d.words("survey.causes", plan.Words("survey.causes"), 3)
	s.Receives = d.words("survey.receives", plan.Words("survey.receives"), 3)
	s.Guarantees = d.guarantees()
	return s
}

// guarantees are mostly met, as in life: a rule that wants six of them met would
// seldom be tried else.
func (d *drawing) guarantees() []decision.Guarantee {
	var out []decision.Guarantee
	met := []int{100, 80, 30}[d.random.IntN(3)]
	for _, name := range d.s.rules.Guarantees() {
		key := "survey.guarantees." + name
		if d.lacks(key) {
			continue
		}
		g := decision.Guarantee{Name: name, State: "Met"}
		if _, guided := d.cells(key); guided || !d.chance(met) {
			g.State = d.word(key, plan.Words("survey.guarantees")...)
		}
		out = append(out, g)
	}
	return out
}

func (d *drawing) members(persons int, today civil.Day) []decision.Member {
	var out []decision.Member
	for range d.random.IntN(persons + 1) {
		m := decision.Member{
			Relation: d.word("household.members[0].relation", "Head", "Spouse", "Child", "Parent"),
			Health:   d.word("household.members[0].health", "Healthy", "ChronicIllness", "Disabled"),
			Work:     d.word("household.members[0].work", "Employed", "Unemployed"), Schooling: d.word("household.members[0].schooling", "InSchool", "NotInSchool"),
		}
		m.BirthYear = int(d.number("household.members[0].birthYear", 1930, int64(today.Year())))
		out = append(out, m)
	}
	return out
}

func (d *drawing) marks(today civil.Day) []decision.Mark {
	var out []decision.Mark
	for range d.random.IntN(3) {
		year := int(d.number("household.marks[0].year", int64(today.Year()-4), int64(today.Year())))
		day, ok := civil.DayOf(year, 12, 31)
		if !ok || day > today {
			day = today
		}
		if d.chance(30) {
			day = civil.Day(d.number("household.marks[0].date", int64(today.AddDays(-1500)), int64(today)))
		}
		var categories []string
		for i := range d.s.plan.Categories {
			categories = append(categories, d.s.plan.Categories[i].Name)
		}
		out = append(out, decision.Mark{
			Category: d.word("household.marks[0].category", categories...),
			System:   d.word("household.marks[0].system", "NationalSystem", "Township"), Date: min(day, today),
		})
	}
	slices.SortStableFunc(out, func(a, b decision.Mark) int { return int(a.Date - b.Date) })
	return out
}

// signals are confirmed leads of the last year, the oldest first.
func (d *drawing) signals(today civil.Day) []decision.Signal {
	var out []decision.Signal
	for i := range d.random.IntN(3) {
		s := d.signal("signals[0]", today)
		s.Name = fmt.Sprintf("sig-%d", i)
		s.Verified, s.Outcome = s.Date, "Confirmed"
		s.Document, s.Consent, s.Will = true, true, true
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b decision.Signal) int { return int(a.Date - b.Date) })
	return out
}

// signal draws a lead; key is how rules call it.
func (d *drawing) signal(key string, today civil.Day) decision.Signal {
	var channels []string
	for _, c := range d.s.plan.Channels {
		channels = append(channels, c.Source)
	}
	if len(channels) == 0 {
		channels = plan.Words("signal.source")
	}
	s := decision.Signal{
		Cause:      d.word(key+".cause", plan.Words("signal.cause")...),
		Source:     d.word(key+".source", channels...),
		Department: d.word(key+".department", d.departments()...),
		Date:       civil.Day(d.number(key+".date", int64(today.AddMonths(-12))+1, int64(today))),
	}
	s.Date = min(s.Date, today)
	if !d.lacks(key + ".amount") {
		s.Amount, s.AmountSet = d.amount(key+".amount"), true
	}
	return s
}

func (d *drawing) departments() []string {
	out := []string{"health"}
	for i := range d.s.plan.Standards {
		for _, r := range d.s.plan.Standards[i].Departments {
			out = append(out, strings.Join(r.Names[:min(1, len(r.Names))], ""))
		}
	}
	return out
}
