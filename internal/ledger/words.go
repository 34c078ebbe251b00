// SPDX-License-Identifier: Apache-2.0

package ledger

// word is one value of an enumeration: as the contract has it, as ledgers write
// it, and other ways in which they do.
type word struct {
	value, said string
	also        []string
}

// words are an enumeration. A closed one is all that is taken; beside an open
// one any word of a plan is.
type words struct {
	list   []word
	open   bool
	byKey  map[string]string // value by wordKey
	byWord map[string]string // what is said by value
}

func newWords(open bool, list ...word) *words {
	w := &words{list: list, open: open, byKey: map[string]string{}, byWord: map[string]string{}}
	for _, one := range list {
		for _, name := range append([]string{one.value, one.said}, one.also...) {
			w.byKey[wordKey(name)] = one.value
		}
		w.byWord[one.value] = one.said
	}
	return w
}

// say writes a value as ledgers do; an unknown one as it is.
func (w *words) say(value string) string {
	if said := w.byWord[value]; said != "" {
		return said
	}
	return value
}

// known are the words that are taken, as ledgers write them.
func (w *words) known() []string {
	out := make([]string, len(w.list))
	for i, one := range w.list {
		out[i] = one.said
	}
	return out
}

// everyName is every way to write one of the words.
func (w *words) everyName() []string {
	var out []string
	for _, one := range w.list {
		out = append(append(out, one.said, one.value), one.also...)
	}
	return out
}

