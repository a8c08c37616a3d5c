// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's verdict in user space: these bytes, as this component, on this
 * gateway.
 */
#include <string.h>

#include "release.h"

static const char component[] = "firmware/acme/radio.fw";
static const char *key, *trust;

static void open_shop(void)
{
	key = private_key("acme", SUIT_ALG_ESP256);
	trust = public_key("acme");
}

static const char *file_of(const char *content)
{
	return scratch_file("payload", bytes_of(content));
}

static void only_these_bytes(void **state)
{
	struct sg_author_request request;
	struct suit_slice envelope, good;
	const char *payload;
	size_t i;

	(void)state;
	open_shop();
	request = release_request(key);
	envelope = released(&request);
	good = bytes_of("radio");
	succeeded(verify_bytes(envelope, trust, component, file_of("radio")));
	assert_true(report.decided);
	for (i = 0; i < good.len; i++) {
		payload = scratch_file("flipped", flipped(good, (long)i));
		refused(verify_bytes(envelope, trust, component, payload),
			SUIT_ERR_IMAGE);
		assert_true(report.well_formed);
		assert_false(report.decided);
	}
	for (i = 0; i < good.len; i++) {
		payload = scratch_file("cut", (struct suit_slice){ good.ptr,
								   i });
		refused(verify_bytes(envelope, trust, component, payload),
			SUIT_ERR_IMAGE_SIZE);
	}
	refused(verify_bytes(envelope, trust, component, file_of("radio\n")),
		SUIT_ERR_IMAGE_SIZE);
	failed(verify_bytes(envelope, trust, component, scratch("none")),
	       "none: No such file");
	failed(verify_bytes(envelope, trust, component, scratch(".")),
	       "is not a regular file");
}

static void only_this_component(void **state)
{
	struct sg_author_request request;
	struct suit_slice envelope;
	const char *payload;

	(void)state;
	open_shop();
	request = release_request(key);
	envelope = released(&request);
	payload = request.payload;
	refused(verify_bytes(envelope, trust, "firmware/acme/radio", payload),
		SUIT_ERR_COMPONENT_ABSENT);
	refused(verify_bytes(envelope, trust, "firmware/acme/radio.fw.xz",
			     payload), SUIT_ERR_COMPONENT_ABSENT);
	refused(verify_bytes(envelope, trust, "upload/acme/radio.fw", payload),
		SUIT_ERR_COMPONENT_ABSENT);
	failed(verify_bytes(envelope, trust, "firmware/../radio.fw", payload),
	       "is not a component");
	/* no bytes given, and none inside */
	failed(verify_bytes(envelope, trust, component, NULL),
	       "the envelope has 0 integrated payloads");
}

static const char validate[] = "7: <<[12, true, 3, 15]>>";

static struct suit_slice two_components(const char *members)
{
	return signed_manifest(key, text(
		"{1: 1, 2: 1, 3: <<{2: [['firmware', 'a'], ['firmware', 'b']],"
		" 4: <<[12, 0, 20, {3: <<digest'aaa'>>},"
		" 12, 1, 20, {3: <<digest'bb'>>}]>>}>>, %s}", validate),
		members);
}

static void which_of_two(void **state)
{
	struct suit_slice envelope, with_payloads;
	const char *payload;

	(void)state;
	open_shop();
	envelope = two_components("");
	payload = file_of("bb");
	succeeded(verify_bytes(envelope, trust, "firmware/b", payload));
	refused(verify_bytes(envelope, trust, "firmware/a", payload),
		SUIT_ERR_IMAGE);
	failed(verify_bytes(envelope, trust, NULL, payload),
	       "the manifest has 2 components: say which one");
	with_payloads = two_components(", \"#a\": 'aaa', \"#b\": 'bb'");
	failed(verify_bytes(with_payloads, trust, "firmware/b", NULL),
	       "the envelope has 2 integrated payloads");
	with_payloads = two_components(", \"#b\": 'bb'");
	succeeded(verify_bytes(with_payloads, trust, "firmware/b", NULL));
	refused(verify_bytes(with_payloads, trust, "firmware/a", NULL),
		SUIT_ERR_IMAGE);
}

static void a_row_of_a_catalogue(void **state)
{
	struct suit_slice envelope;
	const char *payload;

	(void)state;
	open_shop();
	envelope = signed_manifest(key, text(
		"{1: 1, 2: 3, 3: <<{2: [%s], 4: <<[%s]>>}>>, %s}",
		each(65, "['firmware', '#']"),
		each(65, "12, #, 20, {3: <<digest'x'>>, 14: 1}"), validate),
		"");
	payload = file_of("x");
	succeeded(verify_bytes(envelope, trust, "firmware/00000", payload));
	assert_true(report.catalogue && report.decided);
	succeeded(verify_bytes(envelope, trust, "firmware/00064", payload));
	refused(verify_bytes(envelope, trust, "firmware/00065", payload),
		SUIT_ERR_COMPONENT_ABSENT);
	refused(verify_bytes(envelope, trust, "firmware/00064", file_of("y")),
		SUIT_ERR_IMAGE);
	failed(verify_bytes(envelope, trust, NULL, payload),
	       "the manifest has 65 components");
}

