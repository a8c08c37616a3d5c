# SPDX-License-Identifier: GPL-2.0-or-later
"""What goes wrong without malice: somebody cancels, hangs up or stops the
daemon while it fetches or installs; folders, keys and servers are not as they
should be. It is said what and why, and nothing has changed."""

import base64
import json
import os
import pathlib
import signal
import threading

from helper import MANAGER, check, memory
from server import Server, make_certificates

X, Y = "firmware/acme/x.fw", "firmware/acme/y.fw"
BUSY = "an installation is running: try again when it is done"


def network(bench, server, stall, extra=""):
    bench.stop()
    bench.extra = (f"[Source net]\nUrl={server.url}/good/x.suit\n[Network]\n"
                   f"CaFile={bench.top}/ca.pem\nStallTimeout={stall}\n"
                   f"Retries=0\n" + extra)
    bench.start()


def stalled(bench, server, seq):
    """A release whose payload does not come."""
    server.files["x.fw"] = b"payload that does not come"
    server.files["x.suit"] = bench.author(
        server.files["x.fw"], seq, uri="../stall/x.fw",
        integrated=False).read_bytes()


class Looking(threading.Thread):
    """Asks for a look at the source, whose payload does not come."""

    def __init__(self, bench, server):
        super().__init__()
        self.bench, self.error, self.found = bench, "", []
        before = len(server.seen)
        self.start()
        assert bench.wait_for(lambda: any(
            path == "/stall/x.fw" for path, _ in server.seen[before:]))

    def run(self):
        try:
            self.error, answer = self.bench.call("Check")
            self.found = answer[0].get("found", [])
        except OSError as why:
            self.error = str(why)


def failed(bench, method, message, *parameters):
    error, answer = bench.call(method, *parameters)
    check(error == "Failed" and answer[0]["message"] == message,
          f"{method}: {message}", error, answer)


def canceled(bench, server):
    network(bench, server, 30, f"[Component {Y}]\nHealth=manual\n")
    error, answer = bench.install(bench.author(b"trial", 1, component=Y))
    assert not error, answer
    looking = Looking(bench, server)
    fd = memory(bench.author(b"two", 2).read_bytes())
    failed(bench, "Verify", BUSY, {"fileDescriptor": 0}, fd)
    failed(bench, "Install", "another installation is running: try again when "
           "it is done", {"fileDescriptor": 0}, fd)
    os.close(fd)
    error, _ = bench.call("Cancel")
    looking.join(20)
    check(error is None and looking.error is None and looking.found == [
        {"source": "net", "result": "failed", "message": "canceled"}],
          "Cancel ends it, and who asked for it hears that", error,
          looking.error, looking.found)
    check(bench.firmware() is None and
          bench.firmware("acme/y.fw") == b"trial" and
          not bench.components()[Y]["confirmed"],
          "nothing is in place, what is on trial still is")
    error, _ = bench.call("Confirm", {"what": Y})
    check(error is None and bench.components()[Y]["confirmed"],
          "and can be confirmed now", error)


def stopped(bench, server):
    stalled(bench, server, 3)
    network(bench, server, 30)
    looking = Looking(bench, server)
    bench.stop()
    looking.join(20)
    check(bench.code == 0 and "not installed: suitgated ends" in bench.text(),
          "it ends while it fetches", bench.code, bench.text())
    check(not any(f["result"] == "installed" for f in looking.found),
          "nobody hears that it is installed", looking.found)
    bench.start()
    newest = bench.call("ListReports")[1][0]["reports"][-1]
    check(bench.firmware() is None and newest["kind"] == "refused" and
          newest["result"] == "failed" and
          newest["facts"]["message"] == "suitgated ends",
          "and has a report of it", newest)


def stopped_late(bench):
    """While it is put into place: what becomes of it the next start says."""
    bench.stop()
    bench.extra = f"[Component {Y}]\nHealth=manual\n"
    bench.start()
    fd = memory(bench.author(b"late", 3, component=Y).read_bytes())
    with bench.connect() as s:
        bench.send(s, {"method": MANAGER + "Install", "more": True,
                       "parameters": {"fileDescriptor": 0}}, fd)
        heard = b""
        while b'"install"' not in heard:
            heard += s.recv(4096)
        pid = bench.daemon.pid
        child, = pathlib.Path(f"/proc/{pid}/task/{pid}/children"
                              ).read_text().split()
        os.kill(int(child), signal.SIGSTOP)
        bench.stop()
    os.close(fd)
    said = "suitgated ends: an installation is completed, or taken back, at " \
        "the next start\n"
    check(bench.code == 0 and said in bench.text(),
          "it ends while it installs", bench.code, bench.text())
    bench.start()
    newest = bench.call("ListReports")[1][0]["reports"][-1]
    check(newest["kind"] != "refused" or
          newest["facts"]["message"] != "suitgated ends",
          "nobody says that it was refused", newest)
    check(bench.firmware("acme/y.fw") in (b"late", b"trial"),
          "and there is one or the other", bench.text())
    if bench.firmware("acme/y.fw") == b"late":
        bench.call("Cancel", {"what": Y})
    bench.stop()


def n_reports(bench):
    return sum(r["count"] for r in bench.call("ListReports")[1][0]["reports"])


