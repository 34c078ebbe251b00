// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"fmt"
	"strings"
	"time"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Pace is how the rehearsal itself is getting on. It is measured, not read from
// the API.
type Pace struct {
	First, Last, Today civil.Day
	Phase              string // what is being done; "": the year passes
	Event              string // what happened last beside the year; "": nothing yet
	Elapsed            time.Duration
	Remaining          time.Duration // estimated; negative: not known yet
	Writes             int64
	PerSecond          int
	Hint               string // the last line of the screen
}

// Size is the terminal's, in columns and rows.
type Size struct{ Width, Height int }

// twoColumns is the width from which blocks stand beside each other.
const twoColumns = 72

// Renderer draws views.
type Renderer struct {
	Language wording.Language
	Painter  terminal.Painter
}

// Render draws the view on at most so many rows and columns.
func (r Renderer) Render(v *View, p Pace, size Size) []string {
	lines := r.header(v, p, size.Width)
	if p.Event != "" {
		lines = append(lines, line{{"▸ " + terminal.Line(p.Event), terminal.Bold}})
	}
	lines = append(lines, nil)
	lines = append(lines, r.figures(v, size.Width)...)
	lines = append(lines, r.measures(v))
	lines = append(lines, r.lists(v, size.Width)...)
	if p.Hint != "" {
		lines = append(lines[:min(len(lines), max(size.Height-1, 0))], line{{terminal.Line(p.Hint), terminal.Grey}})
	}
	lines = lines[:min(len(lines), max(size.Height, 0))]
	drawn := make([]string, len(lines))
	for i, l := range lines {
		drawn[i] = l.cut(size.Width).paint(r.Painter)
	}
	return drawn
}

func (r Renderer) say(w word, args ...any) string {
	if len(args) == 0 {
		return labels[w][in(r.Language)]
	}
	return fmt.Sprintf(labels[w][in(r.Language)], args...)
}

// name is a display name in Chinese and an object name in English.
func (r Renderer) name(name, title string) string {
	switch {
	case name == undetermined:
		return r.say(wUndetermined)
	case r.Language == wording.Chinese && title != "":
		return terminal.Line(title)
	default:
		return terminal.Line(name)
	}
}

func (r Renderer) header(v *View, p Pace, width int) []line {
	policy := r.say(wNoPolicy)
	if v.Policy != "" {
		policy = r.name(v.Policy, v.PolicyTitle)
	}
	total := int(p.Last-p.First) + 1
	day := min(max(int(p.Today-p.First)+1, 1), total)
	times := r.say(wElapsed, clock(p.Elapsed))
	if p.Remaining >= 0 {
		times += "  " + r.say(wRemaining, clock(p.Remaining))
	}
	date := fmt.Sprintf("%s %s", p.Today, weekdays[p.Today.UTC().Weekday()][in(r.Language)])
	dayText := r.say(wDay, day, total)
	bar := progress(day, total, width-terminal.Width(date)-terminal.Width(dayText)-terminal.Width(times)-8)
	return []line{
		{{"防贫 Fangpin", terminal.Bold}, plain("  " + r.name(v.Township, v.Title) + " · " + policy)},
		{{date, terminal.Bold}, plain("  " + dayText + "  "), {bar, terminal.Green}, plain("  " + times)},
		r.totals(v, p),
	}
}

func (r Renderer) totals(v *View, p Pace) line {
	writes := r.say(wWrites, thousands(p.Writes), p.PerSecond)
	if p.Phase != "" {
		return line{{p.Phase, terminal.Yellow}, plain("  " + r.say(wJudged, v.Judged, v.Families) + "  " + writes)}
	}
	unjudged := piece{text: fmt.Sprintf("%s %d", r.say(wUnjudged), v.Counts.Unjudged)}
	if v.Counts.Unjudged > 0 {
		unjudged.colour = terminal.Red
	}
	return line{
		plain(fmt.Sprintf("%d %s %d %s  %s %d  ", v.Counts.Total, r.say(wFamilies), v.Persons, r.say(wPersons), r.say(wMonitored), v.Counts.Monitored)),
		unjudged, plain("  " + writes),
	}
}

// figures are the tiers and deadlines beside the shortfalls and measures.
func (r Renderer) figures(v *View, width int) []line {
	if width < twoColumns {
		return append(append(r.tiers(v, width), r.deadlines(v)...), r.shortfalls(v)...)
	}
	column := width * 11 / 20
	one := append(append(r.tiers(v, column-3), nil), r.deadlines(v)...)
	return beside(one, r.shortfalls(v), column)
}

func (r Renderer) tiers(v *View, width int) []line {
	lines := []line{{{r.say(wTiers), terminal.Bold}}}
	var most int32 = 1
	for _, t := range v.Tiers {
		most = max(most, t.Households)
	}
	for _, t := range v.Tiers {
		label := left(r.name(t.Name, t.Title), 13) + right(fmt.Sprint(t.Households), 6) + " "
		length := int(t.Households) * max(width-terminal.Width(label), 0) / int(most)
		if length == 0 && t.Households > 0 {
			length = 1
		}
		colour := terminal.Colour(t.Colour)
		lines = append(lines, line{{label, colour}, {strings.Repeat("█", length), colour}})
	}
	return lines
}

