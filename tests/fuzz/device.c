// SPDX-License-Identifier: GPL-2.0-or-later
#include "device.h"

#include <string.h>

static struct fuzz_seam *seam_of(void *ctx)
{
	return ((struct fuzz_device *)ctx)->seam;
}

static void check_id(struct suit_slice id)
{
	MUST(suit_component_check(id) == SUIT_OK);
}

/* Mostly yes; sometimes what an op may say instead, or later. */
static enum suit_error answer(void *ctx, enum suit_error no)
{
	uint8_t choice = fuzz_choose(seam_of(ctx)) & 15;

	if (choice == 15)
		return SUIT_ERR_PENDING;
	return choice >= 12 ? no : SUIT_OK;
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	struct fuzz_seam *seam = seam_of(ctx);

	return seam->platform.ops->identify(seam, what, id, value);
}

static bool slot(void *ctx, struct suit_slice id, u64 number)
{
	struct fuzz_seam *seam = seam_of(ctx);

	return seam->platform.ops->slot(seam, id, number);
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	struct fuzz_seam *seam = seam_of(ctx);

	return seam->platform.ops->image_digest(seam, id, alg, out, size);
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	struct fuzz_seam *seam = seam_of(ctx);

	return seam->platform.ops->image_compare(seam, id, content);
}

static enum suit_error version(void *ctx, struct suit_slice id,
			       struct suit_version *out)
{
	check_id(id);
	memset(out, 0, sizeof(*out));
	out->part[0] = fuzz_choose(seam_of(ctx)) & 3;
	out->n = 1 + (fuzz_choose(seam_of(ctx)) & 1);
	return answer(ctx, SUIT_ERR_VERSION);
}

static enum suit_error now(void *ctx, u64 *seconds)
{
	*seconds = fuzz_choose(seam_of(ctx));
	return answer(ctx, SUIT_ERR_EXPIRED);
}

static enum suit_error battery(void *ctx, u64 *mwh)
{
	*mwh = fuzz_choose(seam_of(ctx));
	return answer(ctx, SUIT_ERR_BATTERY);
}

static enum suit_error authorize(void *ctx, struct suit_slice id, s64 priority)
{
	(void)priority;
	check_id(id);
	return answer(ctx, SUIT_ERR_UNAUTHORIZED);
}

static enum suit_error wait(void *ctx, const struct suit_wait *events)
{
	MUST(events != NULL);
	return answer(ctx, SUIT_ERR_WAIT_EVENT);
}

/* An effect is asked for with everything that it needs, and checked. */
static enum suit_error effect(void *ctx, const struct suit_effect *e)
{
	check_id(e->id);
	MUST(e->manifest->env->authenticated);
	MUST(suit_authority_covers(e->authority, e->id));
	fuzz_touch(e->uri);
	fuzz_touch(e->payload);
	fuzz_touch(e->content);
	fuzz_touch(e->arguments);
	fuzz_touch(e->encryption_info);
	fuzz_touch(e->digest.value);
	return answer(ctx, SUIT_ERR_OPERATION);
}

static enum suit_error from_other(void *ctx, const struct suit_effect *e)
{
	check_id(e->source);
	return effect(ctx, e);
}

static enum suit_error unlink(void *ctx, const struct suit_effect *e,
			      u32 *left)
{
	*left = fuzz_choose(seam_of(ctx)) & 1;
	return effect(ctx, e);
}

static enum suit_error references(void *ctx, const struct suit_effect *e,
				  u32 *count)
{
	check_id(e->id);
	*count = fuzz_choose(seam_of(ctx)) == 0xee;
	return SUIT_OK;
}

static enum suit_error dependency(void *ctx, struct suit_slice id,
				  struct suit_slice *envelope)
{
	struct fuzz_device *device = ctx;

	check_id(id);
	*envelope = device->dependency;
	return envelope->ptr ? SUIT_OK : SUIT_ERR_IMAGE;
}

static enum suit_error floor_of(void *ctx,
				const struct suit_authority *authority,
				struct suit_slice id, struct suit_floor *out)
{
	MUST(authority != NULL);
	fuzz_touch(id);
	out->sequence_number = fuzz_choose(seam_of(ctx)) & 1;
	return SUIT_OK;
}

static void record(void *ctx, const struct suit_record *r)
{
	(void)ctx;
	MUST(r->depth <= SUIT_MAX_DEPENDENCY_DEPTH);
	fuzz_touch(r->id);
}

static const struct suit_platform_ops ops = {
	.identify = identify,
	.slot = slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
	.version = version,
	.now = now,
	.battery = battery,
	.authorize = authorize,
	.wait = wait,
	.fetch = effect,
	.copy = from_other,
	.write = effect,
	.swap = from_other,
	.invoke = effect,
	.unlink = unlink,
	.references = references,
	.dependency = dependency,
	.floor = floor_of,
	.record = record,
};

struct suit_platform fuzz_device_platform(struct fuzz_device *device)
{
	return (struct suit_platform){ &ops, device };
}
