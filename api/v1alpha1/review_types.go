// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Review is the file of one procedure: who signed which step, when, and with
// what outcome (程序档案).
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=rev,categories=fangpin
// +kubebuilder:selectablefield:JSONPath=`.spec.householdRef.name`
// +kubebuilder:printcolumn:name="Household",type=string,JSONPath=`.spec.householdRef.name`
// +kubebuilder:printcolumn:name="Purpose",type=string,JSONPath=`.spec.purpose`
// +kubebuilder:printcolumn:name="Stage",type=string,JSONPath=`.status.stage`
// +kubebuilder:printcolumn:name="Next-Step",type=string,JSONPath=`.status.nextStep`
// +kubebuilder:printcolumn:name="Due",type=string,JSONPath=`.status.due`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:printcolumn:name="Policy",type=string,priority=1,JSONPath=`.status.policyRef.name`
// +kubebuilder:printcolumn:name="Completed",type=string,priority=1,JSONPath=`.status.completed`
// +kubebuilder:validation:XValidation:rule=`!self.metadata.name.matches('[0-9]{15}')`,fieldPath=`.metadata`,message=`metadata.name looks like an identity number (15 or more digits in a row); names show in addresses, logs and metrics: write one that says nothing of a person, such as rev-000127`
type Review struct {
	metav1.TypeMeta `json:",inline"`

	// metadata is the object's metadata (元数据).
	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// spec holds the signed records (程序记录).
	// +required
	Spec ReviewSpec `json:"spec"`

	// status says how far the procedure has come (程序进展).
	// +optional
	// +structType=atomic
	Status ReviewStatus `json:"status,omitzero"`
}

// ReviewSpec holds the signed records of one procedure (程序记录).
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.records) || (has(self.records) && size(self.records) >= size(oldSelf.records) && [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63].all(i, i >= size(oldSelf.records) || self.records[i] == oldSelf.records[i]))`,fieldPath=`.records`,message=`records are never changed, removed or reordered: leave those that stand as they are and add the new one at the end; a correction is a further record`
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.records) || size(oldSelf.records) == 0 || self.purpose == oldSelf.purpose`,fieldPath=`.purpose`,message=`purpose is fixed once a record stands: undo the change, or open another review`
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.records) || size(oldSelf.records) == 0 || self.opened == oldSelf.opened`,fieldPath=`.opened`,message=`opened is fixed once a record stands: undo the change, or open another review`
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.records) || size(oldSelf.records) == 0 || (has(self.standards) ? self.standards : []) == (has(oldSelf.standards) ? oldSelf.standards : [])`,fieldPath=`.standards`,message=`standards is fixed once a record stands: undo the change, or open another review`
type ReviewSpec struct {
	// householdRef names the family; it is fixed for ever (农户).
	// +required
	// +kubebuilder:validation:XValidation:rule=`self == oldSelf`,message=`householdRef is fixed for ever: undo the change, or delete the object and create one for the other household`
	HouseholdRef HouseholdReference `json:"householdRef"`

	// purpose of the procedure; fixed once a record stands (程序类别).
	// +required
	Purpose Purpose `json:"purpose"`

	// opened is the day on which it began; the plan in force then rules it to the end
	// (启动日期). Fixed once a record stands.
	// +required
	Opened Date `json:"opened"`

	// entered is the day it was typed in (补录日期). Absent: opened.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// standards that a Warning or CloseOut is about; fixed once a record stands
	// (涉及短板). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y == x))`,message=`each standard stands once: remove the second`
	Standards []Word `json:"standards,omitempty"`

	// records of steps; the list grows only at its end (步骤记录). Absent: none yet.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=64
	Records []StepRecord `json:"records,omitempty"`
}

// StepOutcome is how a step ended (步骤结果).
//
// +kubebuilder:validation:Enum=Passed;Failed;Returned
type StepOutcome string

// The outcomes of steps.
const (
	StepOutcomePassed   StepOutcome = "Passed"   // 通过
	StepOutcomeFailed   StepOutcome = "Failed"   // 不通过
	StepOutcomeReturned StepOutcome = "Returned" // 退回
)