func (r Renderer) shortfalls(v *View) []line {
	lines := []line{heading(r.say(wShortfalls), 16, r.say(wOpen), r.say(wOverdue))}
	for _, s := range v.Shortfalls {
		lines = append(lines, line{plain(left(r.name(s.Standard, s.Title), 16)), count(int(s.Open), ""), count(int(s.Overdue), terminal.Red)})
	}
	return lines
}

func (r Renderer) deadlines(v *View) []line {
	lines := []line{heading(r.say(wDeadlines), 11, r.say(wPending), r.say(wOverdue), r.say(wMet), r.say(wLate))}
	for _, d := range v.Deadlines {
		name := terminal.Line(d.Name)
		if kind, known := deadlineKinds[d.Kind]; known {
			name = kind[in(r.Language)]
		}
		lines = append(lines, line{
			plain(left(name, 11)), count(d.Pending, ""), count(d.Overdue, terminal.Red), count(d.Met, terminal.Green), count(d.Late, terminal.Orange),
		})
	}
	return lines
}

// measures are those of all plans, with the next three due days and the number
// of families each.
func (r Renderer) measures(v *View) line {
	text := fmt.Sprintf("  %s %d  %s %d", r.say(wPlanned), v.Measures.Planned, r.say(wDelivered), v.Measures.Delivered)
	l := line{{r.say(wMeasures), terminal.Bold}, plain(text)}
	if v.Measures.Overdue > 0 {
		l = append(l, piece{fmt.Sprintf("  %s %d", r.say(wOverdue), v.Measures.Overdue), terminal.Red})
	}
	l = append(l, plain("   "), piece{r.say(wDates), terminal.Bold})
	for _, d := range v.Dates[:min(len(v.Dates), 3)] {
		l = append(l, plain(fmt.Sprintf("  %s ×%d", monthDay(string(d.Day)), d.Families)))
	}
	return l
}

// lists are the villages and the last changes of tier.
func (r Renderer) lists(v *View, width int) []line {
	villages, changes := r.villages(v), r.changes(v)
	if width < twoColumns {
		return append(append(villages, nil), changes...)
	}
	return beside(villages, changes, max(width*11/20, villages[0].width()+2))
}

// villages is a table as narrow as its names allow.
func (r Renderer) villages(v *View) []line {
	width := terminal.Width(r.say(wVillages))
	for _, row := range v.Villages {
		width = max(width, terminal.Width(r.name(row.Name, row.Title)))
	}
	head := line{{left(r.say(wVillages), width) + right(r.say(wHouseholds), 6), terminal.Bold}}
	for _, t := range v.Tiers {
		head = append(head, piece{" " + right(fit(r.name(t.Name, t.Title), 5), 5), terminal.Colour(t.Colour)})
	}
	head = append(head, piece{right(r.say(wOverdue), 8), terminal.Bold})
	lines := []line{head}
	for _, row := range v.Villages {
		l := line{plain(left(r.name(row.Name, row.Title), width) + right(fmt.Sprint(row.Households), 6))}
		for i, n := range row.Tiers {
			l = append(l, piece{right(fmt.Sprint(n), 6), terminal.Colour(v.Tiers[i].Colour)})
		}
		overdue := piece{text: right(fmt.Sprint(row.Overdue), 8)}
		if row.Overdue > 0 {
			overdue.colour = terminal.Red
		}
		lines = append(lines, append(l, overdue))
	}
	return lines
}

func (r Renderer) changes(v *View) []line {
	lines := []line{{{r.say(wChanges), terminal.Bold}}}
	for _, c := range v.Changes {
		from := r.say(wNone)
		if c.From != "" {
			from = r.name(c.From, c.FromTitle)
		}
		to, colour := r.tierOf(v, c.To)
		lines = append(lines, line{plain(monthDay(string(c.Day)) + " " + c.Household + " " + from + "→"), {to, colour}})
	}
	return lines
}

// tierOf returns how a tier is called and its colour.
func (r Renderer) tierOf(v *View, name string) (string, terminal.Colour) {
	if name == "" {
		return r.say(wNone), ""
	}
	if i := v.tier(name); i >= 0 {
		return r.name(name, v.Tiers[i].Title), terminal.Colour(v.Tiers[i].Colour)
	}
	return r.name(name, ""), ""
}

// numberWidth is the width of a column of counts.
const numberWidth = 8

func heading(title string, width int, columns ...string) line {
	text := left(title, width)
	for _, c := range columns {
		text += right(c, numberWidth)
	}
	return line{{text, terminal.Bold}}
}

// count shows a number, in its colour unless it is none.
func count(n int, colour terminal.Colour) piece {
	if n == 0 {
		colour = ""
	}
	return piece{right(fmt.Sprint(n), numberWidth), colour}
}

// progress is a bar of so many columns.
func progress(done, total, width int) string {
	if width < 4 {
		return ""
	}
	full := width * done / max(total, 1)
	return strings.Repeat("█", full) + strings.Repeat("░", width-full)
}

// clock writes a duration as minutes and seconds.
func clock(d time.Duration) string {
	seconds := int(d / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// thousands groups a number's digits by commas.
func thousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// monthDay leaves out the year of a date.
func monthDay(date string) string {
	if len(date) == len("2020-06-30") {
		return date[5:]
	}
	return date
}
