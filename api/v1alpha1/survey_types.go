// SPDX-License-Identifier: Apache-2.0

package v1alpha1

// SurveyMethod is how a survey was made (监测方式).
//
// +kubebuilder:validation:Enum=OnSite;Phone
type SurveyMethod string

// The methods of surveys.
const (
	SurveyOnSite SurveyMethod = "OnSite" // 入户
	SurveyPhone  SurveyMethod = "Phone"  // 电话
)

// GuaranteeState is the state of an assurance or guarantee (保障情况).
//
// +kubebuilder:validation:Enum=Met;AtRisk;Unmet
type GuaranteeState string

// The states of guarantees.
const (
	GuaranteeMet    GuaranteeState = "Met"    // 达标
	GuaranteeAtRisk GuaranteeState = "AtRisk" // 有可能不达标
	GuaranteeUnmet  GuaranteeState = "Unmet"  // 不达标
)

// Labour is the household's labour (劳动力状况).
//
// +kubebuilder:validation:Enum=Full;Partial;None;Lost
type Labour string

// The labour of a household.
const (
	LabourFull    Labour = "Full"
	LabourPartial Labour = "Partial"
	LabourNone    Labour = "None" // 无劳动力
	LabourLost    Labour = "Lost" // 完全丧失劳动能力
)

// Risk is whether the family risks falling back into poverty (返贫致贫风险).
//
// +kubebuilder:validation:Enum=None;Present
type Risk string

// The risks.
const (
	RiskNone    Risk = "None"
	RiskPresent Risk = "Present"
)

// Hardship is how hard the basic life is (基本生活困难程度).
//
// +kubebuilder:validation:Enum=None;Difficult;Severe
type Hardship string

// The hardships.
const (
	HardshipNone      Hardship = "None"
	HardshipDifficult Hardship = "Difficult"
	HardshipSevere    Hardship = "Severe"
)

// IncomeTrend is how steady the income is (收入变化).
//
// +kubebuilder:validation:Enum=Stable;Unstable;Plunged
type IncomeTrend string

// The trends of income.
const (
	IncomeStable   IncomeTrend = "Stable"
	IncomeUnstable IncomeTrend = "Unstable"
	IncomePlunged  IncomeTrend = "Plunged" // 骤减
)

// SpendingTrend is whether spending surged (支出变化).
//
// +kubebuilder:validation:Enum=Normal;Surged
type SpendingTrend string

// The trends of spending.
const (
	SpendingNormal SpendingTrend = "Normal"
	SpendingSurged SpendingTrend = "Surged" // 骤增
)

