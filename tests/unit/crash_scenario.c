// SPDX-License-Identifier: GPL-2.0-or-later
#include "crash_scenario.h"

#include <string.h>

#define TA "8d82573a-926d-4754-9353-32dc29997f74"

/* What a component may be; NULL: not there. */
struct component {
	const char *name;
	const char *old;
	const char *new;
};

static const struct component installed[] = {
	{ "firmware/acme/radio.fw", "old radio", "new radio" },
	{ "config/deep/down/x", NULL, "new x" },
	{ "ta/" CRASH_TA, "old ta", "new ta" },
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

bool crash_install(void)
{
	return succeeds(gateway_process(SG_PROCEDURE_UPDATE, manifest(true),
					""));
}

bool crash_confirm(void)
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
	assert_true(crash_install());
}

static void prepare_new(void)
{
	prepare_trial();
	assert_true(crash_confirm());
}

bool crash_uninstall(void)
{
	return succeeds(gateway_process(SG_PROCEDURE_UNINSTALL, manifest(true),
					""));
}

bool crash_recover(void)
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
const char *crash_look(bool uninstalled)
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

const char *crash_list(void)
{
	return text("%s | %s | %s | %s", gateway_list("firmware"),
		    gateway_list("config"), gateway_list("ta"),
		    gateway_list("state"));
}

const struct scenario crash_scenario[CRASH_SCENARIOS] = {
	{ "install", prepare_old, crash_install },
	{ "confirm", prepare_trial, crash_confirm, .confirming = true },
	{ "revert", prepare_trial, revert, .backward = true },
	{ "stage", prepare_old, stage, .staging = true },
	{ "install what was staged", prepare_staged, install_staged,
	  .staged = true },
	{ "uninstall", prepare_new, crash_uninstall, .uninstalled = true },
};

void crash_wipe(void)
{
	static const char *const roots[] = {
		"firmware", "config", "ta", "state",
	};
	size_t i;

	for (i = 0; i < COUNT(roots); i++)
		gateway_wipe(roots[i]);
}
