# SPDX-License-Identifier: GPL-2.0-or-later
"""On trial: confirmed, taken back, or taken back when time is up."""

import os
import time

from helper import check, suitctl

X = "firmware/acme/x.fw"


def on_trial(bench, payload, seq):
    error, _ = bench.install(bench.author(payload, seq))
    assert error is None, error


def by_hand(bench):
    bench.extra = f"[Component {X}]\nHealth=manual\nDeadline=1h\n"
    bench.start()
    on_trial(bench, b"one", 1)
    time.sleep(1.5)
    check(not bench.components()[X]["confirmed"], "it waits for somebody")
    error, answer = bench.install(bench.author(b"two", 2))
    check(error == "Refused" and answer[0]["code"] == "component-on-trial",
          "no other release in the meantime", error, answer)
    bench.stop()
    bench.start()
    check(not bench.components()[X]["confirmed"] and
          bench.call("Status")[1][0]["trials"] == 1,
          "it is on trial after a restart")
    done = suitctl("confirm", "--socket", bench.socket)
    check(done.returncode == 0 and bench.components()[X]["confirmed"],
          "suitctl confirm", done.stderr)
    on_trial(bench, b"two", 2)
    done = suitctl("confirm", "--cancel", "--socket", bench.socket, X)
    check(done.returncode == 0 and bench.firmware() == b"one" and
          bench.components()[X]["sequenceNumber"] == 1,
          "suitctl confirm --cancel: the old one is back", done.stderr)
    error, _ = bench.install(bench.author(b"other one", 1))
    check(error == "Refused", "and its floor is as it was", error)
    check(len(os.listdir(bench.top / "var/manifests")) == 1,
          "the manifest of the other is forgotten")
    on_trial(bench, b"three", 3)
    error, _ = bench.call("Confirm", {"what": "firmware/acme/none"})
    check(error == "NotFound", "Confirm of something else", error)
    error, _ = bench.call("Confirm", {"what": X})
    check(error is None and bench.firmware() == b"three",
          "Confirm by the name of a component", error)


def first_of_all(bench):
    bench.clear()
    bench.start()
    on_trial(bench, b"one", 1)
    bench.call("Cancel")
    check(bench.firmware() is None and bench.components() == {},
          "canceled where there was none: there is none")


def a_link(bench):
    bench.clear()
    (bench.top / "fw/acme").mkdir()
    (bench.top / "real").write_bytes(b"real")
    os.symlink(bench.top / "real", bench.top / "fw/acme/x.fw")
    bench.start()
    on_trial(bench, b"one", 1)
    check(bench.firmware() == b"one" and
          (bench.top / "real").read_bytes() == b"real",
          "a link is replaced, what it leads to is not")
    bench.call("Cancel")
    check(os.path.islink(bench.top / "fw/acme/x.fw") and
          bench.firmware() == b"real", "and comes back")


def folder_link(bench):
    bench.clear()
    (bench.top / "outside").mkdir(exist_ok=True)
    os.symlink(bench.top / "outside", bench.top / "fw/acme")
    bench.start()
    error, _ = bench.install(bench.author(b"one", 1))
    check(error == "Failed" and not os.listdir(bench.top / "outside"),
          "a link out of the firmware folder is not followed", error)
    for name in ("firmware/acme/../../etc/x", "firmware/acme/.hidden"):
        try:
            path = bench.author(b"one", 1, component=name)
        except AssertionError:
            check(True, f"{name}: nobody can sign that")
            continue
        error, answer = bench.install(path)
        check(error == "Refused" and answer[0]["code"] == "name-refused",
              f"{name} is refused", error, answer)


def out_of_time(bench):
    bench.clear()
    bench.extra = (f"[Component {X}]\nHealth=command\n"
                   f"Command=/usr/bin/test -e {bench.top}/works\nDeadline=2\n")
    (bench.top / "works").touch()
    bench.start()
    on_trial(bench, b"one", 1)
    check(bench.confirmed(), "its health command says yes")
    (bench.top / "works").unlink()
    on_trial(bench, b"two", 2)
    check(bench.firmware() == b"two", "it is in place")
    check(bench.wait_for(lambda: bench.firmware() == b"one", 8),
          "no answer in time: the old one is back")
    kinds = [r["kind"] for r in bench.call("ListReports")[1][0]["reports"]]
    check(kinds == ["install", "confirm", "install", "restore"],
          "all of that is reported", kinds)
    on_trial(bench, b"three", 3)
    bench.stop(9)
    time.sleep(2)
    bench.start()
    check(bench.wait_for(lambda: bench.firmware() == b"one", 8),
          "killed on trial, time is up: the old one is back")


def several(bench):
    bench.clear()
    bench.extra = ""
    bench.start()
    for name in ("a", "b"):
        error, _ = bench.install(
            bench.author(name.encode(), 1, component=f"firmware/acme/{name}"))
        check(error is None and bench.confirmed(f"firmware/acme/{name}"),
              f"{name} is installed", error)


def damaged(bench):
    bench.stop()
    (bench.top / "var/suitgated.db").write_bytes(b"garbage" * 1000)
    for end in ("-wal", "-shm"):
        (bench.top / ("var/suitgated.db" + end)).unlink(missing_ok=True)
    bench.start()
    known = {n: c["sequenceNumber"] for n, c in bench.components().items()}
    check(known == {"firmware/acme/a": 1, "firmware/acme/b": 1},
          "a damaged database is made again", known, bench.text())
    error, _ = bench.install(
        bench.author(b"other", 1, component="firmware/acme/a"))
    check(error == "Refused", "with its floors", error)


def needs_reboot(bench):
    bench.clear()
    bench.extra = ""
    bench.start()
    _, answer = bench.install(bench.author(b"one", 1))
    check(answer[-1]["needsReboot"] is False, "no reboot is needed", answer)
    check(bench.confirmed(), "and it is confirmed in this boot")
    bench.stop()
    bench.extra = f"[Component {X}]\nActivation=reboot\n"
    bench.start()
    _, answer = bench.install(bench.author(b"two", 2))
    check(answer[-1]["needsReboot"] is True, "a reboot is needed", answer)
    bench.stop()


def run(bench):
    needs_reboot(bench)
    bench.clear()
    by_hand(bench)
    first_of_all(bench)
    a_link(bench)
    folder_link(bench)
    out_of_time(bench)
    several(bench)
    damaged(bench)
