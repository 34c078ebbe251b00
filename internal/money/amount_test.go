// SPDX-License-Identifier: Apache-2.0

package money

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseTakesYuanAndTellsWhatIsWrong(t *testing.T) {
	tests := map[string]struct {
		in        string
		want      Amount
		wantText  string
		wantError string
	}{
		"whole yuan":                       {in: "5000", want: 500000, wantText: "5000"},
		"two decimals":                     {in: "4999.99", want: 499999, wantText: "4999.99"},
		"one decimal is tens of fen":       {in: "0.5", want: 50, wantText: "0.50"},
		"fen below ten":                    {in: "0.05", want: 5, wantText: "0.05"},
		"decimals of nothing go":           {in: "5000.00", want: 500000, wantText: "5000"},
		"nothing":                          {in: "0", want: 0, wantText: "0"},
		"zeros in front go":                {in: "007.10", want: 710, wantText: "7.10"},
		"the longest":                      {in: "999999999999.99", want: 99999999999999, wantText: "999999999999.99"},
		"one figure more":                  {in: "1000000000000", wantError: "has 13 figures before the decimal point, at most 12 are taken"},
		"empty":                            {in: "", wantError: `amount "" is empty; write yuan in figures with at most two decimals, as in "5000" or "4999.99"`},
		"negative":                         {in: "-5", wantError: `amount "-5" is negative; write yuan in figures`},
		"a plus":                           {in: "+5", wantError: "has a sign"},
		"three decimals":                   {in: "4999.999", wantError: "has 3 decimals, finer than a fen"},
		"three decimals of nothing":        {in: "4999.990", wantError: "has 3 decimals"},
		"a bare point":                     {in: ".", wantError: "has no figure before the decimal point"},
		"no figure before the point":       {in: ".5", wantError: "has no figure before the decimal point"},
		"no figure after the point":        {in: "5.", wantError: "has no figure after the decimal point"},
		"two points":                       {in: "5.0.0", wantError: "has more than one decimal point"},
		"a group":                          {in: "4,999.99", wantError: "groups its figures with ','"},
		"a full-width group":               {in: "4\uff0c999", wantError: "groups its figures with '\uff0c'"},
		"an underscore":                    {in: "4_999", wantError: "groups its figures with '_'"},
		"an exponent":                      {in: "5e3", wantError: "is written with an exponent"},
		"a space before":                   {in: " 5", wantError: "has a space in it"},
		"an ideographic space behind":      {in: "5\u3000", wantError: "has a space in it"},
		"a currency sign":                  {in: "¥5", wantError: "has '¥' in it, which is no figure"},
		"a unit":                           {in: "5000元", wantError: "has '元' in it"},
		"ten thousands":                    {in: "1万", wantError: "has '万' in it"},
		"full-width figures":               {in: "\uff15\uff10", wantError: "is written in full-width figures"},
		"broken text":                      {in: "5\xff", wantError: "which is no figure"},
		"a long text is not repeated":      {in: strings.Repeat("9", 8000), wantError: `9"... (8000 bytes) has 8000 figures`},
		"many decimals are not repeated":   {in: "1." + strings.Repeat("3", 8000), wantError: "has 8000 decimals"},
		"a minus that is no sign, at last": {in: "5-", wantError: "has '-' in it"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(tc.in)
			if tc.wantError != "" {
				if err == nil || !strings.Contains(err.Error(), tc.wantError) || len(err.Error()) > 300 {
					t.Errorf("error %v, want a short one that says %q", err, tc.wantError)
				}
			} else if err != nil {
				t.Errorf("error %v, want none", err)
			}
			if got != tc.want {
				t.Errorf("Parse(%q) = %d fen, want %d", tc.in, got, tc.want)
			}
			if err == nil && got.String() != tc.wantText {
				t.Errorf("%q is written %q, want %q", tc.in, got, tc.wantText)
			}
		})
	}
}

func TestAmountsThatNobodyWritesHaveATextToo(t *testing.T) {
	for want, amount := range map[string]Amount{
		"-0.50":                 -50,
		"-3":                    -300,
		"92233720368547758.07":  math.MaxInt64,
		"-92233720368547758.08": math.MinInt64,
	} {
		if got := amount.String(); got != want {
			t.Errorf("%d fen is written %q, want %q", int64(amount), got, want)
		}
	}
}

func TestWritingAndReadingAnAmountGivesItBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Amount(rapid.Int64Range(0, 99999999999999).Draw(t, "fen"))
		if back, err := Parse(a.String()); err != nil || back != a {
			t.Fatalf("%d fen is written %q, read as %d (%v)", int64(a), a, int64(back), err)
		}
	})
}

