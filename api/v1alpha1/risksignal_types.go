// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// RiskSignal is a lead about a family (线索).
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=sig,categories=fangpin
// +kubebuilder:selectablefield:JSONPath=`.spec.householdRef.name`
// +kubebuilder:selectablefield:JSONPath=`.status.state`
// +kubebuilder:printcolumn:name="Household",type=string,JSONPath=`.spec.householdRef.name`
// +kubebuilder:printcolumn:name="Source",type=string,JSONPath=`.spec.source`
// +kubebuilder:printcolumn:name="Cause",type=string,JSONPath=`.spec.cause`
// +kubebuilder:printcolumn:name="Date",type=string,JSONPath=`.spec.date`
// +kubebuilder:printcolumn:name="State",type=string,JSONPath=`.status.state`
// +kubebuilder:printcolumn:name="Verify-By",type=string,JSONPath=`.status.verifyBy`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:validation:XValidation:rule=`!self.metadata.name.matches('[0-9]{15}')`,fieldPath=`.metadata`,message=`metadata.name looks like an identity number (15 or more digits in a row); names show in addresses, logs and metrics: write one that says nothing of a person, such as sig-000127`
type RiskSignal struct {
	metav1.TypeMeta `json:",inline"`

	// metadata is the object's metadata (元数据).
	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// spec is the lead and its verification (线索内容).
	// +required
	Spec RiskSignalSpec `json:"spec"`

	// status says where the lead stands (线索状态).
	// +optional
	// +structType=atomic
	Status RiskSignalStatus `json:"status,omitzero"`
}

// Consent is a promise of truthfulness and authority to query assets (承诺授权).
//
// +kubebuilder:validation:Enum=Given;Refused
type Consent string

// ConsentGiven says that truthfulness was promised and assets may be queried.
const ConsentGiven Consent = "Given"

// Proxy is who speaks for the family (代报人).
//
// +kubebuilder:validation:Enum=Relative;Neighbour;Cadre
type Proxy string

// Will says whether the family itself wants the report (真实意愿).
//
// +kubebuilder:validation:Enum=Confirmed;Denied
type Will string

// WillConfirmed says that the family itself wants the report.
const WillConfirmed Will = "Confirmed"

// RiskSignalSpec is a lead and its verification (线索内容).
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.verification) || (has(self.verification) && self.verification == oldSelf.verification)`,fieldPath=`.verification`,message=`a verification is final once set: undo the change`
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.verification) || (self.source == oldSelf.source && self.cause == oldSelf.cause && self.date == oldSelf.date && has(self.department) == has(oldSelf.department) && (!has(self.department) || self.department == oldSelf.department) && has(self.amount) == has(oldSelf.amount) && (!has(self.amount) || self.amount == oldSelf.amount) && has(self.period) == has(oldSelf.period) && (!has(self.period) || self.period == oldSelf.period))`,message=`a verified lead stays as it was verified: undo the change of source, department, cause, amount, date or period, or enter a further lead`
// +kubebuilder:validation:XValidation:rule=`!has(self.verification) || self.verification.date >= self.date`,fieldPath=`.verification`,message=`verification.date is before the date of the lead: write the day on which it was verified`
type RiskSignalSpec struct {
	// householdRef names the family; it is fixed for ever (农户).
	// +required
	// +kubebuilder:validation:XValidation:rule=`self == oldSelf`,message=`householdRef is fixed for ever: undo the change, or delete the object and create one for the other household`
	HouseholdRef HouseholdReference `json:"householdRef"`

	// source of the lead (来源).
	// +required
	Source SignalSource `json:"source"`

	// department that sent it (部门). Absent: none.
	// +optional
	Department Word `json:"department,omitempty"`

	// cause that it speaks of (原因).
	// +required
	Cause Cause `json:"cause"`

	// amount that it speaks of, in yuan, quoted (金额). Absent: not stated.
	// +optional
	Amount Money `json:"amount,omitempty"`

	// date of the lead (线索日期).
	// +required
	Date Date `json:"date"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// period of a periodic feed (期间). Absent: it is none.
	// +optional
	Period Period `json:"period,omitempty"`

	// document that stands behind it (文书). Absent: none.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`document holds an identity number; it never enters the cluster: leave it out`
	Document string `json:"document,omitempty"`

	// consent of a SelfReport (承诺授权). Absent: not given.
	// +optional
	Consent Consent `json:"consent,omitempty"`

	// proxy who reports for the family (代报人). Absent: the family itself.
	// +optional
	Proxy Proxy `json:"proxy,omitempty"`

	// will of the family where a proxy reports (真实意愿). Absent: not confirmed.
	// +optional
	Will Will `json:"will,omitempty"`

	// verification of the lead; final once set (核实). Absent: not yet.
	// +optional
	Verification *Verification `json:"verification,omitempty"`
}

// VerificationOutcome is what a verification found (核实结果).
//
// +kubebuilder:validation:Enum=Confirmed;Dismissed
type VerificationOutcome string

// The outcomes of verifications.
const (
	VerificationConfirmed VerificationOutcome = "Confirmed"
	VerificationDismissed VerificationOutcome = "Dismissed"
)

// Verification is what was found about a lead (核实记录).
type Verification struct {
	// date of the verification (核实日期).
	// +required
	Date Date `json:"date"`

	// by is the user who signs (签字人).
	// +required
	By UserName `json:"by"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// outcome is Confirmed or Dismissed (核实结果).
	// +required
	Outcome VerificationOutcome `json:"outcome"`
}

// SignalState is where a lead stands (线索状态).
//
// +kubebuilder:validation:Enum=Refused;Incomplete;Repeated;BelowLine;AwaitingVerification;Overdue;Confirmed;Dismissed
type SignalState string

// The states of leads.
const (
	SignalRefused    SignalState = "Refused"              // 不予受理
	SignalIncomplete SignalState = "Incomplete"           // 材料不全
	SignalRepeated   SignalState = "Repeated"             // 重复线索
	SignalBelowLine  SignalState = "BelowLine"            // 未达预警线
	SignalAwaiting   SignalState = "AwaitingVerification" // 待核实
	SignalOverdue    SignalState = "Overdue"              // 核实逾期
	SignalConfirmed  SignalState = "Confirmed"            // 属实
	SignalDismissed  SignalState = "Dismissed"            // 不属实
)

// RiskSignalStatus says where a lead stands (线索状态).
type RiskSignalStatus struct {
	// conditions are Ready (状况).
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

	// state of the lead (状态). Absent: not judged yet.
	// +optional
	State SignalState `json:"state,omitempty"`

	// line that makes verification necessary (预警线). Absent: none.
	// +optional
	Line Word `json:"line,omitempty"`

	// verifyBy is the last day to verify in time (核实期限). Absent: none.
	// +optional
	VerifyBy Date `json:"verifyBy,omitempty"`
}

// RiskSignalList is a list of leads.
//
// +kubebuilder:object:root=true
type RiskSignalList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []RiskSignal `json:"items"`
}
