# SPDX-License-Identifier: GPL-2.0-or-later
"""Inputs of fuzz_machine.c: manifests, signed, and devices for them."""

import hashlib

from forge import suit
from forge.cast import GOOD, OTHER, OTHER_PAYLOAD, RADIO, simple
from forge.cbor import Tag, encode, wrap
from forge.suit import INDEX, INSTALL, OVERRIDE


def toy(number, payload, alg=-9):
    """The block that key @number makes for @payload: see tests/unit/toy.h."""
    protected = encode({1: alg})
    key = bytes([number]) * 32
    signature = hashlib.sha512(key + encode(["Signature1", protected, b"", payload]))
    return encode(Tag(18, [protected, {}, None, signature.digest()]))


def toyed(content, signed_bytes=None, members=None):
    """An envelope of the encoded manifest @content, signed by key 1."""
    signed_bytes = signed_bytes or encode(suit.member_digest(content))
    return suit.envelope(content, (), signed=signed_bytes, members=members,
                         blocks=[toy(1, signed_bytes)])


# Where fuzz_machine.c finds what: see machine_input.h.
HEAD = {"procedure": 0, "flags": 1, "absent": 2, "failing": 6, "error": 7,
        "events": 14, "floor": 17, "owner": 18, "claim": 19, "revoked": 20,
        "nodes": 21, "params": 22, "version": 23}
HEAD_SIZE, KERNEL, UPDATE = 32, 0, 1
ZERO, ONE, TWO = ([b"c", b"%d" % i] for i in range(3))


def machine(envelope, cells=((ZERO, b"zero", 0), (ONE, b"one", 0)), **how):
    """An input of fuzz_machine.c."""
    head = bytearray(HEAD_SIZE)
    for name, value in {"procedure": UPDATE, "nodes": 12, "params": 80,
                        **how}.items():
        value = value if isinstance(value, bytes) else bytes([value])
        head[HEAD[name]:HEAD[name] + len(value)] = value
    out = bytes(head) + len(envelope).to_bytes(2, "big") + envelope
    for name, content, references in cells:
        for part in (encode(name), content):
            out += len(part).to_bytes(2, "big") + part
        out += bytes([references])
    return out


def install(commands, components=(ZERO, ONE), **changes):
    """An envelope whose install section these are, for its first component."""
    return toyed(suit.manifest(None, (), None, common={2: list(components)},
                               put={INSTALL: wrap([INDEX, 0, *commands])},
                               **changes))


def versions():
    """Each comparison of each pair of versions, one's own and another's."""
    for have in ([1, 2], [1, 3], [1, 1, 7], [1], [2, -1], [9] * 9):
        held = bytes([len(have), *(part & 255 for part in have[:8])])
        for match in range(7):
            for want in ([1, 2], [1], [-1, 2], [0, 1]):
                one = encode([match, want])
                wait = encode({4: [b"x", [[match, want], [2, [1]]]]})
                for what, value in ((28, one), (29, wait)):
                    yield machine(install([OVERRIDE, {what: value}, what, 15,
                                           suit.RUN_IMAGE, 15]),
                                  version=held, events=b"\0\x10")


