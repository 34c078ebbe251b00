// SPDX-License-Identifier: Apache-2.0

package wording

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*\d*(?:\.\d+)?([a-zA-Z%])`)

// arguments returns for each argument of a format the verbs that print it.
func arguments(format string) map[int]string {
	found := map[int]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			_, _ = fmt.Sscan(m[1], &next)
		}
		found[next] = m[2]
		next++
	}
	return found
}

func TestEverySentenceIsKnownInBothLanguages(t *testing.T) {
	var keys []Key
	for _, block := range blocks() {
		for key := block.first; key < block.end; key++ {
			keys = append(keys, key)
		}
	}
	if len(keys) != len(sentences) {
		t.Errorf("%d keys and %d sentences: a block lacks a sentence, or two share a key", len(keys), len(sentences))
	}
	for _, key := range keys {
		english, chinese := sentences[key][English], sentences[key][Chinese]
		if english == "" || chinese == "" {
			t.Errorf("sentence %d: %q, %q: one is empty", key, english, chinese)
			continue
		}
		if strings.ContainsFunc(english, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("sentence %d: the English text holds Chinese: %q", key, english)
		}
		if got, want := fmt.Sprint(arguments(chinese)), fmt.Sprint(arguments(english)); got != want {
			t.Errorf("sentence %d: the Chinese text takes %s, the English one %s: %q", key, got, want, chinese)
		}
	}
}

func TestNoTwoKeysSayTheSame(t *testing.T) {
	seen := map[string]Key{}
	for key, texts := range sentences {
		both := texts[English] + "\x00" + texts[Chinese]
		if other, twice := seen[both]; twice {
			t.Errorf("sentences %d and %d are the same: %q", other, key, texts[English])
		}
		seen[both] = key
	}
}

func TestLanguageFollowsTheLocale(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string
		want Language
	}{
		{"nothing set", nil, English},
		{"the C locale", map[string]string{"LANG": "C.UTF-8"}, English},
		{"Chinese of the mainland", map[string]string{"LANG": "zh_CN.UTF-8"}, Chinese},
		{"Chinese without a region", map[string]string{"LANG": "zh"}, Chinese},
		{"Chinese by script", map[string]string{"LANG": "zh-Hans"}, Chinese},
		{"messages go before the language", map[string]string{"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, English},
		{"all goes before messages", map[string]string{"LC_ALL": "zh_CN.GB18030", "LC_MESSAGES": "en_GB.UTF-8"}, Chinese},
		{"a language that begins alike", map[string]string{"LANG": "zha_CN"}, English},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := FromEnvironment(func(name string) string { return tt.env[name] })
			if got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestParseTakesTheTwoLanguages(t *testing.T) {
	for in, want := range map[string]Language{"zh": Chinese, "ZH-cn": Chinese, "en": English, "en_US.UTF-8": English} {
		if got, err := Parse(in); err != nil || got != want {
			t.Errorf("%s: got %v, %v", in, got, err)
		}
	}
	if _, err := Parse("fr"); err == nil || !strings.Contains(err.Error(), "zh or en") {
		t.Errorf("fr: got %v", err)
	}
}

func TestFaultsAreSaidInTheReadersLanguage(t *testing.T) {
	fault := Fault(UnknownLanguage, fs.ErrNotExist)
	if got, want := English.Error(fault), "--lang file does not exist: unknown language; write zh or en"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Chinese.Error(fault), "--lang file does not exist：未知语言；请写 zh 或 en"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !errors.Is(fault, fs.ErrNotExist) {
		t.Error("the cause is not found")
	}
	nested := Fault(UnknownLanguage, Fault(UnknownLanguage, "fr"))
	if got := Chinese.Error(nested); strings.Contains(got, "unknown") {
		t.Errorf("a nested fault keeps its English: %q", got)
	}
	joined := errors.Join(Fault(UnknownLanguage, "fr"), Fault(UnknownLanguage, "de"))
	if got := strings.Split(Chinese.Error(joined), "\n"); len(got) != 2 || !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "fr：") }) {
		t.Errorf("joined faults: %q", got)
	}
	if got := Chinese.Error(errors.Join(Fault(UnknownLanguage, "fr"))); strings.Contains(got, "unknown") {
		t.Errorf("a join of one fault keeps its English: %q", got)
	}
	if got := len(Each(errors.Join(joined, errors.Join(joined)))); got != 4 {
		t.Errorf("joins of joins: got %d errors, want 4", got)
	}
	if got := len(Each(nested)); got != 1 {
		t.Errorf("a fault about a fault: got %d errors, want 1", got)
	}
	wrapped := fmt.Errorf("reading: %w", Fault(UnknownLanguage, "fr"))
	if got, want := Chinese.Error(wrapped), wrapped.Error(); got != want {
		t.Errorf("an error with words of its own: got %q, want %q", got, want)
	}
}
