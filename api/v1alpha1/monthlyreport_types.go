// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// MonthlyReport is the monitoring report of one jurisdiction and month, and the
// unit's record of duties done (监测月报表).
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=mrep,categories=fangpin
// +kubebuilder:selectablefield:JSONPath=`.status.state`
// +kubebuilder:printcolumn:name="Jurisdiction",type=string,JSONPath=`.spec.jurisdictionRef.name`
// +kubebuilder:printcolumn:name="Period",type=string,JSONPath=`.spec.period`
// +kubebuilder:printcolumn:name="State",type=string,JSONPath=`.status.state`
// +kubebuilder:printcolumn:name="Due",type=string,JSONPath=`.status.due`
// +kubebuilder:printcolumn:name="Sealed",type=string,JSONPath=`.status.conditions[?(@.type=="Sealed")].status`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.conditions[?(@.type=="Ready")].status`
// +kubebuilder:validation:XValidation:rule=`!self.metadata.name.matches('[0-9]{15}')`,fieldPath=`.metadata`,message=`metadata.name looks like an identity number (15 or more digits in a row); names show in addresses, logs and metrics: write one that says nothing of a person, such as zhaotan-2020-04`
// +kubebuilder:validation:XValidation:rule=`self.metadata.name == self.spec.jurisdictionRef.name + '-' + self.spec.period`,fieldPath=`.metadata`,message=`metadata.name is always JURISDICTION-MONTH, of spec.jurisdictionRef and spec.period`,messageExpression=`'metadata.name is always JURISDICTION-MONTH: write ' + self.spec.jurisdictionRef.name + '-' + self.spec.period`
type MonthlyReport struct {
	metav1.TypeMeta `json:",inline"`

	// metadata is the object's metadata; the name is JURISDICTION-MONTH (元数据).
	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// spec is what the unit submits (上报内容).
	// +required
	Spec MonthlyReportSpec `json:"spec"`

	// status holds the figures, recomputed from the facts (汇总数据).
	// +optional
	// +structType=atomic
	Status MonthlyReportStatus `json:"status,omitzero"`
}

// MonthlyReportSpec is what a unit submits for a month (上报内容).
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.dutyRecords) || (has(self.dutyRecords) && size(self.dutyRecords) >= size(oldSelf.dutyRecords) && [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63].all(i, i >= size(oldSelf.dutyRecords) || self.dutyRecords[i] == oldSelf.dutyRecords[i]))`,fieldPath=`.dutyRecords`,message=`records are never changed, removed or reordered: leave those that stand as they are and add the new one at the end`
// +kubebuilder:validation:XValidation:rule=`!has(oldSelf.submitted) || (has(self.submitted) && self.submitted == oldSelf.submitted)`,fieldPath=`.submitted`,message=`submitted is final once set: undo the change`
type MonthlyReportSpec struct {
	// jurisdictionRef names the reporting unit (填报单位).
	// +required
	// +kubebuilder:validation:XValidation:rule=`self == oldSelf`,message=`jurisdictionRef is fixed, since the name of the report holds it: undo the change, or create the other report`
	JurisdictionRef JurisdictionReference `json:"jurisdictionRef"`

	// period is the month (月份).
	// +required
	// +kubebuilder:validation:XValidation:rule=`self == oldSelf`,message=`period is fixed, since the name of the report holds it: undo the change, or create the other report`
	Period Month `json:"period"`

	// submitted is the unit's assertion; final once set (上报). Absent: not yet.
	// +optional
	Submitted *Submission `json:"submitted,omitempty"`

	// dutyRecords say which duties were done; the list grows only at its end (履职记录).
	// Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=64
	DutyRecords []DutyRecord `json:"dutyRecords,omitempty"`
}

// Submission is a unit's assertion of a month's figures (上报记录).
type Submission struct {
	// date of the submission (上报日期).
	// +required
	Date Date `json:"date"`

	// by is the user who signs (签字人).
	// +required
	By UserName `json:"by"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// figures that are asserted (上报数据). Absent: none.
	// +optional
	Figures *Figures `json:"figures,omitempty"`

	// digest of the figures' canonical JSON (数据摘要). Absent: none.
	// +optional
	// +kubebuilder:validation:XValidation:rule=`self.matches('^sha256:[0-9a-f]{64}$')`,message=`digest is sha256: and 64 hexadecimal digits`
	// +kubebuilder:validation:MaxLength=71
	Digest string `json:"digest,omitempty"`
}

