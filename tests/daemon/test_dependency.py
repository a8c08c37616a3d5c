# SPDX-License-Identifier: GPL-2.0-or-later
"""A release of several manifests: every one of them has its floor."""

import json
import sqlite3

from helper import check, suitctl

LEAF, ROOT, FILE = "manifest/acme/leaf", "manifest/acme/root", "firmware/acme/x.fw"
POLICY = 15


def create(bench, name, spec):
    path, out = bench.top / f"{name}.json", bench.top / f"{name}.suit"
    path.write_text(json.dumps(spec))
    suitctl("create", "--from", path, "-k", bench.top / "acme.pem", "-o", out,
            expect=0)
    return out


def leaf(bench, seq, content):
    """Installs @content, which it brings along."""
    payload = bench.top / f"leaf-{seq}.fw"
    payload.write_bytes(content)
    wanted = {"image-digest": {"file": str(payload)},
              "image-size": len(content)}
    return create(bench, f"leaf-{seq}", {
        "manifest": {
            "version": 1, "sequence-number": seq, "component-id": LEAF,
            "common": {"components": [FILE], "shared-sequence": [
                {"directive-override-parameters": wanted}]},
            "validate": [{"condition-image-match": POLICY}],
            "install": [{"directive-override-parameters": {"uri": "#fw"}},
                        {"directive-fetch": POLICY},
                        {"condition-image-match": POLICY}]},
        "payloads": {"#fw": {"file": str(payload)}}})


def root(bench, seq, dependency):
    """Depends on @dependency, which it brings along."""
    process = [{"condition-dependency-integrity": POLICY},
               {"directive-process-dependency": POLICY}]
    return create(bench, f"root-{seq}", {
        "manifest": {
            "version": 1, "sequence-number": seq, "component-id": ROOT,
            "common": {"dependencies": {"0": {}}, "components": [LEAF],
                       "shared-sequence": [{"directive-override-parameters": {
                           "image-digest": {"envelope": str(dependency)}}}]},
            "validate": process,
            "dependency-resolution": [
                {"directive-override-parameters": {"uri": "#leaf"}},
                {"directive-fetch": POLICY},
                {"condition-image-match": POLICY}, *process],
            "install": process},
        "payloads": {"#leaf": {"file": str(dependency)}}})


def below(bench, envelope, text):
    error, answer = bench.install(envelope)
    check(error == "Refused" and
          answer[0]["code"] == "sequence-number-below-floor" and
          bench.firmware() == b"four", text, error, answer)


def repaired(bench, envelope):
    """Only the firmware is new: the root brings none of it itself."""
    error, answers = bench.install(envelope)
    assert not error and bench.confirmed(), answers
    bench.stop()
    bench.extra = f"[Component {FILE}]\nHealth=manual\n"
    bench.start()
    (bench.top / "fw/acme/x.fw").write_bytes(b"damaged")
    error, answers = bench.install(envelope)
    assert not error and bench.firmware() == b"six", answers
    bench.stop()
    bench.start()
    check(not bench.components()[FILE]["confirmed"],
          "what was damaged is on trial, after a restart too")
    error, answer = bench.call("Confirm", {"what": answers[-1]["manifest"]})
    check(error is None and bench.components()[FILE]["confirmed"],
          "it is confirmed by the digest of its root", error, answer)


def run(bench):
    suitctl("trust", "add", "--store", bench.top / "etc/trust.d", "--offline",
            "--authority", "acme", "--role", "vendor", "--prefix",
            "firmware/acme", "--prefix", "manifest/acme", bench.top / "acme.pub",
            expect=0)
    bench.start()
    error, answers = bench.install(root(bench, 7, leaf(bench, 4, b"four")))
    check(error is None and bench.confirmed(), "a release of two manifests",
          error, answers)
    with sqlite3.connect(bench.top / "var/suitgated.db") as db:
        floors = sorted(n for n, in db.execute("SELECT sequence FROM floor"))
    check(floors == [4, 7], "both floors are raised", floors)
    below(bench, root(bench, 6, leaf(bench, 5, b"five")), "its root, older")
    below(bench, leaf(bench, 3, b"three"), "what it depends on, older")
    below(bench, root(bench, 8, leaf(bench, 3, b"three")),
          "what a newer one depends on, older")
    error, answers = bench.install(leaf(bench, 5, b"five"))
    check(error is None and bench.confirmed() and bench.firmware() == b"five",
          "what it depends on, newer", error, answers)
    repaired(bench, root(bench, 9, leaf(bench, 6, b"six")))
