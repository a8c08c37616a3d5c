/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What everything that makes envelopes shares.
 */
#ifndef SG_AUTHOR_PRIVATE_H
#define SG_AUTHOR_PRIVATE_H

#include "cbor_write.h"
#include "core/suit.h"

enum { SG_SHA256 = 32 };

/* Every bit of a reporting policy, as the standard's examples have it. */
enum { SG_POLICY_CONDITION = 15, SG_POLICY_FETCH = 2 };

/* Members of the text about the manifest, and about one component. */
enum sg_text_label {
	SG_TEXT_MANIFEST_DESCRIPTION = 1,
	SG_TEXT_UPDATE_DESCRIPTION = 2,
	SG_TEXT_JSON_SOURCE = 3,
	SG_TEXT_YAML_SOURCE = 4,
};

enum sg_text_component_label {
	SG_TEXT_VENDOR_NAME = 1,
	SG_TEXT_MODEL_NAME = 2,
	SG_TEXT_VENDOR_DOMAIN = 3,
	SG_TEXT_MODEL_INFO = 4,
	SG_TEXT_COMPONENT_DESCRIPTION = 5,
	SG_TEXT_COMPONENT_VERSION = 6,
	SG_TEXT_VERSION_REQUIRED = 7,
	SG_TEXT_CURRENT_VERSION = 8,
};

/**
 * struct sg_envelope_parts - what an envelope is put together from
 * @manifest: encoded manifest, without the head of its bstr
 * @members: severed members and payloads, encoded keys and values, in order
 * @n_members: pairs in it
 * @wrapper: an authentication wrapper made before; empty: it is made anew
 * @untagged: without the tag of an envelope
 */
struct sg_envelope_parts {
	struct sg_buf manifest;
	struct sg_buf members;
	size_t n_members;
	struct sg_buf wrapper;
	bool untagged;
};

/* Free what @parts has. */
void sg_envelope_parts_free(struct sg_envelope_parts *parts);

/*
 * Put an envelope together, signed by the key in @key_path; unsigned if that is
 * NULL. 0 or -1.
 */
int sg_envelope_encode(const struct sg_envelope_parts *parts,
		       const char *key_path, struct sg_buf *out,
		       struct sg_error *err);
/*
 * Is the envelope one that a verifier with @profile can use, whoever signed it?
 * 0, or -1 with the verifier's error.
 */
int sg_envelope_check(const struct sg_buf *envelope, enum suit_profile profile,
		      struct sg_error *err);

/* [-16, digest], bstr-wrapped once. */
void sg_write_digest(struct sg_cbor_writer *w,
		     const uint8_t digest[SG_SHA256]);
/* Close @inner and write what it has as a byte string. */
void sg_write_wrapped(struct sg_cbor_writer *w, struct sg_cbor_writer *inner);

int sg_sha256(const void *data, size_t len, uint8_t out[SG_SHA256],
	      struct sg_error *err);
/* Digest and size of a regular file, read piece by piece. 0 or -1. */
int sg_file_sha256(const char *path, uint8_t out[SG_SHA256], uint64_t *size,
		   struct sg_error *err);

#endif /* SG_AUTHOR_PRIVATE_H */
