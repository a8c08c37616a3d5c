// SPDX-License-Identifier: GPL-2.0-or-later
#include "fetcher.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory.h"
#include "transfer.h"

/**
 * struct flow - a transfer on its way
 * @fetcher: whose
 * @shared: with its process
 * @fd: of the pipe
 * @pid: of its process, 0 when it was seen to end
 */
struct flow {
	struct fetcher *fetcher;
	struct transfer *shared;
	int fd;
	pid_t pid;
};

static void child(struct transfer *transfer, pid_t parent)
{
	signal(SIGTERM, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	_exit(transfer_run(transfer) & 0x7f);
}

static int start(struct flow *flow, struct sg_error *err)
{
	pid_t self = getpid();
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		return sg_fail(err, "cannot make a pipe: %m");
	flow->shared->fd = fds[1];
	memory_trim();
	flow->pid = fork();
	if (!flow->pid) {
		close(fds[0]);
		child(flow->shared, self);
	}
	close(fds[1]);
	flow->fd = fds[0];
	if (flow->pid > 0)
		return 0;
	flow->pid = 0;
	return sg_fail(err, "cannot start a process: %m");
}

/* It has ended: how? */
static int judge(struct flow *flow, struct sg_error *err)
{
	struct transfer *shared = flow->shared;
	int status = -1;

	if (flow->pid > 0)
		waitpid(flow->pid, &status, 0);
	flow->pid = 0;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	flow->fetcher->changed |= shared->changed;
	shared->message[sizeof(shared->message) - 1] = '\0';
	shared->url[sizeof(shared->url) - 1] = '\0';
	return sg_fail(err, "%.100s: %.400s", shared->url, shared->message[0] ?
		       shared->message : "the transfer was killed");
}

static void close_flow(void *transfer)
{
	struct flow *flow = transfer;

	if (flow->pid > 0) {
		kill(flow->pid, SIGKILL);
		waitpid(flow->pid, NULL, 0);
	}
	if (flow->fd >= 0)
		close(flow->fd);
	munmap(flow->shared, sizeof(*flow->shared));
	free(flow);
}

/* The first byte is there, or the end: what comes is known. */
static int wait_for_answer(struct flow *flow, struct sg_error *err)
{
	struct pollfd poll_fd = { .fd = flow->fd, .events = POLLIN };

	while (poll(&poll_fd, 1, -1) < 0)
		if (errno != EINTR)
			return sg_fail(err, "cannot wait: %m");
	return poll_fd.revents & POLLIN ? 0 : judge(flow, err);
}

static void describe(const struct flow *flow, struct sg_fetched *out)
{
	*out = (struct sg_fetched){
		.offset = flow->shared->start, .size = flow->shared->size,
	};
	snprintf(out->tag, sizeof(out->tag), "%.*s", SG_FETCH_TAG - 1,
		 flow->shared->new_tag);
}

static int copy_url(const char *uri, char out[FETCH_MAX_URL],
		    struct sg_error *err)
{
	if (snprintf(out, FETCH_MAX_URL, "%s", uri) < FETCH_MAX_URL)
		return 0;
	return sg_fail(err, "a URL is too long");
}

static int open_flow(void *context, const struct sg_fetch *what,
		     struct sg_fetched *out, void **transfer,
		     struct sg_error *err)
{
	struct fetcher *fetcher = context;
	struct flow *flow = calloc(1, sizeof(*flow));
	struct transfer *shared;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!flow || shared == MAP_FAILED) {
		free(flow);
		return sg_fail(err, "out of memory");
	}
	*flow = (struct flow){ fetcher, shared, .fd = -1 };
	shared->config = fetcher->config;
	shared->max = what->limit;
	shared->stream = true;
	shared->offset = what->offset;
	shared->base = fetcher->base;
	snprintf(shared->tag, sizeof(shared->tag), "%s", what->tag);
	if (copy_url(what->uri, shared->url, err) < 0 ||
	    start(flow, err) < 0 || wait_for_answer(flow, err) < 0) {
		close_flow(flow);
		return -1;
	}
	describe(flow, out);
	*transfer = flow;
	return 0;
}

static ssize_t read_flow(void *transfer, void *buf, size_t cap,
			 struct sg_error *err)
{
	struct flow *flow = transfer;
	ssize_t n;

	do
		n = read(flow->fd, buf, cap);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return sg_fail(err, "cannot read: %m");
	return n ? n : judge(flow, err);
}

void fetcher_plug(struct fetcher *fetcher, struct sg_fetcher *out)
{
	*out = (struct sg_fetcher){
		.open = open_flow, .read = read_flow, .close = close_flow,
		.context = fetcher,
	};
}
