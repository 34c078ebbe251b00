// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"strconv"
	"strings"
)

// decimal is a number as it is written: digits × 10^exponent, without leading
// or trailing zeros. No float is used on the way.
type decimal struct {
	negative bool
	digits   string // "" is zero
	exponent int
}

// shownDigits is how many significant digits a spreadsheet keeps and shows. A
// file may hold more: 0.1+0.2 is stored as 0.30000000000000004, and 4800.1 as
// 4800.1000000000004. What is beyond is an artefact of binary fractions.
const shownDigits = 15

// parseDecimal reads a number such as 4800, 4800.50, -1 or 5.3E+17.
func parseDecimal(s string) (decimal, bool) {
	var d decimal
	if rest, cut := strings.CutPrefix(s, "-"); cut {
		d.negative, s = true, rest
	}
	mantissa, power, scientific := strings.Cut(strings.ReplaceAll(s, "e", "E"), "E")
	if scientific {
		n, err := strconv.Atoi(strings.TrimPrefix(power, "+"))
		if err != nil || n > 400 || n < -400 {
			return d, false
		}
		d.exponent = n
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	d.digits = whole + fraction
	if d.digits == "" || whole == "" || point && fraction == "" || !allDigits(d.digits) || len(d.digits) > 400 {
		return d, false
	}
	d.exponent -= len(fraction)
	return d.trimmed(), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func (d decimal) trimmed() decimal {
	short := strings.TrimRight(d.digits, "0")
	d.exponent += len(d.digits) - len(short)
	if d.digits = strings.TrimLeft(short, "0"); d.digits == "" {
		return decimal{}
	}
	return d
}

// shown is the number as a spreadsheet shows it: with 15 significant digits,
// half away from zero.
func (d decimal) shown() decimal {
	if len(d.digits) <= shownDigits {
		return d
	}
	up := d.digits[shownDigits] >= '5'
	d.exponent += len(d.digits) - shownDigits
	kept := []byte(d.digits[:shownDigits])
	for i := len(kept) - 1; up && i >= 0; i-- {
		if kept[i] != '9' {
			kept[i]++
			up = false
			break
		}
		kept[i] = '0'
	}
	if d.digits = string(kept); up {
		d.digits = "1" + d.digits
	}
	return d.trimmed()
}

// decimals is how many digits stand after the point.
func (d decimal) decimals() int { return max(0, -d.exponent) }

// wholeDigits is how many digits stand before the point.
func (d decimal) wholeDigits() int { return max(1, len(d.digits)+d.exponent) }

// String writes the number without an exponent.
func (d decimal) String() string {
	if d.digits == "" {
		return "0"
	}
	sign := ""
	if d.negative {
		sign = "-"
	}
	if d.exponent >= 0 {
		return sign + d.digits + strings.Repeat("0", d.exponent)
	}
	padded := strings.Repeat("0", max(0, 1-len(d.digits)-d.exponent)) + d.digits
	at := len(padded) + d.exponent
	return sign + padded[:at] + "." + padded[at:]
}
