// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"slices"
	"strconv"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
)

// at is the access to a text field of a T. field returns nil where the part that
// holds it is absent, and makes that part if it is told to.
func at[T any, S ~string](field func(o *T, make bool) *S) access {
	return access{
		get: func(o any) string {
			if s := field(o.(*T), false); s != nil {
				return string(*s)
			}
			return ""
		},
		set: func(o any, value string) { *field(o.(*T), true) = S(value) },
	}
}

// direct is at for a field that stands in the T itself.
func direct[T any, S ~string](field func(o *T) *S) access {
	return at(func(o *T, _ bool) *S { return field(o) })
}

// within is at for a field of an optional part.
func within[T, P any, S ~string](part func(o *T) **P, field func(*P) *S) access {
	return at(func(o *T, make bool) *S {
		p := part(o)
		if *p == nil {
			if !make {
				return nil
			}
			*p = new(P)
		}
		return field(*p)
	})
}

// listOf is the access to a list of words.
func listOf[T any, S ~string](field func(o *T) *[]S) access {
	return access{
		get: func(o any) string {
			list := *field(o.(*T))
			texts := make([]string, len(list))
			for i, s := range list {
				texts[i] = string(s)
			}
			return strings.Join(texts, ",")
		},
		set: func(o any, value string) {
			var list []S
			for _, s := range splitList(value) {
				list = append(list, S(s))
			}
			*field(o.(*T)) = list
		},
	}
}

func splitList(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, ",")
}

type (
	household = v1alpha1.Household
	survey    = v1alpha1.Survey
	signal    = v1alpha1.RiskSignal
	measure   = v1alpha1.Measure
)

// keyColumns find the family of a row.
func keyColumns() []*Column {
	return []*Column{
		{Field: fieldName, Header: "农户编号", also: []string{"户编号", "农户对象", "户编码"}, form: asName},
		{Field: fieldIdentity, Header: "户主身份证号", also: []string{"身份证号", "户主身份证", "户主身份证号码", "身份证号码", "户主证件号码", "证件号码", "公民身份号码"}, form: asIdentity, unset: true},
		{Field: fieldDigest, Header: "身份摘要", form: asDigest},
	}
}

func householdColumns() []*Column {
	head := func(o *household) **v1alpha1.Head { return &o.Spec.Head }
	columns := append(keyColumns(),
		&Column{Field: "head.name", Header: "户主姓名", also: []string{"户主", "姓名"}, form: asText, most: 64, access: within(head, func(h *v1alpha1.Head) *string { return &h.Name })},
		&Column{Field: "jurisdiction", Header: "所在村", also: []string{"村", "行政村", "村名", "所属村", "村(社区)"}, form: asPlace, access: within(
			func(o *household) **v1alpha1.JurisdictionReference { return &o.Spec.JurisdictionRef },
			func(r *v1alpha1.JurisdictionReference) *v1alpha1.ObjectName { return &r.Name })},
		&Column{Field: "registration", Header: "户类型", also: []string{"农户类型", "建档立卡情况", "户属性", "脱贫属性"}, form: asWord, words: registrations, required: true,
			access: direct(func(o *household) *v1alpha1.Registration { return &o.Spec.Registration })},
		&Column{Field: "graduated", Header: "脱贫日期", also: []string{"脱贫时间"}, form: asDate, notAfter: true, access: direct(func(o *household) *v1alpha1.Date { return &o.Spec.Graduated })},
		&Column{Field: "persons", Header: "家庭人口数", also: []string{"家庭人口", "人口数", "人数", "人口", "家庭人数"}, form: asCount, most: 50, required: true, access: access{
			get: func(o any) string { return count(o.(*household).Spec.Persons) },
			set: func(o any, v string) { o.(*household).Spec.Persons = number(v) }}},
		&Column{Field: "support.officer", Header: "监测帮扶责任人", also: []string{"帮扶责任人", "责任人", "帮扶人"}, form: asUser, access: within(
			func(o *household) **v1alpha1.Support { return &o.Spec.Support }, func(s *v1alpha1.Support) *v1alpha1.UserName { return &s.Officer })},
		&Column{Field: "support.wishes", Header: "帮扶意愿", also: []string{"帮扶需求"}, form: asWords, words: measureKinds, most: 21, access: wishes()},
		&Column{Field: "members", Header: "家庭成员", form: asMembers, most: 50, access: access{
			get: func(o any) string { return membersText(o.(*household).Spec.Members) },
			set: func(o any, v string) { o.(*household).Spec.Members = membersOf(v) }}},
		&Column{Field: "marks", Header: "标注", also: []string{"系统标注"}, form: asMarks, most: 32, access: access{
			get: func(o any) string { return marksText(o.(*household).Spec.Marks) },
			set: func(o any, v string) { o.(*household).Spec.Marks = marksOf(v) }}},
	)
	for _, c := range columns {
		if c.Field == fieldDigest {
			c.access = within(head, func(h *v1alpha1.Head) *string { return &h.IdentityDigest })
		}
	}
	return columns
}

