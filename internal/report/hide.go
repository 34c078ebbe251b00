// SPDX-License-Identifier: Apache-2.0

package report

// LeastMinCell is the least that a count may be asked to be before it is shown:
// below it a hidden count could only be one number.
const LeastMinCell = 3

// Hide hides the counts from 1 to minCell-1, and as many others as it takes that
// none of those can be worked out: not by adding and subtracting what is shown,
// whatever is combined, and not from any one sum by what a hidden count may be at
// all. Counts of one thing, as its families and persons, are hidden together.
// What is shown stays true: nothing is rounded.
func (r *Report) Hide(minCell int) {
	r.MinCell = minCell
	h := &hider{least: int64(minCell), relations: relate(r)}
	h.listSums()
	for i := range h.cells {
		if c := &h.cells[i]; c.count != nil && h.isSmall(c) {
			h.hideGroup(c.group)
		}
	}
	for i := range h.cells {
		if c := &h.cells[i]; c.count == nil && h.isSmall(c) {
			h.touch(int32(i)) //nolint:gosec // a report has far fewer cells
		}
	}
	h.settle()
	for h.coverNear(h.exposedByAll()) {
		h.settle()
	}
	h.mark()
}

// cell is a count of the report or, if it has none, a number that nobody prints
// but everybody can work out, as the families without a tier.
type cell struct {
	value  int64
	count  *Count
	group  int32 // cells of one group are hidden together
	hidden bool
	fen    bool
	sums   []int32 // in which it stands
}

// term is a cell in a sum, added or taken away.
type term struct {
	cell int32
	sign int64
}

// sum is a relation that every reader knows: its terms add up to a known number.
type sum []term

// relations are the cells of a report and what ties them together.
type relations struct {
	cells  []cell
	groups [][]int32 // cells, by group
	sums   []sum
}

// hider hides cells until none is exposed.
type hider struct {
	relations
	least   int64
	waiting []int32 // sums to be looked at
	queued  []bool
}

func (h *hider) listSums() {
	h.queued = make([]bool, len(h.sums))
	for s, terms := range h.sums {
		for _, t := range terms {
			h.cells[t.cell].sums = append(h.cells[t.cell].sums, int32(s)) //nolint:gosec // likewise
		}
	}
}

// isSmall says whether the cell is to be kept from being known.
func (h *hider) isSmall(c *cell) bool { return !c.fen && 0 < c.value && c.value < h.least }

// secret says whether the cell must not be worked out.
func (h *hider) secret(c *cell) bool { return c.hidden && (c.count != nil || h.isSmall(c)) }

// allowed says whether a reader, who knows why a cell is hidden, could think that
// it is this number.
func (h *hider) allowed(c *cell, value int64) bool {
	switch {
	case h.isSmall(c):
		return 0 < value && value < h.least
	case c.count == nil || c.fen:
		return value >= 0
	}
	return value >= h.least
}

// hideGroup hides what belongs together, but for zeros: nobody stands behind them.
func (h *hider) hideGroup(group int32) {
	for _, i := range h.groups[group] {
		if c := &h.cells[i]; !c.hidden && c.value != 0 {
			c.hidden = true
			h.touch(i)
		}
	}
}

func (h *hider) touch(cell int32) {
	for _, s := range h.cells[cell].sums {
		if !h.queued[s] {
			h.queued[s] = true
			h.waiting = append(h.waiting, s)
		}
	}
}

// settle looks at each sum in which something was hidden, until none exposes a
// secret by itself.
func (h *hider) settle() {
	for len(h.waiting) > 0 {
		s := h.waiting[0]
		h.waiting = h.waiting[1:]
		h.queued[s] = false
		for h.exposes(h.sums[s]) && h.cover(h.sums[s]) {
		}
	}
}

// exposes says whether a secret of the sum could be no other number, though every
// hidden cell of the sum could.
func (h *hider) exposes(terms sum) bool {
	for _, t := range terms {
		if h.secret(&h.cells[t.cell]) && !h.exchanges(terms, t) {
			return true
		}
	}
	return false
}

// exchanges says whether one more or one less of the cell can be made good by
// another hidden cell of the sum.
func (h *hider) exchanges(terms sum, t term) bool {
	own := &h.cells[t.cell]
	for _, other := range terms {
		c := &h.cells[other.cell]
		if other.cell == t.cell || !c.hidden {
			continue
		}
		for _, by := range []int64{1, -1} {
			if h.allowed(own, own.value+by) && h.allowed(c, c.value-by*t.sign*other.sign) {
				return true
			}
		}
	}
	return false
}

// cover hides one more cell of the sum, the smallest, so that little is lost; false
// if none is left.
func (h *hider) cover(terms sum) bool {
	best := int32(-1)
	for _, t := range terms {
		c := &h.cells[t.cell]
		if !c.hidden && c.value != 0 && (best < 0 || c.value < h.cells[best].value) {
			best = t.cell
		}
	}
	if best < 0 {
		return false
	}
	h.hideGroup(h.cells[best].group)
	return true
}

// coverNear hides, for each of those exposed that no other has led to, one more cell
// in the nearest sum that has one to hide, by way of hidden cells; false if none is
// exposed, or nothing is left.
func (h *hider) coverNear(exposed []int32) bool {
	seen, covered := map[int32]bool{}, false
	for _, i := range exposed {
		covered = !seen[i] && h.coverFrom(i, seen) || covered
	}
	return covered
}

func (h *hider) coverFrom(start int32, seen map[int32]bool) bool {
	for next := []int32{start}; len(next) > 0; next = next[1:] {
		i := next[0]
		if seen[i] {
			continue
		}
		seen[i] = true
		for _, s := range h.cells[i].sums {
			if h.cover(h.sums[s]) {
				return true
			}
		}
		for _, s := range h.cells[i].sums {
			for _, t := range h.sums[s] {
				if h.cells[t.cell].hidden && !seen[t.cell] {
					next = append(next, t.cell)
				}
			}
		}
	}
	return false
}

// mark says in the report what is hidden.
func (h *hider) mark() {
	for i := range h.cells {
		c := &h.cells[i]
		switch {
		case !c.hidden || c.count == nil:
		case h.isSmall(c):
			c.count.Hidden = Small
		default:
			c.count.Hidden = Protecting
		}
	}
}
