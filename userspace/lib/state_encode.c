// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * State files, encoded.
 */
#include "cbor_write.h"
#include "suitgate/state.h"

static void write_content(struct sg_cbor_writer *w,
			  const struct sg_state_item *item)
{
	switch (item->kind) {
	case SG_STATE_TRUST:
	case SG_STATE_MANIFEST:
		sg_cbor_write_raw(w, item->bytes.data, item->bytes.len);
		break;
	case SG_STATE_IDENTITY:
		sg_cbor_write_array(w, 2);
		sg_cbor_write_uint(w, item->identity);
		sg_cbor_write_bytes(w, item->value, sizeof(item->value));
		break;
	case SG_STATE_FLOOR:
		sg_cbor_write_array(w, 4);
		sg_cbor_write_text(w, item->floor->authority);
		sg_cbor_write_raw(w, item->floor->id, item->floor->id_len);
		sg_cbor_write_uint(w, item->floor->sequence_number);
		sg_cbor_write_array(w, 2);
		sg_cbor_write_int(w, item->floor->digest.alg);
		sg_cbor_write_bytes(w, item->floor->digest.value,
				    item->floor->digest.len);
		break;
	case SG_STATE_MODE:
		sg_cbor_write_uint(w, item->mode);
		break;
	}
}

int sg_state_encode(const struct sg_state *state, struct sg_buf *out,
		    struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	size_t i;

	sg_cbor_write_array(&w, 2);
	sg_cbor_write_uint(&w, 1);
	sg_cbor_write_array(&w, state->n);
	for (i = 0; i < state->n; i++) {
		struct sg_cbor_writer item = { 0 };
		struct sg_buf content;

		write_content(&item, &state->item[i]);
		if (sg_cbor_write_end(&item, &content, err) < 0) {
			w.failed = true;
			break;
		}
		sg_cbor_write_array(&w, 2);
		sg_cbor_write_uint(&w, state->item[i].kind);
		sg_cbor_write_bytes(&w, content.data, content.len);
		sg_buf_free(&content);
	}
	if (sg_cbor_write_end(&w, out, err) < 0)
		return -1;
	if (out->len <= SG_STATE_MAX)
		return 0;
	sg_buf_free(out);
	return sg_fail(err, "the state has more than %d MiB",
		       SG_STATE_MAX >> 20);
}
