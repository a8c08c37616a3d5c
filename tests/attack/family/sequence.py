# SPDX-License-Identifier: GPL-2.0-or-later
"""Command sequences: form, arguments, nesting, what may stand where."""

from forge.cast import CHECKS, EVIL, GOOD, OTHER, RADIO, SHARED, signed, simple
from forge.cbor import array_indefinite, wrap
from forge.suit import (ABORT, AUTHORIZED, BATTERY, C_VERSION, COPY, FETCH,
                        INDEX, INSTALL, INVOKE, LOAD, MATCH, NOT_MATCH,
                        OVERRIDE, RUN, RUN_IMAGE, SET, SWAP, TRY,
                        USE_BEFORE, VALIDATE, WAIT, WRITE, identity, image,
                        path)

TWO = [path(RADIO), path(OTHER)]


def validate(*commands):
    """The plain manifest with this validate sequence."""
    return signed(simple(validate=commands))


def shared(*commands):
    """The plain manifest with more in its shared sequence."""
    return signed(simple(shared=[*SHARED, *commands]))


def content(raw, section=VALIDATE):
    """The plain manifest with these bytes as a section."""
    return signed(simple(put={section: raw}))


def two(first, second, **changes):
    return signed(simple(components=TWO, shared=first, validate=second,
                         **changes))


def inside(depth, innermost):
    """@innermost within @depth run-sequences."""
    body = innermost
    for _ in range(depth):
        body = [RUN, wrap(body)]
    return body


def add(family):
    form(family)
    commands(family)
    arguments(family)
    indices(family)
    try_each(family)
    inert(family)
    maps(family)
    nesting(family)
    in_shared(family)
    kernel_profile(family)
    other_sections(family)
    controls(family)


def form(f):
    f.attack("empty", "sequence-malformed", validate(),
             "A validate sequence without a command.")
    f.attack("odd", "sequence-malformed", validate(MATCH, 15, MATCH),
             "A sequence that ends in the middle of a command.")
    f.attack("map", "sequence-malformed", content(wrap({MATCH: 15})),
             "A sequence as a map.")
    f.attack("zero-bytes", "cbor-truncated", content(b""),
             "A sequence of zero bytes.")
    f.attack("trailing", "cbor-trailing-bytes",
             content(wrap([MATCH, 15]) + b"\0"),
             "A byte after the sequence.")
    f.attack("indefinite", "cbor-indefinite-length",
             content(bytes(array_indefinite([MATCH, 15]))),
             "A sequence of indefinite length.")
    f.attack("pairs", "sequence-malformed", validate([MATCH, 15], [ABORT, 15]),
             "Commands as pairs instead of flat.")
    f.attack("code-text", "sequence-malformed", validate("image-match", 15),
             "A command by its name.")


def commands(f):
    for code in (0, 9, 10, 13, 16, 17, 30, 36, 1000):
        f.attack(f"command-{code}", "command-unsupported",
                 validate(MATCH, 15, code, 15),
                 f"Command {code}, which nobody assigned.")
    f.attack("command-custom", "command-unsupported",
             validate(MATCH, 15, -1, None), "A custom, negative command.")
    f.attack("command-aliased", "command-unsupported",
             validate(MATCH + 2**32, 15),
             "A command that equals image-match in 32 bits.")


def arguments(f):
    for name, value, text in (
            ("16", 16, "A reporting policy with an unknown bit."),
            ("negative", -1, "A negative reporting policy."),
            ("huge", 2**32 + 15, "A policy that equals 15 in 32 bits."),
            ("null", None, "null as reporting policy."),
            ("bstr", b"\x0f", "A reporting policy as a byte string.")):
        f.attack("policy-" + name, "command-argument-malformed",
                 validate(MATCH, value), text)
    f.attack("override-array", "command-argument-malformed",
             validate(OVERRIDE, [3, 0], MATCH, 15),
             "Parameters as an array.")
    f.attack("run-bare", "command-argument-malformed",
             validate(RUN, [MATCH, 15]),
             "run-sequence with a bare array.")


def indices(f):
    for name, value, expected, text in (
            ("1", 1, "component-index-out-of-range",
             "The component after the last."),
            ("huge", 2**32, "component-index-out-of-range",
             "A component that equals 0 in 32 bits."),
            ("negative", -1, "command-argument-malformed",
             "Component -1."),
            ("false", False, "command-argument-malformed",
             "No component at all."),
            ("null", None, "command-argument-malformed",
             "null as component."),
            ("empty-array", [], "command-argument-malformed",
             "An empty list of components, which nothing applies to."),
            ("in-array", [0, 1], "component-index-out-of-range",
             "A list with the component after the last."),
            ("nested", [[0]], "command-argument-malformed",
             "A list inside of a list."),
            ("array-text", ["0"], "command-argument-malformed",
             "A list of text strings.")):
        f.attack("index-" + name, expected,
                 validate(INDEX, value, MATCH, 15), text)
    good = [INDEX, 0, *SHARED]
    f.attack("no-index-shared", "sequence-without-component-index",
             two(SHARED, [INDEX, 0, MATCH, 15]),
             "Two components; the shared sequence does not say which.")
    f.attack("no-index-validate", "sequence-without-component-index",
             two(good, [MATCH, 15]),
             "Two components; validate does not say which.")
    f.attack("no-index-install", "sequence-without-component-index",
             two(good, [INDEX, 0, MATCH, 15],
                 put={INSTALL: wrap([FETCH, 15])}),
             "Two components; install does not say which.")
    f.attack("index-late", "sequence-without-component-index",
             two(good, [MATCH, 15, INDEX, 0]),
             "Two components; validate says which too late.")


