/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Methods of the interface: those that read, for everybody, and those that
 * change something. What they share.
 */
#ifndef DAEMON_MANAGER_READ_H
#define DAEMON_MANAGER_READ_H

#include "daemon.h"

#define MANAGER_METHOD(name) \
	int name(sd_varlink *link, sd_json_variant *parameters, \
		 sd_varlink_method_flags_t flags, void *userdata)

MANAGER_METHOD(manager_list_components);
MANAGER_METHOD(manager_verify);
MANAGER_METHOD(manager_status);
MANAGER_METHOD(manager_list_reports);
MANAGER_METHOD(manager_get_report);
MANAGER_METHOD(manager_subscribe);

/* Of a method without parameters. */
extern const sd_json_dispatch_field manager_no_fields[];

/*
 * That a call which waits was answered, as @r says: a client that could not be
 * told must not wait for ever, so its link ends.
 */
void manager_answered(sd_varlink *link, int r);
/* Answer with an error; what it returns is for the caller of a method. */
int manager_fail(sd_varlink *link, const char *error, const char *message);
/* Likewise: Refused or Failed, as @err says. */
int manager_fail_with(sd_varlink *link, const struct sg_error *err);
/* Whoever called Verify on @link is gone; NULL: nobody is answered any more. */
void manager_verify_drop(struct daemon *daemon, sd_varlink *link);
/* The sealed memfd in descriptor @index; else the error is answered and -1. */
int manager_sealed(sd_varlink *link, unsigned int index);
/* What is in one. 0 or -1. */
int manager_read(const struct daemon *daemon, int fd, struct sg_buf *out,
		 struct sg_error *err);
/* The envelope in descriptor @index; else the error is answered and -1. */
int manager_envelope(struct daemon *daemon, sd_varlink *link,
		     unsigned int index, struct sg_buf *out);

#endif /* DAEMON_MANAGER_READ_H */
