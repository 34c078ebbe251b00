// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"k8s.io/utils/clock"

	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/rehearsal/screen"
)

// refresh is how often the screen is drawn.
const refresh = 300 * time.Millisecond

// week is how many days one line stands for where there is no screen.
const week = 7

// show lets the town be seen: on a terminal as one screen that is drawn again
// and again, else as a line a week.
type show struct {
	stage    *stage
	renderer screen.Renderer
	terminal *screen.Terminal // nil: none
	meter    *meter
	hint     string

	stopDrawing context.CancelFunc
	drawing     sync.WaitGroup

	mu    sync.Mutex
	label string
	today int    // days since the first
	event string // the last one that was told

	told     []string // all events
	yearsEnd []string // the screen of that day
}

func newShow(s *stage) *show {
	v := &show{
		stage:    s,
		renderer: screen.Renderer{Language: s.language, Painter: terminal.NewPainter(s.out, os.Getenv)},
		meter:    newMeter(clock.RealClock{}, s.town.Writes.Done, s.town.ExpectedWrites()),
		hint:     sayHint.in(s.language, s.cp.Kubeconfig(), kubectl()),
	}
	if file, isFile := s.out.(*os.File); isFile && !s.once {
		v.terminal, _ = screen.OpenTerminal(file, os.Getenv)
	}
	return v
}

// kubectl is how the user can call it: by its name if the shell finds it.
func kubectl() string {
	if _, err := exec.LookPath("kubectl"); err == nil {
		return "kubectl"
	}
	if path, err := controlplane.FindKubectl(); err == nil {
		return path
	}
	return "kubectl"
}

func (v *show) phase(label string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.label = label
}

// pace measures how the rehearsal is getting on.
func (v *show) pace() screen.Pace {
	v.mu.Lock()
	defer v.mu.Unlock()
	first := v.stage.town.FirstDay()
	pace := screen.Pace{
		First: first, Last: v.stage.town.LastDay(), Today: first.AddDays(v.today),
		Phase: v.label, Event: v.event, Elapsed: time.Since(v.stage.began), Hint: v.hint,
	}
	pace.Writes, pace.PerSecond, pace.Remaining = v.meter.read()
	if v.label != "" {
		pace.Hint = sayMinutes.in(v.stage.language, v.meter.expected)
		pace.Remaining = -1 // the first writes say little about the later ones
	}
	return pace
}

// start begins to draw, if there is a terminal.
func (v *show) start(ctx context.Context) {
	if v.terminal == nil {
		return
	}
	ctx, v.stopDrawing = context.WithCancel(ctx)
	v.drawing.Go(func() {
		ticker := time.NewTicker(refresh)
		defer ticker.Stop()
		for {
			v.draw(ctx)
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	})
}

// draw shows the town as it is. What cannot be read now is drawn the next time.
func (v *show) draw(ctx context.Context) {
	view, err := screen.Look(ctx, v.stage.town.Reader(), "town")
	if err != nil || ctx.Err() != nil {
		return
	}
	_ = v.terminal.Draw(v.renderer.Render(&view, v.pace(), v.terminal.Size()))
}

// close gives the terminal back.
func (v *show) close() {
	if v.stopDrawing != nil {
		v.stopDrawing()
		v.drawing.Wait()
	}
	if v.terminal != nil {
		v.terminal.Leave()
	}
}

// loaded says that the town stands and how long the year will take.
func (v *show) loaded(ctx context.Context) {
	v.phase("")
	writes, _, remaining := v.meter.read()
	if v.terminal != nil {
		return // the screen says so
	}
	v.stage.say(sayStands, rounded(time.Since(v.stage.began)))
	v.stage.say(sayEstimate, rounded(remaining), fmt.Sprint(v.meter.expected-writes))
	v.line(ctx)
}

// day notes that a day is over.
func (v *show) day(ctx context.Context) {
	v.mu.Lock()
	v.today = int(v.stage.town.Today() - v.stage.town.FirstDay())
	weekOver := v.today%week == 0 && !v.stage.town.YearOver()
	v.mu.Unlock()
	if v.terminal == nil && weekOver {
		v.line(ctx)
	}
}

// news tells what has happened today, and whether anything is amiss: somebody who
// watches may have written something else.
func (v *show) news(ctx context.Context) error {
	news, err := v.stage.town.News(ctx)
	if err != nil {
		return err
	}
	for _, n := range news {
		language, day := v.stage.language, v.stage.town.Today()
		text := sayHappened.in(language, day, n.Says.In(language))
		v.mu.Lock()
		v.event = text
		v.mu.Unlock()
		if n.Amiss != "" {
			text = sayAmiss.in(language, day, n.Says.In(language), n.Amiss)
		}
		if v.terminal == nil {
			fmt.Fprintln(v.stage.out, text)
		}
		v.told = append(v.told, text)
	}
	return nil
}

// keep remembers the screen of the last day of the town's year.
func (v *show) keep(ctx context.Context) error {
	if v.terminal == nil {
		v.line(ctx)
		v.stage.say(sayTownship)
		return nil
	}
	var err error
	v.yearsEnd, err = v.whole(ctx, v.terminal.Size().Width)
	return err
}

// whole draws the screen as long as it is.
func (v *show) whole(ctx context.Context, width int) ([]string, error) {
	view, err := screen.Look(ctx, v.stage.town.Reader(), "town")
	if err != nil {
		return nil, err
	}
	// When a plan comes into force everybody's tier changes: a few tell enough.
	view.Changes = view.Changes[:min(len(view.Changes), len(view.Villages))]
	pace := v.pace()
	pace.Remaining, pace.Hint, pace.Event = 0, "", ""
	return v.renderer.Render(&view, pace, screen.Size{Width: width, Height: 200}), nil // it scrolls
}

func (v *show) line(ctx context.Context) {
	view, err := screen.Look(ctx, v.stage.town.Reader(), "town")
	if err == nil {
		fmt.Fprintln(v.stage.out, v.renderer.Summary(&view, v.pace()))
	}
}

// finish leaves standing, where what comes next is printed, the screens of the
// year's end and of the last day and what has happened beside.
func (v *show) finish(ctx context.Context) error {
	if v.terminal == nil {
		v.line(ctx)
		return nil
	}
	width := v.terminal.Size().Width
	v.close()
	today, err := v.whole(ctx, width)
	if err != nil {
		return err
	}
	for _, last := range []struct {
		title word
		lines []string
	}{{sayYearEnds, v.yearsEnd}, {sayToday, today}, {sayBeside, v.told}} {
		v.stage.say(last.title)
		for _, l := range last.lines {
			fmt.Fprintln(v.stage.out, l)
		}
		fmt.Fprintln(v.stage.out)
	}
	return nil
}

// rounded writes a duration in whole seconds.
func rounded(d time.Duration) string { return d.Round(time.Second).String() }
