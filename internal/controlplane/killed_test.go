// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
)

// roleVariable makes the test binary play the process that is killed.
const roleVariable = "FANGPIN_TEST_KILLED_PROCESS"

// actAsKilledProcess starts a control plane, tells what it consists of and
// waits to be killed, if this process was started for that.
func actAsKilledProcess() bool {
	if os.Getenv(roleVariable) == "" {
		return false
	}
	cp, err := Start(context.Background(), Options{})
	if err != nil {
		fmt.Println(err)
		return true
	}
	fmt.Println(cp.APIServerPID(), cp.EtcdPID(), cp.Folder())
	<-cp.Done()
	return true
}

// TestServersEndWithAProcessThatIsKilled has its assertion about the servers
// where the kernel can do that; the folder is swept everywhere.
func TestServersEndWithAProcessThatIsKilled(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), roleVariable+"=1")
	output, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(output).ReadString('\n')
	var apiServer, etcd int
	var folder string
	if _, err := fmt.Sscan(line, &apiServer, &etcd, &folder); err != nil {
		t.Fatalf("the process said %q instead of two process ids and a folder", line)
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()

	if runtime.GOOS == "linux" {
		for name, pid := range map[string]int{"kube-apiserver": apiServer, "etcd": etcd} {
			err := wait.PollUntilContextTimeout(t.Context(), 20*time.Millisecond, 20*time.Second, true,
				func(context.Context) (bool, error) { return !isAlive(pid), nil })
			if err != nil {
				t.Errorf("%s survives as process %d", name, pid)
				_ = syscall.Kill(-pid, syscall.SIGKILL)
			}
		}
	} else {
		_ = syscall.Kill(-apiServer, syscall.SIGKILL)
		_ = syscall.Kill(-etcd, syscall.SIGKILL)
	}
	if !isFolder(folder) {
		t.Fatalf("%s is gone already: this test no longer shows that it is swept", folder)
	}
	next, err := newFolder()
	if err != nil {
		t.Fatal(err)
	}
	defer next.remove()
	if isFolder(folder) {
		t.Errorf("the folder %s of the killed process was left behind", folder)
	}
}

// isAlive says whether a process runs; a zombie that waits for its parent has
// ended.
func isAlive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	if runtime.GOOS != "linux" {
		return true
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	var id int
	var name, state string
	_, err = fmt.Sscan(string(status), &id, &name, &state)
	return err != nil || state != "Z"
}
