// SPDX-License-Identifier: GPL-2.0-or-later
#include "procedure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "procedure_run.h"
#include "setup.h"
#include "task.h"

enum { LIMIT_S = 24 * 3600 };

struct procedure {
	struct procedure_request request;
	struct procedure_run run;
	struct setup setup;
	struct task *task;
};

static void procedure_free(struct procedure *procedure)
{
	setup_free(&procedure->setup);
	munmap(procedure->run.result, sizeof(*procedure->run.result));
	free(procedure);
}

/* A process that was killed may have left anything. */
static void terminate(struct procedure_result *result)
{
	size_t i;

	result->phase[sizeof(result->phase) - 1] = '\0';
	result->code[sizeof(result->code) - 1] = '\0';
	result->message[sizeof(result->message) - 1] = '\0';
	if (result->n_manifests > PROCEDURE_MANIFESTS)
		result->n_manifests = 0;
	if (result->n_components > PROCEDURE_COMPONENTS)
		result->n_components = 0;
	if (result->n_report > PROCEDURE_REPORT)
		result->n_report = 0;
	for (i = 0; i < result->n_components; i++)
		result->component[i].name[STORE_MAX_NAME - 1] = '\0';
}

static void on_done(void *context, int code)
{
	struct procedure *procedure = context;
	struct procedure_request request = procedure->request;
	struct procedure_result *result = procedure->run.result;
	struct sg_error err = { .refused = result->refused };

	terminate(result);
	if (code < 0 || (code && !result->message[0])) {
		sg_fail(&err, "the process that installs was killed");
	} else if (code) {
		memcpy(err.message, result->message, sizeof(result->message));
		err.code = result->code[0] ? result->code : NULL;
	}
	request.done(request.context, code ? &err : NULL, result);
	procedure_free(procedure);
}

struct procedure *procedure_start(struct daemon *daemon,
				  const struct procedure_request *request,
				  struct sg_error *err)
{
	struct procedure *procedure = calloc(1, sizeof(*procedure));
	const struct task_request task = {
		.run = procedure_run, .limit_s = LIMIT_S, .done = on_done,
		.argument = procedure ? &procedure->run : NULL,
		.context = procedure,
	};
	struct procedure_result *result;

	result = mmap(NULL, sizeof(*result), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!procedure || result == MAP_FAILED) {
		free(procedure);
		sg_fail(err, "out of memory");
		return NULL;
	}
	procedure->request = *request;
	procedure->run = (struct procedure_run){
		.request = &procedure->request, .setup = &procedure->setup,
		.config = &daemon->config, .result = result,
	};
	if (!setup_make(daemon, &procedure->setup, err))
		procedure->task = task_start(daemon->event, &task, err);
	if (procedure->task)
		return procedure;
	procedure_free(procedure);
	return NULL;
}

void procedure_cancel(struct procedure *procedure)
{
	if (!procedure)
		return;
	task_cancel(procedure->task);
	procedure_free(procedure);
}

const struct procedure_result *procedure_progress(const struct procedure *p)
{
	return p->run.result;
}
