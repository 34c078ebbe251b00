// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Cycle is how often something recurs, aligned to January (周期).
//
// +kubebuilder:validation:Enum=HalfMonth;Month;TwoMonths;Quarter;HalfYear;Year
type Cycle string

// StartDay says whether the day on which a period starts is counted (起算日).
//
// +kubebuilder:validation:Enum=Counted;NotCounted
type StartDay string

// The ways to count the start day.
const (
	StartDayCounted    StartDay = "Counted"
	StartDayNotCounted StartDay = "NotCounted"
)

// SignalSource is where a lead comes from (线索来源).
//
// +kubebuilder:validation:Enum=SelfReport;StaffScreening;Department;Petition;Media;Audit
type SignalSource string

// The sources of leads.
const (
	SourceSelfReport     SignalSource = "SelfReport"     // 农户自主申报
	SourceStaffScreening SignalSource = "StaffScreening" // 干部排查
	SourceDepartment     SignalSource = "Department"     // 部门筛查预警
	SourcePetition       SignalSource = "Petition"       // 信访
	SourceMedia          SignalSource = "Media"          // 媒体
	SourceAudit          SignalSource = "Audit"          // 审计
)

// JurisdictionLevel is a level of the administration (行政层级).
//
// +kubebuilder:validation:Enum=Province;Prefecture;County;Township;Village
type JurisdictionLevel string

// The levels, highest first.
const (
	LevelProvince   JurisdictionLevel = "Province"
	LevelPrefecture JurisdictionLevel = "Prefecture"
	LevelCounty     JurisdictionLevel = "County"
	LevelTownship   JurisdictionLevel = "Township"
	LevelVillage    JurisdictionLevel = "Village"
)

// SiteKind is the kind of a place where notices go up (公示地点类别), VillageCommittee,
// ResettlementSite, Cluster or Other, or another word of the locality's.
//
// +kubebuilder:validation:Pattern=`^[A-Za-z][A-Za-z0-9-]*$`
// +kubebuilder:validation:MaxLength=63
type SiteKind string

// MonitoringPolicy is one locality's plan for watching and helping families: who
// is monitored, what must hold, which tier a family takes, by when and by whom
// what has to be done (防返贫监测帮扶方案). A plan is data: change a number here and
// every family under it is judged again.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:scope=Cluster,shortName=mpol,categories=fangpin
// +kubebuilder:printcolumn:name="Jurisdiction",type=string,JSONPath=`.spec.jurisdictionRef.name`
// +kubebuilder:printcolumn:name="From",type=string,JSONPath=`.spec.effectiveFrom`
// +kubebuilder:printcolumn:name="Until",type=string,JSONPath=`.spec.effectiveUntil`
// +kubebuilder:printcolumn:name="Governed",type=integer,JSONPath=`.status.governed`
// +kubebuilder:printcolumn:name="Evaluated",type=integer,JSONPath=`.status.evaluated`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:printcolumn:name="Compiled",type=string,priority=1,JSONPath=`.status.conditions[?(@.type=="Compiled")].status`
// +kubebuilder:printcolumn:name="Rolled-Out",type=string,priority=1,JSONPath=`.status.conditions[?(@.type=="RolledOut")].status`
// +kubebuilder:printcolumn:name="Name",type=string,priority=1,JSONPath=`.spec.displayName`
// +kubebuilder:validation:XValidation:rule=`!self.metadata.name.matches('[0-9]{15}')`,fieldPath=`.metadata`,message=`metadata.name looks like an identity number (15 or more digits in a row); names show in addresses, logs and metrics: write one that says nothing of a person, such as town-2020`
type MonitoringPolicy struct {
	metav1.TypeMeta `json:",inline"`

	// metadata is the object's metadata (元数据).
	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// spec is the plan (方案).
	// +required
	Spec MonitoringPolicySpec `json:"spec"`

	// status says whether the plan compiles and how far it is rolled out (执行情况).
	// +optional
	// +structType=atomic
	Status MonitoringPolicyStatus `json:"status,omitzero"`
}

