// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// HouseholdStatus is what follows from the facts under the plan in force today
// (结论). The controller alone writes it.
type HouseholdStatus struct {
	// conditions are the yes-or-no statements about the family: Ready, FactsComplete,
	// SurveyCurrent, OnTrack, Recorded, EliminationEligible, Unique (状况).
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=12
	Conditions []metav1.Condition `json:"conditions,omitempty"`

	// observedGeneration is the generation of the spec that was judged (已处理的版本).
	// Absent: not judged yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// policyRef names the plan in force today (适用方案). Absent: none.
	// +optional
	PolicyRef *PolicyReference `json:"policyRef,omitempty"`

	// stage is where the family stands in the procedure (阶段). Absent: not judged.
	// +optional
	Stage Stage `json:"stage,omitempty"`

	// category is the kind of monitored object by the plan (监测对象类别), or
	// Undetermined where facts are missing. Absent: out of scope.
	// +optional
	Category Word `json:"category,omitempty"`

	// tier is the level of risk by the plan (风险等级), or Undetermined where facts
	// are missing. Absent: none.
	// +optional
	Tier Word `json:"tier,omitempty"`

	// tierSince is the first day of the unbroken run of days with this tier (等级起始日).
	// Absent: no tier.
	// +optional
	TierSince Date `json:"tierSince,omitempty"`

	// reasons are the rules of the tier that hold, in the plan's order (定级依据).
	// Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=32
	Reasons []Reason `json:"reasons,omitempty"`

	// causes of the hardship as last surveyed (致贫返贫原因). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=12
	Causes []Cause `json:"causes,omitempty"`

	// ledgers in which the family is to be kept: its tier's, then those that its category
	// adds (应录入台账). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Ledgers []Word `json:"ledgers,omitempty"`

	// identified is the day on which the family was included as a monitored object
	// (纳入日期). Absent: it is not.
	// +optional
	Identified Date `json:"identified,omitempty"`

	// surveyed is the date of the last survey seen (最近监测日期). Absent: none yet.
	// +optional
	Surveyed Date `json:"surveyed,omitempty"`

	// openShortfalls is how many shortfalls are open (未解决短板数). Absent: out of
	// scope or not judged.
	// +optional
	// +kubebuilder:validation:Minimum=0
	OpenShortfalls *int32 `json:"openShortfalls,omitempty"`

	// shortfalls are the standards that do not hold, in the plan's order (短板).
	// Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Shortfalls []Shortfall `json:"shortfalls,omitempty"`

	// proposed are measures that the tier and the category suggest, beside the
	// shortfalls' (建议措施). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=21
	Proposed []MeasureKind `json:"proposed,omitempty"`

	// deadlines of the family by kind, then name (期限). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=512
	Deadlines []Deadline `json:"deadlines,omitempty"`

	// nextDeadline is the earliest due day still to come (下一期限). Absent: none.
	// +optional
	NextDeadline Date `json:"nextDeadline,omitempty"`

	// overdue is how many deadlines are overdue (逾期数). Absent: not judged.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Overdue *int32 `json:"overdue,omitempty"`

	// elimination says when and whether the risk may be marked eliminated (风险消除).
	// Absent: the question does not arise.
	// +optional
	Elimination *Elimination `json:"elimination,omitempty"`

	// history lists changes of tier, oldest first, the last 24 (等级变动). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=24
	History []TierChange `json:"history,omitempty"`
}

// Reason is a rule of the matched tier that holds (依据).
type Reason struct {
	// rule is the rule's name in the plan (规则名).
	// +required
	Rule Word `json:"rule"`

	// message is what the plan says of it (说明). Absent: the plan says nothing.
	// +optional
	Message Text `json:"message,omitempty"`
}

// ShortfallState is how far a shortfall is taken care of (短板状态).
//
// +kubebuilder:validation:Enum=Found;Open;Covered;Overdue
type ShortfallState string

// The states of shortfalls. Overdue wins over Covered.
const (
	ShortfallFound   ShortfallState = "Found"   // 已发现,待预警审核
	ShortfallOpen    ShortfallState = "Open"    // 待补短
	ShortfallCovered ShortfallState = "Covered" // 已有措施
	ShortfallOverdue ShortfallState = "Overdue" // 逾期
)

