// SPDX-License-Identifier: Apache-2.0

package v1alpha1

// Colour of a tier on screens (颜色).
//
// +kubebuilder:validation:Enum=red;orange;yellow;blue;green;grey
type Colour string

// Standard is what must hold for every family in scope (监测标准).
type Standard struct {
	// name of the standard, such as Income or Housing (名称).
	// +required
	Name Word `json:"name"`

	// displayName for people (显示名). Absent: its name.
	// +optional
	DisplayName Title `json:"displayName,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people when it does not hold (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`

	// met is true where the standard holds (达标规则).
	// +required
	Met Expression `json:"met"`

	// departments that make it good, the first match (责任部门). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	Departments []DepartmentRule `json:"departments,omitempty"`

	// remedyWithin is the time from routing to close (补短时限). Absent: no limit of its own.
	// +optional
	// +kubebuilder:validation:XValidation:rule=`[has(self.date), has(self.monthDay), has(self.days), has(self.months), has(self.endOf), has(self.dayOfNextMonth), has(self.sinceLast)].exists(x, x)`,message=`state one of date, monthDay, days, months, endOf and dayOfNextMonth`
	// +kubebuilder:validation:XValidation:rule=`!has(self.sinceLast)`,fieldPath=`.sinceLast`,message=`sinceLast is for duties alone, which recur: write months or another rule`
	RemedyWithin *Due `json:"remedyWithin,omitempty"`

	// measures proposed, every match (建议措施). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Measures []MeasureRule `json:"measures,omitempty"`
}

// DepartmentRule routes a shortfall to departments (交办规则).
type DepartmentRule struct {
	// names of the departments (部门).
	// +required
	// +listType=atomic
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=8
	Names []Word `json:"names"`

	// when the rule applies (条件). Absent: always.
	// +optional
	When Expression `json:"when,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// MeasureRule proposes a kind of measure (措施规则).
type MeasureRule struct {
	// kind of the measure (措施类别).
	// +required
	Kind MeasureKind `json:"kind"`

	// when it is proposed (条件). Absent: always.
	// +optional
	When Expression `json:"when,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// Category is a kind of monitored object (监测对象类别).
type Category struct {
	// name of the category, such as UnstableGraduated (名称).
	// +required
	Name Word `json:"name"`

	// displayName for people (显示名). Absent: its name.
	// +optional
	DisplayName Title `json:"displayName,omitempty"`

	// identification says that a family must pass the Identification procedure to be
	// monitored (须经识别程序). Absent: it need not.
	// +optional
	Identification bool `json:"identification,omitempty"`

	// when a family is of this category (规则).
	// +required
	When Expression `json:"when"`

	// ledgers in which a family of the category is kept, beside the tier's; where the
	// category asks for identification, from then on (应录入台账). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	Ledgers []Word `json:"ledgers,omitempty"`

	// measures proposed for the category, beside the tier's and the standards' (建议措施).
	// Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Measures []MeasureRule `json:"measures,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// Tier is a level of risk (风险等级).
type Tier struct {
	// name of the tier, such as Red (名称).
	// +required
	Name Word `json:"name"`

	// displayName for people (显示名). Absent: its name.
	// +optional
	DisplayName Title `json:"displayName,omitempty"`

	// colour on screens (颜色). Absent: none.
	// +optional
	Colour Colour `json:"colour,omitempty"`

	// emphasis is what help at this tier is about, such as 补, 扶, 引 (帮扶重点). Absent: none.
	// +optional
	Emphasis Title `json:"emphasis,omitempty"`

	// ledgers in which a family of this tier is kept (台账). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Ledgers []Word `json:"ledgers,omitempty"`

	// rules of which any one suffices (定级规则).
	// +required
	// +listType=atomic
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=32
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two rules have the same name: each name stands once`
	Rules []TierRule `json:"rules"`

	// measures proposed for the tier, beside the standards' (建议措施). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Measures []MeasureRule `json:"measures,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// TierRule is one rule of a tier (定级规则).
type TierRule struct {
	// name of the rule (规则名).
	// +required
	Name Word `json:"name"`

	// when the rule holds (条件).
	// +required
	When Expression `json:"when"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`
}
