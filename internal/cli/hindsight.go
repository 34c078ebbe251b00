// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"
	"strings"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// The forms of what was entered late for programs.
type (
	// enteredView is a fact or a plan.
	enteredView struct {
		Event    string `json:"event"`
		Name     string `json:"name,omitempty"`
		Date     string `json:"date"`
		Entered  string `json:"entered"`
		DaysLate int    `json:"daysLate"`
		By       string `json:"by,omitempty"`
		Message  string `json:"message"`
	}
	answerView struct {
		Is   string `json:"is,omitempty"` // absent: nothing
		Next string `json:"next,omitempty"`
		Due  string `json:"due,omitempty"`
	}
	revisionView struct {
		From      string        `json:"from"`
		Until     string        `json:"until"`
		About     string        `json:"about"`
		Name      string        `json:"name,omitempty"`
		Then      answerView    `json:"then"`
		Now       answerView    `json:"now"`
		KnownFrom string        `json:"knownFrom"`
		Because   []enteredView `json:"because"`
		Message   string        `json:"message"`
	}
)

func (g *glossary) enteredViews(events []chronicle.Event) []enteredView {
	out := make([]enteredView, len(events))
	for i := range events {
		e := &events[i]
		out[i] = enteredView{
			Event: string(e.Kind), Name: e.Name, Date: e.Date.String(), Entered: e.Known().String(),
			DaysLate: e.DaysLate(), By: e.By, Message: g.enteredFact(e),
		}
		if !e.Entered.IsZero() {
			out[i].Entered = e.Entered.String()
		}
	}
	return out
}

func (g *glossary) revisionViews(revised []chronicle.Revision) []revisionView {
	out := make([]revisionView, len(revised))
	for i := range revised {
		r := &revised[i]
		out[i] = revisionView{
			From: r.From.String(), Until: r.Until.String(), About: string(r.About), Name: r.Name,
			Then:      answerView{r.Then.Word, r.Then.Next, r.Then.Due.String()},
			Now:       answerView{r.Now.Word, r.Now.Next, r.Now.Due.String()},
			KnownFrom: r.KnownFrom.String(), Because: g.enteredViews(r.Because),
			Message: g.lang.Say(wording.RevisedMessage, r.From, r.Until, g.topic(r.Topic),
				g.answer(r.About, r.Then), g.answer(r.About, r.Now), g.because(r.Because)),
		}
	}
	return out
}

// days says a number of days.
func (g *glossary) days(n int) string {
	if n == 1 {
		return g.lang.Say(wording.OneDay)
	}
	return g.lang.Say(wording.SomeDays, n)
}

// late says that an event was entered late, or could be concluded only later;
// "" of one that was in time.
func (g *glossary) late(e *chronicle.Event) string {
	switch {
	case e.DaysLate() == 0:
		return ""
	case e.Entered > e.Date:
		return " " + g.lang.Say(wording.EnteredLate, e.Entered, g.days(int(e.Entered-e.Date)))
	}
	return " " + g.lang.Say(wording.ConcludedLate, e.KnownFrom, g.days(e.DaysLate()))
}

// factKinds say kinds of facts where they are counted.
var factKinds = map[chronicle.Kind]wording.Key{
	chronicle.Marked: wording.KindMarks, chronicle.Surveyed: wording.KindSurveys,
	chronicle.SignalReceived: wording.KindLeads, chronicle.SignalVerified: wording.KindVerifications,
	chronicle.ReviewOpened: wording.KindReviews, chronicle.StepRecorded: wording.KindRecords,
	chronicle.MeasurePlanned: wording.KindMeasures, chronicle.MeasureReceived: wording.KindDeliveries,
	chronicle.MeasureDropped: wording.KindCancellations, chronicle.PolicyEntered: wording.KindPlans,
	chronicle.ReportSubmitted: wording.KindSubmissions, chronicle.DutyRecorded: wording.KindDutyRecords,
}

