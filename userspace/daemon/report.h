/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports: one per installation, confirmation, restoration and refusal, kept
 * and, when a server is configured, sent to it.
 */
#ifndef DAEMON_REPORT_H
#define DAEMON_REPORT_H

#include "procedure.h"

enum { REPORT_MERGE_S = 3600 };	/* like denials within an hour are one */

/* How what the device signs is called among the facts, and where it is sent. */
struct report_kind {
	const char *fact;
	const char *media_type;
};

/* By enum report_form; NULL past the last. */
const struct report_kind *report_kind(unsigned int form);
/* Of a job; @failure NULL when it went well. */
void report_job(struct daemon *daemon, const char *kind,
		const struct store_job *job, const char *failure);
/* Likewise of an installation, with what its last step said. */
void report_install(struct daemon *daemon, const struct store_job *job,
		    const struct procedure_result *result);
/*
 * A manifest that was refused; @digest of it in hex may be empty, @result may
 * be NULL.
 */
void report_refusal(struct daemon *daemon, const char *digest,
		    const struct sg_error *why,
		    const struct procedure_result *result);
/* A file that the gate refused to a driver; once, however often it is told. */
void report_denial(struct daemon *daemon, const struct sg_gate_record *record);
/*
 * Keep one, of now unless it has a time, whose facts are given up; like ones
 * within @merge_s are counted.
 */
void report_add(struct daemon *daemon, struct store_report *report,
		uint64_t merge_s, sd_json_variant *facts);
/* To its facts: a signed SUIT_Report or token; none when @len is 0. */
void report_add_signed(const struct daemon *daemon, sd_json_variant **facts,
		       const void *report, size_t len);
/* One of the store as JSON. 0, or -1 when memory ran out. */
int report_json(const struct store_report *report, sd_json_variant **out);
/* Send what was not sent; again later when that fails. */
void report_post(struct daemon *daemon);
void report_stop(struct daemon *daemon);

#endif /* DAEMON_REPORT_H */
