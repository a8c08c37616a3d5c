// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names below a folder, and which of them a manifest has.
 */
#include <stdio.h>
#include <string.h>

#include "release.h"

static char names[256];
static int stop_after;

static int note(void *context, const char *name, const char *path,
		struct sg_error *err)
{
	size_t len = strlen(names);

	assert_ptr_equal(context, names);
	assert_string_equal(path + strlen(path) - strlen(name), name);
	snprintf(names + len, sizeof(names) - len, "%s ", name);
	return --stop_after ? 0 : sg_fail(err, "enough");
}

static void fill(void)
{
	names[0] = '\0';
	stop_after = 100;
	scratch_folder("fw");
	scratch_folder("fw/acme");
	scratch_file("fw/acme/a.fw", bytes_of("a"));
	scratch_file("fw/b c.fw", bytes_of("b"));
	scratch_file("fw/b c.fw.suit", bytes_of("a sidecar"));
	scratch_link("fw/link.fw", "acme/a.fw");
	scratch_link("fw/nowhere.fw", "gone");
}

static void every_name_is_told(void **state)
{
	(void)state;
	fill();
	succeeded(sg_firmware_walk(scratch("fw"), note, names, &why));
	assert_string_equal(names, "acme/a.fw b c.fw link.fw ");
	names[0] = '\0';
	succeeded(sg_firmware_walk(scratch("fw//"), note, names, &why));
	assert_string_equal(names, "acme/a.fw b c.fw link.fw ");
	stop_after = 2;
	failed(sg_firmware_walk(scratch("fw"), note, names, &why), "enough");
	failed(sg_firmware_walk(scratch("none"), note, names, &why),
	       "cannot look at");
}

static void a_manifest_names_what_is_in_it(void **state)
{
	static const char *const asked[] = {
		"firmware/acme/a.fw", "firmware/acme/b.fw", "firmware/link.fw",
		"firmware/b c.fw", "firmware/../x", "", "upload/acme/a.fw",
		"firmware/acme",
	};
	struct sg_bless_request request = { .sequence = 1 };
	struct sg_bless_report counts;
	bool found[COUNT(asked)];
	struct sg_buf envelope;

	(void)state;
	fill();
	request.dir = scratch("fw");
	succeeded(sg_bless(&request, &envelope, &counts, &why));
	assert_int_equal(sg_envelope_find(&envelope, asked, COUNT(asked), found,
					  &why), 3);
	assert_true(found[0] && found[2] && found[3]);
	assert_false(found[1] || found[4] || found[5] || found[6] || found[7]);
	envelope.len--;
	assert_int_equal(sg_envelope_find(&envelope, asked, COUNT(asked), found,
					  &why), -1);
	assert_true(why.refused);
	envelope.len++;
	sg_buf_free(&envelope);
}

int main(void)
{
	single("every name is told", every_name_is_told);
	single("a manifest names what is in it",
	       a_manifest_names_what_is_in_it);
	return table_run("firmware");
}
