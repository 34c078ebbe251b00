// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"archive/zip"
	_ "embed" // for the zone data
	"fmt"
	"io"
	"strings"
	"time"
)

// DefaultZone is the zone of a policy that names none.
const DefaultZone = "Asia/Shanghai"

// zoneData is the IANA time zone database, release 2025c, as the Go project
// packs it (lib/time/zoneinfo.zip). The package carries its own copy because
// time.LoadLocation asks the machine's files first, and then two machines can
// disagree about a midnight; importing time/tzdata does not change that order.
//
//go:generate sh -c "cp \"$(go env GOROOT)/lib/time/zoneinfo.zip\" zoneinfo.zip"
//go:embed zoneinfo.zip
var zoneData string

// LoadZone returns the zone of that IANA name, Asia/Shanghai for "". The
// answer rests on the embedded data alone, so it is the same on every
// machine. It unpacks the data at each call: keep the result.
func LoadZone(name string) (*time.Location, error) {
	if name == "" {
		name = DefaultZone
	}
	if name == "Local" {
		return nil, fmt.Errorf("time zone \"Local\" differs from machine to machine; write an IANA name such as %s or UTC", DefaultZone)
	}
	archive, err := zip.NewReader(strings.NewReader(zoneData), int64(len(zoneData)))
	if err != nil {
		return nil, fmt.Errorf("read the embedded time zone data: %w", err)
	}
	for _, file := range archive.File {
		if file.Name == name {
			return readZone(name, file)
		}
	}
	for _, file := range archive.File {
		if strings.EqualFold(file.Name, name) {
			return nil, fmt.Errorf("time zone %s is not known; did you mean %s?", quote(name), file.Name)
		}
	}
	return nil, fmt.Errorf("time zone %s is not known; write an IANA name such as %s, Asia/Urumqi or UTC, or leave the field out for %s", quote(name), DefaultZone, DefaultZone)
}

func readZone(name string, file *zip.File) (*time.Location, error) {
	reader, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("read the embedded data of time zone %s: %w", name, err)
	}
	defer func() { _ = reader.Close() }() // in memory: nothing is lost
	data, err := io.ReadAll(reader)
	if err != nil {
		return nil, fmt.Errorf("read the embedded data of time zone %s: %w", name, err)
	}
	zone, err := time.LoadLocationFromTZData(name, data)
	if err != nil {
		return nil, fmt.Errorf("decode the embedded data of time zone %s: %w", name, err)
	}
	return zone, nil
}

// At returns the civil day of an instant in a zone (UTC if nil). Instants
// outside the calendar give its First or Last day.
func At(t time.Time, zone *time.Location) Day {
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	switch {
	case y < minYear:
		return First
	case y > maxYear:
		return Last
	}
	return dayOf(y, m, d)
}

// UTC returns 00:00 UTC of d, the form in which rules see dates; the zero
// time if d is not a date.
func (d Day) UTC() time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	return time.Unix(d.unix(), 0).UTC()
}

// unix returns the seconds from 1970-01-01 00:00 to 00:00 of d on the same clock.
func (d Day) unix() int64 {
	const epoch, secondsPerDay = 719163, 86400
	return (int64(d) - epoch) * secondsPerDay
}

// In returns the first instant of d in a zone (UTC if nil); the zero time if d
// is not a date. That is 00:00, but where the clocks skip midnight, the
// instant after the gap; where they show midnight twice, the first; and where
// a zone skipped the whole day, the start of the day after it.
func (d Day) In(zone *time.Location) time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	if zone == nil {
		zone = time.UTC
	}
	midnight := d.unix()
	// Clocks are less than a day away from UTC, so a day earlier is surely
	// before d. From there look at one stretch of constant offset after the
	// other: time.Date alone promises nothing about gaps and overlaps.
	t := time.Unix(midnight-86400, 0).In(zone)
	for {
		_, offset := t.Zone()
		start := midnight - int64(offset)
		_, end := t.ZoneBounds()
		if end.IsZero() || start < end.Unix() {
			return time.Unix(max(start, t.Unix()), 0).In(zone)
		}
		t = end
	}
}
