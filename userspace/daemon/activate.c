// SPDX-License-Identifier: GPL-2.0-or-later
#include "activate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "task.h"

enum { MAX_PATH = 4096 };

static int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	close(fd);
	return n == (ssize_t)strlen(text) ? 0 : -1;
}

/* "pci/0000:00:03.0" into "pci" and "0000:00:03.0"; neither leaves sysfs. */
static int split(const char *device, char bus[64], const char **name)
{
	const char *slash = strchr(device, '/');

	if (!slash || slash == device || slash - device >= 64 || !slash[1] ||
	    strchr(slash + 1, '/') || *device == '.' || slash[1] == '.')
		return -1;
	memcpy(bus, device, (size_t)(slash - device));
	bus[slash - device] = '\0';
	*name = slash + 1;
	return 0;
}

static int rebind(const char *device)
{
	char bus[64], path[MAX_PATH];
	const char *name;

	if (split(device, bus, &name) < 0)
		return 1;
	snprintf(path, sizeof(path), "/sys/bus/%s/devices/%s/driver/unbind",
		 bus, name);
	/* without a driver there is nothing to unbind */
	if (write_text(path, name) < 0 && errno != ENOENT)
		return 1;
	snprintf(path, sizeof(path), "/sys/bus/%s/drivers_probe", bus);
	return write_text(path, name) < 0;
}

/* Run a program to its end. 0 when it says so. */
static int run(char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(task_exec(argv));
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return 1;
	return !WIFEXITED(status) || WEXITSTATUS(status);
}

static int reload(char *module)
{
	static char modprobe[] = "/usr/sbin/modprobe", remove[] = "-r";
	char *const unload[] = { modprobe, remove, module, NULL };
	char *const load[] = { modprobe, module, NULL };

	return *module == '-' || run(unload) || run(load);
}

bool activate_needed(const struct activate_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->use[i].activation == ACTIVATION_REBIND ||
		    list->use[i].activation == ACTIVATION_RELOAD)
			return true;
	return false;
}

int activate_run(void *argument)
{
	const struct activate_list *list = argument;
	int ret = 0;
	size_t i;

	for (i = 0; i < list->n; i++) {
		const struct config_component *use = &list->use[i];

		if (use->activation == ACTIVATION_REBIND)
			ret |= rebind(use->device);
		else if (use->activation == ACTIVATION_RELOAD)
			ret |= reload(use->module);
	}
	return ret;
}

int activate_commands(void *argument)
{
	const struct activate_list *list = argument;
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->use[i].health == HEALTH_COMMAND &&
		    run(list->use[i].command))
			return 1;
	return 0;
}

bool activate_bound(const struct config_component *use)
{
	char bus[64], path[MAX_PATH];
	const char *name;

	if (split(use->device, bus, &name) < 0)
		return false;
	snprintf(path, sizeof(path), "/sys/bus/%s/devices/%s/driver", bus,
		 name);
	return access(path, F_OK) == 0;
}