// StepRecord is one signed step (步骤记录).
// +kubebuilder:validation:XValidation:rule=`!has(self.from) || !has(self.until) || self.from <= self.until`,fieldPath=`.until`,message=`until is before from: write the last day of the notice, not before its first`
// +kubebuilder:validation:XValidation:rule=`!has(self.to) || self.outcome == 'Returned'`,fieldPath=`.to`,message=`to says where a Returned review goes: remove it, or let outcome be Returned`
type StepRecord struct {
	// step by its name in the plan (步骤).
	// +required
	Step Word `json:"step"`

	// date of the step (日期).
	// +required
	Date Date `json:"date"`

	// by is the user who signs (签字人).
	// +required
	By UserName `json:"by"`

	// with are the people who went along or stood by (陪同人员). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	With []UserName `json:"with,omitempty"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// outcome is Passed, Failed or Returned (结果).
	// +required
	Outcome StepOutcome `json:"outcome"`

	// to is the step to which it is returned (退回至). Absent: this step itself.
	// +optional
	To Word `json:"to,omitempty"`

	// reason for people (原因). Absent: none.
	// +optional
	// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`reason holds an identity number; it never enters the cluster: leave it out`
	Reason Text `json:"reason,omitempty"`

	// document that stands behind it (文书). Absent: none.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`document holds an identity number; it never enters the cluster: leave it out`
	Document string `json:"document,omitempty"`

	// attendance of an Appraisal (参会人员). Absent: not stated.
	// +optional
	// +listType=map
	// +listMapKey=role
	// +kubebuilder:validation:MaxItems=16
	Attendance []Attendance `json:"attendance,omitempty"`

	// inFavour is how many voted for it (同意人数). Absent: not stated.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=10000
	InFavour *int32 `json:"inFavour,omitempty"`

	// from is the first day of a notice (公示起始). Absent: that of the record before.
	// +optional
	From Date `json:"from,omitempty"`

	// until is the last day of a notice (公示截止). Absent: that of the record before.
	// +optional
	Until Date `json:"until,omitempty"`

	// sites where a notice stood (公示地点). Absent: those of the record before.
	// +optional
	// +listType=set
	// +kubebuilder:validation:MaxItems=64
	Sites []Word `json:"sites,omitempty"`

	// objections to a notice open on date (异议数). Absent: not stated.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=10000
	Objections *int32 `json:"objections,omitempty"`

	// checks of a DataComparison (比对结果). Absent: none.
	// +optional
	// +listType=map
	// +listMapKey=asset
	// +kubebuilder:validation:MaxItems=32
	Checks []AssetCheck `json:"checks,omitempty"`

	// department that applies (申请部门). Absent: none.
	// +optional
	Department Word `json:"department,omitempty"`

	// officer who answers for the family from now (监测帮扶责任人). Absent: not stated.
	// +optional
	Officer UserName `json:"officer,omitempty"`

	// plannedElimination is the day by which the risk is to be eliminated (计划消除日期).
	// Absent: not stated.
	// +optional
	PlannedElimination Date `json:"plannedElimination,omitempty"`
}

// Attendance is how many of a role attended (参会人数).
type Attendance struct {
	// role such as VillageRepresentative (身份).
	// +required
	Role Word `json:"role"`

	// count of people (人数).
	// +required
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=10000
	Count int32 `json:"count"`
}

// CheckResult is what a comparison of assets found (比对结论).
//
// +kubebuilder:validation:Enum=Clear;Hit;Explained
type CheckResult string

// AssetCheck is the comparison of one kind of assets (资产比对).
type AssetCheck struct {
	// asset that was compared (资产).
	// +required
	Asset Word `json:"asset"`

	// result is Clear, Hit or Explained (结论).
	// +required
	Result CheckResult `json:"result"`
}

// ReviewStage is how far a procedure has come (程序进展).
//
// +kubebuilder:validation:Enum=InProgress;Blocked;Completed;Rejected
type ReviewStage string

// The stages of reviews. A Blocked one is open.
const (
	ReviewInProgress ReviewStage = "InProgress" // 进行中
	ReviewBlocked    ReviewStage = "Blocked"    // 受阻
	ReviewCompleted  ReviewStage = "Completed"  // 完成
	ReviewRejected   ReviewStage = "Rejected"   // 不通过
)

// StepState is where a step stands (步骤状态).
//
// +kubebuilder:validation:Enum=Waiting;Pending;Passed;PassedLate;Failed;Invalid
type StepState string

// The states of steps.
const (
	StepWaiting    StepState = "Waiting"    // 待办
	StepPending    StepState = "Pending"    // 未到
	StepPassed     StepState = "Passed"     // 通过
	StepPassedLate StepState = "PassedLate" // 逾期通过
	StepFailed     StepState = "Failed"     // 不通过
	StepInvalid    StepState = "Invalid"    // 无效
)

// ReviewStatus says how far a procedure has come (程序进展).
type ReviewStatus struct {
	// conditions are Ready, Completed (状况).
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=12
	Conditions []metav1.Condition `json:"conditions,omitempty"`

	// observedGeneration is the generation of the spec that was judged (已处理的版本).
	// Absent: not yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// policyRef names the plan whose procedure this is (适用方案). Absent: none.
	// +optional
	PolicyRef *PolicyReference `json:"policyRef,omitempty"`

	// stage is InProgress, Blocked, Completed or Rejected (进展). Absent: not judged yet.
	// +optional
	Stage ReviewStage `json:"stage,omitempty"`

	// nextStep that waits for a record (下一步骤). Absent: none.
	// +optional
	NextStep Word `json:"nextStep,omitempty"`

	// due is the last day for the next step in time (期限). Absent: none.
	// +optional
	Due Date `json:"due,omitempty"`

	// steps in the plan's order, then records of steps that the plan lacks (各步骤).
	// Absent: not judged yet.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=80
	Steps []StepStatus `json:"steps,omitempty"`

	// completed is the day on which the last step passed (完成日期). Absent: not yet.
	// +optional
	Completed Date `json:"completed,omitempty"`
}

// StepStatus is where a step stands (步骤状态).
type StepStatus struct {
	// name of the step (步骤).
	// +required
	Name Word `json:"name"`

	// state of the step (状态).
	// +required
	State StepState `json:"state"`

	// date of the record that counts (日期). Absent: none.
	// +optional
	Date Date `json:"date,omitempty"`

	// message tells what is missing (说明). Absent: nothing.
	// +optional
	Message Text `json:"message,omitempty"`
}

// ReviewList is a list of reviews.
//
// +kubebuilder:object:root=true
type ReviewList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Review `json:"items"`
}
