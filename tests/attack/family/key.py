# SPDX-License-Identifier: GPL-2.0-or-later
"""Which key signed: unknown, revoked, mismatched, shown under another's id."""

from forge.cast import (ACME, ACME_384, ACME_ES256, ACME_ES384, ACME_REVOKED,
                        BETA, BETA_BIN, BETA_REVOKED, DUO1, DUO3, DUO_BIN,
                        MALLORY, NAMELESS, NAMELESS_BIN, signed, simple,
                        simple_for)
from forge.cbor import encode
from forge.cose import ALG, ES256, ESP256, ESP384, KID, Key, sign1
from forge.suit import envelope, member_digest

PLAIN = simple()
SIGNED = encode(member_digest(PLAIN))


def by(*keys_and_wrongs, content=PLAIN):
    data = encode(member_digest(content))
    return envelope(content, [], blocks=[
        sign1(key, data, **wrong) for key, wrong in keys_and_wrongs])


def add(family):
    without_trust(family)
    strangers(family)
    key_ids(family)
    algorithms(family)
    revoked(family)
    before_parsing(family)
    controls(family)


def without_trust(f):
    f.attack("no-trust", "no-trusted-key", signed(PLAIN),
             "A good envelope, but nobody is trusted.", trust="-")
    f.attack("no-trust-garbage", "no-trusted-key",
             envelope(PLAIN, [], blocks=[b"garbage"]),
             "Nobody is trusted, so a block of garbage is not looked at.",
             trust="-")
    f.attack("no-trust-unsigned", "unsigned", envelope(PLAIN, []),
             "Nobody is trusted and nobody signed.", trust="-")


def strangers(f):
    f.attack("stranger", "signature-invalid", signed(PLAIN, MALLORY),
             "A good signature by a key that nobody trusts.")
    f.attack("stranger-no-kid", "signature-invalid",
             by((MALLORY, {"unprotected": {}})),
             "The same without a key id: every trusted key is tried.")
    f.attack("stranger-as-acme", "signature-invalid",
             by((MALLORY, {"unprotected": {KID: ACME.kid}})),
             "An untrusted key that shows a trusted key's id.")
    f.attack("stranger-brings-key", "signature-invalid",
             by((MALLORY, {"unprotected": {KID: MALLORY.kid,
                                           -1: MALLORY.public()}})),
             "An untrusted key that brings itself along.")
    f.attack("stranger-brings-certificate", "signature-invalid",
             by((MALLORY, {"unprotected": {KID: MALLORY.kid,
                                           33: b"\x30\x03\x02\x01\x01"}})),
             "An untrusted key with an x5chain header.")
    f.attack("stranger-384", "signature-invalid",
             signed(PLAIN, Key("mallory-384", ESP384)),
             "The same with P-384.")
    f.attack("stranger-ed25519", "no-trusted-key",
             by((MALLORY, {"protected": {ALG: -19}})),
             "An algorithm that no trusted key has.")


def key_ids(f):
    f.attack("kid-of-other-key", "signature-invalid",
             by((ACME, {"unprotected": {KID: BETA.kid}})),
             "A trusted key that shows another trusted key's id.")
    f.attack("kid-of-other-curve", "key-algorithm-mismatch",
             by((ACME, {"unprotected": {KID: ACME_384.kid}})),
             "A P-256 signature under the id of a P-384 key.")
    f.attack("no-kid-flipped", "signature-invalid",
             by((ACME, {"unprotected": {},
                        "change": lambda s: s[:-1] + bytes([s[-1] ^ 1])})),
             "A bad signature without a key id.")


def algorithms(f):
    f.attack("esp256-by-es256-key", "key-algorithm-mismatch",
             by((ACME_ES256, {"protected": {ALG: ESP256}})),
             "ESP256 by a key that states ES256.")
    f.attack("es256-no-kid", "signature-invalid",
             by((ACME, {"protected": {ALG: ES256}, "unprotected": {}})),
             "ES256 by a key that states ESP256, without a key id.")
    f.attack("esp384-by-es384-key", "key-algorithm-mismatch",
             by((ACME_ES384, {"protected": {ALG: ESP384}})),
             "ESP384 by a key that states ES384.")
    f.attack("esp256-by-384-key", "key-algorithm-mismatch",
             by((ACME_384, {"protected": {ALG: ESP256},
                            "change": lambda s: s[:64]})),
             "ESP256 by a key on P-384.")


def revoked(f):
    beta = simple_for(BETA_BIN)
    duo = simple_for(DUO_BIN)
    f.attack("revoked", "key-revoked", signed(PLAIN, ACME_REVOKED),
             "A key that was revoked.")
    f.attack("revoked-before-added", "key-revoked",
             signed(beta, BETA_REVOKED),
             "A key that was revoked before an authority listed it.",
             component=BETA_BIN)
    f.attack("revoked-no-kid", "signature-invalid",
             by((ACME_REVOKED, {"unprotected": {}})),
             "A revoked key that does not say which it is.")
    f.attack("revoked-and-good", "key-revoked",
             signed(PLAIN, ACME, ACME_REVOKED),
             "A good signature and one by a revoked key.")
    f.attack("revoked-counts-to-threshold", "key-revoked",
             signed(duo, DUO1, DUO3),
             "Of the two signatures needed one is by a revoked key.",
             component=DUO_BIN)


def before_parsing(f):
    garbage = b"\xbf garbage"
    f.attack("garbage-by-stranger", "signature-invalid",
             signed(garbage, MALLORY),
             "A manifest of garbage is not parsed for a stranger.")
    f.attack("garbage-bad-signature", "signature-invalid",
             by((ACME, {"change": lambda s: bytes(64)}), content=garbage),
             "A manifest of garbage is not parsed on a bad signature.")
    f.attack("garbage-unsigned", "unsigned", envelope(garbage, []),
             "A manifest of garbage is not parsed without a signature.")


def controls(f):
    f.control("es256", signed(PLAIN, ACME_ES256), "A key that states ES256.")
    f.control("esp384", signed(PLAIN, ACME_384), "A key that states ESP384.")
    f.control("es384", signed(PLAIN, ACME_ES384), "A key that states ES384.")
    f.control("beta", signed(simple_for(BETA_BIN), BETA),
              "The sibling of a revoked key.", component=BETA_BIN)
    f.control("nameless", signed(simple_for(NAMELESS_BIN), NAMELESS),
              "A key without a key id.", component=NAMELESS_BIN)
    f.control("unknown-kid", by((ACME, {"unprotected": {KID: b"who"}})),
              "A key id that no trusted key has is no hint.")
