// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where components lie, where links lead, what a URI names, who a machine is,
 * and records that somebody has damaged.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_ops.h"
#include "gateway.h"
#include "install_record.h"
#include "loader.h"
#include "place.h"
#include "place_name.h"
#include "uri.h"
#include "uuid.h"

#define is(got, want) assert_string_equal(got, want)

static const struct link {
	const char *name;
	const char *path;
	const char *target;
	const char *leads;	/* NULL: refused */
} links[] = {
	{ "beside", "a/b", "c", "a/c" },
	{ "at the top", "a", "c", "c" },
	{ "down", "a/b", "c/d", "a/c/d" },
	{ "up", "a/b/c", "../d", "a/d" },
	{ "up to the root", "a/b/c", "../../d", "d" },
	{ "above the root", "a/b/c", "../../../d", NULL },
	{ "above the root at once", "a", "../d", NULL },
	{ "absolute", "a/b", "/d", NULL },
	{ "up in the middle", "a/b", "c/../d", NULL },
	{ "up at the end", "a/b/c", "d/..", NULL },
	{ "nothing but up", "a/b", "..", NULL },
	{ "up and a slash", "a/b", "../", NULL },
	{ "itself", "a/b", ".", NULL },
	{ "empty", "a/b", "", NULL },
	{ "a slash at the end", "a/b", "c/", NULL },
	{ "two slashes", "a/b", "c//d", NULL },
	{ "hidden", "a/b", ".suitgate/x", NULL },
	{ "a line end", "a/b", "c\nd", NULL },
};

static void link_leads(void **state)
{
	const struct link *row = *state;
	char out[64];

	if (!row->leads) {
		assert_false(sg_place_name_target(row->path,
						  bytes_of(row->target), out,
						  sizeof(out)));
		return;
	}
	assert_true(sg_place_name_target(row->path, bytes_of(row->target), out,
					 sizeof(out)));
	is(out, row->leads);
}

static void link_too_long(void **state)
{
	char out[8];

	(void)state;
	assert_true(sg_place_name_target("a/b", bytes_of("cdef"), out, 8));
	assert_false(sg_place_name_target("a/b", bytes_of("cdefgh"), out, 8));
	assert_false(sg_place_name_target("abcdefgh/b", bytes_of("c"), out, 8));
}

static const struct uri {
	const char *name;
	const char *uri;
	const char *dir;
	const char *path;	/* NULL: not below @dir */
} uris[] = {
	{ "relative", "a/b", "/d", "a/b" },
	{ "encoded", "a%20b", "/d", "a b" },
	{ "encoded in capitals", "%4A", "/d", "J" },
	{ "a slash encoded", "a%2Fb", "/d", NULL },
	{ "a NUL encoded", "a%00b", "/d", NULL },
	{ "half encoded", "a%2", "/d", NULL },
	{ "not encoded", "a%zz", "/d", NULL },
	{ "a query", "a?b", "/d", NULL },
	{ "a fragment", "a#b", "/d", NULL },
	{ "file, one slash", "file:/d/a", "/d", "a" },
	{ "file, three slashes", "file:///d/a", "/d/", "a" },
	{ "file, localhost", "FILE://localhost/d/a", "/d", "a" },
	{ "file, elsewhere", "file://host/d/a", "/d", NULL },
	{ "file, beside", "file:///da/a", "/d", NULL },
	{ "file, the folder itself", "file:///d/", "/d", NULL },
	{ "file, from the root", "file:///d/a", "/", "d/a" },
};

static void uri_names(void **state)
{
	const struct uri *row = *state;
	char out[SG_URI_MAX];

	assert_true(sg_uri_is_local(row->uri, row->dir));
	assert_int_equal(sg_uri_local_path(row->uri, row->dir, out),
			 row->path != NULL);
	if (row->path)
		is(out, row->path);
}

static void uri_is_not_local(void **state)
{
	char out[SG_URI_MAX];

	(void)state;
	assert_false(sg_uri_is_local("http://x/file:", "/d"));
	assert_false(sg_uri_is_local("//x/y", "/d"));
	assert_false(sg_uri_is_local("a/b", NULL));
	assert_true(sg_uri_is_local("file:a", NULL));
	assert_false(sg_uri_copy(bytes_of(""), out));
	assert_false(sg_uri_copy(bytes_of("a b"), out));
	assert_false(sg_uri_copy(bytes_of("a\x7f"), out));
	assert_false(sg_uri_copy(bytes_of(repeat("a", SG_URI_MAX, "")), out));
	assert_true(sg_uri_copy(bytes_of(repeat("a", SG_URI_MAX - 1, "")),
				out));
}

