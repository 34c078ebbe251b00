// SPDX-License-Identifier: Apache-2.0

package v1alpha1

// Purpose is what a procedure decides (程序类别). Plans may name others than these.
//
// +kubebuilder:validation:Pattern=`^[A-Za-z][A-Za-z0-9-]*$`
// +kubebuilder:validation:MaxLength=63
type Purpose string

// The purposes of procedures.
const (
	PurposeIdentification Purpose = "Identification" // 识别纳入
	PurposeWarning        Purpose = "Warning"        // 预警
	PurposeCloseOut       Purpose = "CloseOut"       // 销号
	PurposeElimination    Purpose = "Elimination"    // 风险消除
)

// PriorMarks says what marks from before the plan count for (已有标注).
//
// +kubebuilder:validation:Enum=MarksCount
type PriorMarks string

// PriorMarksCount says that marks of the national system dated before the plan
// count as identified.
const PriorMarksCount PriorMarks = "MarksCount"

// AfterElimination says what becomes of a family whose risk was eliminated (消除后).
//
// +kubebuilder:validation:Enum=Release;KeepWatching
type AfterElimination string

// What becomes of a family after elimination.
const (
	AfterRelease      AfterElimination = "Release"      // 不再监测
	AfterKeepWatching AfterElimination = "KeepWatching" // 继续跟踪监测
)

// MinimumCount is how quarters since inclusion are counted (季度计法).
//
// +kubebuilder:validation:Enum=Rolling;CurrentAndNext;WholeQuarters
type MinimumCount string

// The ways of counting quarters.
const (
	CountRolling        MinimumCount = "Rolling"        // 自纳入之日起满N个季度
	CountCurrentAndNext MinimumCount = "CurrentAndNext" // 含纳入当季
	CountWholeQuarters  MinimumCount = "WholeQuarters"  // 不含纳入当季
)

// Minimum is the least time from inclusion to elimination (最短监测期).
type Minimum struct {
	// quarters that must pass (季度数).
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=20
	Quarters int32 `json:"quarters"`

	// counted as Rolling, CurrentAndNext or WholeQuarters (计法).
	// +required
	Counted MinimumCount `json:"counted"`
}

