# SPDX-License-Identifier: GPL-2.0-or-later
"""Parameters: unknown, malformed, out of place."""

from forge.cast import CHECKS, GOOD, SHARED, signed, simple
from forge.cbor import Pairs, Tag, encode, wrap
from forge.suit import (C_DEVICE, C_SLOT, CHECK, CLASS, CONTENT, DIGEST,
                        INSTALL, MATCH, OVERRIDE, P_CLASS, P_DEVICE, P_SLOT,
                        P_URI, P_VENDOR, RUN, SIZE, SOFT, SOURCE, STRICT, TRY,
                        VENDOR, identity, image)

ENCRYPTION_INFO, CUSTOM = 19, -1
P_VERSION, WAIT_INFO, METADATA = 28, 29, 30
ENCRYPTED = encode(Tag(96, [wrap({1: 1}), {5: bytes(12)}, None,
                            [[b"", {1: -3}, bytes(24)]]]))


def with_param(key, value):
    """The plain manifest with one parameter more, or another."""
    return signed(simple(shared=[
        OVERRIDE, {**identity(), **image(GOOD), key: value}, *CHECKS]))


def validate(*commands):
    return signed(simple(validate=commands))


def add(family):
    unknown(family)
    identities(family)
    numbers(family)
    structures(family)
    maps(family)
    flags(family)
    controls(family)


def unknown(f):
    for key in (0, 6, 20, 31, 1000, DIGEST + 2**32):
        f.attack(f"param-{key}", "parameter-unsupported", with_param(key, 0),
                 f"Parameter {key}, which nobody assigned.")
    f.attack("custom", "parameter-unsupported", with_param(CUSTOM, 0),
             "A custom parameter in the shared sequence.")
    f.attack("untaken", "parameter-unsupported",
             validate(TRY, [wrap([MATCH, 15]), wrap([OVERRIDE, {6: 0}])]),
             "An unknown parameter in an alternative never taken.")
    f.attack("key-text", "parameter-malformed", with_param("digest", 0),
             "A parameter by its name.")


def identities(f):
    for name, key, value, text in (
            ("vendor-15-bytes", P_VENDOR, VENDOR.bytes[:15],
             "A vendor id of 15 bytes."),
            ("vendor-empty", P_VENDOR, b"", "A vendor id of zero bytes."),
            ("vendor-17-bytes", P_VENDOR, VENDOR.bytes + b"\0",
             "A vendor id of 17 bytes."),
            ("vendor-text", P_VENDOR, str(VENDOR),
             "A vendor id as text."),
            ("vendor-tagged", P_VENDOR, Tag(37, VENDOR.bytes),
             "A vendor id with the tag of a UUID."),
            ("class-empty", P_CLASS, b"", "A class id of zero bytes."),
            ("class-17-bytes", P_CLASS, CLASS.bytes + b"\0",
             "A class id of 17 bytes."),
            ("class-tag-112", P_CLASS, Tag(112, b"\x86\x8d\x1f"),
             "A class id as an enterprise number."),
            ("device-15-bytes", P_DEVICE, bytes(15),
             "A device id of 15 bytes.")):
        f.attack(name, "parameter-malformed", with_param(key, value), text)


def numbers(f):
    for name, key, value, text in (
            ("size-negative", SIZE, -1, "An image size of -1."),
            ("size-text", SIZE, "256", "An image size as text."),
            ("size-null", SIZE, None, "null as image size."),
            ("slot-negative", P_SLOT, -1, "Slot -1."),
            ("slot-bstr", P_SLOT, b"\0", "A slot as a byte string."),
            ("source-negative", SOURCE, -1, "Source component -1."),
            ("uri-bstr", P_URI, b"http://", "A URI as a byte string."),
            ("content-text", CONTENT, "x", "Content as a text string.")):
        f.attack(name, "parameter-malformed", with_param(key, value), text)


def structures(f):
    """Parameters with CBOR inside a byte string."""
    name, uuid = "x" * 4, bytes(16)
    for kind, key, values in (
            ("encryption", ENCRYPTION_INFO, (
                ("empty", b""), ("untagged", encode([b"", {}, None, []])),
                ("encrypt0", encode(Tag(16, [b"", {}, None]))),
                ("short", encode(Tag(96, [b"", {}, None]))))),
            ("version", P_VERSION, (
                ("empty", b""), ("bare-array", wrap([1])[1:]),
                ("op-0", encode([0, [1]])), ("op-6", encode([6, [1]])),
                ("no-numbers", encode([3, []])),
                ("pre-release-first", encode([3, [-1, 1]])),
                ("nine-numbers", encode([3, [1] * 9])),
                ("text", encode([3, ["1"]])),
                ("three", encode([3, [1], 0])))),
            ("wait", WAIT_INFO, (
                ("empty", encode({})), ("event-0", encode({0: 0})),
                ("event-10", encode({10: 0})), ("custom", encode({-1: 0})),
                ("array", encode([5, 0])), ("time-text", encode({5: "0"})),
                ("time-of-day", encode({6: 86400})),
                ("day-of-week", encode({7: 7})),
                ("time-of-day-utc", encode({8: 86400})),
                ("day-of-week-utc", encode({9: 7})),
                ("device-without-match", encode({4: [b"x", []]})),
                ("device-matches", encode({4: [b"x", [[3, [1]]] * 9]})),
                ("device-match", encode({4: [b"x", [[0, [1]]]]})),
                ("device-text", encode({4: ["x", [[3, [1]]]]})))),
            ("metadata", METADATA, (
                ("member-0", encode({0: 0})), ("member-9", encode({9: 0})),
                ("permission-14", encode({1: 1 << 14})),
                ("users-empty", encode({2: {}})),
                ("users-33", encode({2: {i: 1 for i in range(33)}})),
                ("user-control", encode({2: {name + "\n": 1}})),
                ("user-empty", encode({2: {"": 1}})),
                ("role-permission", encode({4: {name: 1 << 14}})),
                ("type-0", encode({5: 0})), ("type-4", encode({5: 4})),
                ("time-untagged", encode({6: 1})),
                ("time-text", encode({7: Tag(0, "2026-01-01")})),
                ("creator-array", encode({8: [name]})),
                ("creator-uuid-short", encode({8: Tag(37, uuid[1:])})),
                ("creator-c1", encode({8: "\u0085"}))))):
        for what, value in values:
            f.attack(f"{kind}-{what}", "parameter-malformed",
                     with_param(key, value),
                     f"Malformed {kind} parameter: {what}.")