/* Only a digest that is compared protects anything. */
static const struct judged {
	const char *name;
	const char *validate;
	enum suit_error error;
} judgements[] = {
	{ "image-match", "[3, 15]", SUIT_OK },
	{ "no image-match", "[1, 15]", SUIT_ERR_NO_IMAGE_MATCH },
	{ "a time in validate", "[4, 15, 3, 15]", SUIT_ERR_PROFILE },
	{ "abort", "[3, 15, 14, 15]", SUIT_ERR_ABORT },
	{ "a try-each that fails", "[15, [<<[14, 15]>>, <<[14, 15]>>]]",
	  SUIT_ERR_TRY_EACH },
	{ "a try-each that succeeds", "[15, [<<[14, 15]>>, <<[3, 15]>>]]",
	  SUIT_OK },
};

static void the_kernels_verdict(void **state)
{
	const struct judged *row = *state;
	struct suit_slice envelope;
	int ret;

	open_shop();
	envelope = signed_manifest(key, text(
		"{1: 1, 2: 1, 3: <<{2: [['firmware', 'a']], 4: <<[20,"
		" {1: h'fa6b4a53d5ad5fdfbe9de663e4d41ffe',"
		" 3: <<digest'aaa'>>}]>>}>>, 7: <<%s>>}", row->validate), "");
	succeeded(verify(envelope, trust));
	ret = verify_bytes(envelope, trust, NULL, file_of("aaa"));
	if (row->error == SUIT_OK)
		succeeded(ret);
	else
		refused(ret, row->error);
	assert_int_equal(report.decided, row->error == SUIT_OK);
}

/* The release is for gateway-2 of acme.example. */
static const struct gateway {
	const char *name;
	const char *vendor;
	const char *class_id;
	enum suit_error error;
	bool checked;
} gateways[] = {
	{ "any gateway", NULL, NULL, SUIT_OK, false },
	{ "one of this vendor", "acme.example", NULL, SUIT_OK, false },
	{ "of this vendor and class", "acme.example", "gateway-2", SUIT_OK,
	  true },
	{ "of this vendor and class, as UUIDs",
	  "0637e301-e05d-505b-8267-486f5677de9b",
	  "f4683711-fd91-5852-950f-c5a216f9a9c6", SUIT_OK, true },
	{ "of another vendor", "other.example", NULL, SUIT_ERR_VENDOR, false },
	{ "of another vendor, with a class of that name", "other.example",
	  "gateway-2", SUIT_ERR_VENDOR, false },
	{ "of another class", "acme.example", "gateway-3", SUIT_ERR_CLASS,
	  false },
	{ "of another class, as UUID", NULL,
	  "1492af14-2569-5e48-bf42-9b2d51f2ab45", SUIT_ERR_CLASS, false },
};

static void on_a_gateway(void **state)
{
	const struct gateway *row = *state;
	struct sg_author_request author;
	struct sg_verify_request request;
	struct suit_slice envelope;
	int ret;

	open_shop();
	author = release_request(key);
	envelope = released(&author);
	request = (struct sg_verify_request){
		.envelope = { (uint8_t *)envelope.ptr, envelope.len },
		.trust = &trust, .n_trust = 1, .payload = author.payload,
		.vendor = row->vendor, .class_id = row->class_id,
	};
	ret = sg_verify(&request, &report, &why);
	if (row->error == SUIT_OK)
		succeeded(ret);
	else
		refused(ret, row->error);
	assert_int_equal(report.identity_checked, row->checked);
}

static void a_gateway_that_makes_no_sense(void **state)
{
	struct sg_author_request author;
	struct sg_verify_request request;
	struct suit_slice envelope;

	(void)state;
	open_shop();
	author = release_request(key);
	envelope = released(&author);
	request = (struct sg_verify_request){
		.envelope = { (uint8_t *)envelope.ptr, envelope.len },
		.trust = &trust, .n_trust = 1, .payload = author.payload,
		.class_id = "gateway-2",
	};
	failed(sg_verify(&request, &report, &why),
	       "class \"gateway-2\" is a name, not a UUID: say whose");
	request.vendor = "acme";
	failed(sg_verify(&request, &report, &why),
	       "vendor \"acme\": expected a domain name or a UUID");
	assert_false(report.decided);
}

int main(void)
{
	table(judgements, the_kernels_verdict);
	table(gateways, on_a_gateway);
	single("only these bytes", only_these_bytes);
	single("only this component", only_this_component);
	single("which of two", which_of_two);
	single("a row of a catalogue", a_row_of_a_catalogue);
	single("a gateway that makes no sense", a_gateway_that_makes_no_sense);
	return table_run("verify_bytes");
}
