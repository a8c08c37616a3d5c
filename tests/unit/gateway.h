/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A gateway in a temporary folder: all roots, a signer "acme" who may speak for
 * everything, and a network that is a table.
 */
#ifndef TEST_GATEWAY_H
#define TEST_GATEWAY_H

#include "suitgate.h"
#include "table.h"

enum { GATEWAY_PATH = 256, GATEWAY_PAGES = 8 };

/* One thing that can be fetched; @len 0: a string. */
struct page {
	const char *uri;
	const char *content;
	const char *tag;
	size_t len;
};

/**
 * struct gateway - it
 * @dir: the folder; firmware, state, upload, class, ta, config, manifest, open
 *	and other lie in it
 * @device: configuration; tests change it
 * @request: for the next process; tests change it
 * @page: the network
 * @cut: a transfer fails after so many bytes; 0: it does not
 * @piece: bytes that come at a time
 * @opened: transfers that were begun; @offset: where the last did
 * @cancel: bytes after which the caller wants no more; 0: never
 * @answer: to authorize and wait
 * @invoked: what was invoked last
 */
struct gateway {
	char dir[GATEWAY_PATH];
	struct sg_device device;
	struct sg_process_request request;
	struct page page[GATEWAY_PAGES];
	size_t cut;
	size_t piece;
	unsigned int opened;
	uint64_t offset;
	uint64_t cancel;
	enum sg_answer answer;
	char invoked[GATEWAY_PATH];
};

extern struct gateway gateway;

/* Setup and teardown of a test. */
int gateway_make(void **state);
int gateway_remove(void **state);

/* Let gateway.request have what gateway_net.c has; gateway_make() does it. */
void gateway_plug(void);

/* A path in the folder, for the moment. */
const char *gateway_path(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* Write, read (NULL: not there), list (names of all below, sorted, joined). */
void gateway_put(const char *name, const char *content);
const char *gateway_get(const char *name);
const char *gateway_list(const char *name);
/* Remove everything in a folder. */
void gateway_wipe(const char *name);

/* An envelope of a manifest in notation, signed by acme. */
struct sg_buf gateway_sign(const char *manifest, const char *members);

/*
 * Open, run and commit @procedure for @manifest; @members as for
 * gateway_sign(). The code of the failure, or "ok" when something
 * was changed, "unchanged" when not, "waiting".
 */
const char *gateway_process(unsigned int procedure, const char *manifest,
			    const char *members);
/* Why it failed, in words. */
extern char gateway_why[512];
/* The digest of the manifest that was processed last. */
extern struct sg_gate_digest gateway_digest;
void gateway_confirm(void);
void gateway_revert(void);
void gateway_recover(void);

/* "3: <<digest>>, 14: size" of the text, members of a parameter map. */
const char *wanted(const char *content);

#endif /* TEST_GATEWAY_H */
