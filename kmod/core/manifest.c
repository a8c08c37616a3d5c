// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "manifest.h"

#include "cbor.h"
#include "common.h"
#include "sequence.h"
#include "version.h"

static const char *const section_names[SUIT_SECTION_COUNT] = {
	[SUIT_SECTION_SHARED] = "shared-sequence",
	[SUIT_SECTION_DEPENDENCY_RESOLUTION] = "dependency-resolution",
	[SUIT_SECTION_PAYLOAD_FETCH] = "payload-fetch",
	[SUIT_SECTION_CANDIDATE_VERIFICATION] = "candidate-verification",
	[SUIT_SECTION_INSTALL] = "install",
	[SUIT_SECTION_VALIDATE] = "validate",
	[SUIT_SECTION_LOAD] = "load",
	[SUIT_SECTION_INVOKE] = "invoke",
	[SUIT_SECTION_UNINSTALL] = "uninstall",
};

const char *suit_section_name(enum suit_section section)
{
	u32 index = (u32)section;

	return index < SUIT_SECTION_COUNT ? section_names[index] : "unknown";
}

/* What decoding one manifest needs to know besides the manifest. */
struct decoder {
	struct suit_manifest *m;
	const struct suit_crypto *crypto;	/* NULL: for display only */
	u32 severed;				/* bit per severable claimed */
	u32 seen;				/* bit per member */
};

/* How a member is read, and the section it is, if it is one. */
struct member {
	u8 label;
	u8 section;
	enum suit_error (*read)(struct decoder *d, struct suit_cursor *cur,
				const struct member *member);
};

static struct suit_slice bstr_content(struct suit_slice encoded)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, encoded);
	return suit_cbor_bstr(&cur);
}

/*
 * A severable member: a bstr in place, or the digest of the envelope's member
 * of the same label, whose head is covered too (8.6).
 */
static enum suit_error read_severable(struct decoder *d,
				      struct suit_cursor *cur, s64 label,
				      struct suit_slice *out)
{
	int member = suit_severable_of(label);
	struct suit_slice severed;
	struct suit_digest digest;
	enum suit_error error;

	if (suit_cbor_peek(cur) != SUIT_CBOR_ARRAY) {
		*out = suit_cbor_bstr(cur);
		return cur->error;
	}
	error = suit_digest_decode(suit_cbor_item(cur), &digest);
	if (cur->error != SUIT_OK || error != SUIT_OK)
		return cur->error != SUIT_OK ? cur->error : error;
	d->severed |= 1U << member;
	severed = d->m->env->severed[member];
	if (!severed.ptr) {
		d->m->severed_absent |= (u8)(1U << member);
		return SUIT_OK;
	}
	*out = bstr_content(severed);
	if (out->len > SUIT_MAX_MANIFEST)
		return SUIT_ERR_MANIFEST_SIZE;
	if (!d->crypto)
		return SUIT_OK;
	return suit_digest_check(d->crypto, &digest, severed,
				 SUIT_ERR_SEVERED_DIGEST);
}

static enum suit_error read_severable_section(struct decoder *d,
					      struct suit_cursor *cur,
					      const struct member *member)
{
	return read_severable(d, cur, member->label,
			      &d->m->section[member->section]);
}

static enum suit_error read_text(struct decoder *d, struct suit_cursor *cur,
				 const struct member *member)
{
	return read_severable(d, cur, member->label, &d->m->text);
}

static enum suit_error read_coswid(struct decoder *d, struct suit_cursor *cur,
				   const struct member *member)
{
	return read_severable(d, cur, member->label, &d->m->coswid);
}

static enum suit_error read_section(struct decoder *d, struct suit_cursor *cur,
				    const struct member *member)
{
	d->m->section[member->section] = suit_cbor_bstr(cur);
	return cur->error;
}

static enum suit_error read_number(struct decoder *d, struct suit_cursor *cur,
				   const struct member *member)
{
	(void)member;
	d->m->sequence_number = suit_cbor_uint(cur);
	return cur->error;
}