def maps(f):
    twice = Pairs([*sorted({**identity(), **image(GOOD)}.items()),
                   (SIZE, 0)])
    f.attack("twice", "cbor-duplicate-key",
             signed(simple(shared=[OVERRIDE, twice, *CHECKS])),
             "Two image sizes.")
    backwards = Pairs(reversed(sorted({**identity(),
                                       **image(GOOD)}.items())))
    f.attack("order", "cbor-map-order",
             signed(simple(shared=[OVERRIDE, backwards, *CHECKS])),
             "Parameters out of order.")
    f.attack("in-install", "parameter-malformed",
             signed(simple(put={INSTALL: wrap([OVERRIDE, {P_URI: 7}])})),
             "A URI that is a number, in install.")
    f.attack("encryption-info-evil", "image-mismatch",
             validate(OVERRIDE, {ENCRYPTION_INFO: ENCRYPTED}, MATCH, 15),
             "encryption-info does not change what image-match compares.",
             payload="evil.bin")


def flags(f):
    f.attack("soft-failure-number", "parameter-malformed",
             validate(RUN, wrap([OVERRIDE, {SOFT: 1}, MATCH, 15])),
             "soft-failure as a number.")
    f.attack("soft-failure-shared", "soft-failure-outside-sequence",
             with_param(SOFT, True),
             "soft-failure in the shared sequence itself.")
    f.attack("soft-failure-validate", "soft-failure-outside-sequence",
             validate(OVERRIDE, {SOFT: True}, MATCH, 15),
             "soft-failure in validate itself.")
    f.attack("soft-failure-false", "soft-failure-outside-sequence",
             validate(OVERRIDE, {SOFT: False}, MATCH, 15),
             "soft-failure in validate itself, switched off.")
    f.attack("strict-order-number", "parameter-malformed",
             validate(OVERRIDE, {STRICT: 0}, MATCH, 15),
             "strict-order as a number.")


def controls(f):
    f.control("empty-map", validate(OVERRIDE, {}, MATCH, 15),
              "override-parameters that overrides nothing.")
    f.control("encryption-info",
              validate(OVERRIDE, {ENCRYPTION_INFO: ENCRYPTED}, MATCH, 15),
              "encryption-info is the installer's; the stored bytes count.")
    f.control("version", with_param(P_VERSION, encode([5, [1, 2, -1, 3]])),
              "A version, which the kernel does not ask for.")
    f.control("wait", with_param(WAIT_INFO, encode(
        {1: -1, 4: [b"radio", [[2, [1]], [5, [2]]]], 5: 2**33, 8: 86399})),
              "Events, which the kernel does not wait for.")
    f.control("metadata", with_param(METADATA, encode(
        {1: 0o7, 2: {"radio": 3, 7: 1}, 5: 1, 6: Tag(1, 2**33),
         8: Tag(37, bytes(16))})),
              "File metadata, which the kernel does not apply.")
    f.control("strict-order", validate(OVERRIDE, {STRICT: True}, MATCH, 15),
              "strict-order switched on, where it is.")
    f.control("soft-failure", validate(
        RUN, wrap([OVERRIDE, {SOFT: True}, MATCH, 15])),
              "soft-failure within run-sequence, nothing fails.")
    f.control("every-kind", with_param(P_URI, "https://acme.example/r"),
              "A URI, which the kernel does not use.")
    f.control("install", signed(simple(put={INSTALL: wrap(
        [OVERRIDE, {P_URI: "#radio"}, 21, 15, MATCH, 15])})),
              "Parameters in install.")
    f.control("slot", signed(simple(shared=[
        OVERRIDE, {**identity(), **image(GOOD), P_SLOT: 0},
        *CHECKS, C_SLOT, 15])), "The slot that is active.")
    f.control("content", signed(simple(
        shared=[*SHARED, OVERRIDE, {CONTENT: GOOD}],
        validate=[CHECK, 15, MATCH, 15])),
              "check-content and image-match, both hold.")
    f.attack("device", "parameter-missing",
             validate(C_DEVICE, 15, MATCH, 15),
             "device-identifier without the parameter.")
