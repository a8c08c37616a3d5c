/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel's verdict, in user space: the same verifier, the same profile.
 */
#ifndef SUITGATE_VERIFY_H
#define SUITGATE_VERIFY_H

#include "suitgate/gate.h"
#include "suitgate/types.h"

/**
 * struct sg_verify_request - what to verify, and whom to believe
 * @envelope: signed manifest
 * @trust: paths of public keys (COSE_Key or X.509) and of trust bundles
 *	(NAME.trust). A bare key may speak for every component, and one that
 *	does not state its algorithm is good for each that fits its curve; the
 *	authorities of a bundle are what it says
 * @n_trust: how many, at least one
 * @component: "firmware/NAME", or NULL. Without one, and with @payload, the
 *	manifest's only component
 * @payload: path of the bytes that would be delivered, or NULL. Without one,
 *	and with @component, the only payload in the envelope
 * @vendor: domain or UUID of this device; NULL accepts every vendor
 * @class_id: name or UUID of this device's class; NULL accepts every class
 */
struct sg_verify_request {
	struct sg_buf envelope;
	const char *const *trust;
	size_t n_trust;
	const char *component;
	const char *payload;
	const char *vendor;
	const char *class_id;
};

/* One key that signed. */
struct sg_verify_signer {
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	char thumbprint[65];		/* hex, as in struct sg_trust_key */
	const char *alg;		/* "esp256"; static */
};

enum { SG_VERIFY_MAX_SIGNERS = 8 };

/**
 * struct sg_verify_report - what was found; filled as far as it got
 * @authentic: a trusted key signed, and the manifest has the signed digest
 * @well_formed: everything in it is as the standard wants it; a catalogue as
 *	the kernel wants it
 * @decided: the kernel profile's verdict was asked for and is "deliver"
 * @identity_checked: @decided for a device of this @vendor and @class_id, both
 *	of which were given
 * @sequence_number: the author's
 * @components: how many
 * @catalogue: it has the catalogue form
 * @digest: of the manifest
 * @authority: who speaks through it; empty before that is known
 * @signer: @n_signers: trusted keys that signed
 */
struct sg_verify_report {
	bool authentic;
	bool well_formed;
	bool decided;
	bool identity_checked;
	uint64_t sequence_number;
	uint32_t components;
	bool catalogue;
	struct sg_gate_digest digest;
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	struct sg_verify_signer signer[SG_VERIFY_MAX_SIGNERS];
	size_t n_signers;
};

/**
 * sg_verify() - would the kernel believe this manifest, and these bytes?
 * @request: what and whom
 * @report: what was found; also of a refusal
 * @err: a refusal carries the verifier's error
 *
 * Without @component and @payload: authenticity and form (full profile). With
 * one of them also the kernel profile's verdict over the bytes. Floors are the
 * gate's and not looked at.
 *
 * Context: reads the files that @request names.
 * Return: 0 when everything that was asked holds, else -1.
 */
int sg_verify(const struct sg_verify_request *request,
	      struct sg_verify_report *report, struct sg_error *err);

#endif /* SUITGATE_VERIFY_H */
