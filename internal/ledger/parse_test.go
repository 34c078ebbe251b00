// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"math/big"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/cli/manifest"
)

func column(t testing.TB, k Kind, field string) *Column {
	t.Helper()
	c := columnByField(k, field)
	if c == nil {
		t.Fatalf("no field %s", field)
	}
	return c
}

func TestCellsAreReadByTheirColumn(t *testing.T) {
	text := func(s string) Cell { return Cell{Kind: Text, Text: s} }
	number := func(s string) Cell { return Cell{Kind: Number, Text: s} }
	date := Cell{Kind: Date, Text: "43933", Day: day(t, "2020-04-12")}
	tests := []struct {
		name     string
		kind     Kind
		field    string
		cell     Cell
		want     string
		wantCode Code
	}{
		{"an amount in figures", Surveys, "income", number("4800"), "4800", ""},
		{"an amount with the artefact of a binary fraction", Surveys, "income", number("4800.1000000000004"), "4800.10", ""},
		{"0.1+0.2", Surveys, "income", number("0.30000000000000004"), "0.30", ""},
		{"a fen below a line, as binary fractions have it", Surveys, "income", number("4999.9899999999998"), "4999.99", ""},
		{"a third decimal that is shown", Surveys, "income", number("4800.125"), "", TooFine},
		{"a third decimal of a text", Surveys, "income", text("4800.125"), "", TooFine},
		{"an artefact typed as text is no artefact", Surveys, "income", text("0.30000000000000004"), "", TooFine},
		{"an exponent", Surveys, "income", number("1.2E+4"), "12000", ""},
		{"a negative exponent", Surveys, "income", number("5E-2"), "0.05", ""},
		{"thousands", Surveys, "income", text("12,345.5"), "12345.50", ""},
		{"thousands in full width", Surveys, "income", text("１２，３４５"), "12345", ""},
		{"commas that part no thousands", Surveys, "income", text("12,34"), "", BadGrouping},
		{"with the sign and the unit", Surveys, "income", text("¥4800元"), "4800", ""},
		{"ten thousands that the mapping does not speak of", Surveys, "income", text("1.2万元"), "", InTenThousands},
		{"negative", Surveys, "income", number("-1"), "", Negative},
		{"too large", Surveys, "income", text("1234567890123"), "", TooLarge},
		{"no amount", Surveys, "income", text("约5000"), "", NotMoney},
		{"a date for an amount", Surveys, "income", date, "", NotMoney},
		{"nothing", Surveys, "income", text("-"), "", ""},
		{"a formula", Surveys, "income", Cell{Kind: Formula, Text: "4800"}, "", IsFormula},
		{"an error", Surveys, "income", Cell{Kind: Faulty, Text: "#REF!"}, "", IsError},
		{"an error that became a text", Surveys, "income", text("#N/A"), "", IsError},
		{"a character that is lost", Households, "head.name", Cell{Kind: Faulty, Text: "张\ufffd"}, "", Lost},

		{"a date", Surveys, "date", date, "2020-04-12", ""},
		{"with hyphens", Surveys, "date", text("2020-4-12"), "2020-04-12", ""},
		{"with strokes", Surveys, "date", text("2020/4/12"), "2020-04-12", ""},
		{"in Chinese", Surveys, "date", text("2020年4月12日"), "2020-04-12", ""},
		{"in eight figures", Surveys, "date", text("20200412"), "2020-04-12", ""},
		{"in eight figures as a number", Surveys, "date", number("20200412"), "2020-04-12", ""},
		{"with midnight", Surveys, "date", text("2020-04-12 00:00:00"), "2020-04-12", ""},
		{"a serial number without a date format", Surveys, "date", number("43933"), "", NumberNoDate},
		{"a day that is none", Surveys, "date", text("2021-02-30"), "", NoSuchDay},
		{"no date", Surveys, "date", text("去年"), "", NotDate},
		{"month before year", Surveys, "date", text("4/12/2020"), "", NotDate},

		{"a period", Signals, "period", text("2021-04"), "2021-04", ""},
		{"a period that a spreadsheet took for a date", Signals, "period", Cell{Kind: Date, Day: day(t, "2021-04-01")}, "2021-04", ""},
		{"a day for a period", Signals, "period", date, "", NotPeriod},
		{"a year", Signals, "period", number("2021"), "2021", ""},
		{"a month in Chinese", Signals, "period", text("2021年4月"), "2021-04", ""},

		{"a count", Households, "persons", number("4"), "4", ""},
		{"a count with its unit", Households, "persons", text("4人"), "4", ""},
		{"half a person", Households, "persons", number("4.5"), "", NotCount},
		{"nobody", Households, "persons", number("0"), "", NotCount},
		{"too many", Households, "persons", number("51"), "", NotCount},

		{"a word in Chinese", Households, "registration", text("脱贫户"), "Graduated", ""},
		{"in English, whatever the case", Households, "registration", text("graduated"), "Graduated", ""},
		{"another way to say it", Households, "registration", text("一般农户"), "None", ""},
		{"mistyped", Households, "registration", text("脱平户"), "", UnknownWordNear},
		{"no word of it", Households, "registration", text("甲乙丙丁戊己"), "", UnknownWord},
		{"a list", Surveys, "causes", text("因病、因残；因学"), "Illness,Disability,Schooling", ""},
		{"a list with a word twice", Surveys, "causes", text("因病、疾病"), "", ItemTwice},
		{"yes", Surveys, "unchanged", text("是"), "true", ""},
		{"a boolean", Surveys, "unchanged", Cell{Kind: Bool, Text: "0"}, "false", ""},
		{"neither yes nor no", Surveys, "unchanged", text("大概"), "", NotBool},
		{"a guarantee with a detail", Surveys, "guarantees.Housing", text("有可能不达标：土坯房"), "AtRisk:土坯房", ""},
		{"a plan's own guarantee", Surveys, "guarantees", text("Heating=达标"), "Heating=Met", ""},
		{"a guarantee of no form", Surveys, "guarantees", text("Heating"), "", BadItem},
		{"a plan's own department", Measures, "department", text("forestry"), "forestry", ""},
		{"a department in Chinese", Measures, "department", text("民政局"), "civil-affairs", ""},

		{"a village by its display name", Households, "jurisdiction", text("龙潭村"), "zhaotan-longtan", ""},
		{"a village that is not there", Households, "jurisdiction", text("龙谭村"), "", UnknownWordNear},
		{"members", Households, "members", text("户主/1968/慢性病/未就业/不在校；子女/1996"), "Head/1968/ChronicIllness/Unemployed/NotInSchool\nChild/1996", ""},
		{"a member of no year", Households, "members", text("户主/甲"), "", NotCount},
		{"marks", Households, "marks", text("国扶系统/2019-12-31/脱贫不稳定户"), "NationalSystem/2019-12-31/UnstableGraduated", ""},
		{"a mark without its date", Households, "marks", text("国扶系统"), "", BadItem},
		{"a number where a name belongs", Households, "head.name", number("12.5"), "", WrongKind},
		{"an identity number where a name belongs", Households, "head.name", text(identityOf("001")), "", HoldsIdentity},
		{"an identity number in a detail", Signals, "document", text("见 341721196801010012 一案"), "", HoldsIdentity},
		{"an object name", Households, "name", text("hh-000127"), "hh-000127", ""},
		{"an identity number for an object name", Households, "name", text("hh-" + identityOf("001")[:15]), "", HoldsIdentity},
		{"no object name", Households, "name", text("张某家"), "", NotName},

		{"an identity number kept as a number", Households, "identity", number("5.30521198001012E+17"), "", IdentityNumber},
		{"an identity number in powers of ten", Households, "identity", text("5.30521E+17"), "", IdentityRounded},
		{"one of 15", Households, "identity", text("000000601301001"), "", IdentityOld},
		{"one of 17", Households, "identity", text("00000019601301001"), "", IdentityForm},
		{"one mistyped", Households, "identity", text("000000196013010010"), "", IdentityCheck},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := options(t)
			r := reader{Column: column(t, tt.kind, tt.field), key: o.Key, places: o.Places}
			got, problem := r.read(tt.cell, o.Limits)
			code := Code("")
			if problem != nil {
				code = problem.Code
			}
			if got != tt.want && code == "" || code != tt.wantCode {
				t.Errorf("got %q, %s; want %q, %s", got, code, tt.want, tt.wantCode)
			}
		})
	}
}

