# SPDX-License-Identifier: GPL-2.0-or-later
"""ECDSA over P-256 and P-384 with the nonces of RFC 6979.

For test data only: slow, and its timing depends on the secrets.
"""

import hashlib
import hmac


class Curve:
    def __init__(self, cose, size, p, n, b, g):
        self.cose, self.size, self.p, self.n, self.b, self.g = \
            cose, size, p, n, b, g


P256 = Curve(
    1, 32, 2**256 - 2**224 + 2**192 + 2**96 - 1,
    0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
    0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
    (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
     0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5))
P384 = Curve(
    2, 48, 2**384 - 2**128 - 2**96 + 2**32 - 1,
    int("ffffffffffffffffffffffffffffffffffffffffffffffff"
        "c7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16),
    int("b3312fa7e23ee7e4988e056be3f82d19181d9c6efe814112"
        "0314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef", 16),
    (int("aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98"
         "59f741e082542a385502f25dbf55296c3a545e3872760ab7", 16),
     int("3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c"
         "e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f", 16)))


def _double(curve, point):
    p, (x, y, z) = curve.p, point
    if not y:
        return (1, 1, 0)
    yy = y * y % p
    s = 4 * x * yy % p
    m = 3 * (x - z * z) * (x + z * z) % p
    x3 = (m * m - 2 * s) % p
    return (x3, (m * (s - x3) - 8 * yy * yy) % p, 2 * y * z % p)


def _add(curve, a, b):
    p = curve.p
    if not a[2]:
        return b
    if not b[2]:
        return a
    za, zb = a[2] * a[2] % p, b[2] * b[2] % p
    ua, ub = a[0] * zb % p, b[0] * za % p
    sa, sb = a[1] * b[2] * zb % p, b[1] * a[2] * za % p
    if ua == ub:
        return _double(curve, a) if sa == sb else (1, 1, 0)
    h, r = ub - ua, sb - sa
    hh = h * h % p
    hhh, v = h * hh % p, ua * hh % p
    x = (r * r - hhh - 2 * v) % p
    return (x, (r * (v - x) - sa * hhh) % p, h * a[2] * b[2] % p)


def multiply(curve, k, point):
    total, step = (1, 1, 0), (*point, 1)
    while k:
        if k & 1:
            total = _add(curve, total, step)
        step = _double(curve, step)
        k >>= 1
    inverse = pow(total[2], -1, curve.p)
    return (total[0] * inverse * inverse % curve.p,
            total[1] * inverse ** 3 % curve.p)


def _bits_to_int(curve, data):
    surplus = len(data) * 8 - curve.n.bit_length()
    value = int.from_bytes(data, "big")
    return value >> surplus if surplus > 0 else value


def _nonces(curve, d, digest, hash_name):
    size = curve.size
    seed = d.to_bytes(size, "big") + (
        _bits_to_int(curve, digest) % curve.n).to_bytes(size, "big")
    mac = lambda key, data: hmac.new(key, data, hash_name).digest()
    length = hashlib.new(hash_name).digest_size
    key, v = b"\0" * length, b"\1" * length
    for separator in (b"\0", b"\1"):
        key = mac(key, v + separator + seed)
        v = mac(key, v)
    while True:
        t = b""
        while len(t) < size:
            v = mac(key, v)
            t += v
        k = _bits_to_int(curve, t[:size])
        if 0 < k < curve.n:
            yield k
        key = mac(key, v + b"\0")
        v = mac(key, v)


def sign(curve, d, message, hash_name):
    """Raw r || s."""
    digest = hashlib.new(hash_name, message).digest()
    e = _bits_to_int(curve, digest)
    for k in _nonces(curve, d, digest, hash_name):
        r = multiply(curve, k, curve.g)[0] % curve.n
        s = pow(k, -1, curve.n) * (e + r * d) % curve.n
        if r and s:
            return raw(curve, r, s)


def raw(curve, r, s):
    return r.to_bytes(curve.size, "big") + s.to_bytes(curve.size, "big")


def known_answer():
    """RFC 6979 A.2.5 and A.2.6, message "sample"."""
    d = 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721
    assert sign(P256, d, b"sample", "sha256").hex().startswith(
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716")
    d = int("6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba"
            "9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5", 16)
    assert sign(P384, d, b"sample", "sha384").hex().startswith(
        "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa7"
        "3d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46")
