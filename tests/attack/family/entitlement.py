# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may speak for what: prefixes, roles, thresholds, retirement."""

from forge.cast import (ACME, BETA, BETA_BIN, DISTRO, DUO1, DUO2, DUO_BIN,
                        LEGACY, LEGACY_BIN, RADIO, REVOKED_MANIFEST, ROOT,
                        SHARED, SHARED_A_BIN, SHARED_B_BIN, SHARED_KEY, TWIN,
                        TWIN_BIN, TWIN_ES256, TWIN_OTHER, signed, simple,
                        simple_for)
from forge.cbor import encode
from forge.cose import ESP256, KID, flip, sign, sign1, signer
from forge.suit import (COMPONENT_ID, INDEX, MATCH, envelope, member_digest,
                        path)

DENIED = "authority-not-entitled"


def two(first, second, *signers):
    return signed(simple(components=[path(first), path(second)],
                         shared=[INDEX, 0, *SHARED],
                         validate=[INDEX, 0, MATCH, 15]), *signers)


def add(family):
    prefixes(family)
    roles(family)
    thresholds(family)
    retired(family)
    controls(family)


def prefixes(f):
    for name, component, text in (
            ("other-vendor", BETA_BIN, "ACME signs firmware of BETA."),
            ("sibling", "firmware/acme-evil/radio.bin",
             "A directory whose name begins with ACME's."),
            ("shorter", "firmware/acm/radio.bin",
             "A directory whose name ACME's begins with."),
            ("case", "firmware/ACME/radio.bin",
             "ACME's directory in upper case."),
            ("other-type", "upload/acme/radio.bin",
             "The same path as an upload."),
            ("root", "firmware/radio.bin", "A file above the prefix."),
            ("escape", "config/acme/radio.bin", "Another type."),
            ("deeper", "firmware/x/acme/radio.bin",
             "ACME's directory within another.")):
        f.attack("prefix-" + name, DENIED, signed(simple_for(component)),
                 text, component=component)
    f.attack("prefix-only", DENIED, signed(simple_for("firmware")),
             "The first segment of the prefix alone.", component=None,
             payload=None)
    f.attack("prefix-in-one-segment", DENIED, signed(simple(
        components=[[b"firmware/acme", b"radio.bin"]])),
             "The prefix as one segment with a slash.")
    f.attack("second-component", DENIED, two(RADIO, BETA_BIN),
             "ACME's component and, beside it, one of BETA.")
    f.attack("second-component-asked", DENIED, two(BETA_BIN, RADIO),
             "One of BETA, and ACME's component beside it.",
             component=BETA_BIN)
    f.attack("manifest-component-id", DENIED, signed(simple(
        put={COMPONENT_ID: path("firmware/beta/m.suit")})),
             "ACME's component, but the manifest is BETA's.")
    f.attack("union-of-two", DENIED, two(RADIO, BETA_BIN, ACME, BETA),
             "ACME and BETA sign for one component each.")
    f.attack("beta-for-acme", DENIED, signed(simple(), BETA),
             "BETA signs firmware of ACME.")


def roles(f):
    f.attack("root-signs-firmware", DENIED,
             signed(simple(), ROOT),
             "A root authority, which may change trust only.")
    f.attack("root-and-stranger-prefix", DENIED,
             signed(simple_for(BETA_BIN), ROOT, ACME),
             "A root authority does not widen ACME's prefix.",
             component=BETA_BIN)


