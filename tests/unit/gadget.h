/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device for the interpreter: a few components in memory, and a trace of what
 * was asked of it, a letter and the component's number each time:
 *
 *	v vendor, c class, d device, s slot, i digest of the image, p compare
 */
#ifndef TEST_GADGET_H
#define TEST_GADGET_H

#include "opened.h"

enum { GADGET_COMPONENTS = 8 };

/* The identity of every component, for use in notation. */
#define GADGET_VENDOR "h'fa6b4a53d5ad5fdfbe9de663e4d41ffe'"
#define GADGET_CLASS "h'1492af1425695e48bf429b2d51f2ab45'"
#define GADGET_DEVICE "h'00112233445566778899aabbccddeeff'"
#define STRANGER "h'ffffffffffffffffffffffffffffffff'"

/**
 * struct gadget - the device
 * @image: content of component ['c', number]; NULL: there is none
 * @slot: the one every component is in
 * @error: what digesting an image returns instead, unless SUIT_OK
 * @trace: what was asked
 */
struct gadget {
	const char *image[GADGET_COMPONENTS];
	u64 slot;
	enum suit_error error;
	char trace[256];
};

extern struct gadget gadget;
extern const struct suit_platform_ops gadget_ops;
extern const struct suit_platform gadget_platform;

/* Components 0 to 2 are "zero", "one", "two"; the others are absent. */
void gadget_reset(void);

/* What the functions below work with; the last manifest and its procedure. */
extern struct opened opened;
extern struct suit_process process;

/*
 * Run validate of a manifest for components 0 to 3, @shared before it unless
 * NULL; both are content of the sequence, in notation.
 */
enum suit_error gadget_validate(const char *shared, const char *validate);
/* The kernel's verdict about component @index under such a manifest. */
enum suit_error gadget_decide(const char *shared, const char *validate,
			      u32 index);

#endif /* TEST_GADGET_H */
