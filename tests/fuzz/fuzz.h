/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzz targets share. A target is fuzz_NAME.c with the entry point of
 * libFuzzer; main.c replays files through it where there is no libFuzzer.
 *
 * Targets of the verifier begin with CHOICES bytes that decide what the crypto
 * seam and the device answer, so that the fuzzer gets past signatures.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "core/suit.h"

enum { CHOICES = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Broken promise of the code under test: stop, and let the fuzzer see it. */
#define MUST(condition) \
	((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))

void fuzz_broken(const char *condition, const char *file, int line)
	__attribute__((noreturn));

/* Does @part lie in @whole (or is it absent)? */
bool fuzz_inside(struct suit_slice part, struct suit_slice whole);
/* Touch every byte: a sanitizer objects to those that are not there. */
void fuzz_touch(struct suit_slice bytes);

/**
 * struct fuzz_seam - crypto and device that answer as the input says
 * @choice: the input's first bytes
 * @asked: how many answers were given
 * @signatures: how many signatures were called valid
 * @images: how many images were called matching
 * @digest: values that the input claims as SHA-256, to answer with
 * @n_digests: how many
 */
struct fuzz_seam {
	uint8_t choice[CHOICES];
	unsigned int asked;
	unsigned int signatures;
	unsigned int images;
	const uint8_t *digest[16];
	unsigned int n_digests;
	struct suit_crypto crypto;
	struct suit_platform platform;
};

/* Take the choices off the input; false when it is too short for them. */
bool fuzz_seam_init(struct fuzz_seam *seam, const uint8_t *data, size_t size,
		    struct suit_slice *rest);
/* The next answer. */
uint8_t fuzz_choose(struct fuzz_seam *seam);
/* Trust with three authorities, one key of each algorithm and form of use. */
const struct suit_trust *fuzz_trust(void);

#endif /* FUZZ_H */
