# SPDX-License-Identifier: GPL-2.0-or-later
"""kill -9 before every call that changes the disk, in turn."""

import json
import os
import signal

import helper
from helper import check, suitctl

X = "firmware/acme/x.fw"


def left_over(bench):
    staged = bench.top / "fw/.suitgate"
    return (os.listdir(staged) if staged.exists() else []) + \
        sorted(os.listdir(bench.top / "var/manifests"))[1:] + \
        [n for n in os.listdir(bench.top / "var") if "state." in n]


def consistent(bench, text):
    """After a restart: old or new, and the daemon knows which."""
    has = bench.firmware()
    known = bench.components().get(X, {})
    holds = (has, known.get("sequenceNumber")) in ((b"old", 1), (b"new", 2))
    return check(holds and known["confirmed"] and not left_over(bench), text,
                 has, known, left_over(bench), bench.text())


def epoch(bench):
    """How often floors were raised, says what the device signed."""
    done = suitctl("floor", "anchor", "--json", "--no-tpm", "--file",
                   bench.top / "var/floors.signed", "-k",
                   bench.top / "etc/device.pem", expect=0)
    return json.loads(done.stdout)["epoch"]


def install_and_die(bench, old, new, at, preload):
    """False when it lived on: there was no such call."""
    bench.clear()
    bench.start()
    bench.install(old)
    assert bench.confirmed()
    bench.stop()
    # sanitizers want to be the first that are loaded
    bench.start(program=helper.TREE / "build/suitgated", LD_PRELOAD=preload, CRASH_AT=str(at))
    try:
        bench.install(new)
        bench.confirmed()
        bench.stop()
    except OSError:
        pass
    died = bench.daemon is not None
    if died:
        bench.stop(0)
        died = bench.code == -signal.SIGKILL
    return died


def child_dies(bench, old, new, preload):
    """The process that installs dies, the daemon lives on: it sees to it."""
    forward = 0
    for at in range(1, 200):
        bench.clear()
        bench.start()
        bench.install(old)
        assert bench.confirmed()
        bench.stop()
        bench.start(program=helper.TREE / "build/suitgated",
                    LD_PRELOAD=preload, CRASH_AT=str(at), CRASH_CHILD="1")
        if bench.daemon.poll() is not None:
            bench.stop(0)
            said = "the process that changes files was killed" in bench.text()
            bench.start()
            consistent(bench, f"child killed at call {at}, of the start")
            check(said, "it has said so", bench.text())
            bench.stop()
            continue
        error, answer = bench.install(new)
        if "was killed" not in str(answer) and \
                "was killed" not in bench.text():
            break
        is_new = bench.firmware() == b"new"
        forward += is_new
        bench.wait_for(lambda: bench.components().get(X, {}).get("confirmed"))
        check((error is None) == is_new, f"child killed at call {at}: the "
              "client hears what happened", error, answer)
        # what was fetched is kept for another try, until a start
        bench.stop()
        bench.start()
        consistent(bench, f"child killed at call {at}")
        bench.stop()
    check(at > 10, f"{at - 1} places for the child to be killed", at)
    check(forward > 0, "some of them forward", forward)


def rebuild_dies(bench, preload):
    """The database is damaged, and the process that makes it again dies."""
    database = bench.top / "var/suitgated.db"
    for at in range(1, 200):
        bench.stop()
        for path in database.parent.glob("suitgated.db*"):
            path.unlink()
        database.write_bytes(b"garbage" * 1000)
        bench.start(program=helper.TREE / "build/suitgated",
                    LD_PRELOAD=preload, CRASH_AT=str(at))
        if bench.daemon.poll() is None:
            break
        bench.stop(0)
        bench.start()
        known = bench.components().get(X, {})
        if not check(known.get("sequenceNumber") == 2 and not left_over(bench),
                     f"the database is damaged, killed at call {at}: it is "
                     "made again", known, bench.text()):
            break
    check(at > 5, f"{at - 1} places for that", at)


def run(bench):
    preload = helper.TREE / "build/plain/tests/daemon/crash.so"
    old, new = bench.author(b"old", 1), bench.author(b"new", 2)
    seen = set()
    for at in range(1, 200):
        died = install_and_die(bench, old, new, at, preload)
        if not died:
            break
        whole = bench.firmware() in (b"old", b"new")
        bench.start()
        bench.wait_for(lambda: bench.components().get(X, {}).get("confirmed"))
        seen.add(bench.firmware())
        is_at, must_be = epoch(bench), 1 + (bench.firmware() == b"new")
        check(is_at == must_be, f"killed at call {at}: the floor is the one of "
              "what is confirmed", is_at, must_be)
        if not consistent(bench, f"killed at call {at}") or \
                not check(whole, f"killed at call {at}: old or new, whole"):
            break
        error, _ = bench.install(new)
        if not (error is None and bench.confirmed() and
                bench.firmware() == b"new"):
            check(False, f"killed at call {at}: can be installed", error)
        bench.stop()
    check(at > 20, f"{at - 1} places to be killed", at)
    check(seen == {b"old", b"new"}, "some went back, some forward", seen)
    child_dies(bench, old, new, preload)
    rebuild_dies(bench, preload)
