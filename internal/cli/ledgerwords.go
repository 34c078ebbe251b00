// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"strings"

	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/ledger"
)

// problemWords are the sentences of what may be wrong with a ledger.
var problemWords = map[ledger.Code]wording.Key{
	ledger.NotRegular:       wording.LedgerNotRegular,
	ledger.FileTooLarge:     wording.LedgerFileTooLarge,
	ledger.OldFormat:        wording.LedgerOldFormat,
	ledger.NotWorkbook:      wording.LedgerNotWorkbook,
	ledger.UnknownFormat:    wording.LedgerUnknownFormat,
	ledger.UTF16:            wording.LedgerUTF16,
	ledger.Unpacked:         wording.LedgerUnpacked,
	ledger.TooPacked:        wording.LedgerTooPacked,
	ledger.TooManySheets:    wording.LedgerTooManySheets,
	ledger.TooManyRows:      wording.LedgerTooManyRows,
	ledger.TooManyColumns:   wording.LedgerTooManyColumns,
	ledger.TooMuchText:      wording.LedgerTooMuchText,
	ledger.BadCSV:           wording.LedgerBadCSV,
	ledger.NoSheet:          wording.LedgerNoSheet,
	ledger.NoLedger:         wording.LedgerNoLedger,
	ledger.NoHeader:         wording.LedgerNoHeader,
	ledger.UnknownHeader:    wording.LedgerUnknownHeader,
	ledger.UnknownNear:      wording.LedgerUnknownNear,
	ledger.HeaderMissing:    wording.LedgerHeaderMissing,
	ledger.HeaderTwice:      wording.LedgerHeaderTwice,
	ledger.NoKey:            wording.LedgerNoKey,
	ledger.NoMatchColumn:    wording.LedgerNoMatchColumn,
	ledger.NoRequiredColumn: wording.LedgerNoRequiredColumn,
	ledger.BadMapping:       wording.LedgerBadMapping,
	ledger.MappingKind:      wording.LedgerMappingKind,
	ledger.MappingField:     wording.LedgerMappingField,
	ledger.MappingTwice:     wording.LedgerMappingTwice,
	ledger.MappingUnit:      wording.LedgerMappingUnit,
	ledger.MappingValue:     wording.LedgerMappingValue,
	ledger.MappingColumn:    wording.LedgerMappingColumn,
	ledger.KeyShort:         wording.LedgerKeyShort,
	ledger.KeyLong:          wording.LedgerKeyLong,
	ledger.KeyOpen:          wording.LedgerKeyOpen,
	ledger.CellTooLong:      wording.LedgerCellTooLong,
	ledger.IsFormula:        wording.LedgerIsFormula,
	ledger.IsError:          wording.LedgerIsError,
	ledger.Lost:             wording.LedgerLost,
	ledger.BeyondHeader:     wording.LedgerBeyondHeader,
	ledger.IsMissing:        wording.LedgerIsMissing,
	ledger.IdentityNumber:   wording.LedgerIdentityNumber,
	ledger.IdentityRounded:  wording.LedgerIdentityRounded,
	ledger.IdentityOld:      wording.LedgerIdentityOld,
	ledger.IdentityForm:     wording.LedgerIdentityForm,
	ledger.IdentityCheck:    wording.LedgerIdentityCheck,
	ledger.DigestForm:       wording.LedgerDigestForm,
	ledger.DigestDiffers:    wording.LedgerDigestDiffers,
	ledger.HoldsIdentity:    wording.LedgerHoldsIdentity,
	ledger.NotDate:          wording.LedgerNotDate,
	ledger.NoSuchDay:        wording.LedgerNoSuchDay,
	ledger.NumberNoDate:     wording.LedgerNumberNoDate,
	ledger.InFuture:         wording.LedgerInFuture,
	ledger.NotMoney:         wording.LedgerNotMoney,
	ledger.Negative:         wording.LedgerNegative,
	ledger.TooFine:          wording.LedgerTooFine,
	ledger.TooLarge:         wording.LedgerTooLarge,
	ledger.BadGrouping:      wording.LedgerBadGrouping,
	ledger.InTenThousands:   wording.LedgerInTenThousands,
	ledger.NotCount:         wording.LedgerNotCount,
	ledger.NotBool:          wording.LedgerNotBool,
	ledger.NotPeriod:        wording.LedgerNotPeriod,
	ledger.UnknownWord:      wording.LedgerUnknownWord,
	ledger.UnknownWordNear:  wording.LedgerUnknownWordNear,
	ledger.NotName:          wording.LedgerNotName,
	ledger.NotPlace:         wording.LedgerNotPlace,
	ledger.TextTooLong:      wording.LedgerTextTooLong,
	ledger.TooManyItems:     wording.LedgerTooManyItems,
	ledger.ItemTwice:        wording.LedgerItemTwice,
	ledger.BadItem:          wording.LedgerBadItem,
	ledger.WrongKind:        wording.LedgerWrongKind,
	ledger.RowTwice:         wording.LedgerRowTwice,
	ledger.NoFamily:         wording.LedgerNoFamily,
	ledger.FamilyRefused:    wording.LedgerFamilyRefused,
	ledger.LivesElsewhere:   wording.LedgerLivesElsewhere,
	ledger.OtherIdentity:    wording.LedgerOtherIdentity,
	ledger.SeveralFamilies:  wording.LedgerSeveralFamilies,
	ledger.NameTaken:        wording.LedgerNameTaken,
	ledger.NothingToTell:    wording.LedgerNothingToTell,
	ledger.SurveyDiffers:    wording.LedgerSurveyDiffers,
	ledger.Signed:           wording.LedgerSigned,
	ledger.FirstUnchanged:   wording.LedgerFirstUnchanged,
	ledger.FactsUnchanged:   wording.LedgerFactsUnchanged,
	ledger.SurveyNoDate:     wording.LedgerSurveyNoDate,
	ledger.Partly:           wording.LedgerPartly,
	ledger.MembersTooMany:   wording.LedgerMembersTooMany,
	ledger.ListFull:         wording.LedgerListFull,
	ledger.BeforeIt:         wording.LedgerBeforeIt,
}