func wishes() access {
	list := listOf(func(o *v1alpha1.Support) *[]v1alpha1.MeasureKind { return &o.Wishes })
	return access{
		get: func(o any) string {
			if s := o.(*household).Spec.Support; s != nil {
				return list.get(s)
			}
			return ""
		},
		set: func(o any, v string) {
			h := o.(*household)
			if h.Spec.Support == nil {
				h.Spec.Support = &v1alpha1.Support{}
			}
			list.set(h.Spec.Support, v)
		},
	}
}

func count(n int32) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

func number(v string) int32 {
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

func surveyFacts() []*Column {
	amount := func(field, header string, also []string, get func(*survey) *v1alpha1.Money) *Column {
		return &Column{Field: field, Header: header, also: also, form: asMoney, access: direct(get)}
	}
	source := func(field, header string, get func(*v1alpha1.IncomeSources) *v1alpha1.Money) *Column {
		return &Column{Field: "sources." + field, Header: header, form: asMoney, access: within(func(o *survey) **v1alpha1.IncomeSources { return &o.Sources }, get)}
	}
	expense := func(field, header string, also []string, get func(*v1alpha1.Expenses) *v1alpha1.Money) *Column {
		return &Column{Field: "expenses." + field, Header: header, also: also, form: asMoney, access: within(func(o *survey) **v1alpha1.Expenses { return &o.Expenses }, get)}
	}
	columns := []*Column{
		{Field: "date", Header: "监测日期", also: []string{"入户日期", "走访日期", "监测时间"}, form: asDate, notAfter: true, required: true, access: direct(func(o *survey) *v1alpha1.Date { return &o.Date })},
		{Field: "entered", Header: "补录日期", also: []string{"监测补录日期"}, form: asDate, notAfter: true, access: direct(func(o *survey) *v1alpha1.Date { return &o.Entered })},
		{Field: "by", Header: "监测人", also: []string{"走访人"}, form: asUser, access: direct(func(o *survey) *v1alpha1.UserName { return &o.By })},
		{Field: "with", Header: "陪同人员", form: asUsers, most: 8, access: listOf(func(o *survey) *[]v1alpha1.UserName { return &o.With })},
		{Field: "method", Header: "监测方式", also: []string{"走访方式"}, form: asWord, words: methods, access: direct(func(o *survey) *v1alpha1.SurveyMethod { return &o.Method })},
		{Field: "unchanged", Header: "情况无变化", also: []string{"无变化"}, form: asBool, access: access{
			get: func(o any) string {
				if o.(*survey).Unchanged {
					return "true"
				}
				return ""
			},
			set: func(o any, v string) { o.(*survey).Unchanged = v == "true" }}},
		amount("income", "人均纯收入", []string{"家庭人均纯收入", "年人均纯收入", "人均收入", "预估人均纯收入"}, func(o *survey) *v1alpha1.Money { return &o.Income }),
		amount("incomeBefore", "上年人均纯收入", []string{"上年度人均纯收入", "去年人均纯收入"}, func(o *survey) *v1alpha1.Money { return &o.IncomeBefore }),
		source("wage", "工资性收入", func(s *v1alpha1.IncomeSources) *v1alpha1.Money { return &s.Wage }),
		source("business", "经营性收入", func(s *v1alpha1.IncomeSources) *v1alpha1.Money { return &s.Business }),
		source("property", "财产性收入", func(s *v1alpha1.IncomeSources) *v1alpha1.Money { return &s.Property }),
		source("transfer", "转移性收入", func(s *v1alpha1.IncomeSources) *v1alpha1.Money { return &s.Transfer }),
		expense("medical", "医疗自付支出", []string{"医疗支出", "自付医疗支出"}, func(e *v1alpha1.Expenses) *v1alpha1.Money { return &e.Medical }),
		expense("education", "教育支出", nil, func(e *v1alpha1.Expenses) *v1alpha1.Money { return &e.Education }),
		expense("disaster", "灾害支出", nil, func(e *v1alpha1.Expenses) *v1alpha1.Money { return &e.Disaster }),
		expense("other", "其他刚性支出", []string{"其他支出"}, func(e *v1alpha1.Expenses) *v1alpha1.Money { return &e.Other }),
	}
	for _, g := range []struct {
		name, header string
		also         []string
	}{
		{"Food", "不愁吃", nil},
		{"Clothing", "不愁穿", nil},
		{"Education", "义务教育", []string{"义务教育保障", "教育保障"}},
		{"Medical", "基本医疗", []string{"基本医疗保障", "医疗保障"}},
		{"Housing", "住房安全", []string{"住房安全保障", "住房保障"}},
		{"Water", "饮水安全", []string{"安全饮水", "饮水保障", "饮水安全保障"}},
		{"WaterQuality", "水质", nil},
		{"WaterQuantity", "水量", nil},
		{"WaterAccess", "取水方便程度", nil},
		{"WaterReliability", "供水保证率", nil},
	} {
		columns = append(columns, &Column{Field: "guarantees." + g.name, Header: g.header, also: g.also, form: asGuarantee, words: guaranteeStates, access: guaranteeNamed(g.name)})
	}
	return append(columns,
		&Column{Field: "guarantees", Header: "其他保障", form: asGuarantees, words: guaranteeStates, most: 16, access: otherGuarantees()},
		&Column{Field: "causes", Header: "致贫返贫原因", also: []string{"返贫致贫原因", "致贫原因", "主要致贫原因", "风险原因", "返贫致贫风险类型"}, form: asWords, words: causes, most: 12, access: listOf(func(o *survey) *[]v1alpha1.Cause { return &o.Causes })},
		&Column{Field: "receives", Header: "已享受政策", also: []string{"享受政策", "已落实政策"}, form: asWords, words: measureKinds, most: 21, access: listOf(func(o *survey) *[]v1alpha1.MeasureKind { return &o.Receives })},
		&Column{Field: "labour", Header: "劳动力状况", also: []string{"劳动力", "劳动力情况", "劳动能力"}, form: asWord, words: labours, access: direct(func(o *survey) *v1alpha1.Labour { return &o.Labour })},
		&Column{Field: "risk", Header: "返贫致贫风险", also: []string{"是否有返贫致贫风险", "返贫风险"}, form: asWord, words: risks, access: direct(func(o *survey) *v1alpha1.Risk { return &o.Risk })},
		&Column{Field: "hardship", Header: "基本生活困难程度", also: []string{"困难程度"}, form: asWord, words: hardships, access: direct(func(o *survey) *v1alpha1.Hardship { return &o.Hardship })},
		&Column{Field: "incomeTrend", Header: "收入变化", form: asWord, words: incomeTrends, access: direct(func(o *survey) *v1alpha1.IncomeTrend { return &o.IncomeTrend })},
		&Column{Field: "spendingTrend", Header: "支出变化", form: asWord, words: spendingTrend, access: direct(func(o *survey) *v1alpha1.SpendingTrend { return &o.SpendingTrend })},
	)
}

// ownColumn are the guarantees with a column of their own.
var ownColumn = []string{"Food", "Clothing", "Education", "Medical", "Housing", "Water", "WaterQuality", "WaterQuantity", "WaterAccess", "WaterReliability"}

func guaranteeNamed(name string) access {
	find := func(s *survey) int {
		return slices.IndexFunc(s.Guarantees, func(g v1alpha1.Guarantee) bool { return string(g.Name) == name })
	}
	return access{
		get: func(o any) string {
			s := o.(*survey)
			if i := find(s); i >= 0 {
				return guaranteeText(s.Guarantees[i])
			}
			return ""
		},
		set: func(o any, v string) {
			s := o.(*survey)
			state, detail, _ := strings.Cut(v, ":")
			g := v1alpha1.Guarantee{Name: v1alpha1.Word(name), State: v1alpha1.GuaranteeState(state), Detail: detail}
			if i := find(s); i >= 0 {
				s.Guarantees[i] = g
				return
			}
			s.Guarantees = append(s.Guarantees, g)
		},
	}
}

func guaranteeText(g v1alpha1.Guarantee) string {
	if g.Detail == "" {
		return string(g.State)
	}
	return string(g.State) + ":" + oneLine(g.Detail)
}

// oneLine is a text without the line breaks that part things in a cell.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\r' || r == '\n' }), " ")
}

