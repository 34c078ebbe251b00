// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// EliminationVerdict says when and whether the risk may be marked eliminated.
type EliminationVerdict struct {
	Earliest civil.Day // zero: no minimum, or not identified
	Holds    []Hold    // what stands in the way, by name
}

// SignalState is where a lead stands.
type SignalState string

// The states of leads. Refused goes before Incomplete, and both before all that
// is asked of a lead afterwards.
const (
	SignalRefused    SignalState = "Refused"
	SignalIncomplete SignalState = "Incomplete"
	SignalRepeated   SignalState = "Repeated"
	SignalBelowLine  SignalState = "BelowLine"
	SignalAwaiting   SignalState = "AwaitingVerification"
	SignalOverdue    SignalState = "Overdue"
	SignalConfirmed  SignalState = "Confirmed"
	SignalDismissed  SignalState = "Dismissed"
)

// Refusal is why a lead was refused.
type Refusal uint8

// The refusals.
const (
	NotRefused     Refusal = iota
	RefusedChannel         // the plan takes no leads of its source
	RefusedWill            // somebody else reports, and the family's own will is not confirmed
)

// SignalVerdict is what is concluded about a lead.
type SignalVerdict struct {
	Name     string
	Ahead    bool     // its date has not come
	Plan     *Plan    // in force on its date; nil: none, and it is not judged
	Conflict []string // plans in conflict on its date

	State                 SignalState
	Refusal               Refusal
	NoDocument, NoConsent bool // which its channel requires
	Line                  string
	VerifyBy              civil.Day
}

// ReviewStage is how far a procedure has come.
type ReviewStage string

// The stages of reviews. A Blocked one is open.
const (
	ReviewInProgress ReviewStage = "InProgress"
	ReviewBlocked    ReviewStage = "Blocked"
	ReviewCompleted  ReviewStage = "Completed"
	ReviewRejected   ReviewStage = "Rejected"
)

// StepState is where a step stands.
type StepState string

// The states of steps.
const (
	StepWaiting    StepState = "Waiting" // its turn
	StepPending    StepState = "Pending" // not yet
	StepPassed     StepState = "Passed"
	StepPassedLate StepState = "PassedLate"
	StepFailed     StepState = "Failed"
	StepInvalid    StepState = "Invalid"
)

// ReviewVerdict is what is concluded about a review.
type ReviewVerdict struct {
	Name      string
	Ahead     bool  // the day of its opening has not come
	Plan      *Plan // in force when it was opened; nil: none, and it is not judged
	Conflict  []string
	Procedure *Procedure // nil: the plan has none of its purpose

	Stage     ReviewStage
	WaitsFor  string // an earlier open review of the same purpose
	Next      *Step  // nil: it is over
	Due       civil.Day
	Steps     []StepVerdict
	Completed civil.Day
	Since     civil.Day // the day on which it was over
}

// StepVerdict is what is concluded about a step.
type StepVerdict struct {
	Name     string
	State    StepState
	Date     civil.Day // of the record that counts
	Due      civil.Day
	Returned civil.Day // the day on which the review was last sent back to it
	Faults   []Fault
}

// FaultCode is a way in which a record does not meet its step.
type FaultCode uint8

// The ways in which a record does not meet its step.
const (
	FaultNoSuchStep      FaultCode = iota // Subject: the plan, whose procedure lacks it
	FaultOutOfTurn                        // Subject: the step whose turn it is
	FaultBeforeStepAhead                  // Subject: the step ahead; Day: its date
	FaultBeforeOpening                    // Day: of the opening
	FaultBeforeReturn                     // Day: on which it was sent back
	FaultReturnTo                         // Subject: where it cannot be sent
	FaultNotBy                            // Subject: the step that its signer took part in
	FaultKeptApart                        // Subject: the step whose signer takes part in this one
	FaultSecondDecision                   // Subject: the decision of the same signer
	FaultAttendance                       // Subject: the role; Want, Got
	FaultNoDocument
	FaultNoOfficer
	FaultNoPlannedElimination
	FaultNoticeUndated
	FaultNoticeEarly   // Day: before which it went up
	FaultNoticeShort   // Want: days; Day: through which it must stand
	FaultNoticeRunning // Day: its last
	FaultSiteMissing   // Subject: the site
	FaultNoSite
	FaultObjectionsNotStated
	FaultObjectionsOpen // Got: how many
	FaultSettlementUndocumented
	FaultNotCompared    // Subject: the asset
	FaultUnexplainedHit // Subject: the asset
	FaultNotIdentified
	FaultNotPlanned  // Subject: the shortfall without a measure
	FaultNotRecorded // Subject: the ledger
	FaultNoDepartment
	FaultOtherDepartment // Subject: who applied; Names: who may
	FaultNoSuchStandard  // Subject: the standard
	FaultStandardUnmet   // Subject: the standard
	FaultStandardUnknown // Subject: the standard; Names: the missing facts
	FaultHeld            // Hold
)

// Fault is one thing that keeps a record from meeting its step.
type Fault struct {
	Code      FaultCode
	Subject   string
	Names     []string
	Want, Got int
	Day       civil.Day
	Hold      Hold
}
