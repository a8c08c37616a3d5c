// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <string.h>

#include "seed.h"

enum { KEYS = 4 };

struct suit_platform_ops machine_ops;
struct suit_trust machine_trust;
struct suit_process machine_process;
struct suit_node machine_node[MACHINE_NODES];
static struct suit_params params[MACHINE_PARAMS];
static struct suit_authority authority[3];
static struct suit_key key[KEYS];

static void trust(u32 index, const char *name, const char *prefixes, const char *dependencies,
		  u8 threshold)
{
	authority[index] = (struct suit_authority){
		.name = bytes_of(name),
		.role = SUIT_ROLE_VENDOR,
		.threshold = threshold,
		.prefixes = diag("%s", prefixes),
	};
	if (dependencies)
		authority[index].dependencies = diag("%s", dependencies);
}

void machine_reset(void)
{
	static const u16 owner[KEYS] = { 0, 1, 2, 2 };
	u8 i;

	toy_reset();
	memset(&machine, 0, sizeof(machine));
	machine_ops = machine_all_ops;
	trust(0, "a", "[['a'], ['ab'], ['m', 'a']]", "[['m', 'b']]", 1);
	trust(1, "b", "[['b'], ['ab'], ['m', 'b']]", NULL, 1);
	trust(2, "two", "[['two']]", NULL, 2);
	for (i = 0; i < KEYS; i++) {
		key[i] = toy_key(i + 1, SUIT_ALG_ESP256, "");
		key[i].authority = owner[i];
	}
	machine_trust = (struct suit_trust){
		.authority = authority, .n_authorities = 3,
		.key = key, .n_keys = KEYS,
	};
}

struct suit_slice machine_sign(const char *keys, const char *manifest,
			       const char *members)
{
	struct suit_slice bytes = diag("%s", manifest);
	u8 signers[8] = { 0 };
	u32 i;

	for (i = 0; keys[i]; i++)
		signers[i] = (u8)(keys[i] - '0');
	return diag("107({2: h'%s', 3: h'%s'%s})",
		    hex(wrapper_of(bytes, signers)), hex(bytes), members);
}

const char *machine_digest(struct suit_slice envelope)
{
	struct suit_envelope env;

	expect(suit_envelope_open(&env, envelope), SUIT_OK);
	return text("h'%s'", hex(env.digest));
}

enum suit_error machine_start(struct suit_slice envelope,
			      enum suit_procedure procedure)
{
	struct suit_setup setup = {
		.envelope = envelope,
		.trust = &machine_trust,
		.crypto = toy_crypto(),
		.platform = { &machine_ops, &machine },
		.node = machine_node,
		.max_nodes = MACHINE_NODES,
		.params = params,
		.max_params = MACHINE_PARAMS,
	};

	machine.trace[0] = '\0';
	machine.records[0] = '\0';
	seed_write(envelope, procedure, &machine_ops);
	return suit_procedure_start(&machine_process, &setup, procedure);
}

enum suit_error machine_run(struct suit_slice envelope,
			    enum suit_procedure procedure)
{
	enum suit_error error = machine_start(envelope, procedure);

	return error == SUIT_OK ? suit_procedure_run(&machine_process) : error;
}

void machine_expect(struct suit_slice envelope, enum suit_procedure procedure,
		    enum suit_error error, const char *trace)
{
	expect(machine_run(envelope, procedure), error);
	assert_string_equal(machine.trace, trace);
}