// The parts of a list of things with several values each: one that no detail
// may hold separates them.
const (
	thingSeparator = "\n"
	partSeparator  = "/"
)

// otherGuarantees are those that a plan names itself, as Name=State:detail.
func otherGuarantees() access {
	own := func(g v1alpha1.Guarantee) bool { return slices.Contains(ownColumn, string(g.Name)) }
	return access{
		get: func(o any) string {
			var out []string
			for _, g := range o.(*survey).Guarantees {
				if !own(g) {
					out = append(out, string(g.Name)+"="+guaranteeText(g))
				}
			}
			return strings.Join(out, thingSeparator)
		},
		set: func(o any, v string) {
			s := o.(*survey)
			s.Guarantees = slices.DeleteFunc(s.Guarantees, func(g v1alpha1.Guarantee) bool { return !own(g) })
			for _, one := range strings.Split(v, thingSeparator) {
				name, state, _ := strings.Cut(one, "=")
				state, detail, _ := strings.Cut(state, ":")
				s.Guarantees = append(s.Guarantees, v1alpha1.Guarantee{Name: v1alpha1.Word(name), State: v1alpha1.GuaranteeState(state), Detail: detail})
			}
		},
	}
}

func membersText(members []v1alpha1.Member) string {
	out := make([]string, len(members))
	for i, m := range members {
		out[i] = joinParts(string(m.Relation), count(m.BirthYear), string(m.Health), string(m.Work), string(m.Schooling))
	}
	return strings.Join(out, thingSeparator)
}