def thresholds(f):
    plain = simple_for(DUO_BIN)
    data = encode(member_digest(plain))
    few = "too-few-signatures"
    one = sign1(DUO1, data)
    where = {"component": DUO_BIN}
    f.attack("one-of-two", few, signed(plain, DUO1),
             "One signature where two are needed.", **where)
    f.attack("same-key-twice", few, envelope(plain, [], blocks=[one, one]),
             "The same signature twice.", **where)
    f.attack("same-key-two-signatures", few, envelope(plain, [], blocks=[
        one, sign1(DUO1, data, protected={1: ESP256, 99: 0})]),
             "Two different signatures by the same key.", **where)
    f.attack("same-key-without-kid", few, envelope(plain, [], blocks=[
        one, sign1(DUO1, data, unprotected={})]),
             "The same key with and without its id.", **where)
    f.attack("same-key-unknown-kid", few, envelope(plain, [], blocks=[
        one, sign1(DUO1, data, unprotected={KID: b"duo-9"})]),
             "The same key under two ids.", **where)
    f.attack("same-key-twice-in-sign", few, envelope(plain, [], blocks=[
        sign([signer(DUO1, data), signer(DUO1, data)])]),
             "The same key twice in one COSE_Sign.", **where)
    f.attack("sign1-and-sign", few, envelope(plain, [], blocks=[
        one, sign([signer(DUO1, data)])]),
             "The same key in a COSE_Sign1 and in a COSE_Sign.", **where)
    f.attack("one-and-other-authority", DENIED, signed(plain, DUO1, BETA),
             "The second signature is by another authority.", **where)
    f.attack("one-and-bad", "signature-invalid", envelope(plain, [], blocks=[
        one, sign1(DUO2, data, change=flip)]),
             "The second signature is bad.", **where)
    f.attack("twin-keys", few,
             signed(simple_for(TWIN_BIN), TWIN, TWIN_ES256),
             "The same key pair listed with two algorithms.",
             component=TWIN_BIN)
    f.attack("shared-key-beyond", DENIED,
             two(SHARED_A_BIN, SHARED_B_BIN, SHARED_KEY),
             "A key of two authorities does not unite their prefixes.",
             component=SHARED_A_BIN)


def retired(f):
    f.attack("retired", DENIED, signed(simple_for(LEGACY_BIN, seq=6), LEGACY),
             "A retired authority, above its last sequence number.",
             component=LEGACY_BIN)
    f.attack("retired-far", DENIED,
             signed(simple_for(LEGACY_BIN, seq=2**64 - 1), LEGACY),
             "A retired authority, the largest sequence number.",
             component=LEGACY_BIN)
    f.attack("revoked-manifest", "manifest-revoked",
             signed(REVOKED_MANIFEST), "A manifest that was revoked.")
    f.attack("revoked-manifest-other-signature", "manifest-revoked",
             envelope(REVOKED_MANIFEST, [], blocks=[
                 sign([signer(ACME, encode(
                     member_digest(REVOKED_MANIFEST)))])]),
             "A revoked manifest with another signature.")
    f.attack("revoked-manifest-untagged", "manifest-revoked",
             signed(REVOKED_MANIFEST, tag=None,
                    members={"#x": b"more"}),
             "A revoked manifest in another envelope.")
    f.attack("revoked-manifest-by-distro", "manifest-revoked",
             signed(REVOKED_MANIFEST, DISTRO),
             "A revoked manifest signed by another authority.")


def controls(f):
    plain = simple_for(DUO_BIN)
    data = encode(member_digest(plain))
    f.control("threshold", signed(plain, DUO1, DUO2),
              "Both signatures, in two blocks.", component=DUO_BIN)
    f.control("threshold-sign", envelope(plain, [], blocks=[
        sign([signer(DUO1, data), signer(DUO2, data)])]),
              "Both signatures in one COSE_Sign.", component=DUO_BIN)
    f.control("twin", signed(simple_for(TWIN_BIN), TWIN_ES256, TWIN_OTHER),
              "Two key pairs of three listed keys.", component=TWIN_BIN)
    for name, component in (("a", SHARED_A_BIN), ("b", SHARED_B_BIN)):
        f.control("shared-key-" + name,
                  signed(simple_for(component), SHARED_KEY),
                  "A key that two authorities have.", component=component)
    f.control("retired-last",
              signed(simple_for(LEGACY_BIN, seq=5), LEGACY),
              "A retired authority, at its last sequence number.",
              component=LEGACY_BIN)
    f.control("not-revoked", signed(simple(seq=667)),
              "The sibling of a revoked manifest.")
    f.control("wide", two(RADIO, BETA_BIN, DISTRO),
              "DISTRO, which may speak for all firmware.")
    f.control("prefix-itself", signed(simple_for("firmware/acme")),
              "A component equal to the prefix.", component="firmware/acme")
    f.control("distro-and-acme", signed(simple_for(BETA_BIN), ACME, DISTRO),
              "ACME may not, but DISTRO may.", component=BETA_BIN)
