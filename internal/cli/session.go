// SPDX-License-Identifier: Apache-2.0

// Package cli is the kubectl plugin `kubectl fangpin`: each command in a file of
// its own.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/utils/clock"

	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Exit statuses.
const (
	exitFine  = 0
	exitNo    = 1 // the answer is no
	exitUsage = 2 // bad usage or input
)

// Environment is what the command takes from its surroundings.
type Environment struct {
	In          io.Reader
	Out, ErrOut io.Writer
	Getenv      func(string) string
	Clock       clock.PassiveClock
	// Interactive says that a person sits before the command, who can be asked.
	Interactive bool
}

// session is one call of the command.
type session struct {
	Environment
	lang     wording.Language
	langFlag string
	cluster  *genericclioptions.ConfigFlags
}

// Main runs the command with its arguments and returns the exit status.
func Main(ctx context.Context, args []string, env Environment) int {
	s := &session{
		Environment: env,
		lang:        languageOf(args, env.Getenv),
		cluster:     genericclioptions.NewConfigFlags(true),
	}
	root := s.rootCommand()
	root.SetArgs(args)
	root.SetIn(env.In)
	root.SetOut(env.Out)
	root.SetErr(env.ErrOut)
	called, err := root.ExecuteContextC(ctx)
	return s.conclude(called, err)
}

// languageOf finds the language before the flags are read, since the commands'
// own descriptions are written in it. A wrong --lang is refused later.
func languageOf(args []string, getenv func(string) string) wording.Language {
	language := wording.FromEnvironment(getenv)
	for i, arg := range args {
		value, found := strings.CutPrefix(arg, "--lang=")
		if arg == "--" {
			break
		}
		if arg == "--lang" && i+1 < len(args) {
			value, found = args[i+1], true
		}
		if !found {
			continue
		}
		if parsed, err := wording.Parse(value); err == nil {
			language = parsed
		}
	}
	return language
}

// errNo ends the command with the answer no, after it said why.
var errNo = errors.New("the answer is no")

// refusal is an error by which the answer is no, and that is yet to be said.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// usageError is a wrong call, which is answered with a word on the help.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// conclude says what went wrong and returns the exit status.
func (s *session) conclude(called *cobra.Command, err error) int {
	var no refusal
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errNo):
		return exitNo
	case errors.As(err, &no):
		s.complain(no.error)
		return exitNo
	case errors.As(err, &usage):
		s.complain(usage.error)
		s.note(wording.SeeHelp, called.CommandPath())
		return exitUsage
	}
	s.complain(err)
	return exitUsage
}

// complain says each error on a line of its own.
func (s *session) complain(err error) {
	prefix := s.lang.Say(wording.ErrorPrefix)
	for _, one := range wording.Each(err) {
		_, _ = fmt.Fprintln(s.ErrOut, prefix+terminal.Block(s.lang.Error(one)))
	}
}

// note says something beside the output proper.
func (s *session) note(key wording.Key, args ...any) {
	_, _ = fmt.Fprintln(s.ErrOut, terminal.Block(s.lang.Say(key, args...)))
}

// say writes a line of the output proper.
func (s *session) say(key wording.Key, args ...any) error {
	_, err := fmt.Fprintln(s.Out, terminal.Block(s.lang.Say(key, args...)))
	return err
}
