# SPDX-License-Identifier: GPL-2.0-or-later
"""A database that is damaged is kept and made again; one that cannot be read or
written now stays as it is."""

import pathlib
import shutil
import sqlite3
import subprocess

from helper import check

X = "firmware/acme/x.fw"


def databases(bench):
    database = bench.top / "var/suitgated.db"

    def known():
        return bench.components()[X]["sequenceNumber"] == 6

    def remade(text, said, number=""):
        bench.start()
        check(f"suitgated: {said}: made again, the old one is {database}."
              f"damaged{number}\n" in bench.text() and known(), text,
              bench.text())
        bench.stop()

    def garbage(filling):
        for end in "-wal", "-shm":
            pathlib.Path(f"{database}{end}").unlink(missing_ok=True)
        database.write_bytes(filling * 1000)

    bench.stop()
    bench.extra = ""
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    remade("a database of another version", "database: written by another "
           "version of suitgated (schema 99)")
    no_database = "database: file is not a database"
    for number in range(2, 10):
        garbage(b"garbage%d" % number)
        if number in (2, 9):
            remade(f"damaged for the {number}th time", no_database,
                   f".{number}")
        else:
            database.rename(f"{database}.damaged.{number}")
    kept = sorted(p.name for p in database.parent.glob("*.damaged*"))
    check(kept == ["suitgated.db.damaged",
                   *(f"suitgated.db.damaged.{n}" for n in range(2, 10))] and
          pathlib.Path(f"{database}.damaged.2").read_bytes() ==
          b"garbage2" * 1000, "all of them are kept", kept)
    garbage(b"garbage")
    does_not_start(bench, "damaged once more: it does not start",
                   f"{database}.damaged to .damaged.9 are there already")
    check(database.read_bytes() == b"garbage" * 1000, "and stays where it is")
    for name in kept:
        (database.parent / name).unlink()
    remade("without the old ones it does", no_database)


def does_not_start(bench, text, said):
    bench.start(wait=False)
    bench.stop(0)
    check(bench.code == 2 and said in bench.text(), text, bench.code,
          bench.text())


def disks(bench):
    """Its disk is full, or cannot be written: the database is none the worse."""
    var, saved = bench.top / "var", bench.top / "saved"
    database = var / "suitgated.db"
    shutil.copytree(var, saved)
    (saved / "suitgated.db.damaged").unlink()

    def mounted(text, said, options, spoil=lambda: None):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", var],
                       check=True)
        try:
            shutil.copytree(saved, var, dirs_exist_ok=True)
            spoil()
            subprocess.run(["mount", "-o", f"remount,{options}", var],
                           check=True)
            before = database.read_bytes()
            for again in "", ", again":
                does_not_start(bench, text + again, said)
            check(database.read_bytes() == before and
                  not list(var.glob("*.damaged*")) and
                  "made again" not in bench.text(),
                  text + ": the database is what it was", bench.text())
        finally:
            subprocess.run(["umount", var], check=True)

    def fill():
        with open(var / "filling", "wb", buffering=0) as out:
            try:
                while out.write(bytes(4096)):
                    pass
            except OSError:
                pass

    (bench.top / "log").write_bytes(b"")
    left = f"{database} is left as it is: database: "
    mounted("a full disk", left, "rw", fill)
    mounted("a disk that is only read", left, "ro")
    mounted("there, a database that is damaged",
            f"file is not a database: cannot rename {database}", "ro",
            lambda: database.write_bytes(b"garbage" * 1000))
    bench.start()
    check(bench.components()[X]["sequenceNumber"] == 6,
          "then it starts with what it had", bench.text())
    bench.stop()


def run(bench):
    bench.start()
    bench.install(bench.author(b"six", 6))
    assert bench.confirmed()
    databases(bench)
    disks(bench)
