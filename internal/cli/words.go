// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/wording"
)

// choice is a word of the contract that a flag takes, in any case of letters.
type choice struct {
	flag    string
	options []string
}

// choiceOf is a flag whose words are those of a field.
func choiceOf(flag, kind string, path ...string) choice {
	return choice{flag, manifest.Enumeration(kind, path...)}
}

// read returns the word as the contract writes it; "" stays "".
func (c choice) read(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	for _, option := range c.options {
		if strings.EqualFold(option, text) {
			return option, nil
		}
	}
	return "", usageError{wording.Fault(wording.UnknownWord, c.flag, text, strings.Join(c.options, ", "))}
}

// readAll reads a list of words.
func (c choice) readAll(texts []string) ([]string, error) {
	var out []string
	for _, text := range texts {
		word, err := c.read(text)
		if err != nil {
			return nil, err
		}
		if word != "" {
			out = append(out, word)
		}
	}
	return out, nil
}

// complete offers the words on Tab.
func (c choice) complete(cmd *cobra.Command) {
	if err := cmd.RegisterFlagCompletionFunc(c.flag, cobra.FixedCompletions(c.options, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic("the flag " + c.flag + " is missing: " + err.Error()) // a fault of the build, found by every test
	}
}

// pair is NAME=VALUE of a flag that may be given several times.
type pair struct{ name, value string }

// pairs reads values of the form NAME=VALUE.
func pairs(flag string, texts []string) ([]pair, error) {
	var out []pair
	for _, text := range texts {
		name, value, found := strings.Cut(text, "=")
		if !found || name == "" {
			return nil, usageError{wording.Fault(wording.NameAndValue, flag, text)}
		}
		out = append(out, pair{name, value})
	}
	return out, nil
}

// list is a flag's list in the words of the API.
func list[S ~string](texts []string) []S {
	var out []S
	for _, text := range texts {
		if text != "" {
			out = append(out, S(text))
		}
	}
	return out
}

// users are the people who went along.
func users(texts []string) []v1alpha1.UserName { return list[v1alpha1.UserName](texts) }
