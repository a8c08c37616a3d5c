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
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file_ops.h"
#include "gateway.h"

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

/* What a component may be; NULL: not there. */
struct component {
	const char *name;
	const char *old;
	const char *new;
};

static const struct component installed[] = {
	{ "firmware/acme/radio.fw", "old radio", "new radio" },
	{ "config/deep/down/x", NULL, "new x" },
	{ "ta/" TA ".ta", "old ta", "new ta" },
	{ "config/gone", "old gone", NULL },
};

enum { N = COUNT(installed) };

/* Three files fetched, one removed; @sequence 1 has the old ones. */
static const char *manifest(bool new)
{
	return text(
		"{1: 1, 2: %u, 3: <<{2: [['firmware', 'acme', 'radio.fw'], "
		"['config', 'deep', 'down', 'x'], ['ta', '" TA "'], "
		"['config', 'gone']], 4: <<[12, 0, 20, {%s}, 12, 1, 20, {%s}, "
		"12, 2, 20, {%s}]>>}>>, 7: <<[12, [0, 1, 2], 3, 15]>>, "
		"16: <<[12, 0, 20, {21: \"http://0\"}, 21, 15, 3, 15, "
		"12, 1, 20, {21: \"http://1\"}, 21, 15, "
		"12, 2, 20, {21: \"http://2\"}, 21, 15]>>, "
		"20: <<[12, 3, 33, 15]>>, 24: <<[12, [0, 1, 2], 33, 15]>>}",
		new ? 2 : 1, wanted("new radio"), wanted("new x"),
		wanted("new ta"));
}

static void serve(void)
{
	size_t i;

	for (i = 0; i < 3; i++)
		gateway.page[i] = (struct page){
			text("http://%zu", i), installed[i].new, "v1"
		};
}

static void prepare_old(void)
{
	size_t i;

	for (i = 0; i < N; i++)
		if (installed[i].old)
			gateway_put(installed[i].name, installed[i].old);
	serve();
}

static bool succeeds(const char *code)
{
	return !strcmp(code, "ok") || !strcmp(code, "unchanged");
}

static bool install(void)
{
	return succeeds(gateway_process(SG_PROCEDURE_UPDATE, manifest(true),
					""));
}

static bool confirm(void)
{
	struct sg_error err;

	return !sg_install_confirm(&gateway.device, &gateway_digest, &err);
}

static bool revert(void)
{
	struct sg_error err;

	return !sg_install_revert(&gateway.device, &gateway_digest, &err);
}

static void prepare_trial(void)
{
	prepare_old();
	assert_true(install());
}

static void prepare_new(void)
{
	prepare_trial();
	assert_true(confirm());
}

static bool uninstall(void)
{
	return succeeds(gateway_process(SG_PROCEDURE_UNINSTALL, manifest(true),
					""));
}

static bool recover(void)
{
	struct sg_error err;

	if (!sg_install_recover(&gateway.device, NULL, 0, &err))
		return true;
	print_message("# %s\n", err.message);
	return false;
}

static bool stage(void)
{
	return succeeds(gateway_process(SG_PROCEDURE_STAGING, manifest(true),
					""));
}

static void prepare_staged(void)
{
	prepare_old();
	assert_true(stage());
}

static bool install_staged(void)
{
	return succeeds(gateway_process(SG_PROCEDURE_INSTALLATION,
					manifest(true), ""));
}

/* Of one component: 'o' old, 'n' new, '!' neither. */
static char look(const struct component *component, bool gone)
{
	const char *is = gateway_get(component->name);
	const char *new = gone ? NULL : component->new;

	if (component->old && is && !strcmp(is, component->old))
		return 'o';
	if (new && is && !strcmp(is, new))
		return 'n';
	if (is)
		return '!';
	return new ? component->old ? '!' : 'o' : 'n';
}

/*
 * All components, a letter each. After an uninstallation the new state is that
 * three are not there, and the old that they are new.
 */
