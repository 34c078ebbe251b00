// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"regexp"
	"strconv"
	"strings"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// reader turns the cells of one column into values in their canonical form.
type reader struct {
	*Column
	values map[string]string // by wordKey, of the mapping
	tenK   bool              // the figures are 万元
	key    Key
	places Places
}

// Places turns the names of villages into those of their objects and back.
type Places struct {
	Object map[string]string // by display name and by object name
	Shown  map[string]string // display name by object name, where it is the only one
}

func fault(code Code, args ...any) *Problem { return &Problem{Code: code, Args: args} }

// read returns the value of a cell, "" for an empty one.
func (r *reader) read(c Cell, limits Limits) (string, *Problem) {
	switch c.Kind {
	case Empty:
		return "", nil
	case Formula:
		return "", fault(IsFormula)
	case Faulty:
		if strings.ContainsRune(c.Text, '\ufffd') {
			return "", fault(Lost)
		}
		return "", fault(IsError, c.Text)
	}
	if len(c.Text) > limits.CellRunes && len([]rune(c.Text)) > limits.CellRunes {
		return "", fault(CellTooLong, limits.CellRunes)
	}
	if errorValue.MatchString(c.Text) {
		return "", fault(IsError, c.Text)
	}
	if r.form == asIdentity {
		return r.readIdentity(c)
	}
	if value, mapped := r.values[wordKey(c.Text)]; mapped && c.Kind != Date {
		return value, nil
	}
	text := trimmed(c.Text)
	if c.Kind == Text && (text == "-" || text == "—" || text == "/") {
		return "", nil // as clerks write that there is nothing
	}
	switch r.form {
	case asDate, asPeriod:
		return r.readTime(c, text)
	case asMoney:
		return r.readMoney(c, text)
	case asCount:
		return r.readCount(c, text)
	case asBool:
		return r.readBool(text)
	}
	if c.Kind == Date {
		return "", fault(WrongKind, c.Day)
	}
	if c.Kind == Number {
		if d, ok := parseDecimal(text); ok && d.exponent >= 0 && len(d.digits)+d.exponent <= shownDigits {
			text = d.String()
		} else {
			return "", fault(WrongKind, text)
		}
	}
	return r.readText(text)
}

// errorValue is what a spreadsheet writes where a formula failed.
var errorValue = regexp.MustCompile(`^#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)$`)

func (r *reader) readIdentity(c Cell) (string, *Problem) {
	switch {
	case c.Kind != Text:
		return "", fault(IdentityNumber)
	case r.key == nil:
		return "", fault(NoKey)
	}
	number, problem := normalIdentity(c.Text)
	if problem != nil {
		return "", problem
	}
	return r.key.Digest(number), nil
}

var (
	dateForms = []*regexp.Regexp{
		regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]0?0:00(?::00)?)?$`),
		regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})(?: 0?0:00(?::00)?)?$`),
		regexp.MustCompile(`^(\d{4})\.(\d{1,2})\.(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$`),
		regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`),
	}
	periodForm = regexp.MustCompile(`^[0-9]{4}(-(0[1-9]|1[0-2])(-[ab])?|-Q[1-4])?$`)
	monthForm  = regexp.MustCompile(`^(\d{4})[年/.-](\d{1,2})月?$`)
)

// parseDay reads a date in one of the forms that ledgers have. known says that
// it has one; the day may be none all the same.
func parseDay(text string) (day civil.Day, known bool) {
	text = narrow(text)
	for _, form := range dateForms {
		if m := form.FindStringSubmatch(text); m != nil {
			day, err := civil.ParseDay(m[1] + "-" + two(m[2]) + "-" + two(m[3]))
			if err != nil {
				return 0, true
			}
			return day, true
		}
	}
	return 0, false
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func (r *reader) readTime(c Cell, text string) (string, *Problem) {
	if r.form == asPeriod {
		return readPeriod(c, text)
	}
	if c.Kind == Date {
		return c.Day.String(), nil
	}
	day, known := parseDay(text)
	switch {
	case !known && c.Kind == Number:
		return "", fault(NumberNoDate, text)
	case !known:
		return "", fault(NotDate, quoted(text))
	case !day.Valid():
		return "", fault(NoSuchDay, text)
	}
	return day.String(), nil
}

// readPeriod reads a period. What is typed as 2021-04 a spreadsheet makes the
// first of the month.
func readPeriod(c Cell, text string) (string, *Problem) {
	if c.Kind == Date {
		if c.Day != c.Day.FirstOfMonth() {
			return "", fault(NotPeriod, c.Day)
		}
		return c.Day.String()[:7], nil
	}
	text = narrow(text)
	if m := monthForm.FindStringSubmatch(text); m != nil {
		text = m[1] + "-" + two(m[2])
	}
	text = strings.TrimSuffix(text, "年")
	if !periodForm.MatchString(text) {
		return "", fault(NotPeriod, quoted(text))
	}
	return text, nil
}

var grouped = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\.\d+)?$`)

