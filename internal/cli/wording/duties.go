// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of duties of jurisdictions and departments.
const (
	firstOfDuties Key = 2000
)

const (
	TaskDuty = firstOfDuties + iota
	TaskDutyOf
	endOfDuties
)

var duties = texts{
	TaskDuty:   {"Duty %s", "任务：%s"},
	TaskDutyOf: {"Duty %s of %s", "任务：%s（%s）"},
}
