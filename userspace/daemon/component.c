// SPDX-License-Identifier: GPL-2.0-or-later
#include "component.h"

#include <stdio.h>
#include <string.h>

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
