# SPDX-License-Identifier: GPL-2.0-or-later
"""Trust bundles that must not be applied."""

from forge.cast import (ADD, BASELINE_ROLE, RETIRE, REVOKE_DIGEST, REVOKE_KEY,
                        ROOT_ROLE, VENDOR_ROLE, authority, bundle, vendor)
from forge.cbor import Pairs, Raw, encode, wrap
from forge.cose import ES256, ESP384, Key
from forge.suit import SHA256

KEY = Key("trust-1")
KEY2 = Key("trust-2")
KEY384 = Key("trust-384", ESP384)
MALFORMED = "trust-malformed"
PREFIX = "firmware/trust"


def with_key(encoded):
    """A bundle that adds an authority with this key."""
    return bundle([[ADD, authority("trust", VENDOR_ROLE, [encoded],
                                   [PREFIX])]], 2)


def key(**changes):
    return with_key(wrap(KEY.public(**changes)))


def member(label, value):
    """A bundle that adds an authority with one member changed."""
    changed = vendor("trust", [KEY], PREFIX)
    if value is None:
        del changed[label]
    else:
        changed[label] = value
    return bundle([[ADD, changed]], 2)


def add(family):
    bundles(family)
    statements(family)
    operations(family)
    authorities(family)
    sizes(family)
    key_forms(family)
    points(family)
    controls(family)


def bundles(f):
    good = bundle([[ADD, vendor("trust", [KEY], PREFIX)]], 2)
    f.bundle("truncated", "cbor-truncated", good[:-1],
             "The last byte of the bundle is missing.")
    f.bundle("trailing", "cbor-trailing-bytes", good + b"\0",
             "A byte after the bundle.")
    f.bundle("map", "cbor-wrong-type", encode({1: b""}), "A map.")
    f.bundle("empty-array", MALFORMED, encode([]),
             "A bundle without a statement.")
    f.bundle("statement-bare", "cbor-wrong-type",
             encode([{1: 1, 2: 2, 3: []}]), "The statement as a bare map.")


def statements(f):
    operation = [RETIRE, "acme", 0]

    def statement(value):
        return bundle([], statement=wrap(value))

    f.bundle("statement-empty", MALFORMED, statement({}),
             "A statement without members.")
    f.bundle("version-2", MALFORMED, statement({1: 2, 2: 2, 3: [operation]}),
             "Statement version 2.")
    f.bundle("no-sequence", MALFORMED, statement({1: 1, 3: [operation]}),
             "A statement without sequence.")
    f.bundle("no-operation", MALFORMED, statement({1: 1, 2: 2, 3: []}),
             "A statement without an operation.")
    f.bundle("member-4", MALFORMED,
             statement({1: 1, 2: 2, 3: [operation], 4: 0}),
             "A statement with an unknown member.")
    f.bundle("member-twice", MALFORMED,
             statement(Pairs([(1, 1), (2, 2), (2, 9), (3, [operation])])),
             "A statement with two sequences.")
    f.bundle("statement-trailing", "cbor-trailing-bytes",
             bundle([], statement=wrap({1: 1, 2: 2, 3: [operation]})
                    + b"\0"), "A byte after the statement's map.")


def operations(f):
    def one(*operation):
        return bundle([list(operation)], 2)

    f.bundle("operation-0", MALFORMED, one(0, "acme"), "Operation 0.")
    f.bundle("operation-5", MALFORMED, one(5, "acme"), "Operation 5.")
    f.bundle("operation-empty", "cbor-truncated", one(), "An empty operation.")
    f.bundle("retire-unknown", "authority-unknown", one(RETIRE, "nobody", 0),
             "Retires an authority that is not there.")
    f.bundle("retire-no-last", MALFORMED, one(RETIRE, "acme"),
             "Retires without the last sequence number.")
    f.bundle("retire-surplus", MALFORMED, one(RETIRE, "acme", 0, 0),
             "Retires with one element too many.")
    f.bundle("revoke-31-bytes", MALFORMED, one(REVOKE_KEY, bytes(31)),
             "Revokes a thumbprint of 31 bytes.")
    f.bundle("revoke-digest-cut", "digest-malformed",
             one(REVOKE_DIGEST, [SHA256, bytes(16)]),
             "Revokes half of a manifest digest.")
    f.bundle("half-good", MALFORMED, bundle([
        [ADD, vendor("half", [KEY], "firmware")], [5, "x"]], 2),
             "A good operation before a bad one: neither applies.")


def authorities(f):
    for name, label, value, text in (
            ("name-missing", 1, None, "An authority without a name."),
            ("name-empty", 1, "", "An authority with an empty name."),
            ("role-missing", 2, None, "An authority without a role."),
            ("role-0", 2, 0, "Role 0."),
            ("role-4", 2, 4, "Role 4."),
            ("keys-missing", 3, None, "An authority without keys."),
            ("keys-empty", 3, [], "An empty list of keys."),
            ("prefixes-missing", 4, None, "No list of prefixes."),
            ("prefixes-empty", 4, [], "A vendor that may speak for nothing."),
            ("threshold-0", 5, 0, "No signature is needed."),
            ("threshold-2-of-1", 5, 2, "More signatures than keys."),
            ("dependencies-number", 6, 0, "A number for dependencies."),
            ("dependencies-empty", 6, [], "An empty list of dependencies."),
            ("member-7", 7, 0, "An unknown member of an authority.")):
        f.bundle(name, MALFORMED, member(label, value), text)
    f.bundle("name-not-utf8", "cbor-bad-utf8",
             member(1, Raw(b"\x61\xff")), "A name that is not UTF-8.")
    f.bundle("prefix-empty", "component-id-malformed", member(4, [[]]),
             "An empty prefix, which would cover everything.")
    f.bundle("dependencies-text", "component-id-malformed",
             member(6, [["firmware"]]), "A dependency of text strings.")
    f.bundle("root-with-dependencies", MALFORMED, bundle([[ADD, {
        1: "trust", 2: ROOT_ROLE, 3: [wrap(KEY.public())], 4: [],
        6: [[b"manifest"]]}]], 2),
             "A root authority that would name dependencies.")
    f.bundle("prefix-text", "component-id-malformed",
             member(4, [["firmware"]]), "A prefix of text strings.")
    f.bundle("root-with-prefix", MALFORMED, bundle([[ADD, authority(
        "trust", ROOT_ROLE, [wrap(KEY.public())], ["firmware"])]], 2),
             "A root authority that would speak for firmware.")
    f.bundle("same-key-twice", MALFORMED, bundle([[ADD, authority(
        "trust", VENDOR_ROLE, [wrap(KEY.public()),
                               wrap(KEY.public(kid=b"trust-9"))],
        [PREFIX], 2)]], 2),
             "One key under two ids, to reach a threshold of two alone.")


