// SPDX-License-Identifier: GPL-2.0-or-later
#include "kept.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "component.h"
#include "files.h"
#include "gate_link.h"
#include "setup.h"

#define ENDING ".suit"

enum { MAX_PATH = 4096, MAX_ENVELOPE = 64 << 20 };

static void folder_of(const struct config *config, char out[MAX_PATH])
{
	snprintf(out, MAX_PATH, "%s/manifests", config->state_dir);
}

static void path_of(const struct config *config, const char *digest,
		    char out[MAX_PATH])
{
	snprintf(out, MAX_PATH, "%s/manifests/%s" ENDING, config->state_dir,
		 digest);
}

int kept_write(const struct config *config, const char *digest,
	       const struct sg_buf *envelope, struct sg_error *err)
{
	char path[MAX_PATH];

	path_of(config, digest, path);
	return sg_file_write(path, envelope->data, envelope->len, 0644, err);
}

void kept_drop(struct daemon *daemon, const char *digest)
{
	struct sg_error ignored;
	char path[MAX_PATH];
	uint64_t uses = 1;

	if (store_manifest_uses(daemon->store, digest, &uses, &ignored) < 0 ||
	    uses)
		return;
	path_of(&daemon->config, digest, path);
	unlink(path);
	gate_link_unload(digest);
}

static void remove_below(const char *folder, const char *name)
{
	char path[MAX_PATH + 256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	unlink(path);
}

static bool is_manifest(const char *name)
{
	size_t len = strlen(name), end = strlen(ENDING);

	return name[0] != '.' && len > end && !strcmp(name + len - end, ENDING);
}

/* What a kill left of a write, or a manifest that nothing needs any more. */
static void sweep_manifest(struct daemon *daemon, const char *folder,
			   const char *name)
{
	char digest[256];

	if (name[0] == '.' || strlen(name) >= sizeof(digest))
		return;
	if (!is_manifest(name)) {
		remove_below(folder, name);
		return;
	}
	snprintf(digest, sizeof(digest), "%.*s",
		 (int)(strlen(name) - strlen(ENDING)), name);
	kept_drop(daemon, digest);
}

void kept_sweep(struct daemon *daemon)
{
	char folder[MAX_PATH];
	struct dirent *entry;
	DIR *dir;

	folder_of(&daemon->config, folder);
	dir = opendir(folder);
	while (dir && (entry = readdir(dir)))
		sweep_manifest(daemon, folder, entry->d_name);
	if (dir)
		closedir(dir);
}

static void put_component(struct daemon *daemon,
			  struct store_component *component)
{
	struct store_component known;
	struct sg_error err;

	if (store_component_confirmed(daemon->store, component->name, &known,
				      &err) == 1 &&
	    known.sequence_number > component->sequence_number)
		return;
	if (store_component_put(daemon->store, component, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
	else
		daemon_log(LOG_NOTICE, "%s is %s of %s", component->name,
			   component->version[0] ? component->version :
						   "a release",
			   component->authority);
}

static void rebuild_one(struct daemon *daemon, const struct setup *setup,
			const char *path, const struct sg_buf *envelope)
{
	struct sg_device device = setup->device;
	const struct sg_process_request request = {
		.device = &device, .envelope = *envelope,
		.trust = setup->trust, .n_trust = setup->n_trust,
		.procedure = SG_PROCEDURE_VALIDATION,
	};
	struct sg_process_component is;
	struct store_component component;
	struct sg_process *process;
	struct sg_error err;
	size_t i;

	device.n_floors = 0;
	if (sg_process_open(&request, &process, &err) < 0) {
		daemon_log(LOG_INFO, "%s: %s", path, err.message);
		return;
	}
	for (i = 0; sg_process_get_component(process, i, &is); i++)
		if (component_describe(process, &is, &component) &&
		    component_in_place(setup, envelope, &component))
			put_component(daemon, &component);
	sg_process_close(process);
}

/* One after the other: together they may not fit into memory. */
static int rebuild(struct daemon *daemon, const struct setup *setup,
		   struct sg_error *err)
{
	char folder[MAX_PATH], path[MAX_PATH + 256];
	struct sg_buf envelope;
	struct dirent *entry;
	int ret = 0;
	DIR *dir;

	folder_of(&daemon->config, folder);
	dir = opendir(folder);
	if (!dir)
		return sg_fail(err, "cannot read %s: %m", folder);
	while (!ret && (entry = readdir(dir))) {
		if (!is_manifest(entry->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		ret = sg_file_read(path, MAX_ENVELOPE, &envelope, err);
		if (ret < 0)
			break;
		rebuild_one(daemon, setup, path, &envelope);
		sg_buf_free(&envelope);
	}
	closedir(dir);
	return ret;
}

/* Nobody remembers what was on trial: the old comes back. */
static int revert(void *context, const struct sg_install *install)
{
	struct sg_error err;

	if (install->state == SG_INSTALL_APPLIED &&
	    files_revert(context, &install->manifest, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
	return 0;
}

int kept_rebuild(struct daemon *daemon, struct sg_error *err)
{
	struct setup setup;
	int ret;

	if (files_recover(daemon, err) < 0 ||
	    setup_make(daemon, &setup, err) < 0)
		return -1;
	ret = sg_install_list(&setup.device, revert, daemon, err);
	if (!ret)
		ret = rebuild(daemon, &setup, err);
	setup_free(&setup);
	return ret;
}
