// SPDX-License-Identifier: GPL-2.0-or-later
#include "procedure.h"

#include <string.h>

#include "crypto.h"
#include "tap.h"

enum { MAX_NODES = 4, MAX_PARAMS = 16 };

/*
 * [ + [first segment] ] of every component of the vectors: all authorities may
 * speak for all of them.
 */
static const u8 everything[] =
	"\x91"
	"\x81\x41\x00" "\x81\x41\x01" "\x81\x41\x02" "\x81\x41\x0a"
	"\x81\x42" "00" "\x81\x42" "01" "\x81\x42" "02" "\x81\x42" "10"
	"\x81\x49" "main.suit"
	"\x81\x4b" "TEEP-Device"
	"\x81\x4e" "dependent.suit"
	"\x81\x4e" "depending.suit"
	"\x81\x52" "plaintext-firmware"
	"\x81\x52" "encrypted-firmware"
	"\x81\x52" "decrypted-firmware"
	"\x81\x57" "dependent-manifest.suit"
	"\x81\x58\x18" "dependency-manifest.suit";

static enum suit_procedure procedure_of(const char *name)
{
	if (!strcmp(name, "update"))
		return SUIT_PROCEDURE_UPDATE;
	if (!strcmp(name, "invoke"))
		return SUIT_PROCEDURE_INVOCATION;
	if (!strcmp(name, "validate"))
		return SUIT_PROCEDURE_VALIDATION;
	die("an unknown procedure: %s", name);
}

enum suit_error procedure_run(struct suit_slice envelope,
			      const char *procedure, struct keyring *ring,
			      struct device *device)
{
	static struct suit_params params[MAX_PARAMS];
	static struct suit_node nodes[MAX_NODES];
	static struct suit_process process;
	struct suit_setup setup = {
		.envelope = envelope,
		.trust = &ring->trust,
		.crypto = sg_crypto(),
		.platform = { &device_ops, device },
		.node = nodes,
		.max_nodes = MAX_NODES,
		.params = params,
		.max_params = MAX_PARAMS,
	};
	enum suit_error error;
	u32 i;

	for (i = 0; i < ring->trust.n_authorities; i++) {
		ring->authority[i].prefixes.ptr = everything;
		ring->authority[i].prefixes.len = sizeof(everything) - 1;
	}
	error = suit_procedure_start(&process, &setup,
				     procedure_of(procedure));
	return error == SUIT_OK ? suit_procedure_run(&process) : error;
}
