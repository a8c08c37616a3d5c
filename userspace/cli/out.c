// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What commands print: text that does a terminal no harm, and JSON.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "out.h"

/* The UTF-8 character at @s and its length; 0 when there is none. */
static size_t decode(const char *s, uint32_t *out)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const uint8_t *b = (const uint8_t *)s;
	size_t i, n;

	if (b[0] < 0x80) {
		*out = b[0];
		return 1;
	}
	n = b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
	if (b[0] < 0xc2 || b[0] > 0xf4)
		return 0;
	*out = b[0] & (0x7fU >> n);
	for (i = 1; i < n; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
		*out = *out << 6 | (b[i] & 0x3f);
	}
	if (*out < least[n] || *out > 0x10ffff ||
	    (*out >= 0xd800 && *out < 0xe000))
		return 0;
	return n;
}

/* Controls, and what makes text look other than it is. */
static bool harmless(uint32_t c)
{
	static const struct {
		uint32_t first;
		uint32_t last;
	} bad[] = {
		{ 0, 0x1f }, { 0x7f, 0x9f },
		{ 0x61c, 0x61c }, { 0x200b, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x2069 }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
		{ 0xe0000, 0xe007f },
	};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (c >= bad[i].first && c <= bad[i].last)
			return false;
	return true;
}

void out_text(FILE *file, const char *text)
{
	uint32_t c;
	size_t n;

	while (*text) {
		n = decode(text, &c);
		if (n && harmless(c)) {
			fwrite(text, 1, n, file);
		} else {
			n = 1;
			fprintf(file, "\\x%02x", (uint8_t)*text);
		}
		text += n;
	}
}

sd_json_variant *out_text_json(const char *text)
{
	sd_json_variant *v = NULL;
	char *safe = NULL;
	size_t len;
	FILE *file = open_memstream(&safe, &len);

	if (!file)
		return NULL;
	out_text(file, text);
	if (fclose(file) == 0)
		sd_json_variant_new_string(&v, safe);
	free(safe);
	return v;
}

void out_digest(const struct sg_gate_digest *digest, char out[OUT_HEX + 8])
{
	int n = snprintf(out, OUT_HEX + 8, "sha-%zu:", digest->len * 8);

	sg_gate_hex(digest->value, digest->len, out + n);
}

/* JSON may have such characters as they are, in strings; a terminal not. */
static void put_json(const char *text)
{
	uint32_t c;
	size_t n;

	for (; (n = decode(text, &c)) && c; text += n) {
		if (harmless(c) || c == '\n' || c == '\t')
			fwrite(text, 1, n, stdout);
		else if (c < 0x10000)
			printf("\\u%04x", c);
		else
			printf("\\u%04x\\u%04x", 0xd7c0 + (c >> 10),
			       0xdc00 + (c & 0x3ff));
	}
}

int out_json(sd_json_variant *v)
{
	char *text = NULL;
	int r = v ? sd_json_variant_format(v, SD_JSON_FORMAT_PRETTY_AUTO |
					      SD_JSON_FORMAT_NEWLINE |
					      SD_JSON_FORMAT_EMPTY_ARRAY,
					   &text) : -1;

	sd_json_variant_unref(v);
	if (r < 0) {
		fputs("suitctl: out of memory\n", stderr);
		return CLI_WRONG;
	}
	put_json(text);
	free(text);
	return CLI_OK;
}

int out_append(sd_json_variant **array, sd_json_variant *element)
{
	int r = element ? sd_json_variant_append_array(array, element) : -1;

	sd_json_variant_unref(element);
	return r < 0 ? -1 : 0;
}
