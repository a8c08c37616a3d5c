// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The form of the arguments of commands, except those that are sequences. */
#include "cbor.h"
#include "command.h"
#include "parameter.h"

static enum suit_error check_index(const struct suit_manifest *m,
				   struct suit_slice argument)
{
	struct suit_cursor cur;
	u32 n = 1;

	suit_cursor_init(&cur, argument);
	if (suit_cbor_peek_simple(&cur, SUIT_CBOR_TRUE))
		return SUIT_OK;
	if (suit_cbor_peek(&cur) == SUIT_CBOR_ARRAY) {
		n = suit_cbor_array(&cur);
		if (!n)
			return SUIT_ERR_COMMAND_ARGUMENT;
		if (n > SUIT_MAX_COMPONENTS)
			return SUIT_ERR_COMPONENTS;
	}
	while (n--) {
		u64 index = suit_cbor_uint(&cur);
		enum suit_error error;
		u32 position;

		if (cur.error != SUIT_OK)
			return SUIT_ERR_COMMAND_ARGUMENT;
		error = suit_manifest_position(m, index, &position);
		if (error != SUIT_OK)
			return error;
	}
	return SUIT_OK;
}

static enum suit_error check_policy(struct suit_slice argument)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, argument);
	if (suit_cbor_uint(&cur) > SUIT_POLICY_MAX || cur.error != SUIT_OK)
		return SUIT_ERR_COMMAND_ARGUMENT;
	return SUIT_OK;
}

/* A map, not empty, of something by component index; @n gets its size. */
static enum suit_error begin_map(struct suit_slice argument,
				 struct suit_cursor *cur, u32 *n)
{
	suit_cursor_init(cur, argument);
	*n = suit_cbor_map(cur);
	return cur->error == SUIT_OK && *n ? SUIT_OK :
					     SUIT_ERR_COMMAND_ARGUMENT;
}

static enum suit_error next_component(const struct suit_manifest *m,
				      struct suit_cursor *cur)
{
	u64 index = suit_cbor_uint(cur);
	u32 position;

	if (cur->error != SUIT_OK)
		return SUIT_ERR_COMMAND_ARGUMENT;
	return suit_manifest_position(m, index, &position);
}

static enum suit_error check_parameters(struct suit_manifest *m,
					struct suit_slice argument)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, argument);
	if (suit_cbor_peek(&cur) != SUIT_CBOR_MAP)
		return SUIT_ERR_COMMAND_ARGUMENT;
	return suit_parameter_check(argument, &m->epoch);
}

/* { + index => parameters } */
static enum suit_error check_multiple(struct suit_manifest *m,
				      struct suit_slice argument)
{
	struct suit_cursor cur;
	enum suit_error error;
	u32 n;

	error = begin_map(argument, &cur, &n);
	while (error == SUIT_OK && n--) {
		error = next_component(m, &cur);
		if (error == SUIT_OK)
			error = check_parameters(m, suit_cbor_item(&cur));
	}
	return error;
}

/* [ + label ], of parameters that are kept */
static enum suit_error check_labels(struct suit_cursor *cur)
{
	u32 n = suit_cbor_array(cur);

	if (cur->error != SUIT_OK || !n)
		return SUIT_ERR_COMMAND_ARGUMENT;
	while (n--) {
		s64 label = suit_cbor_int(cur);

		if (cur->error != SUIT_OK)
			return SUIT_ERR_COMMAND_ARGUMENT;
		if (!suit_parameter_kept(label))
			return SUIT_ERR_PARAMETER;
	}
	return SUIT_OK;
}

/* { + index => [ + label ] } */
static enum suit_error check_copy(const struct suit_manifest *m,
				  struct suit_slice argument)
{
	struct suit_cursor cur;
	enum suit_error error;
	u32 n;

	error = begin_map(argument, &cur, &n);
	while (error == SUIT_OK && n--) {
		error = next_component(m, &cur);
		if (error == SUIT_OK)
			error = check_labels(&cur);
	}
	return error;
}

enum suit_error suit_argument_check(struct suit_manifest *m,
				    const struct suit_command *command,
				    struct suit_slice argument)
{
	switch (command->form) {
	case SUIT_FORM_POLICY:
		return check_policy(argument);
	case SUIT_FORM_INDEX:
		return check_index(m, argument);
	case SUIT_FORM_PARAMETERS:
		return check_parameters(m, argument);
	case SUIT_FORM_MULTIPLE:
		return check_multiple(m, argument);
	case SUIT_FORM_COPY:
		return check_copy(m, argument);
	default:
		return SUIT_ERR_COMMAND;
	}
}