def devices():
    """Devices that lack something or fail, and what they cannot do."""
    who = {5: 1, "joe": 2, b"x": 3, Tag(37, bytes(16)): 4}
    metadata = encode({1: 7, 2: who, 3: who, 4: who, 5: 1, 6: Tag(1, 9),
                       7: Tag(1, 8), 8: "joe"})
    write = [OVERRIDE, {18: b"x", 30: metadata}, suit.WRITE, 15]
    swap = [OVERRIDE, {22: 1}, suit.SWAP, 15]
    for commands in (write, swap, [OVERRIDE, {22: 1}, suit.COPY, 15]):
        for cells in (((ZERO, b"z", 255), (ONE, b"o", 0)),
                      ((ZERO, b"z", 0), (ONE, b"o", 255)),
                      ((ZERO, b"z", 0), (ONE, b"o", 0))):
            yield machine(install(commands), cells)
    every = [INDEX, True, OVERRIDE, {5: 0}] * 300
    many = [[b"c", b"%d" % i] for i in range(64)]
    for part in (metadata, b"\xa1\6", b"\xa1\2\xa1\5", b"\xa1\2\xa1"):
        yield machine(install([OVERRIDE, {18: b"x", 30: part}, suit.WRITE, 15]))
    for bit in range(19):
        absent = (1 << bit).to_bytes(3, "little")
        checks = toyed(suit.manifest(None, (), [OVERRIDE, {
            1: bytes(16), 2: bytes(16), 5: 0, 24: bytes(16), 18: b"zero",
            **suit.image(b"zero")}, 1, 15, 2, 15, 5, 15, 24, 15, 18 - 12, 15,
            suit.MATCH, 15], common={2: [ZERO]}))
        yield machine(checks, absent=absent, procedure=KERNEL)
        yield machine(checks, absent=absent, procedure=4)
        yield machine(install(write), absent=absent)
        yield machine(toyed(suit.manifest(
            None, (), [INDEX, 1, 7, 15, 11, 15], common={1: {1: {}}, 2: [ZERO, ONE]})),
                      absent=absent)
    yield machine(toyed(suit.manifest(None, (), every, common={2: many})),
                  procedure=KERNEL)
    for procedure in (KERNEL, UPDATE):
        yield machine(install(write), flags=2, procedure=procedure)
        yield machine(install(write), revoked=1, procedure=procedure)
        for signed_bytes in ([-99, b"x"], [-16, b"x"], [], 7, [-43, bytes(48)]):
            yield machine(toyed(simple(), encode(signed_bytes)),
                          procedure=procedure)
    claim = b"\x82\x2f\x58\x20" + bytes(32)
    content = suit.manifest(None, (), [suit.MATCH, 15], common={2: [ZERO]})
    yield machine(toyed(content, encode(suit.member_digest(content, suit.SHA384))),
                  ((ZERO, claim, 0),), revoked=1, procedure=KERNEL)
    for claim in (0, 1, 2, 254, 255):
        for floor in (0, 1, 2, 255):
            yield machine(install(write), claim=claim, floor=floor, owner=255)
            yield machine(install(write), claim=claim, floor=floor, owner=1)
            yield machine(install(write, seq=1), claim=claim, floor=floor,
                          owner=255, cells=((ZERO, b"\x82\x2f\x58\x20" +
                                             bytes(32), 0),))


def catalogues():
    """More components than a general manifest has, and one that is in none."""
    many = [[b"c", b"%03d" % i] for i in range(70)]
    image = suit.image(b"zero")
    shared = [v for i in range(70) for v in (INDEX, i, OVERRIDE, image)]
    cells = [(name, b"zero", 0) for name in (many[0], many[69], ZERO, many[35])]
    missing = {INSTALL: [-16, bytes(32)]}
    for common, put in (({1: {}}, {}), ({1: {1: {}}}, {}), ({}, missing)):
        common.update({2: many, 4: wrap(shared)})
        yield machine(toyed(suit.manifest(None, (), [INDEX, True, suit.MATCH, 15],
                                          common=common, put=put)),
                      cells, procedure=KERNEL)
    for validate in ([INDEX, True, suit.MATCH, 15], None, [suit.MATCH, 15]):
        for absent in (b"\0", b"\4"):
            yield machine(toyed(suit.manifest(many, shared, validate)), cells,
                          absent=absent, procedure=KERNEL)


def limits():
    """Manifests that are too long for one form, or for both."""
    many = [[b"firmware", b"%03d" % i] for i in range(70)]
    image = suit.image(b"zero")
    shared = [v for i in range(70) for v in (INDEX, i, OVERRIDE, image)]
    long = {4: "x" * 66000}
    yield toyed(suit.manifest(many, shared, [INDEX, True, suit.MATCH, 15], put=long))
    yield toyed(suit.manifest([suit.path(RADIO)], [OVERRIDE, image], put=long))


def again(contents):
    """These manifests, signed by a key of the machine."""
    cells = ((suit.path(RADIO), GOOD, 0), (suit.path(OTHER), OTHER_PAYLOAD, 0),
             ([b"\0"], b"x", 0))
    for content in contents:
        for procedure in (KERNEL, UPDATE, 5):
            yield machine(toyed(content), cells, procedure=procedure)
