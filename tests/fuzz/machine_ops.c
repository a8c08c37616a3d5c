// SPDX-License-Identifier: GPL-2.0-or-later
/* What the device in memory does when it is asked. */
#include <string.h>

#include "machine.h"

enum effect_number { FETCH = 1, COPY, WRITE, SWAP, INVOKE, UNLINK };

static struct suit_slice content(struct fuzz_machine *m, struct suit_slice id)
{
	struct fuzz_cell *cell = fuzz_machine_cell(m, id);

	MUST(suit_component_check(id) == SUIT_OK);
	return cell ? cell->bytes : (struct suit_slice){ NULL, 0 };
}

static void put(struct fuzz_machine *m, struct suit_slice id,
		struct suit_slice bytes)
{
	struct fuzz_cell *cell = fuzz_machine_cell(m, id);

	if (!cell && m->n_cells < FUZZ_CELLS) {
		cell = &m->cell[m->n_cells++];
		memset(cell, 0, sizeof(*cell));
		cell->name = id;
	}
	if (cell)
		cell->bytes = bytes;
}

/* It works, unless the input says that it does not, or not yet. */
static enum suit_error answer(struct fuzz_machine *m, enum effect_number what)
{
	u8 failing = fuzz_machine_byte(m, INPUT_FAILING);

	if (m->pending) {
		m->pending--;
		return SUIT_ERR_PENDING;
	}
	return failing == what || failing == 255 ?
		       (enum suit_error)fuzz_machine_byte(m, INPUT_ERROR) :
		       SUIT_OK;
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	MUST(what >= SUIT_IDENTITY_VENDOR && what <= SUIT_IDENTITY_DEVICE);
	content(ctx, id);
	fuzz_touch(value);
	return value.len && *value.ptr != 0xff;
}

static bool slot(void *ctx, struct suit_slice id, u64 number)
{
	content(ctx, id);
	return number == fuzz_machine_byte(ctx, INPUT_SLOT);
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	struct fuzz_machine *m = ctx;
	struct suit_slice bytes = content(m, id);
	u8 wrong = fuzz_machine_byte(m, INPUT_IMAGE_ERROR);

	if (wrong)
		return (enum suit_error)wrong;
	if (!bytes.ptr)
		return SUIT_ERR_IMAGE;
	*size = bytes.len;
	return m->crypto.ops->digest(m, alg, &bytes, 1, out);
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice want)
{
	struct suit_slice bytes = content(ctx, id);
	bool same = suit_slice_equal_ct(bytes, want);

	MUST(same == suit_slice_equal(bytes, want));
	return bytes.ptr && same ? SUIT_OK : SUIT_ERR_CONTENT;
}

static enum suit_error own_version(const struct fuzz_machine *m,
				   struct suit_version *out)
{
	u32 i;

	memset(out, 0, sizeof(*out));
	out->n = fuzz_machine_byte(m, INPUT_VERSION) % (SUIT_MAX_VERSION + 2);
	/* one more is a version that nobody can have */
	for (i = 0; i < out->n && i < SUIT_MAX_VERSION; i++)
		out->part[i] = (int8_t)m->input.ptr[INPUT_PARTS + i];
	return out->n ? SUIT_OK : SUIT_ERR_VERSION;
}

static enum suit_error version(void *ctx, struct suit_slice id,
			       struct suit_version *out)
{
	content(ctx, id);
	return own_version(ctx, out);
}

static enum suit_error now(void *ctx, u64 *seconds)
{
	*seconds = fuzz_machine_byte(ctx, INPUT_NOW);
	return *seconds ? SUIT_OK : SUIT_ERR_EXPIRED;
}

static enum suit_error battery(void *ctx, u64 *mwh)
{
	*mwh = fuzz_machine_byte(ctx, INPUT_BATTERY);
	return *mwh ? SUIT_OK : SUIT_ERR_BATTERY;
}

static enum suit_error authorize(void *ctx, struct suit_slice id, s64 priority)
{
	struct fuzz_machine *m = ctx;

	content(m, id);
	if (m->pending) {
		m->pending--;
		return SUIT_ERR_PENDING;
	}
	return priority <= (int8_t)fuzz_machine_byte(m, INPUT_PRIORITY) ?
		       SUIT_OK : SUIT_ERR_UNAUTHORIZED;
}

static enum suit_error wait(void *ctx, const struct suit_wait *w)
{
	struct fuzz_machine *m = ctx;
	u32 events = (u32)(fuzz_machine_byte(m, INPUT_EVENTS) << 8) |
		     m->input.ptr[INPUT_EVENTS + 1];
	struct suit_version have;

	MUST(w->events && !(w->events & 1) && w->events < 1024);
	fuzz_touch(w->device);
	fuzz_touch(w->device_versions);
	if (w->device_versions.ptr && own_version(m, &have) == SUIT_OK &&
	    !suit_version_matches_all(&have, w->device_versions))
		return SUIT_ERR_WAIT_EVENT;
	if (fuzz_machine_byte(m, INPUT_FAILING) == 255)
		return answer(m, 0);
	return (w->events & events) == w->events ? SUIT_OK : SUIT_ERR_PENDING;
}

static void walk_actors(struct suit_slice map)
{
	struct suit_actor actor;
	struct suit_cursor cur;
	u16 permissions;

	suit_cursor_init(&cur, map);
	while (suit_metadata_actor_next(&cur, &actor, &permissions)) {
		MUST(actor.kind != SUIT_ACTOR_NONE);
		fuzz_touch(actor.bytes);
	}
	MUST(!cur.left);
}

