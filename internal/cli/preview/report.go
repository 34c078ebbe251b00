// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// Report is what a change would do. It holds no personal data; Moved, the names
// of families, is there only if it was asked for.
type Report struct {
	Changes []PolicyChange `json:"changes"`
	// Families is how many were looked at, Reached those of them whose plans differ,
	// Orphans the papers whose household is not there.
	Families int   `json:"families"`
	Reached  int   `json:"reached"`
	Orphans  int   `json:"orphans,omitempty"`
	Days     []Day `json:"days"`
	// Unseen are namespaces whose families could not be read for want of a right.
	Unseen []string `json:"unseen,omitempty"`
	// OutOfReach is how many townships were not read, since no plan of theirs differs.
	OutOfReach int           `json:"outOfReach,omitempty"`
	Budget     *Verdict      `json:"budget,omitempty"`
	Moved      []MovedFamily `json:"moved,omitempty"`
}

// Day is what the change would do on one day.
type Day struct {
	Date string `json:"date"`
	Sums
	Duties        []DutyChange `json:"duties,omitempty"`
	Jurisdictions []Place      `json:"jurisdictions"`
}

// Place is the families of one jurisdiction. Each family is in one place only.
type Place struct {
	Name        string `json:"name,omitempty"` // "": families that stand nowhere in the tree
	DisplayName string `json:"displayName,omitempty"`
	Level       string `json:"level,omitempty"`
	Sums
}

// Sums are the figures of some families, and the tables that they come from.
type Sums struct {
	Figures
	Tiers      []Transition     `json:"tiers"`
	Categories []Transition     `json:"categories"`
	Stages     []Transition     `json:"stages"`
	Causes     []Cause          `json:"causes,omitempty"`
	Standards  []StandardChange `json:"standards,omitempty"`
	Deadlines  []DeadlineChange `json:"deadlines,omitempty"`
	Measures   []MeasureChange  `json:"measures,omitempty"`
}

// Transition counts families by what they are and would be, those that stay too.
type Transition struct {
	From       Standing `json:"from"`
	To         Standing `json:"to"`
	Households int      `json:"households"`
	Persons    int      `json:"persons"`
}

// Stays reports that nothing moves.
func (t Transition) Stays() bool {
	return t.From == t.To || t.From.Unjudged != "" && t.To.Unjudged != ""
}

// Cause counts the families that move in one way by the same rules. Rules are
// those by which a family has its old and its new tier; a category is a rule by
// itself, and a stage follows from it. Because names what in the policies differs.
type Cause struct {
	What       string   `json:"what"` // Tier, Category or Stage
	From       Standing `json:"from"`
	To         Standing `json:"to"`
	OldPolicy  string   `json:"oldPolicy,omitempty"`
	NewPolicy  string   `json:"newPolicy,omitempty"`
	OldRules   []string `json:"oldRules,omitempty"`
	NewRules   []string `json:"newRules,omitempty"`
	Because    []Reason `json:"because,omitempty"`
	Households int      `json:"households"`
	Persons    int      `json:"persons"`
}

// StandardChange counts the shortfalls of a standard.
type StandardChange struct {
	Standard      string `json:"standard"`
	Before        int    `json:"before"`
	After         int    `json:"after"`
	Opened        int    `json:"opened"`
	Closed        int    `json:"closed"`
	OverdueAtOnce int    `json:"overdueAtOnce"`
}

// DeadlineChange counts the running deadlines of one kind and name. The names of
// leads, reviews and measures are left out.
type DeadlineChange struct {
	Kind            string `json:"kind"`
	Name            string `json:"name,omitempty"`
	Before          int    `json:"before"`
	After           int    `json:"after"`
	Appear          int    `json:"appear"`
	Vanish          int    `json:"vanish"`
	Earlier         int    `json:"earlier"`
	Later           int    `json:"later"`
	OverdueAtOnce   int    `json:"overdueAtOnce"`
	NoLongerOverdue int    `json:"noLongerOverdue"`
}

// MeasureChange counts proposed measures of a kind: an estimate of what help the
// change asks for.
type MeasureChange struct {
	Kind       string `json:"kind"`
	Department string `json:"department,omitempty"`
	Before     int    `json:"before"`
	After      int    `json:"after"`
	Added      int    `json:"added"`
	Withdrawn  int    `json:"withdrawn"`
}

// MovedFamily names a family that moves, by its object alone.
type MovedFamily struct {
	Namespace   string   `json:"namespace"`
	Name        string   `json:"name"`
	Date        string   `json:"date"`
	OldTier     Standing `json:"oldTier"`
	NewTier     Standing `json:"newTier"`
	OldCategory Standing `json:"oldCategory"`
	NewCategory Standing `json:"newCategory"`
	OldStage    Standing `json:"oldStage"`
	NewStage    Standing `json:"newStage"`
	Rules       []string `json:"rules,omitempty"` // of the new tier
}

// Tally gathers comparisons by day and place. It keeps sums only.
type Tally struct {
	worlds  Worlds
	days    []civil.Day
	level   v1alpha1.JurisdictionLevel
	places  []map[string]*Sum // by day
	nearest map[string]string
	// Families and Reached are as in Report.
	Families, Reached int
}

