// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Candidates, from what a directive wants to what it got.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto.h"
#include "file_ops.h"
#include "place_name.h"
#include "process_private.h"

static struct suit_slice id_of(const struct sg_draft *draft)
{
	return (struct suit_slice){
		draft->candidate.id, draft->candidate.id_len
	};
}

enum suit_error sg_draft_begin(struct sg_process *p,
			       const struct suit_effect *effect,
			       struct sg_draft *draft)
{
	struct sg_candidate *candidate = &draft->candidate;
	struct suit_digest digest;
	enum suit_error error;

	memset(draft, 0, sizeof(*draft));
	draft->p = p;
	draft->limit = effect->has_size ? effect->size : SG_PROCESS_UNSIZED;
	if (effect->encryption_info.ptr)
		return sg_fault(&p->why, SUIT_ERR_PARAMETER, "encrypted payloads cannot be decrypted here");
	error = sg_place_find(p->device, effect->id, true, &candidate->place,
			      &p->why);
	if (error == SUIT_OK)
		error = suit_digest_decode(effect->manifest->env->digest,
					   &digest);
	if (error != SUIT_OK)
		return error;
	memcpy(candidate->id, effect->id.ptr, effect->id.len);
	candidate->id_len = effect->id.len;
	candidate->kind = SG_CANDIDATE_FILE;
	sg_digest_copy(&digest, &candidate->manifest);
	return sg_attributes_read(&effect->metadata,
				  candidate->place.type->mode,
				  &draft->attributes, &p->why);
}

/* Digest and size of what the component has, as @effect counts them. */
static bool has_wanted(struct sg_draft *draft,
		       const struct suit_effect *effect)
{
	u8 bytes[SUIT_MAX_DIGEST];
	struct suit_digest got = {
		effect->digest.alg,
		{ bytes, suit_digest_size(effect->digest.alg) }
	};
	enum suit_error error;
	u64 size = 0;

	if (!effect->digest.alg)
		return false;
	if (effect->dependency)
		error = sg_process_inner_digest(draft->p, effect->id, got.alg,
						bytes);
	else
		error = sg_process_digest(draft->p, effect->id, got.alg, bytes,
					  &size);
	return error == SUIT_OK && suit_digest_equal(&got, &effect->digest) &&
	       (effect->dependency || !effect->has_size ||
		size == effect->size);
}

static bool has_attributes(const struct sg_draft *draft,
			   const struct suit_effect *effect)
{
	struct sg_view view = sg_process_view(draft->p);
	struct sg_error ignored;
	struct stat st;
	bool same;
	int fd;

	if (!effect->metadata.members)
		return true;
	if (sg_image_open(&view, effect->id, &fd, &ignored) != SUIT_OK)
		return false;
	same = fstat(fd, &st) == 0 &&
	       sg_attributes_match(&draft->attributes, &st);
	close(fd);
	return same;
}

/* Is there a complete file that an earlier process left? */
static bool was_staged(const struct sg_draft *draft)
{
	int folder = sg_place_find_staging(draft->candidate.place.root);
	char name[SG_STAGE_NAME];
	struct stat st;
	bool there;

	if (folder < 0)
		return false;
	sg_stage_name(draft->p->stage.manifest, id_of(draft), "new", name);
	there = fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		S_ISREG(st.st_mode);
	close(folder);
	return there;
}

/* It is the candidate, if it turns out to be what is wanted. */
static enum suit_error adopt(struct sg_draft *draft,
			     const struct suit_effect *effect)
{
	struct sg_candidate *candidate = &draft->candidate;
	struct sg_stage *stage = &draft->p->stage;
	enum suit_error error = sg_stage_put(stage, candidate);

	if (error != SUIT_OK)
		return error;
	candidate->digest.alg = SUIT_ALG_SHA256;
	candidate->digest.len = suit_digest_size(SUIT_ALG_SHA256);
	candidate->proven = has_wanted(draft, effect) &&
			    has_attributes(draft, effect) &&
			    sg_process_digest(draft->p, effect->id,
					      SUIT_ALG_SHA256,
					      candidate->digest.value,
					      &candidate->size) == SUIT_OK;
	if (candidate->proven)
		return sg_stage_put(stage, candidate);
	sg_stage_drop(stage, effect->id);
	return SUIT_ERR_IMAGE;
}

enum suit_error sg_draft_satisfied(struct sg_draft *draft,
				   const struct suit_effect *effect)
{
	struct sg_candidate *candidate =
		sg_stage_find(&draft->p->stage, effect->id);
	enum suit_error error = SUIT_ERR_IMAGE;

	if (!candidate && was_staged(draft))
		error = adopt(draft, effect);
	if (error == SUIT_ERR_IMAGE && has_wanted(draft, effect) &&
	    has_attributes(draft, effect)) {
		error = SUIT_OK;
		if (candidate)
			candidate->proven = true;
	}
	draft->p->why.message[0] = '\0';
	return error;
}

