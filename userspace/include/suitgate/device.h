/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The device that manifests are processed on: where its components lie, who it
 * is, what it remembers.
 *
 * The first segment of a component id is its type:
 *
 *   firmware/NAME..	a file that the kernel's firmware loader finds
 *   upload/DEVICE	what a device of /sys/class/firmware is given
 *   ta/UUID		a trusted application
 *   config/NAME..	a file of configuration
 *   manifest/NAME..	an envelope that others depend on
 *   file/PATH..	a file below one of the folders that are allowed
 *
 * Each type has a folder, its root, and nothing leads out of it. Names that are
 * written have letters, digits, spaces and "+,-._=@:()~#" in them, and neither
 * begin with a dot nor begin or end with a space.
 *
 * What is being prepared lies in the folder ".suitgate" of each root, so that
 * it can be renamed into place:
 *
 *   MANIFEST-COMPONENT.part	not complete
 *   MANIFEST-COMPONENT.tag	what its server called the version of it
 *   MANIFEST-COMPONENT.new	complete
 *   MANIFEST-COMPONENT.old	what it replaced, until that is confirmed
 *
 * MANIFEST is the begin of the digest of the root manifest, COMPONENT that of
 * the SHA-256 of the component id, 32 hex digits each.
 */
#ifndef SUITGATE_DEVICE_H
#define SUITGATE_DEVICE_H

#include "suitgate/gate.h"
#include "suitgate/state.h"
#include "suitgate/types.h"

/**
 * struct sg_device_identity - one UUID that the device, or a part of it, has
 * @kind: SG_IDENTITY_VENDOR, _CLASS or _DEVICE; of a slot, its number is in
 *	the first byte of @value
 * @value: the UUID
 * @component: "firmware/acme": only components from here on have it; NULL: all
 */
struct sg_device_identity {
	unsigned int kind;
	uint8_t value[16];
	const char *component;
};

/**
 * struct sg_device - configuration; sg_device_default() fills it
 * @state_dir: records of what was installed, see sg_install_recover()
 * @firmware_dir: root of firmware/. /lib/firmware/updates: the loader prefers
 *	it to /lib/firmware, no package owns it, and the packaged file is back
 *	when one here goes away
 * @search: folders in the order in which the loader looks into them, or NULL:
 *	as this kernel does. A file that would not be found in @firmware_dir,
 *	because another comes first, is not installed there
 * @n_search: how many
 * @upload_dir: root of upload/: what each device was given last
 * @upload_class: /sys/class/firmware
 * @upload_timeout_s: seconds without progress after which an upload has failed
 * @ta_dir: root of ta/; files are called UUID.ta
 * @config_dir: root of config/
 * @manifest_dir: root of manifest/
 * @file_root: absolute paths of folders; file/ components may lie below them
 * @n_file_roots: how many; by default none
 * @identity: who this is, see sg_identity_machine() for what the machine says
 * @n_identities: how many
 * @pen: private enterprise number of the vendor, 0: none
 * @floor: lowest sequence numbers that are accepted
 * @n_floors: how many
 * @any_clock: believe the clock even if nothing keeps it synchronised
 */
struct sg_device {
	const char *state_dir;
	const char *firmware_dir;
	const char *const *search;
	size_t n_search;
	const char *upload_dir;
	const char *upload_class;
	unsigned int upload_timeout_s;
	const char *ta_dir;
	const char *config_dir;
	const char *manifest_dir;
	const char *const *file_root;
	size_t n_file_roots;
	const struct sg_device_identity *identity;
	size_t n_identities;
	uint32_t pen;
	const struct sg_gate_floor *floor;
	size_t n_floors;
	bool any_clock;
};

/* A Debian gateway with SG_STATE_DIR, without identities and floors. */
void sg_device_default(struct sg_device *device);

#endif /* SUITGATE_DEVICE_H */
