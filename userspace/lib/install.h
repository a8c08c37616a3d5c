/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From candidates to components in use, and back.
 *
 * What is there is linked to ".old" beside its candidate; then the record says
 * what is to happen; then the candidates are renamed into place. Each step can
 * be done again, and from the names that are there one can tell how far it was:
 * a candidate that still is in its staging folder was not put into place.
 */
#ifndef SG_INSTALL_H
#define SG_INSTALL_H

#include "install_store.h"
#include "upload.h"

/**
 * sg_install_commit() - put everything in @record into place
 * @store: opened
 * @record: its entries are the candidates; had_old and made are filled here,
 *	and those that need no change are taken out
 * @watch: of uploads, or NULL
 * @err: why not; then everything is as it was
 *
 * Return: 0; 1 when nothing had to be changed, and nothing is on trial; -1.
 */
int sg_install_commit(const struct sg_install_store *store,
		      struct sg_install_record *record,
		      const struct sg_upload_watch *watch,
		      struct sg_error *err);
/* Finish what was committed, or take it back when it cannot be. 0 or -1. */
int sg_install_finish(const struct sg_install_store *store,
		      const struct sg_install_record *record,
		      struct sg_error *err);
/* Take back what is in @state. 0 or -1; then it is in state REVERTING. */
int sg_install_undo(const struct sg_install_store *store,
		    const struct sg_install_record *record,
		    enum sg_install_state state,
		    struct sg_error *err);
/*
 * Remove every file that was prepared for @manifest; @olds: what it replaced
 * too. 0 or -1.
 */
int sg_install_clean(const struct sg_install_store *store,
		     const struct sg_gate_digest *manifest, bool olds,
		     struct sg_error *err);
/*
 * After a confirmation: folders that nothing is in any more go, and a record
 * that refers to nothing. 0 or -1.
 */
int sg_install_tidy(const struct sg_install_store *store,
		    const struct sg_install_record *record,
		    struct sg_error *err);
/*
 * Finish or take back whatever was cut off. 0; 1 when one could not be brought
 * to an end, for @err, and the others were; -1.
 */
int sg_install_settle(const struct sg_install_store *store,
		      struct sg_error *err);

/* install_place.c: one entry of the record of @manifest; 0 or -1. */

/**
 * struct sg_install_step - what the functions below work with
 * @device: the device
 * @half: of the names in the staging folders
 * @again: it may have been begun before: trust nothing
 * @watch: of uploads, or NULL
 * @err: for people
 */
struct sg_install_step {
	const struct sg_device *device;
	char half[SG_STAGE_HALF + 1];
	bool again;
	const struct sg_upload_watch *watch;
	struct sg_error *err;
};

/* Look at what is there and keep a link to it. 1: nothing needs to be done. */
int sg_install_prepare_entry(const struct sg_install_step *step,
			     struct sg_install_entry *entry);
int sg_install_apply_entry(const struct sg_install_step *step,
			   const struct sg_install_entry *entry);
int sg_install_revert_entry(const struct sg_install_step *step,
			    const struct sg_install_entry *entry);

#endif /* SG_INSTALL_H */
