// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "command.h"

#define OP(name) ((u16)(offsetof(struct suit_platform_ops, name) + 1))
#define POLICY(name, flags, op, run) { name, SUIT_FORM_POLICY, flags, op, run }

enum {
	SHARED = SUIT_COMMAND_SHARED,
	BOTH = SUIT_COMMAND_SHARED | SUIT_COMMAND_KERNEL,
	CONDITION = SHARED | SUIT_COMMAND_EFFECT,
	DECIDED = BOTH | SUIT_COMMAND_EFFECT,
	DIRECTIVE = SUIT_COMMAND_EFFECT | SUIT_COMMAND_HARD,
	INTEGRITY = CONDITION | SUIT_COMMAND_HARD | SUIT_COMMAND_DEPENDENCY,
	PROCESS = DIRECTIVE | SUIT_COMMAND_DEPENDENCY,
};

static const struct suit_command table[] = {
	POLICY(SUIT_COND_VENDOR, DECIDED, OP(identify), suit_condition_vendor),
	POLICY(SUIT_COND_CLASS, DECIDED, OP(identify), suit_condition_class),
	POLICY(SUIT_COND_IMAGE_MATCH, DECIDED, OP(image_digest),
	       suit_condition_image),
	POLICY(SUIT_COND_USE_BEFORE, CONDITION, OP(now),
	       suit_condition_use_before),
	POLICY(SUIT_COND_COMPONENT_SLOT, DECIDED, OP(slot),
	       suit_condition_slot),
	POLICY(SUIT_COND_CHECK_CONTENT, DECIDED, OP(image_compare),
	       suit_condition_content),
	POLICY(SUIT_COND_DEPENDENCY_INTEGRITY, INTEGRITY, OP(dependency),
	       suit_condition_integrity),
	POLICY(SUIT_COND_IS_DEPENDENCY, SHARED, 0,
	       suit_condition_is_dependency),
	POLICY(SUIT_DIR_PROCESS_DEPENDENCY, PROCESS, OP(dependency),
	       suit_directive_process),
	{ SUIT_DIR_SET_COMPONENT_INDEX, SUIT_FORM_INDEX, BOTH, 0, NULL },
	POLICY(SUIT_COND_ABORT, DECIDED, 0, suit_condition_abort),
	{ SUIT_DIR_TRY_EACH, SUIT_FORM_TRY_EACH, BOTH, 0, NULL },
	POLICY(SUIT_DIR_WRITE, DIRECTIVE, OP(write), suit_directive_write),
	{ SUIT_DIR_SET_PARAMETERS, SUIT_FORM_PARAMETERS, BOTH, 0, NULL },
	{ SUIT_DIR_OVERRIDE_PARAMETERS, SUIT_FORM_PARAMETERS, BOTH, 0, NULL },
	POLICY(SUIT_DIR_FETCH, DIRECTIVE, OP(fetch), suit_directive_fetch),
	POLICY(SUIT_DIR_COPY, DIRECTIVE, OP(copy), suit_directive_copy),
	POLICY(SUIT_DIR_INVOKE, DIRECTIVE, OP(invoke), suit_directive_invoke),
	POLICY(SUIT_COND_DEVICE, DECIDED, OP(identify), suit_condition_device),
	POLICY(SUIT_COND_IMAGE_NOT_MATCH, CONDITION, OP(image_digest),
	       suit_condition_image_not),
	POLICY(SUIT_COND_MINIMUM_BATTERY, CONDITION, OP(battery),
	       suit_condition_battery),
	POLICY(SUIT_COND_UPDATE_AUTHORIZED, CONDITION, OP(authorize),
	       suit_condition_authorized),
	POLICY(SUIT_COND_VERSION, CONDITION, OP(version),
	       suit_condition_version),
	POLICY(SUIT_DIR_WAIT, SUIT_COMMAND_HARD, OP(wait),
	       suit_directive_wait),
	POLICY(SUIT_DIR_SWAP, DIRECTIVE, OP(swap), suit_directive_swap),
	{ SUIT_DIR_RUN_SEQUENCE, SUIT_FORM_SEQUENCE, BOTH, 0, NULL },
	POLICY(SUIT_DIR_UNLINK, DIRECTIVE, OP(unlink), suit_directive_unlink),
	{ SUIT_DIR_OVERRIDE_MULTIPLE, SUIT_FORM_MULTIPLE, 0, 0, NULL },
	{ SUIT_DIR_COPY_PARAMS, SUIT_FORM_COPY, 0, 0, NULL },
};

enum { N_COMMANDS = sizeof(table) / sizeof(table[0]) };

const struct suit_command *suit_command_find(s64 code)
{
	u32 i;

	for (i = 0; i < N_COMMANDS; i++)
		if (table[i].code == code)
			return &table[i];
	return NULL;
}

const struct suit_command *suit_command_row(u32 row)
{
	return row < N_COMMANDS ? &table[row] : NULL;
}

bool suit_command_supported(const struct suit_command *command,
			    const struct suit_platform_ops *ops)
{
	void (*op)(void);

	if (!command->op)
		return true;
	/* all members are pointers to functions, which have one form */
	memcpy(&op, (const u8 *)ops + command->op - 1, sizeof(op));
	return op;
}

bool suit_command_effective(u64 commands)
{
	u32 i;

	for (i = 0; i < N_COMMANDS; i++)
		if (commands >> table[i].code & 1 &&
		    table[i].flags & SUIT_COMMAND_EFFECT)
			return true;
	return false;
}
