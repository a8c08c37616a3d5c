// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Making key pairs.
 */
#include "suitgate/key.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alg.h"
#include "file_ops.h"
#include "private_key.h"
#include "report_cipher.h"

enum { SECRET = 0600, PUBLIC = 0644 };

char *sg_key_public_path(const char *path)
{
	size_t len = strlen(path);
	char *out;

	if (len > 4 && !strcmp(path + len - 4, ".pem"))
		len -= 4;
	if (asprintf(&out, "%.*s.pub", (int)len, path) < 0)
		return NULL;
	return out;
}

static int check_free(const char *path, struct sg_error *err)
{
	if (!access(path, F_OK))
		return sg_fail(err, "%s is there already: name another file, or say --force to lose it",
			       path);
	return errno == ENOENT ? 0 : sg_fail(err, "cannot write %s: %m", path);
}

static int write_private(EVP_PKEY *pkey, const char *path,
			 struct sg_error *err)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	char *pem;
	long len;
	int ret = -1;

	if (!bio || PEM_write_bio_PKCS8PrivateKey(bio, pkey, NULL, NULL, 0,
						  NULL, NULL) != 1)
		sg_fail(err, "OpenSSL cannot write the private key");
	else if ((len = BIO_get_mem_data(bio, &pem)) <= 0)
		sg_fail(err, "OpenSSL wrote no private key");
	else
		ret = sg_file_write(path, pem, (size_t)len, SECRET, err);
	BIO_free(bio);
	return ret;
}

/* Both files or none, when none was there before; never halves of two pairs. */
static int write_pair(EVP_PKEY *pkey, int32_t alg, const char *path,
		      const char *public_path, bool force,
		      struct sg_error *err)
{
	struct sg_buf public_key = { 0 };
	uint8_t thumbprint[32];
	int ret;

	ret = alg == SG_ALG_ECDH_ES_A128KW ?
		      sg_recipient_encode(pkey, &public_key, thumbprint, err) :
		      sg_public_key_encode(pkey, alg, &public_key, err);
	if (ret < 0 || write_private(pkey, path, err) < 0) {
		ret = -1;
		goto out;
	}
	ret = sg_file_write(public_path, public_key.data, public_key.len,
			    PUBLIC, err);
	/* the old public key would forbid the new private one to sign */
	if (ret < 0)
		sg_fs_unlink(AT_FDCWD, force ? public_path : path);
out:
	sg_buf_free(&public_key);
	return ret;
}

static EVP_PKEY *make(int32_t alg_number)
{
	const struct sg_alg *alg = sg_alg_find(alg_number);

	if (!alg)
		return EVP_EC_gen("P-256");
	return alg->group ? EVP_EC_gen(alg->group) :
			    EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

int sg_key_generate(int32_t alg_number, const char *path, bool force,
		    struct sg_error *err)
{
	char *public_path = NULL;
	EVP_PKEY *pkey = NULL;
	int ret = -1;

	if (!sg_alg_find(alg_number) && alg_number != SG_ALG_ECDH_ES_A128KW)
		return sg_fail(err, "no keys can be made for algorithm %d",
			       alg_number);
	public_path = sg_key_public_path(path);
	if (!public_path)
		return sg_fail(err, "out of memory");
	if (!force && (check_free(path, err) < 0 ||
		       check_free(public_path, err) < 0))
		goto out;
	pkey = make(alg_number);
	if (!pkey)
		sg_fail(err, "OpenSSL cannot make a key for %s",
			sg_alg_name(alg_number));
	else
		ret = write_pair(pkey, alg_number, path, public_path, force,
				 err);
out:
	EVP_PKEY_free(pkey);
	free(public_path);
	return ret;
}

static int derive(const char *path, const char *public_path,
		  struct sg_error *err)
{
	struct sg_buf public_key = { 0 };
	struct sg_private_key key;
	int ret;

	if (sg_private_key_load(path, &key, err) < 0)
		return -1;
	ret = sg_public_key_encode(key.pkey, key.alg, &public_key, err);
	if (!ret)
		ret = sg_file_write(public_path, public_key.data,
				    public_key.len, PUBLIC, err);
	sg_private_key_free(&key);
	sg_buf_free(&public_key);
	return ret;
}

int sg_key_publish(const char *path, struct sg_error *err)
{
	char *public_path = sg_key_public_path(path);
	int ret;

	if (!public_path)
		return sg_fail(err, "out of memory");
	ret = access(public_path, F_OK) == 0 ? 0 :
						derive(path, public_path, err);
	free(public_path);
	return ret;
}
