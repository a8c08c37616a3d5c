// SPDX-License-Identifier: GPL-2.0-or-later
#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <systemd/sd-varlink.h>
#include <unistd.h>

#define SOCKET "/run/suitgate/io.suitgate.Manager"
#define INTERFACE "io.suitgate.Manager."

/* What the loop knows. */
struct dialogue {
	const struct link_call *call;
	sd_json_variant *last;
	char error[128];
	bool over;
};

const char *link_text(sd_json_variant *v, const char *key)
{
	sd_json_variant *member = sd_json_variant_by_key(v, key);

	return member && sd_json_variant_is_string(member) ?
		       sd_json_variant_string(member) : "";
}

uint64_t link_number(sd_json_variant *v, const char *key)
{
	sd_json_variant *member = sd_json_variant_by_key(v, key);

	return member && sd_json_variant_is_unsigned(member) ?
		       sd_json_variant_unsigned(member) : 0;
}

bool link_true(sd_json_variant *v, const char *key)
{
	sd_json_variant *member = sd_json_variant_by_key(v, key);

	return member && sd_json_variant_is_boolean(member) &&
	       sd_json_variant_boolean(member);
}

static int on_reply(sd_varlink *link, sd_json_variant *parameters,
		    const char *error, sd_varlink_reply_flags_t flags,
		    void *userdata)
{
	struct dialogue *d = userdata;

	(void)link;
	if (error)
		snprintf(d->error, sizeof(d->error), "%s", error);
	else if (flags & SD_VARLINK_REPLY_CONTINUES &&
		 d->call->more && d->call->more(d->call->context, parameters))
		return 0;
	sd_json_variant_unref(d->last);
	d->last = sd_json_variant_ref(parameters);
	d->over = true;
	return 0;
}

/* The daemon accepts what nobody can change under its eyes. */
static int sealed(const struct sg_buf *envelope, struct sg_error *err)
{
	int fd = memfd_create("suitctl", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	size_t at = 0;

	while (fd >= 0 && at < envelope->len) {
		ssize_t n = write(fd, envelope->data + at, envelope->len - at);

		if (n < 0 && errno != EINTR)
			break;
		at += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0 && at == envelope->len &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW |
		  F_SEAL_SEAL) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return sg_fail(err, "cannot pass the manifest on: %m");
}

static int push(sd_varlink *link, const struct link_call *call,
		sd_json_variant **parameters, struct sg_error *err)
{
	int fd, index;

	*parameters = sd_json_variant_ref(call->parameters);
	if (!call->envelope)
		return 0;
	fd = sealed(call->envelope, err);
	if (fd < 0)
		return -1;
	sd_varlink_set_allow_fd_passing_output(link, 1);
	index = sd_varlink_push_fd(link, fd);
	if (index < 0) {
		close(fd);
		return sg_fail(err, "cannot pass the manifest on");
	}
	if (sd_json_variant_set_field_integer(parameters, "fileDescriptor",
					      index) < 0)
		return sg_fail(err, "out of memory");
	return 0;
}

static int loop(sd_varlink *link, struct dialogue *d)
{
	int r = 0;

	while (!d->over && r >= 0) {
		r = sd_varlink_process(link);
		if (!r)
			r = sd_varlink_wait(link, UINT64_MAX);
	}
	return r;
}

static int judge(const struct dialogue *d, struct sg_error *err)
{
	const char *message = link_text(d->last, "message");
	const char *name = d->error;

	if (!*name)
		return 0;
	if (!strncmp(name, INTERFACE, sizeof(INTERFACE) - 1))
		name += sizeof(INTERFACE) - 1;
	sg_fail(err, "%s", *message ? message : name);
	err->refused = !strcmp(name, "Refused");
	return -1;
}

int link_call(const struct link_call *call, sd_json_variant **out,
	      struct sg_error *err)
{
	const char *socket = call->socket ? call->socket : SOCKET;
	struct dialogue d = { .call = call };
	sd_json_variant *parameters = NULL;
	sd_varlink *link = NULL;
	char method[64];
	int r, ret = -1;

	snprintf(method, sizeof(method), INTERFACE "%s", call->method);
	r = sd_varlink_connect_address(&link, socket);
	if (r < 0) {
		errno = -r;
		return sg_fail(err, "cannot reach suitgated at %s: %m; is it running? (systemctl status suitgated)",
			       socket);
	}
	sd_varlink_set_relative_timeout(link, UINT64_MAX);
	sd_varlink_set_userdata(link, &d);
	if (push(link, call, &parameters, err) < 0)
		goto out;
	r = sd_varlink_bind_reply(link, on_reply);
	if (r >= 0)
		r = call->more ? sd_varlink_observe(link, method, parameters) :
				 sd_varlink_invoke(link, method, parameters);
	if (r >= 0)
		r = loop(link, &d);
	errno = -r;
	ret = r < 0 || !d.over ? sg_fail(err, "suitgated does not answer: %m") :
				 judge(&d, err);
	if (!ret && out)
		*out = sd_json_variant_ref(d.last);

out:
	sd_json_variant_unref(parameters);
	sd_json_variant_unref(d.last);
	sd_varlink_unref(link);
	return ret;
}
