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
	size_t i;

	free_contents(d->storage);
	free_contents(d->network);
	for (i = 0; i < d->n_invoked; i++)
		free(d->invoked[i]);
	for (i = 0; i < d->n_replaced; i++)
		free((void *)d->replaced[i].ptr);
}

/*
 * Put @content in the place of what component @name has; what was there stays
 * readable until the device goes.
 */
void device_store(struct device *d, const char *name,
		  const struct content *content)
{
	struct content *cell = device_content(d->storage, name);
	size_t i;

	if (cell && cell->bytes.ptr) {
		if (d->n_replaced == MAX_CONTENTS)
			die("too much is replaced");
		d->replaced[d->n_replaced++] = cell->bytes;
	}
	for (i = 0; !cell; i++) {
		if (i == MAX_CONTENTS)
			die("too many components");
		if (d->storage[i].name)
			continue;
		cell = &d->storage[i];
		cell->name = strdup(name);
	}
	cell->oracle = content->oracle;
	cell->size = content->size;
	memcpy(cell->digest, content->digest, sizeof(cell->digest));
	cell->bytes = (struct suit_slice){ NULL, 0 };
	if (!content->oracle) {
		u8 *copy = malloc(content->bytes.len + 1);

		if (!copy)
			die("no memory");
		if (content->bytes.len)
			memcpy(copy, content->bytes.ptr, content->bytes.len);
		cell->bytes.ptr = copy;
		cell->bytes.len = content->bytes.len;
	}
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

/* Arguments in runs.json are text, or null when there are none. */
void device_check_invoked(struct device *d, sd_json_variant *want)
{
	size_t n = sd_json_variant_elements(want), i;

	tap_check(n == d->n_invoked, "%zu invoked, not %zu", d->n_invoked, n);
	for (i = 0; i < n && i < d->n_invoked; i++) {
		sd_json_variant *pair = sd_json_variant_by_index(want, i);
		sd_json_variant *with = sd_json_variant_by_index(pair, 1);
		char text[1024];

		snprintf(text, sizeof(text), "%s%s%s", sd_json_variant_string(
				 sd_json_variant_by_index(pair, 0)),
			 sd_json_variant_is_null(with) ? "" : " ",
			 sd_json_variant_is_null(with) ? "" :
				 sd_json_variant_string(with));
		tap_check(!strcmp(text, d->invoked[i]), "invoked %s, not %s",
			  d->invoked[i], text);
	}
}
