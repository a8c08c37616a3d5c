// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Directives that change something (8.4.10). */
#include "cbor.h"
#include "command.h"
#include "dependency.h"
#include "frame.h"
#include "parameter.h"

static void effect_init(struct suit_process *proc, u32 index,
			struct suit_slice id, struct suit_effect *out)
{
	const struct suit_frame *f = suit_frame_top(proc);
	const struct suit_node *node = &proc->node[f->node];

	memset(out, 0, sizeof(*out));
	out->manifest = &node->manifest;
	out->authority = &proc->trust->authority[node->authority];
	out->section = (enum suit_section)f->section;
	out->id = id;
	out->dependency = suit_manifest_depends(proc->m, index, NULL);
}

/* What is to be stored, and how: of fetch, copy and write. */
static enum suit_error describe(struct suit_process *proc, u32 index,
				struct suit_effect *out)
{
	struct suit_slice metadata =
		suit_parameter_bytes(proc, index, SUIT_PARAM_COMPONENT_METADATA);
	enum suit_error error = suit_parameter_digest(proc, index, &out->digest);

	if (error == SUIT_ERR_PARAMETER_MISSING)
		out->digest.alg = 0;
	else if (error != SUIT_OK)
		return error;
	/* signatures may be added to a dependency, and members severed */
	out->has_size = !out->dependency &&
			suit_parameter_uint(proc, index, SUIT_PARAM_IMAGE_SIZE,
					    &out->size);
	out->encryption_info = suit_parameter_bytes(proc, index,
						    SUIT_PARAM_ENCRYPTION_INFO);
	return metadata.ptr ? suit_metadata_decode(metadata, &out->metadata) :
			      SUIT_OK;
}

/*
 * Out of order nothing may be read that is also written: whichever came first
 * would decide (6.7). Sequences around this one may run beside it.
 */
static enum suit_error mark(struct suit_process *proc, u64 sources,
			    u64 targets)
{
	u8 node = suit_frame_top(proc)->node;
	u32 i;

	for (i = proc->depth; i && proc->frame[i - 1].node == node; i--) {
		struct suit_frame *f = &proc->frame[i - 1];

		if (f->strict_order)
			continue;
		f->sources |= sources;
		f->targets |= targets;
		if (f->sources & f->targets)
			return SUIT_ERR_STRICT_ORDER;
	}
	return SUIT_OK;
}

static u64 bit_of(const struct suit_process *proc, u32 index)
{
	u32 position;

	return suit_manifest_position(proc->m, index, &position) == SUIT_OK ?
		       1ULL << position : 0;
}

/* A component that another manifest refers to is not changed beneath it. */
static enum suit_error check_unlinked(const struct suit_process *proc,
				      const struct suit_effect *effect)
{
	const struct suit_platform *platform = &proc->platform;
	u32 count = 0;
	enum suit_error error;

	if (!platform->ops->references)
		return SUIT_OK;
	error = platform->ops->references(platform->ctx, effect, &count);
	if (error != SUIT_OK)
		return error;
	return count ? SUIT_ERR_COMPONENT_LINKED : SUIT_OK;
}

/* About to write to component @index. */
static enum suit_error claim(struct suit_process *proc, u32 index,
			     const struct suit_effect *effect)
{
	enum suit_error error = mark(proc, 0, bit_of(proc, index));

	if (error == SUIT_OK)
		error = check_unlinked(proc, effect);
	if (error == SUIT_OK)
		suit_dependency_changed(proc, effect->id);
	return error;
}

/*
 * A payload in the envelope comes before the network (7.5). A URI that is a
 * fragment names nothing outside of the envelope.
 */
static enum suit_error find_payload(struct suit_effect *effect)
{
	const struct suit_envelope *envelope = effect->manifest->env;
	enum suit_error error;

	error = suit_envelope_payload(envelope, effect->uri, &effect->payload);
	if (error != SUIT_OK) {
		effect->payload.ptr = NULL;
		effect->payload.len = 0;
		return effect->uri.len && effect->uri.ptr[0] == '#' ?
			       error : SUIT_OK;
	}
	if (effect->has_size && !effect->encryption_info.ptr &&
	    effect->payload.len > effect->size)
		return SUIT_ERR_PAYLOAD_SIZE;
	return SUIT_OK;
}

enum suit_error suit_directive_fetch(struct suit_process *proc, u32 index,
				     struct suit_slice id)
{
	struct suit_effect effect;
	enum suit_error error;

	effect_init(proc, index, id, &effect);
	effect.uri = suit_parameter_bytes(proc, index, SUIT_PARAM_URI);
	if (!effect.uri.ptr)
		return SUIT_ERR_DIRECTIVE_PARAMETER;
	effect.arguments = suit_parameter_bytes(proc, index,
						SUIT_PARAM_FETCH_ARGS);
	error = describe(proc, index, &effect);
	if (error == SUIT_OK)
		error = find_payload(&effect);
	if (error == SUIT_OK)
		error = claim(proc, index, &effect);
	if (error != SUIT_OK)
		return error;
	return proc->platform.ops->fetch(proc->platform.ctx, &effect);
}

