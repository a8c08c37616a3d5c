// SPDX-License-Identifier: GPL-2.0-or-later
#include "device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "tap.h"

static void read_content(struct content *out, const char *name,
			 sd_json_variant *described)
{
	const char *oracle = json_text(described, "oracle_digest");
	const char *hex = json_text(described, "hex");
	u8 *bytes;

	out->name = strdup(name);
	if (oracle) {
		out->oracle = true;
		from_hex(oracle, out->digest, sizeof(out->digest));
		out->size = sd_json_variant_unsigned(
			json_get(described, "size"));
		return;
	}
	if (!hex)
		die("what %s has is not described", name);
	bytes = malloc(strlen(hex) / 2 + 1);
	if (!bytes)
		die("no memory");
	out->bytes = from_hex(hex, bytes, strlen(hex) / 2);
}

static void read_contents(struct content *all, sd_json_variant *described)
{
	size_t n = sd_json_variant_elements(described), i;

	if (n / 2 > MAX_CONTENTS)
		die("too many contents");
	for (i = 0; i + 1 < n; i += 2)
		read_content(&all[i / 2],
			     sd_json_variant_string(
				sd_json_variant_by_index(described, i)),
			     sd_json_variant_by_index(described, i + 1));
}

void device_init(struct device *d, sd_json_variant *described)
{
	memset(d, 0, sizeof(*d));
	d->described = described;
	d->slot = sd_json_variant_unsigned(json_get(described, "slot"));
	if (json_get(described, "storage_before"))
		read_contents(d->storage,
			      json_get(described, "storage_before"));
	if (json_get(described, "network"))
		read_contents(d->network, json_get(described, "network"));
}

static void free_contents(struct content *all)
{
	size_t i;

	for (i = 0; i < MAX_CONTENTS; i++) {
		free(all[i].name);
		free((void *)all[i].bytes.ptr);
	}
}

void device_free(struct device *d)
{
	free_contents(d->storage);
	free_contents(d->network);
}

struct content *device_content(struct content *all, const char *name)
{
	size_t i;

	for (i = 0; i < MAX_CONTENTS; i++)
		if (all[i].name && !strcmp(all[i].name, name))
			return &all[i];
	return NULL;
}

static bool printable(struct suit_slice bytes)
{
	size_t i;

	for (i = 0; i < bytes.len; i++)
		if (bytes.ptr[i] < 0x20 || bytes.ptr[i] > 0x7e)
			return false;
	return bytes.len;
}

const char *device_name(struct suit_slice id)
{
	static char out[1024];
	struct suit_slice segment;
	size_t len = 0;
	u32 i;

	out[0] = '\0';
	for (i = 0; (segment = suit_component_segment(id, i)).ptr; i++) {
		if (i)
			out[len++] = '/';
		if (printable(segment)) {
			memcpy(out + len, segment.ptr, segment.len);
			len += segment.len;
		} else {
			strcpy(out + len, to_hex(segment));
			len += 2 * segment.len;
		}
		out[len] = '\0';
	}
	return out;
}

static bool content_is(const struct content *got, sd_json_variant *want)
{
	const char *oracle = json_text(want, "oracle_digest");
	const char *hex = json_text(want, "hex");
	struct suit_slice digest = { got->digest, sizeof(got->digest) };

	if (oracle)
		return got->oracle && !strcmp(to_hex(digest), oracle) &&
		       got->size == sd_json_variant_unsigned(
					json_get(want, "size"));
	return hex && !got->oracle && !strcmp(to_hex(got->bytes), hex);
}

void device_check_storage(struct device *d, sd_json_variant *want)
{
	size_t n = sd_json_variant_elements(want), found = 0, i;

	for (i = 0; i + 1 < n; i += 2) {
		const char *name = sd_json_variant_string(
			sd_json_variant_by_index(want, i));
		const struct content *got = device_content(d->storage, name);

		tap_check(got && content_is(got,
					    sd_json_variant_by_index(want,
								     i + 1)),
			  "component %s %s", name,
			  got ? "has something else" : "is absent");
	}
	for (i = 0; i < MAX_CONTENTS; i++)
		found += d->storage[i].name != NULL;
	tap_check(found == n / 2, "%zu components, not %zu", found, n / 2);
}

/* Is @value in the list @key of the description? */
static bool listed(const struct device *d, const char *key,
		   struct suit_slice value)
{
	sd_json_variant *list = json_get(d->described, key);
	size_t i;

	for (i = 0; i < sd_json_variant_elements(list); i++)
		if (!strcmp(sd_json_variant_string(
				    sd_json_variant_by_index(list, i)),
			    to_hex(value)))
			return true;
	return false;
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	(void)id;
	switch (what) {
	case SUIT_IDENTITY_VENDOR:
		return listed(ctx, "vendor_ids", value);
	case SUIT_IDENTITY_CLASS:
		return listed(ctx, "class_ids", value);
	default:
		return false;
	}
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	const struct device *d = ctx;

	(void)id;
	return d->slot == slot;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	struct device *d = ctx;
	const struct suit_crypto *crypto = sg_crypto();
	const struct content *image = device_content(d->storage,
						     device_name(id));

	if (!image)
		return SUIT_ERR_IMAGE;
	if (!image->oracle) {
		*size = image->bytes.len;
		return crypto->ops->digest(crypto->ctx, alg, &image->bytes, 1,
					   out);
	}
	if (alg != SUIT_ALG_SHA256)
		return SUIT_ERR_DIGEST_ALG;
	*size = image->size;
	memcpy(out, image->digest, sizeof(image->digest));
	return SUIT_OK;
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	struct device *d = ctx;
	const struct content *image = device_content(d->storage,
						     device_name(id));

	return image && !image->oracle &&
	       suit_slice_equal_ct(image->bytes, content) ?
		       SUIT_OK : SUIT_ERR_CONTENT;
}

const struct suit_platform_ops device_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
};
