/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Component metadata: what a file system keeps beside the bytes (update
 * management 4.6).
 */
#ifndef SUIT_METADATA_H
#define SUIT_METADATA_H

#include "cursor.h"
#include "suit_labels.h"
#include "suit_limits.h"

/* Permission bits; back ends map them to what they have. */
enum suit_permission {
	SUIT_PERMISSION_TRAVERSE_EXEC = 1 << 0,
	SUIT_PERMISSION_CREATE_WRITE = 1 << 1,
	SUIT_PERMISSION_LIST_READ = 1 << 2,
	SUIT_PERMISSION_CREATEDIR_APPEND = 1 << 3,
	SUIT_PERMISSION_READ_ATTR = 1 << 4,
	SUIT_PERMISSION_READ_PERM = 1 << 5,
	SUIT_PERMISSION_CHANGE_PERM = 1 << 6,
	SUIT_PERMISSION_CHANGE_OWNER = 1 << 7,
	SUIT_PERMISSION_WRITE_ATTR = 1 << 8,
	SUIT_PERMISSION_RECURSE_DELETE = 1 << 9,
	SUIT_PERMISSION_DELETE = 1 << 10,
	SUIT_PERMISSION_SYNC = 1 << 11,
	SUIT_PERMISSION_READ_ATTR_EX = 1 << 12,
	SUIT_PERMISSION_WRITE_ATTR_EX = 1 << 13,
	SUIT_PERMISSION_ALL = (1 << 14) - 1,
};

enum suit_actor_kind {
	SUIT_ACTOR_NONE,
	SUIT_ACTOR_UUID,	/* @bytes, 16 of them */
	SUIT_ACTOR_BYTES,	/* @bytes */
	SUIT_ACTOR_NAME,	/* @bytes: UTF-8 without control characters */
	SUIT_ACTOR_NUMBER,	/* @number */
};

/**
 * struct suit_actor - a user, group or role
 * @kind: enum suit_actor_kind
 * @bytes: see there
 * @number: see there
 */
struct suit_actor {
	u8 kind;
	struct suit_slice bytes;
	s64 number;
};

/**
 * struct suit_metadata - decoded component-metadata
 * @members: bit per enum suit_metadata_label that is there; 0 = no metadata
 * @file_type: enum suit_file_type; SUIT_FILE_REGULAR when not stated
 * @permissions: for everybody else, bits of enum suit_permission
 * @users: encoded pairs for suit_metadata_actor_next(); empty when absent
 * @groups: likewise
 * @roles: likewise
 * @modified: seconds since 1970-01-01 UTC
 * @created: likewise
 * @creator: who is to appear as the creator
 */
struct suit_metadata {
	u32 members;
	u8 file_type;
	u16 permissions;
	struct suit_slice users;
	struct suit_slice groups;
	struct suit_slice roles;
	u64 modified;
	u64 created;
	struct suit_actor creator;
};

/*
 * Decode an encoded component-metadata map, checked in whole: unknown members
 * and permission bits, control characters in names, untagged times and empty
 * or oversized maps are SUIT_ERR_PARAMETER_FORM; else a CBOR error.
 */
enum suit_error suit_metadata_decode(struct suit_slice encoded,
				     struct suit_metadata *out);

/*
 * The next actor of a map and its permissions; false at the end. Initialise
 * the cursor with @users, @groups or @roles.
 */
bool suit_metadata_actor_next(struct suit_cursor *map,
			      struct suit_actor *actor, u16 *permissions);

#endif /* SUIT_METADATA_H */