var factNames = map[chronicle.Kind]wording.Key{
	chronicle.Marked: wording.FactMark, chronicle.Surveyed: wording.FactSurvey,
	chronicle.SignalReceived: wording.FactLead, chronicle.SignalVerified: wording.FactVerification,
	chronicle.ReviewOpened: wording.FactReview, chronicle.StepRecorded: wording.FactRecord,
	chronicle.MeasurePlanned: wording.FactMeasure, chronicle.MeasureReceived: wording.FactDelivery,
	chronicle.MeasureDropped: wording.FactCancellation, chronicle.PolicyEntered: wording.FactPlan,
	chronicle.ReportSubmitted: wording.FactSubmission, chronicle.DutyRecorded: wording.FactDutyRecord,
}

// fact says which fact it is, and nothing of what it found.
func (g *glossary) fact(e *chronicle.Event) string {
	key, known := factNames[e.Kind]
	switch {
	case !known:
		return string(e.Kind)
	case e.Kind == chronicle.Surveyed:
		return g.lang.Say(key)
	}
	return g.lang.Say(key, e.Name)
}

// enteredFact says a fact with its date and the day on which it was entered.
func (g *glossary) enteredFact(e *chronicle.Event) string {
	said := g.lang.Say(wording.FactOfDay, g.fact(e), e.Date)
	if e.Entered.IsZero() {
		return said
	}
	said = g.lang.Say(wording.FactEnteredLate, said, e.Entered)
	if late := e.DaysLate(); late > 0 {
		said = g.lang.Say(wording.FactEnteredThen, said, g.days(late))
	}
	return said
}

func (g *glossary) because(events []chronicle.Event) string {
	said := make([]string, len(events))
	for i := range events {
		said[i] = g.enteredFact(&events[i])
	}
	return strings.Join(said, g.lang.Say(wording.FactSeparator))
}

// topic says what a conclusion is about.
func (g *glossary) topic(t chronicle.Topic) string {
	say := g.lang.Say
	switch t.About {
	case chronicle.AboutPolicy:
		return say(wording.AboutPlan)
	case chronicle.AboutStage:
		return say(wording.AboutStage)
	case chronicle.AboutCategory:
		return say(wording.AboutCategory)
	case chronicle.AboutTier:
		return say(wording.AboutTier)
	case chronicle.AboutShortfall:
		return say(wording.AboutShortfall, g.word(standardWord, t.Name))
	case chronicle.AboutDeadline:
		return say(wording.AboutDeadline, g.deadline(t.Name))
	case chronicle.AboutSignal:
		return say(wording.AboutLead, t.Name)
	case chronicle.AboutReview:
		return say(wording.AboutReview, t.Name)
	case chronicle.AboutElimination:
		return say(wording.AboutElimination)
	}
	return string(t.About)
}

// answer says what was concluded.
func (g *glossary) answer(about chronicle.About, a chronicle.Answer) string {
	sort := map[chronicle.About]string{
		chronicle.AboutPolicy: policyWord, chronicle.AboutCategory: categoryWord, chronicle.AboutTier: tierWord,
	}[about]
	said := g.word(sort, a.Word)
	if a.Next != "" {
		said = g.lang.Say(wording.AnswerNext, said, a.Next)
	}
	if !a.Due.IsZero() {
		said = g.lang.Say(wording.AnswerDue, said, a.Due)
	}
	return said
}

// printRevised writes what was concluded otherwise by what was known then.
func (p *page) printRevised(g *glossary, revised []chronicle.Revision) {
	if len(revised) == 0 {
		return
	}
	p.heading(wording.RevisedTitle)
	rows := make([][]terminal.Cell, len(revised))
	for i := range revised {
		r := &revised[i]
		rows[i] = terminal.Text(r.From.String(), r.Until.String(), g.topic(r.Topic),
			g.answer(r.About, r.Then), g.answer(r.About, r.Now), g.because(r.Because))
	}
	p.table([]wording.Key{
		wording.RevisedColumnFromDay, wording.RevisedColumnUntilDay, wording.ColumnWhat, wording.RevisedColumnKnownThen,
		wording.RevisedColumnKnownNow, wording.RevisedColumnBecause,
	}, rows)
}

