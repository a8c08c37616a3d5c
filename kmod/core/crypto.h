/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The crypto seam: what the core asks of its platform. The kernel answers with
 * its crypto API, user space with OpenSSL, a fuzzer with whatever it likes.
 */
#ifndef SUIT_CRYPTO_H
#define SUIT_CRYPTO_H

#include "cursor.h"
#include "suit_labels.h"
#include "suit_limits.h"

enum { SUIT_MAX_DIGEST = 64 };

/* How a trusted key was given. */
enum suit_key_form {
	SUIT_KEY_COSE = 1,	/* @bytes is a COSE_Key, decoded into @x, @y */
	SUIT_KEY_X509 = 2,	/* @bytes is a DER certificate */
};

/**
 * struct suit_key - one trusted public key and its one algorithm
 * @alg: the only COSE algorithm this key verifies (enum suit_cose_alg)
 * @form: how @bytes is encoded
 * @authority: index of the authority it belongs to
 * @revoked: never verifies anything any more
 * @kid: key id for lookup, a hint without authority; may be empty
 * @bytes: COSE_Key or certificate, as given
 * @crv: curve of a COSE_Key (enum suit_cose_crv)
 * @x: EC2 or OKP x, HSS-LMS or AKP public key, the secret of a symmetric key
 * @y: EC2 y, else empty
 * @handle: the platform's imported key, set by the platform
 */
struct suit_key {
	s32 alg;
	u8 form;
	u8 crv;
	u16 authority;
	bool revoked;
	struct suit_slice kid;
	struct suit_slice bytes;
	struct suit_slice x;
	struct suit_slice y;
	void *handle;
};

/**
 * struct suit_crypto_ops - functions the platform supplies
 * @digest: hash @n slices in order with @alg (SUIT_ALG_SHA256/384/512) into
 *	@out (32, 48 or 64 bytes). SUIT_ERR_DIGEST_ALG when not available,
 *	SUIT_ERR_CRYPTO when it failed.
 * @verify: verify @sig (COSE form: ECDSA raw r||s, Ed25519 64 bytes, an HMAC
 *	compared in constant time) by @key over the concatenation of @n slices.
 *	SUIT_OK only for a valid signature; SUIT_ERR_SIGNATURE for an invalid
 *	one; SUIT_ERR_COSE_ALG when the platform lacks the algorithm;
 *	SUIT_ERR_CRYPTO when it failed.
 * @supports: can this platform do @alg, a digest or a signature? NULL: it does
 *	not tell, and a capability report has no algorithms
 *
 * The first two may sleep.
 */
struct suit_crypto_ops {
	enum suit_error (*digest)(void *ctx, s32 alg,
				  const struct suit_slice *part, size_t n,
				  u8 *out);
	enum suit_error (*verify)(void *ctx, const struct suit_key *key,
				  const struct suit_slice *part, size_t n,
				  struct suit_slice sig);
	bool (*supports)(void *ctx, s32 alg);
};

struct suit_crypto {
	const struct suit_crypto_ops *ops;
	void *ctx;
};

/**
 * struct suit_digest - decoded SUIT_Digest
 * @alg: SUIT_ALG_SHA256, _SHA384 or _SHA512
 * @value: 32, 48 or 64 bytes
 */
struct suit_digest {
	s32 alg;
	struct suit_slice value;
};

/* Same algorithm and value? */
bool suit_digest_equal(const struct suit_digest *a,
		       const struct suit_digest *b);
/* Digest algorithms by row; false past the end. */
bool suit_digest_label(u32 row, s64 *alg);
/* Bytes a digest of @alg has; 0 for an algorithm that is not known. */
size_t suit_digest_size(s32 alg);
/*
 * Decode an encoded SUIT_Digest [alg, bstr, * extension].
 * SUIT_ERR_DIGEST_FORM, SUIT_ERR_DIGEST_ALG or a CBOR error.
 */
enum suit_error suit_digest_decode(struct suit_slice encoded,
				   struct suit_digest *out);
/*
 * Hash @bytes and compare: SUIT_OK when equal, @mismatch when not, or what the
 * crypto seam reported.
 */
enum suit_error suit_digest_check(const struct suit_crypto *crypto,
				  const struct suit_digest *want,
				  struct suit_slice bytes,
				  enum suit_error mismatch);

#endif /* SUIT_CRYPTO_H */