// MonitoringPolicySpec is a plan (方案).
// +kubebuilder:validation:XValidation:rule=`!has(self.effectiveUntil) || self.effectiveFrom <= self.effectiveUntil`,fieldPath=`.effectiveUntil`,message=`effectiveUntil is before effectiveFrom: write the last day of the plan, not before its first`
type MonitoringPolicySpec struct {
	// displayName is the plan's title (方案名称). Absent: its object name.
	// +optional
	DisplayName Title `json:"displayName,omitempty"`

	// source is the legal basis (依据文件). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// jurisdictionRef names the node where the plan holds, and everything below that
	// has no nearer plan (适用行政区).
	// +required
	JurisdictionRef JurisdictionReference `json:"jurisdictionRef"`

	// effectiveFrom is the plan's first day (生效日期).
	// +required
	EffectiveFrom Date `json:"effectiveFrom"`

	// effectiveUntil is the plan's last day (失效日期). Absent: without an end.
	// +optional
	EffectiveUntil Date `json:"effectiveUntil,omitempty"`

	// entered is the day on which the plan was typed in (录入日期). Absent: effectiveFrom.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// timeZone in which days begin and end (时区). Absent: Asia/Shanghai.
	// +optional
	TimeZone ZoneName `json:"timeZone,omitempty"`

	// startDay says whether periods in days count the day on which they start
	// (起算日是否计入). Absent: NotCounted, as the Civil Code has it (民法典第二百零一条).
	// +optional
	StartDay StartDay `json:"startDay,omitempty"`

	// parameters are dated values that rules read as params.NAME (参数). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=64
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two parameters have the same name: each name stands once`
	Parameters []Parameter `json:"parameters,omitempty"`

	// channels are the sources of leads that this plan accepts; any other is refused
	// (线索渠道). Absent: all.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=6
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two channels have the same name: each name stands once`
	Channels []Channel `json:"channels,omitempty"`

	// standards are what must hold for every family in scope (监测标准). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two standards have the same name: each name stands once`
	Standards []Standard `json:"standards,omitempty"`

	// categories are the kinds of monitored objects; the first match wins, no match
	// is out of scope (监测对象类别).
	// +required
	// +listType=atomic
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=16
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two categories have the same name: each name stands once`
	// +kubebuilder:validation:XValidation:rule=`self.all(x, x.name != 'Undetermined')`,message=`the name Undetermined is reserved for families whose facts are missing: choose another`
	Categories []Category `json:"categories"`

	// tiers are the levels of risk, most severe first; the first match wins (风险等级).
	// Absent: the plan has none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two tiers have the same name: each name stands once`
	// +kubebuilder:validation:XValidation:rule=`self.all(x, x.name != 'Undetermined')`,message=`the name Undetermined is reserved for families whose facts are missing: choose another`
	Tiers []Tier `json:"tiers,omitempty"`

	// warningLines say which leads must be verified, asked in order (预警线). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=32
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two warning lines have the same name: each name stands once`
	WarningLines []WarningLine `json:"warningLines,omitempty"`

	// deadlines of families (家庭期限). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two deadlines have the same name: each name stands once`
	Deadlines []DeadlineRule `json:"deadlines,omitempty"`

	// surveys say how often families are surveyed; the first match by tiers or stages
	// wins (动态监测). Absent: none are asked.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=16
	Surveys []SurveyRule `json:"surveys,omitempty"`

	// planning says by when a routed shortfall needs a measure (制定措施期限). Absent:
	// no limit.
	// +optional
	Planning *Planning `json:"planning,omitempty"`

	// procedures are the ordered steps with gates, one for each purpose (程序). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.purpose == x.purpose))`,message=`two procedures have the same purpose: each purpose stands once`
	Procedures []Procedure `json:"procedures,omitempty"`

	// duties of jurisdictions and departments (工作任务). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=32
	// +kubebuilder:validation:XValidation:rule=`self.all(x, self.exists_one(y, y.name == x.name))`,message=`two duties have the same name: each name stands once`
	Duties []Duty `json:"duties,omitempty"`

	// scale is advice on how many are monitored (监测规模). Absent: none.
	// +optional
	Scale *Scale `json:"scale,omitempty"`
}

