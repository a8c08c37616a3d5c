// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * UUIDs of vendors and classes: those of the standards' examples, and what is
 * no UUID.
 */
#include "outcome.h"
#include "table.h"
#include "uuid.h"

/* draft-ietf-suit-manifest appendix B and draft-ietf-teep-protocol. */
static const struct named {
	const char *name;
	const char *domain;
	const char *class_id;	/* NULL: the vendor itself */
	const char *uuid;
} names[] = {
	{ "the vendor of the manifest examples", "arm.com", NULL,
	  "fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe" },
	{ "the class of the manifest examples", "arm.com", "suit",
	  "1492af14-2569-5e48-bf42-9b2d51f2ab45" },
	{ "the vendor of the TEEP examples", "teep.example", NULL,
	  "c0ddd5f1-5243-5660-87db-4f5b0aa26c2f" },
	/* by another implementation */
	{ "a class with a name beyond ASCII", "acme.example",
	  "schl\xc3\xbcssel", "e0f31273-7792-5179-bf78-164dfaf47ef9" },
	{ "a class with no name", "acme.example", "",
	  "20dab896-e413-5a37-81fd-65c0e8f9fee7" },
	{ "the shortest domain", "a.b", NULL,
	  "0e7af403-ee0d-594b-ab31-08b1c687f2fa" },
};

static void is_the_known_one(void **state)
{
	const struct named *row = *state;
	uint8_t id[SG_UUID], wanted[SG_UUID];

	assert_int_equal(sg_uuid_parse(row->uuid, wanted), 0);
	succeeded(sg_uuid_of_domain(row->domain, id, &why));
	if (row->class_id)
		succeeded(sg_uuid_of_name(id, row->class_id, id, &why));
	assert_memory_equal(id, wanted, SG_UUID);
}

static void is_read_byte_by_byte(void **state)
{
	static const uint8_t wanted[SG_UUID] = {
		0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
		0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10,
	};
	uint8_t id[SG_UUID];

	(void)state;
	assert_int_equal(sg_uuid_parse("01234567-89ab-cdef-fedc-ba9876543210",
				       id), 0);
	assert_memory_equal(id, wanted, SG_UUID);
	assert_int_equal(sg_uuid_parse("01234567-89AB-CDEF-fedc-BA9876543210",
				       id), 0);
	assert_memory_equal(id, wanted, SG_UUID);
}

static const struct wrong {
	const char *name;
	const char *text;
} wrongs[] = {
	{ "nothing", "" },
	{ "no dashes", "0123456789abcdeffedcba9876543210" },
	{ "a digit too few", "01234567-89ab-cdef-fedc-ba987654321" },
	{ "a digit too many", "01234567-89ab-cdef-fedc-ba98765432100" },
	{ "a dash elsewhere", "01234567-89ab-cdef-fedcb-a9876543210" },
	{ "no digit", "01234567-89ab-cdef-fedc-ba987654321g" },
	{ "braces", "{1234567-89ab-cdef-fedc-ba987654321}" },
	{ "a blank", " 1234567-89ab-cdef-fedc-ba9876543210" },
	{ "a line", "01234567-89ab-cdef-fedc-ba987654321\n" },
};

static void is_no_uuid(void **state)
{
	const struct wrong *row = *state;
	uint8_t id[SG_UUID];

	assert_int_equal(sg_uuid_parse(row->text, id), -1);
}

static void is_no_domain(void **state)
{
	uint8_t id[SG_UUID];

	(void)state;
	failed(sg_uuid_of_domain("", id, &why),
	       "vendor \"\": expected a domain name or a UUID");
	failed(sg_uuid_of_domain("acme", id, &why),
	       "vendor \"acme\": expected a domain name or a UUID");
}

int main(void)
{
	table(names, is_the_known_one);
	table(wrongs, is_no_uuid);
	single("is read byte by byte", is_read_byte_by_byte);
	single("what is no domain", is_no_domain);
	return table_run("uuid");
}
