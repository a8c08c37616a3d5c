// SPDX-License-Identifier: GPL-2.0-or-later
#include "manager.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "install.h"
#include "manager_idl.h"
#include "manager_read.h"
#include "source.h"
#include "trial.h"

/* Subscriptions and calls of all clients. */
enum { MAX_CLIENTS = 128, MAX_CLIENTS_PER_UID = 32 };

/* Who changes anything is root; else the error is answered. */
static bool may_change(sd_varlink *link)
{
	uid_t uid;

	if (sd_varlink_get_peer_uid(link, &uid) >= 0 && uid == 0)
		return true;
	manager_fail(link, "PermissionDenied", "only root may do this");
	return false;
}

/* From whom, and what; false: *@ret is what the method returns. */
static bool admit(sd_varlink *link, sd_json_variant *parameters,
		  const sd_json_dispatch_field *fields, void *out, int *ret)
{
	*ret = 0;
	if (!may_change(link))
		return false;
	*ret = sd_varlink_dispatch(link, parameters, fields, out);
	return *ret == 0;
}

static void on_progress(void *context, const char *what, uint64_t done,
			uint64_t total)
{
	sd_varlink *link = context;

	sd_varlink_notifybo(link,
		SD_JSON_BUILD_PAIR_STRING("step", what),
		SD_JSON_BUILD_PAIR_UNSIGNED("done", done),
		SD_JSON_BUILD_PAIR_UNSIGNED("total", total));
}

static void no_progress(void *context, const char *what, uint64_t done,
			uint64_t total)
{
	(void)context;
	(void)what;
	(void)done;
	(void)total;
}

static void on_installed(void *context, const struct sg_error *err,
			 const struct store_job *job)
{
	char digest[2 * SG_GATE_MAX_DIGEST + 1];
	sd_varlink *link = context;

	if (err) {
		manager_fail_with(link, err);
	} else {
		sg_gate_hex(job->digest.value, job->digest.len, digest);
		manager_answered(link, sd_varlink_replybo(link,
			SD_JSON_BUILD_PAIR_STRING("manifest", digest),
			SD_JSON_BUILD_PAIR_STRING("version", job->version),
			SD_JSON_BUILD_PAIR_BOOLEAN("needsReboot",
						   job->reboot)));
	}
	sd_varlink_unref(link);
}

static const sd_json_dispatch_field fd_field[] = {
	{ "fileDescriptor", SD_JSON_VARIANT_UNSIGNED, sd_json_dispatch_uint, 0,
	  SD_JSON_MANDATORY },
	{ 0 }
};

static MANAGER_METHOD(install)
{
	struct daemon *daemon = userdata;
	struct install_request request = {
		.progress = flags & SD_VARLINK_METHOD_MORE ? on_progress :
							     no_progress,
		.done = on_installed, .context = link,
	};
	unsigned int index = 0;
	struct sg_error err;
	int ret;

	if (!admit(link, parameters, fd_field, &index, &ret))
		return ret;
	if (manager_envelope(daemon, link, index, &request.envelope) < 0)
		return 0;
	if (install_start(daemon, &request, &err) < 0)
		return manager_fail_with(link, &err);
	sd_varlink_ref(link);
	return 0;
}

struct what {
	const char *what;
	int jump;
};

static const sd_json_dispatch_field what_fields[] = {
	{ "what", SD_JSON_VARIANT_STRING, sd_json_dispatch_const_string,
	  offsetof(struct what, what), SD_JSON_NULLABLE },
	{ "jump", SD_JSON_VARIANT_BOOLEAN, sd_json_dispatch_tristate,
	  offsetof(struct what, jump), SD_JSON_NULLABLE },
	{ 0 }
};

/* What is meant; else the error is answered. */
static struct trial *find_trial(struct daemon *daemon, sd_varlink *link,
				const struct what *what)
{
	struct trial *trial = trial_find(daemon, what->what);

	if (!trial)
		manager_fail(link, "NotFound", what->what ?
				"no such component or manifest is on trial" :
			     daemon->trial ?
				"several are on trial: say which component" :
				"nothing is on trial");
	return trial;
}

static MANAGER_METHOD(confirm)
{
	struct daemon *daemon = userdata;
	struct what what = { 0 };
	struct trial *trial;
	struct sg_error err;
	int ret;

	(void)flags;
	if (!admit(link, parameters, what_fields, &what, &ret))
		return ret;
	trial = find_trial(daemon, link, &what);
	if (!trial)
		return 0;
	if (trial_confirm(trial, what.jump > 0, &err) < 0)
		return manager_fail_with(link, &err);
	return sd_varlink_reply(link, NULL);
}

static MANAGER_METHOD(cancel)
{
	struct daemon *daemon = userdata;
	struct what what = { 0 };
	struct trial *trial;
	struct sg_error err;
	int ret;

	(void)flags;
	if (!admit(link, parameters, what_fields, &what, &ret))
		return ret;
	ret = what.what ? 0 : install_cancel(daemon, &err);
	if (ret)
		return ret < 0 ? manager_fail_with(link, &err) :
				 sd_varlink_reply(link, NULL);
	trial = find_trial(daemon, link, &what);
	if (!trial)
		return 0;
	if (trial_cancel(trial, "canceled by root", &err))
		return manager_fail_with(link, &err);
	return sd_varlink_reply(link, NULL);
}

