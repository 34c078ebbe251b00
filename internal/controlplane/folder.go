// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// folderPattern names the folders of all control planes of a machine.
const folderPattern = "fangpin-control-plane-*"

// folder is a temporary folder that carries a lock for as long as the process
// lives that made it. By the lock a later process knows a folder that was left
// behind by one that was killed.
type folder struct {
	path string
	lock *os.File
}

// newFolder makes a folder, and removes those that were left behind.
func newFolder() (*folder, error) {
	for {
		path, err := os.MkdirTemp("", folderPattern)
		if err != nil {
			return nil, fmt.Errorf("making a folder for the control plane: %w", err)
		}
		lock, err := acquireLock(path)
		if err == nil && isFolder(path) {
			removeLeftovers(path)
			return &folder{path: path, lock: lock}, nil
		}
		// Another process saw the folder before it was locked and took it for
		// a leftover.
		if err != nil && !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, os.ErrNotExist) {
			_ = os.RemoveAll(path)
			return nil, fmt.Errorf("locking the control plane's folder: %w", err)
		}
		if lock != nil {
			_ = lock.Close()
		}
	}
}

func (f *folder) remove() {
	_ = os.RemoveAll(f.path)
	_ = f.lock.Close()
}

// acquireLock locks the folder, or returns an error if somebody holds it.
func acquireLock(path string) (*os.File, error) {
	lock, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close()
		return nil, err
	}
	return lock, nil
}

// removeLeftovers removes the folders that nobody holds. One that cannot be
// removed, such as another user's, is not ours to care about.
func removeLeftovers(own string) {
	found, err := filepath.Glob(filepath.Join(filepath.Dir(own), folderPattern))
	if err != nil {
		return
	}
	for _, path := range found {
		if path == own {
			continue
		}
		if lock, err := acquireLock(path); err == nil {
			_ = os.RemoveAll(path)
			_ = lock.Close()
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
