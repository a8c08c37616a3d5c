// SPDX-License-Identifier: LGPL-2.1-or-later
#include "image.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"
#include "file_ops.h"
#include "hash.h"
#include "place_name.h"

/* Read at a time; links to links that are followed. */
enum { PIECE = 64 << 10, MAX_LINKS = 8 };

static int open_staged(const struct sg_stage *stage,
		       const struct sg_candidate *candidate, char *link,
		       size_t cap)
{
	struct suit_slice id = { candidate->id, candidate->id_len };
	int fd, folder = sg_place_find_staging(candidate->place.root);
	char name[SG_STAGE_NAME];
	ssize_t n;

	if (folder < 0)
		return -1;
	sg_stage_name(stage->manifest, id, "new", name);
	if (candidate->kind == SG_CANDIDATE_LINK) {
		n = readlinkat(folder, name, link, cap - 1);
		link[n < 0 ? 0 : n] = '\0';
		fd = -1;
	} else {
		fd = sg_fs_open(folder, name);
	}
	close(folder);
	return fd;
}

static int open_installed(const struct sg_view *view,
			  const struct sg_place *place)
{
	int fd, saved, root;

	if (place->type->flags & SG_PLACE_SEARCHED)
		return sg_loader_open(view->loader, place->path);
	root = sg_fs_open_root(place->root);
	if (root < 0)
		return -1;
	fd = sg_fs_open_beneath(root, place->path);
	saved = errno;
	close(root);
	errno = saved;
	return fd;
}

static enum suit_error open_place(const struct sg_view *view,
				  struct suit_slice id, int *out,
				  struct sg_error *err)
{
	struct sg_place place;
	enum suit_error error;

	error = sg_place_find(view->device, id, false, &place, err);
	if (error != SUIT_OK)
		return error;
	*out = open_installed(view, &place);
	if (*out >= 0)
		return SUIT_OK;
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
	case ELOOP:
	case EXDEV:
		return sg_fault(err, SUIT_ERR_IMAGE, "there is no %s/%s",
				place.type->name, place.path);
	default:
		return sg_fault(err, SUIT_ERR_OPERATION, "cannot open %s/%s: %m",
				place.root, place.path);
	}
}

/* Only a file has bytes, and no other kind may hold us up. */
static enum suit_error check_regular(int *fd, struct sg_error *err)
{
	struct stat st;

	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
		return SUIT_OK;
	close(*fd);
	*fd = -1;
	return sg_fault(err, SUIT_ERR_IMAGE, "not a regular file");
}

static enum suit_error open_candidate(const struct sg_view *view,
				      const struct sg_candidate *candidate,
				      int *out, char *link, size_t cap,
				      struct sg_error *err)
{
	link[0] = '\0';
	if (candidate->kind != SG_CANDIDATE_FILE &&
	    candidate->kind != SG_CANDIDATE_LINK)
		return sg_fault(err, SUIT_ERR_IMAGE, "%s/%s is no file",
				candidate->place.type->name,
				candidate->place.path);
	*out = open_staged(view->stage, candidate, link, cap);
	if (*out >= 0 || link[0])
		return SUIT_OK;
	return sg_fault(err, SUIT_ERR_OPERATION, "cannot open the candidate for %s/%s: %m",
			candidate->place.root, candidate->place.path);
}

/* The id of where @link leads, a target of the component at @place. */
static bool follow(const struct sg_place *place, const char *link, u8 *buf,
		   struct suit_slice *id)
{
	struct suit_slice target = { (const u8 *)link, strlen(link) };
	char path[SG_PLACE_PATH];

	return sg_place_name_target(place->path, target, path, sizeof(path)) &&
	       sg_place_id(place, path, buf, id) == SUIT_OK;
}

enum suit_error sg_image_open(const struct sg_view *view, struct suit_slice id,
			      int *out, struct sg_error *err)
{
	const struct sg_candidate *candidate;
	u8 buf[SUIT_MAX_COMPONENT_ID];
	char link[SG_PLACE_PATH];
	enum suit_error error;
	int i;

	*out = -1;
	for (i = 0; i < MAX_LINKS; i++) {
		candidate = view->stage ? sg_stage_find(view->stage, id) : NULL;
		if (!candidate)
			error = open_place(view, id, out, err);
		else
			error = open_candidate(view, candidate, out, link,
					       sizeof(link), err);
		if (error != SUIT_OK)
			return error;
		if (*out >= 0)
			return check_regular(out, err);
		if (!follow(&candidate->place, link, buf, &id))
			break;
	}
	return sg_fault(err, SUIT_ERR_IMAGE, "a symbolic link that leads nowhere");
}

enum suit_error sg_image_stream(int fd,
				enum suit_error (*take)(void *context,
							const u8 *data,
							size_t len),
				void *context)
{
	enum suit_error error = SUIT_OK;
	u8 piece[PIECE];
	off_t at = 0;
	ssize_t n;

	while (error == SUIT_OK) {
		n = pread(fd, piece, sizeof(piece), at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return SUIT_ERR_OPERATION;
		if (!n)
			break;
		error = take(context, piece, (size_t)n);
		at += n;
	}
	return error;
}

struct hashing {
	struct sg_hash hash;
	u64 size;
};

static enum suit_error hash_piece(void *context, const u8 *data, size_t len)
{
	struct hashing *hashing = context;

	hashing->size += len;
	return sg_hash_add(&hashing->hash, data, len);
}

enum suit_error sg_image_hash(int fd, s32 alg, u8 *out, u64 *size)
{
	struct hashing hashing = { .size = 0 };
	enum suit_error error = sg_hash_begin(&hashing.hash, alg);

	if (error != SUIT_OK)
		return error;
	error = sg_image_stream(fd, hash_piece, &hashing);
	*size = hashing.size;
	if (error == SUIT_OK)
		return sg_hash_end(&hashing.hash, out);
	sg_hash_drop(&hashing.hash);
	return error;
}
