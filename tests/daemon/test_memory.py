# SPDX-License-Identifier: GPL-2.0-or-later
"""How much memory it takes to wait, and to install something large."""

import os
import pathlib
import threading
import time

import helper
from helper import check
from server import Server, make_certificates

IDLE, BUSY = 8 << 10, 24 << 10  # KiB, of all processes together
LARGE = 256 << 20
COMMON = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
IDLE_SECONDS = int(os.environ.get("IDLE_SECONDS", "5"))


def status(pid):
    """Fields in KiB; of a process that is gone, none."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {key: int(rest.split()[0]) for key, _, rest in
            (line.partition(":") for line in lines) if rest.endswith(" kB")}


def pss(pid):
    lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines
                if line.startswith("Pss:"))


def ticks(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    return sum(map(int, fields.split()[11:13]))


def family(pid):
    """It and its children."""
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid] + [p for child in text.split() for p in family(int(child))]


class Watch(threading.Thread):
    """The most that processes had that were there at the same time."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.ends, self.now = pid, threading.Event(), 0
        self.most, self.together = {}, set()
        # of the start nobody speaks
        pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")
        self.start()

    def run(self):
        while not self.ends.wait(0.005):
            seen = {pid: status(pid) for pid in family(self.pid)}
            for pid, has in seen.items():
                self.most[pid] = max(self.most.get(pid, 0),
                                     has.get("VmHWM", 0))
            self.now = max(self.now, sum(has.get("VmRSS", 0)
                                         for has in seen.values()))
            self.together.add(frozenset(seen))

    def end(self):
        self.ends.set()
        self.join()
        return max(sum(self.most[pid] for pid in pids)
                   for pids in self.together)


def rests(bench):
    """It has given back what it can."""
    time.sleep(2.5)
    return status(bench.daemon.pid)["VmRSS"]


def idle(bench, text):
    rss = rests(bench)
    share = pss(bench.daemon.pid)
    check(rss < IDLE, f"{text}: {rss} KiB resident, its share is {share}",
          status(bench.daemon.pid))


def cpu(bench):
    before = ticks(bench.daemon.pid)
    time.sleep(IDLE_SECONDS)
    used = (ticks(bench.daemon.pid) - before) / os.sysconf("SC_CLK_TCK")
    print(f"# idle for {IDLE_SECONDS} s: {used / IDLE_SECONDS:.3%} of a CPU")


def large(bench, text):
    bench.start(program=helper.TREE / "build/suitgated")
    rests(bench)
    watch = Watch(bench.daemon.pid)
    error, answer = bench.call("Check")
    bench.confirmed()
    most = watch.end()
    installed = bench.top / "fw/acme/x.fw"
    check(error is None and installed.exists() and
          installed.stat().st_size == LARGE, f"{text}: it is installed",
          error, answer, bench.text())
    check(most < BUSY, f"{text}: {most} KiB at most, {watch.now} at a time",
          watch.most, watch.together)
    idle(bench, f"after {text}")


def run(bench):
    payload = os.urandom(1 << 20) * (LARGE >> 20)
    manifest = bench.author(payload, 1, uri="x.fw", integrated=False)
    bench.extra = f"[Source disk]\nDirectory={bench.top}/src\n"
    (bench.top / "src/x.suit").write_bytes(manifest.read_bytes())
    (bench.top / "src/x.fw").write_bytes(payload)
    large(bench, "256 MiB from a folder")
    cpu(bench)
    bench.clear()
    make_certificates(bench.top)
    # as many authorities as a distribution has
    authorities = (bench.top / "ca.pem").read_text()
    if COMMON.exists():
        authorities += COMMON.read_text()
    (bench.top / "all.pem").write_text(authorities)
    server = Server(bench.top)
    server.files = {"x.suit": manifest.read_bytes(), "x.fw": payload}
    bench.extra = (f"[Source net]\nUrl={server.url}/good/x.suit\n"
                   f"[Network]\nCaFile={bench.top}/all.pem\n")
    large(bench, "256 MiB over HTTPS")
