# SPDX-License-Identifier: GPL-2.0-or-later
"""CBOR writer that can also write what RFC 8949 4.2 forbids.

Python values become deterministic CBOR: int, bytes, str, bool, None, list,
dict (sorted). Raw bytes are copied as they are, Pairs is a map in the order
given, duplicates included.
"""


class Raw(bytes):
    """Already encoded."""


class Pairs(list):
    """A map as (key, value) pairs, written in this order."""


class Tag:
    def __init__(self, number, value):
        self.number = number
        self.value = value


NULL = None
UNDEFINED = Raw(b"\xf7")
SIMPLE = {False: b"\xf4", True: b"\xf5", None: b"\xf6"}


def head(major, value, width=None):
    """Item head; @width forces 0, 1, 2, 4 or 8 bytes of argument."""
    if width is None:
        width = 0 if value < 24 else next(
            w for w in (1, 2, 4, 8) if value < 1 << (8 * w))
    if width == 0:
        return bytes([major << 5 | value])
    info = {1: 24, 2: 25, 4: 26, 8: 27}[width]
    return bytes([major << 5 | info]) + value.to_bytes(width, "big")


def encode(x):
    if isinstance(x, Raw):
        return bytes(x)
    if x is None or isinstance(x, bool):
        return SIMPLE[x]
    if isinstance(x, int):
        return head(0, x) if x >= 0 else head(1, -1 - x)
    if isinstance(x, bytes):
        return head(2, len(x)) + x
    if isinstance(x, str):
        text = x.encode()
        return head(3, len(text)) + text
    if isinstance(x, Tag):
        return head(6, x.number) + encode(x.value)
    if isinstance(x, dict):
        x = Pairs(sorted(x.items(), key=lambda kv: encode(kv[0])))
    if isinstance(x, Pairs):
        return head(5, len(x)) + b"".join(encode(k) + encode(v) for k, v in x)
    return head(4, len(x)) + b"".join(encode(v) for v in x)


def wrap(x):
    """Content of a bstr .cbor: bytes, which encode() writes as a bstr."""
    return encode(x)


def bstr_wide(content, width):
    """A byte string with a head of @width argument bytes."""
    return Raw(head(2, len(content), width) + content)


def bstr_chunked(content):
    """An indefinite-length byte string."""
    half = len(content) // 2
    return Raw(b"\x5f" + encode(content[:half]) + encode(content[half:])
               + b"\xff")


def map_indefinite(pairs):
    return Raw(b"\xbf" + b"".join(encode(k) + encode(v) for k, v in pairs)
               + b"\xff")


def array_indefinite(items):
    return Raw(b"\x9f" + b"".join(encode(v) for v in items) + b"\xff")


def nested(depth):
    """@depth arrays in one another."""
    return Raw(b"\x81" * (depth - 1) + b"\x80")