// readMoney reads yuan, or 万元 where the mapping says so. Of a number cell the
// digits count that are shown; of a text all do.
func (r *reader) readMoney(c Cell, text string) (string, *Problem) {
	if c.Kind != Number && c.Kind != Text {
		return "", fault(NotMoney, text)
	}
	figure := strings.TrimSuffix(strings.TrimPrefix(withoutSpaces(narrow(text)), "¥"), "元")
	figure = strings.TrimPrefix(figure, "￥")
	if strings.HasSuffix(figure, "万") {
		if !r.tenK {
			return "", fault(InTenThousands, text)
		}
		figure = strings.TrimSuffix(figure, "万")
	}
	if strings.Contains(figure, ",") {
		if !grouped.MatchString(figure) {
			return "", fault(BadGrouping, quoted(text))
		}
		figure = strings.ReplaceAll(figure, ",", "")
	}
	d, ok := parseDecimal(figure)
	switch {
	case !ok:
		return "", fault(NotMoney, quoted(text))
	case c.Kind == Number:
		d = d.shown()
	}
	if r.tenK && d.digits != "" {
		d.exponent += 4
	}
	const mostWhole = 12
	switch {
	case d.negative:
		return "", fault(Negative, text)
	case d.wholeDigits() > mostWhole:
		return "", fault(TooLarge, text)
	case d.decimals() > 2:
		return "", fault(TooFine, text)
	}
	return canonicalMoney(d.String()), nil
}

// canonicalMoney is an amount in its one form; what is none stays as it is.
func canonicalMoney(s string) string {
	amount, err := money.Parse(s)
	if err != nil {
		return s
	}
	return amount.String()
}

func (r *reader) readCount(c Cell, text string) (string, *Problem) {
	if c.Kind == Number || c.Kind == Text {
		d, ok := parseDecimal(strings.TrimSuffix(strings.TrimSuffix(withoutSpaces(narrow(text)), "人"), "口"))
		if c.Kind == Number {
			d = d.shown()
		}
		if ok && !d.negative && d.decimals() == 0 && d.wholeDigits() < 5 {
			if n, err := strconv.Atoi(d.String()); err == nil && n >= 1 && n <= r.most {
				return strconv.Itoa(n), nil
			}
		}
	}
	return "", fault(NotCount, quoted(text), 1, r.most)
}

func (r *reader) readBool(text string) (string, *Problem) {
	value, known := yesNo.byKey[wordKey(text)]
	if !known {
		return "", fault(NotBool, quoted(text))
	}
	return value, nil
}