static void on_checked(void *context, sd_json_variant *found)
{
	sd_varlink *link = context;
	int r;

	if (found)
		r = sd_varlink_replybo(link,
			SD_JSON_BUILD_PAIR_VARIANT("found", found));
	else
		r = sd_varlink_replybo(link, SD_JSON_BUILD_PAIR("found",
				SD_JSON_BUILD_EMPTY_ARRAY));
	manager_answered(link, r);
	sd_varlink_unref(link);
}

static MANAGER_METHOD(check)
{
	struct daemon *daemon = userdata;
	struct sg_error err;
	int ret;

	(void)flags;
	if (!admit(link, parameters, manager_no_fields, NULL, &ret))
		return ret;
	if (source_check(daemon, on_checked, link, &err) < 0)
		return manager_fail_with(link, &err);
	sd_varlink_ref(link);
	return 0;
}

/* libsystemd 257 wants this for each connection. */
static int on_connect(sd_varlink_server *server, sd_varlink *link,
		      void *userdata)
{
	(void)server;
	(void)userdata;
	return sd_varlink_set_allow_fd_passing_input(link, 1);
}

static void drop_subscriber(struct daemon *daemon, size_t i)
{
	sd_varlink_unref(daemon->subscriber[i]);
	daemon->subscriber[i] = daemon->subscriber[--daemon->n_subscribers];
}

static void on_disconnect(sd_varlink_server *server, sd_varlink *link,
			  void *userdata)
{
	struct daemon *daemon = userdata;
	size_t i;

	(void)server;
	for (i = daemon->n_subscribers; i--;)
		if (daemon->subscriber[i] == link)
			drop_subscriber(daemon, i);
	manager_verify_drop(daemon, link);
}

void manager_changed(struct daemon *daemon)
{
	size_t i;

	for (i = daemon->n_subscribers; i--;)
		if (sd_varlink_notifybo(daemon->subscriber[i],
				SD_JSON_BUILD_PAIR_BOOLEAN("changed",
							   true)) < 0)
			drop_subscriber(daemon, i);
}

static int listen_on(struct daemon *daemon)
{
	const char *path = daemon->config.socket;
	char folder[4096], *slash;
	int r = sd_varlink_server_listen_auto(daemon->server);

	if (r != 0)
		return r;
	strncpy(folder, path, sizeof(folder) - 1);
	folder[sizeof(folder) - 1] = '\0';
	slash = strrchr(folder, '/');
	if (slash && slash != folder) {
		*slash = '\0';
		mkdir(folder, 0755);
	}
	/* a socket that nobody listens on is left over */
	unlink(path);
	return sd_varlink_server_listen_address(daemon->server, path, 0666);
}

static int bind_methods(sd_varlink_server *server)
{
	return sd_varlink_server_bind_method_many(server,
		MANAGER ".ListComponents", manager_list_components,
		MANAGER ".Verify", manager_verify,
		MANAGER ".Install", install,
		MANAGER ".Confirm", confirm,
		MANAGER ".Cancel", cancel,
		MANAGER ".Check", check,
		MANAGER ".Status", manager_status,
		MANAGER ".ListReports", manager_list_reports,
		MANAGER ".GetReport", manager_get_report,
		MANAGER ".Subscribe", manager_subscribe);
}

int manager_start(struct daemon *daemon, struct sg_error *err)
{
	sd_varlink_server *server;
	int r;

	r = sd_varlink_server_new(&daemon->server,
				  SD_VARLINK_SERVER_ACCOUNT_UID |
				  SD_VARLINK_SERVER_INHERIT_USERDATA);
	if (r < 0)
		goto fail;
	server = daemon->server;
	sd_varlink_server_set_userdata(server, daemon);
	sd_varlink_server_set_connections_max(server, MAX_CLIENTS);
	sd_varlink_server_set_connections_per_uid_max(server,
						      MAX_CLIENTS_PER_UID);
	r = sd_varlink_server_set_info(server, "suitgate", "suitgated",
				       SUITGATE_VERSION,
				       "");
	if (r >= 0)
		r = sd_varlink_server_add_interface(server,
						    &vl_interface_io_suitgate_Manager);
	if (r >= 0)
		r = bind_methods(server);
	if (r >= 0)
		r = sd_varlink_server_bind_connect(server, on_connect);
	if (r >= 0)
		r = sd_varlink_server_bind_disconnect(server, on_disconnect);
	if (r >= 0)
		r = listen_on(daemon);
	if (r >= 0)
		r = sd_varlink_server_attach_event(server, daemon->event,
						   SD_EVENT_PRIORITY_NORMAL);
	if (r >= 0)
		return 0;

fail:
	errno = -r;
	return sg_fail(err, "cannot listen on %s: %m", daemon->config.socket);
}

void manager_stop(struct daemon *daemon)
{
	while (daemon->n_subscribers)
		drop_subscriber(daemon, daemon->n_subscribers - 1);
	free(daemon->subscriber);
	daemon->subscriber = NULL;
	manager_verify_drop(daemon, NULL);
	/* links of calls that wait are answered by those who hold them */
	if (daemon->server)
		sd_varlink_server_shutdown(daemon->server);
	daemon->server = sd_varlink_server_unref(daemon->server);
}
