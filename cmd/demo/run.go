// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/rehearsal"
)

// stage is the demo while it runs.
type stage struct {
	settings
	out    io.Writer
	began  time.Time
	log    *tail
	cp     *controlplane.ControlPlane
	town   *rehearsal.Town
	show   *show
	family string // one of the town that had an eventful year
	passed bool   // everything has happened
}

var errEnded = errors.New("control plane ended")

// run plays the demo and returns the exit status.
func run(ctx context.Context, given settings, out io.Writer) int {
	s := &stage{settings: given, out: out, began: time.Now(), log: &tail{}}
	err := s.play(ctx)
	switch {
	case err == nil:
		return exitFine
	case ctx.Err() != nil:
		if s.passed {
			return exitFine
		}
		return exitStopped
	default:
		if errors.Is(err, errEnded) {
			err = errors.New(sayEnded.in(s.language))
		}
		fmt.Fprintln(os.Stderr, "demo:", s.language.Error(err))
		if said := s.log.String(); said != "" && s.town != nil {
			fmt.Fprintf(os.Stderr, "%s\n%s\n", sayManager.in(s.language), said)
		}
		return exitFailed
	}
}

// play starts the control plane and the manager, and stops both at the end, the
// manager first.
func (s *stage) play(ctx context.Context) error {
	s.say(sayStarting)
	cp, err := s.startControlPlane(ctx)
	if err != nil {
		return err
	}
	s.cp = cp
	defer cp.Stop()
	if s.town, err = s.newTown(ctx); err != nil {
		return err
	}
	// The manager has no rights before they are given to it.
	s.say(sayRights)
	if err := s.town.Install(ctx); err != nil {
		return err
	}
	playing, end := context.WithCancelCause(ctx)
	defer end(nil)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		end(s.town.Run(playing))
	}()
	go func() {
		select {
		case <-cp.Done():
			end(errEnded)
		case <-playing.Done():
		}
	}()
	err = s.perform(playing)
	if cause := context.Cause(playing); err != nil && cause != nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	end(nil)
	<-stopped
	return err
}

// startControlPlane starts it under a context of its own: at Ctrl-C the manager
// is to stop before the API server does.
func (s *stage) startControlPlane(ctx context.Context) (*controlplane.ControlPlane, error) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	release := context.AfterFunc(ctx, cancel)
	cp, err := controlplane.Start(own, controlplane.Options{CRDs: controlplane.ProjectCRDs(), Log: s.out})
	if err != nil {
		cancel()
		return nil, err
	}
	if !release() {
		return nil, ctx.Err()
	}
	return cp, nil
}

func (s *stage) newTown(ctx context.Context) (*rehearsal.Town, error) {
	root, err := controlplane.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	return rehearsal.New(ctx, s.cp.Config(), rehearsal.Options{
		Seed: s.seed, Groups: s.groups(), Root: root, Log: s.log.logger(),
	})
}

// perform lets the year pass before the user's eyes.
func (s *stage) perform(ctx context.Context) error {
	s.show = newShow(s)
	defer s.show.close()
	s.say(sayPlan)
	if err := s.town.LoadPlan(ctx); err != nil {
		return err
	}
	s.say(sayFamilies, s.town.Families(), len(s.town.Story().Families))
	s.show.phase(sayLoading.in(s.language))
	s.show.start(ctx)
	if err := s.town.LoadFamilies(ctx); err != nil {
		return err
	}
	s.show.loaded(ctx)
	if s.once {
		return s.rehearseAndCheck(ctx)
	}
	return s.rehearse(ctx)
}

// rehearse lets the days pass, and waits for Ctrl-C when they are over.
func (s *stage) rehearse(ctx context.Context) error {
	if err := s.show.news(ctx); err != nil {
		return err
	}
	for !s.town.Over() {
		s.town.Next()
		if err := s.town.Work(ctx); err != nil {
			return err
		}
		s.show.day(ctx)
		if err := s.show.news(ctx); err != nil {
			return err
		}
		if err := s.atYearsEnd(ctx); err != nil {
			return err
		}
	}
	s.passed = true
	if err := s.show.finish(ctx); err != nil {
		return err
	}
	s.suggest()
	<-ctx.Done()
	s.say(sayStopping)
	return ctx.Err()
}

// atYearsEnd keeps what will have changed when the plans of the new year are in
// force.
func (s *stage) atYearsEnd(ctx context.Context) error {
	if s.family != "" || !s.town.YearOver() {
		return nil
	}
	var err error
	if s.family, err = s.interesting(ctx); err != nil {
		return err
	}
	return s.show.keep(ctx)
}

func (s *stage) say(w word, args ...any) {
	fmt.Fprintln(s.out, w.in(s.language, args...))
}
