// SPDX-License-Identifier: GPL-2.0-or-later
/* What the device does when the core asks. */
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

/* A member of the state that a run describes; false when it does not. */
static bool state_of(const struct device *d, const char *key, s64 *out)
{
	sd_json_variant *value = json_get(json_get(d->described, "state"), key);

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

static enum suit_error wait_for(void *ctx, const struct suit_wait *wait)
{
	s64 value;

	if (wait->events != 1U << SUIT_WAIT_TIME)
		return SUIT_ERR_WAIT_EVENT;
	return state_of(ctx, "now", &value) && (u64)value >= wait->time ?
		       SUIT_OK : SUIT_ERR_PENDING;
}

/*
 * Decryption is no part of the core: this device knows what the ciphertexts of
 * the standard say, and nothing else.
 */
static enum suit_error decrypt(struct content *content)
{
	static const char *const ciphertexts[] = {
		"payloads/fwenc-aes-kw-aes-gcm.ciphertext.bin",
		"payloads/fwenc-es-ecdh-aes-gcm.ciphertext.bin",
	};
	enum suit_error error = SUIT_ERR_OPERATION;
	static struct suit_slice plain;
	struct suit_slice cipher;
	size_t i;

	if (!plain.ptr)
		plain = read_file("payloads/fwenc-plaintext.bin");
	for (i = 0; i < sizeof(ciphertexts) / sizeof(ciphertexts[0]); i++) {
		cipher = read_file(ciphertexts[i]);
		if (!content->oracle &&
		    suit_slice_equal(cipher, content->bytes))
			error = SUIT_OK;
		free((void *)cipher.ptr);
	}
	if (error == SUIT_OK)
		content->bytes = plain;
	return error;
}

/* Store @content as @effect wants it. */
static enum suit_error store(struct device *d, const struct suit_effect *effect,
			     struct content content)
{
	enum suit_error error = SUIT_OK;
	u64 size = content.oracle ? content.size : content.bytes.len;

	if (effect->encryption_info.ptr)
		error = decrypt(&content);
	else if (effect->has_size && size > effect->size)
		error = SUIT_ERR_PAYLOAD_SIZE;
	if (error == SUIT_OK)
		device_store(d, device_name(effect->id), &content);
	return error;
}

static enum suit_error fetch(void *ctx, const struct suit_effect *effect)
{
	struct content payload = { .bytes = effect->payload };
	const struct content *found;
	struct device *d = ctx;
	char uri[1024];

	if (effect->payload.ptr)
		return store(d, effect, payload);
	if (effect->uri.len >= sizeof(uri))
		die("a long URI");
	memcpy(uri, effect->uri.ptr, effect->uri.len);
	uri[effect->uri.len] = '\0';
	found = device_content(d->network, uri);
	return found ? store(d, effect, *found) : SUIT_ERR_OPERATION;
}

static enum suit_error copy(void *ctx, const struct suit_effect *effect)
{
	struct device *d = ctx;
	const struct content *found =
		device_content(d->storage, device_name(effect->source));

	return found ? store(d, effect, *found) : SUIT_ERR_OPERATION;
}

static enum suit_error write_to(void *ctx, const struct suit_effect *effect)
{
	struct content content = { .bytes = effect->content };

	return store(ctx, effect, content);
}

static enum suit_error invoke(void *ctx, const struct suit_effect *effect)
{
	const char *name = device_name(effect->id);
	struct suit_slice with = effect->arguments;
	struct device *d = ctx;
	size_t len = strlen(name);
	char *text = calloc(1, len + with.len + 2);

	if (!text || d->n_invoked == MAX_CONTENTS)
		die("no memory");
	memcpy(text, name, len);
	if (with.ptr) {
		text[len] = ' ';
		memcpy(text + len + 1, with.ptr, with.len);
	}
	d->invoked[d->n_invoked++] = text;
	return SUIT_OK;
}

static enum suit_error dependency(void *ctx, struct suit_slice id,
				  struct suit_slice *envelope)
{
	struct device *d = ctx;
	const struct content *found = device_content(d->storage,
						     device_name(id));

	if (!found || found->oracle)
		return SUIT_ERR_IMAGE;
	*envelope = found->bytes;
	return SUIT_OK;
}

static enum suit_error floor_of(void *ctx, const struct suit_authority *who,
				struct suit_slice id, struct suit_floor *out)
{
	const struct device *d = ctx;
	sd_json_variant *stored = json_get(d->described,
					   "stored_sequence_numbers");

	(void)who;
	(void)id;
	if (stored)
		out->sequence_number = sd_json_variant_unsigned(
			json_get(stored, "(default)"));
	return SUIT_OK;
}

const struct suit_platform_ops device_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
	.now = now,
	.authorize = authorize,
	.wait = wait_for,
	.fetch = fetch,
	.copy = copy,
	.write = write_to,
	.invoke = invoke,
	.dependency = dependency,
	.floor = floor_of,
};
