# SPDX-License-Identifier: GPL-2.0-or-later
"""common: components, their ids and what else may stand beside them."""

from forge.cast import GOOD, OTHER, RADIO, SHARED, signed, simple
from forge.cbor import Raw, array_indefinite, bstr_wide, nested, wrap
from forge.suit import (COMPONENTS, DEPENDENCIES, INDEX, MATCH, OVERRIDE,
                        image, path)
from forge import suit


def common(**changes):
    """An envelope whose common has the right components, changed."""
    members = {COMPONENTS: [path(RADIO)], suit.SHARED: wrap(SHARED)}
    members.update(changes.pop("put", {}))
    for key in changes.pop("drop", ()):
        del members[key]
    return signed(simple(common=members, **changes))


def ids(*components):
    return signed(simple(components=list(components)))


def sized(size):
    """Component id of @size encoded bytes beneath ACME's prefix."""
    start = path("firmware/acme")
    return start + [b"x" * (size - len(wrap(start)) - 3)]


def add(family):
    members(family)
    component_ids(family)
    controls(family)


def members(f):
    for key in (0, 3, 5, -1):
        f.attack(f"member-{key}".replace("--", "-minus-"),
                 "common-unknown-member", common(put={key: b""}),
                 f"Member {key}, which nobody assigned.")
    f.attack("components-missing", "components-missing",
             common(drop=[COMPONENTS]), "No components.")
    f.attack("components-empty", "components-missing",
             common(put={COMPONENTS: []}), "An empty list of components.")
    f.attack("components-map", "cbor-wrong-type",
             common(put={COMPONENTS: {0: path(RADIO)}}),
             "The components as a map.")
    f.attack("components-indefinite", "cbor-indefinite-length",
             common(put={COMPONENTS: array_indefinite([path(RADIO)])}),
             "The components as an indefinite array.")
    f.attack("shared-bare", "cbor-wrong-type",
             common(put={suit.SHARED: SHARED}),
             "The shared sequence as a bare array.")
    f.attack("dependencies", "dependencies-unsupported",
             common(put={DEPENDENCIES: {0: {}}}),
             "A dependency, which the kernel cannot follow.")
    f.attack("dependencies-prefix", "dependencies-unsupported",
             common(put={DEPENDENCIES: {1: {1: path("firmware/beta")}}}),
             "A dependency with a prefix outside of the author's.")
    f.attack("dependencies-array", "cbor-wrong-type",
             common(put={DEPENDENCIES: [0]}), "Dependencies as an array.")
    dependencies(f)
    f.attack("65-components", "catalogue-malformed", signed(simple(
        components=[path(f"firmware/acme/{i:02}") for i in range(65)],
        shared=[INDEX, 0, *SHARED])),
             "65 components, but not in the form of a catalogue.")


