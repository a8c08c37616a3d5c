// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Who this gateway is, when nobody configured it: what its firmware says.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <systemd/sd-id128.h>

#include "suitgate/state.h"

/* What names the device apart from its machine-id, which is nobody's business. */
#define APPLICATION SD_ID128_MAKE(2d, c1, 6e, 4a, 97, 0b, 4f, 5c, 8e, 21, \
				  53, b8, fa, 66, d0, 39)

enum { MAX_TEXT = 4096, MAX_WORD = 128 };

/* One file of the firmware's; false when it is not there, or empty. */
static bool read_text(const char *root, const char *path, struct sg_buf *out)
{
	struct sg_error ignored;
	char whole[512];

	if (snprintf(whole, sizeof(whole), "%s%s", root, path) >=
	    (int)sizeof(whole) ||
	    sg_file_read(whole, MAX_TEXT, out, &ignored) < 0)
		return false;
	if (out->len)
		return true;
	sg_buf_free(out);
	return false;
}

/* Lower case, with one '-' for everything but letters and digits. */
static bool label(const char *text, size_t len, char out[MAX_WORD])
{
	size_t i, n = 0;

	for (i = 0; i < len && n < 63; i++) {
		unsigned char c = (unsigned char)text[i];

		if (isalnum(c) && c < 0x80)
			out[n++] = (char)tolower(c);
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	if (n && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return n;
}

static int add(struct sg_state *state, const char *vendor, size_t vendor_len,
	       const char *source, const char *model, struct sg_error *err)
{
	char name[MAX_WORD], domain[MAX_WORD + 32];

	if (!label(vendor, vendor_len, name))
		return 0;
	snprintf(domain, sizeof(domain), "%s.%s.suitgate.invalid", name,
		 source);
	if (sg_identity_parse(state, "vendor", domain, err) < 0)
		return -1;
	return *model ? sg_identity_parse(state, "class", model, err) : 0;
}

/* Strings, each "vendor,model", the most special first. */
static int from_tree(const char *root, struct sg_state *state,
		     struct sg_error *err)
{
	struct sg_buf text;
	const char *at, *end, *comma;
	int ret = 0;

	if (!read_text(root, "/proc/device-tree/compatible", &text))
		return 0;
	text.data[text.len - 1] = '\0';
	at = (const char *)text.data;
	for (end = at + text.len; at < end && !ret; at += strlen(at) + 1) {
		comma = strchr(at, ',');
		if (comma)
			ret = add(state, at, (size_t)(comma - at),
				  "devicetree", comma + 1, err);
	}
	sg_buf_free(&text);
	return ret;
}

/* What a manufacturer leaves when it forgets to say. */
static bool says_nothing(const char *text)
{
	static const char *const words[] = {
		"", "None", "Default string", "Not Specified", "Not Applicable",
		"System manufacturer", "System Product Name", "Unknown",
		"To Be Filled By O.E.M.", "To be filled by O.E.M.", "O.E.M.",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcasecmp(text, words[i]))
			return true;
	return false;
}

static bool read_dmi(const char *root, const char *name, char out[MAX_WORD])
{
	char path[64];
	struct sg_buf text;
	size_t len;

	snprintf(path, sizeof(path), "/sys/class/dmi/id/%s", name);
	if (!read_text(root, path, &text))
		return false;
	len = text.len < MAX_WORD ? text.len : MAX_WORD - 1;
	memcpy(out, text.data, len);
	sg_buf_free(&text);
	while (len && (unsigned char)out[len - 1] <= ' ')
		len--;
	out[len] = '\0';
	return !says_nothing(out);
}

static int from_dmi(const char *root, struct sg_state *state,
		    struct sg_error *err)
{
	char vendor[MAX_WORD], model[MAX_WORD];

	if (!read_dmi(root, "sys_vendor", vendor))
		return 0;
	if (!read_dmi(root, "product_name", model))
		model[0] = '\0';
	return add(state, vendor, strlen(vendor), "dmi", model, err);
}

static int add_device(struct sg_state *state, struct sg_error *err)
{
	struct sg_state_item *item;
	sd_id128_t id;

	/* a machine that has none yet is no one in particular */
	if (sd_id128_get_machine_app_specific(APPLICATION, &id) < 0)
		return 0;
	item = sg_state_append(state, SG_STATE_IDENTITY, NULL, err);
	if (!item)
		return -1;
	item->identity = SG_IDENTITY_DEVICE;
	memcpy(item->value, id.bytes, sizeof(item->value));
	return 0;
}

int sg_identity_machine(const char *root, struct sg_state *state,
			struct sg_error *err)
{
	if (from_tree(root, state, err) < 0 || from_dmi(root, state, err) < 0)
		return -1;
	return add_device(state, err);
}
