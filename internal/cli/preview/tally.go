// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
)

// mostKeys bounds each table of a sum. Policies are bounded too, so that only a
// hostile one comes near it; what is beyond is counted as Other.
const mostKeys = 1000

// Figures are the numbers that every sum has, families unless a name says
// otherwise.
type Figures struct {
	Households int `json:"households"`
	Persons    int `json:"persons"`
	// Moved have another tier, category or stage, or are judged in one world only;
	// all others are Unmoved.
	Moved        int `json:"moved"`
	MovedPersons int `json:"movedPersons"`
	Unmoved      int `json:"unmoved"`

	Tier            int `json:"tier"`     // moved by tier
	Category        int `json:"category"` // moved by category
	Stage           int `json:"stage"`    // moved by stage
	BecomesUnjudged int `json:"becomesUnjudged"`
	BecomesJudged   int `json:"becomesJudged"`
	UnjudgedBefore  int `json:"unjudgedBefore"`
	Unjudged        int `json:"unjudged"`

	ShortfallsOpened int `json:"shortfallsOpened"` // shortfalls
	ShortfallsClosed int `json:"shortfallsClosed"`

	DeadlinesAppear   int `json:"deadlinesAppear"` // deadlines
	DeadlinesVanish   int `json:"deadlinesVanish"`
	DeadlinesEarlier  int `json:"deadlinesEarlier"`
	DeadlinesLater    int `json:"deadlinesLater"`
	OverdueAtOnce     int `json:"overdueAtOnce"`
	NoLongerOverdue   int `json:"noLongerOverdue"`
	FamiliesOverdue   int `json:"familiesOverdueAtOnce"` // with at least one of OverdueAtOnce
	MeasuresAdded     int `json:"measuresAdded"`         // proposed measures
	MeasuresWithdrawn int `json:"measuresWithdrawn"`
}

// causeKey groups families that move in one way by the same rules.
type causeKey struct {
	what                 string
	from, to             Standing
	oldPolicy, newPolicy string
	oldRules, newRules   string
}

type transitionKey struct{ from, to Standing }

type count struct{ households, persons int }

type deadlineKey struct{ kind, name string }

type deadlineCount struct {
	before, after, appear, vanish, earlier, later, overdueAtOnce, noLongerOverdue int
}

type standardCount struct{ before, after, opened, closed, overdueAtOnce int }

type measureKey struct{ kind, department string }

type measureCount struct{ before, after, added, withdrawn int }

// Sum adds comparisons of one day up. The zero value is an empty sum.
type Sum struct {
	figures    Figures
	tiers      map[transitionKey]count
	categories map[transitionKey]count
	stages     map[transitionKey]count
	causes     map[causeKey]count
	standards  map[string]standardCount
	deadlines  map[deadlineKey]deadlineCount
	measures   map[measureKey]measureCount
}

// What moves, as causes name it.
const (
	MovesTier     = "Tier"
	MovesCategory = "Category"
	MovesStage    = "Stage"
)

// Other takes what no longer finds room in a table.
const Other = "…"