def dependencies(f):
    """Forms of the dependency map; a right one the kernel refuses too."""
    radio, beta = path(RADIO), path("firmware/beta")
    form = "dependencies-malformed"
    for name, value, expected, text in (
            ("empty", {}, form, "An empty map of dependencies."),
            ("key-negative", {-1: {}}, form, "Dependency -1."),
            ("key-text", {"0": {}}, form, "A dependency by a text string."),
            ("key-huge", {0: {}, 2**32: {1: beta}}, form,
             "An index that equals 0 in 32 bits."),
            ("metadata-null", {0: None}, form, "null as metadata."),
            ("metadata-2", {0: {2: 0}}, form,
             "A dependency that says what nobody assigned."),
            ("prefix-2020", {1: {2: beta}}, form,
             "The prefix under the number it had in 2020."),
            ("beside-without-prefix", {1: {}}, form,
             "A dependency beside the components that nobody can find."),
            ("beside-empty-prefix", {1: {1: []}}, "component-id-malformed",
             "An empty prefix for an id."),
            ("beside-text-prefix", {1: {1: ["x"]}}, "component-id-malformed",
             "A prefix of text strings for an id."),
            ("beside-component", {1: {1: radio}}, "component-duplicate",
             "A dependency beside that has a component's id."),
            ("beside-twice", {1: {1: beta}, 2: {1: beta}},
             "component-duplicate", "Two dependencies in one place."),
            ("prefix-of-component", {0: {1: beta}},
             "dependency-prefix-unsupported",
             "A prefix to be put before every id of the dependency."),
            ("17", {i: {1: [b"d", b"%d" % i]} for i in range(1, 18)},
             "too-many-dependencies", "17 dependencies."),
            ("16", {i: {1: [b"d", b"%d" % i]} for i in range(1, 17)},
             "dependencies-unsupported", "As many as are allowed."),
            ("prefix-repeats-component", {0: {1: radio}},
             "dependencies-unsupported",
             "The prefix says what the component says.")):
        f.attack("dependencies-" + name, expected,
                 common(put={DEPENDENCIES: value}), text)
    many = [path(f"firmware/acme/{i:02}") for i in range(64)]
    f.attack("dependencies-64-components-and-one", "too-many-components",
             common(put={COMPONENTS: many, DEPENDENCIES: {64: {1: beta}}}),
             "64 components and a dependency beside them.")


def component_ids(f):
    radio = path(RADIO)
    f.attack("duplicate", "component-duplicate",
             signed(simple(components=[radio, path(OTHER), radio],
                           shared=[INDEX, 0, *SHARED],
                           validate=[INDEX, 0, MATCH, 15])),
             "The same component twice.")
    f.attack("id-empty", "component-id-malformed", ids([]),
             "A component without a segment.")
    f.attack("id-text", "component-id-malformed",
             ids(["firmware", "acme", "radio.bin"]),
             "A component of text strings.")
    f.attack("id-not-array", "component-id-malformed", ids(b"firmware"),
             "A component that is a byte string.")
    f.attack("id-nested", "component-id-malformed",
             ids([b"firmware", [b"acme", b"radio.bin"]]),
             "A component with an array inside.")
    f.attack("id-deep", "cbor-too-deep", ids(nested(17)),
             "A component of 17 arrays in one another.")
    f.attack("id-indefinite", "cbor-indefinite-length",
             ids(array_indefinite(radio)), "A component of indefinite length.")
    f.attack("id-not-canonical", "cbor-not-canonical",
             ids([b"firmware", b"acme", bstr_wide(b"radio.bin", 1)]),
             "A second encoding of the same component.")
    f.attack("id-17-segments", "component-id-too-long",
             ids(path("firmware/acme") + [b"x"] * 15),
             "A component of 17 segments.")
    f.attack("id-513-bytes", "component-id-too-long", ids(sized(513)),
             "A component of 513 encoded bytes.")
    f.attack("id-huge", "cbor-truncated",
             ids(Raw(b"\x82\x48firmware\x5a\xff\xff\xff\xff")),
             "A segment that claims to have 4 GiB.")


def controls(f):
    f.control("two-components", signed(simple(
        components=[path(RADIO), path(OTHER)],
        shared=[INDEX, 0, *SHARED], validate=[INDEX, 0, MATCH, 15])),
              "Two components.")
    rest = [path("firmware/acme") + [b"x"] * 14, sized(512)]
    f.control("largest-ids", signed(simple(
        components=[path(RADIO), *rest],
        shared=[INDEX, 0, *SHARED], validate=[INDEX, 0, MATCH, 15])),
              "Components of 16 segments and of 512 bytes.")
    many = [path(f"firmware/acme/{i:02}") for i in range(63)]
    f.control("64-components", signed(simple(
        components=[path(RADIO), *many],
        shared=[INDEX, 0, OVERRIDE, image(GOOD)],
        validate=[INDEX, 0, MATCH, 15])),
              "As many components as an ordinary manifest may have.")