func TestMulAndDivToTheFenTowardZero(t *testing.T) {
	tests := map[string]struct {
		do     func() (Amount, bool)
		want   Amount
		wantOK bool
	}{
		"times a number":                {func() (Amount, bool) { return Amount(499999).Mul(3) }, 1499997, true},
		"a third goes toward zero":      {func() (Amount, bool) { return Amount(10000).Div(3) }, 3333, true},
		"two thirds go toward zero":     {func() (Amount, bool) { return Amount(20000).Div(3) }, 6666, true},
		"a debt goes toward zero, too":  {func() (Amount, bool) { return Amount(-20000).Div(3) }, -6666, true},
		"half a fen is none":            {func() (Amount, bool) { return Amount(1).Div(2) }, 0, true},
		"by nothing":                    {func() (Amount, bool) { return Amount(1).Div(0) }, 0, false},
		"nothing by nothing":            {func() (Amount, bool) { return Amount(0).Div(0) }, 0, false},
		"too much":                      {func() (Amount, bool) { return Amount(math.MaxInt64).Mul(2) }, 0, false},
		"the least turned round":        {func() (Amount, bool) { return Amount(math.MinInt64).Mul(-1) }, 0, false},
		"turned round by the least":     {func() (Amount, bool) { return Amount(-1).Mul(math.MinInt64) }, 0, false},
		"the least divided by minus 1":  {func() (Amount, bool) { return Amount(math.MinInt64).Div(-1) }, 0, false},
		"whole yuan":                    {func() (Amount, bool) { return Yuan(5000) }, 500000, true},
		"more yuan than there are":      {func() (Amount, bool) { return Yuan(math.MaxInt64) }, 0, false},
		"the most and a fen":            {func() (Amount, bool) { return Amount(math.MaxInt64).Add(1) }, 0, false},
		"the least and a debt of a fen": {func() (Amount, bool) { return Amount(math.MinInt64).Add(-1) }, 0, false},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := tc.do(); got != tc.want || ok != tc.wantOK {
				t.Errorf("%d fen %v, want %d %v", int64(got), ok, int64(tc.want), tc.wantOK)
			}
		})
	}
}

// anyInt64 draws numbers small, large and at the ends.
func anyInt64() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64(),
		rapid.SampledFrom([]int64{math.MinInt64, math.MinInt64 + 1, math.MaxInt64, math.MaxInt64 - 1, math.MaxInt64 / 2}))
}

func TestArithmeticIsExactOrSaysThatItIsNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, n := anyInt64().Draw(t, "a"), anyInt64().Draw(t, "n")
		x, y := big.NewInt(a), big.NewInt(n)
		check := func(operation string, got Amount, ok bool, exact *big.Int) {
			if exact == nil || !exact.IsInt64() {
				if ok || got != 0 {
					t.Fatalf("%d %s %d = %d %v, want 0 false", a, operation, n, int64(got), ok)
				}
				return
			}
			if !ok || int64(got) != exact.Int64() {
				t.Fatalf("%d %s %d = %d %v, want %s true", a, operation, n, int64(got), ok, exact)
			}
		}
		sum, okSum := Amount(a).Add(Amount(n))
		check("+", sum, okSum, new(big.Int).Add(x, y))
		product, okProduct := Amount(a).Mul(n)
		check("*", product, okProduct, new(big.Int).Mul(x, y))
		var quotient *big.Int
		if n != 0 {
			quotient = new(big.Int).Quo(x, y)
		}
		got, ok := Amount(a).Div(n)
		check("/", got, ok, quotient)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "0", "5000", "4999.99", "0.5", "5.", ".5", "-1", "1e3", "1,000", "999999999999.99", "1000000000000", "5\xff", "5元"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(s)
		if err != nil {
			if a != 0 || len(err.Error()) > 400 {
				t.Fatalf("Parse(%q) = %d beside the error %v", s, int64(a), err)
			}
			return
		}
		exact, ok := new(big.Rat).SetString(s)
		if !ok || a < 0 || exact.Cmp(big.NewRat(int64(a), 100)) != 0 {
			t.Fatalf("Parse(%q) = %d fen", s, int64(a))
		}
		if back, err := Parse(a.String()); err != nil || back != a {
			t.Fatalf("%q is written %q, read as %d (%v)", s, a, int64(back), err)
		}
	})
}
