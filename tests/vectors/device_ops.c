// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The device as the core asks for it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "device.h"
#include "tap.h"

/* Is @value in the list @key of the description? */
static bool listed(const struct device *d, const char *key,
		   struct suit_slice value)
{
	sd_json_variant *list = json_get(d->described, key);
	size_t i;

	for (i = 0; i < sd_json_variant_elements(list); i++)
		if (!strcmp(sd_json_variant_string(
				    sd_json_variant_by_index(list, i)),
			    to_hex(value)))
			return true;
	return false;
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	(void)id;
	switch (what) {
	case SUIT_IDENTITY_VENDOR:
		return listed(ctx, "vendor_ids", value);
	case SUIT_IDENTITY_CLASS:
		return listed(ctx, "class_ids", value);
	default:
		return false;
	}
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	const struct device *d = ctx;

	(void)id;
	return d->slot == slot;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	struct device *d = ctx;
	const struct suit_crypto *crypto = sg_crypto();
	const struct content *image = device_content(d->storage,
						     device_name(id));

	if (!image)
		return SUIT_ERR_IMAGE;
	if (!image->oracle) {
		*size = image->bytes.len;
		return crypto->ops->digest(crypto->ctx, alg, &image->bytes, 1,
					   out);
	}
	if (alg != SUIT_ALG_SHA256)
		return SUIT_ERR_DIGEST_ALG;
	*size = image->size;
	memcpy(out, image->digest, sizeof(image->digest));
	return SUIT_OK;
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	struct device *d = ctx;
	const struct content *image = device_content(d->storage,
						     device_name(id));

	return image && !image->oracle &&
	       suit_slice_equal_ct(image->bytes, content) ?
		       SUIT_OK : SUIT_ERR_CONTENT;
}

/* This device has no versions and no battery to tell of. */
static enum suit_error version(void *ctx, struct suit_slice id,
			       struct suit_version *out)
{
	(void)ctx;
	(void)id;
	(void)out;
	return SUIT_ERR_VERSION;
}

static enum suit_error battery(void *ctx, u64 *mwh)
{
	(void)ctx;
	(void)mwh;
	return SUIT_ERR_BATTERY;
}

/* A number of the device's state. */
static bool state_of(const struct device *d, const char *key, s64 *out)
{
	sd_json_variant *state = json_get(d->described, "state");
	sd_json_variant *value = state ? json_get(state, key) : NULL;

	if (value)
		*out = sd_json_variant_integer(value);
	return value;
}

static enum suit_error now(void *ctx, u64 *seconds)
{
	s64 value;

	if (!state_of(ctx, "now", &value))
		return SUIT_ERR_EXPIRED;
	*seconds = (u64)value;
	return SUIT_OK;
}

static enum suit_error authorize(void *ctx, struct suit_slice id, s64 priority)
{
	s64 most;

	(void)id;
	return state_of(ctx, "max_priority", &most) && priority <= most ?
		       SUIT_OK : SUIT_ERR_UNAUTHORIZED;
}

static enum suit_error wait(void *ctx, const struct suit_wait *wait)
{
	s64 time;

	if (wait->events != 1U << SUIT_WAIT_TIME)
		return SUIT_ERR_WAIT_EVENT;
	return state_of(ctx, "now", &time) && (u64)time >= wait->time ?
		       SUIT_OK : SUIT_ERR_PENDING;
}

/*
 * Decrypting is no affair of the core: this device knows what the ciphertexts
 * of the standard say, and no other.
 */
static enum suit_error store_decrypted(struct device *d, const char *name,
				       const struct content *from)
{
	static const char *const ciphertexts[] = {
		"payloads/fwenc-aes-kw-aes-gcm.ciphertext.bin",
		"payloads/fwenc-es-ecdh-aes-gcm.ciphertext.bin",
	};
	struct suit_slice cipher;
	struct content plain = { 0 };
	bool known = false;
	size_t i;

	for (i = 0; i < sizeof(ciphertexts) / sizeof(ciphertexts[0]); i++) {
		cipher = read_file(ciphertexts[i]);
		known |= !from->oracle &&
			 suit_slice_equal(cipher, from->bytes);
		free((void *)cipher.ptr);
	}
	if (!known)
		return SUIT_ERR_OPERATION;
	plain.bytes = read_file("payloads/fwenc-plaintext.bin");
	device_store(d, name, &plain);
	free((void *)plain.bytes.ptr);
	return SUIT_OK;
}

/* Store what @from has, if that may be. */
static enum suit_error store(struct device *d, const struct suit_effect *e,
			     const struct content *from)
{
	u64 size = from->oracle ? from->size : from->bytes.len;

	if (e->encryption_info.ptr)
		return store_decrypted(d, device_name(e->id), from);
	if (e->has_size && size > e->size)
		return SUIT_ERR_PAYLOAD_SIZE;
	device_store(d, device_name(e->id), from);
	return SUIT_OK;
}

static enum suit_error fetch(void *ctx, const struct suit_effect *e)
{
	struct content payload = { .bytes = e->payload };
	struct device *d = ctx;
	const struct content *from = &payload;
	char uri[256];

	if (!e->payload.ptr) {
		snprintf(uri, sizeof(uri), "%.*s", (int)e->uri.len,
			 (const char *)e->uri.ptr);
		from = device_content(d->network, uri);
	}
	return from ? store(d, e, from) : SUIT_ERR_OPERATION;
}

static enum suit_error copy(void *ctx, const struct suit_effect *e)
{
	struct device *d = ctx;
	const struct content *from = device_content(d->storage,
						    device_name(e->source));

	return from ? store(d, e, from) : SUIT_ERR_OPERATION;
}

static enum suit_error write(void *ctx, const struct suit_effect *e)
{
	const struct content from = { .bytes = e->content };

	return store(ctx, e, &from);
}

static enum suit_error invoke(void *ctx, const struct suit_effect *e)
{
	struct device *d = ctx;
	struct invoked *row = &d->invoked[d->n_invoked++];

	if (d->n_invoked > MAX_INVOKED)
		die("too much is invoked");
	snprintf(row->name, sizeof(row->name), "%s", device_name(e->id));
	row->has_arguments = e->arguments.ptr;
	snprintf(row->arguments, sizeof(row->arguments), "%.*s",
		 (int)e->arguments.len, (const char *)e->arguments.ptr);
	return SUIT_OK;
}

static enum suit_error dependency(void *ctx, struct suit_slice id,
				  struct suit_slice *envelope)
{
	struct device *d = ctx;
	const struct content *at = device_content(d->storage, device_name(id));

	if (!at || at->oracle)
		return SUIT_ERR_IMAGE;
	*envelope = at->bytes;
	return SUIT_OK;
}

static enum suit_error floor_of(void *ctx, const struct suit_authority *owner,
				struct suit_slice id, struct suit_floor *out)
{
	const struct device *d = ctx;
	sd_json_variant *all = json_get(d->described,
					"stored_sequence_numbers");
	sd_json_variant *number = all ? json_get(all, "(default)") : NULL;

	(void)owner;
	(void)id;
	if (number)
		out->sequence_number = sd_json_variant_unsigned(number);
	return SUIT_OK;
}

const struct suit_platform_ops device_ops = {
	.identify = identify,
	.slot = in_slot,
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
	.invoke = invoke,
	.dependency = dependency,
	.floor = floor_of,
};
