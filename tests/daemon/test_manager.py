# SPDX-License-Identifier: GPL-2.0-or-later
"""The program and its clients: options, reload, subscriptions, what is asked
for and is not there, health that a command tells."""

import json
import os
import signal
import socket
import subprocess

import helper
from helper import MANAGER, check

X = "firmware/acme/x.fw"


def options(bench):
    def program(*words):
        return subprocess.run([helper.SUITGATED, *words], capture_output=True,
                              text=True, timeout=60)

    bench.extra = "[Source a]\nDirectory=/nowhere\n"
    bench.configure()
    path = str(bench.top / "suitgated.conf")
    for words, code, said in (
            (["--help"], 0, "Usage: suitgated"), (["--version"], 0, "suitgated "),
            (["--nonsense"], 2, "Try: suitgated --help"),
            (["word"], 2, "Try: suitgated --help"),
            (["--check", "--config", path], 0, "good, 1 sources, 0 components")):
        done = program(*words)
        check(done.returncode == code and said in done.stdout + done.stderr,
              f"suitgated {words[0]}", done)
    bench.extra = "[]\n"
    bench.configure()
    done = program("--config", path)
    check(done.returncode == 2 and "7: expected [SECTION]" in done.stderr,
          "a configuration that is wrong", done)
    bench.extra = ""


def reload(bench):
    bench.extra = ""
    # as under systemd, whose journal takes the number for the priority
    bench.start(JOURNAL_STREAM="8:1")
    for extra, words, sources in (
            (f"[Source a]\nDirectory={bench.top}/src\nInterval=1h\n",
             "<6>the configuration was read again", 1),
            ("[Nonsense]\n", "<3>the old configuration stays", 1)):
        bench.extra = extra
        bench.configure()
        bench.daemon.send_signal(signal.SIGHUP)
        there = bench.wait_for(lambda: words in bench.text())
        check(there and bench.call("Status")[1][0]["sources"] == sources,
              "reload: " + words[3:], bench.text())
    bench.stop()
    bench.extra = ""


def subscribe(bench):
    bench.start()
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(30)
        s.connect(str(bench.socket))
        call = {"method": MANAGER + "Subscribe", "parameters": {}, "more": True}
        s.sendall(json.dumps(call).encode() + b"\0")
        check(b'"changed":false' in s.recv(4096), "Subscribe answers at once")
        bench.install(bench.author(b"one", 1))
        check(b'"changed":true' in s.recv(4096), "and when something changed")
    bench.install(bench.author(b"two", 2))
    check(bench.firmware() == b"two", "one that went away is no harm")
    error, _ = bench.call("Subscribe")
    check(error == "org.varlink.service.ExpectedMore",
          "Subscribe without more", error)


def not_there(bench):
    error, _ = bench.call("GetReport", {"number": 4711})
    check(error == "NotFound", "GetReport of another", error)
    error, _ = bench.call("GetReport", {"number": -1})
    check(error == "NotFound", "GetReport of none", error)
    error, _ = bench.call("Cancel")
    check(error == "NotFound", "Cancel of nothing", error)
    error, _ = bench.call("Status", {"surplus": 1})
    check(error == "org.varlink.service.InvalidParameter",
          "Status with a parameter", error)
    bench.stop()
    bench.extra = "[Network]\nMaxManifest=1024\n"
    bench.start()
    fd = helper.memory(bytes(1025))
    error, answer = bench.call("Verify", {"fileDescriptor": 0}, fd)
    os.close(fd)
    check(error == "Failed" and "more than 1024 bytes" in answer[0]["message"],
          "a manifest that is too long", error, answer)
    bench.stop()


def command(bench):
    well = bench.top / "well"
    bench.extra = (f"[Component {X}]\nHealth=command\nDeadline=1h\n"
                   f"Command=/usr/bin/test -e {well}\n")
    bench.start()
    bench.install(bench.author(b"three", 3))
    check(not bench.wait_for(
        lambda: bench.components()[X]["confirmed"], 2), "a command says no")
    well.touch()
    check(bench.confirmed(), "then yes: it is confirmed", bench.text())
    bench.stop()
    bench.extra = ""


def run(bench):
    options(bench)
    reload(bench)
    subscribe(bench)
    not_there(bench)
    command(bench)
