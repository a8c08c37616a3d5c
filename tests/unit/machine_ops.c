// SPDX-License-Identifier: GPL-2.0-or-later
/* What the machine does when it is asked. */
#include "machine.h"

#include <stdio.h>
#include <string.h>

#include "crypto.h"

struct machine machine;

/* A component's name, in memory of the test. */
static const char *name_of(struct suit_slice id)
{
	char out[SUIT_MAX_COMPONENT_ID];

	suit_component_text(id, out, sizeof(out));
	return text("%s", out);
}

static struct cell *find(struct cell *cells, const char *name)
{
	u32 i;

	for (i = 0; i < MACHINE_CELLS; i++)
		if (cells[i].name && !strcmp(cells[i].name, name))
			return &cells[i];
	return NULL;
}

static struct cell *find_or_add(struct cell *cells, const char *name)
{
	struct cell *cell = find(cells, name);
	u32 i;

	for (i = 0; !cell; i++) {
		assert_true(i < MACHINE_CELLS);
		if (!cells[i].name)
			cell = &cells[i];
	}
	cell->name = name;
	return cell;
}

struct cell *machine_cell(const char *name)
{
	struct cell *cell = find(machine.storage, name);

	return cell && cell->bytes.ptr ? cell : NULL;
}

void machine_store(const char *name, struct suit_slice bytes)
{
	find_or_add(machine.storage, name)->bytes = bytes;
}

void machine_publish(const char *uri, struct suit_slice bytes)
{
	find_or_add(machine.network, uri)->bytes = bytes;
}

/* Note that @what was done; its error, if it is the one that fails. */
static enum suit_error did(const char *what, const char *how)
{
	size_t len = strlen(machine.trace);

	if (machine.pending) {
		machine.pending--;
		return SUIT_ERR_PENDING;
	}
	snprintf(machine.trace + len, sizeof(machine.trace) - len, "%s%s%s%s",
		 len ? ", " : "", what, *how ? " " : "", how);
	return machine.failing && !strcmp(machine.failing, what) ?
		       machine.error : SUIT_OK;
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	(void)ctx;
	(void)what;
	(void)id;
	return value.len == 16 && value.ptr[0] == 0x11;
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	(void)ctx;
	(void)id;
	return !slot;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	const struct suit_crypto *crypto = sg_crypto();
	const struct cell *cell = machine_cell(name_of(id));

	(void)ctx;
	if (!cell)
		return SUIT_ERR_IMAGE;
	*size = cell->bytes.len;
	return crypto->ops->digest(crypto->ctx, alg, &cell->bytes, 1, out);
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	const struct cell *cell = machine_cell(name_of(id));

	(void)ctx;
	return cell && suit_slice_equal(cell->bytes, content) ?
		       SUIT_OK : SUIT_ERR_CONTENT;
}

static enum suit_error version(void *ctx, struct suit_slice id,
			       struct suit_version *out)
{
	(void)ctx;
	(void)id;
	*out = machine.version;
	return out->n ? SUIT_OK : SUIT_ERR_VERSION;
}

static enum suit_error now(void *ctx, u64 *seconds)
{
	(void)ctx;
	*seconds = machine.now;
	return machine.now ? SUIT_OK : SUIT_ERR_EXPIRED;
}

static enum suit_error battery(void *ctx, u64 *mwh)
{
	(void)ctx;
	*mwh = machine.battery;
	return machine.battery ? SUIT_OK : SUIT_ERR_BATTERY;
}

static enum suit_error authorize(void *ctx, struct suit_slice id, s64 priority)
{
	(void)ctx;
	(void)id;
	if (machine.pending) {
		machine.pending--;
		return SUIT_ERR_PENDING;
	}
	return priority <= machine.priority ? SUIT_OK : SUIT_ERR_UNAUTHORIZED;
}

static enum suit_error wait_for(void *ctx, const struct suit_wait *wait)
{
	(void)ctx;
	machine.wait = *wait;
	return (wait->events & machine.events) == wait->events ?
		       SUIT_OK : SUIT_ERR_PENDING;
}

static enum suit_error fetch(void *ctx, const struct suit_effect *effect)
{
	const char *uri = text("%.*s", (int)effect->uri.len,
			       (const char *)effect->uri.ptr);
	const char *name = name_of(effect->id);
	const struct cell *cell = find(machine.network, uri);
	struct suit_slice bytes = effect->payload;
	enum suit_error error = did("fetch", text("%s %s", name, uri));

