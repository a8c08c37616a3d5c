# SPDX-License-Identifier: GPL-2.0-or-later
"""The delivered bytes are not the signed ones."""

from forge.cast import EVIL, GOOD, SHARED, signed, simple
from forge.suit import DIGEST, OVERRIDE, digest, identity, wrap

FILE = signed(simple())
CHECKS = SHARED[2:]
# Without a size only the digest is left to tell.
NO_SIZE = signed(simple(shared=[
    OVERRIDE, {**identity(), DIGEST: wrap(digest(GOOD))}, *CHECKS]))


def add(f):
    f.attack("flipped-first-bit", "image-mismatch", FILE,
             "One bit of the first byte flipped.",
             payload="radio-flipped-first.bin")
    f.attack("flipped-last-bit", "image-mismatch", FILE,
             "One bit of the last byte flipped.",
             payload="radio-flipped-last.bin")
    f.attack("swapped", "image-mismatch", FILE,
             "Other bytes of the same length.", payload="evil.bin")
    f.attack("truncated", "image-size-mismatch", FILE,
             "The last byte is missing.", payload="radio-truncated.bin")
    f.attack("extended", "image-size-mismatch", FILE,
             "One byte appended.", payload="radio-extended.bin")
    f.attack("twice", "image-size-mismatch", FILE,
             "The right bytes, two times.", payload="radio-twice.bin")
    f.attack("empty", "image-size-mismatch", FILE,
             "Nothing is delivered.", payload="empty.bin")
    f.attack("other-component", "image-size-mismatch", FILE,
             "The bytes of another component.", payload="other.bin")
    f.attack("no-size-truncated", "image-mismatch", NO_SIZE,
             "The last byte is missing and no size was signed.",
             payload="radio-truncated.bin")
    f.attack("no-size-extended", "image-mismatch", NO_SIZE,
             "One byte appended and no size was signed.",
             payload="radio-extended.bin")
    f.attack("no-size-empty", "image-mismatch", NO_SIZE,
             "Nothing is delivered and no size was signed.",
             payload="empty.bin")
    f.attack("integrated-evil", "image-mismatch",
             signed(simple(), members={"#radio.bin": EVIL}),
             "The envelope carries the evil bytes as integrated payload.",
             payload="evil.bin")
    f.control("right-bytes", FILE, "The signed bytes.")
    f.control("no-size", NO_SIZE, "The signed bytes, no size was signed.")
    f.control("integrated-other",
              signed(simple(), members={"#radio.bin": EVIL}),
              "An evil integrated payload, but the signed bytes delivered.")
    f.control("empty", signed(simple(shared=[
        OVERRIDE, {**identity(), DIGEST: wrap(digest(b""))}, *CHECKS])),
              "An empty file that was signed as such.", payload="empty.bin")
