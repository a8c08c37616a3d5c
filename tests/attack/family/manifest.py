# SPDX-License-Identifier: GPL-2.0-or-later
"""Members of the manifest: versions, epochs, unknown, missing, misplaced."""

from forge.cast import RADIO, signed, simple
from forge.cbor import Raw, Tag, encode, wrap
from forge.suit import (CANDIDATE, COMMON, COMPONENT_ID, COMPONENTS, COSWID,
                        INSTALL, INSTALL_OLD, INVOKE, LOAD, MATCH,
                        SEQUENCE, SET_VERSION, TEXT, UNINSTALL, URI, VALIDATE,
                        VERSION, member_digest, path)

PLAIN = simple()


def put(key, value):
    return signed(simple(put={key: value}))


def add(family):
    versions(family)
    missing(family)
    unknown(family)
    types(family)
    epochs(family)
    controls(family)


def versions(f):
    f.attack("version-0", "manifest-version-unsupported", put(VERSION, 0),
             "Manifest version 0.")
    f.attack("version-2", "manifest-version-unsupported", put(VERSION, 2),
             "Manifest version 2.")
    f.attack("version-huge", "manifest-version-unsupported",
             put(VERSION, 2**32 + 1), "A version that equals 1 in 32 bits.")
    f.attack("version-text", "cbor-wrong-type", put(VERSION, "1"),
             "The version as a text string.")
    f.attack("version-2-and-unknown", "manifest-version-unsupported",
             signed(simple(put={VERSION: 2, 99: 0})),
             "Version 2 with members that version 1 does not know.")


def missing(f):
    f.attack("version-missing", "manifest-member-missing",
             signed(simple(drop=[VERSION])), "No version.")
    f.attack("sequence-number-missing", "manifest-member-missing",
             signed(simple(drop=[SEQUENCE])), "No sequence number.")
    f.attack("common-missing", "manifest-member-missing",
             signed(simple(drop=[COMMON])), "No common.")
    f.attack("empty-map", "manifest-member-missing", signed(encode({})),
             "A manifest without any member.")


def unknown(f):
    for key in (19, 22, 25, 1000):
        f.attack(f"member-{key}", "manifest-unknown-member", put(key, b""),
                 f"Member {key}, which nobody assigned.")
    f.attack("member-negative", "manifest-unknown-member", put(-1, b""),
             "A custom, negative member.")
    f.attack("member-text", "cbor-wrong-type", put("x", b""),
             "A member whose key is a text string.")
    f.attack("member-huge", "cbor-number-out-of-range",
             put(2**64 - 1, b""), "A member number beyond 63 bits.")


def types(f):
    f.attack("tagged", "cbor-wrong-type",
             signed(encode(Tag(1070, Raw(PLAIN)))),
             "The tag of a manifest inside its byte string.")
    f.attack("envelope-inside", "cbor-wrong-type", signed(signed(PLAIN)),
             "A whole envelope where the manifest belongs.")
    f.attack("common-bare", "cbor-wrong-type",
             put(COMMON, {COMPONENTS: [path(RADIO)]}),
             "common as a bare map.")
    f.attack("common-empty", "cbor-truncated", put(COMMON, b""),
             "common of zero bytes.")
    f.attack("uri-bstr", "cbor-wrong-type", put(URI, b"http://"),
             "The reference URI as a byte string.")
    f.attack("validate-severed", "cbor-wrong-type",
             put(VALIDATE, member_digest(wrap([MATCH, 15]))),
             "A digest instead of validate, which is never severable.")
    f.attack("load-severed", "cbor-wrong-type",
             put(LOAD, member_digest(wrap([MATCH, 15]))),
             "A digest instead of load, which is never severable.")
    f.attack("uninstall-severed", "cbor-wrong-type",
             put(UNINSTALL, member_digest(wrap([MATCH, 15]))),
             "A digest instead of uninstall, which is never severable.")
    f.attack("install-number", "cbor-wrong-type", put(INSTALL, 0),
             "A number instead of install.")
    f.attack("component-id-text", "component-id-malformed",
             put(COMPONENT_ID, "firmware"),
             "A text string as manifest-component-id.")
    f.attack("component-id-empty", "component-id-malformed",
             put(COMPONENT_ID, []), "An empty manifest-component-id.")
    f.attack("set-version-bare", "cbor-wrong-type",
             put(SET_VERSION, [1, 2]), "set-version as a bare array.")
    f.attack("set-version-empty", "parameter-malformed",
             put(SET_VERSION, wrap([])), "A set-version without numbers.")
    f.attack("set-version-pre-release", "parameter-malformed",
             put(SET_VERSION, wrap([-1, 2])),
             "A set-version that begins with a pre-release.")
    f.attack("set-version-9", "parameter-malformed",
             put(SET_VERSION, wrap([1] * 9)), "A set-version of 9 numbers.")
    f.attack("set-version-text", "cbor-wrong-type",
             put(SET_VERSION, wrap(["1"])), "set-version of a text string.")


