#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Write the attack corpus: envelopes, trust, payloads, keys, expected.tsv.

usage: generate.py [DIRECTORY]

The output is the same on every run; it replaces what DIRECTORY (default: the
directory of this program) holds of it. All keys are TEST keys from fixed
seeds.
"""

import sys

sys.dont_write_bytecode = True

import importlib  # noqa: E402
import pathlib  # noqa: E402

from forge import corpus, ecdsa  # noqa: E402

FAMILIES = ("envelope", "cbor", "cose", "mac", "key", "manifest", "common", "digest",
            "severed", "sequence", "parameter", "names", "entitlement",
            "trust", "catalogue", "profile", "payload")
FOLDERS = ("corpus", "keys", "payload", "trust")


def collect():
    every = corpus.Corpus()
    for name in FAMILIES:
        importlib.import_module("family." + name).add(every.family(name))
    return every


def write(every, top):
    for folder in FOLDERS:
        (top / folder).mkdir(parents=True, exist_ok=True)
        for old in (top / folder).iterdir():
            old.unlink()
    for path, data in every.files.items():
        (top / path).write_bytes(data)
    (top / "expected.tsv").write_text(every.table())


def main():
    if len(sys.argv) > 2 or sys.argv[1:2] == ["--help"]:
        sys.exit(__doc__)
    here = pathlib.Path(__file__).parent
    top = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here
    ecdsa.known_answer()
    write(collect(), top)


main()