static bool is_wanted(const struct sg_candidate *candidate,
		      const struct suit_effect *effect)
{
	struct suit_digest got = {
		candidate->digest.alg,
		{ candidate->digest.value, candidate->digest.len }
	};

	return suit_digest_equal(&got, &effect->digest) &&
	       (!effect->has_size || candidate->size == effect->size);
}

/*
 * Bytes that are not what is wanted are no failure here: a condition finds it,
 * and then another way may be tried. They are never installed.
 */
enum suit_error sg_draft_end(struct sg_draft *draft,
			     const struct suit_effect *effect, bool from_here)
{
	struct sg_candidate *candidate = &draft->candidate;
	enum suit_error error;

	candidate->proven = effect->digest.alg ? is_wanted(candidate, effect) :
						 from_here;
	error = sg_stage_put(&draft->p->stage, candidate);
	if (error != SUIT_OK || !effect->digest.alg || !effect->dependency)
		return error;
	candidate = sg_stage_find(&draft->p->stage, effect->id);
	candidate->proven = has_wanted(draft, effect);
	draft->p->why.message[0] = '\0';
	return SUIT_OK;
}

/*
 * Where a link leads must be the author's to speak for as well, and no link is
 * followed on the way there when something is written.
 */
static enum suit_error check_target(const struct sg_draft *draft,
				    const struct suit_effect *effect)
{
	const struct sg_place *place = &draft->candidate.place;
	u8 buf[SUIT_MAX_COMPONENT_ID];
	char path[SG_PLACE_PATH];
	struct suit_slice id;

	if (place->type->single)
		return sg_fault(&draft->p->why, SUIT_ERR_PARAMETER, "a component of type %s is no symbolic link",
				place->type->name);
	if (!sg_place_name_target(place->path, effect->content, path,
				  sizeof(path)) ||
	    sg_place_id(place, path, buf, &id) != SUIT_OK)
		return sg_fault(&draft->p->why, SUIT_ERR_NAME, "the symbolic link %s/%s leads out of its root, or to no name",
				place->type->name, place->path);
	if (!suit_authority_covers(effect->authority, id))
		return sg_fault(&draft->p->why, SUIT_ERR_NOT_ENTITLED, "the symbolic link %s/%s leads to %s, which is not its author's",
				place->type->name, place->path, path);
	return SUIT_OK;
}

static int make_link(const struct sg_draft *draft, const char *target)
{
	char part[SG_STAGE_NAME], complete[SG_STAGE_NAME];
	const struct sg_candidate *candidate = &draft->candidate;
	int ret = -1, folder = sg_place_open_staging(&candidate->place);

	if (folder < 0)
		return -1;
	sg_stage_name(draft->p->stage.manifest, id_of(draft), "part", part);
	sg_stage_name(draft->p->stage.manifest, id_of(draft), "new", complete);
	if ((sg_fs_unlink(folder, part) == 0 || errno == ENOENT) &&
	    sg_fs_symlink(target, folder, part) == 0 &&
	    sg_fs_chown_link(folder, part, draft->attributes.uid,
			     draft->attributes.gid) == 0 &&
	    sg_fs_rename(folder, part, folder, complete) == 0)
		ret = sg_fs_sync(folder);
	close(folder);
	return ret;
}

enum suit_error sg_draft_link(struct sg_draft *draft,
			      const struct suit_effect *effect)
{
	struct sg_candidate *candidate = &draft->candidate;
	enum suit_error error = check_target(draft, effect);
	char target[SG_PLACE_PATH];

	if (error != SUIT_OK)
		return error;
	/* a target that was found good is shorter than this */
	memcpy(target, effect->content.ptr, effect->content.len);
	target[effect->content.len] = '\0';
	if (make_link(draft, target) < 0)
		return sg_fault(&draft->p->why, SUIT_ERR_OPERATION, "cannot make a link for %s/%s: %m",
				candidate->place.root, candidate->place.path);
	candidate->kind = SG_CANDIDATE_LINK;
	candidate->proven = true;
	return sg_stage_put(&draft->p->stage, candidate);
}

enum suit_error sg_draft_folder(struct sg_draft *draft,
				const struct suit_effect *effect)
{
	struct sg_candidate *candidate = &draft->candidate;

	if (effect->content.len)
		return sg_fault(&draft->p->why, SUIT_ERR_PARAMETER_FORM, "a folder has no content");
	if (candidate->place.type->single)
		return sg_fault(&draft->p->why, SUIT_ERR_PARAMETER, "a component of type %s is no folder",
				candidate->place.type->name);
	candidate->kind = SG_CANDIDATE_FOLDER;
	candidate->proven = true;
	candidate->attributes = draft->attributes;
	return sg_stage_put(&draft->p->stage, candidate);
}
