// SPDX-License-Identifier: Apache-2.0

// Package wording holds every sentence that the command says to people, in
// English and in Chinese.
package wording

import (
	"fmt"
	"strings"
)

// Language is a language of the command.
type Language uint8

// The languages.
const (
	English Language = iota
	Chinese
	languages
)

// Parse reads a language from --lang: zh or en, also with a region as in zh-CN.
func Parse(s string) (Language, error) {
	switch tag(s) {
	case "zh":
		return Chinese, nil
	case "en":
		return English, nil
	}
	return English, Fault(UnknownLanguage, s)
}

// FromEnvironment returns the language of the locale, by POSIX's order of the
// variables: Chinese for zh in any region, else English.
func FromEnvironment(env func(string) string) Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := env(name); locale != "" {
			if tag(locale) == "zh" {
				return Chinese
			}
			return English
		}
	}
	return English
}

// tag returns the language of a locale such as zh_CN.UTF-8 or zh-Hans.
func tag(locale string) string {
	end := strings.IndexAny(locale, "_-.@")
	if end < 0 {
		end = len(locale)
	}
	return strings.ToLower(locale[:end])
}

// String returns the language's tag.
func (l Language) String() string {
	if l == Chinese {
		return "zh"
	}
	return "en"
}

// Say returns a sentence. Arguments that are errors or keys are put in the same
// language.
func (l Language) Say(key Key, args ...any) string {
	both, known := sentences[key]
	if l >= languages || !known {
		l, both, args = English, sentences[Unsaid], nil
	}
	text := both[l]
	if len(args) == 0 {
		return text
	}
	said := make([]any, len(args))
	for i, arg := range args {
		switch a := arg.(type) {
		case error:
			said[i] = l.Error(a)
		case Key:
			said[i] = l.Say(a)
		default:
			said[i] = a
		}
	}
	return fmt.Sprintf(text, said...)
}

// fault is an error whose sentence is known in both languages.
type fault struct {
	key  Key
	args []any
}

// Fault returns an error that says a sentence in the language of who reads it.
// errors.Is and errors.As find the errors among its arguments.
func Fault(key Key, args ...any) error { return &fault{key, args} }

func (f *fault) Error() string { return English.Say(f.key, f.args...) }

func (f *fault) Unwrap() []error {
	var causes []error
	for _, arg := range f.args {
		if err, ok := arg.(error); ok {
			causes = append(causes, err)
		}
	}
	return causes
}

// Error says an error in the language, as far as it is known in it: errors of
// libraries keep their words, joined errors are said a line each.
func (l Language) Error(err error) string {
	causes := Each(err)
	said := make([]string, len(causes))
	for i, cause := range causes {
		if placed, ok := cause.(interface{ Spoken() error }); ok { //nolint:errorlint // likewise
			cause = placed.Spoken()
		}
		said[i] = cause.Error()
		if f, ok := cause.(*fault); ok { //nolint:errorlint // one that wraps it has words of its own
			said[i] = l.Say(f.key, f.args...)
		}
	}
	return strings.Join(said, "\n")
}

// Each takes joined errors apart, at any depth. An error that has words of its
// own beside its causes is one.
func Each(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error }) //nolint:errorlint // the join itself
	if _, isFault := err.(*fault); !ok || isFault {   //nolint:errorlint // likewise
		return []error{err}
	}
	causes := joined.Unwrap()
	said := make([]string, len(causes))
	for i, cause := range causes {
		said[i] = cause.Error()
	}
	if strings.Join(said, "\n") != err.Error() {
		return []error{err}
	}
	var all []error
	for _, cause := range causes {
		all = append(all, Each(cause)...)
	}
	return all
}
