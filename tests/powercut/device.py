# SPDX-License-Identifier: GPL-2.0-or-later
"""A daemon on a disk that can be set back, with a TPM that goes along."""

import contextlib
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "daemon"))

import helper  # noqa: E402

KEPT = ("var", "fw", "etc", "src", "tpm")


class Device(helper.Bench):
    """A bench whose whole disk can be set back."""

    def __init__(self):
        super().__init__()
        self.swtpm = None

    def tpm(self, on):
        if self.swtpm:
            self.swtpm.kill()
            self.swtpm.wait()
            self.swtpm = None
        if not on:
            return
        (self.top / "tpm").mkdir(exist_ok=True)
        socket = self.top / "tpm.socket"
        socket.unlink(missing_ok=True)
        self.swtpm = subprocess.Popen(
            ["swtpm", "socket", "--tpm2",
             "--tpmstate", f"dir={self.top}/tpm",
             "--ctrl", f"type=unixio,path={socket}.ctrl",
             "--server", f"type=unixio,path={socket}",
             "--flags", "not-need-init,startup-clear"],
            stderr=subprocess.DEVNULL)
        while not socket.exists():
            time.sleep(0.005)

    def keep(self, name):
        shutil.rmtree(self.top / "images" / name, ignore_errors=True)
        for folder in KEPT:
            if (self.top / folder).exists():
                shutil.copytree(self.top / folder,
                                self.top / "images" / name / folder,
                                symlinks=True)

    def set_back(self, name, tpm):
        self.tpm(False)
        for folder in KEPT:
            shutil.rmtree(self.top / folder, ignore_errors=True)
        shutil.copytree(self.top / "images" / name, self.top, symlinks=True,
                        dirs_exist_ok=True)
        self.tpm(tpm)

    def names(self):
        """Of all that is on disk."""
        return sorted(str(p.relative_to(self.top)) for folder in ("var", "fw")
                      for p in (self.top / folder).rglob("*")
                      if not p.name.endswith(("-wal", "-shm")))

    def database(self, query):
        with contextlib.closing(sqlite3.connect(
                self.top / "var/suitgated.db")) as db:
            return db.execute(query).fetchall()

    def try_call(self, method, parameters=None):
        """It may be dead, or die of it."""
        with contextlib.suppress(OSError):
            return self.call(method, parameters)
        return "dead", None

    def dead(self):
        return self.daemon.poll() is not None

    def no_trial(self):
        error, answer = self.try_call("Status")
        return error == "dead" or answer[0]["trials"] == 0

    def remove(self):
        self.tpm(False)
        super().remove()
