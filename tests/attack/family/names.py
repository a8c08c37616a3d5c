# SPDX-License-Identifier: GPL-2.0-or-later
"""A manifest for one name must not vouch for another that looks alike."""

from forge.cast import DISTRO, OTHER, signed, simple
from forge.suit import path


def for_id(component):
    """A manifest by DISTRO, which may speak for all firmware."""
    return signed(simple(components=[component]), DISTRO)


ABSENT = "component-not-in-manifest"


def add(family):
    alike(family)
    asked(family)
    controls(family)


def alike(f):
    for name, component, text in (
            ("case", path("firmware/acme/RADIO.bin"), "Upper case."),
            ("slash-in-segment", [b"firmware", b"acme/radio.bin"],
             "A slash inside of a segment."),
            ("dot", path("firmware/acme/./radio.bin"), "A dot segment."),
            ("dot-dot", path("firmware/acme/../acme/radio.bin"),
             "A dot-dot segment."),
            ("empty-segment", path("firmware/acme//radio.bin"),
             "An empty segment."),
            ("trailing-slash", path("firmware/acme/radio.bin/"),
             "An empty last segment."),
            ("nul", [b"firmware", b"acme", b"radio.bin\0"],
             "A NUL after the name."),
            ("nul-first", [b"firmware", b"acme", b"\0radio.bin"],
             "A NUL before the name."),
            ("space", [b"firmware", b"acme", b"radio.bin "],
             "A space after the name."),
            ("shorter", path("firmware/acme"), "The directory."),
            ("longer", path("firmware/acme/radio.bin/x"),
             "Something beneath the name."),
            ("prefix-of-name", path("firmware/acme/radio.bi"),
             "The last byte is missing."),
            ("suffix-xz", path("firmware/acme/radio.bin.xz"),
             "The compressed file."),
            ("suffix-suit", path("firmware/acme/radio.bin.suit"),
             "The manifest beside the file."),
            ("homoglyph", [b"firmware", b"acme", "r\u0430dio.bin".encode()],
             "A Cyrillic letter that looks the same."),
            ("full-width", [b"firmware", b"acme", "radio\uff0ebin".encode()],
             "A dot of full width."),
            ("order", path("firmware/radio.bin/acme"),
             "The segments in another order."),
            ("order-acme", path("firmware/acme/acme/radio.bin"),
             "A directory deeper."),
            ("firmware-twice", path("firmware/firmware/acme/radio.bin"),
             "The type twice.")):
        f.attack("signed-" + name, ABSENT, for_id(component), text)


def asked(f):
    plain = signed(simple())
    for name, component, text in (
            ("other", OTHER, "Another file of the author is delivered."),
            ("upload", "upload/acme/radio.bin",
             "The same name, but as an upload."),
            ("file", "file/acme/radio.bin",
             "The same name, but as a file."),
            ("xz", "firmware/acme/radio.bin.xz",
             "The compressed file is delivered."),
            ("directory", "firmware/acme",
             "The name of the directory is asked for.")):
        f.attack("asked-" + name, ABSENT, plain, text, component=component)


def controls(f):
    f.control("distro", signed(simple(), DISTRO), "The exact name.")
    odd = "firmware/acme/brcm fw,v1+2~3 (x).bin"
    f.control("odd-characters", for_id(path(odd)),
              "Spaces, commas, plus signs and brackets in a name.",
              component=odd)
    upper = "firmware/acme/RADIO.bin"
    f.control("upper-case", for_id(path(upper)), "A name in upper case.",
              component=upper)
    f.control("utf8", for_id(path("firmware/acme/\u20ac.bin")),
              "A name that is not ASCII.",
              component="firmware/acme/\u20ac.bin")
