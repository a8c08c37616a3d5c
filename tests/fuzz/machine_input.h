/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Input of fuzz_machine.c: a device and what it is asked. These bytes, then the
 * envelope, then each thing that there is: its component id, encoded, or its
 * URI; its content, empty when it has none; and how many other manifests refer
 * to it, in a byte. Each but the last with two bytes of length in front.
 */
#ifndef FUZZ_MACHINE_INPUT_H
#define FUZZ_MACHINE_INPUT_H

enum machine_input {
	INPUT_PROCEDURE,	/* 0: the kernel's verdict on each component */
	INPUT_FLAGS,		/* see below */
	INPUT_ABSENT,		/* ops that the device has not, a bit each */
	INPUT_PENDING = INPUT_ABSENT + 3,	/* so many ops are not ready */
	INPUT_FAILING,		/* this effect fails (from 1), or all (255) */
	INPUT_ERROR,		/* with this error */
	INPUT_IMAGE_ERROR,	/* and what others return, where not 0 */
	INPUT_DIGEST_ERROR,
	INPUT_VERIFY_ERROR,
	INPUT_NOW,
	INPUT_BATTERY,
	INPUT_PRIORITY,
	INPUT_EVENTS,		/* that have happened */
	INPUT_SLOT = INPUT_EVENTS + 2,
	INPUT_FLOOR,		/* sequence number; 255: the highest */
	INPUT_FLOOR_OWNER,	/* of this authority (from 1), or of all (255) */
	INPUT_FLOOR_DIGEST,	/* of which SUIT_Digest of the input (from 1) */
	INPUT_REVOKED,		/* and which is revoked */
	INPUT_NODES,		/* memory */
	INPUT_PARAMS,
	INPUT_VERSION,		/* elements, and what they are */
	INPUT_PARTS,
	INPUT_HEAD = INPUT_PARTS + 8
};

enum {
	FLAG_FORGIVE = 1,	/* bytes have the digest claimed before them */
	FLAG_NO_KEYS = 2,	/* nobody is trusted */
};

#endif /* FUZZ_MACHINE_INPUT_H */
