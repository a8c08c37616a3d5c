// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every call that changes the disk, and every step of the counter, in turn, is
 * the last one of its process, or fails. Whatever happens, the floors can be
 * opened and are the old ones or the new ones, nothing lies around, and what the
 * disk had before is refused once the new ones are in force.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file_ops.h"
#include "floor_case.h"

enum { ENDLESS = 200, CUT = 66, DONE = 0, FAILED = 1 };

/* Which call is to be the last, or to fail with what. */
static struct {
	unsigned int left;
	int error;		/* 0: the process ends */
	bool hit;
} doom;

static int strike_counter(void)
{
	if (doom.left--)
		return 0;
	doom.hit = true;
	if (!doom.error)
		_exit(CUT);
	return doom.error;
}

static int strike(enum sg_fs_call call, const char *name)
{
	(void)call;
	(void)name;
	return strike_counter();
}

static void watch(bool on)
{
	sg_fs_watch = on ? strike : NULL;
	counter_watch = on ? strike_counter : NULL;
}

struct scenario {
	const char *name;
	void (*prepare)(void);
	int (*act)(void);
	bool counted;
	const char *old;
	const char *new;
	const char *refused;	/* before; NULL: it can be opened */
	bool image;		/* there is an old file worth restoring */
};

static void nothing(void)
{
}

static void have_old(void)
{
	succeeded(floor_put(true, 1, 0));
}

static void have_old_uncounted(void)
{
	succeeded(floor_put(false, 1, 0));
}

static void have_half(void)
{
	have_old();
	succeeded(floor_put(true, 2, 0));
	counter->value--;
}

static void have_restored(void)
{
	struct suit_slice image;

	have_old();
	image = floor_image();
	succeeded(floor_put(true, 3, 0));
	floor_restore(image);
}

static int put(void)
{
	return floor_put(true, 2, 3);
}

static int put_uncounted(void)
{
	return floor_put(false, 2, 3);
}

static int open_it(void)
{
	struct sg_floor_store *store;
	int ret = sg_floor_store_open(floor_request(true), &store, &why);

	sg_floor_store_close(store);
	return ret;
}

static int reset(void)
{
	return sg_floor_store_reset(floor_request(true), floors_of(2, 3),
				    &why);
}

static const struct scenario scenarios[] = {
	{ "the first floors", nothing, put, true, "", "x=2 y=3" },
	{ "the next floors", have_old, put, true, "x=1", "x=2 y=3", NULL,
	  true },
	{ "without a counter", have_old_uncounted, put_uncounted, false, "x=1",
	  "x=2 y=3" },
	{ "a counter is taken up", have_old_uncounted, open_it, true, "x=1",
	  "x=1", NULL, true },
	{ "and at once used", have_old_uncounted, put, true, "x=1", "x=2 y=3",
	  NULL, true },
	{ "power had failed", have_half, open_it, true, "x=2", "x=2" },
	{ "power had failed, and more", have_half, put, true, "x=2",
	  "x=2 y=3" },
	{ "starting over", have_restored, reset, true, NULL, "x=2 y=3",
	  SG_FLOOR_OLD, true },
};

static bool is_open(void)
{
	struct sg_floor_store *store;

	if (sg_floor_store_open(floor_request(true), &store, &why) < 0)
		return false;
	sg_floor_store_close(store);
	return true;
}

/* Old or new; then act again, and only new will do. */
static void check(const struct scenario *s, struct suit_slice image, bool done)
{
	const char *kept;

	if (s->refused && !is_open()) {
		floor_refused(true, s->refused);
		assert_false(done);
	} else {
		kept = floor_kept(s->counted);
		if (strcmp(kept, s->new) &&
		    (done || !s->old || strcmp(kept, s->old)))
			fail_msg("\"%s\"", kept);
	}
	succeeded(s->act());
	assert_string_equal(floor_kept(s->counted), s->new);
	assert_int_equal(floor_files(), 1);
	if (s->image) {
		floor_restore(image);
		floor_refused(true, SG_FLOOR_OLD);
	}
}

/* In a process of its own; how it ended. */
static int cut(const struct scenario *s, unsigned int call)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		doom.left = call;
		doom.error = 0;
		watch(true);
		_exit(s->act() ? FAILED : DONE);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static struct suit_slice prepare(const struct scenario *s)
{
	struct suit_slice image = { 0 };

	scratch_remove();
	floor_begin();
	s->prepare();
	if (s->image)
		image = floor_image();
	return image;
}

static void dies_at_every_call(void **state)
{
	const struct scenario *s = *state;
	struct suit_slice image;
	unsigned int call;
	int end = CUT;

	for (call = 0; end == CUT && call < ENDLESS; call++) {
		image = prepare(s);
		end = cut(s, call);
		assert_int_not_equal(end, FAILED);
		check(s, image, end == DONE);
	}
	assert_in_range(call, 3, ENDLESS - 1);
	print_message("# %s: dies at %u calls\n", s->name, call - 1);
}

static unsigned int open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned int n = 0;

	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void every_call_fails(void **state)
{
	const struct scenario *s = *state;
	struct suit_slice image;
	unsigned int call, before;
	int ret;

	doom.hit = true;
	for (call = 0; doom.hit && call < ENDLESS; call++) {
		image = prepare(s);
		before = open_files();
		doom.left = call;
		doom.error = EIO;
		doom.hit = false;
		watch(true);
		ret = s->act();
		watch(false);
		assert_int_equal(open_files(), before);
		if (!doom.hit)
			succeeded(ret);
		check(s, image, !ret);
	}
	assert_in_range(call, 3, ENDLESS - 1);
	print_message("# %s: %u calls fail\n", s->name, call - 1);
}

int main(void)
{
	static struct row {
		char name[80];
	} names[2 * COUNT(scenarios)];
	struct CMUnitTest tests[COUNT(names)];
	size_t i, n = 0;

	for (i = 0; i < COUNT(scenarios); i++) {
		void *s = (void *)&scenarios[i];

		snprintf(names[n].name, sizeof(names[n]), "%s, dies",
			 scenarios[i].name);
		tests[n] = (struct CMUnitTest){ names[n].name,
						dies_at_every_call, NULL, NULL,
						s };
		n++;
		snprintf(names[n].name, sizeof(names[n]), "%s, fails",
			 scenarios[i].name);
		tests[n] = (struct CMUnitTest){ names[n].name,
						every_call_fails, NULL, NULL,
						s };
		n++;
	}
	return cmocka_run_group_tests_name("floor_crash", tests, NULL, NULL);
}
