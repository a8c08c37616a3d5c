/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What each task is asking the firmware loader for. The path of a file does not
 * tell: with firmware_class.path or nested roots one path may stand for several
 * names. So the name is taken where the driver's request enters the loader.
 */
#ifndef SUITGATE_REQUEST_H
#define SUITGATE_REQUEST_H

#include <linux/types.h>

/**
 * struct suit_request - one request in the loader
 * @task: who asked; NULL: the slot is free. Only that task touches the rest.
 * @name: what the driver asked for; valid while the request lasts
 * @reading: the loader reads a file through the gate right now
 */
struct suit_request {
	struct task_struct *task;
	const char *name;
	bool reading;
};

int suit_request_init(void);
void suit_request_exit(void);

/* The request current is in, NULL when it is in none. Context: process. */
struct suit_request *suit_request_current(void);

#endif /* SUITGATE_REQUEST_H */
