# SPDX-License-Identifier: GPL-2.0-or-later
"""The manifest's digest and the digests of images."""

import hashlib

from forge.cast import ACME, CHECKS, GOOD, signed, simple
from forge.cbor import Raw, encode, nested, wrap
from forge.suit import (DIGEST, OVERRIDE, SHA256, SHA384, SHA512,
                        SHAKE128, digest, envelope, identity, image,
                        member_digest)

PLAIN = simple()
HASH = hashlib.sha256(encode(PLAIN)).digest()


def claiming(value, content=PLAIN):
    """@content under the properly signed @value as its digest."""
    return envelope(content, [ACME], signed=encode(value))


def expecting(value):
    """A manifest with the image digest @value, signed as it should be."""
    params = {**identity(), **image(GOOD), DIGEST: value}
    return signed(simple(shared=[OVERRIDE, params, *CHECKS]))


def add(family):
    of_manifest(family)
    form(family)
    of_image(family)
    controls(family)


def of_manifest(f):
    flipped = bytearray(PLAIN)
    flipped[-1] ^= 1
    right = member_digest(PLAIN)
    f.attack("manifest-flipped", "manifest-digest-mismatch",
             claiming(right, bytes(flipped)),
             "One bit of the manifest flipped after signing.")
    f.attack("manifest-replaced", "manifest-digest-mismatch",
             claiming(right, simple(seq=9)),
             "Another manifest under a good signature.")
    f.attack("manifest-garbage", "manifest-digest-mismatch",
             claiming(right, b"\xbf garbage"),
             "Garbage under a good signature is not parsed.")
    f.attack("manifest-empty", "manifest-digest-mismatch",
             claiming(right, b""), "No manifest under a good signature.")
    f.attack("without-head", "manifest-digest-mismatch",
             claiming(digest(PLAIN)),
             "The digest of the manifest without its byte string head.")
    f.attack("zero", "manifest-digest-mismatch",
             claiming([SHA256, bytes(32)]), "A digest of zeros.")
    f.attack("of-nothing", "manifest-digest-mismatch",
             claiming(digest(b"")), "The digest of zero bytes.")
    f.attack("sha384-as-sha256", "manifest-digest-mismatch",
             claiming([SHA256, member_digest(PLAIN, SHA384)[1][:32]]),
             "The first 32 bytes of the right SHA-384 digest.")


def form(f):
    for name, alg, text in (
            ("sha1", -14, "SHA-1"), ("shake128", SHAKE128, "SHAKE128"),
            ("shake256", -45, "SHAKE256"), ("sha256-64", -15, "SHA-256/64"),
            ("alg-0", 0, "no algorithm"),
            ("alg-huge", SHA256 - 2**32, "one equal to -16 in 32 bits")):
        f.attack(name, "digest-algorithm-unsupported", claiming([alg, HASH]),
                 f"Digest algorithm {alg}: {text}.")
    f.attack("alg-2", "manifest-of-old-draft", claiming([2, HASH]),
             "Digest algorithm 2: SHA-256 as numbered until 2021.")
    f.attack("alg-text", "digest-malformed", claiming(["SHA-256", HASH]),
             "The digest algorithm as a text string.")
    f.attack("empty-array", "digest-malformed", claiming([]),
             "A digest without algorithm and value.")
    f.attack("one-element", "digest-malformed", claiming([SHA256]),
             "A digest without value.")
    f.attack("map", "digest-malformed", claiming({1: SHA256, 2: HASH}),
             "A digest as a map.")
    f.attack("value-text", "digest-malformed",
             claiming([SHA256, HASH.hex()]), "A digest in hexadecimal.")
    f.attack("value-empty", "digest-malformed", claiming([SHA256, b""]),
             "A digest of zero bytes.")
    f.attack("value-31-bytes", "digest-malformed",
             claiming([SHA256, HASH[:31]]), "A digest cut to 31 bytes.")
    f.attack("value-33-bytes", "digest-malformed",
             claiming([SHA256, HASH + b"\0"]), "A digest of 33 bytes.")
    f.attack("value-of-other-size", "digest-malformed",
             claiming([SHA384, HASH]), "32 bytes as SHA-384.")
    f.attack("trailing", "cbor-trailing-bytes",
             claiming(Raw(encode(member_digest(PLAIN)) + b"\0")),
             "A signed byte after the digest.")
    f.attack("extension-deep", "cbor-too-deep",
             claiming([SHA256, HASH, nested(17)]),
             "An extension of 17 arrays in one another.")


def of_image(f):
    right = hashlib.sha256(GOOD).digest()
    f.attack("image-bare", "parameter-malformed", expecting([SHA256, right]),
             "The image digest as a bare array.")
    f.attack("image-trailing", "parameter-malformed",
             expecting(wrap([SHA256, right]) + b"\0"),
             "A byte after the image digest.")
    f.attack("image-cut", "parameter-malformed",
             expecting(wrap([SHA256, right[:16]])),
             "The first half of the right image digest.")
    f.attack("image-empty", "parameter-malformed",
             expecting(wrap([SHA256, b""])),
             "An image digest of zero bytes, which equals any prefix.")
    f.attack("image-sha1", "parameter-malformed",
             expecting(wrap([-14, hashlib.sha1(GOOD).digest()])),
             "The right image digest by SHA-1.")
    f.attack("image-shake128", "parameter-malformed",
             expecting(wrap([SHAKE128, right])),
             "An image digest by SHAKE128.")
    f.attack("image-other-algorithm", "parameter-malformed",
             expecting(wrap([SHA512, right])),
             "A SHA-256 image digest that claims to be SHA-512.")
    f.attack("image-null", "parameter-malformed", expecting(None),
             "null as image digest.")


def controls(f):
    f.control("sha384", claiming(member_digest(PLAIN, SHA384)),
              "The manifest's digest by SHA-384.")
    f.control("sha512", claiming(member_digest(PLAIN, SHA512)),
              "The manifest's digest by SHA-512.")
    f.control("extension", claiming([*member_digest(PLAIN), {1: 2}, "x"]),
              "Extensions after the manifest's digest.")
    f.control("image-sha384", expecting(wrap(digest(GOOD, SHA384))),
              "The image digest by SHA-384.")
    f.control("image-sha512", expecting(wrap(digest(GOOD, SHA512))),
              "The image digest by SHA-512.")