// NewTally returns an empty tally that groups families by jurisdictions of a
// level. A family that stands above that level is grouped where it stands.
func NewTally(worlds Worlds, days []civil.Day, level v1alpha1.JurisdictionLevel) *Tally {
	t := &Tally{worlds: worlds, days: days, level: level, nearest: map[string]string{}}
	for range days {
		t.places = append(t.places, map[string]*Sum{})
	}
	return t
}

// Add adds one family's comparisons, one for each of the days.
func (t *Tally) Add(compared []Comparison, reached bool) {
	t.Families++
	t.Reached += number(reached)
	for i := range compared {
		name := t.group(compared[i].Place)
		sum := t.places[i][name]
		if sum == nil {
			sum = &Sum{}
			t.places[i][name] = sum
		}
		sum.Add(&compared[i])
	}
}

// group is the jurisdiction of the level at which or below which a place lies.
func (t *Tally) group(place string) string {
	if name, known := t.nearest[place]; known {
		return name
	}
	w := t.worlds.New
	if node, _ := w.Node(place); node == nil {
		w = t.worlds.Old
	}
	found := place
	seen := map[string]bool{}
	for up := place; up != "" && !seen[up]; up = w.Parent(up) {
		seen[up] = true
		if node, _ := w.Node(up); node != nil && node.Spec.Level == t.level {
			found = up
			break
		}
	}
	t.nearest[place] = found
	return found
}

// Moved is how many families move on the i-th day.
func (t *Tally) Moved(i int) int {
	moved := 0
	for _, sum := range t.places[i] {
		moved += sum.figures.Moved
	}
	return moved
}

// Days writes the sums down. Duties are those of each day.
func (t *Tally) Days(duties func(civil.Day) []DutyChange) []Day {
	days := make([]Day, len(t.days))
	for i, day := range t.days {
		d := &days[i]
		d.Date = day.String()
		var total Sum
		d.Jurisdictions = []Place{}
		for _, name := range slices.Sorted(maps.Keys(t.places[i])) {
			sum := t.places[i][name]
			total.join(sum)
			p := Place{Name: name, Sums: t.write(sum)}
			node, _ := t.worlds.New.Node(name)
			if node == nil {
				node, _ = t.worlds.Old.Node(name)
			}
			if node != nil {
				p.DisplayName, p.Level = string(node.Spec.DisplayName), string(node.Spec.Level)
			}
			d.Jurisdictions = append(d.Jurisdictions, p)
		}
		d.Sums = t.write(&total)
		d.Duties = duties(day)
	}
	return days
}

// join adds another sum.
func (s *Sum) join(o *Sum) {
	s.figures.add(&o.figures)
	everything := transitionKey{Standing{Name: Other}, Standing{Name: Other}}
	joinCounts(&s.tiers, o.tiers, everything)
	joinCounts(&s.categories, o.categories, everything)
	joinCounts(&s.stages, o.stages, everything)
	for key, n := range o.causes {
		addCount(&s.causes, key, causeKey{what: key.what, from: everything.from, to: everything.to}, n)
	}
	for key, n := range o.standards {
		e := entryOf(&s.standards, key, Other)
		e = standardCount{e.before + n.before, e.after + n.after, e.opened + n.opened, e.closed + n.closed, e.overdueAtOnce + n.overdueAtOnce}
		store(&s.standards, key, Other, e)
	}
	for key, n := range o.deadlines {
		rest := deadlineKey{name: Other}
		e := entryOf(&s.deadlines, key, rest)
		e = deadlineCount{e.before + n.before, e.after + n.after, e.appear + n.appear, e.vanish + n.vanish,
			e.earlier + n.earlier, e.later + n.later, e.overdueAtOnce + n.overdueAtOnce, e.noLongerOverdue + n.noLongerOverdue}
		store(&s.deadlines, key, rest, e)
	}
	for key, n := range o.measures {
		rest := measureKey{kind: Other}
		e := entryOf(&s.measures, key, rest)
		e = measureCount{e.before + n.before, e.after + n.after, e.added + n.added, e.withdrawn + n.withdrawn}
		store(&s.measures, key, rest, e)
	}
}

func joinCounts[K comparable](into *map[K]count, from map[K]count, rest K) {
	for key, n := range from {
		addCount(into, key, rest, n)
	}
}

