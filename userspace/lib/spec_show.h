/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From CBOR, which nobody has to have signed, to JSON.
 */
#ifndef SG_SPEC_SHOW_H
#define SG_SPEC_SHOW_H

#include "spec_json.h"
#include "spec_table.h"

/*
 * Byte strings hide how deep sequences and envelopes are nested: what is
 * deeper is shown as bytes.
 */
enum { SG_SPEC_DEPTH = 32 };

/**
 * struct sg_spec_view - where something is shown
 * @env: envelope whose severed members belong to it; NULL without
 * @depth: levels above it
 */
struct sg_spec_view {
	const struct suit_envelope *env;
	unsigned int depth;
};

/*
 * One item as JSON that sg_spec_read_item() makes the same bytes of. When it
 * does not look as @row has it, {"cbor": any item}, or {"raw": hex}. NULL when
 * memory ran out.
 */
sd_json_variant *sg_spec_show_item(const struct sg_spec_view *view,
				   const struct sg_spec_row *row,
				   struct suit_slice item);
/* Of a kind. NULL when it is not, or when JSON cannot have it. */
typedef sd_json_variant *sg_spec_show_fn(const struct sg_spec_view *view,
					 const struct sg_spec_row *row,
					 struct suit_slice item);

sg_spec_show_fn sg_spec_show_any;
sg_spec_show_fn sg_spec_show_uri;
sg_spec_show_fn sg_spec_show_codes;
sg_spec_show_fn sg_spec_show_uuid;
sg_spec_show_fn sg_spec_show_digest;
sg_spec_show_fn sg_spec_show_version;
sg_spec_show_fn sg_spec_show_version_match;
sg_spec_show_fn sg_spec_show_component;
sg_spec_show_fn sg_spec_show_components;
sg_spec_show_fn sg_spec_show_sequence;
sg_spec_show_fn sg_spec_show_try_each;
sg_spec_show_fn sg_spec_show_map;
sg_spec_show_fn sg_spec_show_map_list;
sg_spec_show_fn sg_spec_show_maps;
sg_spec_show_fn sg_spec_show_names;
sg_spec_show_fn sg_spec_show_texts;
sg_spec_show_fn sg_spec_show_payload;

/* An array of items of one row. */
sd_json_variant *sg_spec_show_each(const struct sg_spec_view *view,
				   const struct sg_spec_row *each,
				   struct suit_slice item);
/* @v, or NULL when @cur was not read to its end without an error. */
sd_json_variant *sg_spec_complete(const struct suit_cursor *cur,
				  sd_json_variant *v);
/* The name of @code in @names, or the number. */
sd_json_variant *sg_spec_show_name(const struct sg_spec_name *names,
				   int64_t code);
/* An authentication block: who says to have signed, and its bytes. */
sd_json_variant *sg_spec_show_block(struct suit_slice block);
/* An envelope within others. NULL when it is none. */
sd_json_variant *sg_spec_show_envelope(struct suit_slice bytes,
				       unsigned int depth);

#endif /* SG_SPEC_SHOW_H */
