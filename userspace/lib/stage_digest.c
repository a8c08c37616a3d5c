// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of files that must be found again whatever happens, also when there is no
 * memory: that is why this is the interface of OpenSSL that takes none and
 * cannot fail. EVP can, and a file with another name is as good as gone.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/sha.h>

#include "stage.h"

void sg_stage_digest(const struct suit_slice *part, size_t n,
		     char out[SG_STAGE_HALF + 1])
{
	u8 hash[SHA256_DIGEST_LENGTH];
	SHA256_CTX ctx;
	size_t i;

	SHA256_Init(&ctx);
	for (i = 0; i < n; i++)
		SHA256_Update(&ctx, part[i].ptr, part[i].len);
	SHA256_Final(hash, &ctx);
	sg_gate_hex(hash, SG_STAGE_HALF / 2, out);
}
