// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Somebody changes the folders while a component is installed; links, other
 * file systems and full ones are in the way. Nothing outside of the roots is
 * ever written to.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file_ops.h"
#include "gateway.h"

#define is(got, want) assert_string_equal(got, want)

enum { ENDLESS = 1000 };

static const char *update(const char *content)
{
	gateway.page[0] = (struct page){ "http://x", content };
	return gateway_process(SG_PROCEDURE_UPDATE, text(
		"{1: 1, 2: 1, 3: <<{2: [['firmware', 'a', 'b', 'c']], "
		"4: <<[20, {%s}]>>}>>, 7: <<[3, 15]>>, "
		"16: <<[20, {21: \"http://x\"}, 21, 15, 3, 15]>>}",
		wanted(content)), "");
}

/* What is exchanged for a link to "outside", before which call. */
static struct {
	const char *folder;
	unsigned int left;
	bool hit;
} swap;

static int exchange(enum sg_fs_call call, const char *name)
{
	const char *outside = "outside", *slash;

	(void)call;
	(void)name;
	if (swap.left-- || swap.hit)
		return 0;
	if (rename(gateway_path("%s", swap.folder), gateway_path("moved")) < 0)
		return 0;
	swap.hit = true;
	for (slash = swap.folder; (slash = strchr(slash, '/')); slash++)
		outside = text("../%s", outside);
	assert_int_equal(symlink(outside, gateway_path("%s", swap.folder)), 0);
	return 0;
}

static void wipe(void)
{
	gateway_wipe("firmware");
	gateway_wipe("state");
	unlink(gateway_path("moved"));
	if (gateway_list("moved")[0])
		gateway_wipe("moved");
	rmdir(gateway_path("moved"));
}

/* Before each call in turn, until there are no more. */
static void swapped(const char *folder)
{
	unsigned int call, hits = 0, quiet = 0;

	gateway_put("outside/b/c", "outer");
	gateway_put("outside/c", "outer");
	for (call = 0; quiet < 40 && call < ENDLESS; call++) {
		wipe();
		gateway_put("firmware/a/b/c", "old");
		swap.folder = folder;
		swap.left = call;
		swap.hit = false;
		sg_fs_watch = exchange;
		update("new");
		sg_fs_watch = NULL;
		hits += swap.hit;
		quiet = swap.hit ? 0 : quiet + 1;
		is(gateway_get("outside/b/c"), "outer");
		is(gateway_get("outside/c"), "outer");
		is(gateway_list("outside"), "b/ b/c c");
	}
	assert_in_range(hits, 5, ENDLESS - 100);
}

static void parent_is_swapped(void **state)
{
	(void)state;
	swapped("firmware/a/b");
}

static void grandparent_is_swapped(void **state)
{
	(void)state;
	swapped("firmware/a");
}

static void staging_is_swapped(void **state)
{
	(void)state;
	swapped("firmware/.suitgate");
}

/* The folder is gone from where it was: the old file in it is not replaced. */
static void moved_folder_keeps_its_file(void **state)
{
	unsigned int call, noticed = 0;

	(void)state;
	for (call = 0; call < 60; call++) {
		const char *code;

		wipe();
		gateway_put("outside/x", "outer");
		gateway_put("firmware/a/b/c", "old");
		swap.folder = "firmware/a/b";
		swap.left = call;
		swap.hit = false;
		sg_fs_watch = exchange;
		code = update("new");
		sg_fs_watch = NULL;
		if (swap.hit && strcmp(code, "ok"))
			is(gateway_get("moved/c"), "old");
		noticed += !!strstr(gateway_why, "was moved away");
	}
	assert_true(noticed);
}

static void parent_is_a_link(void **state)
{
	(void)state;
	gateway_put("outside/c", "outer");
	mkdir(gateway_path("firmware/a"), 0755);
	assert_int_equal(symlink(gateway_path("outside"),
				 gateway_path("firmware/a/b")), 0);
	is(update("new"), "operation-failed");
	assert_non_null(strstr(gateway_why, "a symbolic link is in the way"));
	is(gateway_get("outside/c"), "outer");
}

