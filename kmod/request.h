/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What each task is asking the firmware loader for. The path of a file does not
 * tell: with firmware_class.path or nested roots one path may stand for several
 * names. So the name is taken where the driver's request enters the loader.
 */
#ifndef SUITGATE_REQUEST_H
#define SUITGATE_REQUEST_H

#include <linux/types.h>

struct task_struct;

/**
 * struct suit_request - one request in the loader
 * @task: who asked; NULL: the slot is free. Only that task touches the rest.
 * @name: what the driver asked for; valid while the request lasts
 * @depth: requests of that task around this one
 * @reading: the loader reads a file through the gate right now
 */
struct suit_request {
	struct task_struct *task;
	const char *name;
	unsigned int depth;
	bool reading;
};

int suit_request_init(void);
void suit_request_exit(void);

/* The innermost request current is in, NULL when none. Context: process. */
struct suit_request *suit_request_current(void);
/*
 * The loader reads a file for current. NULL when nobody knows for which
 * request. Give the result to suit_request_read_end().
 */
struct suit_request *suit_request_read_begin(void);
void suit_request_read_end(struct suit_request *request);
/* Does any driver wait for user space to hand in a firmware by name? */
bool suit_request_fallback_pending(void);

#endif /* SUITGATE_REQUEST_H */
