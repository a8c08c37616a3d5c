# SPDX-License-Identifier: GPL-2.0-or-later
"""COSE structures: types, headers, signatures and what they cover."""

from forge.cast import (ACME, ACME_384, BETA, MALLORY, bundle, signed,
                        simple)
from forge.cbor import Pairs, Raw, Tag, encode, wrap
from forge.cose import ALG, CRIT, ESP256, KID, flip, sign, sign1, signer
from forge.ecdsa import P256, raw
from forge.suit import envelope, member_digest

PLAIN = simple()
SIGNED = encode(member_digest(PLAIN))
ONE = sign1(ACME, SIGNED)
RS256, HMAC256 = -257, 5


def with_blocks(*blocks):
    return envelope(PLAIN, [], blocks=list(blocks))


def one(**wrong):
    return with_blocks(sign1(ACME, SIGNED, **wrong))


def changed(change):
    return one(change=change)


def rs(signature):
    return (int.from_bytes(signature[:32], "big"),
            int.from_bytes(signature[32:], "big"))


def der(signature):
    def integer(value):
        data = value.to_bytes(33, "big").lstrip(b"\0")
        data = (b"\0" if data[0] & 0x80 else b"") + data
        return bytes([2, len(data)]) + data

    body = b"".join(integer(v) for v in rs(signature))
    return bytes([0x30, len(body)]) + body


def add(family):
    types(family)
    structure(family)
    algorithms(family)
    headers(family)
    critical(family)
    signature_bytes(family)
    signed_bytes(family)
    several_signers(family)
    several_blocks(family)
    controls(family)


def types(f):
    f.attack("untagged", "cose-type-unsupported", one(tag=None),
             "A COSE_Sign1 without the tag that says so.")
    f.attack("encrypt0", "cose-type-unsupported", one(tag=16),
             "A signature that claims to be a COSE_Encrypt0.")
    f.attack("envelope-tag", "cose-type-unsupported", one(tag=107),
             "A signature with the tag of an envelope.")
    f.attack("sign1-as-sign", "cbor-wrong-type", one(tag=98),
             "A COSE_Sign1 that claims to be a COSE_Sign.")
    f.attack("sign-as-sign1", "cbor-wrong-type",
             with_blocks(sign([signer(ACME, SIGNED)], tag=18)),
             "A COSE_Sign that claims to be a COSE_Sign1.")


def structure(f):
    protected, kid = wrap({ALG: ESP256}), {KID: ACME.kid}
    f.attack("payload-attached", "cose-payload-attached", one(attach=SIGNED),
             "The payload is attached, and is the right one.")
    f.attack("payload-other", "cose-payload-attached", one(attach=b"other"),
             "Another payload is attached than the one that is signed.")
    f.attack("payload-empty", "cose-payload-attached", one(attach=b""),
             "An attached payload of zero bytes instead of null.")
    f.attack("payload-false", "cose-payload-attached", one(attach=False),
             "false instead of null.")
    f.attack("three-elements", "cose-malformed",
             with_blocks(encode(Tag(18, [protected, kid, None]))),
             "A COSE_Sign1 without a signature.")
    f.attack("five-elements", "cose-malformed", with_blocks(encode(
        Tag(18, [protected, kid, None, bytes(64), b""]))),
             "A COSE_Sign1 with a fifth element.")
    f.attack("not-array", "cbor-wrong-type",
             with_blocks(encode(Tag(18, {1: 2}))), "A COSE_Sign1 as a map.")
    f.attack("trailing", "cbor-trailing-bytes", with_blocks(ONE + b"\0"),
             "A byte after the COSE_Sign1.")
    f.attack("protected-not-wrapped", "cbor-wrong-type", with_blocks(encode(
        Tag(18, [{ALG: ESP256}, kid, None, bytes(64)]))),
             "The protected header as a bare map.")
    f.attack("signature-not-bstr", "cbor-wrong-type", with_blocks(encode(
        Tag(18, [protected, kid, None, None]))),
             "null instead of a signature.")