/* Bit of component @id; none when another manifest has it, and this has not. */
static u64 bit_of_id(const struct suit_process *proc, struct suit_slice id)
{
	struct suit_slice other;
	u32 i, index;

	for (i = 0; i < proc->m->n_components + proc->m->n_beside; i++) {
		index = suit_manifest_index(proc->m, i);
		if (suit_manifest_component(proc->m, index, &other) ==
			    SUIT_OK && suit_slice_equal(id, other))
			return 1ULL << i;
	}
	return 0;
}

/* The source is kept as an id, see parameter.h. */
static enum suit_error find_source(struct suit_process *proc, u32 index,
				   struct suit_effect *effect)
{
	effect->source = suit_parameter_get(proc, index,
					    SUIT_PARAM_SOURCE_COMPONENT);
	if (!effect->source.ptr)
		return SUIT_ERR_DIRECTIVE_PARAMETER;
	if (suit_slice_equal(effect->source, effect->id))
		return SUIT_ERR_OPERATION;
	return mark(proc, bit_of_id(proc, effect->source), 0);
}

enum suit_error suit_directive_copy(struct suit_process *proc, u32 index,
				    struct suit_slice id)
{
	struct suit_effect effect;
	enum suit_error error;

	effect_init(proc, index, id, &effect);
	error = find_source(proc, index, &effect);
	if (error == SUIT_OK)
		error = describe(proc, index, &effect);
	if (error == SUIT_OK)
		error = claim(proc, index, &effect);
	if (error != SUIT_OK)
		return error;
	return proc->platform.ops->copy(proc->platform.ctx, &effect);
}

enum suit_error suit_directive_write(struct suit_process *proc, u32 index,
				     struct suit_slice id)
{
	struct suit_effect effect;
	enum suit_error error;

	effect_init(proc, index, id, &effect);
	effect.content = suit_parameter_bytes(proc, index, SUIT_PARAM_CONTENT);
	if (!effect.content.ptr)
		return SUIT_ERR_DIRECTIVE_PARAMETER;
	error = describe(proc, index, &effect);
	if (error == SUIT_OK)
		error = claim(proc, index, &effect);
	if (error != SUIT_OK)
		return error;
	return proc->platform.ops->write(proc->platform.ctx, &effect);
}

/* Both sides are written to. */
enum suit_error suit_directive_swap(struct suit_process *proc, u32 index,
				    struct suit_slice id)
{
	struct suit_effect effect, other;
	enum suit_error error;

	effect_init(proc, index, id, &effect);
	error = find_source(proc, index, &effect);
	if (error != SUIT_OK)
		return error;
	/* another manifest may have named it, for another authority */
	if (!bit_of_id(proc, effect.source) &&
	    !suit_authority_covers(effect.authority, effect.source))
		return SUIT_ERR_NOT_ENTITLED;
	other = effect;
	other.id = effect.source;
	other.source = effect.id;
	error = check_unlinked(proc, &other);
	if (error == SUIT_OK)
		error = claim(proc, index, &effect);
	if (error != SUIT_OK)
		return error;
	suit_dependency_changed(proc, effect.source);
	return proc->platform.ops->swap(proc->platform.ctx, &effect);
}

enum suit_error suit_directive_invoke(struct suit_process *proc, u32 index,
				      struct suit_slice id)
{
	struct suit_effect effect;

	effect_init(proc, index, id, &effect);
	effect.arguments = suit_parameter_bytes(proc, index,
						SUIT_PARAM_INVOKE_ARGS);
	return proc->platform.ops->invoke(proc->platform.ctx, &effect);
}

/*
 * A manifest gives up a component once. A dependency that nobody refers to any
 * more uninstalls what it had installed (trust domains 5.6.5, 6).
 */
enum suit_error suit_directive_unlink(struct suit_process *proc, u32 index,
				      struct suit_slice id)
{
	struct suit_node *node = &proc->node[suit_frame_top(proc)->node];
	const struct suit_node *child = suit_dependency_find(proc, index);
	u64 bit = bit_of(proc, index);
	struct suit_effect effect;
	enum suit_error error;
	u32 left = 0;

	if (node->unlinked & bit)
		return SUIT_ERR_UNLINKED;
	effect_init(proc, index, id, &effect);
	error = proc->platform.ops->unlink(proc->platform.ctx, &effect, &left);
	if (error != SUIT_OK)
		return error;
	node->unlinked |= bit;
	if (left || !effect.dependency ||
	    (child && child->ran >> SUIT_SECTION_UNINSTALL & 1))
		return SUIT_OK;
	return suit_dependency_enter(proc, index, SUIT_SECTION_UNINSTALL);
}

enum suit_error suit_directive_wait(struct suit_process *proc, u32 index,
				    struct suit_slice id)
{
	struct suit_slice info =
		suit_parameter_bytes(proc, index, SUIT_PARAM_WAIT_INFO);
	struct suit_wait wait;
	enum suit_error error;

	(void)id;
	if (!info.ptr)
		return SUIT_ERR_DIRECTIVE_PARAMETER;
	error = suit_wait_decode(info, &wait);
	if (error != SUIT_OK)
		return error;
	return proc->platform.ops->wait(proc->platform.ctx, &wait);
}
