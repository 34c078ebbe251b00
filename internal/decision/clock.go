// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// clock is the day that is being judged. Every comparison with time goes
// through it, and it remembers the nearest day still ahead on which one of
// them would come out differently: so the next change cannot be forgotten.
type clock struct {
	today civil.Day
	next  civil.Day // zero: nothing ahead
}

// reached reports whether the day has come.
func (c *clock) reached(d civil.Day) bool {
	if d <= c.today {
		return true
	}
	if c.next.IsZero() || d < c.next {
		c.next = d
	}
	return false
}

// passed reports whether the day is over: a due day itself is still in time.
func (c *clock) passed(d civil.Day) bool {
	if d >= civil.Last {
		return false
	}
	return c.reached(d.AddDays(1))
}
