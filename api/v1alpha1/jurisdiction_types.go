// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Jurisdiction is a node of the tree province, prefecture, county, township,
// village (行政区). Its status is the roll-up that leaders read.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:scope=Cluster,shortName=jur,categories=fangpin
// +kubebuilder:printcolumn:name="Level",type=string,JSONPath=`.spec.level`
// +kubebuilder:printcolumn:name="Policy",type=string,JSONPath=`.status.policyRef.name`
// +kubebuilder:printcolumn:name="Households",type=integer,JSONPath=`.status.households.total`
// +kubebuilder:printcolumn:name="Monitored",type=integer,JSONPath=`.status.households.monitored`
// +kubebuilder:printcolumn:name="Shortfalls",type=integer,JSONPath=`.status.openShortfalls`
// +kubebuilder:printcolumn:name="Overdue",type=integer,JSONPath=`.status.overdue`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:printcolumn:name="Next-Deadline",type=string,priority=1,JSONPath=`.status.nextDeadline`
// +kubebuilder:printcolumn:name="Name",type=string,priority=1,JSONPath=`.spec.displayName`
// +kubebuilder:validation:XValidation:rule=`!self.metadata.name.matches('[0-9]{15}')`,fieldPath=`.metadata`,message=`metadata.name looks like an identity number (15 or more digits in a row); names show in addresses, logs and metrics: write one that says nothing of a person, such as zhaotan-longtan`
type Jurisdiction struct {
	metav1.TypeMeta `json:",inline"`

	// metadata is the object's metadata; villages are named TOWNSHIP-VILLAGE (元数据).
	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// spec says where the node stands (行政区情况).
	// +required
	Spec JurisdictionSpec `json:"spec"`

	// status is the roll-up of the families below (汇总).
	// +optional
	// +structType=atomic
	Status JurisdictionStatus `json:"status,omitzero"`
}

// JurisdictionSpec says where a node stands in the tree (行政区情况).
type JurisdictionSpec struct {
	// level is Province, Prefecture, County, Township or Village (层级).
	// +required
	Level JurisdictionLevel `json:"level"`

	// displayName is the place's name (名称). Absent: its object name.
	// +optional
	DisplayName Title `json:"displayName,omitempty"`

	// parentRef names the node above (上级). Absent: this is a root.
	// +optional
	ParentRef *JurisdictionReference `json:"parentRef,omitempty"`

	// code is the 12-digit statistical division code, quoted (统计用区划代码). Absent:
	// not stated.
	// +optional
	// +kubebuilder:validation:XValidation:rule=`self.matches('^[0-9]{12}$')`,message=`a statistical division code has 12 digits, quoted, such as "341721103000"`
	// +kubebuilder:validation:MaxLength=12
	Code string `json:"code,omitempty"`

	// namespace where its papers live (命名空间). Families live only in a Township's,
	// which no other Township shares. Absent: that of the nearest node above.
	// +optional
	Namespace NamespaceName `json:"namespace,omitempty"`

	// sites where notices go up (公示地点). Absent: those of the nearest node above.
	// +optional
	// +listType=map
	// +listMapKey=name
	// +kubebuilder:validation:MaxItems=64
	Sites []Site `json:"sites,omitempty"`

	// registeredHouseholds is a baseline: households registered as poor (建档立卡户数).
	// Absent: not stated.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=100000000
	RegisteredHouseholds *int32 `json:"registeredHouseholds,omitempty"`

	// registeredPersons is a baseline: persons registered as poor (建档立卡人数). Absent:
	// not stated.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=1000000000
	RegisteredPersons *int32 `json:"registeredPersons,omitempty"`
}

// Site is a place where notices go up (公示地点).
// +kubebuilder:validation:XValidation:rule=`!has(self.from) || !has(self.until) || self.from <= self.until`,fieldPath=`.until`,message=`until is before from: write the last day of the site, not before its first`
type Site struct {
	// name of the site (名称).
	// +required
	Name Word `json:"name"`

	// kind is VillageCommittee, ResettlementSite, Cluster or Other (类别).
	// +required
	Kind SiteKind `json:"kind"`

	// households living there (户数). Absent: not stated.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=1000000
	Households *int32 `json:"households,omitempty"`

	// from is its first day (启用日期). Absent: always.
	// +optional
	From Date `json:"from,omitempty"`

	// until is its last day (停用日期). Absent: without an end.
	// +optional
	Until Date `json:"until,omitempty"`
}