var (
	objectName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$`)
	planWord   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)
)

func (r *reader) readText(text string) (string, *Problem) {
	switch r.form {
	case asName:
		const longest = 253
		switch {
		case fifteenDigits.MatchString(text):
			return "", fault(HoldsIdentity)
		case !objectName.MatchString(text) || len(text) > longest:
			return "", fault(NotName, quoted(text))
		}
		return text, nil
	case asDigest:
		if digest := strings.ToLower(text); digestForm.MatchString(digest) {
			return digest, nil
		}
		return "", fault(DigestForm)
	case asPlace:
		if object, known := r.places.Object[withoutSpaces(text)]; known {
			return object, nil
		}
		if len(r.places.Object) == 0 && objectName.MatchString(text) {
			return text, nil // the tree is not known here
		}
		if near := nearest(text, r.places.shown()); near != "" {
			return "", fault(UnknownWordNear, quoted(text), near)
		}
		return "", fault(NotPlace, quoted(text))
	case asWord:
		return r.word(text)
	case asWords, asUsers:
		return r.list(text)
	case asGuarantee:
		return r.guarantee(text)
	case asGuarantees, asMembers, asMarks:
		return r.things(text)
	}
	return r.plainText(text)
}

func (p Places) shown() []string {
	var out []string
	for _, name := range p.Shown {
		out = append(out, name)
	}
	return out
}

func (r *reader) plainText(text string) (string, *Problem) {
	most := r.most
	if r.form == asUser {
		most = 256
	}
	switch {
	case len([]rune(text)) > most:
		return "", fault(TextTooLong, most)
	case looksLikeIdentity.MatchString(text), r.Field == "head.name" && fifteenDigits.MatchString(text):
		return "", fault(HoldsIdentity)
	}
	return text, nil
}

// word reads a word of an enumeration, or a plan's own word where those are
// taken.
func (r *reader) word(text string) (string, *Problem) {
	if value, mapped := r.values[wordKey(text)]; mapped {
		return value, nil
	}
	return wordOf(r.words, text)
}

func wordOf(w *words, text string) (string, *Problem) {
	if value, known := w.byKey[wordKey(text)]; known {
		return value, nil
	}
	const longest = 63
	if w.open && planWord.MatchString(text) && len(text) <= longest {
		return text, nil
	}
	if near := nearest(text, w.everyName()); near != "" {
		return "", fault(UnknownWordNear, quoted(text), near)
	}
	return "", fault(UnknownWord, quoted(text), strings.Join(w.known(), "、"))
}

func (r *reader) list(text string) (string, *Problem) {
	var out []string
	for _, item := range items(text) {
		if r.form == asWords {
			value, problem := r.word(item)
			if problem != nil {
				return "", problem
			}
			item = value
		} else if looksLikeIdentity.MatchString(item) {
			return "", fault(HoldsIdentity)
		}
		for _, before := range out {
			if before == item {
				return "", fault(ItemTwice, quoted(item))
			}
		}
		out = append(out, item)
	}
	if len(out) > r.most {
		return "", fault(TooManyItems, r.most)
	}
	return strings.Join(out, ","), nil
}

// guarantee reads STATE or STATE:detail.
func (r *reader) guarantee(text string) (string, *Problem) {
	state, detail, _ := strings.Cut(strings.Replace(text, "：", ":", 1), ":")
	value, problem := r.word(trimmed(state))
	if problem != nil {
		return "", problem
	}
	const longest = 256
	detail = oneLine(trimmed(detail))
	switch {
	case detail == "":
		return value, nil
	case len([]rune(detail)) > longest:
		return "", fault(TextTooLong, longest)
	case looksLikeIdentity.MatchString(detail):
		return "", fault(HoldsIdentity)
	}
	return value + ":" + detail, nil
}

// things reads a list of things with several values each, one a line or parted
// by semicolons.
func (r *reader) things(text string) (string, *Problem) {
	var out []string
	read := map[form]func(string) (string, *Problem){asGuarantees: r.ownGuarantee, asMembers: r.member, asMarks: r.mark}[r.form]
	parted := "\r\n;；"
	if r.form == asGuarantees {
		parted = "\r\n" // a detail may hold semicolons
	}
	for _, one := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(parted, c) }) {
		if one = trimmed(one); one == "" {
			continue
		}
		value, problem := read(one)
		if problem != nil {
			return "", problem
		}
		out = append(out, value)
	}
	if len(out) > r.most {
		return "", fault(TooManyItems, r.most)
	}
	return strings.Join(out, thingSeparator), nil
}

func (r *reader) ownGuarantee(one string) (string, *Problem) {
	name, state, found := strings.Cut(strings.Replace(one, "＝", "=", 1), "=")
	if name = trimmed(name); !found || !planWord.MatchString(name) {
		return "", fault(BadItem, quoted(one), "Name=达标")
	}
	value, problem := r.guarantee(trimmed(state))
	return name + "=" + value, problem
}

func (r *reader) member(one string) (string, *Problem) {
	p := strings.Split(strings.ReplaceAll(one, "／", "/"), partSeparator)
	const most = 5
	if len(p) > most {
		return "", fault(BadItem, quoted(one), "户主/1968/慢性病/未就业/不在校")
	}
	p = append(p, make([]string, most-len(p))...)
	for i, w := range []*words{relations, nil, healths, works, schoolings} {
		if p[i] = trimmed(p[i]); p[i] == "" {
			continue
		}
		if w == nil {
			const first, last = 1880, 2200
			year, err := strconv.Atoi(strings.TrimSuffix(narrow(p[i]), "年"))
			if err != nil || year < first || year > last {
				return "", fault(NotCount, quoted(p[i]), first, last)
			}
			p[i] = strconv.Itoa(year)
			continue
		}
		value, problem := wordOf(w, p[i])
		if problem != nil {
			return "", problem
		}
		p[i] = value
	}
	return joinParts(p...), nil
}

func (r *reader) mark(one string) (string, *Problem) {
	const most = 4
	p := strings.Split(strings.ReplaceAll(one, "／", "/"), partSeparator)
	if len(p) < 2 || len(p) > most {
		return "", fault(BadItem, quoted(one), "国扶系统/2019-12-31/脱贫不稳定户")
	}
	p = append(p, make([]string, most-len(p))...)
	for i := range p {
		if p[i] = trimmed(p[i]); p[i] == "" && i > 1 {
			continue
		}
		var problem *Problem
		switch i {
		case 0:
			p[i], problem = wordOf(markSystems, p[i])
		case 2:
			p[i], problem = wordOf(markCategories, p[i])
		default:
			p[i], problem = r.readTime(Cell{Kind: Text}, p[i])
		}
		if problem != nil {
			return "", problem
		}
	}
	return joinParts(p...), nil
}

// quoted repeats a cell in a message, but never at length nor an identity
// number.
func quoted(text string) string {
	if fifteenDigits.MatchString(text) || looksLikeIdentity.MatchString(text) {
		return "***"
	}
	const longest = 30
	if runes := []rune(text); len(runes) > longest {
		return "“" + string(runes[:longest]) + "…”"
	}
	return "“" + text + "”"
}
