// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fangpin.io/fangpin/internal/decision"
)

// maxStepMessage bounds a step's message, in characters.
const maxStepMessage = 1024

// stepMessage says all that keeps a step's record from meeting it, and what to
// do; "" if nothing does.
func stepMessage(s *decision.StepVerdict) string {
	var out []string
	for i := range s.Faults {
		out = append(out, faultAdvice(&s.Faults[i]))
	}
	if len(out) == 0 && s.State == decision.StepWaiting && !s.Returned.IsZero() {
		out = append(out, fmt.Sprintf("Returned on %s: it must be signed again.", s.Returned))
	}
	message := strings.Join(out, " ")
	if utf8.RuneCountInString(message) <= maxStepMessage {
		return message
	}
	runes := []rune(message)
	return string(runes[:maxStepMessage-1]) + "…"
}

// faultAdvice is one fault in words, with what would mend it.
func faultAdvice(f *decision.Fault) string {
	switch f.Code {
	case decision.FaultNoSuchStep:
		return fmt.Sprintf("The procedure of policy %s has no step of this name; the record changes nothing.", f.Subject)
	case decision.FaultOutOfTurn:
		return fmt.Sprintf("Out of order: %s comes first.", f.Subject)
	case decision.FaultBeforeStepAhead:
		return fmt.Sprintf("Dated before %s, which was on %s: sign it again on that day or later.", f.Subject, f.Day)
	case decision.FaultBeforeOpening:
		return fmt.Sprintf("Dated before the review was opened on %s: sign it again on that day or later.", f.Day)
	case decision.FaultBeforeReturn:
		return fmt.Sprintf("Dated before it was sent back on %s: sign it again on that day or later.", f.Day)
	case decision.FaultReturnTo:
		return fmt.Sprintf("It cannot be sent back to %s: name this step or one ahead of it.", f.Subject)
	case decision.FaultNotBy:
		return fmt.Sprintf("Its signer took part in %s and may not sign this step: somebody else must.", f.Subject)
	case decision.FaultSecondDecision:
		return fmt.Sprintf("Its signer has signed the decision %s already: somebody else must sign this one.", f.Subject)
	case decision.FaultAttendance:
		return fmt.Sprintf("At least %d of %s must attend, and %d did: hold the meeting again.", f.Want, f.Subject, f.Got)
	}
	if s := recordAdvice(f); s != "" {
		return s
	}
	return familyAdvice(f)
}

// recordAdvice is about what stands in the record itself.
func recordAdvice(f *decision.Fault) string {
	switch f.Code {
	case decision.FaultNoDocument:
		return "The document is not named: add a record with document."
	case decision.FaultNoOfficer:
		return "Who answers for the family is not named: add a record with officer."
	case decision.FaultNoPlannedElimination:
		return "The day by which the risk is to be eliminated is not named: add a record with plannedElimination."
	case decision.FaultNoticeUndated:
		return "The first and last day of the notice are not both stated: add a record with from and until."
	case decision.FaultNoticeEarly:
		return fmt.Sprintf("The notice went up before the step ahead was taken on %s: put it up again.", f.Day)
	case decision.FaultNoticeShort:
		return fmt.Sprintf("The notice must stand at least %d days, through %s: put it up again.", f.Want, f.Day)
	case decision.FaultNoticeRunning:
		return fmt.Sprintf("The notice stands through %s: sign this step on a day after that.", f.Day)
	case decision.FaultSiteMissing:
		return fmt.Sprintf("The notice was not up at %s: put it up there too.", f.Subject)
	case decision.FaultNoSite:
		return "No place of the notice is named: add a record with sites."
	case decision.FaultObjectionsNotStated:
		return "Whether there were objections is not stated: add a record with objections: 0, or with how many are open."
	case decision.FaultObjectionsOpen:
		return fmt.Sprintf("Objections are open (%d): settle them, then add a record with objections: 0 and the document of the settlement.", f.Got)
	case decision.FaultSettlementUndocumented:
		return "That the objections are settled needs a document: add a record with document."
	case decision.FaultNotCompared:
		return fmt.Sprintf("%s was not compared.", f.Subject)
	case decision.FaultUnexplainedHit:
		return fmt.Sprintf("The hit on %s is not explained: find out, then add a record with the result Explained, or let the step fail.", f.Subject)
	}
	return ""
}