// Procedure is an ordered list of steps with gates (程序).
type Procedure struct {
	// purpose of the procedure: Identification, Warning, CloseOut, Elimination (类别).
	// +required
	Purpose Purpose `json:"purpose"`

	// prior says that marks from before the plan count as identified (已有标注).
	// Absent: they do not.
	// +optional
	Prior PriorMarks `json:"prior,omitempty"`

	// minimum time from inclusion, for Elimination (最短监测期). Absent: none.
	// +optional
	Minimum *Minimum `json:"minimum,omitempty"`

	// stableSurveys is how many last surveys in a row must be without a shortfall, for
	// Elimination (稳定达标次数). Absent: 1.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=60
	StableSurveys *int32 `json:"stableSurveys,omitempty"`

	// blockers stop the last step while they hold (阻碍). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two blockers have the same name: each name stands once`
	Blockers []Blocker `json:"blockers,omitempty"`

	// after elimination the family is released or watched on (消除后). Absent: Release.
	// +optional
	After AfterElimination `json:"after,omitempty"`

	// steps in their order (步骤).
	// +required
	// +listType=atomic
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=16
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two steps have the same name: each name stands once`
	Steps []Step `json:"steps"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// Blocker stops the last step of a procedure while it holds (阻碍).
type Blocker struct {
	// name of the blocker (名称).
	// +required
	Name Word `json:"name"`

	// when it holds (条件).
	// +required
	When Expression `json:"when"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`
}

// StepType is what a step is (步骤类型).
//
// +kubebuilder:validation:Enum=HomeVisit;Appraisal;PublicNotice;DataComparison;Decision;Registration;Application
type StepType string

// The types of steps.
const (
	StepHomeVisit      StepType = "HomeVisit"      // 入户核查
	StepAppraisal      StepType = "Appraisal"      // 评议
	StepPublicNotice   StepType = "PublicNotice"   // 公示
	StepDataComparison StepType = "DataComparison" // 数据比对
	StepDecision       StepType = "Decision"       // 审批, 审核, 备案
	StepRegistration   StepType = "Registration"   // 录入
	StepApplication    StepType = "Application"    // 申请
)

// StepRequirement is what a step's record needs (步骤要件).
//
// +kubebuilder:validation:Enum=Document;Officer;Plan;PlannedElimination;Identified;Recorded
type StepRequirement string

// What a step's record may need.
const (
	NeedsDocument           StepRequirement = "Document"           // 文书
	NeedsOfficer            StepRequirement = "Officer"            // 监测帮扶责任人
	NeedsPlan               StepRequirement = "Plan"               // 帮扶措施
	NeedsPlannedElimination StepRequirement = "PlannedElimination" // 风险消除时间
	NeedsIdentified         StepRequirement = "Identified"         // 已纳入
	NeedsRecorded           StepRequirement = "Recorded"           // 已录入台账
)

// Applicant is who applies (申请人).
//
// +kubebuilder:validation:Enum=Department
type Applicant string

// ApplicantDepartment says that a department of the shortfall applies.
const ApplicantDepartment Applicant = "Department"

// Step is one step of a procedure; it passes by a record (步骤).
type Step struct {
	// name of the step, to which the verb approve is granted (名称).
	// +required
	Name Word `json:"name"`

	// type of the step (类型).
	// +required
	Type StepType `json:"type"`

	// level that takes it, for display; RBAC decides (层级). Absent: not stated.
	// +optional
	Level JurisdictionLevel `json:"level,omitempty"`

	// applicant of an Application (申请人). Absent: anybody.
	// +optional
	Applicant Applicant `json:"applicant,omitempty"`

	// attendance that an Appraisal needs (参会要求). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.role == x.role))`,message=`two entries have the same role: each role stands once`
	Attendance []AttendanceRule `json:"attendance,omitempty"`

	// requires lists what the record needs (要件). Absent: nothing.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=6
	Requires []StepRequirement `json:"requires,omitempty"`

	// minDays that a PublicNotice stands (公示天数). Absent: no minimum.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=365
	MinDays *int32 `json:"minDays,omitempty"`

	// sites where a PublicNotice goes up (公示地点). Absent: where the record names.
	// +optional
	Sites *NoticeSites `json:"sites,omitempty"`

	// assets that a DataComparison covers (比对资产). Absent: none in particular.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=32
	Assets []Word `json:"assets,omitempty"`

	// notBy names steps whose signers may not sign this one (回避). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	NotBy []Word `json:"notBy,omitempty"`

	// within is the time from the step ahead, for the first from opening (时限).
	// Absent: no limit.
	// +optional
	// +kubebuilder:validation:XValidation:rule=`[has(self.date), has(self.monthDay), has(self.days), has(self.months), has(self.endOf), has(self.dayOfNextMonth), has(self.sinceLast)].exists(x, x)`,message=`state one of date, monthDay, days, months, endOf and dayOfNextMonth`
	// +kubebuilder:validation:XValidation:rule=`!has(self.sinceLast)`,fieldPath=`.sinceLast`,message=`sinceLast is for duties alone, which recur: write months or another rule`
	Within *Due `json:"within,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// AttendanceRule is how many of a role must attend (参会要求).
type AttendanceRule struct {
	// role such as VillageRepresentative (身份).
	// +required
	Role Word `json:"role"`

	// min is the least number (最少人数).
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=10000
	Min int32 `json:"min"`
}

// NoticeSites are the sites where a notice must go up (公示地点).
type NoticeSites struct {
	// kinds of which every site is required (必须公示的地点类别). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	Kinds []SiteKind `json:"kinds,omitempty"`

	// clusterOf requires every other site with at least so many households (聚居户数).
	// Absent: no such rule.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100000
	ClusterOf *int32 `json:"clusterOf,omitempty"`
}
