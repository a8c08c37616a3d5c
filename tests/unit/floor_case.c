// SPDX-License-Identifier: GPL-2.0-or-later
#include "floor_case.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "suitgate/key.h"

struct counter *counter;
int (*counter_watch)(void);

static struct sg_floor_request request;
static struct sg_anchor anchor;
static char path[64], key[64];

/* An operation that a power failure, or the TPM, may end. */
static int step(struct sg_error *err)
{
	return counter_watch && counter_watch() ?
		sg_fail(err, "the counter says no") : 0;
}

static int read_it(void *context, uint64_t *value, struct sg_error *err)
{
	struct counter *c = context;

	if (step(err) < 0)
		return -1;
	*value = c->value;
	return c->state;
}

static int define_it(void *context, uint64_t *first, struct sg_error *err)
{
	struct counter *c = context;

	assert_int_not_equal(c->state, SG_ANCHOR_SET);
	if (step(err) < 0)
		return -1;
	c->state = SG_ANCHOR_NEW;
	*first = ++c->highest + 1;
	return step(err);
}

static int raise_it(void *context, uint64_t *value, struct sg_error *err)
{
	struct counter *c = context;

	assert_int_not_equal(c->state, SG_ANCHOR_ABSENT);
	if (step(err) < 0)
		return -1;
	c->value = (c->state == SG_ANCHOR_SET ? c->value : c->highest) + 1;
	c->state = SG_ANCHOR_SET;
	if (c->highest < c->value)
		c->highest = c->value;
	*value = c->value;
	return step(err);
}

static const struct sg_anchor_ops ops = { read_it, define_it, raise_it };

void floor_begin(void)
{
	if (!counter)
		counter = mmap(NULL, sizeof(*counter), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(counter, MAP_FAILED);
	*counter = (struct counter){ .highest = 40 };
	counter_watch = NULL;
	anchor = (struct sg_anchor){ &ops, counter, COUNTER };
	snprintf(path, sizeof(path), "%s", scratch("floors"));
	snprintf(key, sizeof(key), "%s", scratch("device.pem"));
	succeeded(sg_key_generate(SUIT_ALG_ESP256, key, true, &why));
	remove(path);
}

const struct sg_floor_request *floor_request(bool counted)
{
	request = (struct sg_floor_request){ path, key,
					     counted ? &anchor : NULL };
	return &request;
}

static void add_floor(struct sg_state *state, char name, uint64_t number)
{
	struct sg_state_item *item = sg_state_append(state, SG_STATE_FLOOR,
						     NULL, &why);
	static const uint8_t id[] = { 0x82, 0x48, 'f', 'i', 'r', 'm', 'w', 'a',
				      'r', 'e', 0x41 };

	assert_non_null(item);
	strcpy(item->floor->authority, "acme");
	memcpy(item->floor->id, id, sizeof(id));
	item->floor->id[sizeof(id)] = (uint8_t)name;
	item->floor->id_len = sizeof(id) + 1;
	item->floor->sequence_number = number;
	item->floor->digest.alg = SUIT_ALG_SHA256;
	item->floor->digest.len = 32;
	item->floor->digest.value[0] = (uint8_t)number;
}

struct sg_state *floors_of(uint64_t x, uint64_t y)
{
	static struct sg_state state;

	sg_state_free(&state);
	add_floor(&state, 'x', x);
	if (y)
		add_floor(&state, 'y', y);
	return &state;
}

const char *floors_text(const struct sg_state *state)
{
	static char out[128];
	size_t i, len = 0;

	out[0] = '\0';
	for (i = 0; i < state->n; i++) {
		const struct sg_gate_floor *floor = state->item[i].floor;

		assert_int_equal(state->item[i].kind, SG_STATE_FLOOR);
		assert_int_equal(floor->digest.value[0],
				 floor->sequence_number);
		len += (size_t)snprintf(out + len, sizeof(out) - len,
					"%s%c=%d", i ? " " : "",
					floor->id[floor->id_len - 1],
					(int)floor->sequence_number);
	}
	return out;
}

struct sg_floor_store *floor_opened(bool counted)
{
	struct sg_floor_store *store;

	succeeded(sg_floor_store_open(floor_request(counted), &store, &why));
	return store;
}

const char *floor_kept(bool counted)
{
	struct sg_floor_store *store = floor_opened(counted);
	const char *out = floors_text(sg_floor_store_get(store));

	sg_floor_store_close(store);
	return out;
}

int floor_put(bool counted, uint64_t x, uint64_t y)
{
	struct sg_floor_store *store;
	int ret;

	if (sg_floor_store_open(floor_request(counted), &store, &why) < 0)
		return -1;
	ret = sg_floor_store_put(store, floors_of(x, y), &why);
	sg_floor_store_close(store);
	return ret;
}

void floor_refused(bool counted, const char *code)
{
	struct sg_floor_store *store;

	assert_int_equal(sg_floor_store_open(floor_request(counted), &store,
					     &why), -1);
	assert_null(store);
	if (!why.refused || !why.code || strcmp(why.code, code))
		fail_msg("\"%s\" for %s", why.message, code);
}

struct suit_slice floor_image(void)
{
	return file_bytes(path);
}

void floor_restore(struct suit_slice image)
{
	scratch_file("floors", image);
}

unsigned int floor_files(void)
{
	DIR *dir = opendir(scratch("."));
	struct dirent *entry;
	unsigned int n = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		n += entry->d_name[0] != '.' &&
		     strncmp(entry->d_name, "device.", 7);
	closedir(dir);
	return n;
}