def algorithms(f):
    f.attack("alg-missing", "cose-alg-missing", one(protected=b""),
             "No algorithm is stated; the protected header has zero bytes.")
    f.attack("alg-missing-empty-map", "cose-alg-missing",
             one(protected=wrap({})),
             "No algorithm is stated; the protected header is an empty map.")
    f.attack("alg-unprotected", "cose-alg-unprotected",
             one(protected=b"", unprotected={ALG: ESP256, KID: ACME.kid}),
             "The algorithm only in the unprotected header.")
    f.attack("alg-both", "cose-duplicate-label",
             one(unprotected={ALG: ESP256, KID: ACME.kid}),
             "The algorithm in both headers, equal.")
    f.attack("alg-both-different", "cose-duplicate-label",
             one(unprotected={ALG: -7, KID: ACME.kid}),
             "The algorithm in both headers, different.")
    f.attack("alg-text", "cose-alg-unsupported",
             one(protected={ALG: "ESP256"}),
             "The algorithm as a text string.")
    f.attack("alg-none", "cose-alg-unsupported", one(protected={ALG: 0}),
             "Algorithm 0.")
    f.attack("alg-rs256", "cose-alg-unsupported",
             one(protected={ALG: RS256}), "RS256, over an ECDSA signature.")
    f.attack("alg-hmac", "cose-alg-unsupported",
             one(protected={ALG: HMAC256}),
             "HMAC 256/256 in a signature.")
    f.attack("alg-huge", "cose-alg-unsupported",
             one(protected={ALG: ESP256 + 2**32}),
             "An algorithm that equals -9 in 32 bits.")
    f.attack("alg-es256-for-esp256", "key-algorithm-mismatch",
             one(protected={ALG: -7}),
             "ES256 by a key that states ESP256: the same mathematics.")
    f.attack("alg-ed25519-for-esp256", "key-algorithm-mismatch",
             one(protected={ALG: -19}),
             "Ed25519 in the header, a signature by a P-256 key.")
    f.attack("alg-esp384-for-esp256", "key-algorithm-mismatch",
             one(protected={ALG: -51}, change=lambda s: s + bytes(32)),
             "ESP384 in the header, a signature by a P-256 key.")


def headers(f):
    kid = {KID: ACME.kid}
    f.attack("protected-indefinite", "cbor-indefinite-length",
             one(protected=b"\xbf\1\x28\xff"),
             "The protected header as an indefinite map.")
    f.attack("protected-not-map", "cbor-wrong-type",
             one(protected=encode([ALG, ESP256])),
             "The protected header as an array.")
    f.attack("protected-trailing", "cbor-trailing-bytes",
             one(protected=wrap({ALG: ESP256}) + b"\0"),
             "A byte after the map in the protected header.")
    f.attack("protected-alg-twice", "cbor-duplicate-key",
             one(protected=encode(Pairs([(ALG, ESP256), (ALG, -7)]))),
             "Two algorithms in the protected header.")
    f.attack("protected-too-big", "cose-header-too-big",
             one(protected={ALG: ESP256, 99: bytes(256)}),
             "A protected header of more than 256 bytes.")
    f.attack("kid-in-both", "cose-duplicate-label",
             one(protected={ALG: ESP256, KID: ACME.kid}, unprotected=kid),
             "A key id in both headers.")
    f.attack("kid-not-bstr", "cbor-wrong-type",
             one(unprotected={KID: "acme-1"}), "A key id as a text string.")
    f.attack("unprotected-not-map", "cbor-wrong-type", with_blocks(encode(
        Tag(18, [wrap({ALG: ESP256}), [], None, bytes(64)]))),
             "The unprotected header as an array.")
    f.attack("unprotected-order", "cbor-map-order",
             one(unprotected=Pairs([(99, 0), (KID, ACME.kid)])),
             "The unprotected header out of order.")
    f.attack("unprotected-duplicate", "cbor-duplicate-key",
             one(unprotected=Pairs([(KID, ACME.kid), (KID, BETA.kid)])),
             "Two key ids in the unprotected header.")


def critical(f):
    def crit(value, **labels):
        return one(protected={ALG: ESP256, CRIT: value,
                              **{int(k[1:]): v for k, v in labels.items()}})

    f.attack("crit-unknown", "cose-crit-not-understood", crit([99], _99=0),
             "A critical header that nobody understands.")
    f.attack("crit-unknown-text", "cose-crit-not-understood",
             one(protected={ALG: ESP256, CRIT: ["x"], "x": 0}),
             "A critical header with a text label.")
    f.attack("crit-content-type", "cose-crit-not-understood",
             crit([3], _3=0), "A critical content type, which has no effect.")
    f.attack("crit-absent", "cose-crit-not-understood", crit([KID]),
             "A critical header that is not there.")
    f.attack("crit-empty", "cose-crit-not-understood", crit([]),
             "An empty list of critical headers.")
    f.attack("crit-not-array", "cbor-wrong-type", crit(ALG),
             "The list of critical headers as a number.")
    f.attack("crit-five", "cose-header-too-big", crit([ALG] * 5),
             "More critical headers than are allowed.")
    f.attack("crit-unprotected", "cose-crit-not-understood",
             one(unprotected={CRIT: [ALG], KID: ACME.kid}),
             "A list of critical headers that is not protected.")


