// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// reportAt reports a problem at an expression.
func (c *Compiler) reportAt(r *Rule, a *ast.AST, e ast.Expr, message, hint string) {
	line, column := place(a, e)
	c.report(Problem{Path: r.Path, Line: line, Column: column, Message: message, Hint: hint})
}

// place is where an expression stands, from 1; zeros if that is not known. CEL
// puts a dotted name at its last dot; people look for its beginning.
func place(a *ast.AST, e ast.Expr) (line, column int) {
	for e.Kind() == ast.SelectKind {
		e = e.AsSelect().Operand()
	}
	at := a.SourceInfo().GetStartLocation(e.ID())
	if at.Line() < 1 || at.Column() < 0 {
		return 0, 0
	}
	column = at.Column()
	if e.Kind() == ast.IdentKind {
		// A dotted name that the checker has taken for one variable.
		column = max(0, column-max(0, strings.LastIndex(e.AsIdent(), ".")))
	}
	return at.Line(), column + 1
}

// text is an expression as one would write it, "" if it cannot be written.
func (c *Compiler) text(e ast.Expr, a *ast.AST) string {
	s, err := cel.ExprToString(e, a.SourceInfo())
	if err != nil {
		return ""
	}
	const longest = 60
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}

// syntaxHints are what people write who know another language, and what CEL
// wants instead.
var syntaxHints = []struct {
	written *regexp.Regexp
	hint    string
}{
	{regexp.MustCompile(`[^=!<>]=[^=]`), "write == to compare"},
	{regexp.MustCompile(`(?i)\b(and|or|not)\b`), "write && for and, || for or, ! for not"},
	{regexp.MustCompile(`<>`), "write != for unequal"},
	{regexp.MustCompile(`[（），“”‘’＜＞＝！＆｜。；：【】≥≤≠]`), "write ASCII signs: brackets, commas, quotation marks and comparisons must not be full-width"},
	{regexp.MustCompile(`\d+,\d{3}`), "write figures without separators"},
}

// reportSyntax reports why a rule cannot be parsed. What the parser says after
// its first complaints comes of them.
func (c *Compiler) reportSyntax(r *Rule, errors []*cel.Error) {
	const enough = 2
	for i, e := range errors {
		if i == enough {
			return
		}
		p := Problem{Path: r.Path, Message: plainSyntax(e.Message)}
		if e.Location.Line() > 0 && e.Location.Column() >= 0 {
			p.Line, p.Column = e.Location.Line(), e.Location.Column()+1
		}
		if i == 0 {
			p.Hint = syntaxHint(r.Source, e.Message)
		}
		c.report(p)
	}
}

func plainSyntax(message string) string {
	message = strings.TrimPrefix(message, "Syntax error: ")
	message, _, _ = strings.Cut(message, " expecting ")
	return "the rule cannot be read: " + strings.ReplaceAll(message, "\n", " ")
}

func syntaxHint(source, message string) string {
	switch {
	case strings.Contains(message, "code point limit"):
		return fmt.Sprintf("a rule has at most %d characters; divide it", maxCharacters)
	case strings.Contains(message, "recursion"):
		return "there are too many brackets within brackets; divide the rule"
	}
	for _, h := range syntaxHints {
		if h.written.MatchString(withoutTexts(source)) {
			return h.hint
		}
	}
	return ""
}

var quoted = regexp.MustCompile(`'[^']*'|"[^"]*"`)

// withoutTexts leaves out what stands in quotation marks.
func withoutTexts(source string) string { return quoted.ReplaceAllString(source, "''") }

// reportTypes reports what the type checker found, in the words of plans.
func (c *Compiler) reportTypes(r *Rule, parsed *ast.AST, errors []*cel.Error, named map[int64]bool) {
	exprs := expressionsByID(parsed)
	for _, e := range errors {
		if named[e.ExprID] {
			continue
		}
		p := Problem{Path: r.Path}
		if e.Location.Line() > 0 && e.Location.Column() >= 0 {
			p.Line, p.Column = e.Location.Line(), e.Location.Column()+1
		}
		p.Message, p.Hint = c.explainTypes(e, exprs[e.ExprID], parsed)
		c.report(p)
	}
}

