# SPDX-License-Identifier: GPL-2.0-or-later
"""COSE_Mac0 and COSE_Mac: secrets that are none, algorithms moved over."""

import hashlib
import hmac

from forge.cast import ACME, MALLORY, simple
from forge.cbor import Tag, encode, wrap
from forge.cose import ALG, ESP256, KID, sign1
from forge.suit import envelope, member_digest

PLAIN = simple()
SIGNED = encode(member_digest(PLAIN))
ONE = sign1(ACME, SIGNED)
HMAC256, DIRECT, A128KW = 5, -6, -3
SECRET, NAME = bytes(range(32)), b"shared-secret"


def with_blocks(*blocks):
    return envelope(PLAIN, [], blocks=list(blocks))


def tag_of(secret, context, protected):
    return hmac.new(secret, encode([context, protected, b"", SIGNED]),
                    hashlib.sha256).digest()


def mac0(secret=SECRET, kid=NAME, alg=HMAC256, attach=None, size=32):
    """A right COSE_Mac0, changed."""
    protected = wrap({ALG: alg})
    tag = tag_of(secret, "MAC0", protected)[:size]
    return encode(Tag(17, [protected, {KID: kid}, attach, tag]))


def mac(recipients, more=()):
    """A COSE_Mac by a secret that nobody trusts."""
    protected = wrap({ALG: HMAC256})
    tag = tag_of(SECRET, "MAC", protected)
    return encode(Tag(97, [protected, {}, None, tag, recipients, *more]))


FOR_OTHERS = [b"", {ALG: DIRECT, KID: NAME}, b""]


def add(family):
    types(family)
    public_keys(family)
    recipients(family)
    controls(family)


def types(f):
    f.attack("sign1-as-mac0", "cose-alg-unsupported",
             with_blocks(sign1(ACME, SIGNED, tag=17)),
             "A signature that claims to be a COSE_Mac0.")
    f.attack("sign1-as-mac", "cose-malformed",
             with_blocks(sign1(ACME, SIGNED, tag=97)),
             "A signature that claims to be a COSE_Mac.")
    f.attack("good-then-sign1-as-mac0", "cose-alg-unsupported",
             with_blocks(ONE, sign1(MALLORY, SIGNED, tag=17)),
             "A good block, then a signature that claims to be a COSE_Mac0.")
    f.attack("stranger", "no-trusted-key", with_blocks(mac0()),
             "A COSE_Mac0 by a secret that is not trusted.")
    f.attack("alg-esp256", "cose-alg-unsupported",
             with_blocks(mac0(alg=ESP256)),
             "A COSE_Mac0 with the algorithm of a signature.")
    f.attack("short", "signature-length", with_blocks(mac0(size=8)),
             "A COSE_Mac0 whose tag was cut to 64 bits.")
    f.attack("empty", "signature-length", with_blocks(mac0(size=0)),
             "A COSE_Mac0 without a tag.")
    f.attack("attached", "cose-payload-attached",
             with_blocks(mac0(attach=SIGNED)),
             "A COSE_Mac0 with its payload attached.")


def public_keys(f):
    for name, secret, text in (
            ("key", encode(ACME.public()), "trusted public key"),
            ("x", ACME.x, "trusted key's x"),
            ("x-y", ACME.x + ACME.y, "trusted key's point")):
        f.attack("by-public-" + name, "key-algorithm-mismatch",
                 with_blocks(mac0(secret, ACME.kid)),
                 f"A right COSE_Mac0 whose secret is the {text}.")
        f.attack(f"by-public-{name}-unnamed", "no-trusted-key",
                 with_blocks(mac0(secret)),
                 f"The same without naming the key: the {text}.")


def recipients(f):
    f.attack("recipient-stranger", "no-trusted-key",
             with_blocks(mac([FOR_OTHERS])),
             "A COSE_Mac by a secret that is not trusted.")
    for name, value, expected, text in (
            ("none", [], "cose-malformed", "A COSE_Mac for nobody."),
            ("two", [FOR_OTHERS] * 2, "cose-malformed",
             "A COSE_Mac whose secret two recipients use directly."),
            ("wrapped", [[b"", {ALG: A128KW}, bytes(40)]],
             "cose-alg-unsupported", "A COSE_Mac with a wrapped key."),
            ("protected", [[wrap({ALG: DIRECT}), {}, b""]],
             "cose-alg-unsupported",
             "A direct recipient with a protected header."),
            ("ciphertext", [[b"", {ALG: DIRECT}, b"x"]], "cose-malformed",
             "A direct recipient with a ciphertext."),
            ("header", [[b"", {ALG: DIRECT, 5: b""}, b""]], "cose-malformed",
             "A direct recipient with another header."),
            ("nested", [[*FOR_OTHERS, []]], "cose-alg-unsupported",
             "A recipient with recipients of its own."),
            ("not-array", [0], "cbor-wrong-type",
             "A recipient that is a number.")):
        f.attack("recipient-" + name, expected, with_blocks(mac(value)), text)
    f.attack("six-elements", "cose-malformed",
             with_blocks(mac([FOR_OTHERS], [b""])),
             "A COSE_Mac with a sixth element.")


def controls(f):
    f.control("mac0-of-others", with_blocks(ONE, mac0()),
              "A good block, then a COSE_Mac0 for somebody else.")
    f.control("mac-of-others", with_blocks(mac([FOR_OTHERS]), ONE),
              "A COSE_Mac for somebody else, then a good block.")
