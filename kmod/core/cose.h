/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * COSE_Sign1, COSE_Sign, COSE_Mac0 and COSE_Mac with detached payload, COSE_Key
 * (RFC 9052, 9053). Of COSE_Mac only the form whose one recipient uses the
 * shared key itself (direct).
 *
 * The algorithm comes from the protected header only and must be the one
 * algorithm of the key; one in the unprotected header is an error. kid is a
 * hint: when a block carries one and a trusted key has it, only keys with that
 * kid are tried. No other header is acted upon; a crit label other than alg
 * and kid is refused. A signature's algorithm in a MAC, or the other way round,
 * is refused before any key is looked at.
 */
#ifndef SUIT_COSE_H
#define SUIT_COSE_H

#include "crypto.h"
#include "trust.h"

/**
 * suit_cose_verify() - verify one authentication block
 * @block: encoded, tagged COSE_Sign1 (18), COSE_Sign (98), COSE_Mac0 (17) or
 *	COSE_Mac (97), payload nil
 * @payload: the detached payload
 * @aad: external_aad, empty for a SUIT manifest
 * @trust: keys to try
 * @crypto: the seam
 * @auth: bits of keys that signed are added
 *
 * For COSE_Sign every signature is tried; those by unknown keys do not count,
 * but a bad signature by a key that matches by kid is an error.
 *
 * Context: may sleep (the seam may).
 * Return: SUIT_OK when at least one trusted key signed; SUIT_ERR_NO_KEY when
 * no trusted key fits; SUIT_ERR_KEY_ALG when the key with this kid has another
 * algorithm; SUIT_ERR_KEY_REVOKED; SUIT_ERR_SIGNATURE; SUIT_ERR_COSE_*; CBOR
 * errors.
 */
enum suit_error suit_cose_verify(struct suit_slice block,
				 struct suit_slice payload,
				 struct suit_slice aad,
				 const struct suit_trust *trust,
				 const struct suit_crypto *crypto,
				 struct suit_auth *auth);

/**
 * suit_cose_key_decode() - decode a COSE_Key, public or symmetric
 * @bytes: encoded COSE_Key
 * @out: alg, kid, crv, x, y, bytes and form are set
 *
 * Refused: a private key (d present), no alg, an alg that does not fit kty and
 * crv, key_ops without verify (MAC verify), wrong coordinate lengths,
 * compressed points.
 *
 * Context: any.
 * Return: SUIT_OK, SUIT_ERR_KEY_FORM, SUIT_ERR_KEY_TYPE or a CBOR error.
 */
enum suit_error suit_cose_key_decode(struct suit_slice bytes,
				     struct suit_key *out);

/*
 * SHA-256 thumbprint of a key (RFC 9679: over the required members only; of a
 * certificate: over its DER). @out has 32 bytes.
 */
enum suit_error suit_cose_key_thumbprint(const struct suit_key *key,
					 const struct suit_crypto *crypto,
					 u8 *out);

/* Is this the number of a signature or MAC algorithm the core knows? */
bool suit_cose_alg_known(s64 alg);
/* Is it one of a MAC, made with the key that checks it? */
bool suit_cose_alg_mac(s64 alg);
/* The algorithms by row; false past the end. */
bool suit_cose_alg_label(u32 row, s64 *alg);
/* Bytes a signature of @alg has; 0 when variable or not known. */
size_t suit_cose_signature_size(s32 alg);

#endif /* SUIT_COSE_H */
