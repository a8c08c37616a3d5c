// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Procedures over a tree of manifests, as user space runs them: authenticated,
 * every section of every manifest, on a device that answers as the input says.
 * The dependency that the device holds is the envelope's first payload.
 */
#include "device.h"
#include "verify.h"

enum { NODES = 4, PARAMS = 64, ASKED_AGAIN = 8 };

static struct suit_slice first_payload(struct suit_slice bytes)
{
	struct suit_slice uri, content = { NULL, 0 };
	struct suit_envelope env;
	struct suit_cursor cur;

	if (suit_envelope_open(&env, bytes) != SUIT_OK || !env.n_payloads)
		return content;
	suit_cursor_init(&cur, env.payloads);
	suit_envelope_payload_next(&cur, &uri, &content);
	return content;
}

static void run(struct suit_process *proc, const struct fuzz_seam *seam)
{
	struct suit_record where;
	enum suit_error error;
	int i;

	for (i = 0; i < ASKED_AGAIN; i++) {
		error = suit_procedure_run(proc);
		MUST(proc->steps <= SUIT_MAX_STEPS + 1);
		MUST(proc->depth <= SUIT_MAX_FRAMES);
		MUST(proc->n_nodes >= 1 && proc->n_nodes <= NODES);
		if (error != SUIT_ERR_PENDING)
			break;
	}
	if (error != SUIT_ERR_PENDING)
		MUST(suit_procedure_run(proc) == error);
	suit_procedure_where(proc, &where);
	MUST(seam->signatures >= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct suit_params params[PARAMS];
	static struct suit_node node[NODES];
	struct fuzz_device device;
	struct suit_process proc;
	struct suit_setup setup;
	struct fuzz_seam seam;
	struct suit_slice bytes;
	unsigned int procedure;

	if (!fuzz_seam_init(&seam, data, size, &bytes))
		return 0;
	procedure = 1 + seam.choice[CHOICES - 1] % (SUIT_PROCEDURE_COUNT - 1);
	device = (struct fuzz_device){ &seam, first_payload(bytes) };
	setup = (struct suit_setup){
		.envelope = bytes,
		.trust = fuzz_trust(),
		.crypto = &seam.crypto,
		.platform = fuzz_device_platform(&device),
		.node = node,
		.max_nodes = NODES,
		.params = params,
		.max_params = PARAMS,
	};
	if (suit_procedure_start(&proc, &setup, procedure) == SUIT_OK)
		run(&proc, &seam);
	return 0;
}
