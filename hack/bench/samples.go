// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"slices"
)

// samples are one figure as several rounds measured it.
type samples []float64

// median is the middle sample, or the mean of the two in the middle; 0 of none.
func (s samples) median() float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func (s samples) least() float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.Min(s)
}

func (s samples) most() float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.Max(s)
}

// ratios divides samples of one arm by those of another, round by round.
func ratios(of, over samples) samples {
	var out samples
	for i := range min(len(of), len(over)) {
		if over[i] != 0 {
			out = append(out, of[i]/over[i])
		}
	}
	return out
}

// number writes a figure with as many digits as it is worth.
func number(f float64) string {
	switch abs := max(f, -f); {
	case f == float64(int64(f)):
		return grouped(int64(f))
	case abs >= 100:
		return grouped(int64(f + 0.5))
	case abs >= 10:
		return fmt.Sprintf("%.1f", f)
	default:
		return fmt.Sprintf("%.2f", f)
	}
}

// grouped writes a whole number with a comma between thousands.
func grouped(n int64) string {
	digits := fmt.Sprint(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}