func (f *Figures) add(o *Figures) {
	for _, pair := range [][2]*int{
		{&f.Households, &o.Households}, {&f.Persons, &o.Persons},
		{&f.Moved, &o.Moved}, {&f.MovedPersons, &o.MovedPersons}, {&f.Unmoved, &o.Unmoved},
		{&f.Tier, &o.Tier}, {&f.Category, &o.Category}, {&f.Stage, &o.Stage},
		{&f.BecomesUnjudged, &o.BecomesUnjudged}, {&f.BecomesJudged, &o.BecomesJudged},
		{&f.UnjudgedBefore, &o.UnjudgedBefore}, {&f.Unjudged, &o.Unjudged},
		{&f.ShortfallsOpened, &o.ShortfallsOpened}, {&f.ShortfallsClosed, &o.ShortfallsClosed},
		{&f.DeadlinesAppear, &o.DeadlinesAppear}, {&f.DeadlinesVanish, &o.DeadlinesVanish},
		{&f.DeadlinesEarlier, &o.DeadlinesEarlier}, {&f.DeadlinesLater, &o.DeadlinesLater},
		{&f.OverdueAtOnce, &o.OverdueAtOnce}, {&f.NoLongerOverdue, &o.NoLongerOverdue}, {&f.FamiliesOverdue, &o.FamiliesOverdue},
		{&f.MeasuresAdded, &o.MeasuresAdded}, {&f.MeasuresWithdrawn, &o.MeasuresWithdrawn},
	} {
		*pair[0] += *pair[1]
	}
}

// write turns a sum into sorted tables.
func (t *Tally) write(s *Sum) Sums {
	out := Sums{Figures: s.figures, Tiers: transitions(s.tiers), Categories: transitions(s.categories), Stages: transitions(s.stages)}
	for key, n := range s.causes {
		out.Causes = append(out.Causes, t.cause(key, n))
	}
	slices.SortFunc(out.Causes, compareCauses)
	for name, n := range s.standards {
		out.Standards = append(out.Standards, StandardChange{name, n.before, n.after, n.opened, n.closed, n.overdueAtOnce})
	}
	slices.SortFunc(out.Standards, func(a, b StandardChange) int { return cmp.Compare(a.Standard, b.Standard) })
	for key, n := range s.deadlines {
		out.Deadlines = append(out.Deadlines, DeadlineChange{key.kind, key.name, n.before, n.after, n.appear, n.vanish, n.earlier, n.later, n.overdueAtOnce, n.noLongerOverdue})
	}
	slices.SortFunc(out.Deadlines, func(a, b DeadlineChange) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	for key, n := range s.measures {
		out.Measures = append(out.Measures, MeasureChange{key.kind, key.department, n.before, n.after, n.added, n.withdrawn})
	}
	slices.SortFunc(out.Measures, func(a, b MeasureChange) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Department, b.Department))
	})
	return out
}

func transitions(counts map[transitionKey]count) []Transition {
	out := make([]Transition, 0, len(counts))
	for key, n := range counts {
		out = append(out, Transition{key.from, key.to, n.households, n.persons})
	}
	slices.SortFunc(out, func(a, b Transition) int {
		return cmp.Or(compareStandings(a.From, b.From), compareStandings(a.To, b.To))
	})
	return out
}

func compareStandings(a, b Standing) int {
	return cmp.Or(cmp.Compare(a.Unjudged, b.Unjudged), cmp.Compare(a.Name, b.Name))
}

// compareCauses puts tiers before categories before stages, and the most
// families first.
func compareCauses(a, b Cause) int {
	order := []string{MovesTier, MovesCategory, MovesStage}
	return cmp.Or(
		cmp.Compare(slices.Index(order, a.What), slices.Index(order, b.What)),
		cmp.Compare(b.Households, a.Households),
		compareStandings(a.From, b.From), compareStandings(a.To, b.To),
		cmp.Compare(a.OldPolicy, b.OldPolicy), cmp.Compare(a.NewPolicy, b.NewPolicy),
		slices.Compare(a.OldRules, b.OldRules), slices.Compare(a.NewRules, b.NewRules),
	)
}

func (t *Tally) cause(key causeKey, n count) Cause {
	c := Cause{
		What: key.what, From: key.from, To: key.to, OldPolicy: key.oldPolicy, NewPolicy: key.newPolicy,
		OldRules: list(key.oldRules), NewRules: list(key.newRules), Households: n.households, Persons: n.persons,
	}
	old, changed := policyOf(t.worlds.Old, key.oldPolicy), policyOf(t.worlds.New, key.newPolicy)
	part := PartCategory
	if key.what == MovesTier {
		part = PartRule
	}
	note := func(standing Standing, rules []string) {
		for _, rule := range rules {
			if part == PartRule {
				rule = standing.Name + "/" + rule
			}
			for _, r := range because(old, changed, part, rule) {
				if !slices.Contains(c.Because, r) {
					c.Because = append(c.Because, r)
				}
			}
		}
	}
	note(key.to, c.NewRules)
	note(key.from, c.OldRules)
	return c
}

func list(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, ruleSeparator)
}

func policyOf(w *translate.World, name string) *v1alpha1.MonitoringPolicy {
	if c := w.Policy(name); c != nil {
		return c.Policy
	}
	return nil
}

// Name names a family that moves.
func Name(p translate.Papers, day civil.Day, c *Comparison) MovedFamily {
	return MovedFamily{
		Namespace: p.Household.Namespace, Name: p.Household.Name, Date: day.String(),
		OldTier: c.Old.Tier(), NewTier: c.New.Tier(), OldCategory: c.Old.Category(), NewCategory: c.New.Category(),
		OldStage: c.Old.Stage(), NewStage: c.New.Stage(), Rules: list(c.New.rules()),
	}
}