// familyAdvice is about what the family's other papers said on the record's day.
func familyAdvice(f *decision.Fault) string {
	switch f.Code {
	case decision.FaultNotIdentified:
		return "On that day the family was not identified as a monitored object."
	case decision.FaultNotPlanned:
		return fmt.Sprintf("On that day no measure was planned for %s: plan one, then sign again.", f.Subject)
	case decision.FaultNotRecorded:
		return fmt.Sprintf("On that day the family was not entered in %s: enter it, then sign again.", f.Subject)
	case decision.FaultNoDepartment:
		return "A department of the shortfall must apply: add a record with department."
	case decision.FaultOtherDepartment:
		if len(f.Names) == 0 {
			return fmt.Sprintf("%s cannot apply: on that day no department answered for a shortfall that this review names.", f.Subject)
		}
		return fmt.Sprintf("%s is no department of the shortfall: %s must apply.", f.Subject, strings.Join(f.Names, " or "))
	case decision.FaultNoSuchStandard:
		return fmt.Sprintf("The policy of that day has no standard %s.", f.Subject)
	case decision.FaultStandardUnmet:
		return fmt.Sprintf("On that day %s did not hold: mend it and survey the family, then sign again.", f.Subject)
	case decision.FaultStandardUnknown:
		return fmt.Sprintf("On that day it was not known whether %s held: find out %s, then sign again.", f.Subject, strings.Join(f.Names, ", "))
	case decision.FaultHeld:
		return fmt.Sprintf("On that day %s stood in the way: %s", f.Subject, holdAdvice(&f.Hold))
	}
	return ""
}

// holdAdvice says why something stands in the way of an elimination, and when or
// how it could go.
func holdAdvice(h *decision.Hold) string {
	switch h.Name {
	case decision.HoldMinimumPeriod:
		return fmt.Sprintf("not before %s.", h.Lifts)
	case decision.HoldNotStable:
		return fmt.Sprintf("the last %d surveys must find no shortfall, and %d did.", h.Want, h.Got)
	case decision.HoldShortfallsOpen:
		return fmt.Sprintf("close %s first.", strings.Join(h.Names, ", "))
	case decision.HoldNotIdentified:
		return "the family is not identified as a monitored object."
	case decision.HoldFactsMissing:
		return fmt.Sprintf("find out %s.", strings.Join(h.Names, ", "))
	}
	if h.Message != "" {
		return h.Message
	}
	return "the plan says so."
}

// eliminationAdvice says all that stands in the way of an elimination.
func eliminationAdvice(e *decision.EliminationVerdict) string {
	var out []string
	for i := range e.Holds {
		out = append(out, e.Holds[i].Name+": "+holdAdvice(&e.Holds[i]))
	}
	return strings.Join(out, " ")
}

// stepNeeds is what a record of the step must bring, "" if nothing in particular.
func stepNeeds(s *decision.Step) string {
	var out []string
	for _, a := range s.Attendance {
		out = append(out, fmt.Sprintf("at least %d of %s", a.Count, a.Role))
	}
	if s.Type == decision.PublicNotice {
		out = append(out, fmt.Sprintf("a notice of at least %d days", s.MinDays))
	}
	if len(s.Assets) > 0 {
		out = append(out, "a comparison of "+strings.Join(s.Assets, ", "))
	}
	if s.ByDepartment {
		out = append(out, "the application of a department of the shortfall")
	}
	for _, need := range []struct {
		bit  decision.Requirement
		word string
	}{
		{decision.NeedsDocument, "a document"},
		{decision.NeedsOfficer, "an officer"},
		{decision.NeedsPlannedElimination, "a planned elimination"},
		{decision.NeedsPlan, "a measure for each open shortfall"},
		{decision.NeedsIdentified, "an identified family"},
		{decision.NeedsRecorded, "an entry in each ledger of the tier"},
	} {
		if s.Requires&need.bit != 0 {
			out = append(out, need.word)
		}
	}
	return strings.Join(out, ", ")
}
