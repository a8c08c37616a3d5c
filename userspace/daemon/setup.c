// SPDX-License-Identifier: GPL-2.0-or-later
#include "setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_key.h"

static bool starts(const char *path, const char *folder)
{
	return !strncmp(path, folder, strlen(folder));
}

/* Folders that no option moves lie in the state folder. */
static int place_roots(const struct config *config, struct setup *setup)
{
	static const char *const name[] = {
		"upload", "ta", "config", "dependencies",
	};
	struct sg_device *device = &setup->device;
	size_t i;

	for (i = 0; i < 4; i++)
		if (asprintf(&setup->folder[i], "%s/%s", config->state_dir,
			     name[i]) < 0) {
			setup->folder[i] = NULL;
			return -1;
		}
	device->state_dir = config->state_dir;
	device->firmware_dir = config->firmware_dir;
	device->upload_dir = setup->folder[0];
	device->ta_dir = setup->folder[1];
	device->config_dir = setup->folder[2];
	device->manifest_dir = setup->folder[3];
	/* another place than the loader's is looked into by somebody else */
	if (!starts(config->firmware_dir, "/lib/firmware") &&
	    !starts(config->firmware_dir, "/usr/lib/firmware")) {
		setup->search[0] = config->firmware_dir;
		device->search = setup->search;
		device->n_search = 1;
	}
	return 0;
}

static void take(struct setup *setup, const struct sg_state_item *item)
{
	struct sg_device_identity *identity;

	if (item->kind == SG_STATE_TRUST && item->origin)
		setup->trust[setup->n_trust++] = item->origin;
	if (item->kind != SG_STATE_IDENTITY)
		return;
	identity = &setup->identity[setup->device.n_identities++];
	identity->kind = item->identity;
	memcpy(identity->value, item->value, sizeof(identity->value));
}

static int fill(struct setup *setup)
{
	size_t i, n = setup->state.n + setup->floors.n + 1;

	setup->trust = calloc(n, sizeof(*setup->trust));
	setup->identity = calloc(n, sizeof(*setup->identity));
	setup->floor = calloc(n, sizeof(*setup->floor));
	if (!setup->trust || !setup->identity || !setup->floor)
		return -1;
	for (i = 0; i < setup->state.n; i++)
		take(setup, &setup->state.item[i]);
	for (i = 0; i < setup->floors.n; i++)
		setup->floor[i] = *setup->floors.item[i].floor;
	setup->device.identity = setup->identity;
	setup->device.floor = setup->floor;
	setup->device.n_floors = setup->floors.n;
	return 0;
}

int setup_make(struct daemon *daemon, struct setup *out, struct sg_error *err)
{
	const struct config *config = &daemon->config;
	char key[DEVICE_KEY_PATH];
	int ret;

	*out = (struct setup){ 0 };
	sg_device_default(&out->device);
	/* floors are among the rules, and are read with it */
	ret = device_key_path(config, key, err);
	if (!ret)
		ret = sg_state_collect_rules(config->config_dir,
					     config->state_dir, &out->state,
					     err);
	if (!ret)
		ret = store_floors(daemon->store, &out->floors, err);
	if (!ret && (fill(out) < 0 || place_roots(config, out) < 0))
		ret = sg_fail(err, "out of memory");
	if (ret < 0)
		setup_free(out);
	return ret;
}

void setup_free(struct setup *setup)
{
	size_t i;

	for (i = 0; i < 4; i++)
		free(setup->folder[i]);
	free(setup->trust);
	free(setup->identity);
	free(setup->floor);
	sg_state_free(&setup->state);
	sg_state_free(&setup->floors);
	*setup = (struct setup){ 0 };
}
