// SPDX-License-Identifier: GPL-2.0-or-later
/* State files: what is read is what is written, and nothing leaks. */
#include <string.h>

#include "fuzz.h"
#include "suitgate/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sg_buf bytes = { (uint8_t *)data, size }, again = { 0 };
	struct sg_state state = { 0 };
	struct sg_error err;

	if (sg_state_decode(&bytes, &state, &err) == 0) {
		MUST(sg_state_encode(&state, &again, &err) == 0);
		MUST(again.len == size && !memcmp(again.data, data, size));
	}
	sg_buf_free(&again);
	sg_state_free(&state);
	return 0;
}
