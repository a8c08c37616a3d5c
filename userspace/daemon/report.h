/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports: one per installation, confirmation, restoration and refusal, kept
 * and, when a server is configured, sent to it.
 */
#ifndef DAEMON_REPORT_H
#define DAEMON_REPORT_H

#include "daemon.h"

/* Of a job; @failure NULL when it went well. */
void report_job(struct daemon *daemon, const char *kind,
		const struct store_job *job, const char *failure);
/* A manifest that was refused; @digest of it in hex may be empty. */
void report_refusal(struct daemon *daemon, const char *digest,
		    const struct sg_error *why);
/* A file that the gate refused to a driver. */
void report_denial(struct daemon *daemon, const struct sg_gate_record *record);
/* One of the store as JSON. 0, or -1 when memory ran out. */
int report_json(const struct store_report *report, sd_json_variant **out);
/* Send what was not sent; again later when that fails. */
void report_post(struct daemon *daemon);
void report_stop(struct daemon *daemon);

#endif /* DAEMON_REPORT_H */
