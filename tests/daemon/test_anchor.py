# SPDX-License-Identifier: GPL-2.0-or-later
"""Floors and the counter of a TPM: an old disk image is noticed."""

import shutil
import subprocess
import time

from helper import check, suitctl

X = "firmware/acme/x.fw"
OLD = "restored from an old disk image"


class Tpm:
    def __init__(self, top):
        (top / "tpm").mkdir()
        self.socket = top / "tpm/socket"
        self.run = subprocess.Popen(
            ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={top}/tpm",
             "--ctrl", f"type=unixio,path={self.socket}.ctrl",
             "--server", f"type=unixio,path={self.socket}",
             "--flags", "not-need-init,startup-clear"],
            stderr=subprocess.DEVNULL)
        end_at = time.monotonic() + 10
        while not self.socket.exists() and time.monotonic() < end_at:
            time.sleep(0.02)

    def stop(self):
        self.run.kill()
        self.run.wait()


def install(bench, payload, seq):
    error, answer = bench.install(bench.author(payload, seq))
    assert error is None and bench.confirmed(), (error, answer)


def refused_to_start(bench, text, *words):
    bench.start()
    log = bench.text()
    check(bench.daemon.poll() == 2 and all(w in log for w in words), text, log)
    bench.stop(0)


def restore(bench, tpm):
    install(bench, b"one", 1)
    bench.stop()
    shutil.copytree(bench.top / "var", bench.top / "image")
    bench.start()
    check(bench.components()[X]["floor"] == 1, "after a restart all is there")
    install(bench, b"two", 2)
    bench.stop()
    shutil.rmtree(bench.top / "var")
    shutil.copytree(bench.top / "image", bench.top / "var")
    refused_to_start(bench, "an old disk image is refused, and it says so",
                     OLD, "suitctl floor reset-anchor")
    shutil.rmtree(bench.top / "var")
    refused_to_start(bench, "so is a disk without floors",
                     "is missing, and the counter says that there was one")


def start_over(bench, tpm):
    (bench.top / "var").mkdir(exist_ok=True)
    done = suitctl("floor", "reset-anchor", "--file",
                   bench.top / "var/floors.signed", "-k",
                   bench.top / "etc/device.pem", "--tpm",
                   f"swtpm:path={tpm.socket}")
    check(done.returncode == 0, "a person can start over", done.stderr)
    bench.start()
    check(bench.daemon.poll() is None, "and then it starts", bench.text())


def run(bench):
    tpm = Tpm(bench.top)
    try:
        # the last of a key counts
        bench.extra = f"[Daemon]\nTpm=swtpm:path={tpm.socket}\n"
        bench.start()
        restore(bench, tpm)
        start_over(bench, tpm)
    finally:
        tpm.stop()
