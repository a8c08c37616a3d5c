/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Folders of configuration.
 */
#ifndef SG_FOLDER_H
#define SG_FOLDER_H

#include "suitgate/types.h"

/*
 * Call @each with the path of every file of @dir whose name ends in @suffix,
 * sorted by name, hidden ones left out; stop at the first that fails. A folder
 * that is missing is empty. 0 or -1.
 */
int sg_folder_walk(const char *dir, const char *suffix,
		   int (*each)(const char *path, void *context,
			       struct sg_error *err),
		   void *context, struct sg_error *err);
/* Make @dir and what is missing above it. 0 or -1. */
int sg_folder_make(const char *dir, unsigned int mode, struct sg_error *err);
/* Letters, digits, '.', '-' and '_' only? */
bool sg_folder_name_ok(const char *name);
/* Put "@path: " in front of the message of @err, return -1. */
int sg_error_at(struct sg_error *err, const char *path);

#endif /* SG_FOLDER_H */
