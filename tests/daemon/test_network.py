# SPDX-License-Identifier: GPL-2.0-or-later
"""Sources: a folder, and a server that does not always mean well."""

import base64
import json
import pathlib
import uuid

from helper import check, suitctl
from server import Server, make_certificates

X = "firmware/acme/x.fw"
NETWORK = ("[Network]\nCaFile={0}/ca.pem\nStallTimeout=2\nRetries={1}\n"
           "MaxManifest=64K\n")


def look(bench, text, *want):
    """What comes of a look at the only source."""
    error, answer = bench.call("Check")
    found = answer[0].get("found", [{}]) if not error else [{}]
    results = [f.get("result") for f in found]
    check(error is None and results == list(want), text, error, found,
          bench.text())
    return found[-1].get("message", "")


def folder(bench):
    source = bench.top / "src"
    bench.extra = f"[Source disk]\nDirectory={source}\n"
    (source / "x-1.suit").write_bytes(bench.author(b"one", 1).read_bytes())
    (source / "x-2.suit").write_bytes(
        bench.author(b"two", 2, uri="x-2.fw", integrated=False).read_bytes())
    (source / "x-2.fw").write_bytes(b"two")
    bench.start()
    bench.call("Check")
    bench.wait_for(bench.confirmed)
    bench.call("Check")
    check(bench.confirmed() and bench.firmware() == b"two",
          "the newest of a folder, its payload beside it", bench.text())
    (source / "x-3.suit").write_bytes(
        bench.author(b"root", 3, uri="../secret", integrated=False)
        .read_bytes())
    (bench.top / "secret").write_bytes(b"root")
    bench.call("Check")
    check(bench.firmware() == b"two", "a payload outside of the folder")
    (source / "x-3.suit").unlink()
    look(bench, "old ones in a folder are no news", "unchanged", "unchanged")
    kinds = [r["kind"] for r in bench.call("ListReports")[1][0]["reports"]]
    check(kinds.count("refused") == 1, "and not reported", kinds)
    bench.clear()


def source(bench, server, path, retries=0, extra=""):
    bench.stop()
    bench.extra = (f"[Source net]\nUrl={server.url}/{path}\n" +
                   NETWORK.format(bench.top, retries) + extra)
    bench.start()


def manifests(bench, server):
    server.files["x.suit"] = bench.author(b"one", 1).read_bytes()
    source(bench, server, "good/x.suit")
    look(bench, "a manifest over HTTPS", "installed")
    check(bench.confirmed() and bench.firmware() == b"one", "it is in place")
    look(bench, "the same again", "unchanged")
    look(bench, "and again", "unchanged")
    check("If-None-Match" in server.seen[-1][1],
          "with the tag of what is known", server.seen[-1])
    server.files["x.suit"] = bench.author(b"two", 2).read_bytes()
    for path, words in (("stall", ""), ("truncate", ""),
                        ("endless", "more than 65536 bytes"),
                        ("plain", "redirects to http:"),
                        ("file", "redirects to"),
                        ("away", "neither the same server"),
                        ("loop", "more than 5 times"),
                        ("missing", "404"), ("nothttp", "")):
        source(bench, server, path + "/x.suit")
        message = look(bench, f"a manifest, {path}", "failed")
        check(words in message and bench.firmware() == b"one",
              f"{path}: said so, nothing has changed", message)
    source(bench, server, "garbage/x.suit")
    look(bench, "a manifest, garbage", "refused")
    check(bench.firmware() == b"one", "garbage: nothing has changed")
    source(bench, server, "same/x.suit")
    look(bench, "a redirection to the same server", "installed")
    check(bench.confirmed() and bench.firmware() == b"two", "is followed")


def payloads(bench, server):
    def release(seq, uri, payload=b"payload of a release"):
        server.files["x.fw"] = payload
        server.files["x.suit"] = bench.author(
            payload, seq, uri=uri, integrated=False).read_bytes()

    before = bench.firmware()
    for path in ("stall", "truncate", "endless", "plain", "file", "away",
                 "loop", "missing", "nothttp"):
        release(5, f"../{path}/x.fw")
        source(bench, server, "good/x.suit")
        look(bench, f"a payload, {path}", "failed")
        check(bench.firmware() == before, f"{path}: nothing has changed")
    release(5, "../garbage/x.fw")
    source(bench, server, "good/x.suit")
    error, answer = bench.call("Check")
    check(bench.firmware() == before and
          answer[0]["found"][0]["result"] in ("refused", "failed"),
          "a payload, garbage", error, answer)
    server.files["x.fw"] = b"payload of A release"
    server.files["x.suit"] = bench.author(
        b"payload of a release", 5, uri="x.fw", integrated=False).read_bytes()
    source(bench, server, "good/x.suit")
    look(bench, "a payload that is another", "refused")
    for seq, path, retries in ((5, "good", 0), (6, "resume", 2),
                               (7, "changed", 2), (8, "flaky", 3)):
        release(seq, f"../{path}/x.fw", b"payload number %d" % seq)
        source(bench, server, "good/x.suit", retries)
        look(bench, f"a payload, {path}", "installed")
        check(bench.confirmed() and
              bench.firmware() == b"payload number %d" % seq,
              f"{path}: it is in place", bench.text())


