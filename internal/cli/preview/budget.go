// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"strconv"
	"strings"

	"fangpin.io/fangpin/internal/cli/wording"
)

// Budget is how many families a change may move: a number, or a share of the
// families that were looked at.
type Budget struct {
	text string
	// hundredths of a per cent of all families, if share; else families.
	limit int64
	share bool
}

// ParseBudget reads 100, 5% or 2.5%, with at most two decimals.
func ParseBudget(text string) (*Budget, error) {
	const most = 1_000_000_000
	fault := func() (*Budget, error) { return nil, wording.Fault(wording.BadBudget, text) }
	number, share := strings.CutSuffix(text, "%")
	whole, decimals, dotted := strings.Cut(number, ".")
	if dotted && (!share || len(decimals) < 1 || len(decimals) > 2) {
		return fault()
	}
	n, err := strconv.ParseUint(whole, 10, 32)
	if err != nil || n > most || share && n > 100 {
		return fault()
	}
	b := &Budget{text: text, share: share, limit: int64(n)} //nolint:gosec // bounded above
	if !share {
		return b, nil
	}
	b.limit *= 100
	if decimals != "" {
		part, err := strconv.ParseUint((decimals + "0")[:2], 10, 8)
		if err != nil {
			return fault()
		}
		b.limit += int64(part) //nolint:gosec // two digits
	}
	if b.limit > 100*100 {
		return fault()
	}
	return b, nil
}

// Allows reports whether so many of so many families may move.
func (b *Budget) Allows(moved, families int) bool {
	if b.share {
		return int64(moved)*100*100 <= b.limit*int64(families)
	}
	return int64(moved) <= b.limit
}

// Verdict says whether a budget is kept on every day.
type Verdict struct {
	Limit string `json:"limit"`
	Kept  bool   `json:"kept"`
	// Date, Moved and Families are of the first day on which it is not kept, or of
	// the day on which the most families move.
	Date     string `json:"date"`
	Moved    int    `json:"moved"`
	Families int    `json:"families"`
}

// Judge compares the days with the budget. There is at least one.
func (b *Budget) Judge(days []Day) *Verdict {
	v := &Verdict{Limit: b.text, Kept: true}
	for i := range days {
		d := &days[i]
		kept := b.Allows(d.Moved, d.Households)
		if i == 0 || !kept || d.Moved > v.Moved {
			v.Date, v.Moved, v.Families = d.Date, d.Moved, d.Households
		}
		if !kept {
			v.Kept = false
			return v
		}
	}
	return v
}
