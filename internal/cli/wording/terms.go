// SPDX-License-Identifier: Apache-2.0

package wording

import "strings"

// terms are the contract's own words in Chinese: stages, states, kinds, causes
// and measures. Words of a plan are said by their displayName.
var terms = map[string]string{
	"UnderElimination": "风险消除程序中", "Monitored": "监测对象", "UnderReview": "识别程序中",
	"Eliminated": "风险已消除", "OutOfScope": "不属监测范围", "Watched": "关注", "Undetermined": "无法判定",

	"Found": "已发现，待预警审核", "Open": "待补短", "Covered": "已有措施", "Overdue": "逾期",
	"Pending": "未到期", "Met": "按期完成", "MetLate": "逾期完成",

	"Province": "省", "Prefecture": "市州", "County": "县", "Township": "乡镇", "Village": "村",

	"Due": "应办", "Duty": "工作任务", "Tier": "方案期限", "Survey": "监测", "Plan": "制定措施", "Shortfall": "补短", "Step": "程序环节",
	"Verification": "核查", "Measure": "措施落实",

	"OnSite": "入户", "Phone": "电话", "Unchanged": "情况无变化",
	"Passed": "通过", "Failed": "未通过", "Returned": "退回", "Confirmed": "属实", "Dismissed": "不属实",
	"Identification": "识别纳入", "Warning": "预警", "CloseOut": "销号", "Elimination": "风险消除",
	"Eligible": "可标注风险消除",

	"SelfReport": "自主申报", "StaffScreening": "干部排查", "Department": "部门预警", "Petition": "信访",
	"Media": "媒体", "Audit": "审计",

	"Income": "收入", "Food": "不愁吃", "Clothing": "不愁穿", "Education": "教育", "Medical": "医疗",
	"Housing": "住房", "Water": "饮水", "WaterQuality": "水质", "WaterQuantity": "水量",
	"WaterAccess": "取水方便程度", "WaterReliability": "供水保证率",

	"Illness": "因病", "Disability": "因残", "Schooling": "因学", "Disaster": "因灾", "SuddenEvent": "因突发事件",
	"IndustryFailure": "因产业失败", "UnstableEmployment": "因就业不稳", "Epidemic": "因疫情", "PriceDrop": "因价格下跌",
	"Relocation": "易地搬迁融入", "PolicyFailure": "因责任政策落实不到位", "Other": "其他",

	"Industry": "产业帮扶", "Microcredit": "小额信贷", "Employment": "就业帮扶", "PublicPost": "公益性岗位",
	"Training": "技能培训", "Subsistence": "低保", "SpecialCare": "特困供养", "TemporaryRelief": "临时救助",
	"MedicalAid": "医疗救助", "Insurance": "保险", "Pension": "养老", "DisabilityAllowance": "残疾人补贴",
	"FamilySupport": "赡养", "DisasterRelief": "灾害救助", "ReliefFund": "防贫保障金", "Motivation": "扶志扶智",
	"SocialHelp": "社会帮扶",

	"Refused": "不予受理", "Incomplete": "材料不全", "Repeated": "重复线索", "BelowLine": "未达预警线",
	"AwaitingVerification": "待核查",
	"InProgress":           "进行中", "Blocked": "受阻", "Completed": "已完成", "Rejected": "已终止",
	"Waiting": "待办", "PassedLate": "逾期通过", "Invalid": "不能计入",
	"Planned": "已计划", "Ineffective": "落实后仍不达标",

	"minimum-period": "最短监测期未满", "not-stable": "尚未稳定达标", "shortfalls-open": "短板未清零",
	"not-identified": "尚未纳入监测", "facts-missing": "信息不全",

	"True": "成立", "False": "不成立", "Indeterminate": "无法判定",

	"PolicyInvalid": "方案不能编译", "PolicyConflict": "方案冲突", "TreeInvalid": "行政区划有误",
	"JurisdictionMismatch": "行政区与命名空间不符", "NoPolicy": "没有方案", "ReferenceNotFound": "所指对象不存在",
}

// facts are the survey's facts in Chinese, by their names in rules.
var facts = map[string]string{
	"income": "人均收入", "incomeBefore": "原人均收入",
	"sources.wage": "工资性收入", "sources.business": "经营性收入",
	"sources.property": "财产性收入", "sources.transfer": "转移性收入",
	"expenses.medical": "医疗自付支出", "expenses.education": "教育支出",
	"expenses.disaster": "灾害支出", "expenses.other": "其他刚性支出",
	"household.labour": "劳动力状况", "risk": "返贫致贫风险", "hardship": "基本生活困难程度",
	"incomeTrend": "收入变化", "spendingTrend": "支出变化", "method": "监测方式",
	"causes": "致贫返贫原因", "receives": "已享受政策",
}

// Fact says a fact of the last survey in the language, by its name in rules
// (survey.income, survey.guarantees.Housing).
func (l Language) Fact(name string) string {
	name = strings.TrimPrefix(name, "survey.")
	if l != Chinese {
		return name
	}
	if guarantee, ok := strings.CutPrefix(name, "guarantees."); ok {
		return l.Term(guarantee) + "保障"
	}
	if chinese, known := facts[name]; known {
		return chinese
	}
	return name
}

// Term says a word of the contract in the language; a word that has no other is
// said as it is.
func (l Language) Term(word string) string {
	if l == Chinese {
		if chinese, known := terms[word]; known {
			return chinese
		}
	}
	return word
}
