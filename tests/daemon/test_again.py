# SPDX-License-Identifier: GPL-2.0-or-later
"""A release that failed is not installed by itself again."""

from helper import check, suitctl

X = "firmware/acme/x.fw"


def look(bench):
    error, answer = bench.call("Check")
    assert not error, answer
    return [(f["result"], f["message"]) for f in answer[0]["found"]]


def left_alone(bench):
    source, works = bench.top / "src", bench.top / "works"
    bench.extra = (f"[Source disk]\nDirectory={source}\n[Component {X}]\n"
                   f"Health=command\nCommand=/usr/bin/test -e {works}\n"
                   "Deadline=1\n")
    works.touch()
    bench.start()
    error, _ = bench.install(bench.author(b"one", 1))
    assert not error and bench.confirmed()
    works.unlink()
    two = bench.author(b"two", 2, version="2.0.0")
    (source / "x-2.suit").write_bytes(two.read_bytes())
    found = look(bench)
    check(found == [("installed", "2.0.0")], "a source has a new release",
          found)
    check(bench.wait_for(lambda: bench.components()[X]["confirmed"]) and
          bench.firmware() == b"one", "it does not work: the old one is back",
          bench.text())
    why = ("version 2.0.0 was taken back: it did not become healthy in time; "
           "suitctl install installs it again")
    for text in "it is left alone", "and again":
        found = look(bench)
        check(found == [("unchanged", why)] and bench.firmware() == b"one",
              text, found)
    check(bench.text().count("left alone: " + why) == 1, "why is logged once",
          bench.text())
    bench.stop()
    bench.start()
    found = look(bench)
    check(found == [("unchanged", why)] and bench.firmware() == b"one",
          "after another start too", found)
    works.touch()
    done = suitctl("install", "--socket", bench.socket, two)
    check(done.returncode == 0 and bench.confirmed() and
          bench.firmware() == b"two", "suitctl install installs it",
          done.stderr)
    found = look(bench)
    check(found == [("unchanged", "")], "then it is what is installed", found)


def run(bench):
    left_alone(bench)