def hung_up(bench, server):
    """Nobody is there any more to hear the end of it."""
    def leave(method, fd=None):
        with bench.connect() as s:
            parameters = {} if fd is None else {"fileDescriptor": 0}
            bench.send(s, {"method": MANAGER + method,
                           "parameters": parameters}, fd)
            before = len(server.seen)
            assert bench.wait_for(lambda: any(
                path == "/stall/x.fw" for path, _ in server.seen[before:]))

    network(bench, server, 2)
    fd = memory(bench.author(b"payload that does not come", 4, uri=server.url +
                             "/stall/x.fw", integrated=False).read_bytes())
    for method, at in (("Install", fd), ("Check", None)):
        before = n_reports(bench)
        leave(method, at)
        there = bench.wait_for(lambda: n_reports(bench) > before)
        check(there and bench.firmware() is None,
              f"{method}, and the client is gone: it is over all the same",
              bench.text())
    os.close(fd)
    # the source may be looked at once more by itself
    three = bench.author(b"three", 5)
    check(bench.wait_for(lambda: bench.install(three)[0] is None) and
          bench.confirmed() and bench.firmware() == b"three",
          "the next can install", bench.text())


def folders(bench):
    source = bench.top / "src"

    def look(text, folder, *want):
        bench.stop()
        bench.extra = (f"[Source disk]\nDirectory={folder}\n"
                       "[Network]\nMaxManifest=64K\n")
        bench.start()
        error, answer = bench.call("Check")
        found = [(f["result"], f["message"]) for f in answer[0]["found"]]
        check(error is None and found == list(want), text, error, found)

    look("a folder that is not there", bench.top / "nowhere",
         ("failed", f"cannot read {bench.top}/nowhere: No such file or "
                    "directory"))
    os.symlink(bench.top / "nowhere", source / "a.suit")
    (source / "b.suit").write_bytes(bytes(1 << 20))
    (source / "c.suit").write_bytes(bench.author(b"four", 6).read_bytes())
    look("what cannot be read is no harm to the rest", source,
         ("failed", f"cannot open {source}/a.suit: No such file or directory"),
         ("failed", f"{source}/b.suit has 1048576 bytes, at most 65536 are "
                    "expected"),
         ("installed", ""))
    check(bench.confirmed() and bench.firmware() == b"four",
          "which is installed", bench.text())
    for number in range(4094):
        (source / f"{number}.suit").touch()
    look("a folder of too many manifests", source,
         ("failed", f"{source} has more than 4096 manifests"))


def spool(bench, server):
    """A server that was ill for longer than the spool is."""
    def started(extra):
        bench.stop()
        bench.extra = (f"[Network]\nCaFile={bench.top}/ca.pem\nRetries=0\n"
                       f"[Report]\nUrl={server.url}/reports\n{extra}")
        bench.start()

    bench.stop()
    # nothing was reported before
    for path in (bench.top / "var").glob("suitgated.db*"):
        path.unlink()
    server.posted.clear()
    server.accepted.clear()
    server.ill = True
    started("")
    for seq in range(7, 12):
        bench.install(bench.author(b"release %d" % seq, seq))
        assert bench.confirmed()
    check(bench.wait_for(lambda: "report 1 is not sent: " in bench.text()),
          "a report is not sent: it is said", bench.text())
    server.ill = False
    started("Spool=2\n")
    check(bench.wait_for(lambda: len(server.accepted) == 2),
          "the newest are sent", len(server.accepted))
    reports = bench.call("ListReports")[1][0]["reports"]
    wanted = [base64.b64decode(reports[-2]["facts"]["suitReport"]),
              json.dumps(reports[-1], separators=(",", ":")).encode()]
    check(server.accepted == wanted and
          [r["number"] for r in reports] == list(range(1, 11)),
          "the others are not, and not forgotten", server.accepted, reports)


def public_key(bench):
    """It is needed to read the floors."""
    bench.stop()
    bench.extra = ""
    public = bench.top / "etc/device.pub"
    before = public.read_bytes()
    public.unlink()
    bench.start()
    check(bench.daemon.poll() is None and public.read_bytes() == before,
          "the device's public key is lost: it is made again", bench.text())
    public.unlink()
    error, answer = bench.install(bench.author(b"twelve", 12))
    check(error is None and bench.confirmed() and
          public.read_bytes() == before,
          "while it installs too", error, answer, bench.text())


def no_key(bench):
    """Nothing can be signed: that is no reason not to install."""
    bench.stop()
    bench.extra = ""
    (bench.top / "etc/device.pem").write_text("no key")
    bench.start()
    error, answer = bench.install(bench.author(b"thirteen", 13))
    check(error is None and bench.firmware() == b"thirteen",
          "the device's key is damaged: it installs", error, answer)
    check("there is no report: " in bench.text() and "device.pem" in
          bench.text(), "and says that there is no signed report",
          bench.text())
    newest = [r for r in bench.call("ListReports")[1][0]["reports"]
              if r["kind"] == "install"][-1]
    check("suitReport" not in newest["facts"] and
          newest["facts"]["sequenceNumber"] == 13,
          "there is one that is not", newest)


def refused(bench):
    """Verify says what Install would."""
    for data, code in ((bench.author(b"old", 1).read_bytes(),
                        "sequence-number-below-floor"),
                       (b"\x00" * 100, "cbor-wrong-type")):
        fd = memory(data)
        error, answer = bench.call("Verify", {"fileDescriptor": 0}, fd)
        os.close(fd)
        check(error == "Refused" and answer[0]["code"] == code,
              f"Verify: {code}", error, json.dumps(answer))


def run(bench):
    make_certificates(bench.top)
    (bench.top / "ca.pem").chmod(0o644)
    server = Server(bench.top)
    stalled(bench, server, 2)
    canceled(bench, server)
    stopped_late(bench)
    stopped(bench, server)
    hung_up(bench, server)
    folders(bench)
    spool(bench, server)
    public_key(bench)
    no_key(bench)
    refused(bench)