def try_each(f):
    body = wrap([MATCH, 15])
    for name, value, expected, text in (
            ("none", [], "command-argument-malformed",
             "try-each without an alternative."),
            ("one", [body], "command-argument-malformed",
             "try-each with one alternative."),
            ("one-and-null", [body, None], "command-argument-malformed",
             "try-each with one alternative and null."),
            ("only-null", [None], "command-argument-malformed",
             "try-each with nothing but null."),
            ("null-first", [None, body, body], "command-argument-malformed",
             "null as the first alternative."),
            ("null-twice", [body, body, None, None],
             "command-argument-malformed", "null twice."),
            ("bare", [[MATCH, 15], [MATCH, 15]],
             "command-argument-malformed",
             "Alternatives that are not wrapped."),
            ("map", {0: body}, "command-argument-malformed",
             "Alternatives as a map."),
            ("17", [body] * 17, "try-each-too-big",
             "More alternatives than are allowed."),
            ("empty-body", [body, wrap([])], "sequence-malformed",
             "An alternative without a command."),
            ("odd-body", [body, wrap([MATCH])], "sequence-malformed",
             "An untaken alternative that ends within a command."),
            ("garbage-body", [body, b"\xff"], "sequence-malformed",
             "An untaken alternative of garbage."),
            ("command-30", [body, wrap([30, 15])], "command-unsupported",
             "An unknown command in an untaken alternative.")):
        f.attack("try-each-" + name, expected, validate(TRY, value), text)


def inert(f):
    """Sections, and not one command that does or checks anything."""
    nothing = [INDEX, 0, OVERRIDE, image(GOOD)]
    for name, body in (
            ("index", [INDEX, 0]), ("override", nothing),
            ("run", [RUN, wrap(nothing)]),
            ("try-each", [TRY, [wrap(nothing), wrap(nothing), None]]),
            ("wait", [WAIT, 15]), ("copy-params", [35, {0: [3]}]),
            ("override-multiple", [34, {0: image(GOOD)}])):
        f.attack("inert-" + name, "manifest-without-effect",
                 signed(simple(validate=None, put={INSTALL: wrap(body)})),
                 f"An install that does nothing: {name}.")
    f.attack("inert-shared-only", "manifest-without-effect",
             signed(simple(shared=[*SHARED, MATCH, 15], validate=None)),
             "Everything in the shared sequence, and no section.")


def maps(f):
    """Arguments of override-multiple and copy-params, in install."""
    malformed = "command-argument-malformed"
    good = image(GOOD)
    for name, code, value, expected, text in (
            ("multiple-empty", 34, {}, malformed, "An empty map."),
            ("multiple-array", 34, [0, good], malformed, "An array."),
            ("multiple-negative", 34, {-1: good}, malformed,
             "Component -1."),
            ("multiple-1", 34, {1: good}, "component-index-out-of-range",
             "The component after the last."),
            ("multiple-huge", 34, {2**32: good},
             "component-index-out-of-range",
             "A component that equals 0 in 32 bits."),
            ("multiple-unknown", 34, {0: {6: 0}}, "parameter-unsupported",
             "An unknown parameter."),
            ("multiple-malformed", 34, {0: {14: -1}}, "parameter-malformed",
             "An image size of -1."),
            ("multiple-number", 34, {0: 0}, malformed,
             "A number for parameters."),
            ("copy-empty", 35, {}, malformed, "An empty map."),
            ("copy-nothing", 35, {0: []}, malformed,
             "An empty list of parameters."),
            ("copy-1", 35, {1: [3]}, "component-index-out-of-range",
             "From the component after the last."),
            ("copy-unknown", 35, {0: [6]}, "parameter-unsupported",
             "An unknown parameter."),
            ("copy-soft-failure", 35, {0: [13]}, "parameter-unsupported",
             "soft-failure, which no component has."),
            ("copy-text", 35, {0: ["uri"]}, malformed,
             "A parameter by its name.")):
        f.attack(name, expected,
                 content(wrap([code, value, MATCH, 15]), INSTALL), text)
    for name, code, value in (("override-multiple", 34, {0: good}),
                              ("copy-params", 35, {0: [3]})):
        f.attack(f"validate-{name}", "not-decidable-in-kernel",
                 validate(code, value, MATCH, 15),
                 f"{name} in validate, which the kernel does not do.")


