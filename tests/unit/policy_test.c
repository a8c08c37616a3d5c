// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What suitgated installs beside what is installed.
 */
#include <string.h>

#include "../../userspace/daemon/policy.h"
#include "../../userspace/daemon/store.h"
#include "outcome.h"
#include "scratch.h"
#include "table.h"

void daemon_log(int priority, const char *fmt, ...)
{
	(void)priority;
	(void)fmt;
}

struct owner {
	const char *authority;
	unsigned int role;
	uint64_t number;
	const char *manifest;
};

/* @wants comes where @has is. */
struct beside {
	const char *name;
	struct owner has;
	struct owner wants;
	const char *message;	/* begins with the error's name; NULL: taken */
};

#define ACME(number, manifest) { "acme", SG_ROLE_VENDOR, number, manifest }
#define BASE(number) { "base", SG_ROLE_BASELINE, number, "bb" }

static const struct beside besides[] = {
	{ "a newer release", ACME(5, "aa"), ACME(6, "bb"), NULL },
	{ "the same again", ACME(5, "aa"), ACME(5, "aa"), NULL },
	{ "an older release", ACME(5, "aa"), ACME(4, "bb"),
	  "sequence-number-below-floor: firmware/acme/x.fw: sequence number 4,"
	  " but 5 is installed" },
	{ "another release of the same number", ACME(5, "aa"), ACME(5, "bb"),
	  "sequence-number-reused: firmware/acme/x.fw: another manifest with"
	  " sequence number 5 is installed; a new release needs a higher one" },
	{ "a number after which none can come", ACME(5, "aa"),
	  ACME(UINT64_MAX, "bb"),
	  "sequence-number-jump: sequence number 18446744073709551615 leaves no"
	  " room for another release" },
	{ "another vendor", ACME(5, "aa"), { "else", SG_ROLE_VENDOR, 6, "bb" },
	  "component-owned-by-other-authority: firmware/acme/x.fw belongs to"
	  " acme, not to else" },
	{ "a vendor after a baseline", BASE(5), ACME(1, "aa"), NULL },
	{ "a baseline after a vendor", ACME(5, "aa"), BASE(6),
	  "component-owned-by-other-authority: firmware/acme/x.fw belongs to"
	  " acme, not to base" },
	{ "a baseline after another", BASE(5),
	  { "else", SG_ROLE_BASELINE, 6, "cc" },
	  "component-owned-by-other-authority: firmware/acme/x.fw belongs to"
	  " base, not to else" },
};

static struct store_component component_of(const struct owner *owner)
{
	struct store_component component = {
		.name = "firmware/acme/x.fw", .role = owner->role,
		.sequence_number = owner->number, .confirmed = true,
	};

	strcpy(component.authority, owner->authority);
	strcpy(component.manifest, owner->manifest);
	return component;
}

static void beside(void **state)
{
	static struct procedure_result result;
	const struct beside *row = *state;
	const struct store_component has = component_of(&row->has);
	struct store *store;
	bool rebuilt;
	int ret;

	succeeded(store_open(scratch_folder(row->name), &store, &rebuilt,
			     &why));
	succeeded(store_component_put(store, &has, &why));
	result.n_manifests = result.n_components = 1;
	result.manifest[0].sequence_number = row->wants.number;
	result.component[0] = component_of(&row->wants);
	ret = policy_check(store, &result, &why);
	assert_int_equal(ret, row->message ? -1 : 0);
	if (row->message) {
		assert_string_equal(why.message, row->message);
		assert_true(why.refused);
		assert_memory_equal(why.code, row->message, strlen(why.code));
	}
	store_close(store);
}

int main(void)
{
	table(besides, beside);
	return table_run("policy");
}
