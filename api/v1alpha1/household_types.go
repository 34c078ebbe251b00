// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Registration is the family's registration as poor (建档立卡情况).
//
// +kubebuilder:validation:Enum=Graduated;Poor;None
type Registration string

// The registrations.
const (
	RegistrationGraduated Registration = "Graduated" // 建档立卡脱贫户
	RegistrationPoor      Registration = "Poor"      // 建档立卡未脱贫户
	RegistrationNone      Registration = "None"      // 非建档立卡农户
)

// Cause is why a family is at risk (致贫返贫原因).
//
// +kubebuilder:validation:Enum=Illness;Disability;Schooling;Disaster;SuddenEvent;IndustryFailure;UnstableEmployment;Epidemic;PriceDrop;Relocation;PolicyFailure;Other
type Cause string

// MeasureKind is a kind of help (帮扶措施类别).
//
// +kubebuilder:validation:Enum=Industry;Microcredit;Employment;PublicPost;Training;Subsistence;SpecialCare;TemporaryRelief;MedicalAid;Insurance;Pension;DisabilityAllowance;FamilySupport;Education;Housing;Water;DisasterRelief;ReliefFund;Motivation;SocialHelp;Other
type MeasureKind string

// Stage is where the family stands in the procedure (阶段).
//
// +kubebuilder:validation:Enum=UnderElimination;Monitored;UnderReview;Eliminated;OutOfScope;Watched
type Stage string

// The stages of a family.
const (
	StageUnderElimination Stage = "UnderElimination" // 风险消除程序中
	StageMonitored        Stage = "Monitored"        // 监测对象
	StageUnderReview      Stage = "UnderReview"      // 识别程序中
	StageEliminated       Stage = "Eliminated"       // 风险已消除
	StageOutOfScope       Stage = "OutOfScope"       // 不属监测范围
	StageWatched          Stage = "Watched"          // 关注
)

// Household is one family: the facts that are known of it, the support that it
// wishes for, and in its status what follows from them under the plan in force
// (农户). Shortfalls, tier and deadlines are recomputed from the facts; deleting
// the status loses nothing.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=hh,categories=fangpin
// +kubebuilder:selectablefield:JSONPath=`.status.tier`
// +kubebuilder:selectablefield:JSONPath=`.status.stage`
// +kubebuilder:selectablefield:JSONPath=`.spec.registration`
// +kubebuilder:printcolumn:name="Stage",type=string,JSONPath=`.status.stage`
// +kubebuilder:printcolumn:name="Category",type=string,JSONPath=`.status.category`
// +kubebuilder:printcolumn:name="Tier",type=string,JSONPath=`.status.tier`
// +kubebuilder:printcolumn:name="Shortfalls",type=integer,JSONPath=`.status.openShortfalls`
// +kubebuilder:printcolumn:name="Next-Deadline",type=string,JSONPath=`.status.nextDeadline`
// +kubebuilder:printcolumn:name="Overdue",type=integer,JSONPath=`.status.overdue`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:printcolumn:name="Policy",type=string,priority=1,JSONPath=`.status.policyRef.name`
// +kubebuilder:printcolumn:name="Since",type=string,priority=1,JSONPath=`.status.tierSince`
// +kubebuilder:printcolumn:name="Surveyed",type=string,priority=1,JSONPath=`.status.surveyed`
// +kubebuilder:printcolumn:name="Causes",type=string,priority=1,JSONPath=`.status.causes`
// +kubebuilder:printcolumn:name="Eligible-From",type=string,priority=1,JSONPath=`.status.elimination.earliest`
// +kubebuilder:validation:XValidation:rule=`!self.metadata.name.matches('[0-9]{15}')`,fieldPath=`.metadata`,message=`metadata.name looks like an identity number (15 or more digits in a row); names show in addresses, logs and metrics: write one that says nothing of a person, such as hh-000127`
type Household struct {
	metav1.TypeMeta `json:",inline"`

	// metadata is the object's metadata. The name is random or serial, never a
	// person's name or identity number (元数据).
	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// spec holds the facts about the family (事实).
	// +required
	Spec HouseholdSpec `json:"spec"`

	// status is what follows from the facts today; the controller writes it (结论).
	// +optional
	// +structType=atomic
	Status HouseholdStatus `json:"status,omitzero"`
}

