// SPDX-License-Identifier: LGPL-2.1-or-later
#include "upload.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file_ops.h"

enum { PIECE = 64 << 10, POLL_MS = 100, WORD = 64 };

/**
 * struct upload - one in flight
 * @device: configuration
 * @name: of the device
 * @folder: its folder in sysfs
 * @watch: never NULL
 * @total: bytes
 * @err: for people
 */
struct upload {
	const struct sg_device *device;
	const char *name;
	int folder;
	const struct sg_upload_watch *watch;
	uint64_t total;
	struct sg_error *err;
};

static void tell(const struct upload *upload, uint64_t done)
{
	if (upload->watch->progress)
		upload->watch->progress(upload->watch->context, done,
					upload->total);
}

static void tell_left(const struct upload *upload, uint64_t left)
{
	tell(upload, left <= upload->total ? upload->total - left : 0);
}

static bool cancelled(const struct upload *upload)
{
	return upload->watch->cancelled &&
	       upload->watch->cancelled(upload->watch->context);
}

static int put(const struct upload *upload, const char *attribute,
	       const char *value)
{
	int fd, ret, saved;

	fd = openat(upload->folder, attribute, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ret = sg_fs_write(fd, value, strlen(value));
	saved = errno;
	close(fd);
	errno = saved;
	return ret;
}

/* A word without its line end; empty when it cannot be read. */
static void get(const struct upload *upload, const char *attribute,
		char out[WORD])
{
	int fd = openat(upload->folder, attribute, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, out, WORD - 1);

	out[n < 0 ? 0 : n] = '\0';
	out[strcspn(out, "\n")] = '\0';
	if (fd >= 0)
		close(fd);
}

/* The kernel takes as much as fits a page at a time. */
static int send_bytes(const struct upload *upload, int from)
{
	uint8_t *piece = malloc(PIECE);
	uint64_t done = 0;
	ssize_t n = -1;
	int to;

	to = openat(upload->folder, "data", O_WRONLY | O_CLOEXEC);
	while (piece && to >= 0) {
		n = pread(from, piece, PIECE, (off_t)done);
		if (n <= 0)
			break;
		errno = ECANCELED;
		if (cancelled(upload) ||
		    sg_fs_write(to, piece, (size_t)n) < 0) {
			n = -1;
			break;
		}
		done += (uint64_t)n;
		tell(upload, done);
	}
	if (n < 0)
		sg_fail(upload->err, "%s: sending it the firmware: %m",
			upload->name);
	if (to >= 0)
		close(to);
	free(piece);
	return n < 0 ? -1 : 0;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* "transferring:hw-error"; nothing when all went well. */
static int read_outcome(const struct upload *upload)
{
	char word[WORD];

	get(upload, "error", word);
	return word[0] ? sg_fail(upload->err, "%s did not take the firmware: %s",
				 upload->name, word) : 0;
}

static int wait_idle(const struct upload *upload)
{
	int64_t patience = (int64_t)upload->device->upload_timeout_s * 1000;
	char status[WORD], left[WORD], last[2 * WORD] = "", is[2 * WORD];
	int64_t since = now_ms();
	bool asked = false;

	for (;;) {
		get(upload, "status", status);
		get(upload, "remaining_size", left);
		if (!strcmp(status, "idle"))
			return read_outcome(upload);
		tell_left(upload, strtoull(left, NULL, 0));
		if (cancelled(upload) && !asked)
			asked = put(upload, "cancel", "1") == 0;
		snprintf(is, sizeof(is), "%s %s", status, left);
		if (strcmp(is, last))
			since = now_ms();
		else if (now_ms() - since > patience)
			return sg_fail(upload->err, "%s: no progress for %u s (%s)",
				       upload->name,
				       upload->device->upload_timeout_s,
				       status);
		strcpy(last, is);
		poll(NULL, 0, POLL_MS);
	}
}

static int run(const struct upload *upload, int fd)
{
	if (put(upload, "loading", "1") < 0)
		return sg_fail(upload->err, "%s takes no firmware now: %m",
			       upload->name);
	if (send_bytes(upload, fd) < 0) {
		put(upload, "loading", "-1");
		return -1;
	}
	/* here the gate decides */
	if (put(upload, "loading", "0") < 0)
		return sg_fail(upload->err, "%s: the kernel refused the firmware: %m",
			       upload->name);
	return wait_idle(upload);
}

int sg_upload(const struct sg_device *device, const char *name, int fd,
	      const struct sg_upload_watch *watch, struct sg_error *err)
{
	static const struct sg_upload_watch nobody;
	struct upload upload = {
		.device = device, .name = name, .err = err,
		.watch = watch ? watch : &nobody,
	};
	struct stat st;
	int root, ret;

	if (fstat(fd, &st) < 0)
		return sg_fail(err, "%s: cannot look at the firmware: %m",
			       name);
	upload.total = (uint64_t)st.st_size;
	root = sg_fs_open_root(device->upload_class);
	if (root < 0)
		return sg_fail(err, "this kernel has no firmware uploads: %s: %m",
			       device->upload_class);
	/* each is a link into the tree of devices */
	upload.folder = sg_fs_open_linked(root, name);
	close(root);
	if (upload.folder < 0)
		return sg_fail(err, "no device %s takes firmware here: %s/%s: %m",
			       name, device->upload_class, name);
	ret = run(&upload, fd);
	close(upload.folder);
	return ret;
}
