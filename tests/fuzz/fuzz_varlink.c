// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a client can send to suitgated: the daemon's methods on a connection,
 * and behind them, instead of the daemon, what checks that they ask for nothing
 * that the client may not have. First byte: file descriptors that come along,
 * and who the client is; second byte: what is answered, and when. The rest is
 * sent as it is.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "../../userspace/daemon/gate_link.h"
#include "../../userspace/daemon/install.h"
#include "../../userspace/daemon/gate_state.h"
#include "../../userspace/daemon/manager.h"
#include "../../userspace/daemon/policy.h"
#include "../../userspace/daemon/report.h"
#include "../../userspace/daemon/source.h"
#include "../../userspace/daemon/trial.h"
#include "fuzz.h"

enum { MAX_MANIFEST = 1024, MAX_INPUT = 1 << 14, ROUNDS = 64 };

/* File descriptors of a client. */
enum { NONE, SEALED, OPEN, HALF_SEALED, A_PIPE, EMPTY, TOO_LARGE, TWO };

static struct daemon daemon_state = {
	.config.max_manifest = MAX_MANIFEST,
};
static char socket_path[108];
static uint8_t content[2 * MAX_MANIFEST];
static struct procedure_result result = { .n_manifests = 1,
					  .n_components = 1 };
static struct trial on_trial;

/* This client, and what it waits for. */
static unsigned int files, answer;
static uid_t uid;
static struct install_request installing;
static struct procedure_request examining;
static void (*checked)(void *context, sd_json_variant *found);
static void *checked_context;

static bool fails(unsigned int bit)
{
	return answer >> bit & 1;
}

static int say(unsigned int bit, struct sg_error *err)
{
	return fails(bit) ? sg_fail(err, "said so") : 0;
}

/* Only sealed bytes are taken, all of them, and not too many. */
static void check_envelope(const struct sg_buf *envelope)
{
	MUST(files == SEALED || files == EMPTY || files == TWO);
	MUST(envelope->len == (files == EMPTY ? 0 : MAX_MANIFEST));
	MUST(!memcmp(envelope->data, content, envelope->len));
}

/* In place of the library's: who it is is the input's decision. */
int sd_varlink_get_peer_uid(sd_varlink *link, uid_t *out)
{
	(void)link;
	*out = uid;
	return 0;
}

void daemon_log(int priority, const char *fmt, ...)
{
	(void)priority;
	(void)fmt;
}

int install_start(struct daemon *daemon, struct install_request *request,
		  struct sg_error *err)
{
	MUST(daemon == &daemon_state && !uid);
	MUST(request->progress && request->done && request->context);
	check_envelope(&request->envelope);
	if (installing.done || fails(0)) {
		sg_buf_free(&request->envelope);
		return sg_fail(err, "busy");
	}
	installing = *request;
	return 0;
}

int install_cancel(struct daemon *daemon, struct sg_error *err)
{
	(void)daemon;
	MUST(!uid);
	return fails(0) ? sg_fail(err, "too late") : fails(1);
}

struct procedure *procedure_start(struct daemon *daemon,
				  const struct procedure_request *request,
				  struct sg_error *err)
{
	MUST(daemon == &daemon_state && request->step == PROCEDURE_EXAMINE);
	check_envelope(request->envelope);
	if (say(0, err) < 0)
		return NULL;
	MUST(!examining.done);
	examining = *request;
	return (struct procedure *)&examining;
}

/* Of one whose client has gone. */
void procedure_cancel(struct procedure *procedure)
{
	MUST(!procedure || (procedure == (void *)&examining &&
			    examining.done));
	if (procedure)
		examining.done = NULL;
}

int policy_check(struct store *store, const struct procedure_result *found,
		 struct sg_error *err)
{
	(void)store;
	MUST(found == &result);
	return say(1, err);
}

struct trial *trial_find(struct daemon *daemon, const char *what)
{
	(void)daemon;
	MUST(!uid);
	MUST(!what || strlen(what) < MAX_INPUT);
	return fails(2) ? NULL : &on_trial;
}

int trial_confirm(struct trial *trial, bool jump, struct sg_error *err)
{
	(void)jump;
	MUST(!uid && trial == &on_trial);
	return say(3, err);
}

int trial_cancel(struct trial *trial, const char *why, struct sg_error *err)
{
	MUST(!uid && trial == &on_trial && *why);
	return say(3, err);
}

int source_check(struct daemon *daemon,
		 void (*done)(void *context, sd_json_variant *found),
		 void *context, struct sg_error *err)
{
	(void)daemon;
	MUST(!uid && !checked);
	if (say(0, err) < 0)
		return -1;
	checked = done;
	checked_context = context;
	return 0;
}

size_t source_count(const struct daemon *daemon)
{
	(void)daemon;
	return 1;
}

int store_components(struct store *store,
		     int (*each)(void *context,
				 const struct store_component *component,
				 struct sg_error *err),
		     void *context, struct sg_error *err)
{
	(void)store;
	if (say(4, err) < 0)
		return -1;
	return each(context, &result.component[0], err);
}

int store_component_confirmed(struct store *store, const char *name,
			      struct store_component *out,
			      struct sg_error *err)
{
	(void)store;
	(void)name;
	if (say(6, err) < 0)
		return -1;
	*out = result.component[0];
	return fails(7);
}

int store_floors(struct store *store, struct sg_state *out,
		 struct sg_error *err)
{
	(void)store;
	if (say(4, err) < 0)
		return -1;
	return sg_state_append(out, SG_STATE_FLOOR, NULL, err) ? 0 : -1;
}

