// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier's CBOR against libcbor's. What the verifier accepts libcbor reads
 * too, and writes again as the same bytes: that is deterministic encoding. What
 * only the verifier refuses is refused by one of the rules that deterministic
 * encoding adds, and libcbor writes it differently or not at all.
 */
#include <cbor.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/suit.h"
#include "maker.h"

enum { MAX_INPUT = 512, MAX_ALLOCATION = 1 << 16 };

enum verdict { SAME, STRICTER, WRONG, VERDICTS };

static void *bounded_malloc(size_t size)
{
	return size <= MAX_ALLOCATION ? malloc(size) : NULL;
}

static void *bounded_realloc(void *old, size_t size)
{
	return size <= MAX_ALLOCATION ? realloc(old, size) : NULL;
}

/* libcbor 0.10 takes the heads of tags 6 to 20 for malformed. */
static bool is_libcbors_gap(const uint8_t *in, size_t len,
			    const struct cbor_load_result *result)
{
	return result->error.code == CBOR_ERR_MALFORMATED &&
	       result->error.position < len &&
	       in[result->error.position] >= 0xc6 &&
	       in[result->error.position] <= 0xd4;
}

/*
 * Whole input read by libcbor? Then, is it what libcbor would write? What it
 * cannot know counts as both.
 */
static bool other_reads(const uint8_t *in, size_t len, bool *rewritten)
{
	struct cbor_load_result result;
	uint8_t again[2 * MAX_INPUT];
	cbor_item_t *item = cbor_load(in, len, &result);
	bool whole = item && result.read == len;
	size_t n;

	*rewritten = false;
	if (whole) {
		n = cbor_serialize(item, again, sizeof(again));
		*rewritten = n == len && !memcmp(again, in, len);
	}
	if (item)
		cbor_decref(&item);
	else if (is_libcbors_gap(in, len, &result))
		whole = *rewritten = suit_cbor_check((struct suit_slice){
						in, len }) == SUIT_OK;
	return whole;
}

/* Rules that the verifier has beyond well-formedness (RFC 8949 4.2.1, 5.3.1). */
static bool is_added_rule(enum suit_error error)
{
	switch (error) {
	case SUIT_ERR_NONCANONICAL:	/* a longer head than needed */
	case SUIT_ERR_INDEFINITE:
	case SUIT_ERR_MAP_ORDER:
	case SUIT_ERR_MAP_DUPLICATE:
	case SUIT_ERR_RESERVED:		/* floating point, other simple values */
	case SUIT_ERR_UTF8:		/* libcbor leaves it to its caller */
	case SUIT_ERR_DEPTH:
		return true;
	default:
		return false;
	}
}

static enum verdict compare(const uint8_t *in, size_t len)
{
	enum suit_error error = suit_cbor_check((struct suit_slice){ in, len });
	bool rewritten, reads = other_reads(in, len, &rewritten);

	if (error == SUIT_OK)
		return reads && rewritten ? SAME : WRONG;
	if (!reads)
		return SAME;
	return is_added_rule(error) ? STRICTER : WRONG;
}

static void print(const uint8_t *in, size_t len)
{
	size_t i;

	printf("# disagree: %s: ", suit_error_name(suit_cbor_check(
				(struct suit_slice){ in, len })));
	for (i = 0; i < len; i++)
		printf("%02x", in[i]);
	putchar('\n');
}

int main(int argc, char **argv)
{
	uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 200000, i;
	struct maker maker = {
		argc > 2 ? strtoull(argv[2], NULL, 10) | 1 : 0x5eed
	};
	uint64_t count[VERDICTS] = { 0 };
	uint8_t input[MAX_INPUT];
	enum verdict verdict;
	size_t len;

	cbor_set_allocs(bounded_malloc, bounded_realloc, free);
	for (i = 0; i < n; i++) {
		len = maker_next(&maker, input, sizeof(input));
		verdict = compare(input, len);
		if (verdict == WRONG && count[WRONG] < 20)
			print(input, len);
		count[verdict]++;
	}
	printf("1..1\n%sok 1 - %" PRIu64 " inputs: %" PRIu64 " the same, %" PRIu64
	       " refused by the verifier alone, %" PRIu64 " unexplained\n",
	       count[WRONG] ? "not " : "", n, count[SAME], count[STRICTER],
	       count[WRONG]);
	return count[WRONG] != 0;
}
