// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/cluster"
	"fangpin.io/fangpin/internal/cli/entry"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/output"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// mostTries is how often a fact is sent where others write the same object.
const mostTries = 8

// writing is one fact on its way among a family's papers: it is composed from
// the papers as they stand, shown with what follows from it, and sent. What was
// shown is what is written: where somebody else writes meanwhile, all of it is
// done again.
type writing struct {
	oneFamily
	date, by, format    string
	yes, dryRun, anyway bool

	// What differs from fact to fact.
	compose func() (*entry.Entry, error)
	rights  func(*entry.Entry) []cluster.Right
	gates   func(*foresight) []error
	hint    func(*foresight) string // nil: there is nothing to add
	needsBy bool                    // the fact is worth nothing without the name of who signs
	// propose composes the fact from what stands now; nil: a fact among a family's
	// papers.
	propose func(context.Context) (*proposal, error)

	stamp  entry.Stamp
	judged *translate.Judgment // as things stand
	typed  *bufio.Reader       // the user's answers
}

// proposal is a fact that is ready to be written: what people are shown of it, and
// what stands in its way.
type proposal struct {
	entry *entry.Entry
	text  string
	gates []error
}

// proposeFact is a fact among a family's papers, with what follows from it.
func (w *writing) proposeFact(ctx context.Context) (*proposal, error) {
	f, err := w.foresee(ctx)
	if err != nil {
		return nil, err
	}
	return &proposal{entry: f.entry, text: w.describe(f), gates: w.gates(f)}, nil
}

// write takes the fact all the way.
func (w *writing) write(ctx context.Context) error {
	if err := w.begin(); err != nil {
		return err
	}
	propose, shown := w.propose, ""
	if propose == nil {
		propose = w.proposeFact
	}
	for range mostTries {
		f, err := propose(ctx)
		if err != nil {
			return err
		}
		if text := f.text; text != shown {
			if shown != "" && w.yes {
				return refusal{wording.Fault(wording.NoLongerSo)}
			}
			if err := w.present(ctx, f, shown != ""); err != nil {
				return err
			}
			shown = text
			if len(w.paths) > 0 {
				return w.printObject(f.entry)
			}
			switch err := w.agree(ctx, f.entry); {
			case errors.Is(err, cluster.ErrChanged):
				continue
			case err != nil || w.dryRun:
				return err
			}
		}
		err = w.live.Send(ctx, f.entry, false)
		if err == nil {
			return w.confirm(f.entry)
		}
		if !errors.Is(err, cluster.ErrChanged) {
			return refused(err)
		}
	}
	return refusal{wording.Fault(wording.OthersWrite, mostTries)}
}

// refused is an answer of the API server that is no.
func refused(err error) error {
	said, isRefusal := cluster.Refused(err)
	if isRefusal {
		return refusal{said}
	}
	return said
}

// foresee composes the fact from the papers as they stand now, and judges the
// family with it and without.
func (w *writing) foresee(ctx context.Context) (*foresight, error) {
	if err := w.find(ctx); err != nil {
		return nil, err
	}
	if err := w.signature(ctx); err != nil {
		return nil, err
	}
	f := &foresight{before: w.world.JudgeOn(w.papers, w.day)}
	w.judged = &f.before
	e, err := w.compose()
	if err != nil {
		return nil, err
	}
	if err := e.MakeRoom(w.sameToday(e)); err != nil {
		return nil, refusal{err}
	}
	if err := manifest.Check(ctx, e.Object); err != nil {
		return nil, err
	}
	f.entry = e
	f.look(w)
	return f, nil
}

// signature settles who states the fact and of which day it is.
func (w *writing) signature(ctx context.Context) error {
	w.stamp.By, w.stamp.Today, w.stamp.Date = v1alpha1.UserName(w.by), w.day, w.day
	if w.by == "" && w.live != nil {
		user, err := w.live.User(ctx)
		if err != nil {
			return err
		}
		w.by = user
		w.stamp.By = v1alpha1.UserName(user)
	}
	if w.date == "" {
		return nil
	}
	day, err := civil.ParseDay(w.date)
	switch {
	case err != nil:
		return usageError{wording.Fault(wording.BadDate, "--date", err)}
	case day > w.day:
		return usageError{wording.Fault(wording.NotYet, day, w.day)}
	}
	w.stamp.Date = day
	return nil
}

// present shows the fact, and refuses it where a gate or the user's rights stand
// in the way.
func (w *writing) present(ctx context.Context, f *proposal, again bool) error {
	if again {
		w.note(wording.ChangedMeanwhile)
	}
	if _, err := w.screen().Write([]byte(f.text)); err != nil {
		return err
	}
	if err := w.permitted(ctx, f.entry); err != nil {
		return err
	}
	if len(f.gates) == 0 {
		return nil
	}
	if !w.anyway {
		return refusal{wording.Fault(wording.WithAdvice, errors.Join(f.gates...), wording.AnywaySends)}
	}
	for _, gate := range f.gates {
		w.note(wording.SentAnyway, gate)
	}
	return nil
}

// permitted asks whether the user may write the fact, and whether he may sign it.
func (w *writing) permitted(ctx context.Context, e *entry.Entry) error {
	if w.live == nil {
		return nil
	}
	var faults []error
	for _, right := range w.rights(e) {
		may, err := w.live.May(ctx, e.Object.GetNamespace(), right)
		if err != nil {
			return err
		}
		if !may {
			faults = append(faults, wording.Fault(wording.RightLacking, w.by, right, e.Object.GetNamespace()))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	advice := wording.Fault(wording.HowToGetRights, e.Object.GetNamespace(), w.by)
	return refusal{wording.Fault(wording.WithAdvice, errors.Join(faults...), advice)}
}

// agree hears the API server's opinion without writing, and asks the user.
func (w *writing) agree(ctx context.Context, e *entry.Entry) error {
	if w.yes && !w.dryRun {
		return nil
	}
	if err := w.live.Send(ctx, e, true); err != nil {
		if errors.Is(err, cluster.ErrChanged) {
			return err
		}
		return refused(err)
	}
	if w.dryRun {
		w.note(wording.WouldBeTaken)
		return nil
	}
	agreed, err := w.ask(wording.AskWrite)
	if err != nil {
		return err
	}
	if !agreed {
		w.note(wording.NothingWritten)
		return errNo
	}
	return nil
}

// confirm says what was written.
func (w *writing) confirm(e *entry.Entry) error {
	if w.format != "" {
		return w.printObject(e)
	}
	return w.say(wording.Written, kindOf(e.Object), e.Object.GetNamespace(), e.Object.GetName())
}

// printObject prints the object with the fact in it: of files, which are never
// changed, it is all that comes of the command.
func (w *writing) printObject(e *entry.Entry) error {
	value, err := plain(e.Object)
	if err != nil {
		return err
	}
	format := output.Format(w.format)
	if format == "" {
		format = output.YAML
	}
	var b bytes.Buffer
	if err := output.Value(&b, format, value); err != nil {
		return err
	}
	_, err = w.Out.Write(b.Bytes())
	return err
}

// ask puts a question that is answered with yes or no. Anything but yes is no.
func (w *writing) ask(question wording.Key, args ...any) (bool, error) {
	if w.typed == nil {
		w.typed = bufio.NewReader(w.In)
	}
	if _, err := fmt.Fprint(w.ErrOut, w.lang.Say(question, args...)); err != nil {
		return false, err
	}
	answer, err := w.typed.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes", "是":
		return true, nil
	}
	return false, nil
}
