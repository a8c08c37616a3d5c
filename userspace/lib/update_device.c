// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The device of an update procedure: effects go to sealed memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "crypto.h"
#include "update_private.h"

enum { UUID = 16 };

/* Bytes of a component, mapped. */
struct image {
	struct suit_slice bytes;
	int fd;		/* to be closed, or -1 */
};

int sg_update_memory(void)
{
	return memfd_create("suitgate-payload",
			    MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

int sg_update_keep(struct sg_update_component *component, int fd)
{
	struct stat st;

	if (fcntl(fd, F_ADD_SEALS,
		  F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0 ||
	    fstat(fd, &st) < 0)
		return -1;
	if (component->fd >= 0)
		close(component->fd);
	component->fd = fd;
	component->size = (uint64_t)st.st_size;
	return 0;
}

static struct sg_update_component *find(struct sg_update *update,
					struct suit_slice id)
{
	struct sg_update_facts *facts = &update->facts;
	size_t i;

	for (i = 0; i < facts->n_components; i++)
		if (facts->component[i].id_len == id.len &&
		    !memcmp(facts->component[i].id, id.ptr, id.len))
			return &facts->component[i];
	return NULL;
}

/* What was stored, else what the machine has. */
static bool image_open(struct sg_update *update, struct suit_slice id,
		       struct image *image)
{
	struct sg_update_component *component = find(update, id);
	struct stat st;
	void *map;
	int fd;

	*image = (struct image){ .fd = -1 };
	if (!component)
		return false;
	fd = component->fd;
	if (fd < 0 && update->request.current)
		fd = image->fd = update->request.current(
			update->request.context, component->name);
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    st.st_size > SG_UPDATE_MAX_PAYLOAD)
		goto fail;
	if (!st.st_size)
		return true;
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		goto fail;
	image->bytes = (struct suit_slice){ map, (size_t)st.st_size };
	return true;

fail:
	if (image->fd >= 0)
		close(image->fd);
	return false;
}

static void image_close(struct image *image)
{
	if (image->bytes.ptr)
		munmap((void *)image->bytes.ptr, image->bytes.len);
	if (image->fd >= 0)
		close(image->fd);
}

static void note_uuid(char out[37], struct suit_slice value)
{
	char hex[2 * UUID + 1];

	if (value.len != UUID || *out)
		return;
	sg_gate_hex(value.ptr, UUID, hex);
	snprintf(out, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
		 hex + 16, hex + 20);
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	struct sg_update *update = ctx;
	const struct sg_state *state = update->request.state;
	size_t i;

	(void)id;
	for (i = 0; i < state->n; i++) {
		const struct sg_state_item *item = &state->item[i];

		if (item->kind != SG_STATE_IDENTITY ||
		    item->identity != (unsigned int)what ||
		    value.len != UUID || memcmp(item->value, value.ptr, UUID))
			continue;
		if (what == SUIT_IDENTITY_VENDOR)
			note_uuid(update->facts.vendor, value);
		if (what == SUIT_IDENTITY_CLASS)
			note_uuid(update->facts.class_id, value);
		return true;
	}
	return false;
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	const struct sg_update *update = ctx;
	const struct sg_state *state = update->request.state;
	u64 active = 0;
	size_t i;

	(void)id;
	for (i = 0; i < state->n; i++)
		if (state->item[i].kind == SG_STATE_IDENTITY &&
		    state->item[i].identity == SG_IDENTITY_SLOT)
			active = state->item[i].value[0];
	return slot == active;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	const struct suit_crypto *crypto = sg_crypto();
	enum suit_error error;
	struct image image;

	if (!image_open(ctx, id, &image))
		return SUIT_ERR_IMAGE;
	*size = image.bytes.len;
	error = crypto->ops->digest(crypto->ctx, alg, &image.bytes, 1, out);
	image_close(&image);
	return error;
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	struct image image;
	bool same;

	if (!image_open(ctx, id, &image))
		return SUIT_ERR_CONTENT;
	same = suit_slice_equal_ct(image.bytes, content);
	image_close(&image);
	return same ? SUIT_OK : SUIT_ERR_CONTENT;
}

static enum suit_error now(void *ctx, u64 *seconds)
{
	struct timespec ts;

	(void)ctx;
	clock_gettime(CLOCK_REALTIME, &ts);
	*seconds = (u64)ts.tv_sec;
	return SUIT_OK;
}

static bool write_all(int fd, struct suit_slice bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			bytes.ptr += n;
			bytes.len -= (size_t)n;
		}
	}
	return true;
}

