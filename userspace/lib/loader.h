/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where the kernel's firmware loader looks.
 */
#ifndef SG_LOADER_H
#define SG_LOADER_H

#include "suitgate/device.h"

enum { SG_LOADER_FOLDERS = 16, SG_LOADER_PATH = 512 };

/**
 * struct sg_loader - folders in the order of the loader
 * @folder: absolute paths
 * @n: how many
 */
struct sg_loader {
	char folder[SG_LOADER_FOLDERS][SG_LOADER_PATH];
	size_t n;
};

/* As @device says, or else as this kernel does. */
void sg_loader_read(const struct sg_device *device, struct sg_loader *out);
/*
 * Open what the loader would deliver as @name, which is one below the folders.
 * Like the loader, follows links wherever the administrator made them lead.
 * A descriptor or -1 with errno.
 */
int sg_loader_open(const struct sg_loader *loader, const char *name);
/*
 * Would the loader find @name in @root first, once it is there? 0, or -1 with
 * @err saying what is in the way.
 */
int sg_loader_prefers(const struct sg_loader *loader, const char *root,
		      const char *name, struct sg_error *err);
/* What @path is called below its folder; NULL when it is in none. */
const char *sg_loader_name(const struct sg_loader *loader, const char *path);

#endif /* SG_LOADER_H */
