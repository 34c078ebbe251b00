// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of what is wrong or idle in a plan, beyond its compiling.
const (
	firstOfValidation Key = 7000
)

// For each kind of finding, what is wrong and how to mend it.
const (
	FindingNeverTrue = firstOfValidation + iota
	MendNeverTrue
	FindingNeverChosen
	MendNeverChosen
	FindingAlwaysCovered
	MendAlwaysCovered
	FindingTierUnreachable
	MendTierUnreachable
	FindingDuplicateRule
	MendDuplicateRule
	FindingRuleImplied
	MendRuleImplied
	FindingStandardAlwaysMet
	MendStandardAlwaysMet
	FindingStandardNeverMet
	MendStandardNeverMet
	FindingBlockerAlways
	MendBlockerAlways
	FindingLineWithoutSource
	MendLineWithoutSource
	FindingNotReached
	MendNotReached
	FindingTierGap
	MendTierGap
	FindingTierOverlap
	MendTierOverlap
	FindingTierNeverTaken
	MendTierNeverTaken
	FindingDeadlineNeverStarts
	MendDeadlineNeverStarts
	FindingNoIdentification
	MendNoIdentification
	FindingNoElimination
	MendNoElimination
	FindingNoStandards
	MendNoStandards
	FindingNoMeasures
	MendNoMeasures
	FindingNoLedgers
	MendNoLedgers
	FindingDueBeforeStart
	MendDueBeforeStart
	FindingDueAfterEnd
	MendDueAfterEnd
	FindingEscalationAfterEnd
	MendEscalationAfterEnd
	FindingMinimumTooLong
	MendMinimumTooLong
	FindingNoticeTooLong
	MendNoticeTooLong
	FindingSurveyNeverDue
	MendSurveyNeverDue
	FindingSurveyCovered
	MendSurveyCovered
	FindingDutyNeverDue
	MendDutyNeverDue
	FindingDutyMonthsMissed
	MendDutyMonthsMissed
	FindingParameterWithoutValue
	MendParameterWithoutValue
	FindingParameterUnread
	MendParameterUnread
	FindingValueAfterEnd
	MendValueAfterEnd
	FindingStandardWithoutDepartment
	MendStandardWithoutDepartment
	FindingNobodyApplies
	MendNobodyApplies
	FindingNoSuchSite
	MendNoSuchSite
	FindingNoSuchCluster
	MendNoSuchCluster

	SeverityError
	SeverityWarning
	SeverityInformation
	FindingLine
	PlaceInRule
	WithHint
	OnDays
	DaysFrom
	AmountExact
	AmountBetween
	AmountFrom
	AnyTier
	EarlierRules
	FlagSamples
	FlagStrict
	SamplesNegative
	endOfValidation
)

