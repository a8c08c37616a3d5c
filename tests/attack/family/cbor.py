# SPDX-License-Identifier: GPL-2.0-or-later
"""Encodings that are well-formed CBOR to some decoders and not to others."""

from forge.cast import ACME, CHECKS, GOOD, RADIO, signed, simple
from forge.cbor import (Pairs, Raw, Tag, array_indefinite, bstr_chunked,
                        bstr_wide, encode, head, map_indefinite, nested, wrap)
from forge.suit import (AUTH, COMMON, COMPONENTS, MANIFEST, OVERRIDE,
                        SEQUENCE, SHARED, SIZE, URI, VALIDATE, VERSION,
                        authentication, digest, envelope, identity, image,
                        member_digest, pairs_of, path)
from forge import cose

PLAIN = simple()
PAIRS = pairs_of(PLAIN, ACME)
TAG = head(6, 107)


def add(family):
    lengths(family)
    heads(family)
    manifest_numbers(family)
    manifest_structure(family)
    strings(family)
    controls(family)


def lengths(f):
    f.attack("indefinite-map", "cbor-indefinite-length",
             TAG + map_indefinite(PAIRS), "The envelope as an indefinite map.")
    f.attack("indefinite-array", "cbor-indefinite-length",
             encode(Tag(107, {AUTH: wrap(array_indefinite(
                 [encode(member_digest(PLAIN))])), MANIFEST: PLAIN})),
             "The authentication wrapper as an indefinite array.")
    f.attack("indefinite-bstr", "cbor-indefinite-length",
             encode(Tag(107, Pairs([PAIRS[0],
                                    (MANIFEST, bstr_chunked(PLAIN))]))),
             "The manifest in two chunks of one byte string.")
    f.attack("huge-bstr", "cbor-truncated",
             TAG + b"\xa2\x02\x5a\xff\xff\xff\xff\0",
             "Six bytes that claim to be a byte string of 4 GiB.")
    f.attack("endless-bstr", "cbor-truncated",
             TAG + b"\xa2\x02\x5b" + b"\xff" * 8 + b"\0",
             "A byte string of 2^64 - 1 bytes.")
    f.attack("huge-map", "cbor-truncated", TAG + b"\xba\xff\xff\xff\xff\2\0",
             "A map of 2^32 - 1 members.")
    f.attack("huge-array", "cbor-truncated",
             encode(Tag(107, {AUTH: b"\x9a\x3f\xff\xff\xff",
                              MANIFEST: PLAIN})),
             "Five bytes that claim to be an array of a thousand million.")
    f.attack("endless-array", "cbor-truncated",
             encode(Tag(107, {AUTH: b"\x9b" + b"\xff" * 8,
                              MANIFEST: PLAIN})),
             "An array of 2^64 - 1 elements.")


def heads(f):
    body = encode(Pairs(PAIRS))
    f.attack("wide-tag", "cbor-not-canonical", head(6, 107, 2) + body,
             "The envelope tag in two bytes where one is enough.")
    f.attack("wide-map", "cbor-not-canonical", TAG + head(5, 2, 1) + body[1:],
             "The number of members in one byte too many.")
    f.attack("wide-key", "cbor-not-canonical",
             encode(Tag(107, Pairs([(Raw(b"\x18\2"), PAIRS[0][1]),
                                    PAIRS[1]]))),
             "A member's key in one byte too many.")
    wide = bstr_wide(PLAIN, 4)
    signed_digest = encode(digest(bytes(wide)))
    f.attack("wide-bstr", "cbor-not-canonical",
             encode(Tag(107, {AUTH: authentication(
                 signed_digest, [cose.sign1(ACME, signed_digest)]),
                 MANIFEST: wide})),
             "The manifest's length in four bytes, the digest made to fit.")
    f.attack("reserved-info", "cbor-reserved-encoding", TAG + b"\xbc",
             "Additional information 28, which nobody assigned.")
    f.attack("break-alone", "cbor-wrong-type", TAG + b"\xff",
             "The end of an indefinite item that never began.")
    for name, raw, error, text in (
            ("simple-two-bytes", b"\xf8\x14", "cbor-reserved-encoding",
             "false in two bytes."),
            ("simple-255", b"\xf8\xff", "cbor-reserved-encoding",
             "A simple value that nobody assigned."),
            ("undefined", b"\xf7", "cbor-reserved-encoding", "undefined."),
            ("half-float", b"\xf9\0\0", "cbor-reserved-encoding",
             "A floating-point number.")):
        f.attack(name, error, envelope(PLAIN, [], blocks=[cose.sign1(
            ACME, encode(member_digest(PLAIN)),
            unprotected={4: ACME.kid, 99: Raw(raw)})]),
                 text[:-1] + " in an ignored COSE header.")