// Parameter is a value of the plan that may change from a day on (参数).
type Parameter struct {
	// name by which rules read it: params.NAME (参数名).
	// +required
	Name ParameterName `json:"name"`

	// values ascending by from; in force is the last whose from has come (取值).
	// +required
	// +listType=atomic
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=32
	// +kubebuilder:validation:XValidation:rule=`self.map(v, v.from).isSorted() && self.all(v, self.exists_one(w, w.from == v.from))`,message=`values stand in the order of from, the earliest first, no day twice`
	// +kubebuilder:validation:XValidation:rule=`self.all(v, has(v.value)) || self.all(v, has(v.number))`,message=`the values of one parameter are all money (value) or all numbers (number)`
	Values []ParameterValue `json:"values"`
}

// ParameterValue is a parameter's value from a day on: money or a number (取值).
// +kubebuilder:validation:XValidation:rule=`has(self.value) != has(self.number)`,message=`state exactly one of value (money) and number (anything else)`
type ParameterValue struct {
	// from is the first day of this value (起始日期).
	// +required
	From Date `json:"from"`

	// value of a money parameter, in yuan, quoted (金额). Absent: the parameter is a number.
	// +optional
	Value Money `json:"value,omitempty"`

	// number of any other parameter: a whole number such as 15, or a decimal in
	// quotes such as "0.5" (数值). Absent: the parameter is money.
	// +optional
	Number Number `json:"number,omitempty"`
}

// SignalRequirement is what a channel asks of a lead (线索要件).
//
// +kubebuilder:validation:Enum=Document;Consent;Will
type SignalRequirement string

// What a channel may ask of a lead. Will is asked only where somebody else
// speaks for the family.
const (
	SignalNeedsDocument SignalRequirement = "Document" // 佐证资料
	SignalNeedsConsent  SignalRequirement = "Consent"  // 承诺授权
	SignalNeedsWill     SignalRequirement = "Will"     // 真实意愿
)

