// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every call that changes a file system, in turn, is the last one of its
 * process, or fails. Whatever happens, each component has its old bytes or its
 * new ones, after recovery all have the old or all the new ones, and nothing
 * lies around in the end.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crash_scenario.h"
#include "file_ops.h"

#define TA "8d82573a-926d-4754-9353-32dc29997f74"

enum { ENDLESS = 1000 };

/* Which call is to be the last, or to fail with what. */
static struct {
	unsigned int left;
	int error;		/* 0: the process ends */
	bool hit;
} doom;

static int strike(enum sg_fs_call call, const char *name)
{
	(void)call;
	(void)name;
	if (doom.left--)
		return 0;
	doom.hit = true;
	if (!doom.error)
		_exit(66);
	return doom.error;
}

static bool same_letters(const char *letters)
{
	return !strchr(letters, '!') &&
	       !(strchr(letters, 'o') && strchr(letters, 'n'));
}

static const char *everything_of(bool new, const char *record)
{
	return text("acme/ acme/radio.fw | %s | " CRASH_TA " | install/ %s",
		    new ? "deep/ deep/down/ deep/down/x" : "gone", record);
}

/* The state that a scenario ends in, reached by trying again. */
static void finish(const struct scenario *s)
{
	if (s->uninstalled) {
		if (!strchr(crash_look(true), 'n'))
			assert_true(crash_uninstall());
		crash_confirm();
		assert_true(crash_recover());
		assert_string_equal(crash_list(), " |  |  | install/ install/lock");
		return;
	}
	assert_true(crash_install());
	assert_true(crash_confirm());
	assert_true(crash_recover());
	assert_string_equal(crash_look(false), "nnnn");
	assert_null(strstr(crash_list(), ".suitgate"));
}

static void check_cut(const struct scenario *s)
{
	const char *letters = crash_look(s->uninstalled);

	assert_null(strchr(letters, '!'));
	assert_true(crash_recover());
	letters = crash_look(s->uninstalled);
	if (!same_letters(letters))
		fail_msg("%s", letters);
	if (s->staging)
		assert_string_equal(letters, "oooo");
	if (!strcmp(letters, "oooo") && !s->staging && !s->uninstalled &&
	    !s->staged)
		assert_string_equal(crash_list(),
				    everything_of(false, "install/lock"));
	finish(s);
}

/* In a process of its own; false when it came to its end. */
static bool cut(const struct scenario *s, unsigned int call)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		doom.left = call;
		doom.error = 0;
		sg_fs_watch = strike;
		s->act();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == 66;
}

static void dies_at_every_call(void **state)
{
	const struct scenario *s = *state;
	unsigned int call;
	bool more = true;

	for (call = 0; more && call < ENDLESS; call++) {
		crash_wipe();
		s->prepare();
		more = cut(s, call);
		check_cut(s);
	}
	assert_in_range(call, 5, ENDLESS - 1);
	print_message("# %u calls\n", call - 1);
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

static void check_failed(const struct scenario *s, bool said_good)
{
	const char *letters = crash_look(s->uninstalled);

	if (s->confirming) {
		assert_string_equal(letters, "nnnn");
		return;
	}
	if (s->staging) {
		assert_string_equal(letters, "oooo");
		return;
	}
	if (!same_letters(letters) && !s->backward)
		fail_msg("%s", letters);
	if (said_good && !s->backward)
		assert_null(strchr(letters, 'o'));
	/* it failed: what was there is there, and stays */
	if (said_good || s->backward)
		return;
	assert_null(strchr(letters, 'n'));
	assert_true(crash_recover());
	assert_null(strchr(crash_look(s->uninstalled), 'n'));
}

static void fail_every_call(const struct scenario *s, int error)
{
	unsigned int call, before;
	bool good;

	doom.hit = true;
	for (call = 0; doom.hit && call < ENDLESS; call++) {
		crash_wipe();
		s->prepare();
		before = open_files();
		doom.left = call;
		doom.error = error;
		doom.hit = false;
		sg_fs_watch = strike;
		good = s->act();
		sg_fs_watch = NULL;
		assert_int_equal(open_files(), before);
		check_failed(s, good);
		check_cut(s);
	}
	assert_in_range(call, 5, ENDLESS - 1);
	print_message("# %u calls\n", call - 1);
}

static void every_call_says_no_space(void **state)
{
	fail_every_call(*state, ENOSPC);
}

static void every_call_says_io_error(void **state)
{
	fail_every_call(*state, EIO);
}

static void every_call_says_read_only(void **state)
{
	fail_every_call(*state, EROFS);
}

int main(void)
{
	static const struct {
		const char *name;
		CMUnitTestFunction function;
	} ways[] = {
		{ "dies at every call", dies_at_every_call },
		{ "every call: no space", every_call_says_no_space },
		{ "every call: input/output error", every_call_says_io_error },
		{ "every call: read-only", every_call_says_read_only },
	};
	struct CMUnitTest tests[COUNT(ways) * CRASH_SCENARIOS];
	size_t way, s, n = 0;
	static char names[COUNT(tests)][80];

	for (way = 0; way < COUNT(ways); way++) {
		for (s = 0; s < CRASH_SCENARIOS; s++, n++) {
			snprintf(names[n], sizeof(names[n]), "%s, %s",
				 crash_scenario[s].name, ways[way].name);
			tests[n] = (struct CMUnitTest){
				names[n], ways[way].function, gateway_make,
				gateway_remove, (void *)&crash_scenario[s],
			};
		}
	}
	return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