func expressionsByID(a *ast.AST) map[int64]ast.Expr {
	byID := map[int64]ast.Expr{}
	ast.PreOrderVisit(a.Expr(), ast.NewExprVisitor(func(e ast.Expr) { byID[e.ID()] = e }))
	return byID
}

var (
	noOverload     = regexp.MustCompile(`^found no matching overload for '([^']*)' applied to '(.*)'$`)
	undefinedField = regexp.MustCompile(`^undefined field '([^']*)'$`)
	noSelection    = regexp.MustCompile(`^type '(.*)' does not support field selection$`)
	notARange      = regexp.MustCompile(`^expression of type '(.*)' cannot be range of a comprehension`)
	mismatch       = regexp.MustCompile(`^expected type '(.*)' but found '(.*)'$`)
)

func (c *Compiler) explainTypes(e *cel.Error, expr ast.Expr, parsed *ast.AST) (message, hint string) {
	if m := noOverload.FindStringSubmatch(e.Message); m != nil {
		return c.explainCall(m[1], signature(m[2]), expr, parsed)
	}
	if m := undefinedField.FindStringSubmatch(e.Message); m != nil {
		return "there is no field " + m[1], didYouMean(m[1], allFieldNames())
	}
	if m := noSelection.FindStringSubmatch(e.Message); m != nil {
		return typeName(m[1]) + " has no fields", ""
	}
	if m := notARange.FindStringSubmatch(e.Message); m != nil {
		return typeName(m[1]) + " is no list to go through", ""
	}
	if m := mismatch.FindStringSubmatch(e.Message); m != nil {
		return fmt.Sprintf("%s stands where %s is wanted", typeName(m[2]), typeName(m[1])), ""
	}
	switch {
	case strings.HasPrefix(e.Message, "comprehension exceeds nesting limit"):
		return fmt.Sprintf("more than %d of exists, all, map and filter stand within each other", maxNesting), "divide the rule"
	case e.Message == "invalid timestamp argument":
		return "that is no date", `write timestamp("2020-06-30T00:00:00Z")`
	case e.Message == "invalid duration argument":
		return "that is no length of time", `write days as hours, as in duration("720h") for 30 days`
	}
	return e.Message, ""
}

// signature splits the types that a function was applied to, the receiver
// first: (money, int) or money.(int).
func signature(s string) []string {
	var out []string
	depth, start := 0, 0
	add := func(end int) {
		if part := strings.Trim(s[start:end], " ."); part != "" {
			out = append(out, part)
		}
		start = end + 1
	}
	open := strings.LastIndex(s, ".(")
	if open < 0 && strings.HasPrefix(s, "(") {
		s = strings.TrimSuffix(s[1:], ")")
	} else if open >= 0 {
		out = append(out, s[:open])
		s = strings.TrimSuffix(s[open+2:], ")")
	}
	for i, ch := range s {
		switch ch {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				add(i)
			}
		}
	}
	add(len(s))
	return out
}

// signs are the operators as they are written.
var signs = map[string]string{
	operators.Less: "<", operators.LessEquals: "<=", operators.Greater: ">", operators.GreaterEquals: ">=",
	operators.Equals: "==", operators.NotEquals: "!=", operators.Add: "+", operators.Subtract: "-",
	operators.Multiply: "*", operators.Divide: "/", operators.Modulo: "%", operators.In: "in",
	operators.LogicalAnd: "&&", operators.LogicalOr: "||", operators.LogicalNot: "!", operators.Negate: "-",
	operators.Conditional: "? :", operators.Index: "[ ]",
}

