// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * io.suitgate.Manager.Verify: would it be installed? Everybody may ask: one is
 * looked at at a time, and only that one is in our memory. A client waits with
 * one call, and there are not many clients: so the queue has an end.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "manager_read.h"
#include "policy.h"

/**
 * struct verify - a call that is not answered yet
 * @next: comes after it
 * @daemon: the daemon
 * @link: who asked
 * @fd: sealed memfd with the envelope
 * @envelope: what is in it, once it is its turn
 * @procedure: looks at it, then
 */
struct verify {
	struct verify *next;
	struct daemon *daemon;
	sd_varlink *link;
	int fd;
	struct sg_buf envelope;
	struct procedure *procedure;
};

static void reply_result(sd_varlink *link,
			 const struct procedure_result *result)
{
	const struct procedure_manifest *root = &result->manifest[0];
	char digest[2 * SG_GATE_MAX_DIGEST + 1];
	sd_json_variant *names = NULL;
	size_t i;
	int r = 0;

	sg_gate_hex(root->digest.value, root->digest.len, digest);
	for (i = 0; i < result->n_components && r >= 0; i++)
		r = sd_json_variant_append_arrayb(&names,
			SD_JSON_BUILD_STRING(result->component[i].name));
	if (r >= 0)
		r = sd_varlink_replybo(link,
			SD_JSON_BUILD_PAIR_STRING("authority",
						  root->authority),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
						    root->sequence_number),
			SD_JSON_BUILD_PAIR_STRING("version", root->version),
			SD_JSON_BUILD_PAIR_STRING("manifest", digest),
			SD_JSON_BUILD_PAIR_VARIANT("components", names));
	manager_answered(link, r);
	sd_json_variant_unref(names);
}

/* Out of the queue: whoever is answered may hang up, and be looked for. */
static void leave(struct verify *verify)
{
	struct verify **at = &verify->daemon->verify;

	while (*at != verify)
		at = &(*at)->next;
	*at = verify->next;
}

static void verify_free(struct verify *verify)
{
	procedure_cancel(verify->procedure);
	sg_buf_free(&verify->envelope);
	sd_varlink_unref(verify->link);
	close(verify->fd);
	free(verify);
}

static void begin_next(struct daemon *daemon);

static void on_examined(void *context, const struct sg_error *why,
			const struct procedure_result *result)
{
	struct verify *verify = context;
	struct daemon *daemon = verify->daemon;
	struct sg_error err;

	verify->procedure = NULL;
	leave(verify);
	if (why)
		manager_fail_with(verify->link, why);
	else if (policy_check(daemon->store, result, &err) < 0)
		manager_fail_with(verify->link, &err);
	else
		reply_result(verify->link, result);
	verify_free(verify);
	begin_next(daemon);
}

static int begin(struct verify *verify, struct sg_error *err)
{
	const struct procedure_request request = {
		.step = PROCEDURE_EXAMINE, .envelope = &verify->envelope,
		.done = on_examined, .context = verify,
	};
	struct daemon *daemon = verify->daemon;

	if (daemon->install)
		return sg_fail(err, "an installation is running: try again when it is done");
	if (manager_read(daemon, verify->fd, &verify->envelope, err) < 0)
		return -1;
	verify->procedure = procedure_start(daemon, &request, err);
	return verify->procedure ? 0 : -1;
}

/* Look at the first, unless that is being done. */
static void begin_next(struct daemon *daemon)
{
	struct verify *first;
	struct sg_error err;

	while ((first = daemon->verify) && !first->procedure) {
		if (begin(first, &err) == 0)
			return;
		leave(first);
		manager_fail_with(first->link, &err);
		verify_free(first);
	}
}

void manager_verify_drop(struct daemon *daemon, sd_varlink *link)
{
	struct verify *verify, *next;

	for (verify = daemon->verify; verify; verify = next) {
		next = verify->next;
		if (link && verify->link != link)
			continue;
		leave(verify);
		verify_free(verify);
	}
	begin_next(daemon);
}

static int enqueue(struct daemon *daemon, sd_varlink *link, int fd)
{
	struct verify *verify = calloc(1, sizeof(*verify));
	struct verify **at = &daemon->verify;

	if (!verify) {
		close(fd);
		return -ENOMEM;
	}
	*verify = (struct verify){
		.daemon = daemon, .link = sd_varlink_ref(link), .fd = fd,
	};
	while (*at)
		at = &(*at)->next;
	*at = verify;
	begin_next(daemon);
	return 0;
}

static const sd_json_dispatch_field fd_field[] = {
	{ "fileDescriptor", SD_JSON_VARIANT_UNSIGNED, sd_json_dispatch_uint, 0,
	  SD_JSON_MANDATORY },
	{ 0 }
};

MANAGER_METHOD(manager_verify)
{
	unsigned int index = 0;
	int fd, ret;

	(void)flags;
	ret = sd_varlink_dispatch(link, parameters, fd_field, &index);
	if (ret)
		return ret;
	fd = manager_sealed(link, index);
	return fd < 0 ? 0 : enqueue(userdata, link, fd);
}
