/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Component metadata as Linux keeps it: an owner, a group, nine permissions, a
 * time.
 *
 * Of the permissions list-read, create-write and traverse-exec become r, w and
 * x; the others are not Linux's to grant one by one. The default permissions go
 * to owner, group and others, where no user or group is named. Several users or
 * groups, roles, a creator and a time of creation cannot be kept, and a
 * manifest that wants them is refused.
 */
#ifndef SG_ATTRIBUTES_H
#define SG_ATTRIBUTES_H

#include <sys/stat.h>

#include "core/suit.h"
#include "suitgate/types.h"

/**
 * struct sg_attributes - what to give a file
 * @mode: permissions, nine bits
 * @uid: owner
 * @gid: group
 * @timed: @modified is stated
 * @modified: seconds since 1970
 */
struct sg_attributes {
	mode_t mode;
	uid_t uid;
	gid_t gid;
	bool timed;
	s64 modified;
};

/*
 * From metadata; @mode when there are no permissions in it. Looks names of users
 * and groups up. SUIT_ERR_PARAMETER for what Linux has not, SUIT_ERR_OPERATION
 * for a user that this machine has not.
 */
enum suit_error sg_attributes_read(const struct suit_metadata *metadata,
				   mode_t mode, struct sg_attributes *out,
				   struct sg_error *err);
/* Those of a file that is there. */
struct sg_attributes sg_attributes_of(const struct stat *st);
/* Has it them already? A time that is not stated does not count. */
bool sg_attributes_match(const struct sg_attributes *attributes,
			 const struct stat *st);
/* Give them to an open file or folder. 0, or -1 with errno. */
int sg_attributes_apply(const struct sg_attributes *attributes, int fd);

#endif /* SG_ATTRIBUTES_H */