// explainCall says why a function or operator does not apply, and what would.
func (c *Compiler) explainCall(function string, args []string, expr ast.Expr, parsed *ast.AST) (message, hint string) {
	sign, operator := signs[function]
	names := make([]string, len(args))
	for i := range args {
		names[i] = typeName(args[i])
	}
	if function == operators.Conditional && len(names) == 3 {
		return fmt.Sprintf("the condition of ? : must be yes or no and its two outcomes of one kind; they are %s, %s and %s", names[0], names[1], names[2]), ""
	}
	if !operator {
		return fmt.Sprintf("%s() does not apply to %s", function, strings.Join(names, ", ")), functionHint(function)
	}
	if len(args) == 2 && expr != nil && expr.Kind() == ast.CallKind && len(expr.AsCall().Args()) == 2 {
		hint = c.operandHint(function, sign, args, expr.AsCall().Args(), parsed)
	}
	return fmt.Sprintf("%s does not go between %s", sign, strings.Join(names, " and ")), hint
}

func functionHint(function string) string {
	if function == yuanName {
		return `write yuan(5000), or yuan("4999.99") with the fen in quotes`
	}
	return ""
}

// operandHint rewrites a comparison or calculation of two operands so that it
// would compile, if it can.
func (c *Compiler) operandHint(function, sign string, argTypes []string, args []ast.Expr, parsed *ast.AST) string {
	moneyName := moneyType.TypeName()
	left, right := c.text(args[0], parsed), c.text(args[1], parsed)
	if left == "" || right == "" {
		return ""
	}
	scaling := function == operators.Multiply || function == operators.Divide
	switch {
	case argTypes[0] == moneyName && argTypes[1] != moneyName && !scaling:
		if literal := amountLiteral(args[1]); literal != "" {
			return fmt.Sprintf("write %s %s %s", left, sign, literal)
		}
		return "both sides must be money: an amount, a parameter with value, or yuan(5000)"
	case argTypes[1] == moneyName && argTypes[0] != moneyName && !scaling:
		if literal := amountLiteral(args[0]); literal != "" {
			return fmt.Sprintf("write %s %s %s", literal, sign, right)
		}
		return "both sides must be money: an amount, a parameter with value, or yuan(5000)"
	case function == operators.Multiply && argTypes[1] == moneyName && argTypes[0] == "int":
		return fmt.Sprintf("write the amount first: %s * %s", right, left)
	case scaling && argTypes[0] == moneyName:
		return "money is multiplied and divided by whole numbers only, as in x * 3 / 2 for one and a half"
	case argTypes[0] == "timestamp" && argTypes[1] == "string" || argTypes[0] == "string" && argTypes[1] == "timestamp":
		return `write a date as timestamp("2020-06-30T00:00:00Z")`
	}
	return ""
}

// amountLiteral is a literal number as an amount, "" if it is none.
func amountLiteral(e ast.Expr) string {
	if e.Kind() != ast.LiteralKind {
		return ""
	}
	switch v := e.AsLiteral().(type) {
	case types.Int:
		if v >= 0 {
			return fmt.Sprintf("yuan(%d)", int64(v))
		}
	case types.Uint:
		return fmt.Sprintf("yuan(%d)", uint64(v))
	case types.Double:
		return fmt.Sprintf("yuan(%q)", strconv.FormatFloat(float64(v), 'f', -1, 64))
	case types.String:
		return fmt.Sprintf("yuan(%q)", string(v))
	}
	return ""
}

var typeNames = strings.NewReplacer(
	"fangpin.Money", "money", "fangpin.Member", "a member", "fangpin.Mark", "a mark", "fangpin.Signal", "a lead",
	"timestamp", "a date", "duration", "a length of time", "double", "a decimal number", "uint", "an unsigned number",
	"int", "a number", "string", "a text", "bool", "yes or no", "bytes", "bytes",
)

// typeName is a type in the words of plans.
func typeName(celName string) string { return typeNames.Replace(celName) }
