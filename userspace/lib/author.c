// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A manifest for one file.
 */
#include <string.h>

#include "author_private.h"
#include "component_text.h"
#include "spec_version.h"
#include "suitgate/author.h"
#include "uuid.h"

enum { UUID = 16 };

/* What the request's words mean. */
struct subject {
	const struct sg_author_request *request;
	uint8_t id[SUIT_MAX_COMPONENT_ID];
	size_t id_len;
	uint8_t vendor[UUID];
	uint8_t class_id[UUID];
	uint8_t digest[SG_SHA256];
	uint64_t size;
	int64_t version[SG_VERSION_PARTS];
	size_t n_version;		/* 0: the version is text only */
	struct sg_buf payload;		/* of an integrated one */
	const char *uri;		/* where install finds it */
};

/* A class by name has a vendor to be the name's space. */
static int resolve_ids(struct subject *s, struct sg_error *err)
{
	const struct sg_author_request *r = s->request;

	if (r->vendor && sg_uuid_parse(r->vendor, s->vendor) < 0 &&
	    sg_uuid_of_domain(r->vendor, s->vendor, err) < 0)
		return -1;
	if (!r->class_id || !sg_uuid_parse(r->class_id, s->class_id))
		return 0;
	if (!r->vendor)
		return sg_fail(err, "class \"%s\" is a name, not a UUID: say whose, with a vendor",
			       r->class_id);
	return sg_uuid_of_name(s->vendor, r->class_id, s->class_id, err);
}

static int read_payload(struct subject *s, struct sg_error *err)
{
	const struct sg_author_request *r = s->request;

	if (!r->integrated)
		return sg_file_sha256(r->payload, s->digest, &s->size, err);
	if (sg_file_read(r->payload, SUIT_MAX_ENVELOPE, &s->payload, err) < 0)
		return -1;
	s->size = s->payload.len;
	return sg_sha256(s->payload.data, s->payload.len, s->digest, err);
}

/* The text of a manifest is what no verifier looks at: its author does. */
static int check_text(const char *what, const char *text, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct sg_buf item;
	enum suit_error error;

	if (!text)
		return 0;
	sg_cbor_write_text(&w, text);
	if (sg_cbor_write_end(&w, &item, err) < 0)
		return -1;
	error = suit_cbor_check((struct suit_slice){ item.data, item.len });
	sg_buf_free(&item);
	if (error != SUIT_OK)
		return sg_fail(err, "the %s is not UTF-8 text", what);
	return 0;
}

/* Devices compare versions; one that they cannot compare is for people. */
static void resolve_version(struct subject *s)
{
	const char *text = s->request->version;

	if (!text || sg_version_parse(text, s->version, &s->n_version) < 0 ||
	    s->n_version > SUIT_MAX_VERSION)
		s->n_version = 0;
}

static int resolve(struct subject *s, struct sg_error *err)
{
	const struct sg_author_request *r = s->request;

	if (!r->component || !strchr(r->component, '/'))
		return sg_fail(err, "\"%s\" is not a component: write TYPE/NAME, for example firmware/regulatory.db",
			       r->component ? r->component : "");
	if (!r->payload)
		return sg_fail(err, "component %s needs a payload",
			       r->component);
	if (r->uri && r->integrated)
		return sg_fail(err, "the payload is either integrated or at a URI");
	if (check_text("version", r->version, err) < 0 ||
	    check_text("class", r->class_id, err) < 0 ||
	    sg_component_parse(r->component, s->id, sizeof(s->id), &s->id_len,
			       err) < 0 || resolve_ids(s, err) < 0)
		return -1;
	resolve_version(s);
	s->uri = r->integrated ? "#payload" : r->uri;
	return read_payload(s, err);
}

static void write_params(struct sg_cbor_writer *w, const struct subject *s)
{
	const struct sg_author_request *r = s->request;

	sg_cbor_write_map(w, 2 + (r->vendor != NULL) + (r->class_id != NULL));
	if (r->vendor) {
		sg_cbor_write_uint(w, SUIT_PARAM_VENDOR);
		sg_cbor_write_bytes(w, s->vendor, UUID);
	}
	if (r->class_id) {
		sg_cbor_write_uint(w, SUIT_PARAM_CLASS);
		sg_cbor_write_bytes(w, s->class_id, UUID);
	}
	sg_cbor_write_uint(w, SUIT_PARAM_IMAGE_DIGEST);
	sg_write_digest(w, s->digest);
	sg_cbor_write_uint(w, SUIT_PARAM_IMAGE_SIZE);
	sg_cbor_write_uint(w, s->size);
}

static void write_command(struct sg_cbor_writer *w, int code, int policy)
{
	sg_cbor_write_int(w, code);
	sg_cbor_write_int(w, policy);
}

static void write_shared(struct sg_cbor_writer *out, const struct subject *s)
{
	const struct sg_author_request *r = s->request;
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_array(&w, 2 + 2 * ((r->vendor != NULL) +
					 (r->class_id != NULL)));
	sg_cbor_write_uint(&w, SUIT_DIR_OVERRIDE_PARAMETERS);
	write_params(&w, s);
	if (r->vendor)
		write_command(&w, SUIT_COND_VENDOR, SG_POLICY_CONDITION);
	if (r->class_id)
		write_command(&w, SUIT_COND_CLASS, SG_POLICY_CONDITION);
	sg_write_wrapped(out, &w);
}