func TestTenThousandsAreReadWhereTheMappingSaysSo(t *testing.T) {
	r := reader{Column: column(t, Surveys, "income"), tenK: true}
	for in, want := range map[string]string{"0.48": "4800", "1.23456": "12345.60", "1.234567": "12345.67", "1万": "10000"} {
		if got, problem := r.read(Cell{Kind: Text, Text: in}, DefaultLimits); got != want || problem != nil {
			t.Errorf("%s: got %q, %v, want %q", in, got, problem, want)
		}
	}
	if _, problem := r.read(Cell{Kind: Text, Text: "1.2345678"}, DefaultLimits); problem == nil || problem.Code != TooFine {
		t.Errorf("finer than a fen: %v", problem)
	}
}

// TestIdentityNumbersAreNeverRepeated: not in a digest, not in a message.
func TestIdentityNumbersBecomeDigests(t *testing.T) {
	o := options(t)
	r := reader{Column: column(t, Households, "identity"), key: o.Key}
	number := identityOf("009") // check character X
	if number[17] != 'X' {
		for serial := 0; number[17] != 'X'; serial++ {
			number = identityOf("0" + two(strconv.Itoa(serial)))
		}
	}
	want, problem := r.read(Cell{Kind: Text, Text: number}, o.Limits)
	if problem != nil || !digestForm.MatchString(want) {
		t.Fatalf("%q, %v", want, problem)
	}
	small := number[:6] + " " + number[6:14] + "　" + number[14:17] + "x\t"
	if got, problem := r.read(Cell{Kind: Text, Text: small}, o.Limits); got != want || problem != nil {
		t.Errorf("with spaces and a small x: %q, %v", got, problem)
	}
	other := reader{Column: r.Column, key: Key("another key of the tests")}
	if got, _ := other.read(Cell{Kind: Text, Text: number}, o.Limits); got == want {
		t.Error("another key makes the same digest")
	}
	none := reader{Column: r.Column}
	if _, problem := none.read(Cell{Kind: Text, Text: number}, o.Limits); problem == nil || problem.Code != NoKey {
		t.Errorf("without a key: %v", problem)
	}
}

