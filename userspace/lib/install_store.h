/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Records of installations on disk: STATE/install/LINEAGE.STATE, LINEAGE being
 * hex digits made from the lineage. A change of state is a rename, so that it
 * happens or not, and needs no room.
 *
 *	.staged		fetched
 *	.committed	written before the first change: goes forward
 *	.applied	in place, not confirmed
 *	.reverting	goes back
 *	.installed	confirmed; replaces that of the version before
 */
#ifndef SG_INSTALL_STORE_H
#define SG_INSTALL_STORE_H

#include "install_record.h"
#include "suitgate/process.h"

/**
 * struct sg_install_store - the folder, locked
 * @device: whose
 * @dir: its path
 * @folder: it
 * @lock: held as long as this is open
 */
struct sg_install_store {
	const struct sg_device *device;
	char dir[4096];
	int folder;
	int lock;
};

/* Another that has it open is an error. 0 or -1, as all below. */
int sg_install_store_open(struct sg_install_store *store,
			  const struct sg_device *device, struct sg_error *err);
/*
 * Only to read, without the lock; what changes meanwhile is seen or not. 1, 0
 * when nothing was ever installed, -1.
 */
int sg_install_store_look(struct sg_install_store *store,
			  const struct sg_device *device, struct sg_error *err);
/* A zeroed one is fine. */
void sg_install_store_close(struct sg_install_store *store);

/* Write, or replace, the record of its lineage in this state. */
int sg_install_store_put(const struct sg_install_store *store,
			 const struct sg_install_record *record,
			 enum sg_install_state state, struct sg_error *err);
/* 1 when there is one, 0 when not, -1. */
int sg_install_store_get(const struct sg_install_store *store,
			 const struct sg_lineage *lineage,
			 enum sg_install_state state,
			 struct sg_install_record *out, struct sg_error *err);
bool sg_install_store_has(const struct sg_install_store *store,
			  const struct sg_lineage *lineage,
			  enum sg_install_state state);
int sg_install_store_move(const struct sg_install_store *store,
			  const struct sg_lineage *lineage,
			  enum sg_install_state from, enum sg_install_state to,
			  struct sg_error *err);
/* One that is not there is fine. */
int sg_install_store_remove(const struct sg_install_store *store,
			    const struct sg_lineage *lineage,
			    enum sg_install_state state, struct sg_error *err);
/*
 * Call @each with every record, by name; stop when it returns not 0. It may
 * take what is in the record away and leave it empty.
 */
int sg_install_store_walk(const struct sg_install_store *store,
			  int (*each)(void *context,
				      struct sg_install_record *record,
				      enum sg_install_state state,
				      struct sg_error *err),
			  void *context, struct sg_error *err);
/* Remove what a write that was cut off left. */
int sg_install_store_clean(const struct sg_install_store *store,
			   struct sg_error *err);

#endif /* SG_INSTALL_STORE_H */
