// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// AssistancePlan holds the measures for one family; it is named like its
// household (一户一策帮扶计划).
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=aplan,categories=fangpin
// +kubebuilder:selectablefield:JSONPath=`.spec.householdRef.name`
// +kubebuilder:printcolumn:name="Tier",type=string,JSONPath=`.status.tier`
// +kubebuilder:printcolumn:name="Open",type=string,JSONPath=`.status.openShortfalls`
// +kubebuilder:printcolumn:name="Uncovered",type=string,JSONPath=`.status.uncovered`
// +kubebuilder:printcolumn:name="Planned",type=integer,JSONPath=`.status.planned`
// +kubebuilder:printcolumn:name="Delivered",type=integer,JSONPath=`.status.delivered`
// +kubebuilder:printcolumn:name="Next-Deadline",type=string,JSONPath=`.status.nextDeadline`
// +kubebuilder:printcolumn:name="Overdue",type=integer,JSONPath=`.status.overdue`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:validation:XValidation:rule=`!self.metadata.name.matches('[0-9]{15}')`,fieldPath=`.metadata`,message=`metadata.name looks like an identity number (15 or more digits in a row); names show in addresses, logs and metrics: write one that says nothing of a person, such as hh-000127`
// +kubebuilder:validation:XValidation:rule=`self.metadata.name == self.spec.householdRef.name`,fieldPath=`.metadata`,message=`metadata.name is always that of the household in spec.householdRef`,messageExpression=`'metadata.name is always that of the household: write ' + self.spec.householdRef.name`
type AssistancePlan struct {
	metav1.TypeMeta `json:",inline"`

	// metadata is the object's metadata; the name is its household's (元数据).
	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// spec holds the measures (帮扶措施).
	// +required
	Spec AssistancePlanSpec `json:"spec"`

	// status says how far the measures have come (落实情况).
	// +optional
	// +structType=atomic
	Status AssistancePlanStatus `json:"status,omitzero"`
}

// AssistancePlanSpec holds the measures for one family (帮扶计划).
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.measures) || oldSelf.measures.all(o, has(self.measures) && self.measures.exists(m, m.name == o.name))`,fieldPath=`.measures`,message=`a measure is never removed: put it back and state cancelled, with date, by and reason`
type AssistancePlanSpec struct {
	// householdRef names the family; it is fixed for ever (农户).
	// +required
	// +kubebuilder:validation:XValidation:rule=`self == oldSelf`,message=`householdRef is fixed for ever: undo the change, or delete the object and create one for the other household`
	HouseholdRef HouseholdReference `json:"householdRef"`

	// measures for the family (帮扶措施). A measure is cancelled, never removed. Absent:
	// none planned yet.
	// +optional
	// +listType=map
	// +listMapKey=name
	// +kubebuilder:validation:MaxItems=64
	Measures []Measure `json:"measures,omitempty"`
}

// Measure is one measure for the family (帮扶措施).
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.delivered) || (has(self.delivered) && self.delivered == oldSelf.delivered)`,fieldPath=`.delivered`,message=`delivered is final once set: undo the change`
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.cancelled) || (has(self.cancelled) && self.cancelled == oldSelf.cancelled)`,fieldPath=`.cancelled`,message=`cancelled is final once set: undo the change`
// +kubebuilder:validation:XValidation:rule=`!has(self.delivered) || (has(self.department) == has(oldSelf.department) && (!has(self.department) || self.department == oldSelf.department))`,fieldPath=`.department`,message=`department is fixed with the delivery, which its department signs: undo the change, or change department in a write of its own before`
// +kubebuilder:validation:XValidation:rule=`!(has(oldSelf.delivered) || has(oldSelf.cancelled)) || (self.kind == oldSelf.kind && (has(self.__for__) ? self.__for__ : []) == (has(oldSelf.__for__) ? oldSelf.__for__ : []) && has(self.department) == has(oldSelf.department) && (!has(self.department) || self.department == oldSelf.department) && has(self.amount) == has(oldSelf.amount) && (!has(self.amount) || self.amount == oldSelf.amount) && has(self.date) == has(oldSelf.date) && (!has(self.date) || self.date == oldSelf.date) && has(self.due) == has(oldSelf.due) && (!has(self.due) || self.due == oldSelf.due))`,message=`a measure that was delivered or cancelled stays as it was signed: undo the change of kind, for, department, amount, date or due, or plan a further measure`
type Measure struct {
	// name of the measure, unique in the plan (名称).
	// +required
	// +kubebuilder:validation:Pattern=`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`
	// +kubebuilder:validation:MaxLength=63
	Name string `json:"name"`

	// kind of the measure (类别).
	// +required
	Kind MeasureKind `json:"kind"`

	// for lists the standards whose shortfalls it is to close (针对短板). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y == x))`,message=`each standard stands once: remove the second`
	For []Word `json:"for,omitempty"`

	// department that delivers it (责任部门). Absent: the shortfall's first.
	// +optional
	Department Word `json:"department,omitempty"`

	// amount in yuan, quoted (金额). Absent: none.
	// +optional
	Amount Money `json:"amount,omitempty"`

	// date is the day on which it was planned (计划日期). Absent: always.
	// +optional
	Date Date `json:"date,omitempty"`

	// due is the last day to deliver it in time (落实期限). Absent: the shortfall's.
	// +optional
	Due Date `json:"due,omitempty"`

	// delivered says that it was delivered; final once set (落实). Absent: not yet.
	// +optional
	Delivered *Delivery `json:"delivered,omitempty"`

	// cancelled says that it was given up; final once set (取消). Absent: it stands.
	// +optional
	Cancelled *Cancellation `json:"cancelled,omitempty"`
}

