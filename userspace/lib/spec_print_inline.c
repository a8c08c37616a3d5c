// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Values on one line.
 */
#include <inttypes.h>
#include <string.h>

#include "spec_print.h"

enum {
	MAX_ELEMENTS = 16,	/* of an array on one line */
	MAX_HEX = 128, SOME_HEX = 64,
};

/* The character at @text, in UTF-8 that JSON has checked; 0 at the end. */
static uint32_t next_char(const char **text)
{
	const uint8_t *p = (const uint8_t *)*text;
	uint32_t c = *p;
	int follow = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;

	if (!c)
		return 0;
	if (follow)
		c &= 0x3fU >> follow;
	for (p++; follow && *p; follow--)
		c = c << 6 | (*p++ & 0x3f);
	*text = (const char *)p;
	return c;
}

/* Controls, and what changes how the text around it looks. */
static bool is_unsafe(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} range[] = {
		{ 0x0000, 0x001f }, { 0x007f, 0x009f },
		{ 0x00ad, 0x00ad },	/* soft hyphen */
		{ 0x061c, 0x061c }, { 0x200b, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f },
		{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb }, { 0xe0000, 0xe0fff },
	};
	size_t i;

	for (i = 0; i < sizeof(range) / sizeof(range[0]); i++)
		if (c >= range[i].first && c <= range[i].last)
			return true;
	return false;
}

void sg_print_text(FILE *out, const char *text)
{
	const char *start = text;
	uint32_t c;

	for (; (c = next_char(&text)); start = text) {
		if (c == '\\')
			fputs("\\\\", out);
		else if (c == '\n')
			fputs("\\n", out);
		else if (is_unsafe(c))
			fprintf(out, "\\u%04" PRIx32, c);
		else
			fwrite(start, 1, (size_t)(text - start), out);
	}
}

/* Of many bytes the first, and how many there are. */
static void print_hex(FILE *out, const char *before, const char *hex,
		      const char *after)
{
	size_t len = strlen(hex);

	if (len <= MAX_HEX)
		fprintf(out, "%s%s%s", before, hex, after);
	else
		fprintf(out, "%s%.*s...%s (%zu bytes)", before, SOME_HEX, hex,
			after, len / 2);
}

/* What @hex spells, if that is printable ASCII. */
static bool spells(const char *hex, char *text, size_t cap)
{
	unsigned int byte;
	size_t n;

	for (n = 0; hex[2 * n]; n++) {
		if (n + 1 == cap || sscanf(hex + 2 * n, "%2x", &byte) != 1 ||
		    byte < ' ' || byte > '~')
			return false;
		text[n] = (char)byte;
	}
	text[n] = 0;
	return n;
}

void sg_print_bytes(FILE *out, const char *hex)
{
	char text[MAX_HEX / 2 + 1];

	print_hex(out, "", *hex ? hex : "(no bytes)", "");
	if (spells(hex, text, sizeof(text)))
		fprintf(out, " (\"%s\")", text);
}

void sg_print_component(FILE *out, sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	if (!sd_json_variant_is_array(v) || !n) {
		sg_print_inline(out, v);
		return;
	}
	for (i = 0; i < n; i++) {
		fputs(i ? "/" : "", out);
		sg_print_inline(out, sd_json_variant_by_index(v, i));
	}
}

static bool is_simple(sd_json_variant *v)
{
	return !sd_json_variant_is_object(v) && !sd_json_variant_is_array(v);
}

/* {"name": scalar} */
static bool is_named(sd_json_variant *v)
{
	return sd_json_variant_is_object(v) &&
	       sd_json_variant_elements(v) == 2 &&
	       is_simple(sd_json_variant_by_index(v, 1));
}

static bool is_digest(sd_json_variant *v)
{
	return sd_json_variant_is_object(v) &&
	       sd_json_variant_elements(v) == 4 &&
	       sd_json_variant_by_key(v, "alg") &&
	       sd_json_variant_is_string(sd_json_variant_by_key(v, "value"));
}

bool sg_print_fits(sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	if (!sd_json_variant_is_array(v))
		return is_simple(v) || is_named(v) || is_digest(v) || !n;
	if (n > MAX_ELEMENTS)
		return false;
	for (i = 0; i < n; i++) {
		sd_json_variant *element = sd_json_variant_by_index(v, i);

		if (!is_simple(element) && !is_named(element))
			return false;
	}
	return true;
}

static void print_simple(FILE *out, sd_json_variant *v)
{
	if (sd_json_variant_is_string(v))
		sg_print_text(out, sd_json_variant_string(v));
	else if (sd_json_variant_is_boolean(v))
		fputs(sd_json_variant_boolean(v) ? "true" : "false", out);
	else if (sd_json_variant_is_negative(v))
		fprintf(out, "%" PRId64, sd_json_variant_integer(v));
	else if (sd_json_variant_is_unsigned(v))
		fprintf(out, "%" PRIu64, sd_json_variant_unsigned(v));
	else
		fputs("null", out);
}

/* {"hex": ...}, {"raw": ...}, {"int": ...}, or a name that says something */
static void print_named(FILE *out, sd_json_variant *v)
{
	const char *name =
		sd_json_variant_string(sd_json_variant_by_index(v, 0));
	sd_json_variant *value = sd_json_variant_by_index(v, 1);
	bool hex = !strcmp(name, "hex");

	if (sd_json_variant_is_string(value) && (hex || !strcmp(name, "raw"))) {
		print_hex(out, hex ? "h'" : "CBOR h'",
			  sd_json_variant_string(value), "'");
		return;
	}
	if (strcmp(name, "int")) {
		sg_print_text(out, name);
		fputc(' ', out);
	}
	print_simple(out, value);
}

static void print_array(FILE *out, sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	fputc('[', out);
	for (i = 0; i < n; i++) {
		fputs(i ? ", " : "", out);
		sg_print_inline(out, sd_json_variant_by_index(v, i));
	}
	fputc(']', out);
}

void sg_print_inline(FILE *out, sd_json_variant *v)
{
	sd_json_variant *value;

	if (sd_json_variant_is_array(v)) {
		print_array(out, v);
	} else if (is_digest(v)) {
		print_simple(out, sd_json_variant_by_key(v, "alg"));
		fputc(' ', out);
		value = sd_json_variant_by_key(v, "value");
		print_hex(out, "", sd_json_variant_string(value), "");
	} else if (is_named(v)) {
		print_named(out, v);
	} else if (sd_json_variant_is_object(v)) {
		fputs("(nothing)", out);
	} else {
		print_simple(out, v);
	}
}
