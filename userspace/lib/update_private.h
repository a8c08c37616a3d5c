/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The update procedure and the device it runs on.
 */
#ifndef SG_UPDATE_PRIVATE_H
#define SG_UPDATE_PRIVATE_H

#include "core/suit.h"
#include "suitgate/update.h"
#include "trust_set.h"

/**
 * struct sg_update - an update
 * @request: of the caller
 * @facts: what is known; its components hold what was stored
 * @want: what is to be fetched; @waiting: it is; @fetched: it was
 * @only: kernel's verdict: index of the delivered component
 * @trust: whom to believe
 * @process: @node: @params: the core's
 */
struct sg_update {
	struct sg_update_request request;
	struct sg_update_facts facts;
	struct sg_update_want want;
	bool waiting;
	bool fetched;
	struct sg_trust_set *trust;
	struct suit_process process;
	struct suit_node node;
	struct suit_params params[SUIT_MAX_COMPONENTS];
};

/* The device as the procedure sees it: stored bytes first, then the real ones. */
extern const struct suit_platform_ops sg_update_ops;

/* Memory for a component. A descriptor, or -1. */
int sg_update_memory(void);
/* Seal @fd and make it what @component has. 0 or -1. */
int sg_update_keep(struct sg_update_component *component, int fd);

/* Version of a manifest for people, or empty. */
void sg_update_version(const struct suit_manifest *m, char *out, size_t cap);

#endif /* SG_UPDATE_PRIVATE_H */
