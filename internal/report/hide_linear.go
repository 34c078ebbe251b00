// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
)

// modulus is a prime: sums are solved in its field, where a solution is exact.
const modulus = 1<<31 - 1

// row is a sum of hidden cells, sorted by cell, whose factors are not zero.
type row []multiple

// multiple is a cell so many times.
type multiple struct {
	cell   int32
	factor int64
}

func compareCells(a, b multiple) int { return cmp.Compare(a.cell, b.cell) }

// exposedByAll returns the secrets that have one value alone in all sums taken
// together, whatever the other hidden cells are: those that stand still when all
// that can move do so at once, each by a number of its own.
func (h *hider) exposedByAll() (exposed []int32) {
	solved := h.eliminate()
	moved := map[int32]int64{}
	for _, s := range slices.Backward(solved) {
		var rest int64
		for _, t := range s.row {
			if t.cell == s.pivot {
				continue
			}
			by, known := moved[t.cell]
			if !known {
				by = scatter(t.cell)
				moved[t.cell] = by
			}
			rest = (rest + by*t.factor) % modulus
		}
		moved[s.pivot] = (modulus - rest) % modulus * inverse(s.factor) % modulus
	}
	for i, by := range moved {
		if by == 0 && h.secret(&h.cells[i]) {
			exposed = append(exposed, i)
		}
	}
	slices.Sort(exposed)
	return exposed
}

// solution expresses one cell by the others of its row.
type solution struct {
	pivot  int32
	factor int64 // of the pivot, not zero
	row    row
}

// eliminate brings the sums of hidden cells into the order in which each has a cell
// that no later one has.
func (h *hider) eliminate() []solution {
	rows, uses := h.hiddenRows()
	var solved []solution
	// A cell of one sum alone can take whatever that sum leaves, so that the sum
	// says nothing of the others: most sums go this way, at no cost.
	var alone []int32
	for cell, in := range uses {
		if len(in) == 1 {
			alone = append(alone, cell)
		}
	}
	slices.Sort(alone)
	for len(alone) > 0 {
		cell := alone[len(alone)-1]
		alone = alone[:len(alone)-1]
		if len(uses[cell]) != 1 {
			continue
		}
		var r row
		for at := range uses[cell] {
			r = rows[at]
			delete(rows, at)
			for _, t := range r {
				delete(uses[t.cell], at)
				if len(uses[t.cell]) == 1 {
					alone = append(alone, t.cell)
				}
			}
		}
		solved = append(solved, solutionOf(r, cell))
	}
	return append(solved, h.echelon(rows)...)
}

func solutionOf(r row, pivot int32) solution {
	at, _ := slices.BinarySearchFunc(r, multiple{cell: pivot}, compareCells)
	return solution{pivot, r[at].factor, r}
}

// hiddenRows are the sums in which something is hidden, and for each hidden cell
// those in which it stands.
func (h *hider) hiddenRows() (rows map[int32]row, uses map[int32]map[int32]bool) {
	rows, uses = map[int32]row{}, map[int32]map[int32]bool{}
	for s, terms := range h.sums {
		at := int32(s) //nolint:gosec // a report has far fewer sums
		var r row
		for _, t := range terms {
			if h.cells[t.cell].hidden {
				r = append(r, multiple{t.cell, (t.sign + modulus) % modulus})
			}
		}
		if len(r) == 0 {
			continue
		}
		slices.SortFunc(r, compareCells)
		rows[at] = r
		for _, t := range r {
			if uses[t.cell] == nil {
				uses[t.cell] = map[int32]bool{}
			}
			uses[t.cell][at] = true
		}
	}
	return rows, uses
}

// echelon solves what is left by Gauss's elimination: each row for its first cell.
func (h *hider) echelon(rows map[int32]row) []solution {
	byPivot := map[int32]row{}
	order := make([]int32, 0, len(rows))
	for at := range rows {
		order = append(order, at)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(len(rows[a]), len(rows[b])), cmp.Compare(a, b)) })
	for _, at := range order {
		r := rows[at]
		for len(r) > 0 {
			pivot := byPivot[r[0].cell]
			if pivot == nil {
				byPivot[r[0].cell] = r
				break
			}
			r = reduce(r, pivot)
		}
	}
	var solved []solution
	for cell, r := range byPivot {
		solved = append(solved, solution{cell, r[0].factor, r})
	}
	slices.SortFunc(solved, func(a, b solution) int { return cmp.Compare(a.pivot, b.pivot) })
	return solved
}

// reduce takes so much of another row away that the first cell, which both have,
// goes.
func reduce(r, by row) row {
	times := (modulus - r[0].factor) * inverse(by[0].factor) % modulus
	var out row
	for i, j := 0, 0; i < len(r) || j < len(by); {
		switch {
		case j == len(by) || i < len(r) && r[i].cell < by[j].cell:
			out = append(out, r[i])
			i++
		case i == len(r) || by[j].cell < r[i].cell:
			t := by[j]
			t.factor = t.factor * times % modulus
			out = append(out, t)
			j++
		default:
			t := r[i]
			if t.factor = (t.factor + by[j].factor*times) % modulus; t.factor != 0 {
				out = append(out, t)
			}
			i, j = i+1, j+1
		}
	}
	return out
}

// inverse of a number that is not zero, by Fermat.
func inverse(n int64) int64 {
	out, power := int64(1), n%modulus
	for e := int64(modulus - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = out * power % modulus
		}
		power = power * power % modulus
	}
	return out
}

// scatter gives each cell a movement of its own that has nothing to do with those
// of others, the same at every run: SplitMix64 over the cell.
func scatter(cell int32) int64 {
	z := uint64(cell)*0x9e3779b97f4a7c15 + 0x9e3779b97f4a7c15 //nolint:gosec // never negative
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int64((z^z>>31)%(modulus-1)) + 1 //nolint:gosec // below the modulus
}
