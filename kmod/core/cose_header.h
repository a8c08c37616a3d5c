/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to cose.c and cose_header.c: the two headers of one COSE layer.
 */
#ifndef SUIT_COSE_HEADER_H
#define SUIT_COSE_HEADER_H

#include "cursor.h"

/**
 * struct suit_cose_header - what of the headers is acted upon
 * @protected: as it goes into the Sig_structure: the encoded map, or empty
 * @kid: from either header
 * @alg: from the protected header
 * @has_alg: @alg was there
 * @has_kid: @kid was there
 */
struct suit_cose_header {
	struct suit_slice protected;
	struct suit_slice kid;
	s64 alg;
	bool has_alg;
	bool has_kid;
};

/*
 * Read the protected header (a bstr) and the unprotected one (a map) at @cur.
 * SUIT_ERR_COSE_HEADER_SIZE, SUIT_ERR_COSE_LABEL for a label in both,
 * SUIT_ERR_COSE_CRIT, SUIT_ERR_COSE_ALG for an alg that is text,
 * SUIT_ERR_COSE_ALG_UNPROTECTED, or a CBOR error. An alg that is absent is no
 * error: the body of a COSE_Sign has none.
 */
enum suit_error suit_cose_header_read(struct suit_cursor *cur,
				      struct suit_cose_header *out);

#endif /* SUIT_COSE_HEADER_H */
