// SPDX-License-Identifier: GPL-2.0-only
/*
 * audit 0|1: switch auditing off or on. With no daemon its records go to the
 * kernel log.
 */
#include <linux/audit.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct {
		struct nlmsghdr head;
		struct audit_status status;
	} message = {
		.head = {
			.nlmsg_len = sizeof(message),
			.nlmsg_type = AUDIT_SET,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
		},
		.status = { .mask = AUDIT_STATUS_ENABLED },
	};
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
	} answer;
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);

	if (argc != 2 || fd < 0)
		return 2;
	message.status.enabled = atoi(argv[1]);
	if (send(fd, &message, sizeof(message), 0) < 0)
		return 1;
	do {
		if (recv(fd, &answer, sizeof(answer), 0) < (ssize_t)sizeof(answer))
			return 1;
	} while (answer.head.nlmsg_type != NLMSG_ERROR);
	return answer.error.error ? 1 : 0;
}
