// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Conditions on the image of a component. */
#include "command.h"
#include "parameter.h"

/* Digest and size of what is there, into @out. */
static enum suit_error measure(const struct suit_platform *platform,
			       struct suit_slice id, s32 alg,
			       struct suit_measured *out)
{
	if (!platform->ops->image_digest)
		return SUIT_ERR_COMMAND;
	out->digest.alg = alg;
	out->digest.value.ptr = out->bytes;
	out->digest.value.len = suit_digest_size(alg);
	out->size = 0;
	return platform->ops->image_digest(platform->ctx, id, alg, out->bytes,
					   &out->size);
}

static enum suit_error compare(const struct suit_measured *got,
			       const struct suit_digest *want,
			       const u64 *want_size)
{
	if (want_size && *want_size != got->size)
		return SUIT_ERR_IMAGE_SIZE;
	return suit_digest_equal(&got->digest, want) ? SUIT_OK :
						       SUIT_ERR_IMAGE;
}

enum suit_error suit_image_check(const struct suit_platform *platform,
				 struct suit_slice id,
				 const struct suit_digest *want,
				 const u64 *want_size,
				 struct suit_measured *measured)
{
	struct suit_measured here;
	struct suit_measured *got = measured ? measured : &here;
	enum suit_error error = measure(platform, id, want->alg, got);

	if (error != SUIT_OK)
		return error;
	got->labels |= 1U << SUIT_PARAM_IMAGE_DIGEST |
		       1U << SUIT_PARAM_IMAGE_SIZE;
	return compare(got, want, want_size);
}

/*
 * Of a dependency the digest covers the manifest in its envelope, so that a
 * signature or a severed member makes no difference (trust domains 5.2.2); its
 * size is that of whatever was fetched, and says nothing.
 */
static enum suit_error check_manifest(struct suit_process *proc,
				      struct suit_slice id,
				      const struct suit_digest *want)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_measured *got = &proc->measured;
	struct suit_envelope envelope;
	struct suit_slice bytes = { NULL, 0 };
	enum suit_error error;

	error = platform->ops->dependency(platform->ctx, id, &bytes);
	if (error != SUIT_OK)
		return error;
	if (suit_envelope_open(&envelope, bytes) != SUIT_OK)
		return SUIT_ERR_IMAGE;
	got->digest.alg = want->alg;
	got->digest.value.ptr = got->bytes;
	got->digest.value.len = suit_digest_size(want->alg);
	error = proc->crypto->ops->digest(proc->crypto->ctx, want->alg,
					  &envelope.manifest_bstr, 1,
					  got->bytes);
	if (error != SUIT_OK)
		return error;
	got->labels |= 1U << SUIT_PARAM_IMAGE_DIGEST;
	return compare(got, want, NULL);
}

static enum suit_error check(struct suit_process *proc, u32 index,
			     struct suit_slice id)
{
	struct suit_digest want;
	enum suit_error error = suit_parameter_digest(proc, index, &want);
	u64 size;
	bool sized;

	if (error != SUIT_OK)
		return error;
	if (suit_manifest_depends(proc->m, index, NULL))
		return check_manifest(proc, id, &want);
	sized = suit_parameter_uint(proc, index, SUIT_PARAM_IMAGE_SIZE, &size);
	return suit_image_check(&proc->platform, id, &want,
				sized ? &size : NULL, &proc->measured);
}

enum suit_error suit_condition_image(struct suit_process *proc, u32 index,
				     struct suit_slice id)
{
	enum suit_error error = check(proc, index, id);

	if (error == SUIT_OK)
		proc->image_matched = true;
	return error;
}

/* Only a difference that was seen is one: what could not be read may be equal. */
enum suit_error suit_condition_image_not(struct suit_process *proc, u32 index,
					 struct suit_slice id)
{
	enum suit_error error = check(proc, index, id);

	switch (error) {
	case SUIT_OK:
		return SUIT_ERR_IMAGE_SAME;
	case SUIT_ERR_IMAGE:
	case SUIT_ERR_IMAGE_SIZE:
		return SUIT_OK;
	default:
		return error;
	}
}