static void write_common(struct sg_cbor_writer *out, const struct subject *s)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_map(&w, 2);
	sg_cbor_write_uint(&w, SUIT_COMMON_COMPONENTS);
	sg_cbor_write_array(&w, 1);
	sg_cbor_write_raw(&w, s->id, s->id_len);
	sg_cbor_write_uint(&w, SUIT_COMMON_SHARED_SEQUENCE);
	write_shared(&w, s);
	sg_write_wrapped(out, &w);
}

static void write_set_version(struct sg_cbor_writer *out,
			      const struct subject *s)
{
	struct sg_cbor_writer w = { 0 };
	size_t i;

	sg_cbor_write_array(&w, s->n_version);
	for (i = 0; i < s->n_version; i++)
		sg_cbor_write_int(&w, s->version[i]);
	sg_write_wrapped(out, &w);
}

static void write_validate(struct sg_cbor_writer *out)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_array(&w, 2);
	write_command(&w, SUIT_COND_IMAGE_MATCH, SG_POLICY_CONDITION);
	sg_write_wrapped(out, &w);
}

static void write_fetch(struct sg_cbor_writer *out, const char *uri)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_array(&w, 6);
	sg_cbor_write_uint(&w, SUIT_DIR_OVERRIDE_PARAMETERS);
	sg_cbor_write_map(&w, 1);
	sg_cbor_write_uint(&w, SUIT_PARAM_URI);
	sg_cbor_write_text(&w, uri);
	write_command(&w, SUIT_DIR_FETCH, SG_POLICY_FETCH);
	write_command(&w, SUIT_COND_IMAGE_MATCH, SG_POLICY_CONDITION);
	sg_write_wrapped(out, &w);
}

/* { "en": { id: { ? model name, version } } } */
static void write_text(struct sg_cbor_writer *out, const struct subject *s)
{
	const struct sg_author_request *r = s->request;
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_map(&w, 1);
	sg_cbor_write_text(&w, "en");
	sg_cbor_write_map(&w, 1);
	sg_cbor_write_raw(&w, s->id, s->id_len);
	sg_cbor_write_map(&w, r->class_id ? 2 : 1);
	if (r->class_id) {
		sg_cbor_write_uint(&w, SG_TEXT_MODEL_NAME);
		sg_cbor_write_text(&w, r->class_id);
	}
	sg_cbor_write_uint(&w, SG_TEXT_COMPONENT_VERSION);
	sg_cbor_write_text(&w, r->version);
	sg_write_wrapped(out, &w);
}

static void write_manifest(struct sg_cbor_writer *w, const struct subject *s)
{
	const struct sg_author_request *r = s->request;

	sg_cbor_write_map(w, (size_t)4 + (s->n_version > 0) +
			     (s->uri != NULL) + (r->version != NULL));
	sg_cbor_write_uint(w, SUIT_MANIFEST_VERSION);
	sg_cbor_write_uint(w, 1);
	sg_cbor_write_uint(w, SUIT_MANIFEST_SEQUENCE_NUMBER);
	sg_cbor_write_uint(w, r->sequence);
	sg_cbor_write_uint(w, SUIT_MANIFEST_COMMON);
	write_common(w, s);
	if (s->n_version) {
		sg_cbor_write_uint(w, SUIT_MANIFEST_SET_VERSION);
		write_set_version(w, s);
	}
	sg_cbor_write_uint(w, SUIT_MANIFEST_VALIDATE);
	write_validate(w);
	if (s->uri) {
		sg_cbor_write_uint(w, r->integrated ?
					SUIT_MANIFEST_INSTALL :
					SUIT_MANIFEST_PAYLOAD_FETCH);
		write_fetch(w, s->uri);
	}
	if (r->version) {
		sg_cbor_write_uint(w, SUIT_MANIFEST_TEXT);
		write_text(w, s);
	}
}

static int encode(const struct subject *s, struct sg_buf *out,
		  struct sg_error *err)
{
	struct sg_envelope_parts parts = { 0 };
	struct sg_cbor_writer w = { 0 };
	int ret = -1;

	write_manifest(&w, s);
	if (sg_cbor_write_end(&w, &parts.manifest, err) < 0)
		goto out;
	if (s->request->integrated) {
		sg_cbor_write_text(&w, s->uri);
		sg_cbor_write_bytes(&w, s->payload.data, s->payload.len);
		parts.n_members = 1;
		if (sg_cbor_write_end(&w, &parts.members, err) < 0)
			goto out;
	}
	ret = sg_envelope_encode(&parts, s->request->key, out, err);
out:
	sg_envelope_parts_free(&parts);
	return ret;
}

int sg_author(const struct sg_author_request *request, struct sg_buf *out,
	      struct sg_error *err)
{
	struct subject s = { .request = request };
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	if (resolve(&s, err) < 0 || encode(&s, out, err) < 0)
		goto out;
	ret = sg_envelope_check(out, SUIT_PROFILE_KERNEL, err);
	if (ret < 0)
		sg_buf_free(out);
out:
	sg_buf_free(&s.payload);
	return ret;
}
