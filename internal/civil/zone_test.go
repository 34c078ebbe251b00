// SPDX-License-Identifier: Apache-2.0

package civil

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := LoadZone(name)
	if err != nil {
		t.Fatalf("a zone of the test itself: %v", err)
	}
	return z
}

// This test comes first: the time package reads ZONEINFO once in a process.
func TestZonesDoNotDependOnTheMachine(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "Asia", "Shanghai")
	if err := os.Mkdir(filepath.Dir(wrong), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(wrong, zoneFile(t, "America/New_York"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ZONEINFO", filepath.Dir(filepath.Dir(wrong))) // where time.LoadLocation looks first
	at := time.Date(2020, 6, 30, 16, 0, 0, 0, time.UTC)
	if got := At(at, zone(t, "")); got != day(t, "2020-07-01") {
		t.Errorf("16:00 UTC is in %s in Shanghai, want 2020-07-01", got)
	}
	if got := At(at.Add(-1), zone(t, "")); got != day(t, "2020-06-30") {
		t.Errorf("just before 16:00 UTC is in %s in Shanghai, want 2020-06-30", got)
	}
}

// zoneFile returns a file of the embedded data.
func zoneFile(t testing.TB, name string) []byte {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(zoneData), int64(len(zoneData)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(archive, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestLoadZoneTellsWhatToWrite(t *testing.T) {
	tests := map[string]struct {
		in        string
		want      string
		wantError string
	}{
		"none means the default":   {in: "", want: "Asia/Shanghai"},
		"an IANA name":             {in: "Asia/Urumqi", want: "Asia/Urumqi"},
		"UTC":                      {in: "UTC", want: "UTC"},
		"the machine's zone":       {in: "Local", wantError: `time zone "Local" differs from machine to machine; write an IANA name such as Asia/Shanghai or UTC`},
		"a name of other case":     {in: "asia/shanghai", wantError: `time zone "asia/shanghai" is not known; did you mean Asia/Shanghai?`},
		"a city that has no zone":  {in: "Asia/Beijing", wantError: `time zone "Asia/Beijing" is not known; write an IANA name such as Asia/Shanghai, Asia/Urumqi or UTC, or leave the field out for Asia/Shanghai`},
		"an offset":                {in: "+08:00", wantError: "is not known"},
		"a path out of the data":   {in: "../../etc/localtime", wantError: "is not known"},
		"a folder of the data":     {in: "Asia", wantError: "is not known"},
		"a long name is shortened": {in: strings.Repeat("z", 8000), wantError: "(8000 bytes)"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := LoadZone(tc.in)
			checkError(t, err, tc.wantError)
			if (got == nil) != (tc.wantError != "") || (got != nil && got.String() != tc.want) {
				t.Errorf("zone %v, want %q", got, tc.want)
			}
		})
	}
}

func TestTheFirstInstantOfADay(t *testing.T) {
	tests := map[string]struct {
		zone, day, want string
	}{
		"Shanghai":                        {"Asia/Shanghai", "2020-07-01", "2020-07-01T00:00:00+08:00"},
		"Shanghai on local mean time":     {"Asia/Shanghai", "1900-01-01", "1900-01-01T00:00:00+08:05"},
		"UTC":                             {"UTC", "2020-07-01", "2020-07-01T00:00:00Z"},
		"a midnight that the clocks skip": {"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
		"the day before it":               {"America/Sao_Paulo", "2018-11-03", "2018-11-03T00:00:00-03:00"},
		"the day after it":                {"America/Sao_Paulo", "2018-11-05", "2018-11-05T00:00:00-02:00"},
		"clocks that go from midnight back to 23h": {"America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00:00-03:00"},
		"a midnight that comes twice: the first":   {"America/Havana", "2020-11-01", "2020-11-01T00:00:00-04:00"},
		"a day that the zone skipped":              {"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
		"the day after the skipped one":            {"Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"},
		"a day that the zone had for 48 hours":     {"Pacific/Kwajalein", "1969-09-30", "1969-09-30T00:00:00+11:00"},
		"the calendar's first day":                 {"Asia/Shanghai", "0001-01-01", "0001-01-01T00:00:00+08:05"},
		"the calendar's last day":                  {"America/New_York", "9999-12-31", "9999-12-31T00:00:00-05:00"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if got := day(t, tc.day).In(zone(t, tc.zone)).Format(time.RFC3339); got != tc.want {
				t.Errorf("%s in %s begins %s, want %s", tc.day, tc.zone, got, tc.want)
			}
		})
	}
}

func TestADayBeginsWithItsFirstInstantInEveryZone(t *testing.T) {
	archive, err := zip.NewReader(strings.NewReader(zoneData), int64(len(zoneData)))
	if err != nil {
		t.Fatal(err)
	}
	zones := make([]*time.Location, 0, len(archive.File))
	for _, file := range archive.File {
		zones = append(zones, zone(t, file.Name))
	}
	recent := rapid.Map(rapid.Int32Range(-40000, 40000), func(n int32) Day { return Day(719163 + n) })
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.SampledFrom(zones).Draw(t, "zone")
		d := rapid.OneOf(recent, anyDay()).Draw(t, "day")
		start := d.In(z)
		// A zone may have skipped a whole day, never two.
		if at := At(start, z); at != d && at != d.AddDays(1) {
			t.Fatalf("%s in %s begins at %s, which is in %s", d, z, start, at)
		}
		if before := start.Add(-1); d > First && At(before, z) >= d {
			t.Fatalf("%s in %s begins at %s, but %s is in it already", d, z, start, before)
		}
		if next := d.AddDays(1).In(z); d < Last && next.Before(start) {
			t.Fatalf("%s in %s begins at %s, the day after at %s", d, z, start, next)
		}
	})
}

func TestADayInItsZoneAndBack(t *testing.T) {
	shanghai := zone(t, "")
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay().Draw(t, "day")
		second := rapid.Int64Range(0, 86399).Draw(t, "second")
		if got := At(d.In(shanghai).Add(time.Duration(second)*time.Second), shanghai); got != d && d.Year() > 1992 {
			t.Fatalf("second %d of %s is in %s", second, d, got)
		}
		if got := At(d.UTC(), time.UTC); got != d || d.UTC().Location() != time.UTC {
			t.Fatalf("00:00 UTC of %s is in %s", d, got)
		}
	})
}

func TestInstantsOutsideTheCalendarAndNoZone(t *testing.T) {
	tests := map[string]struct {
		at   time.Time
		want Day
	}{
		"before": {time.Date(-50, 1, 1, 0, 0, 0, 0, time.UTC), First},
		"after":  {time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC), Last},
		"within": {time.Date(2020, 6, 30, 23, 59, 59, 0, time.UTC), day(t, "2020-06-30")},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			if got := At(tc.at, nil); got != tc.want {
				t.Errorf("%s is in %s, want %s", tc.at, got, tc.want)
			}
		})
	}
	if got, want := day(t, "2020-06-30").In(nil), time.Date(2020, 6, 30, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("without a zone the day begins %s, want %s", got, want)
	}
}
