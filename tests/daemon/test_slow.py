# SPDX-License-Identifier: GPL-2.0-or-later
"""A payload that does not come does not keep a trial from its end."""

from helper import check
from server import Server, make_certificates
from test_mishap import Looking, network, stalled

Y = "firmware/acme/y.fw"
STOPPED = [{"source": "net", "result": "failed", "message":
            "stopped, because a trial had to end meanwhile: try again, it goes "
            "on from what was fetched"}]


def y(bench, number=None):
    """Is Y confirmed?"""
    c = bench.components().get(Y, {})
    return c.get("confirmed") and (number is None or
                                   c["sequenceNumber"] == number)


def by_client(bench, server, seq, method):
    network(bench, server, 30, f"[Component {Y}]\nHealth=manual\n")
    error, answer = bench.install(bench.author(b"y%d" % seq, seq, component=Y))
    assert not error, answer
    looking = Looking(bench, server)
    error, answer = bench.call(method, {"what": Y})
    looking.join(20)
    check(error is None and looking.found == STOPPED,
          f"{method} while something is fetched: that is stopped", error,
          answer, looking.found)


def by_time(bench, server, seq, text, works, number):
    there = bench.top / "works"
    there.unlink(missing_ok=True)
    network(bench, server, 30, f"[Component {Y}]\nHealth=command\n"
            f"Command=/usr/bin/test -e {there}\nDeadline=4\n")
    error, answer = bench.install(bench.author(b"y%d" % seq, seq, component=Y))
    assert not error, answer
    looking = Looking(bench, server)
    if works:
        there.touch()
    looking.join(20)
    check(looking.found == STOPPED and bench.wait_for(lambda: y(bench, number)),
          text, looking.found, bench.components(), bench.text())


def run(bench):
    make_certificates(bench.top)
    (bench.top / "ca.pem").chmod(0o644)
    server = Server(bench.top)
    stalled(bench, server, 1)
    by_client(bench, server, 1, "Confirm")
    check(y(bench, 1), "the trial is confirmed", bench.components())
    by_client(bench, server, 2, "Cancel")
    check(y(bench, 1) and bench.firmware("acme/y.fw") == b"y1",
          "the trial is taken back", bench.components())
    by_time(bench, server, 3, "its time is up: the old one is back", False, 1)
    by_time(bench, server, 4, "its time is up and it is healthy: it stays",
            True, 4)
