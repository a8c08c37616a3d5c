// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Members of a manifest for people.
 */
#include <stdlib.h>
#include <string.h>

#include "spec_print.h"

static void print_value(struct sg_page *p, const struct sg_spec_row *row,
			sd_json_variant *v);

void sg_page_start(struct sg_page *p)
{
	fprintf(p->out, "%*s", 2 * p->indent, "");
}

static const char *name_at(sd_json_variant *object, size_t i)
{
	return sd_json_variant_string(sd_json_variant_by_index(object, i));
}

static const struct sg_spec_row *row_of(const struct sg_spec_table *table,
					const char *name)
{
	const struct sg_spec_row *row;

	row = table ? sg_spec_by_name(table, name) : NULL;
	return row ? row : &sg_spec_any;
}

void sg_print_member(struct sg_page *p, const struct sg_spec_row *row,
		     const char *name, sd_json_variant *v)
{
	sg_page_start(p);
	sg_print_text(p->out, name);
	fputc(':', p->out);
	print_value(p, row, v);
}

/* The members of @v but the one that is called @except. */
static void print_members(struct sg_page *p, const struct sg_spec_table *table,
			  sd_json_variant *v, const char *except)
{
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i += 2)
		if (!except || strcmp(name_at(v, i), except))
			sg_print_member(p, row_of(table, name_at(v, i)),
					name_at(v, i),
					sd_json_variant_by_index(v, i + 1));
}

static void print_map(struct sg_page *p, const struct sg_spec_row *row,
		      sd_json_variant *v)
{
	print_members(p, row->table, v, NULL);
}

/* Maps under numbers. */
static void print_maps(struct sg_page *p, const struct sg_spec_row *row,
		       sd_json_variant *v)
{
	const struct sg_spec_row each = {
		.kind = SG_SPEC_MAP, .table = row->table
	};
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i += 2)
		sg_print_member(p, &each, name_at(v, i),
				sd_json_variant_by_index(v, i + 1));
}

static void print_elements(struct sg_page *p, const struct sg_spec_row *each,
			   sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i++) {
		sg_page_start(p);
		fprintf(p->out, "%zu:", i);
		print_value(p, each, sd_json_variant_by_index(v, i));
	}
}

/* A map is its members, several are numbered. */
static void print_map_list(struct sg_page *p, const struct sg_spec_row *row,
			   sd_json_variant *v)
{
	const struct sg_spec_row each = {
		.kind = SG_SPEC_MAP, .table = row->table
	};

	if (sd_json_variant_is_array(v))
		print_elements(p, &each, v);
	else
		print_map(p, row, v);
}

static void print_components(struct sg_page *p, const struct sg_spec_row *row,
			     sd_json_variant *v)
{
	(void)row;
	print_elements(p, &sg_spec_component, v);
}

/* [[key, value], ...] */
static void print_pairs(struct sg_page *p, sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i++) {
		sd_json_variant *pair = sd_json_variant_by_index(v, i);

		sg_page_start(p);
		sg_print_inline(p->out, sd_json_variant_by_index(pair, 0));
		fputc(':', p->out);
		print_value(p, &sg_spec_any, sd_json_variant_by_index(pair, 1));
	}
}

static void print_any(struct sg_page *p, const struct sg_spec_row *row,
		      sd_json_variant *v)
{
	sd_json_variant *pairs = sg_json_sole(v, "map");

	if (sd_json_variant_is_array(pairs))
		print_pairs(p, pairs);
	else if (sd_json_variant_is_object(v))
		print_members(p, NULL, v, NULL);
	else
		print_elements(p, row, v);
}

/* {"command": argument} */
static void print_command(struct sg_page *p, sd_json_variant *v)
{
	const struct sg_spec_row *row = row_of(&sg_spec_commands, name_at(v, 0));
	sd_json_variant *argument = sd_json_variant_by_index(v, 1);

	if ((row->kind != SG_SPEC_CONDITION &&
	     row->kind != SG_SPEC_DIRECTIVE) ||
	    !sd_json_variant_is_unsigned(argument)) {
		sg_print_member(p, row, name_at(v, 0), argument);
		return;
	}
	sg_page_start(p);
	fprintf(p->out, "%s (reporting policy ", row->name);
	sg_print_inline(p->out, argument);
	fputs(")\n", p->out);
}

static void print_sequence(struct sg_page *p, const struct sg_spec_row *row,
			   sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	(void)row;
	for (i = 0; i < n; i++)
		print_command(p, sd_json_variant_by_index(v, i));
}

static void print_try_each(struct sg_page *p, const struct sg_spec_row *row,
			   sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	(void)row;
	for (i = 0; i < n; i++) {
		sd_json_variant *sequence = sd_json_variant_by_index(v, i);

		sg_page_start(p);
		if (sd_json_variant_is_null(sequence)) {
			fputs("else nothing\n", p->out);
			continue;
		}
		fputs(i ? "else:" : "try:", p->out);
		print_value(p, &sg_spec_sequence, sequence);
	}
}

