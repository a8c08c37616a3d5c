# SPDX-License-Identifier: GPL-2.0-or-later
"""Games with the projection on the delivered component.

In each the manifest is signed and well-formed, and does not say of the
delivered bytes what it seems to say.
"""

from forge.cast import (CHECKS, EVIL, GOOD, OTHER, OTHER_PAYLOAD, RADIO,
                        SHARED, signed, simple)
from forge.cbor import Tag, wrap
from forge.suit import (ABORT, C_CLASS, C_DEVICE, C_SLOT, C_VENDOR, CHECK,
                        CLASS, CONTENT, DIGEST, INDEX, INSTALL, INVOKE, LOAD,
                        MATCH, OTHER_CLASS, OTHER_VENDOR, OVERRIDE, P_CLASS,
                        P_DEVICE, P_SLOT, P_VENDOR, RUN, SIZE, SOFT, TRY,
                        VENDOR, digest, identity, image, member_digest, path)

NO_MATCH = "no-image-match"
TWO = [path(RADIO), path(OTHER)]
BOTH = [INDEX, 0, *SHARED, INDEX, 1, OVERRIDE,
        {**identity(), **image(OTHER_PAYLOAD)}, *CHECKS]


def validate(*commands):
    return signed(simple(validate=commands))


def two(*commands, shared=BOTH):
    return signed(simple(components=TWO, shared=shared, validate=commands))


def overriding(params, checks=CHECKS):
    """The plain manifest with other parameters and conditions."""
    return signed(simple(shared=[OVERRIDE, params, *checks]))


def trying(*bodies):
    return [TRY, [None if body is None else wrap(list(body))
                  for body in bodies]]


def running(*commands):
    return [RUN, wrap(list(commands))]


def add(family):
    nothing_matched(family)
    other_component(family)
    selections(family)
    overrides(family)
    branches(family)
    swallowed(family)
    identities(family)
    missing_parameters(family)
    other_sections(family)
    controls(family)


def nothing_matched(f):
    f.attack("no-validate", "manifest-without-effect", signed(simple(validate=None)),
             "No validate sequence.")
    f.attack("only-vendor", NO_MATCH, validate(C_VENDOR, 15),
             "The vendor is checked, the bytes are not.")
    f.attack("only-override", "manifest-without-effect",
             validate(OVERRIDE, image(GOOD)),
             "A digest that nothing is compared with.")
    f.attack("only-content", NO_MATCH, signed(simple(
        shared=[*SHARED, OVERRIDE, {CONTENT: GOOD}],
        validate=[CHECK, 15])),
             "check-content holds, image-match is not there.")
    f.attack("only-slot", NO_MATCH, signed(simple(
        shared=[*SHARED, OVERRIDE, {P_SLOT: 0}], validate=[C_SLOT, 15])),
             "The slot is right, the bytes are not compared.")
    f.attack("content-evil", "content-mismatch", signed(simple(
        shared=[*SHARED, OVERRIDE, {CONTENT: GOOD}],
        validate=[CHECK, 15, MATCH, 15])),
             "check-content does not hold.", payload="evil.bin")


def other_component(f):
    f.attack("match-on-other", NO_MATCH, two(INDEX, 1, MATCH, 15),
             "image-match for another component only.")
    f.attack("match-on-other-list", NO_MATCH, two(INDEX, [1], MATCH, 15),
             "image-match for a list without this component.")
    f.attack("match-on-other-evil", NO_MATCH, two(INDEX, 1, MATCH, 15),
             "The same, and the evil bytes are delivered.",
             payload="evil.bin")
    f.attack("digest-on-other", "parameter-missing", two(
        INDEX, 0, MATCH, 15,
        shared=[INDEX, 1, OVERRIDE, image(GOOD)]),
             "The digest is only another component's.")
    f.attack("bytes-of-other", "image-size-mismatch",
             two(INDEX, True, MATCH, 15),
             "The bytes of the other component, well signed there.",
             payload="other.bin")
    f.attack("digest-set-for-other-after", NO_MATCH, two(
        INDEX, 0, C_VENDOR, 15, INDEX, 1, OVERRIDE, image(GOOD), MATCH, 15),
             "This component's digest given to another and matched there.")
    f.attack("slot-of-other", NO_MATCH, two(
        INDEX, 0, C_CLASS, 15, INDEX, 1, *trying([MATCH, 15], [MATCH, 0])),
             "image-match in try-each for another component only.")
    f.attack("run-for-other", NO_MATCH, two(
        INDEX, 1, *running(MATCH, 15)),
             "image-match in run-sequence for another component only.")


