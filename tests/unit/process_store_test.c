// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Directives that store something, with metadata, and the conditions that look
 * at it.
 */
#include <string.h>
#include <sys/stat.h>
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

static void write_content(void **state)
{
	(void)state;
	is(install("20, {18: 'hello'}, 18, 15, 6, 15"), "ok");
	is(gateway_get("config/a"), "hello");
	is(gateway_list("config"), "a");
}

static void write_wrong_digest(void **state)
{
	(void)state;
	is(install("20, {3: <<digest'x'>>, 18: 'hello'}, 18, 15"),
	   "no-image-match");
	is(gateway_list("config"), "");
}

static void content_differs(void **state)
{
	(void)state;
	gateway_put("config/a", "hellp");
	is(install("20, {18: 'hello'}, 6, 15"), "content-mismatch");
	is(install("20, {18: 'hell'}, 6, 15"), "content-mismatch");
	is(install("20, {18: 'hellpo'}, 6, 15"), "content-mismatch");
	is(install("20, {18: 'hellp'}, 6, 15"), "unchanged");
}

static void copied(void **state)
{
	(void)state;
	gateway_put("config/b", "there");
	is(install("20, {22: 1}, 22, 15"), "ok");
	is(gateway_get("config/a"), "there");
	is(gateway_get("config/b"), "there");
}

static void copied_from_candidate(void **state)
{
	(void)state;
	is(install("12, 1, 20, {18: 'new'}, 18, 15, 12, 0, 20, {22: 1}, "
		   "22, 15"), "ok");
	is(gateway_get("config/a"), "new");
}

static void unproven_stays_unproven(void **state)
{
	(void)state;
	gateway.page[0] = (struct page){ "http://x", "new", NULL };
	is(install("12, 1, 20, {21: \"http://x\"}, 21, 15, 12, 0, "
		   "20, {22: 1}, 22, 15, 12, 1, 20, {18: 'good'}, 18, 15"),
	   "no-image-match");
	is(gateway_list("config"), "");
}

static void copied_from_nothing(void **state)
{
	(void)state;
	is(install("20, {22: 1}, 22, 15"), "image-mismatch");
	assert_non_null(strstr(gateway_why, "there is no config/b"));
}

static mode_t mode_of(const char *name)
{
	struct stat st;

	assert_int_equal(lstat(gateway_path("%s", name), &st), 0);
	return st.st_mode;
}

static void swapped(void **state)
{
	(void)state;
	gateway_put("config/a", "first");
	gateway_put("config/b", "second");
	chmod(gateway_path("config/b"), 0600);
	is(install("20, {22: 1}, 31, 15"), "ok");
	is(gateway_get("config/a"), "second");
	is(gateway_get("config/b"), "first");
	assert_int_equal(mode_of("config/a"), S_IFREG | 0600);
	assert_int_equal(mode_of("config/b"), S_IFREG | 0644);
	is(gateway_list("config"), "a b");
}

static void swapped_twice(void **state)
{
	(void)state;
	gateway_put("config/a", "first");
	gateway_put("config/b", "second");
	is(install("20, {22: 1}, 31, 15, 31, 15"), "ok");
	is(gateway_get("config/a"), "first");
	is(gateway_get("config/b"), "second");
}

static void swapped_with_nothing(void **state)
{
	(void)state;
	gateway_put("config/a", "first");
	is(install("20, {22: 1}, 31, 15"), "image-mismatch");
	is(gateway_get("config/a"), "first");
}

static void permissions(void **state)
{
	(void)state;
	is(install("20, {18: 'x', 30: <<{1: 5}>>}, 18, 15"), "ok");
	assert_int_equal(mode_of("config/a"), S_IFREG | 0555);
	is(install(text("20, {18: 'x', 30: <<{1: 0, 2: {%u: 7}, 3: {%u: 4}, "
			"6: 1(1000000000)}>>}, 18, 15", geteuid(), getegid())),
	   "ok");
	assert_int_equal(mode_of("config/a"), S_IFREG | 0740);
}

static void same_bytes_other_permissions(void **state)
{
	struct stat st;

	(void)state;
	gateway_put("config/a", "x");
	is(install("20, {3: <<digest'x'>>, 18: 'x', 30: <<{1: 4, "
		   "6: 1(1000000000)}>>}, 18, 15"), "ok");
	assert_int_equal(mode_of("config/a"), S_IFREG | 0444);
	stat(gateway_path("config/a"), &st);
	assert_int_equal(st.st_mtim.tv_sec, 1000000000);
}

