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

	// ledgers in which a family of this tier is kept (应录入台账). Absent: none.
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

	// proposed are measures that the tier suggests, beside the shortfalls' (建议措施).
	// Absent: none.
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

// HouseholdList is a list of households.
//
// +kubebuilder:object:root=true
type HouseholdList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Household `json:"items"`
}