/* Make @bytes what component @id has. */
static enum suit_error store(struct sg_update *update, struct suit_slice id,
			     struct suit_slice bytes,
			     const struct suit_effect *effect)
{
	struct sg_update_component *component = find(update, id);
	int fd;

	if (!component || effect->encryption_info.ptr)
		return SUIT_ERR_COMMAND;
	if (bytes.len > SG_UPDATE_MAX_PAYLOAD ||
	    (effect->has_size && bytes.len > effect->size))
		return SUIT_ERR_PAYLOAD_SIZE;
	fd = sg_update_memory();
	if (fd < 0)
		return SUIT_ERR_MEMORY;
	if (write_all(fd, bytes) && !sg_update_keep(component, fd))
		return SUIT_OK;
	close(fd);
	return SUIT_ERR_OPERATION;
}

/* Ask the caller to fetch, or take what it fetched. */
static enum suit_error fetch(void *ctx, const struct suit_effect *effect)
{
	struct sg_update *update = ctx;
	struct sg_update_want *want = &update->want;
	struct sg_update_component *component = find(update, effect->id);

	if (effect->payload.ptr)
		return store(update, effect->id, effect->payload, effect);
	if (!component || effect->encryption_info.ptr)
		return SUIT_ERR_COMMAND;
	if (update->fetched) {
		update->fetched = false;
		if (sg_update_keep(component, want->fd) < 0)
			return SUIT_ERR_OPERATION;
		want->fd = -1;
		return component->size > want->max ? SUIT_ERR_PAYLOAD_SIZE :
						     SUIT_OK;
	}
	if (!effect->uri.len || effect->uri.len >= sizeof(want->uri) ||
	    memchr(effect->uri.ptr, 0, effect->uri.len))
		return SUIT_ERR_OPERATION;
	memcpy(want->uri, effect->uri.ptr, effect->uri.len);
	want->uri[effect->uri.len] = '\0';
	want->max = SG_UPDATE_MAX_PAYLOAD;
	if (effect->has_size && effect->size < want->max)
		want->max = effect->size;
	want->fd = sg_update_memory();
	if (want->fd < 0)
		return SUIT_ERR_MEMORY;
	update->waiting = true;
	return SUIT_ERR_PENDING;
}

static enum suit_error copy(void *ctx, const struct suit_effect *effect)
{
	enum suit_error error;
	struct image image;

	if (!image_open(ctx, effect->source, &image))
		return SUIT_ERR_IMAGE;
	error = store(ctx, effect->id, image.bytes, effect);
	image_close(&image);
	return error;
}

static enum suit_error write_content(void *ctx,
				     const struct suit_effect *effect)
{
	return store(ctx, effect->id, effect->content, effect);
}

static enum suit_error floor_of(void *ctx,
				const struct suit_authority *authority,
				struct suit_slice id, struct suit_floor *out)
{
	struct sg_update *update = ctx;
	char name[SG_GATE_MAX_AUTHORITY + 1];
	static _Thread_local struct sg_gate_floor floor;

	memcpy(name, authority->name.ptr, authority->name.len);
	name[authority->name.len] = '\0';
	if (!update->request.floor ||
	    update->request.floor(update->request.context, name, id.ptr,
				  id.len, &floor) != 1)
		return SUIT_OK;
	out->sequence_number = floor.sequence_number;
	out->manifest.alg = floor.digest.len ? floor.digest.alg : 0;
	out->manifest.value = (struct suit_slice){ floor.digest.value,
						   floor.digest.len };
	return SUIT_OK;
}

const struct suit_platform_ops sg_update_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
	.now = now,
	.fetch = fetch,
	.copy = copy,
	.write = write_content,
	.floor = floor_of,
};
