/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Manifests as JSON: one table of what there is, read in both directions.
 * The format is described in docs/spec-json.md.
 */
#ifndef SG_SPEC_PRIVATE_H
#define SG_SPEC_PRIVATE_H

#include <systemd/sd-json.h>

#include "author_private.h"

/* What a value looks like, in CBOR and in JSON. */
enum sg_spec_kind {
	SG_SPEC_ANY,		/* any CBOR item */
	SG_SPEC_UINT,
	SG_SPEC_SIZE,		/* a number, or that of a file's bytes */
	SG_SPEC_INT,
	SG_SPEC_BOOL,
	SG_SPEC_TEXT,
	SG_SPEC_BYTES,
	SG_SPEC_UUID,
	SG_SPEC_DIGEST,
	SG_SPEC_COMPONENT,
	SG_SPEC_COMPONENTS,
	SG_SPEC_SEQUENCE,
	SG_SPEC_TRY_EACH,
	SG_SPEC_MAP,		/* numbered members, see @table */
	SG_SPEC_MAPS,		/* of any number, to such a map */
	SG_SPEC_TEXTS,		/* SUIT_Text_Map */
	SG_SPEC_KINDS
};

struct sg_spec_table;

/**
 * struct sg_spec_row - a member, command or parameter
 * @code: its number
 * @kind: enum sg_spec_kind
 * @wrapped: a byte string around the encoded value
 * @severable: may be a digest, with the value in the envelope
 * @name: in JSON
 * @table: rows of the maps
 */
struct sg_spec_row {
	int16_t code;
	uint8_t kind;
	bool wrapped;
	bool severable;
	const char *name;
	const struct sg_spec_table *table;
};

struct sg_spec_table {
	const struct sg_spec_row *row;
	size_t n;
};

extern const struct sg_spec_row sg_spec_manifest;
extern const struct sg_spec_row sg_spec_digest;
extern const struct sg_spec_row sg_spec_sequence;	/* wrapped */
extern const struct sg_spec_table sg_spec_commands;
extern const struct sg_spec_table sg_spec_texts;
extern const struct sg_spec_table sg_spec_component_texts;

/* NULL for what no row has. */
const struct sg_spec_row *sg_spec_by_code(const struct sg_spec_table *table,
					  int64_t code);
const struct sg_spec_row *sg_spec_by_name(const struct sg_spec_table *table,
					  const char *name);
/* "sha-256"; NULL for another algorithm. */
const char *sg_spec_alg_name(int64_t alg);
/* false for a name that is not known. */
bool sg_spec_alg_parse(const char *name, int64_t *alg);

/* A JSON array or object that grows; a failure is sticky. */
struct sg_json_list {
	sd_json_variant **v;
	size_t n;
	size_t cap;
	bool failed;
};

/* Append and own @v, which may be NULL: that is a failure. */
void sg_json_push(struct sg_json_list *list, sd_json_variant *v);
/* Likewise a member of an object. */
void sg_json_member(struct sg_json_list *list, const char *name,
		    sd_json_variant *v);
/* Empty the list into an array or object; NULL after a failure. */
sd_json_variant *sg_json_array(struct sg_json_list *list);
sd_json_variant *sg_json_object(struct sg_json_list *list);
sd_json_variant *sg_json_text(struct suit_slice text);
sd_json_variant *sg_json_hex(struct suit_slice bytes);
/* {"NAME": "hex"} */
sd_json_variant *sg_json_named_hex(const char *name, struct suit_slice bytes);
/* A number; one that JSON readers round comes as its digits in a string. */
sd_json_variant *sg_json_uint(uint64_t value);
sd_json_variant *sg_json_int(int64_t value);
/* Is @v an object with these members only? */
bool sg_json_only(sd_json_variant *v, const char *const *names);
/* Does it have this member and nothing else? Then that, else NULL. */
sd_json_variant *sg_json_sole(sd_json_variant *v, const char *name);
/* Bytes of a string in hex. 0 or -1. */
int sg_json_unhex(sd_json_variant *v, struct sg_buf *out, struct sg_error *err);

/*
 * One item as JSON, {"raw": hex} when it does not look as @row has it. @env
 * supplies severed members; NULL without. NULL when memory ran out.
 */