var validation = texts{
	FindingNeverTrue:                 {"it is never true: its parts rule each other out", "永远不成立：各部分互相矛盾"},
	MendNeverTrue:                    {"correct the bounds or words that exclude each other, or remove it", "改正互相排斥的界限或词语，或删去"},
	FindingNeverChosen:               {"it is never true where it is asked, though it could be elsewhere", "在它被询问之处永远不成立，虽然在别处可能成立"},
	MendNeverChosen:                  {"correct it, or remove it: what is asked before leaves nothing to it", "改正或删去：前面的条件没有给它留下任何农户"},
	FindingAlwaysCovered:             {"it never gets its turn: wherever it is true, so is %s, which is asked first", "轮不到它：它成立时，先询问的 %s 也必定成立"},
	MendAlwaysCovered:                {"put it first, narrow what comes before, or remove it", "把它提前，收窄前面的规则，或删去"},
	FindingTierUnreachable:           {"no family can take this tier: %s come first or its rules are never true", "没有农户能定为此等级：%s 先成立，或其规则永远不成立"},
	MendTierUnreachable:              {"put the more severe tier first, narrow what comes before, or remove the tier", "严重的等级在前，收窄前面的规则，或删去此等级"},
	FindingDuplicateRule:             {"it says the same as %s", "与 %s 意思相同"},
	MendDuplicateRule:                {"remove one of the two", "删去其一"},
	FindingRuleImplied:               {"wherever it is true, so is %s of the same tier; it only adds its message", "它成立时，同一等级的 %s 也必定成立；它只增加一条说明"},
	MendRuleImplied:                  {"keep it if its message is wanted, else remove it", "需要其说明则保留，否则删去"},
	FindingStandardAlwaysMet:         {"no family can fall short of it", "没有农户会不达标"},
	MendStandardAlwaysMet:            {"correct the rule: a standard that cannot be missed opens no shortfall", "改正规则：不可能不达标的标准不会产生短板"},
	FindingStandardNeverMet:          {"no family can meet it, so its shortfalls never close", "没有农户能达标，其短板永远不能解决"},
	MendStandardNeverMet:             {"correct the rule: the words or bounds in it rule each other out", "改正规则：其中的词语或界限互相矛盾"},
	FindingBlockerAlways:             {"it stands in the way of every family, so that the procedure never ends", "它阻碍每一户，此程序永远办不完"},
	MendBlockerAlways:                {"correct it: on no facts does it say no", "改正：任何情况下它都不会为否"},
	FindingLineWithoutSource:         {"only leads from sources that the plan does not accept could cross it", "只有方案不受理的来源的线索才可能触及"},
	MendLineWithoutSource:            {"list the source under channels, or remove the line", "把该来源列入 channels，或删去此预警线"},
	FindingNotReached:                {"no sample out of %d reached it; that is no proof that none can", "抽取的 %d 户样本均未到达此处；这并不证明不可能到达"},
	MendNotReached:                   {"look whether a family can be such, and write a policy test for one that is", "请核对是否真有这样的农户，并为其写一个方案测试"},
	FindingTierGap:                   {"a family of category %[3]s has no tier where its %[1]s is %[2]s, though it has %[4]s with less and %[5]s with more", "类别 %[3]s 的农户，%[1]s 为 %[2]s 时没有等级，而更低时为 %[4]s，更高时为 %[5]s"},
	MendTierGap:                      {"close the gap: where one line ends with < the next begins with >=", "补上空档：一档用 < 结束，下一档就用 >= 开始"},
	FindingTierOverlap:               {"where %[2]s is %[3]s it holds beside %[1]s, whose tier comes first and wins", "%[2]s 为 %[3]s 时，它与 %[1]s 同时成立，等级在前者优先"},
	MendTierOverlap:                  {"nothing need be done if the more severe tier comes first, as it should", "若严重的等级在前，无需处理"},
	FindingTierNeverTaken:            {"no family takes the tier %s", "没有农户会定为等级 %s"},
	MendTierNeverTaken:               {"mend the tier, or name another", "改正该等级，或改写其他等级"},
	FindingDeadlineNeverStarts:       {"it starts with a tier, and the plan has none, so that it never starts", "从定级起算，而方案没有等级，永远不会开始"},
	MendDeadlineNeverStarts:          {"write starts: Identified or FirstShortfall, or give the plan tiers", "写 starts: Identified 或 FirstShortfall，或给方案设等级"},
	FindingNoIdentification:          {"the plan has no Identification procedure, so that nobody is identified under it but by an earlier plan", "方案没有 Identification 程序，除依以前的方案外，没有农户会在本方案下纳入"},
	MendNoIdentification:             {"add a procedure of purpose Identification", "增加 purpose 为 Identification 的程序"},
	FindingNoElimination:             {"the plan has no Elimination procedure, so that no risk is eliminated under it", "方案没有 Elimination 程序，本方案下没有风险能够消除"},
	MendNoElimination:                {"add a procedure of purpose Elimination, or let it wait for something else", "增加 purpose 为 Elimination 的程序，或改写完成条件"},
	FindingNoStandards:               {"the plan has no standards, so that no family has a shortfall", "方案没有标准，没有农户会有短板"},
	MendNoStandards:                  {"add standards, or let it wait for something else", "增加标准，或改写起算或完成条件"},
	FindingNoMeasures:                {"the plan proposes no measure that could be delivered; only measures of officers' own would meet it", "方案不建议任何措施，只有干部自行安排的措施落实后才算完成"},
	MendNoMeasures:                   {"add measures to standards, tiers or categories", "在标准、等级或类别中增加措施"},
	FindingNoLedgers:                 {"families of %s have no ledger to be entered in, so that it is not met while they are in it", "%s 的农户没有应录入的台账，处于该等级时不会完成"},
	MendNoLedgers:                    {"give the tier or a category ledgers", "给该等级或某类别写明台账"},
	FindingDueBeforeStart:            {"it is due on %s whatever the start, so that what starts from %s on is late at once", "无论何时起算都在 %s 到期，%s 起开始的一开始就逾期"},
	MendDueBeforeStart:               {"end the window on the due day, or count from the start: days, months, endOf", "让时段止于到期日，或从起算日计：days、months、endOf"},
	FindingDueAfterEnd:               {"even what starts on %s is due on %s, after the plan's last day %s, with which it ends unmet", "即使 %s 起算，也在 %s 到期，晚于方案最后一日 %s，届时未完成即随方案终止"},
	MendDueAfterEnd:                  {"shorten it, or let the plan last longer", "缩短期限，或延长方案"},
	FindingEscalationAfterEnd:        {"it comes on %s at the earliest, and the plan ends on %s", "最早 %s 上报，而方案于 %s 结束"},
	MendEscalationAfterEnd:           {"shorten it, or remove it", "缩短，或删去"},
	FindingMinimumTooLong:            {"who is included on %s can be eliminated from %s on, and the plan ends on %s", "%s 纳入的农户 %s 起才能消除，而方案于 %s 结束"},
	MendMinimumTooLong:               {"shorten the minimum, or let the plan last longer", "缩短最短监测期，或延长方案"},
	FindingNoticeTooLong:             {"a notice of %d days never ends within this limit", "%d 天的公示不可能在此时限内结束"},
	MendNoticeTooLong:                {"let the limit be longer than the notice by a day at least: it is signed after its last day", "时限至少比公示期多一天：公示结束后才能签署"},
	FindingSurveyNeverDue:            {"its first period begins on %s and ends on %s, after the plan's last day %s", "其第一个周期从 %s 到 %s，晚于方案最后一日 %s"},
	MendSurveyNeverDue:               {"let it begin earlier, or more often", "提早开始，或缩短周期"},
	FindingSurveyCovered:             {"no family is left to it: %s take them all first", "没有农户轮到它：%s 已先全部适用"},
	MendSurveyCovered:                {"put it first, or remove it", "把它提前，或删去"},
	FindingDutyNeverDue:              {"its first period ends on %s, after the plan's last day %s", "其第一个周期于 %s 结束，晚于方案最后一日 %s"},
	MendDutyNeverDue:                 {"let its first period end within the plan: an earlier from, a shorter every", "让第一个周期在方案期内结束：提早 from，或缩短 every"},
	FindingDutyMonthsMissed:          {"no period of %s ends in one of the months %v", "%s 的周期没有一个在 %v 月结束"},
	MendDutyMonthsMissed:             {"name months in which a period ends, such as 3, 6, 9 and 12 for Quarter", "写周期结束的月份，如 Quarter 写 3、6、9、12"},
	FindingParameterWithoutValue:     {"%[1]s reads %[2]s, which has no value yet: it is unknown, and nothing is decided by it", "%[1]s 读取 %[2]s，而它尚无值：结果未知，不能据以判定"},
	MendParameterWithoutValue:        {"write a value from the plan's first day on", "写明方案第一日起的值"},
	FindingParameterUnread:           {"no rule reads %s", "没有规则读取 %s"},
	MendParameterUnread:              {"read it in a rule as params.NAME, or remove it", "在规则中以 params.名称 读取，或删去"},
	FindingValueAfterEnd:             {"it begins on %s, after the plan's last day %s", "从 %s 起，晚于方案最后一日 %s"},
	MendValueAfterEnd:                {"correct the day, or leave the value to the next plan", "改正日期，或留给下一个方案"},
	FindingStandardWithoutDepartment: {"no department answers for shortfalls of %s", "%s 的短板没有责任部门"},
	MendStandardWithoutDepartment:    {"name departments if the plan's text does", "若方案原文写明，请填写部门"},
	FindingNobodyApplies:             {"no department answers for %s, and one must apply to close its shortfalls out", "%s 没有责任部门，而其销号须由责任部门申请"},
	MendNobodyApplies:                {"name departments for the standard, or leave applicant out", "给该标准写明部门，或去掉 applicant"},
	FindingNoSuchSite:                {"no site of kind %s is registered at the plan's jurisdiction, above or below it", "方案所在行政区及其上下级没有登记 %s 类公示地点"},
	MendNoSuchSite:                   {"register the sites, or the requirement asks for nothing", "登记公示地点，否则此要求落空"},
	FindingNoSuchCluster:             {"no site of %d households or more is registered at the plan's jurisdiction, above or below it", "方案所在行政区及其上下级没有登记 %d 户以上的公示地点"},
	MendNoSuchCluster:                {"register the sites with their households, or the requirement asks for nothing", "登记公示地点及其户数，否则此要求落空"},

	SeverityError:       {"error", "错误"},
	SeverityWarning:     {"warning", "警告"},
	SeverityInformation: {"note", "提示"},
	FindingLine:         {"  %s: %s: %s: %s [%s]", "  %s：%s：%s：%s [%s]"},
	PlaceInRule:         {"%s, line %d, column %d", "%s，第 %d 行第 %d 列"},
	WithHint:            {"%v; %v", "%v；%v"},
	OnDays:              {"on %s: %v", "%s：%v"},
	DaysFrom:            {"the days from %s on", "%s 起"},
	AmountExact:         {"exactly %s yuan", "恰为 %s 元"},
	AmountBetween:       {"%s to %s yuan", "%s 至 %s 元"},
	AmountFrom:          {"%s yuan or more", "%s 元以上"},
	AnyTier:             {"no tier in particular", "任何等级"},
	EarlierRules:        {"earlier rules", "前面的规则"},
	FlagSamples:         {"draw at least so many families for each plan and say what none of them reaches; 0: none", "每个方案至少抽取这么多户样本，指出无一到达之处；0 为不抽取"},
	FlagStrict:          {"exit status 1 on warnings too", "有警告时退出码也为 1"},
	SamplesNegative:     {"--samples %d: write 0 or more", "--samples %d：请写 0 或以上"},
}
