// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// The form of a JUnit report, as build servers read it.
type (
	junitReport struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		File     string      `xml:"file,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
		took     time.Duration
	}
	junitCase struct {
		Name    string       `xml:"name,attr"`
		Class   string       `xml:"classname,attr"`
		Time    string       `xml:"time,attr"`
		Failure *junitDetail `xml:"failure,omitempty"`
		Error   *junitDetail `xml:"error,omitempty"`
	}
	junitDetail struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes outcomes as a JUnit report, a suite for each test.
func WriteJUnit(out io.Writer, outcomes []Outcome) error {
	report := junitReport{Name: "kubectl fangpin test"}
	var took time.Duration
	var current *Test
	for i := range outcomes {
		o := &outcomes[i]
		if o.Test != current {
			current = o.Test
			report.Suites = append(report.Suites, junitSuite{Name: current.Name, File: current.Place.File})
		}
		report.Suites[len(report.Suites)-1].add(o)
		took += o.Took
	}
	for i := range report.Suites {
		s := &report.Suites[i]
		s.Time = seconds(s.took)
		report.Tests += s.Tests
		report.Failures += s.Failures
		report.Errors += s.Errors
	}
	report.Time = seconds(took)
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}

func (s *junitSuite) add(o *Outcome) {
	c := junitCase{Name: o.Case.Name, Class: o.Test.Name, Time: seconds(o.Took)}
	s.Tests++
	s.took += o.Took
	switch {
	case o.Err != nil:
		s.Errors++
		message, _, _ := strings.Cut(o.Err.Error(), "\n")
		c.Error = &junitDetail{Message: message, Text: o.Err.Error()}
	case len(o.Diffs) > 0:
		s.Failures++
		var text strings.Builder
		for _, d := range o.Diffs {
			text.WriteString(d.Object + "\n" + d.Text)
		}
		c.Failure = &junitDetail{Message: "the conclusion differs from what is expected", Text: text.String()}
	}
	s.Cases = append(s.Cases, c)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
