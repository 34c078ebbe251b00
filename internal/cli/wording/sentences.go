// SPDX-License-Identifier: Apache-2.0

package wording

// Key names a sentence.
type Key uint16

// The sentences. Their arguments are those of fmt, in the order in which the
// English text has them; a Chinese text may take them in another order by
// explicit index.
const (
	Unsaid Key = iota
	UnknownLanguage

	CannotRead
	NoSuchFile
	EmptyFolder
	NotUTF8
	NotJSON
	DocumentTooLarge
	NotYAML
	NotAnObject

	UnknownField
	UnknownFieldNear
	UnknownBoolField
	MustBeMap
	MustBeList
	MustBeText
	MustBeBool
	MustBeInteger
	IntegerTooLarge
	QuoteBool
	QuoteNumber

	InDocument
	NoKind
	UnknownVersion
	UnknownKind
	UnknownKindHere
	UnknownKindNear
	MoreFaults

	keyCount
)

// sentences holds each text in English and in Chinese.
var sentences = [keyCount][languages]string{
	Unsaid:          {"(no text)", "（无文字）"},
	UnknownLanguage: {"--lang %s: unknown language; write zh or en", "--lang %s：未知语言；请写 zh 或 en"},

	CannotRead:       {"reading %s: %v", "读取 %s：%v"},
	NoSuchFile:       {"%s: there is no such file or folder", "%s：没有这个文件或文件夹"},
	EmptyFolder:      {"%s: no .yaml, .yml or .json file in this folder", "%s：文件夹中没有 .yaml、.yml 或 .json 文件"},
	NotUTF8:          {"%s: the text is not UTF-8; save the file as UTF-8", "%s：文字不是 UTF-8 编码；请将文件另存为 UTF-8"},
	NotJSON:          {"%s: not valid JSON: %v", "%s：不是有效的 JSON：%v"},
	DocumentTooLarge: {"%s: a document of more than %d MiB; write the objects of a list as documents of their own, separated by lines of ---", "%s：单个文档超过 %d MiB；请把列表中的对象写成单独的文档，以 --- 行分隔"},
	NotYAML:          {"%s: not valid YAML: %s", "%s：不是有效的 YAML：%s"},
	NotAnObject:      {"%s: %s is no object; write apiVersion, kind, metadata and spec", "%s：%s 不是对象；请写 apiVersion、kind、metadata 和 spec"},

	UnknownField:     {"%s: unknown field; the fields here are %s", "%s：未知字段；此处的字段有 %s"},
	UnknownFieldNear: {"%s: unknown field; did you mean %s?", "%s：未知字段；是否应为 %s？"},
	UnknownBoolField: {"%s: unknown field; YAML reads an unquoted on, yes or y as true, and off, no or n as false; the fields here are %s", "%s：未知字段；YAML 把不加引号的 on、yes、y 读作 true，把 off、no、n 读作 false；此处的字段有 %s"},
	MustBeMap:        {"%s: %s is no mapping of fields; write them indented below it", "%s：%s 不是字段的映射；请把字段缩进写在其下"},
	MustBeList:       {"%s: %s is no list; write its entries as [a, b] or a line each after a hyphen", "%s：%s 不是列表；请写作 [a, b]，或每项一行并以连字符开头"},
	MustBeText:       {"%s: %s is no text", "%s：%s 不是文字"},
	MustBeBool:       {"%s: %s is neither true nor false", "%s：%s 既不是 true 也不是 false"},
	MustBeInteger:    {"%s: %s is no whole number; write it in figures, without quotes", "%s：%s 不是整数；请用数字书写，不加引号"},
	IntegerTooLarge:  {"%s: %d is too large", "%s：%d 过大"},
	QuoteBool:        {"%s: YAML reads this as %t; put what you mean in quotes", "%s：YAML 把它读作 %t；请把内容放在引号中"},
	QuoteNumber:      {"%s: %s is a number, and a text is needed; put it in quotes: \"%s\"", "%s：%s 是数值，此处应为文字；请加引号：\"%s\""},

	InDocument:      {"%s: %v", "%s：%v"},
	NoKind:          {"%s: no apiVersion and kind; a manifest begins with them", "%s：没有 apiVersion 和 kind；清单须以它们开头"},
	UnknownVersion:  {"%s: apiVersion %s is not known; write %s", "%s：未知的 apiVersion %s；请写 %s"},
	UnknownKind:     {"there is no kind %s; the kinds are %s", "没有 %s 这一类型；类型有 %s"},
	UnknownKindHere: {"%s: fangpin.io has no kind %s; the kinds are %s", "%s：fangpin.io 没有 %s 这一类型；类型有 %s"},
	UnknownKindNear: {"%s: fangpin.io has no kind %s; did you mean %s?", "%s：fangpin.io 没有 %s 这一类型；是否应为 %s？"},
	MoreFaults:      {"%d documents have faults; reading stopped there", "已有 %d 个文档有错；不再继续读取"},
}