var (
	registrations = newWords(false,
		word{"Graduated", "脱贫户", []string{"建档立卡脱贫户", "已脱贫户", "已脱贫", "脱贫"}},
		word{"Poor", "未脱贫户", []string{"建档立卡未脱贫户", "贫困户", "建档立卡贫困户", "未脱贫"}},
		word{"None", "非建档立卡户", []string{"非建档立卡农户", "一般农户", "普通农户", "一般户", "非贫困户", "非建档立卡"}},
	)
	causes = newWords(false,
		word{"Illness", "因病", []string{"疾病", "患病", "大病"}},
		word{"Disability", "因残", []string{"残疾"}},
		word{"Schooling", "因学", []string{"上学", "就学"}},
		word{"Disaster", "因灾", []string{"自然灾害", "灾害"}},
		word{"SuddenEvent", "因突发事件", []string{"突发事件", "意外事故", "因意外事故", "因突发意外"}},
		word{"IndustryFailure", "因产业失败", []string{"产业失败", "因产业项目失败"}},
		word{"UnstableEmployment", "因就业不稳", []string{"就业不稳", "因务工就业不稳", "务工不稳"}},
		word{"Epidemic", "因疫情", []string{"疫情"}},
		word{"PriceDrop", "因价格下跌", []string{"价格下跌", "因农产品价格下跌"}},
		word{"Relocation", "易地搬迁融入", []string{"易地搬迁", "搬迁融入"}},
		word{"PolicyFailure", "因责任政策落实不到位", []string{"政策落实不到位"}},
		word{"Other", "其他", []string{"其它"}},
	)
	measureKinds = newWords(false,
		word{"Industry", "产业帮扶", []string{"产业", "发展产业"}},
		word{"Microcredit", "小额信贷", []string{"小额贷款", "扶贫小额信贷"}},
		word{"Employment", "就业帮扶", []string{"就业", "务工", "转移就业"}},
		word{"PublicPost", "公益性岗位", []string{"公益岗位", "公益岗", "公岗"}},
		word{"Training", "技能培训", []string{"培训"}},
		word{"Subsistence", "低保", []string{"农村低保", "最低生活保障"}},
		word{"SpecialCare", "特困供养", []string{"特困", "五保"}},
		word{"TemporaryRelief", "临时救助", nil},
		word{"MedicalAid", "医疗救助", []string{"健康帮扶"}},
		word{"Insurance", "保险", []string{"医疗保险", "防贫保险"}},
		word{"Pension", "养老", []string{"养老保险", "养老金"}},
		word{"DisabilityAllowance", "残疾人补贴", []string{"残疾补贴", "残疾人两项补贴"}},
		word{"FamilySupport", "赡养", []string{"落实赡养"}},
		word{"Education", "教育帮扶", []string{"教育资助", "教育", "助学", "雨露计划"}},
		word{"Housing", "危房改造", []string{"住房", "住房保障"}},
		word{"Water", "饮水工程", []string{"饮水", "饮水保障"}},
		word{"DisasterRelief", "灾害救助", []string{"救灾"}},
		word{"ReliefFund", "防贫保障金", []string{"防贫基金"}},
		word{"Motivation", "扶志扶智", []string{"扶志", "扶智"}},
		word{"SocialHelp", "社会帮扶", nil},
		word{"Other", "其他", []string{"其它"}},
	)
	methods         = newWords(false, word{"OnSite", "入户", []string{"入户走访", "实地", "走访"}}, word{"Phone", "电话", []string{"电话询问", "电访"}})
	guaranteeStates = newWords(false,
		word{"Met", "达标", []string{"已达标", "有保障", "保障", "安全", "已解决", "√"}},
		word{"AtRisk", "有可能不达标", []string{"有风险", "存在风险", "可能不达标"}},
		word{"Unmet", "不达标", []string{"未达标", "无保障", "没有保障", "未保障", "不安全", "×"}},
	)
	labours = newWords(false,
		word{"Full", "有劳动力", []string{"有", "普通劳动力", "技能劳动力", "完全劳动力"}},
		word{"Partial", "部分劳动力", []string{"弱劳动力", "半劳动力", "弱劳动力或半劳动力", "部分"}},
		word{"None", "无劳动力", []string{"无", "没有劳动力"}},
		word{"Lost", "完全丧失劳动能力", []string{"丧失劳动力", "丧失劳动能力", "丧失"}},
	)
	risks         = newWords(false, word{"None", "无风险", []string{"无", "没有", "否"}}, word{"Present", "有风险", []string{"有", "存在", "是"}})
	hardships     = newWords(false, word{"None", "不困难", []string{"无", "无困难", "正常"}}, word{"Difficult", "困难", []string{"出现困难", "一般困难"}}, word{"Severe", "严重困难", []string{"特别困难", "突发严重困难"}})
	incomeTrends  = newWords(false, word{"Stable", "稳定", nil}, word{"Unstable", "不稳定", []string{"波动", "不稳"}}, word{"Plunged", "骤减", []string{"大幅缩减", "大幅下降"}})
	spendingTrend = newWords(false, word{"Normal", "正常", []string{"无变化"}}, word{"Surged", "骤增", []string{"大幅增加", "过大", "支出骤增"}})
	sources       = newWords(false,
		word{"SelfReport", "自主申报", []string{"农户申报", "农户自主申报", "申报"}},
		word{"StaffScreening", "干部排查", []string{"基层干部排查", "排查", "走访排查"}},
		word{"Department", "部门预警", []string{"部门筛查预警", "部门", "部门比对"}},
		word{"Petition", "信访", nil}, word{"Media", "媒体", []string{"舆情", "媒体舆情"}}, word{"Audit", "审计", nil},
	)
	consents    = newWords(false, word{"Given", "已承诺授权", []string{"已承诺", "已授权", "是"}}, word{"Refused", "拒绝", []string{"未授权", "不同意", "否"}})
	proxies     = newWords(false, word{"Relative", "亲属", []string{"亲戚"}}, word{"Neighbour", "邻居", []string{"邻里"}}, word{"Cadre", "干部", []string{"村干部"}})
	wills       = newWords(false, word{"Confirmed", "已确认", []string{"确认", "是"}}, word{"Denied", "否认", []string{"不同意", "否"}})
	outcomes    = newWords(false, word{"Confirmed", "属实", nil}, word{"Dismissed", "不属实", []string{"不实"}})
	yesNo       = newWords(false, word{"true", "是", []string{"有", "1", "yes", "y", "√", "对"}}, word{"false", "否", []string{"无", "0", "no", "n", "×", "不"}})
	departments = newWords(true,
		word{"civil-affairs", "民政", []string{"民政局", "民政部门"}}, word{"education", "教育", []string{"教育局", "教体局", "教育部门"}},
		word{"health", "卫健", []string{"卫健委", "卫生健康", "卫健局"}}, word{"housing", "住建", []string{"住建局", "住房城乡建设", "住房和城乡建设局"}},
		word{"human-resources", "人社", []string{"人社局", "人力资源社会保障", "人力资源和社会保障局"}},
		word{"medical-security", "医保", []string{"医保局", "医疗保障局"}}, word{"water", "水利", []string{"水利局", "水务局"}},
	)
	standards = newWords(true,
		word{"Income", "收入", nil}, word{"Food", "不愁吃", []string{"吃"}}, word{"Clothing", "不愁穿", []string{"穿"}},
		word{"Education", "教育", []string{"义务教育"}}, word{"Medical", "医疗", []string{"基本医疗"}}, word{"Housing", "住房", []string{"住房安全"}},
		word{"Water", "饮水", []string{"饮水安全", "安全饮水"}}, word{"WaterQuality", "水质", nil}, word{"WaterQuantity", "水量", nil},
		word{"WaterAccess", "取水方便程度", []string{"用水方便程度"}}, word{"WaterReliability", "供水保证率", nil},
	)
	relations = newWords(true,
		word{"Head", "户主", []string{"本人"}}, word{"Spouse", "配偶", []string{"妻子", "丈夫"}}, word{"Child", "子女", []string{"之子", "之女", "儿子", "女儿"}},
		word{"Parent", "父母", []string{"父亲", "母亲"}}, word{"Grandchild", "孙子女", nil}, word{"ChildInLaw", "子女配偶", []string{"儿媳", "女婿"}},
	)
	healths = newWords(true,
		word{"Healthy", "健康", nil}, word{"ChronicIllness", "慢性病", []string{"长期慢性病"}},
		word{"SevereIllness", "大病", []string{"患有大病", "重病"}}, word{"Disabled", "残疾", nil},
	)
	works = newWords(true,
		word{"Employed", "务工", []string{"就业"}}, word{"Unemployed", "未就业", []string{"失业", "无业"}}, word{"Farming", "务农", nil}, word{"Away", "外出", []string{"外出务工"}},
	)
	schoolings = newWords(true,
		word{"InSchool", "在校", []string{"在读"}}, word{"NotInSchool", "不在校", []string{"非在校生", "非在校"}}, word{"DroppedOut", "辍学", []string{"失学"}},
	)
	markSystems = newWords(true,
		word{"NationalSystem", "国扶系统", []string{"全国系统", "国家系统"}}, word{"BigDataPlatform", "大数据平台", nil},
		word{"Township", "乡镇台账", []string{"乡镇"}}, word{"Village", "村台账", []string{"村级台账"}},
	)
	markCategories = newWords(true,
		word{"UnstableGraduated", "脱贫不稳定户", []string{"脱贫监测户"}}, word{"Marginal", "边缘户", []string{"边缘易致贫户"}}, word{"Graduated", "脱贫户", nil},
	)
)
