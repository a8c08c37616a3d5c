/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where components lie: a type of component is a row of a table, and nothing
 * leads out of its root.
 */
#ifndef SG_PLACE_H
#define SG_PLACE_H

#include "core/suit.h"
#include "suitgate/device.h"

/* The folder in each root in which things are prepared. */
#define SG_PLACE_STAGING ".suitgate"

enum sg_place_flags {
	SG_PLACE_GATED = 1,	/* the kernel's verdict is asked before */
	SG_PLACE_SEARCHED = 2,	/* the loader looks in other folders too */
	SG_PLACE_UPLOADED = 4,	/* a device is given it */
	SG_PLACE_ALLOWED = 8,	/* the root is one of a list */
};

/**
 * struct sg_place_type - a row
 * @name: first segment of the component ids
 * @root: offset in struct sg_device; SG_PLACE_ALLOWED: unused
 * @flags: enum sg_place_flags
 * @mode: of files whose manifest does not say
 * @single: one segment follows
 * @accepts: is the rest of the id a name of this type? NULL: any is
 * @suffix: at the end of the file's name
 */
struct sg_place_type {
	const char *name;
	size_t root;
	unsigned int flags;
	unsigned int mode;
	bool single;
	bool (*accepts)(const char *name);
	const char *suffix;
};

enum { SG_PLACE_PATH = SUIT_MAX_COMPONENT_ID + 8 };

/**
 * struct sg_place - where a component lies
 * @type: of it
 * @root: absolute path; of the device
 * @path: beneath @root
 */
struct sg_place {
	const struct sg_place_type *type;
	const char *root;
	char path[SG_PLACE_PATH];
};

/*
 * Find the place of component @id, to write to it or only to read. What it
 * names is not looked at. SUIT_ERR_NAME.
 */
enum suit_error sg_place_find(const struct sg_device *device,
			      struct suit_slice id, bool write,
			      struct sg_place *out, struct sg_error *err);
/* The id of what lies at @path, in the same root as @place. */
enum suit_error sg_place_id(const struct sg_place *place, const char *path,
			    u8 buf[SUIT_MAX_COMPONENT_ID],
			    struct suit_slice *out);
/* Name of row @index, NULL at the end. */
const char *sg_place_type_name(size_t index);
/* Root of row @index, a path; of SG_PLACE_ALLOWED rows NULL; false at the end. */
bool sg_place_root(const struct sg_device *device, size_t index,
		   const char **root);

/*
 * The folder with the component in it, for changes; missing ones on the way
 * are made when @make. *@name gets what it is called there. -1 with errno.
 */
int sg_place_open_parent(const struct sg_place *place, const char **name,
			 bool make);
/* How many folders between the root and the component are missing; -1. */
int sg_place_missing_parents(const struct sg_place *place);
/* Is there anything, a link that leads nowhere included? */
bool sg_place_occupied(const struct sg_place *place);
/*
 * The folder in which things are prepared, made when it is missing, and the
 * root too unless it is one of a list. -1 with errno.
 */
int sg_place_open_staging(const struct sg_place *place);
/* Likewise, of a root, if it is there. */
int sg_place_find_staging(const char *root);
/*
 * Remove at most @n folders above the component, from it upwards, as long as
 * they are empty. 0, or -1 with errno.
 */
int sg_place_remove_parents(const struct sg_place *place, unsigned int n);

#endif /* SG_PLACE_H */