sd_json_variant *sg_spec_show_item(const struct suit_envelope *env,
				   const struct sg_spec_row *row,
				   struct suit_slice item, unsigned int depth);
/* The kinds, NULL when the item is not one. */
sd_json_variant *sg_spec_show_map(const struct suit_envelope *env,
				  const struct sg_spec_row *row,
				  struct suit_slice item, unsigned int depth);
sd_json_variant *sg_spec_show_texts(const struct suit_envelope *env,
				    const struct sg_spec_row *row,
				    struct suit_slice item, unsigned int depth);
sd_json_variant *sg_spec_show_sequence(const struct suit_envelope *env,
				       const struct sg_spec_row *row,
				       struct suit_slice item,
				       unsigned int depth);
sd_json_variant *sg_spec_show_try_each(const struct suit_envelope *env,
				       const struct sg_spec_row *row,
				       struct suit_slice item,
				       unsigned int depth);
sd_json_variant *sg_spec_show_maps(const struct suit_envelope *env,
				   const struct sg_spec_row *row,
				   struct suit_slice item, unsigned int depth);
sd_json_variant *sg_spec_show_any(const struct suit_envelope *env,
				  const struct sg_spec_row *row,
				  struct suit_slice item, unsigned int depth);
sd_json_variant *sg_spec_show_block(struct suit_slice block);

/* Pairs of a map on their way to be sorted. */
struct sg_map_pair {
	struct sg_buf key;
	struct sg_buf value;
};

struct sg_map_writer {
	struct sg_map_pair *pair;
	size_t n;
	size_t cap;
};

/* Take both; they are empty afterwards. 0 or -1, as all below. */
int sg_map_add(struct sg_map_writer *map, struct sg_cbor_writer *key,
	       struct sg_cbor_writer *value, struct sg_error *err);
void sg_map_free(struct sg_map_writer *map);
/* Sorted pairs without the head; a key that is there twice is an error. */
int sg_map_write_pairs(struct sg_map_writer *map, struct sg_cbor_writer *w,
		       struct sg_error *err);
int sg_map_write(struct sg_map_writer *map, struct sg_cbor_writer *w,
		 struct sg_error *err);

/* Encode @v as @row has it. @severed collects severed members, may be NULL. */
int sg_spec_read_item(struct sg_map_writer *severed,
		      const struct sg_spec_row *row, sd_json_variant *v,
		      struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_map(struct sg_map_writer *severed,
		     const struct sg_spec_row *row, sd_json_variant *v,
		     struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_maps(struct sg_map_writer *severed,
		      const struct sg_spec_row *row, sd_json_variant *v,
		      struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_texts(struct sg_map_writer *severed,
		       const struct sg_spec_row *row, sd_json_variant *v,
		       struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_sequence(struct sg_map_writer *severed,
			  const struct sg_spec_row *row, sd_json_variant *v,
			  struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_try_each(struct sg_map_writer *severed,
			  const struct sg_spec_row *row, sd_json_variant *v,
			  struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_component(struct sg_map_writer *severed,
			   const struct sg_spec_row *row, sd_json_variant *v,
			   struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_any(struct sg_map_writer *severed,
		     const struct sg_spec_row *row, sd_json_variant *v,
		     struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_uuid(struct sg_map_writer *severed,
		      const struct sg_spec_row *row, sd_json_variant *v,
		      struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_digest(struct sg_map_writer *severed,
			const struct sg_spec_row *row, sd_json_variant *v,
			struct sg_cbor_writer *w, struct sg_error *err);
int sg_spec_read_severable(struct sg_map_writer *severed,
			   const struct sg_spec_row *row, sd_json_variant *v,
			   struct sg_cbor_writer *w, struct sg_error *err);
/* The string in @v, or NULL with @err filled. */
const char *sg_spec_string(sd_json_variant *v, struct sg_error *err);
/* An integer, as a number or as digits. */
int sg_spec_integer(sd_json_variant *v, int64_t *out, struct sg_error *err);
int sg_spec_unsigned(sd_json_variant *v, uint64_t *out, struct sg_error *err);

#endif /* SG_SPEC_PRIVATE_H */
