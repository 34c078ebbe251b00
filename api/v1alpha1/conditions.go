// SPDX-License-Identifier: Apache-2.0

package v1alpha1

// Condition types. All are positive; Reconciling and Stalled are absent when
// all is normal.
const (
	// ConditionReady says that the controller judged the object at its present generation.
	ConditionReady = "Ready"
	// ConditionReconciling says that the controller is still at work on the object.
	ConditionReconciling = "Reconciling"
	// ConditionStalled says that the object waits for a person to mend something.
	ConditionStalled = "Stalled"

	// ConditionFactsComplete says that no rule lacked a fact (信息完整).
	ConditionFactsComplete = "FactsComplete"
	// ConditionSurveyCurrent says that no survey is overdue (监测及时).
	ConditionSurveyCurrent = "SurveyCurrent"
	// ConditionOnTrack says that no deadline is overdue (按期推进).
	ConditionOnTrack = "OnTrack"
	// ConditionRecorded says that every ledger of the tier has the family (已录入台账).
	ConditionRecorded = "Recorded"
	// ConditionEliminationEligible says that the risk may be marked eliminated (可标注风险消除).
	ConditionEliminationEligible = "EliminationEligible"
	// ConditionUnique says that no other household has the same identity digest (无重复建档).
	ConditionUnique = "Unique"

	// ConditionCompiled says that every rule of the policy compiles (方案规则有效).
	ConditionCompiled = "Compiled"
	// ConditionInForce says that the policy is in force today somewhere (方案生效中).
	ConditionInForce = "InForce"
	// ConditionRolledOut says that every family under the policy was judged by it (方案已全面执行).
	ConditionRolledOut = "RolledOut"

	// ConditionPolicyResolved says that exactly one policy is in force at the node (方案已确定).
	ConditionPolicyResolved = "PolicyResolved"
	// ConditionWithinScale says that the monitored share keeps to the guidance (监测规模合理).
	ConditionWithinScale = "WithinScale"

	// ConditionCovered says that every shortfall has a measure (短板均有措施).
	ConditionCovered = "Covered"
	// ConditionDelivered says that every measure was delivered (措施均已落实).
	ConditionDelivered = "Delivered"
	// ConditionEffective says that no delivered measure left its standard unmet (措施有效).
	ConditionEffective = "Effective"

	// ConditionCompleted says that a review's procedure is complete (程序完成).
	ConditionCompleted = "Completed"
	// ConditionSealed says that a report's figures equal what was submitted (数据一致).
	ConditionSealed = "Sealed"
)

// Reasons of Ready and Stalled.
const (
	// ReasonJudged is the reason of Ready=True on a family and its papers.
	ReasonJudged = "Judged"
	// ReasonAggregated is the reason of Ready=True on a jurisdiction.
	ReasonAggregated = "Aggregated"
	// ReasonPolicyInvalid says that the policy in force does not compile.
	ReasonPolicyInvalid = "PolicyInvalid"
	// ReasonPolicyConflict says that two policies would be in force at once.
	ReasonPolicyConflict = "PolicyConflict"
	// ReasonTreeInvalid says that the tree of jurisdictions has a fault here.
	ReasonTreeInvalid = "TreeInvalid"
	// ReasonJurisdictionMismatch says that the household's jurisdiction is not its namespace's.
	ReasonJurisdictionMismatch = "JurisdictionMismatch"
	// ReasonNoPolicy says that no policy is in force.
	ReasonNoPolicy = "NoPolicy"
	// ReasonReferenceNotFound says that an object that is referred to does not exist.
	ReasonReferenceNotFound = "ReferenceNotFound"
	// ReasonProgressing says that work is under way.
	ReasonProgressing = "Progressing"
)

