// SPDX-License-Identifier: GPL-2.0-or-later
#include "floors.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto.h"
#include "suitgate/floor.h"
#include "suitgate/key.h"

enum { MAX_PATH = 512, INDEX = 0x01234567, ANY = 40 };

/**
 * struct counter - what the TPM has
 * @file: that keeps it, NULL: it is gone with the process
 * @value: 0: never raised
 */
struct counter {
	const char *file;
	uint64_t value;
};

static int read_it(void *context, uint64_t *value, struct sg_error *err)
{
	const struct counter *counter = context;

	(void)err;
	*value = counter->value;
	return counter->value ? SG_ANCHOR_SET : SG_ANCHOR_NEW;
}

static int define_it(void *context, uint64_t *first, struct sg_error *err)
{
	(void)context;
	(void)err;
	*first = ANY;
	return 0;
}

/* Who keeps the log of the disk hears of it before anything else happens. */
static int tell(uint64_t value, struct sg_error *err)
{
	const char *program = getenv("RAISED");
	char command[MAX_PATH];

	if (!program)
		return 0;
	snprintf(command, sizeof(command), "%s %" PRIu64, program, value);
	return system(command) ? sg_fail(err, "%s fails", command) : 0;
}

static int raise_it(void *context, uint64_t *value, struct sg_error *err)
{
	struct counter *counter = context;
	char text[32];
	int len;

	counter->value = counter->value ? counter->value + 1 : ANY;
	*value = counter->value;
	if (!counter->file)
		return 0;
	len = snprintf(text, sizeof(text), "%" PRIu64 "\n", *value);
	if (sg_file_write(counter->file, text, (size_t)len, 0600, err) < 0)
		return -1;
	return tell(*value, err);
}

static const struct sg_anchor_ops ops = { read_it, define_it, raise_it };

static int open_store(const char *disk, struct sg_anchor *anchor,
		      struct sg_floor_store **out, struct sg_error *err)
{
	static char path[MAX_PATH], key[MAX_PATH];
	struct sg_floor_request request = {
		.path = path, .key = key, .anchor = anchor,
	};

	snprintf(path, sizeof(path), "%s/state/floors.signed", disk);
	snprintf(key, sizeof(key), "%s/state/device.pem", disk);
	if (access(key, F_OK) < 0 &&
	    sg_key_generate(SUIT_ALG_ESP256, key, true, err) < 0)
		return -1;
	return sg_floor_store_open(&request, out, err);
}

static int describe(struct sg_state *state, unsigned long release,
		    const struct sg_gate_digest *digest, struct sg_error *err)
{
	static const char id[] = "\x83\x48" "firmware" "\x44" "acme"
				 "\x48" "radio.fw";
	struct sg_state_item *item;

	item = sg_state_append(state, SG_STATE_FLOOR, NULL, err);
	if (!item)
		return -1;
	strcpy(item->floor->authority, "acme");
	memcpy(item->floor->id, id, sizeof(id) - 1);
	item->floor->id_len = sizeof(id) - 1;
	item->floor->sequence_number = release;
	item->floor->digest = *digest;
	return 0;
}

static uint64_t read_counter(const char *path)
{
	struct sg_error none;
	struct sg_buf text;
	uint64_t value;

	if (sg_file_read(path, 32, &text, &none) < 0)
		return 0;
	value = strtoull((const char *)text.data, NULL, 10);
	sg_buf_free(&text);
	return value;
}

int floors_raise(const char *disk, unsigned long release,
		 const struct sg_gate_digest *digest, const char *counter,
		 struct sg_error *err)
{
	struct counter kept = { .file = counter };
	struct sg_anchor anchor = { &ops, &kept, INDEX };
	struct sg_floor_store *store;
	struct sg_state state = { 0 };
	int ret;

	if (counter)
		kept.value = read_counter(counter);
	if (open_store(disk, counter ? &anchor : NULL, &store, err) < 0)
		return -1;
	ret = describe(&state, release, digest, err);
	if (!ret)
		ret = sg_floor_store_put(store, &state, err);
	sg_state_free(&state);
	sg_floor_store_close(store);
	return ret;
}

int floors_check(const char *disk, unsigned long low, unsigned long high,
		 const char *counter, struct sg_error *err)
{
	struct counter was = { 0 };
	struct sg_anchor anchor = { &ops, &was, INDEX };
	struct sg_floor_store *store;
	const struct sg_state *state;
	uint64_t is = 0;

	if (counter)
		was.value = strtoull(counter, NULL, 10);
	if (open_store(disk, counter ? &anchor : NULL, &store, err) < 0)
		return -1;
	state = sg_floor_store_get(store);
	if (state->n)
		is = state->item[0].floor->sequence_number;
	sg_floor_store_close(store);
	return is >= low && is <= high ? 0 :
	       sg_fail(err, "the floor is %" PRIu64 ", and must be from %lu to %lu",
		       is, low, high);
}