// JurisdictionStatus is the roll-up of the families below a node (汇总).
type JurisdictionStatus struct {
	// conditions are Ready, PolicyResolved, WithinScale (状况).
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=12
	Conditions []metav1.Condition `json:"conditions,omitempty"`

	// observedGeneration is the generation of the spec that was summed (已处理的版本).
	// Absent: not yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// policyRef names the plan in force today at this node (适用方案). Absent: none.
	// +optional
	PolicyRef *PolicyReference `json:"policyRef,omitempty"`

	// households counts families (户数). Absent: not counted yet.
	// +optional
	Households *HouseholdCounts `json:"households,omitempty"`

	// persons counts persons (人数). Absent: not counted yet.
	// +optional
	Persons *PersonCounts `json:"persons,omitempty"`

	// tiers by plan and tier (各等级). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=2048
	Tiers []NamedCount `json:"tiers,omitempty"`

	// categories by plan and category (各类别). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=2048
	Categories []NamedCount `json:"categories,omitempty"`

	// causes of families in scope (各原因). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=12
	Causes []CauseCount `json:"causes,omitempty"`

	// shortfalls by standard (各短板). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=256
	Shortfalls []ShortfallCount `json:"shortfalls,omitempty"`

	// openShortfalls is the sum of open shortfalls (未解决短板数). Absent: not counted yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	OpenShortfalls *int32 `json:"openShortfalls,omitempty"`

	// overdue counts overdue deadlines of families and overdue duties (逾期数). Absent:
	// not counted yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Overdue *int32 `json:"overdue,omitempty"`

	// nextDeadline is the earliest due day still to come (下一期限). Absent: none.
	// +optional
	NextDeadline Date `json:"nextDeadline,omitempty"`

	// duties of the node: each overdue period, the last one met, the next (工作任务).
	// Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=448
	Duties []DutyState `json:"duties,omitempty"`
}

// HouseholdCounts counts families (户数).
type HouseholdCounts struct {
	// total of families (总户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Total int32 `json:"total"`

	// inScope of the plan (监测范围内).
	// +required
	// +kubebuilder:validation:Minimum=0
	InScope int32 `json:"inScope"`

	// monitored objects (监测对象).
	// +required
	// +kubebuilder:validation:Minimum=0
	Monitored int32 `json:"monitored"`

	// eliminated families, whose risk was eliminated (风险消除).
	// +required
	// +kubebuilder:validation:Minimum=0
	Eliminated int32 `json:"eliminated"`

	// unjudged families, not judged at their present generation (未研判).
	// +required
	// +kubebuilder:validation:Minimum=0
	Unjudged int32 `json:"unjudged"`
}

// PersonCounts counts persons (人数).
type PersonCounts struct {
	// total of persons (总人数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Total int32 `json:"total"`

	// monitored persons, of monitored families (监测对象人数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Monitored int32 `json:"monitored"`
}

// NamedCount counts the families of a plan's tier or category (户数和人数).
type NamedCount struct {
	// policy that names it (方案).
	// +required
	Policy ObjectName `json:"policy"`

	// name of the tier or category (名称).
	// +required
	Name Word `json:"name"`

	// households (户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Households int32 `json:"households"`

	// persons (人数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Persons int32 `json:"persons"`
}

// CauseCount counts the families with a cause (原因统计).
type CauseCount struct {
	// name of the cause (原因).
	// +required
	Name Cause `json:"name"`

	// households (户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Households int32 `json:"households"`

	// persons (人数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Persons int32 `json:"persons"`
}

// ShortfallCount counts the shortfalls of a standard (短板统计).
type ShortfallCount struct {
	// standard that does not hold (不达标项).
	// +required
	Standard Word `json:"standard"`

	// open shortfalls, overdue ones too (未解决).
	// +required
	// +kubebuilder:validation:Minimum=0
	Open int32 `json:"open"`

	// overdue ones of those (逾期).
	// +required
	// +kubebuilder:validation:Minimum=0
	Overdue int32 `json:"overdue"`
}

// DutyStateName is where a duty stands (任务状态).
//
// +kubebuilder:validation:Enum=Pending;Due;Overdue;Met;MetLate
type DutyStateName string

// The states of duties.
const (
	DutyPending DutyStateName = "Pending" // 未到期
	DutyDue     DutyStateName = "Due"     // 应办
	DutyOverdue DutyStateName = "Overdue" // 逾期
	DutyMet     DutyStateName = "Met"     // 已完成
	DutyMetLate DutyStateName = "MetLate" // 逾期完成
)

// DutyState is one period of a duty (任务状态).
type DutyState struct {
	// name of the duty (名称).
	// +required
	Name Word `json:"name"`

	// period that it is for (期间). Absent: it is done once, or counts from the last time.
	// +optional
	Period Period `json:"period,omitempty"`

	// due is the last day in time (期限).
	// +required
	Due Date `json:"due"`

	// state is Pending, Due, Overdue, Met or MetLate (状态).
	// +required
	State DutyStateName `json:"state"`

	// department that has it (部门). Absent: the jurisdiction itself.
	// +optional
	Department Word `json:"department,omitempty"`

	// escalatedTo is the level that was told last (已上报至). Absent: none.
	// +optional
	EscalatedTo JurisdictionLevel `json:"escalatedTo,omitempty"`
}

// JurisdictionList is a list of jurisdictions.
//
// +kubebuilder:object:root=true
type JurisdictionList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Jurisdiction `json:"items"`
}
