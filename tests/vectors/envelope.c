// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the metadata says of an envelope, and what the core says.
 */
#include <string.h>

#include "check.h"
#include "crypto.h"
#include "tap.h"

static bool says(sd_json_variant *expect, const char *key, bool otherwise)
{
	sd_json_variant *member = json_get(expect, key);

	return member ? sd_json_variant_boolean(member) : otherwise;
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* Well-formed, in the shortest form, maps in order. */
static void check_decodes(const struct vector *v, sd_json_variant *expect)
{
	enum suit_error error = suit_cbor_check(v->bytes);
	const char *outcome = json_text(expect, "outcome");
	bool good = says(expect, "decodes", true) &&
		    says(expect, "cbor_preferred", true) &&
		    says(expect, "cbor_map_order_deterministic", true) &&
		    !same(v->kind, "suit-envelope-malformed");

	tap_begin("%s: encoding", v->id);
	tap_check(good == (error == SUIT_OK), "%s, but %s",
		  suit_error_name(error), outcome ? outcome : "expected good");
	tap_end();
}

static s64 integer(sd_json_variant *v, const char *key)
{
	return sd_json_variant_integer(json_get(v, key));
}

/*
 * One authentication block: valid under the named key and no other. False when
 * it cannot be told here: @missing says what is not there.
 */
static bool check_block(struct suit_slice block, struct suit_slice digest,
			sd_json_variant *expect, const struct keyring *all,
			const char **missing)
{
	struct suit_slice aad = { NULL, 0 };
	struct suit_auth auth = { 0 };
	enum suit_error error;
	const char *name = json_text(expect, "key");
	s64 alg = integer(expect, "alg");
	u32 i, by = 0;

	error = suit_cose_verify(block, digest, aad, &all->trust, sg_crypto(),
				 &auth);
	if (error == SUIT_ERR_COSE_TYPE &&
	    same(json_text(expect, "cose"), "COSE_Mac0")) {
		*missing = "COSE_Mac0";
		return false;
	}
	for (i = 0; i < all->trust.n_keys; i++) {
		if (!(auth.valid[i / 64] >> (i % 64) & 1))
			continue;
		by++;
		tap_check(same(all->name[i], name) && all->key[i].alg == alg,
			  "%s signed, not %s", all->name[i], name);
	}
	if (!says(expect, "valid", false))
		tap_check(error == SUIT_ERR_SIGNATURE && !by,
			  "a bad signature: %s", suit_error_name(error));
	else
		tap_check(error == SUIT_OK && by == 1, "by %s: %s",
			  name, suit_error_name(error));
	return true;
}

static void check_signatures(const struct vector *v, sd_json_variant *expect,
			     const struct suit_envelope *env,
			     const struct keyring *all)
{
	sd_json_variant *blocks = json_get(expect, "auth");
	const char *missing = NULL;
	struct suit_cursor cur;
	u32 i;

	tap_begin("%s: signatures", v->id);
	tap_check(env->n_blocks == sd_json_variant_elements(blocks),
		  "%u blocks", env->n_blocks);
	suit_cursor_init(&cur, env->blocks);
	for (i = 0; i < env->n_blocks; i++)
		if (!check_block(suit_cbor_bstr(&cur), env->digest,
				 sd_json_variant_by_index(blocks, i), all,
				 &missing))
			tap_skip("needs %s", missing);
	tap_end();
}

static void check_digest(const struct vector *v, sd_json_variant *expect,
			 const struct suit_envelope *env)
{
	sd_json_variant *want = json_get(expect, "suit_digest");
	struct suit_digest digest;
	enum suit_error error;

	tap_begin("%s: digest of the manifest", v->id);
	if (tap_check(suit_digest_decode(env->digest, &digest) == SUIT_OK,
		      "no digest")) {
		tap_check(digest.alg == integer(want, "alg"), "algorithm %d",
			  digest.alg);
		tap_check(same(json_text(want, "value"), to_hex(digest.value)),
			  "it is %s", to_hex(digest.value));
		error = suit_digest_check(sg_crypto(), &digest,
					  env->manifest_bstr,
					  SUIT_ERR_MANIFEST_DIGEST);
		tap_check(error == (says(want, "match", true) ?
				    SUIT_OK : SUIT_ERR_MANIFEST_DIGEST),
			  "%s", suit_error_name(error));
	}
	tap_end();
}

/* "h:00", "h:01" of an array: are these the segments of @id? */
static void check_id(struct suit_slice id, sd_json_variant *segments)
{
	size_t n = sd_json_variant_elements(segments), i;
	sd_json_variant *segment;

	for (i = 0; i < n; i++) {
		segment = sd_json_variant_by_index(segments, i);
		tap_check(same(sd_json_variant_string(segment) + 2,
			       to_hex(suit_component_segment(id, (u32)i))),
			  "segment %zu is not %s", i,
			  sd_json_variant_string(segment));
	}
	tap_check(id.ptr && !suit_component_segment(id, (u32)n).ptr,
		  "another number of segments");
}

static void check_sections(const struct suit_manifest *m,
			   sd_json_variant *want)
{
	sd_json_variant *sections = json_get(want, "sections");
	u32 i;

	tap_check(!m->section[SUIT_SECTION_SHARED].ptr ==
		  !json_get(want, "shared_sequence"), "shared sequence");
	for (i = SUIT_SECTION_SHARED + 1; i < SUIT_SECTION_COUNT; i++) {
		const char *name = suit_section_name((enum suit_section)i);

		tap_check(!m->section[i].ptr == !json_get(sections, name),
			  "section %s", name);
	}
}

static void check_payloads(const struct suit_envelope *env,
			   sd_json_variant *want)
{
	size_t n = sd_json_variant_elements(want), i;
	struct suit_slice got, name;
	sd_json_variant *payload;
	const char *uri;

	/* a key and a value for each */
	tap_check(2 * env->n_payloads == n, "%u payloads", env->n_payloads);
	for (i = 0; i + 1 < n; i += 2) {
		uri = sd_json_variant_string(sd_json_variant_by_index(want, i));
		payload = sd_json_variant_by_index(want, i + 1);
		name.ptr = (const u8 *)uri;
		name.len = strlen(uri);
		if (!tap_check(suit_envelope_payload(env, name, &got) ==
			       SUIT_OK, "no payload %s", uri))
			continue;
		tap_check((s64)got.len == integer(payload, "size") &&
			  same(sha256_hex(got), json_text(payload, "sha256")),
			  "payload %s is another", uri);
	}
}

/* Peeked at, because a vector may be one that nobody accepts. */
static void check_content(const struct vector *v,
			  const struct suit_envelope *env)
{
	sd_json_variant *structure = json_get(v->meta, "structure"), *want;
	sd_json_variant *components;
	struct suit_manifest m;
	struct suit_slice id;
	enum suit_error error;
	u32 i;

	tap_begin("%s: content", v->id);
	want = json_get(structure, "manifest");
	components = json_get(want, "components");
	error = suit_manifest_peek(&m, env);
	if (error == SUIT_OK) {
		tap_check((s64)m.sequence_number ==
			  integer(want, "sequence_number"), "sequence number");
		tap_check(m.n_components ==
			  sd_json_variant_elements(components), "components");
		for (i = 0; i < m.n_components; i++)
			if (suit_manifest_component(&m, i, &id) == SUIT_OK)
				check_id(id, sd_json_variant_by_index(
					components, i));
		if (json_get(want, "manifest_component_id"))
			check_id(m.component_id, json_get(
				want, "manifest_component_id"));
		check_sections(&m, want);
		check_payloads(env, json_get(structure, "integrated"));
	} else {
		tap_check(same(verdict_of(v)->error, suit_error_name(error)),
			  "%s", suit_error_name(error));
	}
	tap_end();
}

/* Which draft it looks like is said. */
static void check_epoch(const struct opening *o, const char *draft)
{
	u8 epoch = o->env.epoch ? o->env.epoch : o->m.epoch;
	const char *name = suit_epoch_name((enum suit_epoch)epoch);

	tap_check(*name && same(name, draft), "\"%s\", not \"%s\"", name,
		  draft);
}

/*
 * The verdict is the one of verdicts.tsv, and where it is not what the metadata
 * expects there is a reason.
 */
static void check_verdict(const struct vector *v, sd_json_variant *expect,
			  const struct keyring *all)
{
	const struct verdict *verdict = verdict_of(v);
	const char *outcome = json_text(expect, "outcome");
	struct opening o;
	enum suit_error error = open_whole(&o, v->bytes, &all->trust);
	bool refuse = outcome ? !strncmp(outcome, "reject:", 7) :
		      says(expect, "must_not_be_accepted_as_current", false);
	bool accept = outcome && !strncmp(outcome, "accept", 6);

	tap_begin("%s: verdict", v->id);
	tap_check(same(verdict->error, suit_error_name(error)), "%s, not %s",
		  suit_error_name(error), verdict->error);
	if (error == SUIT_ERR_MANIFEST_EPOCH)
		check_epoch(&o, verdict->why);
	if (same(verdict->why, "-"))
		tap_check(!(error == SUIT_OK ? refuse : accept),
			  "%s, but %s", suit_error_name(error),
			  outcome ? outcome : "not to be accepted");
	tap_end();
}

void check_envelope(const struct vector *v, const struct keyring *all)
{
	sd_json_variant *expect = json_get(v->meta, "expect");
	struct suit_envelope env;

	check_decodes(v, expect);
	if (!strcmp(v->kind, "suit-envelope") &&
	    suit_envelope_open(&env, v->bytes) == SUIT_OK) {
		check_signatures(v, expect, &env, all);
		check_digest(v, expect, &env);
		check_content(v, &env);
	}
	check_verdict(v, expect, all);
}
