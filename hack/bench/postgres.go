// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// postgres is a server of its own on a socket in a temporary folder.
type postgres struct {
	folder string
	server *exec.Cmd
	as     *syscall.SysProcAttr
}

// errNoPostgres says that this machine has no server to measure.
var errNoPostgres = errors.New("there is no PostgreSQL (initdb, postgres, psql) on this machine")

// findPostgres finds a program of the server, which distributions keep out of PATH.
func findPostgres(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return "", errNoPostgres
	}
	return found[len(found)-1], nil
}

// startPostgres makes a database and serves it. The server refuses to run as
// root, so that root runs it as the user postgres.
func startPostgres(ctx context.Context) (_ *postgres, err error) {
	initdb, initdbErr := findPostgres("initdb")
	server, serverErr := findPostgres("postgres")
	if _, psqlErr := exec.LookPath("psql"); initdbErr != nil || serverErr != nil || psqlErr != nil {
		return nil, errNoPostgres
	}
	folder, err := os.MkdirTemp("", "fangpin-postgres-*")
	if err != nil {
		return nil, err
	}
	p := &postgres{folder: folder}
	defer func() {
		if err != nil {
			p.stop()
		}
	}()
	if os.Geteuid() == 0 {
		if p.as, err = asPostgres(folder); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(folder, "data")
	makeDatabase := p.command(ctx, initdb, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync")
	if output, err := makeDatabase.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("making a database: %w\n%s", err, output)
	}
	p.server = p.command(ctx, server, "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "max_wal_size=4GB")
	if err := p.server.Start(); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(30 * time.Second); ; {
		if _, err = p.run(ctx, "SELECT 1"); err == nil {
			return p, nil
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("waiting for PostgreSQL: %w", err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// asPostgres lets a command run as the user postgres, whom the folder is given to.
func asPostgres(folder string) (*syscall.SysProcAttr, error) {
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, errNoPostgres
	}
	uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return nil, err
	}
	if err := os.Chown(folder, int(uid), int(gid)); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func (p *postgres) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.SysProcAttr = p.folder, p.as
	return c
}

var timeOf = regexp.MustCompile(`Time: ([0-9.]+) ms`)

// run runs one statement and returns how long the server took for it.
func (p *postgres) run(ctx context.Context, statement string) (time.Duration, error) {
	output, err := p.command(ctx, "psql", "-X", "-q", "-h", p.folder, "-U", "postgres", "-d", "postgres",
		"-v", "ON_ERROR_STOP=1", "-c", `\timing on`, "-c", statement).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%w: %s", err, output)
	}
	m := timeOf.FindSubmatch(output)
	if m == nil {
		return 0, fmt.Errorf("psql tells no time: %s", output)
	}
	milliseconds, err := strconv.ParseFloat(string(m[1]), 64)
	return time.Duration(milliseconds * float64(time.Millisecond)), err
}

// stop ends the server that this process started, and removes its folder.
func (p *postgres) stop() {
	if p.server != nil && p.server.Process != nil {
		_ = p.server.Process.Signal(os.Interrupt) // a fast shutdown
		_ = p.server.Wait()
	}
	_ = os.RemoveAll(p.folder)
}

// tierByCase is the plan's tiers as a database would work them out from one flat
// row: the last survey's facts alone, no history, deadlines or shortfalls.
func tierByCase(redLine int) string {
	return fmt.Sprintf(`CASE WHEN marked OR income < %d OR food <> 'Met' OR clothing <> 'Met' OR water <> 'Met'
	OR education <> 'Met' OR medical <> 'Met' OR housing <> 'Met' THEN 'Red'
	WHEN income < 10000 THEN 'Yellow' ELSE 'Green' END`, redLine)
}

// load fills the table with so many rows.
func (p *postgres) load(ctx context.Context, rows int) error {
	for _, statement := range []string{
		"DROP TABLE IF EXISTS households",
		`CREATE TABLE households (id bigint PRIMARY KEY, village text, registration text, persons int, marked boolean, income numeric(12,2),
		food text, clothing text, water text, education text, medical text, housing text, surveyed date, tier text)`,
		fmt.Sprintf(`INSERT INTO households SELECT i, 'town-village-' || i %% 8, 'Graduated', 1 + i %% 6, i %% 33 = 0, 3000 + (i * 997) %% 12000,
		'Met', 'Met', CASE WHEN i %% 97 = 0 THEN 'AtRisk' ELSE 'Met' END, 'Met', 'Met', CASE WHEN i %% 53 = 0 THEN 'AtRisk' ELSE 'Met' END,
		date '2020-12-12', NULL FROM generate_series(1, %d) AS i`, rows),
		"UPDATE households SET tier = " + tierByCase(5000),
		"VACUUM ANALYZE households",
	} {
		if _, err := p.run(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// preview counts the rows by old and new tier; update writes the new one.
func (p *postgres) preview(ctx context.Context) (time.Duration, error) {
	return p.run(ctx, "SELECT tier, "+tierByCase(6000)+" AS new, count(*) FROM households GROUP BY 1, 2")
}

func (p *postgres) update(ctx context.Context) (time.Duration, error) {
	return p.run(ctx, "UPDATE households SET tier = "+tierByCase(6000))
}

// previewArm is what PostgreSQL took for as many rows; nil without it.
type previewArm struct{ preview, update time.Duration }

func (p *postgres) measure(ctx context.Context, rows int) (*previewArm, error) {
	if p == nil {
		return nil, nil
	}
	if err := p.load(ctx, rows); err != nil {
		return nil, fmt.Errorf("loading %d rows: %w", rows, err)
	}
	var arm previewArm
	var err error
	if arm.preview, err = p.preview(ctx); err != nil {
		return nil, err
	}
	arm.update, err = p.update(ctx)
	return &arm, err
}

// sizesOf reads numbers of families with commas between them.
func sizesOf(list string) ([]int, error) {
	var sizes []int
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 100 {
			return nil, fmt.Errorf("preview sizes are whole numbers of at least 100 with commas between them, not %q", list)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}