def sizes(f):
    big = "trust-too-big"
    f.bundle("name-65-bytes", big, member(1, "x" * 65), "A name of 65 bytes.")
    f.bundle("authorities-65", big, bundle([
        [ADD, vendor(f"trust-{i}", [KEY], PREFIX)] for i in range(65)], 2),
             "65 authorities in one bundle.")
    f.bundle("keys-129", big, member(3, [[b"%d" % i, ESP384]
                                         for i in range(129)]),
             "129 certificates of one authority.")
    f.bundle("prefixes-65", big, member(4, [[b"firmware", b"%d" % i]
                                            for i in range(65)]),
             "65 prefixes of one authority.")
    f.bundle("bundle-64k", big, bundle([], statement=bytes(65536)),
             "A bundle of more than 64 KiB.")


def key_forms(f):
    form, kind = "key-malformed", "key-type-unsupported"
    f.bundle("key-private", form, with_key(wrap(KEY.secret())),
             "A private key.")
    f.bundle("key-no-alg", form, key(alg=None), "A key without algorithm.")
    f.bundle("key-no-crv", kind, key(crv=None), "A key without a curve.")
    f.bundle("key-no-y", form, key(y=None), "A key without y.")
    f.bundle("key-compressed", form, key(y=True), "A compressed point.")
    f.bundle("key-x-31", form, key(x=KEY.x[:31]), "31 bytes of x.")
    f.bundle("key-x-33", form, key(x=b"\0" + KEY.x), "33 bytes of x.")
    f.bundle("key-ops-sign", form, key(key_ops=[1]), "A key for signing.")
    f.bundle("key-ops-empty", form, key(key_ops=[]), "A key for nothing.")
    f.bundle("key-wrong-curve", kind, key(alg=ESP384),
             "ESP384 by a key on P-256.")
    f.bundle("key-curve-of-384", kind, key(crv=2),
             "A P-256 point that claims to be on P-384.")
    f.bundle("key-p521", kind, key(crv=3), "A key on P-521.")
    f.bundle("key-symmetric-root", kind, bundle([[ADD, authority(
        "trust", ROOT_ROLE, [wrap({1: 4, 3: 5, -1: bytes(32)})], [])]], 2),
             "A root whose trust statements anyone who checks them can make.")
    f.bundle("key-symmetric-short", form, with_key(wrap(
        {1: 4, 3: 5, -1: bytes(16)})), "A symmetric key of 16 bytes.")
    f.bundle("key-symmetric-curve", form, with_key(wrap(
        {1: 4, 3: 5, -1: 1, -2: bytes(32)})),
             "A symmetric key with a curve.")
    f.bundle("key-symmetric-esp256", kind, with_key(wrap(
        {1: 4, 3: -9, -1: bytes(32)})), "A symmetric key for ESP256.")
    f.bundle("key-symmetric-ops", form, with_key(wrap(
        {1: 4, 3: 5, 4: [2], -1: bytes(32)})),
             "A symmetric key for verifying signatures.")
    f.bundle("key-rsa", form, with_key(wrap(
        {1: 3, 3: -257, -1: bytes(256), -2: b"\1\0\1"})), "An RSA key.")
    f.bundle("key-hmac-alg", kind, key(alg=5), "An EC key for HMAC.")
    f.bundle("key-trailing", "cbor-trailing-bytes",
             with_key(wrap(KEY.public()) + b"\0"), "A byte after the key.")
    f.bundle("key-bare", MALFORMED, with_key(KEY.public()),
             "A key that is not wrapped.")


def points(f):
    # The platform finds this out when it imports the key.
    off = bytearray(KEY.y)
    off[-1] ^= 1
    f.bundle("key-off-curve", "key-malformed", key(y=bytes(off)),
             "A point that is not on the curve.")
    f.bundle("key-zero", "key-malformed", key(x=bytes(32), y=bytes(32)),
             "The point (0, 0).")
    f.bundle("key-beyond-field", "key-malformed",
             key(x=b"\xff" * 32, y=b"\xff" * 32),
             "Coordinates greater than the field.")


def controls(f):
    f.bundle("ok-add", "ok", bundle([[ADD, authority(
        "trust", VENDOR_ROLE, [wrap(KEY.public()), wrap(KEY384.public())],
        [PREFIX], 2)]], 2), "An authority of two keys that must agree.")
    f.bundle("ok-replace", "ok", bundle([[ADD, authority(
        "trust", BASELINE_ROLE, [wrap(KEY2.public(alg=ES256, kid=None))],
        [PREFIX])]], 3), "The same authority replaced.")
    f.bundle("ok-retire", "ok", bundle([[RETIRE, "trust", 7]], 4),
             "An authority retired.")