def signature_bytes(f):
    n = P256.n
    f.attack("signature-empty", "signature-length", changed(lambda s: b""),
             "A signature of zero bytes.")
    f.attack("signature-short", "signature-length",
             changed(lambda s: s[:-1]), "A signature of 63 bytes.")
    f.attack("signature-long", "signature-length",
             changed(lambda s: s + b"\0"), "A signature of 65 bytes.")
    f.attack("signature-der", "signature-length", changed(der),
             "The right signature in ASN.1.")
    f.attack("signature-384", "signature-length",
             changed(lambda s: s[:32].rjust(48, b"\0")
                     + s[32:].rjust(48, b"\0")),
             "The right signature in the size of P-384.")
    for name, change, text in (
            ("flipped-r", lambda s: flip(s, 0), "One bit of r flipped."),
            ("flipped-s", lambda s: flip(s), "One bit of s flipped."),
            ("zeros", lambda s: bytes(64), "r and s are zero."),
            ("ones", lambda s: b"\xff" * 64, "r and s are 2^256 - 1."),
            ("r-zero", lambda s: bytes(32) + s[32:], "r is zero."),
            ("s-zero", lambda s: s[:32] + bytes(32), "s is zero."),
            ("r-one-s-one", lambda s: raw(P256, 1, 1), "r and s are one."),
            ("r-order", lambda s: raw(P256, n, rs(s)[1]),
             "r is the order of the group."),
            ("s-order", lambda s: raw(P256, rs(s)[0], n),
             "s is the order of the group."),
            ("swapped", lambda s: s[32:] + s[:32], "r and s swapped."),
            ("little-endian", lambda s: s[:32][::-1] + s[32:][::-1],
             "r and s with their bytes in reverse.")):
        f.attack("signature-" + name, "signature-invalid", changed(change),
                 text)


def signed_bytes(f):
    f.attack("signs-manifest", "signature-invalid",
             with_blocks(sign1(ACME, PLAIN)),
             "A signature over the manifest instead of its digest.")
    f.attack("signs-wrapped-digest", "signature-invalid",
             with_blocks(sign1(ACME, encode(SIGNED))),
             "A signature over the digest with its byte string head.")
    f.attack("signs-bare-hash", "signature-invalid",
             with_blocks(sign1(ACME, member_digest(PLAIN)[1])),
             "A signature over the hash without its algorithm.")
    f.attack("signs-nothing", "signature-invalid",
             with_blocks(sign1(ACME, b"")),
             "A signature over an empty payload.")
    f.attack("other-context", "signature-invalid", one(context="Signature"),
             "A signature made for a COSE_Sign.")
    f.attack("counter-context", "signature-invalid",
             one(context="CounterSignature"),
             "A countersignature shown as a signature.")
    f.attack("trust-aad", "signature-invalid", one(aad=b"suitgate-trust"),
             "A signature made for a trust statement.")
    f.attack("trust-statement", "signature-invalid", with_blocks(
        sign1(ACME, bundle([], statement=SIGNED), aad=b"suitgate-trust")),
             "A signature over a trust bundle, shown for a manifest.")
    f.attack("other-protected", "signature-invalid", with_blocks(encode(Tag(
        18, [wrap({ALG: ESP256, 3: 0}), {KID: ACME.kid}, None,
             ACME.sign(encode(["Signature1", wrap({ALG: ESP256}), b"",
                               SIGNED]))]))),
             "A protected header was added after signing.")
    f.attack("of-other-manifest", "signature-invalid",
             with_blocks(sign1(ACME, encode(member_digest(simple(seq=2))))),
             "A good signature over another manifest of the same author.")


