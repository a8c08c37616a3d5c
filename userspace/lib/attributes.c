// SPDX-License-Identifier: LGPL-2.1-or-later
#include "attributes.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"
#include "file_ops.h"

enum { MAX_NAME = 64, LOOKUP = 16 << 10 };

/* Who may do what, of users or of groups. */
struct grant {
	bool named;
	u32 id;
	mode_t bits;
};

static mode_t rwx(u16 permissions)
{
	return (permissions & SUIT_PERMISSION_LIST_READ ? 4 : 0) |
	       (permissions & SUIT_PERMISSION_CREATE_WRITE ? 2 : 0) |
	       (permissions & SUIT_PERMISSION_TRAVERSE_EXEC ? 1 : 0);
}

static bool find_user(const char *name, u32 *id)
{
	struct passwd entry, *found = NULL;
	char buf[LOOKUP];

	if (getpwnam_r(name, &entry, buf, sizeof(buf), &found) || !found)
		return false;
	*id = found->pw_uid;
	return true;
}

static bool find_group(const char *name, u32 *id)
{
	struct group entry, *found = NULL;
	char buf[LOOKUP];

	if (getgrnam_r(name, &entry, buf, sizeof(buf), &found) || !found)
		return false;
	*id = found->gr_gid;
	return true;
}

static enum suit_error find_actor(const struct suit_actor *actor,
				  bool (*find)(const char *name, u32 *id),
				  u32 *id, struct sg_error *err)
{
	char name[MAX_NAME];

	if (actor->kind == SUIT_ACTOR_NUMBER) {
		/* all ones means "leave it" to chown */
		if (actor->number < 0 || actor->number >= UINT32_MAX)
			return sg_fault(err, SUIT_ERR_PARAMETER_FORM, "%lld is no number of a user or group",
					(long long)actor->number);
		*id = (u32)actor->number;
		return SUIT_OK;
	}
	if (actor->kind != SUIT_ACTOR_NAME)
		return sg_fault(err, SUIT_ERR_PARAMETER, "users and groups have a name or a number here");
	if (actor->bytes.len >= sizeof(name))
		return sg_fault(err, SUIT_ERR_PARAMETER_FORM, "the name of a user or group is too long");
	memcpy(name, actor->bytes.ptr, actor->bytes.len);
	name[actor->bytes.len] = '\0';
	if (find(name, id))
		return SUIT_OK;
	return sg_fault(err, SUIT_ERR_OPERATION, "this machine has no user or group %s",
			name);
}

/* The one actor of a map, if there is one. */
static enum suit_error read_grant(struct suit_slice map,
				  bool (*find)(const char *name, u32 *id),
				  struct grant *out, struct sg_error *err)
{
	struct suit_actor actor;
	struct suit_cursor cur;
	u16 permissions;

	*out = (struct grant){ 0 };
	suit_cursor_init(&cur, map);
	if (!suit_metadata_actor_next(&cur, &actor, &permissions))
		return SUIT_OK;
	if (cur.left)
		return sg_fault(err, SUIT_ERR_PARAMETER, "a file has one owner and one group");
	out->named = true;
	out->bits = rwx(permissions);
	return find_actor(&actor, find, &out->id, err);
}

/* Owner is who runs this, unless it says otherwise. */
static void combine(const struct suit_metadata *metadata, mode_t mode,
		    const struct grant *user, const struct grant *group,
		    struct sg_attributes *out)
{
	if (metadata->members >> SUIT_METADATA_PERMISSIONS & 1)
		mode = rwx(metadata->permissions) * 0111;
	if (user->named)
		mode = (mode & 0077) | user->bits << 6;
	if (group->named)
		mode = (mode & 0707) | group->bits << 3;
	out->mode = mode;
	out->uid = user->named ? user->id : geteuid();
	out->gid = group->named ? group->id : getegid();
	out->timed = metadata->members >> SUIT_METADATA_MODIFIED & 1;
	out->modified = (s64)metadata->modified;
}

enum suit_error sg_attributes_read(const struct suit_metadata *metadata,
				   mode_t mode, struct sg_attributes *out,
				   struct sg_error *err)
{
	const u32 beyond = 1U << SUIT_METADATA_ROLES |
			   1U << SUIT_METADATA_CREATED |
			   1U << SUIT_METADATA_CREATOR;
	struct grant user, group;
	enum suit_error error;

	memset(out, 0, sizeof(*out));
	if (metadata->members & beyond)
		return sg_fault(err, SUIT_ERR_PARAMETER, "Linux keeps no roles, no creator and no time of creation of a file");
	if (metadata->modified > INT32_MAX * 64LL)
		return sg_fault(err, SUIT_ERR_PARAMETER_FORM, "the modification time is too far away");
	error = read_grant(metadata->users, find_user, &user, err);
	if (error == SUIT_OK)
		error = read_grant(metadata->groups, find_group, &group, err);
	if (error == SUIT_OK)
		combine(metadata, mode, &user, &group, out);
	return error;
}

struct sg_attributes sg_attributes_of(const struct stat *st)
{
	return (struct sg_attributes){
		.mode = st->st_mode & 0777, .uid = st->st_uid,
		.gid = st->st_gid, .timed = true,
		.modified = st->st_mtim.tv_sec,
	};
}

bool sg_attributes_match(const struct sg_attributes *attributes,
			 const struct stat *st)
{
	return (st->st_mode & 07777) == attributes->mode &&
	       st->st_uid == attributes->uid &&
	       st->st_gid == attributes->gid &&
	       (!attributes->timed ||
		st->st_mtim.tv_sec == attributes->modified);
}

int sg_attributes_apply(const struct sg_attributes *attributes, int fd)
{
	/* a change of owner takes set-id bits away: it comes first */
	if (sg_fs_chown(fd, attributes->uid, attributes->gid) < 0 ||
	    sg_fs_chmod(fd, attributes->mode) < 0)
		return -1;
	return attributes->timed ?
		       sg_fs_set_time(fd, attributes->modified) : 0;
}