func TestHMACIsThatOfTheStandard(t *testing.T) {
	// RFC 4231, test case 2.
	if got, want := Key("Jefe").Digest("what do ya want for nothing?"), "hmac-sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestFiguresAreExact compares the decimals with exact fractions.
func TestFiguresAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,20}(\.[0-9]{1,20})?(E[+-]?[0-9]{1,2})?`).Draw(t, "figure")
		d, ok := parseDecimal(text)
		if !ok {
			t.Fatalf("%s is not read", text)
		}
		want, _ := new(big.Rat).SetString(text)
		got, ok := new(big.Rat).SetString(d.String())
		if !ok || got.Cmp(want) != 0 {
			t.Fatalf("%s became %s", text, d)
		}
	})
}

// TestWhatASpreadsheetStoresIsReadAsItShowsIt: of every amount there is, the
// binary fraction that a spreadsheet keeps, written with 17 digits.
func TestWhatASpreadsheetStoresIsReadAsItShowsIt(t *testing.T) {
	r := reader{Column: column(t, Surveys, "income")}
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(0, 99_999_999_999_999).Draw(t, "fen")
		stored := strconv.FormatFloat(float64(fen)/100, 'G', 17, 64)
		d := decimal{digits: strconv.FormatInt(fen, 10), exponent: -2}.trimmed()
		got, problem := r.read(Cell{Kind: Number, Text: stored}, DefaultLimits)
		if problem != nil || got != canonicalMoney(d.String()) {
			t.Fatalf("%d fen, stored as %s: got %s, %v", fen, stored, got, problem)
		}
	})
}

// TestWordsAreThoseOfTheContract holds the tables against the definitions.
func TestWordsAreThoseOfTheContract(t *testing.T) {
	for _, tt := range []struct {
		words *words
		kind  string
		path  []string
	}{
		{registrations, "Household", []string{"spec", "registration"}},
		{causes, "Household", []string{"spec", "surveys", "causes"}},
		{measureKinds, "AssistancePlan", []string{"spec", "measures", "kind"}},
		{methods, "Household", []string{"spec", "surveys", "method"}},
		{guaranteeStates, "Household", []string{"spec", "surveys", "guarantees", "state"}},
		{labours, "Household", []string{"spec", "surveys", "labour"}},
		{risks, "Household", []string{"spec", "surveys", "risk"}},
		{hardships, "Household", []string{"spec", "surveys", "hardship"}},
		{incomeTrends, "Household", []string{"spec", "surveys", "incomeTrend"}},
		{spendingTrend, "Household", []string{"spec", "surveys", "spendingTrend"}},
		{sources, "RiskSignal", []string{"spec", "source"}},
		{consents, "RiskSignal", []string{"spec", "consent"}},
		{proxies, "RiskSignal", []string{"spec", "proxy"}},
		{wills, "RiskSignal", []string{"spec", "will"}},
		{outcomes, "RiskSignal", []string{"spec", "verification", "outcome"}},
	} {
		want := manifest.Enumeration(tt.kind, tt.path...)
		if len(want) != len(tt.words.list) || len(want) == 0 {
			t.Errorf("%v: %d words, the contract has %d", tt.path, len(tt.words.list), len(want))
		}
		for _, w := range want {
			if tt.words.byWord[w] == "" {
				t.Errorf("%v: no word for %s", tt.path, w)
			}
		}
	}
}

// TestNoWordMeansTwoThings: what is said is read back as it was meant.
func TestNoWordMeansTwoThings(t *testing.T) {
	for _, k := range Kinds() {
		for _, c := range columnsOf(k) {
			if c.words == nil {
				continue
			}
			for _, w := range c.words.list {
				for _, name := range append([]string{w.said, w.value}, w.also...) {
					if got := c.words.byKey[wordKey(name)]; got != w.value {
						t.Errorf("%s: %s is read as %s, not %s", c.Field, name, got, w.value)
					}
				}
			}
		}
	}
}

// TestNoHeaderStandsForTwoFields within a kind.
func TestNoHeaderStandsForTwoFields(t *testing.T) {
	for _, k := range Kinds() {
		for _, c := range columnsOf(k) {
			for _, header := range append([]string{c.Header, c.Field}, c.also...) {
				if got := columnByHeader(k, header); got != c {
					t.Errorf("%s: header %s stands for %s, not %s", k, header, got.Field, c.Field)
				}
			}
		}
	}
}
