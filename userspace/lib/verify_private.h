/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The steps of sg_verify().
 */
#ifndef SG_VERIFY_PRIVATE_H
#define SG_VERIFY_PRIVATE_H

#include "core/suit.h"
#include "suitgate/verify.h"
#include "trust_set.h"

/**
 * struct sg_verify_trust - whom a request trusts
 * @set: authorities and keys
 * @bare: bit per authority: one key without a word on what it may speak for
 */
struct sg_verify_trust {
	struct sg_trust_set *set;
	uint64_t bare;
};

/* Read the files of @request->trust. 0 or -1, as below. */
int sg_verify_trust_read(const struct sg_verify_request *request,
			 struct sg_verify_trust *out, struct sg_error *err);
/* Has a bare key signed? They may speak for everything. */
bool sg_verify_trust_bare(const struct sg_verify_trust *trust,
			  const struct suit_auth *auth, uint32_t *index);
void sg_verify_trust_free(struct sg_verify_trust *trust);

/*
 * The rows of a catalogue, which suit_manifest_open() does not look at; and,
 * unless @id is NULL, the verdict of one of them on @platform's bytes.
 */
enum suit_error sg_verify_catalogue(const struct suit_manifest *m,
				    const struct suit_slice *id,
				    const struct suit_platform *platform);
/* The kernel's verdict on the bytes that @request names. */
int sg_verify_bytes(const struct sg_verify_request *request,
		    const struct suit_envelope *env,
		    struct sg_verify_report *report, struct sg_error *err);

#endif /* SG_VERIFY_PRIVATE_H */
