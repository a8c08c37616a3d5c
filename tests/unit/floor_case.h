/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A store of floors in the folder of the test (scratch.h), with a counter that
 * behaves as one in a TPM does and outlives the process that raises it.
 */
#ifndef TEST_FLOOR_CASE_H
#define TEST_FLOOR_CASE_H

#include "release.h"
#include "suitgate/floor.h"

/* Index of the counter. */
enum { COUNTER = 0x01234567 };

/**
 * struct counter - what is in the TPM
 * @state: enum sg_anchor_state
 * @value: when it is SG_ANCHOR_SET
 * @highest: what any counter ever had; a new one begins above
 */
struct counter {
	int state;
	uint64_t value;
	uint64_t highest;
};

extern struct counter *counter;
/*
 * Asked before the counter is read, and before and after it is changed: 0, or
 * the call fails, unmade or made.
 */
extern int (*counter_watch)(void);

/* A device with its key, and a counter that nobody has made. */
void floor_begin(void);
/* Of this device; @counted: with the counter. */
const struct sg_floor_request *floor_request(bool counted);

/* Floors "acme", firmware/x at @x and, unless 0, firmware/y at @y. */
struct sg_state *floors_of(uint64_t x, uint64_t y);
/* "x=7 y=9", of a store or of anything else. */
const char *floors_text(const struct sg_state *state);

/* The store; the test fails when it cannot be opened. */
struct sg_floor_store *floor_opened(bool counted);
/* What is in it, without the rest of the store. */
const char *floor_kept(bool counted);
/* Open it, put floors, close it. 0 or -1. */
int floor_put(bool counted, uint64_t x, uint64_t y);
/* It cannot be opened: the code of the refusal. */
void floor_refused(bool counted, const char *code);

/* The file as it is now, and that file again, as from an old disk image. */
struct suit_slice floor_image(void);
void floor_restore(struct suit_slice image);
/* How many files there are beside the key pair. */
unsigned int floor_files(void);

#endif /* TEST_FLOOR_CASE_H */