/* Text in one language: about the manifest, then about components. */
static void print_language(struct sg_page *p, sd_json_variant *v)
{
	sd_json_variant *list = sd_json_variant_by_key(v, "components");
	size_t i, n = sd_json_variant_elements(list);

	print_members(p, NULL, v, "components");
	for (i = 0; i < n; i++) {
		sd_json_variant *about = sd_json_variant_by_index(list, i);

		sg_page_start(p);
		fputs("component ", p->out);
		sg_print_component(p->out, sd_json_variant_by_key(about, "id"));
		fputs(":\n", p->out);
		p->indent++;
		print_members(p, NULL, about, "id");
		p->indent--;
	}
}

static void print_texts(struct sg_page *p, const struct sg_spec_row *row,
			sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	(void)row;
	for (i = 0; i < n; i += 2) {
		sg_page_start(p);
		sg_print_text(p->out, name_at(v, i));
		fputs(":\n", p->out);
		p->indent++;
		print_language(p, sd_json_variant_by_index(v, i + 1));
		p->indent--;
	}
}

static void print_payload(struct sg_page *p, const struct sg_spec_row *row,
			  sd_json_variant *v)
{
	(void)row;
	sg_print_envelope(p, sd_json_variant_by_key(v, "envelope"));
}

/* Below the line that names them. What is shown is as its row has it, or raw. */
static void (*const print_kind[SG_SPEC_KINDS])(struct sg_page *p,
					       const struct sg_spec_row *row,
					       sd_json_variant *v) = {
	[SG_SPEC_COMPONENTS] = print_components,
	[SG_SPEC_SEQUENCE] = print_sequence,
	[SG_SPEC_TRY_EACH] = print_try_each,
	[SG_SPEC_MAP] = print_map,
	[SG_SPEC_MAP_LIST] = print_map_list,
	[SG_SPEC_MAPS] = print_maps,
	[SG_SPEC_TEXTS] = print_texts,
	[SG_SPEC_PAYLOAD] = print_payload,
};

/* Text of several lines, each marked as such. */
static void print_lines(struct sg_page *p, const char *text)
{
	size_t len;
	char *line;

	for (; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		line = strndup(text, len);
		sg_page_start(p);
		fputs(len ? "| " : "|", p->out);
		sg_print_text(p->out, line ? line : "(out of memory)");
		fputc('\n', p->out);
		free(line);
	}
}

/* Does it go on the line that names it? */
static bool is_short(const struct sg_spec_row *row, sd_json_variant *v)
{
	if (sd_json_variant_is_string(sg_json_sole(v, "raw")) || row->kind == SG_SPEC_COMPONENT)
		return true;
	if (sd_json_variant_is_string(v))
		return !strchr(sd_json_variant_string(v), '\n');
	return !print_kind[row->kind] && sg_print_fits(v);
}

static void print_short(struct sg_page *p, const struct sg_spec_row *row,
			sd_json_variant *v)
{
	bool string = sd_json_variant_is_string(v);

	if (row->kind == SG_SPEC_COMPONENT)
		sg_print_component(p->out, v);
	else if (row->kind == SG_SPEC_PAYLOAD && string)
		fprintf(p->out, "%zu bytes",
			strlen(sd_json_variant_string(v)) / 2);
	else if (row->kind == SG_SPEC_BYTES && string)
		sg_print_bytes(p->out, sd_json_variant_string(v));
	else
		sg_print_inline(p->out, v);
}

static void print_severed(struct sg_page *p, const struct sg_spec_row *row,
			  sd_json_variant *v)
{
	sd_json_variant *value = sd_json_variant_by_key(v, "value");

	fputs(" severed, ", p->out);
	sg_print_inline(p->out, sd_json_variant_by_key(v, "digest"));
	if (!value) {
		fputs(", not in this envelope\n", p->out);
		return;
	}
	fputs(", in this envelope:", p->out);
	print_value(p, row, value);
}

static bool is_severed(const struct sg_spec_row *row, sd_json_variant *v)
{
	return row->severable && sd_json_variant_is_object(v) &&
	       sd_json_variant_is_boolean(sd_json_variant_by_key(v, "severed"));
}

/* What follows "name:", to the end of its last line. */
static void print_value(struct sg_page *p, const struct sg_spec_row *row,
			sd_json_variant *v)
{
	if (is_severed(row, v)) {
		print_severed(p, row, v);
		return;
	}
	if (sg_json_sole(v, "cbor")) {
		v = sd_json_variant_by_key(v, "cbor");
		row = &sg_spec_any;
	}
	if (is_short(row, v)) {
		fputc(' ', p->out);
		print_short(p, row, v);
		fputc('\n', p->out);
		return;
	}
	fputc('\n', p->out);
	p->indent++;
	if (sd_json_variant_is_string(v))
		print_lines(p, sd_json_variant_string(v));
	else if (print_kind[row->kind])
		print_kind[row->kind](p, row, v);
	else
		print_any(p, &sg_spec_any, v);
	p->indent--;
}
