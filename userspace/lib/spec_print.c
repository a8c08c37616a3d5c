// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * An envelope for people: a page of what sg_spec_show() found, by the same
 * names. It says who says to have signed, and that nobody verified that.
 */
#include <string.h>

#include "spec_print.h"
#include "spec_table.h"
#include "suitgate/author.h"

/* The page, and how far its lines are in. */
struct page {
	FILE *out;
	int indent;
};

static void print_value(struct page *p, const struct sg_spec_row *row,
			sd_json_variant *v);
static void print_envelope(struct page *p, sd_json_variant *spec);

static void start(struct page *p)
{
	fprintf(p->out, "%*s", 2 * p->indent, "");
}

static const char *name_at(sd_json_variant *object, size_t i)
{
	return sd_json_variant_string(sd_json_variant_by_index(object, i));
}

/* Values of rows that are not in a table of their own. */
static const struct sg_spec_row *row_of(const struct sg_spec_table *table,
					const char *name)
{
	const struct sg_spec_row *row;

	row = table ? sg_spec_by_name(table, name) : NULL;
	return row ? row : &sg_spec_any;
}

/* "name: value" or "name:" and what is below it */
static void print_member(struct page *p, const struct sg_spec_row *row,
			 const char *name, sd_json_variant *v)
{
	start(p);
	sg_print_text(p->out, name);
	fputc(':', p->out);
	print_value(p, row, v);
}

static void print_members(struct page *p, const struct sg_spec_table *table,
			  sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i += 2)
		print_member(p, row_of(table, name_at(v, i)), name_at(v, i),
			     sd_json_variant_by_index(v, i + 1));
}

static void print_elements(struct page *p, sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i++) {
		start(p);
		fprintf(p->out, "%zu:", i);
		print_value(p, &sg_spec_any, sd_json_variant_by_index(v, i));
	}
}

/* [[key, value], ...] */
static void print_pairs(struct page *p, sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i++) {
		sd_json_variant *pair = sd_json_variant_by_index(v, i);

		start(p);
		sg_print_inline(p->out, sd_json_variant_by_index(pair, 0));
		fputc(':', p->out);
		print_value(p, &sg_spec_any, sd_json_variant_by_index(pair, 1));
	}
}

/* Any value that has parts. */
static void print_parts(struct page *p, const struct sg_spec_row *row,
			sd_json_variant *v)
{
	sd_json_variant *pairs = sg_json_sole(v, "map");

	if (sd_json_variant_is_array(pairs))
		print_pairs(p, pairs);
	else if (sd_json_variant_is_object(v))
		print_members(p, row->kind == SG_SPEC_MAP ? row->table : NULL,
			      v);
	else
		print_elements(p, v);
}

/* Maps under numbers. */
static void print_numbered(struct page *p, const struct sg_spec_row *row,
			   sd_json_variant *v)
{
	const struct sg_spec_row each = {
		.kind = SG_SPEC_MAP, .table = row->table
	};
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i += 2)
		print_member(p, &each, name_at(v, i),
			     sd_json_variant_by_index(v, i + 1));
}

/* {"command": argument} */
static void print_command(struct page *p, sd_json_variant *v)
{
	const struct sg_spec_row *row = row_of(&sg_spec_commands, name_at(v, 0));
	sd_json_variant *argument = sd_json_variant_by_index(v, 1);

	if ((row->kind != SG_SPEC_CONDITION &&
	     row->kind != SG_SPEC_DIRECTIVE) ||
	    !sd_json_variant_is_unsigned(argument)) {
		print_member(p, row, name_at(v, 0), argument);
		return;
	}
	start(p);
	fprintf(p->out, "%s (reporting policy %u)\n", row->name,
		(unsigned int)sd_json_variant_unsigned(argument));
}

static void print_sequence(struct page *p, const struct sg_spec_row *row,
			   sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	(void)row;
	for (i = 0; i < n; i++)
		print_command(p, sd_json_variant_by_index(v, i));
}

static void print_try_each(struct page *p, const struct sg_spec_row *row,
			   sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	(void)row;
	for (i = 0; i < n; i++) {
		sd_json_variant *sequence = sd_json_variant_by_index(v, i);

		start(p);
		if (sd_json_variant_is_null(sequence)) {
			fputs("else nothing\n", p->out);
			continue;
		}
		fputs(i ? "else:" : "try:", p->out);
		print_value(p, &sg_spec_sequence, sequence);
	}
}

/* A payload's bytes are for machines, an envelope is a page of its own. */
static void print_payload(struct page *p, const struct sg_spec_row *row,
			  sd_json_variant *v)
{
	(void)row;
	print_envelope(p, sg_json_sole(v, "envelope"));
}

static void (*const print_kind[SG_SPEC_KINDS])(struct page *p,
					       const struct sg_spec_row *row,
					       sd_json_variant *v) = {
	[SG_SPEC_MAPS] = print_numbered,
	[SG_SPEC_SEQUENCE] = print_sequence,
	[SG_SPEC_TRY_EACH] = print_try_each,
	[SG_SPEC_PAYLOAD] = print_payload,
};

