// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-memfd.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

static gint
fu_suit_memfd_set_errno(GError **error, const gchar *doing)
{
	gint saved_errno = errno;

	g_set_error(error,
		    FWUPD_ERROR,
		    FWUPD_ERROR_INTERNAL,
		    "cannot %s a memory file: %s",
		    doing,
		    fwupd_strerror(saved_errno));
	return -1;
}

gint
fu_suit_memfd_new(GBytes *blob, GError **error)
{
	gsize bufsz = 0;
	const guint8 *buf = g_bytes_get_data(blob, &bufsz);
	g_autofd int fd = -1;

	fd = memfd_create("suit", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
	/* kernels before 6.3 do not know that flag */
	if (fd < 0 && errno == EINVAL)
		fd = memfd_create("suit", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return fu_suit_memfd_set_errno(error, "make");
	for (gsize i = 0; i < bufsz;) {
		gssize wrote = write(fd, buf + i, bufsz - i);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return fu_suit_memfd_set_errno(error, "write");
		i += (gsize)wrote;
	}
	if (fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
		return fu_suit_memfd_set_errno(error, "seal");
	return g_steal_fd(&fd);
}
