// SPDX-License-Identifier: GPL-2.0-or-later
#include "procedure.h"

#include <stdlib.h>
#include <string.h>

#include "core/command.h"
#include "tap.h"

enum { MAX_SECTIONS = 5 };

/* Sections of a procedure in their order; SHARED ends the list. */
static const struct {
	const char *name;
	enum suit_section section[MAX_SECTIONS + 1];
} procedures[] = {
	{ "update",
	  { SUIT_SECTION_DEPENDENCY_RESOLUTION, SUIT_SECTION_PAYLOAD_FETCH,
	    SUIT_SECTION_CANDIDATE_VERIFICATION, SUIT_SECTION_INSTALL,
	    SUIT_SECTION_VALIDATE } },
	{ "invoke",
	  { SUIT_SECTION_VALIDATE, SUIT_SECTION_LOAD, SUIT_SECTION_INVOKE } },
	{ "validate", { SUIT_SECTION_VALIDATE } },
};

static const enum suit_section *sections_of(const char *procedure)
{
	size_t i;

	for (i = 0; i < sizeof(procedures) / sizeof(procedures[0]); i++)
		if (!strcmp(procedures[i].name, procedure))
			return procedures[i].section;
	die("an unknown procedure: %s", procedure);
}

static const struct {
	u8 code;
	const char *name;
} commands[] = {
	{ SUIT_COND_USE_BEFORE, "condition-use-before" },
	{ SUIT_COND_DEPENDENCY_INTEGRITY, "condition-dependency-integrity" },
	{ SUIT_COND_IS_DEPENDENCY, "condition-is-dependency" },
	{ SUIT_DIR_PROCESS_DEPENDENCY, "directive-process-dependency" },
	{ SUIT_DIR_WRITE, "directive-write" },
	{ SUIT_DIR_FETCH, "directive-fetch" },
	{ SUIT_DIR_COPY, "directive-copy" },
	{ SUIT_DIR_INVOKE, "directive-invoke" },
	{ SUIT_COND_IMAGE_NOT_MATCH, "condition-image-not-match" },
	{ SUIT_COND_MINIMUM_BATTERY, "condition-minimum-battery" },
	{ SUIT_COND_UPDATE_AUTHORIZED, "condition-update-authorized" },
	{ SUIT_COND_VERSION, "condition-version" },
	{ SUIT_DIR_WAIT, "directive-wait" },
	{ SUIT_DIR_SWAP, "directive-swap" },
	{ SUIT_DIR_UNLINK, "directive-unlink" },
	{ SUIT_DIR_OVERRIDE_MULTIPLE, "directive-override-multiple" },
	{ SUIT_DIR_COPY_PARAMS, "directive-copy-params" },
};

static const char *name_of(u8 code)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (commands[i].code == code)
			return commands[i].name;
	return "a command";
}

/* Control flow and parameters are done by the interpreter, without a run. */
static bool can_run(const struct suit_command *command)
{
	return command->run || (command->form != SUIT_FORM_POLICY &&
				command->form != SUIT_FORM_MAP);
}

/* The first command in @sequence, or in one of it, that cannot be run. */
static const char *sequence_lacks(struct suit_slice sequence)
{
	const struct suit_command *command;
	struct suit_cursor cur, body;
	const char *lack = NULL;
	u32 n, bodies;

	suit_cursor_init(&cur, sequence);
	for (n = suit_cbor_array(&cur) / 2; n && !lack; n--) {
		command = suit_command_find(suit_cbor_int(&cur));
		suit_cursor_init(&body, suit_cbor_item(&cur));
		/* a code that nobody knows is what the vector is about */
		if (!command)
			continue;
		if (!can_run(command))
			return name_of(command->code);
		bodies = command->form == SUIT_FORM_SEQUENCE;
		if (command->form == SUIT_FORM_TRY_EACH)
			bodies = suit_cbor_array(&body);
		while (bodies-- && !lack &&
		       suit_cbor_peek(&body) == SUIT_CBOR_BSTR)
			lack = sequence_lacks(suit_cbor_bstr(&body));
	}
	return lack;
}

const char *procedure_lacks(const struct suit_manifest *m,
			    const char *procedure)
{
	const enum suit_section *section = sections_of(procedure);
	const char *lack = sequence_lacks(m->section[SUIT_SECTION_SHARED]);

	for (; *section != SUIT_SECTION_SHARED && !lack; section++)
		if (m->section[*section].ptr)
			lack = sequence_lacks(m->section[*section]);
	return lack;
}

enum suit_error procedure_run(const struct suit_manifest *m,
			      const char *procedure, struct device *device)
{
	const enum suit_section *section = sections_of(procedure);
	const struct suit_platform platform = { &device_ops, device };
	static struct suit_params params[SUIT_MAX_COMPONENTS];
	static struct suit_process process;
	enum suit_error error = SUIT_OK;

	suit_process_init(&process, m, &platform, params);
	for (; *section != SUIT_SECTION_SHARED && error == SUIT_OK; section++)
		error = suit_process_section(&process, *section);
	return error;
}
