// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Configuration of the daemon: what is read, and what is said about what is
 * wrong.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../userspace/daemon/config.h"
#include "table.h"

static char path[64];

/* Write a file, or a drop-in by its name. */
static void put(const char *name, const char *text)
{
	char file[256];
	FILE *out;

	if (name) {
		snprintf(file, sizeof(file), "%s.d", path);
		mkdir(file, 0755);
		snprintf(file, sizeof(file), "%s.d/%s", path, name);
	} else {
		snprintf(file, sizeof(file), "%s", path);
	}
	out = fopen(file, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void remove_all(void)
{
	static const char *const names[] = { "a.conf", "b.conf", "c.txt" };
	char file[256];
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		snprintf(file, sizeof(file), "%s.d/%s", path, names[i]);
		unlink(file);
	}
	snprintf(file, sizeof(file), "%s.d", path);
	rmdir(file);
	unlink(path);
}

struct wrong {
	const char *name;
	const char *text;
	const char *message;	/* after "FILE:" or, beginning with '[', all */
};

static const struct wrong wrongs[] = {
	{ "a key before a section", "Proxy=x\n", "1: Proxy: expected a section" },
	{ "an unknown section", "\n[Deamon]\n", "2: [Deamon]: no such section" },
	{ "an unknown key", "[Daemon]\nColour=red\n",
	  "2: Colour: no such key in [Daemon]" },
	{ "a key of another section", "[Daemon]\nProxy=x\n",
	  "2: Proxy: no such key" },
	{ "a section that does not end", "[Daemon\n", "1: expected [SECTION]" },
	{ "a section without a name", "[ ]\n", "1: expected [SECTION]" },
	{ "no equals sign", "[Daemon]\nStateDirectory\n",
	  "2: expected KEY=VALUE" },
	{ "a source without a name", "[Source]\n", "1: [Source NAME] needs" },
	{ "a daemon with a name", "[Daemon x]\n", "1: [Daemon] has no name" },
	{ "a relative path", "[Daemon]\nStateDirectory=var\n",
	  "2: StateDirectory: \"var\" is not an absolute path" },
	{ "no path", "[Daemon]\nStateDirectory=\n", "[Daemon]: a directory" },
	{ "no number", "[Network]\nRetries=many\n",
	  "2: Retries: \"many\" is not a number" },
	{ "a negative number", "[Network]\nRetries=-1\n",
	  "2: Retries: \"-1\" is not a number" },
	{ "a number that is too big", "[Network]\nRetries=101\n",
	  "2: Retries: expected 0 to 100" },
	{ "a number that does not fit",
	  "[Network]\nRetries=99999999999999999999999\n",
	  "2: Retries: \"99999999999999999999999\" is not a number" },
	{ "a unit that makes it too big", "[Network]\nMaxManifest=65M\n",
	  "2: MaxManifest: expected 1024 to 67108864" },
	{ "a unit of something else", "[Network]\nStallTimeout=5M\n",
	  "2: StallTimeout: \"M\" is not a unit here" },
	{ "neither yes nor no", "[Network]\nAllowHttp=maybe\n",
	  "2: AllowHttp: expected yes or no" },
	{ "not a choice", "[Component firmware/x]\nActivation=magic\n",
	  "2: Activation: \"magic\" is not one of none, rebind" },
	{ "not a URL", "[Source a]\nUrl=ftp://x/\n",
	  "2: Url: \"ftp://x/\" is not a URL of https or http" },
	{ "http", "[Source a]\nUrl=http://x/\n",
	  "[Source a]: Url is http: use https" },
	{ "a source from nowhere", "[Source a]\nInterval=1h\n",
	  "[Source a]: expected either Url or Directory" },
	{ "a source from two places",
	  "[Source a]\nUrl=https://x/\nDirectory=/x\n",
	  "[Source a]: expected either Url or Directory" },
	{ "not a form", "[Report]\nForm=json\n",
	  "2: Form: \"json\" is not one of suit-report, eat" },
	{ "rebind of nothing", "[Component firmware/x]\nActivation=rebind\n",
	  "[Component firmware/x]: Activation=rebind needs Device" },
	{ "reload of nothing", "[Component firmware/x]\nActivation=reload\n",
	  "[Component firmware/x]: Activation=reload needs Module" },
	{ "nothing is bound", "[Component firmware/x]\nHealth=bound\n",
	  "[Component firmware/x]: Health=bound needs Device" },
	{ "a command that is looked for",
	  "[Component firmware/x]\nHealth=command\nCommand=true\n",
	  "[Component firmware/x]: Health=command needs Command" },
};

static void refused(void **state)
{
	const struct wrong *row = *state;
	struct config config;
	struct sg_error err;
	const char *message;
	size_t len = strlen(path);

	put(NULL, row->text);
	assert_int_equal(config_read(path, &config, &err), -1);
	message = err.message;
	if (row->message[0] != '[') {
		assert_memory_equal(message, path, len);
		assert_int_equal(message[len], ':');
		message += len + 1;
	}
	if (strncmp(message, row->message, strlen(row->message)))
		fail_msg("it says: %s", err.message);
	remove_all();
}

static void missing(void **state)
{
	struct config config;
	struct sg_error err;

	(void)state;
	assert_int_equal(config_read(path, &config, &err), 0);
	assert_string_equal(config.state_dir, SG_STATE_DIR);
	assert_string_equal(config.config_dir, SG_CONFIG_DIR);
	assert_string_equal(config.socket, CONFIG_SOCKET);
	assert_int_equal(config.n_sources, 0);
	assert_false(config.allow_http);
	assert_null(config.report_url);
	config_free(&config);
}

static void everything(void **state)
{
	struct config_component use;
	struct config config;
	struct sg_error err;

	(void)state;
	put(NULL, "# comment\n; another\n[Network]\n"
		  " RedirectHosts = a.example\tb.example \nStallTimeout=2min\n"
		  "MaxManifest=1M\nAllowHttp=yes\n"
		  "[Source one]\nUrl=http://x/\nInterval=1h\n"
		  "[Component firmware/a b]\nActivation=rebind\nDevice=pci/0\n"
		  "Health=command\nCommand=/bin/x -a\nDeadline=1d\nBoots=7\n");
	assert_int_equal(config_read(path, &config, &err), 0);
	assert_string_equal(config.redirect_hosts[1], "b.example");
	assert_null(config.redirect_hosts[2]);
	assert_int_equal(config.stall_s, 120);
	assert_int_equal(config.max_manifest, 1 << 20);
	assert_int_equal(config.source[0].interval_s, 3600);
	use = config_component(&config, "firmware/a b");
	assert_int_equal(use.activation, ACTIVATION_REBIND);
	assert_int_equal(use.health, HEALTH_COMMAND);
	assert_string_equal(use.command[1], "-a");
	assert_int_equal(use.deadline_s, 86400);
	assert_int_equal(use.boots, 7);
	use = config_component(&config, "firmware/other");
	assert_int_equal(use.activation, ACTIVATION_NONE);
	assert_int_equal(use.health, HEALTH_DELIVERED);
	config_free(&config);
	remove_all();
}

static void drop_ins(void **state)
{
	struct config config;
	struct sg_error err;

	(void)state;
	put(NULL, "[Source s]\nUrl=https://a/\n[Network]\nRetries=1\n");
	put("b.conf", "[Network]\nRetries=3\n");
	put("a.conf", "[Network]\nRetries=2\n[Source s]\nInterval=2h\n");
	put("c.txt", "[Nonsense]\n");
	assert_int_equal(config_read(path, &config, &err), 0);
	assert_int_equal(config.retries, 3);
	assert_int_equal(config.n_sources, 1);
	assert_string_equal(config.source[0].url, "https://a/");
	assert_int_equal(config.source[0].interval_s, 7200);
	config_free(&config);
	remove_all();
}

/* The file that is installed says what the defaults are. */
static void example(void **state)
{
	static const char file[] = "userspace/data/config/suitgated.conf";
	struct config config;
	struct sg_error err;

	(void)state;
	assert_int_equal(access(file, R_OK), 0);
	assert_int_equal(config_read(file, &config, &err), 0);
	assert_int_equal(config.n_sources, 0);
	config_free(&config);
}

int main(void)
{
	snprintf(path, sizeof(path), "/tmp/suitgated-%ld.conf", (long)getpid());
	table(wrongs, refused);
	single("a file that is missing", missing);
	single("everything", everything);
	single("drop-ins, by name", drop_ins);
	single("the example", example);
	return table_run("config");
}
