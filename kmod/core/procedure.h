/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Procedures: the sections of a manifest and, in lockstep, of its dependencies
 * (draft-ietf-suit-manifest 6.3, trust domains 5). User space runs these; the
 * kernel asks suit_decide().
 *
 *	struct suit_setup setup = { envelope, trust, crypto, platform, ... };
 *
 *	error = suit_procedure_start(proc, &setup, SUIT_PROCEDURE_UPDATE);
 *	if (error == SUIT_OK)
 *		error = suit_procedure_run(proc);
 *
 * while SUIT_ERR_PENDING: suit_procedure_run() again, when something happened.
 * Afterwards the tree says which manifests, of whom, took part.
 */
#ifndef SUIT_PROCEDURE_H
#define SUIT_PROCEDURE_H

#include "sequence.h"

enum suit_procedure {
	SUIT_PROCEDURE_UPDATE = 1,	/* dependency-resolution, payload-fetch,
					 * candidate-verification, install,
					 * validate
					 */
	SUIT_PROCEDURE_STAGING,		/* the first two of them */
	SUIT_PROCEDURE_INSTALLATION,	/* candidate-verification, install */
	SUIT_PROCEDURE_VALIDATION,	/* validate */
	SUIT_PROCEDURE_INVOCATION,	/* validate, load, invoke */
	SUIT_PROCEDURE_UNINSTALL,	/* uninstall */
	SUIT_PROCEDURE_COUNT
};

/**
 * struct suit_setup - what a procedure works with; memory of the caller
 * @envelope: of the root manifest; unchanged until the procedure is over
 * @trust: whom to believe
 * @crypto: the seam
 * @platform: the device
 * @node: room for the manifests of the tree
 * @max_nodes: how many fit, at least 1
 * @params: room for the parameters of all components of all manifests
 * @max_params: how many components fit
 */
struct suit_setup {
	struct suit_slice envelope;
	const struct suit_trust *trust;
	const struct suit_crypto *crypto;
	struct suit_platform platform;
	struct suit_node *node;
	u32 max_nodes;
	struct suit_params *params;
	u32 max_params;
};

/**
 * suit_procedure_start() - authenticate the root, prepare
 * @proc: context
 * @setup: copied, except what it points to
 * @procedure: which sections are to run
 *
 * Opens, authenticates and checks the root manifest with the full profile, that
 * its authority may speak for every component, its own id and its dependencies,
 * and that it is not below the floor. Refuses a manifest that has nothing to do
 * in this procedure, and one that needs what the platform has not. Nothing has
 * been changed when it fails.
 *
 * When it fails with SUIT_ERR_MANIFEST_EPOCH, @setup->node[0].manifest.epoch or
 * .envelope.epoch says which draft the manifest looks like.
 *
 * Context: may sleep.
 * Return: SUIT_OK, what suit_envelope_open(), suit_envelope_authenticate(),
 * suit_manifest_open() and suit_manifest_authority() return, SUIT_ERR_FLOOR,
 * SUIT_ERR_FLOOR_REUSED, SUIT_ERR_COMMAND, SUIT_ERR_DEPENDENCIES,
 * SUIT_ERR_COMPONENTS when @max_params is too small, SUIT_ERR_MANIFEST_INERT,
 * or SUIT_ERR_OPERATION for a platform without floors.
 */
enum suit_error suit_procedure_start(struct suit_process *proc,
				     const struct suit_setup *setup,
				     enum suit_procedure procedure);

/**
 * suit_procedure_run() - run to the end
 * @proc: started context
 *
 * Context: may sleep. Uses less than 2 KiB of stack besides @proc, without that
 * of the ops.
 * Return: SUIT_OK when every section of the root and of every dependency
 * succeeded; SUIT_ERR_PENDING when the platform asked to be asked again; the
 * error of the command that failed, see suit_procedure_where(); once it failed
 * or succeeded the same again.
 */
enum suit_error suit_procedure_run(struct suit_process *proc);

/*
 * Where the command stands that was executed last, after a failure the one
 * that failed. False when none was, or the failure was not a command's.
 */
bool suit_procedure_where(const struct suit_process *proc,
			  struct suit_record *out);

/* "update", "invocation", ... */
const char *suit_procedure_name(enum suit_procedure procedure);

#endif /* SUIT_PROCEDURE_H */
