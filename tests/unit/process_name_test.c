// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of components and of what is fetched: what leads out is refused.
 */
#include <string.h>
#include <unistd.h>

#include "gateway.h"

/*
 * Components 0 and 1 are config/a and config/b; all happens in install, and
 * validate only selects a component.
 */
static const char *with(const char *install)
{
	return text("{1: 1, 2: 1, 3: <<{2: [['config', 'a'], "
		    "['config', 'b']]}>>, 7: <<[12, 0, 14, 0]>>, "
		    "20: <<[12, 0, %s]>>}", install);
}

/* Only install: what validate says does not matter here. */
static const char *install(const char *commands)
{
	struct sg_error err;
	const char *code = gateway_process(SG_PROCEDURE_INSTALLATION,
					   with(commands), "");

	if (!strcmp(code, "ok"))
		assert_int_equal(sg_install_confirm(&gateway.device,
						    &gateway_digest, &err), 0);
	return code;
}

#define is(got, want) assert_string_equal(got, want)

static void names_refused(void **state)
{
	static const char *const rows[] = {
		"'strange', 'a'", "'config'", "'config', '..', 'x'",
		"'config', '.suitgate'", "'config', 'a/b'", "'config', h'00'",
		"'config', h'0a'", "'config', 'a$b'", "'config', ' a'",
		"'config', 'a '", "'config', h'c3a9'", "'ta', 'x'",
		"'ta', '8D82573A-926D-4754-9353-32DC29997F74'",
		"'upload', 'a', 'b'", "'file', 'etc', 'passwd'",
		"'file', '..', 'etc'", "'config', ''",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		is(gateway_process(SG_PROCEDURE_INSTALLATION, text(
			"{1: 1, 2: 1, 3: <<{2: [[%s]]}>>, 7: <<[14, 0]>>, "
			"20: <<[20, {18: 'x'}, 18, 15]>>}", rows[i]), ""),
		   "name-refused");
	is(gateway_list("config"), "");
}

static void ta_has_a_suffix(void **state)
{
	(void)state;
	is(gateway_process(SG_PROCEDURE_INSTALLATION,
		"{1: 1, 2: 1, 3: <<{2: [['ta', "
		"'8d82573a-926d-4754-9353-32dc29997f74']]}>>, 7: <<[14, 0]>>, "
		"20: <<[20, {18: 'x'}, 18, 15]>>}", ""), "ok");
	is(gateway_get("ta/8d82573a-926d-4754-9353-32dc29997f74.ta"), "x");
}

/* "'dev', 'shm', 'suitgate.abc', 'open'" */
static const char *segments(const char *path)
{
	const char *out = "", *slash;

	for (; *path; path = slash) {
		path++;
		slash = path + strcspn(path, "/");
		out = text("%s, '%.*s'", out, (int)(slash - path), path);
	}
	return out;
}

static void file_below_allowed_folder(void **state)
{
	const char *open = segments(gateway_path("open"));

	(void)state;
	is(gateway_process(SG_PROCEDURE_INSTALLATION, text(
		"{1: 1, 2: 1, 3: <<{2: [['file'%s, 'sub', 'x']]}>>, "
		"7: <<[14, 0]>>, 20: <<[20, {18: 'x'}, 18, 15]>>}", open), ""),
	   "ok");
	is(gateway_get("open/sub/x"), "x");
	is(gateway_process(SG_PROCEDURE_INSTALLATION, text(
		"{1: 1, 2: 2, 3: <<{2: [['file'%s]]}>>, "
		"7: <<[14, 0]>>, 20: <<[20, {18: 'x'}, 18, 15]>>}", open), ""),
	   "name-refused");
	is(gateway_process(SG_PROCEDURE_INSTALLATION, text(
		"{1: 1, 2: 3, 3: <<{2: [['file'%s]]}>>, "
		"7: <<[14, 0]>>, 20: <<[20, {18: 'x'}, 18, 15]>>}",
		segments(gateway_path("opener/x"))), ""), "name-refused");
	gateway.device.n_file_roots = 0;
	is(gateway_process(SG_PROCEDURE_INSTALLATION, text(
		"{1: 1, 2: 4, 3: <<{2: [['file'%s, 'sub', 'x']]}>>, "
		"7: <<[14, 0]>>, 20: <<[20, {18: 'y'}, 18, 15]>>}", open), ""),
	   "name-refused");
}

static const char *from(const char *uri)
{
	return install(text("20, {3: <<digest'x'>>, 21: \"%s\"}, 21, 15", uri));
}

static void files_of_this_machine(void **state)
{
	static char local[GATEWAY_PATH];

	(void)state;
	gateway_put("other/in/f w", "x");
	gateway_put("secret", "x");
	assert_int_equal(symlink("../secret", gateway_path("other/out")), 0);
	is(from("file:///etc/passwd"), "operation-failed");
	assert_non_null(strstr(gateway_why, "may not be fetched"));
	strcpy(local, gateway_path("other"));
	gateway.request.local_dir = local;
	is(from("file:///etc/passwd"), "operation-failed");
	assert_non_null(strstr(gateway_why, "is not below"));
	is(from("../secret"), "operation-failed");
	is(from("out"), "operation-failed");
	is(from("in%2ff%20w"), "operation-failed");
	is(from("in/f%00"), "operation-failed");
	is(from("in"), "operation-failed");
	is(from("file://elsewhere/x"), "operation-failed");
	is(gateway_list("config"), "");
	is(from("in/f%20w"), "ok");
	is(gateway_get("config/a"), "x");
	gateway_put("config/a", "y");
	is(from(text("file://%s/in/f%%20w", local)), "ok");
	is(gateway_get("config/a"), "x");
}

static void no_network(void **state)
{
	(void)state;
	gateway.request.fetcher = NULL;
	is(from("http://acme/1"), "operation-failed");
	assert_non_null(strstr(gateway_why, "nothing may be fetched"));
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(names_refused),
		test(ta_has_a_suffix),
		test(file_below_allowed_folder),
		test(files_of_this_machine),
		test(no_network),
	};

	return cmocka_run_group_tests_name("process name", tests, NULL, NULL);
}
