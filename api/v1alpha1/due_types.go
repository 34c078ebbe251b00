// SPDX-License-Identifier: Apache-2.0

package v1alpha1

// EndOf is whose last day is due (期末).
//
// +kubebuilder:validation:Enum=Month;Quarter;Year;Period
type EndOf string

// Due is a rule for the last day in time; exactly one member is set (到期规则).
// +kubebuilder:validation:XValidation:rule=`[has(self.date), has(self.monthDay), has(self.days), has(self.months), has(self.endOf), has(self.dayOfNextMonth), has(self.sinceLast)].filter(x, x).size() <= 1`,message=`state one of date, monthDay, days, months, endOf, dayOfNextMonth and sinceLast, not several`
type Due struct {
	// date is a fixed day (固定日期). Absent: another member is set.
	// +optional
	Date Date `json:"date,omitempty"`

	// monthDay is a day of the start's year, or of the next once past (每年某日). 02-29
	// is the month's last day in other years. Absent: another member is set.
	// +optional
	MonthDay MonthDay `json:"monthDay,omitempty"`

	// days after the start, which is not counted unless the plan's startDay says so
	// (天数). Absent: another member is set.
	// +optional
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=3660
	Days *int32 `json:"days,omitempty"`

	// months after the start: the corresponding day, or the month's last (月数). Absent:
	// another member is set.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=120
	Months *int32 `json:"months,omitempty"`

	// endOf the start's Month, Quarter, Year or running Period (期末). Absent: another
	// member is set.
	// +optional
	EndOf EndOf `json:"endOf,omitempty"`

	// dayOfNextMonth is a day of the month after the start's; 31 is its last (次月某日).
	// Absent: another member is set.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=31
	DayOfNextMonth *int32 `json:"dayOfNextMonth,omitempty"`

	// sinceLast counts from the last time a duty was done (距上次). Absent: another
	// member is set.
	// +optional
	SinceLast *SinceLast `json:"sinceLast,omitempty"`
}

// SinceLast is a time since a duty was last done (距上次完成).
type SinceLast struct {
	// months since the last record (月数).
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=120
	Months int32 `json:"months"`
}

// DueWindow is a stretch of start days with its own due rule (期限窗口). One without
// a due rule sets no deadline, on purpose.
// +kubebuilder:validation:XValidation:rule=`!has(self.from) || !has(self.until) || self.from <= self.until`,fieldPath=`.until`,message=`until is before from: write the last start day of the window, not before its first`
// +kubebuilder:validation:XValidation:rule=`!has(self.sinceLast)`,fieldPath=`.sinceLast`,message=`sinceLast is for duties alone, which recur: write months or another rule`
type DueWindow struct {
	// from is the first start day of the window (起). Absent: open.
	// +optional
	From Date `json:"from,omitempty"`

	// until is the last start day of the window (止). Absent: open.
	// +optional
	Until Date `json:"until,omitempty"`

	Due `json:",inline"`
}

// Escalation says who is told, and when (上报).
type Escalation struct {
	// after the due day: they are told from the day after it (逾期后).
	// +required
	After EscalationDelay `json:"after"`

	// to is the level that is told (上报层级).
	// +required
	To JurisdictionLevel `json:"to"`
}

// EscalationDelay is a number of days past a due day (逾期天数).
type EscalationDelay struct {
	// days past the due day; 0 is the day after it (天数).
	// +required
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=3660
	Days int32 `json:"days"`
}
