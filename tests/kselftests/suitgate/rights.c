// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/suitgate: to whom it is of no use.
 */
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "gate.h"

#define NOBODY 65534

static const unsigned long calls[] = {
	SUITGATE_IOC_INFO, SUITGATE_IOC_LOAD, SUITGATE_IOC_CHECK,
	SUITGATE_IOC_TRUST, SUITGATE_IOC_IDENTITY, SUITGATE_IOC_FLOOR_GET,
	SUITGATE_IOC_FLOOR_SET, SUITGATE_IOC_CONFIRM, SUITGATE_IOC_MODE,
	SUITGATE_IOC_SEAL, SUITGATE_IOC_UNLOAD,
};

/* Of everything that a descriptor is good for: how much did not say EPERM? */
static int allowed(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	unsigned char buf[4096] = { 0 };
	int n = 0;
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		buf[0] = 8;
		n += call(fd, calls[i], buf) != -EPERM;
	}
	n += call(fd, _IO(SUITGATE_IOC_MAGIC, 11), NULL) != -EPERM;
	n += read(fd, buf, sizeof(buf)) >= 0 || errno != EPERM;
	n += poll(&ready, 1, 0) != 1 || ready.revents != POLLERR;
	return n;
}

static void become_nobody(void)
{
	if (setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		exit(100);
}

static void become_less(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &head, data))
		exit(100);
	data[CAP_TO_INDEX(CAP_MAC_ADMIN)].effective &=
		~CAP_TO_MASK(CAP_MAC_ADMIN);
	if (syscall(SYS_capset, &head, data))
		exit(100);
}

static void become_root_of_container(void)
{
	if (unshare(CLONE_NEWUSER))
		exit(100);
}

/* allowed() in a child that inherits @fd */
static int child_allowed(int fd, void (*become)(void))
{
	pid_t pid = fork();

	if (!pid) {
		become();
		exit(allowed(fd));
	}
	return result_of(pid);
}

/* The errno of opening the device in a child, 0: it opened. */
static int child_open(void (*become)(void))
{
	pid_t pid = fork();

	if (!pid) {
		become();
		exit(open(SUITGATE_DEVICE, O_RDONLY) < 0 ? errno : 0);
	}
	return result_of(pid);
}

TEST_F(gate, an_inherited_descriptor)
{
	EXPECT_EQ(child_allowed(self->fd, become_nobody), 0);
	EXPECT_EQ(child_allowed(self->fd, become_less), 0);
	EXPECT_EQ(child_allowed(self->fd, become_root_of_container), 0);
}

union fd_message {
	char buf[CMSG_SPACE(sizeof(int))];
	struct cmsghdr align;
};

static struct msghdr *fd_header(union fd_message *control, struct iovec *byte)
{
	static struct msghdr header;

	header = (struct msghdr){
		.msg_iov = byte,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(*control),
	};
	return &header;
}

static int send_fd(int to, int fd)
{
	union fd_message control = { 0 };
	struct iovec byte = { "x", 1 };
	struct msghdr *header = fd_header(&control, &byte);
	struct cmsghdr *c = CMSG_FIRSTHDR(header);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	return sendmsg(to, header, 0) == 1 ? 0 : -errno;
}

static int receive_fd(int from)
{
	union fd_message control;
	char x;
	struct iovec byte = { &x, 1 };
	struct msghdr *header = fd_header(&control, &byte);
	int fd = -1;

	if (recvmsg(from, header, 0) == 1 && CMSG_FIRSTHDR(header))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(header)), sizeof(fd));
	return fd;
}

TEST_F(gate, a_descriptor_that_is_passed_on)
{
	int pair[2];
	pid_t pid;

	ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	pid = fork();
	if (!pid) {
		int fd;

		close(self->fd);
		become_nobody();
		fd = receive_fd(pair[1]);
		exit(fd < 0 ? 101 : allowed(fd));
	}
	EXPECT_EQ(send_fd(pair[0], self->fd), 0);
	EXPECT_EQ(result_of(pid), 0);
}

TEST_F(gate, opening)
{
	EXPECT_EQ(child_open(become_nobody), EACCES);
	EXPECT_EQ(child_open(become_less), EPERM);
	ASSERT_EQ(chmod(SUITGATE_DEVICE, 0666), 0);
	EXPECT_EQ(child_open(become_nobody), EPERM);
	EXPECT_EQ(child_open(become_less), EPERM);
	EXPECT_EQ(child_open(become_root_of_container), EPERM);
	EXPECT_EQ(chmod(SUITGATE_DEVICE, 0600), 0);
}

GATE_MAIN
