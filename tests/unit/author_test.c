// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A manifest for one file: what is in it, that the verifier takes it for the
 * file and the gateway it was made for, and every request that is wrong.
 */
#include <string.h>

#include "release.h"

static const char component[] = "firmware/acme/radio.fw";

/* UUIDv5 of acme.example, and of gateway-2 below it. */
#define VENDOR "0637e301-e05d-505b-8267-486f5677de9b"

static void the_file_is_what_was_described(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct sg_author_request request = release_request(key);
	const char *other = scratch_file("other.fw", bytes_of("Radio"));
	const char *longer = scratch_file("long.fw", bytes_of("radio."));
	struct suit_slice envelope = released(&request);
	const char *trust = public_key("a");

	(void)state;
	succeeded(verify_bytes(envelope, trust, component, request.payload));
	assert_true(report.authentic && report.well_formed && report.decided);
	assert_false(report.catalogue);
	assert_int_equal(report.sequence_number, 7);
	assert_int_equal(report.components, 1);
	succeeded(verify_bytes(envelope, trust, NULL, request.payload));
	refused(verify_bytes(envelope, trust, component, other),
		SUIT_ERR_IMAGE);
	refused(verify_bytes(envelope, trust, component, longer),
		SUIT_ERR_IMAGE_SIZE);
	refused(verify_bytes(envelope, trust, "firmware/acme/other.fw",
			     request.payload), SUIT_ERR_COMPONENT_ABSENT);
	expect_bytes(released(&request), envelope);
}

static void a_file_may_be_empty(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ES384);
	struct sg_author_request request = release_request(key);
	const char *full = request.payload;

	(void)state;
	request.payload = scratch_file("empty.fw", bytes_of(""));
	succeeded(verify_bytes(released(&request), public_key("a"), component,
			       request.payload));
	refused(verify_bytes(released(&request), public_key("a"), component,
			     full), SUIT_ERR_IMAGE_SIZE);
}

/* What is written, item by item, for the least and for the most. */
static struct suit_slice manifest_of_release(struct sg_author_request *request)
{
	return opened_envelope(released(request)).manifest;
}

static const char digest[] = "digest'radio'";
static const char id[] = "['firmware', 'acme', 'radio.fw']";

static void the_least_that_can_be_said(void **state)
{
	struct sg_author_request request = release_request(NULL);

	(void)state;
	request.vendor = request.class_id = NULL;
	request.sequence = 0;
	expect_bytes(manifest_of_release(&request),
		     diag("{1: 1, 2: 0, 3: <<{2: [%s],"
			  " 4: <<[20, {3: <<%s>>, 14: 5}]>>}>>,"
			  " 7: <<[3, 15]>>}", id, digest));
}

static void vendor_class_version_and_uri(void **state)
{
	struct sg_author_request request = release_request(NULL);

	(void)state;
	request.class_id = "1492af14-2569-5e48-bf42-9b2d51f2ab45";
	request.sequence = UINT64_MAX;
	request.version = "1.2.3";
	request.uri = "https://acme.example/radio.fw";
	expect_bytes(manifest_of_release(&request),
		     diag("{1: 1, 2: 18446744073709551615, 3: <<{2: [%s], 4:"
			  " <<[20, {1: h'0637e301e05d505b8267486f5677de9b',"
			  " 2: h'1492af1425695e48bf429b2d51f2ab45',"
			  " 3: <<%s>>, 14: 5}, 1, 15, 2, 15]>>}>>,"
			  " 6: <<[1, 2, 3]>>, 7: <<[3, 15]>>,"
			  " 16: <<[20, {21: \"https://acme.example/radio.fw\"},"
			  " 21, 2, 3, 15]>>, 23: <<{\"en\": {%s: {2:"
			  " \"1492af14-2569-5e48-bf42-9b2d51f2ab45\","
			  " 6: \"1.2.3\"}}}>>}", id, digest, id));
}

/* Devices get what they can compare, people get everything. */
static void versions_for_devices(void **state)
{
	static const struct {
		const char *text;
		const char *version;	/* NULL: none */
	} rows[] = {
		{ "1", "[1]" }, { "1.2.3-rc.1", "[1, 2, 3, -1, 1]" },
		{ "2-alpha", "[2, -3]" }, { "1.2.3.4.5.6.7.8",
		  "[1, 2, 3, 4, 5, 6, 7, 8]" },
		{ "1.2.3.4.5.6.7.8.9", NULL }, { "release 7", NULL },
		{ "1.2-3", NULL }, { "v1", NULL }, { "", NULL },
	};
	struct sg_author_request request = release_request(NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct suit_envelope env;
		struct suit_manifest m;

		request.version = rows[i].text;
		env = opened_envelope(released(&request));
		m = peeked(&env);
		if (rows[i].version)
			expect_bytes(m.set_version, diag("%s",
							 rows[i].version));
		else
			assert_null(m.set_version.ptr);
	}
}

static void names_become_uuids(void **state)
{
	struct sg_author_request request = release_request(NULL);
	struct suit_slice by_name = released(&request);

	(void)state;
	request.vendor = VENDOR;
	expect_bytes(released(&request), by_name);
	request.vendor = "0637E301-E05D-505B-8267-486F5677DE9B";
	expect_bytes(released(&request), by_name);
}

