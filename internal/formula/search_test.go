// SPDX-License-Identifier: Apache-2.0

package formula

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// plain is a space with two numbers and two words, some of which can be missing.
type plain struct {
	*Space
	amount, count, word, open *Variable
}

func newPlain() *plain {
	s := NewSpace()
	return &plain{
		Space:  s,
		amount: s.Variable("amount", Domain{Numbers: true, Max: math.MaxInt64, Missing: true}),
		count:  s.Variable("count", Domain{Numbers: true, Min: 1, Max: 4}),
		word:   s.Variable("word", Domain{Words: []string{"A", "B", "C"}, Missing: true}),
		open:   s.Variable("open", Domain{Words: []string{"A"}, Open: true}),
	}
}

func TestSearch(t *testing.T) {
	type wants func(p *plain) []Want
	tests := []struct {
		name string
		of   wants
		want Finding
	}{
		{"below and above one bound", func(p *plain) []Want {
			return []Want{{Formula: And(p.Test(p.amount, Below(5)), p.Test(p.amount, From(5))), Answers: Yes}}
		}, Never},
		{"a number between two bounds", func(p *plain) []Want {
			return []Want{{Formula: And(p.Test(p.amount, Above(4)), p.Test(p.amount, Below(6))), Answers: Yes}}
		}, Possible},
		{"no whole number between two neighbours", func(p *plain) []Want {
			return []Want{{Formula: And(p.Test(p.amount, Above(4)), p.Test(p.amount, Below(5))), Answers: Yes}}
		}, Never},
		{"below the least", func(p *plain) []Want {
			return []Want{{Formula: p.Test(p.count, Below(1)), Answers: Yes}}
		}, Never},
		{"neither of two answers that exhaust it, for want of the number", func(p *plain) []Want {
			return []Want{{Formula: p.Test(p.amount, Below(5)), Answers: No | Unknown}, {Formula: p.Test(p.amount, From(5)), Answers: No | Unknown}}
		}, Possible},
		{"neither of two answers that exhaust what is never missing", func(p *plain) []Want {
			return []Want{{Formula: p.Test(p.count, Below(3)), Answers: No | Unknown}, {Formula: p.Test(p.count, From(3)), Answers: No | Unknown}}
		}, Never},
		{"no word of all", func(p *plain) []Want {
			return []Want{{Formula: Or(p.Test(p.word, Words("A", "B")), p.Test(p.word, Words("C"))), Answers: No}}
		}, Never},
		{"another word of an open list", func(p *plain) []Want {
			return []Want{{Formula: p.Test(p.open, Words("A", "Z")), Answers: No}}
		}, Possible},
		{"missing and known", func(p *plain) []Want {
			return []Want{{Formula: And(p.Known(p.word), Answers(p.Test(p.word, Words("A")), Unknown)), Answers: Yes}}
		}, Never},
		{"two of one", func(p *plain) []Want {
			return []Want{{Formula: AtLeast(2, p.Is(p.word, Words("A")), p.Is(p.word, Words("B"))), Answers: Yes}}
		}, Never},
		{"a condition that is missing decides nothing", func(p *plain) []Want {
			f := If(p.Test(p.word, Words("A")), Constant(Yes), Constant(Yes))
			return []Want{{Formula: f, Answers: No | Unknown}, {Formula: p.Known(p.word), Answers: Yes}}
		}, Never},
		{"too few steps", func(p *plain) []Want {
			return []Want{{Formula: p.Test(p.amount, Below(5)), Answers: Yes}}
		}, Undecided},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newPlain()
			steps := 10000
			if tt.want == Undecided {
				steps = 1
			}
			if got, _ := p.Search(&steps, tt.of(p)...); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestTooManyCellsMayBeAnything(t *testing.T) {
	p := newPlain()
	var parts []*Formula
	for n := range int64(70) {
		parts = append(parts, p.Test(p.amount, Exactly(10*n)))
	}
	budget := 1 << 20
	if got, _ := p.Search(&budget, Want{Formula: And(parts...), Answers: Yes}); got != Possible {
		t.Errorf("got %d, want that nothing is ruled out", got)
	}
	none := And(parts[0], p.Test(p.word, Words("A")), p.Test(p.word, Words("B")))
	if got, _ := p.Search(&budget, Want{Formula: none, Answers: Yes}); got != Never {
		t.Errorf("got %d, want that the words rule it out", got)
	}
}

// drawFormula draws a condition over the plain space; the unmet leaves read
// differently in the two readings.
func drawFormula(t *rapid.T, p *plain, depth int) *Formula {
	if depth == 0 || rapid.IntRange(0, 3).Draw(t, "leaf") == 0 {
		return drawLeaf(t, p)
	}
	a, b := drawFormula(t, p, depth-1), drawFormula(t, p, depth-1)
	switch rapid.IntRange(0, 6).Draw(t, "join") {
	case 0:
		return Not(a)
	case 1:
		return And(a, b)
	case 2:
		return Or(a, b)
	case 3:
		return If(a, b, drawFormula(t, p, depth-1))
	case 4:
		return Answers(a, Truths(rapid.IntRange(1, 6).Draw(t, "among")))
	case 5:
		return AtLeast(rapid.IntRange(1, 2).Draw(t, "count"), Answers(a, Yes), Answers(b, Yes))
	}
	return Or(And(a, b), Not(b))
}

func drawLeaf(t *rapid.T, p *plain) *Formula {
	sets := []func(int64) Set{Below, AtMost, Above, From, func(n int64) Set { return Exactly(n) }}
	set := rapid.SampledFrom(sets).Draw(t, "set")(int64(rapid.IntRange(0, 4).Draw(t, "bound")))
	words := Words(rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B", "Z"}), 0, 2).Draw(t, "words")...)
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		return p.Test(p.amount, set)
	case 1:
		return p.Test(p.count, set)
	case 2:
		return p.Test(p.word, words)
	case 3:
		return p.Test(p.open, words)
	case 4:
		return p.Known(p.amount)
	case 5:
		return p.Is(p.word, words)
	case 6:
		return p.TestTwice([2]*Variable{p.word, p.word}, [2]Set{Words("A"), Words("A", "B")})
	}
	return Constant(Truths(1 << rapid.IntRange(0, 2).Draw(t, "constant")))
}

// TestSearchKnowsEveryCombination is what never and possible mean: the search
// agrees with trying every combination of cells.
func TestSearchKnowsEveryCombination(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPlain()
		var wants []Want
		for i := range rapid.IntRange(1, 3).Draw(t, "wants") {
			wants = append(wants, Want{
				Formula: drawFormula(t, p, 3),
				Answers: Truths(rapid.IntRange(1, 6).Draw(t, fmt.Sprint("answers", i))),
				Twice:   rapid.Bool().Draw(t, "twice"),
			})
		}
		budget := 1 << 30
		got, witness := p.Search(&budget, wants...)
		want := Never
		left := make([]uint64, len(p.vars))
		var each func(int)
		each = func(i int) {
			if i == len(p.vars) {
				if fulfils(left, wants) {
					want = Possible
				}
				return
			}
			for bit := range 64 {
				if p.vars[i].full&(1<<bit) != 0 {
					left[i] = 1 << bit
					each(i + 1)
				}
			}
		}
		each(0)
		if got != want {
			t.Fatalf("the search says %d, trying everything %d, of %v", got, want, wants)
		}
		if got == Possible {
			for v, cells := range witness {
				left[v.index] = bitOf(v, cells[len(cells)-1])
			}
			if !fulfils(left, wants) {
				t.Fatalf("the witness %v does not fulfil %v", witness, wants)
			}
		}
	})
}

func bitOf(v *Variable, c Cell) uint64 {
	for i := range v.cells {
		if v.cells[i] == c {
			return 1 << i
		}
	}
	return missingCell
}

func fulfils(left []uint64, wants []Want) bool {
	for _, w := range wants {
		if w.can(left)&^w.Answers != 0 {
			return false
		}
	}
	return true
}
