// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"slices"
	"strings"
	"sync"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"

	"fangpin.io/fangpin/internal/decision"
)

// Rules are the compiled rules of one plan. They do not change.
type Rules struct {
	names    map[string]*fact // every variable: facts and parameters
	expected expectedGuarantees
	lacking  map[*types.Unknown]*unknown // what an unknown value stands for
	list     []*Rule                     // by Index

	env        *cel.Env // nil: the parameters could not be declared
	vocabulary Vocabulary
	fixed      sync.Map // the programs of fixedParts, made when formulas ask for them
}

// newRules holds the facts that every plan knows.
func newRules() *Rules {
	r := &Rules{names: make(map[string]*fact, len(facts)), lacking: make(map[*types.Unknown]*unknown, len(facts))}
	for _, f := range facts {
		r.declare(f)
	}
	return r
}

// declare adds a variable.
func (r *Rules) declare(f *fact) {
	r.names[f.name] = f
	if f.name != factGuarantees { // which is named by the keys that a rule asks about
		r.lacking[f.unknown.val] = f.unknown
	}
}

// expect notes that a rule asks about a guarantee by name.
func (r *Rules) expect(guarantee string) {
	u := r.expected.add(guarantee)
	r.lacking[u.val] = u
}

// Guarantees names those that the rules ask about, sorted.
func (r *Rules) Guarantees() []string { return r.expected.names }

// Len is the number of rules: decision.Plan.Predicates.
func (r *Rules) Len() int { return len(r.list) }

// Rule returns the rule with that predicate's index, nil if there is none.
func (r *Rules) Rule(index int) *Rule {
	if r == nil || index < 0 || index >= len(r.list) {
		return nil
	}
	return r.list[index]
}

// Rule is one compiled rule.
type Rule struct {
	Index  int    // of its predicate
	Path   string // its field in the policy
	Source string
	Scope  Scope

	rules   *Rules
	program cel.Program // nil: the rule has a fault
	checked *ast.AST
	reads   decision.Reads
	uses    []use   // what it reads, in order of appearance, each once
	facts   []*fact // of those
	amounts []amount
}

// use is one fact that a rule reads; key is the guarantee it reads of the map,
// "" for the map as a whole and for every other fact.
type use struct {
	fact *fact
	key  string
}

func (u use) name() string {
	if u.key != "" {
		return guaranteeName(u.key)
	}
	return u.fact.name
}

// ask answers the rule for the facts of a day.
func (r *Rule) ask(f *decision.Facts) decision.Answer {
	if r.program == nil {
		return decision.Answer{Truth: decision.Unknown, Fault: "the rule does not compile"}
	}
	if f == nil || f.Family == nil {
		return decision.Answer{Truth: decision.Unknown, Fault: "there is no family to ask about"}
	}
	a := activations.Get().(*activation)
	a.facts, a.rules, a.own = f, r.rules, r.facts
	out, _, err := r.program.Eval(a)
	a.release()
	switch v := out.(type) {
	case types.Bool:
		if v {
			return decision.Answer{Truth: decision.Yes}
		}
		return decision.Answer{Truth: decision.No}
	case *types.Unknown:
		return decision.Answer{Truth: decision.Unknown, Missing: r.missing(v)}
	}
	return decision.Answer{Truth: decision.Unknown, Fault: fault(err)}
}

// sayableFaults are the errors of CEL and of money that speak of the rule alone.
var sayableFaults = []string{
	"index out of bounds", "no such key", "division by zero", "modulus by zero", "integer overflow",
	faultZeroDivision, faultSum, faultDifference, faultProduct, faultAmount,
}

// fault says why a rule could not be worked out. It goes into conditions, so an
// error that could repeat a word of the family is not passed on.
func fault(err error) string {
	if err != nil {
		for _, sayable := range sayableFaults {
			if strings.HasPrefix(err.Error(), sayable) {
				return sayable
			}
		}
	}
	return "a part of the rule cannot be worked out from these facts"
}

// missing names the facts that an answer lacked, sorted. For a single one the
// list is shared by all answers; nobody may change it.
func (r *Rule) missing(u *types.Unknown) []string {
	if one, ok := r.rules.lacking[u]; ok {
		return one.missing
	}
	var names []string
	for _, id := range u.IDs() {
		trails, _ := u.GetAttributeTrails(id)
		for _, trail := range trails {
			names = append(names, r.named(trail.Variable())...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// named replaces the guarantees as a whole, missing before the first survey, by
// those that the rule asks about.
func (r *Rule) named(fact string) []string {
	if fact != factGuarantees {
		return []string{fact}
	}
	var keys []string
	for _, u := range r.uses {
		if u.fact.name != factGuarantees {
			continue
		}
		if u.key == "" {
			return []string{factGuarantees}
		}
		keys = append(keys, u.name())
	}
	return keys
}

// Parameters names those that the rule reads, in order of appearance.
func (r *Rule) Parameters() []string {
	var names []string
	for _, f := range r.facts {
		if name, ok := strings.CutPrefix(f.name, paramPrefix); ok {
			names = append(names, name)
		}
	}
	return names
}
