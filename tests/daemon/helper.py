# SPDX-License-Identifier: GPL-2.0-or-later
"""A daemon on folders of its own, a client that can misbehave, and TAP."""

import array
import fcntl
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TREE = pathlib.Path(__file__).resolve().parents[2]
# other ones to test, where that is said
PROGRAMS = os.environ.get("SUITGATE_PROGRAMS")
SUITGATED = pathlib.Path(PROGRAMS or TREE / "build/asan") / "suitgated"
SUITCTL = pathlib.Path(PROGRAMS or TREE / "build") / "suitctl"
MANAGER = "io.suitgate.Manager."
F_ADD_SEALS, SEALS = 1033, 0x2 | 0x4 | 0x8

count, failed = 0, 0


def check(holds, text, *why):
    global count, failed
    count += 1
    if not holds:
        failed += 1
        for line in " ".join(map(str, why)).splitlines():
            print("#", line)
    print("ok" if holds else "not ok", count, "-", text, flush=True)
    return holds


def end():
    print(f"1..{count}")
    sys.exit(1 if failed else 0)


def suitctl(*words, expect=None):
    done = subprocess.run([SUITCTL, *map(str, words)], capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, timeout=60)
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"suitctl {words}: {done.returncode} "
                             f"{done.stdout} {done.stderr}")
    return done


def memory(data, seals=SEALS):
    fd = os.memfd_create("envelope", os.MFD_ALLOW_SEALING)
    os.write(fd, data)
    if seals:
        fcntl.fcntl(fd, F_ADD_SEALS, seals)
    return fd


class Bench:
    """Keys, and folders for one daemon."""

    def __init__(self):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix="suitgated-"))
        os.chmod(self.top, 0o755)
        for name in ("etc", "etc/trust.d", "fw", "src"):
            (self.top / name).mkdir()
        self.socket = self.top / "run/manager"
        self.extra = ""
        self.daemon = None
        self.n = 0
        for name in ("acme", "other", "base", "stranger"):
            suitctl("keygen", "--alg", "esp256", "-o", self.top / f"{name}.pem",
                    expect=0)
        for name, role in (("acme", "vendor"), ("other", "vendor"),
                           ("base", "baseline")):
            suitctl("trust", "add", "--store", self.top / "etc/trust.d",
                    "--offline", "--authority", name, "--role", role,
                    "--prefix", "firmware/acme", self.top / f"{name}.pub",
                    expect=0)

    def configure(self):
        (self.top / "suitgated.conf").write_text(
            f"[Daemon]\nConfigDirectory={self.top}/etc\n"
            f"StateDirectory={self.top}/var\n"
            f"FirmwareDirectory={self.top}/fw\nSocket={self.socket}\nTpm=none\n"
            + self.extra)

    def start(self, wait=True, program=SUITGATED, **environment):
        self.configure()
        self.log = open(self.top / "log", "ab")
        self.daemon = subprocess.Popen(
            [program, "--config", self.top / "suitgated.conf"],
            stderr=self.log, env={**os.environ, **environment})
        end_at = time.monotonic() + 20
        while wait and time.monotonic() < end_at:
            if self.daemon.poll() is not None:
                break
            try:
                self.call("Status")
                return
            except OSError:
                time.sleep(0.02)
        if wait and self.daemon.poll() is None:
            raise AssertionError("suitgated does not answer: " + self.text())

    def stop(self, how=signal.SIGTERM):
        if self.daemon:
            if how:
                self.daemon.send_signal(how)
            self.code = self.daemon.wait(timeout=20)
            self.log.close()
            self.daemon = None

    def text(self):
        return (self.top / "log").read_text(errors="replace")[-3000:]

    def clear(self):
        """Nothing installed."""
        self.stop()
        for name in ("var", "fw", "src"):
            shutil.rmtree(self.top / name, ignore_errors=True)
        for name in ("fw", "src"):
            (self.top / name).mkdir()

    def remove(self):
        self.stop()
        shutil.rmtree(self.top)

    def author(self, payload, seq, key="acme", component="firmware/acme/x.fw",
               uri=None, integrated=True, version=None):
        """An envelope, as a path."""
        self.n += 1
        source = self.top / f"payload-{self.n}"
        source.write_bytes(payload)
        out = self.top / f"{self.n}.suit"
        words = ["create", "--component", component, "--payload", source,
                 "--seq", seq, "-k", self.top / f"{key}.pem", "-o", out]
        if version:
            words += ["--version", version]
        if uri:
            words += ["--uri", uri]
        elif integrated:
            words += ["--integrated"]
        suitctl(*words, expect=0)
        return out

    def connect(self, uid=None):
        s = socket.socket(socket.AF_UNIX)
        s.settimeout(60)
        try:
            if uid is not None:
                os.seteuid(uid)
            s.connect(str(self.socket))
        except OSError:
            s.close()
            raise
        finally:
            os.seteuid(0)
        return s

    @staticmethod
    def send(s, message, fd=None):
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS,
                   array.array("i", [fd]))] if fd is not None else []
        s.sendmsg([json.dumps(message).encode() + b"\0"], rights)

    def call(self, method, parameters=None, fd=None, more=False, uid=None):
        """(error or None, answers); one that hangs up is ConnectionError."""
        with self.connect(uid) as s:
            message = {"method": MANAGER + method,
                       "parameters": parameters or {}}
            if more:
                message["more"] = True
            self.send(s, message, fd)
            answers, rest = [], b""
            while True:
                got = s.recv(65536)
                if not got:
                    raise ConnectionError("hung up")
                rest += got
                while b"\0" in rest:
                    text, rest = rest.split(b"\0", 1)
                    reply = json.loads(text)
                    if "error" in reply:
                        return (reply["error"].removeprefix(MANAGER),
                                [reply.get("parameters", {})])
                    answers.append(reply.get("parameters", {}))
                    if not reply.get("continues"):
                        return None, answers

    def install(self, path, more=False):
        data = path if isinstance(path, bytes) else path.read_bytes()
        fd = memory(data)
        try:
            return self.call("Install", {"fileDescriptor": 0}, fd, more)
        finally:
            os.close(fd)

    def components(self):
        error, answers = self.call("ListComponents")
        assert not error, error
        return {c["name"]: c for c in answers[0]["components"]}

    def firmware(self, name="acme/x.fw"):
        try:
            return (self.top / "fw" / name).read_bytes()
        except FileNotFoundError:
            return None

    def wait_for(self, holds, seconds=15):
        end_at = time.monotonic() + seconds
        while time.monotonic() < end_at:
            if holds():
                return True
            time.sleep(0.1)
        return False

    def confirmed(self, name="firmware/acme/x.fw"):
        return self.wait_for(
            lambda: self.components().get(name, {}).get("confirmed"))
