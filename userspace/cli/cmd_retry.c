// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl retry: let a driver ask for its firmware again.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "gate_out.h"

static const char help[] =
	"Usage: suitctl retry DEVICE\n"
	"\n"
	"Take the driver off a device and put it on again, or look for a driver\n"
	"when it has none: the driver asks for its firmware again. What the gate\n"
	"decides about that is printed.\n"
	"\n"
	"DEVICE is a path below /sys, or an id on its bus, as in\n"
	"/sys/bus/*/devices.\n"
	"\n"
	"Examples:\n"
	"  suitctl retry 0000:03:00.0\n"
	"  suitctl retry /sys/bus/usb/devices/1-1.4:1.0\n";

#define DEVICES "/sys/devices/"
#define BUSES "/sys/bus"

enum { BIND_WAIT_MS = 200 };

/**
 * struct device - a device that can be bound
 * @path: its folder below /sys/devices
 * @id: its name on its bus
 * @bus: name of the bus
 * @driver: name of its driver, empty when it has none
 */
struct device {
	char path[PATH_MAX];
	char id[NAME_MAX + 1];
	char bus[NAME_MAX + 1];
	char driver[NAME_MAX + 1];
};

static const char *base_name(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* Last part of what the link @path/@link points to; false without a link. */
static bool link_name(const char *path, const char *link,
		      char out[NAME_MAX + 1])
{
	char name[PATH_MAX], target[PATH_MAX];
	ssize_t n;

	out[0] = '\0';
	if (snprintf(name, sizeof(name), "%s/%s", path, link) >=
	    (int)sizeof(name))
		return false;
	n = readlink(name, target + 1, sizeof(target) - 2);
	if (n <= 0)
		return false;
	target[0] = '/';
	target[n + 1] = '\0';
	snprintf(out, NAME_MAX + 1, "%s", base_name(target));
	return true;
}

/* A single part of a path that cannot lead anywhere else. */
static bool plain(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, ".") &&
	       strcmp(name, "..");
}

/* Find an id on any bus: 0 with @out filled, or -1. */
static int find_id(const char *id, char out[PATH_MAX], struct sg_error *err)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *buses;
	int n = 0;

	buses = opendir(BUSES);
	if (!buses)
		return sg_fail(err, BUSES ": %m");
	while ((entry = readdir(buses))) {
		if (!plain(entry->d_name) ||
		    snprintf(path, sizeof(path), BUSES "/%s/devices/%s",
			     entry->d_name, id) >= (int)sizeof(path) ||
		    access(path, F_OK) < 0)
			continue;
		strcpy(out, path);
		n++;
	}
	closedir(buses);
	if (n > 1)
		return sg_fail(err, "%s: on %d buses; give the path, for example %s",
			       id, n, out);
	return n ? 0 : sg_fail(err, "%s: no such device in " BUSES "/*/devices",
			       id);
}

static int find(const char *arg, struct device *dev, struct sg_error *err)
{
	char path[PATH_MAX];

	if (!strncmp(arg, "/sys/", 5)) {
		if (snprintf(path, sizeof(path), "%s", arg) >=
		    (int)sizeof(path))
			return sg_fail(err, "path too long");
	} else if (!plain(arg)) {
		return sg_fail(err, "%s: neither a path below /sys nor an id on a bus",
			       arg);
	} else if (find_id(arg, path, err) < 0) {
		return -1;
	}
	if (!realpath(path, dev->path))
		return sg_fail(err, "%s: %m", path);
	if (strncmp(dev->path, DEVICES, strlen(DEVICES)))
		return sg_fail(err, "%s: not a device", arg);
	snprintf(dev->id, sizeof(dev->id), "%s", base_name(dev->path));
	if (!link_name(dev->path, "subsystem", dev->bus))
		return sg_fail(err, "%s: not a device on a bus", arg);
	snprintf(path, sizeof(path), BUSES "/%s/drivers_probe", dev->bus);
	if (access(path, F_OK) < 0)
		return sg_fail(err, "%s: %s is not a bus with drivers: name the device above it",
			       arg, dev->bus);
	link_name(dev->path, "driver", dev->driver);
	return 0;
}

/* Write the device's id to a control file of its bus. Errno on failure. */
static int poke(const struct device *dev, const char *driver, const char *what)
{
	char path[PATH_MAX];
	ssize_t n;
	int fd, ret;

	if (driver)
		n = snprintf(path, sizeof(path), BUSES "/%s/drivers/%s/%s",
			     dev->bus, driver, what);
	else
		n = snprintf(path, sizeof(path), BUSES "/%s/%s", dev->bus,
			     what);
	if (n >= (ssize_t)sizeof(path))
		return ENAMETOOLONG;
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	n = write(fd, dev->id, strlen(dev->id));
	ret = n < 0 ? errno : 0;
	close(fd);
	return ret;
}

static int reprobe(struct device *dev, struct sg_error *err)
{
	char driver[NAME_MAX + 1];
	int e;

	strcpy(driver, dev->driver);
	if (driver[0]) {
		e = poke(dev, driver, "unbind");
		if (e)
			return sg_fail(err, "taking %s off %s: %s", driver,
				       dev->id, strerror(e));
		e = poke(dev, driver, "bind");
	} else {
		e = poke(dev, NULL, "drivers_probe");
	}
	link_name(dev->path, "driver", dev->driver);
	if (dev->driver[0])
		return 0;
	err->refused = true;
	sg_fail(err, "%s: %s%sno driver took it%s%s", dev->id, driver,
		driver[0] ? ": " : "", e ? ": " : "", e ? strerror(e) : "");
	err->refused = true;
	return -1;
}

/* Print what was decided meanwhile; drivers may ask a little later. */
static void print_decisions(struct sg_gate *gate)
{
	struct sg_gate_record record;
	struct sg_error err;
	bool refused = false;

	while (sg_gate_next_record(gate, BIND_WAIT_MS, &record, &err) == 1) {
		out_record(&record);
		refused |= !strcmp(record.verdict, "refused");
	}
	if (refused)
		puts("suitctl doctor says why, and what to do.");
}

/* Skip what was decided before. */
static struct sg_gate *watch(void)
{
	struct sg_gate_record record;
	struct sg_gate *gate;
	struct sg_error err;

	if (sg_gate_open(&gate, &err) < 0)
		return NULL;
	while (sg_gate_next_record(gate, 0, &record, &err) == 1)
		;
	return gate;
}

int cmd_retry(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct sg_error err = { 0 };
	struct sg_gate *gate;
	struct device dev;
	int c, r;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0)
		return c == 'h' ? cli_help(help) : cli_usage(argv[0]);
	if (optind + 1 != argc)
		return cli_usage(argv[0]);
	if (find(argv[optind], &dev, &err) < 0)
		return cli_error(&err);
	gate = watch();
	r = reprobe(&dev, &err);
	if (gate)
		print_decisions(gate);
	sg_gate_close(gate);
	if (r < 0)
		return cli_error(&err);
	printf("%s: driver %s\n", dev.id, dev.driver);
	return 0;
}
