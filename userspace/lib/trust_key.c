// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Public keys of authorities, from files: COSE_Keys and certificates.
 */
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "cbor_write.h"
#include "alg.h"
#include "core/suit.h"
#include "crypto.h"
#include "folder.h"
#include "suitgate/key.h"
#include "trust_private.h"

enum { MAX_KEY_FILE = 64 << 10, DER_SEQUENCE = 0x30 };

int sg_trust_copy_key(const struct suit_key *from, struct sg_trust_key *out,
		      struct sg_error *err)
{
	enum suit_error error;

	memset(out, 0, sizeof(*out));
	error = suit_cose_key_thumbprint(from, sg_crypto(), out->thumbprint);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "no thumbprint of the key");
	out->alg = from->alg;
	out->x509 = from->form == SUIT_KEY_X509;
	out->bytes.data = malloc(from->bytes.len);
	if (!out->bytes.data)
		return sg_fail(err, "out of memory");
	memcpy(out->bytes.data, from->bytes.ptr, from->bytes.len);
	out->bytes.len = from->bytes.len;
	return 0;
}

/* A certificate that is all of @file, PEM or DER; NULL when it is none. */
static X509 *parse_cert(const struct sg_buf *file)
{
	const unsigned char *at = file->data;
	X509 *cert = NULL;
	BIO *bio;

	if (file->len && file->data[0] == DER_SEQUENCE) {
		cert = d2i_X509(NULL, &at, (long)file->len);
		if (cert && at == file->data + file->len)
			return cert;
		X509_free(cert);
		return NULL;
	}
	bio = BIO_new_mem_buf(file->data, (int)file->len);
	if (bio)
		cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	BIO_free(bio);
	return cert;
}

static int copy_cert(X509 *cert, int32_t alg, struct sg_trust_key *out,
		     struct sg_error *err)
{
	struct suit_key key = { .form = SUIT_KEY_X509 };
	unsigned char *der = NULL;
	enum suit_error error;
	int len, ret;

	key.alg = alg ? alg : sg_alg_natural(X509_get0_pubkey(cert));
	if (!key.alg)
		return sg_fail(err, "no algorithm fits the certificate's key: it must be P-256, P-384 or Ed25519");
	len = i2d_X509(cert, &der);
	if (len <= 0)
		return sg_fail(err, "the certificate cannot be encoded");
	key.bytes = (struct suit_slice){ .ptr = der, .len = (size_t)len };
	error = sg_crypto_import(&key);
	if (error == SUIT_OK) {
		sg_crypto_release(&key);
		ret = sg_trust_copy_key(&key, out, err);
	} else {
		ret = sg_refuse(err, (int)error, "the certificate's key is not one for %s",
				sg_alg_name(key.alg));
	}
	OPENSSL_free(der);
	return ret;
}

/* A COSE_Key map that does not say what it is for. */
static bool lacks_alg(struct suit_slice bytes)
{
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, bytes);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		if (suit_cbor_key_int(&cur, &order) == SUIT_KEY_ALG)
			return false;
		suit_cbor_item(&cur);
	}
	return suit_cursor_end(&cur) == SUIT_OK;
}

/* The same key, for @alg: its member comes after the key id and before all
 * others that a public key has. */
static int add_alg(struct suit_slice bytes, int32_t alg, struct sg_buf *out,
		   struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct suit_slice label, value;
	struct suit_cursor cur;
	bool written = false;
	uint32_t n;

	suit_cursor_init(&cur, bytes);
	n = suit_cbor_map(&cur);
	sg_cbor_write_map(&w, (size_t)n + 1);
	while (n--) {
		label = suit_cbor_item(&cur);
		value = suit_cbor_item(&cur);
		if (!written && label.ptr[0] > SUIT_KEY_KID) {
			sg_cbor_write_uint(&w, SUIT_KEY_ALG);
			sg_cbor_write_int(&w, alg);
			written = true;
		}
		sg_cbor_write_raw(&w, label.ptr, label.len);
		sg_cbor_write_raw(&w, value.ptr, value.len);
	}
	return sg_cbor_write_end(&w, out, err);
}

static int copy_decodable(struct suit_slice bytes, int32_t alg,
			  struct sg_trust_key *out, struct sg_error *err)
{
	struct suit_key key = { 0 };
	enum suit_error error = suit_cose_key_decode(bytes, &key);

	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "neither a public COSE_Key (KEY.pub of suitctl keygen) nor a certificate");
	if (alg && alg != key.alg)
		return sg_fail(err, "the key is for %s, not for %s",
			       sg_alg_name(key.alg), sg_alg_name(alg));
	error = sg_crypto_import(&key);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the key cannot be used");
	sg_crypto_release(&key);
	return sg_trust_copy_key(&key, out, err);
}

static int copy_cose_key(const struct sg_buf *file, int32_t alg,
			 struct sg_trust_key *out, struct sg_error *err)
{
	struct suit_slice bytes = { .ptr = file->data, .len = file->len };
	struct sg_buf complete = { 0 };
	int ret;

	if (!lacks_alg(bytes))
		return copy_decodable(bytes, alg, out, err);
	if (!alg)
		return sg_fail(err, "the key does not state its algorithm: say which, with --alg esp256");
	if (add_alg(bytes, alg, &complete, err) < 0)
		return -1;
	bytes = (struct suit_slice){ complete.data, complete.len };
	ret = copy_decodable(bytes, alg, out, err);
	sg_buf_free(&complete);
	return ret;
}

int sg_trust_read_key(const char *path, const char *alg_name,
		      struct sg_trust_key *out, struct sg_error *err)
{
	struct sg_buf file = { 0 };
	int32_t alg = 0;
	X509 *cert;
	int ret;

	memset(out, 0, sizeof(*out));
	if (alg_name && sg_alg_parse(alg_name, &alg, err) < 0)
		return -1;
	if (sg_file_read(path, MAX_KEY_FILE, &file, err) < 0)
		return -1;
	cert = parse_cert(&file);
	if (cert)
		ret = copy_cert(cert, alg, out, err);
	else
		ret = copy_cose_key(&file, alg, out, err);
	X509_free(cert);
	sg_buf_free(&file);
	return ret < 0 ? sg_error_at(err, path) : 0;
}
