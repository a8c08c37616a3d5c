// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The platform of the verifier, without what stores and compares bytes.
 */
#include <inttypes.h>
#include <string.h>

#include "process_private.h"
#include "surroundings.h"

#define SUPPLIES "/sys/class/power_supply"

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	struct sg_process *p = ctx;

	if (!sg_device_is(p->device, what, id, value, false))
		return false;
	if (what != SUIT_IDENTITY_DEVICE && !p->identified[what - 1]) {
		memcpy(p->identity[what - 1], value.ptr, 16);
		p->identified[what - 1] = true;
	}
	return true;
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	const struct sg_process *p = ctx;

	return sg_device_in_slot(p->device, id, slot, false);
}

/* A version is that of certain bytes; others have none. */
static enum suit_error version(void *ctx, struct suit_slice id,
			       struct suit_version *out)
{
	struct sg_process *p = ctx;
	const struct sg_candidate *candidate = sg_stage_find(&p->stage, id);
	const struct sg_reference *reference;
	struct sg_gate_digest got;
	size_t at = 0;
	u64 size;

	if (candidate)
		return sg_fault(&p->why, SUIT_ERR_VERSION, "it is being replaced");
	while ((reference = sg_process_reference(p, id, &at))) {
		got = reference->digest;
		if (sg_process_digest(p, id, got.alg, got.value, &size) ==
			    SUIT_OK && sg_digest_same(&got,
						      &reference->digest)) {
			*out = reference->version;
			return SUIT_OK;
		}
	}
	return sg_fault(&p->why, SUIT_ERR_VERSION, "its version is not known here");
}

static enum suit_error now(void *ctx, u64 *seconds)
{
	struct sg_process *p = ctx;

	if (sg_clock_now(p->device, seconds))
		return SUIT_OK;
	return sg_fault(&p->why, SUIT_ERR_EXPIRED, "the clock is not synchronised");
}

static enum suit_error battery(void *ctx, u64 *mwh)
{
	struct sg_process *p = ctx;

	if (sg_battery_left(SUPPLIES, mwh))
		return SUIT_OK;
	return sg_fault(&p->why, SUIT_ERR_BATTERY, "nothing tells how much energy is left");
}

static void text_of(struct suit_slice id, char out[SG_COMPONENT_TEXT])
{
	suit_component_text(id, out, SG_COMPONENT_TEXT);
}

static enum suit_error authorize(void *ctx, struct suit_slice id, s64 priority)
{
	const struct sg_process *p = ctx;
	char component[SG_COMPONENT_TEXT];

	text_of(id, component);
	switch (p->request.authorize(p->request.context, component,
				     priority)) {
	case SG_ANSWER_YES:
		return SUIT_OK;
	case SG_ANSWER_LATER:
		return SUIT_ERR_PENDING;
	default:
		return SUIT_ERR_UNAUTHORIZED;
	}
}

/* An event that the caller knows about. */
static enum suit_error ask(const struct sg_process *p,
			   enum sg_wait_event event, s64 value)
{
	if (!p->request.wait)
		return SUIT_ERR_WAIT_EVENT;
	switch (p->request.wait(p->request.context, event, value)) {
	case SG_ANSWER_YES:
		return SUIT_OK;
	case SG_ANSWER_LATER:
		return SUIT_ERR_PENDING;
	default:
		return SUIT_ERR_WAIT_EVENT;
	}
}

static enum suit_error wait_for(void *ctx, const struct suit_wait *wait)
{
	const struct sg_process *p = ctx;
	const struct {
		enum sg_wait_event event;
		s64 value;
	} asked[] = {
		{ SG_WAIT_AUTHORIZATION, wait->authorization },
		{ SG_WAIT_POWER, wait->power },
		{ SG_WAIT_NETWORK, wait->network },
	};
	enum suit_error error, result;
	size_t i;

	/* no deployment says how another device is called */
	if (wait->events >> SUIT_WAIT_OTHER_DEVICE & 1)
		return SUIT_ERR_WAIT_EVENT;
	result = sg_clock_wait(p->device, wait);
	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		if (!(wait->events >> asked[i].event & 1) ||
		    result == SUIT_ERR_WAIT_EVENT)
			continue;
		error = ask(p, asked[i].event, asked[i].value);
		if (error != SUIT_OK)
			result = error;
	}
	return result;
}

/* What came before it has to be in place when it runs. */
static enum suit_error invoke(void *ctx, const struct suit_effect *effect)
{
	struct sg_process *p = ctx;
	char component[SG_COMPONENT_TEXT];
	struct sg_error why = { 0 };
	enum suit_error error;

	error = sg_process_install(p);
	if (error != SUIT_OK)
		return error;
	text_of(effect->id, component);
	if (p->request.invoke(p->request.context, component,
			      effect->arguments.ptr, effect->arguments.len,
			      &why) == 0)
		return SUIT_OK;
	return sg_fault(&p->why, SUIT_ERR_OPERATION, "%s", why.message);
}

static enum suit_error floor_of(void *ctx,
				const struct suit_authority *authority,
				struct suit_slice id, struct suit_floor *out)
{
	struct sg_process *p = ctx;
	size_t i;

	for (i = 0; i < p->device->n_floors; i++) {
		const struct sg_gate_floor *floor = &p->device->floor[i];

		if (strlen(floor->authority) != authority->name.len ||
		    memcmp(floor->authority, authority->name.ptr,
			   authority->name.len) ||
		    floor->id_len != id.len ||
		    memcmp(floor->id, id.ptr, id.len))
			continue;
		out->sequence_number = floor->sequence_number;
		out->manifest.alg = floor->digest.alg;
		out->manifest.value.ptr = floor->digest.value;
		out->manifest.value.len = floor->digest.len;
		/* in case it is refused for that */
		sg_fault(&p->why, SUIT_ERR_FLOOR, "sequence number %" PRIu64 " or newer is needed from %s",
			 floor->sequence_number, floor->authority);
		break;
	}
	return SUIT_OK;
}

static void record(void *ctx, const struct suit_record *record)
{
	struct sg_process *p = ctx;
	struct sg_process_record out;

	sg_process_note(p, record);
	if (!p->request.record)
		return;
	sg_process_record_of(record, &out);
	p->request.record(p->request.context, &out);
}

static const struct suit_platform_ops all_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = sg_process_digest,
	.image_compare = sg_process_compare,
	.version = version,
	.now = now,
	.battery = battery,
	.authorize = authorize,
	.wait = wait_for,
	.fetch = sg_process_fetch,
	.copy = sg_process_copy,
	.write = sg_process_write,
	.swap = sg_process_swap,
	.invoke = invoke,
	.unlink = sg_process_unlink,
	.references = sg_process_references,
	.dependency = sg_process_dependency,
	.floor = floor_of,
	.record = record,
};

void sg_process_ops_of(const struct sg_process_request *request,
		       struct suit_platform_ops *out)
{
	*out = all_ops;
	if (!request->authorize)
		out->authorize = NULL;
	if (!request->invoke)
		out->invoke = NULL;
}
