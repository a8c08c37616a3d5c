// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Who this gateway is: the UUIDs that manifests are written for.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "suitgate/state.h"
#include "uuid.h"

/* Longest key or value of the identity file. */
enum { MAX_WORD = 256 };

static const char *const kinds[] = {
	[SG_IDENTITY_VENDOR] = "vendor",
	[SG_IDENTITY_CLASS] = "class",
	[SG_IDENTITY_DEVICE] = "device",
	[SG_IDENTITY_SLOT] = "slot",
};

/* Copy @text without the blanks around it; 0 when it is empty or too long. */
static size_t trim(char out[MAX_WORD], const char *text)
{
	size_t len;

	text += strspn(text, " \t\r");
	len = strlen(text);
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	if (len >= MAX_WORD)
		return 0;
	memcpy(out, text, len);
	out[len] = '\0';
	return len;
}

static unsigned int kind_of(const char *key)
{
	unsigned int kind;

	for (kind = SG_IDENTITY_VENDOR; kind <= SG_IDENTITY_SLOT; kind++)
		if (!strcmp(kinds[kind], key))
			return kind;
	return 0;
}

/* The vendor that was given last, or NULL. */
static const uint8_t *vendor_of(const struct sg_state *state)
{
	size_t i = state->n;

	while (i--)
		if (state->item[i].kind == SG_STATE_IDENTITY &&
		    state->item[i].identity == SG_IDENTITY_VENDOR)
			return state->item[i].value;
	return NULL;
}

static int parse_slot(const char *text, uint8_t out[16], struct sg_error *err)
{
	unsigned long slot;
	char *end;

	errno = 0;
	slot = strtoul(text, &end, 10);
	if (errno || *end || !isdigit((unsigned char)text[0]) || slot > 255)
		return sg_fail(err, "slot \"%s\": expected a number from 0 to 255",
			       text);
	out[0] = (uint8_t)slot;
	return 0;
}

static int parse_value(const struct sg_state *state, unsigned int kind,
		       const char *text, uint8_t out[16], struct sg_error *err)
{
	const uint8_t *vendor;

	if (kind == SG_IDENTITY_SLOT)
		return parse_slot(text, out, err);
	if (sg_uuid_parse(text, out) == 0)
		return 0;
	if (kind == SG_IDENTITY_VENDOR)
		return sg_uuid_of_domain(text, out, err);
	if (kind == SG_IDENTITY_DEVICE)
		return sg_fail(err, "device \"%s\": expected a UUID", text);
	vendor = vendor_of(state);
	if (!vendor)
		return sg_fail(err, "class \"%s\" is a name, which needs a line vendor=... before it",
			       text);
	return sg_uuid_of_name(vendor, text, out, err);
}

int sg_identity_parse(struct sg_state *state, const char *key,
		      const char *value, struct sg_error *err)
{
	struct sg_state_item *item;
	char word[MAX_WORD], text[MAX_WORD];
	uint8_t id[16] = { 0 };
	unsigned int kind;

	kind = trim(word, key) ? kind_of(word) : 0;
	if (!kind)
		return sg_fail(err, "\"%.40s\" is not known: expected vendor, class, device or slot",
			       key);
	if (!trim(text, value))
		return sg_fail(err, "%s is empty or too long", word);
	if (parse_value(state, kind, text, id, err) < 0)
		return -1;
	item = sg_state_append(state, SG_STATE_IDENTITY, NULL, err);
	if (!item)
		return -1;
	item->identity = kind;
	memcpy(item->value, id, sizeof(id));
	return 0;
}