/* Does the value look as its row has it, so that the row's printer can? */
static bool has_form(const struct sg_spec_row *row, sd_json_variant *v)
{
	switch (row->kind) {
	case SG_SPEC_MAPS:
		return sd_json_variant_is_object(v);
	case SG_SPEC_SEQUENCE:
	case SG_SPEC_TRY_EACH:
		return sd_json_variant_is_array(v);
	case SG_SPEC_PAYLOAD:
		return sg_json_sole(v, "envelope");
	default:
		return false;
	}
}

static void print_severed(struct page *p, const struct sg_spec_row *row,
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
static void print_value(struct page *p, const struct sg_spec_row *row,
			sd_json_variant *v)
{
	if (is_severed(row, v)) {
		print_severed(p, row, v);
		return;
	}
	if (row->kind == SG_SPEC_PAYLOAD && sd_json_variant_is_string(v)) {
		fprintf(p->out, " %zu bytes\n",
			strlen(sd_json_variant_string(v)) / 2);
		return;
	}
	if (!has_form(row, v) && row->kind != SG_SPEC_COMPONENTS &&
	    sg_print_fits(v)) {
		fputc(' ', p->out);
		sg_print_inline(p->out, v);
		fputc('\n', p->out);
		return;
	}
	fputc('\n', p->out);
	p->indent++;
	(has_form(row, v) ? print_kind[row->kind] : print_parts)(p, row, v);
	p->indent--;
}

/* Is it text, as key ids often are? */
static void print_kid(FILE *out, const char *hex)
{
	char text[64];
	size_t n;
	unsigned int byte;

	for (n = 0; n < sizeof(text) - 1 && hex[2 * n]; n++) {
		if (sscanf(hex + 2 * n, "%2x", &byte) != 1 || byte < ' ' ||
		    byte > '~')
			break;
		text[n] = (char)byte;
	}
	text[n] = 0;
	fputs(", key id ", out);
	sg_print_hex(out, hex);
	if (n && !hex[2 * n])
		fprintf(out, " (\"%s\")", text);
}

static void print_signature(struct page *p, const char *type,
			    sd_json_variant *v)
{
	sd_json_variant *alg = sd_json_variant_by_key(v, "alg");
	sd_json_variant *kid = sd_json_variant_by_key(v, "kid");

	start(p);
	fprintf(p->out, "signed, not verified: %s", type);
	if (alg) {
		fputs(", ", p->out);
		sg_print_inline(p->out, alg);
	}
	if (kid)
		print_kid(p->out, sd_json_variant_string(kid));
	fputc('\n', p->out);
}

static void print_block(struct page *p, sd_json_variant *block)
{
	sd_json_variant *type = sd_json_variant_by_key(block, "type");
	sd_json_variant *v = sd_json_variant_by_key(block, "signatures");
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i++)
		print_signature(p, sd_json_variant_string(type),
				sd_json_variant_by_index(v, i));
	if (n)
		return;
	start(p);
	fputs("signed, not verified: by something that is not COSE\n", p->out);
}

static void print_authentication(struct page *p, sd_json_variant *v)
{
	sd_json_variant *blocks = sd_json_variant_by_key(v, "blocks");
	size_t i, n = sd_json_variant_elements(blocks);

	for (i = 0; i < n; i++)
		print_block(p, sd_json_variant_by_index(blocks, i));
	if (!n) {
		start(p);
		fputs("not signed\n", p->out);
	}
	print_member(p, &sg_spec_digest, "digest",
		     sd_json_variant_by_key(v, "digest"));
}

static void print_payloads(struct page *p, sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	if (!n)
		return;
	start(p);
	fputs("payloads:\n", p->out);
	p->indent++;
	for (i = 0; i < n; i += 2)
		print_member(p, &sg_spec_payload, name_at(v, i),
			     sd_json_variant_by_index(v, i + 1));
	p->indent--;
}

static void print_envelope(struct page *p, sd_json_variant *spec)
{
	sd_json_variant *unclaimed = sd_json_variant_by_key(spec, "unclaimed");
	sd_json_variant *raw = sg_json_sole(spec, "raw");

	if (raw) {
		print_member(p, &sg_spec_any, "envelope", spec);
		return;
	}
	print_authentication(p, sd_json_variant_by_key(spec, "authentication"));
	print_member(p, &sg_spec_manifest, "manifest",
		     sd_json_variant_by_key(spec, "manifest"));
	if (unclaimed)
		print_member(p, &sg_spec_manifest,
			     "members that the manifest says nothing of",
			     unclaimed);
	print_payloads(p, sd_json_variant_by_key(spec, "payloads"));
}

int sg_spec_print(struct sd_json_variant *spec, FILE *out,
		  struct sg_error *err)
{
	struct page p = { .out = out };

	print_envelope(&p, spec);
	if (fflush(out) || ferror(out))
		return sg_fail(err, "cannot write: %m");
	return 0;
}
