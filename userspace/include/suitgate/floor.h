/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Floors that outlive a reboot: a file that the device's key signs, and that a
 * counter anchors which no disk image can set back.
 *
 *   file      = [ statement: bstr .cbor floors, bstr .cbor COSE_Sign1 ]
 *   floors    = [ 1, epoch uint, anchor uint, state: bstr ]
 *   state     = a state (state.h) of floors alone
 *
 * The signature is over the content of the statement, detached, with the
 * external data "suitgate-floors". @anchor is the counter's index, 0 for none.
 *
 * The file of epoch N + 1 is written, synced, renamed and its folder synced;
 * then the counter is raised from N to N + 1. So with the counter at N the file
 * of epoch N is good, and that of N + 1, whose counter power failed to raise:
 * it is raised when the file is opened. Everything else is another disk image or
 * another counter, and refused.
 */
#ifndef SUITGATE_FLOOR_H
#define SUITGATE_FLOOR_H

#include "suitgate/state.h"

#define SG_FLOOR_FILE SG_STATE_DIR "/floors.signed"
#define SG_DEVICE_KEY SG_CONFIG_DIR "/device.pem"

/* struct sg_error.code of a refusal. */
#define SG_FLOOR_OLD "floors-of-old-disk-image"	/* older than the counter */
#define SG_FLOOR_MISSING "floors-missing"	/* counter, but no file */
#define SG_FLOOR_NO_COUNTER "floors-counter-missing"	/* file, no counter */
#define SG_FLOOR_FOREIGN "floors-of-another-counter"	/* counter too low */

/* What is known of a counter. */
enum sg_anchor_state {
	SG_ANCHOR_ABSENT,	/* there is none */
	SG_ANCHOR_NEW,		/* it was never raised */
	SG_ANCHOR_SET,
};

/**
 * struct sg_anchor_ops - a counter that only rises, whatever happens
 * @read: its state, or -1; @value when it is SG_ANCHOR_SET
 * @define: make it, if need be, and say what raising it the first time will
 *	make of it; never called for one that is SG_ANCHOR_SET
 * @raise: by one, and say what it is now
 *
 * All return -1 with @err filled when they fail. Power may fail at any moment:
 * what @raise did is then done or not done, never half.
 */
struct sg_anchor_ops {
	int (*read)(void *context, uint64_t *value, struct sg_error *err);
	int (*define)(void *context, uint64_t *first, struct sg_error *err);
	int (*raise)(void *context, uint64_t *value, struct sg_error *err);
};

/**
 * struct sg_anchor - a counter
 * @ops: how to use it
 * @context: for them
 * @index: by which the file knows it, not 0
 */
struct sg_anchor {
	const struct sg_anchor_ops *ops;
	void *context;
	uint32_t index;
};

/**
 * struct sg_floor_request - where floors are kept
 * @path: SG_FLOOR_FILE; its folder is there
 * @key: private key of the device, SG_DEVICE_KEY; its public key is beside
 * @anchor: NULL: there is no counter, and an old disk image is not noticed
 */
struct sg_floor_request {
	const char *path;
	const char *key;
	const struct sg_anchor *anchor;
};

/**
 * struct sg_floor_status - what is known of the file
 * @written: there is one
 * @anchored: by a counter
 * @completed: power had failed before the counter was raised; it was when the
 *	store was opened
 * @epoch: of the file
 * @floors: in it
 */
struct sg_floor_status {
	bool written;
	bool anchored;
	bool completed;
	uint64_t epoch;
	size_t floors;
};

struct sg_floor_store;

/**
 * sg_floor_store_open() - open the floors of this device
 * @request: strings and anchor stay until sg_floor_store_close()
 * @out: NULL when it fails
 * @err: .refused with one of SG_FLOOR_*, or the verifier's error: somebody has
 *	to look; else trouble on this machine
 *
 * A file that no counter anchors is anchored when there is one that was never
 * raised. Temporary files that power failures left are removed. The folder is
 * locked: one store at a time.
 *
 * Context: reads and writes files; talks to the TPM.
 * Return: 0 or -1.
 */
int sg_floor_store_open(const struct sg_floor_request *request,
			struct sg_floor_store **out, struct sg_error *err);
/* NULL is fine. */
void sg_floor_store_close(struct sg_floor_store *store);

/* What is in the file: SG_STATE_FLOOR items, for the gate or to look up. */
const struct sg_state *sg_floor_store_get(const struct sg_floor_store *store);
void sg_floor_store_status(const struct sg_floor_store *store,
			   struct sg_floor_status *out);

/**
 * sg_floor_store_put() - raise floors
 * @store: open
 * @floors: as sg_state_floors() has them. A floor that the store has not, or has
 *	lower, is taken over; none falls and none is forgotten. When that changes
 *	something, the file is written and the counter raised
 * @err: why they are not kept. When only raising the counter failed, the file
 *	is kept, and the next sg_floor_store_put() or _open() raises it
 *
 * Context: as sg_floor_store_open().
 * Return: 0 or -1.
 */
int sg_floor_store_put(struct sg_floor_store *store,
		       const struct sg_state *floors, struct sg_error *err);

/**
 * sg_floor_store_reset() - start over, because a person says so
 * @request: which file, which counter; whether they fit is not asked
 * @floors: raised by those of the file, when this device signed it
 * @err: why not
 *
 * For a file that was refused, and for a counter that was lost. Floors that are
 * neither in @floors nor in the file are forgotten: what they kept out comes in
 * again.
 *
 * Return: 0 or -1.
 */
int sg_floor_store_reset(const struct sg_floor_request *request,
			 const struct sg_state *floors, struct sg_error *err);

/* The anchor in a TPM 2.0, anchor.c. */

/* In the range that the owner of the TPM gives out; one more is used briefly. */
enum { SG_ANCHOR_INDEX = 0x01805347 };
#define SG_ANCHOR_TCTI "device:/dev/tpmrm0"

struct sg_tpm;

/**
 * sg_tpm_open() - an anchor in the non-volatile memory of a TPM
 * @tcti: how to reach it, NULL for SG_ANCHOR_TCTI
 * @owner_auth: password of the owner hierarchy, NULL for none
 * @tpm: result, NULL when it fails
 * @anchor: result, good until sg_tpm_close()
 * @err: what the TPM says, and what to do
 *
 * The libraries of tpm2-tss are loaded here and nowhere else.
 *
 * Context: talks to the TPM.
 * Return: 0 or -1.
 */
int sg_tpm_open(const char *tcti, const char *owner_auth, struct sg_tpm **tpm,
		struct sg_anchor *anchor, struct sg_error *err);
/* NULL is fine. */
void sg_tpm_close(struct sg_tpm *tpm);
/* Is there a TPM 2.0 in this machine at all? */
bool sg_tpm_present(void);

#endif /* SUITGATE_FLOOR_H */
