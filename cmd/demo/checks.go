// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/rehearsal"
)

// The days on whose evening everything is compared with the core, and those on
// whose midnight everything must be as the core foretold.
var (
	evenings  = map[string]bool{"2020-04-15": true, "2020-05-31": true, "2020-06-30": true, "2020-07-01": true, "2020-07-15": true, "2020-09-30": true, "2020-12-31": true, "2021-01-01": true, "2021-02-25": true}
	midnights = map[string]bool{"2020-04-01": true, "2020-05-01": true, "2020-07-01": true, "2020-08-01": true, "2020-12-31": true, "2021-01-01": true}
)

// rehearseAndCheck lets the days pass and checks the year's key figures, the
// story, and the commands that show them.
func (s *stage) rehearseAndCheck(ctx context.Context) error {
	red, err := s.town.CheckMarked(ctx)
	if err != nil {
		return err
	}
	s.passedCheck(sayMarked, red)
	if err := s.checkNews(ctx); err != nil {
		return err
	}
	if err := s.checkEvening(ctx); err != nil {
		return err
	}
	for !s.town.Over() {
		if err := s.pass(ctx); err != nil {
			return err
		}
		s.show.day(ctx)
		if err := s.atYearsEnd(ctx); err != nil {
			return err
		}
	}
	s.passed = true
	restored, err := s.town.CheckRestore(ctx)
	if err != nil {
		return err
	}
	s.passedCheck(sayRestored, s.town.Today(), restored)
	commands := s.commands()
	if err := s.checkCommands(ctx, commands); err != nil {
		return err
	}
	s.say(sayAllFine, rounded(time.Since(s.began)), s.town.Families(), fmt.Sprint(s.town.Writes.Done()))
	s.say(sayShown)
	s.list(commands)
	return nil
}

// pass lets one day pass.
func (s *stage) pass(ctx context.Context) error {
	if tomorrow := s.town.Tomorrow(); midnights[tomorrow.String()] {
		if err := s.passMidnight(ctx, tomorrow); err != nil {
			return err
		}
	} else {
		s.town.Next()
	}
	if err := s.town.Work(ctx); err != nil {
		return err
	}
	if err := s.checkNews(ctx); err != nil {
		return err
	}
	if evenings[s.town.Today().String()] {
		return s.checkEvening(ctx)
	}
	return nil
}

// passMidnight compares what the calendar alone brings with what the core says
// the evening before.
func (s *stage) passMidnight(ctx context.Context, tomorrow civil.Day) error {
	foretold, err := s.town.Foretell(ctx, tomorrow)
	if err != nil {
		return err
	}
	if err := s.town.Midnight(ctx); err != nil {
		return err
	}
	found, err := s.town.Check(ctx)
	if err != nil {
		return err
	}
	if difference := found.Differs(foretold); difference != "" {
		return errors.New(tomorrow.String() + ": " + difference)
	}
	s.passedCheck(sayForetold, tomorrow, found.Clear[v1alpha1.DeadlineOverdue], found.Clear[v1alpha1.DeadlineMet], found.Overdue)
	return nil
}

// checkNews makes sure that of today's events followed what should.
func (s *stage) checkNews(ctx context.Context) error {
	news, err := s.town.News(ctx)
	if err != nil {
		return err
	}
	for _, n := range news {
		if n.Amiss != "" {
			return fmt.Errorf("%s, %s: %s", s.town.Today(), n.Says.In(s.language), n.Amiss)
		}
		s.passedCheck(sayHappened, s.town.Today(), n.Says.In(s.language))
	}
	return nil
}

func (s *stage) checkEvening(ctx context.Context) error {
	found, err := s.town.Check(ctx)
	if err != nil {
		return err
	}
	s.passedCheck(sayChecked, found.Day, found.Compared, tiers(found), found.RollUps)
	return nil
}

// tiers writes the counts of the tiers, most severe first.
func tiers(f rehearsal.Figures) string {
	var parts []string
	for _, name := range []string{"Red", "Yellow", "Green", "Blue", "Undetermined"} {
		if n := f.Tiers[name]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", name, n))
		}
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, ", ")
}

func (s *stage) passedCheck(w word, args ...any) {
	s.say(sayCheckOK, w.in(s.language, args...))
}
