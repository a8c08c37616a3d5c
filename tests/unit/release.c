// SPDX-License-Identifier: GPL-2.0-or-later
#include "release.h"

#include "opened.h"
#include "suitgate/key.h"

struct sg_verify_report report;

const char *private_key(const char *name, s32 alg)
{
	const char *path = scratch("%s.pem", name);

	succeeded(sg_key_generate(alg, path, false, &why));
	return path;
}

const char *public_key(const char *name)
{
	return scratch("%s.pub", name);
}

struct sg_author_request release_request(const char *key)
{
	return (struct sg_author_request){
		.component = "firmware/acme/radio.fw",
		.payload = scratch_file("radio.fw", bytes_of("radio")),
		.vendor = "acme.example",
		.class_id = "gateway-2",
		.sequence = 7,
		.key = key,
	};
}

struct suit_slice released(const struct sg_author_request *request)
{
	struct sg_buf out;

	succeeded(sg_author(request, &out, &why));
	return taken(&out);
}

struct suit_slice signed_by(struct suit_slice envelope, const char *key)
{
	const struct sg_buf in = { (uint8_t *)envelope.ptr, envelope.len };
	struct sg_buf out;

	succeeded(sg_envelope_sign(&in, key, &out, &why));
	return taken(&out);
}

struct suit_slice signed_manifest(const char *key, const char *manifest,
				  const char *members)
{
	static const u8 nobody[] = { 0 };
	struct suit_slice bytes = diag("%s", manifest);

	return signed_by(diag("107({2: h'%s', 3: h'%s'%s})",
			      hex(wrapper_of(bytes, nobody)), hex(bytes),
			      members), key);
}

struct suit_envelope opened_envelope(struct suit_slice envelope)
{
	struct suit_envelope env;

	expect(suit_envelope_open(&env, envelope), SUIT_OK);
	return env;
}

struct suit_manifest peeked(const struct suit_envelope *env)
{
	struct suit_manifest m;

	expect(suit_manifest_peek(&m, env), SUIT_OK);
	return m;
}

struct suit_slice block_of(const struct suit_envelope *env, u32 index)
{
	struct suit_cursor cur;

	assert_in_range(index, 0, env->n_blocks - 1);
	suit_cursor_init(&cur, env->blocks);
	while (index--)
		suit_cbor_bstr(&cur);
	return suit_cbor_bstr(&cur);
}

int verify_by(struct suit_slice envelope, const char *const trust[],
	      size_t n_trust)
{
	const struct sg_verify_request request = {
		.envelope = { (uint8_t *)envelope.ptr, envelope.len },
		.trust = trust,
		.n_trust = n_trust,
	};

	return sg_verify(&request, &report, &why);
}

int verify(struct suit_slice envelope, const char *trust)
{
	return verify_by(envelope, &trust, 1);
}

int verify_bytes(struct suit_slice envelope, const char *trust,
		 const char *component, const char *payload)
{
	const struct sg_verify_request request = {
		.envelope = { (uint8_t *)envelope.ptr, envelope.len },
		.trust = &trust,
		.n_trust = 1,
		.component = component,
		.payload = payload,
	};

	return sg_verify(&request, &report, &why);
}
