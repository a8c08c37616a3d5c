/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The claims of an Entity Attestation Token (RFC 9711) with a SUIT_Report among
 * its measurements, decoded in place by the verifier's reader.
 */
#ifndef SG_EAT_H
#define SG_EAT_H

#include "core/suit.h"
#include "spec_show.h"

enum { SG_TAG_CWT = 61 };

/*
 * Keys of claims (RFC 8392, RFC 9711). Those below -65536 are for private use:
 * docs/attestation.md says what these mean.
 */
enum sg_eat_key {
	SG_EAT_IAT = 6,
	SG_EAT_NONCE = 10,
	SG_EAT_UEID = 256,
	SG_EAT_SUEIDS = 257,
	SG_EAT_OEMID = 258,
	SG_EAT_HWMODEL = 259,
	SG_EAT_UPTIME = 261,
	SG_EAT_DBGSTAT = 263,
	SG_EAT_SUBMODS = 266,
	SG_EAT_BOOTCOUNT = 267,
	SG_EAT_BOOTSEED = 268,
	SG_EAT_SWNAME = 270,
	SG_EAT_SWVERSION = 271,
	SG_EAT_MEASUREMENTS = 273,
	SG_EAT_GATE_MODE = -71070,
	SG_EAT_GATE_SEALED = -71071,
	SG_EAT_GATE_BREAK_GLASS = -71072,
};

enum {
	SG_EAT_MIN_NONCE = 8,
	SG_EAT_MAX_NONCE = 64,
	SG_EAT_MIN_UEID = 7,
	SG_EAT_MAX_UEID = 33,
	SG_EAT_UEID_RAND = 1,	/* first byte of one made of random bytes */
	SG_EAT_MAX_MODEL = 32,
	SG_EAT_MAX_FORMAT = 65535,
	/*
	 * Content format of a SUIT_Report. None is assigned: it is CBOR, as
	 * the example of draft-ietf-teep-protocol has it.
	 */
	SG_EAT_CBOR = 60,
};

/**
 * struct sg_eat_view - checked claims; slices point into their bytes
 * @nonce: encoded, one or an array of several; ptr NULL without one
 * @report: the SUIT_Report
 */
struct sg_eat_view {
	struct suit_slice nonce;
	struct suit_slice report;
};

/**
 * struct sg_eat_claim - a claim that is known here
 * @key: enum sg_eat_key
 * @check: what it has to be. NULL, or the name of the error
 * @min: @max: bytes of a string
 * @row: its name in JSON, and how it is shown
 */
struct sg_eat_claim {
	int32_t key;
	const char *(*check)(const struct sg_eat_claim *claim,
			     struct suit_slice value);
	uint8_t min;
	uint8_t max;
	struct sg_spec_row row;
};

/* Are these the claims of a token, as against a SUIT_Report? */
bool sg_eat_is(struct suit_slice bytes);
/* Check all of them. NULL, or the name of the error: see sg_report_decode(). */
const char *sg_eat_decode(struct suit_slice bytes, struct sg_eat_view *out);
/* NULL for one that is not known; @key is encoded. */
const struct sg_eat_claim *sg_eat_claim_find(struct suit_slice key);
/* Checked claims as JSON, without the report; NULL when memory ran out. */
sd_json_variant *sg_eat_show(struct suit_slice claims);

#endif /* SG_EAT_H */