// Add adds a family.
func (s *Sum) Add(c *Comparison) {
	moves := c.Moves()
	one := count{1, c.Persons}
	f := &s.figures
	f.Households++
	f.Persons += c.Persons
	if moves.Any() {
		f.Moved++
		f.MovedPersons += c.Persons
	} else {
		f.Unmoved++
	}
	f.Tier += number(moves.Tier)
	f.Category += number(moves.Category)
	f.Stage += number(moves.Stage)
	f.BecomesUnjudged += number(moves.BecomesUnjudged)
	f.BecomesJudged += number(moves.BecomesJudged)
	f.UnjudgedBefore += number(c.Old.Status == nil)
	f.Unjudged += number(c.New.Status == nil)
	s.addTransitions(c, moves, one)
	s.addShortfalls(c)
	s.addDeadlines(c)
	s.addMeasures(c)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *Sum) addTransitions(c *Comparison, moves Moves, one count) {
	for _, t := range []struct {
		what     string
		moves    bool
		from, to Standing
		counts   *map[transitionKey]count
	}{
		{MovesTier, moves.Tier, c.Old.Tier(), c.New.Tier(), &s.tiers},
		{MovesCategory, moves.Category, c.Old.Category(), c.New.Category(), &s.categories},
		{MovesStage, moves.Stage, c.Old.Stage(), c.New.Stage(), &s.stages},
	} {
		addCount(t.counts, transitionKey{t.from, t.to}, transitionKey{Standing{Name: Other}, Standing{Name: Other}}, one)
		if !t.moves {
			continue
		}
		key := causeKey{what: t.what, from: t.from, to: t.to, oldPolicy: c.Old.policy(), newPolicy: c.New.policy()}
		key.oldRules, key.newRules = c.Old.rules(), c.New.rules()
		if t.what != MovesTier { // a category is a rule itself, and a stage follows from it
			key.oldRules, key.newRules = c.Old.Category().Name, c.New.Category().Name
		}
		addCount(&s.causes, key, causeKey{what: t.what, from: Standing{Name: Other}, to: Standing{Name: Other}}, one)
	}
}

// addCount counts under a key, or under the one for all others once the table is
// full.
func addCount[K comparable](counts *map[K]count, key, rest K, by count) {
	entry := entryOf(counts, key, rest)
	entry.households += by.households
	entry.persons += by.persons
	store(counts, key, rest, entry)
}

func entryOf[K comparable, V any](table *map[K]V, key, rest K) V {
	if *table == nil {
		*table = map[K]V{}
	}
	return (*table)[place(*table, key, rest)]
}

func store[K comparable, V any](table *map[K]V, key, rest K, value V) {
	(*table)[place(*table, key, rest)] = value
}

func place[K comparable, V any](table map[K]V, key, rest K) K {
	if _, known := table[key]; known || len(table) < mostKeys {
		return key
	}
	return rest
}

func (s *Sum) addShortfalls(c *Comparison) {
	before, after := shortfalls(c.Old), shortfalls(c.New)
	for i := range before {
		name := string(before[i].Standard)
		entry := entryOf(&s.standards, name, Other)
		entry.before++
		if find(after, name) == nil {
			entry.closed++
			s.figures.ShortfallsClosed++
		}
		store(&s.standards, name, Other, entry)
	}
	for i := range after {
		name := string(after[i].Standard)
		entry := entryOf(&s.standards, name, Other)
		entry.after++
		was := find(before, name)
		if was == nil {
			entry.opened++
			s.figures.ShortfallsOpened++
		}
		if after[i].State == v1alpha1.ShortfallOverdue && (was == nil || was.State != v1alpha1.ShortfallOverdue) {
			entry.overdueAtOnce++
		}
		store(&s.standards, name, Other, entry)
	}
}

func shortfalls(c Conclusion) []v1alpha1.Shortfall {
	if c.Status == nil {
		return nil
	}
	return c.Status.Shortfalls
}

func find(list []v1alpha1.Shortfall, standard string) *v1alpha1.Shortfall {
	for i := range list {
		if string(list[i].Standard) == standard {
			return &list[i]
		}
	}
	return nil
}

