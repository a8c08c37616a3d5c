// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The form of command sequences, checked once before anything runs, so that a
 * run meets no structural surprise.
 */
#include "cbor.h"
#include "command.h"
#include "parameter.h"

/* A sequence being walked, and the siblings that follow it in a try-each. */
struct level {
	struct suit_cursor commands;
	u32 left;
	struct suit_cursor alternatives;
	u32 n_alternatives;
};

struct walk {
	struct suit_manifest *m;
	enum suit_section section;
	bool kernel;			/* only what the kernel can decide */
	u32 depth;
	struct level level[SUIT_MAX_SEQUENCE_DEPTH];
};

/* Begin the sequence @bytes in @level: an array of even length, not empty. */
static enum suit_error begin(struct level *level, struct suit_slice bytes)
{
	suit_cursor_init(&level->commands, bytes);
	level->left = suit_cbor_array(&level->commands);
	if (level->commands.error == SUIT_ERR_TYPE)
		return SUIT_ERR_SEQUENCE_FORM;
	if (level->commands.error != SUIT_OK)
		return level->commands.error;
	if (!level->left || level->left & 1)
		return SUIT_ERR_SEQUENCE_FORM;
	return SUIT_OK;
}

static enum suit_error push(struct walk *w, struct suit_slice bytes)
{
	struct level *level;

	if (w->depth == SUIT_MAX_SEQUENCE_DEPTH)
		return SUIT_ERR_SEQUENCE_DEPTH;
	level = &w->level[w->depth++];
	memset(level, 0, sizeof(*level));
	return begin(level, bytes);
}

static enum suit_error check_index(const struct walk *w,
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
		error = suit_manifest_position(w->m, index, &position);
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

static enum suit_error enter_sequence(struct walk *w,
				      struct suit_slice argument)
{
	struct suit_cursor cur;
	struct suit_slice body;

	suit_cursor_init(&cur, argument);
	body = suit_cbor_bstr(&cur);
	return cur.error == SUIT_OK ? push(w, body) : SUIT_ERR_COMMAND_ARGUMENT;
}

/* [ 2* bstr .cbor sequence, ? nil ]: nil only last, and it is no sequence. */
static enum suit_error enter_try_each(struct walk *w,
				      struct suit_slice argument)
{
	struct suit_slice first;
	struct suit_cursor cur;
	struct level *level;
	enum suit_error error;
	u32 n;

	suit_cursor_init(&cur, argument);
	n = suit_cbor_array(&cur);
	if (cur.error != SUIT_OK || n < 2)
		return SUIT_ERR_COMMAND_ARGUMENT;
	if (n > SUIT_MAX_TRY_EACH)
		return SUIT_ERR_TRY_EACH_SIZE;
	first = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK ||
	    (n == 2 && suit_cbor_peek_simple(&cur, SUIT_CBOR_NULL)))
		return SUIT_ERR_COMMAND_ARGUMENT;
	error = push(w, first);
	if (error != SUIT_OK)
		return error;
	level = &w->level[w->depth - 1];
	level->alternatives = cur;
	level->n_alternatives = n - 1;
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

static enum suit_error next_component(const struct walk *w,
				      struct suit_cursor *cur)
{
	u64 index = suit_cbor_uint(cur);
	u32 position;

	if (cur->error != SUIT_OK)
		return SUIT_ERR_COMMAND_ARGUMENT;
	return suit_manifest_position(w->m, index, &position);
}

static enum suit_error check_parameters(struct walk *w,
					struct suit_slice argument)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, argument);
	if (suit_cbor_peek(&cur) != SUIT_CBOR_MAP)
		return SUIT_ERR_COMMAND_ARGUMENT;
	return suit_parameter_check(argument, &w->m->epoch);
}

/* { + index => parameters } */
static enum suit_error check_multiple(struct walk *w,
				      struct suit_slice argument)
{
	struct suit_cursor cur;
	enum suit_error error;
	u32 n;

