# SPDX-License-Identifier: GPL-2.0-or-later
"""Verify, which every user may call: it changes nothing, is in nobody's way, and
takes no more memory when many call it."""

import fcntl
import json
import os
import pathlib
import threading
import time

import helper
from helper import MANAGER, check, memory

X = "firmware/acme/x.fw"
CLIENTS, LARGE = 24, 8 << 20
# one manifest, and what is there without
PEAK = 24 << 10  # KiB
NOBODY = 65534


def verify(bench, path, uid=NOBODY):
    fd = memory(path.read_bytes())
    try:
        return bench.call("Verify", {"fileDescriptor": 0}, fd, uid=uid)
    finally:
        os.close(fd)


def files(bench):
    """What there is, and when it last changed."""
    return {str(p.relative_to(bench.top)): p.lstat().st_mtime_ns
            for name in ("var/install", "var/manifests", "fw")
            for p in (bench.top / name).rglob("*")}


def others_install(bench, release):
    """Another program has the lock."""
    with open(bench.top / "var/install/lock", "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        error, answer = verify(bench, release)
        check(error is None and answer[0]["components"] == [X],
              "Verify while another program installs", error, answer)
        error, answer = bench.install(release)
        check(error == "Failed" and "another program is installing" in
              answer[0]["message"], "Install does not", error, answer)


def changes_nothing(bench, release):
    """What was cut off is not for a stranger to finish."""
    bench.stop()
    bench.extra = f"[Component {X}]\nHealth=manual\n"
    bench.start()
    error, answer = bench.install(bench.author(b"trial", 2))
    assert not error, answer
    applied, = (bench.top / "var/install").glob("*.applied")
    stuck = applied.with_suffix(".reverting")
    stuck.write_bytes(applied.read_bytes())
    before = files(bench)
    error, answer = verify(bench, release)
    check(error == "Refused" and answer[0]["code"] == "component-on-trial" and
          files(bench) == before and bench.firmware() == b"trial",
          "Verify finishes nothing that is stuck", error, answer, before,
          files(bench))
    stuck.unlink()
    error, _ = bench.call("Confirm")
    check(error is None, "what is on trial is none the worse", error)
    bench.stop()
    bench.extra = ""


def children(pid):
    return len(pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
               .split())


def peak(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(text.partition("VmHWM:")[2].split()[0])


def calls(bench, data):
    """Sent, and not answered yet."""
    clients = []
    fd = memory(data)
    for _ in range(CLIENTS):
        clients.append(bench.connect(NOBODY))
        bench.send(clients[-1], {"method": MANAGER + "Verify",
                                 "parameters": {"fileDescriptor": 0}}, fd)
    os.close(fd)
    return clients


def many(bench, large, release):
    bench.start(program=helper.TREE / "build/suitgated")
    pid, seen, ends = bench.daemon.pid, [], threading.Event()

    def look():
        while not ends.wait(0.002):
            seen.append(children(pid))

    watch = threading.Thread(target=look)
    watch.start()
    clients = calls(bench, large.read_bytes())
    error, answer = bench.install(release)
    answers = [s.recv(65536) for s in clients]
    ends.set()
    watch.join()
    for s in clients:
        s.close()
    # Install has one of its own
    check(0 < max(seen) <= 2, f"{CLIENTS} calls of Verify: one at a time",
          max(seen))
    check(error is None and bench.confirmed(),
          "Install does not wait for them", error, answer, bench.text())
    said = [json.loads(a.rstrip(b"\0")) for a in answers]
    check(all("an installation is running" in a["parameters"]["message"]
              if "error" in a else a["parameters"]["sequenceNumber"] == 9
              for a in said) and not all("error" in a for a in said),
          "each is answered", said)
    most = peak(pid)
    check(most < PEAK, f"together they take {most} KiB", bench.text())
    bench.stop()


def hung_up(bench, large):
    """Nobody waits for them any more."""
    bench.start()
    for s in calls(bench, large.read_bytes()):
        s.close()
    at = time.monotonic()
    error, answer = verify(bench, large)
    took = time.monotonic() - at
    check(error is None, "clients that went away are no harm", error, answer)
    check(bench.wait_for(lambda: not children(bench.daemon.pid)),
          f"and are not waited for ({took:.1f} s)")
    clients = calls(bench, large.read_bytes())
    bench.stop()
    check(bench.code == 0 and "Sanitizer" not in bench.text(),
          "it ends while they wait", bench.code, bench.text())
    for s in clients:
        s.close()


def run(bench):
    bench.start()
    bench.install(bench.author(b"one", 1))
    bench.confirmed()
    release = bench.author(b"three", 3)
    large = bench.author(bytes(LARGE), 9)
    others_install(bench, release)
    changes_nothing(bench, release)
    many(bench, large, release)
    hung_up(bench, large)