/* Inside of the root too: it may lead to what is another author's. */
static void parent_is_a_link_inside(void **state)
{
	(void)state;
	gateway_put("firmware/other/c", "other");
	mkdir(gateway_path("firmware/a"), 0755);
	assert_int_equal(symlink("../other", gateway_path("firmware/a/b")), 0);
	is(update("new"), "operation-failed");
	is(gateway_get("firmware/other/c"), "other");
}

static void file_is_a_link(void **state)
{
	(void)state;
	gateway_put("outside/c", "outer");
	mkdir(gateway_path("firmware/a"), 0755);
	mkdir(gateway_path("firmware/a/b"), 0755);
	assert_int_equal(symlink(gateway_path("outside/c"),
				 gateway_path("firmware/a/b/c")), 0);
	is(update("new"), "ok");
	is(gateway_get("firmware/a/b/c"), "new");
	is(gateway_get("outside/c"), "outer");
	gateway_revert();
	is(gateway_get("firmware/a/b/c"), "outer");
}

static void root_is_a_link(void **state)
{
	(void)state;
	gateway_put("real/x", "x");
	rmdir(gateway_path("firmware"));
	assert_int_equal(symlink("real", gateway_path("firmware")), 0);
	is(update("new"), "ok");
	is(gateway_get("real/a/b/c"), "new");
}

/* Mounts of its own, of which nothing is left; the build root has such. */
static bool alone(void)
{
	return unshare(CLONE_NEWNS) == 0 &&
	       (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 ||
		errno == EINVAL);
}

/* Run in a child that may mount; skipped where nobody may. */
static void mounted(const char *folder, const char *options,
		    void (*check)(void))
{
	pid_t child;
	int status;

	mkdir(gateway_path("%s", folder), 0755);
	child = fork();
	if (!child) {
		if (!alone() || mount("tmpfs", gateway_path("%s", folder),
				      "tmpfs", 0, options) < 0)
			_exit(77);
		check();
		umount(gateway_path("%s", folder));
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void demand(bool good)
{
	if (good)
		return;
	print_message("# %s | %s\n", gateway_why, gateway_list("firmware"));
	_exit(1);
}

static void check_full(void)
{
	static char big[1 << 20];

	gateway_put("firmware/a/b/c", "old");
	memset(big, 'x', sizeof(big) - 1);
	gateway.piece = 65536;
	demand(!strcmp(update(big), "operation-failed"));
	demand(strstr(gateway_why, "No space left on device"));
	demand(!strcmp(gateway_get("firmware/a/b/c"), "old"));
	demand(!strcmp(gateway_list("firmware"), "a/ a/b/ a/b/c"));
	demand(!strcmp(update("small"), "ok"));
	demand(!strcmp(gateway_get("firmware/a/b/c"), "small"));
}

static void no_room(void **state)
{
	(void)state;
	mounted("firmware", "size=256k", check_full);
}

static void check_other(void)
{
	mkdir(gateway_path("firmware/a/b"), 0755);
	demand(!strcmp(update("new"), "operation-failed"));
	demand(strstr(gateway_why, "on another file system than its root"));
	demand(!strcmp(gateway_list("firmware"), "a/ a/b/"));
}

static void other_file_system(void **state)
{
	(void)state;
	mounted("firmware/a", NULL, check_other);
}

static void check_read_only(void)
{
	gateway_put("firmware/a/b/c", "old");
	demand(mount(NULL, gateway_path("firmware"), NULL,
		     MS_REMOUNT | MS_RDONLY, NULL) == 0);
	demand(!strcmp(update("new"), "operation-failed"));
	demand(strstr(gateway_why, "Read-only file system"));
	demand(!strcmp(gateway_get("firmware/a/b/c"), "old"));
}

static void read_only(void **state)
{
	(void)state;
	mounted("firmware", NULL, check_read_only);
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(parent_is_swapped),
		test(grandparent_is_swapped),
		test(staging_is_swapped),
		test(moved_folder_keeps_its_file),
		test(parent_is_a_link),
		test(parent_is_a_link_inside),
		test(file_is_a_link),
		test(root_is_a_link),
		test(no_room),
		test(other_file_system),
		test(read_only),
	};

	return cmocka_run_group_tests_name("race", tests, NULL, NULL);
}
