/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the judges share: the evidence of a row and the gateway they stand on.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "core/suit.h"

/* What a row is about, in memory. */
struct evidence {
	struct suit_slice envelope;
	struct suit_slice component;	/* ptr NULL: the envelope only */
	struct suit_slice payload;
	u8 id[SUIT_MAX_COMPONENT_ID];
};

struct sg_trust_set;

/* Whoever answers: the library's verifier or the kernel's. */
struct judge {
	enum suit_error (*apply)(struct judge *judge, struct suit_slice bundle);
	enum suit_error (*decide)(struct judge *judge,
				  const struct evidence *evidence);
	struct sg_trust_set *trust;	/* of the verifier */
	int fd;				/* of the device */
};

/* Identity of the gateway they stand on: acme.example, gateway-1, slot 0. */
extern const u8 judge_vendor[16];
extern const u8 judge_class[16];

void judge_open_here(struct judge *judge);
void judge_open_device(struct judge *judge);

/* Give up: a failure of the test, not of what is tested. */
void die(const char *what) __attribute__((noreturn));

#endif /* JUDGE_H */
