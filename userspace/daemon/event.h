/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an operator wants to find in the journal: each kind of event has a
 * MESSAGE_ID, explained in suitgate.catalog, and fields to search for.
 */
#ifndef DAEMON_EVENT_H
#define DAEMON_EVENT_H

#include "daemon.h"

enum event_kind {
	EVENT_INSTALLED,
	EVENT_CONFIRMED,
	EVENT_RESTORED,
	EVENT_REFUSED,		/* a manifest */
	EVENT_DENIED,		/* firmware, to a driver */
};

/**
 * struct event - what happened
 * @kind: of it
 * @authority: @version: of the manifest, SUITGATE_AUTHORITY and _VERSION; NULL
 *	when it is not known, as below
 * @manifest: its digest in hex, SUITGATE_MANIFEST
 * @firmware: that was asked for, SUITGATE_FIRMWARE
 * @reason: name of the verifier's error, SUITGATE_REASON
 */
struct event {
	enum event_kind kind;
	const char *authority;
	const char *version;
	const char *manifest;
	const char *firmware;
	const char *reason;
};

/* Say so: to the journal, or without one to standard error. */
void event_log(const struct event *event, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Likewise, of the manifest of a job. */
void event_job(enum event_kind kind, const struct store_job *job,
	       const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif /* DAEMON_EVENT_H */
