/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may block or meet hostile bytes is done by a child process.
 */
#ifndef DAEMON_TASK_H
#define DAEMON_TASK_H

#include <systemd/sd-event.h>

#include "suitgate.h"

struct task;

/**
 * struct task_request - something to do
 * @run: in the child; its result is the exit code, 0 to 127
 * @argument: of @run
 * @limit_s: the child is killed after so many seconds
 * @done: in the daemon: exit code, or -1 when it was killed; the task is gone
 * @context: of @done
 */
struct task_request {
	int (*run)(void *argument);
	void *argument;
	uint64_t limit_s;
	void (*done)(void *context, int code);
	void *context;
};

/* NULL with @err filled when it cannot be started. */
struct task *task_start(sd_event *event, const struct task_request *request,
			struct sg_error *err);
/* Kill it; @done is not called. NULL is fine. */
void task_cancel(struct task *task);

/*
 * Have @run called in a child and wait for it; systemd hears meanwhile that this
 * process lives. Its result and error, or -1 when it was killed.
 */
int task_wait(int (*run)(void *argument, struct sg_error *err), void *argument,
	      struct sg_error *err);

/* In a child: become another program, without a shell. Returns 127. */
int task_exec(char *const argv[]);

#endif /* DAEMON_TASK_H */