def epochs(f):
    # Up to draft -27 install was 17; up to -16 it was 9 and validate 10.
    f.attack("install-17", "manifest-of-old-draft",
             put(INSTALL_OLD, wrap([MATCH, 15])),
             "install under the number it had until November 2024.")
    f.attack("install-17-severed", "manifest-of-old-draft",
             put(INSTALL_OLD, member_digest(b"\x80")),
             "The same, severed.")
    f.attack("validate-10", "manifest-of-old-draft",
             signed(simple(validate=None, put={10: wrap([MATCH, 15])})),
             "validate under the number it had until 2022.")
    for key, what in ((11, "load"), (12, "run"), (13, "text")):
        f.attack(f"{what}-{key}", "manifest-of-old-draft",
                 put(key, wrap([MATCH, 15])),
                 f"{what} under the number it had until 2022.")
    fetch = wrap([21, 15, MATCH, 15])
    for name, key, what, expected in (
            ("resolution-7", VALIDATE, "validate", "not-decidable-in-kernel"),
            ("fetch-8", LOAD, "load", "manifest-of-old-draft"),
            ("install-9", INVOKE, "invoke", "manifest-of-old-draft")):
        f.attack(name + "-fetches", expected,
                 signed(simple(validate=None, put={key: fetch})),
                 f"What is {what} today fetches, as until 2022.")
    f.attack("install-9-nested", "manifest-of-old-draft",
             put(INVOKE, wrap([15, [fetch, wrap([14, 15])]])),
             "The same within a try-each.")
    f.attack("install-9-only", "no-image-match",
             signed(simple(validate=None, put={INVOKE: wrap([MATCH, 15])})),
             "Only member 9: install until 2022, invoke today.")


def big(size):
    """A manifest of @size bytes, filled up by its reference URI."""
    room = size - len(simple(put={URI: "x" * 60000})) + 60000
    return simple(put={URI: "x" * room})


def controls(f):
    f.attack("too-big", "manifest-too-big", signed(big(65537)),
             "A manifest of 64 KiB and one byte.")
    f.control("biggest", signed(big(65536)), "A manifest of 64 KiB.")
    f.control("reference-uri", put(URI, "https://acme.example/radio.suit"),
              "A reference URI.")
    f.control("component-id", put(COMPONENT_ID, path("firmware/acme/m.suit")),
              "A manifest-component-id that ACME may speak for.")
    f.control("set-version", put(SET_VERSION, wrap([1, 2, -1])),
              "A set-version.")
    f.control("other-sections", signed(simple(put={
        LOAD: wrap([MATCH, 15]), INVOKE: wrap([23, 0]),
        INSTALL: wrap([21, 0]), CANDIDATE: wrap([MATCH, 15]),
        UNINSTALL: wrap([14, 0])})),
              "Sections the kernel does not run.")
    f.control("text-in-place", put(TEXT, wrap({"en": {1: "radio"}})),
              "The text inside the manifest.")
    f.control("coswid-in-place", put(COSWID, wrap({0: "tag"})),
              "The software tag inside the manifest.")
