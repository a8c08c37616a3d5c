# SPDX-License-Identifier: GPL-2.0-or-later
"""The envelope: what may be in it, how often, in which wrapping."""

from forge.cast import ACME, GOOD, signed, simple
from forge.cbor import Pairs, Raw, Tag, encode
from forge.suit import (AUTH, MANIFEST, VALIDATE, authentication, envelope,
                        member_digest, pairs_of)
from forge import cose

PLAIN = simple()
FILE = signed(PLAIN)
SIGNED = encode(member_digest(PLAIN))
BLOCK = cose.sign1(ACME, SIGNED)


def wrapped(auth, manifest=PLAIN):
    """Envelope with an arbitrary authentication wrapper."""
    return encode(Tag(107, {AUTH: auth, MANIFEST: manifest}))


def add(family):
    bytes_of_the_file(family)
    outermost(family)
    members(family)
    wrapper(family)
    controls(family)


def bytes_of_the_file(f):
    f.attack("one-byte", "cbor-truncated", FILE[:1],
             "The first byte of a tag head and nothing else.")
    f.attack("half", "cbor-truncated", FILE[:len(FILE) // 2],
             "The second half of the file is missing.")
    f.attack("last-byte-missing", "cbor-truncated", FILE[:-1],
             "The last byte of the manifest is missing.")
    f.attack("trailing-byte", "cbor-trailing-bytes", FILE + b"\0",
             "One byte after the envelope.")
    f.attack("two-files", "cbor-trailing-bytes", FILE + FILE,
             "A second envelope after the first.")


def outermost(f):
    f.attack("tag-of-manifest", "envelope-wrong-tag",
             encode(Tag(1070, Raw(FILE[2:]))),
             "The tag of a manifest around an envelope.")
    f.attack("tag-twice", "envelope-wrong-tag", encode(Tag(107, Raw(FILE))),
             "The envelope tag is there twice.")
    f.attack("array", "cbor-wrong-type", encode(Tag(107, [1, 2])),
             "An array where the envelope's map belongs.")
    f.attack("wrapped-in-bstr", "cbor-wrong-type", encode(FILE),
             "The whole envelope inside a byte string.")
    f.attack("empty-map", "envelope-without-authentication", encode(Tag(107, {})),
             "An envelope without any member.")


def members(f):
    def with_member(key, value):
        return signed(PLAIN, members={key: value})

    f.attack("without-authentication", "envelope-without-authentication",
             encode(Tag(107, {MANIFEST: PLAIN})),
             "The manifest alone, nobody vouches for it.")
    f.attack("without-manifest", "envelope-without-manifest",
             encode(Tag(107, {AUTH: authentication(SIGNED, [BLOCK])})),
             "A signature, but no manifest.")
    f.attack("member-1", "envelope-unknown-member", with_member(1, b"\x80"),
             "The reserved member 1, once a delegation chain.")
    f.attack("member-4", "envelope-unknown-member", with_member(4, b""),
             "A member number that nobody assigned.")
    f.attack("member-negative", "envelope-unknown-member",
             with_member(-1, b""), "A custom, negative member number.")
    f.attack("member-validate", "envelope-unknown-member",
             with_member(VALIDATE, b"\x82\x03\x00"),
             "A validate sequence, which is never severable, beside the "
             "manifest.")
    f.attack("member-key-bstr", "cbor-wrong-type", with_member(b"\2", b""),
             "A byte string as a member's key.")
    f.attack("manifest-twice", "cbor-duplicate-key",
             encode(Tag(107, Pairs(pairs_of(PLAIN, ACME)
                                   + [(MANIFEST, simple(seq=9))]))),
             "A second, unsigned manifest after the signed one.")
    f.attack("authentication-twice", "cbor-duplicate-key",
             encode(Tag(107, Pairs(pairs_of(PLAIN, ACME)[:1]
                                   + pairs_of(PLAIN, ACME)))),
             "Two authentication wrappers.")
    f.attack("payload-twice", "cbor-duplicate-key",
             encode(Tag(107, Pairs(pairs_of(PLAIN, ACME)
                                   + [("#a", GOOD), ("#a", b"evil")]))),
             "Two integrated payloads under one name.")
    f.attack("manifest-first", "cbor-map-order",
             encode(Tag(107, Pairs(reversed(pairs_of(PLAIN, ACME))))),
             "The manifest before what authenticates it.")
    f.attack("payload-first", "cbor-map-order",
             encode(Tag(107, Pairs([("#a", GOOD)] + pairs_of(PLAIN, ACME)))),
             "An integrated payload before the signature.")
    f.attack("payload-not-bstr", "cbor-wrong-type", with_member("#a", "text"),
             "An integrated payload that is a text string.")
    f.attack("manifest-not-wrapped", "cbor-wrong-type",
             wrapped(authentication(SIGNED, [BLOCK]), Raw(PLAIN)),
             "The manifest as a bare map instead of a byte string.")
    f.attack("too-many-members", "envelope-too-many-members",
             signed(PLAIN, members={f"#{i:03}": b"" for i in range(129)}),
             "129 integrated payloads.")


def wrapper(f):
    f.attack("wrapper-not-bstr", "cbor-wrong-type",
             wrapped(Raw(authentication(SIGNED, [BLOCK]))),
             "The authentication wrapper as a bare array.")
    f.attack("wrapper-empty", "cbor-truncated", wrapped(b""),
             "An authentication wrapper of zero bytes.")
    f.attack("wrapper-empty-array", "digest-malformed",
             wrapped(encode([])),
             "An authentication wrapper without even a digest.")
    f.attack("wrapper-map", "cbor-wrong-type",
             wrapped(encode({1: SIGNED, 2: BLOCK})),
             "The authentication wrapper as a map.")
    f.attack("wrapper-trailing", "cbor-trailing-bytes",
             wrapped(authentication(SIGNED, [BLOCK]) + b"\0"),
             "A byte after the array in the authentication wrapper.")
    f.attack("digest-not-bstr", "cbor-wrong-type",
             wrapped(encode([Raw(SIGNED), BLOCK])),
             "The manifest digest as a bare array.")
    f.attack("unsigned", "unsigned", wrapped(authentication(SIGNED, [])),
             "The right digest and no signature at all.")
    f.attack("block-null", "cbor-wrong-type", wrapped(encode([SIGNED, None])),
             "null where a signature belongs.")
    f.attack("block-not-bstr", "cbor-wrong-type",
             wrapped(encode([SIGNED, Raw(BLOCK)])),
             "A signature that is not wrapped in a byte string.")
    f.attack("block-empty", "cbor-truncated",
             wrapped(authentication(SIGNED, [b""])),
             "A signature of zero bytes.")
    f.attack("nine-blocks", "too-many-authentication-blocks",
             envelope(PLAIN, [ACME], blocks=[BLOCK] * 9),
             "Nine copies of a good signature.")
    f.attack("block-and-empty-block", "cbor-truncated",
             wrapped(authentication(SIGNED, [BLOCK, b""])),
             "A good signature followed by an empty one.")


def controls(f):
    f.control("tagged", FILE, "The plain signed envelope, with its tag.")
    f.control("untagged", signed(PLAIN, tag=None), "The same without its tag.")
    f.control("eight-blocks", envelope(PLAIN, [], blocks=[BLOCK] * 8),
              "As many signatures as are allowed.")
    f.control("payloads", signed(PLAIN, members={"#a": GOOD, "#b": b""}),
              "Two integrated payloads, which the kernel does not look at.")
    f.control("most-members",
              signed(PLAIN, members={f"#{i:03}": b"" for i in range(128)}),
              "As many integrated payloads as are allowed.")
