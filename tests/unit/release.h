/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an author makes, in the folder of the test (scratch.h), and what
 * sg_verify() says about it.
 */
#ifndef TEST_RELEASE_H
#define TEST_RELEASE_H

#include "outcome.h"
#include "scratch.h"
#include "suitgate/author.h"
#include "suitgate/verify.h"
#include "table.h"

/* A key pair NAME.pem and NAME.pub; path of the private, the public key. */
const char *private_key(const char *name, s32 alg);
const char *public_key(const char *name);

/*
 * A request for firmware/acme/radio.fw, whose bytes are "radio", number 7, for
 * gateway-2 of acme.example; signed by @key, which may be NULL.
 */
struct sg_author_request release_request(const char *key);
/* What the author makes of it. */
struct suit_slice released(const struct sg_author_request *request);
struct suit_slice signed_by(struct suit_slice envelope, const char *key);

/*
 * Sign any manifest; @manifest and further @members of the envelope, each after
 * a comma, are in the notation of diag.h.
 */
struct suit_slice signed_manifest(const char *key, const char *manifest,
				  const char *members);

/* Open an envelope that must be one. */
struct suit_envelope opened_envelope(struct suit_slice envelope);
/* Decode its manifest, whoever signed it. */
struct suit_manifest peeked(const struct suit_envelope *env);
/* One authentication block, from 0. */
struct suit_slice block_of(const struct suit_envelope *env, u32 index);

/* What the functions below found. */
extern struct sg_verify_report report;

/* Verify @envelope by one file of trust; by several. */
int verify(struct suit_slice envelope, const char *trust);
int verify_by(struct suit_slice envelope, const char *const trust[],
	      size_t n_trust);
/* The verdict about the bytes of @payload as @component; each may be NULL. */
int verify_bytes(struct suit_slice envelope, const char *trust,
		 const char *component, const char *payload);

#endif /* TEST_RELEASE_H */
