// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of an installed Debian package: dpkg-query -L, run without a shell.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "package.h"

/* gcc does not know that fclose() closes what fdopen() was given. */
#pragma GCC diagnostic ignored "-Wanalyzer-fd-leak"

/* Debian Policy 5.6.1, and an architecture behind a colon. */
static bool name_ok(const char *name)
{
	return *name >= '0' && *name <= 'z' &&
	       name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789+-.:")] ==
	       '\0';
}

/* Start dpkg-query; what it prints is read from the result. -errno. */
static int start(const char *name, pid_t *pid)
{
	const char *const argv[] = { "dpkg-query", "-L", "--", name, NULL };
	posix_spawn_file_actions_t actions;
	int end[2], e;

	/* what it says about diversions is parsed */
	if (setenv("LC_ALL", "C", 1) < 0 || pipe2(end, O_CLOEXEC) < 0)
		return -errno;
	e = posix_spawn_file_actions_init(&actions);
	if (!e) {
		e = posix_spawn_file_actions_adddup2(&actions, end[1],
						     STDOUT_FILENO);
		if (!e)
			e = posix_spawnp(pid, argv[0], &actions, NULL,
					 (char *const *)argv, environ);
		posix_spawn_file_actions_destroy(&actions);
	}
	close(end[1]);
	if (!e)
		return end[0];
	close(end[0]);
	return -e;
}

/* Everything that comes from @fd, which is closed; NULL when that is nothing. */
static char *slurp(int fd)
{
	FILE *file = fdopen(fd, "r");
	char *text = NULL;
	size_t cap = 0;

	if (!file) {
		close(fd);
		return NULL;
	}
	if (getdelim(&text, &cap, '\0', file) < 0) {
		free(text);
		text = NULL;
	}
	fclose(file);
	return text;
}

static int run(const char *name, char **text, struct sg_error *err)
{
	pid_t pid, done;
	int fd, status;

	fd = start(name, &pid);
	if (fd < 0)
		return sg_fail(err, "cannot run dpkg-query, which knows what is in a package: %s",
			       strerror(-fd));
	*text = slurp(fd);
	do {
		done = waitpid(pid, &status, 0);
	} while (done < 0 && errno == EINTR);
	if (done == pid && WIFEXITED(status) && !WEXITSTATUS(status) && *text)
		return 0;
	free(*text);
	*text = NULL;
	return sg_fail(err, "dpkg-query lists no files of a package %s: is it installed?",
		       name);
}

static const char *without_usr(const char *path)
{
	return strncmp(path, "/usr/", 5) ? path : path + 4;
}

/* A file that another package moved away is elsewhere, says the next line. */
static void take_line(struct package *package, const char *line)
{
	const char *to = strstr(line, "diverted ");

	if (*line == '/') {
		package->path[package->n++] = without_usr(line);
	} else if (to && package->n) {
		to = strstr(to, " to: /");
		if (to)
			package->path[package->n - 1] = without_usr(to + 5);
	}
}

static int by_text(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

int package_read(const char *name, struct package *out, struct sg_error *err)
{
	char *at, *line;
	size_t lines = 1;

	*out = (struct package){ 0 };
	if (!name_ok(name))
		return sg_fail(err, "\"%s\" is not the name of a Debian package",
			       name);
	if (run(name, &out->list, err) < 0)
		return -1;
	for (at = out->list; *at; at++)
		lines += *at == '\n';
	out->path = calloc(lines, sizeof(*out->path));
	if (!out->path) {
		package_free(out);
		return sg_fail(err, "out of memory");
	}
	for (at = out->list; (line = strsep(&at, "\n")); )
		take_line(out, line);
	qsort(out->path, out->n, sizeof(*out->path), by_text);
	return 0;
}

bool package_has(const struct package *package, const char *path)
{
	path = without_usr(path);
	return package->n &&
	       bsearch(&path, package->path, package->n,
		       sizeof(*package->path), by_text);
}

void package_free(struct package *package)
{
	free(package->list);
	free(package->path);
	*package = (struct package){ 0 };
}
