// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The configuration of suitgated: what is accepted is within its bounds and
 * complete; what is refused is refused with a reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../userspace/daemon/config.h"
#include "fuzz.h"

enum { DAY = 86400 };

static void check_path(const char *path)
{
	MUST(!path || *path == '/');
}

static void check_url(const char *url, bool http)
{
	MUST(!url || !strncmp(url, "https://", 8) ||
	     (http && !strncmp(url, "http://", 7)));
}

static void check_source(const struct config *config,
			 const struct config_source *source)
{
	MUST(*source->name);
	MUST(!source->url != !source->directory);
	check_url(source->url, config->allow_http);
	check_path(source->directory);
	MUST(source->interval_s >= 60 && source->interval_s <= 365 * DAY);
}

static void check_component(const struct config *config,
			    const struct config_component *c)
{
	struct config_component use = config_component(config, c->name);

	MUST(*c->name && use.name == c->name);
	MUST(config_activation_name(c->activation));
	MUST(config_health_name(c->health));
	MUST(c->activation != ACTIVATION_REBIND || c->device);
	MUST(c->activation != ACTIVATION_RELOAD || c->module);
	MUST(c->health != HEALTH_BOUND || c->device);
	MUST(c->health != HEALTH_COMMAND || *c->command[0] == '/');
	MUST(c->deadline_s >= 1 && c->deadline_s <= 7 * DAY);
	MUST(c->boots >= 1 && c->boots <= 100);
}

static void check(const struct config *config)
{
	size_t i;

	MUST(config->config_dir && config->state_dir && config->socket &&
	     config->firmware_dir && *config->tpm);
	check_path(config->config_dir);
	check_path(config->state_dir);
	check_path(config->socket);
	check_path(config->firmware_dir);
	check_path(config->ca_file);
	check_path(config->report_reader);
	check_url(config->report_url, true);
	MUST(config->stall_s >= 1 && config->stall_s <= 3600);
	MUST(config->retries <= 100);
	MUST(config->report_spool >= 1 && config->report_spool <= 65536);
	MUST(config->max_manifest >= 1024 && config->max_manifest <= 64 << 20);
	for (i = 0; i < config->n_sources; i++)
		check_source(config, &config->source[i]);
	for (i = 0; i < config->n_components; i++)
		check_component(config, &config->component[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	static char path[64];
	struct config config;
	struct sg_error err;

	if (fd < 0) {
		fd = memfd_create("config", MFD_CLOEXEC);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (ftruncate(fd, 0) < 0 ||
	    pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	if (config_read(path, &config, &err) == 0) {
		check(&config);
	} else {
		/* nor is there a word that is not there */
		MUST(*err.message && (!strstr(err.message, "(null)") ||
				      memmem(data, size, "(null)", 6)));
		/* nothing is left of what was read before the mistake */
		MUST(!config.source && !config.component && !config.socket);
	}
	config_free(&config);
	return 0;
}
