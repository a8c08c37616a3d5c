// SPDX-License-Identifier: LGPL-2.1-or-later
#include "place.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "fault.h"
#include "place_name.h"

/* Shown of a name that is refused. */
enum { SHOWN = 128 };

static const struct sg_place_type types[] = {
	{ "firmware", offsetof(struct sg_device, firmware_dir),
	  SG_PLACE_GATED | SG_PLACE_SEARCHED, 0644, false, NULL, "" },
	{ "upload", offsetof(struct sg_device, upload_dir),
	  SG_PLACE_GATED | SG_PLACE_UPLOADED, 0600, true, NULL, "" },
	{ "ta", offsetof(struct sg_device, ta_dir), 0, 0644, true,
	  sg_place_name_uuid, ".ta" },
	{ "config", offsetof(struct sg_device, config_dir), 0, 0644, false,
	  NULL, "" },
	{ "manifest", offsetof(struct sg_device, manifest_dir), 0, 0644, false,
	  NULL, "" },
	{ "file", 0, SG_PLACE_ALLOWED, 0644, false, NULL, "" },
};

enum { N_TYPES = sizeof(types) / sizeof(types[0]) };

static const char *root_of(const struct sg_device *device,
			   const struct sg_place_type *type)
{
	const char *const *root = (const void *)((const char *)device +
						 type->root);

	return *root;
}

static const struct sg_place_type *type_of(struct suit_slice segment)
{
	size_t i;

	for (i = 0; i < N_TYPES; i++)
		if (segment.len == strlen(types[i].name) &&
		    !memcmp(segment.ptr, types[i].name, segment.len))
			return &types[i];
	return NULL;
}

const char *sg_place_type_name(size_t index)
{
	return index < N_TYPES ? types[index].name : NULL;
}

bool sg_place_root(const struct sg_device *device, size_t index,
		   const char **root)
{
	if (index >= N_TYPES)
		return false;
	*root = types[index].flags & SG_PLACE_ALLOWED ?
			NULL : root_of(device, &types[index]);
	return true;
}

/* The segments behind the type, joined by '/'. */
static bool join(struct suit_slice id, bool write, char out[SG_PLACE_PATH])
{
	struct suit_slice segment;
	size_t len = 0;
	u32 i;

	for (i = 1; (segment = suit_component_segment(id, i)).ptr; i++) {
		if (!sg_place_name_ok(segment, write))
			return false;
		if (len)
			out[len++] = '/';
		memcpy(out + len, segment.ptr, segment.len);
		len += segment.len;
	}
	out[len] = '\0';
	return len;
}

/* The innermost folder of the list that an absolute path lies in. */
static bool find_allowed(const struct sg_device *device, struct sg_place *out)
{
	const char *path = out->path;
	size_t i, len, best = 0;

	for (i = 0; i < device->n_file_roots; i++) {
		const char *root = device->file_root[i];

		len = strlen(root);
		while (len > 1 && root[len - 1] == '/')
			len--;
		if (root[0] != '/' || len < 2 || len <= best ||
		    strncmp(root + 1, path, len - 1) || path[len - 1] != '/')
			continue;
		best = len;
		out->root = root;
	}
	if (best)
		memmove(out->path, path + best, strlen(path + best) + 1);
	return best;
}

static bool find(const struct sg_device *device, struct suit_slice id,
		 bool write, struct sg_place *out)
{
	out->type = type_of(suit_component_segment(id, 0));
	if (!out->type || !join(id, write, out->path))
		return false;
	if (out->type->flags & SG_PLACE_ALLOWED)
		return find_allowed(device, out);
	out->root = root_of(device, out->type);
	if ((out->type->single && strchr(out->path, '/')) ||
	    (out->type->accepts && !out->type->accepts(out->path)))
		return false;
	strcat(out->path, out->type->suffix);
	return out->root;
}

enum suit_error sg_place_find(const struct sg_device *device,
			      struct suit_slice id, bool write,
			      struct sg_place *out, struct sg_error *err)
{
	char text[SHOWN];

	memset(out, 0, sizeof(*out));
	if (suit_component_check(id) == SUIT_OK &&
	    find(device, id, write, out))
		return SUIT_OK;
	suit_component_text(id, text, sizeof(text));
	if (!out->type)
		return sg_fault(err, SUIT_ERR_NAME, "%s: no type of component that this device has",
				text);
	if (out->type->flags & SG_PLACE_ALLOWED && out->path[0])
		return sg_fault(err, SUIT_ERR_NAME, "%s: not below a folder that this device allows",
				text);
	return sg_fault(err, SUIT_ERR_NAME, "%s: not a name of this type", text);
}

enum suit_error sg_place_id(const struct sg_place *place, const char *path,
			    u8 buf[SUIT_MAX_COMPONENT_ID],
			    struct suit_slice *out)
{
	const char *type = place->type->name;
	struct suit_slice first = { (const u8 *)type, strlen(type) };
	char whole[4096];
	size_t cut = strlen(place->type->suffix), len;
	int n;

	if (place->type->flags & SG_PLACE_ALLOWED)
		n = snprintf(whole, sizeof(whole), "%s/%s", place->root + 1,
			     path);
	else
		n = snprintf(whole, sizeof(whole), "%s", path);
	if (n < 0 || (size_t)n >= sizeof(whole))
		return SUIT_ERR_COMPONENT_SIZE;
	len = (size_t)n;
	if (len < cut || strcmp(whole + len - cut, place->type->suffix))
		return SUIT_ERR_NAME;
	return suit_component_encode(first, (struct suit_slice){
					     (const u8 *)whole, len - cut },
				     buf, SUIT_MAX_COMPONENT_ID, out);
}