// DutyRecord says that a duty was done (履职记录).
type DutyRecord struct {
	// duty by its name in the plan (任务).
	// +required
	Duty Word `json:"duty"`

	// date on which it was done (完成日期).
	// +required
	Date Date `json:"date"`

	// by is the user who signs (签字人).
	// +required
	By UserName `json:"by"`

	// entered is the day it was typed in (补录日期). Absent: its date.
	// +optional
	Entered Date `json:"entered,omitempty"`

	// period that it meets (期间). Absent: the report's.
	// +optional
	Period Period `json:"period,omitempty"`

	// document that stands behind it (文书). Absent: none.
	// +optional
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:XValidation:rule=`!self.matches('(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)')`,message=`document holds an identity number; it never enters the cluster: leave it out`
	Document string `json:"document,omitempty"`
}

// ReportState is where a report stands (月报状态).
//
// +kubebuilder:validation:Enum=Open;Due;Overdue;Submitted;SubmittedLate
type ReportState string

// The states of reports.
const (
	ReportOpen          ReportState = "Open"          // 当月进行中
	ReportDue           ReportState = "Due"           // 应报
	ReportOverdue       ReportState = "Overdue"       // 逾期未报
	ReportSubmitted     ReportState = "Submitted"     // 已报
	ReportSubmittedLate ReportState = "SubmittedLate" // 逾期已报
)

// MonthlyReportStatus holds a month's figures (汇总数据).
type MonthlyReportStatus struct {
	// conditions are Ready, Sealed (状况).
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

	// due is the last day to submit in time (期限). Absent: no duty asks for it.
	// +optional
	Due Date `json:"due,omitempty"`

	// state of the report (状态). Absent: not judged yet.
	// +optional
	State ReportState `json:"state,omitempty"`

	// asOf is the day that the figures describe (数据截止日). Absent: not computed yet.
	// +optional
	AsOf Date `json:"asOf,omitempty"`

	// figures as the facts give them now (汇总数据). Absent: not computed yet.
	// +optional
	Figures *Figures `json:"figures,omitempty"`
}

// HouseholdsPersons counts families and persons (户数和人数).
type HouseholdsPersons struct {
	// households (户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Households int32 `json:"households"`

	// persons (人数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Persons int32 `json:"persons"`
}

// Figures are a month's figures of a jurisdiction (月报数据).
type Figures struct {
	// monitored objects through the month (监测对象增减). Absent: not computed.
	// +optional
	Monitored *MonitoredFigures `json:"monitored,omitempty"`

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

	// causes by category (各类别原因). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=768
	Causes []CategoryCauseCount `json:"causes,omitempty"`

	// shortfalls by standard (各短板). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=256
	Shortfalls []ShortfallCount `json:"shortfalls,omitempty"`

	// measures by kind (各类措施). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=21
	Measures []MeasureCount `json:"measures,omitempty"`

	// signals of the month by source and state (线索). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=64
	Signals []StateCount `json:"signals,omitempty"`

	// reviews by purpose and stage (程序). Absent: none.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=64
	Reviews []StateCount `json:"reviews,omitempty"`

	// surveys done and missing (监测). Absent: none were asked.
	// +optional
	Surveys *SurveyFigures `json:"surveys,omitempty"`

	// overdue deadlines (逾期数). Absent: not computed.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Overdue *int32 `json:"overdue,omitempty"`
}

// MonitoredFigures are the monitored objects through a month (监测对象增减).
type MonitoredFigures struct {
	// opening figures, before the month's first day (期初).
	// +required
	Opening HouseholdsPersons `json:"opening"`

	// added in the month (新增).
	// +required
	Added HouseholdsPersons `json:"added"`

	// eliminated in the month (消除).
	// +required
	Eliminated HouseholdsPersons `json:"eliminated"`

	// closing figures, on the month's last day (期末).
	// +required
	Closing HouseholdsPersons `json:"closing"`
}

// CategoryCauseCount counts the families of a category with a cause (分类原因统计).
type CategoryCauseCount struct {
	// category of the families (类别).
	// +required
	Category Word `json:"category"`

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

// MeasureCount counts measures of a kind (措施统计).
type MeasureCount struct {
	// kind of the measures (类别).
	// +required
	Kind MeasureKind `json:"kind"`

	// measures (措施数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Measures int32 `json:"measures"`

	// households that they reach (覆盖户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Households int32 `json:"households"`
}

// StateCount counts papers by a name and a state (按状态统计).
type StateCount struct {
	// name such as a purpose or a source (名称).
	// +required
	Name Word `json:"name"`

	// state of the papers (状态). Absent: any.
	// +optional
	State Word `json:"state,omitempty"`

	// count of papers (数量).
	// +required
	// +kubebuilder:validation:Minimum=0
	Count int32 `json:"count"`
}

// SurveyFigures count surveys of a month (监测统计).
type SurveyFigures struct {
	// done in the month (已监测户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Done int32 `json:"done"`

	// missing at its end (未监测户数).
	// +required
	// +kubebuilder:validation:Minimum=0
	Missing int32 `json:"missing"`
}

// MonthlyReportList is a list of reports.
//
// +kubebuilder:object:root=true
type MonthlyReportList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []MonthlyReport `json:"items"`
}
