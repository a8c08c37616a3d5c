/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Talking to suitgated over varlink.
 */
#ifndef CLI_LINK_H
#define CLI_LINK_H

#include <systemd/sd-json.h>

#include "cli.h"

/**
 * struct link_call - a question to suitgated
 * @socket: where it listens, NULL: where it does without being told otherwise
 * @method: "Install"
 * @parameters: object, or NULL; stays the caller's
 * @envelope: to be passed along as fileDescriptor, or NULL
 * @more: told of every answer but the last, until it returns false; may be
 *	NULL
 * @context: of @more
 */
struct link_call {
	const char *socket;
	const char *method;
	sd_json_variant *parameters;
	const struct sg_buf *envelope;
	bool (*more)(void *context, sd_json_variant *answer);
	void *context;
};

/* Ask. The last answer in @out, which may be NULL. 0, or -1 with @err. */
int link_call(const struct link_call *call, sd_json_variant **out,
	      struct sg_error *err);

/* Members of an answer: never NULL; 0 when absent. */
const char *link_text(sd_json_variant *v, const char *key);
uint64_t link_number(sd_json_variant *v, const char *key);
bool link_true(sd_json_variant *v, const char *key);

#endif /* CLI_LINK_H */
