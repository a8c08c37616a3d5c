// SPDX-License-Identifier: GPL-2.0-or-later
#include "subject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto.h"
#include "suitgate.h"

static const u8 prefixes[] = "\x81\x81\x48" "firmware";

static void die(const struct sg_error *err)
{
	fprintf(stderr, "bench: %s\n", err->message);
	exit(1);
}

static char *in_dir(const struct subject *s, const char *name, char path[64])
{
	snprintf(path, 64, "%s/%s", s->dir, name);
	return path;
}

static void make_files(struct subject *s, const char *alg, size_t len)
{
	char key[64], payload[64], public[64];
	struct sg_author_request request = {
		.component = "firmware/bench.bin", .payload = payload,
		.sequence = 1, .key = key,
	};
	struct sg_error err;
	int32_t number;

	in_dir(s, "key.pem", key);
	in_dir(s, "key.pub", public);
	in_dir(s, "payload", payload);
	s->payload.data = malloc(len);
	s->payload.len = len;
	if (!s->payload.data)
		exit(1);
	memset(s->payload.data, 0x5a, len);
	if (sg_alg_parse(alg, &number, &err) < 0 ||
	    sg_key_generate(number, key, false, &err) < 0 ||
	    sg_file_write(payload, s->payload.data, len, 0600, &err) < 0 ||
	    sg_author(&request, &s->envelope, &err) < 0 ||
	    sg_file_read(public, 4096, &s->key_bytes, &err) < 0)
		die(&err);
}

void subject_make(struct subject *s, const char *alg, size_t len)
{
	static const u8 type[] = "firmware", name[] = "bench.bin";

	memset(s, 0, sizeof(*s));
	strcpy(s->dir, "/tmp/bench.XXXXXX");
	if (!mkdtemp(s->dir))
		exit(1);
	make_files(s, alg, len);
	s->authority = (struct suit_authority){
		.name = { (const u8 *)"bench", 5 },
		.role = SUIT_ROLE_VENDOR, .threshold = 1,
		.prefixes = { prefixes, sizeof(prefixes) - 1 },
	};
	if (suit_cose_key_decode((struct suit_slice){ s->key_bytes.data,
						      s->key_bytes.len },
				 &s->key) != SUIT_OK ||
	    sg_crypto_import(&s->key) != SUIT_OK ||
	    suit_component_encode((struct suit_slice){ type, 8 },
				  (struct suit_slice){ name, 9 }, s->id_bytes,
				  sizeof(s->id_bytes), &s->id) != SUIT_OK)
		exit(1);
	s->trust = (struct suit_trust){ &s->authority, 1, &s->key, 1 };
}

void subject_free(struct subject *s)
{
	static const char *const files[] = { "key.pem", "key.pub", "payload" };
	char path[64];
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlink(in_dir(s, files[i], path));
	rmdir(s->dir);
	sg_crypto_release(&s->key);
	sg_buf_free(&s->key_bytes);
	sg_buf_free(&s->envelope);
	sg_buf_free(&s->payload);
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	const struct subject *s = ctx;
	struct suit_slice bytes = { s->payload.data, s->payload.len };
	const struct suit_crypto *crypto = sg_crypto();

	(void)id;
	*size = bytes.len;
	return crypto->ops->digest(crypto->ctx, alg, &bytes, 1, out);
}

static const struct suit_platform_ops ops = { .image_digest = image_digest };

struct suit_platform subject_platform(const struct subject *s)
{
	return (struct suit_platform){ &ops, (void *)s };
}

enum suit_error subject_verify(const struct subject *s,
			       const struct suit_crypto *crypto)
{
	struct suit_platform platform = subject_platform(s);
	struct suit_slice bytes = { s->envelope.data, s->envelope.len };
	struct suit_auth auth = { 0 };
	struct suit_process process;
	struct suit_envelope env;
	struct suit_manifest m;
	enum suit_error error;
	u32 index;

	error = suit_envelope_open(&env, bytes);
	if (error == SUIT_OK)
		error = suit_envelope_authenticate(&env, &s->trust, crypto,
						   &auth);
	if (error == SUIT_OK)
		error = suit_manifest_open(&m, &env, crypto,
					   SUIT_PROFILE_KERNEL);
	if (error == SUIT_OK)
		error = suit_manifest_authority(&m, &s->trust, &auth, &index);
	if (error == SUIT_OK)
		error = suit_manifest_find(&m, s->id, &index);
	if (error == SUIT_OK)
		error = suit_decide(&process, &m, index, &platform);
	return error;
}