def selections(f):
    f.attack("true-evil", "image-mismatch", two(INDEX, True, MATCH, 15),
             "image-match for all components, evil bytes.",
             payload="evil.bin")
    f.attack("list-evil", "image-mismatch", two(INDEX, [1, 0], MATCH, 15),
             "image-match for a list with this component, evil bytes.",
             payload="evil.bin")
    f.attack("true-try-evil", "try-each-exhausted", two(
        INDEX, True, *trying([MATCH, 15], [MATCH, 0])),
             "try-each for all components, evil bytes.",
             payload="evil.bin")
    f.attack("true-override-last", "image-size-mismatch", two(
        INDEX, True, OVERRIDE, image(OTHER_PAYLOAD), MATCH, 15),
             "One digest for all components, which is the other's.")
    f.attack("true-then-override", NO_MATCH, two(
        INDEX, True, MATCH, 15, OVERRIDE, image(EVIL)),
             "image-match for all, then another digest for all.")
    f.attack("list-then-override", NO_MATCH, two(
        INDEX, [0, 1], MATCH, 15, INDEX, [1, 0], OVERRIDE, image(EVIL)),
             "The same with lists.")


def overrides(f):
    match_then = [MATCH, 15, OVERRIDE]
    f.attack("override-digest-after", NO_MATCH,
             validate(*match_then, {DIGEST: wrap(digest(EVIL))}),
             "The digest is replaced after image-match.")
    f.attack("override-digest-after-evil", "image-mismatch",
             validate(*match_then, {DIGEST: wrap(digest(EVIL))}),
             "The same, and the bytes of the later digest are delivered.",
             payload="evil.bin")
    f.attack("override-size-after", NO_MATCH,
             validate(*match_then, {SIZE: 1}),
             "The size is replaced after image-match.")
    f.attack("evil-match-then-good", NO_MATCH,
             validate(OVERRIDE, image(EVIL), MATCH, 15,
                      OVERRIDE, image(GOOD)),
             "image-match under an evil digest, the right one put back.",
             payload="evil.bin")
    f.attack("evil-match-in-shared", NO_MATCH, signed(simple(
        shared=[OVERRIDE, {**identity(), **image(EVIL)}, *CHECKS,
                MATCH, 15],
        validate=[OVERRIDE, image(GOOD), C_VENDOR, 15])),
             "image-match in shared, the digest replaced in validate.",
             payload="evil.bin")
    f.attack("override-in-run-after", NO_MATCH,
             validate(MATCH, 15, *running(OVERRIDE, image(EVIL))),
             "The digest is replaced in a run-sequence after image-match.")
    f.attack("override-in-try-after", NO_MATCH, validate(
        MATCH, 15, *trying([OVERRIDE, image(EVIL), C_VENDOR, 15],
                           [ABORT, 15])),
             "The digest is replaced in a try-each after image-match.")
    dropped = trying([OVERRIDE, image(EVIL), ABORT, 15], [C_VENDOR, 15])
    f.attack("override-in-failed-branch-after", NO_MATCH,
             validate(MATCH, 15, *dropped),
             "A failed branch leaves another digest than was matched.")
    f.attack("override-in-failed-branch-after-evil", NO_MATCH, validate(
        OVERRIDE, image(EVIL), MATCH, 15,
        *trying([OVERRIDE, image(GOOD), ABORT, 15], [C_VENDOR, 15])),
             "An evil digest matched, a failed branch leaves the right one.",
             payload="evil.bin")
    f.attack("override-in-failed-run-after", NO_MATCH, validate(
        MATCH, 15, *running(OVERRIDE, {SOFT: True}, OVERRIDE, image(EVIL),
                            ABORT, 15)),
             "A softly failed run-sequence leaves another digest.")
    f.attack("override-in-failed-inner-branch", NO_MATCH, validate(
        *trying([MATCH, 15, *dropped], [ABORT, 15])),
             "The same within a branch that is taken.")
    f.attack("second-match-fails", "image-mismatch",
             validate(MATCH, 15, OVERRIDE, image(EVIL), MATCH, 15),
             "image-match holds, then does not under another digest.")
    f.attack("wrong-size", "image-size-mismatch",
             overriding({**identity(), **image(GOOD), SIZE: 255}),
             "The right digest with a size one too small.")
    f.attack("size-zero", "image-size-mismatch",
             overriding({**identity(), **image(GOOD), SIZE: 0}),
             "The right digest with a size of 0.")
    f.attack("size-wraps", "image-size-mismatch",
             overriding({**identity(), **image(GOOD), SIZE: 2**32 + 256}),
             "The right digest with a size that is right in 32 bits.")


