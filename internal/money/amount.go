// SPDX-License-Identifier: Apache-2.0

// Package money holds amounts of yuan exactly, as whole fen. No float is used
// on any way in or out.
package money

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
)

// Amount is an amount of money in fen (分, a hundredth of a yuan). Amounts
// compare with == and <. Those that people write are never negative; a
// difference may be.
type Amount int64

const (
	fenPerYuan = 100
	maxDigits  = 12 // before the decimal point
)

// form ends every error of Parse.
const form = `write yuan in figures with at most two decimals, as in "5000" or "4999.99"`

// Parse reads yuan: 1 to 12 digits, then optionally a point and one or two
// more. The error says what is wrong and what is right.
func Parse(s string) (Amount, error) {
	if problem := fault(s); problem != nil {
		return 0, fmt.Errorf("amount %s %w; %s", quote(s), problem, form)
	}
	whole, decimals, _ := strings.Cut(s, ".")
	var fen int64
	for _, c := range whole + (decimals + "00")[:2] {
		fen = fen*10 + int64(c-'0')
	}
	return Amount(fen), nil
}

// fault says what keeps s from being an amount, nil if nothing does.
func fault(s string) error {
	if s == "" {
		return errors.New("is empty")
	}
	for i, c := range s {
		if (c < '0' || c > '9') && c != '.' {
			return foreign(c, i)
		}
	}
	whole, decimals, point := strings.Cut(s, ".")
	switch {
	case strings.Contains(decimals, "."):
		return errors.New("has more than one decimal point")
	case whole == "":
		return errors.New("has no figure before the decimal point")
	case len(whole) > maxDigits:
		return fmt.Errorf("has %d figures before the decimal point, at most %d are taken", len(whole), maxDigits)
	case point && decimals == "":
		return errors.New("has no figure after the decimal point")
	case len(decimals) > 2:
		return fmt.Errorf("has %d decimals, finer than a fen", len(decimals))
	}
	return nil
}

// foreign says what a character that belongs to no amount means, by its place.
func foreign(c rune, at int) error {
	switch {
	case c == '-' && at == 0:
		return errors.New("is negative")
	case c == '+' && at == 0:
		return errors.New("has a sign")
	case c == ',' || c == '_' || c == '\uff0c': // full-width comma
		return fmt.Errorf("groups its figures with %q", c)
	case unicode.IsSpace(c):
		return errors.New("has a space in it")
	case (c == 'e' || c == 'E') && at > 0:
		return errors.New("is written with an exponent")
	case c >= '\uff10' && c <= '\uff19':
		return errors.New("is written in full-width figures")
	}
	return fmt.Errorf("has %q in it, which is no figure", c)
}

// quote repeats input in an error, but never at length.
func quote(s string) string {
	const longest = 30
	if len(s) <= longest {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%.*q... (%d bytes)", longest, s, len(s))
}

// Yuan returns an amount of whole yuan, and false if it is beyond what an
// Amount holds.
func Yuan(n int64) (Amount, bool) { return Amount(fenPerYuan).Mul(n) }

// String writes the amount in yuan in its one canonical form: without a
// fraction if it is whole ("5000"), else with two decimals ("4999.99",
// "0.50"). Parse reads it back unless it is negative or too long.
func (a Amount) String() string {
	sign, fen := "", uint64(a)
	if a < 0 {
		sign, fen = "-", -fen // exact for the smallest int64, too
	}
	if fen%fenPerYuan == 0 {
		return fmt.Sprintf("%s%d", sign, fen/fenPerYuan)
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/fenPerYuan, fen%fenPerYuan)
}

// Add returns a + b, and false if that overflows.
func (a Amount) Add(b Amount) (Amount, bool) {
	if (b > 0 && a > math.MaxInt64-b) || (b < 0 && a < math.MinInt64-b) {
		return 0, false
	}
	return a + b, true
}

// Mul returns a times n, and false if that overflows.
func (a Amount) Mul(n int64) (Amount, bool) {
	if a == 0 || n == 0 {
		return 0, true
	}
	// The one overflow that the division below does not show: it overflows too.
	if n == -1 && a == math.MinInt64 {
		return 0, false
	}
	product := int64(a) * n
	if product/n != int64(a) {
		return 0, false
	}
	return Amount(product), true
}

// Div returns a divided by n to the fen, toward zero: 100 / 3 is 33.33. It
// returns false if n is 0 or the quotient overflows.
func (a Amount) Div(n int64) (Amount, bool) {
	if n == 0 || (n == -1 && a == math.MinInt64) {
		return 0, false
	}
	return a / Amount(n), true
}
