/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PROCEDURE_RUN_H
#define DAEMON_PROCEDURE_RUN_H

#include "procedure.h"
#include "setup.h"

/**
 * struct procedure_run - a step, in its process
 * @request: what
 * @setup: on what
 * @config: limits
 * @result: in memory that the daemon shares
 */
struct procedure_run {
	const struct procedure_request *request;
	const struct setup *setup;
	const struct config *config;
	struct procedure_result *result;
};

/* run() of a task: @run a struct procedure_run. 0 when it went well. */
int procedure_run(void *run);

#endif /* DAEMON_PROCEDURE_RUN_H */