// Survey is what one visit or call found (监测记录).
// +kubebuilder:validation:XValidation:rule=`!has(self.unchanged) || !self.unchanged || !(has(self.income) || has(self.incomeBefore) || has(self.sources) || has(self.expenses) || has(self.guarantees) || has(self.causes) || has(self.receives) || has(self.labour) || has(self.risk) || has(self.hardship) || has(self.incomeTrend) || has(self.spendingTrend))`,message=`an unchanged survey repeats the facts of the one before and states none itself: remove its facts, or remove unchanged and state them all`
type Survey struct {
	// date of the survey (监测日期).
	// +required
	Date Date `json:"date"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// by is the user who made it (监测人). Absent: not stated.
	// +optional
	By UserName `json:"by,omitempty"`

	// with are the people who went along (陪同人员). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	With []UserName `json:"with,omitempty"`

	// method is OnSite (入户) or Phone (电话). Absent: not stated.
	// +optional
	Method SurveyMethod `json:"method,omitempty"`

	// unchanged says that the facts of the last survey seen hold again (无变化); such
	// a survey states no fact of its own. Absent: this survey stands alone.
	// +optional
	Unchanged bool `json:"unchanged,omitempty"`

	// income per head expected for the year, in yuan, quoted (人均纯收入). Absent: not
	// known.
	// +optional
	Income Money `json:"income,omitempty"`

	// incomeBefore is the income per head of the year before, in yuan, quoted
	// (上年人均纯收入).
	// Absent: not known.
	// +optional
	IncomeBefore Money `json:"incomeBefore,omitempty"`

	// sources of the household's income over twelve months (收入构成). Absent: not known.
	// +optional
	Sources *IncomeSources `json:"sources,omitempty"`

	// expenses that the household paid itself over twelve months (自负支出). Absent:
	// not known.
	// +optional
	Expenses *Expenses `json:"expenses,omitempty"`

	// guarantees are the states of 两不愁三保障, drinking water and whatever else a
	// plan names (保障情况). One that is not listed is not known.
	// +optional
	// +listType=map
	// +listMapKey=name
	// +kubebuilder:validation:MaxItems=16
	Guarantees []Guarantee `json:"guarantees,omitempty"`

	// causes of the family's hardship (致贫返贫原因). Absent: none.
	// +optional
	// +listType=set
	// +kubebuilder:validation:MaxItems=12
	Causes []Cause `json:"causes,omitempty"`

	// receives are the kinds of help in effect (已享受政策). Absent: none.
	// +optional
	// +listType=set
	// +kubebuilder:validation:MaxItems=21
	Receives []MeasureKind `json:"receives,omitempty"`

	// labour of the household: Full, Partial, None (无劳动力) or Lost (完全丧失).
	// Absent: not known.
	// +optional
	Labour Labour `json:"labour,omitempty"`

	// risk of falling back into poverty (返贫致贫风险): None or Present. Absent: not known.
	// +optional
	Risk Risk `json:"risk,omitempty"`

	// hardship of the basic life (基本生活困难程度): None, Difficult or Severe. Absent:
	// not known.
	// +optional
	Hardship Hardship `json:"hardship,omitempty"`

	// incomeTrend is Stable, Unstable or Plunged (收入变化). Absent: not known.
	// +optional
	IncomeTrend IncomeTrend `json:"incomeTrend,omitempty"`

	// spendingTrend is Normal or Surged (支出变化). Absent: not known.
	// +optional
	SpendingTrend SpendingTrend `json:"spendingTrend,omitempty"`
}

// IncomeSources are the household's incomes over twelve months, in yuan (收入构成).
type IncomeSources struct {
	// wage income, in yuan, quoted (工资性收入). Absent: not known.
	// +optional
	Wage Money `json:"wage,omitempty"`

	// business income, in yuan, quoted (经营性收入). Absent: not known.
	// +optional
	Business Money `json:"business,omitempty"`

	// property income, in yuan, quoted (财产性收入). Absent: not known.
	// +optional
	Property Money `json:"property,omitempty"`

	// transfer income, in yuan, quoted (转移性收入). Absent: not known.
	// +optional
	Transfer Money `json:"transfer,omitempty"`
}

// Expenses are what the household paid itself over twelve months, in yuan (自负支出).
type Expenses struct {
	// medical expenses, in yuan, quoted (医疗自付支出). Absent: not known.
	// +optional
	Medical Money `json:"medical,omitempty"`

	// education expenses, in yuan, quoted (教育支出). Absent: not known.
	// +optional
	Education Money `json:"education,omitempty"`

	// disaster losses and repairs, in yuan, quoted (灾害支出). Absent: not known.
	// +optional
	Disaster Money `json:"disaster,omitempty"`

	// other hard expenses, in yuan, quoted (其他刚性支出). Absent: not known.
	// +optional
	Other Money `json:"other,omitempty"`
}

// Guarantee is the state of one assurance or guarantee (保障).
type Guarantee struct {
	// name of the guarantee: Food, Clothing, Education, Medical, Housing, Water, one
	// of water's four indicators, or what a plan names (保障名称).
	// +required
	Name Word `json:"name"`

	// state is Met (达标), AtRisk (有可能不达标) or Unmet (不达标).
	// +required
	State GuaranteeState `json:"state"`

	// detail tells people more (具体情况). Absent: nothing to add.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`detail holds an identity number; it never enters the cluster: leave it out`
	Detail string `json:"detail,omitempty"`
}
