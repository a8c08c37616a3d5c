// SPDX-License-Identifier: GPL-2.0-or-later
#include "device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static void read_content(struct content *out, const char *name,
			 sd_json_variant *described)
{
	const char *oracle = json_text(described, "oracle_digest");
	const char *hex = json_text(described, "hex");
	u8 *bytes;

	out->name = strdup(name);
	if (!out->name)
		die("no memory");
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
	for (i = 0; i < d->n_replaced; i++)
		free(d->replaced[i]);
}

/* The one named @name, made when it is absent. */
static struct content *find_or_make(struct content *all, const char *name)
{
	struct content *found = device_content(all, name);
	size_t i;

	for (i = 0; !found && i < MAX_CONTENTS; i++) {
		if (all[i].name)
			continue;
		all[i].name = strdup(name);
		if (all[i].name)
			found = &all[i];
	}
	if (!found)
		die("no room for %s", name);
	return found;
}

/* What was there before may still be in use: the envelope of a dependency. */
void device_store(struct device *d, const char *name,
		  const struct content *from)
{
	struct content *to = find_or_make(d->storage, name);
	u8 *copy = malloc(from->bytes.len + 1);

	if (!copy || d->n_replaced == MAX_REPLACED)
		die("no memory");
	if (from->bytes.len)
		memcpy(copy, from->bytes.ptr, from->bytes.len);
	d->replaced[d->n_replaced++] = (void *)to->bytes.ptr;
	to->bytes.ptr = copy;
	to->bytes.len = from->bytes.len;
	to->oracle = from->oracle;
	memcpy(to->digest, from->digest, sizeof(to->digest));
	to->size = from->size;
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
