// SPDX-License-Identifier: GPL-2.0-or-later
#include "policy.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "place.h"

static int refuse(struct sg_error *err, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int refuse(struct sg_error *err, const char *code, const char *fmt, ...)
{
	int len = snprintf(err->message, sizeof(err->message), "%s: ", code);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err->message + len, sizeof(err->message) - (size_t)len, fmt,
		  ap);
	va_end(ap);
	err->refused = true;
	err->code = code;
	return -1;
}

void policy_describe(const struct sg_update_facts *facts,
		     const struct sg_update_component *component,
		     struct store_component *out)
{
	*out = (struct store_component){
		.role = facts->role,
		.sequence_number = facts->sequence_number,
		.size = component->size,
	};
	snprintf(out->name, sizeof(out->name), "%s", component->name);
	sg_gate_hex(facts->digest.value, facts->digest.len, out->manifest);
	snprintf(out->authority, sizeof(out->authority), "%s",
		 facts->authority);
	snprintf(out->version, sizeof(out->version), "%s", facts->version);
	snprintf(out->vendor, sizeof(out->vendor), "%s", facts->vendor);
	snprintf(out->class_id, sizeof(out->class_id), "%s", facts->class_id);
	sg_gate_hex(component->sha256, sizeof(component->sha256), out->sha256);
}

/* @want against what @has the place now. */
static int check_component(const struct store_component *want,
			   const struct store_component *has,
			   struct sg_error *err)
{
	if (!has->confirmed)
		return refuse(err, "component-on-trial",
			      "%s: version %s is on trial; suitctl confirm or suitctl confirm --cancel first",
			      want->name, has->version);
	if (strcmp(want->authority, has->authority)) {
		if (has->role == SG_ROLE_BASELINE &&
		    want->role == SG_ROLE_VENDOR)
			return 0;
		return refuse(err, "component-owned-by-other-authority",
			      "%s belongs to %s, not to %s", want->name,
			      has->authority, want->authority);
	}
	if (want->sequence_number < has->sequence_number)
		return refuse(err, "sequence-number-below-floor",
			      "%s: sequence number %" PRIu64 ", but %" PRIu64 " is installed",
			      want->name, want->sequence_number,
			      has->sequence_number);
	if (want->sequence_number == has->sequence_number &&
	    strcmp(want->manifest, has->manifest))
		return refuse(err, "sequence-number-reused",
			      "%s: another manifest with sequence number %" PRIu64 " is installed; a new release needs a higher one",
			      want->name, has->sequence_number);
	return 0;
}

static int check_floor(struct store *store, const struct sg_update_facts *facts,
		       struct sg_error *err)
{
	struct sg_gate_floor floor;
	int ret;

	ret = store_floor_get(store, facts->authority, facts->floor_id,
			      facts->floor_id_len, &floor, err);
	if (ret <= 0)
		return ret;
	if (facts->sequence_number < floor.sequence_number) {
		refuse(err, "sequence-number-below-floor", "the manifest");
		policy_name_floor(&floor, err);
		return -1;
	}
	if (facts->sequence_number == floor.sequence_number &&
	    floor.digest.len &&
	    (floor.digest.alg != facts->digest.alg ||
	     floor.digest.len != facts->digest.len ||
	     memcmp(floor.digest.value, facts->digest.value,
		    floor.digest.len)))
		return refuse(err, "sequence-number-reused",
			      "another manifest with sequence number %" PRIu64 " was confirmed; a new release needs a higher one",
			      floor.sequence_number);
	return 0;
}

int policy_check(struct store *store, const struct sg_update_facts *facts,
		 struct sg_error *err)
{
	struct store_component want, has;
	size_t i;
	int ret;

	/* the database counts in int64_t */
	if (facts->sequence_number > INT64_MAX)
		return refuse(err, "sequence-number-jump",
			      "sequence number %" PRIu64 " leaves no room for another release",
			      facts->sequence_number);
	if (check_floor(store, facts, err) < 0)
		return -1;
	for (i = 0; i < facts->n_components; i++) {
		policy_describe(facts, &facts->component[i], &want);
		if (!place_name(want.name))
			return refuse(err, "name-refused",
				      "%s: only firmware with a plain name can be installed",
				      want.name);
		ret = store_component_get(store, want.name, &has, err);
		if (ret < 0 || (ret && check_component(&want, &has, err) < 0))
			return -1;
	}
	return 0;
}

void policy_name_floor(const struct sg_gate_floor *floor, struct sg_error *err)
{
	size_t len = strlen(err->message);

	snprintf(err->message + len, sizeof(err->message) - len,
		 ": sequence number %" PRIu64 " or newer is needed from %s",
		 floor->sequence_number, floor->authority);
}
