// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Folders with many files: up to 64 names make a common manifest, more a
 * catalogue, and every name in it has its own digest.
 */
#include <stdio.h>
#include <unistd.h>

#include "release.h"
#include "toy.h"

static const char *key, *trust, *root;
static struct sg_bless_report counts;

static struct suit_slice blessed_from(const char *dir, const char *id)
{
	struct sg_bless_request request = {
		.dir = dir, .sequence = 9, .id = id, .key = key,
	};
	struct sg_buf out;

	succeeded(sg_bless(&request, &out, &counts, &why));
	return taken(&out);
}

static struct suit_slice blessed(unsigned int files)
{
	struct suit_slice envelope;
	unsigned int i;

	key = private_key("acme", SUIT_ALG_ESP256);
	trust = public_key("acme");
	root = scratch_folder("fw");
	for (i = 0; i < files; i++)
		scratch_file(text("fw/%u", i), bytes_of(text("file %u", i)));
	envelope = blessed_from(root, NULL);
	assert_int_equal(counts.names, files);
	assert_int_equal(counts.files, files);
	return envelope;
}

/* Ask for name @name with the content of file @of. */
static int ask(struct suit_slice envelope, unsigned int name, unsigned int of)
{
	return verify_bytes(envelope, trust, text("firmware/%u", name),
			    scratch("fw/%u", of));
}

static void as_many_as_a_common_manifest_has(void **state)
{
	struct suit_slice envelope = blessed(SUIT_MAX_COMPONENTS);
	unsigned int i;

	(void)state;
	assert_false(counts.catalogue);
	for (i = 0; i < SUIT_MAX_COMPONENTS; i++) {
		succeeded(ask(envelope, i, i));
		refused(ask(envelope, i, (i + 1) % SUIT_MAX_COMPONENTS),
			i == 9 || i == SUIT_MAX_COMPONENTS - 1 ?
				SUIT_ERR_IMAGE_SIZE : SUIT_ERR_IMAGE);
	}
	assert_false(report.catalogue);
}

static void one_more_makes_a_catalogue(void **state)
{
	struct suit_slice envelope = blessed(SUIT_MAX_COMPONENTS + 1);
	unsigned int i;

	(void)state;
	assert_true(counts.catalogue);
	for (i = 0; i <= SUIT_MAX_COMPONENTS; i++)
		succeeded(ask(envelope, i, i));
	assert_true(report.catalogue);
	refused(ask(envelope, i, 0), SUIT_ERR_COMPONENT_ABSENT);
}

/* All rows of the table, by its index and by their names. */
static void three_thousand_files(void **state)
{
	enum { N = 3000 };
	static struct suit_catalogue_entry table[N];
	struct suit_envelope env;
	struct suit_catalogue catalogue;
	struct suit_manifest m;
	struct suit_expected row, found;
	struct suit_slice id, hash, name;
	unsigned int i;

	(void)state;
	env = opened_envelope(blessed(N));
	/* for its form alone; the rows are asked with the signature below */
	env.authenticated = true;
	expect(suit_manifest_open(&m, &env, toy_crypto(), SUIT_PROFILE_KERNEL),
	       SUIT_OK);
	expect(suit_catalogue_open(&catalogue, &m, table), SUIT_OK);
	assert_int_equal(catalogue.n, N);
	for (i = 0; i < N; i++) {
		char number[16];

		expect(suit_catalogue_row(&catalogue, i, &id, &row), SUIT_OK);
		expect(suit_catalogue_find(&catalogue, id, &found), SUIT_OK);
		name = suit_component_segment(id, 1);
		snprintf(number, sizeof(number), "%.*s", (int)name.len,
			 (const char *)name.ptr);
		name = bytes_of(text("file %s", number));
		assert_int_equal(row.size, name.len);
		hash = diag("digest'file %s'", number);
		expect_bytes(row.digest.value, (struct suit_slice){
				     hash.ptr + hash.len - 32, 32 });
		expect_bytes(found.digest.value, row.digest.value);
	}
	succeeded(ask(env.bytes, 0, 0));
	succeeded(ask(env.bytes, N - 1, N - 1));
	refused(ask(env.bytes, 1234, 1235), SUIT_ERR_IMAGE);
}

static struct suit_slice id_of(struct suit_slice envelope)
{
	struct suit_envelope env = opened_envelope(envelope);
	struct suit_manifest m;

	env.authenticated = true;
	expect(suit_manifest_open(&m, &env, toy_crypto(), SUIT_PROFILE_KERNEL),
	       SUIT_OK);
	return m.component_id;
}

/* A catalogue's numbers count for the folder of all its names. */
static void what_its_numbers_count_for(void **state)
{
	struct sg_bless_request request = { .sequence = 9, .id = "firmware/.." };
	struct sg_buf out;
	unsigned int i;

	(void)state;
	assert_null(id_of(blessed(1)).ptr);
	expect_bytes(id_of(blessed_from(root, "firmware/a/b")),
		     diag("['firmware', 'a', 'b']"));
	scratch_folder("fw/acme");
	scratch_folder("fw/acme/one");
	for (i = 0; i <= SUIT_MAX_COMPONENTS; i++)
		scratch_file(text("fw/acme/one/%u", i), bytes_of("x"));
	expect_bytes(id_of(blessed_from(root, NULL)),
		     diag("['firmware']"));
	expect_bytes(id_of(blessed_from(root, "other")), diag("['other']"));
	unlink(scratch("fw/0"));
	expect_bytes(id_of(blessed_from(root, NULL)),
		     diag("['firmware', 'acme', 'one']"));
	scratch_file("fw/acme/o", bytes_of("x"));
	expect_bytes(id_of(blessed_from(root, NULL)),
		     diag("['firmware', 'acme']"));
	request.dir = root;
	failed(sg_bless(&request, &out, &counts, &why),
	       "\"firmware/..\" is not a component");
}

int main(void)
{
	single("what its numbers count for", what_its_numbers_count_for);
	single("as many as a common manifest has",
	       as_many_as_a_common_manifest_has);
	single("one more makes a catalogue", one_more_makes_a_catalogue);
	single("three thousand files", three_thousand_files);
	return table_run("bless_many");
}