/* As people see it, with as much room as there is. */
static void check_text(struct suit_slice id)
{
	static const size_t sizes[] = { 0, 1, 3, 4, 9, 64 };
	char out[64];
	size_t i, n;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		n = suit_component_text(id, out, sizes[i]);
		MUST(!sizes[i] || (n < sizes[i] && n == strlen(out)));
	}
}

/* An effect is asked for with everything that it needs, and checked. */
static enum suit_error effect(struct fuzz_machine *m, enum effect_number what,
			      const struct suit_effect *e)
{
	content(m, e->id);
	MUST(e->manifest->env->authenticated);
	MUST(suit_authority_depends(e->authority, e->id));
	MUST(e->section > SUIT_SECTION_SHARED &&
	     e->section < SUIT_SECTION_COUNT);
	MUST(strcmp(suit_section_name(e->section), "unknown"));
	MUST(!e->dependency || !e->has_size);
	check_text(e->id);
	walk_actors(e->metadata.users);
	walk_actors(e->metadata.groups);
	walk_actors(e->metadata.roles);
	fuzz_touch(e->uri);
	fuzz_touch(e->payload);
	fuzz_touch(e->content);
	fuzz_touch(e->arguments);
	fuzz_touch(e->encryption_info);
	fuzz_touch(e->digest.value);
	m->effects++;
	return answer(m, what);
}

static enum suit_error fetch(void *ctx, const struct suit_effect *e)
{
	struct fuzz_cell *resource = fuzz_machine_cell(ctx, e->uri);
	enum suit_error error = effect(ctx, FETCH, e);

	if (error != SUIT_OK)
		return error;
	if (!e->payload.ptr && !resource)
		return SUIT_ERR_OPERATION;
	put(ctx, e->id, e->payload.ptr ? e->payload : resource->bytes);
	return SUIT_OK;
}

static enum suit_error copy(void *ctx, const struct suit_effect *e)
{
	struct suit_slice bytes = content(ctx, e->source);
	enum suit_error error = effect(ctx, COPY, e);

	MUST(!suit_slice_equal(e->id, e->source));
	if (error != SUIT_OK)
		return error;
	if (!bytes.ptr)
		return SUIT_ERR_IMAGE;
	put(ctx, e->id, bytes);
	return SUIT_OK;
}

static enum suit_error write(void *ctx, const struct suit_effect *e)
{
	enum suit_error error = effect(ctx, WRITE, e);

	if (error == SUIT_OK)
		put(ctx, e->id, e->content);
	return error;
}

static enum suit_error swap(void *ctx, const struct suit_effect *e)
{
	struct suit_slice bytes = content(ctx, e->id);
	struct suit_slice other = content(ctx, e->source);
	enum suit_error error = effect(ctx, SWAP, e);

	MUST(suit_authority_depends(e->authority, e->source));
	if (error != SUIT_OK)
		return error;
	put(ctx, e->id, other);
	put(ctx, e->source, bytes);
	return SUIT_OK;
}

static enum suit_error invoke(void *ctx, const struct suit_effect *e)
{
	return effect(ctx, INVOKE, e);
}

static enum suit_error references(void *ctx, const struct suit_effect *e,
				  u32 *count)
{
	struct fuzz_cell *cell = fuzz_machine_cell(ctx, e->id);

	*count = cell ? cell->references : 0;
	/* the highest: nobody can tell */
	return *count == 255 ? SUIT_ERR_OPERATION : SUIT_OK;
}

static enum suit_error let_go(void *ctx, const struct suit_effect *e, u32 *left)
{
	references(ctx, e, left);
	return effect(ctx, UNLINK, e);
}

static enum suit_error dependency(void *ctx, struct suit_slice id,
				  struct suit_slice *envelope)
{
	*envelope = content(ctx, id);
	return envelope->ptr ? SUIT_OK : SUIT_ERR_IMAGE;
}

static enum suit_error floor_of(void *ctx, const struct suit_authority *who,
				struct suit_slice id, struct suit_floor *out)
{
	const struct fuzz_machine *m = ctx;
	u8 owner = fuzz_machine_byte(m, INPUT_FLOOR_OWNER);
	u8 number = fuzz_machine_byte(m, INPUT_FLOOR);
	u8 claim = fuzz_machine_byte(m, INPUT_FLOOR_DIGEST);

	fuzz_touch(id);
	MUST(who >= m->trust.authority);
	if (!owner || (owner != 255 && who - m->trust.authority != owner - 1))
		return SUIT_OK;
	/* a floor that cannot be read, or not yet */
	if (claim >= 254)
		return claim == 255 ? SUIT_ERR_FLOOR : SUIT_ERR_PENDING;
	out->sequence_number = number == 255 ? ~0ULL : number;
	if (claim && claim <= m->n_claims) {
		out->manifest.alg = SUIT_ALG_SHA256;
		out->manifest.value = m->claim[claim - 1];
	}
	return SUIT_OK;
}

/* With what a report says of it. */
static void record(void *ctx, const struct suit_record *r)
{
	int reason = suit_error_reason(r->error);

	(void)ctx;
	MUST(r->policy && r->policy <= SUIT_POLICY_MAX);
	MUST(r->depth <= SUIT_MAX_DEPENDENCY_DEPTH);
	MUST(r->offset < SUIT_MAX_MANIFEST);
	MUST(reason >= 0 && reason <= 12);
	fuzz_touch(r->id);
}

const struct suit_platform_ops fuzz_machine_ops = {
	.identify = identify,
	.slot = slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
	.version = version,
	.now = now,
	.battery = battery,
	.authorize = authorize,
	.wait = wait,
	.fetch = fetch,
	.copy = copy,
	.write = write,
	.swap = swap,
	.invoke = invoke,
	.unlink = let_go,
	.references = references,
	.dependency = dependency,
	.floor = floor_of,
	.record = record,
};