// printLeftOut says what was left out and how to see what is known today.
func (f *oneFamily) printLeftOut(p *page, g *glossary) {
	if f.knownAt.IsZero() {
		return
	}
	if len(f.left) == 0 {
		p.line(1, p.lang.Say(wording.LeftOutNone))
	} else {
		p.hanging(1, p.lang.Say(wording.LeftOutSome, tallyFacts(f.left).say(g, false)))
	}
	for i := range f.left {
		p.line(2, p.lang.Say(wording.LeftOutFact, g.enteredFact(&f.left[i])))
	}
	p.line(1, p.lang.Say(wording.CompareToday))
	p.line(2, f.command("explain")) // a command is not broken into lines
	p.line(1, p.lang.Say(wording.CompareLate))
	p.line(2, f.command("timeline"))
}

// command is a call about the family as it is known today.
func (f *oneFamily) command(name string) string {
	words := []string{"kubectl fangpin", name, "hh/" + f.papers.Household.Name, "--as-of", f.day.String()}
	if len(f.paths) == 0 {
		words = append(words, "-n", f.papers.Household.Namespace)
	}
	for _, path := range f.paths {
		words = append(words, "-f", quoted(path))
	}
	return strings.Join(words, " ")
}

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool { return strings.ContainsRune(" \t\"'\\$&;|<>()*?[]`!#~", r) }) {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// tallied counts facts of a kind, with the days between which they lie.
type tallied struct {
	kind        chronicle.Kind
	count       int
	first, last civil.Day // of their dates
	early, late civil.Day // of their entry
}

type factTallies []tallied

func tallyFacts(events []chronicle.Event) factTallies {
	var t factTallies
	for i := range events {
		t.add(&events[i])
	}
	return t
}

func (t *factTallies) add(e *chronicle.Event) {
	i := slices.IndexFunc(*t, func(o tallied) bool { return o.kind == e.Kind })
	if i < 0 {
		i = len(*t)
		*t = append(*t, tallied{e.Kind, 0, e.Date, e.Date, e.Known(), e.Known()})
	}
	o := &(*t)[i]
	o.count++
	o.first, o.last = min(o.first, e.Date), max(o.last, e.Date)
	o.early, o.late = min(o.early, e.Known()), max(o.late, e.Known())
}

// say says how many of each kind there are, in the order of a day, and between
// which days.
func (t factTallies) say(g *glossary, dates bool) string {
	sorted := slices.Clone(t)
	kinds := chronicle.Kinds()
	slices.SortFunc(sorted, func(a, b tallied) int { return slices.Index(kinds, a.kind) - slices.Index(kinds, b.kind) })
	said := make([]string, len(sorted))
	for i, o := range sorted {
		said[i] = g.lang.Say(wording.LeftOutKind, factKinds[o.kind], o.count)
		if dates {
			said[i] = g.lang.Say(wording.LeftOutBetween, said[i], g.fromTo(o.first, o.last), g.fromTo(o.early, o.late))
		}
	}
	return strings.Join(said, g.lang.Say(wording.FactSeparator))
}

// fromTo says a time, or the one day that it is.
func (g *glossary) fromTo(from, to civil.Day) string {
	if from == to {
		return from.String()
	}
	return g.lang.Say(wording.FromTo, from, to)
}

// leaveOut counts what --known-at leaves out of an object.
func (t *factTallies) leaveOut(object any, j *judging) {
	if j.knownAt.IsZero() {
		return
	}
	for _, e := range chronicle.NotKnown(object, j.knownAt, j.day()) {
		t.add(&e)
	}
}

// noteLeftOut says beside the output by what was known when it was judged, what
// was left out, and how to compare.
func (e *evaluation) noteLeftOut() {
	if e.knownAt.IsZero() {
		return
	}
	e.note(wording.EvaluatedKnowing, e.day(), e.knownAt)
	if len(e.left) == 0 {
		e.note(wording.LeftOutNone)
	} else {
		e.note(wording.LeftOutSome, e.left.say(newGlossary(e.lang, nil), true))
	}
	e.note(wording.CompareEvaluation)
}
