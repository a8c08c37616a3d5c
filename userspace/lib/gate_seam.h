/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside of struct sg_gate, for gate.c and for its test, which puts its own
 * functions in place of the kernel.
 */
#ifndef SG_GATE_SEAM_H
#define SG_GATE_SEAM_H

#include <stddef.h>
#include <sys/types.h>

/* As many records as one read() takes from the kernel. */
enum { SG_GATE_BUFFER = 64 << 10 };

/**
 * struct sg_gate - an open device
 * @fd: its descriptor, or what @call and @read understand
 * @call: ioctl(2)
 * @read: read(2)
 * @at: next unread byte of @buffer
 * @end: end of what read() returned
 * @buffer: records
 */
struct sg_gate {
	int fd;
	int (*call)(int fd, unsigned long request, void *arg);
	ssize_t (*read)(int fd, void *buffer, size_t len);
	size_t at;
	size_t end;
	unsigned char buffer[SG_GATE_BUFFER];
};

#endif /* SG_GATE_SEAM_H */
