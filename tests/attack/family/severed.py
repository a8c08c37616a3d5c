# SPDX-License-Identifier: GPL-2.0-or-later
"""Severed members: altered, unclaimed, absent, exchanged."""

from forge.cast import signed, simple
from forge.cbor import Raw, encode, nested, wrap
from forge.suit import (CANDIDATE, COMMON, COSWID, FETCH, FETCHING, INSTALL,
                        MATCH, P_URI, OVERRIDE, RESOLUTION, SHA256, SHA384,
                        SHAKE128, TEXT, UNINSTALL, digest, member_digest)

INSTALL_SEQ = wrap([OVERRIDE, {P_URI: "https://acme.example/r"},
                    FETCH, 15, MATCH, 15])
OTHER_SEQ = wrap([OVERRIDE, {P_URI: "https://mallory.example/r"},
                  FETCH, 15, MATCH, 15])
TEXT_MAP = wrap({"en": {1: "Radio firmware"}})
CONTENT = {COSWID: wrap({0: "tag"}), RESOLUTION: wrap([MATCH, 15]),
           FETCHING: INSTALL_SEQ, INSTALL: INSTALL_SEQ, TEXT: TEXT_MAP}
NAMES = {COSWID: "coswid", RESOLUTION: "dependency-resolution",
         FETCHING: "payload-fetch", INSTALL: "install", TEXT: "text"}


def severed(key, content, claimed=None):
    """@content under @key in the envelope, @claimed in the manifest."""
    if claimed is None:
        claimed = member_digest(content)
    return signed(simple(put={key: claimed}), members={key: content})


def add(family):
    altered(family)
    unclaimed(family)
    claims(family)
    behind_the_digest(family)
    controls(family)


def altered(f):
    for key, content in CONTENT.items():
        changed = bytearray(content)
        changed[-1] ^= 1
        f.attack("flipped-" + NAMES[key], "severed-digest-mismatch",
                 severed(key, bytes(changed), member_digest(content)),
                 f"One bit of the severed {NAMES[key]} flipped.")
    f.attack("replaced-install", "severed-digest-mismatch",
             severed(INSTALL, OTHER_SEQ, member_digest(INSTALL_SEQ)),
             "Another, well-formed install sequence.")
    f.attack("replaced-by-garbage", "severed-digest-mismatch",
             severed(INSTALL, b"\xbf garbage", member_digest(INSTALL_SEQ)),
             "Garbage instead of the install sequence is not parsed.")
    f.attack("emptied-install", "severed-digest-mismatch",
             severed(INSTALL, b"", member_digest(INSTALL_SEQ)),
             "Zero bytes instead of the install sequence.")
    f.attack("without-head", "severed-digest-mismatch",
             severed(INSTALL, INSTALL_SEQ, digest(INSTALL_SEQ)),
             "The digest of the sequence without its byte string head.")
    f.attack("exchanged", "severed-digest-mismatch", signed(
        simple(put={FETCHING: member_digest(OTHER_SEQ),
                    INSTALL: member_digest(INSTALL_SEQ)}),
        members={FETCHING: INSTALL_SEQ, INSTALL: OTHER_SEQ}),
             "Two severed members with their contents exchanged.")


def unclaimed(f):
    for key, content in CONTENT.items():
        f.attack("unclaimed-" + NAMES[key], "severed-member-unclaimed",
                 signed(simple(), members={key: content}),
                 f"A {NAMES[key]} that the manifest does not know.")
    f.attack("in-both-places", "severed-member-unclaimed",
             signed(simple(put={INSTALL: INSTALL_SEQ}),
                    members={INSTALL: OTHER_SEQ}),
             "install is in the manifest, another one in the envelope.")
    f.attack("in-both-places-equal", "severed-member-unclaimed",
             signed(simple(put={INSTALL: INSTALL_SEQ}),
                    members={INSTALL: INSTALL_SEQ}),
             "install is in the manifest and the same in the envelope.")
    f.attack("unclaimed-candidate-verification", "severed-member-unclaimed",
             signed(simple(), members={CANDIDATE: wrap([MATCH, 15])}),
             "A candidate-verification that the manifest does not know.")
    f.attack("common", "cbor-wrong-type",
             signed(simple(put={COMMON: member_digest(b"\xa0")})),
             "A digest instead of common, which is never severable.")
    f.attack("uninstall", "envelope-unknown-member",
             signed(simple(), members={UNINSTALL: wrap([MATCH, 15])}),
             "uninstall, which is never severable, in the envelope.")


def claims(f):
    f.attack("digest-shake128", "digest-algorithm-unsupported",
             severed(INSTALL, INSTALL_SEQ, [SHAKE128, bytes(32)]),
             "The digest of install by SHAKE128.")
    f.attack("digest-cut", "digest-malformed",
             severed(INSTALL, INSTALL_SEQ,
                     [SHA256, member_digest(INSTALL_SEQ)[1][:16]]),
             "Half of the right digest of install.")
    f.attack("digest-empty", "digest-malformed",
             severed(INSTALL, INSTALL_SEQ, []),
             "An empty array instead of the digest of install.")
    f.attack("absent-digest-empty", "digest-malformed",
             signed(simple(put={INSTALL: []})),
             "The same, and install is not even there.")
    f.attack("not-bstr", "cbor-wrong-type",
             severed(INSTALL, Raw(INSTALL_SEQ), member_digest(INSTALL_SEQ)),
             "A severed sequence as a bare array.")


def behind_the_digest(f):
    def install(content):
        return severed(INSTALL, content)

    f.attack("odd", "sequence-malformed", install(encode([MATCH])),
             "A severed sequence that ends in the middle of a command.")
    f.attack("trailing", "cbor-trailing-bytes",
             install(INSTALL_SEQ + b"\0"),
             "A byte after a severed sequence.")
    f.attack("unknown-command", "command-unsupported",
             install(wrap([30, 15])), "An unknown command in a severed one.")
    f.attack("index-out-of-range", "component-index-out-of-range",
             install(wrap([12, 1, FETCH, 15])),
             "A severed sequence for a component that is not there.")
    f.attack("too-big", "manifest-too-big",
             severed(TEXT, bytes(65537)),
             "A severed text of 64 KiB and one byte.")


def controls(f):
    f.control("install", severed(INSTALL, INSTALL_SEQ),
              "A severed install.")
    f.control("install-sha384",
              severed(INSTALL, INSTALL_SEQ,
                      member_digest(INSTALL_SEQ, SHA384)),
              "A severed install with a SHA-384 digest.")
    f.control("install-absent",
              signed(simple(put={INSTALL: member_digest(INSTALL_SEQ)})),
              "A severed install that was left out, as for booting.")
    f.control("all", signed(
        simple(put={k: member_digest(v) for k, v in CONTENT.items()}),
        members=CONTENT), "Every severable member, all severed.")
    f.control("not-decoded", severed(COSWID, encode(nested(4000))),
              "4000 arrays in one another in a software tag, which nobody "
              "decodes.")
    f.control("text-absent",
              signed(simple(put={TEXT: member_digest(TEXT_MAP)})),
              "A severed text that was left out.")
