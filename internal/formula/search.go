// SPDX-License-Identifier: Apache-2.0

package formula

import (
	"math/bits"
)

// Want asks that a formula's answer be one of those. Twice reads the formula both
// ways: an answer counts if both agree, else it is unknown.
type Want struct {
	Formula *Formula
	Answers Truths
	Twice   bool
}

// can is what the formula can answer.
func (w Want) can(left []uint64) Truths {
	first := w.Formula.under(left, 0)
	if !w.Twice {
		return first
	}
	second := w.Formula.under(left, 1)
	out := first & second & (Yes | No)
	if first&Unknown != 0 || second&Unknown != 0 || first|second == Yes|No {
		out |= Unknown
	}
	return out
}

// Finding is what a search found out.
type Finding uint8

// What a search can find out.
const (
	// Never is certain: nothing fulfils all that is wanted.
	Never Finding = iota
	// Possible names a way that the formulas do not rule out.
	Possible
	// Undecided says that the search was given up.
	Undecided
)

// Witness is a way to fulfil what is wanted: the cells that are left to each
// variable, any of which will do.
type Witness map[*Variable][]Cell

// Search looks for a way to fulfil all that is wanted. It takes what it costs from
// the budget, counted in parts of formulas that are worked out, and gives up when
// nothing is left.
func (s *Space) Search(budget *int, wants ...Want) (Finding, Witness) {
	s.Freeze()
	left := make([]uint64, len(s.vars))
	for i, v := range s.vars {
		left[i] = v.full
	}
	h := &hunt{left: left, wants: wants, budget: budget}
	for _, w := range wants {
		h.cost += w.Formula.size()
	}
	found := h.try()
	if found != Possible {
		return found, nil
	}
	return Possible, s.witness(h.left)
}

// hunt narrows the variables until what is wanted holds or cannot.
type hunt struct {
	left   []uint64
	wants  []Want
	cost   int // of working out all that is wanted once
	budget *int
}

func (h *hunt) try() Finding {
	if *h.budget -= h.cost; *h.budget < 0 {
		return Undecided
	}
	var leaf *Formula
	reading := 0
	for i := range h.wants {
		w := &h.wants[i]
		can := w.can(h.left)
		switch {
		case can&w.Answers == 0:
			return Never
		case can&^w.Answers != 0 && leaf == nil:
			leaf, reading = h.open(w)
		}
	}
	if leaf == nil {
		return Possible
	}
	return h.split(leaf, reading)
}

// open returns a leaf on which the answer still rests. A formula that could answer
// otherwise has one.
func (h *hunt) open(w *Want) (*Formula, int) {
	if leaf := w.Formula.openLeaf(h.left, 0); leaf != nil {
		return leaf, 0
	}
	return w.Formula.openLeaf(h.left, 1), 1
}

func (f *Formula) openLeaf(left []uint64, reading int) *Formula {
	if bits.OnesCount8(uint8(f.under(left, reading))) < 2 {
		return nil
	}
	if f.op == test || f.op == is {
		if f.vars[reading].tooFine {
			return nil
		}
		return f
	}
	for _, p := range f.parts {
		if leaf := p.openLeaf(left, reading); leaf != nil {
			return leaf
		}
	}
	return nil
}

// split tries the leaf's answers one after the other.
func (h *hunt) split(leaf *Formula, reading int) Finding {
	at := leaf.vars[reading].index
	all := h.left[at]
	yes := all & leaf.masks[reading]
	rest := all &^ yes
	outcome := Never
	for _, part := range []uint64{yes, rest &^ missingCell, rest & missingCell} {
		if part == 0 {
			continue
		}
		h.left[at] = part
		switch h.try() {
		case Possible:
			return Possible
		case Undecided:
			outcome = Undecided
		}
		if *h.budget < 0 {
			break
		}
	}
	h.left[at] = all
	return outcome
}

func (s *Space) witness(left []uint64) Witness {
	out := Witness{}
	for i, v := range s.vars {
		if v.tooFine {
			continue
		}
		var cells []Cell
		for k, c := range v.cells {
			if left[i]&(1<<k) != 0 {
				cells = append(cells, c)
			}
		}
		if left[i]&missingCell != 0 {
			cells = append(cells, Cell{Missing: true})
		}
		out[v] = cells
	}
	return out
}