def branches(f):
    f.attack("match-in-failed-branch", NO_MATCH, validate(
        *trying([MATCH, 15, ABORT, 15], [C_VENDOR, 15])),
             "image-match holds in a branch that then fails.")
    f.attack("match-in-failed-nested-branch", NO_MATCH, validate(
        *trying([*running(MATCH, 15), ABORT, 15], [C_VENDOR, 15])),
             "The same, within a run-sequence.")
    f.attack("match-in-untaken-branch", NO_MATCH, validate(
        *trying([C_VENDOR, 15], [MATCH, 15])),
             "image-match in a branch behind the taken one.")
    f.attack("evil-in-failed-branch", NO_MATCH, validate(
        *trying([OVERRIDE, image(EVIL), MATCH, 15, ABORT, 15],
                [C_VENDOR, 15])),
             "An evil digest matched in a branch that then fails.",
             payload="evil.bin")
    f.attack("all-branches-fail", "try-each-exhausted", validate(
        *trying([MATCH, 15], [MATCH, 0])),
             "Every branch fails by image-match.", payload="evil.bin")
    f.attack("all-branches-abort", "try-each-exhausted", validate(
        MATCH, 15, *trying([ABORT, 15], [ABORT, 0])),
             "Every branch fails by abort, after image-match.")
    f.attack("failed-branch-in-run", NO_MATCH, validate(
        *running(OVERRIDE, {SOFT: True}, MATCH, 15, ABORT, 15)),
             "image-match in a run-sequence that then fails softly.")
    f.attack("failed-branch-of-shared", NO_MATCH, signed(simple(
        shared=[*SHARED, *trying([MATCH, 15, ABORT, 15], [C_CLASS, 15])],
        validate=[C_VENDOR, 15])),
             "A failed branch of the shared sequence.")
    f.attack("abort-after-match", "abort-condition",
             validate(MATCH, 15, ABORT, 15),
             "image-match holds, then the manifest aborts.")
    f.attack("inner-branch-taken-outer-fails", NO_MATCH, validate(
        *trying([*trying([MATCH, 15], [ABORT, 15]), ABORT, 15],
                [C_VENDOR, 15])),
             "A taken inner branch within an outer one that fails.")