// Reasons of the other conditions.
const (
	// ReasonFactsKnown is the reason of FactsComplete=True.
	ReasonFactsKnown = "FactsKnown"
	// ReasonFactsMissing is the reason of FactsComplete=False.
	ReasonFactsMissing = "FactsMissing"
	// ReasonSurveyed is the reason of SurveyCurrent=True.
	ReasonSurveyed = "Surveyed"
	// ReasonSurveyOverdue is the reason of SurveyCurrent=False.
	ReasonSurveyOverdue = "SurveyOverdue"
	// ReasonInTime is the reason of OnTrack=True.
	ReasonInTime = "InTime"
	// ReasonDeadlineOverdue is the reason of OnTrack=False.
	ReasonDeadlineOverdue = "DeadlineOverdue"
	// ReasonInLedgers is the reason of Recorded=True.
	ReasonInLedgers = "InLedgers"
	// ReasonLedgerMissing is the reason of Recorded=False.
	ReasonLedgerMissing = "LedgerMissing"
	// ReasonComputed is the reason of Ready=True on a report.
	ReasonComputed = "Computed"
	// ReasonUnchanged is the reason of Sealed=True.
	ReasonUnchanged = "Unchanged"
	// ReasonNotSubmitted is the reason of Sealed=False before the submission.
	ReasonNotSubmitted = "NotSubmitted"
	// ReasonFiguresMissing is the reason of Sealed=False on a submission without figures.
	ReasonFiguresMissing = "FiguresMissing"
	// ReasonFactsChanged is the reason of Sealed=False when facts were corrected since.
	ReasonFactsChanged = "FactsChanged"
	// ReasonNoTwin is the reason of Unique=True.
	ReasonNoTwin = "NoTwin"
	// ReasonTwin is the reason of Unique=False.
	ReasonTwin = "Twin"
	// ReasonCompiled is the reason of Compiled=True.
	ReasonCompiled = "Compiled"
	// ReasonInForce is the reason of InForce=True.
	ReasonInForce = "InForce"
	// ReasonNotYetInForce is the reason of InForce=False before the first day.
	ReasonNotYetInForce = "NotYetInForce"
	// ReasonEnded is the reason of InForce=False after the last day.
	ReasonEnded = "Ended"
	// ReasonReplaced is the reason of InForce=False where other policies took its place.
	ReasonReplaced = "Replaced"
	// ReasonRolledOut is the reason of RolledOut=True.
	ReasonRolledOut = "RolledOut"
	// ReasonPolicyFound is the reason of PolicyResolved=True.
	ReasonPolicyFound = "PolicyFound"
	// ReasonWithinGuidance is the reason of WithinScale=True.
	ReasonWithinGuidance = "WithinGuidance"
	// ReasonAboveGuidance is the reason of WithinScale=False.
	ReasonAboveGuidance = "AboveGuidance"
	// ReasonAllCovered is the reason of Covered=True.
	ReasonAllCovered = "AllCovered"
	// ReasonMeasureMissing is the reason of Covered=False.
	ReasonMeasureMissing = "MeasureMissing"
	// ReasonAllDelivered is the reason of Delivered=True.
	ReasonAllDelivered = "AllDelivered"
	// ReasonAwaitingDelivery is the reason of Delivered=False.
	ReasonAwaitingDelivery = "AwaitingDelivery"
	// ReasonHelped is the reason of Effective=True.
	ReasonHelped = "Helped"
	// ReasonShortfallRemains is the reason of Effective=False.
	ReasonShortfallRemains = "ShortfallRemains"
	// ReasonNothingInTheWay is the reason of EliminationEligible=True.
	ReasonNothingInTheWay = "NothingInTheWay"
	// ReasonBlockersHold is the reason of EliminationEligible=False.
	ReasonBlockersHold = "BlockersHold"
	// ReasonReviewCompleted is the reason of Completed=True.
	ReasonReviewCompleted = "Completed"
	// ReasonReviewInProgress is the reason of Completed=False while steps wait.
	ReasonReviewInProgress = "InProgress"
	// ReasonReviewBlocked is the reason of Completed=False while something must be mended.
	ReasonReviewBlocked = "Blocked"
	// ReasonReviewRejected is the reason of Completed=False for ever.
	ReasonReviewRejected = "Rejected"
)
