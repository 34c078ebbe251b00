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
	today int // days since the first
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
		Phase: v.label, Elapsed: time.Since(v.stage.began), Hint: v.hint,
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
	weekOver := v.today%week == 0
	v.mu.Unlock()
	if v.terminal == nil && weekOver {
		v.line(ctx)
	}
}

func (v *show) line(ctx context.Context) {
	view, err := screen.Look(ctx, v.stage.town.Reader(), "town")
	if err == nil {
		fmt.Fprintln(v.stage.out, v.renderer.Summary(&view, v.pace()))
	}
}

// finish leaves the last screen standing where what comes next is printed.
func (v *show) finish(ctx context.Context) error {
	view, err := screen.Look(ctx, v.stage.town.Reader(), "town")
	if err != nil {
		return err
	}
	pace := v.pace()
	pace.Remaining, pace.Hint = 0, ""
	if v.terminal == nil {
		fmt.Fprintln(v.stage.out, v.renderer.Summary(&view, pace))
		return nil
	}
	size := v.terminal.Size()
	v.close()
	size.Height = 200 // it scrolls
	for _, l := range v.renderer.Render(&view, pace, size) {
		fmt.Fprintln(v.stage.out, l)
	}
	fmt.Fprintln(v.stage.out)
	return nil
}

// rounded writes a duration in whole seconds.
func rounded(d time.Duration) string { return d.Round(time.Second).String() }
