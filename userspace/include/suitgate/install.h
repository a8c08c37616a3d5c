/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What was installed, until it is confirmed or reverted, and afterwards.
 */
#ifndef SUITGATE_INSTALL_H
#define SUITGATE_INSTALL_H

#include "suitgate/device.h"
#include "suitgate/gate.h"
#include "suitgate/types.h"

enum { SG_COMPONENT_TEXT = 1536 };

/* State of an installation on disk. */
enum sg_install_state {
	SG_INSTALL_STAGED = 1,	/* fetched */
	SG_INSTALL_COMMITTED,	/* being put in place, or to be finished */
	SG_INSTALL_APPLIED,	/* in place, the old is kept */
	SG_INSTALL_REVERTING,	/* the old is being put back */
	SG_INSTALL_INSTALLED,	/* confirmed */
};

/**
 * struct sg_install - one root manifest that was installed
 * @state: enum sg_install_state
 * @manifest: its digest
 * @sequence_number: the author's
 * @authority: who spoke through it
 * @component: where it is stored itself, else its first component
 */
struct sg_install {
	unsigned int state;
	struct sg_gate_digest manifest;
	uint64_t sequence_number;
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	char component[SG_COMPONENT_TEXT];
};

/*
 * Call @each with every installation; stop when it returns not 0. Needs to wait
 * for no process. 0 or -1.
 */
int sg_install_list(const struct sg_device *device,
		    int (*each)(void *context, const struct sg_install *is),
		    void *context, struct sg_error *err);

/**
 * sg_install_recover() - after a start
 * @device: the device
 * @keep: digests of manifests that will be processed again: what was fetched
 *	for them stays
 * @n_keep: how many
 * @err: what could not be done
 *
 * Finishes every change that was committed or was being reverted, and removes
 * whatever else lies around.
 *
 * Return: 0; 1 when one could not be brought to an end, for @err, and the others
 * were: do it again later, or sg_install_revert() it; -1.
 */
int sg_install_recover(const struct sg_device *device,
		       const struct sg_gate_digest *keep, size_t n_keep,
		       struct sg_error *err);
/* It works: forget what manifest @digest replaced. Again is fine. 0 or -1. */
int sg_install_confirm(const struct sg_device *device,
		       const struct sg_gate_digest *digest,
		       struct sg_error *err);
/* It does not: what manifest @digest replaced is put back. 0 or -1. */
int sg_install_revert(const struct sg_device *device,
		      const struct sg_gate_digest *digest,
		      struct sg_error *err);

#endif /* SUITGATE_INSTALL_H */
