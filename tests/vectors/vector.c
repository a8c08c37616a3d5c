// SPDX-License-Identifier: GPL-2.0-or-later
#include "vector.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "tap.h"

enum { MAX_FILE = 1 << 20 };

struct suit_slice read_file(const char *path)
{
	static u8 buf[MAX_FILE];
	struct suit_slice out = { NULL, 0 };
	FILE *file = fopen(path, "rb");
	u8 *copy;

	if (!file)
		die("%s cannot be read", path);
	out.len = fread(buf, 1, sizeof(buf), file);
	if (ferror(file) || !feof(file))
		die("%s cannot be read or is too big", path);
	fclose(file);
	copy = malloc(out.len ? out.len : 1);
	if (!copy)
		die("no memory");
	memcpy(copy, buf, out.len);
	out.ptr = copy;
	return out;
}

sd_json_variant *read_json(const char *path)
{
	sd_json_variant *v = NULL;

	if (sd_json_parse_file(NULL, path, 0, &v, NULL, NULL) < 0)
		die("%s is no JSON", path);
	return v;
}

sd_json_variant *json_get(sd_json_variant *v, const char *key)
{
	sd_json_variant *member = sd_json_variant_by_key(v, key);

	return sd_json_variant_is_null(member) ? NULL : member;
}

const char *json_text(sd_json_variant *v, const char *key)
{
	sd_json_variant *member = json_get(v, key);

	return member && sd_json_variant_is_string(member) ?
		       sd_json_variant_string(member) : NULL;
}

struct suit_slice from_hex(const char *text, u8 *buf, size_t cap)
{
	size_t len = strlen(text) / 2, i;
	struct suit_slice out = { buf, len };
	unsigned int byte;

	if (len > cap || strlen(text) & 1)
		die("bad hex digits: %s", text);
	for (i = 0; i < len; i++) {
		if (sscanf(text + 2 * i, "%2x", &byte) != 1)
			die("bad hex digits: %s", text);
		buf[i] = (u8)byte;
	}
	return out;
}

const char *to_hex(struct suit_slice bytes)
{
	static char out[2 * 4096 + 1];
	size_t i;

	if (2 * bytes.len >= sizeof(out))
		die("too many bytes to show");
	out[0] = '\0';
	for (i = 0; i < bytes.len; i++)
		sprintf(out + 2 * i, "%02x", bytes.ptr[i]);
	return out;
}

const char *sha256_hex(struct suit_slice bytes)
{
	const struct suit_crypto *crypto = sg_crypto();
	u8 value[32];
	struct suit_slice got = { value, sizeof(value) };

	if (crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, &bytes, 1,
				value) != SUIT_OK)
		die("no SHA-256");
	return to_hex(got);
}

static void read_vector(struct vector *out, sd_json_variant *meta,
			const char *path)
{
	const char *slash = strchr(path, '/');
	const char *file = json_text(meta, "file"), *sum;
	char name[256];

	if (!file || !slash)
		die("%s names no file", path);
	snprintf(name, sizeof(name), "%.*s/%s", (int)(slash - path), path,
		 file);
	out->id = json_text(meta, "id");
	out->kind = json_text(meta, "kind");
	out->meta = meta;
	out->bytes = read_file(name);
	sum = json_text(meta, "sha256");
	if (!out->id || !sum || strcmp(sum, sha256_hex(out->bytes)))
		die("%s is not the file that its metadata is about", name);
}

struct vector *vectors_read(size_t *n)
{
	sd_json_variant *meta;
	struct vector *all;
	glob_t found;
	size_t i;

	if (glob("*/*.json", 0, NULL, &found))
		die("no vectors here");
	all = calloc(found.gl_pathc, sizeof(*all));
	if (!all)
		die("no memory");
	*n = 0;
	for (i = 0; i < found.gl_pathc; i++) {
		meta = read_json(found.gl_pathv[i]);
		if (json_text(meta, "kind"))
			read_vector(&all[(*n)++], meta, found.gl_pathv[i]);
		else	/* a key */
			sd_json_variant_unref(meta);
	}
	globfree(&found);
	return all;
}

const struct vector *vectors_find(const struct vector *all, size_t n,
				  const char *id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (id && !strcmp(all[i].id, id))
			return &all[i];
	die("no vector %s", id ? id : "(without a name)");
}

void vectors_free(struct vector *all, size_t n)
{
	while (n--) {
		free((void *)all[n].bytes.ptr);
		sd_json_variant_unref(all[n].meta);
	}
	free(all);
}