int gate_state_follow(struct daemon *daemon)
{
	(void)daemon;
	return fails(6) ? -1 : 0;
}

int store_reports(struct store *store, int64_t number, bool unsent,
		  int (*each)(void *context, const struct store_report *report,
			      struct sg_error *err),
		  void *context, struct sg_error *err)
{
	struct store_report report = { .number = 7, .kind = "install" };

	(void)store;
	MUST(!unsent && number >= 0);
	if (say(4, err) < 0)
		return -1;
	return number && number != 7 ? 0 : each(context, &report, err);
}

int report_json(const struct store_report *report, sd_json_variant **out)
{
	return sd_json_buildo(out,
		SD_JSON_BUILD_PAIR_INTEGER("number", report->number));
}

int gate_link_info(struct sg_gate_info *out, struct sg_error *err)
{
	*out = (struct sg_gate_info){ .mode = 1 };
	return say(5, err);
}

/* What the client waits for is over. */
static void finish(void)
{
	static const struct store_job job = { .version = "1.0" };
	static const struct sg_error no = { .refused = true, .code = "no",
					    .message = "no" };
	const struct sg_error *err = fails(6) ? &no : NULL;
	struct install_request install = installing;
	struct procedure_request examine = examining;

	installing.done = NULL;
	examining.done = NULL;
	if (install.done) {
		install.progress(install.context, "fetch", 1, 2);
		sg_buf_free(&install.envelope);
		install.done(install.context, err, err ? NULL : &job);
	}
	if (examine.done)
		examine.done(examine.context, err, &result);
	if (checked)
		checked(checked_context, NULL);
	checked = NULL;
	manager_changed(&daemon_state);
}

static void run_loop(void)
{
	int i;

	for (i = 0; i < ROUNDS && sd_event_run(daemon_state.event, 0) > 0; i++)
		;
}

static void start(void)
{
	struct sg_error err;

	if (daemon_state.server)
		return;
	memset(content, 'x', sizeof(content));
	snprintf(socket_path, sizeof(socket_path), "/tmp/fuzz-varlink-%ld",
		 (long)getpid());
	daemon_state.config.socket = socket_path;
	if (sd_event_new(&daemon_state.event) < 0 ||
	    manager_start(&daemon_state, &err) < 0)
		abort();
}

static int memory(size_t len, unsigned int seals)
{
	int fd = memfd_create("envelope", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0 || pwrite(fd, content, len, 0) != (ssize_t)len ||
	    fcntl(fd, F_ADD_SEALS, seals) < 0)
		abort();
	return fd;
}

/* The client's files into @fd; how many. */
static unsigned int open_files(int fd[2])
{
	const unsigned int all = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;

	if (files == NONE)
		return 0;
	if (files == A_PIPE)
		return pipe(fd) < 0 ? 0 : 2;
	fd[0] = memory(files == EMPTY ? 0 :
		       files == TOO_LARGE ? MAX_MANIFEST + 1 : MAX_MANIFEST,
		       files == OPEN ? 0 :
		       files == HALF_SEALED ? F_SEAL_WRITE | F_SEAL_GROW : all);
	if (files == TWO)
		fd[1] = memory(1, 0);
	return files == TWO ? 2 : 1;
}

static void send_all(int to, const uint8_t *data, size_t size)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(2 * sizeof(int))];
	} control = { 0 };
	struct iovec bytes = { (void *)data, size };
	struct iovec end = { &(char){ 0 }, 1 };
	struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1 };
	int fd[2];
	unsigned int n = open_files(fd);

	if (n) {
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(n * sizeof(int));
		control.head = (struct cmsghdr){
			CMSG_LEN(n * sizeof(int)), SOL_SOCKET, SCM_RIGHTS,
		};
		memcpy(CMSG_DATA(&control.head), fd, n * sizeof(int));
	}
	/* a server that hung up is no finding */
	if (sendmsg(to, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
		sendmsg(to, &(struct msghdr){
				.msg_iov = &end,
				.msg_iovlen = 1 },
			MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n)
		close(fd[--n]);
}

/* Every answer is JSON. */
static void receive(int from)
{
	static char text[1 << 18];
	sd_json_variant *json;
	ssize_t n = recv(from, text, sizeof(text) - 1, MSG_DONTWAIT);
	char *at = text, *end = text + (n > 0 ? n : 0);

	*end = '\0';
	for (; at < end && memchr(at, '\0', (size_t)(end - at));
	     at += strlen(at) + 1) {
		MUST(sd_json_parse(at, 0, &json, NULL, NULL) >= 0);
		MUST(sd_json_variant_is_object(json));
		sd_json_variant_unref(json);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, i;

	if (size < 3 || size > MAX_INPUT)
		return 0;
	start();
	files = data[0] & 7;
	uid = data[0] & 8 ? 1000 : 0;
	answer = data[1];
	daemon_state.watch = data[0] & 16 ? (struct watch *)content : NULL;
	memcpy(address.sun_path, socket_path, sizeof(socket_path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	MUST(fd >= 0 && connect(fd, (struct sockaddr *)&address,
				sizeof(address)) == 0);
	send_all(fd, data + 2, size - 2);
	if (data[0] & 32)
		shutdown(fd, SHUT_WR);
	/* one that goes away is not answered any more */
	for (i = 0; i < 4 && !(data[0] & 64); i++) {
		run_loop();
		finish();
	}
	run_loop();
	receive(fd);
	close(fd);
	run_loop();
	finish();
	run_loop();
	MUST(!sd_varlink_server_current_connections(daemon_state.server));
	MUST(!daemon_state.n_subscribers);
	return 0;
}
