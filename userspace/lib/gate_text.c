// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names and digests of the gate as people read and write them.
 */
#include <ctype.h>
#include <string.h>

#include "core/suit.h"
#include "fault.h"
#include "suitgate/gate.h"

static const char *const mode_names[] = {
	[SG_MODE_SETUP] = "setup",
	[SG_MODE_AUDIT] = "audit",
	[SG_MODE_ENFORCE] = "enforce",
	[SG_MODE_SEALED] = "sealed",
};

enum { N_MODES = sizeof(mode_names) / sizeof(mode_names[0]) };

const char *sg_gate_mode_name(unsigned int mode)
{
	return mode < N_MODES ? mode_names[mode] : NULL;
}

unsigned int sg_gate_mode_parse(const char *name)
{
	unsigned int mode;

	for (mode = SG_MODE_SETUP; mode < N_MODES; mode++)
		if (!strcmp(mode_names[mode], name))
			return mode;
	return 0;
}

void sg_gate_component_text(const uint8_t *id, size_t len, char *out,
			    size_t cap)
{
	struct suit_slice bytes = { .ptr = id, .len = len };

	if (suit_component_check(bytes) == SUIT_OK)
		suit_component_text(bytes, out, cap);
	else if (cap)
		out[0] = '\0';
}

void sg_gate_hex(const uint8_t *bytes, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < len; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * len] = '\0';
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The digest algorithm that has @len bytes. */
static int32_t alg_of(size_t len)
{
	static const int32_t algs[] = { SUIT_ALG_SHA256, SUIT_ALG_SHA384,
					SUIT_ALG_SHA512 };
	size_t i;

	for (i = 0; i < sizeof(algs) / sizeof(algs[0]); i++)
		if (suit_digest_size(algs[i]) == len)
			return algs[i];
	return 0;
}

int sg_gate_digest_parse(const char *text, struct sg_gate_digest *out,
			 struct sg_error *err)
{
	const char *colon = strchr(text, ':');
	const char *hex = colon ? colon + 1 : text;
	size_t i, len = strlen(hex) / 2;

	memset(out, 0, sizeof(*out));
	out->alg = alg_of(len);
	if (!out->alg || strlen(hex) != 2 * len)
		goto no;
	for (i = 0; i < len; i++) {
		int high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			goto no;
		out->value[i] = (uint8_t)(high << 4 | low);
	}
	out->len = len;
	return 0;

no:
	memset(out, 0, sizeof(*out));
	return sg_fail(err, "\"%s\" is not a digest: 64, 96 or 128 hex digits",
		       text);
}

int sg_gate_digest_of(const struct sg_buf *envelope, struct sg_gate_digest *out,
		      struct sg_error *err)
{
	struct suit_slice bytes = { .ptr = envelope->data,
				    .len = envelope->len };
	struct suit_envelope env;
	struct suit_digest digest;
	enum suit_error error;

	memset(out, 0, sizeof(*out));
	error = suit_envelope_open(&env, bytes);
	if (error == SUIT_OK)
		error = suit_digest_decode(env.digest, &digest);
	if (error != SUIT_OK)
		return sg_fault_open(err, error, env.epoch, "the envelope");
	out->alg = digest.alg;
	out->len = digest.value.len;
	memcpy(out->value, digest.value.ptr, digest.value.len);
	return 0;
}
