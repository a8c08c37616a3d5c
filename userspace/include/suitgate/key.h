/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Keys of authors, and signing with them.
 */
#ifndef SUITGATE_KEY_H
#define SUITGATE_KEY_H

#include "suitgate/types.h"

/* "esp256", ...; "unknown" for another. @alg is a COSE algorithm. */
const char *sg_alg_name(int32_t alg);
/*
 * The COSE algorithm of a name, in any case; "ecdh-es-a128kw" too, for keys that
 * sign nothing but read encrypted reports. 0 or -1, as all below.
 */
int sg_alg_parse(const char *name, int32_t *alg, struct sg_error *err);

/**
 * sg_key_generate() - make a key pair
 * @alg: COSE algorithm, the only one it will be used with
 * @path: for the private key, PKCS #8 in PEM, mode 0600. The public key goes
 *	beside it as a COSE_Key: KEY.pem -> KEY.pub
 * @force: replace files that are there
 * @err: why not
 *
 * Return: 0 or -1.
 */
int sg_key_generate(int32_t alg, const char *path, bool force,
		    struct sg_error *err);
/*
 * Where there is no public key beside the private key @path, write it: for the
 * algorithm that the key alone is for, as "esp256". What is there stays. 0, -1.
 */
int sg_key_publish(const char *path, struct sg_error *err);
/* Where the public key of the private key @path is; malloc()ed, or NULL. */
char *sg_key_public_path(const char *path);

/**
 * sg_envelope_sign() - add a signature to an envelope
 * @envelope: signed or unsigned
 * @key: path of the private key
 * @out: the same with one more COSE_Sign1 over the manifest's digest
 * @err: why not
 *
 * The signatures that are there are kept and not verified.
 *
 * Return: 0 or -1.
 */
int sg_envelope_sign(const struct sg_buf *envelope, const char *key,
		     struct sg_buf *out, struct sg_error *err);
/* How many there are, none of them verified; 0 too when it is no envelope. */
size_t sg_envelope_signatures(const struct sg_buf *envelope);

#endif /* SUITGATE_KEY_H */
