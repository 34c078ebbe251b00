// SPDX-License-Identifier: Apache-2.0

package population

import "math/rand/v2"

// stream separates what is drawn for one family, so that a change of how, say,
// visits are drawn leaves incomes as they are.
type stream uint64

const (
	ofBirth stream = iota + 1
	ofFate
	ofVisits
	ofHelp // and one stream more for each delivery
)

// dice draws the random numbers of one family and stream. Only integers are
// drawn: floating point differs between machines in its last digit.
type dice struct{ *rand.Rand }

func newDice(seed uint64, group Group, serial int, s stream) dice {
	key := uint64(group)<<56 | uint64(serial)<<16 | uint64(s)
	return dice{rand.New(rand.NewPCG(seed, key))}
}

// chance is true in so many cases of ten thousand.
func (d dice) chance(ofTenThousand int) bool { return d.IntN(10_000) < ofTenThousand }

// between draws a number, both ends included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// yuan draws an amount in steps of ten yuan, both ends included.
func (d dice) yuan(low, high int) int { return d.between(low/10, high/10) * 10 }

// pick draws an index by weight.
func (d dice) pick(weights ...int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	n := d.IntN(sum)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// deciles is a distribution: a tenth of all cases lies between two neighbours.
type deciles [11]int

// draw draws from a distribution, evenly between neighbours.
func (d dice) draw(from deciles) int {
	n := d.IntN(10_000)
	low, high := from[n/1000], from[n/1000+1]
	return low + (high-low)*(n%1000)/1000
}
