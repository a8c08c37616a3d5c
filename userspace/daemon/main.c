// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitgated: brings new firmware, refuses old firmware, and goes back to the
 * old when the new does not work.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <systemd/sd-daemon.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"
#include "floors.h"
#include "gate_state.h"
#include "install.h"
#include "job.h"
#include "kept.h"
#include "manager.h"
#include "memory.h"
#include "report.h"
#include "source.h"
#include "trial.h"
#include "watch.h"

static const char help[] =
	"Usage: suitgated [--config FILE]\n"
	"       suitgated --check [--config FILE]\n"
	"\n"
	"Install signed firmware, on trial first, and look for new releases.\n"
	"Clients talk to it with suitctl, or with varlinkctl. It runs in the\n"
	"foreground; systemd starts it: suitgated.service.\n"
	"\n"
	"  --config FILE  instead of " CONFIG_FILE "\n"
	"  --check        read the configuration, say what is wrong, and leave\n"
	"  --version      print the version\n"
	"\n"
	"Examples:\n"
	"  suitgated --check\n"
	"  systemctl reload suitgated\n";

void daemon_log(int priority, const char *fmt, ...)
{
	va_list ap;

	/* the journal takes the number for the priority */
	if (getenv("JOURNAL_STREAM"))
		fprintf(stderr, "<%d>", priority);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

static int make_folder(const char *parent, const char *name,
		       struct sg_error *err)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s%s%s", parent, *name ? "/" : "", name);
	if (mkdir(path, 0755) == 0 || errno == EEXIST)
		return 0;
	return sg_fail(err, "cannot make %s: %m", path);
}

static int make_folders(const struct config *config, struct sg_error *err)
{
	static const char *const names[] = { "", "manifests" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (make_folder(config->state_dir, names[i], err) < 0)
			return -1;
	return make_folder(config->firmware_dir, "", err);
}

/* systemd is told when it begins and when it is over. */
static int on_reload(sd_event_source *source, const struct signalfd_siginfo *si,
		     void *userdata)
{
	struct daemon *daemon = userdata;
	struct config config;
	struct timespec now;
	struct sg_error err;

	(void)source;
	(void)si;
	clock_gettime(CLOCK_MONOTONIC, &now);
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%llu",
		   (unsigned long long)now.tv_sec * 1000000 +
		   (unsigned long long)now.tv_nsec / 1000);
	if (config_read(daemon->config_path, &config, &err) < 0) {
		daemon_log(LOG_ERR, "the old configuration stays: %s",
			   err.message);
	} else {
		source_stop(daemon);
		report_stop(daemon);
		config_free(&daemon->config);
		daemon->config = config;
		if (source_start(daemon, &err) < 0)
			daemon_log(LOG_ERR, "%s", err.message);
		report_post(daemon);
		daemon_log(LOG_INFO, "the configuration was read again");
	}
	sd_notify(0, "READY=1");
	return 0;
}

static int add_signals(struct daemon *daemon)
{
	sigset_t mask;
	int r;

	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	signal(SIGPIPE, SIG_IGN);
	r = sd_event_add_signal(daemon->event, NULL, SIGTERM, NULL, NULL);
	if (r >= 0)
		r = sd_event_add_signal(daemon->event, NULL, SIGINT, NULL,
					NULL);
	if (r >= 0)
		r = sd_event_add_signal(daemon->event, NULL, SIGHUP, on_reload,
					daemon);
	return r;
}

static int start_event(struct daemon *daemon, struct sg_error *err)
{
	int r = sd_event_default(&daemon->event);

	if (r >= 0)
		r = sd_event_set_watchdog(daemon->event, 1);
	if (r >= 0)
		r = add_signals(daemon);
	if (r >= 0)
		return 0;
	errno = -r;
	return sg_fail(err, "cannot set up the event loop: %m");
}

static int start_store(struct daemon *daemon, struct sg_error *err)
{
	bool rebuilt;

	if (make_folders(&daemon->config, err) < 0 ||
	    store_open(daemon->config.state_dir, &daemon->store, &rebuilt,
		       err) < 0 ||
	    floors_load(daemon, err) < 0)
		return -1;
	if (rebuilt && (kept_rebuild(daemon, err) < 0 ||
			store_filled(daemon->store, err) < 0))
		return -1;
	return 0;
}

static int run(struct daemon *daemon, struct sg_error *err)
{
	int ret = -1;

	if (start_event(daemon, err) < 0 || start_store(daemon, err) < 0 ||
	    job_resume(daemon, err) < 0 || watch_start(daemon, err) < 0 ||
	    source_start(daemon, err) < 0 || manager_start(daemon, err) < 0 ||
	    memory_start(daemon->event, err) < 0)
		goto out;
	kept_sweep(daemon);
	report_post(daemon);
	sd_notifyf(0, "READY=1\nSTATUS=%zu sources", source_count(daemon));
	ret = sd_event_loop(daemon->event);
	if (ret < 0) {
		errno = -ret;
		sg_fail(err, "event loop: %m");
	}
	sd_notify(0, "STOPPING=1");

out:
	manager_stop(daemon);
	gate_state_stop(daemon);
	source_stop(daemon);
	install_stop(daemon);
	trial_stop(daemon);
	report_stop(daemon);
	watch_stop(daemon);
	store_close(daemon->store);
	sd_event_unref(daemon->event);
	return ret < 0 ? -1 : 0;
}

static int wrong(void)
{
	fputs("Try: suitgated --help\n", stderr);
	return 2;
}

/* 0: go on, else leave with *@code. */
static int options(int argc, char **argv, const char **path, bool *check,
		   int *code)
{
	static const struct option table[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "check", no_argument, NULL, 'C' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 }
	};
	int c;

	*code = 0;
	while ((c = getopt_long(argc, argv, "hc:", table, NULL)) >= 0) {
		switch (c) {
		case 'c':
			*path = optarg;
			break;
		case 'C':
			*check = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 1;
		case 'v':
			puts("suitgated " SUITGATE_VERSION);
			return 1;
		default:
			*code = wrong();
			return 1;
		}
	}
	if (optind == argc)
		return 0;
	*code = wrong();
	return 1;
}

int main(int argc, char **argv)
{
	struct daemon daemon = { .config_path = CONFIG_FILE };
	struct sg_error err = { 0 };
	bool check = false;
	int code;

	if (options(argc, argv, &daemon.config_path, &check, &code))
		return code;
	if (config_read(daemon.config_path, &daemon.config, &err) < 0) {
		fprintf(stderr, "suitgated: %s\n", err.message);
		return 2;
	}
	if (check) {
		printf("%s: good, %zu sources, %zu components\n",
		       daemon.config_path, daemon.config.n_sources,
		       daemon.config.n_components);
	} else if (run(&daemon, &err) < 0) {
		fprintf(stderr, "suitgated: %s\n", err.message);
		code = 2;
	}
	config_free(&daemon.config);
	return code;
}
