// SPDX-License-Identifier: Apache-2.0

package v1alpha1

// DeadlineStart is what a deadline counts from (起算).
//
// +kubebuilder:validation:Enum=TierSince;Identified;FirstShortfall
type DeadlineStart string

// The starts of deadlines.
const (
	StartsTierSince      DeadlineStart = "TierSince"      // 定级之日
	StartsIdentified     DeadlineStart = "Identified"     // 纳入之日
	StartsFirstShortfall DeadlineStart = "FirstShortfall" // 首个短板交办之日
)

// DeadlineMetWhen is what a deadline of families waits for (完成条件).
//
// +kubebuilder:validation:Enum=ShortfallsClosed;RiskEliminated;TierLeft;Identified;Recorded;Delivered
type DeadlineMetWhen string

// What meets a deadline of families.
const (
	MetShortfallsClosed DeadlineMetWhen = "ShortfallsClosed" // 短板补齐
	MetRiskEliminated   DeadlineMetWhen = "RiskEliminated"   // 风险消除
	MetTierLeft         DeadlineMetWhen = "TierLeft"         // 退出该等级
	MetIdentified       DeadlineMetWhen = "Identified"       // 纳入
	MetRecorded         DeadlineMetWhen = "Recorded"         // 录入台账
	MetDelivered        DeadlineMetWhen = "Delivered"        // 措施落实
)

// DeadlineRule is a deadline that the plan sets for families (家庭期限).
type DeadlineRule struct {
	// name of the deadline (名称).
	// +required
	Name Word `json:"name"`

	// tiers that it is for (适用等级). Absent: every family with a category.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=8
	Tiers []Word `json:"tiers,omitempty"`

	// starts is what it counts from (起算).
	// +required
	Starts DeadlineStart `json:"starts"`

	// metWhen is what it waits for (完成条件).
	// +required
	MetWhen DeadlineMetWhen `json:"metWhen"`

	// due gives the due day by the window that holds the start day; the windows cover
	// every day of the plan (到期规则).
	// +required
	// +listType=atomic
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=16
	Due []DueWindow `json:"due"`

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
