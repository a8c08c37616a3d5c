// SPDX-License-Identifier: GPL-2.0-or-later
#include "sweep.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "trial.h"

enum { MAX_PATH = 4096, MIN_HEX = 64 };

/* Call @each for every entry of a folder of the state. */
static void each_entry(struct daemon *daemon, const char *folder,
		       void (*each)(struct daemon *daemon, int dir,
				    const char *name))
{
	char path[MAX_PATH];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/%s", daemon->config.state_dir,
		 folder);
	dir = opendir(path);
	if (!dir)
		return;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			each(daemon, dirfd(dir), entry->d_name);
	closedir(dir);
}

static bool on_trial(const struct daemon *daemon, const char *number)
{
	const struct trial *trial;
	char text[32];

	for (trial = daemon->trial; trial; trial = trial->next) {
		snprintf(text, sizeof(text), "%" PRId64, trial->job.number);
		if (!strcmp(text, number))
			return true;
	}
	return false;
}

static void sweep_old(struct daemon *daemon, int parent, const char *name)
{
	struct dirent *entry;
	DIR *dir;
	int fd;

	if (on_trial(daemon, name))
		return;
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
		    O_CLOEXEC);
	dir = fd >= 0 ? fdopendir(fd) : NULL;
	while (dir && (entry = readdir(dir)))
		unlinkat(fd, entry->d_name, 0);
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	unlinkat(parent, name, AT_REMOVEDIR);
}

/* "NAME.1f2e3d4c", as sg_file_write() begins a file. */
static bool is_temporary(const char *name, const char *file)
{
	size_t len = strlen(file);

	return !strncmp(name, file, len) && name[len] == '.' &&
	       strspn(name + len + 1, "0123456789abcdef") == 8 &&
	       !name[len + 9];
}

static void sweep_floors(struct daemon *daemon, int dir, const char *name)
{
	(void)daemon;
	if (is_temporary(name, "floors.state"))
		unlinkat(dir, name, 0);
}

/* What people put there has other names than a digest. */
static void sweep_manifest(struct daemon *daemon, int dir, const char *name)
{
	size_t len = strspn(name, "0123456789abcdef");
	char digest[2 * SG_GATE_MAX_DIGEST + 1];
	struct sg_error ignored;
	uint64_t uses = 1;

	if (len < MIN_HEX || len >= sizeof(digest))
		return;
	if (is_temporary(name + len, ".suit"))
		unlinkat(dir, name, 0);
	if (strcmp(name + len, ".suit"))
		return;
	memcpy(digest, name, len);
	digest[len] = '\0';
	if (!store_manifest_uses(daemon->store, digest, &uses, &ignored) &&
	    !uses)
		unlinkat(dir, name, 0);
}

void sweep(struct daemon *daemon)
{
	each_entry(daemon, "old", sweep_old);
	each_entry(daemon, "manifests", sweep_manifest);
	each_entry(daemon, ".", sweep_floors);
}