def manifest_numbers(f):
    def numbered(value):
        return signed(simple(put={SEQUENCE: value}))

    f.attack("wide-uint", "cbor-not-canonical", numbered(Raw(b"\x18\1")),
             "The sequence number 1 in two bytes.")
    f.attack("float", "cbor-wrong-type",
             numbered(Raw(b"\xfb\x3f\xf0" + bytes(6))),
             "The sequence number 1.0.")
    f.attack("bignum", "cbor-wrong-type", numbered(Tag(2, b"\1" + bytes(8))),
             "The sequence number 2^64 as a bignum.")
    f.attack("negative", "cbor-wrong-type", numbered(-1),
             "The sequence number -1.")
    f.attack("null", "cbor-wrong-type", numbered(None),
             "null as sequence number.")
    f.attack("text-number", "cbor-wrong-type", numbered("1"),
             "A text string as sequence number.")
    f.attack("size-beyond-64-bits", "parameter-malformed", signed(simple(shared=[
        OVERRIDE, {**identity(), **image(GOOD), SIZE: Tag(2, b"\1" * 9)},
        *CHECKS])), "An image size of nine bytes.")


def manifest_structure(f):
    members = [(VERSION, 1), (SEQUENCE, 1),
               (COMMON, wrap({COMPONENTS: [path(RADIO)],
                              SHARED: wrap([OVERRIDE, image(GOOD)])})),
               (VALIDATE, wrap([3, 15]))]
    swapped = [members[0], members[2], members[1], members[3]]
    f.attack("manifest-order", "cbor-map-order",
             signed(encode(Pairs(swapped))),
             "Members of the manifest out of order.")
    f.attack("manifest-duplicate", "cbor-duplicate-key",
             signed(encode(Pairs(members + [(VALIDATE, wrap([3, 0]))]))),
             "Two validate sequences.")
    f.attack("manifest-trailing", "cbor-trailing-bytes",
             signed(PLAIN + b"\0"), "A signed byte after the manifest's map.")
    f.attack("manifest-indefinite", "cbor-indefinite-length",
             signed(bytes(map_indefinite(members))),
             "The manifest as an indefinite map.")
    f.attack("manifest-empty", "cbor-truncated", signed(b""),
             "A signed manifest of zero bytes.")
    f.attack("manifest-null", "cbor-wrong-type", signed(encode(None)),
             "A signed manifest that is null.")
    f.attack("common-trailing", "cbor-trailing-bytes",
             signed(simple(put={COMMON: members[2][1] + b"\0"})),
             "A byte after the map of common.")
    f.attack("too-deep", "cbor-too-deep", envelope(
        PLAIN, [], blocks=[cose.sign1(
            ACME, encode(member_digest(PLAIN)),
            unprotected={4: ACME.kid, 99: nested(17)})]),
             "17 arrays in one another in an ignored COSE header.")
    f.attack("very-deep", "cbor-too-deep", envelope(
        PLAIN, [], blocks=[cose.sign1(
            ACME, encode(member_digest(PLAIN)),
            unprotected={4: ACME.kid, 99: nested(4000)})]),
             "4000 arrays in one another: a recursive decoder's stack.")


def strings(f):
    def uri(raw):
        return signed(simple(put={URI: Raw(head(3, len(raw)) + raw)}))

    f.attack("utf8-invalid", "cbor-bad-utf8", uri(b"http://\xff"),
             "A reference URI with a byte that UTF-8 never has.")
    f.attack("utf8-overlong", "cbor-bad-utf8", uri(b"\xc0\xaf"),
             "A slash in two bytes.")
    f.attack("utf8-surrogate", "cbor-bad-utf8", uri(b"\xed\xa0\x80"),
             "A surrogate as UTF-8.")
    f.attack("utf8-cut", "cbor-bad-utf8", uri(b"\xe2\x82"),
             "A character without its last byte.")
    f.attack("utf8-too-big", "cbor-bad-utf8", uri(b"\xf4\x90\x80\x80"),
             "A character beyond U+10FFFF.")
    f.attack("utf8-payload-key", "cbor-bad-utf8",
             encode(Tag(107, Pairs(PAIRS + [(Raw(b"\x61\xff"), b"")]))),
             "An integrated payload whose name is not UTF-8.")


def controls(f):
    f.control("utf8", signed(simple(put={URI: "https://acme.example/\u20ac"})),
              "A reference URI with a character of three bytes.")
    f.control("sequence-number-max", signed(simple(seq=2**64 - 1)),
              "The largest sequence number.")
    f.control("sequence-number-zero", signed(simple(seq=0)),
              "The smallest sequence number.")
    f.control("deep", envelope(PLAIN, [], blocks=[cose.sign1(
        ACME, encode(member_digest(PLAIN)),
        unprotected={4: ACME.kid, 99: nested(15)})]),
              "15 arrays in one another in an ignored COSE header.")
