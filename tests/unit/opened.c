// SPDX-License-Identifier: GPL-2.0-or-later
#include "opened.h"

#include <string.h>

#include "crypto.h"
#include "seed.h"

const char *digest_of(struct suit_slice manifest)
{
	const struct suit_crypto *crypto = sg_crypto();
	struct suit_slice bstr = diag("h'%s'", hex(manifest));
	u8 value[32];
	struct suit_slice got = { value, sizeof(value) };

	expect(crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, &bstr, 1,
				   value), SUIT_OK);
	return text("[-16, h'%s']", hex(got));
}

struct suit_slice wrapper_of(struct suit_slice manifest, const u8 *signers)
{
	struct suit_slice digest = diag("%s", digest_of(manifest));
	const char *blocks = "";

	for (; *signers; signers++)
		blocks = text("%s, h'%s'", blocks,
			      hex(toy_block(*signers, digest)));
	return diag("[h'%s'%s]", hex(digest), blocks);
}

struct suit_slice envelope_of(struct suit_slice manifest, const char *members)
{
	static const u8 signers[] = { 1, 0 };

	return diag("107({2: h'%s', 3: h'%s'%s})",
		    hex(wrapper_of(manifest, signers)), hex(manifest),
		    members);
}

enum suit_error open_envelope(struct opened *o, struct suit_slice envelope,
			      enum suit_profile profile)
{
	enum suit_error error;

	toy_reset();
	seed_write(envelope, 0, NULL);
	memset(o, 0, sizeof(*o));
	o->key = toy_key(1, SUIT_ALG_ESP256, "");
	o->trust.key = &o->key;
	o->trust.n_keys = 1;
	error = suit_envelope_open(&o->env, envelope);
	if (error != SUIT_OK)
		return error;
	error = suit_envelope_authenticate(&o->env, &o->trust, toy_crypto(),
					   &o->auth);
	if (error != SUIT_OK)
		return error;
	return suit_manifest_open(&o->m, &o->env, toy_crypto(), profile);
}

enum suit_error open_manifest(struct opened *o, enum suit_profile profile,
			      const char *manifest, const char *members)
{
	return open_envelope(o, envelope_of(diag("%s", manifest), members),
			     profile);
}

const char *manifest_of(unsigned int components, const char *common,
			const char *members)
{
	const char *ids = "";
	unsigned int i;

	for (i = 0; i < components; i++)
		ids = text("%s%s['c', '%u']", ids, i ? ", " : "", i);
	return text("{1: 1, 2: 7, 3: <<{2: [%s]%s}>>%s}", ids, common,
		    members);
}

enum suit_error open_sections(unsigned int components, const char *shared,
			      const char *sections, enum suit_profile profile)
{
	const char *common = *shared ? text(", 4: <<%s>>", shared) : "";
	struct opened o;

	return open_manifest(&o, profile,
			     manifest_of(components, common, sections), "");
}
