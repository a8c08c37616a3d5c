// SPDX-License-Identifier: GPL-2.0-or-later
#include "component.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_PATH = 4096 + STORE_MAX_NAME };

static void take_uuid(const struct sg_process *process, unsigned int kind,
		      char out[37])
{
	uint8_t uuid[16];
	char hex[33];

	if (!sg_process_get_identity(process, kind, uuid))
		return;
	sg_gate_hex(uuid, sizeof(uuid), hex);
	snprintf(out, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
		 hex + 16, hex + 20);
}

bool component_describe(const struct sg_process *process,
			const struct sg_process_component *from,
			struct store_component *to)
{
	struct sg_process_manifest manifest;

	if (strlen(from->name) >= STORE_MAX_NAME ||
	    !sg_process_get_manifest(process, from->manifest, &manifest))
		return false;
	*to = (struct store_component){
		.role = manifest.role,
		.sequence_number = manifest.sequence_number,
		.size = from->size,
	};
	strcpy(to->name, from->name);
	sg_gate_hex(manifest.digest.value, manifest.digest.len, to->manifest);
	memcpy(to->authority, manifest.authority, sizeof(to->authority));
	memcpy(to->version, manifest.version, sizeof(to->version));
	take_uuid(process, SG_IDENTITY_VENDOR, to->vendor);
	take_uuid(process, SG_IDENTITY_CLASS, to->class_id);
	if (from->digest.len == 32)
		sg_gate_hex(from->digest.value, 32, to->sha256);
	return true;
}

bool component_in_place(const struct setup *setup,
			const struct sg_buf *envelope,
			struct store_component *component)
{
	const struct {
		const char *type;
		const char *folder;
	} places[] = {
		{ "firmware/", setup->device.firmware_dir },
		{ "upload/", setup->device.upload_dir },
	};
	struct sg_verify_request request = {
		.envelope = *envelope, .trust = setup->trust,
		.n_trust = setup->n_trust, .component = component->name,
	};
	struct sg_verify_report report;
	struct sg_error ignored;
	char path[MAX_PATH];
	struct stat st;
	size_t i, len;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		len = strlen(places[i].type);
		if (strncmp(component->name, places[i].type, len))
			continue;
		snprintf(path, sizeof(path), "%s/%s", places[i].folder,
			 component->name + len);
		request.payload = path;
	}
	if (!request.payload || stat(path, &st) < 0 ||
	    sg_verify(&request, &report, &ignored) != 0)
		return false;
	component->size = (uint64_t)st.st_size;
	return true;
}
