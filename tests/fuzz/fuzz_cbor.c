// SPDX-License-Identifier: GPL-2.0-or-later
/* The bounded reader and deterministic CBOR, item by item; names of files. */
#include <string.h>

#include "fuzz.h"

/* Walk @bytes down every container, as every decoder of the core does. */
static void walk(struct suit_slice bytes, unsigned int depth)
{
	struct suit_cbor_key order = { 0 };
	struct suit_slice item;
	struct suit_cursor cur;
	uint32_t n = 0;

	suit_cursor_init(&cur, bytes);
	switch (suit_cbor_peek(&cur)) {
	case SUIT_CBOR_ARRAY:
		n = suit_cbor_array(&cur);
		break;
	case SUIT_CBOR_MAP:
		n = suit_cbor_map(&cur);
		for (; n && cur.error == SUIT_OK; n--) {
			item = suit_cbor_key_next(&cur, &order);
			MUST(fuzz_inside(item, bytes));
			fuzz_touch(item);
			fuzz_touch(suit_cbor_item(&cur));
		}
		break;
	case SUIT_CBOR_TAG:
		suit_cbor_tag(&cur);
		n = 1;
		break;
	case SUIT_CBOR_BSTR:
		item = suit_cbor_bstr(&cur);
		MUST(fuzz_inside(item, bytes));
		if (depth < SUIT_MAX_CBOR_DEPTH)
			walk(item, depth + 1);
		break;
	case SUIT_CBOR_TSTR:
		fuzz_touch(suit_cbor_tstr(&cur));
		break;
	case SUIT_CBOR_NINT:
		MUST(suit_cbor_int(&cur) < 0 || cur.error != SUIT_OK);
		break;
	case SUIT_CBOR_UINT:
		suit_cbor_uint(&cur);
		break;
	}
	MUST(n <= bytes.len);
	while (n-- && cur.error == SUIT_OK) {
		item = suit_cbor_item(&cur);
		MUST(fuzz_inside(item, bytes));
		if (cur.error == SUIT_OK && depth < SUIT_MAX_CBOR_DEPTH)
			walk(item, depth + 1);
	}
}

/* The id of a file of that name is one, and shows the name. */
static void name(struct suit_slice path)
{
	static const uint8_t type[] = "firmware";
	struct suit_slice id, kind = { type, sizeof(type) - 1 };
	uint8_t buf[64];
	char text[64];
	size_t cap;

	for (cap = 16; cap <= sizeof(buf); cap += sizeof(buf) - 16) {
		if (suit_component_encode(kind, path, buf, cap, &id) != SUIT_OK)
			continue;
		MUST(id.len <= cap && suit_component_check(id) == SUIT_OK);
		suit_component_text(id, text, sizeof(text));
		MUST(!strncmp(text, "firmware/", 9));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct suit_slice bytes = { data, size }, item;
	struct suit_cursor cur;

	suit_cursor_init(&cur, bytes);
	item = suit_cbor_item(&cur);
	MUST(fuzz_inside(item, bytes));
	/* taking an item and checking it are the same judgement */
	if (cur.error == SUIT_OK) {
		MUST(suit_cbor_check(item) == SUIT_OK);
		MUST((suit_cbor_check(bytes) == SUIT_OK) == !cur.left);
	} else {
		MUST(suit_cbor_check(bytes) == cur.error);
	}
	walk(bytes, 0);
	name(bytes);
	return 0;
}
