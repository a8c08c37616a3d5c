// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * SHA-256 of bytes and of files.
 */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author_private.h"

enum { PIECE = 64 << 10 };

int sg_sha256(const void *data, size_t len, uint8_t out[SG_SHA256],
	      struct sg_error *err)
{
	if (EVP_Digest(data, len, out, NULL, EVP_sha256(), NULL) != 1)
		return sg_fail(err, "OpenSSL cannot compute SHA-256");
	return 0;
}

static int hash_rest(int fd, const char *path, EVP_MD_CTX *ctx,
		     uint64_t *size, struct sg_error *err)
{
	uint8_t piece[PIECE];
	ssize_t n;

	*size = 0;
	for (;;) {
		n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return sg_fail(err, "cannot read %s: %m", path);
		if (!n)
			return 0;
		if (EVP_DigestUpdate(ctx, piece, (size_t)n) != 1)
			return sg_fail(err, "OpenSSL cannot compute SHA-256");
		*size += (uint64_t)n;
	}
}

/* O_NONBLOCK: what is no file any more must not hold us up. */
static int open_regular(const char *path, struct sg_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return sg_fail(err, "cannot open %s: %m", path);
	if (!fstat(fd, &st) && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return sg_fail(err, "%s is not a regular file", path);
}

int sg_file_sha256(const char *path, uint8_t out[SG_SHA256], uint64_t *size,
		   struct sg_error *err)
{
	EVP_MD_CTX *ctx = NULL;
	int fd, ret = -1;

	fd = open_regular(path, err);
	if (fd < 0)
		return -1;
	ctx = EVP_MD_CTX_new();
	if (!ctx || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1) {
		sg_fail(err, "OpenSSL cannot compute SHA-256");
		goto out;
	}
	if (hash_rest(fd, path, ctx, size, err) < 0)
		goto out;
	if (EVP_DigestFinal_ex(ctx, out, NULL) != 1)
		sg_fail(err, "OpenSSL cannot compute SHA-256");
	else
		ret = 0;
out:
	EVP_MD_CTX_free(ctx);
	close(fd);
	return ret;
}
