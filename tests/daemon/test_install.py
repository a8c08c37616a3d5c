# SPDX-License-Identifier: GPL-2.0-or-later
"""What is installed, what is refused, and what is left behind."""

import os
import pathlib
import subprocess

from helper import check, memory, suitctl

INTERFACE = pathlib.Path("userspace/data/varlink/io.suitgate.Manager.varlink")

X = "firmware/acme/x.fw"


def refused(bench, envelope, code, text, words=""):
    before = bench.firmware()
    error, answer = bench.install(envelope)
    check(error == "Refused" and answer[0]["code"] == code and
          words in answer[0]["message"] and bench.firmware() == before,
          text, error, answer)


def as_anybody(bench):
    envelope = bench.author(b"nine", 9)
    fd = memory(envelope.read_bytes())
    for method, parameters in (("Install", {"fileDescriptor": 0}),
                               ("Confirm", {}), ("Cancel", {}), ("Check", {})):
        error, _ = bench.call(method, parameters, fd, uid=65534)
        check(error == "PermissionDenied", f"nobody cannot {method}", error)
    for method, parameters in (("ListComponents", {}), ("Status", {}),
                               ("ListReports", {}),
                               ("GetReport", {"number": 1})):
        error, _ = bench.call(method, parameters, uid=65534)
        check(error is None, f"nobody can {method}", error)
    error, answer = bench.call("Verify", {"fileDescriptor": 0}, fd, uid=65534)
    check(error is None and answer[0]["sequenceNumber"] == 9,
          "nobody can Verify", error, answer)
    os.close(fd)
    check(bench.firmware() == b"two" and bench.components()[X]["version"] ==
          "2.0.0", "nothing has changed")


def unsealed(bench):
    data = bench.author(b"nine", 9).read_bytes()
    for seals, text in ((0, "no seals"), (0x2 | 0x4, "it can be written"),
                        (0x8 | 0x2, "it can grow"),
                        (0x8 | 0x4, "it can shrink")):
        fd = memory(data, seals)
        error, _ = bench.call("Install", {"fileDescriptor": 0}, fd)
        check(error == "NotSealed", "refused: " + text, error)
        os.close(fd)
    fd = os.open("/dev/null", os.O_RDONLY)
    error, _ = bench.call("Install", {"fileDescriptor": 0}, fd)
    check(error == "NotSealed", "refused: not a memfd", error)
    os.close(fd)
    error, _ = bench.call("Install", {"fileDescriptor": 0})
    check(error == "NotSealed", "refused: no file descriptor", error)
    error, _ = bench.call("Install", {"fileDescriptor": -1})
    check(error is not None, "refused: a descriptor below 0", error)


def rollback(bench):
    refused(bench, bench.author(b"one", 1, version="1.0.0"),
            "sequence-number-below-floor", "an older release",
            "2 or newer is needed")
    refused(bench, bench.author(b"another two", 2),
            "sequence-number-reused", "another release of the same number")
    refused(bench, bench.author(b"other", 9, key="other"),
            "component-owned-by-other-authority", "another vendor")
    refused(bench, bench.author(b"base", 9, key="base"),
            "component-owned-by-other-authority", "a baseline over a vendor")
    refused(bench, bench.author(b"huge", 2 ** 63), "sequence-number-jump",
            "a number after which none can come")


def forged(bench):
    refused(bench, bench.author(b"evil", 9, key="stranger"), "signature-invalid",
            "a key that nobody trusts")
    refused(bench, bench.author(b"evil", 9, component="firmware/else/x.fw"),
            "authority-not-entitled", "a folder of somebody else")
    data = bytearray(bench.author(b"payload-of-nine", 9).read_bytes())
    at = data.index(b"payload-of-nine")
    data[at] ^= 1
    refused(bench, bytes(data), "image-mismatch", "a tampered payload")
    data = bytearray(bench.author(b"payload-of-nine", 9).read_bytes())
    data[200] ^= 1
    error, _ = bench.install(bytes(data))
    check(error == "Refused" and bench.firmware() == b"two",
          "a tampered manifest", error)
    error, _ = bench.install(b"")
    check(error == "Refused", "an empty one", error)
    error, _ = bench.install(os.urandom(1000))
    check(error == "Refused", "garbage", error)


