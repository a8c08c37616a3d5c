// SPDX-License-Identifier: GPL-2.0-or-later
#include "task.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "memory.h"

enum {
	NOTIFY_MS = 1000,	/* a child is waited for: that is said so often */
	EXTEND_US = 30000000,	/* and that it takes so long, while starting */
};

struct task {
	struct task_request request;
	pid_t pid;
	sd_event_source *child;
	sd_event_source *limit;
};

static void task_free(struct task *task)
{
	sd_event_source_disable_unref(task->child);
	sd_event_source_disable_unref(task->limit);
	free(task);
}

static int on_exit_of(sd_event_source *source, const siginfo_t *si,
		      void *userdata)
{
	struct task *task = userdata;
	struct task_request request = task->request;
	int code = si->si_code == CLD_EXITED ? si->si_status : -1;

	(void)source;
	task_free(task);
	request.done(request.context, code);
	return 0;
}

/* What it started too. */
static void kill_all(const struct task *task)
{
	kill(-task->pid, SIGKILL);
	kill(task->pid, SIGKILL);
}

static int on_limit(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct task *task = userdata;

	(void)source;
	(void)usec;
	kill_all(task);
	return 0;
}

static void begin_child(pid_t parent)
{
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void child(const struct task_request *request, pid_t parent)
{
	begin_child(parent);
	_exit(request->run(request->argument) & 0x7f);
}

struct task *task_start(sd_event *event, const struct task_request *request,
			struct sg_error *err)
{
	struct task *task = calloc(1, sizeof(*task));
	pid_t self = getpid();
	int r;

	if (!task) {
		sg_fail(err, "out of memory");
		return NULL;
	}
	task->request = *request;
	/* the two are there at the same time, each with its pages */
	memory_trim();
	task->pid = fork();
	if (!task->pid)
		child(request, self);
	if (task->pid < 0) {
		sg_fail(err, "cannot start a process: %m");
		free(task);
		return NULL;
	}
	r = sd_event_add_child(event, &task->child, task->pid, WEXITED,
			       on_exit_of, task);
	if (r >= 0)
		r = sd_event_add_time_relative(event, &task->limit,
					       CLOCK_BOOTTIME,
					       request->limit_s * 1000000, 0,
					       on_limit, task);
	if (r >= 0)
		return task;
	errno = -r;
	sg_fail(err, "cannot watch a process: %m");
	task_cancel(task);
	return NULL;
}

void task_cancel(struct task *task)
{
	if (!task)
		return;
	kill_all(task);
	sd_event_source_disable_unref(task->child);
	task->child = NULL;
	waitpid(task->pid, NULL, 0);
	task_free(task);
}

/* What a child that is waited for says. */
struct answer {
	bool given;
	int ret;
	struct sg_error err;
};

static void wait_for(pid_t pid)
{
	struct pollfd fd = { .fd = pidfd_open(pid, 0), .events = POLLIN };

	while (waitpid(pid, NULL, WNOHANG) == 0) {
		sd_notifyf(0, "WATCHDOG=1\nEXTEND_TIMEOUT_USEC=%d", EXTEND_US);
		poll(&fd, 1, NOTIFY_MS);
	}
	if (fd.fd >= 0)
		close(fd.fd);
}

int task_wait(int (*run)(void *argument, struct sg_error *err), void *argument,
	      struct sg_error *err)
{
	struct answer *answer;
	pid_t pid, self = getpid();
	int ret = -1;

	answer = mmap(NULL, sizeof(*answer), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (answer == MAP_FAILED)
		return sg_fail(err, "out of memory");
	pid = fork();
	if (!pid) {
		begin_child(self);
		answer->ret = run(argument, &answer->err);
		answer->given = true;
		_exit(0);
	}
	if (pid > 0)
		wait_for(pid);
	if (pid < 0) {
		sg_fail(err, "cannot start a process: %m");
	} else if (!answer->given) {
		sg_fail(err, "the process that changes files was killed");
	} else {
		ret = answer->ret;
		*err = answer->err;
	}
	munmap(answer, sizeof(*answer));
	return ret;
}

int task_exec(char *const argv[])
{
	static char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	static char locale[] = "LC_ALL=C.UTF-8";
	static char *const environment[] = { path, locale, NULL };
	int null = open("/dev/null", O_RDWR);

	if (null >= 0) {
		dup2(null, 0);
		dup2(null, 1);
	}
	execve(argv[0], argv, environment);
	return 127;
}