def strangers(bench, server, plain):
    server.elsewhere = plain.elsewhere = ""
    server.files["x.suit"] = bench.author(b"eleven", 11).read_bytes()
    plain.files = server.files
    bench.stop()
    bench.extra = f"[Source net]\nUrl={server.url}/good/x.suit\n" \
        "[Network]\nRetries=0\n"
    bench.start()
    message = look(bench, "a certificate of nobody", "failed")
    check("certificate" in message, "it says so", message)
    bench.stop()
    bench.extra = f"[Source net]\nUrl={plain.url}/good/x.suit\n"
    bench.start()
    check(bench.code == 0 and bench.daemon.poll() == 2,
          "http is refused in the configuration", bench.text())
    bench.stop(0)
    bench.extra += "[Network]\nAllowHttp=yes\n"
    bench.start()
    look(bench, "unless it is allowed", "installed")
    check(bench.confirmed(), "and is installed")


def listed(bench, server, other):
    server.elsewhere = other.url
    server.files["x.suit"] = bench.author(b"ten", 10).read_bytes()
    other.files = server.files
    source(bench, server, "away/x.suit", 0, "RedirectHosts=localhost\n")
    look(bench, "a redirection to a host that is listed", "installed")
    check(bench.confirmed() and bench.firmware() == b"ten", "is followed")


def reports(bench, server):
    server.ill = True
    bench.stop()
    bench.extra = NETWORK.format(bench.top, 0) + \
        f"[Report]\nUrl={server.url}/reports\n"
    bench.start()
    check(bench.wait_for(lambda: len(server.posted) == 1),
          "a report is sent", server.posted)
    kind, body = server.posted[0]
    check(kind == "application/suit-report+cose", "of its media type", kind)
    report = bench.top / "report"
    report.write_bytes(body)
    done = suitctl("report", "verify", "--trust",
                   bench.top / "etc/device.pub", report)
    check(done.returncode == 0, "signed by the device", done.stdout,
          done.stderr)
    secret(bench, server)
    token(bench)
    server.ill = False
    bench.stop()
    total = len(bench_reports(bench))
    check(bench.wait_for(lambda: len(set(server.accepted)) == total) and
          len(server.accepted) == total,
          "all are, once each, when the server is well again",
          len(server.accepted), total)
    kinds = {kind for kind, _ in server.posted}
    check({"application/suit-report+cose", "application/eat+cwt"} <= kinds,
          "each of its media type", kinds)


def secret(bench, server):
    """Reports that only the operator can read."""
    suitctl("keygen", "--alg", "ecdh-es-a128kw", "-o", bench.top / "op.pem",
            expect=0)
    bench.stop()
    bench.extra += f"Reader={bench.top}/op.pub\n"
    bench.start()
    bench.install(bench.author(b"secret", 1))
    reports = bench.call("ListReports")[1][0]["reports"]
    newest = max(reports, key=lambda r: r["number"])
    report = bench.top / "secret"
    report.write_bytes(base64.b64decode(newest["facts"]["suitReport"]))
    words = ["report", "verify", "--trust", bench.top / "etc/device.pub"]
    done = suitctl(*words, report)
    check(done.returncode == 1 and "report-encrypted" in done.stderr,
          "an encrypted report is not readable", done.stderr)
    done = suitctl(*words, "--decrypt", bench.top / "op.pem", report)
    check(done.returncode == 0, "the operator can", done.stdout, done.stderr)


def token(bench):
    """The same, in a token that says more of this machine."""
    bench.stop()
    bench.extra += "Form=eat\n"
    vendor = uuid.uuid5(uuid.NAMESPACE_DNS, "acme.example")
    me = uuid.uuid4()
    (bench.top / "etc/identity").write_text(
        f"vendor=acme.example\nclass=gateway-2\ndevice={me}\n")
    bench.start()
    bench.install(bench.author(b"token", 20))
    reports = bench.call("ListReports")[1][0]["reports"]
    newest = [r for r in reports if "eat" in r["facts"]][-1]
    check("suitReport" not in newest["facts"], "a token is no report")
    report = bench.top / "token"
    report.write_bytes(base64.b64decode(newest["facts"]["eat"]))
    words = ["report", "verify", "--json", "--trust",
             bench.top / "etc/device.pub"]
    done = suitctl(*words, report)
    check(done.returncode == 1 and "report-encrypted" in done.stderr,
          "an encrypted token is not readable", done.stderr)
    done = suitctl(*words, "--decrypt", bench.top / "op.pem", report)
    check(done.returncode == 0, "the operator can", done.stdout, done.stderr)
    said = json.loads(done.stdout)
    boot = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text()
    check(said["token"]["bootseed"] == boot.strip().replace("-", ""),
          "a token has the boot", said["token"])
    check(said["token"]["oemid"] == vendor.hex and
          said["token"]["hwmodel"] == uuid.uuid5(vendor, "gateway-2").hex and
          said["token"]["sueids"]["map"] ==
          [["suitgate", {"hex": "01" + me.hex}]],
          "and which device it is", said["token"])
    check("submods" not in said["token"], "and no gate", said["token"])
    check(said["result"] is True and
          said["reference"]["digest"]["value"] == newest["subject"],
          "and the report", said)
    (bench.top / "etc/identity").unlink()


def bench_reports(bench):
    bench.start()
    return bench.call("ListReports")[1][0]["reports"]


def run(bench):
    make_certificates(bench.top)
    for name in ("ca.pem",):
        (bench.top / name).chmod(0o644)
    server, other = Server(bench.top), Server(bench.top)
    plain = Server(bench.top, secure=False)
    server.elsewhere = other.url
    folder(bench)
    manifests(bench, server)
    payloads(bench, server)
    listed(bench, server, other)
    strangers(bench, server, plain)
    reports(bench, server)
