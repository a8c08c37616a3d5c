# SPDX-License-Identifier: GPL-2.0-or-later
"""SUIT envelopes, right by default; every part can be replaced."""

import hashlib
import uuid

from . import cose
from .cbor import Pairs, Tag, encode, wrap

SHA256, SHA384, SHA512, SHAKE128 = -16, -43, -44, -18
HASHES = {SHA256: "sha256", SHA384: "sha384", SHA512: "sha512"}

VENDOR = uuid.uuid5(uuid.NAMESPACE_DNS, "acme.example")
CLASS = uuid.uuid5(VENDOR, "gateway-1")
OTHER_VENDOR = uuid.uuid5(uuid.NAMESPACE_DNS, "mallory.example")
OTHER_CLASS = uuid.uuid5(VENDOR, "gateway-2")

# envelope and manifest
AUTH, MANIFEST = 2, 3
VERSION, SEQUENCE, COMMON, URI, COMPONENT_ID, SET_VERSION = 1, 2, 3, 4, 5, 6
VALIDATE, LOAD, INVOKE, COSWID, RESOLUTION, FETCHING = 7, 8, 9, 14, 15, 16
INSTALL_OLD, CANDIDATE, INSTALL, TEXT, UNINSTALL = 17, 18, 20, 23, 24
# common
DEPENDENCIES, COMPONENTS, SHARED = 1, 2, 4
# commands
C_VENDOR, C_CLASS, MATCH, USE_BEFORE, C_SLOT, CHECK = 1, 2, 3, 4, 5, 6
INDEX, ABORT, TRY, WRITE, SET, OVERRIDE = 12, 14, 15, 18, 19, 20
FETCH, COPY, RUN_IMAGE, C_DEVICE, NOT_MATCH = 21, 22, 23, 24, 25
BATTERY, AUTHORIZED, C_VERSION, WAIT, SWAP, RUN = 26, 27, 28, 29, 31, 32
# parameters
P_VENDOR, P_CLASS, DIGEST, P_SLOT, STRICT, SOFT, SIZE = 1, 2, 3, 5, 12, 13, 14
CONTENT, P_URI, SOURCE, P_DEVICE = 18, 21, 22, 24


def path(text):
    """Component id of "firmware/acme/radio.bin"."""
    return [segment.encode() for segment in text.split("/")]


def digest(data, alg=SHA256):
    """SUIT_Digest of @data as a list."""
    return [alg, hashlib.new(HASHES[alg], data).digest()]


def member_digest(content, alg=SHA256):
    """SUIT_Digest of a bstr member: head and content."""
    return digest(encode(content), alg)


def image(payload, alg=SHA256):
    """Parameters that say what the image must be."""
    return {DIGEST: wrap(digest(payload, alg)), SIZE: len(payload)}


def identity():
    return {P_VENDOR: VENDOR.bytes, P_CLASS: CLASS.bytes}


def manifest(components, shared, validate=(MATCH, 15), seq=1, common=None,
             put=None, drop=()):
    """Encoded manifest. @put adds or replaces members, @drop removes."""
    if common is None:
        common = {COMPONENTS: components, SHARED: wrap(list(shared))}
    members = {VERSION: 1, SEQUENCE: seq, COMMON: wrap(common)}
    if validate is not None:
        members[VALIDATE] = wrap(list(validate))
    members.update(put or {})
    return encode({k: v for k, v in members.items() if k not in drop})


def authentication(signed, blocks):
    """Content of the authentication wrapper."""
    return wrap([signed, *blocks])


def envelope(content, signers, members=None, signed=None, blocks=None,
             tag=107):
    """Encoded envelope around the encoded manifest @content.

    @members: further members; @signed: the encoded SUIT_Digest, if not the
    right one; @blocks: authentication blocks, if not a Sign1 of each signer.
    """
    if signed is None:
        signed = encode(member_digest(content))
    if blocks is None:
        blocks = [cose.sign1(key, signed) for key in signers]
    value = {AUTH: authentication(signed, blocks), MANIFEST: content}
    value.update(members or {})
    return encode(value if tag is None else Tag(tag, value))


def pairs_of(content, key):
    """Members of a simple signed envelope, for reordering."""
    signed = encode(member_digest(content))
    return Pairs([(AUTH, authentication(signed, [cose.sign1(key, signed)])),
                  (MANIFEST, content)])