// Delivery says that a measure was delivered (落实记录).
type Delivery struct {
	// date of the delivery (落实日期).
	// +required
	Date Date `json:"date"`

	// by is the user who signs (签字人).
	// +required
	By UserName `json:"by"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// evidence for it (佐证材料). Absent: none stated.
	// +optional
	// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`evidence holds an identity number; it never enters the cluster: leave it out`
	Evidence Text `json:"evidence,omitempty"`

	// amount that was delivered, in yuan, quoted (落实金额). Absent: none stated.
	// +optional
	Amount Money `json:"amount,omitempty"`
}

// Cancellation says that a measure was given up (取消记录).
type Cancellation struct {
	// date from which it no longer counts (取消日期).
	// +required
	Date Date `json:"date"`

	// by is the user who signs (签字人).
	// +required
	By UserName `json:"by"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// reason for it (原因).
	// +required
	// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`reason holds an identity number; it never enters the cluster: leave it out`
	Reason Text `json:"reason"`
}

// AssistancePlanStatus says how far the measures have come (落实情况).
type AssistancePlanStatus struct {
	// conditions are Ready, Covered, Delivered, Effective (状况).
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

	// tier of the household (等级). Absent: none.
	// +optional
	Tier Word `json:"tier,omitempty"`

	// openShortfalls of the household (未解决短板). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	OpenShortfalls []Word `json:"openShortfalls,omitempty"`

	// uncovered are open shortfalls without a measure (无措施短板). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Uncovered []Word `json:"uncovered,omitempty"`

	// measures that are not cancelled, by name (措施). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=64
	Measures []MeasureStatus `json:"measures,omitempty"`

	// planned is how many measures are not cancelled (计划数). Absent: not judged.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Planned *int32 `json:"planned,omitempty"`

	// delivered is how many of those were delivered (落实数). Absent: not judged.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Delivered *int32 `json:"delivered,omitempty"`

	// overdue is how many of those are overdue (逾期数). Absent: not judged.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Overdue *int32 `json:"overdue,omitempty"`

	// nextDeadline is the earliest due day still to come (下一期限). Absent: none.
	// +optional
	NextDeadline Date `json:"nextDeadline,omitempty"`
}

// MeasureState is how far a measure has come (措施状态).
//
// +kubebuilder:validation:Enum=Planned;Overdue;Delivered;Ineffective
type MeasureState string

// The states of measures.
const (
	MeasurePlanned     MeasureState = "Planned"     // 已计划
	MeasureOverdue     MeasureState = "Overdue"     // 逾期
	MeasureDelivered   MeasureState = "Delivered"   // 已落实
	MeasureIneffective MeasureState = "Ineffective" // 落实后仍不达标
)

// MeasureStatus is how far one measure has come (措施状态).
type MeasureStatus struct {
	// name of the measure (名称).
	// +required
	Name ObjectName `json:"name"`

	// state is Planned, Overdue, Delivered or Ineffective (状态).
	// +required
	State MeasureState `json:"state"`

	// due is the last day in time (期限). Absent: none.
	// +optional
	Due Date `json:"due,omitempty"`
}

// AssistancePlanList is a list of assistance plans.
//
// +kubebuilder:object:root=true
type AssistancePlanList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []AssistancePlan `json:"items"`
}