// Shortfall is a standard that does not hold (短板).
type Shortfall struct {
	// standard that does not hold, by its name in the plan (不达标项).
	// +required
	Standard Word `json:"standard"`

	// since is the first day on which it did not hold (发现日期).
	// +required
	Since Date `json:"since"`

	// routed is the day on which the departments were told (交办日期). Absent: not yet.
	// +optional
	Routed Date `json:"routed,omitempty"`

	// departments that make it good (责任部门). Absent: the plan names none, or it is
	// not routed yet.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	Departments []Word `json:"departments,omitempty"`

	// due is the last day on which it is in time (补短期限). Absent: none.
	// +optional
	Due Date `json:"due,omitempty"`

	// state is Found, Open, Covered or Overdue (状态).
	// +required
	State ShortfallState `json:"state"`

	// measures of the assistance plan that are for it (已安排措施). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=64
	Measures []ObjectName `json:"measures,omitempty"`

	// proposed are kinds of measures that the plan suggests (建议措施). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=21
	Proposed []MeasureKind `json:"proposed,omitempty"`
}

// DeadlineKind is what sets a deadline (期限类别).
//
// +kubebuilder:validation:Enum=Tier;Survey;Plan;Shortfall;Step;Verification;Measure
type DeadlineKind string

// The kinds of deadlines.
const (
	DeadlineTier         DeadlineKind = "Tier"         // 方案期限
	DeadlineSurvey       DeadlineKind = "Survey"       // 监测
	DeadlinePlan         DeadlineKind = "Plan"         // 制定措施
	DeadlineShortfall    DeadlineKind = "Shortfall"    // 补短
	DeadlineStep         DeadlineKind = "Step"         // 程序环节
	DeadlineVerification DeadlineKind = "Verification" // 核查
	DeadlineMeasure      DeadlineKind = "Measure"      // 措施落实
)

// DeadlineState is whether a deadline was kept (期限状态).
//
// +kubebuilder:validation:Enum=Pending;Overdue;Met;MetLate
type DeadlineState string

// The states of deadlines.
const (
	DeadlinePending DeadlineState = "Pending"
	DeadlineOverdue DeadlineState = "Overdue"
	DeadlineMet     DeadlineState = "Met"
	DeadlineMetLate DeadlineState = "MetLate"
)

// Deadline is one deadline of the family (期限).
type Deadline struct {
	// kind is what sets it: Tier, Survey, Plan, Shortfall, Step, Verification or
	// Measure (类别).
	// +required
	Kind DeadlineKind `json:"kind"`

	// name within the kind: the plan's deadline, survey, plan, the standard,
	// review/step, the signal or the measure (名称).
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=320
	Name string `json:"name"`

	// start is the day from which it counts (起算日). Absent: it has none.
	// +optional
	Start Date `json:"start,omitempty"`

	// due is the last day in time (期限).
	// +required
	Due Date `json:"due"`

	// state is Pending, Overdue, Met or MetLate (状态).
	// +required
	State DeadlineState `json:"state"`

	// escalatedTo is the level that was told last (已上报至). Absent: none.
	// +optional
	EscalatedTo JurisdictionLevel `json:"escalatedTo,omitempty"`
}

// Elimination says when and whether the risk may be marked eliminated (风险消除).
type Elimination struct {
	// earliest is the first day on which the minimum has passed (最早消除日). Absent:
	// no minimum, or not identified.
	// +optional
	Earliest Date `json:"earliest,omitempty"`

	// eligible says whether nothing stands in the way today (可消除).
	// +required
	Eligible bool `json:"eligible"` //nolint:kubeapilinter // fixed by the contract

	// blockers are what stands in the way, sorted (阻碍). Absent: nothing.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Blockers []Word `json:"blockers,omitempty"`
}

// TierChange is a change of tier (等级变动).
type TierChange struct {
	// date from which the tier holds (日期).
	// +required
	Date Date `json:"date"`

	// tier from this day on (等级). Absent: none.
	// +optional
	Tier Word `json:"tier,omitempty"`

	// policy under which it was judged (方案). Absent: none was in force.
	// +optional
	Policy ObjectName `json:"policy,omitempty"`
}
