/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From JSON to CBOR.
 */
#ifndef SG_SPEC_READ_H
#define SG_SPEC_READ_H

#include "cbor_map.h"
#include "spec_json.h"
#include "spec_table.h"

/**
 * struct sg_spec_reader - what reading a description knows besides the value
 * @err: what was expected, after a failure
 * @severed: collects severed members; NULL: they are left out
 * @spec: description of the envelope that the value is part of
 * @checked: refuse an index that no component has
 * @offline: refuse what is to be taken from files
 * @depth: levels above the value
 * @at: bytes of @where
 * @where: path of the value: "manifest.install[2]"; after a failure, of the
 *	one that is wrong
 */
struct sg_spec_reader {
	struct sg_error *err;
	struct sg_cbor_map *severed;
	sd_json_variant *spec;
	bool checked;
	bool offline;
	unsigned int depth;
	size_t at;
	char where[200];
};

/*
 * Go to a member or to an element, and back from what was read. Whoever fails
 * does not come back, so that @where stays.
 */
size_t sg_spec_enter(struct sg_spec_reader *r, const char *name);
/* Likewise by a name that others chose: ["https://example.com/x"] */
size_t sg_spec_enter_key(struct sg_spec_reader *r, const char *name);
size_t sg_spec_enter_index(struct sg_spec_reader *r, size_t index);
void sg_spec_leave(struct sg_spec_reader *r, size_t at);

/* Encode @v as @row has it. 0 or -1, as all below. */
int sg_spec_read_item(struct sg_spec_reader *r, const struct sg_spec_row *row,
		      sd_json_variant *v, struct sg_cbor_writer *w);
/* The member @name of what is being read. */
int sg_spec_read_at(struct sg_spec_reader *r, const char *name,
		    const struct sg_spec_row *row, sd_json_variant *v,
		    struct sg_cbor_writer *w);
/* An array of items of one row. */
int sg_spec_read_each(struct sg_spec_reader *r, const struct sg_spec_row *each,
		      sd_json_variant *v, struct sg_cbor_writer *w);
/* Of a kind. */
typedef int sg_spec_read_fn(struct sg_spec_reader *r,
			    const struct sg_spec_row *row, sd_json_variant *v,
			    struct sg_cbor_writer *w);

sg_spec_read_fn sg_spec_read_any;
sg_spec_read_fn sg_spec_read_size;
sg_spec_read_fn sg_spec_read_bytes;
sg_spec_read_fn sg_spec_read_uri;
sg_spec_read_fn sg_spec_read_codes;
sg_spec_read_fn sg_spec_read_uuid;
sg_spec_read_fn sg_spec_read_digest;
sg_spec_read_fn sg_spec_read_version;
sg_spec_read_fn sg_spec_read_version_match;
sg_spec_read_fn sg_spec_read_component;
sg_spec_read_fn sg_spec_read_components;
sg_spec_read_fn sg_spec_read_index;
sg_spec_read_fn sg_spec_read_indices;
sg_spec_read_fn sg_spec_read_sequence;
sg_spec_read_fn sg_spec_read_try_each;
sg_spec_read_fn sg_spec_read_map;
sg_spec_read_fn sg_spec_read_map_list;
sg_spec_read_fn sg_spec_read_maps;
sg_spec_read_fn sg_spec_read_names;
sg_spec_read_fn sg_spec_read_texts;
sg_spec_read_fn sg_spec_read_payload;
sg_spec_read_fn sg_spec_read_severable;

/*
 * The members of @v, but the one called @except (may be NULL), into @map. They
 * are not sorted yet, so that more can be added.
 */
int sg_spec_read_members(struct sg_spec_reader *r,
			 const struct sg_spec_table *table, sd_json_variant *v,
			 const char *except, struct sg_cbor_map *map);
/* The string that is the sole member @name: a path; unless @r is offline. */
int sg_spec_get_path(struct sg_spec_reader *r, sd_json_variant *v,
		     const char *name, const char **path);
/* The code of a name, or of the number that stands for it. */
int sg_spec_get_code(struct sg_spec_reader *r,
		     const struct sg_spec_name *names, sd_json_variant *v,
		     int64_t *code);
int sg_spec_expect_array(struct sg_spec_reader *r, sd_json_variant *v);
int sg_spec_expect_object(struct sg_spec_reader *r, sd_json_variant *v);

/* Severed members that the manifest says nothing of. */
int sg_spec_read_unclaimed(struct sg_spec_reader *r, sd_json_variant *v);
/* Is @encoded the digest of @bytes? One that is not known is for others. */
bool sg_spec_digest_fits(struct suit_slice encoded, struct suit_slice bytes);
/* The envelope that @spec describes, within others. */
int sg_spec_read_envelope(struct sg_spec_reader *r, sd_json_variant *spec,
			  const char *key, struct sg_buf *out);

#endif /* SG_SPEC_READ_H */
