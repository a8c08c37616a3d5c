/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to cose.c and cose_structure.c: one signature or tag over one
 * Sig_structure or MAC_structure (RFC 9052 4.4, 6.3).
 */
#ifndef SUIT_COSE_STRUCTURE_H
#define SUIT_COSE_STRUCTURE_H

#include "cose_header.h"
#include "trust.h"

/* Which structure: the text it begins with. */
enum suit_cose_context {
	SUIT_COSE_SIGNATURE1,
	SUIT_COSE_SIGNATURE,
	SUIT_COSE_MAC0,
	SUIT_COSE_MAC,
};

/**
 * struct suit_cose_structure - what is signed, by what is said
 * @context: enum suit_cose_context
 * @header: whose algorithm and kid count
 * @body: protected header of the body, for SUIT_COSE_SIGNATURE
 * @aad: external_aad
 * @payload: the detached payload
 * @sig: signature or tag
 */
struct suit_cose_structure {
	u8 context;
	const struct suit_cose_header *header;
	struct suit_slice body;
	struct suit_slice aad;
	struct suit_slice payload;
	struct suit_slice sig;
};

/*
 * Verify by the keys that may have made it, see suit_cose_verify().
 * SUIT_ERR_COSE_ALG_MISSING, SUIT_ERR_COSE_ALG, SUIT_ERR_SIGNATURE_LENGTH,
 * SUIT_ERR_NO_KEY, SUIT_ERR_KEY_ALG, SUIT_ERR_KEY_REVOKED, or what the seam
 * reports.
 */
enum suit_error suit_cose_structure_verify(const struct suit_cose_structure *s,
					   const struct suit_trust *trust,
					   const struct suit_crypto *crypto,
					   struct suit_auth *auth);

#endif /* SUIT_COSE_STRUCTURE_H */