// Channel is a source of leads that the plan accepts (线索渠道).
type Channel struct {
	// name of the source (来源).
	// +required
	Name SignalSource `json:"name"`

	// requires lists what a lead through it needs (要件). Absent: nothing.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=3
	Requires []SignalRequirement `json:"requires,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// WarningLine says which leads must be verified (预警线).
type WarningLine struct {
	// name of the line (名称).
	// +required
	Name Word `json:"name"`

	// cause of the leads that are asked (原因). Absent: any.
	// +optional
	Cause Cause `json:"cause,omitempty"`

	// when a lead must be verified (条件).
	// +required
	When Expression `json:"when"`

	// verifyWithin is the time to verify, from the lead's date (核实时限). Absent: no limit.
	// +optional
	// +kubebuilder:validation:XValidation:rule=`[has(self.date), has(self.monthDay), has(self.days), has(self.months), has(self.endOf), has(self.dayOfNextMonth), has(self.sinceLast)].exists(x, x)`,message=`state one of date, monthDay, days, months, endOf and dayOfNextMonth`
	// +kubebuilder:validation:XValidation:rule=`!has(self.sinceLast)`,fieldPath=`.sinceLast`,message=`sinceLast is for duties alone, which recur: write months or another rule`
	VerifyWithin *Due `json:"verifyWithin,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// SurveyRule says how often families are surveyed (监测频次).
type SurveyRule struct {
	// every period one survey, due at its end (周期).
	// +required
	Every Cycle `json:"every"`

	// tiers that it is for (适用等级). Absent: any.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	Tiers []Word `json:"tiers,omitempty"`

	// stages that it is for (适用阶段). Absent: any in scope.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=6
	Stages []Stage `json:"stages,omitempty"`

	// method OnSite: a survey by telephone is not seen (监测方式). Absent: any.
	// +optional
	Method SurveyMethod `json:"method,omitempty"`

	// from is the start: the first period is the first that begins on or after it
	// (起始日期). Absent: effectiveFrom.
	// +optional
	From Date `json:"from,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// Planning says by when a shortfall needs a measure (制定措施).
type Planning struct {
	// within is the time from a shortfall's routing to a measure for it (时限).
	// +required
	// +kubebuilder:validation:XValidation:rule=`[has(self.date), has(self.monthDay), has(self.days), has(self.months), has(self.endOf), has(self.dayOfNextMonth), has(self.sinceLast)].exists(x, x)`,message=`state one of date, monthDay, days, months, endOf and dayOfNextMonth`
	// +kubebuilder:validation:XValidation:rule=`!has(self.sinceLast)`,fieldPath=`.sinceLast`,message=`sinceLast is for duties alone, which recur: write months or another rule`
	Within Due `json:"within"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// DutyMetWhen is what meets a duty (完成条件).
//
// +kubebuilder:validation:Enum=ReportSubmitted;SurveysDone;SignalsArrived;Recorded
type DutyMetWhen string

// What meets a duty.
const (
	DutyReportSubmitted DutyMetWhen = "ReportSubmitted" // 月报已上报
	DutySurveysDone     DutyMetWhen = "SurveysDone"     // 各户均已监测
	DutySignalsArrived  DutyMetWhen = "SignalsArrived"  // 部门数据已到
	DutyRecorded        DutyMetWhen = "Recorded"        // 有履职记录
)

// Duty is a duty of jurisdictions or departments (工作任务).
// +kubebuilder:validation:XValidation:rule=`self.metWhen != 'SignalsArrived' || has(self.department)`,fieldPath=`.department`,message=`a duty met by arrived leads says whose they are: write department`
type Duty struct {
	// name of the duty (名称).
	// +required
	Name Word `json:"name"`

	// level that has it (层级).
	// +required
	Level JurisdictionLevel `json:"level"`

	// department that has it (部门). Absent: the jurisdiction itself.
	// +optional
	Department Word `json:"department,omitempty"`

	// every period once (周期). Absent: once.
	// +optional
	Every Cycle `json:"every,omitempty"`

	// months of the year in which it is asked (月份). Absent: all.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=12
	// +kubebuilder:validation:items:Minimum=1
	// +kubebuilder:validation:items:Maximum=12
	Months []int32 `json:"months,omitempty"`

	// from is the start: the first period is the one that holds it (起始日期). Absent:
	// effectiveFrom.
	// +optional
	From Date `json:"from,omitempty"`

	// due rule, from the period's last day (到期规则).
	// +required
	// +kubebuilder:validation:XValidation:rule=`[has(self.date), has(self.monthDay), has(self.days), has(self.months), has(self.endOf), has(self.dayOfNextMonth), has(self.sinceLast)].exists(x, x)`,message=`state one of date, monthDay, days, months, endOf, dayOfNextMonth and sinceLast`
	Due Due `json:"due"`

	// metWhen is what meets it: the month's report submitted, every family of the node
	// surveyed, leads of the department's feed arrived (or a record that there were
	// none), or a record (完成条件).
	// +required
	MetWhen DutyMetWhen `json:"metWhen"`

	// escalate says who is told when it is overdue (逾期上报). Absent: nobody.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=5
	Escalate []Escalation `json:"escalate,omitempty"`

	// source in the plan's text (条款). Absent: not stated.
	// +optional
	Source Text `json:"source,omitempty"`

	// message for people (说明). Absent: none.
	// +optional
	Message Text `json:"message,omitempty"`
}

// Scale is advice on how many are monitored (监测规模).
type Scale struct {
	// guidancePercent of registered persons (占比,百分数).
	// +required
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=100
	GuidancePercent int32 `json:"guidancePercent"`
}

// MonitoringPolicyStatus says whether the plan compiles and how far it is rolled
// out (执行情况).
type MonitoringPolicyStatus struct {
	// conditions are Ready, Compiled, InForce, RolledOut (状况).
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=12
	Conditions []metav1.Condition `json:"conditions,omitempty"`

	// observedGeneration is the generation of the spec that was compiled (已处理的版本).
	// Absent: not yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// governed is how many households are under this plan today (适用户数). Absent: not
	// counted yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Governed *int32 `json:"governed,omitempty"`

	// evaluated is how many of those were judged at this generation (已研判户数).
	// Absent: not counted yet.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Evaluated *int32 `json:"evaluated,omitempty"`

	// tiers with their households, in the plan's order (各等级户数). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=9
	Tiers []PolicyTierCount `json:"tiers,omitempty"`
}

// PolicyTierCount is how many households a tier has under a plan (等级户数).
type PolicyTierCount struct {
	// name of the tier (等级).
	// +required
	Name Word `json:"name"`

	// households of the tier (户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Households int32 `json:"households"`
}

// MonitoringPolicyList is a list of policies.
//
// +kubebuilder:object:root=true
type MonitoringPolicyList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []MonitoringPolicy `json:"items"`
}
