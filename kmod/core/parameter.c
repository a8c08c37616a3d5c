// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "parameter.h"

#include "cbor.h"
#include "metadata.h"
#include "version.h"
#include "wait.h"

/* What the value of a parameter looks like. */
enum form {
	FORM_VENDOR,		/* UUID, or a private enterprise number */
	FORM_UUID,
	FORM_DIGEST,
	FORM_UINT,
	FORM_INT,
	FORM_BOOL,
	FORM_BSTR,
	FORM_TSTR,
	FORM_ENCRYPTION,	/* bstr .cbor #6.96(array of 4) */
	FORM_VERSION,
	FORM_WAIT,
	FORM_METADATA,
};

struct parameter {
	u8 label;
	u8 form;
};

/* The row is the slot; strict-order and soft-failure come last: no slot. */
static const struct parameter table[] = {
	{ SUIT_PARAM_VENDOR, FORM_VENDOR },
	{ SUIT_PARAM_CLASS, FORM_UUID },
	{ SUIT_PARAM_IMAGE_DIGEST, FORM_DIGEST },
	{ SUIT_PARAM_USE_BEFORE, FORM_UINT },
	{ SUIT_PARAM_COMPONENT_SLOT, FORM_UINT },
	{ SUIT_PARAM_IMAGE_SIZE, FORM_UINT },
	{ SUIT_PARAM_CONTENT, FORM_BSTR },
	{ SUIT_PARAM_ENCRYPTION_INFO, FORM_ENCRYPTION },
	{ SUIT_PARAM_URI, FORM_TSTR },
	{ SUIT_PARAM_SOURCE_COMPONENT, FORM_UINT },
	{ SUIT_PARAM_INVOKE_ARGS, FORM_BSTR },
	{ SUIT_PARAM_DEVICE, FORM_UUID },
	{ SUIT_PARAM_FETCH_ARGS, FORM_BSTR },
	{ SUIT_PARAM_MINIMUM_BATTERY, FORM_UINT },
	{ SUIT_PARAM_UPDATE_PRIORITY, FORM_INT },
	{ SUIT_PARAM_VERSION, FORM_VERSION },
	{ SUIT_PARAM_WAIT_INFO, FORM_WAIT },
	{ SUIT_PARAM_COMPONENT_METADATA, FORM_METADATA },
	{ SUIT_PARAM_STRICT_ORDER, FORM_BOOL },
	{ SUIT_PARAM_SOFT_FAILURE, FORM_BOOL },
};

enum { TABLE_ROWS = sizeof(table) / sizeof(table[0]) };

_Static_assert(TABLE_ROWS == SUIT_PARAM_SLOTS + 2, "a slot for each");

static u32 row_of(s64 label)
{
	u32 row;

	for (row = 0; row < TABLE_ROWS; row++)
		if (table[row].label == label)
			break;
	return row;
}

bool suit_parameter_kept(s64 label)
{
	return row_of(label) < SUIT_PARAM_SLOTS;
}

bool suit_parameter_label(u32 row, s64 *label)
{
	if (row >= TABLE_ROWS)
		return false;
	*label = table[row].label;
	return true;
}

/*
 * COSE_Encrypt. What is inside is for whoever decrypts: a COSE object need not
 * be deterministic, and the published ones are not.
 */
static bool encryption_info(struct suit_slice bytes)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, bytes);
	return suit_cbor_peek(&cur) == SUIT_CBOR_TAG &&
	       suit_cbor_tag(&cur) == SUIT_TAG_COSE_ENCRYPT &&
	       suit_cbor_array(&cur) == 4;
}

static bool check_content(struct suit_slice bytes, u8 form)
{
	union {
		struct suit_metadata metadata;
		struct suit_digest digest;
		struct suit_wait wait;
	} decoded;

	switch (form) {
	case FORM_VENDOR:
	case FORM_UUID:
		return bytes.len == 16;
	case FORM_DIGEST:
		return suit_digest_decode(bytes, &decoded.digest) == SUIT_OK;
	case FORM_ENCRYPTION:
		return encryption_info(bytes);
	case FORM_VERSION:
		return suit_version_check(bytes) == SUIT_OK;
	case FORM_WAIT:
		return suit_wait_decode(bytes, &decoded.wait) == SUIT_OK;
	case FORM_METADATA:
		return suit_metadata_decode(bytes,
					    &decoded.metadata) == SUIT_OK;
	default:
		return true;
	}
}

