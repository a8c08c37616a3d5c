# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue form: many files, one manifest, a straight line."""

from forge.cast import (ACME, BETA_BIN, EVIL, GOOD, OTHER, OTHER_PAYLOAD,
                        RADIO, noise, signed)
from forge.cbor import Raw, encode, wrap
from forge.suit import (C_VENDOR, COMPONENT_ID, COMPONENTS, DEPENDENCIES,
                        DIGEST, INDEX, INSTALL, LOAD, MATCH, OVERRIDE, SHA256,
                        SIZE, TEXT, identity, image, manifest, path)
from forge import suit

FORM, ORDER = "catalogue-malformed", "catalogue-not-sorted"
FILES = {f"firmware/acme/f{i:02}.bin": noise(f"f{i}", 8) for i in range(64)}
FILES[RADIO] = GOOD
FILES[OTHER] = OTHER_PAYLOAD
VALIDATE = [INDEX, True, MATCH, 15]


def in_order(files):
    """(encoded id, payload), ascending by the encoded id."""
    return sorted((encode(path(name)), data) for name, data in files.items())


ROWS = in_order(FILES)
AT = next(i for i, row in enumerate(ROWS) if row[0] == encode(path(RADIO)))


def straight(rows):
    """The shared sequence as a list of (index, parameters)."""
    return [(i, image(data)) for i, (_, data) in enumerate(rows)]


def flat(steps):
    return [v for i, params in steps for v in (INDEX, i, OVERRIDE, params)]


def catalogue(rows=None, steps=None, shared=None, signers=(ACME,), **changes):
    rows = ROWS if rows is None else rows
    if shared is None:
        shared = flat(straight(rows) if steps is None else steps)
    changes.setdefault("validate", VALIDATE)
    content = manifest([Raw(row[0]) for row in rows], shared, **changes)
    return signed(content, *signers)


def with_step(params):
    """The right catalogue but for the parameters of RADIO."""
    steps = straight(ROWS)
    steps[AT] = (AT, params)
    return catalogue(steps=steps)


def add(family):
    lookup(family)
    order(family)
    steps_in_shared(family)
    parameters(family)
    sections(family)
    entitled(family)
    controls(family)


def lookup(f):
    good = catalogue()
    f.attack("payload-flipped", "image-mismatch", good,
             "One bit of the file flipped.",
             payload="radio-flipped-last.bin")
    f.attack("payload-of-other-row", "image-size-mismatch", good,
             "The bytes of another file of the catalogue.",
             payload="other.bin")
    f.attack("payload-truncated", "image-size-mismatch", good,
             "The last byte is missing.", payload="radio-truncated.bin")
    f.attack("payload-empty", "image-size-mismatch", good,
             "Nothing is delivered.", payload="empty.bin")
    f.attack("absent", "component-not-in-manifest", good,
             "A file that the catalogue does not list.",
             component="firmware/acme/f99.bin")
    f.attack("absent-first", "component-not-in-manifest", good,
             "A name before the first of the table.",
             component="firmware/acme/a")
    f.attack("absent-last", "component-not-in-manifest", good,
             "A name behind the last of the table.",
             component="firmware/zzzz/zzzzzzzzzz")
    rows = list(ROWS)
    rows[0], rows[AT] = (rows[0][0], rows[AT][1]), (rows[AT][0], rows[0][1])
    f.attack("rows-exchanged", "image-size-mismatch", catalogue(rows),
             "Two files exchanged their digests before signing.")


def order(f):
    swapped = list(ROWS)
    swapped[3], swapped[4] = swapped[4], swapped[3]
    f.attack("unsorted", ORDER, catalogue(swapped),
             "Two neighbours out of order.")
    f.attack("reversed", ORDER, catalogue(ROWS[::-1]),
             "The table upside down.")
    twice = ROWS[:AT + 1] + [(ROWS[AT][0], EVIL)] + ROWS[AT + 1:]
    f.attack("row-twice", ORDER, catalogue(twice),
             "The same file twice, with two digests.")
    f.attack("row-twice-evil", ORDER, catalogue(twice),
             "The same, and the second digest's bytes are delivered.",
             payload="evil.bin")


