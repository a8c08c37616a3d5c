// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Energy left (Linux, Documentation/ABI/testing/sysfs-class-power).
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "surroundings.h"

enum { WORD = 32 };

/* A word of /sys; empty when it is not there. */
static void read_word(const char *supplies, const char *name,
		      const char *attribute, char out[WORD])
{
	char path[512];
	ssize_t n = -1;
	int fd;

	out[0] = '\0';
	if (snprintf(path, sizeof(path), "%s/%s/%s", supplies, name,
		     attribute) >= (int)sizeof(path))
		return;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	n = read(fd, out, WORD - 1);
	close(fd);
	out[n < 0 ? 0 : n] = '\0';
	out[strcspn(out, "\n")] = '\0';
}

static bool read_number(const char *supplies, const char *name,
			const char *attribute, u64 *out)
{
	char word[WORD], *end;

	read_word(supplies, name, attribute, word);
	errno = 0;
	*out = strtoull(word, &end, 10);
	return word[0] >= '0' && word[0] <= '9' && !*end && !errno;
}

/* Energy in uWh, or charge in uAh and voltage in uV. */
static bool energy_of(const char *supplies, const char *name, u64 *mwh)
{
	u64 charge, voltage, energy;

	if (read_number(supplies, name, "energy_now", &energy)) {
		*mwh = energy / 1000;
		return true;
	}
	if (!read_number(supplies, name, "charge_now", &charge) ||
	    !read_number(supplies, name, "voltage_now", &voltage) ||
	    charge > UINT32_MAX || voltage > UINT32_MAX)
		return false;
	*mwh = charge * voltage / 1000000000;
	return true;
}

/* A battery of this machine, not of a mouse. */
static bool is_battery(const char *supplies, const char *name)
{
	char type[WORD], scope[WORD];

	read_word(supplies, name, "type", type);
	read_word(supplies, name, "scope", scope);
	return !strcmp(type, "Battery") && strcmp(scope, "Device");
}

static bool is_mains(const char *supplies, const char *name)
{
	char type[WORD];
	u64 online;

	read_word(supplies, name, "type", type);
	return !strcmp(type, "Mains") &&
	       read_number(supplies, name, "online", &online) && online;
}

bool sg_battery_left(const char *supplies, u64 *mwh)
{
	bool battery = false, told = true, mains = false;
	struct dirent *entry;
	DIR *dir = opendir(supplies);
	u64 one = 0;

	*mwh = 0;
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		mains |= is_mains(supplies, entry->d_name);
		if (!is_battery(supplies, entry->d_name))
			continue;
		battery = true;
		told &= energy_of(supplies, entry->d_name, &one);
		*mwh += one;
	}
	if (dir)
		closedir(dir);
	if (battery)
		return told;
	*mwh = UINT64_MAX;
	return mains;
}