static enum suit_error read_common(struct decoder *d, struct suit_cursor *cur,
				   const struct member *member)
{
	(void)member;
	return suit_common_decode(d->m, suit_cbor_bstr(cur));
}

static enum suit_error read_uri(struct decoder *d, struct suit_cursor *cur,
				const struct member *member)
{
	(void)member;
	d->m->reference_uri = suit_cbor_tstr(cur);
	return cur->error;
}

static enum suit_error read_component_id(struct decoder *d,
					 struct suit_cursor *cur,
					 const struct member *member)
{
	(void)member;
	d->m->component_id = suit_cbor_item(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	return suit_component_check(d->m->component_id);
}

/* bstr .cbor [ + int ] */
static enum suit_error read_set_version(struct decoder *d,
					struct suit_cursor *cur,
					const struct member *member)
{
	struct suit_version version;

	(void)member;
	d->m->set_version = suit_cbor_bstr(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	return suit_version_decode(d->m->set_version, &version);
}

/* The version, which comes first, is read apart. */
static const struct member members[] = {
	{ SUIT_MANIFEST_VERSION, 0, NULL },
	{ SUIT_MANIFEST_SEQUENCE_NUMBER, 0, read_number },
	{ SUIT_MANIFEST_COMMON, 0, read_common },
	{ SUIT_MANIFEST_REFERENCE_URI, 0, read_uri },
	{ SUIT_MANIFEST_COMPONENT_ID, 0, read_component_id },
	{ SUIT_MANIFEST_SET_VERSION, 0, read_set_version },
	{ SUIT_MANIFEST_VALIDATE, SUIT_SECTION_VALIDATE, read_section },
	{ SUIT_MANIFEST_LOAD, SUIT_SECTION_LOAD, read_section },
	{ SUIT_MANIFEST_INVOKE, SUIT_SECTION_INVOKE, read_section },
	{ SUIT_MANIFEST_COSWID, 0, read_coswid },
	{ SUIT_MANIFEST_DEPENDENCY_RESOLUTION,
	  SUIT_SECTION_DEPENDENCY_RESOLUTION, read_severable_section },
	{ SUIT_MANIFEST_PAYLOAD_FETCH, SUIT_SECTION_PAYLOAD_FETCH,
	  read_severable_section },
	{ SUIT_MANIFEST_CANDIDATE_VERIFICATION,
	  SUIT_SECTION_CANDIDATE_VERIFICATION, read_severable_section },
	{ SUIT_MANIFEST_INSTALL, SUIT_SECTION_INSTALL,
	  read_severable_section },
	{ SUIT_MANIFEST_TEXT, 0, read_text },
	{ SUIT_MANIFEST_UNINSTALL, SUIT_SECTION_UNINSTALL, read_section },
};

enum { N_MEMBERS = sizeof(members) / sizeof(members[0]) };

bool suit_manifest_label(u32 row, s64 *label)
{
	if (row >= N_MEMBERS)
		return false;
	*label = members[row].label;
	return true;
}

u32 suit_section_label(enum suit_section section)
{
	u32 i;

	for (i = 0; i < N_MEMBERS; i++)
		if (members[i].section == section &&
		    section != SUIT_SECTION_SHARED)
			return members[i].label;
	return SUIT_COMMON_SHARED_SEQUENCE;
}

static enum suit_error read_member(struct decoder *d, struct suit_cursor *cur,
				   s64 label)
{
	u32 i;

	for (i = 1; i < N_MEMBERS; i++) {
		if (members[i].label != label)
			continue;
		d->seen |= 1U << label;
		return members[i].read(d, cur, &members[i]);
	}
	d->m->epoch = (u8)suit_epoch_of_member(label);
	return d->m->epoch ? SUIT_ERR_MANIFEST_EPOCH :
			     SUIT_ERR_MANIFEST_MEMBER;
}

/* The version is read first: it says whether the rest means anything. */
static enum suit_error read_version(struct suit_cursor *cur,
				    struct suit_cbor_key *order)
{
	u64 version;

	if (suit_cbor_key_int(cur, order) != SUIT_MANIFEST_VERSION)
		return cur->error != SUIT_OK ? cur->error :
					       SUIT_ERR_MANIFEST_MISSING;
	version = suit_cbor_uint(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	return version == 1 ? SUIT_OK : SUIT_ERR_MANIFEST_VERSION;
}

static enum suit_error read_members(struct decoder *d, struct suit_cursor *cur)
{
	u32 needed = 1U << SUIT_MANIFEST_SEQUENCE_NUMBER |
		     1U << SUIT_MANIFEST_COMMON;
	struct suit_cbor_key order = { 0 };
	u32 n = suit_cbor_map(cur);
	enum suit_error error;
	s64 label;

	if (cur->error == SUIT_OK && !n)
		return SUIT_ERR_MANIFEST_MISSING;
	error = read_version(cur, &order);
	while (error == SUIT_OK && --n) {
		label = suit_cbor_key_int(cur, &order);
		if (cur->error != SUIT_OK)
			return cur->error;
		error = read_member(d, cur, label);
	}
	if (error != SUIT_OK)
		return cur->error != SUIT_OK ? cur->error : error;
	if ((d->seen & needed) != needed)
		return SUIT_ERR_MANIFEST_MISSING;
	return suit_cursor_end(cur);
}

/* Nothing in the envelope may claim to be part of a manifest that is not. */
static enum suit_error check_claims(const struct decoder *d)
{
	u32 i;

	for (i = 0; i < SUIT_SEVERABLE_COUNT; i++)
		if (d->m->env->severed[i].ptr && !(d->severed >> i & 1))
			return SUIT_ERR_SEVERED_UNCLAIMED;
	return SUIT_OK;
}

static enum suit_error decode(struct decoder *d)
{
	struct suit_cursor cur;
	enum suit_error error;

	if (d->m->bytes.len > SUIT_MAX_CATALOGUE)
		return SUIT_ERR_MANIFEST_SIZE;
	suit_cursor_init(&cur, d->m->bytes);
	error = read_members(d, &cur);
	if (error != SUIT_OK)
		return error;
	if (d->m->bytes.len > SUIT_MAX_MANIFEST && !d->m->catalogue)
		return SUIT_ERR_MANIFEST_SIZE;
	return check_claims(d);
}

static enum suit_error check_sections(struct suit_manifest *m,
				      enum suit_profile profile)
{
	enum suit_error error;
	u32 i;

	for (i = 0; i < SUIT_SECTION_COUNT; i++) {
		error = suit_sequence_check(m, (enum suit_section)i, profile);
		if (error != SUIT_OK)
			return error;
	}
	return suit_sequence_effective(m);
}

static void start(struct suit_manifest *m, const struct suit_envelope *env)
{
	memset(m, 0, sizeof(*m));
	m->env = env;
	m->bytes = env->manifest;
}

enum suit_error suit_manifest_open(struct suit_manifest *m,
				   const struct suit_envelope *env,
				   const struct suit_crypto *crypto,
				   enum suit_profile profile)
{
	struct decoder d = { m, crypto, 0, 0 };
	enum suit_error error;

	start(m, env);
	if (!env->authenticated)
		return SUIT_ERR_NO_KEY;
	error = decode(&d);
	if (error != SUIT_OK)
		return error;
	if (profile == SUIT_PROFILE_KERNEL && m->dependencies.ptr)
		return SUIT_ERR_DEPENDENCIES;
	/* a catalogue is checked by suit_catalogue_open(), in one pass */
	if (!m->catalogue)
		error = check_sections(m, profile);
	if (error == SUIT_OK)
		m->profile = (u8)profile;
	return error;
}

enum suit_error suit_manifest_peek(struct suit_manifest *m,
				   const struct suit_envelope *env)
{
	struct decoder d = { m, NULL, 0, 0 };

	start(m, env);
	return decode(&d);
}