def steps_in_shared(f):
    right = straight(ROWS)
    f.attack("step-missing", FORM, catalogue(steps=right[:-1]),
             "The last file has no digest.")
    f.attack("step-missing-inside", FORM,
             catalogue(steps=right[:5] + right[6:]),
             "A file in the middle has no digest.")
    f.attack("step-added", FORM, catalogue(steps=right + [(AT, image(EVIL))]),
             "A second digest for a file at the end.", payload="evil.bin")
    f.attack("step-doubled", FORM, catalogue(
        steps=right[:AT] + [(AT, image(EVIL))] + right[AT:]),
             "Two digests for a file, one after the other.",
             payload="evil.bin")
    shifted = [((i + 1) % len(ROWS), params) for i, params in right]
    f.attack("steps-shifted", FORM, catalogue(steps=shifted),
             "Every digest belongs to the next file.")
    f.attack("steps-swapped", FORM, catalogue(
        steps=right[:1] + [right[2], right[1]] + right[3:]),
             "Digests for the right files, out of order.")
    f.attack("index-out-of-range", FORM,
             catalogue(steps=right[:-1] + [(len(ROWS), image(GOOD))]),
             "A digest for a file behind the last.")
    f.attack("index-true", FORM, catalogue(
        shared=[*flat(right), INDEX, True, OVERRIDE, image(EVIL)]),
             "One digest for all files at the end.", payload="evil.bin")
    f.attack("other-command", FORM, catalogue(
        shared=[*flat(right[:1]), C_VENDOR, 15, *flat(right[1:])]),
             "A condition between the digests.")
    f.attack("first-without-index", FORM,
             catalogue(shared=flat(right)[2:]),
             "The first digest does not say for which file.")
    f.attack("trailing", "cbor-trailing-bytes", catalogue(
        common={COMPONENTS: [Raw(row[0]) for row in ROWS],
                suit.SHARED: wrap(flat(right)) + b"\0"}),
             "A byte after the shared sequence.")
    f.attack("odd", FORM, catalogue(shared=flat(right)[:-1]),
             "The shared sequence ends in the middle of a command.")


def parameters(f):
    good = image(GOOD)
    f.attack("params-vendor", FORM, with_step({**identity(), **good}),
             "More parameters than digest and size.")
    f.attack("params-size-only", FORM, with_step({SIZE: len(GOOD)}),
             "A file with a size and no digest.")
    f.attack("params-digest-only", FORM, with_step({DIGEST: good[DIGEST]}),
             "A file with a digest and no size.")
    f.attack("params-empty", FORM, with_step({}),
             "A file without parameters.")
    f.attack("digest-cut", "parameter-malformed",
             with_step({**good, DIGEST: wrap([SHA256, bytes(16)])}),
             "A digest of 16 bytes.")
    f.attack("digest-sha1", "parameter-malformed",
             with_step({**good, DIGEST: wrap([-14, bytes(20)])}),
             "A digest by SHA-1.")
    f.attack("digest-bare", FORM,
             with_step({**good, DIGEST: [SHA256, bytes(32)]}),
             "A digest as a bare array.")
    f.attack("size-negative", FORM,
             with_step({**good, SIZE: -1}), "A size of -1.")


def sections(f):
    for name, validate, text in (
            ("validate-missing", None, "No validate sequence."),
            ("validate-no-match", [INDEX, True], "Nothing is compared."),
            ("validate-one", [INDEX, 0, MATCH, 15],
             "Only the first file is compared."),
            ("validate-list", [INDEX, [AT], MATCH, 15],
             "Only a list of files is compared."),
            ("validate-no-index", [MATCH, 15],
             "The comparison does not say for which files."),
            ("validate-override",
             [INDEX, True, OVERRIDE, image(EVIL), MATCH, 15],
             "Another digest for every file."),
            ("validate-more", [*VALIDATE, C_VENDOR, 15],
             "A condition after the comparison.")):
        f.attack(name, FORM, catalogue(validate=validate), text,
                 payload="evil.bin" if "override" in name else "radio.bin")
    f.attack("install", FORM, catalogue(put={INSTALL: wrap(
        [INDEX, 0, 21, 15])}), "A catalogue that installs something.")
    f.attack("load", FORM, catalogue(put={LOAD: wrap(
        [INDEX, True, OVERRIDE, image(EVIL), MATCH, 15])}),
             "A catalogue with a load sequence.", payload="evil.bin")
    f.attack("dependencies", "dependencies-unsupported", catalogue(common={
        DEPENDENCIES: {0: {}},
        COMPONENTS: [Raw(row[0]) for row in ROWS],
        suit.SHARED: wrap(flat(straight(ROWS)))}),
             "A catalogue with a dependency.")


def entitled(f):
    f.attack("row-of-other-vendor", "authority-not-entitled",
             catalogue(in_order({**FILES, BETA_BIN: b"x"})),
             "One row is outside of ACME's prefix.")
    f.attack("manifest-component-id", "authority-not-entitled",
             catalogue(put={COMPONENT_ID: path("firmware/beta/c.suit")}),
             "The catalogue itself is BETA's.")
    f.attack("id-malformed", "component-id-malformed", catalogue(
        sorted(ROWS[:-1] + [(encode(["text"]), b"")]),
        steps=straight(ROWS)), "A row whose id is a text string.")


def controls(f):
    good = catalogue()
    f.control("lookup", good, "A file of the catalogue.")
    f.control("lookup-other", good, "Another file of it.", component=OTHER,
              payload="other.bin")
    f.control("65-rows", catalogue(in_order(
        {k: v for k, v in FILES.items() if k != OTHER})),
              "The smallest catalogue.")
    f.control("component-id", catalogue(
        put={COMPONENT_ID: path("firmware/acme/c.suit")}),
              "A catalogue with a manifest-component-id.")
    f.control("text", catalogue(put={TEXT: wrap({"en": {1: "all"}})}),
              "A catalogue with a text.")