static bool check_bstr(struct suit_cursor *cur, u8 form)
{
	if (form == FORM_VENDOR && suit_cbor_peek(cur) == SUIT_CBOR_TAG)
		return suit_cbor_tag(cur) == SUIT_TAG_RELATIVE_OID &&
		       suit_cbor_bstr(cur).len;
	return check_content(suit_cbor_bstr(cur), form);
}

static bool check_value(struct suit_slice value, u8 form)
{
	struct suit_cursor cur;
	bool good = true;

	suit_cursor_init(&cur, value);
	switch (form) {
	case FORM_UINT:
		suit_cbor_uint(&cur);
		break;
	case FORM_INT:
		suit_cbor_int(&cur);
		break;
	case FORM_BOOL:
		suit_cbor_bool(&cur);
		break;
	case FORM_TSTR:
		suit_cbor_tstr(&cur);
		break;
	default:
		good = check_bstr(&cur, form);
	}
	return good && suit_cursor_end(&cur) == SUIT_OK;
}

enum suit_error suit_parameter_check(struct suit_slice map, u8 *epoch)
{
	struct suit_cbor_key order = { 0 };
	struct suit_slice value;
	struct suit_cursor cur;
	s64 label;
	u32 n, row;

	suit_cursor_init(&cur, map);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		label = suit_cbor_key_int(&cur, &order);
		value = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			break;
		row = row_of(label);
		if (row == TABLE_ROWS) {
			if (!*epoch)
				*epoch = (u8)suit_epoch_of_parameter(label);
			return SUIT_ERR_PARAMETER;
		}
		if (!check_value(value, table[row].form))
			return SUIT_ERR_PARAMETER_FORM;
	}
	if (cur.error == SUIT_ERR_TYPE)
		return SUIT_ERR_PARAMETER_FORM;
	return suit_cursor_end(&cur);
}

/* The kernel looks at one component, and its parameters are in the context. */
static u32 row_in_table(const struct suit_process *proc, u32 index)
{
	const struct suit_node *node;
	u32 position = 0;

	if (proc->profile != SUIT_PROFILE_FULL)
		return 0;
	node = &proc->node[proc->frame[proc->depth - 1].node];
	suit_manifest_position(&node->manifest, index, &position);
	return node->row[position];
}

void suit_parameter_set(struct suit_process *proc, u32 index, s64 label,
			struct suit_slice value)
{
	u32 slot = row_of(label);

	if (slot < SUIT_PARAM_SLOTS)
		proc->params[row_in_table(proc, index)].value[slot] = value;
}

struct suit_slice suit_parameter_get(const struct suit_process *proc,
				     u32 index, s64 label)
{
	struct suit_slice none = { NULL, 0 };
	u32 slot = row_of(label);

	return slot < SUIT_PARAM_SLOTS ?
		       proc->params[row_in_table(proc, index)].value[slot] :
		       none;
}

struct suit_slice suit_parameter_bytes(const struct suit_process *proc,
				       u32 index, s64 label)
{
	struct suit_slice value = suit_parameter_get(proc, index, label);
	struct suit_cursor cur;

	if (!value.ptr)
		return value;
	suit_cursor_init(&cur, value);
	return suit_cbor_peek(&cur) == SUIT_CBOR_TSTR ? suit_cbor_tstr(&cur) :
							suit_cbor_bstr(&cur);
}

bool suit_parameter_uint(const struct suit_process *proc, u32 index, s64 label,
			 u64 *out)
{
	struct suit_slice value = suit_parameter_get(proc, index, label);
	struct suit_cursor cur;

	if (!value.ptr)
		return false;
	suit_cursor_init(&cur, value);
	*out = suit_cbor_uint(&cur);
	return true;
}

enum suit_error suit_parameter_digest(const struct suit_process *proc,
				      u32 index, struct suit_digest *out)
{
	struct suit_slice value =
		suit_parameter_bytes(proc, index, SUIT_PARAM_IMAGE_DIGEST);

	return value.ptr ? suit_digest_decode(value, out) :
			   SUIT_ERR_PARAMETER_MISSING;
}
