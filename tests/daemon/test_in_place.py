# SPDX-License-Identifier: GPL-2.0-or-later
"""The bytes of a release are there already, but not from its manifest: that is
installed, for the gate and for the floor."""

import os

from helper import check
from test_dependency import POLICY, create

X, Y = "firmware/acme/x.fw", "firmware/acme/y.fw"


def is_release(bench, text, envelope, number, name=X):
    error, answers = bench.install(envelope)
    confirmed = bench.confirmed(name)
    has = bench.components().get(name, {})
    check(error is None and confirmed and
          has["sequenceNumber"] == has["floor"] == number and
          has["manifest"] == answers[-1]["manifest"] and
          os.listdir(bench.top / "var/manifests") ==
          [has["manifest"] + ".suit"], text, error, answers, has,
          bench.text())


def two(bench, seq, x, y):
    """A release of two files."""
    wanted, commands = [], []
    for i, content in enumerate((x, y)):
        path = bench.top / f"two-{seq}-{i}"
        path.write_bytes(content)
        index = {"directive-set-component-index": i}
        wanted += [index, {"directive-override-parameters": {
            "image-digest": {"file": str(path)}, "image-size": len(content)}}]
        commands += [index, {"directive-override-parameters":
                             {"uri": f"#{i}"}}, {"directive-fetch": POLICY},
                     {"condition-image-match": POLICY}]
    return create(bench, f"two-{seq}", {
        "manifest": {
            "version": 1, "sequence-number": seq, "common": {
                "components": [X, Y], "shared-sequence": wanted},
            "validate": [{"directive-set-component-index": True},
                         {"condition-image-match": POLICY}],
            "install": commands},
        "payloads": {f"#{i}": {"file": str(bench.top / f"two-{seq}-{i}")}
                     for i in range(2)}})


def run(bench):
    (bench.top / "fw/acme").mkdir()
    (bench.top / "fw/acme/x.fw").write_bytes(b"of the distribution")
    bench.extra = f"[Component {X}]\nHealth=manual\n"
    bench.start()
    one = bench.author(b"of the distribution", 1)
    is_release(bench, "a file that came otherwise gets its manifest", one, 1)
    newer = bench.author(b"of the distribution", 2)
    is_release(bench, "the same bytes with a newer manifest", newer, 2)
    error, answer = bench.install(one)
    check(error == "Refused" and answer[0]["code"] ==
          "sequence-number-below-floor", "the older one is refused", error)
    n = len(bench.call("ListReports")[1][0]["reports"])
    is_release(bench, "the same manifest again", newer, 2)
    check(len(bench.call("ListReports")[1][0]["reports"]) == n + 1,
          "changes nothing")
    is_release(bench, "of two files one is new: both have its manifest",
               two(bench, 3, b"of the distribution", b"y"), 3, Y)
    has = bench.components()[X]
    check(has["sequenceNumber"] == 3 and has["confirmed"],
          "what has its bytes already needs nobody's confirmation", has)