static void a_payload_inside(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct sg_author_request request = release_request(key);
	struct suit_slice envelope, content;
	struct suit_envelope env;

	(void)state;
	request.integrated = true;
	envelope = released(&request);
	env = opened_envelope(envelope);
	assert_int_equal(env.n_payloads, 1);
	expect(suit_envelope_payload(&env, bytes_of("#payload"), &content),
	       SUIT_OK);
	expect_bytes(content, bytes_of("radio"));
	succeeded(verify_bytes(envelope, public_key("a"), component, NULL));
	/* no signature covers it: the digest must */
	refused(verify_bytes(flipped(envelope, -1), public_key("a"), component,
			     NULL), SUIT_ERR_IMAGE);
}

/* A member of the request that is wrong, and what is said about it. */
static const struct wrong {
	const char *name;
	size_t member;
	const char *value;
	const char *message;
} wrongs[] = {
#define WRONG(name, member, value, message) \
	{ name, offsetof(struct sg_author_request, member), value, message }
	WRONG("no component", component, NULL, "\"\" is not a component"),
	WRONG("an empty component", component, "", "\"\" is not a component"),
	WRONG("a type alone", component, "firmware",
	      "\"firmware\" is not a component: write TYPE/NAME"),
	WRONG("a name alone", component, "/x.fw", "is not a component"),
	WRONG("no name", component, "firmware/", "is not a component"),
	WRONG("an empty segment", component, "firmware//x.fw",
	      "is not a component"),
	WRONG("a name that climbs", component, "firmware/../x.fw",
	      "without empty, \".\" or \"..\" parts"),
	WRONG("a name that stays", component, "firmware/./x.fw",
	      "is not a component"),
	WRONG("17 segments", component, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/"
	      "16/17", "is too long"),
	WRONG("no payload", payload, NULL,
	      "component firmware/acme/radio.fw needs a payload"),
	WRONG("a payload that is not there", payload, "/nowhere/radio.fw",
	      "cannot open /nowhere/radio.fw: No such file"),
	WRONG("a folder as payload", payload, "/", "/ is not a regular file"),
	WRONG("a device as payload", payload, "/dev/zero",
	      "/dev/zero is not a regular file"),
	WRONG("a vendor without a dot", vendor, "acme",
	      "vendor \"acme\": expected a domain name or a UUID"),
	WRONG("an empty vendor", vendor, "", "expected a domain name"),
	WRONG("a class of nobody", vendor, NULL,
	      "class \"gateway-2\" is a name, not a UUID: say whose"),
	WRONG("a version that is no text", version, "1.\xff",
	      "the version is not UTF-8"),
	WRONG("a class that is no text", class_id, "\xc0\x80",
	      "the class is not UTF-8"),
	WRONG("no such key", key, "/nowhere/a.pem",
	      "cannot open /nowhere/a.pem: No such file"),
};

static void a_wrong_request_is_refused(void **state)
{
	const struct wrong *row = *state;
	struct sg_author_request request = release_request(NULL);
	struct sg_buf out;

	request.version = "1";
	*(const char **)((char *)&request + row->member) = row->value;
	failed(sg_author(&request, &out, &why), row->message);
	assert_null(out.data);
}

static void a_payload_is_in_one_place(void **state)
{
	struct sg_author_request request = release_request(NULL);
	struct sg_buf out;

	(void)state;
	request.integrated = true;
	request.uri = "https://acme.example/radio.fw";
	failed(sg_author(&request, &out, &why),
	       "either integrated or at a URI");
	assert_null(out.data);
}

/* The verifier looks at it too. */
static void a_uri_is_text(void **state)
{
	struct sg_author_request request = release_request(NULL);
	struct sg_buf out;

	(void)state;
	request.uri = "https://\xff";
	refused(sg_author(&request, &out, &why), SUIT_ERR_UTF8);
	assert_null(out.data);
}

static void a_component_id_has_an_end(void **state)
{
	struct sg_author_request request = release_request(NULL);
	struct sg_buf out;

	(void)state;
	/* array, "firmware" and the head of the name take 13 bytes */
	request.component = text("firmware/%s", repeat("x", 499, ""));
	released(&request);
	request.component = text("firmware/%s", repeat("x", 500, ""));
	failed(sg_author(&request, &out, &why), "is too long");
}

int main(void)
{
	table(wrongs, a_wrong_request_is_refused);
	single("the file is what was described",
	       the_file_is_what_was_described);
	single("a file may be empty", a_file_may_be_empty);
	single("the least that can be said", the_least_that_can_be_said);
	single("vendor, class, version and URI", vendor_class_version_and_uri);
	single("versions for devices", versions_for_devices);
	single("names become UUIDs", names_become_uuids);
	single("a payload inside", a_payload_inside);
	single("a payload is in one place", a_payload_is_in_one_place);
	single("a URI is text", a_uri_is_text);
	single("a component id has an end", a_component_id_has_an_end);
	return table_run("author");
}
