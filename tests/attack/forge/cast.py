# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is who: keys, authorities, components and payloads of the corpus."""

import hashlib

from . import cose, suit
from .cbor import encode, wrap
from .cose import ES256, ES384, ESP384, Key

ROOT = Key("root-1")
ACME = Key("acme-1")
ACME_ES256 = Key("acme-es256", ES256)
ACME_384 = Key("acme-384", ESP384)
ACME_ES384 = Key("acme-es384", ES384)
ACME_REVOKED = Key("acme-revoked")
BETA = Key("beta-1")
BETA_REVOKED = Key("beta-revoked")
DUO1 = Key("duo-1")
DUO2 = Key("duo-2", ESP384)
DUO3 = Key("duo-3")
LEGACY = Key("legacy-1")
DISTRO = Key("distro-1")
NAMELESS = Key("nameless-1", kid=False)
TWIN = Key("twin-1")			# one key pair under two algorithms
TWIN_ES256 = Key("twin-es256", ES256, pair="twin-1")
TWIN_OTHER = Key("twin-2")
SHARED_KEY = Key("shared-1")		# one key, two authorities
MALLORY = Key("mallory-1")		# nobody trusts this one

VENDOR_ROLE, BASELINE_ROLE, ROOT_ROLE = 2, 3, 1
ADD, RETIRE, REVOKE_KEY, REVOKE_DIGEST = 1, 2, 3, 4

RADIO = "firmware/acme/radio.bin"
OTHER = "firmware/acme/other.bin"
BETA_BIN = "firmware/beta/modem.bin"
DUO_BIN = "firmware/duo/lte.bin"
LEGACY_BIN = "firmware/legacy/old.bin"
NAMELESS_BIN = "firmware/nameless/x.bin"
TWIN_BIN = "firmware/twin/x.bin"
SHARED_A_BIN = "firmware/shared-a/x.bin"
SHARED_B_BIN = "firmware/shared-b/x.bin"


def noise(name, size):
    """@size bytes that look like firmware and never change."""
    out = b""
    while len(out) < size:
        out += hashlib.sha256(f"{name} {len(out)}".encode()).digest()
    return out[:size]


GOOD = noise("radio", 256)
EVIL = noise("evil", 256)
PAYLOADS = {
    "radio.bin": GOOD,
    "other.bin": noise("other", 200),
    "evil.bin": EVIL,
    "empty.bin": b"",
    "radio-flipped-first.bin": cose.flip(GOOD, 0, 0x80),
    "radio-flipped-last.bin": cose.flip(GOOD, -1),
    "radio-truncated.bin": GOOD[:-1],
    "radio-extended.bin": GOOD + b"\0",
    "radio-twice.bin": GOOD * 2,
}
OTHER_PAYLOAD = PAYLOADS["other.bin"]

# The most ordinary manifest: one component, vendor, class, image-match.
CHECKS = [suit.C_VENDOR, 15, suit.C_CLASS, 15]
SHARED = [suit.OVERRIDE, {**suit.identity(), **suit.image(GOOD)}, *CHECKS]


def simple(**changes):
    """Encoded manifest for RADIO; @changes go to suit.manifest()."""
    args = {"components": [suit.path(RADIO)], "shared": SHARED}
    args.update(changes)
    return suit.manifest(**args)


def simple_for(name, **changes):
    return simple(components=[suit.path(name)], **changes)


def signed(content, *signers, **changes):
    """Envelope signed by @signers, by ACME when there are none."""
    return suit.envelope(content, signers or (ACME,), **changes)


REVOKED_MANIFEST = simple(seq=666)


def authority(name, role, keys, prefixes, threshold=None):
    value = {1: name, 2: role, 3: keys, 4: [suit.path(p) for p in prefixes]}
    if threshold is not None:
        value[5] = threshold
    return value


def vendor(name, keys, prefix, threshold=None):
    return authority(name, VENDOR_ROLE, [wrap(k.public()) for k in keys],
                     [prefix], threshold)


def bundle(operations, sequence=1, statement=None, blocks=()):
    """A trust bundle; unsigned unless @blocks."""
    if statement is None:
        statement = wrap({1: 1, 2: sequence, 3: operations})
    return encode([statement, *blocks])


def corpus_trust():
    """The bundle that nearly every row is judged by."""
    return bundle([
        [REVOKE_KEY, BETA_REVOKED.thumbprint()],
        [ADD, authority("root", ROOT_ROLE, [wrap(ROOT.public())], [])],
        [ADD, vendor("acme", [ACME, ACME_ES256, ACME_384, ACME_ES384,
                              ACME_REVOKED], "firmware/acme")],
        [ADD, vendor("beta", [BETA, BETA_REVOKED], "firmware/beta")],
        [ADD, vendor("duo", [DUO1, DUO2, DUO3], "firmware/duo", 2)],
        [ADD, vendor("legacy", [LEGACY], "firmware/legacy")],
        [ADD, authority("distro", BASELINE_ROLE, [wrap(DISTRO.public())],
                        ["firmware"])],
        [ADD, vendor("nameless", [NAMELESS], "firmware/nameless")],
        [ADD, vendor("twin", [TWIN, TWIN_ES256, TWIN_OTHER],
                     "firmware/twin", 2)],
        [ADD, vendor("shared-a", [SHARED_KEY], "firmware/shared-a")],
        [ADD, vendor("shared-b", [SHARED_KEY], "firmware/shared-b")],
        [RETIRE, "legacy", 5],
        [REVOKE_KEY, ACME_REVOKED.thumbprint()],
        [REVOKE_KEY, DUO3.thumbprint()],
        [REVOKE_DIGEST, suit.member_digest(REVOKED_MANIFEST)],
    ])


def test_keys():
    """Name -> COSE_Key, secret ones included."""
    found = {}
    for key in [v for v in globals().values() if isinstance(v, Key)]:
        found[f"TEST-ONLY-{key.name}.secret.cosekey"] = encode(key.secret())
        found[f"TEST-ONLY-{key.name}.cosekey"] = encode(key.public())
    return found
