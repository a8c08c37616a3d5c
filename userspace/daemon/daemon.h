/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * suitgated: what its parts share.
 *
 *	source	looks where manifests may be	-> install
 *	manager	clients				-> install, trial, report
 *	install	runs a manifest's procedure	-> policy, fetch, job
 *	job	journal, files, floors		-> place, store, gate
 *	trial	activation, health, confirm	-> job, files
 *	watch	decisions of the gate		-> trial, report
 */
#ifndef DAEMON_DAEMON_H
#define DAEMON_DAEMON_H

#include <systemd/sd-event.h>
#include <systemd/sd-varlink.h>

#include "config.h"
#include "store.h"

struct gate_state;
struct install;
struct report_post;
struct source_check;
struct trial;
struct verify;
struct watch;

/**
 * struct daemon - all of it
 * @config_path: file that was read
 * @config: what it says
 * @event: the loop
 * @store: what is remembered
 * @server: of varlink
 * @anchored: floors are, in the TPM
 * @install: the one that is running, or NULL
 * @trial: those that are on trial, a list
 * @verify: calls of Verify, a list: the first is looked at
 * @check: sources
 * @watch: decisions of the gate, NULL without a gate
 * @watch_timer: looks for a gate while none is watched
 * @gate_state: its mode, as subscribers know it; NULL before the first one
 * @post: reports on their way
 * @subscriber: links that want to hear of changes
 * @n_subscribers: how many
 */
struct daemon {
	const char *config_path;
	struct config config;
	sd_event *event;
	struct store *store;
	sd_varlink_server *server;
	bool anchored;
	struct install *install;
	struct trial *trial;
	struct verify *verify;
	struct source_check *check;
	struct watch *watch;
	sd_event_source *watch_timer;
	struct gate_state *gate_state;
	struct report_post *post;
	sd_varlink **subscriber;
	size_t n_subscribers;
};

/* A line for the journal, "<6>" and the like in front. */
void daemon_log(int priority, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif /* DAEMON_DAEMON_H */