static const char *look_all(bool uninstalled)
{
	static char letters[N + 1];
	size_t i;

	for (i = 0; i < N; i++) {
		if (uninstalled) {
			const struct component was = {
				installed[i].name, installed[i].new, NULL
			};

			letters[i] = i == 3 ? '-' : look(&was, true);
		} else {
			letters[i] = look(&installed[i], false);
		}
	}
	return letters;
}

static bool same_letters(const char *letters)
{
	return !strchr(letters, '!') &&
	       !(strchr(letters, 'o') && strchr(letters, 'n'));
}

static const char *everything(void)
{
	return text("%s | %s | %s | %s", gateway_list("firmware"),
		    gateway_list("config"), gateway_list("ta"),
		    gateway_list("state"));
}

static const char *everything_of(bool new, const char *record)
{
	return text("acme/ acme/radio.fw | %s | " TA ".ta | install/ %s",
		    new ? "deep/ deep/down/ deep/down/x" : "gone", record);
}

/**
 * struct scenario - something that is cut off
 * @name: of it
 * @prepare: before
 * @act: what is cut off; true when it says that it worked
 * @again: then, after recovery; leads to the new state
 * @uninstalled: the new state is that nothing is there
 * @backward: @act leads from the new to the old state
 */
struct scenario {
	const char *name;
	void (*prepare)(void);
	bool (*act)(void);
	bool uninstalled;
	bool backward;
	bool staging;
};

static const struct scenario scenarios[] = {
	{ "install", prepare_old, install },
	{ "confirm", prepare_trial, confirm },
	{ "revert", prepare_trial, revert, .backward = true },
	{ "stage", prepare_old, stage, .staging = true },
	{ "install what was staged", prepare_staged, install_staged },
	{ "uninstall", prepare_new, uninstall, .uninstalled = true },
};

static void wipe(void)
{
	static const char *const roots[] = {
		"firmware", "config", "ta", "state",
	};
	size_t i;

	for (i = 0; i < COUNT(roots); i++)
		gateway_wipe(roots[i]);
}

/* The state that a scenario ends in, reached by trying again. */
static void finish(const struct scenario *s)
{
	if (s->uninstalled) {
		if (!strchr(look_all(true), 'n'))
			assert_true(uninstall());
		confirm();
		assert_true(recover());
		assert_string_equal(everything(), " |  |  | install/ install/lock");
		return;
	}
	assert_true(install());
	assert_true(confirm());
	assert_true(recover());
	assert_string_equal(look_all(false), "nnnn");
	assert_null(strstr(everything(), ".suitgate"));
}

static void check_cut(const struct scenario *s)
{
	const char *letters = look_all(s->uninstalled);

	assert_null(strchr(letters, '!'));
	assert_true(recover());
	letters = look_all(s->uninstalled);
	if (!same_letters(letters))
		fail_msg("%s", letters);
	if (s->staging)
		assert_string_equal(letters, "oooo");
	if (!strcmp(letters, "oooo") && !s->staging && !s->uninstalled &&
	    s->prepare != prepare_staged)
		assert_string_equal(everything(),
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
		wipe();
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
	const char *letters = look_all(s->uninstalled);

	if (s->act == confirm) {
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
	assert_true(recover());
	assert_null(strchr(look_all(s->uninstalled), 'n'));
}

static void fail_every_call(const struct scenario *s, int error)
{
	unsigned int call, before;
	bool good;

	doom.hit = true;
	for (call = 0; doom.hit && call < ENDLESS; call++) {
		wipe();
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
	struct CMUnitTest tests[COUNT(ways) * COUNT(scenarios)];
	size_t way, s, n = 0;
	static char names[COUNT(tests)][80];

	for (way = 0; way < COUNT(ways); way++) {
		for (s = 0; s < COUNT(scenarios); s++, n++) {
			snprintf(names[n], sizeof(names[n]), "%s, %s",
				 scenarios[s].name, ways[way].name);
			tests[n] = (struct CMUnitTest){
				names[n], ways[way].function, gateway_make,
				gateway_remove, (void *)&scenarios[s],
			};
		}
	}
	return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