def several_signers(f):
    good = signer(ACME, SIGNED)

    def many(signers, **wrong):
        return with_blocks(sign(signers, **wrong))

    f.attack("sign-no-signers", "cose-malformed", many([]),
             "A COSE_Sign that nobody signed.")
    f.attack("sign-nine", "cose-too-many-signatures", many([good] * 9),
             "Nine copies of a good signature in one COSE_Sign.")
    f.attack("sign-sign1-context", "signature-invalid",
             many([signer(ACME, SIGNED, context="Signature1")]),
             "A signature made for a COSE_Sign1.")
    f.attack("sign-alg-in-body", "cose-alg-missing",
             many([signer(ACME, SIGNED, body=wrap({ALG: ESP256}),
                          protected=b"")], body=wrap({ALG: ESP256})),
             "The algorithm in the body's header instead of the signer's.")
    f.attack("sign-body-changed", "signature-invalid",
             many([good], body=wrap({3: 0})),
             "A header of the body was added after signing.")
    f.attack("sign-alg-unprotected", "cose-alg-unprotected",
             many([signer(ACME, SIGNED, protected=b"",
                          unprotected={ALG: ESP256, KID: ACME.kid})]),
             "The signer's algorithm only in the unprotected header.")
    f.attack("sign-two-elements", "cose-malformed", many([good[:2]]),
             "A COSE_Signature without a signature.")
    f.attack("sign-payload-attached", "cose-payload-attached",
             many([good], attach=SIGNED), "A COSE_Sign with its payload.")
    f.attack("sign-body-crit", "cose-crit-not-understood",
             many([signer(ACME, SIGNED, body=wrap({CRIT: [99], 99: 0}))],
                  body=wrap({CRIT: [99], 99: 0})),
             "An unknown critical header in the body.")
    bad = signer(BETA, SIGNED, change=flip)
    f.attack("sign-good-then-bad", "signature-invalid", many([good, bad]),
             "A good signature, then a bad one by a trusted key.")
    f.attack("sign-bad-then-good", "signature-invalid", many([bad, good]),
             "A bad signature by a trusted key, then a good one.")
    f.attack("sign-stranger", "signature-invalid",
             many([signer(MALLORY, SIGNED)]),
             "A COSE_Sign by a key that nobody trusts.")
    f.attack("sign1-inside-sign", "cbor-wrong-type",
             many([Raw(ONE)]), "A COSE_Sign1 among the signers.")


def several_blocks(f):
    bad = sign1(ACME_384, SIGNED, change=flip)
    f.attack("good-then-bad", "signature-invalid", with_blocks(ONE, bad),
             "A good block, then a bad one by a trusted key.")
    f.attack("bad-then-good", "signature-invalid", with_blocks(bad, ONE),
             "A bad block by a trusted key, then a good one.")
    f.attack("good-then-garbage", "cose-type-unsupported",
             with_blocks(ONE, encode("garbage")),
             "A good block, then one that is not COSE.")
    f.attack("two-digests", "signature-invalid",
             with_blocks(ONE, sign1(ACME_384, encode(
                 member_digest(simple(seq=2))))),
             "Two good signatures over two different manifests.")
    f.attack("strangers-only", "signature-invalid",
             with_blocks(*[sign1(MALLORY, SIGNED)] * 3),
             "Three blocks, all by a key that nobody trusts.")


def controls(f):
    f.control("sign1", one(), "A COSE_Sign1 with a key id.")
    f.control("crit-alg", one(protected={ALG: ESP256, CRIT: [ALG]}),
              "The algorithm marked as critical.")
    f.control("kid-protected",
              one(protected={ALG: ESP256, KID: ACME.kid}, unprotected={}),
              "The key id in the protected header.")
    f.control("kid-absent", one(unprotected={}), "No key id at all.")
    f.control("unknown-headers",
              one(protected={ALG: ESP256, 99: "x"},
                  unprotected={KID: ACME.kid, 11: [b"", {}, b""]}),
              "Headers that have no effect, a countersignature among them.")
    f.control("sign", with_blocks(sign([signer(ACME, SIGNED)])),
              "A COSE_Sign with one signer.")
    f.control("sign-with-stranger", with_blocks(sign(
        [signer(MALLORY, SIGNED), signer(ACME, SIGNED)])),
              "A COSE_Sign by a stranger and a trusted key.")
    f.control("block-by-stranger",
              with_blocks(sign1(MALLORY, SIGNED), ONE),
              "A block by a stranger, then a good one.")
    f.control("sign-eight", with_blocks(sign([signer(ACME, SIGNED)] * 8)),
              "As many signatures in a COSE_Sign as are allowed.")
    f.control("high-s", changed(lambda s: raw(
        P256, rs(s)[0], P256.n - rs(s)[1])),
              "The other, equally valid s; a signature is no identity.")
    f.control("two-algorithms", signed(PLAIN, ACME, ACME_384),
              "One block with ESP256 and one with ESP384.")
