// SPDX-License-Identifier: LGPL-2.1-or-later
#include "uuid.h"

#include <openssl/evp.h>
#include <string.h>
#include <systemd/sd-id128.h>

int sg_uuid_parse(const char *text, uint8_t out[SG_UUID])
{
	sd_id128_t id;

	if (strlen(text) != SD_ID128_UUID_STRING_MAX - 1 ||
	    sd_id128_from_string(text, &id) < 0)
		return -1;
	memcpy(out, id.bytes, SG_UUID);
	return 0;
}

int sg_uuid_of_name(const uint8_t vendor[SG_UUID], const char *name,
		    uint8_t out[SG_UUID], struct sg_error *err)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t hash[EVP_MAX_MD_SIZE];
	bool good;

	good = ctx && EVP_DigestInit_ex2(ctx, EVP_sha1(), NULL) &&
	       EVP_DigestUpdate(ctx, vendor, SG_UUID) &&
	       EVP_DigestUpdate(ctx, name, strlen(name)) &&
	       EVP_DigestFinal_ex(ctx, hash, NULL);
	EVP_MD_CTX_free(ctx);
	if (!good)
		return sg_fail(err, "OpenSSL cannot compute SHA-1, which UUIDs are made with");
	memcpy(out, hash, SG_UUID);
	out[6] = (uint8_t)((out[6] & 0x0f) | 0x50);
	out[8] = (uint8_t)((out[8] & 0x3f) | 0x80);
	return 0;
}

int sg_uuid_of_domain(const char *domain, uint8_t out[SG_UUID],
		      struct sg_error *err)
{
	static const uint8_t dns[SG_UUID] = {
		0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
		0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
	};

	if (!*domain || !strchr(domain, '.'))
		return sg_fail(err, "vendor \"%s\": expected a domain name or a UUID",
			       domain);
	return sg_uuid_of_name(dns, domain, out, err);
}
