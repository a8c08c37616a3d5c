# SPDX-License-Identifier: GPL-2.0-or-later
"""A trial that cannot be ended now: the database takes nothing, or a device is
away. It is ended as soon as it can be, and no other waits for that."""

import socket
import sqlite3
import threading
import time

import helper
from helper import MANAGER, check, suitctl

X, DEV = "firmware/acme/x.fw", "upload/dev0"


class Locked:
    """Nobody can write to the database, as on a full disk."""

    def __init__(self, bench, when=None):
        self.db = sqlite3.connect(bench.top / "var/suitgated.db",
                                  isolation_level=None, timeout=20,
                                  check_same_thread=False)
        self.when = when
        self.held = when is None
        if self.held:
            self.db.execute("BEGIN IMMEDIATE")
        else:
            self.thread = threading.Thread(target=self.wait)
            self.thread.start()

    def wait(self):
        """Until a job is in state @when."""
        end_at = time.monotonic() + 20
        while time.monotonic() < end_at:
            self.db.execute("BEGIN IMMEDIATE")
            self.held = bool(self.db.execute(
                "SELECT 1 FROM job WHERE state = ?", (self.when,)).fetchall())
            if self.held:
                return
            self.db.execute("ROLLBACK")
            time.sleep(0.001)

    def release(self):
        if self.when is not None:
            self.thread.join()
        if self.held:
            self.db.execute("ROLLBACK")
        self.db.close()


def begin(bench, extra):
    bench.clear()
    bench.extra = extra
    bench.start()


def on_trial(bench, *args, **words):
    error, answer = bench.install(bench.author(*args, **words))
    assert not error, answer


def kinds(bench):
    return [r["kind"] for r in bench.call("ListReports")[1][0]["reports"]]


def is_number(bench, name, number):
    """Confirmed, with that sequence number."""
    def holds():
        c = bench.components().get(name, {})
        return c.get("confirmed") and c["sequenceNumber"] == number
    return bench.wait_for(holds)


def canceled(bench):
    begin(bench, f"[Component {X}]\nHealth=manual\n")
    on_trial(bench, b"one", 1)
    bench.call("Confirm")
    on_trial(bench, b"two", 2)
    locked = Locked(bench)
    error, answer = bench.call("Cancel")
    check(error == "Failed" and "locked" in answer[0]["message"],
          "canceled, which cannot be written down: it is said", error, answer)
    check(bench.firmware() == b"one", "the old one is back all the same")
    locked.release()
    check(is_number(bench, X, 1) and kinds(bench)[-1] == "restore",
          "it is written down when that can be", bench.components(),
          bench.text())
    error, _ = bench.install(bench.author(b"three", 3))
    check(error is None, "and another can be installed", error)


def confirmed(bench):
    works = bench.top / "works"
    begin(bench, f"[Component {X}]\nHealth=command\nDeadline=5\n"
          f"Command=/usr/bin/test -e {works}\n")
    works.touch()
    on_trial(bench, b"one", 1)
    assert bench.confirmed()
    works.unlink()
    on_trial(bench, b"two", 2)
    locked = Locked(bench)
    works.touch()
    time.sleep(8)
    locked.release()
    check(is_number(bench, X, 2) and bench.firmware() == b"two" and
          kinds(bench)[-1] == "confirm",
          "healthy in time, written down too late: it is confirmed",
          bench.components(), bench.text())
    error, _ = bench.install(bench.author(b"old", 1))
    check(error == "Refused", "with its floor", error)


def committed(bench):
    begin(bench, "")
    on_trial(bench, b"one", 1)
    assert bench.confirmed()
    two = bench.author(b"two" + bytes(1 << 20), 2)
    locked = Locked(bench, 2)
    error, answer = bench.install(two)
    check(locked.held and error == "Failed" and
          "locked" in answer[0]["message"],
          "in place, which cannot be written down: it is said", error, answer)
    check(bench.firmware() == b"one", "the old one is back", bench.text())
    locked.release()
    check(is_number(bench, X, 1) and bench.call("Status")[1][0]["trials"] == 0,
          "nothing is on trial", bench.components(), bench.text())
    error, answer = bench.install(two)
    check(error is None and is_number(bench, X, 2), "then it is installed",
          error, answer)