def nesting(f):
    f.attack("run-too-deep", "sequence-too-deep",
             validate(*inside(8, [MATCH, 15])),
             "Nine sequences in one another.")
    f.attack("run-very-deep", "sequence-too-deep",
             validate(*inside(400, [MATCH, 15])),
             "401 sequences in one another: a recursive interpreter's stack.")
    body = [MATCH, 15]
    for _ in range(8):
        body = [TRY, [wrap(body), wrap([ABORT, 15])]]
    f.attack("try-each-too-deep", "sequence-too-deep", validate(*body),
             "Nine sequences in one another by try-each.")
    many = [path(f"firmware/acme/{i:02}") for i in range(64)]
    many[0] = path(RADIO)
    f.attack("too-many-steps", "sequence-too-long", signed(simple(
        components=many, shared=[INDEX, True, OVERRIDE, image(GOOD)],
        validate=[INDEX, True, *[MATCH, 15] * 257])),
             "More commands than may be executed.")


def in_shared(f):
    for name, code, argument in (
            ("write", WRITE, 15), ("fetch", FETCH, 15), ("copy", COPY, 15),
            ("invoke", RUN_IMAGE, 15), ("swap", SWAP, 15),
            ("wait", WAIT, 15), ("process-dependency", 11, 15),
            ("unlink", 33, 15), ("override-multiple", 34, {0: image(GOOD)})):
        f.attack("shared-" + name, "command-forbidden-in-shared",
                 shared(code, argument),
                 f"{name} in the shared sequence.")
    f.attack("set-evil", "image-mismatch", shared(SET, image(EVIL)),
             "set-parameters does not replace what is set.",
             payload="evil.bin")
    f.attack("shared-custom", "command-forbidden-in-shared",
             shared(-1, None), "A custom command in the shared sequence.")
    f.attack("shared-nested-fetch", "command-forbidden-in-shared",
             shared(RUN, wrap([FETCH, 15])),
             "fetch in a run-sequence of the shared sequence.")


def kernel_profile(f):
    for name, code in (
            ("use-before", USE_BEFORE), ("dependency-integrity", 7),
            ("is-dependency", 8), ("process-dependency", 11),
            ("write", WRITE), ("fetch", FETCH), ("copy", COPY),
            ("invoke", RUN_IMAGE), ("swap", SWAP),
            ("image-not-match", NOT_MATCH), ("minimum-battery", BATTERY),
            ("update-authorized", AUTHORIZED), ("version", C_VERSION),
            ("wait", WAIT), ("unlink", 33)):
        f.attack("validate-" + name, "not-decidable-in-kernel",
                 validate(MATCH, 15, code, 15),
                 f"{name} in validate, which the kernel cannot decide.")
    f.attack("validate-untaken-fetch", "not-decidable-in-kernel",
             validate(TRY, [wrap([MATCH, 15]), wrap([FETCH, 15])]),
             "fetch in an alternative that is never taken.")
    for name, nest in (
            ("run", lambda b: [RUN, wrap(b)]),
            ("try-each", lambda b: [TRY, [wrap(b), wrap([ABORT, 15])]])):
        f.attack("index-in-" + name, "not-decidable-in-kernel",
                 two([INDEX, 0, *SHARED],
                     [INDEX, 0, *nest([INDEX, 0, MATCH, 15])]),
                 f"set-component-index inside {name}.")


def other_sections(f):
    for name, section in (("load", LOAD), ("invoke", INVOKE),
                          ("install", INSTALL)):
        f.attack("odd-" + name, "sequence-malformed",
                 content(wrap([MATCH]), section),
                 f"{name} ends in the middle of a command.")
        f.attack("unknown-in-" + name, "command-unsupported",
                 content(wrap([30, 15]), section),
                 f"An unknown command in {name}.")
        f.attack("index-in-" + name, "component-index-out-of-range",
                 content(wrap([INDEX, 7, MATCH, 15]), section),
                 f"A component that is not there in {name}.")


def controls(f):
    f.control("run", validate(*inside(7, [MATCH, 15])),
              "As many sequences in one another as are allowed.")
    f.control("try-each", validate(TRY, [wrap([ABORT, 15]),
                                         wrap([MATCH, 15])]),
              "The second alternative holds.")
    f.control("set-parameters", shared(SET, image(EVIL)),
              "set-parameters does not replace what is set.")
    f.control("set-unset", signed(simple(
        shared=[SET, {**identity(), **image(GOOD)}, *CHECKS])),
              "set-parameters where nothing is set.")
    f.control("try-each-16", validate(
        TRY, [wrap([ABORT, 15])] * 15 + [wrap([MATCH, 15])]),
              "As many alternatives as are allowed; the last holds.")
    f.control("policies", validate(MATCH, 0, MATCH, 1, MATCH, 15),
              "Every reporting policy is as good.")
    f.control("index-true", validate(INDEX, True, MATCH, 15),
              "image-match for every component.")
    f.control("index-array", validate(INDEX, [0], MATCH, 15),
              "image-match for a list of components.")
    f.control("match-in-shared", signed(simple(
        shared=[*SHARED, MATCH, 15], validate=CHECKS)),
              "image-match in the shared sequence.")