static void loader_order(void **state)
{
	struct sg_device device;
	struct sg_loader loader;

	(void)state;
	sg_device_default(&device);
	sg_loader_read(&device, &loader);
	assert_in_range(loader.n, 4, 5);
	is(loader.folder[loader.n - 1], "/lib/firmware");
	is(loader.folder[loader.n - 3], "/lib/firmware/updates");
	is(device.firmware_dir, "/lib/firmware/updates");
}

static int prefers(const char *name, struct sg_error *err)
{
	struct sg_loader loader;

	sg_loader_read(&gateway.device, &loader);
	return sg_loader_prefers(&loader, gateway.device.firmware_dir, name,
				 err);
}

static void loader_prefers(void **state)
{
	struct sg_error err;

	(void)state;
	gateway_put("other/x", "");
	gateway_put("other/y.zst", "");
	assert_int_equal(prefers("x", &err), 0);
	assert_int_equal(prefers("x.zst", &err), -1);
	assert_non_null(strstr(err.message, "less compressed"));
	assert_int_equal(prefers("x.xz", &err), -1);
	assert_int_equal(prefers("y", &err), 0);
	assert_int_equal(prefers("y.zst", &err), 0);
	assert_int_equal(prefers("y.xz", &err), -1);
	assert_int_equal(prefers(".zst", &err), 0);
	gateway.device.firmware_dir = gateway_path("ta");
	assert_int_equal(prefers("x", &err), -1);
	assert_non_null(strstr(err.message, "comes first"));
	assert_int_equal(prefers("z", &err), -1);
	assert_non_null(strstr(err.message, "does not look into"));
}

static void put_bytes(const char *name, const char *bytes, size_t len)
{
	struct sg_error err;

	gateway_put(name, "");
	assert_int_equal(sg_file_write(gateway_path("%s", name), bytes, len,
				       0644, &err), 0);
}

static void class_of(const char *domain, const char *name, uint8_t out[16])
{
	struct sg_error err;
	uint8_t vendor[16];

	assert_int_equal(sg_uuid_of_domain(domain, vendor, &err), 0);
	assert_int_equal(sg_uuid_of_name(vendor, name, out, &err), 0);
}

static void machine(void **state)
{
	static const char compatible[] =
		"raspberrypi,4-model-b\0brcm,bcm2711\0nonsense";
	struct sg_state found = { 0 };
	struct sg_error err;
	uint8_t want[16];

	(void)state;
	put_bytes("proc/device-tree/compatible", compatible,
		  sizeof(compatible));
	gateway_put("sys/class/dmi/id/sys_vendor", "  ACME & Söhne, Inc. \n");
	gateway_put("sys/class/dmi/id/product_name", "X100\n");
	assert_int_equal(sg_identity_machine(gateway.dir, &found, &err), 0);
	assert_in_range(found.n, 6, 7);
	class_of("raspberrypi.devicetree.suitgate.invalid", "4-model-b", want);
	assert_int_equal(found.item[1].identity, SG_IDENTITY_CLASS);
	assert_memory_equal(found.item[1].value, want, 16);
	class_of("brcm.devicetree.suitgate.invalid", "bcm2711", want);
	assert_memory_equal(found.item[3].value, want, 16);
	class_of("acme-s-hne-inc.dmi.suitgate.invalid", "X100", want);
	assert_memory_equal(found.item[5].value, want, 16);
	if (found.n == 7)
		assert_int_equal(found.item[6].identity, SG_IDENTITY_DEVICE);
	sg_state_free(&found);
}

static void machine_says_nothing(void **state)
{
	struct sg_state found = { 0 };
	struct sg_error err;

	(void)state;
	gateway_put("sys/class/dmi/id/sys_vendor", "To be filled by O.E.M.\n");
	assert_int_equal(sg_identity_machine(gateway.dir, &found, &err), 0);
	assert_in_range(found.n, 0, 1);
	sg_state_free(&found);
	gateway_put("sys/class/dmi/id/sys_vendor", "Acme\n");
	gateway_put("sys/class/dmi/id/product_name", "Default string\n");
	assert_int_equal(sg_identity_machine(gateway.dir, &found, &err), 0);
	assert_in_range(found.n, 1, 2);
	assert_int_equal(found.item[0].identity, SG_IDENTITY_VENDOR);
	sg_state_free(&found);
}

