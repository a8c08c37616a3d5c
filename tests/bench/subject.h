/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the benchmark verifies: an envelope, the key that signed it, and the
 * bytes it speaks of.
 */
#ifndef BENCH_SUBJECT_H
#define BENCH_SUBJECT_H

#include "core/suit.h"
#include "suitgate/types.h"

/**
 * struct subject - made once, verified often
 * @dir: folder with its files, removed by subject_free()
 * @envelope: signed
 * @payload: what it speaks of
 * @id: encoded component id
 * @key: @authority: @trust: whom to believe
 */
struct subject {
	char dir[32];
	struct sg_buf envelope;
	struct sg_buf payload;
	uint8_t id_bytes[SUIT_MAX_COMPONENT_ID];
	struct suit_slice id;
	struct sg_buf key_bytes;
	struct suit_key key;
	struct suit_authority authority;
	struct suit_trust trust;
};

/* Make one with @alg, "es256", and @len bytes of payload; ends on failure. */
void subject_make(struct subject *s, const char *alg, size_t len);
void subject_free(struct subject *s);
/* Open, authenticate, decode, decide: what the gate does for one file. */
enum suit_error subject_verify(const struct subject *s,
			       const struct suit_crypto *crypto);
/* The device that delivers the subject's payload. */
struct suit_platform subject_platform(const struct subject *s);

#endif /* BENCH_SUBJECT_H */