	(void)ctx;
	machine.effect = *effect;
	if (error != SUIT_OK)
		return error;
	if (!bytes.ptr && !cell)
		return SUIT_ERR_OPERATION;
	if (!bytes.ptr)
		bytes = cell->bytes;
	if (effect->has_size && bytes.len > effect->size)
		return SUIT_ERR_PAYLOAD_SIZE;
	machine_store(name, bytes);
	return SUIT_OK;
}

static enum suit_error copy(void *ctx, const struct suit_effect *effect)
{
	const char *name = name_of(effect->id), *source = name_of(effect->source);
	enum suit_error error = did("copy", text("%s %s", name, source));

	(void)ctx;
	machine.effect = *effect;
	if (error != SUIT_OK)
		return error;
	if (!machine_cell(source))
		return SUIT_ERR_IMAGE;
	machine_store(name, machine_cell(source)->bytes);
	return SUIT_OK;
}

static enum suit_error write_to(void *ctx, const struct suit_effect *effect)
{
	const char *name = name_of(effect->id);
	enum suit_error error = did("write", name);

	(void)ctx;
	machine.effect = *effect;
	if (error == SUIT_OK)
		machine_store(name, effect->content);
	return error;
}

static enum suit_error swap(void *ctx, const struct suit_effect *effect)
{
	const char *name = name_of(effect->id), *source = name_of(effect->source);
	struct cell *one = find_or_add(machine.storage, name);
	struct cell *other = find_or_add(machine.storage, source);
	struct suit_slice bytes = one->bytes;
	enum suit_error error = did("swap", text("%s %s", name, source));

	(void)ctx;
	machine.effect = *effect;
	if (error != SUIT_OK)
		return error;
	one->bytes = other->bytes;
	other->bytes = bytes;
	return SUIT_OK;
}

static enum suit_error invoke(void *ctx, const struct suit_effect *effect)
{
	(void)ctx;
	machine.effect = *effect;
	return did("invoke", text("%s%s%.*s", name_of(effect->id),
				  effect->arguments.ptr ? " " : "",
				  (int)effect->arguments.len,
				  (const char *)effect->arguments.ptr));
}

static enum suit_error let_go(void *ctx, const struct suit_effect *effect,
			      u32 *left)
{
	const char *name = name_of(effect->id);

	(void)ctx;
	machine.effect = *effect;
	*left = find_or_add(machine.storage, name)->references;
	return did("unlink", name);
}

static enum suit_error references(void *ctx, const struct suit_effect *effect,
				  u32 *count)
{
	(void)ctx;
	*count = find_or_add(machine.storage, name_of(effect->id))->references;
	return SUIT_OK;
}

static enum suit_error dependency(void *ctx, struct suit_slice id,
				  struct suit_slice *envelope)
{
	const struct cell *cell = machine_cell(name_of(id));

	(void)ctx;
	if (!cell)
		return SUIT_ERR_IMAGE;
	*envelope = cell->bytes;
	return SUIT_OK;
}

static enum suit_error floor_of(void *ctx, const struct suit_authority *who,
				struct suit_slice id, struct suit_floor *out)
{
	(void)ctx;
	(void)id;
	if (machine.floor_owner &&
	    suit_slice_equal(who->name, bytes_of(machine.floor_owner))) {
		out->sequence_number = machine.floor;
		out->manifest = machine.floor_digest;
	}
	return SUIT_OK;
}

static void record(void *ctx, const struct suit_record *r)
{
	size_t len = strlen(machine.records);
	const char *path = "";
	u32 i;

	(void)ctx;
	for (i = 0; i < r->depth; i++)
		path = text("%s%s%u", path, i ? "." : "", r->path[i]);
	snprintf(machine.records + len, sizeof(machine.records) - len,
		 "%s[%s] %u%s+%u %u %u%s %s", len ? ", " : "", path,
		 r->section, r->in_shared ? "s" : "", r->offset, r->component,
		 r->command, r->sysinfo ? "!" : "",
		 suit_error_name(r->error));
}

const struct suit_platform_ops machine_all_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
	.version = version,
	.now = now,
	.battery = battery,
	.authorize = authorize,
	.wait = wait_for,
	.fetch = fetch,
	.copy = copy,
	.write = write_to,
	.swap = swap,
	.invoke = invoke,
	.unlink = let_go,
	.references = references,
	.dependency = dependency,
	.floor = floor_of,
	.record = record,
};