def supersede(bench):
    name = "acme/base.fw"
    component = "firmware/" + name
    bench.install(bench.author(b"blessed", 5, "base", component))
    check(bench.confirmed(component), "a baseline is installed")
    error, _ = bench.install(bench.author(b"vendor", 1, "acme", component))
    check(error is None and bench.confirmed(component) and
          bench.firmware(name) == b"vendor",
          "a vendor takes over from a baseline", error)
    error, _ = bench.install(bench.author(b"blessed", 9, "base", component))
    check(error == "Refused", "for good", error)


def watched(bench):
    """As nobody: a list at once, and again after each change."""
    path = bench.top / "watched"
    with open(path, "wb") as out, subprocess.Popen(
            ["suitctl", "watch", "--json", "--socket", bench.socket],
            stdout=out, user=65534) as watch:
        seen = bench.wait_for(lambda: b'"2.0.0"' in path.read_bytes())
        bench.install(bench.author(b"two and a half", 3, version="2.5.0"))
        seen &= bench.wait_for(lambda: b'"2.5.0"' in path.read_bytes())
        watch.terminate()
    check(seen and bench.confirmed(), "nobody can watch what changes",
          path.read_bytes())


def interface(bench):
    done = subprocess.run(["varlinkctl", "introspect", f"unix:{bench.socket}",
                           "io.suitgate.Manager"], capture_output=True,
                          text=True, check=False)
    check(done.returncode == 0 and done.stdout == INTERFACE.read_text(),
          "varlinkctl introspect gives the interface that is installed",
          done.stdout, done.stderr)


def command_line(bench):
    socket = ["--socket", bench.socket]
    done = suitctl("install", *socket, bench.author(b"three", 4,
                                                    version="3.0.0"))
    check(done.returncode == 0 and "version 3.0.0" in done.stdout,
          "suitctl install", done.stdout, done.stderr)
    check(bench.confirmed(), "it is confirmed")
    done = suitctl("install", *socket, bench.author(b"two", 2))
    check(done.returncode == 1 and "4 or newer" in done.stderr,
          "suitctl install of an old one", done.stderr)
    done = suitctl("status", "--daemon", *socket)
    check(done.returncode == 0 and "3.0.0" in done.stdout and
          "without a gate" in done.stdout, "suitctl status --daemon",
          done.stdout, done.stderr)
    done = suitctl("reports", *socket)
    check(done.returncode == 0 and "sequence-number-below-floor" in done.stdout,
          "suitctl reports", done.stdout, done.stderr)
    done = suitctl("reports", "--json", *socket, "1")
    check(done.returncode == 0 and '"install"' in done.stdout,
          "suitctl reports 1", done.stdout, done.stderr)
    done = suitctl("confirm", *socket)
    check(done.returncode == 2 and "nothing is on trial" in done.stderr,
          "suitctl confirm of nothing", done.stderr)
    done = suitctl("check", *socket)
    check(done.returncode == 0 and "no source" in done.stdout,
          "suitctl check", done.stdout, done.stderr)
    done = suitctl("install", "--socket", "/nonexistent", "/dev/null")
    check(done.returncode == 2, "suitctl without a daemon", done.stderr)


def run(bench):
    bench.start()
    error, answers = bench.install(bench.author(b"two", 2, version="2.0.0"),
                                   more=True)
    check(error is None and answers[0].get("step") == "verify" and
          answers[-1].get("version") == "2.0.0",
          "an integrated release is installed, with progress", error, answers)
    check(bench.firmware() == b"two", "the file is in its place")
    check(bench.confirmed(), "and confirmed")
    rollback(bench)
    forged(bench)
    unsealed(bench)
    as_anybody(bench)
    supersede(bench)
    bench.stop()
    check(bench.code == 0, "it ends when asked to")
    bench.start()
    check(bench.components()[X]["sequenceNumber"] == 2, "it remembers")
    refused(bench, bench.author(b"one", 1), "sequence-number-below-floor",
            "and refuses the old one still")
    interface(bench)
    watched(bench)
    command_line(bench)
    names = os.listdir(bench.top / "fw/acme")
    check(sorted(names) == ["base.fw", "x.fw"], "nothing is left over", names)
    check(len(os.listdir(bench.top / "var/manifests")) == 2,
          "one manifest of each is kept", os.listdir(bench.top /
                                                     "var/manifests"))