func membersOf(v string) []v1alpha1.Member {
	var out []v1alpha1.Member
	for _, one := range strings.Split(v, thingSeparator) {
		p := parts(one, 5)
		out = append(out, v1alpha1.Member{
			Relation: v1alpha1.Word(p[0]), BirthYear: number(p[1]), Health: v1alpha1.Word(p[2]), Work: v1alpha1.Word(p[3]), Schooling: v1alpha1.Word(p[4]),
		})
	}
	return out
}

func marksText(marks []v1alpha1.Mark) string {
	out := make([]string, len(marks))
	for i, m := range marks {
		out[i] = joinParts(string(m.System), string(m.Date), string(m.Category), string(m.Entered))
	}
	return strings.Join(out, thingSeparator)
}

func marksOf(v string) []v1alpha1.Mark {
	var out []v1alpha1.Mark
	for _, one := range strings.Split(v, thingSeparator) {
		p := parts(one, 4)
		out = append(out, v1alpha1.Mark{System: v1alpha1.Word(p[0]), Date: v1alpha1.Date(p[1]), Category: v1alpha1.Word(p[2]), Entered: v1alpha1.Date(p[3])})
	}
	return out
}

func joinParts(p ...string) string {
	return strings.TrimRight(strings.Join(p, partSeparator), partSeparator)
}

// parts splits into so many; those that are not there are empty.
func parts(s string, n int) []string {
	out := strings.SplitN(s, partSeparator, n)
	for len(out) < n {
		out = append(out, "")
	}
	return out
}

func signalColumns() []*Column {
	verification := func(o *signal) **v1alpha1.Verification { return &o.Spec.Verification }
	return []*Column{
		{Field: "signal", Header: "线索编号", form: asName},
		{Field: "source", Header: "线索来源", also: []string{"来源"}, form: asWord, words: sources, required: true, access: direct(func(o *signal) *v1alpha1.SignalSource { return &o.Spec.Source })},
		{Field: "department", Header: "部门", also: []string{"来源部门", "线索部门", "预警部门"}, form: asWord, words: departments, access: direct(func(o *signal) *v1alpha1.Word { return &o.Spec.Department })},
		{Field: "cause", Header: "原因", also: []string{"线索原因", "风险原因"}, form: asWord, words: causes, required: true, access: direct(func(o *signal) *v1alpha1.Cause { return &o.Spec.Cause })},
		{Field: "amount", Header: "金额", also: []string{"涉及金额"}, form: asMoney, access: direct(func(o *signal) *v1alpha1.Money { return &o.Spec.Amount })},
		{Field: "date", Header: "线索日期", also: []string{"日期"}, form: asDate, notAfter: true, required: true, access: direct(func(o *signal) *v1alpha1.Date { return &o.Spec.Date })},
		{Field: "entered", Header: "补录日期", form: asDate, notAfter: true, access: direct(func(o *signal) *v1alpha1.Date { return &o.Spec.Entered })},
		{Field: "period", Header: "期间", form: asPeriod, access: direct(func(o *signal) *v1alpha1.Period { return &o.Spec.Period })},
		{Field: "document", Header: "文书", also: []string{"文书编号", "文号"}, form: asText, most: 256, access: direct(func(o *signal) *string { return &o.Spec.Document })},
		{Field: "consent", Header: "承诺授权", form: asWord, words: consents, access: direct(func(o *signal) *v1alpha1.Consent { return &o.Spec.Consent })},
		{Field: "proxy", Header: "代报人", form: asWord, words: proxies, access: direct(func(o *signal) *v1alpha1.Proxy { return &o.Spec.Proxy })},
		{Field: "will", Header: "真实意愿", form: asWord, words: wills, access: direct(func(o *signal) *v1alpha1.Will { return &o.Spec.Will })},
		{Field: "verification.date", Header: "核实日期", also: []string{"核查日期"}, form: asDate, notAfter: true, access: within(verification, func(v *v1alpha1.Verification) *v1alpha1.Date { return &v.Date })},
		{Field: "verification.by", Header: "核实人", also: []string{"核查人"}, form: asUser, access: within(verification, func(v *v1alpha1.Verification) *v1alpha1.UserName { return &v.By })},
		{Field: "verification.entered", Header: "核实补录日期", form: asDate, notAfter: true, access: within(verification, func(v *v1alpha1.Verification) *v1alpha1.Date { return &v.Entered })},
		{Field: "verification.outcome", Header: "核实结果", also: []string{"核查结果"}, form: asWord, words: outcomes, access: within(verification, func(v *v1alpha1.Verification) *v1alpha1.VerificationOutcome { return &v.Outcome })},
	}
}

