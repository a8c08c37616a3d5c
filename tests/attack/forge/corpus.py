# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of expected.tsv and the files they name."""

from . import cast

CORPUS_TRUST = "trust/corpus.trust"
COLUMNS = ("name", "family", "envelope", "trust", "component", "payload",
           "expected", "description")


class Corpus:
    def __init__(self):
        self.files = {CORPUS_TRUST: cast.corpus_trust()}
        self.rows = []
        for name, data in cast.PAYLOADS.items():
            self.files["payload/" + name] = data
        for name, data in cast.test_keys().items():
            self.files["keys/" + name] = data

    def store(self, path, data):
        assert path not in self.files, path
        self.files[path] = data
        return path

    def row(self, *columns):
        assert len(columns) == len(COLUMNS)
        assert all(c and "\t" not in c and "\n" not in c for c in columns)
        assert columns[0] not in {row[0] for row in self.rows}, columns[0]
        self.rows.append(columns)

    def family(self, name):
        return Family(self, name)

    def table(self):
        """Without trust first, then the shared bundle, bundles alone last."""
        rank = {"-": 0, CORPUS_TRUST: 1}
        rows = sorted(self.rows, key=lambda row: rank.get(row[3], 2))
        lines = ["# " + "\t".join(COLUMNS)]
        lines += ["\t".join(row) for row in rows]
        return "\n".join(lines) + "\n"


class Family:
    """Adds rows of one family; an expected error of "ok" is a control."""

    def __init__(self, corpus, name):
        self.corpus, self.name = corpus, name

    def attack(self, name, expected, data, description, trust=CORPUS_TRUST,
               component=cast.RADIO, payload="radio.bin"):
        full = f"{self.name}-{name}"
        path = self.corpus.store(f"corpus/{full}.suit", data)
        self.corpus.row(full, self.name, path, trust, component or "-",
                        "payload/" + payload if payload else "-", expected,
                        description)

    def control(self, name, data, description, **where):
        self.attack("ok-" + name, "ok", data, description, **where)

    def bundle(self, name, expected, data, description):
        """A trust bundle that is applied on its own."""
        full = f"{self.name}-{name}"
        path = self.corpus.store(f"trust/{full}.trust", data)
        self.corpus.row(full, self.name, "-", path, "-", "-", expected,
                        description)
