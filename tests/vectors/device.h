/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device in memory, as runs.json describes it: components by the text of
 * their ids, a network by URI, identities.
 */
#ifndef VECTORS_DEVICE_H
#define VECTORS_DEVICE_H

#include "core/suit.h"
#include "vector.h"

enum { MAX_CONTENTS = 16 };

/**
 * struct content - what a component or a URI has
 * @name: the text of a component id, or the URI; NULL: unused
 * @bytes: malloc()ed
 * @oracle: there are no bytes, only a digest and a size: the examples of the
 *	standards use digests that nobody knows an image for
 * @digest: SHA-256, when @oracle
 * @size: when @oracle
 */
struct content {
	char *name;
	struct suit_slice bytes;
	bool oracle;
	u8 digest[32];
	u64 size;
};

/**
 * struct device - the device
 * @described: in runs.json
 * @slot: every component is in
 * @storage: components
 * @network: what there is to fetch
 * @invoked: components that were, with their arguments
 * @replaced: what components had before
 */
struct device {
	sd_json_variant *described;
	u64 slot;
	struct content storage[MAX_CONTENTS];
	struct content network[MAX_CONTENTS];
	char *invoked[MAX_CONTENTS];
	size_t n_invoked;
	struct suit_slice replaced[MAX_CONTENTS];
	size_t n_replaced;
};

/* As @described; what it does not mention is absent. */
void device_init(struct device *d, sd_json_variant *described);
void device_free(struct device *d);

/* Find @name; NULL when it is absent. */
struct content *device_content(struct content *all, const char *name);
/* Component @name has a copy of @content, whatever it had. */
void device_store(struct device *d, const char *name,
		  const struct content *content);
/*
 * The text of a component id in runs.json: segments joined by '/', printable
 * ones as they are, others in hex. In memory of the function.
 */
const char *device_name(struct suit_slice id);

/* What the storage has is what @want describes: checked, see tap.h. */
void device_check_storage(struct device *d, sd_json_variant *want);

/* What was invoked is what @want lists. */
void device_check_invoked(struct device *d, sd_json_variant *want);

/* The seam to the core; context: the device. */
extern const struct suit_platform_ops device_ops;

#endif /* VECTORS_DEVICE_H */