def machine(bench):
    """A program that starts the daemon where firmware is uploaded to folders."""
    where = bench.top / "class"
    program = bench.top / "elsewhere"
    program.write_text(
        "#!/bin/sh\nhow=private\nunshare -m true 2> /dev/null || how=unchanged\n"
        "exec unshare -m --propagation $how sh -ec '"
        f"mount --bind {where} /sys/class\n"
        f'exec {helper.SUITGATED} "$@"\' sh "$@"\n')
    program.chmod(0o755)
    (where / "firmware").mkdir(parents=True)
    return program, where / "firmware/dev0"


def plug(device):
    device.mkdir()
    for name, content in (("loading", ""), ("data", ""), ("status", "idle\n"),
                          ("error", ""), ("remaining_size", "0\n"),
                          ("cancel", "")):
        (device / name).write_text(content)


def unplugged(bench):
    bench.clear()
    program, device = machine(bench)
    suitctl("trust", "add", "--store", bench.top / "etc/trust.d", "--offline",
            "--authority", "acme", "--role", "vendor", "--prefix",
            "firmware/acme", "--prefix", "upload", bench.top / "acme.pub",
            expect=0)
    bench.extra = (f"[Component {X}]\nHealth=manual\n"
                   f"[Component {DEV}]\nHealth=manual\n")
    plug(device)
    bench.start(program=program)
    on_trial(bench, b"one", 1, component=DEV)
    bench.call("Confirm")
    on_trial(bench, b"two", 2, component=DEV)
    on_trial(bench, b"x", 1)
    device.rename(bench.top / "away")
    error, answer = bench.call("Cancel", {"what": DEV})
    check(error == "Failed" and "no device dev0" in answer[0]["message"],
          "its device is away: it cannot go back", error, answer)
    error, answer = bench.call("Confirm", {"what": X})
    check(error is None and bench.components()[X]["confirmed"],
          "another one is confirmed", error, answer)
    bench.stop()
    bench.start(program=program)
    check(bench.daemon.poll() is None and "no device dev0" in bench.text(),
          "it starts, and says so", bench.text())
    on_trial(bench, b"y", 2)
    error, answer = bench.call("Cancel", {"what": X})
    check(error is None and bench.firmware() == b"x",
          "another one is taken back", error, answer)
    plug(device)
    check(is_number(bench, DEV, 1) and
          (device / "data").read_bytes() == b"one" and
          (bench.top / "var/upload/dev0").read_bytes() == b"one",
          "the device is there again: it gets the old one",
          bench.components(), bench.text())


class Manager:
    """What systemd hears: when, and what."""

    def __init__(self, bench):
        self.path = bench.top / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))
        self.heard = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            text = self.socket.recv(4096).decode()
            self.heard.append((time.monotonic(), text))

    def patience(self, since):
        """The longest time in which nothing was heard."""
        times = [since, *(at for at, text in self.heard if at > since and
                          "WATCHDOG=1" in text), time.monotonic()]
        return max(b - a for a, b in zip(times, times[1:]))


def slow(bench):
    """The device needs longer than the watchdog's patience."""
    program, device = bench.top / "elsewhere", bench.top / "class/firmware/dev0"
    manager = Manager(bench)
    bench.stop()

    def start(**words):
        bench.start(program=program, NOTIFY_SOCKET=str(manager.path),
                    WATCHDOG_USEC="4000000", **words)

    def ready_in(seconds):
        threading.Timer(seconds, (device / "status").write_text,
                        ["idle\n"]).start()

    start()
    on_trial(bench, b"two", 3, component=DEV)
    (device / "status").write_text("programming\n")
    ready_in(6)
    since = time.monotonic()
    error, answer = bench.call("Cancel", {"what": DEV})
    check(error is None and time.monotonic() - since > 5 and
          manager.patience(since) < 3 and is_number(bench, DEV, 1),
          "a device that takes its time gets the old one: the watchdog is fed",
          error, answer, manager.patience(since), bench.text())
    on_trial(bench, b"three", 4, component=DEV)
    (device / "status").write_text("programming\n")
    with bench.connect() as s:
        bench.send(s, {"method": MANAGER + "Cancel",
                       "parameters": {"what": DEV}})
        time.sleep(2)
        bench.stop(9)
    since = time.monotonic()
    ready_in(6)
    start()
    started = [text for at, text in manager.heard if at > since]
    check(is_number(bench, DEV, 1) and manager.patience(since) < 3 and
          any("EXTEND_TIMEOUT_USEC=" in text for text in started[:2]),
          "killed meanwhile: the start takes its time, and says so",
          started[:9], bench.text())


def run(bench):
    canceled(bench)
    confirmed(bench)
    committed(bench)
    unplugged(bench)
    slow(bench)
