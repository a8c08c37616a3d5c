# SPDX-License-Identifier: GPL-2.0-or-later
"""One call of the daemon or of its children fails, in turn: of memory, files,
processes, its database, cryptography. STEP, from the environment, is how many
calls it goes on after each."""

import os
import shutil
import signal

import helper
from helper import check

FAULTY = helper.TREE / "build/faults/suitgated"
STEP = int(os.environ.get("STEP") or 149)
SANITIZER = 99
X = "firmware/acme/x.fw"


def restore(bench):
    """What was installed before."""
    for name in ("var", "fw"):
        shutil.rmtree(bench.top / name, ignore_errors=True)
        shutil.copytree(bench.top / "saved" / name, bench.top / name)


def attempt(bench, new, at):
    """Install while call @at fails: its name, and what the client heard."""
    log = bench.top / "faults"
    log.write_text("")
    log.chmod(0o666)
    (bench.top / "log").write_text("")
    heard = "it did not start"
    bench.start(program=FAULTY, FAIL_AT=str(at), FAIL_LOG=str(log),
                ASAN_OPTIONS=f"exitcode={SANITIZER}:allocator_may_return_null=1",
                LSAN_OPTIONS=f"exitcode={SANITIZER}")
    if bench.daemon.poll() is None:
        try:
            error, answer = bench.install(new)
            heard = f"{error} {answer}" if error else None
        except OSError as why:
            heard = str(why)
        if not heard:
            bench.wait_for(lambda: bench.components()[X]["confirmed"], 3)
    bench.stop(signal.SIGTERM if bench.daemon.poll() is None else 0)
    lines = log.read_text().split()
    return (lines[0] if lines and not lines[0].isdigit() else None), heard, \
        int(lines[-1]) if lines and lines[-1].isdigit() else 0


def judge(bench, new, at):
    """False when there was no such call."""
    restore(bench)
    failing, heard, _ = attempt(bench, new, at)
    text = f"call {at}, {failing}, fails"
    said = bench.text()
    check(bench.code in (0, 2) and "Sanitizer" not in said,
          f"{text}: it ends well", bench.code, said)
    check(heard is None or heard.strip(), f"{text}: somebody hears of it", said)
    bench.start()
    bench.confirmed()
    has, known = bench.firmware(), bench.components().get(X, {})
    check((has, known.get("sequenceNumber")) in ((b"old", 1), (b"new", 2)) and
          known["confirmed"], f"{text}: afterwards it is old or new",
          has, known, heard, said, bench.text())
    bench.stop()
    return failing


def run(bench):
    old, new = bench.author(b"old", 1), bench.author(b"new", 2)
    bench.start()
    bench.install(old)
    assert bench.confirmed()
    bench.stop()
    for name in ("var", "fw"):
        shutil.copytree(bench.top / name, bench.top / "saved" / name)
    restore(bench)
    failing, heard, calls = attempt(bench, new, 0)
    check(failing is None and heard is None and calls > 300,
          f"{calls} calls without a fault", heard, bench.text())
    failed = 0
    for at in range(1, calls, STEP):
        failed += judge(bench, new, at) is not None
    check(failed > 0, f"{failed} calls failed")