def swallowed(f):
    f.attack("soft-match", NO_MATCH,
             validate(*running(OVERRIDE, {SOFT: True}, MATCH, 15)),
             "A failing image-match swallowed by soft-failure.",
             payload="evil.bin")
    f.attack("try-null", NO_MATCH,
             validate(*trying([MATCH, 15], [ABORT, 15], None)),
             "A failing image-match swallowed by null.",
             payload="evil.bin")
    f.attack("try-vendor", NO_MATCH,
             validate(*trying([MATCH, 15], [C_VENDOR, 15])),
             "A failing image-match, then a branch that compares nothing.",
             payload="evil.bin")
    f.attack("soft-off-again", "image-mismatch", validate(
        *running(OVERRIDE, {SOFT: True}, OVERRIDE, {SOFT: False},
                 MATCH, 15)),
             "soft-failure switched on and off again.", payload="evil.bin")
    f.attack("soft-not-inherited", "image-mismatch", validate(
        *running(OVERRIDE, {SOFT: True}, *running(MATCH, 15), C_VENDOR, 15),
        MATCH, 15),
             "soft-failure outside, the failure inside, then image-match.",
             payload="evil.bin")
    f.attack("soft-in-try-then-match", NO_MATCH, validate(
        *trying([OVERRIDE, {SOFT: True}, MATCH, 15], [C_CLASS, 15])),
             "soft-failure set once more in try-each.", payload="evil.bin")
    f.attack("match-before-soft", "image-mismatch",
             validate(*running(MATCH, 15, OVERRIDE, {SOFT: True})),
             "soft-failure too late.", payload="evil.bin")
    f.attack("soft-vendor", "vendor-mismatch", signed(simple(
        shared=[OVERRIDE, {**identity(), **image(GOOD),
                           P_VENDOR: OTHER_VENDOR.bytes},
                *running(OVERRIDE, {SOFT: True}, C_VENDOR, 15),
                C_VENDOR, 15])),
             "A vendor check swallowed, then done again.")


def identities(f):
    right = {**identity(), **image(GOOD)}
    zero = {P_VENDOR: bytes(16), P_CLASS: bytes(16)}
    for name, params, checks, error, text in (
            ("vendor", {P_VENDOR: OTHER_VENDOR.bytes}, CHECKS,
             "vendor-mismatch", "Firmware of another vendor."),
            ("vendor-number", {P_VENDOR: Tag(112, b"\x86\x8d\x1f")}, CHECKS,
             "vendor-mismatch", "Firmware of an enterprise number."),
            ("class", {P_CLASS: OTHER_CLASS.bytes}, CHECKS,
             "class-mismatch", "Firmware for another model."),
            ("class-is-vendor", {P_CLASS: VENDOR.bytes}, CHECKS,
             "class-mismatch", "The vendor id as class id."),
            ("vendor-is-class", {P_VENDOR: CLASS.bytes}, CHECKS,
             "vendor-mismatch", "The class id as vendor id."),
            ("zero", zero, CHECKS, "vendor-mismatch", "Ids of zeros."),
            ("device", {P_DEVICE: CLASS.bytes}, [C_DEVICE, 15],
             "device-mismatch", "Firmware for another device."),
            ("slot", {P_SLOT: 1}, [C_SLOT, 15], "slot-mismatch",
             "Firmware for another slot."),
            ("slot-wraps", {P_SLOT: 2**32}, [C_SLOT, 15], "slot-mismatch",
             "A slot that equals 0 in 32 bits.")):
        f.attack("wrong-" + name, error,
                 overriding({**right, **params}, checks), text)
    f.attack("class-of-other-component", "class-mismatch", two(
        INDEX, 0, MATCH, 15,
        shared=[INDEX, 0, OVERRIDE, {**right, P_CLASS: OTHER_CLASS.bytes},
                INDEX, 1, OVERRIDE, right, *CHECKS, INDEX, 0, *CHECKS]),
             "The class holds for another component, not for this one.")


