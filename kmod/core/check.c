// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The form of command sequences, checked once before anything runs, so that a
 * run meets no structural surprise.
 */
#include "cbor.h"
#include "command.h"

/* Items still to come, from an offset in the section. */
struct span {
	u32 at;
	u32 len;
	u32 n;
};

/* A sequence being walked, and the siblings that follow it in a try-each. */
struct level {
	struct span commands;
	struct span alternatives;
};

struct walk {
	struct suit_manifest *m;
	enum suit_section section;
	bool kernel;			/* only what the kernel can decide */
	const u8 *start;		/* of the section */
	u32 depth;
	struct level level[SUIT_MAX_SEQUENCE_DEPTH];
};

static struct suit_cursor cursor_at(const struct walk *w,
				    const struct span *span)
{
	struct suit_cursor cur = { w->start + span->at, span->len, SUIT_OK };

	return cur;
}

/* @n items are left where @cur is. */
static void set_span(const struct walk *w, struct span *span,
		     const struct suit_cursor *cur, u32 n)
{
	span->at = (u32)(cur->at - w->start);
	span->len = (u32)cur->left;
	span->n = n;
}

/* Begin the sequence @bytes in @level: an array of even length, not empty. */
static enum suit_error begin(const struct walk *w, struct level *level,
			     struct suit_slice bytes)
{
	struct suit_cursor cur;
	u32 n;

	suit_cursor_init(&cur, bytes);
	n = suit_cbor_array(&cur);
	if (cur.error == SUIT_ERR_TYPE)
		return SUIT_ERR_SEQUENCE_FORM;
	if (cur.error != SUIT_OK)
		return cur.error;
	if (!n || n & 1)
		return SUIT_ERR_SEQUENCE_FORM;
	set_span(w, &level->commands, &cur, n);
	return SUIT_OK;
}

static enum suit_error push(struct walk *w, struct suit_slice bytes)
{
	struct level *level;

	if (w->depth == SUIT_MAX_SEQUENCE_DEPTH)
		return SUIT_ERR_SEQUENCE_DEPTH;
	level = &w->level[w->depth++];
	memset(level, 0, sizeof(*level));
	return begin(w, level, bytes);
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
	if (error == SUIT_OK)
		set_span(w, &w->level[w->depth - 1].alternatives, &cur, n - 1);
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
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): see check_place() */
	switch (command->form) {
	case SUIT_FORM_SEQUENCE:
		return enter_sequence(w, argument);
	case SUIT_FORM_TRY_EACH:
		return enter_try_each(w, argument);
	default:
		return suit_argument_check(w->m, command, argument);
	}
}

/* The next command of the innermost sequence. */
static enum suit_error check_command(struct walk *w)
{
	struct span *commands = &w->level[w->depth - 1].commands;
	struct suit_cursor cur = cursor_at(w, commands);
	const struct suit_command *command;
	struct suit_slice argument;
	enum suit_error error;
	s64 code;

	code = suit_cbor_int(&cur);
	if (cur.error == SUIT_ERR_TYPE)
		return SUIT_ERR_SEQUENCE_FORM;
	argument = suit_cbor_item(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	set_span(w, commands, &cur, commands->n - 2);
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
	struct suit_cursor cur = cursor_at(w, &level->alternatives);
	u32 n = level->alternatives.n;
	struct suit_slice body;

	if (level->commands.len)
		return SUIT_ERR_TRAILING;
	if (!n || (n == 1 && suit_cbor_peek_simple(&cur, SUIT_CBOR_NULL))) {
		w->depth--;
		return SUIT_OK;
	}
	body = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK)
		return SUIT_ERR_COMMAND_ARGUMENT;
	set_span(w, &level->alternatives, &cur, n - 1);
	return begin(w, level, body);
}

/* With several components a section says first which one it means (6.2). */
static enum suit_error check_first(const struct walk *w)
{
	struct suit_cursor cur = cursor_at(w, &w->level[0].commands);

	if (w->m->n_components + w->m->n_beside <= 1)
		return SUIT_OK;
	return suit_cbor_int(&cur) == SUIT_DIR_SET_COMPONENT_INDEX ?
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
	enum suit_error error;

	/* offsets in a section have 32 bits, and are far from needing them */
	if (bytes.len > SUIT_MAX_MANIFEST)
		return SUIT_ERR_MANIFEST_SIZE;
	w->start = bytes.ptr;
	error = push(w, bytes);
	if (error == SUIT_OK)
		error = check_first(w);
	while (error == SUIT_OK && w->depth)
		error = w->level[w->depth - 1].commands.n ? check_command(w) :
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
