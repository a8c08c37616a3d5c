/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Everything that a manifest can have, by number and by name: one table, read
 * in both directions. The format is described in docs/spec-json.md.
 */
#ifndef SG_SPEC_TABLE_H
#define SG_SPEC_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a value looks like, in CBOR and in JSON. */
enum sg_spec_kind {
	SG_SPEC_ANY,		/* any CBOR item */
	SG_SPEC_UINT,
	SG_SPEC_CONDITION,	/* the reporting policy of a condition */
	SG_SPEC_DIRECTIVE,	/* the reporting policy of a directive */
	SG_SPEC_SIZE,		/* a number, or that of a file's bytes */
	SG_SPEC_INT,
	SG_SPEC_BOOL,
	SG_SPEC_TEXT,
	SG_SPEC_BYTES,
	SG_SPEC_URI,		/* text with a tag */
	SG_SPEC_CODES,		/* one number of @names, or several */
	SG_SPEC_UUID,
	SG_SPEC_DIGEST,
	SG_SPEC_VERSION,	/* [ + int ] */
	SG_SPEC_VERSION_MATCH,	/* [ operator, [ + int ] ] */
	SG_SPEC_COMPONENT,
	SG_SPEC_COMPONENTS,
	SG_SPEC_INDEX,		/* of a component */
	SG_SPEC_INDICES,	/* of one, of several, or of all */
	SG_SPEC_SEQUENCE,
	SG_SPEC_TRY_EACH,
	SG_SPEC_MAP,		/* numbered members, see @table */
	SG_SPEC_MAP_LIST,	/* one such map, or several */
	SG_SPEC_MAPS,		/* of any number, to such a map */
	SG_SPEC_NAMES,		/* members of @table without values */
	SG_SPEC_NAMES_MAPS,	/* of any number, to such names */
	SG_SPEC_TEXTS,		/* SUIT_Text_Map */
	SG_SPEC_PAYLOAD,	/* bytes, or an envelope */
	SG_SPEC_KINDS
};

struct sg_spec_name;
struct sg_spec_table;

/**
 * struct sg_spec_row - a member, command or parameter
 * @code: its number
 * @kind: enum sg_spec_kind
 * @wrapped: a byte string around the encoded value
 * @severable: may be a digest, with the value in the envelope
 * @name: in JSON
 * @table: rows of the maps
 * @names: of the codes, or of a digest's algorithms
 */
struct sg_spec_row {
	int16_t code;
	uint8_t kind;
	bool wrapped;
	bool severable;
	const char *name;
	const struct sg_spec_table *table;
	const struct sg_spec_name *names;
};

/* Numbers that go by a name, in an array that a row without name ends. */
struct sg_spec_name {
	int64_t code;
	const char *name;
};

struct sg_spec_table {
	const char *name;
	const struct sg_spec_row *row;
	size_t n;
};

extern const struct sg_spec_row sg_spec_any;
extern const struct sg_spec_row sg_spec_manifest;
extern const struct sg_spec_row sg_spec_digest;
extern const struct sg_spec_row sg_spec_component;
extern const struct sg_spec_row sg_spec_payload;
extern const struct sg_spec_row sg_spec_sequence;	/* wrapped */
extern const struct sg_spec_table sg_spec_commands;
extern const struct sg_spec_table sg_spec_texts;
extern const struct sg_spec_table sg_spec_component_texts;
extern const struct sg_spec_table sg_spec_coswid;

/* NULL for what no row has. */
const struct sg_spec_row *sg_spec_by_code(const struct sg_spec_table *table,
					  int64_t code);
const struct sg_spec_row *sg_spec_by_name(const struct sg_spec_table *table,
					  const char *name);

/* Of a text that is a URI (RFC 8949 3.4.5.3). */
enum { SG_TAG_URI = 32 };

/* Algorithms of COSE; operators that compare versions. */
extern const struct sg_spec_name sg_spec_algs[];
extern const struct sg_spec_name sg_spec_operators[];

/* NULL, and false, for what is not there. */
const char *sg_spec_name_of(const struct sg_spec_name *names, int64_t code);
bool sg_spec_code_of(const struct sg_spec_name *names, const char *name,
		     int64_t *code);

#endif /* SG_SPEC_TABLE_H */