static void strange_metadata(void **state)
{
	static const char *const rows[] = {
		"4: {\"role\": 1}", "7: 1(1)", "8: 1", "2: {0: 1, 1: 1}",
		"2: {h'00': 1}", "3: {37(h'00000000000000000000000000000000'): 1}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		is(install(text("20, {18: 'x', 30: <<{%s}>>}, 18, 15",
				rows[i])), "parameter-unsupported");
	is(install("20, {18: 'x', 30: <<{2: {-1: 1}}>>}, 18, 15"),
	   "parameter-malformed");
	is(install("20, {18: 'x', 30: <<{2: {4294967295: 1}}>>}, 18, 15"),
	   "parameter-malformed");
	is(install("20, {18: 'x', 30: <<{2: {\"no-such-user\": 1}}>>}, 18, 15"),
	   "operation-failed");
	is(gateway_list("config"), "");
}

static void folder(void **state)
{
	(void)state;
	is(install("20, {18: '', 30: <<{1: 5, 5: 2}>>}, 18, 15"), "ok");
	assert_int_equal(mode_of("config/a"), S_IFDIR | 0555);
	is(install("20, {18: 'x', 30: <<{5: 2}>>}, 18, 15"),
	   "parameter-malformed");
	is(install("20, {18: 'x'}, 18, 15"), "operation-failed");
	assert_non_null(strstr(gateway_why, "Is a directory"));
	is(gateway_list("config"), "a/");
}

static const char *link_to(const char *target)
{
	return install(text("20, {18: '%s', 30: <<{5: 3}>>}, 18, 15", target));
}

static void symbolic_link(void **state)
{
	char target[64] = "";

	(void)state;
	gateway_put("config/b", "there");
	is(link_to("b"), "ok");
	assert_true(readlink(gateway_path("config/a"), target, 63) > 0);
	is(target, "b");
	is(gateway_get("config/a"), "there");
	/* writing replaces the link, and not what it leads to */
	is(install("20, {18: 'new'}, 18, 15"), "ok");
	is(gateway_get("config/a"), "new");
	is(gateway_get("config/b"), "there");
}

static void links_out(void **state)
{
	static const char *const rows[] = {
		"/etc/passwd", "../b", "..", ".", "x/../../b", "x/..", "",
		"x//y", "x/", "./x", "../", ".hidden",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		is(link_to(rows[i]), "name-refused");
	is(gateway_list("config"), "");
}

static void only_write_makes_links(void **state)
{
	(void)state;
	gateway_put("config/b", "there");
	is(install("20, {22: 1, 30: <<{5: 3}>>}, 22, 15"),
	   "parameter-malformed");
	is(install("20, {21: \"http://x\", 30: <<{5: 2}>>}, 21, 15"),
	   "parameter-malformed");
}

static void removed(void **state)
{
	(void)state;
	gateway_put("config/a", "old");
	is(install("33, 15"), "ok");
	is(gateway_list("config"), "");
}

static void removed_is_not_there(void **state)
{
	(void)state;
	gateway_put("config/a", "old");
	is(install("33, 15, 20, {18: 'old'}, 6, 15"), "content-mismatch");
	is(gateway_get("config/a"), "old");
}

static void removal_reverted(void **state)
{
	(void)state;
	gateway_put("config/a", "old");
	is(gateway_process(SG_PROCEDURE_INSTALLATION, with("33, 15"), ""),
	   "ok");
	assert_null(gateway_get("config/a"));
	gateway_revert();
	is(gateway_get("config/a"), "old");
	is(gateway_list("config"), "a");
}

static void encrypted(void **state)
{
	(void)state;
	is(install("20, {18: 'x', 19: <<96([h'', {}, null, [[h'', {}, "
		   "h'']]])>>}, 18, 15"), "parameter-unsupported");
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(write_content),
		test(write_wrong_digest),
		test(content_differs),
		test(copied),
		test(copied_from_candidate),
		test(unproven_stays_unproven),
		test(copied_from_nothing),
		test(swapped),
		test(swapped_twice),
		test(swapped_with_nothing),
		test(permissions),
		test(same_bytes_other_permissions),
		test(strange_metadata),
		test(folder),
		test(symbolic_link),
		test(links_out),
		test(only_write_makes_links),
		test(removed),
		test(removed_is_not_there),
		test(removal_reverted),
		test(encrypted),
	};

	return cmocka_run_group_tests_name("process store", tests, NULL, NULL);
}