def missing_parameters(f):
    missing = "parameter-missing"
    f.attack("no-digest", missing,
             overriding({**identity(), SIZE: len(GOOD)}),
             "image-match with a size and no digest.")
    f.attack("no-vendor", missing,
             overriding({P_CLASS: CLASS.bytes, **image(GOOD)}),
             "A vendor check without a vendor.")
    f.attack("no-class", missing,
             overriding({P_VENDOR: VENDOR.bytes, **image(GOOD)}),
             "A class check without a class.")
    f.attack("no-slot", missing, validate(C_SLOT, 15, MATCH, 15),
             "A slot check without a slot.")
    f.attack("no-content", missing, validate(CHECK, 15, MATCH, 15),
             "check-content without content.")
    f.attack("digest-too-late", missing, signed(simple(
        shared=[OVERRIDE, identity(), *CHECKS],
        validate=[MATCH, 15, OVERRIDE, image(GOOD)])),
             "The digest is set after image-match.")
    f.attack("digest-in-install", missing, signed(simple(
        shared=[OVERRIDE, identity(), *CHECKS],
        put={INSTALL: wrap([OVERRIDE, image(GOOD), MATCH, 15])})),
             "The digest is set in install only.")


def other_sections(f):
    only = wrap([MATCH, 15])
    for name, put in (("install", {INSTALL: only}), ("load", {LOAD: only}),
                      ("invoke", {INVOKE: only})):
        f.attack("match-in-" + name, NO_MATCH,
                 signed(simple(validate=[C_VENDOR, 15], put=put)),
                 f"image-match in {name} only.")
    f.attack("match-in-severed-install", NO_MATCH, signed(
        simple(validate=[C_VENDOR, 15],
               put={INSTALL: member_digest(only)}),
        members={INSTALL: only}), "image-match in a severed install only.")
    f.attack("override-in-install", "image-mismatch", signed(simple(
        put={INSTALL: wrap([OVERRIDE, image(EVIL), MATCH, 15])})),
             "install matches the evil bytes, validate does not.",
             payload="evil.bin")


def controls(f):
    f.control("other-fails", two(INDEX, True, MATCH, 15),
              "image-match of the other component is not this one's.")
    f.control("list", two(INDEX, [1, 0], MATCH, 15),
              "A list of components in another order.")
    f.control("override-other-after", two(
        INDEX, 0, MATCH, 15, INDEX, 1, OVERRIDE, image(EVIL)),
              "Another component's digest is replaced after image-match.")
    f.control("override-in-failed-branch-then-match", validate(
        *trying([OVERRIDE, image(EVIL), ABORT, 15],
                [OVERRIDE, image(GOOD), MATCH, 15])),
              "The next branch sets the digest and matches it.")
    f.control("match-again", validate(
        OVERRIDE, image(GOOD), MATCH, 15, OVERRIDE, image(GOOD), MATCH, 15),
              "image-match again after every override.")
    f.control("run", validate(*running(MATCH, 15)),
              "image-match within run-sequence.")
    f.control("try-nested", validate(*trying(
        [*trying([ABORT, 15], [*running(MATCH, 15)])], [ABORT, 15])),
              "image-match in taken branches of taken branches.")
    f.control("soft-caught-then-match", validate(
        *running(OVERRIDE, {SOFT: True}, ABORT, 15), MATCH, 15),
              "A swallowed abort, then image-match.")
    f.control("failed-branch-then-match", validate(
        *trying([ABORT, 15], [C_VENDOR, 15]), MATCH, 15),
              "image-match after a try-each.")
    f.control("abort-for-other", two(
        INDEX, 0, MATCH, 15, INDEX, 1, ABORT, 15),
              "The manifest aborts for the other component only.")
    f.control("digest-from-branch", validate(*trying(
        [OVERRIDE, image(EVIL), ABORT, 15], [OVERRIDE, image(GOOD), C_VENDOR,
                                             15]), MATCH, 15),
              "The taken branch's digest is the one in force.")