func measureColumns() []*Column {
	delivered := func(o *measure) **v1alpha1.Delivery { return &o.Delivered }
	cancelled := func(o *measure) **v1alpha1.Cancellation { return &o.Cancelled }
	return []*Column{
		{Field: "measure", Header: "措施编号", form: asName},
		{Field: "kind", Header: "措施类别", also: []string{"帮扶措施", "措施"}, form: asWord, words: measureKinds, required: true, access: direct(func(o *measure) *v1alpha1.MeasureKind { return &o.Kind })},
		{Field: "for", Header: "针对短板", also: []string{"短板"}, form: asWords, words: standards, most: 16, access: listOf(func(o *measure) *[]v1alpha1.Word { return &o.For })},
		{Field: "department", Header: "责任部门", also: []string{"帮扶部门"}, form: asWord, words: departments, access: direct(func(o *measure) *v1alpha1.Word { return &o.Department })},
		{Field: "amount", Header: "金额", also: []string{"帮扶金额", "计划金额"}, form: asMoney, access: direct(func(o *measure) *v1alpha1.Money { return &o.Amount })},
		{Field: "date", Header: "计划日期", also: []string{"制定日期"}, form: asDate, notAfter: true, access: direct(func(o *measure) *v1alpha1.Date { return &o.Date })},
		{Field: "due", Header: "落实期限", also: []string{"完成期限"}, form: asDate, access: direct(func(o *measure) *v1alpha1.Date { return &o.Due })},
		{Field: "delivered.date", Header: "落实日期", also: []string{"落实时间"}, form: asDate, notAfter: true, access: within(delivered, func(d *v1alpha1.Delivery) *v1alpha1.Date { return &d.Date })},
		{Field: "delivered.by", Header: "落实人", form: asUser, access: within(delivered, func(d *v1alpha1.Delivery) *v1alpha1.UserName { return &d.By })},
		{Field: "delivered.entered", Header: "落实补录日期", form: asDate, notAfter: true, access: within(delivered, func(d *v1alpha1.Delivery) *v1alpha1.Date { return &d.Entered })},
		{Field: "delivered.evidence", Header: "佐证材料", form: asText, most: 1024, access: within(delivered, func(d *v1alpha1.Delivery) *v1alpha1.Text { return &d.Evidence })},
		{Field: "delivered.amount", Header: "落实金额", form: asMoney, access: within(delivered, func(d *v1alpha1.Delivery) *v1alpha1.Money { return &d.Amount })},
		{Field: "cancelled.date", Header: "取消日期", form: asDate, notAfter: true, access: within(cancelled, func(c *v1alpha1.Cancellation) *v1alpha1.Date { return &c.Date })},
		{Field: "cancelled.by", Header: "取消人", form: asUser, access: within(cancelled, func(c *v1alpha1.Cancellation) *v1alpha1.UserName { return &c.By })},
		{Field: "cancelled.entered", Header: "取消补录日期", form: asDate, notAfter: true, access: within(cancelled, func(c *v1alpha1.Cancellation) *v1alpha1.Date { return &c.Entered })},
		{Field: "cancelled.reason", Header: "取消原因", form: asText, most: 1024, access: within(cancelled, func(c *v1alpha1.Cancellation) *v1alpha1.Text { return &c.Reason })},
	}
}
