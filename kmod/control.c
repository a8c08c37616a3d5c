// SPDX-License-Identifier: GPL-2.0-only
#include "control.h"

#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/uaccess.h>

#include "build_id.h"
#include "check.h"
#include "entry.h"
#include "floor.h"
#include "registry.h"
#include "state.h"
#include "trust.h"

static int answer(enum suit_error error, u32 *out)
{
	*out = error;
	return suit_error_errno(error);
}

/* Copy @len bytes that user space points to; @too_big when over @max. */
static int copy_in(u64 address, u64 len, size_t max, enum suit_error too_big,
		   u32 *error, void **out)
{
	if (len > max)
		return answer(too_big, error);
	*out = kvmalloc(len ?: 1, GFP_KERNEL);
	if (!*out)
		return answer(SUIT_ERR_MEMORY, error);
	if (!copy_from_user(*out, u64_to_user_ptr(address), len))
		return 0;
	kvfree(*out);
	*out = NULL;
	return -EFAULT;
}

static int info(void *arg)
{
	struct suit_trust_store *trust = suit_trust_get();
	struct suitgate_info *out = arg;

	memset(out, 0, sizeof(*out));
	out->abi = SUITGATE_ABI;
	out->mode = suit_state_mode();
	out->state = (suit_state_sealed() ? SUITGATE_SEALED : 0) |
		     (suit_state.break_glass ? SUITGATE_BREAK_GLASS : 0);
	out->gated_since = suit_state.gated_since;
	out->sealed_since = suit_state.sealed_since;
	out->trust_sequence = trust->sequence;
	out->authorities = trust->view.n_authorities;
	out->keys = trust->view.n_keys;
	suit_trust_put(trust);
	suit_registry_count(&out->manifests, &out->sidecars);
	out->floors = suit_floor_count();
	out->delivered = atomic64_read(&suit_state.delivered);
	out->refused = atomic64_read(&suit_state.refused);
	out->audited = atomic64_read(&suit_state.audited);
	memcpy(out->build_id, suit_build_id, sizeof(out->build_id));
	return 0;
}

static int load(void *arg)
{
	struct suitgate_load *io = arg;
	struct suit_entry *entry;
	enum suit_error error;
	void *bytes;
	int ret;

	ret = copy_in(io->data, io->len, SUIT_MAX_ENVELOPE,
		      SUIT_ERR_ENVELOPE_SIZE, &io->error, &bytes);
	if (ret)
		return ret;
	error = suit_registry_load(bytes, io->len, &entry);
	if (error != SUIT_OK)
		return answer(error, &io->error);
	io->sequence_number = entry->manifest.sequence_number;
	io->components = entry->manifest.n_components;
	io->digest_alg = entry->digest.alg;
	memset(io->digest, 0, sizeof(io->digest));
	memcpy(io->digest, entry->digest.value.ptr, entry->digest.value.len);
	suit_entry_put(entry);
	return answer(SUIT_OK, &io->error);
}

static int check_envelope(struct suitgate_check *io, void *id, void *payload)
{
	struct suit_slice component = { id, io->component_len };
	struct suit_slice image = { payload, io->payload_len };
	void *envelope;
	int ret;

	ret = copy_in(io->envelope, io->envelope_len, SUIT_MAX_ENVELOPE,
		      SUIT_ERR_ENVELOPE_SIZE, &io->error, &envelope);
	if (ret)
		return ret;
	return answer(suit_check(envelope, io->envelope_len, component, image),
		      &io->error);
}

static int check(void *arg)
{
	void *id = NULL, *payload = NULL;
	struct suitgate_check *io = arg;
	int ret = 0;

	if (io->reserved)
		return -EINVAL;
	if (io->component)
		ret = copy_in(io->component, io->component_len,
			      SUIT_MAX_COMPONENT_ID, SUIT_ERR_COMPONENT_SIZE,
			      &io->error, &id);
	if (!ret)
		ret = copy_in(io->payload, io->payload_len, SUIT_MAX_ENVELOPE,
			      SUIT_ERR_ENVELOPE_SIZE, &io->error, &payload);
	if (!ret)
		ret = check_envelope(io, id, payload);
	kvfree(payload);
	kvfree(id);
	return ret;
}

static int trust(void *arg)
{
	struct suitgate_trust *io = arg;
	struct suit_slice bundle;
	enum suit_error error;
	void *bytes;
	int ret;

	ret = copy_in(io->data, io->len, 2 * SUIT_MAX_TRUST,
		      SUIT_ERR_TRUST_SIZE, &io->error, &bytes);
	if (ret)
		return ret;
	bundle.ptr = bytes;
	bundle.len = io->len;
	error = suit_trust_apply(bundle);
	kvfree(bytes);
	return answer(error, &io->error);
}

static int identity(void *arg)
{
	const struct suitgate_identity *io = arg;

	return suit_state_add_identity(io->kind, io->value);
}

static int floor_get(void *arg)
{
	struct suitgate_floor *io = arg;

	return suit_floor_get(io->index, io);
}

static int floor_set(void *arg)
{
	return suit_floor_restore(arg);
}

static int confirm(void *arg)
{
	struct suitgate_confirm *io = arg;

	if (io->flags & ~SUITGATE_CONFIRM_JUMP)
		return -EINVAL;
	return answer(suit_registry_confirm(io->digest_alg, io->digest,
					    io->flags & SUITGATE_CONFIRM_JUMP),
		      &io->error);
}

static int mode(void *arg)
{
	const struct suitgate_set_mode *io = arg;

	return suit_state_set_mode(io->mode);
}

static int seal(void *arg)
{
	suit_state_seal();
	return 0;
}

static int unload(void *arg)
{
	const struct suitgate_unload *io = arg;

	return suit_registry_unload(io->digest_alg, io->digest);
}

#define ROW(name, type, late, fn)					\
	[_IOC_NR(SUITGATE_IOC_##name)] = {				\
		.size = type,						\
		.answers = _IOC_DIR(SUITGATE_IOC_##name) & _IOC_READ,	\
		.before_seal = late,					\
		.call = fn,						\
	}

static const struct suit_control controls[] = {
	ROW(INFO, sizeof(struct suitgate_info), false, info),
	ROW(LOAD, sizeof(struct suitgate_load), false, load),
	ROW(CHECK, sizeof(struct suitgate_check), false, check),
	ROW(TRUST, sizeof(struct suitgate_trust), false, trust),
	ROW(IDENTITY, sizeof(struct suitgate_identity), true, identity),
	ROW(FLOOR_GET, sizeof(struct suitgate_floor), false, floor_get),
	ROW(FLOOR_SET, sizeof(struct suitgate_floor), true, floor_set),
	ROW(CONFIRM, sizeof(struct suitgate_confirm), false, confirm),
	ROW(MODE, sizeof(struct suitgate_set_mode), true, mode),
	ROW(SEAL, 0, false, seal),
	ROW(UNLOAD, sizeof(struct suitgate_unload), true, unload),
};

const struct suit_control *suit_control_find(unsigned int cmd)
{
	unsigned int nr = _IOC_NR(cmd);

	if (_IOC_TYPE(cmd) != SUITGATE_IOC_MAGIC || nr >= ARRAY_SIZE(controls))
		return NULL;
	return &controls[array_index_nospec(nr, ARRAY_SIZE(controls))];
}
