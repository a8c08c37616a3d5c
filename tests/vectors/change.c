// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every bit flipped and every truncation. What is left accepted must lie where
 * nobody signs: an unprotected header, an integrated payload, or one of several
 * blocks, whose signer then does not count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "tap.h"

/* How many there were, and how many of them were refused. */
static struct {
	unsigned long tried, refused;
} flips, truncations;

/* What each byte of an envelope is. */
enum part {
	SIGNED,
	FREE,		/* not authenticated by anything */
	BLOCK,		/* BLOCK + i: of block i, one of several */
};

struct map {
	const u8 *start;
	u8 *part;
};

static void mark(struct map *map, struct suit_slice bytes, unsigned int part)
{
	if (bytes.len)
		memset(map->part + (bytes.ptr - map->start), (int)part,
		       bytes.len);
}

/* The unprotected headers of a block: its own, and those of signers. */
static void mark_headers(struct map *map, struct suit_slice block)
{
	struct suit_cursor cur;
	u64 tag;
	u32 n;

	suit_cursor_init(&cur, block);
	tag = suit_cbor_tag(&cur);
	suit_cbor_array(&cur);
	suit_cbor_item(&cur);
	mark(map, suit_cbor_item(&cur), FREE);
	suit_cbor_item(&cur);
	if (tag != SUIT_TAG_COSE_SIGN)
		return;
	for (n = suit_cbor_array(&cur); n; n--) {
		suit_cbor_array(&cur);
		suit_cbor_item(&cur);
		mark(map, suit_cbor_item(&cur), FREE);
		suit_cbor_item(&cur);
	}
}

static void mark_envelope(struct map *map, const struct suit_envelope *env)
{
	struct suit_slice block;
	struct suit_cursor cur;
	u32 i;

	mark(map, env->payloads, FREE);
	suit_cursor_init(&cur, env->blocks);
	for (i = 0; i < env->n_blocks; i++) {
		block = suit_cbor_bstr(&cur);
		if (env->n_blocks > 1)
			mark(map, block, BLOCK + i);
		mark_headers(map, block);
	}
}

static bool fewer_signed(const struct suit_auth *now,
			 const struct suit_auth *before)
{
	u32 i;
	bool fewer = false;

	for (i = 0; i < SUIT_MAX_KEYS / 64; i++) {
		if (now->valid[i] & ~before->valid[i])
			return false;
		fewer |= now->valid[i] != before->valid[i];
	}
	return fewer;
}

/* An envelope that was changed and is accepted still. */
static void check_accepted(const struct opening *good,
			   const struct opening *changed, size_t bit,
			   unsigned int part)
{
	tap_check(part != SIGNED, "bit %zu of byte %zu is not signed",
		  bit % 8, bit / 8);
	tap_check(suit_slice_equal(good->m.bytes, changed->m.bytes),
		  "byte %zu: another manifest", bit / 8);
	if (part >= BLOCK)
		tap_check(fewer_signed(&changed->auth, &good->auth),
			  "byte %zu: the signer still counts", bit / 8);
}

static void check_flips(const struct vector *v, const struct opening *good,
			const struct keyring *all, const struct map *map)
{
	struct suit_slice bytes = { malloc(v->bytes.len), v->bytes.len };
	u8 *copy = (u8 *)bytes.ptr;
	struct opening o;
	size_t bit;

	if (!copy)
		die("no memory");
	memcpy(copy, v->bytes.ptr, bytes.len);
	tap_begin("%s: no bit may change", v->id);
	for (bit = 0; bit < 8 * bytes.len; bit++) {
		copy[bit / 8] ^= (u8)(1 << bit % 8);
		flips.tried++;
		if (open_whole(&o, bytes, &all->trust) == SUIT_OK)
			check_accepted(good, &o, bit, map->part[bit / 8]);
		else
			flips.refused++;
		copy[bit / 8] ^= (u8)(1 << bit % 8);
	}
	tap_end();
	free(copy);
}

static void check_truncations(const struct vector *v,
			      const struct keyring *all)
{
	struct suit_slice bytes = { NULL, 0 };
	struct opening o;
	u8 *copy;

	tap_begin("%s: no byte may be missing at the end", v->id);
	for (; bytes.len < v->bytes.len; bytes.len++) {
		copy = malloc(bytes.len + !bytes.len);
		if (!copy)
			die("no memory");
		memcpy(copy, v->bytes.ptr, bytes.len);
		bytes.ptr = copy;
		truncations.tried++;
		truncations.refused += tap_check(
			open_whole(&o, bytes, &all->trust) != SUIT_OK,
			"the first %zu bytes are accepted", bytes.len);
		free(copy);
	}
	tap_end();
}

void check_changes(const struct vector *v, const struct keyring *all)
{
	struct map map = { v->bytes.ptr, calloc(1, v->bytes.len) };
	struct opening good;

	if (!map.part)
		die("no memory");
	if (open_whole(&good, v->bytes, &all->trust) == SUIT_OK) {
		mark_envelope(&map, &good.env);
		check_flips(v, &good, all, &map);
		check_truncations(v, all);
	}
	free(map.part);
}

void count_changes(void)
{
	printf("# %lu bits flipped, %lu refused, %lu where nobody signs;"
	       " %lu truncations, %lu refused\n", flips.tried, flips.refused,
	       flips.tried - flips.refused, truncations.tried,
	       truncations.refused);
}