// sayProblem says what is wrong, and where.
func sayProblem(l wording.Language, p *ledger.Problem) string {
	args := make([]any, len(p.Args))
	for i, arg := range p.Args {
		if inner, ok := arg.(*ledger.Problem); ok {
			arg = sayProblem(l, inner)
		}
		args[i] = arg
	}
	said := l.Say(problemWords[p.Code], args...)
	ref := p.Ref()
	switch {
	case ref != "" && p.Header != "":
		return l.Say(wording.AtCell, ref, p.Header, said)
	case ref != "":
		return ref + ": " + said
	}
	return said
}

// spokenProblem is an error of a ledger in the language of who reads it.
type spokenProblem struct {
	error
	said string
}

func (s spokenProblem) Error() string { return s.said }

func (s spokenProblem) Unwrap() error { return s.error }

// speakProblems puts the problems of a ledger into the session's language, a
// sentence each, under the ledger's name.
func (s *session) speakProblems(path string, err error) error {
	if err == nil {
		return nil
	}
	var out []error
	for _, one := range wording.Each(err) {
		said := one
		var p *ledger.Problem
		if errors.As(one, &p) {
			said = spokenProblem{one, sayProblem(s.lang, p)}
		}
		where := path
		if p != nil && p.Sheet != "" {
			where += " " + p.Sheet
		}
		out = append(out, wording.Fault(wording.InLedger, where, said))
	}
	return errors.Join(out...)
}

// reasonsOf says in one text why a row is refused.
func (s *session) reasonsOf(problems []*ledger.Problem, refusal error) string {
	var out []string
	for _, p := range problems {
		out = append(out, sayProblem(s.lang, p))
	}
	if refusal != nil {
		out = append(out, s.lang.Error(refusal))
	}
	separator := "; "
	if s.lang == wording.Chinese {
		separator = "；"
	}
	return strings.ReplaceAll(strings.Join(out, separator), "\n", separator)
}
