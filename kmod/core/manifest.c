// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "manifest.h"

#include "cbor.h"
#include "common.h"
#include "sequence.h"

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
	u32 seen;				/* bit per severable claimed */
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
	d->seen |= 1U << member;
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

static enum suit_error read_sequence(struct suit_cursor *cur,
				     struct suit_slice *out)
{
	*out = suit_cbor_bstr(cur);
	return cur->error;
}

static enum suit_error read_component_id(struct suit_manifest *m,
					 struct suit_cursor *cur)
{
	m->component_id = suit_cbor_item(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	return suit_component_check(m->component_id);
}

/* bstr .cbor [ + int ] */
static enum suit_error read_set_version(struct suit_manifest *m,
					struct suit_cursor *cur)
{
	struct suit_cursor numbers;
	u32 n;

	m->set_version = suit_cbor_bstr(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	suit_cursor_init(&numbers, m->set_version);
	n = suit_cbor_array(&numbers);
	if (numbers.error == SUIT_OK && !n)
		return SUIT_ERR_TYPE;
	while (n-- && numbers.error == SUIT_OK)
		suit_cbor_int(&numbers);
	return suit_cursor_end(&numbers);
}

static enum suit_error read_plain_member(struct suit_manifest *m,
					 struct suit_cursor *cur, s64 label)
{
	switch (label) {
	case SUIT_MANIFEST_SEQUENCE_NUMBER:
		m->sequence_number = suit_cbor_uint(cur);
		return cur->error;
	case SUIT_MANIFEST_COMMON:
		return suit_common_decode(m, suit_cbor_bstr(cur));
	case SUIT_MANIFEST_REFERENCE_URI:
		m->reference_uri = suit_cbor_tstr(cur);
		return cur->error;
	case SUIT_MANIFEST_COMPONENT_ID:
		return read_component_id(m, cur);
	case SUIT_MANIFEST_SET_VERSION:
		return read_set_version(m, cur);
	default:
		/* 10..13 and 17 were sections in drafts before -18 and -28 */
		return (label >= 10 && label <= 13) ||
		       label == SUIT_MANIFEST_INSTALL_OLD ?
			       SUIT_ERR_MANIFEST_EPOCH :
			       SUIT_ERR_MANIFEST_MEMBER;
	}
}

static enum suit_error read_member(struct decoder *d, struct suit_cursor *cur,
				   s64 label)
{
	struct suit_slice *section = d->m->section;

	switch (label) {
	case SUIT_MANIFEST_VALIDATE:
		return read_sequence(cur, &section[SUIT_SECTION_VALIDATE]);
	case SUIT_MANIFEST_LOAD:
		return read_sequence(cur, &section[SUIT_SECTION_LOAD]);
	case SUIT_MANIFEST_INVOKE:
		return read_sequence(cur, &section[SUIT_SECTION_INVOKE]);
	case SUIT_MANIFEST_UNINSTALL:
		return read_sequence(cur, &section[SUIT_SECTION_UNINSTALL]);
	case SUIT_MANIFEST_COSWID:
		return read_severable(d, cur, label, &d->m->coswid);
	case SUIT_MANIFEST_TEXT:
		return read_severable(d, cur, label, &d->m->text);
	case SUIT_MANIFEST_DEPENDENCY_RESOLUTION:
		section += SUIT_SECTION_DEPENDENCY_RESOLUTION;
		return read_severable(d, cur, label, section);
	case SUIT_MANIFEST_PAYLOAD_FETCH:
		section += SUIT_SECTION_PAYLOAD_FETCH;
		return read_severable(d, cur, label, section);
	case SUIT_MANIFEST_CANDIDATE_VERIFICATION:
		section += SUIT_SECTION_CANDIDATE_VERIFICATION;
		return read_severable(d, cur, label, section);
	case SUIT_MANIFEST_INSTALL:
		section += SUIT_SECTION_INSTALL;
		return read_severable(d, cur, label, section);
	default:
		return read_plain_member(d->m, cur, label);
	}
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
	bool has_number = false, has_common = false;
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
		has_number |= label == SUIT_MANIFEST_SEQUENCE_NUMBER;
		has_common |= label == SUIT_MANIFEST_COMMON;
		error = read_member(d, cur, label);
	}
	if (error != SUIT_OK)
		return cur->error != SUIT_OK ? cur->error : error;
	if (!has_number || !has_common)
		return SUIT_ERR_MANIFEST_MISSING;
	return suit_cursor_end(cur);
}

/* Nothing in the envelope may claim to be part of a manifest that is not. */
static enum suit_error check_claims(const struct decoder *d)
{
	u32 i;

	for (i = 0; i < SUIT_SEVERABLE_COUNT; i++)
		if (d->m->env->severed[i].ptr && !(d->seen >> i & 1))
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

static enum suit_error check_sections(const struct suit_manifest *m,
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
	struct decoder d = { m, crypto, 0 };
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
	struct decoder d = { m, NULL, 0 };

	start(m, env);
	return decode(&d);
}

enum suit_error suit_manifest_component(const struct suit_manifest *m,
					u32 index, struct suit_slice *id)
{
	struct suit_cursor cur;
	u32 skip = index;

	if (index >= m->n_components)
		return SUIT_ERR_COMPONENT_INDEX;
	suit_cursor_init(&cur, m->components);
	if (!m->catalogue) {
		suit_cursor_take(&cur, m->component[index]);
		skip = 0;
	}
	while (skip--)
		suit_cbor_item(&cur);
	*id = suit_cbor_item(&cur);
	return cur.error;
}

enum suit_error suit_manifest_find(const struct suit_manifest *m,
				   struct suit_slice id, u32 *index)
{
	struct suit_cursor cur;
	u32 i;

	suit_cursor_init(&cur, m->components);
	for (i = 0; i < m->n_components; i++) {
		if (suit_slice_equal(suit_cbor_item(&cur), id)) {
			*index = i;
			return SUIT_OK;
		}
	}
	return SUIT_ERR_COMPONENT_ABSENT;
}

static bool covers_all(const struct suit_authority *authority,
		       const struct suit_manifest *m)
{
	struct suit_cursor cur;
	u32 i;

	if (m->component_id.ptr &&
	    !suit_authority_covers(authority, m->component_id))
		return false;
	suit_cursor_init(&cur, m->components);
	for (i = 0; i < m->n_components; i++)
		if (!suit_authority_covers(authority, suit_cbor_item(&cur)))
			return false;
	return true;
}

enum suit_error suit_manifest_authority(const struct suit_manifest *m,
					const struct suit_trust *trust,
					const struct suit_auth *auth,
					u32 *index)
{
	enum suit_error result = SUIT_ERR_THRESHOLD;
	u32 i;

	for (i = 0; i < trust->n_authorities; i++) {
		const struct suit_authority *a = &trust->authority[i];

		if (!suit_authority_agrees(trust, i, auth))
			continue;
		result = SUIT_ERR_NOT_ENTITLED;
		if (a->role == SUIT_ROLE_ROOT ||
		    (a->retired && m->sequence_number > a->last))
			continue;
		if (covers_all(a, m)) {
			*index = i;
			return SUIT_OK;
		}
	}
	return result;
}
