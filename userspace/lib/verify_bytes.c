// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The kernel profile's verdict on bytes that would be delivered.
 */
#include <stdlib.h>
#include <string.h>

#include "component_text.h"
#include "crypto.h"
#include "uuid.h"
#include "verify_private.h"

enum { UUID = 16 };

/* The device that the verdict is about. */
struct device {
	struct suit_slice bytes;
	uint8_t vendor[UUID];
	uint8_t class_id[UUID];
	bool any_vendor;
	bool any_class;
};

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	const struct device *device = ctx;

	(void)id;
	switch (what) {
	case SUIT_IDENTITY_VENDOR:
		return device->any_vendor ||
		       (value.len == UUID &&
			!memcmp(value.ptr, device->vendor, UUID));
	case SUIT_IDENTITY_CLASS:
		return device->any_class ||
		       (value.len == UUID &&
			!memcmp(value.ptr, device->class_id, UUID));
	default:
		return device->any_vendor && device->any_class;
	}
}

/* Which slot is the gateway's affair: here each is as good as another. */
static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	(void)ctx;
	(void)id;
	(void)slot;
	return true;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	const struct device *device = ctx;
	const struct suit_crypto *crypto = sg_crypto();

	(void)id;
	*size = device->bytes.len;
	return crypto->ops->digest(crypto->ctx, alg, &device->bytes, 1, out);
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	const struct device *device = ctx;

	(void)id;
	return suit_slice_equal_ct(device->bytes, content) ?
		       SUIT_OK : SUIT_ERR_CONTENT;
}

static const struct suit_platform_ops ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
};

static int read_identity(const struct sg_verify_request *request,
			 struct device *device, struct sg_error *err)
{
	device->any_vendor = !request->vendor;
	device->any_class = !request->class_id;
	if (request->vendor && sg_uuid_parse(request->vendor,
					     device->vendor) < 0 &&
	    sg_uuid_of_domain(request->vendor, device->vendor, err) < 0)
		return -1;
	if (!request->class_id ||
	    !sg_uuid_parse(request->class_id, device->class_id))
		return 0;
	if (!request->vendor)
		return sg_fail(err, "class \"%s\" is a name, not a UUID: say whose, with a vendor",
			       request->class_id);
	return sg_uuid_of_name(device->vendor, request->class_id,
			       device->class_id, err);
}

/* Which component: the one that was named, or the only one there is. */
static int find_component(const struct sg_verify_request *request,
			  const struct suit_manifest *m, uint8_t *buf,
			  struct suit_slice *id, struct sg_error *err)
{
	size_t len;

	if (request->component) {
		if (sg_component_parse(request->component, buf,
				       SUIT_MAX_COMPONENT_ID, &len, err) < 0)
			return -1;
		*id = (struct suit_slice){ buf, len };
		return 0;
	}
	if (m->n_components != 1)
		return sg_fail(err, "the manifest has %u components: say which one the payload is, with a component",
			       m->n_components);
	suit_manifest_component(m, 0, id);
	return 0;
}

/* Without a file, an integrated payload; several must be told apart. */
static int integrated(const struct suit_envelope *env, struct device *device,
		      struct sg_error *err)
{
	struct suit_slice uri;
	struct suit_cursor cur;
	enum suit_error error;

	if (env->n_payloads != 1)
		return sg_fail(err, "the envelope has %u integrated payloads: say what to hold against the manifest, with a payload",
			       env->n_payloads);
	suit_cursor_init(&cur, env->payloads);
	error = suit_envelope_payload_next(&cur, &uri, &device->bytes);
	return error == SUIT_OK ? 0 : sg_refuse(err, (int)error,
						"the integrated payload");
}

enum suit_error sg_verify_catalogue(const struct suit_manifest *m,
				    const struct suit_slice *id,
				    const struct suit_platform *platform)
{
	struct suit_catalogue_entry *table;
	struct suit_catalogue catalogue;
	enum suit_error error = SUIT_ERR_MEMORY;

	table = calloc(m->n_components, sizeof(*table));
	if (table)
		error = suit_catalogue_open(&catalogue, m, table);
	if (error == SUIT_OK && id)
		error = suit_decide_catalogue(&catalogue, *id, platform);
	free(table);
	return error;
}

static enum suit_error decide(const struct suit_manifest *m,
			      struct suit_slice id, struct device *device)
{
	const struct suit_platform platform = { &ops, device };
	struct suit_process process;
	enum suit_error error;
	u32 index;

	if (m->catalogue)
		return sg_verify_catalogue(m, &id, &platform);
	error = suit_manifest_find(m, id, &index);
	if (error != SUIT_OK)
		return error;
	return suit_decide(&process, m, index, &platform);
}

static int judge(const struct sg_verify_request *request,
		 const struct suit_manifest *m, struct device *device,
		 struct sg_error *err)
{
	uint8_t buf[SUIT_MAX_COMPONENT_ID];
	struct suit_slice id;
	enum suit_error error;
	char text[128];

	if (find_component(request, m, buf, &id, err) < 0)
		return -1;
	error = decide(m, id, device);
	if (error == SUIT_OK)
		return 0;
	suit_component_text(id, text, sizeof(text));
	return sg_refuse(err, (int)error, "%s", text);
}

int sg_verify_bytes(const struct sg_verify_request *request,
		    const struct suit_envelope *env,
		    struct sg_verify_report *report, struct sg_error *err)
{
	struct device device = { 0 };
	struct sg_buf payload = { 0 };
	struct suit_manifest m;
	enum suit_error error;
	int ret;

	if (read_identity(request, &device, err) < 0)
		return -1;
	error = suit_manifest_open(&m, env, sg_crypto(), SUIT_PROFILE_KERNEL);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the kernel could not use the manifest");
	if (request->payload) {
		ret = sg_file_read(request->payload, SUIT_MAX_ENVELOPE,
				   &payload, err);
		device.bytes = (struct suit_slice){ payload.data,
						    payload.len };
	} else {
		ret = integrated(env, &device, err);
	}
	if (!ret)
		ret = judge(request, &m, &device, err);
	sg_buf_free(&payload);
	report->identity_checked = !ret && !device.any_vendor &&
				   !device.any_class;
	report->decided = !ret;
	return ret;
}