// HouseholdSpec holds the facts about a family (农户情况).
// +kubebuilder:validation:XValidation:rule=`!has(self.members) || size(self.members) <= self.persons`,fieldPath=`.members`,message=`there are more members than persons: correct persons, or remove who does not belong to the family`
type HouseholdSpec struct {
	// jurisdictionRef names the village (所在村). Absent: the township of the namespace.
	// +optional
	JurisdictionRef *JurisdictionReference `json:"jurisdictionRef,omitempty"`

	// registration is the family's registration as poor: Graduated (建档立卡脱贫户),
	// Poor (建档立卡未脱贫户) or None (非建档立卡农户).
	// +required
	Registration Registration `json:"registration"`

	// graduated is the day on which the family was lifted out of poverty (脱贫日期).
	// Absent: not stated.
	// +optional
	Graduated Date `json:"graduated,omitempty"`

	// head is the head of the household (户主). Personal data stands here and in
	// members, nowhere else. Absent: not stated.
	// +optional
	Head *Head `json:"head,omitempty"`

	// persons is the number of persons (家庭人口数).
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=50
	Persons int32 `json:"persons"`

	// members are the persons, at most as many as persons says (家庭成员). Absent:
	// not stated.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=50
	Members []Member `json:"members,omitempty"`

	// marks are the family's entries in ledgers and systems (标注与录入). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=32
	Marks []Mark `json:"marks,omitempty"`

	// support is the support wished for (帮扶意愿). Absent: none stated.
	// +optional
	Support *Support `json:"support,omitempty"`

	// surveys are the visits and calls, dates strictly ascending (监测记录). Each
	// stands alone; an unchanged one repeats the last one seen. Absent: none yet.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=60
	// +kubebuilder:validation:XValidation:rule=`[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59].all(i, i >= size(self) || self[i-1].date < self[i].date)`,message=`the dates of surveys ascend, one survey a day: put the oldest first, and make one of two on the same day`
	// +kubebuilder:validation:XValidation:rule=`size(self) == 0 || !has(self[0].unchanged) || !self[0].unchanged`,message=`the first survey has none before it that it could repeat: state its facts instead of unchanged`
	Surveys []Survey `json:"surveys,omitempty"`
}

// Head is the head of the household (户主).
//
// The rules stand here and not at their fields, since a refusal repeats the field's
// value, and an identity number is not to be repeated.
//
// +kubebuilder:validation:XValidation:rule=`!has(self.name) || !self.name.matches('[0-9]{15}')`,fieldPath=`.name`,message=`head.name holds what looks like an identity number (15 or more digits in a row), which never enters the cluster: write the person's name alone, and the number's keyed digest in identityDigest`
// +kubebuilder:validation:XValidation:rule=`!has(self.identityDigest) || self.identityDigest.matches('^hmac-(sha256|sm3):[0-9a-f]{64}$')`,fieldPath=`.identityDigest`,message=`identityDigest is hmac-sha256: or hmac-sm3: and 64 hexadecimal digits; the identity number itself never enters the cluster`
type Head struct {
	// name of the person (姓名); never an identity number. Absent: not stated.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=64
	Name string `json:"name,omitempty"`

	// identityDigest is a keyed digest of the identity number, such as
	// hmac-sha256:… (身份证号摘要). The number itself never enters the cluster.
	// Absent: not stated.
	// +optional
	// +kubebuilder:validation:MaxLength=76
	IdentityDigest string `json:"identityDigest,omitempty"`
}

// Member is one person of the family, without a name (家庭成员).
type Member struct {
	// relation to the head, such as Head, Spouse, Child (与户主关系). Absent: not stated.
	// +optional
	Relation Word `json:"relation,omitempty"`

	// birthYear is the year of birth (出生年份). Absent: not stated.
	// +optional
	// +kubebuilder:validation:Minimum=1880
	// +kubebuilder:validation:Maximum=2200
	BirthYear int32 `json:"birthYear,omitempty"`

	// health of the person, such as Healthy, ChronicIllness, SevereIllness,
	// Disabled (健康状况). Absent: not stated.
	// +optional
	Health Word `json:"health,omitempty"`

	// work of the person, such as Employed, Unemployed, Farming, Away (务工就业情况).
	// Absent: not stated.
	// +optional
	Work Word `json:"work,omitempty"`

	// schooling of the person, such as InSchool, NotInSchool, DroppedOut (就学情况).
	// Absent: not stated.
	// +optional
	Schooling Word `json:"schooling,omitempty"`
}

// Mark is an entry of the family in a ledger or system (标注).
type Mark struct {
	// category under which the family was entered, a plan's category such as
	// UnstableGraduated (监测对象类别). Absent: not stated.
	// +optional
	Category Word `json:"category,omitempty"`

	// system or ledger of the entry, such as NationalSystem or Village (系统或台账).
	// +required
	System Word `json:"system"`

	// date of the entry (标注日期).
	// +required
	Date Date `json:"date"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`
}

// Support is the support wished for (帮扶意愿).
type Support struct {
	// officer is the user who answers for the family (监测帮扶责任人). Absent: nobody yet.
	// +optional
	Officer UserName `json:"officer,omitempty"`

	// wishes are the kinds of help wished for (意愿). Absent: none stated.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=21
	Wishes []MeasureKind `json:"wishes,omitempty"`
}

// HouseholdList is a list of households.
//
// +kubebuilder:object:root=true
type HouseholdList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Household `json:"items"`
}