static void fill(struct sg_install_record *record)
{
	struct suit_slice id = diag("['config', 'a']");
	struct sg_install_entry *entry = sg_install_add_entry(record);
	struct sg_reference *reference = sg_install_add_reference(record);

	record->manifest = (struct sg_gate_digest){ SUIT_ALG_SHA256, 32, { 1 } };
	record->sequence_number = UINT64_MAX;
	strcpy(record->lineage.authority, "acme");
	memcpy(record->lineage.id, id.ptr, id.len);
	record->lineage.id_len = id.len;
	memcpy(entry->candidate.id, id.ptr, id.len);
	entry->candidate.id_len = id.len;
	entry->candidate.kind = SG_CANDIDATE_FILE;
	entry->candidate.manifest = record->manifest;
	entry->candidate.digest = record->manifest;
	entry->candidate.size = 1;
	entry->candidate.proven = true;
	entry->had_old = true;
	entry->made = 2;
	entry->candidate.attributes.mode = 0640;
	entry->candidate.attributes.uid = 1000;
	reference->lineage = record->lineage;
	memcpy(reference->id, id.ptr, id.len);
	reference->id_len = id.len;
	reference->version.n = 2;
	reference->version.part[1] = -3;
}

static int decode(const struct sg_buf *bytes, struct sg_install_record *out)
{
	struct sg_error err;

	return sg_install_decode(bytes, &gateway.device, out, &err);
}

static void record_is_read_back(void **state)
{
	struct sg_install_record in = { 0 }, out;
	struct sg_error err;
	struct sg_buf bytes;

	(void)state;
	fill(&in);
	assert_int_equal(sg_install_encode(&in, &bytes, &err), 0);
	assert_int_equal(decode(&bytes, &out), 0);
	assert_true(out.sequence_number == UINT64_MAX);
	assert_true(sg_lineage_equal(&in.lineage, &out.lineage));
	assert_true(sg_digest_same(&in.manifest, &out.manifest));
	is(out.entry[0].candidate.place.path, "a");
	in.entry[0].candidate.place = out.entry[0].candidate.place;
	assert_memory_equal(in.entry, out.entry, sizeof(*in.entry));
	assert_memory_equal(in.reference, out.reference,
			    sizeof(*in.reference));
	sg_install_record_free(&in);
	sg_install_record_free(&out);
	sg_buf_free(&bytes);
}

static void record_damaged(void **state)
{
	struct sg_install_record in = { 0 }, out;
	struct sg_error err;
	struct sg_buf bytes;
	size_t i, full;
	int bit;

	(void)state;
	fill(&in);
	assert_int_equal(sg_install_encode(&in, &bytes, &err), 0);
	full = bytes.len;
	for (bytes.len = 0; bytes.len < full; bytes.len++)
		assert_int_equal(decode(&bytes, &out), -1);
	for (i = 0; i < full; i++) {
		for (bit = 0; bit < 8; bit++) {
			bytes.data[i] ^= (uint8_t)(1 << bit);
			if (decode(&bytes, &out) == 0)
				sg_install_record_free(&out);
			bytes.data[i] ^= (uint8_t)(1 << bit);
		}
	}
	in.entry[0].candidate.kind = SG_CANDIDATE_KINDS;
	sg_buf_free(&bytes);
	assert_int_equal(sg_install_encode(&in, &bytes, &err), 0);
	assert_int_equal(decode(&bytes, &out), -1);
	sg_install_record_free(&in);
	sg_buf_free(&bytes);
}

static void type_has_a_root(void **state)
{
	const char *root;
	size_t i, n = 0;

	(void)state;
	for (i = 0; sg_place_root(&gateway.device, i, &root); i++)
		n += root != NULL;
	assert_int_equal(i, 6);
	assert_int_equal(n, 5);
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(loader_order),
		test(loader_prefers),
		test(machine),
		test(machine_says_nothing),
		test(record_is_read_back),
		test(record_damaged),
		test(type_has_a_root),
	};
	int failed;

	table(links, link_leads);
	single("link too long", link_too_long);
	table(uris, uri_names);
	single("uri is not local", uri_is_not_local);
	failed = table_run("names");
	return cmocka_run_group_tests_name("place", tests, NULL, NULL) ||
	       failed;
}
