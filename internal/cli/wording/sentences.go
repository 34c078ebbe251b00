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
}
