# SPDX-License-Identifier: GPL-2.0-or-later
"""COSE_Sign1, COSE_Sign and COSE_Key, right by default and wrong on demand."""

import hashlib

from . import ecdsa
from .cbor import Tag, encode, wrap

ALG, CRIT, CONTENT_TYPE, KID = 1, 2, 3, 4
ES256, ESP256, ES384, ESP384 = -7, -9, -35, -51
CURVES = {ES256: ecdsa.P256, ESP256: ecdsa.P256,
          ES384: ecdsa.P384, ESP384: ecdsa.P384}
HASHES = {ES256: "sha256", ESP256: "sha256", ES384: "sha384",
          ESP384: "sha384"}


class Key:
    """A key pair from a fixed seed. TEST ONLY: anyone can compute it."""

    def __init__(self, name, alg=ESP256, kid=True, pair=None):
        self.name, self.alg = name, alg
        self.curve, self.hash = CURVES[alg], HASHES[alg]
        seed = hashlib.sha512(b"suitgate TEST ONLY key "
                              + (pair or name).encode())
        self.d = int.from_bytes(seed.digest(), "big") % (self.curve.n - 1) + 1
        self.x, self.y = (v.to_bytes(self.curve.size, "big") for v in
                          ecdsa.multiply(self.curve, self.d, self.curve.g))
        self.kid = name.encode() if kid else None

    def sign(self, message):
        return ecdsa.sign(self.curve, self.d, message, self.hash)

    def public(self, **changes):
        """The COSE_Key as a dict; @changes by member name, None removes."""
        names = {"kty": 1, "kid": 2, "alg": 3, "key_ops": 4, "crv": -1,
                 "x": -2, "y": -3, "d": -4}
        key = {"kty": 2, "kid": self.kid, "alg": self.alg, "key_ops": [2],
               "crv": self.curve.cose, "x": self.x, "y": self.y}
        key.update(changes)
        return {names[k]: v for k, v in key.items() if v is not None}

    def secret(self):
        return self.public(d=self.d.to_bytes(self.curve.size, "big"),
                           key_ops=[1, 2])

    def thumbprint(self):
        required = {1: 2, -1: self.curve.cose, -2: self.x, -3: self.y}
        return hashlib.sha256(encode(required)).digest()


def headers(key, protected, unprotected):
    """Fill in the usual ones; @protected may be bytes to be taken as is."""
    if protected is None:
        protected = {ALG: key.alg}
    if unprotected is None:
        unprotected = {} if key.kid is None else {KID: key.kid}
    if not isinstance(protected, bytes):
        protected = wrap(protected)
    return protected, unprotected


def to_be_signed(protected, payload, aad=b"", context="Signature1"):
    return encode([context, protected, aad, payload])


def sign1(key, payload, protected=None, unprotected=None, aad=b"",
          context="Signature1", attach=None, tag=18, change=None):
    """An encoded block. @change maps the right signature to another."""
    protected, unprotected = headers(key, protected, unprotected)
    signature = key.sign(to_be_signed(protected, payload, aad, context))
    if change:
        signature = change(signature)
    block = [protected, unprotected, attach, signature]
    return encode(block if tag is None else Tag(tag, block))


def signer(key, payload, body=b"", protected=None, unprotected=None,
           aad=b"", context="Signature", change=None):
    """One COSE_Signature of a COSE_Sign."""
    protected, unprotected = headers(key, protected, unprotected)
    signature = key.sign(encode([context, body, protected, aad, payload]))
    if change:
        signature = change(signature)
    return [protected, unprotected, signature]


def sign(signers, body=b"", unprotected=None, attach=None, tag=98):
    block = [body, {} if unprotected is None else unprotected, attach, signers]
    return encode(block if tag is None else Tag(tag, block))


def flip(data, at=-1, bit=1):
    """@data with one bit changed."""
    out = bytearray(data)
    out[at] ^= bit
    return bytes(out)