// addDeadlines compares the deadlines that run: pending and overdue ones. One
// that is met by now is no longer of this world.
func (s *Sum) addDeadlines(c *Comparison) {
	before, after := running(c.Old), running(c.New)
	overdue := false
	for _, d := range before {
		key := keyOf(d)
		entry := entryOf(&s.deadlines, key, deadlineKey{name: Other})
		entry.before++
		now := same(after, d)
		if now == nil {
			entry.vanish++
			s.figures.DeadlinesVanish++
		}
		if d.State == v1alpha1.DeadlineOverdue && (now == nil || now.State != v1alpha1.DeadlineOverdue) {
			entry.noLongerOverdue++
			s.figures.NoLongerOverdue++
		}
		store(&s.deadlines, key, deadlineKey{name: Other}, entry)
	}
	for _, d := range after {
		key := keyOf(d)
		entry := entryOf(&s.deadlines, key, deadlineKey{name: Other})
		entry.after++
		was := same(before, d)
		switch {
		case was == nil:
			entry.appear++
			s.figures.DeadlinesAppear++
		case d.Due < was.Due:
			entry.earlier++
			s.figures.DeadlinesEarlier++
		case d.Due > was.Due:
			entry.later++
			s.figures.DeadlinesLater++
		}
		if d.State == v1alpha1.DeadlineOverdue && (was == nil || was.State != v1alpha1.DeadlineOverdue) {
			entry.overdueAtOnce++
			s.figures.OverdueAtOnce++
			overdue = true
		}
		store(&s.deadlines, key, deadlineKey{name: Other}, entry)
	}
	s.figures.FamiliesOverdue += number(overdue)
}

func running(c Conclusion) []*v1alpha1.Deadline {
	if c.Status == nil {
		return nil
	}
	var list []*v1alpha1.Deadline
	for i := range c.Status.Deadlines {
		if d := &c.Status.Deadlines[i]; d.State == v1alpha1.DeadlinePending || d.State == v1alpha1.DeadlineOverdue {
			list = append(list, d)
		}
	}
	return list
}

func same(list []*v1alpha1.Deadline, d *v1alpha1.Deadline) *v1alpha1.Deadline {
	for _, o := range list {
		if o.Kind == d.Kind && o.Name == d.Name {
			return o
		}
	}
	return nil
}

// keyOf leaves out the names of papers, which are the family's own: a step is
// known by its name in the procedure, a verification or measure by its kind.
func keyOf(d *v1alpha1.Deadline) deadlineKey {
	switch d.Kind {
	case v1alpha1.DeadlineTier, v1alpha1.DeadlineShortfall:
		return deadlineKey{string(d.Kind), d.Name}
	case v1alpha1.DeadlineStep:
		if _, step, found := strings.Cut(d.Name, "/"); found {
			return deadlineKey{string(d.Kind), step}
		}
	}
	return deadlineKey{kind: string(d.Kind)}
}

func (s *Sum) addMeasures(c *Comparison) {
	before, after := proposals(c.Old), proposals(c.New)
	if len(before)+len(after) == 0 {
		return
	}
	rest := measureKey{kind: Other}
	for key, n := range before {
		entry := entryOf(&s.measures, key, rest)
		entry.before += n
		entry.after += after[key]
		entry.added += max(0, after[key]-n)
		entry.withdrawn += max(0, n-after[key])
		s.figures.MeasuresAdded += max(0, after[key]-n)
		s.figures.MeasuresWithdrawn += max(0, n-after[key])
		store(&s.measures, key, rest, entry)
	}
	for key, n := range after {
		if _, counted := before[key]; counted {
			continue
		}
		entry := entryOf(&s.measures, key, rest)
		entry.after += n
		entry.added += n
		s.figures.MeasuresAdded += n
		store(&s.measures, key, rest, entry)
	}
}

// proposals counts the measures that are proposed to a family: those for a
// shortfall fall to its first department, those of the tier to nobody yet.
func proposals(c Conclusion) map[measureKey]int {
	if c.Status == nil {
		return nil
	}
	var out map[measureKey]int
	add := func(kind v1alpha1.MeasureKind, department string) {
		if out == nil {
			out = map[measureKey]int{}
		}
		out[measureKey{string(kind), department}]++
	}
	for i := range c.Status.Shortfalls {
		f := &c.Status.Shortfalls[i]
		department := ""
		if len(f.Departments) > 0 {
			department = string(f.Departments[0])
		}
		for _, kind := range f.Proposed {
			add(kind, department)
		}
	}
	for _, kind := range c.Status.Proposed {
		add(kind, "")
	}
	return out
}
