// SPDX-License-Identifier: GPL-2.0-only
#include "gate.h"

#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string_helpers.h>

#include "event.h"
#include "image.h"
#include "notify.h"
#include "registry.h"
#include "request.h"
#include "state.h"

/**
 * struct delivery - one decision in the making
 * @image: what is to be delivered
 * @outcome: what the registry says
 * @record: what will be told
 * @id_bytes: room for @id
 * @id: component
 */
struct delivery {
	struct suit_image image;
	struct suit_outcome outcome;
	struct suitgate_record record;
	struct suit_slice id;
	u8 id_bytes[SUIT_MAX_COMPONENT_ID];
};

static struct delivery *delivery_new(u8 path, const void *buf, size_t len,
				     const char *name)
{
	struct delivery *d = kzalloc(sizeof(*d), GFP_KERNEL);

	if (!d)
		return NULL;
	d->image.bytes.ptr = buf;
	d->image.bytes.len = len;
	d->outcome.error = SUIT_ERR_NO_MANIFEST;
	d->record.path = path;
	d->record.bytes = len;
	string_escape_str(name, (char *)d->record.name,
			  sizeof(d->record.name) - 1,
			  ESCAPE_HEX | ESCAPE_NAP | ESCAPE_APPEND, "\"\\");
	return d;
}

/* The one place where a verdict turns into what the driver gets. */
static int settle(struct delivery *d)
{
	struct suitgate_record *r = &d->record;

	r->error = d->outcome.error;
	r->mode = suit_state_mode();
	if (r->error == SUIT_OK) {
		r->verdict = SUITGATE_DELIVERED;
	} else if (r->mode == SUITGATE_MODE_ENFORCE) {
		r->verdict = SUITGATE_REFUSED;
		r->err = suit_error_errno(r->error);
	} else {
		r->verdict = SUITGATE_AUDITED;
	}
	suit_state_count(r->verdict);
	return r->err;
}

static void fill_record(struct delivery *d)
{
	struct suitgate_record *r = &d->record;

	if (suit_image_hash(&d->image) == SUIT_OK)
		memcpy(r->digest, d->image.sha256, sizeof(r->digest));
	r->sequence_number = d->outcome.sequence_number;
	memcpy(r->manifest, d->outcome.manifest, sizeof(r->manifest));
	strscpy((char *)r->authority, d->outcome.authority,
		sizeof(r->authority));
	if (d->outcome.sidecar)
		r->source = SUITGATE_SOURCE_SIDECAR;
	else if (d->outcome.authority[0])
		r->source = SUITGATE_SOURCE_LOADED;
}

/* Decide, tell, free. */
static int delivery_end(struct delivery *d)
{
	int ret = settle(d);

	fill_record(d);
	suit_event_add(&d->record);
	suit_notify(&d->record);
	kfree(d);
	return ret;
}

/* No memory for a decision is no delivery, unless nothing is refused. */
static int no_memory(void)
{
	if (suit_state_mode() != SUITGATE_MODE_ENFORCE) {
		suit_state_count(SUITGATE_AUDITED);
		return 0;
	}
	suit_state_count(SUITGATE_REFUSED);
	return suit_error_errno(SUIT_ERR_MEMORY);
}

struct suit_request *suit_gate_read_begin(void)
{
	return suit_request_read_begin();
}

void suit_gate_read_end(struct suit_request *request)
{
	suit_request_read_end(request);
}

/*
 * The name as it was asked for, and the suffix of a compressed file, are the
 * end of the loader's path; the digest is one of the stored bytes, so the
 * suffix belongs to the name. What comes before it is the root, and says
 * nothing.
 */
static const char *name_in_path(const char *path, const char *asked)
{
	static const char *const suffixes[] = { "", ".zst", ".xz" };
	size_t len = strlen(path), n = strlen(asked), k;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(suffixes); i++) {
		k = n + strlen(suffixes[i]);
		if (k < len && path[len - k - 1] == '/' &&
		    !memcmp(path + len - k, asked, n) &&
		    !strcmp(path + len - k + n, suffixes[i]))
			return path + len - k;
	}
	return NULL;
}

static enum suit_error make_id(struct delivery *d, const char *name)
{
	static const u8 type_name[] = "firmware";
	struct suit_slice type = { type_name, sizeof(type_name) - 1 };
	struct suit_slice text = { (const u8 *)name, 0 };

	if (!name)
		return SUIT_ERR_ROOT;
	text.len = strlen(name);
	return suit_component_encode(type, text, d->id_bytes,
				     sizeof(d->id_bytes), &d->id);
}

int suit_gate_file(const struct suit_request *request, const char *path,
		   const void *buf, size_t len, bool partial)
{
	u8 kind = partial ? SUITGATE_PATH_PARTIAL : SUITGATE_PATH_FILE;
	struct delivery *d = delivery_new(kind, buf, len, path);
	struct suit_platform platform = { &suit_image_ops };
	enum suit_error error;

	if (!d)
		return no_memory();
	platform.ctx = &d->image;
	error = make_id(d, request ? name_in_path(path, request->name) : NULL);
	if (error == SUIT_OK && partial)
		error = SUIT_ERR_PARTIAL;
	if (error == SUIT_OK)
		suit_registry_decide(d->id, path, &platform, &d->outcome);
	else
		d->outcome.error = error;
	return delivery_end(d);
}

int suit_gate_data(const void *buf, size_t len, const char *description)
{
	struct suit_request *request = suit_request_current();
	const char *name = request ? request->name : description;
	struct delivery *d = delivery_new(SUITGATE_PATH_DATA, buf, len, name);
	struct suit_platform platform = { &suit_image_ops };

	if (!d)
		return no_memory();
	platform.ctx = &d->image;
	if (request) {
		d->outcome.error = make_id(d, name);
		if (d->outcome.error == SUIT_OK)
			suit_registry_decide(d->id, NULL, &platform,
					     &d->outcome);
	} else if (suit_request_fallback_pending()) {
		d->outcome.error = SUIT_ERR_UNSEEN;
	} else {
		suit_registry_decide_upload(&platform, &d->outcome);
	}
	return delivery_end(d);
}

int suit_gate_net(struct file *file, const void *buf, size_t len)
{
	struct suit_request *request = suit_request_current();
	struct delivery *d;
	char *name;

	if (request && request->reading)
		return 0;
	name = kasprintf(GFP_KERNEL, "%pD4", file);
	d = delivery_new(SUITGATE_PATH_UNSEEN, buf, len, name ?: "?");
	kfree(name);
	if (!d)
		return no_memory();
	d->outcome.error = SUIT_ERR_UNSEEN;
	return delivery_end(d);
}
