/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device for the interpreter: a few components in memory, and a trace of what
 * was asked of it, a letter and the component's number each time:
 *
 *	v vendor, c class, d device, s slot, i digest of the image, p compare,
 *	n version; F fetch, C copy, W write, S swap, I invoke, U unlink,
 *	D the envelope of a dependency; without a number: t time, b battery,
 *	w wait; a the number of a priority
 */
#ifndef TEST_GADGET_H
#define TEST_GADGET_H

#include "opened.h"

enum { GADGET_COMPONENTS = 8, GADGET_NODES = 8 };

/* The identity of every component, for use in notation. */
#define GADGET_VENDOR "h'fa6b4a53d5ad5fdfbe9de663e4d41ffe'"
#define GADGET_CLASS "h'1492af1425695e48bf429b2d51f2ab45'"
#define GADGET_DEVICE "h'00112233445566778899aabbccddeeff'"
#define STRANGER "h'ffffffffffffffffffffffffffffffff'"

/**
 * struct gadget - the device
 * @image: content of component ['c', number]; ptr NULL: there is none. A fetch
 *	stores the integrated payload, else the URI itself
 * @slot: the one every component is in
 * @version: of every component; n 0: none
 * @now: the time; 0: nobody knows
 * @battery: energy left
 * @references: of other manifests to every component
 * @floor: for every component
 * @error: what digesting an image returns instead, unless SUIT_OK
 * @fails: what a directive returns instead, unless SUIT_OK
 * @pending: how often a wait or a question for permission is put off
 * @effect: the last one that was asked for
 * @trace: what was asked
 * @records: what was recorded: command, error and offset
 */
struct gadget {
	struct suit_slice image[GADGET_COMPONENTS];
	u64 slot;
	struct suit_version version;
	u64 now;
	u64 battery;
	u32 references;
	struct suit_floor floor;
	enum suit_error error;
	enum suit_error fails;
	u32 pending;
	struct suit_effect effect;
	char trace[512];
	char records[512];
};

extern struct gadget gadget;
extern const struct suit_platform_ops gadget_ops;
extern const struct suit_platform gadget_platform;

/* Components 0 to 2 are "zero", "one", "two"; the others are absent. */
void gadget_reset(void);

/* What the functions below work with: the last procedure or verdict. */
extern struct suit_process process;
extern struct suit_node nodes[GADGET_NODES];

/*
 * Run @procedure of the manifest in @envelope, signed by key 1, which may speak
 * for ['c'] and below.
 */
enum suit_error gadget_run(struct suit_slice envelope,
			   enum suit_procedure procedure);
/* The same without running it, and with these ops. */
enum suit_error gadget_start(struct suit_slice envelope,
			     enum suit_procedure procedure,
			     const struct suit_platform_ops *ops);
/*
 * Reset the gadget and run validate of a manifest for components 0 to 3,
 * @shared before it unless NULL; both are content of a sequence, in notation.
 */
enum suit_error gadget_validate(const char *shared, const char *validate);
/* The same as install of an update. */
enum suit_error gadget_install(const char *shared, const char *install);
/* The kernel's verdict about component @index under such a manifest. */
enum suit_error gadget_decide(const char *shared, const char *validate,
			      u32 index);

#endif /* TEST_GADGET_H */