	error = begin_map(argument, &cur, &n);
	while (error == SUIT_OK && n--) {
		error = next_component(w, &cur);
		if (error == SUIT_OK)
			error = check_parameters(w, suit_cbor_item(&cur));
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
static enum suit_error check_copy(const struct walk *w,
				  struct suit_slice argument)
{
	struct suit_cursor cur;
	enum suit_error error;
	u32 n;

	error = begin_map(argument, &cur, &n);
	while (error == SUIT_OK && n--) {
		error = next_component(w, &cur);
		if (error == SUIT_OK)
			error = check_labels(&cur);
	}
	return error;
}

/* May this command stand here? */
static enum suit_error check_place(const struct walk *w, s64 code,
				   const struct suit_command *command)
{
	if (w->section == SUIT_SECTION_SHARED &&
	    (code < 0 || (command && !(command->flags & SUIT_COMMAND_SHARED))))
		return SUIT_ERR_COMMAND_SHARED;
	if (!command)
		return SUIT_ERR_COMMAND;
	if (w->kernel && !(command->flags & SUIT_COMMAND_KERNEL))
		return SUIT_ERR_PROFILE;
	/* the kernel looks at one component: nothing may move it elsewhere */
	if (w->kernel && w->depth > 1 && command->form == SUIT_FORM_INDEX)
		return SUIT_ERR_PROFILE;
	return SUIT_OK;
}

static enum suit_error check_argument(struct walk *w,
				      const struct suit_command *command,
				      struct suit_slice argument)
{
	switch (command->form) {
	case SUIT_FORM_POLICY:
		return check_policy(argument);
	case SUIT_FORM_INDEX:
		return check_index(w, argument);
	case SUIT_FORM_PARAMETERS:
		return check_parameters(w, argument);
	case SUIT_FORM_MULTIPLE:
		return check_multiple(w, argument);
	case SUIT_FORM_COPY:
		return check_copy(w, argument);
	case SUIT_FORM_SEQUENCE:
		return enter_sequence(w, argument);
	case SUIT_FORM_TRY_EACH:
		return enter_try_each(w, argument);
	default:
		return SUIT_ERR_COMMAND;
	}
}

/* The next command of the innermost sequence. */
static enum suit_error check_command(struct walk *w)
{
	struct level *level = &w->level[w->depth - 1];
	const struct suit_command *command;
	struct suit_slice argument;
	enum suit_error error;
	s64 code;

	code = suit_cbor_int(&level->commands);
	if (level->commands.error == SUIT_ERR_TYPE)
		return SUIT_ERR_SEQUENCE_FORM;
	argument = suit_cbor_item(&level->commands);
	if (level->commands.error != SUIT_OK)
		return level->commands.error;
	level->left -= 2;
	command = suit_command_find(code);
	if (!command && !w->m->epoch)
		w->m->epoch = (u8)suit_epoch_of_command(code);
	error = check_place(w, code, command);
	if (error != SUIT_OK)
		return error;
	w->m->commands[w->section] |= 1ULL << code;
	return check_argument(w, command, argument);
}

/* A sequence is done: on to its next sibling, or out. */
static enum suit_error leave(struct walk *w)
{
	struct level *level = &w->level[w->depth - 1];
	enum suit_error error = suit_cursor_end(&level->commands);
	struct suit_slice body;

	if (error != SUIT_OK)
		return error;
	if (level->n_alternatives == 1 &&
	    suit_cbor_peek_simple(&level->alternatives, SUIT_CBOR_NULL)) {
		suit_cbor_null(&level->alternatives);
		level->n_alternatives = 0;
	}
	if (!level->n_alternatives) {
		w->depth--;
		return SUIT_OK;
	}
	level->n_alternatives--;
	body = suit_cbor_bstr(&level->alternatives);
	if (level->alternatives.error != SUIT_OK)
		return SUIT_ERR_COMMAND_ARGUMENT;
	return begin(level, body);
}

/* With several components a section says first which one it means (6.2). */
static enum suit_error check_first(const struct suit_manifest *m,
				   const struct level *level)
{
	struct suit_cursor peek = level->commands;

	if (m->n_components + m->n_beside <= 1)
		return SUIT_OK;
	return suit_cbor_int(&peek) == SUIT_DIR_SET_COMPONENT_INDEX ?
		       SUIT_OK : SUIT_ERR_SEQUENCE_INDEX;
}

static bool decided_in_kernel(enum suit_section section)
{
	return section == SUIT_SECTION_SHARED ||
	       section == SUIT_SECTION_VALIDATE;
}

/*
 * Before draft -18 the numbers of validate, load and invoke were those of
 * dependency-resolution, payload-fetch and install. A section that fetches
 * where nothing is to be fetched, or changes something and invokes nothing,
 * with no other section to install, is one of those: running it as what it is
 * called today would do the wrong thing, or nothing, and report success.
 */
static bool old_section(const struct suit_manifest *m,
			enum suit_section section)
{
	u64 commands = m->commands[section];
	u64 fetch = 1ULL << SUIT_DIR_FETCH;
	u64 effects = fetch | 1ULL << SUIT_DIR_COPY | 1ULL << SUIT_DIR_SWAP |
		      1ULL << SUIT_DIR_WRITE;

	if (m->section[SUIT_SECTION_INSTALL].ptr ||
	    m->section[SUIT_SECTION_PAYLOAD_FETCH].ptr || m->severed_absent)
		return false;
	switch (section) {
	case SUIT_SECTION_VALIDATE:
	case SUIT_SECTION_LOAD:
		return commands & fetch;
	case SUIT_SECTION_INVOKE:
		return commands & effects &&
		       !(commands & 1ULL << SUIT_DIR_INVOKE);
	default:
		return false;
	}
}

static enum suit_error walk_section(struct walk *w, struct suit_slice bytes)
{
	enum suit_error error = push(w, bytes);

	if (error == SUIT_OK)
		error = check_first(w->m, &w->level[0]);
	while (error == SUIT_OK && w->depth)
		error = w->level[w->depth - 1].left ? check_command(w) :
						      leave(w);
	return error;
}

enum suit_error suit_sequence_check(struct suit_manifest *m,
				    enum suit_section section,
				    enum suit_profile profile)
{
	struct walk w;
	enum suit_error error;

	m->commands[section] = 0;
	if (!m->section[section].ptr)
		return SUIT_OK;
	w.m = m;
	w.section = section;
	w.kernel = profile == SUIT_PROFILE_KERNEL && decided_in_kernel(section);
	w.depth = 0;
	error = walk_section(&w, m->section[section]);
	if (error == SUIT_OK && old_section(m, section)) {
		m->epoch = SUIT_EPOCH_16;
		return SUIT_ERR_MANIFEST_EPOCH;
	}
	return error;
}

enum suit_error suit_sequence_effective(const struct suit_manifest *m)
{
	u32 i;

	for (i = SUIT_SECTION_SHARED + 1; i < SUIT_SECTION_COUNT; i++)
		if (suit_command_effective(m->commands[i]))
			return SUIT_OK;
	return m->severed_absent & SUIT_SEVERABLE_SEQUENCES ?
		       SUIT_OK : SUIT_ERR_MANIFEST_INERT;
}
