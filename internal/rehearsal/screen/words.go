// SPDX-License-Identifier: Apache-2.0

package screen

import (
	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
)

// word is a label of the screen.
type word int

const (
	wDay word = iota
	wElapsed
	wRemaining
	wFamilies
	wPersons
	wMonitored
	wUnjudged
	wJudged
	wWrites
	wTiers
	wUndetermined
	wNone
	wShortfalls
	wOpen
	wOverdue
	wDeadlines
	wPending
	wMet
	wLate
	wMeasures
	wPlanned
	wDelivered
	wDates
	wVillages
	wHouseholds
	wChanges
	wNoPolicy
	wordCount
)

// labels are in English and in Chinese, with the arguments of fmt.
var labels = [wordCount][2]string{
	wDay:          {"day %d of %d", "第 %d 天，共 %d 天"},
	wElapsed:      {"%s so far", "已用 %s"},
	wRemaining:    {"about %s to go", "约余 %s"},
	wFamilies:     {"families", "户"},
	wPersons:      {"persons", "人"},
	wMonitored:    {"monitored", "监测对象"},
	wUnjudged:     {"unjudged", "未研判"},
	wJudged:       {"%d of %d judged", "已研判 %d/%d 户"},
	wWrites:       {"%s writes, %d/s", "写入 %s 次，%d 次/秒"},
	wTiers:        {"TIERS", "等级"},
	wUndetermined: {"Undetermined", "待核实"},
	wNone:         {"none", "无"},
	wShortfalls:   {"SHORTFALLS", "短板"},
	wOpen:         {"open", "未解决"},
	wOverdue:      {"overdue", "逾期"},
	wDeadlines:    {"DEADLINES", "期限"},
	wPending:      {"pending", "进行"},
	wMet:          {"met", "按期"},
	wLate:         {"late", "补办"},
	wMeasures:     {"MEASURES", "帮扶措施"},
	wPlanned:      {"planned", "计划"},
	wDelivered:    {"delivered", "落实"},
	wDates:        {"NEXT DATES", "下一期限"},
	wVillages:     {"VILLAGES", "村"},
	wHouseholds:   {"hh", "户"},
	wChanges:      {"CHANGES OF TIER", "等级变动"},
	wNoPolicy:     {"no policy in force", "无适用方案"},
}

// deadlineKinds names the kinds that carry no name of their own.
var deadlineKinds = map[v1alpha1.DeadlineKind][2]string{
	"Survey":       {"survey", "入户监测"},
	"Plan":         {"plan", "制定措施"},
	"Shortfall":    {"shortfall", "补短"},
	"Step":         {"step", "程序"},
	"Verification": {"verification", "核实"},
	"Measure":      {"measure", "措施"},
}

var weekdays = [7][2]string{
	{"Sun", "周日"}, {"Mon", "周一"}, {"Tue", "周二"}, {"Wed", "周三"}, {"Thu", "周四"}, {"Fri", "周五"}, {"Sat", "周六"},
}

// in returns the column of a language.
func in(language wording.Language) int {
	if language == wording.Chinese {
		return 1
	}
	return 0
}
